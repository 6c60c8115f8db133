"""Registering the page's own components with Streamlit: one script, one style sheet and the shared tokens each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_FOLDER = Path(__file__).parent


def mount(name: str, *, scripts: tuple[str, ...], styles: tuple[str, ...], key: str, data: Mapping[str, Any], **on_change: Callable[[], None]) -> Any:
    """Draw a component of ours and return its values.

    `scripts` and `styles` are files of this folder, joined in order; the last script has the default export. `data` must be JSON; the scripts show it
    with `textContent` alone, so that no text of a store is ever markup. `on_change` holds `on_NAME_change` callbacks, one for each value.
    """
    return _registered(name, scripts, styles)(key=key, data=dict(data), **on_change)


@cache
def _registered(name: str, scripts: tuple[str, ...], styles: tuple[str, ...]) -> Callable[..., Any]:
    component: Callable[..., Any] = st.components.v2.component(
        f"dateline_{name}",
        html=f'<div class="dl dl-{name}"></div>',
        css=_joined(("tokens.css", *styles)),
        js=_joined(("dom.js", *scripts)),
        isolate_styles=False,
    )
    return component


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in names)
