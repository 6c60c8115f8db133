"""The time zone of a place: that of the nearest town of its country in the tz database; and the countries by their names there."""

from __future__ import annotations

import math
import re
from datetime import tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from geo.model import Position

_ISO6709 = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?")


def zone_of(country: str | None, position: Position | None) -> tzinfo | None:
    """The zone of a country (ISO code), the nearest one to `position` where it has several; None where that cannot be told, as at sea."""
    if country is None:
        return None
    rows = _zones().get(country, ())
    if not rows or (len(rows) > 1 and position is None):
        # Where all of a country's towns keep the same hours it does not matter; the first row is the largest town.
        return None if not rows or len(rows) > 4 else _zone(rows[0][1])
    if position is None:
        return _zone(rows[0][1])
    lon, lat = position
    return _zone(min(rows, key=lambda row: math.hypot((row[0][0] - lon) * math.cos(math.radians(lat)), row[0][1] - lat))[1])


def only_zone_of(name: str) -> tzinfo | None:
    """The zone of a country by its English name, if it has one only."""
    code = _codes().get(name.casefold())
    rows = _zones().get(code, ()) if code else ()
    return _zone(rows[0][1]) if len(rows) == 1 else None


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return None


def _table(name: str) -> list[list[str]]:
    """The rows of a table of the tz database; none where it is not installed."""
    from importlib.resources import files

    try:
        text = (files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
    except (ModuleNotFoundError, OSError):
        return []
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


@cache
def _codes() -> dict[str, str]:
    return {parts[1].casefold(): parts[0] for parts in _table("iso3166.tab") if len(parts) > 1}


@cache
def _zones() -> dict[str, tuple[tuple[Position, str], ...]]:
    found: dict[str, list[tuple[Position, str]]] = {}
    for parts in _table("zone.tab"):
        match = _ISO6709.fullmatch(parts[1]) if len(parts) > 2 else None
        if match is None:
            continue
        lat = (int(match[2]) + int(match[3]) / 60) * (-1 if match[1] == "-" else 1)
        lon = (int(match[6]) + int(match[7]) / 60) * (-1 if match[5] == "-" else 1)
        found.setdefault(parts[0], []).append(((lon, lat), parts[2]))
    return {country: tuple(rows) for country, rows in found.items()}
