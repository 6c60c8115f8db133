"""What a browser tab is looking at, and the keys under which its session keeps it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from geo.filters import EventFilter
from geo.rings import RingRequest
from geo.settings import from_environment
from geo.store import EventStore, open_store

if TYPE_CHECKING:  # a reader needs nothing of editing, and starts sooner
    from geo.ui.edit_session import Editing, Note

Mode = Literal["window", "cumulative"]

_VIEW = "view"
_CHANNEL = "channel"
_MAP_START = "map_start"
_DEPARTURE = "departure"
_IMPORTING = "importing"
_REVIEW = "review"
_EDITING = "editing"
_NOTE = "note"
_RECORD = "history_record"
_LENGTH = "history_length"


@dataclass(frozen=True)
class MapPosition:
    """Where the map is: zoom level, and longitude and latitude of its centre in degrees (WGS84)."""

    zoom: float
    lon: float
    lat: float


@dataclass(frozen=True)
class MapStart:
    """What the map was built with when the page was entered. It must not change while the page is open, or the browser would load it anew."""

    position: MapPosition | None
    columns: str
    labels: str
    base: str


@dataclass(frozen=True)
class View:
    """Everything that makes up what is on the screen.

    `version` counts the changes of the window that Python made itself; the scrubber takes over the window when it has grown, unless it has told a
    newer one than number `heard`, the last that came. `zoom_to` is the last request to move the map, numbered so that each is obeyed once. `edit`
    names what is being edited, as `geo.ui.edit_session.name_of` does. `faults` are the parts of the address that could not be read.
    """

    wanted: EventFilter = field(default_factory=EventFilter)
    mode: Mode = "window"
    event: str | None = None
    rings: tuple[RingRequest, ...] = ()
    store_rings: bool = True
    map: MapPosition | None = None
    base: str = "offline"
    version: int = 0
    heard: int = 0
    zoom_to: tuple[int, Literal["all", "selected", "edit"]] | None = None
    page: int = 0
    newest_first: bool = True
    tab: Literal["events", "rings", "edit"] = "events"
    edit: str | None = None
    arm: bool = False
    point: tuple[float, float] | None = None
    ring_fault: str = ""
    faults: tuple[str, ...] = ()


def current() -> View:
    """The view of this session; a fresh one shows everything."""
    view: View = st.session_state.get(_VIEW) or View()
    return view


def has_view() -> bool:
    """Whether this session has looked at anything yet."""
    return _VIEW in st.session_state


def start(view: View) -> None:
    """Begin with what the address asks for."""
    st.session_state[_VIEW] = view


def is_entering_map() -> bool:
    """Whether the map page has only just been come to."""
    return _MAP_START not in st.session_state


def enter_map(*, columns: str, labels: str) -> MapStart:
    """What the map of this stay on the page is built with."""
    if is_entering_map():
        view = current()
        st.session_state[_MAP_START] = MapStart(view.map, columns, labels, view.base)
    map_start: MapStart = st.session_state[_MAP_START]
    return map_start


def leave_map() -> None:
    """The map page is not on the screen; the next visit builds its map where this one left off."""
    st.session_state.pop(_MAP_START, None)


def editing() -> Editing | None:
    """What this tab is editing."""
    found: Editing | None = st.session_state.get(_EDITING)
    return found


def set_editing(editing: Editing | None) -> None:
    """Edit that, or nothing."""
    st.session_state[_EDITING] = editing


def note() -> Note | None:
    """What is to be said of the last write, until the next one."""
    found: Note | None = st.session_state.get(_NOTE)
    return found


def set_note(note: Note | None) -> None:
    """Say that of the last write, or nothing any more."""
    st.session_state[_NOTE] = note


def history_record() -> str | None:
    """The id of the one record that the history is looked at for."""
    found: str | None = st.session_state.get(_RECORD)
    return found


def set_history_record(id_: str | None) -> None:
    """Look at the history of that record, or of all."""
    st.session_state[_RECORD] = id_


def history_length(default: int) -> int:
    """How many changes the history page shows."""
    found: int = st.session_state.get(_LENGTH, default)
    return found


def set_history_length(count: int) -> None:
    """Show that many."""
    st.session_state[_LENGTH] = count


def depart(to: Literal["map", "history"] = "map") -> None:
    """Ask for another page at the end of this run."""
    st.session_state[_DEPARTURE] = to


def take_departure() -> str | None:
    """The page that was asked for, if one was; asks once."""
    found: str | None = st.session_state.pop(_DEPARTURE, None)
    return found


def update(**changes: Any) -> None:
    """Change parts of the view."""
    st.session_state[_VIEW] = replace(current(), **changes)


def set_window(wanted: EventFilter, **changes: Any) -> None:
    """Change the window from Python's side, so that the scrubber follows."""
    update(wanted=wanted, version=current().version + 1, **changes)


def channel() -> str:
    """The name of this session's channel between page and map; other tabs and sessions have another."""
    if _CHANNEL not in st.session_state:
        st.session_state[_CHANNEL] = f"dateline-{secrets.token_hex(8)}"
    return str(st.session_state[_CHANNEL])


def component_value(key: str, name: str) -> Any:
    """What one of our components last said under `name`; None if nothing."""
    values = st.session_state.get(key)
    return values.get(name) if isinstance(values, Mapping) else None


def store() -> EventStore:
    """The store that the environment names, one handle for the whole process."""
    return open_store(from_environment(os.environ).store)


def importing() -> Any:
    """What this session brings in (`geo.ui.import_session.Importing`); None if nothing."""
    return st.session_state.get(_IMPORTING)


def set_importing(value: Any) -> None:
    """Bring that in, or nothing any more."""
    st.session_state[_IMPORTING] = value


def review() -> Any:
    """What this session looks at on the Review page (`geo.ui.review_session.Review`); None at first."""
    return st.session_state.get(_REVIEW)


def set_review(value: Any) -> None:
    """Look at that."""
    st.session_state[_REVIEW] = value
