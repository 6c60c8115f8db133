"""Dates as data sets write them: a span of days, or a minute, exactly as precise as the text is."""

from __future__ import annotations

import calendar
import functools
import re
from datetime import UTC, datetime, timedelta
from typing import Literal

from geo.moments import DatePrecision, Moment, parse_moment

DateOrder = Literal["dmy", "mdy"]
DATE_ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy")

Written = tuple[Moment, Moment, DatePrecision]
"""The first and the last moment, both inclusive, and how precisely the date is known."""

_MONTHS = {name.casefold(): number for names in (calendar.month_name, calendar.month_abbr) for number, name in enumerate(names) if name}
_MONTHS["sept"] = 9
_ISO = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?", re.ASCII | re.IGNORECASE
)
_SHORT = re.compile(r"(\d{4})(?:-(\d{1,2}))?", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-]+([^\W\d_]{3,9})\.?,?[ \-]+(\d{4})", re.IGNORECASE)
_NAMED_FIRST = re.compile(r"([^\W\d_]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,2})[./\-](\d{1,2})[./\-](\d{4})", re.ASCII)


@functools.lru_cache(maxsize=20_000)
def read_written(text: str, order: DateOrder | None = None) -> Written:
    """Read `2021-02-26`, `2021-02-26T04:20Z`, `2021-02`, `2021`, `26 February 2021`, `26-Feb-2021`, `February 26, 2021` or `26/02/2021`, whose day
    and month are told apart by `order`, or by themselves.

    A time of day counts only with its zone; without one the day is all that is sure. Raises ValueError, saying what is wrong.
    """
    if match := _ISO.fullmatch(text):
        return _iso(match)
    if match := _SHORT.fullmatch(text):
        return _month(int(match[1]), int(match[2])) if match[2] else _year(int(match[1]))
    if match := _NAMED.fullmatch(text):
        return _day(int(match[3]), _month_number(match[2]), int(match[1]))
    if match := _NAMED_FIRST.fullmatch(text):
        return _day(int(match[3]), _month_number(match[1]), int(match[2]))
    if match := _NUMBERS.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        known = order or order_of(text)
        if known is None and first != second:
            raise ValueError("may be day/month or month/day")
        return _day(int(match[3]), *((second, first) if known != "mdy" else (first, second)))
    raise ValueError("is no date that can be read")


def order_of(text: str) -> DateOrder | None:
    """Which order the numbers of `26/02/2021` are in, where one of them is too large for a month; None where they do not tell."""
    match = _NUMBERS.fullmatch(text)
    if match is None:
        return None
    first, second = int(match[1]) > 12, int(match[2]) > 12
    return None if first == second else "dmy" if first else "mdy"


def is_numeric(text: str) -> bool:
    """Whether it is written like `26/02/2021`, so that day and month have to be told apart."""
    return _NUMBERS.fullmatch(text) is not None


def days_around(day: Moment, count: int) -> tuple[Moment, Moment]:
    """The `count` days before a day to the `count` days after it."""
    try:
        return _checked(day.at - timedelta(days=count)), _checked(day.at + timedelta(days=count))
    except OverflowError as error:
        raise ValueError("lies at the end of the calendar") from error


def month_of(day: Moment) -> tuple[Moment, Moment]:
    """The first and the last day of the month that a day is in."""
    return _month(day.at.year, day.at.month)[:2]


def _iso(match: re.Match[str]) -> Written:
    year, month, day = (int(part) for part in match.groups()[:3])
    hour, minute, zone = int(match[4] or 0), int(match[5] or 0), match[7]
    if match[4] is None or zone is None:
        datetime(year, month, day, hour, minute)  # refuses 25:00
        return _day(year, month, day)
    at = datetime(year, month, day, hour, minute, tzinfo=UTC) - _offset(zone)
    moment = parse_moment(f"{at.year:04}-{at:%m-%dT%H:%M}Z")
    return moment, moment, "minute"


def _offset(zone: str) -> timedelta:
    if zone[0] not in "+-":
        return timedelta()
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return offset if zone[0] == "+" else -offset


def _day(year: int, month: int, day: int) -> Written:
    moment = parse_moment(f"{year:04}-{month:02}-{day:02}")
    return moment, moment, "day"


def _month(year: int, month: int) -> Written:
    first = parse_moment(f"{year:04}-{month:02}-01")
    return first, parse_moment(f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]:02}"), "month"


def _year(year: int) -> Written:
    return parse_moment(f"{year:04}-01-01"), parse_moment(f"{year:04}-12-31"), "year"


def _month_number(name: str) -> int:
    if name.casefold() not in _MONTHS:
        raise ValueError("names a month that is not known in English")
    return _MONTHS[name.casefold()]


def _checked(at: datetime) -> Moment:
    return parse_moment(f"{at.year:04}-{at:%m-%d}")
