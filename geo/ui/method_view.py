"""The Method page's content: how places, dates and figures were found, what the codes and shapes mean, and whose work this rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geo.ui.component import mount

KEY = "method_view"


def method_view(*, data: Mapping[str, Any]) -> None:
    """Draw `data`, which `geo.ui.method_data.method_data` makes."""
    mount(KEY, scripts=("reading.js", "method_pieces.js", "method_view.js"), styles=("method_view.css",), key=KEY, data=data)
