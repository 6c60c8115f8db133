"""The updates page put together: the live blog, and the ways from it to the map."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from geo.store import EventCollection
from geo.ui import actions, frame, state
from geo.ui.update_data import update_data
from geo.ui.updates_view import updates_view


def draw(collection: EventCollection) -> None:
    """Draw the updates; a click on an event or on all of an update's events leads to the map."""
    state.leave_map()
    data = update_data(collection, newest_first=state.current().newest_first, focus=st.query_params.get("update"))
    with st.container(key="updates"):
        updates_view(
            data=data,
            on_order=lambda newest: state.update(newest_first=newest),
            on_event=lambda id_: _to_map(actions.show_event, id_, collection),
            on_update=lambda id_: _to_map(actions.show_update, id_),
        )
    # A callback may not switch the page itself.
    if state.take_departure() == "map":
        st.switch_page(frame.map_page())


def _to_map(change: Callable[..., None], *what: Any) -> None:
    change(*what)
    state.depart()
