"""The way with a GPU's library: `st.pydeck_chart` with a scatter layer, without a base map."""

import sys
from pathlib import Path

import pandas as pd
import pydeck as pdk
import streamlit as st

sys.path.insert(0, str(Path(__file__).parent))
from points import load, shown_until

lon, lat, _, titles = load()
count = shown_until()
data = pd.DataFrame({"lon": lon[:count], "lat": lat[:count]})
layer = pdk.Layer("ScatterplotLayer", data=data, get_position="[lon, lat]", get_radius=3000, get_fill_color=[200, 30, 0, 160])
view = pdk.ViewState(longitude=float(lon.mean()), latitude=float(lat.mean()), zoom=5)
st.pydeck_chart(pdk.Deck(layers=[layer], initial_view_state=view, map_style=None, map_provider=None), key="map")
with st.container(key="list"):
    st.write(f"{count} events")
    for row in range(count - 1, max(-1, count - 51), -1):
        st.write(titles[row])
