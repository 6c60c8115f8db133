"""The same events as anyone would draw them at first: a slider of dates, a folium marker with a popup for each event, `st_folium`, a list."""

import json
from datetime import date, timedelta
from html import escape
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium

EVENTS = Path(__file__).resolve().parents[2] / "data" / "events.geojson"


@st.cache_data
def load() -> list[dict]:
    """The events of the store, the oldest first; its sites are left out."""
    features = json.loads(EVENTS.read_text(encoding="utf-8"))["features"]
    events = [
        {"title": feature["properties"]["title"], "day": date.fromisoformat(feature["properties"]["start"][:10]), "geometry": feature["geometry"]}
        for feature in features
        if feature["properties"].get("start")
    ]
    return sorted(events, key=lambda event: event["day"])


events = load()
first, last = events[0]["day"], events[-1]["day"]
until = st.slider("Events until", first, last, last, step=timedelta(days=1))
shown = [event for event in events if event["day"] <= until]

plain_map = folium.Map(location=(33, 44), zoom_start=5, tiles=None)
for event in shown:
    if event["geometry"]:
        lon, lat = event["geometry"]["coordinates"]
        folium.CircleMarker((lat, lon), radius=6, popup=escape(event["title"])).add_to(plain_map)
st_folium(plain_map, height=500, use_container_width=True, returned_objects=[])

with st.container(key="list"):
    st.write(f"{len(shown)} events")
    for event in reversed(shown):
        st.write(f"{event['day']} {event['title']}")
