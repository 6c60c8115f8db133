"""Spans of days: what a word of time comes to, counted from the clock of the update or from what was told before."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from geo.ingest.blog.clock import ZONE_ASSUMED, read_zone
from geo.ingest.blog.updates import BlogUpdate
from geo.ingest.incidents.candidate import Dating
from geo.ingest.incidents.time_phrases import MONTHS, NUMBERS, WEEKDAYS, TimePhrase
from geo.moments import DatePrecision, Moment, in_words, span_in_words

_DAY = timedelta(days=1)
_FIRST, _LAST = date(1900, 1, 1), date(9999, 12, 1)
SMALL_HOURS = 7  # news that is told before this hour may be of the evening before


@dataclass(frozen=True, slots=True)
class Clock:
    """The update's own moment as its writer saw it: the day, and the instant if its time is known.

    `place` is the zone where the story is, if told.
    """

    day: date
    at: datetime | None
    place: tzinfo | None

    @staticmethod
    def of(update: BlogUpdate, place: tzinfo | None = None) -> Clock:
        """The clock of an update: the writer's day is that of the zone that the heading prints."""
        if not update.moment.timed or (update.zone is None and ZONE_ASSUMED in update.flags):
            # A clock of no known zone gives the writer's day, and no instant to count from.
            return Clock(update.moment.at.date(), None, place)
        zone = read_zone(update.zone).tz if update.zone else UTC
        return Clock(update.moment.at.astimezone(zone).date(), update.moment.at, place)


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days, both inclusive, with its precision. `stated`: the text gives the date in full."""

    first: date
    last: date
    precision: DatePrecision
    stated: bool
    why: str
    open_year: bool = False


def rank(phrase: TimePhrase) -> int:
    order = (
        "date",
        "month_day",
        "month_year",
        "offset",
        "ago",
        "weekday",
        "yesterday",
        "night",
        "today",
        "same_day",
        "month",
        "weekend",
        "last_unit",
        "this_unit",
        "year",
        "clock",
    )
    return order.index(phrase.form)


def days_of(phrase: TimePhrase, clock: Clock, anchor: Dating | None, *, backwards: bool = False) -> Days | None:
    """The days of a word of time. `anchor` is the date told before it; `backwards`: what is told before runs back in time."""
    groups = phrase.groups
    try:
        if phrase.form in ("date", "month_day"):
            return _calendar(groups, clock)
        if phrase.form in ("month_year", "month", "year"):
            return _month_or_year(phrase, clock, anchor, backwards=backwards)
        if phrase.form == "weekday":
            return _weekday(groups, clock)
        if phrase.form in ("offset", "same_day"):
            return _offset(phrase, clock, anchor)
        return _near(phrase, clock)
    except (ValueError, OverflowError):
        return None


def _calendar(groups: dict[str, str | None], clock: Clock) -> Days | None:
    month = int(groups["mon"] or 0) if groups.get("mon") else MONTHS.index((groups["month"] or "")[:3].lower()) + 1
    number = int(groups["day"] or 0)
    if groups.get("year"):
        day = date(int(groups["year"] or 0), month, number)
        return Days(day, day, "day", True, "the text gives the date")
    for year in (clock.day.year, clock.day.year - 1, clock.day.year - 2, clock.day.year - 3, clock.day.year - 4):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day <= clock.day + _DAY:
            return Days(day, day, "day", True, f"the text gives day and month; {year} is the last year in which it was past")
    return None


def _month_or_year(phrase: TimePhrase, clock: Clock, anchor: Dating | None, *, backwards: bool) -> Days | None:
    groups = phrase.groups
    if phrase.form == "year":
        year = int(groups["year"] or 0)
        if year > clock.day.year:
            return None
        return Days(date(year, 1, 1), date(year, 12, 31), "year", True, "the text gives the year")
    month = MONTHS.index((groups["month"] or "")[:3].lower()) + 1
    if phrase.form == "month_year":
        year = int(groups["year"] or 0)
        return _part_of_month(year, month, groups.get("part"), stated=True, why="the text gives month and year")
    if groups.get("rel"):
        year = clock.day.year - ((groups["rel"] or "").lower() == "last")
        return _part_of_month(year, month, groups.get("part"), stated=False, why="the year is counted from that of the update")
    year = clock.day.year if month <= clock.day.month else clock.day.year - 1
    if anchor is not None and anchor.sure and anchor.precision in ("month", "year", "week") and anchor.start.at.year < year:
        if backwards:
            before = anchor.start.at.year - (1 if month >= anchor.start.at.month else 0)
            why = f"the year is not told: {before}, the last before what is told before it, since the text runs back in time there"
            return Days(date(before, month, 1), date(before, month, monthrange(before, month)[1]), "month", False, why, open_year=True)
        first = anchor.start.at.year + (1 if month < anchor.start.at.month else 0)
        why = f"the year is not told: {first}, counted from what is told before it, or as late as {year}"
        return Days(date(first, month, 1), date(year, month, monthrange(year, month)[1]), "year", False, why, open_year=True)
    return _part_of_month(year, month, groups.get("part"), stated=False, why=f"the year is not told; {year} is the last in which it was past")


def _part_of_month(year: int, month: int, part: str | None, *, stated: bool, why: str) -> Days:
    end = monthrange(year, month)[1]
    part = (part or "").lower()
    if part == "early" or "start" in part or "beginning" in part:
        return Days(date(year, month, 1), date(year, month, 12), "month", stated, why)
    if part == "late" or part.endswith("end of"):
        return Days(date(year, month, 18), date(year, month, end), "month", stated, why)
    if part.startswith("mid") or "middle" in part:
        return Days(date(year, month, 8), date(year, month, 22), "month", stated, why)
    return Days(date(year, month, 1), date(year, month, end), "month", stated, why)


def _weekday(groups: dict[str, str | None], clock: Clock) -> Days:
    wanted = WEEKDAYS.index((groups["weekday"] or "")[:3].lower())
    back = (clock.day.weekday() - wanted) % 7
    if groups.get("rel") and (groups["rel"] or "").lower().endswith(("last", "previous")) and back == 0:
        back = 7
    day = clock.day - back * _DAY
    if clock.at is not None and clock.place is not None and not groups.get("rel"):
        there = clock.at.astimezone(clock.place).date()
        if there > clock.day and there.weekday() == wanted:
            return Days(there, there, "day", False, f"{groups['weekday']} had begun there, {in_words(day_moment(there))}")
    return Days(day, day, "day", False, f"the last {groups['weekday']} before the update, {in_words(day_moment(day))}")


def _near(phrase: TimePhrase, clock: Clock) -> Days | None:
    day, form, groups = clock.day, phrase.form, phrase.groups
    if form == "today":
        if clock.at is not None and clock.place is not None:
            local = clock.at.astimezone(clock.place)
            evening = re.search(r"evening|tonight|dusk|sunset|nightfall|afternoon|noon|midday", phrase.text, re.I)
            day = local.date() - (_DAY if evening and local.hour < SMALL_HOURS else timedelta(0))
        return Days(day, day, "day", False, "counted from the day of the update")
    if form == "yesterday":
        return Days(day - _DAY, day - _DAY, "day", False, "the day before the update")
    if form == "night":
        early = "early" in phrase.text.lower()
        return Days(day if early else day - _DAY, day, "day", False, "the night before the update, which began on the day before")
    if form == "weekend":
        saturday = day - ((day.weekday() - 5) % 7) * _DAY
        return Days(saturday, min(saturday + _DAY, day), "day", False, "the weekend before the update")
    if form == "ago":
        return _ago(groups, clock)
    if form == "this_unit":
        if groups.get("recent"):
            return Days(day - 7 * _DAY, day, "week", False, "some days before the update")
        return _unit(day, (groups["unit"] or "").lower(), until=day)
    if form == "last_unit":
        unit = (groups["unit"] or "").lower()
        if unit == "week":
            return Days(day - (day.weekday() + 7) * _DAY, day - (day.weekday() + 1) * _DAY, "week", False, "the week before that of the update")
        before = day.replace(day=1) - _DAY if unit == "month" else date(day.year - 1, 1, 1)
        return _unit(before, unit, until=None)
    return None


def _unit(day: date, unit: str, *, until: date | None) -> Days:
    if unit == "week":
        first, last = day - day.weekday() * _DAY, day
        return Days(first, last, "week", False, "the week of the update")
    if unit == "month":
        return Days(
            day.replace(day=1), until or day.replace(day=monthrange(day.year, day.month)[1]), "month", False, "counted from the month of the update"
        )
    return Days(date(day.year, 1, 1), until or date(day.year, 12, 31), "year", False, "counted from the year of the update")


def _ago(groups: dict[str, str | None], clock: Clock) -> Days | None:
    unit, count = (groups["unit"] or "").lower(), count_of(groups["count"])
    if unit.startswith(("hour", "minute")):
        first = clock.day - (_DAY if unit.startswith("hour") else timedelta(0))
        return Days(first, clock.day, "day", False, "hours before the update")
    if count is None:
        wide = {"day": (7, 2, "week"), "week": (60, 14, "month"), "month": (330, 60, "year"), "year": (3650, 730, "year")}[unit.rstrip("s")]
        return Days(clock.day - wide[0] * _DAY, clock.day - wide[1] * _DAY, wide[2], False, "so long before the update")  # type: ignore[arg-type]
    if groups.get("today") and unit.startswith(("week", "month", "year")):
        weeks = count * 7 * _DAY if unit.startswith("week") else None
        day = clock.day - weeks if weeks else _month_on(clock.day, -count * (12 if unit.startswith("year") else 1))
        return Days(day, day, "day", False, f"{count} {unit} before the day of the update")
    return moved(Days(clock.day, clock.day, "day", False, ""), -count, unit, f"{count} {unit} before the update")


def _offset(phrase: TimePhrase, clock: Clock, anchor: Dating | None) -> Days | None:
    if anchor is None:
        return None
    base = as_days(anchor)
    told = span_in_words(anchor.start, anchor.end, anchor.precision)
    if phrase.form == "same_day":
        return Days(base.first, base.last, base.precision, False, f"the same day as what is told before, {told}")
    groups = phrase.groups
    if groups.get("next"):
        way = -1 if "previous" in (groups["next"] or "").lower() else 1
        return moved(base, way, (groups["unit"] or "day").lower().replace("night", "day").replace("morning", "day"), f"beside {told}")
    way = -1 if (groups["way"] or "").lower() in ("earlier", "before", "previously") else 1
    # “The week before” has no number.
    count = None if groups.get("vague") else count_of(groups.get("count", "one"))
    unit = (groups.get("vague") or groups.get("unit") or "").lower()
    if count is not None:
        return moved(base, way * count, unit, f"{phrase.text}, counted from {told}")
    least, most, precision = {"day": (1, 6, "week"), "week": (7, 42, "month"), "month": (30, 330, "year"), "year": (365, 3650, "year")}.get(
        unit.rstrip("s"), (0, 1, "day")
    )
    first, last = (base.first + least * _DAY, base.last + most * _DAY) if way > 0 else (base.first - most * _DAY, base.last - least * _DAY)
    if base.last <= clock.day:
        last = min(last, clock.day)
    return Days(min(first, last), last, precision, False, f"{phrase.text}, counted from {told}")  # type: ignore[arg-type]


def moved(base: Days, count: int, unit: str, why: str) -> Days | None:
    """A span moved by whole units; it is no finer than the unit that it was moved by, a day apart."""
    unit = unit.rstrip("s")
    if unit in ("hour", "minute"):
        return Days(base.first, base.last, base.precision, False, why)
    if unit in ("day", "night", "week", "fortnight"):
        size = count * {"day": 1, "night": 1, "week": 7, "fortnight": 14}[unit]
        first, last = base.first + size * _DAY, base.last + size * _DAY
        finest: DatePrecision = "day" if unit in ("day", "night") or base.precision in ("day", "minute") else "week"
        precision: DatePrecision = base.precision if finest == "day" and base.precision in ("week", "month", "year") else finest
        if unit == "week" and base.precision in ("day", "minute") and base.first == base.last:
            return Days(first - _DAY, last + _DAY, "week", False, why)
    else:
        months = count * (12 if unit == "year" else 1)
        first, last = _month_on(base.first, months), _month_on(base.last, months)
        first = first.replace(day=1)
        last = last.replace(day=monthrange(last.year, last.month)[1])
        precision = "year" if base.precision == "year" else "month"
    if not (_FIRST <= first <= last <= _LAST):
        return None
    return Days(first, last, precision, False, why)


def _month_on(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def count_of(word: str | None) -> int | None:
    plain = " ".join((word or "").lower().split())
    return int(plain) if plain.isdigit() else NUMBERS.get(plain)


def as_days(dating: Dating) -> Days:
    return Days(dating.start.at.date(), dating.end.at.date(), dating.precision, False, "")


def day_moment(day: date) -> Moment:
    return Moment(datetime(day.year, day.month, day.day, tzinfo=UTC))
