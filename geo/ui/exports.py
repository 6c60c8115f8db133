"""The buttons that give away exactly what is on the screen."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from geo.columns import export_url
from geo.export import EXPORTERS, Exporter, file_name, make_receipt
from geo.store import EventCollection
from geo.ui import address, state
from geo.ui.component import mount
from geo.ui.state import View

MOST_AT_ONCE = 20_000
"""How many events are put together in memory; more are sent piece by piece."""
_LABELS = {"geojson": "Export GeoJSON", "csv": "Export CSV"}


def export_buttons(collection: EventCollection, shown: int, view: View) -> None:
    """Draw one button a format. A file is made when its button is pressed, from what was on the screen then.

    A large one is a link to a route of the server's, which sends it piece by piece: Streamlit's button holds the whole file in memory.
    """
    where = _address_of(view)
    for name, exporter in EXPORTERS.items():
        named = file_name(view.wanted, exporter.suffix)
        if shown > MOST_AT_ONCE:
            href = f"{export_url(collection.revision, exporter.suffix)}?{address.full_query(view)}"
            with st.container(key=f"export_{name}"):
                mount(
                    "export_link",
                    scripts=("export_link.js",),
                    styles=("export_link.css",),
                    key=f"export_link_{name}",
                    data={"href": href, "file": named, "label": _LABELS[name]},
                )
            continue
        st.download_button(
            _LABELS[name],
            data=partial(_file, exporter, collection, view, where),
            file_name=named,
            mime=exporter.media_type,
            key=f"export_{name}",
            on_click="ignore",
            disabled=shown == 0,
        )


def _file(exporter: Exporter, collection: EventCollection, view: View, where: str) -> bytes:
    receipt = make_receipt(collection, view.wanted, store=state.store().name, address=where, made=datetime.now(UTC))
    return b"".join(exporter.write(collection, receipt))


def _address_of(view: View) -> str:
    base = (st.context.url or "").split("?")[0].rstrip("/") + "/"
    query = address.full_query(view)
    return f"{base}?{query}" if query else base
