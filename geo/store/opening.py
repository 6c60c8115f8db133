"""Which engine a store has, by its file's name."""

from __future__ import annotations

import functools
import shlex
from pathlib import Path

from geo.store.base import EventStore
from geo.store.geojson_file import GeoJSONFileStore
from geo.store.parquet_file import ParquetStore

PARQUET = (".parquet", ".geoparquet")


@functools.cache
def open_store(path: Path) -> EventStore:
    """The store at `path`, one for the whole process: GeoParquet by its suffix, else GeoJSON. Nothing is read before the first snapshot."""
    return ParquetStore(path) if is_parquet(path) else GeoJSONFileStore(path)


def is_parquet(path: Path) -> bool:
    """Whether a file of this name is a GeoParquet store."""
    return path.suffix.lower() in PARQUET


def conversion(path: Path) -> str:
    """The command that makes a GeoJSON store, which can be edited, of the GeoParquet store at `path`."""
    return shlex.join(["python", "-m", "geo", "convert", path.name, path.with_suffix(".geojson").name])
