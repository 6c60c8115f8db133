"""A collection of events that is held in memory whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from geo.errors import Problem, StoreError
from geo.filters import FACETS, EventFilter, as_known
from geo.geojson import as_feature, as_update
from geo.model import Event, Position, Site, Update, acled_time_precision, ucdp_date_prec
from geo.moments import Moment
from geo.rings import InRange, within
from geo.store.base import Census, Coded, ColumnBatch, DateCodes, FacetCounts, Standing, StoredFeature, Tally
from geo.store.masks import page_of, tally_of
from geo.store.texts import cited

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from geo.store.index import MemoryIndex


@dataclass(frozen=True)
class Snapshot:
    """All that a store held at one moment; an `EventCollection`, whose docstrings say what the members and methods give.

    `retracted` are the events that no longer count, which are in none of `events` and of the answers. `fault` says why the store cannot be read any
    more, if this is only the last state that could be.
    """

    revision: str
    sha256: str = field(compare=False)
    events: tuple[Event, ...] = field(compare=False)
    sites: tuple[Site, ...] = field(compare=False)
    updates: Mapping[str, Update] = field(compare=False)
    set_aside: tuple[Problem, ...] = field(default=(), compare=False)
    doubts: tuple[Problem, ...] = field(default=(), compare=False)
    left_out: int = field(default=0, compare=False)
    about: Mapping[str, Any] = field(default_factory=dict, compare=False)
    retracted: tuple[Event, ...] = field(default=(), compare=False)
    fault: StoreError | None = field(default=None, compare=False)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the store."""
        return self.set_aside + self.doubts

    @property
    def total(self) -> int:
        return len(self.events)

    @cached_property
    def _index(self) -> MemoryIndex:
        from geo.store.index import MemoryIndex  # here, so that the server answers before numpy is there

        return MemoryIndex(self.events, self.updates)

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {event.id: row for row, event in enumerate(self.events)}

    @cached_property
    def _last(self) -> dict[EventFilter, NDArray[np.bool_]]:
        return {}

    def tally(self, wanted: EventFilter) -> Tally:
        return tally_of(self.rows(wanted), self._index.placed)

    def page(self, wanted: EventFilter, *, first: int = 0, most: int, newest_first: bool = False, unplaced: bool = False) -> list[Event]:
        rows = page_of(self.rows(wanted), self._index.placed, first=first, most=most, newest_first=newest_first, unplaced=unplaced)
        return self._told(rows, wanted.known)

    def each(self, wanted: EventFilter) -> Iterator[Event]:
        for row in self.rows(wanted).nonzero()[0].tolist():
            yield from self._told((row,), wanted.known)

    def features(self, wanted: EventFilter) -> Iterator[StoredFeature]:
        for event in self.each(wanted):
            # What was not narrowed is as it was read.
            feature = event.feature if wanted.known is None and event.feature else as_feature(event)
            yield StoredFeature(json.dumps(feature, ensure_ascii=False, allow_nan=False), cited(event))

    def event(self, id_: str) -> Event | None:
        row = self._row_of.get(id_)
        return None if row is None else self.events[row]

    def site(self, id_: str) -> Site | None:
        return next((site for site in self.sites if site.id == id_), None)

    def row(self, id_: str) -> int | None:
        return self._row_of.get(id_)

    def standing(self, wanted: EventFilter, id_: str) -> Standing | None:
        row = self._row_of.get(id_)
        rows = self.rows(wanted)
        if row is None or not rows[row]:
            return None
        before, after = rows[:row].nonzero()[0], rows[row + 1 :].nonzero()[0]
        return Standing(
            number=len(before) + 1,
            total=len(before) + 1 + len(after),
            before=self.events[int(before[-1])] if len(before) else None,
            after=self.events[row + 1 + int(after[0])] if len(after) else None,
        )

    def rows(self, wanted: EventFilter) -> NDArray[np.bool_]:
        """Remembers the last few filters: one run of a page asks of the same ones again and again."""
        last = self._last
        rows = last.get(wanted)
        if rows is None:
            rows = self._index.rows(wanted)
            if len(last) >= 64:
                last.clear()
            last[wanted] = rows
        return rows

    def facets(self, wanted: EventFilter, *, most: int) -> dict[str, FacetCounts]:
        counted = {}
        for facet in FACETS:
            counts = self._index.counts(facet, self.rows(wanted.without(facet)), wanted.known)
            counted[facet] = FacetCounts(len(counts), self._foremost(facet, counts, most, getattr(wanted, facet)))
        return counted

    def having(self, facet: str, values: frozenset[str]) -> frozenset[str]:
        return values & self._index.values(facet)

    def within(self, wanted: EventFilter, center: Position, radius_m: float, *, most: int) -> tuple[int, list[InRange]]:
        found = within(self._told(self._near_rows(wanted, center, radius_m), wanted.known), center, radius_m)
        return len(found), found[:most]

    def batches(self, size: int) -> Iterator[ColumnBatch]:
        import numpy as np  # as above

        index = self._index
        for start in range(0, len(self.events), size):
            run = slice(start, start + size)
            events = self.events[run]
            yield ColumnBatch(
                first=index.first[run],
                after=index.after[run],
                lon=index.lon[run],
                lat=index.lat[run],
                uncertainty_km=np.array([event.place.uncertainty_km or 0.0 if event.place else 0.0 for event in events]),
                kind=_coded([event.kind for event in events]),
                precision=_coded([event.place.precision if event.place else "" for event in events]),
            )

    def labels(self, first: int, most: int) -> list[Event]:
        return list(self.events[first : first + most])

    def told_by(self, ids: Sequence[str], *, most: int) -> dict[str, tuple[int, list[Event]]]:
        told = {id_: self._telling.get(id_, []) for id_ in ids}
        return {id_: (len(events), events[:most]) for id_, events in told.items()}

    @cached_property
    def _telling(self) -> dict[str, list[Event]]:
        told: dict[str, list[Event]] = {}
        for event in self.events:
            for id_ in dict.fromkeys(event.updates):
                told.setdefault(id_, []).append(event)
        return told

    def told_at_all(self) -> int:
        return sum(any(id_ in self.updates for id_ in event.updates) for event in self.events)

    def read_updates(self, ids: Iterable[str]) -> dict[str, Update]:
        return {id_: self.updates[id_] for id_ in ids if id_ in self.updates}

    def update_texts(self, ids: Container[str]) -> Iterator[str]:
        return (json.dumps(as_update(update), ensure_ascii=False, allow_nan=False) for id_, update in self.updates.items() if id_ in ids)

    def days(self, *, most: int) -> list[tuple[Moment, int]]:
        days = Counter(Moment(update.published.at.replace(hour=0, minute=0)) for update in self.updates.values())
        return sorted(days.items(), reverse=True)[:most]

    def sources(self, *, most: int) -> list[tuple[str, str, int]]:
        count = Counter((update.source, update.url) for update in self.updates.values())
        return [(source, url, number) for (source, url), number in count.most_common(most)]

    def census(self) -> Census:
        placed = [event.place for event in self.events if event.place and event.position is not None]
        radii: dict[str, list[float]] = {}
        for event in self.events:
            if event.place and event.place.uncertainty_km:
                radii.setdefault(event.place.precision, []).append(event.place.uncertainty_km)
        return Census(
            kinds=Counter(event.kind for event in self.events),
            place_precisions=Counter(event.place.precision for event in self.events if event.place),
            date_precisions=Counter(event.date_precision for event in self.events),
            date_bases=Counter(event.date_basis for event in self.events),
            date_codes=_date_codes(self.events),
            place_bases=Counter(place.basis for place in placed),
            radii_km={precision: (min(found), max(found)) for precision, found in radii.items()},
            unplaced=sum(event.position is None for event in self.events),
            nowhere=sum(event.place is None for event in self.events),
        )

    def sample(self, what: str, *, most: int) -> tuple[int, list[Event]]:
        found = _SAMPLES[what](self.events)
        return len(found), found[:most]

    def newest_of_precision(self, precision: str) -> Event | None:
        return next((event for event in reversed(self.events) if event.date_precision == precision), None)

    def _near_rows(self, wanted: EventFilter, center: Position, radius_m: float) -> list[int]:
        rows = (self.rows(wanted) & self._index.placed).nonzero()[0]
        if len(rows):
            rows = rows[self._index.distances_m(center, rows) <= radius_m]
        found: list[int] = rows.tolist()
        return found

    def _told(self, rows: Iterable[int], known: Moment | None) -> list[Event]:
        told = (as_known(self.events[row], self.updates, known) for row in rows)
        return [event for event in told if event is not None]

    def _foremost(self, facet: str, counts: Mapping[str, int], most: int, wanted: frozenset[str]) -> dict[str, int]:
        if facet == "told_in":
            ordered = [id_ for id_ in self.updates if id_ in counts] + sorted(counts.keys() - self.updates.keys())
        else:
            ordered = sorted(counts, key=lambda value: (-counts[value], value))
        kept = ordered[:most] + [value for value in ordered[most:] if value in wanted]
        return {value: counts[value] for value in kept} | {value: 0 for value in wanted if value not in counts}


