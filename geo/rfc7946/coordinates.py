"""The `coordinates` of a geometry: nesting, positions, lines and rings (RFC 7946, section 3.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from geo.bounded_json import MAX_INTEGER
from geo.fields import pointer
from geo.rfc7946.findings import Notes
from geo.rfc7946.rings import crosses, signed_area

LEVELS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""Arrays around the positions of each geometry type that has `coordinates`."""

MAX_DECIMALS = 7  # a centimetre
_MAX_FAULTS = 10  # of one geometry: a thousand numbers in quotes are one mistake
_POSITION = "Write [longitude, latitude] in degrees, WGS84, with an altitude in metres after them if there is one (RFC 7946, 3.1.1)."

_ADVICE = {
    "elements": (
        "holds more than three elements in {count}",
        "Keep longitude, latitude and altitude; put the rest into properties (RFC 7946, 3.1.1).",
    ),
    "range": (
        "lies outside of longitudes -180 to 180 and latitudes -90 to 90 in {count}",
        "Write degrees, longitude first; cut what goes across the antimeridian there (RFC 7946, 3.1.9 and 4).",
    ),
    "decimals": (
        f"has more than {MAX_DECIMALS} decimals in {{count}}, which is finer than a centimetre",
        "Round to 6 or 7 decimals (RFC 7946, 11.2).",
    ),
    "crossing": (
        "goes across the antimeridian in {count}: its longitudes lie more than 180 degrees apart",
        "Cut the geometry at the antimeridian; `python -m geo convert` from GeoJSON to GeoJSON does (RFC 7946, 3.1.9).",
    ),
    "winding": (
        "turns against the right-hand rule in {count}",
        "Exterior rings are counterclockwise, holes clockwise; `python -m geo convert` from GeoJSON to GeoJSON turns them (RFC 7946, 3.1.6).",
    ),
    "empty": ("is empty in {count}, which readers may take for null", "Write a geometry of null (RFC 7946, 3.1)."),
}
_UNITS = {"elements": "position", "range": "position", "decimals": "position", "crossing": "line", "winding": "ring", "empty": "array"}


@dataclass(slots=True)
class Measured:
    """What a walk through coordinates met: how many positions, and of how many elements each."""

    vertices: int = 0
    sizes: set[int] = field(default_factory=set)


def count_positions(type_: str, coordinates: Any) -> int:
    """How many positions a geometry has, or what stands in their place; cheaply, before anything is checked."""
    arrays = [coordinates]
    for _ in range(LEVELS[type_] - 1):
        arrays = [inner for array in arrays if isinstance(array, list) for inner in array]
    return sum(len(array) for array in arrays if isinstance(array, list)) if LEVELS[type_] else 1


