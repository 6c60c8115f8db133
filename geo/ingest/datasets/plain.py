"""Rows of a table or a GeoJSON file whose columns a `Mapping` names."""

from __future__ import annotations

from geo.geojson import is_web_address
from geo.ingest.datasets import acled, drafts
from geo.ingest.datasets.cells import Cells
from geo.ingest.datasets.days import Written, read_written
from geo.ingest.datasets.drafts import JSON, NO_ADDRESS, Draft, When
from geo.ingest.datasets.mapping import Mapping
from geo.kinds import KINDS
from geo.model import PLACE_PRECISIONS, Position
from geo.moments import DATE_PRECISIONS, Moment

RADIUS_KM: dict[str, float | None] = {
    "site": 1,
    "town": 5,
    "near_town": 25,
    "district": 65,
    "province": 120,
    "country": None,
    "sea": 300,
}
"""How far from the point the true place may lie, in km, where a row gives no radius (docs/import.md). None: such a point is not shown."""

_OUR_KINDS = {word.casefold(): kind.code for kind in KINDS for word in (kind.code, kind.label)}
_SPOKEN_KINDS = {
    "airstrike": "air_strike",
    "air raid": "air_strike",
    "drone attack": "drone_strike",
    "artillery": "shelling",
    "mortar": "shelling",
    "ied": "explosion",
    "bombing": "explosion",
    "bombing/explosion": "explosion",
    "landmine": "explosion",
    "clash": "armed_clash",
    "battle": "armed_clash",
    "rocket": "rocket_attack",
    "missile": "rocket_attack",
    "missile attack": "rocket_attack",
}
_KINDS = _SPOKEN_KINDS | acled.KINDS | _OUR_KINDS
_UNTOLD = "The file does not say when this was told. It cannot have been told before it happened, so the last day on which it may have stands here."


def read_row(cells: Cells, mapping: Mapping, file: str) -> Draft | None:
    """One row as an event; None, with the problems in `cells`, if it cannot be one. `file` is what the file is called."""
    when = _when(cells, mapping)
    place, position = _place(cells, mapping)
    id_ = mapping.id_prefix + (cells.text(mapping.id) or drafts.digest_id("row", *(f"{name}={cell}" for name, cell in cells.values.items())))
    told = _update(cells, mapping, file, id_, when) if when is not None else None
    claims = _claims(cells, mapping, told)
    if cells.problems or when is None or told is None:
        return None
    kind = cells.text(mapping.kind)
    feature = drafts.event(
        id_,
        title=cells.text(mapping.title) or _title(kind, place, id_),
        kind=_KINDS.get(kind.casefold(), "other"),
        when=when,
        place=place,
        position=position,
        actors=drafts.actors(
            (cells.text(column), role)
            for column, role in ((mapping.attacker, "attacker"), (mapping.target, "target"), (mapping.actor1, "other"), (mapping.actor2, "other"))
        ),
        claims=claims,
        updates=[told],
        note=None,
        kept={"imported": {column: value for column, value in cells.original.items() if value != ""}},
    )
    return Draft(feature, [told])


def _title(kind: str, place: JSON | None, id_: str) -> str:
    what = kind.replace("_", " ").capitalize() or f"Event {id_}"
    return f"{what}, {place['name']}" if place and place["name"] != _UNNAMED else what


def _when(cells: Cells, mapping: Mapping) -> When | None:
    first = _written(cells, mapping.date, mapping, needed=True)
    last = _written(cells, mapping.end, mapping, needed=False) if cells.text(mapping.end) else first
    if first is None or last is None:
        return None
    if {first[2], last[2]} == {"minute"}:
        start, end = first[0], last[1]
    else:
        start, end = _day_of(first[0]), _day_of(last[1])
    if end < start:
        cells.fault(mapping.end or "", "lies before the start", "Swap the two dates, or correct one of them.")
        return None
    vaguest = max(first[2], last[2], key=DATE_PRECISIONS.index)
    precision = "day" if vaguest == "minute" and start.timed is False else vaguest
    return When(start, end, precision, _zone_note(cells.text(mapping.date), first))


def _day_of(moment: Moment) -> Moment:
    return Moment(moment.at.replace(hour=0, minute=0)) if moment.timed else moment


def _zone_note(text: str, written: Written) -> str | None:
    """A time of day without its zone is kept in words."""
    if written[2] == "day" and ":" in text and not all(digit in "0:." for digit in text.replace(" ", "T").split("T")[-1]):
        return drafts.line(f"The file says {text}, without a time zone, so only the day is sure.")
    return None


