"""What is asked of a record table, as Ibis expressions of named parameters: the same for any engine that Ibis speaks to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial

import ibis
from ibis import _
from ibis.expr import types as ir

TABLE = "records"
_STRINGS = ("record", "id", "title", "kind", "date_precision", "date_basis", "place_precision", "place_basis", "source", "url", "search", "json")
_LISTS = ("actors", "updates", "cites")
_NUMBERS = ("row", "first", "after", "told", "acled_time", "ucdp_date", "counted")
_ROWS = {"first": "int64", "last": "int64", "rows": "array<int64>"}


@dataclass(frozen=True, slots=True)
class Question:
    """An expression, and the types of the parameters that it is a function of."""

    expression: Callable[..., ir.Table]
    parameters: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=1)
def records() -> ir.Table:
    """The table of all records; bound to no engine."""
    schema = dict.fromkeys(_STRINGS, "string") | dict.fromkeys(_LISTS, "array<string>") | dict.fromkeys(_NUMBERS, "int64")
    schema |= dict.fromkeys(("lon", "lat", "uncertainty_km"), "float64")
    return ibis.table(schema, name=TABLE)


def _of(record: str) -> ir.Table:
    return records().filter(_.record == record)


def _among(values: ir.ArrayValue) -> ir.Column:
    """A list as the column of a table, to be asked by hash and not one by one."""
    return values.unnest().name("value").as_table().value


def _records(record: str, first: ir.Value, last: ir.Value, rows: ir.ArrayValue) -> ir.Table:
    """The records of `rows`, all of which lie between `first` and `last`: so an engine can leave most of the table unread."""
    there = _of(record)
    return there.filter(there.row.between(first, last), rows.contains(there.row)).select("row", "id", "json")


def _with_word(record: str, word: ir.Value) -> ir.Table:
    """The rows that hold a folded word in a text of their own."""
    return _of(record).filter(_.search.contains(word)).select("row")


def _rows_of(record: str, ids: ir.ArrayValue) -> ir.Table:
    there = _of(record)
    return there.filter(there.id.isin(_among(ids))).select("row", "id")


def _told_by(ids: ir.ArrayValue) -> ir.Table:
    """Which events some updates tell, in the order of time."""
    links = _of("event").select("row", update=_.updates.unnest())
    return links.filter(links.update.isin(_among(ids))).order_by("row")


def _between_latitudes(south: ir.Value, north: ir.Value) -> ir.Table:
    return _of("event").filter(_.lat.between(south, north)).select("row", "lon", "lat")


def _days() -> ir.Table:
    """The days (since 1970) on which updates were published, newest first."""
    day = (_.first - ((_.first % 1_440) + 1_440) % 1_440) // 1_440
    return _of("update").group_by(value=day).aggregate(number=_.count()).order_by(ibis.desc("value"))


def _sources() -> ir.Table:
    """Who published updates and where, those with the most first, then as they come."""
    counted = _of("update").group_by("source", "url").aggregate(number=_.count(), row=_.row.min())
    return counted.order_by(ibis.desc("number"), "row").select("source", "url", "number")


def _census(column: str) -> ir.Table:
    """How many of the events have each value of a column; of the basis of places, of those with a point alone."""
    there = _of("event").filter(_.lon.notnull()) if column == "place_basis" else _of("event")
    return there.filter(_[column].notnull()).group_by(value=_[column]).aggregate(number=_.count())


def _radii() -> ir.Table:
    """By place precision, the least and the greatest radius of uncertainty that is not 0."""
    there = _of("event").filter(_.uncertainty_km > 0)
    return there.group_by(value=_.place_precision).aggregate(least=_.uncertainty_km.min(), most=_.uncertainty_km.max())


def _date_codes() -> ir.Table:
    """By date precision, the codes of ACLED and UCDP that its events have."""
    acled, ucdp = (_[column].collect(distinct=True) for column in ("acled_time", "ucdp_date"))
    return _of("event").group_by(value=_.date_precision).aggregate(acled=acled, ucdp=ucdp)


def _sampled(what: str) -> ir.Table:
    """The events of a sort that `EventCollection.sample` knows."""
    if what == "unplaced":
        return _of("event").filter(_.lon.isnull())
    return _of("event").filter(_.lon.notnull(), _.place_basis == "editor") if what == "by_editor" else _of("event")


def _count(what: str) -> ir.Table:
    return _sampled(what).aggregate(number=_.count())


def _sample(what: str, most: ir.Value) -> ir.Table:
    """The first of them, or those that have the most of something."""
    order = {"most_told": _.updates.length().desc(), "most_counted": _.counted.desc()}.get(what)
    ranked = _sampled(what).select("row", place=ibis.row_number().over(order_by=[*([] if order is None else [order]), _.row]))
    return ranked.filter(ranked.place < most).order_by("place").select("row")


def _newest_of_precision(precision: ir.Value) -> ir.Table:
    return _of("event").filter(_.date_precision == precision).aggregate(row=_.row.max())


SAMPLES = ("all", "unplaced", "by_editor", "most_told", "most_counted")
CENSUS = ("kind", "place_precision", "date_precision", "date_basis", "place_basis")
QUESTIONS: dict[str, Question] = {
    "events_of_rows": Question(partial(_records, "event"), _ROWS),
    "updates_of_rows": Question(partial(_records, "update"), _ROWS),
    "events_with_word": Question(partial(_with_word, "event"), {"word": "string"}),
    "updates_with_word": Question(partial(_with_word, "update"), {"word": "string"}),
    "rows_of_events": Question(partial(_rows_of, "event"), {"ids": "array<string>"}),
    "rows_of_updates": Question(partial(_rows_of, "update"), {"ids": "array<string>"}),
    "told_by": Question(_told_by, {"ids": "array<string>"}),
    "told_at_all": Question(lambda: _of("event").filter(_.told.notnull()).aggregate(number=_.count())),
    "between_latitudes": Question(_between_latitudes, {"south": "float64", "north": "float64"}),
    "days": Question(_days),
    "sources": Question(_sources),
    "radii": Question(_radii),
    "date_codes": Question(_date_codes),
    "newest_of_precision": Question(_newest_of_precision, {"precision": "string"}),
    **{f"census_{column}": Question(partial(_census, column)) for column in CENSUS},
    **{f"sample_{what}": Question(partial(_sample, what), {"most": "int64"}) for what in SAMPLES},
    **{f"count_{what}": Question(partial(_count, what)) for what in SAMPLES if not what.startswith("most_")},
}
"""Every question by its name, with the types of its parameters."""
