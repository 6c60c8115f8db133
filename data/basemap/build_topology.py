"""Simplify, cut and quantise geometries, and write them as TopoJSON."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

Coords = NDArray[np.float64]


def mercator(coords: Coords) -> Coords:
    """(lon, lat) -> Web Mercator, measured in degrees of longitude, so that a tolerance means pixels everywhere."""
    lat = np.radians(np.clip(coords[:, 1], -89.0, 89.0))
    return np.column_stack([coords[:, 0], np.degrees(np.log(np.tan(math.pi / 4 + lat / 2)))])


def unmercator(coords: Coords) -> Coords:
    """The inverse of `mercator`."""
    lat = 2 * np.arctan(np.exp(np.radians(coords[:, 1]))) - math.pi / 2
    return np.column_stack([coords[:, 0], np.degrees(lat)])


def simplify_arcs(arcs: list[Coords], *, tolerance_deg: float) -> list[Coords]:
    """Douglas-Peucker with each arc's ends kept, so that neighbours still meet."""
    return [unmercator(_simplified(mercator(arc), tolerance_deg)) if len(arc) > 2 else arc for arc in arcs]


def _simplified(arc: Coords, tolerance_deg: float) -> Coords:
    simple: Coords = shapely.get_coordinates(LineString(arc).simplify(tolerance_deg, preserve_topology=False))
    closed = bool(np.allclose(arc[0], arc[-1]))
    if closed and len(simple) < 5:  # a small island keeps its shape rather than becoming a splinter
        return arc if len(arc) < 12 else arc[np.linspace(0, len(arc) - 1, 9).astype(int)]
    return simple


def simplify_shapes(shapes: Iterable[BaseGeometry], *, tolerance_deg: float) -> list[BaseGeometry]:
    """As `simplify_arcs`, for geometries that share no arcs."""
    flat = (shapely.transform(shape, mercator).simplify(tolerance_deg) for shape in shapes)
    return [shapely.transform(shape, unmercator) for shape in flat if not shape.is_empty]


def tile_bounds(z: int, x: int, y: int, *, buffer: float) -> tuple[float, float, float, float]:
    """West, south, east, north of a Web Mercator tile grown by `buffer` (a share of its side)."""
    side = 360 / 2**z
    west, north = -180 + (x - buffer) * side, 180 - (y - buffer) * side
    corners = unmercator(np.array([[west, north - (1 + 2 * buffer) * side], [west + (1 + 2 * buffer) * side, north]]))
    return float(corners[0, 0]), float(corners[0, 1]), float(corners[1, 0]), float(corners[1, 1])


def pieces(line: BaseGeometry, *, length_deg: float) -> list[LineString]:
    """Cut lines at vertices into pieces of about `length_deg`: a dash pattern then starts at the same places in every tile."""
    out: list[LineString] = []
    for part in shapely.get_parts(line):
        coords = shapely.get_coordinates(part)
        start, run = 0, 0.0
        for i in range(1, len(coords)):
            run += float(np.hypot(*(coords[i] - coords[i - 1])))
            if run >= length_deg or i == len(coords) - 1:
                out.append(LineString(coords[start : i + 1]))
                start, run = i, 0.0
    return out


class TopologyWriter:
    """Collects layers of polygons and lines into one quantised TopoJSON object; no arc is shared."""

    def __init__(self, bounds: tuple[float, float, float, float], *, steps: int) -> None:
        west, south, east, north = bounds
        self._origin = np.array([west, south])
        self._scale = np.array([(east - west) / steps, (north - south) / steps])
        self._arcs: list[list[list[int]]] = []
        self._objects: dict[str, Any] = {}

    def add_polygons(self, name: str, shapes: Iterable[BaseGeometry]) -> None:
        """A MultiPolygon layer; rings that quantise to nothing are left out."""
        polygons = []
        for shape in shapes:
            for part in shapely.get_parts(shape):
                if isinstance(part, Polygon) and not part.is_empty:
                    rings = [self._arc(ring.coords, least=4) for ring in [part.exterior, *part.interiors]]
                    if rings[0] is not None:
                        polygons.append([[arc] for arc in rings if arc is not None])
        self._objects[name] = {"type": "MultiPolygon", "arcs": polygons}

    def add_lines(self, name: str, shapes: Iterable[BaseGeometry]) -> None:
        """A MultiLineString layer."""
        self._objects[name] = {"type": "MultiLineString", "arcs": self._lines(shapes)}

    def add_lines_by_zoom(self, name: str, shapes: dict[int, list[BaseGeometry]]) -> None:
        """A collection of MultiLineStrings, each with the zoom from which it is drawn."""
        geometries = [
            {"type": "MultiLineString", "properties": {"zoom": zoom}, "arcs": arcs}
            for zoom, group in sorted(shapes.items())
            if (arcs := self._lines(group))
        ]
        self._objects[name] = {"type": "GeometryCollection", "geometries": geometries}

    def topology(self, **members: Any) -> dict[str, Any]:
        """The finished object, with any foreign members given."""
        transform = {"scale": self._scale.tolist(), "translate": self._origin.tolist()}
        return {"type": "Topology", **members, "transform": transform, "objects": self._objects, "arcs": self._arcs}

    def is_empty(self) -> bool:
        return not self._arcs

    def _lines(self, shapes: Iterable[BaseGeometry]) -> list[list[int]]:
        arcs = (self._arc(part.coords, least=2) for shape in shapes for part in shapely.get_parts(shape) if not part.is_empty)
        return [[arc] for arc in arcs if arc is not None]

    def _arc(self, coords: Sequence[Sequence[float]], *, least: int) -> int | None:
        steps = np.rint((np.asarray(coords)[:, :2] - self._origin) / self._scale).astype(int)
        moved = np.concatenate([[True], np.any(np.diff(steps, axis=0) != 0, axis=1)])
        steps = steps[moved]
        if len(steps) < least:
            return None
        deltas = np.concatenate([steps[:1], np.diff(steps, axis=0)])
        self._arcs.append(deltas.tolist())
        return len(self._arcs) - 1
