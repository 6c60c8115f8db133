"""The frame around every page: its title, its style, the way between pages, and the page for a store that cannot be opened."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from geo.errors import StoreError
from geo.store import EventCollection
from geo.ui import state
from geo.ui.component import mount
from geo.ui.watch import watch

_FOLDER = Path(__file__).parent
_PAGES = Path(__file__).resolve().parents[2] / "pages"


def run_pages() -> None:
    """Set the frame up and run the page that the address names."""
    page = st.navigation([map_page(), updates_page(), review_page(), import_page(), history_page(), method_page()], position="top")
    st.set_page_config(page_title=f"{page.title} · Dateline", page_icon=str(_FOLDER / "icon.svg"), layout="wide")
    st.logo(str(_FOLDER / "wordmark.svg"), size="large")
    st.html(_FOLDER / "frame.css")
    if page.url_path != import_page().url_path:
        state.set_importing(None)  # a file that was looked at and left takes no memory any longer
    watch()
    page.run()


def map_page() -> st.Page:
    """The page with the map."""
    return st.Page(_PAGES / "map.py", title="Map", url_path="", default=True)


def updates_page() -> st.Page:
    """The page with the live blog as it ran."""
    return st.Page(_PAGES / "updates.py", title="Updates", url_path="updates")


def review_page() -> st.Page:
    """The page that reads a live blog and has its incidents decided on."""
    return st.Page(_PAGES / "review.py", title="Review", url_path="review")


def import_page() -> st.Page:
    """The page that brings a file of events into the store."""
    return st.Page(_PAGES / "import.py", title="Import", url_path="import")


def history_page() -> st.Page:
    """The page that says what was changed, when, by whom and why."""
    return st.Page(_PAGES / "history.py", title="History", url_path="history")


def method_page() -> st.Page:
    """The page that says how things were found."""
    return st.Page(_PAGES / "method.py", title="Method", url_path="method")


def collection_or_explain() -> EventCollection:
    """The newest state of the store. If it cannot be opened, the page says what is wrong, where, and what to do, and ends there."""
    try:
        return state.store().snapshot()
    except StoreError as error:
        data = {"what": error.what, "where": error.where, "advice": error.advice}
        with st.container(key="store_error"):
            mount("store_error", scripts=("store_error.js",), styles=("store_error.css",), key="store_error_view", data=data)
        st.stop()
