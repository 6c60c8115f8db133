"""Dates and times: exactly as precise as they are known, on the wire and in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal

DatePrecision = Literal["minute", "day", "week", "month", "year"]
DATE_PRECISIONS: tuple[DatePrecision, ...] = ("minute", "day", "week", "month", "year")

_WIRE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::00)?(?:Z|\+00:00))?", re.ASCII)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, order=True, slots=True)
class Moment:
    """A day, or a minute (`timed`), in UTC. `at` is its first instant."""

    at: datetime
    timed: bool = False

    @property
    def after(self) -> datetime:
        """The first instant after it (exclusive end)."""
        return self.at + (_MINUTE if self.timed else _DAY)

    def __str__(self) -> str:
        # Not strftime: its %Y has no leading zeros on every system.
        day = self.at.date().isoformat()
        return f"{day}T{self.at:%H:%M}Z" if self.timed else day


@lru_cache(maxsize=20_000)
def parse_moment(text: str) -> Moment:
    """Read `2021-02-28` or `2021-02-28T07:30Z`.

    Raises ValueError for anything else, a day that no calendar has included. The last day of year 9999 is refused, since it has no day after it.
    """
    match = _WIRE.fullmatch(text)
    if match is None:
        raise ValueError("not a date such as 2021-02-28 or a time such as 2021-02-28T07:30Z")
    year, month, day, hour, minute = (int(part or 0) for part in match.groups())
    moment = Moment(datetime(year, month, day, hour, minute, tzinfo=UTC), timed=match[4] is not None)
    if moment.at.date() == date.max:
        raise ValueError("the last day of the calendar has no day after it")
    return moment


def minutes(at: datetime) -> int:
    """Whole minutes since 1970-01-01T00:00Z, rounded down; negative before."""
    return (at - _EPOCH) // _MINUTE


def minutes_up(at: datetime) -> int:
    """Whole minutes since 1970-01-01T00:00Z, rounded up."""
    return minutes(at) + bool(at.second or at.microsecond)


def from_minutes(count: int) -> datetime:
    """The instant `count` minutes after 1970-01-01T00:00Z.

    Raises OverflowError outside of the years 1 to 9999.
    """
    return _EPOCH + timedelta(minutes=count)


def moments_of(start: datetime, after: datetime) -> tuple[Moment, Moment]:
    """The first and the last moment (inclusive) of a half-open span: days where both ends are midnights, else minutes."""
    if _is_midnight(start) and _is_midnight(after):
        return Moment(start), Moment(after - _DAY)
    return Moment(start, timed=True), Moment(after - _MINUTE, timed=True)


def in_words(moment: Moment) -> str:
    """`28 February 2021`, or `28 February 2021, 07:30 UTC`."""
    day = f"{moment.at.day} {_MONTHS[moment.at.month - 1]} {moment.at.year}"
    return f"{day}, {moment.at:%H:%M} UTC" if moment.timed else day


def span_in_words(first: Moment, last: Moment, precision: DatePrecision | None = None) -> str:
    """A span, both ends inclusive, exactly as precise as it is known.

    A whole month or year is told as `April 2017` or `2019` unless `precision` says that its days are known. With the precision `week`, `month`
    or `year` a span that is no whole month or year is told as `between 16 and 21 February 2021`: it happened once, somewhere in it.
    """
    if first == last:
        return in_words(first)
    if first.timed or last.timed:
        return _timed_span(first, last)
    if precision not in ("minute", "day") and (whole := _whole_months(first, last)):
        return whole
    between = precision in ("week", "month", "year")
    joint = "and" if between else "to"
    return ("between " if between else "") + _joined_days(first, last, joint)


def _timed_span(first: Moment, last: Moment) -> str:
    if first.timed and last.timed and first.at.date() == last.at.date():
        return f"{in_words(Moment(first.at))}, {first.at:%H:%M} to {last.at:%H:%M} UTC"
    return f"{in_words(first)} to {in_words(last)}"


def _joined_days(first: Moment, last: Moment, joint: str) -> str:
    if first.at.year != last.at.year:
        return f"{in_words(first)} {joint} {in_words(last)}"
    if first.at.month != last.at.month:
        return f"{first.at.day} {_MONTHS[first.at.month - 1]} {joint} {in_words(last)}"
    return f"{first.at.day} {joint} {in_words(last)}"


def _whole_months(first: Moment, last: Moment) -> str | None:
    after = last.after
    if first.at.day != 1 or after.day != 1:
        return None
    if first.at.month == 1 and after.month == 1:
        return str(first.at.year) if after.year == first.at.year + 1 else f"{first.at.year} to {after.year - 1}"
    start = f"{_MONTHS[first.at.month - 1]} {first.at.year}"
    end = f"{_MONTHS[last.at.month - 1]} {last.at.year}"
    if start == end:
        return start
    return f"{_MONTHS[first.at.month - 1]} to {end}" if first.at.year == last.at.year else f"{start} to {end}"


def _is_midnight(at: datetime) -> bool:
    return not (at.hour or at.minute)
