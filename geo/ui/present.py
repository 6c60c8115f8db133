"""Events as the list, the summary line and the start of the detail say them: JSON for the page's components."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from math import ceil
from typing import Any

from geo.columns import when
from geo.errors import Problem
from geo.filters import EventFilter, as_known
from geo.kinds import KINDS, kind_index, kind_label
from geo.model import Event, Place, acled_geo_precision, acled_time_precision, ucdp_date_prec, ucdp_deaths, ucdp_where_prec
from geo.moments import Moment, in_words
from geo.store import EventCollection
from geo.store.base import Standing, Tally
from geo.ui.evidence import claims_table, number, source_updates

PER_PAGE = 100
EDIT_RING = "edit"
"""The ring that shows where an event will stand that is being edited."""
_MOST_PROBLEMS = 100
_DATE_BASIS = {
    "stated": "The source states it.",
    "inferred": "It follows from what the source says.",
    "editor": "An editor knows it; the source does not say.",
}
_PLACE_BASIS = {
    "stated": "The source names the place.",
    "gazetteer": "Placed by a gazetteer's entry for the name.",
    "editor": "Placed by an editor.",
}
_UNPLACED_BASIS = {
    "stated": "The source names this and nothing closer.",
    "gazetteer": "A gazetteer names this and nothing closer.",
    "editor": "An editor knows this; the source does not say.",
}
_NAMED = {
    "site": "a site",
    "town": "a town",
    "near_town": "the surroundings of a town",
    "district": "a district",
    "province": "a province or region",
    "country": "a country",
    "sea": "a sea area",
}
_WHERE = {
    "site": "at a site",
    "town": "in a town",
    "near_town": "near a town",
    "district": "in a district",
    "province": "in a province or region",
    "country": "in a country",
    "sea": "at sea",
}
_ROLES = {
    "attacker": ("Attacker", "Attackers"),
    "target": ("Target", "Targets"),
    "affected": ("Affected", "Affected"),
    "accused": ("Accused", "Accused"),
    "other": ("Also named", "Also named"),
}


def kind_mark(event: Event) -> dict[str, str]:
    """The mark of an event's kind: its code, words, colour (sRGB hex) and outline (SVG path data, 20 x 20)."""
    return mark_of_kind(event.kind)


def mark_of_kind(code: str) -> dict[str, str]:
    """The mark of a kind."""
    kind = KINDS[kind_index(code)]
    return {"code": code, "label": kind_label(code), "colour": kind.colour, "path": kind.path}


def is_exact(event: Event) -> bool:
    """Whether the mark is solid: the event is on the map, and placed to a site or a town."""
    return event.position is not None and event.place is not None and event.place.precision in ("site", "town")


def list_data(
    collection: EventCollection,
    wanted: EventFilter,
    *,
    selected: str | None,
    page: int,
    per_page: int = PER_PAGE,
    newest_first: bool = True,
) -> dict[str, Any]:
    """One page of the list of the events that match, and the tray of those of them that are not on the map.

    `page` counts from 0; one that is not there becomes the nearest that is. At most `per_page` rows are in each.
    """
    tally = collection.tally(wanted)
    pages = max(1, ceil(tally.shown / per_page))
    page = min(max(page, 0), pages - 1)
    rows = collection.page(wanted, first=page * per_page, most=per_page, newest_first=newest_first)
    tray = collection.page(wanted, most=per_page, newest_first=newest_first, unplaced=True) if tally.unplaced else []
    return {
        "total": tally.shown,
        "page": page,
        "pages": pages,
        "first": page * per_page + 1,
        "newest_first": newest_first,
        "selected": selected,
        "marks": {event.kind: kind_mark(event) for event in (*rows, *tray)},
        "rows": [_row(event) for event in rows],
        "tray": {"total": tally.unplaced, "rows": [_row(event) | {"reason": off_map_reason(event)} for event in tray]},
        "empty": None if tally.shown else _empty(collection.total),
    }


