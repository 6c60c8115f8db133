"""The store in one GeoParquet file: as large as the disk, read by those who ask for a part of it."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import InvalidInput, Problem, StoreError
from geo.filters import FACETS, EventFilter, as_known, folded
from geo.geodesy import ellipsoid
from geo.geojson import as_feature, read_feature, read_update
from geo.model import Event, Position, Site, Update
from geo.moments import Moment, from_minutes, minutes, minutes_up
from geo.rings import InRange, within
from geo.store.base import Census, Coded, ColumnBatch, DateCodes, FacetCounts, Standing, StoredFeature, Tally
from geo.store.stamp import Stamp, now_ns
from geo.store.texts import cited

if TYPE_CHECKING:
    import numpy as np
    import pyarrow.parquet as pq
    from numpy.typing import NDArray

    from geo.store.engine import Engine

_KEPT_FILTERS = 24
_KEPT_UPDATES = 20_000
_KEPT_EVENTS = 4_000
_RUN = 2_048
_PATTERN = frozenset("*?[")


class ParquetStore:
    """Events in a file of the layout of docs/parquet.md. It is opened again whenever the file has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._stamp: Stamp | None = None
        self._collection: ParquetCollection | None = None

    @property
    def name(self) -> str:
        """The file's name, without its folder."""
        return self._path.name

    def snapshot(self) -> ParquetCollection:
        """The newest state; the file is only opened again if its time, size or inode differ from those of the last time."""
        with self._lock:
            try:
                with in_words(self._path):
                    stamp = Stamp.of(self._path.stat(), now_ns())
                if self._collection is None or stamp != self._stamp or not stamp.is_settled:
                    opened = ParquetCollection(self._path, stamp)
                    if self._collection is None or opened != self._collection:
                        self._collection = opened
                    self._stamp = stamp
            except StoreError as error:
                if self._collection is None:
                    raise
                self._collection.fault = error
            return self._collection


