"""What stands behind an event: its claims side by side, and its updates with the passages about it marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from geo.geojson import is_web_address
from geo.model import Claim, Event, Update
from geo.moments import in_words

Updates = Mapping[str, Update]
Span = tuple[int, int]

_METRICS = {"injured_of_whom": "Of the injured", "firing_distance": "Firing distance", "time": "Time of day"}
# Figures of people come first; the rest follows in the order in which it was told.
_FIRST = ("killed", "died", "injured", "injured_of_whom", "casualties")
_UPDATE_BASIS = {"heading": "Dated by its heading.", "neighbour": "Dated by a neighbouring heading.", "editor": "Dated by an editor."}
_BREAK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def number(value: float) -> str:
    """`1400.0` as `1,400`, `2.5` as `2.5`."""
    return f"{int(value):,}" if value == int(value) and abs(value) < 1e15 else f"{value:,.10g}"


def figure(claim: Claim) -> str:
    """The figure of a claim in words; "not known" where it gives none, never 0."""
    low, high = claim.low, claim.high
    if low is not None and high is not None:
        return number(low) if low == high else f"{number(low)} to {number(high)}"
    if low is not None:
        return f"at least {number(low)}"
    return "not known" if high is None else f"at most {number(high)}"


def claims_table(event: Event, updates: Updates) -> list[dict[str, Any]]:
    """The claims in groups of one metric. A group is of figures, or of statements that have none."""
    metrics = dict.fromkeys([*_FIRST, *(claim.metric for claim in event.claims)])
    groups = ((metric, [claim for claim in event.claims if claim.metric == metric]) for metric in metrics)
    return [_group(metric, claims, updates) for metric, claims in groups if claims]


def _group(metric: str, claims: list[Claim], updates: Updates) -> dict[str, Any]:
    figures = any(claim.unit is not None or claim.low is not None or claim.high is not None for claim in claims)
    return {
        "metric": metric,
        "label": _METRICS.get(metric) or _readable(metric),
        "figures": figures,
        "rows": [_claim(claim, figures, updates) for claim in claims],
    }


def _readable(metric: str) -> str:
    words = metric.replace("_", " ").strip()
    return words[:1].upper() + words[1:] or "Claim"


def _claim(claim: Claim, figures: bool, updates: Updates) -> dict[str, Any]:
    known = claim.low is not None or claim.high is not None
    return {
        "what": claim.text,
        "figure": figure(claim) if figures else None,
        "known": known,
        "unit": claim.unit if known else None,
        "by": claim.by,
        "via": claim.via,
        "when": None if claim.stated is None else in_words(claim.stated),
        "update": {"id": claim.update, "label": updates[claim.update].heading if claim.update in updates else claim.update},
    }


def source_updates(event: Event, updates: Updates) -> list[dict[str, Any]]:
    """The updates that tell the event, oldest first, in full, each paragraph cut into runs that are marked or not."""
    told = sorted((updates[id_] for id_ in event.updates if id_ in updates), key=lambda update: update.published)
    missing = [{"id": id_, "missing": True} for id_ in event.updates if id_ not in updates]
    return [_update(update, [passage.exact for passage in event.passages if passage.update == update.id]) for update in told] + missing


def _update(update: Update, passages: list[str]) -> dict[str, Any]:
    return {
        "id": update.id,
        "missing": False,
        "heading": update.heading,
        "date": in_words(update.published),
        "basis": _UPDATE_BASIS[update.date_basis],
        "date_note": update.date_note,
        "source": update.source,
        "url": update.url if is_web_address(update.url) else None,
        "paragraphs": marked_paragraphs(update.text, passages),
    }


def marked_paragraphs(text: str, passages: list[str]) -> list[list[dict[str, Any]]]:
    """`text` in paragraphs, each a list of runs `{"text", "marked"}`.

    A passage is found by its exact words, where they stand first; passages that overlap or touch become one run. Nothing of the text but the
    breaks between paragraphs is lost.
    """
    spans = _merged([(start, start + len(exact)) for exact in passages if exact and (start := text.find(exact)) >= 0])
    return [runs for start, end in _paragraphs(text) if (runs := _runs(text, start, end, spans))]


def _paragraphs(text: str) -> list[Span]:
    breaks = [match.span() for match in _BREAK.finditer(text)]
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(text)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if text[start:end].strip()]


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _runs(text: str, start: int, end: int, spans: list[Span]) -> list[dict[str, Any]]:
    runs = []
    at = start
    for first, last in spans:
        first, last = max(first, start), min(last, end)
        if first >= last:
            continue
        if at < first:
            runs.append({"text": text[at:first], "marked": False})
        runs.append({"text": text[first:last], "marked": True})
        at = last
    if at < end:
        runs.append({"text": text[at:end], "marked": False})
    return runs