def _coded(texts: Sequence[str]) -> Coded:
    import numpy as np  # here, so that the server answers before numpy is there

    values = list(dict.fromkeys(texts))
    codes = {value: code for code, value in enumerate(values)}
    return Coded(np.fromiter((codes[text] for text in texts), np.int64, len(texts)), values)


def _date_codes(events: Iterable[Event]) -> dict[str, DateCodes]:
    found: dict[str, tuple[set[int], set[int]]] = {}
    for event in events:
        acled, ucdp = found.setdefault(event.date_precision, (set(), set()))
        acled.add(acled_time_precision(event))
        ucdp.add(ucdp_date_prec(event))
    return {precision: (tuple(sorted(acled)), tuple(sorted(ucdp))) for precision, (acled, ucdp) in found.items()}


def _by_editor(events: Sequence[Event]) -> list[Event]:
    return [event for event in events if event.position is not None and event.place and event.place.basis == "editor"]


def _most(events: Sequence[Event], size: Callable[[Event], int]) -> list[Event]:
    found = max(events, key=size, default=None)
    return [] if found is None else [found]


_SAMPLES: dict[str, Callable[[Sequence[Event]], list[Event]]] = {
    "all": list,
    "unplaced": lambda events: [event for event in events if event.position is None],
    "by_editor": _by_editor,
    "most_told": lambda events: _most(events, lambda event: len(event.updates)),
    "most_counted": lambda events: _most(events, lambda event: sum(claim.metric == "killed" for claim in event.claims)),
}
