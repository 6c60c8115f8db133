"""A store as one of the other kind: everything that it holds, and writing that as GeoJSON or as GeoParquet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import Problem, StoreError
from geo.filters import EventFilter
from geo.geojson import SCHEMA, as_update, read_feature
from geo.model import Event, Site, Update
from geo.store.access import Editor, authorise, check_signature, editors_may
from geo.store.adding import raw_document, site_feature
from geo.store.assembling import document_chunks
from geo.store.atomic import sweep
from geo.store.geojson_file import MAX_BYTES, read_document
from geo.store.locking import locked
from geo.store.opening import is_parquet
from geo.store.reading import bytes_of
from geo.store.writing import StoreWriter

_OWN = ("type", "dateline", "updates", "features")


@dataclass(frozen=True)
class Held:
    """All that a store holds. `events` are in the order of time, and may be a stream: they come once.

    `members` are those of the collection that Dateline does not know. `unreadable` says what is wrong with the `left_out` records that are in none
    of the others.
    """

    events: Iterable[Event]
    total: int
    retracted: tuple[Event, ...]
    sites: tuple[Site, ...]
    updates: Mapping[str, Update]
    about: Mapping[str, Any]
    members: Mapping[str, Any]
    unreadable: tuple[Problem, ...] = ()
    left_out: int = 0


def held_in(path: Path) -> Held:
    """What the store at `path` holds. Raises StoreError."""
    return _held_in_parquet(path) if is_parquet(path) else _held_in_geojson(path)


def _held_in_geojson(path: Path) -> Held:
    body = bytes_of(path, most=MAX_BYTES)
    if body is None:
        raise StoreError(what="There is no such file", where=str(path), advice="Check the path.")
    there = read_document(body, where=str(path))
    members = {name: value for name, value in raw_document(body, where=str(path)).items() if name not in _OWN}
    return Held(there.events, there.total, there.retracted, there.sites, there.updates, there.about, members, there.set_aside, there.left_out)


def _held_in_parquet(path: Path) -> Held:
    from geo.store.parquet_file import ParquetStore

    there = ParquetStore(path).snapshot()
    return Held(_streamed(there), there.total, there.retracted, there.sites, there.updates, there.about, there.members)


def _streamed(there: Any) -> Iterator[Event]:
    for one in there.features(EventFilter()):
        event = read_feature(json.loads(one.text), "")
        if isinstance(event, Event):
            yield event


def write_parquet_store(held: Held, events: Iterable[Event], path: Path, *, by: Editor, why: str, read_only: bool, replace: bool) -> None:
    """Write a GeoParquet store. Raises NotAllowed, StoreError; then a file that is there stays as it is."""
    from geo.store.parquet_writing import write_parquet

    authorise(by, ("replace" if replace else "create",), may=editors_may, read_only=read_only)
    check_signature(by, why)
    target = path.resolve()
    with locked(target):
        sweep(target)
        _refuse_to_replace(target, replace=replace)
        write_parquet(
            target,
            events=events,
            sites=held.sites,
            updates=held.updates.values(),
            about=held.about,
            retracted=held.retracted,
            members=held.members,
        )


def write_geojson_store(held: Held, events: Iterable[Event], path: Path, *, by: Editor, why: str, read_only: bool, replace: bool) -> None:
    """Write a GeoJSON store through the one writing path, so that what it replaces stays in the history. Raises as `StoreWriter`."""
    about = dict(held.about) | {"schema": SCHEMA}
    features = (_feature(one) for several in (events, held.retracted, held.sites) for one in several)
    members = {"type": "FeatureCollection", "dateline": about, **held.members}
    body = b"".join(_bounded(document_chunks(members, map(as_update, held.updates.values()), features), path))
    writer = StoreWriter(path, read_only=read_only)
    if replace and path.exists():
        writer.replace(body, by=by, why=why)
    else:
        writer.create(about, by=by, why=why, body=body)


def _refuse_to_replace(path: Path, *, replace: bool) -> None:
    if path.exists() and not replace:
        raise StoreError(what="There is a file already", where=str(path), advice="Nothing was changed. Give another name.")


def _feature(record: Event | Site) -> Mapping[str, Any]:
    return record.feature if isinstance(record, Event) else site_feature(record)


def _bounded(chunks: Iterable[bytes], path: Path) -> Iterator[bytes]:
    written = 0
    for chunk in chunks:
        written += len(chunk)
        if written > MAX_BYTES:
            what = f"As GeoJSON the store would have more than {MAX_BYTES:,} bytes, and could not be opened"
            advice = "Nothing was changed. Keep it as GeoParquet; `python -m geo export` writes a part of it as GeoJSON."
            raise StoreError(what=what, where=str(path), advice=advice)
        yield chunk
