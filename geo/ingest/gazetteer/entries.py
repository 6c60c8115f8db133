"""What the gazetteer holds: a place with its source, its position and how far from there it may reach."""

from __future__ import annotations

from dataclasses import dataclass

from geo.model import PlacePrecision, Position

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees, WGS84."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer.

    `id` names source and record, such as `geonames:99532`. `position` is None for what is too wide for a point (a country). `uncertainty_km` is
    the radius around it that holds the place as a whole. `country` is an ISO 3166 code of two letters; `admin1` GeoNames' code of the province.
    """

    id: str
    name: str
    source: str
    kind: str
    precision: PlacePrecision
    position: Position | None
    uncertainty_km: float | None
    country: str | None
    admin1: str | None
    population: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """An entry with all the names that it may be found by; the first is its own."""

    entry: Entry
    names: tuple[str, ...]


def town_radius_km(population: int) -> float:
    """How far a town reaches from its middle, in kilometres.

    A rule of thumb of Dateline: 3 km where the population is not known, else 2 km and 0.18 km times the root of its thousands (Erbil, 1.6 million:
    9 km; Baghdad, 7 million: 17 km), at most 25 km.
    """
    return min(2 + 0.18 * (population / 1_000) ** 0.5, 25.0) if population > 0 else 3.0
