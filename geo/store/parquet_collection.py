"""One state of a GeoParquet store, to be asked: counts from columns that are held, records from the file."""

from __future__ import annotations

import functools
import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import Problem, StoreError
from geo.filters import FACETS, EventFilter, as_known, folded
from geo.geodesy import ellipsoid
from geo.geojson import as_feature, read_feature
from geo.model import Event, Position, Site, Update
from geo.moments import Moment, from_minutes
from geo.rings import InRange, within
from geo.store.base import Census, ColumnBatch, FacetCounts, Standing, StoredFeature, Tally
from geo.store.engine import Engine
from geo.store.masks import page_of, tally_of
from geo.store.parquet_census import census
from geo.store.parquet_reading import ParquetRecords, in_words
from geo.store.parquet_updates import ParquetUpdates
from geo.store.stamp import Stamp
from geo.store.texts import cited

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from geo.store.parquet_index import ParquetIndex

_KEPT_FILTERS = 24
_KEPT_EVENTS = 1_000


class ParquetCollection:
    """One state of a GeoParquet store; an `EventCollection`, whose docstrings say what the members and methods give."""

    set_aside: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    left_out = 0
    fault: StoreError | None = None

    def __init__(self, path: Path, stamp: Stamp) -> None:
        self._path = path
        self._records = ParquetRecords(path, stamp)
        self.revision = self._records.revision
        self.about: Mapping[str, Any] = self._records.about
        self.members: Mapping[str, Any] = self._records.members
        self.total = self._records.total("event")
        self._engine = Engine(path, check=self._records.check)
        self.updates = ParquetUpdates(self._records, self._engine)
        self._lock = threading.Lock()
        self._kept_rows: OrderedDict[EventFilter, NDArray[np.bool_]] = OrderedDict()
        self._kept_events: OrderedDict[int, Event] = OrderedDict()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ParquetCollection) and other.revision == self.revision

    def __hash__(self) -> int:
        return hash(self.revision)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the store: what a conversion could not read it left out, and said so then."""
        return ()

    @cached_property
    def sha256(self) -> str:
        with in_words(self._path), self._path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        self._records.check()
        return digest

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        found = [read_feature(json.loads(text), "") for text in self._texts("site")]
        return tuple(site for site in found if isinstance(site, Site))

    @cached_property
    def retracted(self) -> tuple[Event, ...]:
        return tuple(self._event_of(text) for text in self._texts("retracted"))

    def tally(self, wanted: EventFilter) -> Tally:
        return tally_of(self.rows(wanted), self._index.placed)

    def page(self, wanted: EventFilter, *, first: int = 0, most: int, newest_first: bool = False, unplaced: bool = False) -> list[Event]:
        rows = page_of(self.rows(wanted), self._index.placed, first=first, most=most, newest_first=newest_first, unplaced=unplaced)
        return self._told_of(rows, wanted.known)

    def each(self, wanted: EventFilter) -> Iterator[Event]:
        for rows, part in self._records.kept(self.rows(wanted), "json", "cites"):
            # Whoever reads all events reads of their updates, too; one that is cited without telling the event is rare.
            self.updates.fetch_rows(self._index.updates_of(rows))
            self.updates.fetch(id_ for cites in part["cites"].to_pylist() for id_ in cites)
            # One at a time: thousands that are held at once are looked through for cycles over and over, which takes as long as reading them.
            events = map(self._event_of, part["json"].to_pylist())
            yield from events if wanted.known is None else self._told(list(events), wanted.known)

    def features(self, wanted: EventFilter) -> Iterator[StoredFeature]:
        for _, part in self._records.kept(self.rows(wanted), "json", "cites"):
            if wanted.known is None:
                yield from map(StoredFeature, part["json"].to_pylist(), map(frozenset, part["cites"].to_pylist()))
                continue
            for event in self._told([self._event_of(text) for text in part["json"].to_pylist()], wanted.known):
                yield StoredFeature(json.dumps(as_feature(event), ensure_ascii=False, allow_nan=False), cited(event))

    def event(self, id_: str) -> Event | None:
        row = self.row(id_)
        return None if row is None else self._events([row])[0]

    def site(self, id_: str) -> Site | None:
        return next((site for site in self.sites if site.id == id_), None)

    @functools.lru_cache(maxsize=1_000)  # noqa: B019 - collections are few, and each is asked for the same ids again and again
    def row(self, id_: str) -> int | None:
        return next((row for row, _ in self._engine.rows("rows_of_events", ids=[id_])), None)

    def standing(self, wanted: EventFilter, id_: str) -> Standing | None:
        row = self.row(id_)
        rows = self.rows(wanted)
        if row is None or not rows[row]:
            return None
        before, after = rows[:row].nonzero()[0], rows[row + 1 :].nonzero()[0]
        beside = [int(before[-1])] if len(before) else []
        beside += [row + 1 + int(after[0])] if len(after) else []
        events = dict(zip(beside, self._events(beside), strict=True))
        return Standing(
            number=len(before) + 1,
            total=len(before) + 1 + len(after),
            before=events[beside[0]] if len(before) else None,
            after=events[beside[-1]] if len(after) else None,
        )

    def rows(self, wanted: EventFilter) -> NDArray[np.bool_]:
        """Remembers the last filters: one run of a page asks of the same few again and again."""
        import numpy as np

        with self._lock:
            kept = self._kept_rows.get(wanted)
            if kept is not None:
                self._kept_rows.move_to_end(wanted)
                return kept
        if (wanted.start, wanted.after) != (None, None):
            # While somebody scrubs, what the other filters let through stays the same.
            rows = self.rows(wanted.without_window()) & self._index.in_window(wanted)
        else:
            rows = self._index.in_facets(wanted, self._codes(wanted.told_in).values())
            for word in folded(wanted.text).split():
                rows &= self._with_word(word, wanted.known)
            if wanted.near:
                around = np.zeros(self.total, dtype=bool)
                around[self._around((wanted.near.lon, wanted.near.lat), wanted.near.radius_m)[0]] = True
                rows &= around
        with self._lock:
            self._kept_rows[wanted] = rows
            if len(self._kept_rows) > _KEPT_FILTERS:
                self._kept_rows.popitem(last=False)
        return rows

    def facets(self, wanted: EventFilter, *, most: int) -> dict[str, FacetCounts]:
        return {facet: self._facet(facet, wanted, most) for facet in FACETS}

    def having(self, facet: str, values: frozenset[str]) -> frozenset[str]:
        if facet != "told_in":
            return values.intersection(self._index.values(facet))
        return frozenset(id_ for id_, code in self._codes(values).items() if code in self._index.telling)

    def within(self, wanted: EventFilter, center: Position, radius_m: float, *, most: int) -> tuple[int, list[InRange]]:
        rows, distances = self._around(center, radius_m)
        kept = self.rows(wanted)[rows]
        rows, distances = rows[kept], distances[kept]
        nearest = rows[distances.argsort(kind="stable")[: most * 2]]
        found = within(self._told_of(nearest.tolist(), wanted.known), center, radius_m)
        return len(rows), found[:most]

    def batches(self, size: int) -> Iterator[ColumnBatch]:
        from geo.store.parquet_index import coded  # here, so that the server answers before numpy is there

        table = self._records.columns("event", "first", "after", "lon", "lat", "uncertainty_km", "kind", "place_precision")
        for start in range(0, table.num_rows, size):
            part = table.slice(start, size)
            yield ColumnBatch(
                first=part["first"].to_numpy(),
                after=part["after"].to_numpy(),
                lon=part["lon"].to_numpy(),
                lat=part["lat"].to_numpy(),
                uncertainty_km=part["uncertainty_km"].fill_null(0.0).to_numpy(),
                kind=coded(part["kind"]),
                precision=coded(part["place_precision"]),
            )

    def labels(self, first: int, most: int) -> list[Event]:
        return self._events(list(range(first, min(first + most, self.total))))

    def told_by(self, ids: Sequence[str], *, most: int) -> dict[str, tuple[int, list[Event]]]:
        rows: dict[str, list[int]] = {id_: [] for id_ in ids}
        for row, update in self._engine.rows("told_by", ids=list(ids)):
            rows[update].append(row)
        shown = {id_: list(dict.fromkeys(of_it)) for id_, of_it in rows.items()}
        wanted = sorted({row for of_it in shown.values() for row in of_it[:most]})
        events = dict(zip(wanted, self._events(wanted), strict=True))
        return {id_: (len(of_it), [events[row] for row in of_it[:most]]) for id_, of_it in shown.items()}

    def told_at_all(self) -> int:
        return int(self._engine.one("told_at_all"))

    def days(self, *, most: int) -> list[tuple[Moment, int]]:
        return [(Moment(from_minutes(day * 1_440)), number) for day, number in self._days[:most]]

    def sources(self, *, most: int) -> list[tuple[str, str, int]]:
        return self._sources[:most]

    def census(self) -> Census:
        return self._census

    def sample(self, what: str, *, most: int) -> tuple[int, list[Event]]:
        one = what.startswith("most_")
        count = min(1, self.total) if one else int(self._engine.one(f"count_{what}"))
        return count, self._events([row for (row,) in self._engine.rows(f"sample_{what}", most=1 if one else most)])

    def newest_of_precision(self, precision: str) -> Event | None:
        row = self._engine.one("newest_of_precision", precision=precision)
        return None if row is None else self._events([row])[0]

    def read_updates(self, ids: Iterable[str]) -> dict[str, Update]:
        return self.updates.read(ids)

    def update_texts(self, ids: Container[str]) -> Iterator[str]:
        return self.updates.texts(ids)

    # What is counted.

    @cached_property
    def _index(self) -> ParquetIndex:
        from geo.store.parquet_index import ParquetIndex  # here, so that the server answers before numpy is there

        return ParquetIndex(self._records)

    def _facet(self, facet: str, wanted: EventFilter, most: int) -> FacetCounts:
        rows = self.rows(wanted.without(facet))
        asked = sorted(getattr(wanted, facet))
        if facet == "told_in":
            return self._updates_facet(rows, wanted.known, asked, most)
        counts = self._index.counts(facet, rows)
        foremost = sorted(counts, key=lambda value: (-counts[value], value))[:most]
        return FacetCounts(len(counts), {value: counts.get(value, 0) for value in dict.fromkeys([*foremost, *asked])})

    def _updates_facet(self, rows: NDArray[np.bool_], known: Moment | None, asked: Sequence[str], most: int) -> FacetCounts:
        """The newest are shown whatever they count, and there may be very many: only of these the ids are read."""
        counts = self._index.update_counts(rows, known)
        codes = self._newest(most) | self._codes(asked)
        return FacetCounts(len(self._index.telling), {id_: int(counts[codes[id_]]) if id_ in codes else 0 for id_ in [*codes, *asked]})

    @functools.lru_cache(maxsize=4)  # noqa: B019 - as above
    def _newest(self, most: int) -> dict[str, int]:
        """The newest updates that tell an event, with their codes, and then ids of no update that events name; `most` together."""
        held = [code for code in self._index.telling[:most].tolist() if code < len(self.updates)]
        there = {update.id: code for update, code in zip(self.updates.of_rows(held), held, strict=True)}
        return there | dict(islice(self._index.strangers.items(), most - len(there)))

    def _codes(self, ids: Iterable[str]) -> dict[str, int]:
        """The codes of those of some ids of updates that the store has, or that events name."""
        wanted = sorted(ids)
        return self.updates.rows_of(wanted) | {id_: self._index.strangers[id_] for id_ in wanted if id_ in self._index.strangers}

    # What is asked of the engine.

    def _with_word(self, word: str, known: Moment | None) -> NDArray[np.bool_]:
        """The rows of the events that hold a folded word in a text of their own, or in an update that tells them and was published by then."""
        own, told = self._rows_with_word(word)
        rows = self._index.told_in(told.tolist(), known)
        rows[own] = True
        return rows

    @functools.lru_cache(maxsize=16)  # noqa: B019 - as above
    def _rows_with_word(self, word: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Of the events and of the updates."""
        own, told = (self._engine.columns(f"{record}_with_word", word=word)["row"] for record in ("events", "updates"))
        return own, told

    @functools.lru_cache(maxsize=8)  # noqa: B019 - as above: rings stay while one scrubs
    def _around(self, center: Position, radius_m: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The rows whose point is near enough, ascending, and how far each is; candidates are those of the latitudes in reach."""
        import numpy as np

        reach = radius_m / 110_500  # no degree of latitude is shorter
        found = self._engine.columns("between_latitudes", south=center[1] - reach, north=center[1] + reach)
        rows, lon, lat = (found[name] for name in ("row", "lon", "lat"))
        distances = np.asarray(ellipsoid().inv(np.full(len(rows), center[0]), np.full(len(rows), center[1]), lon, lat)[2], dtype=np.float64)
        near = distances <= radius_m
        return rows[near], distances[near]

    @cached_property
    def _days(self) -> list[tuple[int, int]]:
        return [(int(day), number) for day, number in self._engine.rows("days")]

    @cached_property
    def _sources(self) -> list[tuple[str, str, int]]:
        return [(source, url, number) for source, url, number in self._engine.rows("sources")]

    @cached_property
    def _census(self) -> Census:
        return census(self._engine, total=self.total, unplaced=int((~self._index.placed).sum()))

    # What is read of events.

    def _texts(self, record: str) -> list[str]:
        texts: list[str] = self._records.columns(record, "json")["json"].to_pylist() if self._records.total(record) else []
        return texts

    def _events(self, rows: Sequence[int]) -> list[Event]:
        """The events of some rows, in the order of `rows`; some thousands are remembered."""
        with self._lock:
            events = {row: self._kept_events[row] for row in rows if row in self._kept_events}
        missing = [row for row in rows if row not in events]
        if missing:
            found = self._engine.rows("events_of_rows", first=min(missing), last=max(missing), rows=missing)
            read = {row: self._event_of(text) for row, _, text in found}
            events |= read
            with self._lock:
                self._kept_events.update(read)
                while len(self._kept_events) > max(_KEPT_EVENTS, len(read)):
                    self._kept_events.popitem(last=False)
        return [events[row] for row in rows]

    def _event_of(self, text: str) -> Event:
        feature = read_feature(json.loads(text), "")
        if not isinstance(feature, Event):
            raise StoreError(what="A site stands among the events", where=str(self._path), advice="Convert the store anew.")
        return feature

    def _told_of(self, rows: Sequence[int], known: Moment | None) -> list[Event]:
        """The events of some rows as they were known then."""
        if known is not None:
            self.updates.fetch_rows(self._index.updates_of(rows))
        return self._told(self._events(rows), known)

    def _told(self, events: Sequence[Event], known: Moment | None) -> list[Event]:
        if known is None:
            return list(events)
        self.updates.fetch(id_ for event in events for id_ in cited(event))
        told = (as_known(event, self.updates, known) for event in events)
        return [event for event in told if event is not None]