class ParquetCollection:
    """One state of a GeoParquet store; an `EventCollection`, whose docstrings say what the members and methods give."""

    set_aside: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    left_out = 0
    fault: StoreError | None = None

    def __init__(self, path: Path, stamp: Stamp) -> None:
        self._path = path
        if not _PATTERN.isdisjoint(str(path.resolve())):
            what = "The path holds one of * ? [, which the engine takes for a pattern of many files"
            raise StoreError(what=what, where=str(path), advice="Rename the file or its folder.")
        with in_words(path):
            file = self._open()
            metadata = file.metadata.metadata or {}
            ours = json.loads(metadata.get(b"dateline", b"{}"))
            self._groups = _groups(file)
            footer = _footer(path)
        if not ours.get("format"):
            advice = "Bring its events into a store: `python -m geo import FILE --into STORE`."
            raise StoreError(what="This is a Parquet file, but no store of Dateline's", where=str(path), advice=advice)
        if ours["format"] != 1:
            raise StoreError(what=f"The store has layout {ours['format']}; this Dateline reads 1", where=str(path), advice="Use a newer Dateline.")
        self.about: Mapping[str, Any] = ours.get("about", {})
        self.members: Mapping[str, Any] = ours.get("members", {})
        self.total = self._groups.total("event")
        # The footer has the sizes, the places and the statistics of all columns; the stamp tells two files apart that agree in these.
        self.revision = hashlib.sha256(repr((stamp.modified_ns, stamp.size, stamp.inode)).encode() + footer).hexdigest()[:16]
        self._lock = threading.Lock()
        self._kept_rows: OrderedDict[EventFilter, NDArray[np.bool_]] = OrderedDict()

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
            return hashlib.file_digest(file, "sha256").hexdigest()

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        found = [read_feature(json.loads(text), "") for text in self._texts("site")]
        return tuple(site for site in found if isinstance(site, Site))

    @cached_property
    def retracted(self) -> tuple[Event, ...]:
        return tuple(self._event_of(text) for text in self._texts("retracted"))

    @cached_property
    def updates(self) -> _Updates:
        return _Updates(self)

    def tally(self, wanted: EventFilter) -> Tally:
        rows = self.rows(wanted)
        return Tally(int(rows.sum()), int((rows & ~self._placed).sum()))

    def page(self, wanted: EventFilter, *, first: int = 0, most: int, newest_first: bool = False, unplaced: bool = False) -> list[Event]:
        rows = self.rows(wanted)
        found = (rows & ~self._placed if unplaced else rows).nonzero()[0]
        ordered = found[::-1] if newest_first else found
        return self._told(self._events(ordered[first : first + most].tolist()), wanted.known)

    def each(self, wanted: EventFilter) -> Iterator[Event]:
        for run in self._runs(wanted):
            self.updates.fetch(id_ for _, cites in run for id_ in cites)  # whoever reads events one by one reads of their updates, too
            yield from self._told([self._event_of(text) for text, _ in run], wanted.known)

    def features(self, wanted: EventFilter) -> Iterator[StoredFeature]:
        for run in self._runs(wanted):
            if wanted.known is None:
                yield from (StoredFeature(text, frozenset(cites)) for text, cites in run)
                continue
            for event in self._told([self._event_of(text) for text, _ in run], wanted.known):
                yield StoredFeature(json.dumps(as_feature(event), ensure_ascii=False, allow_nan=False), cited(event))

    def event(self, id_: str) -> Event | None:
        row = self.row(id_)
        return None if row is None else self._events([row])[0]

    def site(self, id_: str) -> Site | None:
        return next((site for site in self.sites if site.id == id_), None)

    @functools.lru_cache(maxsize=1_000)  # noqa: B019 - collections are few, and each is asked for the same ids again and again
    def row(self, id_: str) -> int | None:
        from geo.store import queries

        rows = self._engine.rows(queries.row_of(id_))
        return int(rows[0]["row"]) if rows else None

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
        if wanted.without_window() == EventFilter():
            rows = self._in_window(wanted)
        elif (wanted.start, wanted.after) != (None, None):
            # While somebody scrubs, what the other filters let through stays the same.
            rows = self.rows(wanted.without_window()) & self._in_window(wanted)
        else:
            rows = np.zeros(self.total, dtype=bool)
            rows[self._engine.column(self._matching(wanted).select("row"), "row")] = True
        with self._lock:
            self._kept_rows[wanted] = rows
            if len(self._kept_rows) > _KEPT_FILTERS:
                self._kept_rows.popitem(last=False)
        return rows

    def facets(self, wanted: EventFilter, *, most: int) -> dict[str, FacetCounts]:
        return {facet: self._facet(facet, wanted, most) for facet in FACETS}

    def having(self, facet: str, values: frozenset[str]) -> frozenset[str]:
        return values & self._values[facet].keys()

    def within(self, wanted: EventFilter, center: Position, radius_m: float, *, most: int) -> tuple[int, list[InRange]]:
        rows, distances = self._around(center, radius_m)
        kept = self.rows(wanted)[rows]
        rows, distances = rows[kept], distances[kept]
        nearest = rows[distances.argsort(kind="stable")[: most * 2]]
        found = within(self._told(self._events(nearest.tolist()), wanted.known), center, radius_m)
        return len(rows), found[:most]

    def batches(self, size: int) -> Iterator[ColumnBatch]:
        names = ["first", "after", "lon", "lat", "uncertainty_km", "kind", "place_precision"]
        with in_words(self._path):
            table = self._open().read_row_groups(self._groups.of("event"), columns=names)
        for start in range(0, table.num_rows, size):
            part = table.slice(start, size)
            yield ColumnBatch(
                first=part["first"].to_numpy(),
                after=part["after"].to_numpy(),
                lon=part["lon"].to_numpy(),
                lat=part["lat"].to_numpy(),
                uncertainty_km=part["uncertainty_km"].fill_null(0.0).to_numpy(),
                kind=_coded(part["kind"]),
                precision=_coded(part["place_precision"]),
            )

    def labels(self, first: int, most: int) -> list[Event]:
        return self._events(list(range(first, min(first + most, self.total))))

    def told_by(self, ids: Sequence[str], *, most: int) -> dict[str, tuple[int, list[Event]]]:
        from geo.store import queries

        found = self._engine.rows(queries.telling(ids))
        rows: dict[str, list[int]] = {id_: [] for id_ in ids}
        for link in found:
            rows[link["update"]].append(link["row"])
        shown = {id_: list(dict.fromkeys(of_it)) for id_, of_it in rows.items()}
        wanted = sorted({row for of_it in shown.values() for row in of_it[:most]})
        events = dict(zip(wanted, self._events(wanted), strict=True))
        return {id_: (len(of_it), [events[row] for row in of_it[:most]]) for id_, of_it in shown.items()}

    def told_at_all(self) -> int:
        from geo.store import queries

        return int(self._engine.one(queries.told().count()))

    def days(self, *, most: int) -> list[tuple[Moment, int]]:
        return [(Moment(from_minutes(day * 1_440)), number) for day, number in self._days[:most]]

    def sources(self, *, most: int) -> list[tuple[str, str, int]]:
        return self._sources[:most]

    def census(self) -> Census:
        return self._census

    def sample(self, what: str, *, most: int) -> tuple[int, list[Event]]:
        from geo.store import queries

        there = queries.sample(what)
        count = min(1, self.total) if what.startswith("most_") else int(self._engine.one(there.count()))
        order = queries.sample_order(what)
        rows = self._engine.column(there.order_by(order).limit(1 if what.startswith("most_") else most).select("row"), "row")
        return count, self._events(rows.tolist())

    def newest_of_precision(self, precision: str) -> Event | None:
        from geo.store import queries

        row = self._engine.one(queries.newest_of_precision(precision))
        return None if row is None else self._events([row])[0]

    def read_updates(self, ids: Iterable[str]) -> dict[str, Update]:
        """The updates of these ids that there are, in one query."""
        from geo.store import queries

        wanted = list(ids)
        found = self._engine.rows(queries.updates_of(wanted)) if wanted else []
        read = {row["id"]: read_update(json.loads(row["json"]), "") for row in found}
        return {id_: read[id_] for id_ in wanted if id_ in read}

    # What is asked of the engine.

    @cached_property
    def _engine(self) -> Engine:
        from geo.store.engine import Engine

        return Engine(self._path)

    @cached_property
    def _spans(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The first minute and the first one after the span of possible dates, of every event."""
        with in_words(self._path):
            table = self._open().read_row_groups(self._groups.of("event"), columns=["first", "after"])
        return table["first"].to_numpy(), table["after"].to_numpy()

    def _in_window(self, wanted: EventFilter) -> NDArray[np.bool_]:
        """The rows of the window alone: while somebody scrubs, nothing else changes."""
        import numpy as np

        rows = np.ones(self.total, dtype=bool)
        if wanted.after is not None:
            rows &= self._spans[0] < minutes_up(wanted.after)
        if wanted.start is not None:
            rows &= self._spans[1] > minutes(wanted.start)
        return rows

    def _matching(self, wanted: EventFilter) -> Any:
        from geo.store import queries
        from geo.store.engine import as_rows

        told_in = None
        if wanted.known is not None and wanted.told_in:
            told = queries.published_by(wanted.known)
            told_in = frozenset(self._engine.column(told.filter(told.id.isin(sorted(wanted.told_in))).select("id"), "id"))
        words = folded(wanted.text).split()
        near = wanted.near
        return queries.matching(
            wanted,
            queries.Found(
                text=as_rows(self._with_words(tuple(words), wanted.known)) if words else None,
                near=as_rows(self._around((near.lon, near.lat), near.radius_m)[0]) if near else None,
                told_in=told_in,
            ),
        )

    @functools.lru_cache(maxsize=16)  # noqa: B019 - as above
    def _with_words(self, words: tuple[str, ...], known: Moment | None) -> NDArray[np.int64]:
        import numpy as np

        from geo.store import queries

        found = [self._engine.column(queries.with_word(word, known), "row") for word in words]
        return functools.reduce(np.intersect1d, found).astype(np.int64)

    def _around(self, center: Position, radius_m: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The rows whose point is near enough, and how far each is; candidates are those of the latitudes in reach."""
        import numpy as np

        from geo.store import queries

        reach = radius_m / 110_500  # no degree of latitude is shorter
        there = queries.between_latitudes(center[1] - reach, center[1] + reach)
        table = self._engine.table(there)
        rows, lon, lat = (table[name].to_numpy() for name in ("row", "lon", "lat"))
        distances = np.asarray(ellipsoid().inv(np.full(len(rows), center[0]), np.full(len(rows), center[1]), lon, lat)[2], dtype=np.float64)
        near = distances <= radius_m
        return rows[near], distances[near]

    def _facet(self, facet: str, wanted: EventFilter, most: int) -> FacetCounts:
        from geo.store import queries

        every = self._values[facet]
        asked = getattr(wanted, facet)
        there = self._matching(wanted.without(facet))
        pairs = queries.pairs(facet, there, wanted.known)
        if facet == "told_in":
            # The newest are shown whatever they count, and there may be very many: only these are counted.
            ordered = list(islice((id_ for id_ in self.newest_updates if id_ in every), most))
            if len(ordered) < most and len(every) > len(ordered):
                ordered += sorted(every.keys() - set(ordered))[: most - len(ordered)]
            pairs = queries.of_values(pairs, [*ordered, *sorted(asked)])
        counted = {row["value"]: row["number"] for row in self._engine.rows(queries.counts(pairs))}
        if facet != "told_in":
            ordered = sorted(every, key=lambda value: (-counted.get(value, 0), value))[:most]
        kept = dict.fromkeys([*ordered, *sorted(asked)])
        if facet == "told_in":
            self.updates.fetch(kept)
        return FacetCounts(len(every), {value: counted.get(value, 0) for value in kept})

    @cached_property
    def _values(self) -> dict[str, dict[str, None]]:
        from geo.store import queries

        return {facet: dict.fromkeys(self._engine.column(queries.values(facet), "value").tolist()) for facet in FACETS}

    @cached_property
    def newest_updates(self) -> list[str]:
        """The ids of the updates, in the order of the store."""
        from geo.store import queries

        ids: list[str] = self._engine.column(queries.updates().order_by("row").select("id"), "id").tolist()
        return ids

    @cached_property
    def _placed(self) -> NDArray[np.bool_]:
        import numpy as np

        from geo.store import queries

        placed = np.zeros(self.total, dtype=bool)
        placed[self._engine.column(queries.sample("placed").select("row"), "row")] = True
        return placed

    @cached_property
    def _days(self) -> list[tuple[int, int]]:
        from geo.store import queries

        return [(int(row["value"]), row["number"]) for row in self._engine.rows(queries.days())]

    @cached_property
    def _sources(self) -> list[tuple[str, str, int]]:
        from geo.store import queries

        return [(row["source"], row["url"], row["number"]) for row in self._engine.rows(queries.sources())]

    @cached_property
    def _census(self) -> Census:
        from geo.store import queries

        def count(column: str, there: Any = None) -> dict[str, int]:
            return {row["value"]: row["number"] for row in self._engine.rows(queries.census(column, queries.events() if there is None else there))}

        radii = {row["value"]: (row["least"], row["most"]) for row in self._engine.rows(queries.radii())}
        codes: dict[str, DateCodes] = {}
        for row in self._engine.rows(queries.date_codes()):
            codes[row["value"]] = (tuple(sorted(row["acled"])), tuple(sorted(row["ucdp"])))
        places = count("place_precision")
        return Census(
            kinds=count("kind"),
            place_precisions=places,
            date_precisions=count("date_precision"),
            date_bases=count("date_basis"),
            date_codes=codes,
            place_bases=count("place_basis", queries.sample("placed")),
            radii_km=radii,
            unplaced=int((~self._placed).sum()),
            nowhere=self.total - sum(places.values()),
        )

    # What is read from the file.

    def _open(self) -> pq.ParquetFile:
        import pyarrow.parquet as pq

        return pq.ParquetFile(self._path)

    def stream(self, record: str) -> Iterator[str]:
        """The records of a sort in their order, each as its text; some thousands are in memory."""
        with in_words(self._path):
            for batch in self._open().iter_batches(batch_size=_RUN, row_groups=self._groups.of(record), columns=["json"]):
                yield from batch["json"].to_pylist()

    def _texts(self, record: str) -> list[str]:
        with in_words(self._path):
            groups = self._groups.of(record)
            return self._open().read_row_groups(groups, columns=["json"])["json"].to_pylist() if groups else []

    def _runs(self, wanted: EventFilter) -> Iterator[list[tuple[str, list[str]]]]:
        """The records that match as texts with the updates that they cite, some thousands at a time, with those updates at hand."""
        rows = self.rows(wanted)
        row = 0
        with in_words(self._path):
            file = self._open()
            for group in self._groups.of("event"):
                size = file.metadata.row_group(group).num_rows
                if not rows[row : row + size].any():
                    row += size
                    continue
                for batch in file.iter_batches(batch_size=_RUN, row_groups=[group], columns=["json", "cites"]):
                    kept = batch.filter(_as_array(rows[row : row + batch.num_rows]))
                    row += batch.num_rows
                    yield list(zip(kept["json"].to_pylist(), kept["cites"].to_pylist(), strict=True))

    def _events(self, rows: Sequence[int]) -> list[Event]:
        """The events of some rows, in the order of `rows`."""
        from geo.store import queries

        if not rows:
            return []
        found = self._engine.rows(queries.of_rows(rows))
        events = {row["row"]: self._event_of(row["json"]) for row in found}
        return [events[row] for row in rows]

    def _event_of(self, text: str) -> Event:
        feature = read_feature(json.loads(text), "")
        if not isinstance(feature, Event):
            raise StoreError(what="A site stands among the events", where=str(self._path), advice="Convert the store anew.")
        return feature

    def _told(self, events: Sequence[Event], known: Moment | None) -> list[Event]:
        if known is None:
            return list(events)
        self.updates.fetch(id_ for event in events for id_ in cited(event))
        told = (as_known(event, self.updates, known) for event in events)
        return [event for event in told if event is not None]


class _Updates(Mapping[str, Update]):
    """The updates of a collection, each read when it is asked for; some thousands are remembered."""

    def __init__(self, collection: ParquetCollection) -> None:
        self._collection = collection
        self._lock = threading.Lock()
        self._known: OrderedDict[str, Update | None] = OrderedDict()

    def fetch(self, ids: Iterable[str]) -> None:
        """Have these at hand: one query for all of them instead of one each."""
        with self._lock:
            missing = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._known]
        if not missing:
            return
        found = self._collection.read_updates(missing)
        with self._lock:
            self._known.update({id_: found.get(id_) for id_ in missing})
            while len(self._known) > max(_KEPT_UPDATES, len(missing)):
                self._known.popitem(last=False)

    def __getitem__(self, id_: str) -> Update:
        self.fetch((id_,))
        with self._lock:
            update = self._known.get(id_)
        if update is None:
            raise KeyError(id_)
        return update

    def __contains__(self, id_: object) -> bool:
        return isinstance(id_, str) and self.get(id_) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._collection.newest_updates)

    def __len__(self) -> int:
        return len(self._collection.newest_updates)

    def values(self) -> ValuesView[Update]:
        """All of them in order, some thousands read at a time."""
        return _Streamed(self)

    def items(self) -> ItemsView[str, Update]:
        """All of them in order, some thousands read at a time."""
        return _StreamedItems(self)

    def in_order(self) -> Iterator[Update]:
        """All of them in order, some thousands read at a time and none remembered."""
        return (read_update(json.loads(text), "") for text in self._collection.stream("update"))


