"""Where events are kept: the protocol and its engines."""

from geo.store.base import EventCollection, EventStore
from geo.store.geojson_file import GeoJSONFileStore, read_document
from geo.store.opening import open_store
from geo.store.snapshot import Snapshot

__all__ = ["EventCollection", "EventStore", "GeoJSONFileStore", "Snapshot", "open_store", "read_document"]
