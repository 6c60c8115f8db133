"""What the Updates page shows: each update of a store, its text cut where it tells an event, and those events. Plain JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from geo.columns import when
from geo.filters import PRECISION_WORDS
from geo.model import Event, Place, Update
from geo.moments import Moment, in_words, span_in_words
from geo.store import EventCollection
from geo.ui.evidence import number
from geo.ui.present import is_exact, kind_mark, off_map_reason

# A foreign store may hold one update that tells everything: more than this is no reading matter and is counted instead.
MAX_UPDATES = 400
MAX_EVENTS = 200
_MAX_PASSAGES = 600

_DATED = {
    "heading": "dated by its heading",
    "neighbour": "day taken from a neighbouring heading",
    "editor": "dated by an editor",
}
_PLACED = {"stated": "", "gazetteer": "placed by a gazetteer", "editor": "placed by an editor"}
_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")

Told = Mapping[str, tuple[int, Sequence[Event]]]
"""For each update, how many events it tells, and the first of them."""
Span = tuple[int, int, int]
"""First character, the one after the last, and the number of the event that the run tells."""


def update_data(collection: EventCollection, *, newest_first: bool, focus: str | None = None) -> dict[str, Any]:
    """The updates in the order of the store, which prints the newest first, or turned round.

    `focus` is the update that an address asks for; at most `MAX_UPDATES` are given, that one among them. Events and kinds stand once, in lists;
    an update names them by their numbers.
    """
    ids = list(collection.updates)
    shown = list(collection.read_updates(_around(ids if newest_first else ids[::-1], focus)).values())
    told = collection.told_by([update.id for update in shown], most=MAX_EVENTS)
    events = list({event.id: event for update in shown for event in _in_reading_order(update, told)}.values())
    numbers = {event.id: index for index, event in enumerate(events)}
    marks = {event.kind: kind_mark(event) for event in events}
    codes = list(marks)
    known = focus is not None and focus in collection.updates
    return {
        "lead": _lead(collection),
        "newest_first": newest_first,
        "focus": focus if known else None,
        "missing": focus if focus and not known else None,
        "kinds": list(marks.values()),
        "events": [_event(event, codes.index(event.kind)) for event in events],
        "updates": [_update(update, told, numbers) for update in shown],
        "left_out": len(ids) - len(shown),
    }


def place_words(place: Place | None) -> str:
    """The place by name, with its country unless the name says that already."""
    if place is None:
        return "place not known"
    return place.name if not place.country or place.country.casefold() in place.name.casefold() else f"{place.name}, {place.country}"


def within_words(radius_km: float | None) -> str:
    """The radius of uncertainty: `±12 km`; nothing where there is none."""
    return f"±{number(radius_km)} km" if radius_km else ""


def counted(count: int, noun: str) -> str:
    """`1 event`, `2 events`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _around(ordered: Sequence[str], focus: str | None) -> Sequence[str]:
    """At most `MAX_UPDATES` from the first one on, or with the one in focus in the middle where it lies further down."""
    at = next((index for index, id_ in enumerate(ordered) if id_ == focus), 0)
    first = 0 if at < MAX_UPDATES else min(at - MAX_UPDATES // 2, len(ordered) - MAX_UPDATES)
    return ordered[first : first + MAX_UPDATES]


def _in_reading_order(update: Update, told: Told) -> list[Event]:
    """The events that an update tells, as its text comes to them; those without a passage after the others, by date. At most `MAX_EVENTS`."""
    return sorted(told[update.id][1], key=lambda event: min((start for start, _ in _runs(event, update)), default=len(update.text)))


def _runs(event: Event, update: Update) -> Iterator[tuple[int, int]]:
    for passage in event.passages:
        if passage.update == update.id and (start := update.text.find(passage.exact)) >= 0:
            yield start, start + len(passage.exact)


def _update(update: Update, told: Told, numbers: Mapping[str, int]) -> dict[str, Any]:
    events = _in_reading_order(update, told)
    spans = [(start, end, numbers[event.id]) for event in events for start, end in _runs(event, update)]
    return {
        "id": update.id,
        "heading": update.heading,
        "published": str(update.published),
        "day": in_words(Moment(update.published.at)),
        "time": f"{update.published.at:%H:%M} UTC" if update.published.timed else None,
        "basis": _DATED.get(update.date_basis, update.date_basis),
        "note": update.date_note,
        "source": update.source,
        "url": update.url,
        "paragraphs": _paragraphs(update.text, spans[:_MAX_PASSAGES]),
        "events": [numbers[event.id] for event in events],
        "placed": sum(event.position is not None for event in events),
        "more": told[update.id][0] - len(events),
    }


def _paragraphs(text: str, spans: Sequence[Span]) -> list[list[tuple[str, list[int]]]]:
    """The paragraphs of a text, each as runs: words, and the numbers of the events that they tell."""
    return [_cut(match[0], match.start(), spans) for match in _PARAGRAPH.finditer(text)]


def _cut(paragraph: str, offset: int, spans: Sequence[Span]) -> list[tuple[str, list[int]]]:
    end = offset + len(paragraph)
    inside = [span for span in spans if span[0] < end and span[1] > offset]
    cuts = sorted({offset, end, *(at for start, after, _ in inside for at in (start, after) if offset < at < end)})
    return [
        (paragraph[start - offset : after - offset], sorted({event for first, last, event in inside if first < after and last > start}))
        for start, after in pairwise(cuts)
    ]


def _event(event: Event, kind: int) -> dict[str, Any]:
    return {
        "id": event.id,
        "title": event.title,
        "kind": kind,
        "when": when(event),
        "place": place_words(event.place),
        "how": _how_placed(event),
        "reason": off_map_reason(event) if event.position is None else None,
        "placed": event.position is not None,
        "solid": is_exact(event),
    }


def _how_placed(event: Event) -> str | None:
    """How sure the point is: `near a town, ±12 km, placed by an editor`. None where there is no point."""
    place = event.place
    if place is None or event.position is None:
        return None
    return ", ".join(part for part in (PRECISION_WORDS[place.precision], within_words(place.uncertainty_km), _PLACED.get(place.basis, "")) if part)


def _lead(collection: EventCollection) -> str:
    count = len(collection.updates)
    if not count:
        return "This store holds no updates."
    days = collection.days(most=count)
    sources = list(dict.fromkeys(source for source, _, _ in collection.sources(most=count)))
    whose = sources[0] if len(sources) == 1 else f"{len(sources):,} sources"
    published = span_in_words(days[-1][0], days[0][0], "day")
    tell = "It tells" if count == 1 else "They tell"
    return f"{counted(count, 'update')} from {whose}, published {published} and retold here. {tell} {counted(collection.told_at_all(), 'event')}."
