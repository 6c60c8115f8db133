"""The line that says what is shown, as a component."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from geo.ui.component import mount

_KEY = "summary_view"


def summary(*, data: Mapping[str, Any], on_clear: Callable[[], None]) -> None:
    """Draw `geo.ui.present.summary_data`."""
    mount("summary", scripts=("panel.js", "summary.js"), styles=("panel.css", "summary.css"), key=_KEY, data=data, on_clear_change=on_clear)
