"""The updates of a GeoParquet store as a mapping whose values are read when they are asked for."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Container, ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView

from geo.geojson import read_update
from geo.model import Update
from geo.store.engine import Engine
from geo.store.parquet_reading import ParquetRecords

_KEPT = 20_000


class ParquetUpdates(Mapping[str, Update]):
    """The updates by id, in the order of the store; some thousands are remembered. Every method may raise StoreError."""

    def __init__(self, records: ParquetRecords, engine: Engine) -> None:
        self._records, self._engine = records, engine
        self._lock = threading.Lock()
        self._known: OrderedDict[str, Update | None] = OrderedDict()
        self._ids: dict[int, str] = {}
        """By row, the ids of those that are remembered, and of some that were."""

    def fetch(self, ids: Iterable[str]) -> None:
        """Have these at hand: two queries for all of them instead of two each."""
        with self._lock:
            missing = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._known]
        if missing:
            found = {update.id: update for update in self.of_rows(list(self.rows_of(missing).values()))}
            self._keep({id_: found.get(id_) for id_ in missing})

    def fetch_rows(self, rows: Sequence[int]) -> None:
        """As `fetch`, for whoever knows their rows: of a large store quicker, since no id has to be looked for."""
        with self._lock:
            missing = [row for row in rows if self._ids.get(row) not in self._known]
        self.of_rows(missing)

    def of_rows(self, rows: Sequence[int]) -> list[Update]:
        """The updates of some rows in that order."""
        if not rows:
            return []
        found = self._engine.rows("updates_of_rows", first=min(rows), last=max(rows), rows=list(rows))
        read = {row: read_update(json.loads(text), "") for row, _, text in found}
        self._keep({update.id: update for update in read.values()})
        with self._lock:
            if len(self._ids) > 2 * _KEPT:
                self._ids.clear()
            self._ids.update((row, update.id) for row, update in read.items())
        return [read[row] for row in rows]

    def rows_of(self, ids: Iterable[str]) -> dict[str, int]:
        """The rows of those of some ids that are an update's."""
        wanted = list(ids)
        return {id_: row for row, id_ in self._engine.rows("rows_of_updates", ids=wanted)} if wanted else {}

    def read(self, ids: Iterable[str]) -> dict[str, Update]:
        """The updates of these ids that there are."""
        wanted = list(dict.fromkeys(ids))
        self.fetch(wanted)
        return {id_: update for id_ in wanted if (update := self.get(id_)) is not None}

    def texts(self, ids: Container[str]) -> Iterator[str]:
        """The records of some updates as they stand, in the order of the store."""
        for batch in self._records.batches("update", "id", "json"):
            yield from (text for id_, text in zip(batch["id"].to_pylist(), batch["json"].to_pylist(), strict=True) if id_ in ids)

    def _keep(self, found: Mapping[str, Update | None]) -> None:
        with self._lock:
            self._known.update(found)
            while len(self._known) > max(_KEPT, len(found)):
                self._known.popitem(last=False)

    def __getitem__(self, id_: str) -> Update:
        with self._lock:
            known, update = id_ in self._known, self._known.get(id_)
        if not known:
            self.fetch((id_,))
            with self._lock:
                update = self._known.get(id_)
        if update is None:
            raise KeyError(id_)
        return update

    def __contains__(self, id_: object) -> bool:
        return isinstance(id_, str) and self.get(id_) is not None

    def __iter__(self) -> Iterator[str]:
        for batch in self._records.batches("update", "id"):
            yield from batch["id"].to_pylist()

    def __len__(self) -> int:
        return self._records.total("update")

    def values(self) -> ValuesView[Update]:
        """All of them in order, some thousands read at a time."""
        return _Streamed(self)

    def items(self) -> ItemsView[str, Update]:
        """All of them in order, some thousands read at a time."""
        return _StreamedItems(self)

    def in_order(self) -> Iterator[Update]:
        """All of them in order, some thousands read at a time and none remembered."""
        for batch in self._records.batches("update", "json"):
            yield from (read_update(json.loads(text), "") for text in batch["json"].to_pylist())


class _Streamed(ValuesView[Update]):
    def __init__(self, updates: ParquetUpdates) -> None:
        super().__init__(updates)
        self._updates = updates

    def __iter__(self) -> Iterator[Update]:
        return self._updates.in_order()


class _StreamedItems(ItemsView[str, Update]):
    def __init__(self, updates: ParquetUpdates) -> None:
        super().__init__(updates)
        self._updates = updates

    def __iter__(self) -> Iterator[tuple[str, Update]]:
        return ((update.id, update) for update in self._updates.in_order())
