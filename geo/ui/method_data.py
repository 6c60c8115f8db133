"""What the Method page says: the words of a newspaper's "how we did this", with every count and code drawn from the store. Plain JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

from geo.columns import when
from geo.filters import PRECISION_WORDS
from geo.geodesy import distance_m
from geo.kinds import KINDS
from geo.mapping.tiles import online_maps
from geo.model import (
    PLACE_PRECISIONS,
    Claim,
    Event,
    Place,
    PlacePrecision,
    acled_geo_precision,
    acled_time_precision,
    ucdp_date_prec,
    ucdp_deaths,
    ucdp_where_prec,
)
from geo.moments import DATE_PRECISIONS, DatePrecision, Moment, in_words
from geo.store.base import Snapshot
from geo.ui.update_data import SOLID, counted, kind_words, place_words, radius_words

Block = dict[str, Any]
"""A part of a section: `p`, `list`, `table`, `records` or `fold`. Its words are lists of strings and of `said`, `strong`, `mark` or `href`."""

MAX_LISTED = 200
_MOST_PAIRED_SITES = 6
_MOST_PROBLEMS = 10
_NEUTRAL = {"colour": "currentColor", "path": KINDS[-1].path}

_PLACE_MEANS = {
    "site": "The very place: a base, an airport, a building.",
    "town": "The town or village, not the street in it.",
    "near_town": "Near a place with a name; the source says no more, or an editor knows no more.",
    "district": "Somewhere in a district or in a quarter of a city.",
    "province": "Somewhere in a province, or in a region of about that size.",
    "country": "Only the country is known. There is no mark: no capital and no centre stands in for it.",
    "sea": "Somewhere in a sea or gulf; the source names the waters only.",
}
_DATE_MEANS = {
    "minute": "The source gives the hour and the minute.",
    "day": "The day is known, not the hour.",
    "week": "Known to a few days or about a week.",
    "month": "The month is known, not the day.",
    "year": "The year is known, no more.",
}
_DATE_BASES = {
    "stated": "The source prints the date.",
    "inferred": "The date follows from what the source says, such as “Monday” in an entry of a Friday.",
    "editor": "The source leaves the date open; an editor knows it.",
}
_PLACE_BASES = {
    "stated": "The source names the place. The coordinates are those of the place that it names.",
    "gazetteer": "A list of places gave the coordinates.",
    "editor": "The source does not name the place, or not that closely. An editor placed the point from general knowledge.",
}
_CODES = (
    ("ACLED geo_precision", ("a particular town or place", "part of a region, or near a town", "a larger region only")),
    ("ACLED time_precision", ("the day", "the week", "the month")),
    (
        "UCDP where_prec",
        (
            "the exact place",
            "within about 25 km of a known point",
            "a district (second-level division)",
            "a province (first-level division)",
            "a line or an area without firm limits, such as a border or several provinces",
            "the country only",
            "international waters or airspace",
        ),
    ),
    ("UCDP date_prec", ("the exact day", "two to six days", "the week", "eight days to a month", "more than a month")),
)
_SOFTWARE = (
    ("Streamlit", "Apache-2.0", "the pages; with it come the typefaces Source Sans and Source Serif (SIL OFL 1.1)"),
    ("Folium, streamlit-folium", "MIT", "the map in the page"),
    ("Leaflet", "BSD-2-Clause", "the map in the browser"),
    ("GeoPandas, Shapely", "BSD-3-Clause", "geometry; with GEOS (LGPL-2.1)"),
    ("PROJ, pyproj, GeographicLib", "MIT", "distances and rings on the ellipsoid"),
)


def method_data(snapshot: Snapshot) -> dict[str, Any]:
    """The page in sections, each with an `id` that an address can name: `{"lead", "sections": [{"id", "title", "blocks"}]}`."""
    sections = (
        ("places", "How sure a place is", _places(snapshot.events)),
        ("dates", "How sure a date is", _dates(snapshot.events)),
        ("kinds", "Kinds of event", _kinds(snapshot.events)),
        ("dated", "How dates were found", _dated(snapshot.events)),
        ("placed", "How places were found", _placed(snapshot.events)),
        ("not-on-the-map", "What is not on the map", _not_on_the_map(snapshot)),
        ("sites", "Sites and rings", _sites(snapshot)),
        ("clocks", "Two clocks", _clocks(snapshot)),
        ("figures", "Figures", _figures(snapshot)),
        ("limits", "Known limits", _limits(snapshot)),
        ("sources", "Sources and licences", _sources(snapshot)),
        ("privacy", "Privacy", _privacy()),
    )
    lead = "How each mark came to be on the map: what was read, what was concluded from it, what an editor added, and what nobody knows."
    return {"lead": lead, "sections": [{"id": id_, "title": title, "blocks": blocks} for id_, title, blocks in sections]}


def _p(*words: Any) -> Block:
    return {"p": list(words)}


def _list(*items: Any) -> Block:
    return {"list": [item if isinstance(item, list) else [item] for item in items]}


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Block:
    return {"table": {"caption": caption, "head": list(head), "rows": [[cell if isinstance(cell, list) else [str(cell)] for cell in row] for row in rows]}}


def _fold(summary: str, *blocks: Block) -> Block:
    return {"fold": summary, "blocks": list(blocks)}


def _said(text: str) -> dict[str, str]:
    """Text of the store, which is kept apart from ours."""
    return {"said": text}


def _mark(kind: dict[str, str], precision: str) -> dict[str, Any]:
    look = "solid" if precision in SOLID else "none" if precision == "country" else "disc"
    return {"mark": {"colour": kind["colour"], "path": kind["path"], "look": look}}


def _records(events: Sequence[Event], facts: Any, note: Any) -> list[Block]:
    """Events as a list: title, `facts` (strings) and `note` of each; cut at `MAX_LISTED`."""
    listed = [
        {"kind": kind_words(event.kind), "solid": bool(event.place and event.place.precision in SOLID), "title": event.title}
        | {"facts": facts(event), "note": note(event)}
        for event in events[:MAX_LISTED]
    ]
    rest = len(events) - len(listed)
    return [{"records": listed}, *([_p(f"and {rest:,} more.")] if rest else [])]


def _specimen(place: PlacePrecision, date: DatePrecision = "day", days: int = 1) -> Event:
    """An event of a given precision, for the codes that `geo.model` derives."""
    start = Moment(datetime(2021, 1, 1, tzinfo=UTC), timed=date == "minute")
    end = start if date == "minute" else Moment(start.at + timedelta(days=days - 1))
    on_map = place != "country"
    where = Place("", None, place, 1.0 if on_map else None, "stated", None)
    position = (0.0, 0.0) if on_map else None
    return Event("", "", "other", start, end, date, "stated", None, where, position, (), (), (), (), start, None, {})


def _code(values: Iterable[int | None]) -> str:
    return " or ".join("none" if value is None else str(value) for value in sorted(set(values), key=lambda value: value or 0))


def _code_tables(*names: str) -> Block:
    tables = (
        _table(f"{name}, in our words", ("Code", "What is known"), list(enumerate(means, start=1)))
        for name, means in _CODES
        if name.split()[1] in names
    )
    return _fold("What the codes mean", *tables)


def _places(events: Sequence[Event]) -> list[Block]:
    count = Counter(event.place.precision if event.place else None for event in events)
    rows = [_place_row(name, events, count[name]) for name in PLACE_PRECISIONS]
    head = ("Place known to", "What that means", "Radius", "ACLED", "UCDP", "Events")
    none = [_p(f"Of {counted(count[None], 'event')} no place is known at all.")] if count[None] else []
    return [
        _p("A ", {"strong": "solid"}, " mark stands where the site or the town is known. A ", {"strong": "hollow"}, " mark in a disc is a place that is known less well: it happened somewhere in the disc, and no likelier at its centre than at its edge."),
        _table("Precision of places: ACLED’s geo_precision, UCDP’s where_prec", head, rows),
        *none,
        _p("The radius is the distance within which the true place is believed to lie: a judgement, not a measurement."),
        _p("The codes follow from the word, so that an export fits beside the two large datasets of the field. There is no word here for several provinces together (ACLED 3, UCDP 5). UCDP’s 7 means international waters; whether a ship was in those, a source that names only a gulf does not say. A quarter of a city counts as a district, which is more cautious than either codebook asks."),
        _code_tables("geo_precision", "where_prec"),
    ]


def _place_row(name: PlacePrecision, events: Sequence[Event], count: int) -> list[Any]:
    radii = [event.place.uncertainty_km for event in events if event.place and event.place.precision == name and event.place.uncertainty_km]
    specimen = _specimen(name)
    word = [_mark(_NEUTRAL, name), PRECISION_WORDS[name]]
    return [word, _PLACE_MEANS[name], _span(radii), _code([acled_geo_precision(specimen)]), _code([ucdp_where_prec(specimen)]), f"{count:,}"]


def _span(radii: Sequence[float]) -> str:
    if not radii:
        return "–"
    least, most = radius_words(min(radii)), radius_words(max(radii))
    return least if least == most else f"{least.removesuffix(' km')} to {most}"


def _dates(events: Sequence[Event]) -> list[Block]:
    days = {"minute": 1, "day": 1, "week": 7, "month": 30, "year": 365}
    rows = []
    for name in DATE_PRECISIONS:
        of_it = [event for event in events if event.date_precision == name]
        coded = of_it or [_specimen("site", name, days[name])]
        example = [_said(when(of_it[-1])), ": ", _said(of_it[-1].title)] if of_it else ["–"]
        codes = _code(map(acled_time_precision, coded)), _code(map(ucdp_date_prec, coded))
        rows.append([name, _DATE_MEANS[name], example, *codes, f"{len(of_it):,}"])
    head = ("Date known to", "What that means", "For example", "ACLED", "UCDP", "Events")
    return [
        _p("A date is told exactly as well as it is known. “Between 16 and 21 February” is one incident on an unknown day, not six days of fighting. All times are UTC."),
        _table("Precision of dates: ACLED’s time_precision, UCDP’s date_prec", head, rows),
        _p("ACLED’s code follows from the word; UCDP’s from the length of the span, so that one word can have two codes. Where an event is dated “a week before” another whose own day is not known, the word is week and the span is longer."),
        _code_tables("time_precision", "date_prec"),
    ]


def _kinds(events: Sequence[Event]) -> list[Block]:
    count = Counter(event.kind for event in events)
    present = [kind_words(code) for code in sorted(count, key=lambda code: (-count[code], code))[:MAX_LISTED]]
    numbers = [f"{number:,}" for _, number in sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))]
    absent = [kind_words(kind.code) for kind in KINDS if kind.code not in count]
    head = ("Kind", "ACLED sub-event type")
    rows = [[[_mark(kind, "site"), _said(kind["label"])], kind["acled"], number] for kind, number in zip(present, numbers, strict=False)]
    folded = _table("Kinds that no event of this store has", head, [[[_mark(kind, "site"), kind["label"]], kind["acled"]] for kind in absent])
    return [
        _p("The shape and the colour of a mark say what happened. The kind is an editor’s reading of the source, and so is ACLED’s name for it."),
        _table("Kinds of event in this store", (*head, "Events"), rows),
        *([_fold(f"{counted(len(absent), 'kind')} without an event here", folded)] if absent else []),
    ]


def _dated(events: Sequence[Event]) -> list[Block]:
    count = Counter(event.date_basis for event in events)
    records = _records(events, lambda event: [when(event), event.date_basis], lambda event: event.date_note)
    return [
        _p("A live blog writes “Monday” and “last week”, and a heading often leaves out the year. So each date carries a note of how it was found."),
        _table("How dates are known", ("Basis", "What that means", "Events"), [[name, means, f"{count[name]:,}"] for name, means in _DATE_BASES.items()]),
        _fold(f"How each date was found: {counted(len(events), 'event')}", *records),
    ]


def _placed(events: Sequence[Event]) -> list[Block]:
    placed = [event for event in events if event.place and event.position is not None]
    count = Counter(event.place.basis for event in placed if event.place)
    by_editor = [event for event in placed if event.place and event.place.basis == "editor"]
    rows = [[name, means, f"{count[name]:,}"] for name, means in _PLACE_BASES.items()]
    note = "These points are an editor’s, not the source’s. Each comes with what the source itself says. Check them before you build on them."
    listed = [_p(note), *_records(by_editor, _where, _place_note)]
    return [
        _table("Who placed the points on the map", ("Basis", "What that means", "Points"), rows),
        *([_fold(f"Placed by an editor: {counted(len(by_editor), 'event')}", *listed)] if by_editor else []),
        _p("Places where somebody only spoke are not on the map: a statement made in a capital is no incident there."),
    ]


def _where(event: Event) -> list[str]:
    place = event.place
    within = [f"within {radius_words(place.uncertainty_km)}"] if place and place.uncertainty_km else []
    return [place_words(place), *([PRECISION_WORDS[place.precision]] if place else []), *within]


def _place_note(event: Event) -> str | None:
    return event.place.note if event.place else "Nothing is known of the place."


def _not_on_the_map(snapshot: Snapshot) -> list[Block]:
    absent = [event for event in snapshot.events if event.position is None]
    blocks = [_p("Every event of this store has a point on the map.")]
    if absent:
        text = f"{counted(len(absent), 'event')} of {len(snapshot.events):,} cannot be placed. They stand in the list, count in every total and go into exports without a point."
        blocks = [_p(text), *_records(absent, lambda event: [when(event), place_words(event.place)], _place_note)]
    for number, problems, words in (
        (snapshot.left_out, snapshot.set_aside, "cannot be read and is shown nowhere"),
        (len(snapshot.doubts), snapshot.doubts, "is shown although something about it is wrong"),
    ):
        if problems:
            verb = words if number == 1 else words.replace("is shown", "are shown").replace("about it", "about them")
            blocks.append(_fold(f"{counted(number, 'record')} of the store {verb}", _list(*([_said(str(problem))] for problem in problems[:_MOST_PROBLEMS]))))
    return blocks


def _sites(snapshot: Snapshot) -> list[Block]:
    if not snapshot.sites:
        return [_p("This store has no sites.")]
    rows: list[list[Any]] = []
    for site in snapshot.sites[:MAX_LISTED]:
        rows += [[[_said(site.name)], radius_words(ring.radius_km), [_said(ring.label)], _told_in(snapshot, ring.update)] for ring in site.rings]
        rows += [] if site.rings else [[[_said(site.name)], "–", "no ring", "–"]]
    return [
        _p("A site is a place that the source names and that is no incident itself. A ring around it is a distance that the source gives, drawn at its true length on the WGS84 ellipsoid; on a flat map a large ring is therefore no perfect circle."),
        _table("Sites and their rings", ("Site", "Ring", "What it is", "Told in"), rows),
        *_distances(snapshot),
        *([_list(*([_said(f"{site.name}: {site.note}")] for site in snapshot.sites[:MAX_LISTED] if site.note))]),
    ]
