"""One polygon cut along the meridians of 180 degrees: its rings are split where they cross, and joined again along the cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from geo.rfc7946.rings import Coordinates, between, shifted, turns
from geo.rfc7946.winding import rewound_rings


class CannotCut(Exception):  # noqa: N818 - a reason, told by the caller
    """Why a polygon cannot be cut."""


class Vertex(NamedTuple):
    """A position, and the longitude `x` that it has on a plane where the Earth repeats every 360 degrees: its own and `turn` whole turns."""

    x: float
    position: Coordinates
    turn: int


Loop = list[Vertex]  # a ring without its last position, which is its first


@dataclass(frozen=True, slots=True)
class _Arc:
    """A run of a ring on one side of the border, from one crossing to the next. Both are vertices of it."""

    vertices: Loop
    starts_at: int
    ends_at: int


@dataclass(slots=True)
class _Crossings:
    """Where rings cross a border, and the arcs between on each side. A crossing goes `east` if it comes from the left of the border."""

    lats: list[float]
    east: list[bool]
    left: list[_Arc]
    right: list[_Arc]


def cut_polygon(polygon: Sequence[list[Coordinates]]) -> list[list[list[Coordinates]]]:
    """The parts of a polygon that crosses the antimeridian, each within longitudes -180 to 180, from west to east. Raises CannotCut."""
    rings = rewound_rings(polygon)
    exterior = _unwrapped(rings[0])
    if turns(rings[0])[-1] != 0:
        exterior, strips = _around_pole(rings[0])
    else:
        strips = _strips(exterior)
    holes = [_aligned(ring, exterior) for ring in rings[1:]]
    pieces: list[list[list[Coordinates]]] = []
    rest = [[exterior, *holes]]
    for strip in range(strips[0] - 1, strips[-1] + 1):
        inside: list[list[Loop]] = []
        beyond: list[list[Loop]] = []
        for piece in rest:
            left, right = _split(piece, strip * 360 + 180)
            inside += left
            beyond += right
        if strip in strips:
            pieces += [[_closed(loop, strip) for loop in piece] for piece in inside]
        rest = beyond
    if not pieces:
        raise CannotCut("it has no inside")
    return pieces


def _unwrapped(ring: Sequence[Coordinates]) -> Loop:
    return [Vertex(position[0] + 360 * turn, position, turn) for position, turn in zip(ring, turns(ring), strict=True)][:-1]


def _strips(exterior: Loop) -> range:
    """The strips of 360 degrees around each multiple of it that the polygon reaches into."""
    least, most = min(vertex.x for vertex in exterior), max(vertex.x for vertex in exterior)
    if most - least > 360:
        raise CannotCut("it is wider than the Earth")
    return range(round(least / 360), round(most / 360) + 1)


def _around_pole(ring: Sequence[Coordinates]) -> tuple[Loop, range]:
    """A ring around a pole as three turns of it, closed along the pole, and the strip in the middle, which is whole."""
    around = turns(ring)[-1]
    if abs(around) != 1:
        raise CannotCut("its ring goes more than once around the Earth")
    once = _unwrapped(ring)
    first = once[0].x
    least, most = sorted((first, first + 360 * around))
    if any(not least - 180 < vertex.x < most + 180 for vertex in once):
        raise CannotCut("its ring goes back and forth around a pole")
    thrice = [vertex._replace(x=vertex.x + 360 * turn, turn=vertex.turn + turn) for turn in (-around, 0, around) for vertex in once]
    # The inside is on the left: a ring that goes east has the North Pole there.
    pole = 90 * around
    end = once[0]._replace(x=first + 720 * around, turn=once[0].turn + 2 * around)
    corners = [Vertex(lon, [lon, pole], 0) for lon in (first + 720 * around, first - 360 * around)]
    strip = round((first + 180 * around) / 360)
    return [*thrice, end, *corners], range(strip, strip + 1)


def _aligned(ring: Sequence[Coordinates], exterior: Loop) -> Loop:
    """A hole, moved by whole turns to where its exterior is."""
    if turns(ring)[-1] != 0:
        raise CannotCut("a hole goes around a pole")
    hole = _unwrapped(ring)
    least, most = min(vertex.x for vertex in exterior), max(vertex.x for vertex in exterior)
    for turn in sorted(range(-3, 4), key=abs):
        moved = [vertex._replace(x=vertex.x + 360 * turn, turn=vertex.turn + turn) for vertex in hole]
        if all(least <= vertex.x <= most for vertex in moved) and any(_contains(exterior, vertex) for vertex in moved):
            return moved
    raise CannotCut("a hole lies outside of its exterior ring")


def _split(rings: Sequence[Loop], border: float) -> tuple[list[list[Loop]], list[list[Loop]]]:
    """A polygon (its exterior first) in what lies left (west) of the border and what lies right of it. A vertex on the border counts as left."""
    sides: tuple[list[Loop], list[Loop]] = ([], [])
    loose: tuple[list[Loop], list[Loop]] = ([], [])
    crossings = _Crossings([], [], [], [])
    for index, loop in enumerate(rings):
        right = [vertex.x > border for vertex in loop]
        if any(right) and not all(right):
            _take_arcs(loop, right, border, crossings)
        else:
            (sides if index == 0 else loose)[right[0]].append(loop)
    mates = _mates(crossings)
    sides[0].extend(_joined(crossings.left, mates, border))
    sides[1].extend(_joined(crossings.right, mates, border))
    return _with_holes(sides[0], loose[0]), _with_holes(sides[1], loose[1])


def _take_arcs(loop: Loop, right: list[bool], border: float, crossings: _Crossings) -> None:
    """Add the arcs of one ring and its crossings to those of the polygon."""
    size = len(loop)
    changes = [index for index in range(size) if right[index] != right[(index + 1) % size]]
    base = len(crossings.lats)
    cuts = []
    for index in changes:
        start, end = loop[index], loop[(index + 1) % size]
        cut = between(start.position, end.position, start.x, end.x, border)
        cuts.append(Vertex(border, cut, 0))
        crossings.lats.append(cut[1])
        crossings.east.append(not right[index])
    for number, index in enumerate(changes):
        following = (number + 1) % len(changes)
        length = (changes[following] - index) % size or size
        run = [loop[(index + step) % size] for step in range(1, length + 1)]
        arc = _Arc([cuts[number], *run, cuts[following]], base + number, base + following)
        (crossings.left if crossings.east[base + following] else crossings.right).append(arc)


def _mates(crossings: _Crossings) -> dict[int, int]:
    """The crossings in pairs, between which the border lies inside: going north, the first of a pair goes east and the second west."""
    mates: dict[int, int] = {}
    pending: int | None = None
    in_order = sorted(range(len(crossings.lats)), key=lambda index: crossings.lats[index])
    for _, tied in groupby(in_order, key=lambda index: crossings.lats[index]):
        # Of crossings at one latitude that is taken first which keeps the order.
        going: tuple[list[int], list[int]] = ([], [])
        for index in tied:
            going[crossings.east[index]].append(index)
        while going[0] or going[1]:
            ways = going[pending is None]
            if not ways:
                raise CannotCut("its rings cross each other")
            chosen = ways.pop()
            if pending is None:
                pending = chosen
            else:
                mates[pending], mates[chosen], pending = chosen, pending, None
    return mates


def _joined(arcs: Sequence[_Arc], mates: dict[int, int], border: float) -> list[Loop]:
    """The arcs of one side as rings: each goes on, along the border, with the one that begins at its end's mate."""
    by_start = {arc.starts_at: arc for arc in arcs}
    loops = []
    while by_start:
        start, arc = by_start.popitem()
        vertices = list(arc.vertices)
        while mates[arc.ends_at] != start:
            arc = by_start.pop(mates[arc.ends_at])
            vertices += arc.vertices
        loop = _without_repeats(vertices)
        if len(loop) > 2 and any(vertex.x != border for vertex in loop):
            loops.append(loop)
    return loops[::-1]


