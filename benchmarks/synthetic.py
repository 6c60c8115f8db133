"""Made-up events at any size, the same each time, spread in space and time as real conflict data are."""

from __future__ import annotations

from dataclasses import dataclass
from struct import pack
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.kinds import KINDS

SIZES = (16_566, 400_000, 2_000_000)
ROWS_A_CHUNK = 65_536
ROWS_A_BLOCK = 512
DAY = 1440
NOWHERE = 2_147_483_647
_DEGREE = 10_000_000
_FIRST_DAY = 6940  # 1 January 1989
_DAYS = 36 * 365
_EVENTS_A_PLACE = 8  # UCDP's Syria of 2016 to 2019 has 16,566 events at 2,020 coordinates
_THEATRES = ((38.0, 35.0, 1.6), (44.0, 33.5, 2.2), (66.0, 34.0, 3.0), (36.0, 49.0, 2.5), (28.0, -1.0, 2.5), (46.0, 3.5, 3.0), (-75.0, 5.0, 2.5),
             (12.0, 12.0, 3.0), (80.5, 8.0, 1.2), (125.0, 8.0, 2.5), (44.5, 15.0, 1.8), (75.0, 33.5, 1.0))  # fmt: skip
# UCDP's where_prec 1 to 6, by its shares: the index of precision of the packed columns, and the radius in units of 100 m.
_PRECISION = np.array([1, 2, 3, 4, 4, 5], "u1")
_RADIUS = np.array([30, 250, 300, 600, 900, 0], "<u2")
_PRECISION_SHARES = (0.544, 0.349, 0.020, 0.037, 0.034, 0.016)
# Days that an event lasts, by its shares in the same data.
_LENGTHS = np.array([1, 2, 4, 7, 30, 365], "<i8")
_LENGTH_SHARES = (0.934, 0.035, 0.012, 0.009, 0.0095, 0.0005)


@dataclass(frozen=True)
class Columns:
    """Events as the packed columns have them (docs/protocol.md), sorted by start and end."""

    start: NDArray[Any]
    end: NDArray[Any]
    lon: NDArray[Any]
    lat: NDArray[Any]
    uncertainty: NDArray[Any]
    kind: NDArray[Any]
    precision: NDArray[Any]

    def __len__(self) -> int:
        return len(self.start)


def events(count: int) -> Columns:
    """`count` events of 36 years, in twelve theatres: few places with very many events, many with one or two, wars that come and go."""
    random = np.random.default_rng(count)
    place_lon, place_lat, place_precision, theatre_of = _places(random, max(1, count // _EVENTS_A_PLACE))
    ranks = np.arange(1, len(place_lon) + 1)
    place = random.choice(len(ranks), count, p=_shares(ranks**-0.78))
    day = _days(random, theatre_of[place])
    length = random.choice(_LENGTHS, count, p=_LENGTH_SHARES)
    start, end = (_FIRST_DAY + day) * DAY, (_FIRST_DAY + day + length) * DAY
    order = np.lexsort((end, start))
    chosen = place[order]
    kinds = random.choice(len(KINDS), count, p=_shares(1.0 / np.arange(1, len(KINDS) + 1)))
    precision = place_precision[chosen]
    nowhere = precision == len(_PRECISION) - 1
    return Columns(
        start=start[order].astype("<i4"),
        end=end[order].astype("<i4"),
        lon=np.where(nowhere, NOWHERE, np.round(place_lon[chosen] * _DEGREE)).astype("<i4"),
        lat=np.where(nowhere, NOWHERE, np.round(place_lat[chosen] * _DEGREE)).astype("<i4"),
        uncertainty=_RADIUS[precision],
        kind=kinds.astype("u1"),
        precision=_PRECISION[precision],
    )


def packed(columns: Columns, *, rows: int = ROWS_A_CHUNK) -> bytes:
    """The layout DLC2 of docs/protocol.md."""
    on_map = columns.lon != NOWHERE
    lon, lat = columns.lon[on_map], columns.lat[on_map]
    box = (lon.min(), lat.min(), lon.max(), lat.max()) if len(lon) else (NOWHERE,) * 4
    last = int(columns.end.max()) if len(columns) else 0
    chunks = (_chunk(columns, slice(at, at + rows)) for at in range(0, len(columns), rows))
    return pack("<4sIIi4i", b"DLC2", len(columns), rows, last, *(int(edge) for edge in box)) + b"".join(chunks)


def labels(count: int, block: int | None = None) -> list[list[str]]:
    """Labels of all events, or of one block of them."""
    first, last = (0, count) if block is None else (block * ROWS_A_BLOCK, min(count, (block + 1) * ROWS_A_BLOCK))
    return [[f"e{row}", f"Made-up event {row}: shells hit the edge of a town", "1 day", "A place near a town"] for row in range(first, last)]


def _chunk(columns: Columns, rows: slice) -> bytes:
    start = columns.start[rows]
    parts = (
        np.diff(start, prepend=np.int32(0)).astype("<i4"),
        (columns.end[rows] - start).astype("<i4"),
        columns.lon[rows],
        columns.lat[rows],
        columns.uncertainty[rows],
        columns.kind[rows],
        columns.precision[rows],
    )
    return b"".join(part.tobytes() for part in parts)


def _shares(weights: NDArray[Any]) -> NDArray[Any]:
    shares: NDArray[Any] = weights / weights.sum()
    return shares


def _places(random: np.random.Generator, count: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Longitude, latitude, index of precision and theatre of each place: towns in knots of towns, to four decimals as gazetteers have them."""
    theatres = np.array(_THEATRES)
    theatre = random.choice(len(theatres), count, p=_shares(np.arange(len(theatres), 0, -1.0)))
    knots = random.normal(0, 1, (len(theatres), 40, 2)) * theatres[:, None, 2:]
    knot = knots[theatre, np.minimum(random.geometric(0.09, count) - 1, 39)]
    near = random.normal(0, 0.35, (count, 2)) * random.exponential(1, (count, 1))
    lon, lat = (theatres[theatre, :2] + knot + near).T
    precision = random.choice(len(_PRECISION), count, p=_PRECISION_SHARES)
    return np.round(lon, 4), np.round(lat, 4), precision, theatre


def _days(random: np.random.Generator, theatre: NDArray[Any]) -> NDArray[Any]:
    """The day of each event: each theatre has three wars, which swell and fade, and a low hum between them."""
    wars = np.column_stack([random.uniform(0.05, 0.95, (len(_THEATRES), 3)), random.uniform(0.01, 0.09, (len(_THEATRES), 3))])
    which = random.integers(0, 3, len(theatre))
    middle, spread = wars[theatre, which], wars[theatre, which + 3]
    when = np.where(random.random(len(theatre)) < 0.15, random.random(len(theatre)), random.normal(middle, spread))
    days: NDArray[Any] = np.floor(np.abs(1 - np.abs(1 - when)) % 1 * _DAYS).astype("<i8")
    return days
