"""The map's scripts and styles, and their addresses. Imports nothing of Folium's, so that the server can serve them before Folium is there."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

ASSETS = Path(__file__).parent
LEAFLET_PREFIX = "/dateline/leaflet"
MAP_PREFIX = "/dateline/map"
SCRIPT_PATH = f"{MAP_PREFIX}/map-{{version}}.js"

# In the order in which they have to run.
SCRIPTS: tuple[str, ...] = (
    "vendor/geographiclib-geodesic.min.js",
    "vendor/geojson-vt.js",
    "basemap_style.js",
    "basemap_data.js",
    "basemap_layout.js",
    "basemap_labels.js",
    "basemap_tiles.js",
    "basemap.js",
    "dom.js",
    "typeface.js",
    "order.js",
    "columns.js",
    "labels.js",
    "places.js",
    "shown.js",
    "fit.js",
    "marks.js",
    "discs.js",
    "disc_search.js",
    "cells.js",
    "density.js",
    "canvas_layer.js",
    "event_layer.js",
    "label_places.js",
    "rings_layer.js",
    "tooltip.js",
    "stack_list.js",
    "controls.js",
    "legend.js",
    "base_choice.js",
    "readouts.js",
    "furniture.js",
    "channel.js",
    "handle.js",
    "pointing.js",
    "choosing.js",
    "view.js",
    "map.js",
)
STYLES: tuple[str, ...] = ("map.css",)


def script_url() -> str:
    """Where Leaflet and all of `SCRIPTS` are served as one file: streamlit-folium loads a map's scripts one after the other, a round trip each."""
    return SCRIPT_PATH.format(version=version())


def style_urls() -> list[tuple[str, str]]:
    """The names and addresses of the map's styles, as Folium takes them."""
    return [("leaflet_css", f"{LEAFLET_PREFIX}/leaflet.css"), *((name, f"{MAP_PREFIX}/{name}?v={version()}") for name in STYLES)]


@lru_cache(maxsize=1)
def script() -> bytes:
    """Leaflet and all of `SCRIPTS`, in their order."""
    leaflet = (files("js_lib_leaflet") / "static" / "js_lib_leaflet" / "leaflet.js").read_bytes()
    return b"\n;\n".join([leaflet, *((ASSETS / name).read_bytes() for name in SCRIPTS)])


@lru_cache(maxsize=1)
def version() -> str:
    """Changes with the scripts and styles, so that a browser never runs yesterday's script with today's data."""
    digest = hashlib.sha256(script())
    for name in STYLES:
        digest.update((ASSETS / name).read_bytes())
    return digest.hexdigest()[:12]