class CoordinatesCheck:
    """One walk through the coordinates of one geometry. Faults are errors; what is odd is told once a geometry, with how often it is so."""

    def __init__(self, notes: Notes, measured: Measured, *, within_range: bool) -> None:
        self._notes = notes
        self._measured = measured
        self._within_range = within_range
        self._faults = 0
        self._odd: dict[str, tuple[str, Any, int]] = {}

    def check(self, type_: str, value: Any, where: str) -> None:
        """Check `coordinates` of a geometry of type `type_` at the JSON pointer `where`."""
        self._check_nested(type_, value, where, LEVELS[type_])
        if self._faults > _MAX_FAULTS:
            beyond = self._faults - _MAX_FAULTS
            self._notes.missing(where, f"has {beyond:,} more faults of these kinds", "Mend those listed, then check again.")
        for kind, (first, item, count) in self._odd.items():
            message, advice = _ADVICE[kind]
            told = message.format(count=f"{count:,} {_UNITS[kind]}{'' if count == 1 else 's'}")
            if kind == "range" and self._within_range:
                self._notes.error(first, told, item, advice)
            else:
                self._notes.warning(first, told, item, advice)

    def _check_nested(self, type_: str, value: Any, where: str, levels: int) -> None:
        if not isinstance(value, list):
            noun = "must be an array" if levels == LEVELS[type_] else f"must be an array: the coordinates of a {type_} are nested more deeply"
            self._fault(where, noun, value, f"{_shape(type_)} (RFC 7946, 3.1).")
        elif not value and (levels == LEVELS[type_] or levels > 1):
            self._note_odd("empty", where, value)
        elif levels == 0:
            self._check_position(value, where)
        elif levels == 1:
            self._check_line(type_, value, where)
        else:
            wrong = self._faults
            for index, item in enumerate(value):
                self._check_nested(type_, item, pointer(where, index), levels - 1)
            if levels == 2 and type_ in ("Polygon", "MultiPolygon") and self._faults == wrong:
                self._check_winding(value, where)

    def _check_line(self, type_: str, line: list[Any], where: str) -> None:
        """An array of positions: those of a MultiPoint, a line, or a ring."""
        wrong = self._faults
        for index, position in enumerate(line):
            if not self._check_position(position, None):
                self._fault_position(position, pointer(where, index))
            elif self._is_odd(position):
                self._note_odd_position(position, pointer(where, index))
        if type_ == "MultiPoint":
            return
        if type_ in ("LineString", "MultiLineString"):
            if len(line) < 2 and self._faults == wrong:
                self._fault(where, "must have two or more positions to be a line", line, "Add a position, or write a Point (RFC 7946, 3.1.4).")
        elif len(line) < 4 and self._faults == wrong:
            self._fault(where, "must have four or more positions to be a linear ring", line, "Repeat the first as the last (RFC 7946, 3.1.6).")
        elif self._faults == wrong and line[0] != line[-1]:
            advice = "Repeat the first position as the last, with all of its elements (RFC 7946, 3.1.6)."
            self._fault(pointer(where, len(line) - 1), "must be the same as the first position, to close the linear ring", line[-1], advice)
        if self._faults == wrong:
            for index, (start, end) in enumerate(pairwise(line)):
                if abs(end[0] - start[0]) > 180 and crosses(start, end):
                    self._note_odd("crossing", pointer(where, index + 1), end)

    def _check_position(self, position: Any, where: str | None) -> bool:
        """Whether this is a position; faults are noted only where its place is known."""
        fine = isinstance(position, list) and len(position) >= 2 and all(type(number) in (int, float) for number in position)
        if fine:
            self._measured.vertices += 1
            self._measured.sizes.add(len(position))
        if where is not None:
            if not fine:
                self._fault_position(position, where)
            elif self._is_odd(position):
                self._note_odd_position(position, where)
        return fine

    def _fault_position(self, position: Any, where: str) -> None:
        if not isinstance(position, list):
            self._fault(where, "must be a position, which is an array of numbers", position, _POSITION)
        elif len(position) < 2:
            self._fault(where, "must have two or more elements to be a position", position, _POSITION)
        else:
            for index, number in enumerate(position):
                if type(number) not in (int, float):
                    self._fault(pointer(where, index), "must be a number, as each element of a position", number, _POSITION)

    @staticmethod
    def _is_odd(position: list[float]) -> bool:
        lon, lat = position[0], position[1]
        if not (-180 <= lon <= 180 and -90 <= lat <= 90) or len(position) > 2:
            return True
        return round(lon, MAX_DECIMALS) != lon or round(lat, MAX_DECIMALS) != lat

    def _note_odd_position(self, position: list[float], where: str) -> None:
        lon, lat = position[0], position[1]
        for index, number in enumerate(position):
            if isinstance(number, int) and abs(number) > MAX_INTEGER:
                self._fault(pointer(where, index), "is too large a number", number, _POSITION)
                return
        if len(position) > 3:
            self._note_odd("elements", where, list(position))
        if not -180 <= lon <= 180:
            self._note_odd("range", pointer(where, 0), lon)
        elif not -90 <= lat <= 90:
            self._note_odd("range", pointer(where, 1), lat)
        else:
            for index, number in enumerate((lon, lat)):
                if round(number, MAX_DECIMALS) != number:
                    self._note_odd("decimals", pointer(where, index), number)
                    break

    def _check_winding(self, polygon: list[list[list[float]]], where: str) -> None:
        for index, ring in enumerate(polygon):
            area = signed_area(ring)
            if area is not None and (area > 0) != (index == 0):
                self._note_odd("winding", pointer(where, index), ring)

    def _note_odd(self, kind: str, where: str, value: Any) -> None:
        first, item, count = self._odd.get(kind, (where, value, 0))
        self._odd[kind] = (first, item, count + 1)

    def _fault(self, where: str, message: str, value: Any, advice: str) -> None:
        self._faults += 1
        if self._faults <= _MAX_FAULTS:
            self._notes.error(where, message, value, advice)


def _shape(type_: str) -> str:
    """How the coordinates of a type look, in words."""
    return {
        "Point": "A Point has one position",
        "MultiPoint": "A MultiPoint has an array of positions",
        "LineString": "A LineString has an array of two or more positions",
        "MultiLineString": "A MultiLineString has an array of arrays of positions",
        "Polygon": "A Polygon has an array of linear rings, which are arrays of positions",
        "MultiPolygon": "A MultiPolygon has an array of polygons, which are arrays of linear rings",
    }[type_]
