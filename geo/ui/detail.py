"""The detail of the chosen event, as a component."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from geo.ui.component import mount
from geo.ui.state import component_value

_KEY = "detail_view"


def event_detail(
    *,
    data: Mapping[str, Any],
    on_close: Callable[[], None],
    on_select: Callable[[str], None],
    on_zoom: Callable[[], None],
    on_ring: Callable[[], None],
    on_edit: Callable[[], None] | None = None,
    on_history: Callable[[], None] | None = None,
) -> None:
    """Draw `geo.ui.present.detail_data`. `on_select` gets the id of the previous or the next event.

    The buttons *Edit* and *History* are there if there is something that they do.
    """

    def select() -> None:
        id_ = component_value(_KEY, "select")
        if isinstance(id_, str):
            on_select(id_)

    mount(
        "detail",
        scripts=("panel.js", "evidence.js", "detail.js"),
        styles=("panel.css", "detail.css", "evidence.css"),
        key=_KEY,
        data={**data, "editable": on_edit is not None, "has_history": on_history is not None},
        on_close_change=on_close,
        on_select_change=select,
        on_zoom_change=on_zoom,
        on_ring_change=on_ring,
        on_edit_change=lambda: on_edit() if on_edit else None,
        on_history_change=lambda: on_history() if on_history else None,
    )
