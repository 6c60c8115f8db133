"""What the filter bar shows of a filter, and the filter that a change in the bar asks for."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geo.filters import PARAMETERS, PRECISION_WORDS, EventFilter, clock_in_words, describe, facet_counts, facet_values, from_query, to_query
from geo.kinds import KINDS, kind_index, kind_label
from geo.model import PLACE_PRECISIONS, Update
from geo.moments import Moment, in_words
from geo.store.base import Snapshot

MAX_SHOWN = 1_000
"""How many values of a facet, and how many dates, the browser is sent. What is ticked is always among them."""


@dataclass(frozen=True, slots=True)
class _Facet:
    """A facet under its name in an address (`name`), on the page (`label`) and in `EventFilter` (`field`)."""

    name: str
    label: str
    field: str


_FACETS = tuple(_Facet(name, name.capitalize(), field) for field, name in PARAMETERS.items())


def filters_data(snapshot: Snapshot, wanted: EventFilter) -> dict[str, Any]:
    """Everything that the bar shows, as JSON.

    `wanted` holds the window too, so that the counts are those of what the page shows. `version` names the state of the controls alone.
    """
    chips = _chips(wanted, snapshot.updates)
    counts = facet_counts(snapshot.events, wanted, snapshot.updates)
    return {
        "version": _version(wanted),
        "wanted": _wire(wanted),
        "facets": [_facet(facet, counts[facet.field], getattr(wanted, facet.field), snapshot.updates) for facet in _FACETS],
        "clock": _clock(snapshot.updates, wanted.known),
        "chips": chips,
        "sentence": _sentence(chips, wanted),
    }


def apply(change: object, wanted: EventFilter, *, snapshot: Snapshot | None = None) -> EventFilter:
    """`wanted` with what the browser asks for: facets, text and clock. The window and the circle stay as they are.

    `change` has the shape of `filters_data(...)["wanted"]` and is not trusted: what is left out or malformed stays as it was, and values that
    break the bounds of `geo.filters.from_query` are dropped. With `snapshot`, so are values that no event of it has, unless they were wanted before.
    """
    if not isinstance(change, Mapping):
        return wanted
    merged = _wire(wanted) | {name: value for name, value in change.items() if _is_sound(name, value)}
    asked, _ = from_query({name: [value] if isinstance(value, str) else value or [] for name, value in merged.items()})
    if merged["known"] and asked.known is None:
        asked = replace(asked, known=wanted.known)
    changed = replace(wanted, text=asked.text, known=asked.known, **{facet.field: getattr(asked, facet.field) for facet in _FACETS})
    return _within(changed, wanted, snapshot) if snapshot else changed


def _is_sound(name: object, value: object) -> bool:
    if name in [facet.name for facet in _FACETS]:
        return isinstance(value, list) and all(_is_text(item) for item in value)
    return (name == "text" and _is_text(value)) or (name == "known" and (value is None or _is_text(value)))


def _is_text(value: object) -> bool:
    """Whether it is a string that can be sent on: one without lone surrogates."""
    return isinstance(value, str) and not any("\ud800" <= char <= "\udfff" for char in value)


def _within(asked: EventFilter, before: EventFilter, snapshot: Snapshot) -> EventFilter:
    """`asked` with those facet values alone that an event of the store has, or that were there before."""
    kept = {}
    for facet in _FACETS:
        new = getattr(asked, facet.field) - getattr(before, facet.field)
        known = {value for event in snapshot.events for value in facet_values(event, facet.field)} if new else frozenset()
        kept[facet.field] = getattr(asked, facet.field) - (new - known)
    return replace(asked, **kept)


def _wire(wanted: EventFilter) -> dict[str, Any]:
    """The state of the controls, under the names that it has in an address."""
    facets: dict[str, Any] = {facet.name: sorted(getattr(wanted, facet.field)) for facet in _FACETS}
    return facets | {"text": wanted.text.strip(), "known": str(wanted.known) if wanted.known else None}


def _version(wanted: EventFilter) -> str:
    return hashlib.sha256(repr(to_query(wanted)).encode("utf-8", "backslashreplace")).hexdigest()[:12]


def _facet(facet: _Facet, counts: Counter[str], ticked: frozenset[str], updates: Mapping[str, Update]) -> dict[str, Any]:
    values = _ordered(facet, Counter({**dict.fromkeys(ticked, 0), **counts}), updates)
    shown = values[:MAX_SHOWN] + [value for value in values[MAX_SHOWN:] if value in ticked]
    return {
        "name": facet.name,
        "label": facet.label,
        "total": len(values),
        "values": [{"value": value, "count": counts[value], **_looks(facet, value, updates)} for value in shown],
    }


def _ordered(facet: _Facet, counts: Counter[str], updates: Mapping[str, Update]) -> list[str]:
    """The values by count, then name; but precisions from exact to vague and updates newest first, since these have an order of their own."""
    natural: Sequence[str] = {"precision": PLACE_PRECISIONS, "update": tuple(updates)}.get(facet.name, ())
    rank = {value: index for index, value in enumerate(natural)}
    name = kind_label if facet.name == "kind" else str
    if natural:
        return sorted(counts, key=lambda value: (rank.get(value, len(rank)), value))
    return sorted(counts, key=lambda value: (-counts[value], name(value).casefold(), value))


def _looks(facet: _Facet, value: str, updates: Mapping[str, Update]) -> dict[str, Any]:
    """How one value is shown: its label, and a mark or a note where it has one."""
    if facet.name == "kind":
        kind = KINDS[kind_index(value)]
        return {"label": kind_label(value), "mark": {"colour": kind.colour, "path": kind.path}}
    if facet.name == "precision":
        return {"label": PRECISION_WORDS.get(value, value).capitalize()}
    if facet.name == "update" and value in updates:
        return {"label": updates[value].heading, "note": in_words(updates[value].published)}
    return {"label": value}


def _clock(updates: Mapping[str, Update], known: Moment | None) -> dict[str, Any]:
    """The two clocks: `dates` are the days on which the source published, newest first, with the number of its updates."""
    days = Counter(Moment(update.published.at.replace(hour=0, minute=0)) for update in updates.values())
    newest = sorted(days, reverse=True)[:MAX_SHOWN]
    return {
        "label": _sentence_case(clock_in_words(known)),
        "dates": [{"value": str(day), "label": in_words(day), "count": days[day]} for day in newest],
    }


def _chips(wanted: EventFilter, updates: Mapping[str, Update]) -> list[dict[str, str]]:
    """What is active, in plain words, one for each control: its name in an address, and the text."""
    blank = EventFilter()
    fields = [(facet.name, facet.field) for facet in _FACETS] + [("text", "text")]
    told = [(name, describe(replace(blank, **{field: getattr(wanted, field)}), updates)) for name, field in fields]
    if wanted.known is not None:
        told.append(("known", clock_in_words(wanted.known)))
    return [{"name": name, "text": text} for name, text in told if text]


def _sentence(chips: list[dict[str, str]], wanted: EventFilter) -> list[str]:
    """The same as one sentence, in parts: a part from the store is shown by itself, so that it turns round nothing beside it."""
    parts: list[str] = []
    for chip in chips:
        if chip["name"] != "known":
            parts += ["; " if parts else "Only " if wanted.kinds else "Only events ", chip["text"]]
    clock = [f"{'. ' if parts else ''}{_sentence_case(clock_in_words(wanted.known))}"] if wanted.known else []
    return [*parts, *clock, "."] if chips else ["Every event is shown."]


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
