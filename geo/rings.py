"""Range rings on the ellipsoid: their outlines, the radii that people type, and what lies inside."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, NoReturn

from geo.errors import InvalidInput, Problem, shown
from geo.geodesy import ellipsoid
from geo.lengths import MAX_RADIUS_M, MAX_RINGS, MIN_RADIUS_M, UNITS, Radius, Unit, format_distance, parse_radii, plain_number
from geo.model import Event, Position, Site

__all__ = [
    "MAX_RADIUS_M",
    "MAX_RINGS",
    "MIN_RADIUS_M",
    "UNITS",
    "InRange",
    "Radius",
    "RangeRing",
    "RingRequest",
    "Unit",
    "format_distance",
    "message",
    "parse_radii",
    "ring",
    "steps_for",
    "store_rings",
    "tool_rings",
    "within",
]

_ALWAYS_SHORTEST_M = 19_970_326.0  # pi times the semi-minor axis: geodesics up to here are the shortest way
_MAX_ID = 1_000
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)

Anchor = Literal["point", "event", "site"]
_NAMED: tuple[Literal["event", "site"], ...] = ("event", "site")


@dataclass(frozen=True, slots=True)
class RingRequest:
    """One ring of the tool: around a `position` (longitude, latitude in degrees), or around the event or site of an `id`.

    Its text form stands in the address: `42.441,33.786,50,km`, `event:ID,50,nmi`, `site:ID,50,mi`. The id may hold anything, since the radius
    and the unit are split off from the right. Raises InvalidInput for what cannot be drawn.
    """

    anchor: Anchor
    id: str | None
    position: Position | None
    radius: Radius

    def __post_init__(self) -> None:
        if self.anchor == "point":
            if self.position is None or not (-180 <= self.position[0] <= 180 and -90 <= self.position[1] <= 90):
                _refuse("the centre is no position on the Earth", self.position, "Give longitude, then latitude, in degrees.")
        elif not self.id or len(self.id) > _MAX_ID:
            _refuse(f"the id of the {self.anchor} is missing or too long", self.id, f"Give the id of the {self.anchor} to draw around.")

    @classmethod
    def at(cls, position: Position, radius: Radius) -> RingRequest:
        """A ring around a position (longitude, latitude in degrees)."""
        return cls("point", None, position, radius)

    @classmethod
    def around(cls, anchor: Literal["event", "site"], id_: str, radius: Radius) -> RingRequest:
        """A ring around an event or a site."""
        return cls(anchor, id_, None, radius)

    @classmethod
    def parse(cls, text: str) -> RingRequest:
        """Read the text form. Raises InvalidInput."""
        parts = text.rsplit(",", 2)
        if len(parts) != 3:
            _refuse("this is no ring", text, "Write longitude,latitude,radius,unit or event:ID,radius,unit or site:ID,radius,unit.")
        centre, value, unit = parts
        radius = Radius(_number(value, "radius"), unit)
        named = next((anchor for anchor in _NAMED if centre.startswith(f"{anchor}:")), None)
        if named is not None:
            return cls.around(named, centre[len(named) + 1 :], radius)
        lon, comma, lat = centre.partition(",")
        if not comma:
            _refuse("the centre is no position", centre, "Write longitude,latitude in degrees, or event:ID, or site:ID.")
        return cls.at((_number(lon, "longitude"), _number(lat, "latitude")), radius)

    def __str__(self) -> str:
        centre = ",".join(map(plain_number, self.position)) if self.position is not None else f"{self.anchor}:{self.id}"
        return f"{centre},{plain_number(self.radius.value)},{self.radius.unit}"


@dataclass(frozen=True, slots=True)
class RangeRing:
    """A ring to draw: `center` is longitude, latitude in degrees (WGS84). `origin` tells the rings of the store from those of the tool."""

    id: str
    label: str
    meaning: str
    origin: Literal["store", "tool"]
    center: Position
    radius_m: float


@dataclass(frozen=True, slots=True)
class InRange:
    """An event whose point lies inside a ring, `distance_m` metres from its centre; `surely` if its whole disc of uncertainty does."""

    event: Event
    distance_m: float
    surely: bool


def within(events: Iterable[Event], center: Position, radius_m: float) -> list[InRange]:
    """The events whose point is at most `radius_m` metres from `center` (longitude, latitude in degrees), nearest first.

    Events without a point are in no ring.
    """
    placed = [(event, event.position) for event in events if event.position is not None]
    if not placed:
        return []
    count = len(placed)
    lons, lats = [position[0] for _, position in placed], [position[1] for _, position in placed]
    distances = ellipsoid().inv([center[0]] * count, [center[1]] * count, lons, lats)[2]
    found = [
        InRange(event, float(distance), distance + _uncertainty_m(event) <= radius_m)
        for (event, _), distance in zip(placed, distances, strict=True)
        if distance <= radius_m
    ]
    return sorted(found, key=lambda near: (near.distance_m, near.event.id))


def store_rings(sites: Iterable[Site]) -> list[RangeRing]:
    """The rings that the sites of a store carry."""
    return [
        RangeRing(
            id=f"store:{site.id}:{number}",
            label=f"{plain_number(given.radius_km)} km around {site.name}",
            meaning=given.label,
            origin="store",
            center=site.position,
            radius_m=given.radius_km * 1_000,
        )
        for site in sites
        for number, given in enumerate(site.rings)
    ]


def tool_rings(
    requests: Iterable[RingRequest], *, event: Callable[[str], Event | None], site: Callable[[str], Site | None]
) -> tuple[list[RangeRing], list[str]]:
    """The rings of the tool, with their centres looked up by id; what cannot be drawn is named in the list of faults."""

    def centre(request: RingRequest) -> tuple[str | None, Position | None]:
        if request.anchor == "point":
            return "", request.position
        if request.anchor == "event":
            there = event(request.id or "")
            return (None, None) if there is None else (there.title, there.position)
        named = site(request.id or "")
        return (None, None) if named is None else (named.name, named.position)

    rings: list[RangeRing] = []
    faults: list[str] = []
    for request in requests:
        name, center = centre(request)
        if center is None:
            why = f"there is no such {request.anchor}" if name is None else f"“{name}” is not on the map"
            faults.append(f"The ring of {request.radius} around the {request.anchor} {shown(request.id)} is not drawn: {why}.")
            continue
        label = f"{request.radius} around {name or _position_in_words(center)}"
        rings.append(RangeRing(f"tool:{request}", label, "drawn with the ring tool", "tool", center, request.radius.metres))
    return rings, faults


def message(given: RangeRing) -> dict[str, Any]:
    """The ring as the channel's `rings` message carries it (docs/protocol.md): longitude, latitude rounded to 1e-6 degrees, about 0.1 m."""
    return {
        "id": given.id,
        "label": given.label,
        "meaning": given.meaning,
        "origin": given.origin,
        "center": [round(degrees, 6) for degrees in given.center],
        "radius_m": round(given.radius_m, 6),
        "coordinates": _rounded_ring(given.center, given.radius_m),
    }


