"""The online base maps that a person may choose; nothing is asked of them before that."""

from __future__ import annotations

import re
from typing import TypedDict

import xyzservices
from xyzservices import providers


class OnlineMap(TypedDict):
    """One online base map.

    `url` is a Leaflet template, `attribution` plain text that must be shown, `named` whether its pictures carry the names of
    places, `hosts` who is asked for them.
    """

    name: str
    label: str
    url: str
    attribution: str
    attribution_url: str
    max_zoom: int
    named: bool
    subdomains: str
    hosts: list[str]


# CARTO's Positron, the usual light map, asks for a key by now; Esri's grey canvas does not.
_OFFERED: tuple[tuple[str, str, xyzservices.TileProvider], ...] = (
    ("osm", "OpenStreetMap", providers.OpenStreetMap.Mapnik),
    ("light", "Light grey", providers.Esri.WorldGrayCanvas),
    ("satellite", "Satellite", providers.Esri.WorldImagery),
)
_NAMED = frozenset({"osm"})
_TERMS = {"osm": "https://www.openstreetmap.org/copyright"}

OFFLINE = "offline"
_DEFAULT_MAX_ZOOM = 18


def online_maps() -> list[OnlineMap]:
    """The online base maps, in the order in which they are offered."""
    return [_online_map(name, label, provider) for name, label, provider in _OFFERED]


def base_names() -> frozenset[str]:
    """Every name that a base map can be chosen by, the built-in one included."""
    return frozenset({OFFLINE, *(name for name, *_ in _OFFERED)})


def _online_map(name: str, label: str, provider: xyzservices.TileProvider) -> OnlineMap:
    subdomains = str(provider.get("subdomains", "abc"))
    url = str(provider.build_url(x="{x}", y="{y}", z="{z}", fill_subdomain=False))
    return {
        "name": name,
        "label": label,
        "url": url,
        "attribution": _plain(str(provider["attribution"])),
        "attribution_url": _TERMS.get(name, ""),
        "max_zoom": int(provider.get("max_zoom", _DEFAULT_MAX_ZOOM)),
        "named": name in _NAMED,
        "subdomains": subdomains,
        "hosts": _hosts(url, subdomains),
    }


def _plain(attribution: str) -> str:
    return attribution.replace("(C)", "©").replace(" -- ", " — ")


def _hosts(url: str, subdomains: str) -> list[str]:
    found = re.match(r"https://([^/]+)/", url)
    if found is None:
        raise ValueError(f"An online base map needs an https address; got {url!r}.")
    host = found.group(1)
    return [host.replace("{s}", one) for one in subdomains] if "{s}" in host else [host]
