"""The side of the map page: the events or the rings; and of the events the list, or the detail of what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.model import Event
from geo.store import EventCollection
from geo.ui import actions, state, who
from geo.ui.component import mount
from geo.ui.detail import event_detail
from geo.ui.edit_panel import edit_panel, note_line
from geo.ui.event_list import event_list
from geo.ui.present import detail_data, list_data
from geo.ui.ring_data import read_draw, ring_data, without_ring
from geo.ui.ring_tool import ring_tool
from geo.ui.state import View, component_value

if TYPE_CHECKING:
    from geo.ui.edit_session import Editing

_TABS = "side_tabs_view"


def draw(collection: EventCollection, shown: int, view: View, editing: Editing | None = None) -> None:
    """Draw the side for `view`; `shown` is the number of events that the map shows, too, and `editing` what is being edited."""
    can_edit = who.can_edit()
    offers_editing = can_edit or who.providers() is not None or who.why_only_read() is not None
    with st.container(key="side_tabs"):
        _tabs(collection, view, shown, offers_editing=offers_editing)
    chosen = collection.event(view.event) if view.event else None
    if view.tab == "edit" and offers_editing:
        with st.container(key="edit"):
            edit_panel(collection, editing, view, can_edit=can_edit)
        return
    if can_edit:
        note_line()
    if view.tab == "rings":
        with st.container(key="rings"):
            _rings(collection, view)
    elif chosen is not None:
        with st.container(key="detail"):
            _detail(collection, view, chosen, can_edit)
    else:
        with st.container(key="event_list"):
            _list(collection, view)


def _tabs(collection: EventCollection, view: View, count: int, *, offers_editing: bool) -> None:
    def turned() -> None:
        wanted = component_value(_TABS, "tab")
        state.set_note(None)
        state.update(tab=wanted if wanted in ("rings", "edit") else "events", arm=False, ring_fault="")

    rings = len(view.rings) + (sum(len(site.rings) for site in collection.sites) if view.store_rings else 0)
    tabs: list[dict[str, Any]] = [{"name": "events", "label": "Events", "count": count}, {"name": "rings", "label": "Range rings", "count": rings}]
    tabs += [{"name": "edit", "label": "Edit", "count": None}] if offers_editing else []
    mount(
        "side_tabs",
        scripts=("side_tabs.js",),
        styles=("side_tabs.css",),
        key=_TABS,
        data={"tab": view.tab if offers_editing or view.tab != "edit" else "events", "tabs": tabs},
        on_tab_change=turned,
    )


def _list(collection: EventCollection, view: View) -> None:
    event_list(
        data=list_data(collection, view.wanted, selected=view.event, page=view.page, newest_first=view.newest_first),
        on_select=actions.choose,
        on_page=lambda page: state.update(page=page),
        on_sort=lambda newest: state.update(newest_first=newest, page=0),
        on_clear=actions.clear_all,
    )


def _detail(collection: EventCollection, view: View, chosen: Event, can_edit: bool) -> None:
    data = detail_data(collection, chosen, view.wanted, newest_first=view.newest_first)

    def look_back() -> None:
        state.set_note(None)
        state.set_history_record(chosen.id)
        state.depart("history")

    def edit() -> None:
        from geo.ui import edit_actions

        edit_actions.open_edit("event", chosen.id)

    event_detail(
        data=data,
        on_close=actions.close_detail,
        on_select=lambda id_: actions.step_to(id_, data["neighbours"]),
        on_zoom=lambda: actions.zoom_to("selected"),
        on_ring=lambda: state.update(tab="rings"),
        on_edit=edit if can_edit else None,
        on_history=look_back,
    )


def _rings(collection: EventCollection, view: View) -> None:
    def add(sent: dict[str, Any]) -> None:
        rings, fault = read_draw(sent, collection, state.current().rings)
        state.update(rings=rings, ring_fault=fault, arm=False)

    ring_tool(
        data=ring_data(
            collection,
            view.wanted,
            view.rings,
            store_on=view.store_rings,
            chosen=view.event,
            arm=view.arm,
            point=view.point,
            fault=view.ring_fault,
        ),
        on_store_rings=lambda on: state.update(store_rings=on),
        on_draw=add,
        on_remove=lambda key: state.update(rings=without_ring(state.current().rings, key), ring_fault=""),
        on_arm=lambda on: state.update(arm=on),
        on_select=actions.choose,
    )
