"""When each heading was written: its own date, or that of its neighbours, rolled over midnight; the year from publication and order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from geo.ingest.blog.clock import Zone, to_utc
from geo.ingest.blog.families import NEWEST_FIRST, Order, day_of
from geo.ingest.blog.headings import Heading
from geo.ingest.blog.tokens import PrintedDate
from geo.ingest.blog.weekdays import names_the_day_before
from geo.moments import Moment, in_words

OUT_OF_ORDER = "out of order"
DAY_DOUBTFUL = "day doubtful"
DAY_OR_MONTH = "day and month ambiguous"
DATE_FROM_PUBLICATION = "date from publication"
WEEKDAY_DIFFERS = "weekday differs"
_DAY = timedelta(days=1)
# Who writes 3:40 pm writes the month first; who writes 15:40 the day.
_HALVES = re.compile(r"\d\s*[ap]\.?\s?m\b", re.IGNORECASE)
# So far back a time without a date is out of order; farther back, the clock has passed midnight.
_SLIP = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading to be dated, the heading of the day above it, if the page has such, and the text below it."""

    heading: Heading
    zone: Zone
    divider: Heading | None = None
    text: str = ""

    @property
    def printed_date(self) -> PrintedDate | None:
        return self.heading.date or (self.divider.date if self.divider else None)

    @property
    def weekday(self) -> int | None:
        if self.heading.weekday is not None or self.divider is None:
            return self.heading.weekday
        return self.divider.weekday


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment in UTC, the day that the page's clock shows, and how both were found."""

    moment: Moment
    day: date
    basis: str
    note: str
    flags: tuple[str, ...]


def date_entries(entries: Sequence[Entry], *, published: date, order: Order, titled: date | None = None) -> list[Dated]:
    """Date every entry; `entries` are in order of time, oldest first. `titled` is the day that stands above the first heading, if one does."""
    days = _printed_days(entries, published)
    dated: list[Dated | None] = [None] * len(entries)
    for index, day in days.items():
        dated[index] = _own_date(entries[index], day)
    if not days:
        return _from_publication(entries, titled or published, titled=titled is not None)
    known = sorted(days)
    for before, after in zip([None, *known], [*known, None], strict=True):
        _fill(entries, dated, before, after, order)
    return [one for one in dated if one is not None]


def _printed_days(entries: Sequence[Entry], published: date) -> dict[int, date]:
    """The days of the entries that print one: the years, and the reading of 6/7, that fit order, publication and weekdays best together."""
    readings = {index: found for index, entry in enumerate(entries) if entry.printed_date and (found := _readings(entry, published))}
    indexes = list(readings)  # without 30 February
    paths: list[tuple[float, date | None, int]] = [(0.0, None, -1)]
    trail: list[list[tuple[float, date | None, int]]] = []
    for index in indexes:
        step: list[tuple[float, date | None, int]] = []
        for cost, day in readings[index]:
            best = min((past[0] + cost + _gap(past[1], day), number) for number, past in enumerate(paths))
            step.append((best[0], day, best[1]))
        trail.append(step)
        paths = step
    days: dict[int, date] = {}
    number = min(range(len(paths)), key=lambda one: paths[one][0])
    for index, step in zip(reversed(indexes), reversed(trail), strict=True):
        _, chosen, back = step[number]
        assert chosen is not None  # noqa: S101 - for the types
        days[index] = chosen
        number = back
    return days


def _readings(entry: Entry, published: date) -> list[tuple[float, date]]:
    """The days that a printed date may stand for, each with what speaks against it."""
    printed = entry.printed_date
    assert printed is not None  # noqa: S101 - for the types
    month_first = entry.heading.time is None or bool(_HALVES.search(entry.heading.printed))
    pairs = [(printed.month, printed.day, 0.0 if month_first or not printed.swapped else 0.5)]
    if printed.swapped:
        pairs.append((*printed.swapped, 0.5 if month_first else 0.0))
    years = [printed.year] if printed.year is not None else [published.year + shift for shift in (0, -1, 1, -2)]
    found = []
    for month, day_number, cost in pairs:
        for year in years:
            if (day := day_of(year, month, day_number)) is None:
                continue
            late = (day - published).days > 31
            odd = entry.weekday is not None and day.weekday() != entry.weekday
            found.append((cost + abs((day - published).days) * 0.01 + 5 * late + 3 * odd, day))
    return found