@functools.lru_cache(maxsize=4 * MAX_RINGS)
def _rounded_ring(center: Position, radius_m: float) -> list[list[list[float]]]:
    """Kept, since the same rings are sent whenever anything changes. Whoever gets it must not change it."""
    return [[[round(lon, 6), round(lat, 6)] for lon, lat in line] for line in ring(center, radius_m)]


def steps_for(radius_m: float) -> int:
    """How many vertices a ring of `radius_m` metres gets: its chords leave the circle by about 1 m up to 400 km, by less than 1e-5 of it beyond."""
    return 4 * math.ceil(min(max(math.pi * math.sqrt(radius_m / 2), 120), 1440) / 4)


def ring(center: Position, radius_m: float, *, steps: int | None = None) -> list[list[Position]]:
    """The circle of all points at `radius_m` metres from `center`: the coordinates of a GeoJSON MultiLineString (longitude, latitude, degrees).

    It is cut at the antimeridian (RFC 7946, section 3.1.9), so that no line crosses it; a ring that is not cut is one closed line. `steps`, rounded
    up to a multiple of four, is the number of vertices. Raises ValueError unless 0 < radius_m <= MAX_RADIUS_M.
    """
    if not 0 < radius_m <= MAX_RADIUS_M:
        raise ValueError(f"the radius must be more than 0 m and at most {MAX_RADIUS_M} m (got {radius_m!r})")
    # The vertices due north and south are always there, so that a ring which all but touches a pole passes it on the right side.
    count = 4 * math.ceil((steps or steps_for(radius_m)) / 4)
    vertices = _vertices(center, radius_m, [360 * step / count for step in range(count)])
    lines = [[vertices[0][1]]]
    for (before, one), (azimuth, two) in pairwise([*vertices, (360.0, vertices[0][1])]):
        if abs(two[0] - one[0]) > 180:
            cut = _cut(center, radius_m, before, azimuth, one)
            lines[-1] += cut[:1]
            lines.append(cut[1:])
        lines[-1].append(two)
    if len(lines) > 1:  # the last line runs on into the first, where the azimuths began
        lines[0] = lines.pop() + lines[0][1:]
    return [line for line in map(_without_repeats, lines) if len(line) > 1]


