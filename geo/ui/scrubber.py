"""The time scrubber, which is also the hub of the page: mounts the component whose script talks to the map, to Python and to the address bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from geo.ui.component import joined, registered

# One ES module, joined in this order: what a name means stands before what uses it. The last part holds the default export.
SCRIPTS = (
    "../mapping/order.js",  # the map reads the same columns, with the same reader
    "../mapping/columns.js",
    "timeaxis.js",
    "timewords.js",
    "timebins.js",
    "timemodel.js",
    "timeplot.js",
    "timeface.js",
    "timecontrols.js",
    "timegrip.js",
    "timeplay.js",
    "timehands.js",
    "hub.js",
    "scrubber.js",
)


def time_scrubber(
    *,
    key: str,
    data: Mapping[str, Any],
    on_window_change: Callable[[], None],
    on_select_change: Callable[[], None],
    on_point_change: Callable[[], None],
    on_view_change: Callable[[], None],
    on_basemap_change: Callable[[], None],
) -> None:
    """Mount the scrubber. What it tells is in `st.session_state[key]` when a callback runs.

    States: `window` is `{"from", "to", "mode", "origin"}` with `from` and `to` in minutes since 1970-01-01T00:00Z, half-open, None at an
    open end, as in `data`; `view` is `{"zoom", "lon", "lat"}`. Triggers: `select` is `{"id"}` (None for none), `point` is
    `{"lon", "lat"}`, `basemap` is `{"name"}`. The script is the authority on the window for as long as it is mounted, unless
    `data["stateVersion"]` changes.
    """
    component = registered("scrubber", html=joined("scrubber.html"), scripts=SCRIPTS, styles=("scrubber.css",))
    component(
        key=key,
        data=data,
        on_window_change=on_window_change,
        on_select_change=on_select_change,
        on_point_change=on_point_change,
        on_view_change=on_view_change,
        on_basemap_change=on_basemap_change,
    )
