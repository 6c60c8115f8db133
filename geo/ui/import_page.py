"""The Import page put together: a file, what was recognised in it, its first events, what stays out, and the button."""

from __future__ import annotations

import os
from functools import partial

import streamlit as st

from geo.settings import from_environment
from geo.store import EventCollection
from geo.ui import frame, import_data, import_session, state
from geo.ui.import_reading import MENDING, mending
from geo.ui.import_view import import_part

_TYPES = ["csv", "tsv", "txt", "geojson", "json"]


def draw(collection: EventCollection) -> None:
    """Draw the page. Nothing is written before the person presses Import."""
    state.leave_map()
    settings = from_environment(os.environ)
    store = state.store().name
    why_not = import_session.why_not()
    with st.container(key="import"):
        import_part(import_data.intro_data(store=store, most_mb=settings.max_upload_mb, why_not=why_not))
        upload = st.file_uploader(
            "File to import", type=_TYPES, key="import_file", max_upload_size=settings.max_upload_mb, label_visibility="collapsed"
        )
        if upload is None:
            import_session.forget()
        else:
            # The browser's word for the file's name and type is a text to show; what the file is, its bytes say.
            importing = import_session.read(upload.getvalue(), upload.name, revision=collection.revision)
            _draw(importing, store, why_not)
    if state.take_departure():  # a callback may not switch the page itself
        st.switch_page(frame.map_page())


def _draw(importing: import_session.Importing, store: str, why_not: str | None) -> None:
    import_part(import_data.file_data(importing))
    reading = importing.reading
    if reading is None or reading.dataset is None:
        return
    keeps = import_session.is_history_kept()
    import_part(import_data.going_in_data(importing, store=store, why_not=why_not, keeps_history=keeps))
    if importing.problems:
        import_part(import_data.aside_data(importing))
        name, media_type = MENDING[reading.is_json]
        made = partial(mending, reading, importing.problems)
        st.download_button("Download what is set aside", data=made, file_name=name, mime=media_type, key="import_mending", on_click="ignore")
    if reading.dataset.events and importing.receipt is None:
        import_part(import_data.events_data(importing))
