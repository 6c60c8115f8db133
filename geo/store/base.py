"""What every store of events can do, and what can be asked of one state of it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from geo.errors import Problem, StoreError
from geo.filters import EventFilter
from geo.model import Event, Position, Site, Update
from geo.moments import Moment
from geo.rings import InRange

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


DateCodes = tuple[tuple[int, ...], tuple[int, ...]]
"""ACLED's time_precision and UCDP's date_prec, those of several events in order and each once."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many events a filter lets through, and how many of them are not on the map."""

    shown: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an event stands among those that a filter lets through, in the order of time: `number` from 1 of `total`, and its two neighbours."""

    number: int
    total: int
    before: Event | None
    after: Event | None


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """The values of a facet: how many there are, and of some of them how many events each would show."""

    total: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of few different texts: for each row the number of its text in `values`."""

    codes: NDArray[np.int64]
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class ColumnBatch:
    """A run of events as columns of one length, in the order of the collection.

    `first` and `after` are the first minute of the span of possible dates and the first one after it, since 1970-01-01T00:00Z; `lon`, `lat` are
    degrees (WGS84), NaN where the event has no point; `uncertainty_km` is 0 where there is none; `kind` and `precision` are codes of `geo.kinds` and
    `geo.model`, the precision "" where nothing is known of the place.
    """

    first: NDArray[np.int64]
    after: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    uncertainty_km: NDArray[np.float64]
    kind: Coded
    precision: Coded


@dataclass(frozen=True, slots=True)
class StoredFeature:
    """An event as the JSON text of its GeoJSON feature, with the ids of all updates that it, its claims or its passages name."""

    text: str
    cites: frozenset[str]


@dataclass(frozen=True, slots=True)
class Census:
    """What the events of a collection are, counted: by the values of each of these members."""

    kinds: Mapping[str, int]
    place_precisions: Mapping[str, int]
    date_precisions: Mapping[str, int]
    date_bases: Mapping[str, int]
    date_codes: Mapping[str, DateCodes]
    """By date precision, the codes of the field that events of it have."""
    place_bases: Mapping[str, int]
    """Of events with a point alone."""
    radii_km: Mapping[str, tuple[float, float]]
    """By place precision, the least and the greatest radius of uncertainty."""
    unplaced: int
    nowhere: int
    """Events of which nothing is known of the place."""


class EventCollection(Protocol):
    """All that a store held at one moment (a collection, as OGC API Features has it), to be asked.

    Events come in the order (`first`, `after`, `id`); the place of an event in it is its row. Every filter is judged as `EventFilter.matches` judges
    it, and events come narrowed to what was known at `wanted.known`. Every method may raise StoreError, and nothing else.
    """

    @property
    def revision(self) -> str:
        """Names the state: equal revisions are equal contents."""

    @property
    def sha256(self) -> str:
        """That of the stored bytes, in hex."""

    @property
    def total(self) -> int:
        """The number of events."""

    @property
    def sites(self) -> tuple[Site, ...]:
        """The sites; a store has few."""

    @property
    def updates(self) -> Mapping[str, Update]:
        """The updates by id, the newest day first, within a day in the order of the store. Of a large store each is read when asked for."""

    @property
    def about(self) -> Mapping[str, Any]:
        """The `dateline` member, as it stands."""

    @property
    def set_aside(self) -> tuple[Problem, ...]:
        """What could not be shown and why."""

    @property
    def doubts(self) -> tuple[Problem, ...]:
        """What is shown although something about it is wrong."""

    @property
    def left_out(self) -> int:
        """The number of records that `set_aside` is about."""

    @property
    def retracted(self) -> tuple[Event, ...]:
        """The events that no longer count; they are in nothing else that is asked for here."""

    @property
    def fault(self) -> StoreError | None:
        """Why the store cannot be read any more, if this is only the last state that could be."""

    def tally(self, wanted: EventFilter) -> Tally:
        """How many events match."""

    def page(self, wanted: EventFilter, *, first: int = 0, most: int, newest_first: bool = False, unplaced: bool = False) -> list[Event]:
        """At most `most` of the events that match from number `first` (from 0) on; with `unplaced` of those without a point alone."""

    def each(self, wanted: EventFilter) -> Iterator[Event]:
        """All events that match, one after the other, however many there are."""

    def features(self, wanted: EventFilter) -> Iterator[StoredFeature]:
        """All events that match, as they stand in the store."""

    def event(self, id_: str) -> Event | None:
        """The event of this id, whole, if there is one."""

    def site(self, id_: str) -> Site | None:
        """The site of this id, if there is one."""

    def row(self, id_: str) -> int | None:
        """The row of an event."""

    def standing(self, wanted: EventFilter, id_: str) -> Standing | None:
        """Where an event stands among those that match; None if it is not among them."""

    def rows(self, wanted: EventFilter) -> NDArray[np.bool_]:
        """For each row whether its event matches."""

    def facets(self, wanted: EventFilter, *, most: int) -> Mapping[str, FacetCounts]:
        """By each facet of `geo.filters.FACETS`, how many events each value would show, the other facets and the window staying as they are.

        Of each facet at most `most` values, those with the most events (of updates the newest ones), and always those that are wanted now. A
        value that an event of the store has and that would show nothing now counts 0.
        """

    def having(self, facet: str, values: frozenset[str]) -> frozenset[str]:
        """Those of `values` that an event of the store has in a facet."""

    def within(self, wanted: EventFilter, center: Position, radius_m: float, *, most: int) -> tuple[int, list[InRange]]:
        """How many matching events have their point within `radius_m` metres of `center`, and at most `most` of them, nearest first."""

    def batches(self, size: int) -> Iterator[ColumnBatch]:
        """The columns of all events, in batches of `size` rows, the last of what is left."""

    def labels(self, first: int, most: int) -> list[Event]:
        """The events of the rows from `first` on, at most `most`."""

    def told_by(self, ids: Sequence[str], *, most: int) -> Mapping[str, tuple[int, list[Event]]]:
        """For each update, how many events it tells, and at most `most` of them in the order of time."""

    def told_at_all(self) -> int:
        """The number of events that an update of the store tells."""

    def read_updates(self, ids: Iterable[str]) -> dict[str, Update]:
        """Those updates of these ids that there are, at once: of a large store quicker than one after the other."""

    def update_texts(self, ids: Container[str]) -> Iterator[str]:
        """The updates of these ids, in the order of the store, each as the JSON text of its member of `updates`."""

    def days(self, *, most: int) -> list[tuple[Moment, int]]:
        """The days on which updates were published, newest first, each with their number; at most `most` days."""

    def sources(self, *, most: int) -> list[tuple[str, str, int]]:
        """Who published the updates, where (an address), and how many of them; those with the most first."""

    def census(self) -> Census:
        """What the events are, counted."""

    def sample(self, what: str, *, most: int) -> tuple[int, list[Event]]:
        """How many events there are of a sort, and the first of them.

        The sorts are `all`, `unplaced`, `by_editor` (placed so), and the one event that is `most_told` (by updates) or `most_counted` (its dead).
        """

    def newest_of_precision(self, precision: str) -> Event | None:
        """The last event whose date has this precision."""


class EventStore(Protocol):
    """A store of events. Every method may raise StoreError, and nothing else."""

    @property
    def name(self) -> str:
        """What a person calls the store: a file's name, never a secret."""

    def snapshot(self) -> EventCollection:
        """The newest state that can be read. Its `fault` is set if the store has changed since and cannot be read.

        Raises StoreError if none ever could. Cheap when nothing has changed since the last call.
        """
