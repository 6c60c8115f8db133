"""Whole made-up events at any number, with their places, actors, claims and updates: the same each time, spread as those of UCDP are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import numpy as np

from benchmarks.synthetic import DAY, NOWHERE, Columns, events
from geo.kinds import KINDS
from geo.model import PLACE_PRECISIONS, Actor, Claim, Event, Place, Update
from geo.moments import DatePrecision, Moment

WORDS = ("Amber", "Birch", "Cedar", "Dune", "Elder", "Fallow", "Garnet", "Hazel", "Iron", "Juniper", "Kestrel", "Larch", "Marble", "Nettle")
"""The provinces, one of which each place is in: what the benchmark searches for."""
_EVENTS_AN_UPDATE = 1.2  # UCDP's Syria of 2016 to 2019: 13,767 reports of 16,566 events
_MORE_UPDATES = 0.19  # of its events cite more than one report
_ACTORS_A_THEATRE = 94
_CLAIMS = np.array([2, 3, 4, 5])
_CLAIM_SHARES = (0.625, 0.312, 0.05, 0.013)
_METRICS = ("killed", "killed_side_a", "killed_side_b", "killed_civilians", "killed_unknown")
_SOURCES = ("A monitor", "A news agency", "Another agency", "A ministry", "A hospital", "A newspaper", "A radio station", "A relief agency")
_SYLLABLES = ("ka", "lo", "mir", "ta", "sul", "an", "der", "qi", "bal", "esh", "or", "nu", "wad", "hal", "ze", "rin")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ROWS = 65_536


def updates(count: int) -> Iterator[Update]:
    """The updates that tell `count` events, the newest first, as a live blog prints them."""
    columns = events(count)
    number = max(1, round(count / _EVENTS_AN_UPDATE))
    # Update i is published on the day on which the first of its events begins.
    days = columns.start[np.minimum(np.arange(number) * _EVENTS_AN_UPDATE, count - 1).astype("i8")] // DAY
    chance = np.random.default_rng(number)
    source = np.minimum(chance.geometric(0.55, number) - 1, len(_SOURCES) - 1)
    for at in range(number - 1, -1, -1):
        heading = f"Report {at}: {_SYLLABLES[at % 16]}{_SYLLABLES[at // 16 % 16]} and its surroundings under fire, several people hurt"
        text = f"“{heading}” ({_SOURCES[source[at]]}).\n\nThe headline is all that the made-up data set has of this made-up report."
        yield Update(f"u-{at:08}", heading, _day(int(days[at])), "heading", None, _SOURCES[source[at]], "https://example.org/reports/", text)


def whole_events(count: int) -> Iterator[Event]:
    """`count` events in the order of a store. Their columns take 20 bytes each in memory; the events are made one after the other."""
    columns = events(count)
    number = max(1, round(count / _EVENTS_AN_UPDATE))
    for first in range(0, count, _ROWS):
        yield from _run(columns, first, min(first + _ROWS, count), number)


def _run(columns: Columns, first: int, after: int, updates_there: int) -> Iterator[Event]:
    chance = np.random.default_rng((first, len(columns)))
    rows = after - first
    sides = np.minimum(chance.geometric(0.12, (rows, 2)) - 1, _ACTORS_A_THEATRE - 1)
    claims = chance.choice(_CLAIMS, rows, p=_CLAIM_SHARES)
    dead = chance.geometric(0.3, rows) - 1
    more = chance.random(rows) < _MORE_UPDATES
    for at in range(rows):
        row = first + at
        told = min(int(row / _EVENTS_AN_UPDATE), updates_there - 1)
        ids = (f"u-{told:08}", f"u-{told - 1:08}") if more[at] and told else (f"u-{told:08}",)
        yield _event(columns, row, (int(sides[at, 0]), int(sides[at, 1])), int(claims[at]), int(dead[at]), ids)


def _event(columns: Columns, row: int, sides: tuple[int, int], claims: int, dead: int, ids: tuple[str, ...]) -> Event:
    lon, lat = int(columns.lon[row]), int(columns.lat[row])
    position = None if lon == NOWHERE else (lon / 1e7, lat / 1e7)
    first, after = int(columns.start[row]) // DAY, int(columns.end[row]) // DAY
    start, end = _day(first), _day(after - 1)
    name, country, note = _place_words(lon, lat)
    radius_km = int(columns.uncertainty[row]) / 10
    actors = (f"Force {sides[0]} of {country}", f"Force {sides[1]} of {country}")
    return Event(
        id=f"e-{row:08}",
        title=f"State-based conflict: {actors[0]} – {actors[1]}, {name}",
        kind=KINDS[int(columns.kind[row])].code,
        start=start,
        end=end,
        date_precision=_date_precision(after - first),
        date_basis="stated",
        date_note=None,
        place=Place(name, country, PLACE_PRECISIONS[int(columns.precision[row])], radius_km if position else None, "gazetteer", note),
        position=position,
        actors=(Actor(actors[0], "other"), Actor(actors[1], "other")),
        claims=_claims(claims, dead, ids[-1]),
        updates=ids,
        passages=(),
        reported=start,
        note=None,
        feature={},
    )


def _claims(count: int, dead: int, update: str) -> tuple[Claim, ...]:
    given: list[tuple[str, float | None, float | None, str]] = [("killed", dead, dead, f"{dead} (best estimate)")]
    given.append(("killed", None, dead + 2, f"at most {dead + 2} (high estimate)"))
    given += [(metric, dead, dead, f"{dead} ({metric.removeprefix('killed_')})") for metric in _METRICS[1 : count - 1]]
    return tuple(Claim(metric, low, high, "people", text, "A data set", None, None, update) for metric, low, high, text in given)


@cache
def _day(day: int) -> Moment:
    return Moment(_EPOCH + timedelta(days=day))


@cache
def _place_words(lon: int, lat: int) -> tuple[str, str, str]:
    """Name, country and note of the place at a point, the same for each of its events."""
    mixed = (lon * 2_654_435_761 + lat * 40_503) & 0xFFFFFFFF
    name = "".join(_SYLLABLES[mixed >> shift & 15] for shift in (4, 8, 12)).capitalize()
    province = WORDS[min((mixed >> 16 & 0xFF) * len(WORDS) // 256, len(WORDS) - 1)]
    country = f"Country {round(lon / 1e8)}" if lon != NOWHERE else "Country 0"
    return f"{name} town", country, f"The place is known as well as its precision says. In {name} district, {province} province."


def _date_precision(days: int) -> DatePrecision:
    found: Any = "day" if days == 1 else "week" if days <= 7 else "month" if days <= 31 else "year"
    return found
