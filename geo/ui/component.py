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
    component = registered(name, html=f'<div class="dl dl-{name}"></div>', scripts=("dom.js", *scripts), styles=styles)
    return component(key=key, data=dict(data), **on_change)


@cache
def registered(name: str, *, html: str, scripts: tuple[str, ...], styles: tuple[str, ...]) -> Callable[..., Any]:
    """The component of these scripts and of the tokens with these styles, registered once. `html` is ours alone: nothing of a store is in it."""
    component: Callable[..., Any] = st.components.v2.component(
        f"dateline_{name}", html=html, css=joined("tokens.css", *styles), js=joined(*scripts), isolate_styles=False
    )
    return component


@cache
def joined(*names: str) -> str:
    """The text of files of this folder, in order."""
    return "\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in names)