def _vertices(center: Position, radius_m: float, azimuths: Sequence[float]) -> list[tuple[float, Position]]:
    """The points at `radius_m` metres in these directions (degrees), each with its azimuth.

    Close to half of the circumference some geodesics have stopped being the shortest way before they get that far: their ends are left out.
    """
    count = len(azimuths)
    lons, lats, _ = ellipsoid().fwd([center[0]] * count, [center[1]] * count, list(azimuths), [radius_m] * count)
    points = [(float(lon), float(lat)) for lon, lat in zip(lons, lats, strict=True)]
    if radius_m <= _ALWAYS_SHORTEST_M:
        return list(zip(azimuths, points, strict=True))
    distances = ellipsoid().inv([center[0]] * count, [center[1]] * count, lons, lats)[2]
    checked = zip(azimuths, points, distances, strict=True)
    return [(azimuth, point) for azimuth, point, distance in checked if abs(distance - radius_m) < 0.001]


def _cut(center: Position, radius_m: float, low: float, high: float, start: Position) -> list[Position]:
    """Where the ring meets the antimeridian between two azimuths: the point as seen from the side of `start`, and from the other side.

    Empty if the ring has no point there that is truly at the radius.
    """
    east = start[0] > 0
    while low < (middle := (low + high) / 2) < high:
        if (_point_at(center, radius_m, middle)[0] > 0) == east:
            low = middle
        else:
            high = middle
    return [(side, point[1]) for _, point in _vertices(center, radius_m, [low]) for side in ((180.0, -180.0) if east else (-180.0, 180.0))]


def _point_at(center: Position, radius_m: float, azimuth: float) -> Position:
    lon, lat, _ = ellipsoid().fwd(center[0], center[1], azimuth, radius_m)
    return float(lon), float(lat)


def _without_repeats(line: Sequence[Position]) -> list[Position]:
    return [*line[:1], *(two for one, two in pairwise(line) if one != two)]


def _uncertainty_m(event: Event) -> float:
    return (event.place.uncertainty_km or 0.0) * 1_000 if event.place else 0.0


def _position_in_words(position: Position) -> str:
    lon, lat = position
    return f"{plain_number(round(abs(lat), 4))}° {'S' if lat < 0 else 'N'}, {plain_number(round(abs(lon), 4))}° {'W' if lon < 0 else 'E'}"


def _number(text: str, name: str) -> float:
    if len(text) > _MAX_ID or not _NUMBER.fullmatch(text):
        _refuse(f"the {name} is no number", text, "Write it in digits, with a decimal point.")
    return float(text)


def _refuse(message: str, value: object, advice: str) -> NoReturn:
    raise InvalidInput([Problem("", message, shown(value), advice)])