def _written(cells: Cells, column: str | None, mapping: Mapping, *, needed: bool) -> Written | None:
    text = cells.text(column)
    if not text:
        if needed:
            cells.fault(column or "", "is missing", "Give the date, as 2021-02-26.")
        return None
    try:
        return read_written(text, mapping.date_order)
    except ValueError as error:
        advice = "Write it as 2021-02-26 or 2021-02-26T04:20Z."
        if "day/month" in str(error):
            advice = "Say which with the order of dates (dmy or mdy), or write it as 2021-02-26."
        cells.fault(column or "", str(error), advice)
        return None


_UNNAMED = "place not named"


def _place(cells: Cells, mapping: Mapping) -> tuple[JSON | None, Position | None]:
    position = cells.position(mapping.lon or "", mapping.lat or "")
    name, country = cells.text(mapping.place), cells.text(mapping.country)
    said = cells.text(mapping.precision).casefold().replace(" ", "_")
    radius_km = cells.number_or_none(mapping.uncertainty_km, least=0, most=20_000) if mapping.uncertainty_km else None
    if said and said not in PLACE_PRECISIONS:
        cells.fault(mapping.precision or "", "is no precision of a place", f"Use one of: {', '.join(PLACE_PRECISIONS)}.")
        return None, None
    if position is None:
        if not name and not country:
            return None, None
        note = "The file gives no coordinates" + ("." if said else ", and does not say how closely the place is known.")
        return drafts.place(name or country, country, said or "country", None, "stated", note), None
    precision = said or mapping.default_precision
    reach = radius_km if radius_km is not None else RADIUS_KM[precision]
    if reach is None:
        note = f"The file's point ({position[0]:g}, {position[1]:g}) stands for a country, so it is not shown."
        return drafts.place(name or country or _UNNAMED, country, precision, None, "editor", note), None
    notes = [] if said else [f"The file does not say how closely the place is known; it was imported as “{precision.replace('_', ' ')}”."]
    notes += [] if radius_km is not None else [f"The file gives no radius; {reach:g} km is what Dateline takes for it."]
    basis = "stated" if name and said else "editor"
    return drafts.place(name or country or _UNNAMED, country, precision, reach, basis, " ".join(notes) or None), position


def _claims(cells: Cells, mapping: Mapping, told: JSON | None) -> list[JSON]:
    """Figures as the file gives them. A zero is a figure here, since the file's own columns say it; an empty cell is none."""
    columns = (
        ("killed", mapping.killed_best, "", (True, True)),
        ("killed", mapping.killed_low, "at least ", (True, False)),
        ("killed", mapping.killed_high, "at most ", (False, True)),
        ("injured", mapping.injured, "", (True, True)),
    )
    claims = []
    for metric, column, words, (as_low, as_high) in columns:
        if not cells.text(column):
            continue
        figure, text = _figure(cells, column or "")
        if told is not None:
            low, high = (figure if as_low else None), (figure if as_high else None)
            claims.append(drafts.claim(metric, low, high, words + text, by=told["source"], told_in=told["id"]))
    return claims


def _figure(cells: Cells, column: str) -> tuple[float | None, str]:
    """The number in a cell, and its words; words without a digit ("several") are a statement without a figure."""
    text = cells.text(column)
    if not any(char.isdigit() for char in text):
        return None, text
    figure = cells.count(column)
    return figure, str(figure)


def _update(cells: Cells, mapping: Mapping, file: str, id_: str, when: When) -> JSON:
    """The report that the row names, or, honestly, the row itself."""
    source = cells.text(mapping.source) or mapping.publisher or file
    url = cells.text(mapping.url)
    if url and not is_web_address(url):
        cells.fault(mapping.url or "", "is no web address", "Give one address that starts with https://, or leave the cell empty.")
    heading = cells.text(mapping.heading)
    published = _written(cells, mapping.published, mapping, needed=False)
    note = None if published is not None else _UNTOLD
    moment = when.last if published is None else published[1]
    notes = cells.text(mapping.notes)
    text = notes or f"The file gives no text for this row. It reads: {drafts.row_in_words(cells.original)}"
    where = url or mapping.address
    if where is None:
        note = " ".join(part for part in (note, "The file gives no address of its source; the link leads nowhere.") if part)
    return drafts.update(
        drafts.digest_id("told", source, url, heading, str(moment), text),
        heading=heading or (f"{source}, {moment}" if notes else f"{source}: {cells.text(mapping.title) or id_}"),
        published=moment,
        basis="editor" if published is None else "heading",
        note=note,
        source=source,
        url=where or NO_ADDRESS,
        text=text,
    )
