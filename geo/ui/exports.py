"""The buttons that give away exactly what is on the screen."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from geo.export import EXPORTERS, Exporter, file_name, make_receipt
from geo.store import EventCollection
from geo.ui import address, state
from geo.ui.state import View

_LABELS = {"geojson": "Export GeoJSON", "csv": "Export CSV"}


def export_buttons(collection: EventCollection, shown: int, view: View) -> None:
    """Draw one button a format. A file is made when its button is pressed, from what was on the screen then."""
    where = _address_of(view)
    for name, exporter in EXPORTERS.items():
        named = file_name(view.wanted, exporter.suffix)
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