class _Streamed(ValuesView[Update]):
    def __init__(self, updates: _Updates) -> None:
        super().__init__(updates)
        self._updates = updates

    def __iter__(self) -> Iterator[Update]:
        return self._updates.in_order()


class _StreamedItems(ItemsView[str, Update]):
    def __init__(self, updates: _Updates) -> None:
        super().__init__(updates)
        self._updates = updates

    def __iter__(self) -> Iterator[tuple[str, Update]]:
        return ((update.id, update) for update in self._updates.in_order())


@dataclass(frozen=True)
class _Groups:
    """The row groups of a file by the sort of their records, each with its number and its rows."""

    of_sort: Mapping[str, tuple[tuple[int, int], ...]]

    def of(self, record: str) -> list[int]:
        return [number for number, _ in self.of_sort.get(record, ())]

    def total(self, record: str) -> int:
        return sum(rows for _, rows in self.of_sort.get(record, ()))


def _groups(file: pq.ParquetFile) -> _Groups:
    """Raises ValueError if a row group holds records of two sorts, or the columns are others."""
    column = file.schema_arrow.get_field_index("record")
    found: dict[str, list[tuple[int, int]]] = {}
    for number in range(file.metadata.num_row_groups):
        group = file.metadata.row_group(number)
        statistics = group.column(_leaf(file, "record")).statistics
        if column < 0 or statistics is None or statistics.min != statistics.max:
            raise ValueError("its row groups are mixed")
        found.setdefault(statistics.min, []).append((number, group.num_rows))
    return _Groups({record: tuple(groups) for record, groups in found.items()})


