"""Rings put the right way around: exterior rings counterclockwise, holes clockwise (RFC 7946, section 3.1.6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geo.rfc7946.parts import with_parts
from geo.rfc7946.rings import Coordinates, signed_area

Ring = list[Coordinates]


def rewound(geometry: dict[str, Any] | None) -> dict[str, Any] | None:
    """A geometry (or null) that `check_rfc7946` finds no error in, with its rings the right way around; positions, altitudes and other members stay.

    A ring across the antimeridian is measured across it. One without an inside that could be measured (flat, or around a pole) stays as it is.
    """
    if geometry is None:
        return None
    match geometry["type"]:
        case "GeometryCollection":
            return with_parts(geometry, rewound)
        case "Polygon":
            return {**geometry, "coordinates": rewound_rings(geometry["coordinates"])}
        case "MultiPolygon":
            return {**geometry, "coordinates": [rewound_rings(polygon) for polygon in geometry["coordinates"]]}
    return geometry


def rewound_rings(polygon: Sequence[Ring]) -> list[Ring]:
    """The rings of one polygon, the first of which is its exterior, each the right way around."""
    return [_rewound_ring(ring, counterclockwise=index == 0) for index, ring in enumerate(polygon)]


def _rewound_ring(ring: Ring, *, counterclockwise: bool) -> Ring:
    area = signed_area(ring)
    return ring if area is None or (area > 0) == counterclockwise else ring[::-1]
