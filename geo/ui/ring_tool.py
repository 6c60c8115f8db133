"""The panel of the range rings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from geo.ui.component import mount
from geo.ui.state import component_value

KEY = "ring_tool_view"


def ring_tool(
    *,
    data: Mapping[str, Any],
    on_store_rings: Callable[[bool], None],
    on_draw: Callable[[dict[str, Any]], None],
    on_remove: Callable[[str | None], None],
    on_arm: Callable[[bool], None],
    on_select: Callable[[str], None],
) -> None:
    """Draw the panel.

    `data` is of `geo.ui.ring_data.ring_data`. The callbacks are called before the page is drawn anew: `on_store_rings` with whether the rings of the
    store are to be on; `on_draw` with the form as it was filled in, not trusted, for `geo.ui.ring_data.read_draw`; `on_remove` with the key of one
    ring, or None for all of them; `on_arm` with whether the next click on the map is the tool's; `on_select` with the id of an event.
    """

    def said(name: str) -> Any:
        return component_value(KEY, name)

    def removed() -> None:
        # None would read as "nothing was said", so the key comes in an object.
        sent = said("remove")
        if isinstance(sent, dict) and (sent.get("key") is None or isinstance(sent["key"], str)):
            on_remove(sent.get("key"))

    mount(
        "ring_tool",
        scripts=("panel.js", "ring_lists.js", "ring_tool.js"),
        styles=("ring_tool.css",),
        key=KEY,
        data=data,
        on_store_change=lambda: on_store_rings(said("store") is True),
        on_draw_change=lambda: on_draw(said("draw")) if isinstance(said("draw"), dict) else None,
        on_remove_change=removed,
        on_arm_change=lambda: on_arm(said("arm") is True),
        on_select_change=lambda: on_select(said("select")) if isinstance(said("select"), str) else None,
    )
