"""What the peers draw: the placed events of the GeoParquet store that BENCH_STORE names, with their days; of many, BENCH_ROWS evenly chosen ones."""

import os
from datetime import date, timedelta

import numpy as np
import pyarrow.parquet as pq
import streamlit as st

EPOCH = date(1970, 1, 1)


@st.cache_resource
def load():
    """Longitudes, latitudes, days since 1970-01-01 and titles, in the order of time."""
    table = pq.read_table(os.environ["BENCH_STORE"], columns=["record", "lon", "lat", "first", "title"], filters=[("record", "=", "event")])
    placed = table.filter(table["lon"].is_valid())
    rows = int(os.environ.get("BENCH_ROWS", placed.num_rows))
    chosen = placed.take(np.linspace(0, placed.num_rows - 1, min(rows, placed.num_rows)).round().astype("i8"))
    days = np.array(chosen["first"]) // 1440
    return np.array(chosen["lon"]), np.array(chosen["lat"]), days, chosen["title"].to_pylist()


def shown_until():
    """A slider of dates over the events, and how many of them have begun by the day that it stands on."""
    _, _, days, _ = load()
    first, last = (EPOCH + timedelta(days=int(day)) for day in (days[0], days[-1]))
    until = st.slider("Events until", first, last, last, step=timedelta(days=1))
    return int(np.searchsorted(days, (until - EPOCH).days, side="right"))
