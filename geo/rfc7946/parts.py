"""GeometryCollections: a change made to each part, within the depth that is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def with_parts(geometry: dict[str, Any], change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> dict[str, Any]:
    """A GeometryCollection with `change` made to each of its geometries; its other members stay. It is as deep as it was read, so recursion ends."""
    return {**geometry, "geometries": [change(part) for part in geometry["geometries"]]}
