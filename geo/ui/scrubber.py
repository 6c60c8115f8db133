"""The time scrubber, which is also the hub of the page: mounts the component whose script talks to the map, to Python and to the address bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent
# One ES module, joined in this order: what a name means stands before what uses it. The last part holds the default export.
SCRIPTS = (
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
    _component()(
        key=key,
        data=dict(data),
        on_window_change=on_window_change,
        on_select_change=on_select_change,
        on_point_change=on_point_change,
        on_view_change=on_view_change,
        on_basemap_change=on_basemap_change,
    )


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "dateline_scrubber",
        html=_read("scrubber.html"),
        css=_read("tokens.css", "scrubber.css"),
        js=_read(*SCRIPTS),
        isolate_styles=False,
    )


def _read(*names: str) -> str:
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names)