def off_map_reason(event: Event) -> str:
    """Why an event without a point has none."""
    if event.place is None:
        return "The source says nothing of the place."
    return event.place.note or f"The source names no place closer than {event.place.name}."


def detail_data(collection: EventCollection, whole: Event, wanted: EventFilter, *, newest_first: bool = True) -> dict[str, Any]:
    """All that is known of one event, and where it stands in the list. What was told after `wanted.known` is left out, and counted."""
    known, updates = wanted.known, collection.updates
    told = as_known(whole, updates, known)
    shown = told or _untold(whole)
    return {
        "id": whole.id,
        "title": whole.title,
        "mark": kind_mark(whole),
        "solid": is_exact(whole),
        "on_map": whole.position is not None,
        "standing": _standing(whole),
        "known": _known(whole, shown, known),
        "neighbours": _neighbours(collection.standing(wanted, whole.id), newest_first=newest_first),
        "date": {"words": when(whole), "basis": _DATE_BASIS[whole.date_basis], "note": whole.date_note},
        "place": _place(whole),
        "reported": in_words(whole.reported),
        "actors": _actors(whole),
        "note": whole.note,
        "codes": _codes(shown),
        "claims": claims_table(shown, updates),
        "updates": source_updates(shown, updates),
    }


def summary_words(shown: int, total: int, window: str, clock: str, unplaced: int) -> str:
    """What is shown, in a sentence: "14 of 17 events, 1 to 28 February 2021, as happened; 2 not on the map"."""
    words = f"{shown:,} of {total:,} {'event' if total == 1 else 'events'}, {window}, {clock}"
    return f"{words}; {unplaced:,} not on the map" if unplaced else words


def summary_data(collection: EventCollection, tally: Tally, *, window: str, clock: str, filters: str, clearable: bool) -> dict[str, Any]:
    """The summary line. `filters` is what `geo.filters.describe` says; `clearable` whether there is anything to clear, the window included."""
    return {
        "words": summary_words(tally.shown, collection.total, window, clock, tally.unplaced),
        "filters": f"Only {filters}." if filters else "",
        "clearable": clearable,
        "problems": problem_lists(collection),
    }


def problem_lists(collection: EventCollection) -> list[dict[str, Any]]:
    """What is wrong with the store: why it cannot be read any more, what had to be left out, and what is shown in spite of a fault."""
    lists = []
    if (fault := collection.fault) is not None:
        words = "The file has changed and cannot be read; this is the last state that could be"
        lists.append({"words": words, "more": 0, "items": [{"pointer": fault.where, "message": fault.what, "value": "", "advice": fault.advice}]})
    if collection.set_aside:
        lists.append(_problems(_left_out_words(collection.left_out), collection.set_aside))
    if collection.doubts:
        count = len(collection.doubts)
        words = "1 fault of the store is passed over" if count == 1 else f"{count:,} faults of the store are passed over"
        lists.append(_problems(words, collection.doubts))
    return lists


def _left_out_words(count: int) -> str:
    if count == 1:
        return "1 record could not be read and is left out"
    return f"{count:,} records could not be read and are left out" if count else "Part of the store could not be read"


def _problems(words: str, problems: Sequence[Problem]) -> dict[str, Any]:
    return {"words": words, "more": max(0, len(problems) - _MOST_PROBLEMS), "items": [asdict(problem) for problem in problems[:_MOST_PROBLEMS]]}


def _row(event: Event) -> dict[str, Any]:
    place = event.place
    return {
        "id": event.id,
        "title": event.title,
        "kind": event.kind,
        "solid": is_exact(event),
        "when": when(event),
        "place": place.name if place else "",
        "within": _within(place) if place and event.position is not None and not is_exact(event) else "",
        "on_map": event.position is not None,
    }


def _within(place: Place) -> str:
    return "" if place.uncertainty_km is None else f"±{number(place.uncertainty_km)} km"


