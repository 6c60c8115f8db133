"""The Folium elements: a base map with no foreign scripts, and the layer of events on it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

from geo.kinds import KINDS, Kind
from geo.mapping.tiles import OFFLINE, OnlineMap, online_maps

ASSETS = Path(__file__).parent
_LEAFLET = "/dateline/leaflet"
_MAP = "/dateline/map"

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
    "disc_painting.js",
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
WORLD_VIEW = (2.0, 0.0, 20.0)


_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&'`{}%#"}


def safe_json(value: object) -> str:
    """JSON that can stand inside a script of Folium's: no text in it can end the script or the line, or be taken for markup.

    Nor for a template: branca reads what a template gave as a template once more, so a `{{` in a text would run in Python.
    """
    text = json.dumps(value, allow_nan=False)  # ASCII only, so U+2028 and U+2029 are escaped
    return _STRING.sub(lambda string: string.group().translate(_ESCAPES), text)


class BaseMap(folium.Map):
    """A Folium map that loads Leaflet and the map's scripts from the app's own routes, and nothing else.

    Folium's own header is left out: its styles are in map.css, and it would forbid a person to zoom the page.
    """

    _template = Template(
        """
        {% macro html(this, kwargs) %}
            <div class="folium-map" id={{ this.get_name()|tojson }} ></div>
        {% endmacro %}

        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = window.datelineParts.leafletMap(
                {{ this.get_name()|tojson }}, {{ this.location|tojson }}, {{ this.options|tojavascript }}
            );
        {% endmacro %}
        """
    )

    def __init__(self, view: tuple[float, float, float]) -> None:
        zoom, lon, lat = view
        super().__init__(
            location=(lat, lon),  # Folium and Leaflet say latitude first; nothing else in the project does
            zoom_start=zoom,  # type: ignore[arg-type]  # Leaflet takes fractions; Folium's annotation says int
            tiles=None,
            zoom_control=False,
        )
        scripts = [("leaflet", f"{_LEAFLET}/leaflet.js"), *_links(SCRIPTS)]
        addresses = ",".join(address for _, address in scripts)
        self.default_js = [("preload", f"{_MAP}/preload.js?v={_version()}#{addresses}"), *scripts]
        self.default_css = [("leaflet_css", f"{_LEAFLET}/leaflet.css"), *_links(STYLES)]


class EventLayer(JSCSSMixin, MacroElement):
    """The events, rings, controls and the channel: hands its options to `window.datelineMap` (map.js)."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            window.datelineMap({{ this._parent.get_name() }}, {{ this.options_json }});
        {% endmacro %}
        """
    )

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "EventLayer"
        self.options_json = safe_json(options)


def event_map(
    *,
    channel: str,
    columns: str,
    labels: str,
    kinds: Sequence[Kind] = KINDS,
    view: tuple[float, float, float] | None = None,
    base: str = OFFLINE,
    theme: Literal["light", "dark"] = "light",
    tiles: Iterable[OnlineMap] | None = None,
    basemap: str = "/dateline/basemap/",
) -> folium.Map:
    """The whole map, to be given to `st_folium`.

    `channel` is the name of the BroadcastChannel, `columns` and `labels` are addresses (docs/protocol.md), `view` is
    (zoom, longitude, latitude) or None to show all events, `base` is the name of the base map to begin with.

    `st_folium` makes a new iframe whenever any of these differs from the run before, so all of them have to stay the same for a
    browser session; what changes goes over the channel. Build the map anew on every run all the same: `st_folium` alters what it
    is given.
    """
    options = {
        "channel": channel,
        "columns": columns,
        "labels": labels,
        "kinds": [{"code": kind.code, "label": kind.label, "colour": kind.colour, "path": kind.path} for kind in kinds],
        "view": None if view is None else dict(zip(("zoom", "lon", "lat"), view, strict=True)),
        "base": base,
        "theme": theme,
        "tiles": list(online_maps() if tiles is None else tiles),
        "basemap": basemap,
    }
    drawn = BaseMap(view or WORLD_VIEW)
    EventLayer(options).add_to(drawn)
    return drawn


def _links(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, f"{_MAP}/{name}?v={_version()}") for name in names if (ASSETS / name).is_file()]


@lru_cache(maxsize=1)
def _version() -> str:
    """Changes with the scripts, so that a browser never runs yesterday's script with today's data."""
    digest = hashlib.sha256()
    for name in ("preload.js", *SCRIPTS, *STYLES):
        if (ASSETS / name).is_file():
            digest.update((ASSETS / name).read_bytes())
    return digest.hexdigest()[:12]
