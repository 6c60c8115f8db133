"""The way in: `streamlit run app.py`."""

import os
from importlib.resources import files
from pathlib import Path

import streamlit as st

from geo.api import middleware, routes
from geo.mapping.tiles import online_maps
from geo.settings import from_environment
from geo.store import open_store
from geo.ui.warming import warmed

_settings = from_environment(os.environ)
_store = open_store(_settings.store)
app = st.App(
    "pages/router.py",
    lifespan=warmed(_store),
    routes=routes(_store),
    middleware=middleware(
        hosts=_settings.hosts,
        image_hosts=[host for online in online_maps() for host in online["hosts"]],
        page=Path(str(files("streamlit"))) / "static" / "index.html",
    ),
)
