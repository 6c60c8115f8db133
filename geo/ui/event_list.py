"""The list of the events shown, as a component."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from geo.ui.component import mount
from geo.ui.state import component_value

_KEY = "event_list_view"


def event_list(
    *,
    data: Mapping[str, Any],
    on_select: Callable[[str], None],
    on_page: Callable[[int], None],
    on_sort: Callable[[bool], None] | None = None,
    on_clear: Callable[[], None] | None = None,
) -> None:
    """Draw `geo.ui.present.list_data`.

    `on_select` gets the id of the event to open, `on_page` the number of a page (from 0), `on_sort` whether the newest comes first.
    """

    def select() -> None:
        id_ = component_value(_KEY, "select")
        if isinstance(id_, str):
            on_select(id_)

    def turn() -> None:
        page = component_value(_KEY, "page")
        if isinstance(page, int):
            on_page(page)

    mount(
        "event_list",
        scripts=("panel.js", "event_list.js"),
        styles=("panel.css", "event_list.css"),
        key=_KEY,
        data=data,
        on_select_change=select,
        on_page_change=turn,
        on_sort_change=lambda: on_sort(component_value(_KEY, "sort") is True) if on_sort else None,
        on_clear_change=lambda: on_clear() if on_clear else None,
    )
