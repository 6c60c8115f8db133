"""Filters and counts as Ibis expressions over the columns of a record table, for any engine that Ibis speaks to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import ibis
from ibis import _
from ibis.expr import types as ir

from geo.filters import EventFilter
from geo.moments import Moment, minutes

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
            there = there.semi_join(rows, "row")
    return there


def with_word(word: str, known: Moment | None) -> ir.Table:
    """The rows of the events that hold a folded word in a text of their own, or in an update that tells them and was published by then."""
    saying = published_by(known).filter(_.search.contains(word)).select(update=_.id)
    links = events().select(_.row, update=_.updates.unnest())
    return events().filter(_.search.contains(word)).select(_.row).union(links.semi_join(saying, "update").select("row"), distinct=True)


def published_by(known: Moment | None) -> ir.Table:
    """The updates that were published by then; all of them if that is None."""
    return updates() if known is None else updates().filter(_.first < minutes_up(known.after))


def counts(facet: str, there: ir.Table, known: Moment | None) -> ir.Table:
    """How many of the events `there` have each value of a facet: columns `value` and `number`."""
    if facet in _COLUMNS:
        pairs = there.select(value=_[_COLUMNS[facet]]).filter(_.value.notnull())
    else:
        pairs = there.select(value=_[_LISTED[facet]].unnest())
        if facet == "told_in" and known is not None:
            pairs = pairs.semi_join(published_by(known).select(value=_.id), "value")
    return pairs.group_by("value").aggregate(number=ibis._.count())


def values(facet: str) -> ir.Table:
    """The values that events have in a facet: column `value`."""
    return counts(facet, events(), None).select("value")


def census(column: str, there: ir.Table) -> ir.Table:
    """How many of the events have each value of a column: columns `value` and `number`."""
    return there.filter(_[column].notnull()).group_by(value=_[column]).aggregate(number=ibis._.count())


def minutes_up(at: datetime) -> int:
    """Whole minutes since 1970-01-01T00:00Z, rounded up."""
    return minutes(at) + bool(at.second or at.microsecond)


