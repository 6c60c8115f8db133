"""Lines and rings of longitudes and latitudes: whether they cross the antimeridian, and which way rings turn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Coordinates = Sequence[float]
"""One position: longitude, latitude in degrees, and what may follow them (an altitude in metres)."""

MAX_LON = 540
"""Longitudes up to one and a half turns are measured and cut: programs that draw on a map without end write such."""

# Rounding of a shift by 360 degrees must not make a crossing of half a turn.
HALF_TURN = 180 + 1e-9


def crosses(start: Coordinates, end: Coordinates) -> bool:
    """Whether the line between two positions is meant to go across the antimeridian: the longitudes lie more than half a turn apart.

    From 180 to -180 exactly it does not: there RFC 7946 has it that a line is straight in longitude and latitude (3.1.1), and so do maps of the world
    draw their frame.
    """
    return abs(end[0] - start[0]) > HALF_TURN and not (abs(start[0]) == 180 and abs(end[0]) == 180)


def turns(line: Sequence[Coordinates]) -> list[int]:
    """For each position the whole turns (of 360 degrees) to add to its longitude, so that no line between two is more than half a turn long."""
    turn, result = 0, [0] if line else []
    for start, end in pairwise(line):
        if crosses(start, end):
            # Positions within [-180, 180] need one turn; further ones, as some programs write, may need more.
            turn += round((start[0] - end[0]) / 360)
        result.append(turn)
    return result


def signed_area(ring: Sequence[Coordinates]) -> float | None:
    """Twice the area of a closed ring in square degrees: positive if it is counterclockwise, as an exterior ring should be (RFC 7946, 3.1.6).

    A ring across the antimeridian is measured across it. None if it has no inside: it is flat, goes around a pole, or is beyond measuring.
    """
    if any(abs(position[0]) > MAX_LON for position in ring):
        return None
    around = turns(ring)
    if around[-1] != 0:
        return None
    lon_0, lat_0 = ring[0][0], float(ring[0][1])
    points = [(position[0] - lon_0 + 360 * turn, position[1] - lat_0) for position, turn in zip(ring, around, strict=True)]
    area = sum(x_1 * y_2 - x_2 * y_1 for (x_1, y_1), (x_2, y_2) in pairwise(points))
    return area if abs(area) > 0 and abs(area) < float("inf") else None


def shifted(position: Coordinates, turn: int) -> Coordinates:
    """The position with so many whole turns added to its longitude; as it is if there are none."""
    return position if turn == 0 else [position[0] + 360 * turn, *position[1:]]


def between(start: Coordinates, end: Coordinates, lon_0: float, lon_1: float, lon: float) -> Coordinates:
    """Where the straight line from `start`, taken to lie at longitude `lon_0`, to `end` at `lon_1` meets `lon`; altitudes are on that line too."""
    if lon in (lon_0, lon_1):
        return [lon, *(start if lon == lon_0 else end)[1:]]
    share = (lon - lon_0) / (lon_1 - lon_0)
    return [lon, *(a + (b - a) * share for a, b in zip(start[1:], end[1:], strict=False))]


def stays(line: Sequence[Coordinates]) -> bool:
    """Whether a line or ring lies within longitudes -180 to 180 and nowhere crosses the antimeridian."""
    return all(-180 <= position[0] <= 180 for position in line) and not any(crosses(start, end) for start, end in pairwise(line))
