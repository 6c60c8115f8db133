"""Filters and counts as Ibis expressions over the columns of a record table, for any engine that Ibis speaks to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ibis
from ibis import _
from ibis.expr import types as ir

from geo.filters import EventFilter
from geo.moments import Moment, minutes, minutes_up

TABLE = "records"
_STRINGS = ("record", "id", "title", "kind", "date_precision", "date_basis", "place_precision", "place_basis", "source", "url", "search", "json")
_LISTS = ("actors", "updates", "cites")
_NUMBERS = ("row", "first", "after", "told", "acled_time", "ucdp_date", "counted")
_COLUMNS = {"kinds": "kind", "precisions": "place_precision"}
"""The facets of which an event has one value at most, with their columns."""
_LISTED = {"actors": "actors", "told_in": "updates"}


@lru_cache(maxsize=1)
def records() -> ir.Table:
    """The table of all records; bound to no engine."""
    schema = dict.fromkeys(_STRINGS, "string") | dict.fromkeys(_LISTS, "array<string>") | dict.fromkeys(_NUMBERS, "int64")
    schema |= dict.fromkeys(("lon", "lat", "uncertainty_km"), "float64")
    return ibis.table(schema, name=TABLE)


def events() -> ir.Table:
    """The events alone."""
    return records().filter(_.record == "event")


def updates() -> ir.Table:
    """The updates alone."""
    return records().filter(_.record == "update")


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked up before: the rows with all words of the text, the rows near enough, and the ids of `told_in` that were published by then."""

    text: Any = None
    near: Any = None
    told_in: frozenset[str] | None = None


def matching(wanted: EventFilter, found: Found) -> ir.Table:
    """The events that match. `found` has tables with a column `row` for the text and the circle of the filter, where it has them."""
    there = events()
    if wanted.after is not None:
        there = there.filter(_.first < minutes_up(wanted.after))
    if wanted.start is not None:
        there = there.filter(_.after > minutes(wanted.start))
    if wanted.known is not None:
        there = there.filter(_.told < minutes_up(wanted.known.after))
    for facet, column in _COLUMNS.items():
        values = getattr(wanted, facet)
        if values:
            there = there.filter(_[column].isin(sorted(values)))
    told_in = wanted.told_in if found.told_in is None else found.told_in
    for column, wished, asked in (("actors", wanted.actors, wanted.actors), ("updates", told_in, wanted.told_in)):
        if asked:
            there = there.filter(ibis.or_(ibis.literal(False), *(_[column].contains(value) for value in sorted(wished))))
    for rows in (found.text, found.near):
        if rows is not None:
            there = there.filter(_.row.isin(rows.row))
    return there


def with_word(word: str, known: Moment | None) -> ir.Table:
    """The rows of the events that hold a folded word in a text of their own, or in an update that tells them and was published by then."""
    saying = published_by(known).filter(_.search.contains(word))
    told_so = events().select(_.row, update=_.updates.unnest()).filter(_.update.isin(saying.id))
    return events().filter(_.search.contains(word)).select(_.row).union(told_so.select("row"), distinct=True)


def published_by(known: Moment | None) -> ir.Table:
    """The updates that were published by then; all of them if that is None."""
    return updates() if known is None else updates().filter(_.first < minutes_up(known.after))


def pairs(facet: str, there: ir.Table, known: Moment | None) -> ir.Table:
    """The values that the events `there` have in a facet, one row each: column `value`."""
    if facet in _COLUMNS:
        return there.select(value=_[_COLUMNS[facet]]).filter(_.value.notnull())
    found = there.select(value=_[_LISTED[facet]].unnest())
    if facet == "told_in" and known is not None:
        return found.filter(_.value.isin(published_by(known).id))
    return found


def of_values(found: ir.Table, wanted: Sequence[str]) -> ir.Table:
    """Of pairs, those of some values."""
    return found.filter(_.value.isin(list(wanted)))


def counts(found: ir.Table) -> ir.Table:
    """How many pairs each value has: columns `value` and `number`."""
    return found.group_by("value").aggregate(number=_.count())


def values(facet: str) -> ir.Table:
    """The values that events have in a facet: column `value`."""
    return pairs(facet, events(), None).distinct()


def census(column: str, there: ir.Table) -> ir.Table:
    """How many of the events have each value of a column: columns `value` and `number`."""
    return there.filter(_[column].notnull()).group_by(value=_[column]).aggregate(number=_.count())


def of_rows(rows: Sequence[int]) -> ir.Table:
    """The records of some events: columns `row` and `json`."""
    return events().filter(_.row.isin(list(rows))).select("row", "json")


def row_of(id_: str) -> ir.Table:
    """The row of an event: column `row`, at most one."""
    return events().filter(_.id == id_).select("row")


def updates_of(ids: Sequence[str]) -> ir.Table:
    """The records of some updates: columns `id` and `json`."""
    return updates().filter(_.id.isin(list(ids))).select("id", "json")


def telling(ids: Sequence[str]) -> ir.Table:
    """Which events some updates tell, in the order of time: columns `row` and `update`."""
    links = events().select(_.row, update=_.updates.unnest())
    return links.filter(_.update.isin(list(ids))).order_by("row")


def told() -> ir.Table:
    """The events that an update of the store tells."""
    return events().filter(_.told.notnull())


def newest_of_precision(precision: str) -> ir.Table:
    """The greatest row of an event whose date has a precision: column `row`."""
    return events().filter(_.date_precision == precision).aggregate(row=_.row.max())


def between_latitudes(south: float, north: float) -> ir.Table:
    """The points of the events in a band: columns `row`, `lon`, `lat`."""
    return events().filter(_.lat.between(south, north)).select("row", "lon", "lat")


def days() -> ir.Table:
    """The days (since 1970) on which updates were published, newest first: columns `value` and `number`."""
    day = (_.first - ((_.first % 1_440) + 1_440) % 1_440) // 1_440
    return updates().group_by(value=day).aggregate(number=_.count()).order_by(ibis.desc("value"))


def sources() -> ir.Table:
    """Who published updates and where: columns `source`, `url` and `number`, those with the most first, then as they come."""
    counted = updates().group_by("source", "url").aggregate(number=_.count(), row=_.row.min())
    return counted.order_by(ibis.desc("number"), "row").select("source", "url", "number")


def radii() -> ir.Table:
    """By place precision, the least and the greatest radius of uncertainty that is not 0."""
    there = events().filter(_.uncertainty_km > 0)
    return there.group_by(value=_.place_precision).aggregate(least=_.uncertainty_km.min(), most=_.uncertainty_km.max())


def date_codes() -> ir.Table:
    """By date precision, the codes of ACLED and UCDP that its events have."""
    acled, ucdp = (_[column].collect(distinct=True) for column in ("acled_time", "ucdp_date"))
    return events().group_by(value=_.date_precision).aggregate(acled=acled, ucdp=ucdp)


def sample(what: str) -> ir.Table:
    """The events of a sort that `EventCollection.sample` knows, or those with a point (`placed`)."""
    there = events()
    if what == "unplaced":
        return there.filter(_.lon.isnull())
    if what in ("by_editor", "placed"):
        there = there.filter(_.lon.notnull())
    return there.filter(_.place_basis == "editor") if what == "by_editor" else there


def sample_order(what: str) -> list[Any]:
    """The order in which they are given."""
    most = {"most_told": _.updates.length().desc(), "most_counted": _.counted.desc()}.get(what)
    return [*([] if most is None else [most]), "row"]
