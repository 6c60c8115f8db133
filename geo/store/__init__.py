"""Where events are kept: the protocol and its engines, and the one way to write."""

from geo.store.access import Editor
from geo.store.base import EventCollection, EventStore
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
from geo.store.geojson_file import GeoJSONFileStore, read_document
from geo.store.json_text import version_of
from geo.store.merging import merge
from geo.store.opening import open_store
from geo.store.snapshot import Snapshot
from geo.store.writing import StoreWriter, Written

__all__ = [
    "AddEvent",
    "AddSite",
    "AddUpdate",
    "ChangeEvent",
    "ChangeSite",
    "ChangeUpdate",
    "Editor",
    "EventCollection",
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
