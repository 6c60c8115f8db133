"""Geometries cut at the antimeridian, so that no part of them goes across it (RFC 7946, section 3.1.9)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from geo.errors import InvalidInput, Problem, shown
from geo.fields import pointer
from geo.rfc7946.parts import with_parts
from geo.rfc7946.polygon_cutting import CannotCut, cut_polygon
from geo.rfc7946.rings import MAX_LON, Coordinates, between, shifted, stays, turns


def cut_at_antimeridian(geometry: dict[str, Any] | None) -> dict[str, Any] | None:
    """A geometry (or null) that `check_rfc7946` finds no error in, in parts within longitudes -180 to 180, none of which crosses the antimeridian.

    A line crosses it where its longitudes lie more than 180 degrees apart (but for -180 and 180 exactly), or where it goes beyond 180. A LineString
    that is cut becomes a MultiLineString, a Polygon a MultiPolygon whose rings are the right way around. Latitudes and altitudes at the cut are those
    of the straight line in degrees. What does not cross stays as it is, and so do other members. A polygon around a pole gets the pole as an edge;
    which pole it is, its winding says: the inside is on the left. Raises InvalidInput, with a pointer into the geometry, for what has no such parts:
    longitudes beyond 540, holes around a pole, rings that cross each other.
    """
    if geometry is None:
        return None
    type_ = geometry["type"]
    if type_ == "GeometryCollection":
        return with_parts(geometry, cut_at_antimeridian)
    coordinates = geometry["coordinates"]
    _check_longitudes(coordinates, "/coordinates")
    if type_ == "Point":
        return {**geometry, "coordinates": _within(coordinates)}
    if type_ == "MultiPoint":
        return {**geometry, "coordinates": [_within(position) for position in coordinates]}
    if type_ in ("LineString", "MultiLineString"):
        lines = [coordinates] if type_ == "LineString" else coordinates
        return _with_pieces(geometry, lines, [[line] if stays(line) else _cut_line(line) for line in lines], "MultiLineString")
    polygons = [coordinates] if type_ == "Polygon" else coordinates
    pieces = []
    for index, polygon in enumerate(polygons):
        where = "/coordinates" if type_ == "Polygon" else f"/coordinates/{index}"
        pieces.append([polygon] if all(stays(ring) for ring in polygon) else _cut_polygon(polygon, where))
    return _with_pieces(geometry, polygons, pieces, "MultiPolygon")


def _with_pieces(geometry: dict[str, Any], whole: list[Any], pieces: list[list[Any]], multi: str) -> dict[str, Any]:
    flat = [piece for cut in pieces for piece in cut]
    if geometry["type"] != multi:
        if not whole[0] or len(flat) == 1:
            return {**geometry, "coordinates": flat[0] if whole[0] else whole[0]}
        return {**geometry, "type": multi, "coordinates": flat}
    return {**geometry, "coordinates": flat}


def _check_longitudes(value: list[Any], where: str) -> None:
    if value and not isinstance(value[0], list):
        if not -MAX_LON <= value[0] <= MAX_LON:
            message = f"cannot be cut at the antimeridian: the longitude lies beyond {MAX_LON}"
            raise InvalidInput([Problem(pointer(where, 0), message, shown(value[0]), "Write degrees, longitude first.")])
        return
    for index, item in enumerate(value):
        _check_longitudes(item, pointer(where, index))


def _within(position: Coordinates) -> Coordinates:
    if not position or -180 <= position[0] <= 180:
        return position
    return shifted(position, -round(position[0] / 360))


def _cut_line(line: Sequence[Coordinates]) -> list[list[Coordinates]]:
    """The parts of a line, in its order, each in the strip of 360 degrees that it lies in, moved to the first."""
    around = turns(line)
    lons = [position[0] + 360 * turn for position, turn in zip(line, around, strict=True)]
    strip = _first_strip(lons)
    parts: list[list[Coordinates]] = [[shifted(line[0], around[0] - strip)]]
    for index, (lon_0, lon_1) in enumerate(pairwise(lons)):
        while not -180 <= lon_1 - strip * 360 <= 180:
            step = 1 if lon_1 > strip * 360 else -1
            border = strip * 360 + 180 * step
            cut = between(line[index], line[index + 1], lon_0, lon_1, border)
            _add(parts[-1], [180 * step, *cut[1:]])
            parts.append([[-180 * step, *cut[1:]]])
            strip += step
        _add(parts[-1], shifted(line[index + 1], around[index + 1] - strip))
    long = [part for part in parts if len(part) > 1]
    return long or [[parts[0][0], parts[0][0]]]


def _first_strip(lons: Sequence[float]) -> int:
    """The strip of 360 degrees that a line begins in; if it begins on a border, the one that it goes into."""
    strip = round(lons[0] / 360)
    # Rounding takes half a turn to the even strip, so the border may be either of the strip's.
    if lons[1] - strip * 360 > 180 and lons[0] - strip * 360 == 180:
        return strip + 1
    if lons[1] - strip * 360 < -180 and lons[0] - strip * 360 == -180:
        return strip - 1
    return strip


def _add(part: list[Coordinates], position: Coordinates) -> None:
    if list(part[-1]) != list(position):
        part.append(position)


def _cut_polygon(polygon: list[list[Coordinates]], where: str) -> list[list[list[Coordinates]]]:
    try:
        return cut_polygon(polygon)
    except CannotCut as reason:
        advice = "Cut it at the antimeridian yourself (RFC 7946, 3.1.9), or correct its rings."
        raise InvalidInput([Problem(where, f"cannot be cut at the antimeridian: {reason}", shown(polygon), advice)]) from None
