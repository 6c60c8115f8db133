"""Find where each name stands, how much room it has there, and from which zoom it is shown."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from build_sources import polygon_parts
from build_topology import mercator, unmercator
from shapely.affinity import rotate, scale
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

# Letters are wider than high: a spot is sought in a plane squeezed by this much, where a name is about round.
SQUEEZE = 2.6
TILE_PX = 256
REPEAT_SPACING_PX = 820
REPEAT_ZOOMS = range(6, 10)
MOST_REPEATS = 40
TOWN_SPACING_PX = 75
TOWN_ZOOMS = range(4, 9)
MOST_EARLY = 2


@dataclass(frozen=True)
class Anchor:
    """A spot for a name; `room_deg` is the free width along `angle_deg` (clockwise), in Mercator degrees of longitude."""

    lon: float
    lat: float
    room_deg: float
    angle_deg: float = 0.0


def px_per_degree(zoom: float) -> float:
    """Pixels of Web Mercator to a degree of longitude."""
    return TILE_PX * 2**zoom / 360


def zoom_that_fits(*, width_px: float, room_deg: float, lowest: int, highest: int) -> int:
    """The first zoom at which `room_deg` is `width_px` wide, kept between two bounds."""
    exact = math.log2(max(width_px, 1e-9) / max(room_deg * px_per_degree(0), 1e-12))
    return max(lowest, min(highest, math.ceil(exact)))


def text_width_px(name: str, *, per_letter_px: float) -> float:
    """The width of a name, set on two lines where it has more than one word, as the browser sets it."""
    words = name.split()
    longest = len(name)
    for i in range(1, len(words)):
        longest = min(longest, max(len(" ".join(words[:i])), len(" ".join(words[i:]))))
    return longest * per_letter_px


def flat(shape: BaseGeometry, *, tolerance_deg: float) -> BaseGeometry:
    """A geometry in Mercator degrees, simple and valid enough to measure in."""
    projected = shapely.transform(shape, mercator).simplify(tolerance_deg)
    return shapely.make_valid(projected)


def largest(shape: BaseGeometry) -> Polygon | None:
    """The largest polygon of a geometry, or None."""
    return max(polygon_parts(shape), key=lambda part: part.area, default=None)


def anchor(polygon: Polygon, *, may_turn: bool = False) -> Anchor:
    """The best spot in a polygon (Mercator degrees); a long, narrow and slanting one may turn the name."""
    level = _level_anchor(polygon)
    if not may_turn:
        return level
    angle = _long_axis_deg(polygon)
    middle = polygon.centroid
    turned = _level_anchor(rotate(polygon, angle, origin=middle))
    if abs(angle) < 12 or turned.room_deg < 1.35 * level.room_deg:
        return level
    x, y = mercator(np.array([[turned.lon, turned.lat]]))[0]
    spot = rotate(Point(x, y), -angle, origin=middle)
    lon, lat = unmercator(np.array([[spot.x, spot.y]]))[0]
    return Anchor(float(lon), float(lat), turned.room_deg, angle)


def _level_anchor(polygon: Polygon) -> Anchor:
    squeezed = scale(polygon, xfact=1 / SQUEEZE, origin=(0, 0))
    west, south, east, north = squeezed.bounds
    spoke = shapely.maximum_inscribed_circle(squeezed, tolerance=max(east - west, north - south) / 200)
    x, y, radius = spoke.coords[0][0] * SQUEEZE, spoke.coords[0][1], spoke.length
    low, high = _free_width(polygon, x, [y - radius * 0.3, y, y + radius * 0.3])
    low, high = max(low, x - 3 * SQUEEZE * radius), min(high, x + 3 * SQUEEZE * radius)
    lon, lat = unmercator(np.array([[(low + high) / 2, y]]))[0]
    return Anchor(float(lon), float(lat), high - low)


def _free_width(polygon: Polygon, x: float, ys: Iterable[float]) -> tuple[float, float]:
    """How far left and right of x one may go inside the polygon on all of these lines."""
    west, _, east, _ = polygon.bounds
    low, high = -math.inf, math.inf
    for y in ys:
        for part in shapely.get_parts(polygon.intersection(LineString([(west - 1, y), (east + 1, y)]))):
            a, _, b, _ = part.bounds
            if a <= x <= b:
                low, high = max(low, a), min(high, b)
    return (low, high) if math.isfinite(low) else (x, x)


def _long_axis_deg(polygon: Polygon) -> float:
    """The clockwise angle of a polygon's long axis, from -75 to 75: steeper names are hard to read."""
    box = shapely.get_coordinates(polygon.minimum_rotated_rectangle)
    sides = np.diff(box, axis=0)
    dx, dy = sides[np.argmax(np.hypot(sides[:, 0], sides[:, 1]))]
    angle = -math.degrees(math.atan2(dy, dx))
    angle = (angle + 90) % 180 - 90
    return round(max(-75.0, min(75.0, angle)), 1)


def repeats(polygon: Polygon, first: Anchor, *, width_px: float) -> list[tuple[int, Anchor]]:
    """More spots for a name in a large area, about a screen apart at the zoom from which each is shown."""
    found = [Point(*mercator(np.array([[first.lon, first.lat]]))[0])]
    out: list[tuple[int, Anchor]] = []
    for zoom in REPEAT_ZOOMS:
        spacing = REPEAT_SPACING_PX / px_per_degree(zoom)
        free = polygon.difference(shapely.union_all([point.buffer(spacing) for point in found]))
        while len(out) < MOST_REPEATS and (part := largest(free)) is not None:
            spot = _level_anchor(part)
            if spot.room_deg * px_per_degree(zoom) < width_px:
                break
            point = Point(*mercator(np.array([[spot.lon, spot.lat]]))[0])
            found.append(point)
            out.append((zoom, spot))
            free = free.difference(point.buffer(spacing))
    return out


def town_zooms(towns: list[tuple[float, float]], *, latest: list[int]) -> list[int]:
    """From which zoom each town (most important first) is shown: at the latest as its size asks, earlier if it stands alone."""
    points = mercator(np.array(towns))
    zooms = np.array(latest)
    for zoom in TOWN_ZOOMS:
        least = TOWN_SPACING_PX / px_per_degree(zoom)
        shown = [i for i in range(len(towns)) if zooms[i] <= zoom]
        for i in range(len(towns)):
            if not zoom < zooms[i] <= zoom + MOST_EARLY:
                continue
            steps = points[shown] - points[i] if shown else np.full((1, 2), 999.0)
            if np.hypot((steps[:, 0] + 180) % 360 - 180, steps[:, 1]).min() >= least:
                zooms[i] = zoom
                shown.append(i)
    return [int(zoom) for zoom in zooms]
