"""The way that streamlit-folium advises for maps that change: the map stays, and its markers come as a `feature_group_to_add`."""

import sys
from html import escape
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium

sys.path.insert(0, str(Path(__file__).parent))
from points import load, shown_until

lon, lat, _, titles = load()
count = shown_until()
plain_map = folium.Map(location=(float(lat.mean()), float(lon.mean())), zoom_start=5, tiles=None)
group = folium.FeatureGroup(name="events")
for row in range(count):
    group.add_child(folium.CircleMarker((lat[row], lon[row]), radius=6, popup=escape(titles[row])))
st_folium(plain_map, feature_group_to_add=group, key="map", height=500, use_container_width=True, returned_objects=[])
with st.container(key="list"):
    st.write(f"{count} events")
    for row in range(count - 1, max(-1, count - 51), -1):
        st.write(titles[row])
