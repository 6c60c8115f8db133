"""Rows of ACLED's CSV export (docs/import.md has the table and its reasons)."""

from __future__ import annotations

from typing import NamedTuple

from geo.ingest.datasets import drafts
from geo.ingest.datasets.cells import Cells
from geo.ingest.datasets.days import days_around, month_of, read_written
from geo.ingest.datasets.drafts import JSON, Draft, When
from geo.moments import Moment

NEEDED = frozenset(
    "event_id_cnty event_date time_precision event_type sub_event_type actor1 latitude longitude geo_precision fatalities".split()  # noqa: SIM905
)
"""The columns that make a file one of ACLED's."""

ADDRESS = "https://acleddata.com/"
LICENCE = (
    "ACLED data is subject to ACLED's terms of use (https://acleddata.com/): it must be attributed, and may not be passed on in its original form "
    "without permission. Cite Raleigh, Clionadh, Roudabeh Kishi and Andrew Linke (2023), “Political instability patterns are obscured by conflict "
    "dataset scope conditions, sources, and coding choices”, Humanities and Social Sciences Communications 10, 74, and the day of your download."
)

KINDS = {
    "armed clash": "armed_clash",
    "government regains territory": "armed_clash",
    "non-state actor overtakes territory": "armed_clash",
    "air/drone strike": "air_strike",
    "shelling/artillery/missile attack": "shelling",
    "remote explosive/landmine/ied": "explosion",
    "suicide bomb": "explosion",
    "grenade": "explosion",
    "chemical weapon": "chemical_attack",
}
"""Our kinds by ACLED's sub-event types, in small letters; all others are `other`."""


class _Where(NamedTuple):
    precision: str
    radius_km: float
    basis: str
    words: str


WHERE = {
    1: _Where("town", 5, "gazetteer", "the town or the place is known"),
    2: _Where("near_town", 25, "gazetteer", "near this place, or in a small area that it stands for"),
    3: _Where("province", 120, "editor", "only a larger region is known; the point is a natural feature in it or its capital"),
}
"""Places by `geo_precision`; the radii in km are explained in docs/import.md."""

_WEEK = "ACLED time_precision 2: known to the week; event_date is its middle, so three days before and after it count."
_MONTH = "ACLED time_precision 3: known to the month of event_date."
_TOLD = "ACLED gives no date of a report. It cannot have been told before it happened, so the last day on which it may have stands here."


def read_row(cells: Cells) -> Draft | None:
    """One row as an event; None, with the problems in `cells`, if it cannot be one."""
    id_ = cells.text("event_id_cnty")
    if not id_:
        cells.fault("event_id_cnty", "is missing", "Give the event's id.")
    when = _when(cells)
    geo_precision = cells.code("geo_precision", range(1, 4))
    position = cells.position("longitude", "latitude")
    fatalities = cells.count("fatalities")
    if position is None and not cells.problems:
        cells.fault("latitude", "is missing: ACLED places every event", "Give both coordinates.")
    if cells.problems or when is None or geo_precision is None:
        return None
    where = WHERE[geo_precision]
    told = _update(cells, id_, when)
    name = next((name for name in map(cells.text, ("location", "admin3", "admin2", "admin1", "country")) if name), "place not named")
    what = cells.text("sub_event_type") or cells.text("event_type") or "Event"
    sides = " – ".join(side for side in (cells.text("actor1"), cells.text("actor2")) if side)
    feature = drafts.event(
        f"acled-{id_}",
        title=f"{what}: {sides or 'actors not named'}, {name}",
        kind=KINDS.get(cells.text("sub_event_type").casefold(), "other"),
        when=when,
        place=drafts.place(name, cells.text("country"), where.precision, where.radius_km, where.basis, _place_note(cells, geo_precision)),
        position=position,
        actors=_actors(cells),
        claims=_claims(fatalities, id_, told["id"]),
        updates=[told],
        note=None,
        kept={"acled": {column: value for column, value in cells.original.items() if value != ""}},
    )
    return Draft(feature, [told])


def _when(cells: Cells) -> When | None:
    precision = cells.code("time_precision", range(1, 4))
    text = cells.text("event_date")
    if not text:
        cells.fault("event_date", "is missing", "Write it as 2021-02-26.")
        return None
    try:
        first, last, written = read_written(text)
        if written != "day":
            raise ValueError("is no day")
        if precision == 2:
            return When(*days_around(first, 3), "week", _WEEK)
        if precision == 3:
            return When(*month_of(first), "month", _MONTH)
    except ValueError as error:
        cells.fault("event_date", str(error), "Write it as 2021-02-26.")
        return None
    return When(first, last, "day")


def _place_note(cells: Cells, geo_precision: int) -> str:
    divisions = ", ".join(name for name in map(cells.text, ("admin3", "admin2", "admin1")) if name)
    said = f"ACLED geo_precision {geo_precision}: {WHERE[geo_precision].words}."
    return f"{said} In {divisions}." if divisions else said


def _actors(cells: Cells) -> list[JSON]:
    """ACLED's order of actors says nothing of who attacked; only violence against civilians does, by what it is."""
    one_sided = cells.text("event_type").casefold() == "violence against civilians"
    named: list[tuple[str, str]] = []
    mains = [cells.text("actor1"), cells.text("actor2")]
    civilians = [name for name in mains if name.casefold().startswith("civilians")]
    for name in mains:
        if one_sided and len(civilians) == 1:
            named.append((name, "target" if name in civilians else "attacker"))
        else:
            named.append((name, "other"))
    associated = [part for column in ("assoc_actor_1", "assoc_actor_2") for part in cells.text(column).split(";")]
    return drafts.actors(named + [(name, "other") for name in associated])


def _claims(fatalities: float | None, id_: str, told_in: str) -> list[JSON]:
    """ACLED writes 0 where nobody was killed and where nothing is known, so 0 is no figure."""
    if not fatalities:
        return []
    return [drafts.claim("killed", fatalities, fatalities, f"{fatalities} (fatalities as ACLED codes them)", by="ACLED", told_in=told_in)]


def _update(cells: Cells, id_: str, when: When) -> JSON:
    """The row itself: ACLED names its sources, but cites no report."""
    sources = cells.text("source")
    notes = cells.text("notes")
    published: Moment = when.last
    named = f"ACLED codes it from: {sources}." if sources else "ACLED names no source."
    text = f"{notes}\n\n{named}" if notes else f"The row has no notes. It reads: {drafts.row_in_words(cells.original)}"
    return drafts.update(
        f"acled-row-{id_}",
        heading=f"ACLED, event {id_}",
        published=published,
        basis="editor",
        note=_TOLD,
        source=f"ACLED ({sources})" if sources else "ACLED",
        url=ADDRESS,
        text=text,
    )
