"""The Updates page's content: the live blog as it ran, and the events that each update tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from geo.ui.component import mount
from geo.ui.state import component_value

KEY = "updates_view"


def updates_view(
    *, data: Mapping[str, Any], on_order: Callable[[bool], None], on_event: Callable[[str], None], on_update: Callable[[str], None]
) -> None:
    """Draw `data`, which `geo.ui.update_data.update_data` makes.

    `on_order` gets True for newest first. `on_event` and `on_update` get the id of an event or an update to go to; an id that is not in `data`
    reaches neither.
    """
    events = {event["id"] for event in data["events"]}
    updates = {update["id"] for update in data["updates"]}

    def pass_on(name: str, known: set[str], act: Callable[[str], None]) -> Callable[[], None]:
        def told() -> None:
            value = component_value(KEY, name)
            if isinstance(value, str) and value in known:
                act(value)

        return told

    def reorder() -> None:
        value = component_value(KEY, "order")
        if isinstance(value, bool):
            on_order(value)

    mount(
        KEY,
        scripts=("reading.js", "updates_view.js"),
        styles=("updates_view.css",),
        key=KEY,
        data=data,
        on_order_change=reorder,
        on_event_change=pass_on("event", events, on_event),
        on_update_change=pass_on("update", updates, on_update),
    )
