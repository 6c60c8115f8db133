"""Noticing other hands: the browser asks now and then which state of the store is the newest, and the page runs again only when it is another one."""

from __future__ import annotations

import streamlit as st

from geo.columns import OWN_PREFIX
from geo.errors import StoreError
from geo.ui import state
from geo.ui.component import mount

KEY = "watch_view"
EVERY_S = 4


def watch() -> None:
    """Watch the store from this page on."""
    try:
        collection = state.store().snapshot()
        shown = {"revision": collection.revision, "fault": collection.fault is not None}
    except StoreError:
        shown = {"revision": None, "fault": True}
    with st.container(key="watch"):
        # What it tells is that there is something to run for; the run itself reads the store.
        mount(
            "watch",
            scripts=("watch.js",),
            styles=("watch.css",),
            key=KEY,
            data={"url": OWN_PREFIX + "state", "shown": shown, "every_s": EVERY_S},
            on_changed_change=lambda: None,
        )
