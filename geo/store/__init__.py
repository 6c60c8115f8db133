"""Where events are kept: the protocol and its engines."""

from geo.store.base import EventStore, Snapshot
from geo.store.geojson_file import GeoJSONFileStore, open_store, read_document

__all__ = ["EventStore", "GeoJSONFileStore", "Snapshot", "open_store", "read_document"]