def _gap(before: date | None, after: date) -> float:
    if before is None:
        return 0
    gap = (after - before).days
    return gap * 0.02 if gap >= 0 else 20 - gap * 0.01


def _own_date(entry: Entry, day: date) -> Dated:
    moment, flags = _at(entry, day)
    printed = entry.printed_date
    assert printed is not None  # noqa: S101 - for the types
    own = entry.heading.date is not None
    who = "The heading" if own else f"The heading of the day, “{entry.divider.printed if entry.divider else ''}”,"
    if printed.year is not None:
        note = f"{who} gives the date."
    else:
        note = f"{who} gives day and month; the year {day.year} follows from the date of publication and the order of the updates."
    if printed.swapped and entry.weekday is None:
        flags = (*flags, DAY_OR_MONTH)
    if entry.weekday is not None and day.weekday() != entry.weekday:
        flags = (*flags, WEEKDAY_DIFFERS)
    return Dated(moment, day, "heading" if own else "neighbour", note + _zone_note(entry, moment, day), flags)


def _at(entry: Entry, day: date) -> tuple[Moment, tuple[str, ...]]:
    if entry.heading.time is None:
        return Moment(datetime(day.year, day.month, day.day, tzinfo=UTC)), ()
    at, odd = to_utc(day, entry.heading.time, entry.zone)
    return Moment(at, timed=True), (*entry.zone.flags, *odd)


def _zone_note(entry: Entry, moment: Moment, day: date) -> str:
    if not moment.timed:
        return ""
    note = f" {entry.zone.note[0].upper()}{entry.zone.note[1:]}." if entry.zone.note else ""
    if moment.at.date() != day:
        note += f" That is {in_words(moment)}."
    return note


def _fill(entries: Sequence[Entry], dated: list[Dated | None], before: int | None, after: int | None, order: Order) -> None:
    """Date the run of entries between two that have their dates, forwards from the older one or backwards from the newer one."""
    first, last = (before + 1 if before is not None else 0), (after if after is not None else len(entries))
    if first >= last:
        return
    older = dated[before] if before is not None else None
    newer = dated[after] if after is not None else None
    forwards = backwards = None
    if older and before is not None:
        forwards = _chain(entries[first:last], older, entries[before].heading, ahead=True)
    if newer and after is not None:
        backwards = _chain(entries[first:last][::-1], newer, entries[after].heading, ahead=False)[::-1]
    # A day without a time opens its day; where the older heading has a time too, the one that is printed above speaks for those below it.
    from_newer = forwards is None or (order == NEWEST_FIRST and older is not None and older.moment.timed and backwards is not None)
    chosen, other = (backwards, forwards) if from_newer else (forwards, backwards)
    assert chosen is not None  # noqa: S101 - one end at least is dated
    for index, one in enumerate(chosen):
        flags = one.flags
        if newer and one.moment.at >= newer.moment.after:
            flags = (*flags, OUT_OF_ORDER)
        if from_newer and other is not None and other[index].day != one.day:
            flags = (*flags, DAY_DOUBTFUL)
        if not entries[first + index].heading.time and older and newer and older.day == newer.day:
            flags = tuple(flag for flag in flags if flag != DAY_DOUBTFUL)
        dated[first + index] = replace(one, flags=tuple(dict.fromkeys(flags)))


