"""What the filter bar shows of a filter, and the filter that a change in the bar asks for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from geo.filters import PARAMETERS, PRECISION_WORDS, EventFilter, clock_in_words, describe, from_query, to_query
from geo.kinds import KINDS, kind_index, kind_label
from geo.model import PLACE_PRECISIONS, Update
from geo.moments import Moment, in_words
from geo.store import EventCollection
from geo.store.base import FacetCounts

MAX_SHOWN = 300
"""How many values of a facet, and how many dates, the browser is sent. What is ticked is always among them."""


@dataclass(frozen=True, slots=True)
class _Facet:
    """A facet under its name in an address (`name`), on the page (`label`) and in `EventFilter` (`field`)."""

    name: str
    label: str
    field: str


_FACETS = tuple(_Facet(name, name.capitalize(), field) for field, name in PARAMETERS.items())


def filters_data(collection: EventCollection, wanted: EventFilter) -> dict[str, Any]:
    """Everything that the bar shows, as JSON.

    `wanted` holds the window too, so that the counts are those of what the page shows. `version` names the state of the controls alone.
    """
    chips = _chips(wanted, collection.updates)
    counted = collection.facets(wanted, most=MAX_SHOWN)
    return {
        "version": _version(wanted),
        "wanted": _wire(wanted),
        "facets": [_facet(facet, counted[facet.field], collection.updates) for facet in _FACETS],
        "clock": _clock(collection, wanted.known),
        "chips": chips,
        "sentence": _sentence(chips, wanted),
    }


def apply(change: object, wanted: EventFilter, *, collection: EventCollection | None = None) -> EventFilter:
    """`wanted` with what the browser asks for: facets, text and clock. The window and the circle stay as they are.

    `change` has the shape of `filters_data(...)["wanted"]` and is not trusted: what is left out or malformed stays as it was, and values that
    break the bounds of `geo.filters.from_query` are dropped. With `collection`, so are new values that none of its events has.
    """
    if not isinstance(change, Mapping):
        return wanted
    merged = _wire(wanted) | {name: value for name, value in change.items() if _is_sound(name, value)}
    asked, _ = from_query({name: [value] if isinstance(value, str) else value or [] for name, value in merged.items()})
    if merged["known"] and asked.known is None:
        asked = replace(asked, known=wanted.known)
    changed = replace(wanted, text=asked.text, known=asked.known, **{facet.field: getattr(asked, facet.field) for facet in _FACETS})
    return _within(changed, wanted, collection) if collection else changed


def _is_sound(name: object, value: object) -> bool:
    if name in [facet.name for facet in _FACETS]:
        return isinstance(value, list) and all(_is_text(item) for item in value)
    return (name == "text" and _is_text(value)) or (name == "known" and (value is None or _is_text(value)))


def _is_text(value: object) -> bool:
    """Whether it is a string that can be sent on: one without lone surrogates."""
    return isinstance(value, str) and not any("\ud800" <= char <= "\udfff" for char in value)


def _within(asked: EventFilter, before: EventFilter, collection: EventCollection) -> EventFilter:
    """`asked` with those facet values alone that an event of the store has, or that were there before."""
    kept = {}
    for facet in _FACETS:
        new = getattr(asked, facet.field) - getattr(before, facet.field)
        known = collection.having(facet.field, new) if new else frozenset()
        kept[facet.field] = getattr(asked, facet.field) - (new - known)
    return replace(asked, **kept)


def _wire(wanted: EventFilter) -> dict[str, Any]:
    """The state of the controls, under the names that it has in an address."""
    facets: dict[str, Any] = {facet.name: sorted(getattr(wanted, facet.field)) for facet in _FACETS}
    return facets | {"text": wanted.text.strip(), "known": str(wanted.known) if wanted.known else None}


def _version(wanted: EventFilter) -> str:
    return hashlib.sha256(repr(to_query(wanted)).encode("utf-8", "backslashreplace")).hexdigest()[:12]


def _facet(facet: _Facet, counted: FacetCounts, updates: Mapping[str, Update]) -> dict[str, Any]:
    return {
        "name": facet.name,
        "label": facet.label,
        "total": counted.total,
        "values": [
            {"value": value, "count": counted.counts[value], **_looks(facet, value, updates)} for value in _ordered(facet, counted.counts, updates)
        ],
    }


def _ordered(facet: _Facet, counts: Mapping[str, int], updates: Mapping[str, Update]) -> list[str]:
    """The values by count, then name; but precisions from exact to vague and updates as they come, newest first: these have an order of their own."""
    if facet.name == "update":
        return sorted(counts, key=lambda value: value not in updates)
    if facet.name == "precision":
        rank: dict[str, int] = {value: index for index, value in enumerate(PLACE_PRECISIONS)}
        return sorted(counts, key=lambda value: (rank.get(value, len(rank)), value))
    name = kind_label if facet.name == "kind" else str
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


def _clock(collection: EventCollection, known: Moment | None) -> dict[str, Any]:
    """The two clocks: `dates` are the days on which the source published, newest first, with the number of its updates."""
    return {
        "label": _sentence_case(clock_in_words(known)),
        "dates": [{"value": str(day), "label": in_words(day), "count": count} for day, count in collection.days(most=MAX_SHOWN)],
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
