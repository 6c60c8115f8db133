"""What the Method page counts and lists: precisions with the codes of the field, how dates and places were found, what is left out. Plain JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from geo.columns import when
from geo.errors import Problem
from geo.filters import PRECISION_WORDS
from geo.geodesy import distance_m
from geo.kinds import KINDS, Kind, kind_index
from geo.mapping.tiles import online_maps
from geo.model import (
    PLACE_PRECISIONS,
    Event,
    Place,
    PlacePrecision,
    Site,
    acled_geo_precision,
    acled_time_precision,
    ucdp_date_prec,
    ucdp_deaths,
    ucdp_where_prec,
)
from geo.moments import DATE_PRECISIONS, DatePrecision, Moment, in_words
from geo.store import EventCollection
from geo.store.base import Census, DateCodes
from geo.ui.evidence import figure, number
from geo.ui.present import is_exact, kind_mark, mark_of_kind, off_map_reason
from geo.ui.update_data import place_words, within_words

MAX_LISTED = 200
_MOST_PROBLEMS = 10
_STRETCH = ("baghdad", "ain-al-asad")
"""Two sites of which the source gives a distance that the ellipsoid does not bear out."""

_PLACE_MEANS = {
    "site": "The very place: a base, an airport, a building.",
    "town": "The town or village, not the street in it.",
    "near_town": "Near a place with a name, and no more than that.",
    "district": "Somewhere in a district or in a quarter of a city.",
    "province": "Somewhere in a province, or in a region of about that size.",
    "country": "Only the country is known. No capital and no centre stands in for it: there is no mark.",
    "sea": "Somewhere in a sea or gulf; only the waters are known.",
}
_DATE_MEANS = {
    "minute": "The hour and the minute are known.",
    "day": "The day is known, not the hour.",
    "week": "Known to a few days, or to about a week.",
    "month": "The month is known, not the day.",
    "year": "The year is known, and no more.",
}
_DATE_BASES = {
    "stated": "The source prints the date.",
    "inferred": "The date follows from what the source says, such as “Monday” in an entry of a Friday.",
    "editor": "The source leaves the date open; an editor knows it.",
}
_PLACE_BASES = {
    "stated": "The source names the place.",
    "gazetteer": "A list of places gave the point.",
    "editor": "The source does not name the place, or not that closely. An editor placed the point from general knowledge.",
}
# In our words; each list starts at code 1.
_CODES = {
    "place": {
        "ACLED geo_precision": ("a particular town or place", "part of a region, or near a town", "a larger region only"),
        "UCDP where_prec": (
            "the exact place",
            "within about 25 km of a known point",
            "a district (second-level division)",
            "a province (first-level division)",
            "a line, or an area without firm limits, such as a border or several provinces",
            "the country only",
            "international waters or airspace",
        ),
    },
    "date": {
        "ACLED time_precision": ("the day", "the week", "the month"),
        "UCDP date_prec": ("the exact day", "two to six days", "the week", "eight days to a month", "more than a month"),
    },
}


def method_data(collection: EventCollection) -> dict[str, Any]:
    """All that the page counts or quotes from the store; its script has the words around it. Lists of events are cut at `MAX_LISTED`."""
    census = collection.census()
    return {
        "total": collection.total,
        "places": [_place_precision(name, census) for name in PLACE_PRECISIONS],
        "nowhere": census.nowhere,
        "dates": [_date_precision(name, collection, census) for name in DATE_PRECISIONS],
        "codes": {what: _tables(tables) for what, tables in _CODES.items()},
        "kinds": _kinds(census),
        "absent_kinds": [_kind(kind) for kind in KINDS if kind.code not in census.kinds],
        "date_bases": _bases(_DATE_BASES, census.date_bases),
        "dated": _records(collection, "all", facts=lambda event: [when(event), event.date_basis], note=lambda event: event.date_note),
        "place_bases": _bases(_PLACE_BASES, census.place_bases),
        "by_editor": _records(collection, "by_editor", facts=_place_facts, note=_place_note),
        "absent": _records(collection, "unplaced", facts=lambda event: [when(event), place_words(event.place)], note=off_map_reason),
        "left_out": {"count": collection.left_out, "problems": _problems(collection.set_aside)},
        "doubts": {"count": len(collection.doubts), "problems": _problems(collection.doubts)},
        "rings": [row for site in collection.sites[:MAX_LISTED] for row in _rings(site, collection)],
        "site_notes": [{"name": site.name, "note": site.note} for site in collection.sites[:MAX_LISTED] if site.note],
        "stretch": _stretch(collection),
        "clocks": _clocks(collection),
        "figures": _figures(collection),
        "sources": [{"source": source, "url": url, "updates": count} for source, url, count in collection.sources(most=MAX_LISTED)],
        "licence": licence if isinstance(licence := collection.about.get("licence"), str) else None,
        "online": [{"label": online["label"], "hosts": online["hosts"]} for online in online_maps()],
    }


def _place_precision(name: PlacePrecision, census: Census) -> dict[str, Any]:
    specimen = _specimen(name)
    return {
        "word": PRECISION_WORDS[name],
        "means": _PLACE_MEANS[name],
        "look": "none" if specimen.position is None else "solid" if is_exact(specimen) else "disc",
        "radius": _radius_span(census.radii_km.get(name)),
        "acled": _codes([acled_geo_precision(specimen)]),
        "ucdp": _codes([ucdp_where_prec(specimen)]),
        "events": census.place_precisions.get(name, 0),
    }


def _radius_span(radii: tuple[float, float] | None) -> str | None:
    if radii is None:
        return None
    least, most = map(number, radii)
    return f"{most} km" if least == most else f"{least} to {most} km"


def _date_precision(name: DatePrecision, collection: EventCollection, census: Census) -> dict[str, Any]:
    newest = collection.newest_of_precision(name)
    acled, ucdp = census.date_codes.get(name) or _specimen_codes(name)
    return {
        "word": name,
        "means": _DATE_MEANS[name],
        "example": {"when": when(newest), "title": newest.title} if newest else None,
        "acled": _codes(acled),
        "ucdp": _codes(ucdp),
        "events": census.date_precisions.get(name, 0),
    }


def _specimen_codes(name: DatePrecision) -> DateCodes:
    specimen = _specimen("site", name)
    return (acled_time_precision(specimen),), (ucdp_date_prec(specimen),)


def _specimen(place: PlacePrecision, date: DatePrecision = "day") -> Event:
    """An event of a given precision, for the codes that `geo.model` derives from it; a country has no point."""
    days = {"minute": 1, "day": 1, "week": 7, "month": 30, "year": 365}[date]
    start = Moment(datetime(2021, 1, 1, tzinfo=UTC), timed=date == "minute")
    end = start if date == "minute" else Moment(start.at + timedelta(days=days - 1))
    position = None if place == "country" else (0.0, 0.0)
    where = Place("", None, place, None if position is None else 1.0, "stated", None)
    return Event("", "", "other", start, end, date, "stated", None, where, position, (), (), (), (), start, None, {})


def _codes(values: Sequence[int | None]) -> str:
    return " or ".join("none" if value is None else str(value) for value in sorted(set(values), key=lambda value: value or 0))


def _tables(tables: dict[str, tuple[str, ...]]) -> list[dict[str, Any]]:
    return [{"name": name, "rows": list(enumerate(means, start=1))} for name, means in tables.items()]


def _kinds(census: Census) -> list[dict[str, Any]]:
    ordered = sorted(census.kinds.items(), key=lambda pair: (-pair[1], pair[0]))[:MAX_LISTED]
    return [{**mark_of_kind(code), "acled": KINDS[kind_index(code)].acled, "events": count} for code, count in ordered]


def _kind(kind: Kind) -> dict[str, str]:
    return {"label": kind.label, "colour": kind.colour, "path": kind.path, "acled": kind.acled}


def _bases(means: dict[str, str], count: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"word": word, "means": text, "events": count.get(word, 0)} for word, text in means.items()]


def _records(collection: EventCollection, what: str, *, facts: Callable[[Event], list[str]], note: Callable[[Event], str | None]) -> dict[str, Any]:
    """Events of a sort as a list, `MAX_LISTED` at most; `count` is that of all."""
    count, events = collection.sample(what, most=MAX_LISTED)
    listed = [
        {"kind": kind_mark(event), "solid": is_exact(event), "title": event.title, "facts": facts(event), "note": note(event)} for event in events
    ]
    return {"count": count, "listed": listed}


def _place_facts(event: Event) -> list[str]:
    place = event.place
    if place is None:
        return [place_words(None)]
    return [place_words(place), PRECISION_WORDS[place.precision], *([within_words(place.uncertainty_km)] if place.uncertainty_km else [])]


def _place_note(event: Event) -> str | None:
    return event.place.note if event.place else None


def _problems(problems: Sequence[Problem]) -> list[str]:
    return [str(problem) for problem in problems[:_MOST_PROBLEMS]]


def _rings(site: Site, collection: EventCollection) -> list[dict[str, Any]]:
    if not site.rings:
        return [{"site": site.name, "radius": None, "label": None, "told": None}]
    return [
        {"site": site.name, "radius": f"{number(ring.radius_km)} km", "label": ring.label, "told": _told_in(collection, ring.update)}
        for ring in site.rings
    ]


def _told_in(collection: EventCollection, update: str | None) -> dict[str, str] | None:
    told = collection.updates.get(update or "")
    return {"update": told.id, "heading": told.heading, "day": in_words(Moment(told.published.at))} if told else None


def _stretch(collection: EventCollection) -> dict[str, str] | None:
    """The distance from Baghdad to Ain al-Asad, as the source gives it and as it is on the ellipsoid; None without the two sites."""
    city, base = (collection.site(id_) for id_ in _STRETCH)
    if city is None or base is None or not city.rings:
        return None
    km = distance_m(city.position, base.position) / 1000
    return {"city": city.name, "base": base.name, "told": number(city.rings[0].radius_km), "measured": f"{km:,.0f}", "exactly": f"{km:,.1f}"}


def _clocks(collection: EventCollection) -> dict[str, Any] | None:
    """The event that was told most often: when it happened, when it was first told, when last."""
    told = next(iter(collection.sample("most_told", most=1)[1]), None)
    days = [collection.updates[id_].published for id_ in told.updates if id_ in collection.updates] if told else []
    if told is None or not days:
        return None
    return {"title": told.title, "when": when(told), "first": in_words(min(days)), "last": in_words(max(days)), "times": len(days)}


def _figures(collection: EventCollection) -> dict[str, Any] | None:
    """The event whose dead are counted most often, with each count as it was told; None if no event has two."""
    event = next(iter(collection.sample("most_counted", most=1)[1]), None)
    claims = [claim for claim in event.claims if claim.metric == "killed"] if event else []
    if event is None or len(claims) < 2:
        return None
    low, best, high = (None if value is None else number(value) for value in ucdp_deaths(event))
    rows = [
        {"text": claim.text, "figure": figure(claim), "by": claim.by, "told": _told_in(collection, claim.update)} for claim in claims[:MAX_LISTED]
    ]
    return {"title": event.title, "rows": rows, "low": low, "best": best, "high": high}
