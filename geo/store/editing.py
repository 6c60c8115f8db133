"""Everything that whoever edits a store needs, from one place. Readers do not import it, and start sooner."""

from geo.store.access import Editor
from geo.store.changes import (
    AddEvent,
    AddSite,
    AddUpdate,
    ChangeEvent,
    ChangeSite,
    ChangeUpdate,
    MoveEvent,
    ReinstateEvent,
    RetireSite,
    RetractEvent,
    retraction_of,
)
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
    "MoveEvent",
    "ReinstateEvent",
    "RetireSite",
    "RetractEvent",
    "StoreWriter",
    "Written",
    "merge",
    "retraction_of",
    "version_of",
]