def _chain(entries: Sequence[Entry], start: Dated, beside: Heading, *, ahead: bool) -> list[Dated]:
    """Date entries one after the other, each from the one before it in `entries`: later ones if `ahead`, else earlier ones."""
    found: list[Dated] = []
    last = start
    for entry in entries:
        day, flags, rolled = _next_day(entry, last, ahead=ahead)
        moment, more = _at(entry, day)
        what = "the time only" if entry.heading.time else "no date"
        if entry.weekday is not None:
            what = "the weekday" + (" and the time" if entry.heading.time else "")
        words = f"“{beside.printed}”"
        turn = ", over midnight" if rolled else ""
        note = f"The heading gives {what}; the day, {in_words(Moment(_midnight(day)))}, is counted from the heading {words}{turn}."
        last = Dated(moment, day, "neighbour", note + _zone_note(entry, moment, day), (*more, *flags))
        found.append(last)
    return found


def _next_day(entry: Entry, last: Dated, *, ahead: bool) -> tuple[date, tuple[str, ...], bool]:
    """The day of an entry beside `last`, the doubts, and whether it lies over midnight."""
    way = 1 if ahead else -1
    if entry.weekday is not None:
        away = (entry.weekday - last.day.weekday()) * way % 7
        return last.day + way * away * _DAY, (), False
    if entry.heading.time is None:
        return last.day, (DAY_DOUBTFUL,), False
    if not last.moment.timed:
        return last.day, () if ahead else (DAY_DOUBTFUL,), False
    base = last.moment.at.astimezone(entry.zone.tz)
    day = base.date()
    behind = (last.moment.at - to_utc(day, entry.heading.time, entry.zone)[0]) * way
    if behind <= timedelta(0):
        return day, (), False
    if behind <= _SLIP:
        return day, (OUT_OF_ORDER,), False
    return day + way * _DAY, (), True


def _from_publication(entries: Sequence[Entry], published: date, *, titled: bool) -> list[Dated]:
    """No heading prints a date: count from the day in the title or of publication, so that most entries fall on it, or from a weekday near it."""
    if not entries:
        return []
    weekday = next(((index, entry.weekday) for index, entry in enumerate(entries) if entry.weekday is not None), None)
    start = published
    if weekday is not None and weekday[1] is not None:
        start = min((published + shift * _DAY for shift in range(-5, 2)), key=lambda day: (day.weekday() != weekday[1], abs((day - published).days)))
    pivot = weekday[0] if weekday else 0
    around = _around(entries, pivot, start)
    days = [one.day for one in around]
    named = ""
    if weekday is None:
        counts = {day: days.count(day) for day in sorted(set(days))}
        most = max(counts.values())
        shift = published - next(day for day, count in counts.items() if count == most)
        days = [day + shift for day in days]
        if not titled and days[-1] > published and names_the_day_before(entries, days, published):
            days = [day - _DAY for day in days]
            named = "; the weekdays that the texts name put most of it on the day before"
    several = len(set(days)) > 1
    found = []
    for entry, day, counted in zip(entries, days, around, strict=True):
        moment, flags = _at(entry, day)
        flags = (*flags, *(flag for flag in counted.flags if flag == OUT_OF_ORDER))
        what = "the weekday" if entry.weekday is not None else "no date"
        origin = "the date that stands above the first heading" if titled else "the date of publication that was given"
        note = f"The heading gives {what}; the day, {in_words(Moment(_midnight(day)))}, is counted from {origin}{named}."
        own = () if titled else (DATE_FROM_PUBLICATION,)
        doubts = (*flags, *own, *((DAY_DOUBTFUL,) if several or not entry.heading.time else ()))
        found.append(Dated(moment, day, "neighbour" if titled else "editor", note + _zone_note(entry, moment, day), doubts))
    return found


def _around(entries: Sequence[Entry], pivot: int, start: date) -> list[Dated]:
    anchor = _plain(entries[pivot], start)
    beside = entries[pivot].heading
    later = _chain(entries[pivot + 1 :], anchor, beside, ahead=True)
    earlier = _chain(entries[:pivot][::-1], anchor, beside, ahead=False)[::-1]
    return [*earlier, anchor, *later]


def _plain(entry: Entry, day: date) -> Dated:
    moment, flags = _at(entry, day)
    return Dated(moment, day, "editor", "", flags)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
