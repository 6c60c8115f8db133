"""Adding records to a GeoParquet store: what is there is streamed into the new file, with the new records in their places."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.filters import EventFilter
from geo.geojson import SCHEMA, read_feature
from geo.model import Event, Site, Update
from geo.store.adding import Added, Given, Held, choose, site_feature
from geo.store.atomic import sweep
from geo.store.base import EventCollection
from geo.store.locking import locked
from geo.store.parquet_collection import ParquetCollection
from geo.store.parquet_file import ParquetStore
from geo.store.parquet_reading import in_words
from geo.store.parquet_writing import write_parquet
from geo.store.texts import cited


def add_to_parquet(path: Path, given: Given) -> Added:
    """Add records to the store at `path`. The file is written anew beside the old one, and takes its place; no history is kept. Raises StoreError."""
    target = path.resolve()
    with locked(target, wait_s=given.wait_s):
        sweep(target)
        there = ParquetStore(target).snapshot() if target.exists() else None
        chosen = choose(given, held_by_parquet(target, given), {})
        if (there is not None and not chosen.changes) or (given.strict and chosen.refused):
            return chosen.nothing()
        fresh = sorted(chosen.events, key=_order)
        write_parquet(
            target,
            events=heapq.merge(_events(there), fresh, key=_order) if there is not None else fresh,
            sites=[*(there.sites if there is not None else ()), *map(_whole, chosen.sites)],
            updates=_newest_first(there, chosen.updates),
            about=there.about if there is not None else {**given.about, "schema": SCHEMA},
            retracted=there.retracted if there is not None else (),
            members=there.members if there is not None else {},
        )
        return chosen.added(created=there is None, revision=ParquetStore(target).snapshot().revision)


def _whole(site: Site) -> Site:
    return site if site.feature else replace(site, feature=site_feature(site))


def _order(event: Event) -> tuple[Any, ...]:
    return event.first, event.after, event.id


def _events(there: EventCollection) -> Iterator[Event]:
    return (cast(Event, read_feature(json.loads(one.text), "")) for one in there.features(EventFilter()))


def _newest_first(there: ParquetCollection | None, fresh: tuple[Update, ...]) -> Iterator[Update]:
    """Both together; the store's own order stays as it is where it is another."""
    old = there.updates.values() if there is not None else ()
    return heapq.merge(old, fresh, key=lambda update: update.published.at, reverse=True)


def held_by_parquet(path: Path, given: Given) -> Held:
    """What the store at `path`, if there is one, has of what is given, or of what that cites. The file is passed through once. Raises StoreError."""
    ids = {record.id for several in (given.events, given.updates, given.sites) for record in several}
    ids |= {id_ for event in given.events for id_ in cited(event)} | {id_ for site in given.sites for id_ in site.updates}
    ids |= {ring.update for site in given.sites for ring in site.rings if ring.update}
    wanted = pa.array(sorted(ids), type=pa.string())
    held: dict[tuple[str, str], Any] = {}
    if path.exists():
        with in_words(path):
            for batch in pq.ParquetFile(path).iter_batches(columns=["record", "id", "json"]):
                found = batch.filter(pc.is_in(batch["id"], value_set=wanted))
                for record, id_, text in zip(*(found[name].to_pylist() for name in ("record", "id", "json")), strict=True):
                    held["updates" if record == "update" else "features", id_] = json.loads(text)
    return lambda member, id_: held.get((member, id_))
