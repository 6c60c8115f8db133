"""What the Review page shows: updates with their passages, proposals with their evidence, and what speaks against the accepted. Plain JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from geo.columns import OWN_PREFIX, when
from geo.filters import PRECISION_WORDS
from geo.geojson import read_feature
from geo.ingest.blog.updates import Blog, BlogUpdate
from geo.ingest.desk.accepting import country_name, feature_of
from geo.ingest.desk.corrections import CORRECTION, Warned, difference
from geo.ingest.desk.proposals import Proposal
from geo.ingest.desk.records import KeptBlog
from geo.ingest.desk.watching import Watched
from geo.ingest.incidents import Reading
from geo.kinds import KINDS
from geo.model import ACTOR_ROLES, PLACE_PRECISIONS, Event
from geo.moments import DATE_PRECISIONS, Moment, in_words
from geo.ui.evidence import figure
from geo.ui.present import is_exact, kind_mark, off_map_reason
from geo.ui.update_data import counted, place_words, within_words

MAX_UPDATES, MAX_SHOWN, MAX_RUNS = 400, 100, 2_000
TABS = ("open", "accepted", "rejected")
BASEMAP = f"{OWN_PREFIX}basemap/coarse.json"
_ALTERNATIVES = 12
_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_WARNED = {
    "correction": "The blog corrects or takes back something",
    "passage gone": "A passage that an accepted event cites has gone or was reworded",
    "update gone": "An update that an accepted event cites is no longer on the page",
}


@dataclass(frozen=True)
class Shown:
    """What is on the desk's page: the blog, its newest reading and what follows from it, for a person who may decide or may not (`why_not`).

    `given` counts the blogs that this session has given: the page goes to the proposals of a new one.
    """

    kept: KeptBlog
    blog: Blog
    reading: Reading
    proposals: tuple[Proposal, ...]
    warnings: tuple[Warned, ...]
    titles: Mapping[str, str]
    why_not: str | None
    tab: str = "open"
    problems: Mapping[str, str] = field(default_factory=dict)
    watched: Watched | None = None
    given: int = 0


def review_data(shown: Shown, blogs: Sequence[KeptBlog]) -> dict[str, Any]:
    """Everything that the component draws. `blogs` are all on the desk, for the choice among them."""
    by_tab = {tab: [one for one in shown.proposals if _tab(one) == tab] for tab in TABS}
    # What is new comes first; the order of time holds among the new and among the rest.
    listed = sorted(by_tab[shown.tab], key=lambda one: not one.is_new)
    page = listed[:MAX_SHOWN]
    return {
        "writable": shown.why_not is None,
        "why_not": shown.why_not,
        "blog": _blog(shown),
        "blogs": [{"id": one.id, "name": one.name, "read": _read_words(one)} for one in reversed(blogs)],
        "tab": shown.tab,
        "given": shown.given,
        "counts": {tab: len(rows) for tab, rows in by_tab.items()},
        "new": sum(one.is_new for one in by_tab["open"]),
        "left_out": len(listed) - len(page),
        "warnings": [_warning(one, shown) for one in shown.warnings if one.id not in shown.kept.noted],
        "updates": _updates(shown, page),
        "updates_left_out": max(0, len(shown.blog.updates) - MAX_UPDATES),
        "proposals": [_proposal(number, one, shown) for number, one in enumerate(page)],
        "kinds": [{"code": kind.code, "label": kind.label} for kind in KINDS],
        "date_precisions": list(DATE_PRECISIONS),
        "place_precisions": [{"code": code, "label": PRECISION_WORDS[code]} for code in PLACE_PRECISIONS],
        "basemap": BASEMAP,
    }


def event_of(proposal: Proposal) -> Event:
    """The event that accepting the proposal would make."""
    event = read_feature(feature_of(proposal.candidate, proposal.edit), "")
    if not isinstance(event, Event):
        raise AssertionError("a candidate is an event")
    return event


def _tab(proposal: Proposal) -> str:
    return "open" if proposal.state == "more" else proposal.state


def _blog(shown: Shown) -> dict[str, Any]:
    kept, newest = shown.kept, shown.kept.newest
    return {
        "id": kept.id,
        "name": kept.name,
        "address": kept.address or None,
        "publisher": kept.publisher,
        "published": in_words(_day(kept)),
        "read": _read_words(kept),
        "facts": f"{counted(len(shown.blog.updates), 'update')}, {shown.blog.order}; read {_times(len(kept.readings))}",
        "sha256": newest.sha256,
        "flags": [flag[:1].upper() + flag[1:] for flag in shown.blog.flags],
        "watch": kept.watch_minutes,
        "watched": None if shown.watched is None else _watched(shown.watched),
    }


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def _watched(watched: Watched) -> dict[str, Any]:
    return {
        "next": f"{watched.next:%H:%M} UTC",
        "last": None if watched.last is None else f"{watched.last:%H:%M} UTC",
        "error": watched.error,
        "new": counted(watched.new, "new update") if watched.new else "nothing new",
    }


def _read_words(kept: KeptBlog) -> str:
    return _time_words(kept.newest.fetched)


def _time_words(stamp: str) -> str:
    at = datetime.fromisoformat(stamp)
    return in_words(Moment(at.replace(second=0, microsecond=0), timed=True))


def _day(kept: KeptBlog) -> Moment:
    at = datetime.fromisoformat(kept.newest.fetched)
    return Moment(at.replace(year=kept.published.year, month=kept.published.month, day=kept.published.day, hour=0, minute=0, second=0, microsecond=0))


def _warning(one: Warned, shown: Shown) -> dict[str, Any]:
    return {
        "id": one.id,
        "words": _WARNED[one.kind],
        "quote": one.words,
        "update": one.update,
        "events": [{"id": id_, "title": shown.titles.get(id_, id_)} for id_ in one.events],
    }


def _updates(shown: Shown, page: Sequence[Proposal]) -> list[dict[str, Any]]:
    spans: dict[str, list[tuple[int, int, int]]] = {}
    for number, proposal in enumerate(page):
        for span in proposal.candidate.spans:
            spans.setdefault(span.update, []).append((span.start, span.end, number))
    kept = shown.kept
    known = set(kept.wordings)
    return [_update(update, spans.get(update.id, [])[:MAX_RUNS], kept, update.id in known) for update in shown.blog.updates[:MAX_UPDATES]]


def _update(update: BlogUpdate, spans: Sequence[tuple[int, int, int]], kept: KeptBlog, reworded: bool) -> dict[str, Any]:
    return {
        "id": update.id,
        "heading": update.heading,
        "when": in_words(update.moment),
        "note": update.date_note or None,
        "flags": list(update.flags),
        "paragraphs": [_cut(match[0], match.start(), spans) for match in _PARAGRAPH.finditer(update.text)],
        "earlier": [
            {"until": _time_words(one.until), "heading": one.heading if one.heading != update.heading else None, "runs": difference(one, update.text)}
            for one in (kept.wordings[update.id] if reworded else ())
        ],
    }


def _cut(paragraph: str, offset: int, spans: Sequence[tuple[int, int, int]]) -> list[tuple[str, list[int]]]:
    end = offset + len(paragraph)
    inside = [span for span in spans if span[0] < end and span[1] > offset]
    cuts = sorted({offset, end, *(at for start, after, _ in inside for at in (start, after) if offset < at < end)})
    return [
        (paragraph[start - offset : after - offset], sorted({number for first, last, number in inside if first < after and last > start}))
        for start, after in pairwise(cuts)
    ]


def _proposal(number: int, proposal: Proposal, shown: Shown) -> dict[str, Any]:
    event, candidate, decision = event_of(proposal), proposal.candidate, proposal.decision
    return {
        "n": number,
        "id": proposal.id,
        "state": proposal.state,
        "title": event.title,
        "mark": kind_mark(event),
        "solid": is_exact(event),
        "kind_rule": candidate.rule,
        "when": when(event),
        "date_note": event.date_note,
        "place": _place(event, proposal),
        "claims": [{"what": claim.metric.replace("_", " "), "figure": figure(claim), "text": claim.text, "by": claim.by} for claim in event.claims],
        "actors": _actors(event),
        "tellings": _tellings(proposal, shown),
        "flags": [*candidate.flags, *(["in a correction"] if any(CORRECTION.search(span.exact) for span in candidate.spans) else [])],
        "is_new": proposal.is_new,
        "undone": proposal.undone is not None,
        "more_of": _more_of(proposal, shown),
        "event": decision.event if decision and decision.event in shown.titles else None,
        "decided": _decided(proposal),
        "changed": bool([value for value in asdict(proposal.edit).values() if value is not None]),
        "form": _form(event, proposal),
        "problem": shown.problems.get(proposal.id),
    }


def _actors(event: Event) -> list[str]:
    """Who takes part, by role: “Attacker: the army, its allies”."""
    names: dict[str, list[str]] = {}
    for actor in event.actors:
        names.setdefault(actor.role, []).append(actor.name)
    return [f"{role.capitalize()}: {', '.join(names[role])}" for role in ACTOR_ROLES if role in names]


def _decided(proposal: Proposal) -> str | None:
    decision = proposal.decision
    if decision is None or proposal.state == "more":
        return None
    return f"{proposal.state.capitalize()} by {decision.by or 'an editor'}, {_time_words(decision.at)}."


def _more_of(proposal: Proposal, shown: Shown) -> str | None:
    if proposal.state != "more" or proposal.decision is None:
        return None
    return shown.titles.get(proposal.decision.event or "", proposal.decision.title)


def _place(event: Event, proposal: Proposal) -> dict[str, Any]:
    placement = proposal.candidate.placement
    own = proposal.edit.lon is not None or proposal.edit.entry is not None
    alternatives = {one.entry.id: one.entry for telling in proposal.candidate.tellings for one in telling.placement.candidates}
    return {
        "words": place_words(event.place),
        "how": ", ".join(part for part in (_precision(event), within_words(event.place.uncertainty_km if event.place else None)) if part),
        "position": list(event.position) if event.position else None,
        "radius_km": event.place.uncertainty_km if event.place else None,
        "why": None if event.position else off_map_reason(event) if own or not placement.rule else placement.rule,
        "rule": event.place.note if own and event.place else placement.rule,
        "phrase": placement.phrase if not own else None,
        "entries": [] if own else [f"{entry.name} ({entry.source})" for entry in placement.entries],
        "agrees": list(placement.agrees),
        "alternatives": [
            {
                "id": entry.id,
                "name": entry.name,
                "country": country_name(entry.country),
                "what": PRECISION_WORDS[entry.precision],
                "position": list(entry.position) if entry.position else None,
            }
            for entry in list(alternatives.values())[:_ALTERNATIVES]
        ],
    }


def _precision(event: Event) -> str:
    return PRECISION_WORDS[event.place.precision] if event.place and event.position else ""


def _tellings(proposal: Proposal, shown: Shown) -> list[dict[str, Any]]:
    headings = {update.id: update.heading for update in shown.reading.updates}
    reasons = {link.telling: link.reasons for link in proposal.candidate.links}
    return [
        {
            "id": one.id,
            "update": one.update,
            "heading": headings.get(one.update, one.update),
            "exact": " … ".join(span.exact for span in one.spans),
            "reasons": list(reasons.get(one.id, ())),
        }
        for one in proposal.candidate.tellings
    ]


def _form(event: Event, proposal: Proposal) -> dict[str, Any]:
    edit = proposal.edit
    return {
        "title": event.title,
        "kind": event.kind,
        "start": str(event.start),
        "end": str(event.end),
        "date_precision": event.date_precision,
        "entry": edit.entry or "",
        "lon": edit.lon,
        "lat": edit.lat,
        "uncertainty_km": edit.uncertainty_km,
        "place_name": edit.place_name or "",
        "place_precision": edit.place_precision or "",
    }
