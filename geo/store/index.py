"""Events in memory as columns and postings, so that a filter costs a few passes over numbers instead of one over objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from geo.filters import FACETS, EventFilter, Near, facet_values, folded
from geo.geodesy import ellipsoid
from geo.model import Event, Update
from geo.moments import Moment, minutes, minutes_up
from geo.store.texts import own_text, update_text

Rows = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Postings:
    """Which event has which value of a facet: pairs of a row and a code, the code of a value being its place in `values`."""

    values: tuple[str, ...]
    codes_of: Mapping[str, int]
    rows: NDArray[np.int64]
    codes: NDArray[np.int64]

    def holding(self, wanted: Iterable[str]) -> Rows:
        """For each pair whether its value is wanted."""
        codes = [self.codes_of[value] for value in wanted if value in self.codes_of]
        return np.isin(self.codes, codes)


class MemoryIndex:
    """An index over `events` in their order, which filters are asked of. Judges as `EventFilter.matches` does."""

    def __init__(self, events: Sequence[Event], updates: Mapping[str, Update]) -> None:
        self._count = len(events)
        self.first = np.fromiter((minutes(event.first) for event in events), np.int64, self._count)
        self.after = np.fromiter((minutes(event.after) for event in events), np.int64, self._count)
        self.lon = np.fromiter((np.nan if event.position is None else event.position[0] for event in events), np.float64, self._count)
        self.lat = np.fromiter((np.nan if event.position is None else event.position[1] for event in events), np.float64, self._count)
        self.placed: Rows = ~np.isnan(self.lon)
        self._postings = {facet: _postings(events, facet) for facet in FACETS}
        told = self._postings["told_in"]
        self._published: list[datetime | None] = [updates[id_].published.at if id_ in updates else None for id_ in told.values]
        self._told_text = [update_text(updates[id_]) if id_ in updates else "" for id_ in told.values]
        self._own_text = [own_text(event) for event in events]

    def rows(self, wanted: EventFilter) -> Rows:
        """For each row whether its event matches."""
        told = self._told_by(wanted.known)
        kept: Rows = np.ones(self._count, dtype=bool) if told is None else self._spread("told_in", told)
        kept &= self._in_window(wanted)
        for facet in FACETS:
            values = getattr(wanted, facet)
            if values:
                pairs = self._postings[facet].holding(values)
                kept &= self._spread(facet, pairs & told if facet == "told_in" and told is not None else pairs)
        for word in folded(wanted.text).split():
            kept &= self._with_word(word, told)
        return kept & self._near(wanted.near) if wanted.near else kept

    def counts(self, facet: str, kept: Rows, known: Moment | None) -> dict[str, int]:
        """How many of the rows `kept` have each value of a facet; a value that none of them has counts 0."""
        postings = self._postings[facet]
        pairs = kept[postings.rows]
        told = self._told_by(known)
        if facet == "told_in" and told is not None:
            pairs = pairs & told
        counts = np.bincount(postings.codes[pairs], minlength=len(postings.values))
        return dict(zip(postings.values, counts.tolist(), strict=True))

    def _told_by(self, known: Moment | None) -> Rows | None:
        """For each pair of an event and an update that tells it, whether that was told by then; None if it does not matter."""
        if known is None:
            return None
        counts = np.array([at is not None and at < known.after for at in self._published], dtype=bool)
        codes = self._postings["told_in"].codes
        return counts[codes] if len(codes) else np.zeros(0, dtype=bool)

    def _spread(self, facet: str, pairs: Rows) -> Rows:
        """The rows of the pairs that hold."""
        kept: Rows = np.zeros(self._count, dtype=bool)
        kept[self._postings[facet].rows[pairs]] = True
        return kept

    def _in_window(self, wanted: EventFilter) -> Rows:
        kept: Rows = np.ones(self._count, dtype=bool)
        if wanted.after is not None:
            kept &= self.first < minutes_up(wanted.after)
        if wanted.start is not None:
            kept &= self.after > minutes(wanted.start)
        return kept

    def _with_word(self, word: str, told: Rows | None) -> Rows:
        kept: Rows = np.fromiter((word in text for text in self._own_text), bool, self._count)
        in_update = np.fromiter((word in text for text in self._told_text), bool, len(self._told_text))
        codes = self._postings["told_in"].codes
        pairs = in_update[codes] if len(codes) else np.zeros(0, dtype=bool)
        return kept | self._spread("told_in", pairs if told is None else pairs & told)

    def _near(self, near: Near) -> Rows:
        kept: Rows = np.zeros(self._count, dtype=bool)
        placed = self.placed.nonzero()[0]
        kept[placed] = self.distances_m((near.lon, near.lat), placed) <= near.radius_m
        return kept

    def distances_m(self, center: tuple[float, float], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """The geodesic distances in metres from `center` (longitude, latitude) to the points of `rows`, all of which have one."""
        lons, lats = np.full(len(rows), center[0]), np.full(len(rows), center[1])
        return np.asarray(ellipsoid().inv(lons, lats, self.lon[rows], self.lat[rows])[2], dtype=np.float64)

    def values(self, facet: str) -> frozenset[str]:
        """The values that events have in a facet."""
        return frozenset(self._postings[facet].values)


def _postings(events: Sequence[Event], facet: str) -> Postings:
    codes_of: dict[str, int] = {}
    rows: list[int] = []
    codes: list[int] = []
    for row, event in enumerate(events):
        for value in facet_values(event, facet):
            rows.append(row)
            codes.append(codes_of.setdefault(value, len(codes_of)))
    return Postings(tuple(codes_of), codes_of, np.array(rows, dtype=np.int64), np.array(codes, dtype=np.int64))
