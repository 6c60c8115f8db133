"""Where events are kept: the protocol and its engines, and the one way to write."""

from geo.store.access import Editor
from geo.store.base import EventStore, Snapshot
from geo.store.changes import (
    AddEvent,
    AddSite,
    AddUpdate,
    ChangeEvent,
    ChangeSite,
    ChangeUpdate,
    MoveEvent,
    ReinstateEvent,
    RetractEvent,
    retraction_of,
)
from geo.store.geojson_file import GeoJSONFileStore, open_store, read_document
from geo.store.json_text import version_of
from geo.store.merging import merge
from geo.store.writing import StoreWriter, Written

__all__ = [
    "AddEvent",
    "AddSite",
    "AddUpdate",
    "ChangeEvent",
    "ChangeSite",
    "ChangeUpdate",
    "Editor",
    "EventStore",
    "GeoJSONFileStore",
    "MoveEvent",
    "ReinstateEvent",
    "RetractEvent",
    "Snapshot",
    "StoreWriter",
    "Written",
    "merge",
    "open_store",
    "read_document",
    "retraction_of",
    "version_of",
]
