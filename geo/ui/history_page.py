"""The history page put together: the changes, and what can be done about them by whoever may."""

from __future__ import annotations

import os

import streamlit as st

from geo.errors import StoreError
from geo.settings import from_environment
from geo.store import EventCollection
from geo.store.history import History
from geo.store.opening import conversion, is_parquet
from geo.ui import actions, edit_actions, frame, state, who
from geo.ui.component import mount
from geo.ui.edit_data import note_data
from geo.ui.history_data import PER_PAGE, history_data
from geo.ui.state import component_value

KEY = "history_view"
_MOST = 4_000


def draw(collection: EventCollection) -> None:
    """Draw the changes of the record that the address or the map page names, or of all."""
    state.leave_map()
    if "record" in st.query_params:
        state.set_history_record(st.query_params["record"][:1_000] or None)
        del st.query_params["record"]
    can_edit = who.can_edit()
    history = History(from_environment(os.environ).store.resolve())
    fault = ""
    try:
        data = history_data(history, collection, record=state.history_record(), most=state.history_length(PER_PAGE), can_edit=can_edit)
    except StoreError as error:
        fault = f"{error.what}. {error.advice}"
        data = {"record": None, "entries": [], "more": False, "behind": False, "can_edit": False, "store": collection.revision}
    with st.container(key="history"):
        mount(
            "history_view",
            scripts=("panel.js", "edit_note_line.js", "history_view.js"),
            styles=("edit_note.css", "history_view.css"),
            key=KEY,
            data=data | {"fault": fault, "note": note_data(state.note()), "why": _why_none()},
            on_act_change=lambda: told(component_value(KEY, "act"), collection),
        )
    # A callback may not switch the page itself.
    if state.take_departure() == "map":
        st.switch_page(frame.map_page())


def _why_none() -> str | None:
    """Why a store has no history at all, and how it gets one."""
    store = from_environment(os.environ).store
    if not is_parquet(store):
        return None
    return f"A GeoParquet store keeps no history. A GeoJSON store does: “{conversion(store)}” makes one of it."


def told(message: object, collection: EventCollection) -> None:
    """Do what a message of the page asks for; what is no known message is passed over."""
    if not isinstance(message, dict):
        return
    match message:
        case {"do": "undo", "number": int(number), "why": str(why)} if not isinstance(number, bool):
            edit_actions.undo(number, why)
        case {"do": "undo", "number": int(number)} if not isinstance(number, bool):
            edit_actions.undo(number)
        case {"do": "restore", "revision": str(revision), "seen": str(seen), "why": str(why)}:
            edit_actions.restore(revision, seen, why)
        case {"do": "record", "id": str() | None as id_}:
            state.set_history_record(id_)
            state.set_note(None)
        case {"do": "more"}:
            state.set_history_length(min(state.history_length(PER_PAGE) + PER_PAGE, _MOST))
        case {"do": "event", "id": str(id_)}:
            actions.show_event(id_, collection)
            state.set_note(None)
            state.depart()
        case {"do": "hush"}:
            state.set_note(None)
