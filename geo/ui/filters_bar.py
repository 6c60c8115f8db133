"""The filter bar above the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from geo.ui.component import mount
from geo.ui.state import component_value

KEY = "filters_view"


def filters_bar(*, data: Mapping[str, Any], on_change: Callable[[dict[str, Any]], None]) -> None:
    """Draw the bar.

    `data` is of `geo.ui.filter_data.filters_data`. `on_change` is called, before the page is drawn anew, with the whole state of the controls as
    the browser sent it: not trusted, and read by `geo.ui.filter_data.apply`.
    """

    def changed() -> None:
        sent = component_value(KEY, "filters")
        if isinstance(sent, dict):
            on_change(sent)

    scripts = ("filter_lists.js", "filter_panel.js", "filters_bar.js")
    mount("filters_bar", scripts=scripts, styles=("filters_bar.css",), key=KEY, data=data, on_filters_change=changed)
