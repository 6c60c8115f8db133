"""The side of the map page: the events or the rings; and of the events the list, or the detail of what is chosen."""

from __future__ import annotations

import streamlit as st

from geo.model import Event
from geo.store import Snapshot
from geo.ui import actions, state
from geo.ui.detail import event_detail
from geo.ui.event_list import event_list
from geo.ui.present import detail_data, list_data, neighbours_of
from geo.ui.state import View


def draw(snapshot: Snapshot, shown: list[Event], view: View) -> None:
    """Draw the side for `view`; `shown` are the events that the map shows, too."""
    chosen = snapshot.event(view.event) if view.event else None
    if chosen is not None:
        with st.container(key="detail"):
            _detail(snapshot, shown, view, chosen)
    else:
        with st.container(key="event_list"):
            _list(snapshot, shown, view)


def _list(snapshot: Snapshot, shown: list[Event], view: View) -> None:
    event_list(
        data=list_data(shown, selected=view.event, page=view.page, newest_first=view.newest_first, stored=len(snapshot.events)),
        on_select=actions.choose,
        on_page=lambda page: state.update(page=page),
        on_sort=lambda newest: state.update(newest_first=newest, page=0),
        on_clear=actions.clear_all,
    )


def _detail(snapshot: Snapshot, shown: list[Event], view: View, chosen: Event) -> None:
    neighbours = neighbours_of(shown, chosen.id, newest_first=view.newest_first)
    event_detail(
        data=detail_data(snapshot, chosen, neighbours=neighbours, known=view.wanted.known),
        on_close=actions.close_detail,
        on_select=actions.choose,
        on_zoom=lambda: actions.zoom_to("selected"),
        on_ring=lambda: state.update(tab="rings"),
    )
