"""The `crs` member, which GeoJSON has had until 2016 and RFC 7946 (section 4) has not: which of them say what RFC 7946 takes for granted."""

from __future__ import annotations

import re
from typing import Any

from geo.errors import Problem, shown

_ADVICE = "Transform the coordinates to WGS84 longitude and latitude and leave crs out; if they are in it already, only leave it out (RFC 7946, 4)."
_MAX_NAME = 200
_WGS84 = re.compile(
    r"(?:urn:(?:x-)?ogc:def:crs:)?OGC:(?:[0-9.]{0,8}:)?CRS84h?|CRS:?84h?"
    r"|(?:urn:(?:x-)?ogc:def:crs:)?EPSG:(?:[0-9.]{0,8}:)?4326|WGS ?84"
    r"|https?://www\.opengis\.net/(?:def/crs/OGC/[0-9.]{1,8}/CRS84h?|def/crs/EPSG/[0-9.]{1,8}/4326|gml/srs/epsg\.xml#4326)",
    re.IGNORECASE,
)


def crs_problem(crs: Any, where: str) -> Problem | None:
    """Why the member `crs` at the JSON pointer `where` cannot be taken; None if it says WGS84, longitude first. No link in it is followed."""
    if crs is None:
        return Problem(where, "says that nothing is known about the coordinates", "None", _ADVICE)
    if not isinstance(crs, dict):
        return Problem(where, "must be an object", shown(crs), _ADVICE)
    properties = crs.get("properties")
    if crs.get("type") == "name" and isinstance(properties, dict):
        name = properties.get("name")
        if isinstance(name, str) and len(name) <= _MAX_NAME and _WGS84.fullmatch(name):
            return None
        return Problem(f"{where}/properties/name", "names another coordinate reference system than WGS84", shown(name), _ADVICE)
    if crs.get("type") == "EPSG" and isinstance(properties, dict) and properties.get("code") in (4326, "4326"):
        return None  # a draft of GeoJSON of 2007, which some programs still write
    if crs.get("type") == "link":
        return Problem(where, "links to another file, and Dateline fetches nothing", shown(properties), _ADVICE)
    return Problem(where, "does not name a coordinate reference system", shown(crs), _ADVICE)
