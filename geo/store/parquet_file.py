"""The store in one GeoParquet file: as large as the disk, read by those who ask for a part of it."""

from __future__ import annotations

import threading
from pathlib import Path

from geo.errors import StoreError
from geo.store.parquet_collection import ParquetCollection
from geo.store.parquet_reading import in_words
from geo.store.stamp import Stamp, now_ns


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
