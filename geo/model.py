"""The values: events, the updates that tell them, their places and claims, and the sites with rings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from geo.moments import DatePrecision, Moment

PlacePrecision = Literal["site", "town", "near_town", "district", "province", "country", "sea"]
# The order is on the wire (docs/protocol.md).
PLACE_PRECISIONS: tuple[PlacePrecision, ...] = ("site", "town", "near_town", "district", "province", "country", "sea")
PLACE_BASES = ("stated", "gazetteer", "editor")
DATE_BASES = ("stated", "inferred", "editor")
UPDATE_DATE_BASES = ("heading", "neighbour", "editor")
ACTOR_ROLES = ("attacker", "target", "affected", "accused", "other")

Position = tuple[float, float]
"""Longitude, latitude in degrees, WGS84."""


@dataclass(frozen=True, slots=True)
class Update:
    """One dated entry of a live blog, retold. `raw` is the JSON object that it was read from, unknown members and all."""

    id: str
    heading: str
    published: Moment
    date_basis: str
    date_note: str | None
    source: str
    url: str
    text: str
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event happened, how vaguely, and who placed it.

    `uncertainty_km` is the radius within which the true place is believed to lie; None for an event that is not on the map.
    """

    name: str
    country: str | None
    precision: PlacePrecision
    uncertainty_km: float | None
    basis: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who takes part in an event, is hit by it, or is accused of it."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure or statement and who makes it. Unknown is None, never 0."""

    metric: str
    low: float | None
    high: float | None
    unit: str | None
    text: str
    by: str
    via: str | None
    stated: Moment | None
    update: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of an update's text, to the letter, that tells an event."""

    update: str
    exact: str


@dataclass(frozen=True, slots=True)
class Event:
    """One incident.

    `start` and `end` are the first and the last moment at which it may have happened, both inclusive. `position` is None where the source
    names no place. `feature` is the GeoJSON feature that it was read from, unknown members and all.
    """

    id: str
    title: str
    kind: str
    start: Moment
    end: Moment
    date_precision: DatePrecision
    date_basis: str
    date_note: str | None
    place: Place | None
    position: Position | None
    actors: tuple[Actor, ...]
    claims: tuple[Claim, ...]
    updates: tuple[str, ...]
    passages: tuple[Passage, ...]
    reported: Moment
    note: str | None
    feature: Mapping[str, Any] = field(compare=False, repr=False)

    @property
    def first(self) -> datetime:
        """The first instant of the span of possible dates."""
        return self.start.at

    @property
    def after(self) -> datetime:
        """The first instant after the span of possible dates."""
        return self.end.after


@dataclass(frozen=True, slots=True)
class Ring:
    """A distance from a site that means something. `radius_km` in kilometres on the ellipsoid."""

    radius_km: float
    label: str
    note: str | None
    update: str | None


@dataclass(frozen=True, slots=True)
class Site:
    """A place that is no event: a base or a city that rings are drawn around."""

    id: str
    name: str
    position: Position
    note: str | None
    rings: tuple[Ring, ...]
    updates: tuple[str, ...]
    feature: Mapping[str, Any] = field(compare=False, repr=False)


def acled_geo_precision(event: Event) -> int | None:
    """ACLED's geo_precision, 1 to 3 (ACLED Codebook, "Geo precision"); None where ACLED would not code a place."""
    if event.place is None or event.position is None:
        return None
    return {"site": 1, "town": 1, "near_town": 2, "district": 3, "province": 3, "sea": 3}.get(event.place.precision)


def ucdp_where_prec(event: Event) -> int | None:
    """UCDP's where_prec, 1 to 7 (UCDP GED Codebook, "where_prec"); None if nothing is known of the place."""
    if event.place is None:
        return None
    codes = {"site": 1, "town": 1, "near_town": 2, "district": 3, "province": 4, "country": 6, "sea": 7}
    return codes[event.place.precision]


def acled_time_precision(event: Event) -> int:
    """ACLED's time_precision: 1 the day is known, 2 the week, 3 the month or less (ACLED Codebook, "Time precision")."""
    if event.date_precision in ("minute", "day"):
        return 1
    return 2 if _days(event) <= 7 else 3


def ucdp_date_prec(event: Event) -> int:
    """UCDP's date_prec, 1 to 5 (UCDP GED Codebook, "date_prec"): the exact day, 2 to 6 days, a week, a month, more than a month."""
    return next((code for code, most in ((1, 1), (2, 6), (3, 7), (4, 31)) if _days(event) <= most), 5)


def ucdp_deaths(event: Event) -> tuple[float | None, float | None, float | None]:
    """UCDP's low, best and high estimates of deaths, from the claims of metric `killed`.

    Low and high are the least and the greatest figure that anyone claims. Dateline takes nobody's side, so best is given only where all figures
    agree and none of them is open ("at least 22"); otherwise it is None.
    """
    given = [claim for claim in event.claims if claim.metric == "killed" and (claim.low, claim.high) != (None, None)]
    figures = [value for claim in given for value in (claim.low, claim.high) if value is not None]
    if not figures:
        return None, None, None
    low, high = min(figures), max(figures)
    is_open = any(claim.low is None or claim.high is None for claim in given)
    return low, (low if low == high and not is_open else None), high


def _days(event: Event) -> float:
    return (event.after - event.first).total_seconds() / 86_400
