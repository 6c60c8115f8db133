"""Hypothesis strategies: any JSON that files may hold, any valid GeoJSON, and simple polygons around any longitude."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import strategies as st

NUMBERS = st.integers(-(10**25), 10**25) | st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=8)
# No member that RFC 7946 gives a meaning, or that earlier GeoJSON did.
_KNOWN = {"type", "id", "geometry", "properties", "features", "coordinates", "geometries", "bbox", "crs"}
FOREIGN = st.dictionaries(TEXTS.filter(lambda name: name not in _KNOWN), JSON, max_size=2)

LON = st.integers(-180, 180) | st.floats(-180, 180)
LAT = st.integers(-90, 90) | st.floats(-90, 90)
POSITIONS = st.tuples(LON, LAT).map(list) | st.tuples(LON, LAT, st.integers(-500, 9000) | st.floats(-500, 9000)).map(list)
_LINES = st.lists(POSITIONS, min_size=2, max_size=5)
_RINGS = st.lists(POSITIONS, min_size=3, max_size=5).map(lambda ring: [*ring, ring[0]])
_POLYGONS = st.lists(_RINGS, min_size=1, max_size=2)


def _of(type_: str, coordinates: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(lambda value, more: {"type": type_, "coordinates": value} | more, coordinates, FOREIGN)


SINGLE_GEOMETRIES = st.one_of(
    _of("Point", POSITIONS),
    _of("MultiPoint", st.lists(POSITIONS, max_size=3)),
    _of("LineString", _LINES),
    _of("MultiLineString", st.lists(_LINES, max_size=2)),
    _of("Polygon", _POLYGONS),
    _of("MultiPolygon", st.lists(_POLYGONS, max_size=2)),
)
GEOMETRIES = SINGLE_GEOMETRIES | st.lists(SINGLE_GEOMETRIES, max_size=3).map(lambda parts: {"type": "GeometryCollection", "geometries": parts})
IDS = st.just({}) | st.builds(lambda id_: {"id": id_}, TEXTS | NUMBERS)
FEATURES = st.builds(
    lambda id_, geometry, properties, more: {"type": "Feature"} | id_ | {"geometry": geometry, "properties": properties} | more,
    IDS,
    st.none() | GEOMETRIES,
    st.none() | st.dictionaries(TEXTS, JSON, max_size=3),
    FOREIGN,
)
COLLECTIONS = st.builds(
    lambda features, before, after: before | {"type": "FeatureCollection", "features": features} | after,
    st.lists(FEATURES, max_size=4),
    FOREIGN,
    FOREIGN,
)
GEOJSON = COLLECTIONS | FEATURES | GEOMETRIES


@st.composite
def star_rings(draw: st.DrawFn, centre: tuple[float, float] | None = None, reach: float | None = None) -> list[list[float]]:
    """A ring that does not cross itself, counterclockwise: one vertex in each direction from its centre, at any distance up to `reach` degrees."""
    lon, lat = centre or (draw(st.integers(-200, 200)), draw(st.integers(-40, 40)))
    most = reach or draw(st.integers(5, 40))
    count = draw(st.integers(3, 12))
    ring = []
    for index in range(count):
        distance = most * draw(st.integers(20, 100)) / 100
        angle = 2 * math.pi * index / count
        ring.append([round(lon + distance * math.cos(angle), 6), round(lat + distance * math.sin(angle), 6)])
    return [*ring, list(ring[0])]


@st.composite
def star_polygons(draw: st.DrawFn) -> list[list[list[float]]]:
    """A polygon of a star ring, sometimes with a hole around its centre (which every star ring contains to a fifth of its reach)."""
    lon, lat = draw(st.integers(-200, 200)), draw(st.integers(-40, 40))
    reach = draw(st.integers(10, 40))
    exterior = draw(star_rings(centre=(lon, lat), reach=reach))
    if not draw(st.booleans()):
        return [exterior]
    # With three vertices the ring's edges come nearest to the centre: half of a fifth.
    return [exterior, draw(star_rings(centre=(lon, lat), reach=reach * 0.09))[::-1]]


def wrapped(ring: list[list[float]]) -> list[list[float]]:
    """A ring as files mostly have it: each longitude within -180 to 180."""
    return [[round((lon + 180) % 360 - 180, 6), *rest] for lon, *rest in ring]
