"""Rows of the UCDP Georeferenced Event Dataset (docs/import.md has the table and its reasons)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from geo.ingest.datasets import drafts
from geo.ingest.datasets.cells import Cells
from geo.ingest.datasets.days import read_written
from geo.ingest.datasets.drafts import JSON, Draft, When
from geo.model import Position
from geo.moments import DatePrecision, Moment

NEEDED = frozenset({"id", "type_of_violence", "where_prec", "date_prec", "date_start", "date_end", "latitude", "longitude", "best", "low", "high"})
"""The columns that make a file one of UCDP GED."""

ADDRESS = "https://ucdp.uu.se/downloads/"
LICENCE = (
    "UCDP GED is under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). Cite Sundberg, Ralph, and Erik Melander (2013), “Introducing the "
    "UCDP Georeferenced Event Dataset”, Journal of Peace Research 50(4), 523–532, and, for releases after 2013, the current citation at "
    "https://ucdp.uu.se/downloads/."
)
VIOLENCE = {1: "State-based conflict", 2: "Non-state conflict", 3: "One-sided violence"}


class _Where(NamedTuple):
    precision: str
    radius_km: float | None  # None: the point of the row is no place of the event, and is not shown
    basis: str
    words: str


WHERE = {
    1: _Where("town", 5, "gazetteer", "the exact place is known"),
    2: _Where("near_town", 25, "gazetteer", "within about 25 km of a known point"),
    3: _Where("district", 65, "gazetteer", "only the district (second-order division) is known, and the point stands for it"),
    4: _Where("province", 120, "gazetteer", "only the province (first-order division) is known, and the point stands for it"),
    5: _Where(
        "province",
        150,
        "editor",
        "no single place or division, but a part of the country, a line, or somewhere between places; the coder chose a point",
    ),
    6: _Where("country", None, "editor", "only the country is known; the row's point is the country's, so it is not shown"),
    7: _Where("sea", 300, "editor", "international waters or airspace; the coder chose a point for it"),
}
"""Places by `where_prec`; the radii in km are explained in docs/import.md."""

DATES: dict[int, tuple[DatePrecision, str | None]] = {
    1: ("day", None),
    2: ("week", "UCDP date_prec 2: known to within 2 to 6 days."),
    3: ("week", "UCDP date_prec 3: known to the week."),
    4: ("month", "UCDP date_prec 4: known to within 8 to 30 days, or to the month."),
    5: ("year", "UCDP date_prec 5: known to within more than a month, at most a year."),
}

_SIDES = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
_ARTICLE = re.compile(r"(.*?),\s*(\d{4}-\d\d-\d\d),(.*)", re.DOTALL)
_UNCLEAR = (
    "UCDP event_clarity 2: the reports tell of several events in one, so the row may stand for more than one incident, and its place, date and "
    "figures for all of them together."
)
_NO_TEXT = "UCDP GED cites this report by publisher, date and headline. It gives neither its address nor its text."
_NO_REPORT_DATE = "The row gives no date of a report. It cannot have been told before it happened, so the last day on which it may have stands here."


def read_row(cells: Cells) -> Draft | None:
    """One row as an event; None, with the problems in `cells`, if it cannot be one."""
    id_ = _identity(cells)
    violence = cells.code("type_of_violence", range(1, 4))
    where_prec = cells.code("where_prec", range(1, 8))
    when = _when(cells)
    position = cells.position("longitude", "latitude")
    deaths = {column: cells.count(column) for column in ("low", "best", "high", *_SIDES)}
    if where_prec is not None and WHERE[where_prec].radius_km is not None and position is None and not cells.problems:
        cells.fault("latitude", "is missing, although where_prec says that the place is known", "Give both coordinates, or the where_prec 6.")
    if cells.problems or id_ is None or violence is None or where_prec is None or when is None:
        return None
    where = WHERE[where_prec]
    told = _updates(cells, id_, when, VIOLENCE[violence])
    shown_at = position if where.radius_km is not None else None
    name = _place_name(cells)
    sides = [cells.text("side_a"), cells.text("side_b")]
    feature = drafts.event(
        f"ucdp-{id_}",
        title=f"{VIOLENCE[violence]}: {' – '.join(side for side in sides if side) or 'sides not named'}, {name}",
        kind="other" if violence == 3 else "armed_clash",
        when=when,
        place=drafts.place(name, cells.text("country"), where.precision, where.radius_km, where.basis, _place_note(cells, where_prec, position)),
        position=shown_at,
        actors=drafts.actors(zip(sides, ("attacker", "target") if violence == 3 else ("other", "other"), strict=True)),
        claims=_claims(deaths, told[-1]["id"], sides),
        updates=told,
        note=_note(cells, deaths),
        kept={"ucdp": {column: value for column, value in cells.original.items() if value != ""}},
    )
    return Draft(feature, told)


def _identity(cells: Cells) -> str | None:
    text = cells.text("id")
    if not text:
        cells.fault("id", "is missing", "Give the event's id.")
        return None
    # Older files have it as a decimal number.
    return text.removesuffix(".0")


def _when(cells: Cells) -> When | None:
    date_prec = cells.code("date_prec", range(1, 6))
    first, last = _day(cells, "date_start"), _day(cells, "date_end")
    if date_prec is None or first is None or last is None:
        return None
    if last < first:
        cells.fault("date_end", "lies before date_start", "Swap the two, or correct one of them.")
        return None
    precision, note = DATES[date_prec]
    return When(first, last, precision, note)


def _day(cells: Cells, column: str) -> Moment | None:
    """A day; the releases 2x.1 write `2017-07-31 00:00:00.000`."""
    text = cells.text(column)
    if not text:
        cells.fault(column, "is missing", "Write it as 2017-07-31.")
        return None
    try:
        first, _, precision = read_written(text)
        if precision != "day":
            raise ValueError("is no day")
    except ValueError as error:
        cells.fault(column, str(error), "Write it as 2017-07-31.")
        return None
    return first


def _place_name(cells: Cells) -> str:
    names = (cells.text(column) for column in ("where_coordinates", "adm_2", "adm_1", "country"))
    return next((name for name in names if name), "place not named")


def _place_note(cells: Cells, where_prec: int, position: Position | None) -> str:
    said = cells.text("where_description")
    point = f" ({position[0]:g}, {position[1]:g})" if where_prec == 6 and position is not None else ""
    divisions = ", ".join(name for name in (cells.text("adm_2"), cells.text("adm_1")) if name)
    parts = [said if said.endswith(".") or not said else f"{said}.", f"UCDP where_prec {where_prec}: {WHERE[where_prec].words}{point}."]
    parts.append(f"In {divisions}." if divisions else "")
    return " ".join(part for part in parts if part)


def _claims(deaths: dict[str, float | None], told_in: str, sides: Sequence[str]) -> list[JSON]:
    """UCDP's low, best and high estimate, each a claim of its own, or one where they agree; then whom the best estimate is made of.

    The estimates are left as they are, even in the wrong order. A zero in the breakdown is left to the row's own words: it says nothing that the
    estimate does not.
    """
    low, best, high = deaths["low"], deaths["best"], deaths["high"]

    def killed(least: float | None, most: float | None, text: str, metric: str = "killed") -> JSON:
        return drafts.claim(metric, least, most, text, by="UCDP", told_in=told_in)

    if best is not None and low == best == high:
        claims = [killed(best, best, f"{best} (low, best and high estimate)")]
    else:
        claims = [killed(best, best, f"{best} (best estimate)")] if best is not None else []
        claims += [killed(low, None, f"at least {low} (low estimate)")] if low is not None else []
        claims += [killed(None, high, f"at most {high} (high estimate)")] if high is not None else []
    whose = (f"of {sides[0] or 'side A'}", f"of {sides[1] or 'side B'}", "civilians", "of unknown status")
    metrics = ("killed_side_a", "killed_side_b", "killed_civilians", "killed_unknown")
    for column, who, metric in zip(_SIDES, whose, metrics, strict=True):
        if figure := deaths[column]:
            claims.append(killed(figure, figure, f"{figure} {who} (best estimate)", metric))
    return claims


def _note(cells: Cells, deaths: dict[str, float | None]) -> str | None:
    low, best, high = deaths["low"], deaths["best"], deaths["high"]
    notes = [_UNCLEAR] if cells.text("event_clarity").removesuffix(".0") == "2" else []
    if best is not None and ((low is not None and best < low) or (high is not None and high < best)):
        notes.append("In the data set the best estimate lies outside of the low and the high one; the figures are left as they stand.")
    return " ".join(notes) or None


def _updates(cells: Cells, id_: str, when: When, violence: str) -> list[JSON]:
    """The reports that the row cites, oldest first, or the row itself if it cites none."""
    found = [_report(office, date, headline) for office, date, headline in _dated_reports(cells)]
    article = cells.text("source_article")
    if not found and article:
        found = [_undated(article, cells.text("source_office"), when.last)]
    if not found:
        found = [_row_itself(cells, id_, when, violence)]
    distinct = {told["id"]: told for told in found}
    return sorted(distinct.values(), key=lambda told: str(told["published"]))


def _dated_reports(cells: Cells) -> list[tuple[str, Moment, str]]:
    """Publisher, date and headline of each report; empty unless all of them can be told apart."""
    article = cells.text("source_article")
    if article:
        parts = article[1:-1].split('";"') if article[0] == article[-1] == '"' and len(article) > 1 else [article]
        matches = [_ARTICLE.fullmatch(part) for part in parts]
        named = [(match[1], match[2], match[3]) for match in matches if match is not None]
        if len(named) < len(parts):
            return []
    else:
        named = [(cells.text("source_office"), cells.text("source_date"), cells.text("source_headline"))]
    try:
        return [(office.strip(), read_written(date)[0], headline.strip()) for office, date, headline in named if office.strip() or headline.strip()]
    except ValueError:
        return []


def _report(office: str, published: Moment, headline: str) -> JSON:
    publisher = office or "publisher not named"
    title = f"“{headline}”" if headline else "A report without a headline"
    return drafts.update(
        drafts.digest_id("ucdp-report", office, str(published), headline),
        heading=headline or f"{publisher}, {published}",
        published=published,
        basis="heading",
        note="The date is that of the report, as UCDP GED cites it.",
        source=publisher,
        url=ADDRESS,
        text=f"{title} ({publisher}, {published}).\n\n{_NO_TEXT}",
    )


def _undated(article: str, office: str, last: Moment) -> JSON:
    return drafts.update(
        drafts.digest_id("ucdp-report", article, str(last)),
        heading=article,
        published=last,
        basis="editor",
        note=_NO_REPORT_DATE,
        source=office or "cited by UCDP GED",
        url=ADDRESS,
        text=f"{article}\n\nThis is all that UCDP GED says of its sources here. It gives neither address nor text.",
    )


def _row_itself(cells: Cells, id_: str, when: When, violence: str) -> JSON:
    sides = " and ".join(side for side in (cells.text("side_a"), cells.text("side_b")) if side)
    what = f"{violence}{f' between {sides}' if sides else ''}, {_place_name(cells)}, {when.first} to {when.last}."
    return drafts.update(
        f"ucdp-row-{id_}",
        heading=f"UCDP GED, event {id_}",
        published=when.last,
        basis="editor",
        note=_NO_REPORT_DATE,
        source="UCDP GED",
        url=ADDRESS,
        text=f"{what}\n\nUCDP GED cites no report for this event; this retells the data set's own row.",
    )
