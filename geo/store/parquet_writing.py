"""Writing a GeoParquet store, a row group at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.model import Event, Site, Update
from geo.moments import minutes
from geo.store.atomic import replacing
from geo.store.parquet_schema import FIELDS, event_table, file_metadata, site_table, update_table

ROW_GROUP = 65_536
_Item = TypeVar("_Item")


def write_parquet(
    path: Path,
    *,
    events: Iterable[Event],
    sites: Sequence[Site] = (),
    updates: Iterable[Update] = (),
    about: Mapping[str, Any] | None = None,
    retracted: Sequence[Event] = (),
    members: Mapping[str, Any] | None = None,
) -> int:
    """Write a store whole and give the number of its events, which have to come in the order (`first`, `after`, `id`).

    `retracted` are the events that no longer count, and `members` those of the collection that Dateline does not know. Of the events a row group at
    a time is in memory. The old file stays until the new one is there. Raises StoreError if it cannot be written, and ValueError, with nothing
    changed, if the events are in another order.
    """
    told = list(updates)
    published = {update.id: minutes(update.published.at) for update in told}
    box = _Box()
    count = 0
    with replacing(path) as file, pq.ParquetWriter(file, FIELDS, compression="zstd", store_schema=True) as writer:
        last: tuple[Any, ...] = ()
        for run in _runs(events):
            for event in run:
                key = (event.first, event.after, event.id)
                if last and key < last:
                    raise ValueError(f"the event {event.id!r} comes after a later one")
                last = key
            table = event_table(run, count, published)
            box.take(table)
            writer.write_table(table, row_group_size=ROW_GROUP)
            count += len(run)
        for start in range(0, len(retracted), ROW_GROUP):
            table = event_table(retracted[start : start + ROW_GROUP], start, published, record="retracted")
            box.take(table)
            writer.write_table(table, row_group_size=ROW_GROUP)
        if sites:
            table = site_table(sites)
            box.take(table)
            writer.write_table(table, row_group_size=ROW_GROUP)
        for start in range(0, len(told), ROW_GROUP):
            writer.write_table(update_table(told[start : start + ROW_GROUP], start), row_group_size=ROW_GROUP)
        writer.add_key_value_metadata(file_metadata(about or {}, box.corners, members or {}))
    return count


class _Box:
    """The bounding box of all points."""

    def __init__(self) -> None:
        self.corners: tuple[float, float, float, float] | None = None

    def take(self, table: pa.Table) -> None:
        lon, lat = pc.min_max(table["lon"]).as_py(), pc.min_max(table["lat"]).as_py()
        if lon["min"] is None:
            return
        west, south, east, north = self.corners or (lon["min"], lat["min"], lon["max"], lat["max"])
        self.corners = (min(west, lon["min"]), min(south, lat["min"]), max(east, lon["max"]), max(north, lat["max"]))


def _runs(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    left = iter(items)
    while run := list(islice(left, ROW_GROUP)):
        yield run
