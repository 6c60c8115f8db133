"""Outlines of countries and the borders that they share: parts of a country, what is land, the line between two states."""

from __future__ import annotations

import functools
import json
import math
from dataclasses import dataclass
from typing import Any

from geo.geodesy import distance_m, ellipsoid
from geo.ingest.gazetteer.sources import DATA
from geo.model import Position


@dataclass(frozen=True, slots=True)
class Area:
    """Where something may be: a middle, and the radius in kilometres around it that holds it."""

    position: Position
    uncertainty_km: float


def is_land(position: Position) -> bool:
    """Whether a position lies on land, as far as outlines at 1:50 million tell."""
    import shapely

    tree, _ = _shapes()
    return len(tree.query(shapely.Point(position), predicate="within")) > 0


def part_of_country(code: str, compass: str) -> Area | None:
    """A part of a country: `compass` is N, NE, ... or C for the middle. None for a country without an outline."""
    import shapely

    _, by_code = _shapes()
    shapes = by_code.get(code)
    if not shapes:
        return None
    main = max(shapes, key=lambda shape: shape.area)
    clipped = main.intersection(shapely.box(*part_of_box(main.bounds, compass)))
    return enclosing(clipped) if not clipped.is_empty else None


def part_of_box(box: tuple[float, float, float, float], compass: str) -> tuple[float, float, float, float]:
    """The part of a box (west, south, east, north) that lies in this direction: about half of it, or the middle three fifths for C."""
    west, south, east, north = box
    width, height = east - west, north - south
    if compass == "C":
        return west + 0.2 * width, south + 0.2 * height, east - 0.2 * width, north - 0.2 * height
    letters = set(compass)
    return (
        west + 0.45 * width if "E" in letters else west,
        south + 0.45 * height if "N" in letters else south,
        east - 0.45 * width if "W" in letters else east,
        north - 0.45 * height if "S" in letters else north,
    )


def shapes_of(code: str) -> list[Any]:
    """The outlines of a country, as polygons in degrees; none for one that the map does not have."""
    return _shapes()[1].get(code, [])


def border_line(one: str, other: str) -> Any | None:
    """The line that two countries share, in degrees; None if they share none."""
    import shapely

    lines = _file()["borders"].get("-".join(sorted((one, other))), [])
    return shapely.MultiLineString([line for line in lines if len(line) > 1]) if lines else None


def border(one: str, other: str) -> Area | None:
    """The border between two countries: its middle, and the radius that holds all of it. None if they share none."""
    line = border_line(one, other)
    return enclosing(line) if line is not None else None


def enclosing(shape: Any) -> Area:
    """The circle around a shape in degrees, its radius measured on the ellipsoid."""
    import shapely

    corners = shapely.get_coordinates(shape)
    squeeze = max(math.cos(math.radians(float(corners[:, 1].mean()))), 0.05)
    centre = shapely.minimum_bounding_circle(shapely.MultiPoint(corners * [squeeze, 1])).centroid
    middle = (float(centre.x / squeeze), float(centre.y))
    count = len(corners)
    distances = ellipsoid().inv([middle[0]] * count, [middle[1]] * count, corners[:, 0], corners[:, 1])[2]
    return Area(middle, float(max(distances)) / 1_000)


def seaward(position: Position, reach_m: float) -> float | None:
    """The direction, degrees clockwise from north, in which the sea lies from a place on a coast; None if there is none within `reach_m` metres."""
    for share in (0.35, 0.7, 1.0):
        east = north = 0.0
        for bearing in range(0, 360, 15):
            lon, lat, _ = ellipsoid().fwd(*position, bearing, reach_m * share)
            if not is_land((lon, lat)):
                east += math.sin(math.radians(bearing))
                north += math.cos(math.radians(bearing))
        if math.hypot(east, north) > 0.8:
            return math.degrees(math.atan2(east, north)) % 360
    return None


def offset(position: Position, bearing: float, metres: float) -> Position:
    """The position that many metres away in a direction (degrees clockwise from north), on the ellipsoid."""
    lon, lat, _ = ellipsoid().fwd(*position, bearing, metres)
    return float(lon), float(lat)


def midway(one: Position, other: Position) -> tuple[Position, float]:
    """The middle of the geodesic between two positions, and its length in metres."""
    azimuth, _, length = ellipsoid().inv(*one, *other)
    return offset(one, azimuth, length / 2), float(length)


def apart_km(one: Position, other: Position) -> float:
    """The distance between two positions in kilometres."""
    return distance_m(one, other) / 1_000


@functools.cache
def _file() -> Any:
    return json.loads((DATA / "gazetteer" / "countries.json").read_text(encoding="utf-8"))


@functools.cache
def _shapes() -> tuple[Any, dict[str, list[Any]]]:
    import shapely

    by_code = {code: [shapely.Polygon(rings[0], rings[1:]).buffer(0) for rings in polygons] for code, polygons in _file()["outlines"].items()}
    return shapely.STRtree([shape for shapes in by_code.values() for shape in shapes]), by_code