def _without_repeats(vertices: Loop) -> Loop:
    kept: Loop = []
    for vertex in vertices:
        if not kept or (vertex.x, vertex.position[1]) != (kept[-1].x, kept[-1].position[1]):
            kept.append(vertex)
    while len(kept) > 1 and (kept[0].x, kept[0].position[1]) == (kept[-1].x, kept[-1].position[1]):
        kept.pop()
    return kept


def _with_holes(exteriors: Sequence[Loop], holes: Iterable[Loop]) -> list[list[Loop]]:
    pieces = [[exterior] for exterior in exteriors]
    for hole in holes:
        within = pieces if len(pieces) == 1 else [piece for piece in pieces if any(_contains(piece[0], vertex) for vertex in hole)]
        if not within:
            raise CannotCut("a hole lies outside of its exterior ring")
        within[0].append(hole)
    return pieces


def _contains(loop: Loop, vertex: Vertex) -> bool:
    """Whether a vertex lies inside of a ring, by the number of edges east of it (even-odd)."""
    inside, lat = False, vertex.position[1]
    previous = loop[-1]
    for current in loop:
        lat_0, lat_1 = previous.position[1], current.position[1]
        if (lat_0 > lat) != (lat_1 > lat) and vertex.x < previous.x + (lat - lat_0) / (lat_1 - lat_0) * (current.x - previous.x):
            inside = not inside
        previous = current
    return inside


def _closed(loop: Loop, strip: int) -> list[Coordinates]:
    """The ring in longitudes from -180 to 180, its first position repeated."""
    ring = [shifted(vertex.position, vertex.turn - strip) for vertex in loop]
    return [*ring, ring[0]]
