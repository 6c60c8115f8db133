"""What of a GeoParquet store is held in memory: the numbers that every rerun of a page counts, some 50 bytes an event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.filters import EventFilter
from geo.moments import Moment, minutes, minutes_up
from geo.store.base import Coded
from geo.store.parquet_reading import ParquetRecords

Rows = NDArray[np.bool_]
_NEVER = np.iinfo(np.int64).max
_COLUMNS = {"kinds": "kind", "precisions": "place_precision"}
"""The facets of which an event has one value at most, with their columns."""


@dataclass(frozen=True, slots=True)
class _Links:
    """Pairs of a row and the code of a value that its event has, each pair once, in the order of the rows."""

    rows: NDArray[np.int32]
    codes: NDArray[np.int32]
    count: int
    """The number of codes; not every one need be in a pair."""

    def holding(self, wanted: Iterable[int]) -> Rows:
        """For each pair whether its code is wanted."""
        table: Rows = np.zeros(self.count, dtype=bool)
        table[list(wanted)] = True
        return table[self.codes]


class ParquetIndex:
    """Columns of the events of a file as arrays, each read when it is first asked for. Every method may raise StoreError.

    The code of an update is its row among the updates; ids that are no update's come after those.
    """

    def __init__(self, records: ParquetRecords) -> None:
        self._records = records
        self._total, self._updates = records.total("event"), records.total("update")

    # Which rows.

    def in_window(self, wanted: EventFilter) -> Rows:
        """For each row whether its span of possible dates meets the window."""
        rows: Rows = np.ones(self._total, dtype=bool)
        if wanted.after is not None:
            rows &= self._spans[0] < minutes_up(wanted.after)
        if wanted.start is not None:
            rows &= self._spans[1] > minutes(wanted.start)
        return rows

    def in_facets(self, wanted: EventFilter, told_in: Iterable[int]) -> Rows:
        """For each row whether its event was told by `wanted.known`, and has a wanted value in each facet; `told_in` are the codes of that one."""
        rows: Rows = np.ones(self._total, dtype=bool)
        if wanted.known is not None:
            rows &= self._told_first < minutes_up(wanted.known.after)
        for facet in _COLUMNS:
            if values := getattr(wanted, facet):
                column = self._coded[facet]
                rows &= np.array([value in values for value in column.values], dtype=bool)[column.codes]
        if wanted.actors:
            links, codes = self._actors
            rows &= self._spread(links, links.holding(codes[name] for name in wanted.actors if name in codes))
        if wanted.told_in:
            rows &= self.told_in(told_in, wanted.known)
        return rows

    def told_in(self, codes: Iterable[int], known: Moment | None) -> Rows:
        """The rows that one of some updates tells; those that were published later than `known` do not count, if that is set."""
        pairs = self._telling.holding(codes)
        return self._spread(self._telling, pairs if known is None else pairs & self._published_by(known))

    @cached_property
    def placed(self) -> Rows:
        """The rows of the events with a point."""
        rows: Rows = self._records.columns("event", "lon")["lon"].is_valid().to_numpy()
        return rows

    def updates_of(self, rows: Iterable[int]) -> list[int]:
        """The rows of the updates that tell some events, as far as the store has them, ascending."""
        links = self._telling
        wanted = np.fromiter(rows, np.int64)
        runs = zip(*(links.rows.searchsorted(wanted, side=side).tolist() for side in ("left", "right")), strict=True)
        return sorted({code for first, after in runs for code in links.codes[first:after].tolist() if code < self._updates})

    # How many of each value.

    def counts(self, facet: str, rows: Rows) -> dict[str, int]:
        """How many of `rows` have each value of a facet other than `told_in`; a value that none of them has counts 0."""
        if facet in _COLUMNS:
            column = self._coded[facet]
            found = np.bincount(column.codes[rows], minlength=len(column.values))
            return {value: int(found[code]) for code, value in enumerate(column.values) if value}
        links, codes = self._actors
        return dict(zip(codes, np.bincount(links.codes[rows[links.rows]], minlength=links.count).tolist(), strict=True))

    def update_counts(self, rows: Rows, known: Moment | None) -> NDArray[np.int64]:
        """By the code of an update, how many of `rows` it tells; one that was published later than `known` tells none."""
        pairs = rows[self._telling.rows]
        if known is not None:
            pairs &= self._published_by(known)
        return np.bincount(self._telling.codes[pairs], minlength=self._telling.count)

    @cached_property
    def telling(self) -> NDArray[np.int64]:
        """The codes of all ids of updates that events name, ascending: the newest update first, what is no update's last."""
        return np.bincount(self._telling.codes, minlength=self._telling.count).nonzero()[0]

    @cached_property
    def strangers(self) -> Mapping[str, int]:
        """The codes of the ids that events name although no update of the store has them, in the order of the ids."""
        return dict(zip(self._told_table[1], range(self._updates, self._telling.count), strict=True))

    def values(self, facet: str) -> Sequence[str]:
        """The values that events have in a facet other than `told_in`."""
        return [value for value in self._coded[facet].values if value] if facet in _COLUMNS else list(self._actors[1])

    # What is held.

    @cached_property
    def _spans(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        table = self._records.columns("event", "first", "after")
        return table["first"].to_numpy(), table["after"].to_numpy()

    @cached_property
    def _told_first(self) -> NDArray[np.float64]:
        """When the first of its updates was published, in minutes; NaN, which comes before nothing, if the store has none of them."""
        told: NDArray[np.float64] = self._records.columns("event", "told")["told"].to_numpy().astype(np.float64)
        return told

    @cached_property
    def _coded(self) -> dict[str, Coded]:
        return {facet: coded(self._records.columns("event", column)[column]) for facet, column in _COLUMNS.items()}

    @cached_property
    def _actors(self) -> tuple[_Links, dict[str, int]]:
        """With the code of each name."""
        rows, names = _pairs(self._records.columns("event", "actors")["actors"])
        column = names.dictionary_encode()
        links = _Links(rows, column.indices.to_numpy().astype(np.int32), len(column.dictionary))
        return links, {name: code for code, name in enumerate(column.dictionary.to_pylist())}

    @cached_property
    def _told_table(self) -> tuple[_Links, list[str]]:
        """With the ids that are no update's, in their order."""
        rows, ids = _pairs(self._records.columns("event", "updates")["updates"])
        there = pc.index_in(ids, value_set=self._records.columns("update", "id")["id"])
        strangers = ids.filter(there.is_null()).unique()
        strangers = strangers.take(pc.sort_indices(strangers))
        codes = pc.coalesce(there, pc.add(pc.index_in(ids, value_set=strangers), self._updates)).to_numpy().astype(np.int32)
        links = _Links(rows, codes, self._updates + len(strangers)), strangers.to_pylist()
        release()
        return links

    @property
    def _telling(self) -> _Links:
        return self._told_table[0]

    @cached_property
    def _published(self) -> NDArray[np.int64]:
        """By the code of an update, when it was published; an id that is no update's never was."""
        published = self._records.columns("update", "first")["first"].to_numpy()
        return np.concatenate([published, np.full(self._telling.count - self._updates, _NEVER)])

    def _published_by(self, known: Moment) -> Rows:
        rows: Rows = (self._published < minutes_up(known.after))[self._telling.codes]
        return rows

    def _spread(self, links: _Links, pairs: Rows) -> Rows:
        """The rows of the pairs that hold."""
        rows: Rows = np.zeros(self._total, dtype=bool)
        rows[links.rows[pairs]] = True
        return rows


def release() -> None:
    """Give back what Arrow keeps for later: the texts of a whole column, which nothing holds any more."""
    pa.default_memory_pool().release_unused()


def coded(column: Any) -> Coded:
    """A column that stands as a dictionary; what is null becomes the text ""."""
    array = column.unify_dictionaries().combine_chunks()
    array = array.chunk(0) if hasattr(array, "chunk") else array
    values = [*array.dictionary.to_pylist(), ""]
    return Coded(array.indices.fill_null(len(values) - 1).to_numpy(zero_copy_only=False), values)


def _pairs(lists: Any) -> tuple[NDArray[np.int32], Any]:
    """A column of lists as the rows and the items of its pairs."""
    whole = lists.combine_chunks()
    whole = whole.chunk(0) if hasattr(whole, "chunk") else whole
    return pc.list_parent_indices(whole).to_numpy().astype(np.int32), pc.list_flatten(whole)