def _empty(stored: int) -> dict[str, Any]:
    if stored == 0:
        return {
            "words": "The store holds no events.",
            "advice": "Add some to its file; the page shows them when it is loaded again.",
            "clearable": False,
        }
    return {"words": "No event in these dates.", "advice": "Widen the window or clear the filters.", "clearable": True}


def _standing(event: Event) -> str:
    """How far the point can be trusted, in plain words; empty where the source itself names an exact place."""
    place = event.place
    if place is None:
        return "Not on the map: the source says nothing of the place."
    if event.position is None:
        return f"Not on the map: the source names no place closer than {place.name}."
    if is_exact(event) and place.basis == "stated":
        return ""
    within = "" if place.uncertainty_km is None else f"; the true place lies within {number(place.uncertainty_km)} km"
    if place.basis == "editor":
        return f"Placed by an editor {_WHERE[place.precision]}{within}."
    if place.basis == "gazetteer":
        return f"Placed by a gazetteer {_WHERE[place.precision]}{within}."
    return f"The source names {_NAMED[place.precision]} and nothing closer{within}."


def _known(whole: Event, shown: Event, known: Moment | None) -> str:
    """What the clock "as known" hides of an event."""
    if known is None:
        return ""
    day = in_words(known)
    if not shown.updates:
        return f"Not yet told on {day}. First told on {in_words(whole.reported)}."
    later = len(whole.updates) - len(shown.updates)
    if not later:
        return ""
    hidden = "1 later update is left out, with what it claims" if later == 1 else f"{later:,} later updates are left out, with what they claim"
    return f"As known on {day}: {hidden}."


def _untold(event: Event) -> Event:
    """The event before any update told it: nothing is claimed."""
    return replace(event, updates=(), claims=(), passages=())


def _neighbours(standing: Standing | None, *, newest_first: bool) -> dict[str, Any] | None:
    if standing is None:
        return None
    number, previous, following = standing.number, standing.before, standing.after
    if newest_first:
        number, previous, following = standing.total + 1 - number, following, previous
    return {"number": number, "total": standing.total, "previous": _name(previous), "next": _name(following)}


def _name(event: Event | None) -> dict[str, str] | None:
    return None if event is None else {"id": event.id, "title": event.title}


def _place(event: Event) -> dict[str, Any] | None:
    place = event.place
    if place is None:
        return None
    # A place in the sea or a country that is its own name needs no country after it.
    country = place.country if place.country and place.country not in place.name else None
    basis = (_PLACE_BASIS if event.position is not None else _UNPLACED_BASIS)[place.basis]
    return {"name": place.name, "country": country, "within": _within(place), "basis": basis, "note": place.note}


def _actors(event: Event) -> list[dict[str, Any]]:
    """Roles in the order of `_ROLES`, each with its names in the order of the store."""
    named: Iterable[tuple[str, list[str]]] = ((role, [actor.name for actor in event.actors if actor.role == role]) for role in _ROLES)
    return [{"role": _ROLES[role][len(names) > 1], "names": names} for role, names in named if names]


def _codes(event: Event) -> list[dict[str, Any]]:
    """How ACLED and UCDP would code the event; derived, never stored."""

    def code(name: str, value: float | None) -> str:
        return f"{name} {'none' if value is None else number(value)}"

    acled = [
        KINDS[kind_index(event.kind)].acled,
        code("geo_precision", acled_geo_precision(event)),
        code("time_precision", acled_time_precision(event)),
    ]
    ucdp = [code("where_prec", ucdp_where_prec(event)), code("date_prec", ucdp_date_prec(event))]
    low, best, high = ucdp_deaths(event)
    if low is not None:
        ucdp += [code("deaths low", low), code("best", best), code("high", high)]
    return [{"scheme": "ACLED", "parts": acled}, {"scheme": "UCDP", "parts": ucdp}]
