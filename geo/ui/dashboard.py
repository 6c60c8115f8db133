"""The map page put together: filters, summary, map, scrubber, list or detail, rings and export, all from one view."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.columns import columns_url, labels_url, mask
from geo.filters import EventFilter, clock_in_words, describe, window_in_words
from geo.mapping.tiles import base_names
from geo.model import Position
from geo.moments import minutes
from geo.rings import RangeRing, message, store_rings, tool_rings
from geo.store import EventCollection
from geo.store.base import Tally
from geo.ui import actions, address, frame, side, state, who
from geo.ui.exports import export_buttons
from geo.ui.filter_data import filters_data
from geo.ui.filters_bar import filters_bar
from geo.ui.map_view import map_view
from geo.ui.present import EDIT_RING, summary_data
from geo.ui.scrubber import time_scrubber
from geo.ui.state import View
from geo.ui.summary import summary

if TYPE_CHECKING:
    from geo.ui.edit_session import Editing

_M_PER_DEGREE = 111_000
# The order that the tab key takes.
_PARTS = ("filters", "summary", "map", "scrubber", "side", "exports")


def draw(collection: EventCollection) -> None:
    """Draw the whole page for the session's view."""
    if not state.has_view():
        state.start(address.read_view({name: st.query_params.get_all(name) for name in st.query_params}, bases=base_names()))
    editing = _editing(collection)
    entering = state.is_entering_map()
    start = state.enter_map(columns=columns_url(collection.revision), labels=labels_url(collection.revision))
    view = state.current()
    tally = collection.tally(view.wanted)
    drawn, ring_faults = tool_rings(view.rings, event=collection.event, site=collection.site)
    drawn += _preview(collection, editing)
    with st.container(key="dashboard"):
        place = {key: st.container(key=key) for key in _PARTS}
    # What is sent first is there first: the map, which loads longest, when the page is come to; the list and the summary ever after.
    if entering:
        with place["map"]:
            map_view(start, channel=state.channel())
    with place["side"]:
        side.draw(collection, tally.shown, view, editing)
    with place["summary"]:
        summary(data=_summary(collection, tally, view, ring_faults), on_clear=actions.clear_all)
    with place["scrubber"]:
        _scrubber(collection, view, drawn)
    with place["filters"]:
        filters_bar(data=filters_data(collection, view.wanted), on_change=lambda change: actions.filters_changed(change, collection))
    with place["exports"]:
        export_buttons(collection, tally.shown, view)
    if not entering:
        with place["map"]:
            map_view(start, channel=state.channel())
    # A callback may not switch the page itself.
    if state.take_departure() == "history":
        st.switch_page(frame.history_page())


def _editing(collection: EventCollection) -> Editing | None:
    """What is being edited; nothing for whoever may not, whatever the address says."""
    if state.current().tab != "edit" or not who.can_edit():
        return None
    from geo.ui import edit_actions

    wanted = state.current().edit
    editing = edit_actions.current(collection, wanted)
    if editing is None and wanted is not None:
        state.update(edit=None, faults=(*state.current().faults, f"edit={wanted[:60]}: there is no such record to edit"))
    return editing


def _preview(collection: EventCollection, editing: Editing | None) -> list[RangeRing]:
    if editing is None:
        return []
    from geo.ui.edit_data import preview

    return preview(collection, editing)


def _summary(collection: EventCollection, tally: Tally, view: View, ring_faults: list[str]) -> dict[str, Any]:
    wanted = view.wanted
    data = summary_data(
        collection,
        tally,
        window=window_in_words(wanted.start, wanted.after),
        clock=clock_in_words(wanted.known),
        filters=describe(wanted, collection.updates),
        clearable=wanted != EventFilter(),
    )
    faults = [*view.faults, *ring_faults]
    if view.event is not None and collection.event(view.event) is None:
        faults.append(f"event={view.event[:60]}: there is no such event in this store")
    return data | {"problems": [*_address_faults(faults), *data["problems"]]}


def _address_faults(faults: list[str]) -> list[dict[str, Any]]:
    if not faults:
        return []
    words = "1 part of the address could not be followed" if len(faults) == 1 else f"{len(faults)} parts of the address could not be followed"
    return [{"words": words, "more": 0, "items": [{"pointer": "", "message": fault, "value": "", "advice": ""} for fault in faults]}]


def _zoom(view: View, drawn: list[RangeRing]) -> dict[str, Any] | None:
    """The last request to move the map: to all events, to the chosen one, or to the point that is being edited."""
    if view.zoom_to is None:
        return None
    number, to = view.zoom_to
    if to != "edit":
        return {"n": number, "to": to}
    edited = next((ring for ring in drawn if ring.id == EDIT_RING), None)
    return None if edited is None else {"n": number, "to": "box", "box": box_around(edited.center, edited.radius_m)}


def box_around(center: Position, radius_m: float) -> dict[str, float]:
    """The box in degrees that shows a disc and something of what lies around it; east above 180 where it crosses the antimeridian."""
    lon, lat = center
    d_lat = max(0.4, 1.5 * radius_m / _M_PER_DEGREE)
    d_lon = min(180.0, d_lat / max(0.05, math.cos(math.radians(lat))))
    west = (lon - d_lon + 180) % 360 - 180
    return {"west": west, "south": max(-85.0, min(84.0, lat - d_lat)), "east": west + 2 * d_lon, "north": min(85.0, max(-84.0, lat + d_lat))}


def _scrubber(collection: EventCollection, view: View, drawn: list[RangeRing]) -> None:
    wanted, position = view.wanted, view.map
    facets = wanted.without_window()
    time_scrubber(
        key=actions.SCRUBBER,
        data={
            "channel": state.channel(),
            "columns": columns_url(collection.revision),
            "labels": labels_url(collection.revision),
            "revision": collection.revision,
            "state": {
                "window": {
                    "from": None if wanted.start is None else minutes(wanted.start),
                    "to": None if wanted.after is None else minutes(wanted.after),
                    "mode": view.mode,
                },
                "mask": mask(collection.rows(facets)) if facets != EventFilter() else None,
                "selected": view.event,
                "selectedRow": collection.row(view.event) if view.event else None,
                "rings": [message(ring) for ring in (store_rings(collection.sites) if view.store_rings else []) + drawn],
                "sites": [{"id": site.id, "name": site.name, "lon": site.position[0], "lat": site.position[1]} for site in collection.sites],
                "arm": view.arm,
            },
            "stateVersion": view.version,
            "windowHeard": view.heard,
            "zoomTo": _zoom(view, drawn),
            "query": address.python_query(view),
            "view": None if position is None else {"zoom": position.zoom, "lon": position.lon, "lat": position.lat},
            "base": view.base,
        },
        on_window_change=actions.window_changed,
        on_select_change=actions.event_chosen,
        on_point_change=actions.point_clicked,
        on_view_change=actions.map_moved,
        on_basemap_change=actions.base_chosen,
    )
