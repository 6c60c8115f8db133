"""Registering the page's own components with Streamlit: one script, one style sheet and the shared tokens each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, wraps
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.safe_session_state import SafeSessionState

_FOLDER = Path(__file__).parent


def mount(name: str, *, scripts: tuple[str, ...], styles: tuple[str, ...], key: str, data: Mapping[str, Any], **on_change: Callable[[], None]) -> Any:
    """Draw a component of ours and return its values.

    `scripts` and `styles` are files of this folder, joined in order; the last script has the default export. `data` must be JSON; the scripts show it
    with `textContent` alone, so that no text of a store is ever markup. `on_change` holds `on_NAME_change` callbacks, one for each value.
    """
    component = registered(name, html=f'<div class="dl dl-{name}"></div>', scripts=("dom.js", *scripts), styles=styles)
    return component(key=key, data=data, **on_change)


def to_its_end(callback: Callable[[], None]) -> Callable[[], None]:
    """The callback, done whole or not at all.

    Streamlit ends a run as soon as the next action has come, at the next look at the session's state, and in the middle of a callback too: on a
    slow machine a change could be in the store without a word of it in the session. While callbacks run, no other run of the session does.
    """

    @wraps(callback)
    def act() -> None:
        with _undisturbed():
            callback()

    return act


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let the session's state be looked at without ending the run, which ends at its next step."""
    context = get_script_run_ctx(suppress_warning=True)
    guarded = context.session_state if context is not None else None
    if not isinstance(guarded, SafeSessionState):
        yield
        return
    end_if_asked = guarded._yield_callback
    object.__setattr__(guarded, "_yield_callback", lambda: None)  # its own __setattr__ would make it a value of the session
    try:
        yield
    finally:
        object.__setattr__(guarded, "_yield_callback", end_if_asked)


@cache
def registered(name: str, *, html: str, scripts: tuple[str, ...], styles: tuple[str, ...]) -> Callable[..., Any]:
    """The component of these scripts and of the tokens with these styles, registered once. `html` is ours alone: nothing of a store is in it.

    It is called with `key`, `data` and `on_NAME_change` callbacks, which are done whole or not at all.
    """
    component: Callable[..., Any] = st.components.v2.component(
        f"dateline_{name}", html=html, css=joined("tokens.css", *styles), js=joined(*scripts), isolate_styles=False
    )

    def draw(*, key: str, data: Mapping[str, Any], **on_change: Callable[[], None]) -> Any:
        return component(key=key, data=dict(data), **{event: to_its_end(callback) for event, callback in on_change.items()})

    return draw


@cache
def joined(*names: str) -> str:
    """The text of files of this folder, in order."""
    return "\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in names)