def _footer(path: Path) -> bytes:
    """The bytes of the footer (Parquet format, "File format"): its length stands in four bytes before the last four."""
    with path.open("rb") as file:
        file.seek(-8, 2)
        length = int.from_bytes(file.read(4), "little")
        file.seek(-8 - length, 2)
        return file.read(length)


def _leaf(file: pq.ParquetFile, name: str) -> int:
    """The number of a column among the leaves of the file's schema."""
    return next(index for index in range(len(file.schema)) if file.schema.column(index).path == name)


def _coded(column: Any) -> Coded:
    """A column that stands as a dictionary; what is null becomes the text ""."""
    array = column.combine_chunks()
    array = array.unify_dictionaries() if hasattr(array, "unify_dictionaries") else array
    array = array.chunk(0) if hasattr(array, "chunk") else array
    values = [*array.dictionary.to_pylist(), ""]
    return Coded(array.indices.fill_null(len(values) - 1).to_numpy(zero_copy_only=False).astype("int64"), values)


def _as_array(rows: NDArray[np.bool_]) -> Any:
    import pyarrow as pa

    return pa.array(rows)


@contextlib.contextmanager
def in_words(path: Path) -> Iterator[None]:
    """What goes wrong with a file, as StoreError."""
    import pyarrow as pa

    try:
        yield
    except StoreError:
        raise
    except FileNotFoundError as error:
        advice = "Check the path, or unset DATELINE_STORE to see the events that come with Dateline."
        raise StoreError(what="There is no such file", where=str(path), advice=advice) from error
    except (OSError, pa.ArrowException, ValueError, KeyError, StopIteration, InvalidInput) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        advice = "Convert it anew with `python -m geo convert`, or restore a backup."
        raise StoreError(what=f"This is no GeoParquet store that can be read: {reason}", where=str(path), advice=advice) from error
