"""The Review page put together: what to read, and the desk with its updates and proposals."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

import streamlit as st

from geo.errors import InvalidInput, StoreError
from geo.settings import from_environment
from geo.store import EventCollection
from geo.ui import frame, review_actions, review_giving, review_session, state
from geo.ui.component import mount
from geo.ui.review_data import review_data
from geo.ui.state import component_value

_VIEW, _INTRO = "review_view", "review_intro_view"
_SOURCES = ("Pasted text", "A file", "An address")
_TYPES = ["txt", "html", "htm", "xml", "rss", "atom"]
_MOST_CHARACTERS = 4_000_000


def draw(collection: EventCollection) -> None:
    """Draw the page. Nothing is read before the person asks for it, and nothing is in the store before they accept it."""
    state.leave_map()
    why_not = review_session.why_not()
    desk, seen, fault = None, None, None
    try:
        desk = review_session.folder().load()
        seen = review_session.shown(desk, collection)
    except StoreError as error:
        fault = {"words": error.what, "value": error.where, "advice": error.advice}
    except InvalidInput as error:
        first = error.problems[0]
        fault = {"words": first.message, "value": str(review_session.folder().path), "advice": first.advice}
    review = review_session.current()
    with st.container(key="review"):
        said = {"words": review.words, "failed": review.failed, "event": review.event}
        mount(
            "review_intro",
            scripts=("review_intro.js",),
            styles=("review_view.css",),
            key=_INTRO,
            data={"why_not": why_not, "fault": fault, "said": said, "empty": seen is None},
            on_act_change=lambda: _act(_INTRO, collection),
        )
        if why_not is None and desk is not None:
            _form(is_first=seen is None)
        if seen is not None and desk is not None:
            if seen.why_not is None and any(blog.watch_minutes for blog in desk.blogs):
                review_session.watching().start()
            mount(
                "review_view",
                scripts=("review_locator.js", "review_updates.js", "review_change.js", "review_card.js", "review_view.js"),
                styles=("review_view.css", "review_cards.css"),
                key=_VIEW,
                data=review_data(seen, desk.blogs),
                on_act_change=lambda: _act(_VIEW, collection),
            )
    if state.take_departure():  # a callback may not switch the page itself
        st.switch_page(frame.map_page())


def _act(key: str, collection: EventCollection) -> None:
    value = component_value(key, "act")
    if isinstance(value, dict):
        review_actions.act(value, collection)


def _form(*, is_first: bool) -> None:
    """What to read. It stands open while there is nothing on the desk."""
    with st.expander("Read a live blog, or a later version of one", expanded=is_first, key="review_form_box"):
        kind = st.radio("What do you have?", _SOURCES, horizontal=True, key="review_source")
        with st.form("review_form", border=False):
            given = _given(kind)
            left, middle, right = st.columns(3)
            with left:
                published = st.date_input(
                    "Day of publication",
                    value=None,
                    min_value=date(1990, 1, 1),
                    max_value=date(2100, 1, 1),
                    format="YYYY-MM-DD",
                    help="The day of the page, or of its newest update. The years that headings leave out follow from it.",
                    key="review_published",
                )
            with middle:
                name = st.text_input("Name (optional)", max_chars=200, key="review_name", help="What the blog is called here and in the history.")
            with right:
                zone = st.text_input(
                    "Time zone of bare times (optional)",
                    max_chars=60,
                    key="review_zone",
                    help="Of times printed without one: GMT or Europe/Moscow.",
                )
            if st.form_submit_button("Read it", type="primary"):
                with st.spinner("Reading. The first time, the index of places is made."):
                    review_giving.give(**given, name=name, published=published if isinstance(published, date) else None, zone=zone)
                st.rerun()


def _given(kind: str) -> dict[str, Any]:
    if kind == _SOURCES[2]:
        address = st.text_input("Address", max_chars=2_000, placeholder="https://…", key="review_address", help="Fetched once, now.")
        return {"address": address}
    if kind == _SOURCES[1]:
        most = min(10, from_environment(os.environ).max_upload_mb)
        upload = st.file_uploader("A text, a saved page, or a feed", type=_TYPES, max_upload_size=most, key="review_file")
        return {"file": None if upload is None else (upload.name, upload.getvalue())}
    return {"text": st.text_area("Text of the live blog", height=180, max_chars=_MOST_CHARACTERS, key="review_text")}
