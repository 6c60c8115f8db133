"""What a person's doings on the map page change in the view. What comes from the browser is checked before it is believed."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, Literal

from geo.filters import EventFilter
from geo.mapping.tiles import base_names
from geo.moments import from_minutes
from geo.store import EventCollection
from geo.ui import state
from geo.ui.filter_data import apply
from geo.ui.present import PER_PAGE
from geo.ui.state import MapPosition, component_value

SCRUBBER = "scrubber_view"


def window_changed() -> None:
    """The scrubber was let go of."""
    value = component_value(SCRUBBER, "window")
    if not isinstance(value, dict):
        return
    if type(value.get("number")) is int:
        state.update(heard=value["number"])
    try:
        start, after = (None if value.get(end) is None else from_minutes(int(value[end])) for end in ("from", "to"))
    except (TypeError, ValueError, OverflowError):
        return
    if start is not None and after is not None and after <= start:
        return
    mode: state.Mode = "cumulative" if value.get("mode") == "cumulative" else "window"
    state.update(wanted=replace(state.current().wanted, start=start, after=after), mode=mode, page=0)


def event_chosen() -> None:
    """A mark was clicked, or the empty map."""
    value = component_value(SCRUBBER, "select")
    if isinstance(value, dict):
        id_ = value.get("id")
        choose(id_ if isinstance(id_, str) else None)


def choose(id_: str | None) -> None:
    """Open the detail of an event, or go back to the list."""
    state.update(event=id_, tab="events" if id_ else state.current().tab)


def step_to(id_: str, neighbours: dict[str, Any] | None) -> None:
    """Go to the event before or after in the list, and turn the list to the page that it stands on."""
    choose(id_)
    if neighbours:
        previous = neighbours["previous"]
        number = neighbours["number"] + (-1 if previous and previous["id"] == id_ else 1)
        state.update(page=(number - 1) // PER_PAGE)


def close_detail() -> None:
    """Back to the list."""
    choose(None)


def point_clicked() -> None:
    """A point was clicked while the ring tool, or the form of an event, waited for one."""
    position = _position(component_value(SCRUBBER, "point"))
    if position is None or not state.current().arm:
        return
    if state.current().tab == "edit":
        from geo.ui import edit_actions

        state.update(arm=False)
        edit_actions.place(position)
    else:
        state.update(point=position, arm=False)


def map_moved() -> None:
    """The map was moved or zoomed by the person."""
    value = component_value(SCRUBBER, "view")
    position = _position(value)
    if position is not None and isinstance(value, dict) and _is_number(value.get("zoom")):
        state.update(map=MapPosition(float(value["zoom"]), *position))


def base_chosen() -> None:
    """Another base map was picked."""
    value = component_value(SCRUBBER, "basemap")
    if isinstance(value, dict) and value.get("name") in base_names():
        state.update(base=value["name"])


def filters_changed(change: dict[str, Any], collection: EventCollection) -> None:
    """Something in the filter bar was changed."""
    state.update(wanted=apply(change, state.current().wanted, collection=collection), page=0)


def clear_all() -> None:
    """No filters, all dates."""
    state.set_window(EventFilter(), page=0, faults=())


def zoom_to(where: Literal["all", "selected", "edit"]) -> None:
    """Move the map, because the person asked for it."""
    before = state.current().zoom_to
    state.update(zoom_to=((before[0] if before else 0) + 1, where))


def show_event(id_: str, collection: EventCollection) -> None:
    """Choose an event and make sure that it is on the map: a filter that hides it is lifted."""
    event = collection.event(id_)
    if event is None:
        return
    if not state.current().wanted.matches(event, collection.updates):
        state.set_window(EventFilter(), page=0)
    choose(id_)
    zoom_to("selected" if event.position else "all")


def show_update(id_: str) -> None:
    """Show all events of one update, whenever they happened."""
    state.set_window(EventFilter(told_in=frozenset((id_,))), event=None, page=0, tab="events")
    zoom_to("all")


def _position(value: Any) -> tuple[float, float] | None:
    if not isinstance(value, dict) or not (_is_number(value.get("lon")) and _is_number(value.get("lat"))):
        return None
    # A map that was dragged past the antimeridian counts on; the Earth does not.
    lon = (float(value["lon"]) + 180) % 360 - 180
    return (lon, float(value["lat"])) if -90 <= value["lat"] <= 90 else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
