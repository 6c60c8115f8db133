"""The Review page put together: what to read, and the desk with its updates and proposals."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
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
_NOTICE_S = 5
_NOTHING_SAID = {"words": "", "failed": False, "event": None, "undo": False, "turn": 0}


def draw(collection: EventCollection) -> None:
    """Draw the page. Nothing is read before the person asks for it, and nothing is in the store before they accept it."""
    state.leave_map()
    why_not = review_session.why_not()
    desk, seen, fault = None, None, None
    signs = review_session.signs()  # before the desk is read: what happens meanwhile is noticed
    try:
        desk = review_session.folder().load()
        with _bar("Reading the live blog on the desk", at_once=False) as progress:
            seen = review_session.shown(desk, collection, progress)
    except StoreError as error:
        fault = {"words": error.what, "value": error.where, "advice": error.advice}
    except InvalidInput as error:
        first = error.problems[0]
        fault = {"words": first.message, "value": str(review_session.folder().path), "advice": first.advice}
    review = review_session.current()
    with st.container(key="review"):
        said = {"words": review.words, "failed": review.failed, "event": review.event, "undo": review.done is not None, "turn": review.turn}
        at_desk = review.at_desk and seen is not None
        mount(
            "review_intro",
            scripts=("review_intro.js",),
            styles=("review_view.css",),
            key=_INTRO,
            data={"why_not": why_not, "fault": fault, "said": said if not at_desk else _NOTHING_SAID, "empty": seen is None},
        )
        if why_not is None and desk is not None:
            _form(review.given, is_first=seen is None)
        if seen is not None and desk is not None:
            if seen.why_not is None and any(blog.watch_minutes for blog in desk.blogs):
                review_session.watching().start()
            mount(
                "review_view",
                scripts=("review_locator.js", "review_updates.js", "review_change.js", "review_card.js", "review_view.js"),
                styles=("review_view.css", "review_cards.css"),
                key=_VIEW,
                data=review_data(seen, desk.blogs) | {"said": said if at_desk else _NOTHING_SAID},
                on_act_change=lambda: _act(collection),
            )
    _notice(signs)
    if state.take_departure():  # a callback may not switch the page itself
        st.switch_page(frame.map_page())


@st.fragment(run_every=_NOTICE_S)
def _notice(signs: review_session.Signs) -> None:
    """Draw the page again if others have changed the desk (the command, somebody in another window), or a watched address was tried."""
    if review_session.signs() != signs:
        st.rerun()


def _act(collection: EventCollection) -> None:
    value = component_value(_VIEW, "act")
    if isinstance(value, dict):
        review_actions.act(value, collection)


def _form(given: int, *, is_first: bool) -> None:
    """What to read. It stands open while there is nothing on the desk; `given` is another number for each blog, and so an empty form."""
    with (
        st.container(key="review_form_box"),
        st.expander("Read a live blog, or a later version of one", expanded=is_first, key=f"review_box_{given}"),
    ):
        kind = st.radio("What do you have?", _SOURCES, horizontal=True, key=f"review_source_{given}")
        with st.form(f"review_form_{given}", border=False):
            source = _source(kind, given)
            about = _about(given)
            if st.form_submit_button("Read it", type="primary", on_click=review_session.hush):
                with _bar("Reading. The first time, the index of places is made", at_once=True) as progress:
                    review_giving.give(**source, **about, progress=progress)
                st.rerun()


def _source(kind: str, given: int) -> dict[str, Any]:
    if kind == _SOURCES[2]:
        address = st.text_input("Address", max_chars=2_000, placeholder="https://…", key=f"review_address_{given}", help="Fetched once, now.")
        return {"address": address}
    if kind == _SOURCES[1]:
        most = min(10, from_environment(os.environ).max_upload_mb)
        upload = st.file_uploader("A text, a saved page, or a feed", type=_TYPES, max_upload_size=most, key=f"review_file_{given}")
        return {"file": None if upload is None else (upload.name, upload.getvalue())}
    return {"text": st.text_area("Text of the live blog", height=180, max_chars=_MOST_CHARACTERS, key=f"review_text_{given}")}


def _about(given: int) -> dict[str, Any]:
    left, middle, right = st.columns(3)
    with left:
        published = st.date_input(
            "Day of publication",
            value=None,
            min_value=date(1990, 1, 1),
            max_value=date(2100, 1, 1),
            format="YYYY-MM-DD",
            help="The day of the page, or of its newest update. The years that headings leave out follow from it.",
            key=f"review_published_{given}",
        )
    with middle:
        about = "What the blog is called here and in the history."
        name = st.text_input("Name (optional)", max_chars=200, key=f"review_name_{given}", help=about)
    with right:
        about = "Of times that are printed without one, such as GMT or Europe/Moscow."
        zone = st.text_input("Time zone of bare times (optional)", max_chars=60, key=f"review_zone_{given}", help=about)
    return {"name": name, "published": published if isinstance(published, date) else None, "zone": zone}


@contextmanager
def _bar(words: str, *, at_once: bool) -> Iterator[review_session.Progress]:
    """A bar that is told how many updates have been read; it is there from the beginning or from the first that is told, and goes at the end."""
    place = st.empty()
    shown = -1

    def progress(done: int, total: int) -> None:
        nonlocal shown
        percent = 100 * done // max(1, total)
        if percent != shown:  # each is a message to the browser
            shown = percent
            place.progress(percent, f"{words}: update {done:,} of {total:,}")

    if at_once:
        place.progress(0, f"{words}.")
    yield progress
    place.empty()
