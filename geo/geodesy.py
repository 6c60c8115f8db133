"""Distances on the WGS84 ellipsoid."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from geo.model import Position

if TYPE_CHECKING:
    from pyproj import Geod


@functools.cache
def ellipsoid() -> Geod:
    """WGS84, for geodesics after Karney (2013, "Algorithms for geodesics", J. Geodesy 87)."""
    # PROJ is loaded when it is first needed: the first page does without it.
    from pyproj import Geod

    return Geod(ellps="WGS84")


def distance_m(one: Position, other: Position) -> float:
    """The length in metres of the geodesic between two positions (longitude, latitude in degrees)."""
    return float(ellipsoid().inv(*one, *other)[2])
