"""The method page: what the codes and shapes mean, and how places and dates were found."""

import streamlit as st

from geo.ui import frame, state
from geo.ui.method_data import method_data
from geo.ui.method_view import method_view

state.leave_map()
collection = frame.collection_or_explain()
with st.container(key="method"):
    method_view(data=method_data(collection))
