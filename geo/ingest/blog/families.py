"""Which of the candidates are headings: a page has one or two styles, and its headings run in one order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, pairwise
from typing import Literal

from geo.ingest.blog.headings import Heading
from geo.ingest.blog.tokens import PrintedDate

Order = Literal["newest first", "oldest first"]
NEWEST_FIRST: Order = "newest first"
OLDEST_FIRST: Order = "oldest first"
ORDER_ASSUMED = "order assumed"

_TWITTER = re.compile(r"\d{1,2}:\d{2}\s*[AP]M\s*[-–·]\s*(?:\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8} \d{1,2},) \d{4}")
_TWEET = re.compile(r"@\w{2,}|pic\.twitter|t\.co/|^\s*[—–]\s*\S|twitter\.com|x\.com/")
# So many headings back the last date is looked for.
_NEAR = 200
_LONGEST_TIMELINE = 30
_LABELLED = frozenset({"update", "original", "updated", "news"})


@dataclass(frozen=True, slots=True)
class Chosen:
    """The headings in printed order, which of them only give a day to those below (`dividers`, indexes), and their order in time."""

    headings: tuple[Heading, ...]
    dividers: frozenset[int]
    order: Order
    flags: tuple[str, ...]


def choose(text: str, found: Sequence[Heading], published: date) -> Chosen:
    """Choose the headings of the page among `found`, all candidates in printed order."""
    usable = [heading for heading in _with_one_habit(found) if heading.label != "page" and not _of_a_tweet(text, heading)]
    core = _core(_without_dateline(usable))
    order, flags = _order(core, published)
    core = _without_excursions(core, order, published)
    members = set(map(id, core))
    guests = [heading for heading in usable if id(heading) not in members and _may_join(heading, core)]
    headings = _without_outliers(_joined(text, core, guests, order, published), order, published)
    if len(headings) > len(core):
        order, flags = _order(headings, published)
    return Chosen(tuple(headings), _dividers(text, headings), order, flags)


def rough_day(printed: PrintedDate, published: date) -> int:
    """The day number of a printed date; of the year nearest to publication where none is printed."""
    years = [printed.year] if printed.year is not None else [published.year - 1, published.year, published.year + 1]
    days = [day for year in years if (day := day_of(year, printed.month, printed.day))]
    return min((day.toordinal() for day in days), key=lambda day: abs(day - published.toordinal()), default=published.toordinal())


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where no calendar has it. The last day of year 9999 is left out, since it has no day after it."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if date.min < found < date(9999, 12, 30) else None


def _with_one_habit(found: Sequence[Heading]) -> list[Heading]:
    """Read 6/7 as the page's other dates in figures are written, where these have one reading (13/6, 6/13)."""
    habits = {heading.date.month_first for heading in found if heading.date and heading.date.month_first is not None}
    if len(habits) != 1:
        return list(found)
    month_first = habits.pop()
    return [replace(one, date=_settled(one.date, month_first)) if one.date and one.date.swapped else one for one in found]


def _settled(printed: PrintedDate, month_first: bool | None) -> PrintedDate:
    month, day = (printed.month, printed.day) if month_first or not printed.swapped else printed.swapped
    return PrintedDate(month, day, printed.year, month_first=month_first)


def _of_a_tweet(text: str, heading: Heading) -> bool:
    """The date line of an embedded tweet."""
    if heading.label or not heading.date or not heading.own_line:
        return False
    if _TWITTER.fullmatch(heading.printed):
        return True
    before = text[max(0, heading.opens - 400) : heading.opens].rstrip().rpartition("\n")[2]
    return bool(_TWEET.search(before)) and heading.zone is None


def _without_dateline(usable: list[Heading]) -> list[Heading]:
    """Leave out `Updated March 4, 10:00 GMT` where it stands alone above the page's own headings."""
    updated = [heading for heading in usable if heading.label == "updated"]
    if len(updated) != 1 or len(usable) < 2 or not updated[0].own_line or usable[0] is not updated[0]:
        return usable
    return usable[1:]


def _core(usable: list[Heading]) -> list[Heading]:
    """Those with a label, or the strongest family without one and what bears a label beside it."""
    labelled = [heading for heading in usable if heading.label in _LABELLED]
    families: dict[tuple[str, bool, bool], list[Heading]] = defaultdict(list)
    for heading in usable:
        if heading.label is None:
            families[heading.family].append(heading)
    strong = {key: members for key, members in families.items() if len(members) >= _needed(members)}
    best = max(strong.values(), key=lambda members: (sum(one.strength for one in members), -members[0].opens), default=[])
    updates = sum(heading.label != "original" for heading in labelled)
    if updates >= 2 or (updates == 1 and len(best) < 3) or not best:
        return labelled
    chosen = {id(heading) for heading in (*labelled, *best)}
    return [heading for heading in usable if id(heading) in chosen]


def _needed(members: Sequence[Heading]) -> int:
    most = max(heading.strength for heading in members)
    if members[0].closing == "space":
        return 2 if most >= 1 else 3
    return 1 if most >= 2 else 2


def _may_join(heading: Heading, core: Sequence[Heading]) -> bool:
    if heading.closing == "space" or (heading.bullet and not all(one.bullet for one in core)):
        return False
    return heading.strength >= 1 or (heading.weekday is not None and heading.own_line)


def _order(headings: Sequence[Heading], published: date) -> tuple[Order, tuple[str, ...]]:
    """Which way time runs down the page: dates, weekdays, numbers, clock times and the original entry have a vote each."""
    votes = 0.0
    for one, two in pairwise([heading for heading in headings if heading.date]):
        assert one.date and two.date  # noqa: S101 - for the types
        votes += 3 * _sign(rough_day(two.date, published) - rough_day(one.date, published))
    for lower, upper in pairwise([int(heading.number) for heading in headings if heading.number and heading.number.isdigit()]):
        votes += 2 * _sign(upper - lower)
    for first, second in pairwise(headings):
        if first.weekday is not None and second.weekday is not None and (ahead := (second.weekday - first.weekday) % 7):
            votes += 2 if ahead <= 3 else -2
        votes += _clock_vote(first, second, published)
    if len(headings) > 2:
        # The ends decide where a timeline in between weighs as much as the page itself.
        votes += 2 * _step(headings[0], headings[-1], published)
    if len(headings) > 1:
        votes -= 4 * (headings[-1].label == "original") - 4 * (headings[0].label == "original")
    if votes:
        return (OLDEST_FIRST if votes > 0 else NEWEST_FIRST), ()
    return NEWEST_FIRST, (ORDER_ASSUMED,)


def _clock_vote(first: Heading, second: Heading, published: date) -> float:
    if not (first.time and second.time):
        return 0
    if first.date and second.date:
        if rough_day(first.date, published) != rough_day(second.date, published):
            return 0
    elif first.date or second.date:
        return 0
    ahead = _minutes(second) - _minutes(first)
    # More than half a day apart: as likely as not the clock has passed midnight.
    return float(_sign(ahead)) if abs(ahead) <= 720 else -0.5 * _sign(ahead)


def _joined(text: str, core: list[Heading], guests: list[Heading], order: Order, published: date) -> list[Heading]:
    """Take in the runs of guests that go the page's own way; a timeline that a body quotes goes the other way, or out of bounds."""
    if not core:
        return []
    joined: list[Heading] = []
    members = set(map(id, core))
    run: list[Heading] = []
    styles: dict[tuple[str, bool, bool], int] = defaultdict(int)
    for guest in guests:
        styles[guest.family] += 1
    for heading in sorted((*core, *guests), key=lambda one: one.opens):
        if id(heading) not in members:
            run.append(heading)
            continue
        joined += _fitting(text, joined, run, heading, order, published, styles)
        joined.append(heading)
        run = []
    return joined + _fitting(text, joined, run, None, order, published, styles)


def _fitting(
    text: str,
    before: list[Heading],
    run: list[Heading],
    after: Heading | None,
    order: Order,
    published: date,
    styles: dict[tuple[str, bool, bool], int],
) -> list[Heading]:
    way = 1 if order == OLDEST_FIRST else -1
    if not run:
        return []
    styles_beside = {one.closing for one in (*before[-1:], *([after] if after else [])) if one.label is None}
    run = [guest for guest in run if guest.strength >= 2 or styles[guest.family] >= 2 or _stands_alone(text, guest, after, styles_beside)]
    if len(run) >= 2:
        against = with_it = 0
        for first, second in pairwise(run):
            if first.date and second.date:
                step = _sign(rough_day(second.date, published) - rough_day(first.date, published))
            elif first.time and second.time:
                ahead = _minutes(second) - _minutes(first)
                step = _sign(ahead) if abs(ahead) <= 720 else 0
            else:
                step = 0
            against += step == -way
            with_it += step == way
        if against > with_it:
            return []
    above = next((rough_day(one.date, published) for one in islice(reversed(before), _NEAR) if one.date), None)
    below = rough_day(after.date, published) if after and after.date else None
    kept = []
    for guest in run:
        if guest.date:
            day = rough_day(guest.date, published)
            if (above is not None and (day - above) * way < 0) or (below is not None and (below - day) * way < 0):
                continue
            if above is not None and below is None and abs(day - above) > 30:
                continue
        kept.append(guest)
    return kept


def _stands_alone(text: str, guest: Heading, after: Heading | None, styles: set[str]) -> bool:
    """Whether a day on a line of its own may be a heading: of the style beside it, or right above clock times."""
    if not (guest.date and guest.own_line):
        return False
    above_times = after is not None and after.time is not None and not after.date and not text[guest.body : after.opens].strip()
    return above_times or guest.closing in styles


def _without_excursions(headings: list[Heading], order: Order, published: date) -> list[Heading]:
    """Leave out a timeline that one update tells in the page's own style.

    It is a run of headings without a label that goes against the page's order, all of it beyond the heading that comes next.
    """
    way = 1 if order == OLDEST_FIRST else -1
    kept: list[Heading] = []
    at = 0
    while at < len(headings):
        kept.append(headings[at])
        at = _end_of_excursion(headings, at, way, published)
    return kept


def _end_of_excursion(headings: list[Heading], at: int, way: int, published: date) -> int:
    """The index of the heading that follows `headings[at]` in the page's order."""
    if at + 3 >= len(headings) or _step(headings[at + 1], headings[at + 2], published) != -way:
        return at + 1
    run: list[Heading] = []
    found = at + 1
    for index in range(at + 1, min(len(headings), at + _LONGEST_TIMELINE)):
        following = headings[index]
        beyond = len(run) >= 2 and all(_step(one, following, published) == -way for one in run)
        back = [_step(one, two, published) * way for one, two in pairwise(run)]
        if beyond and _step(headings[at], following, published) != -way and sum(back) < 0:
            found = index
        elif found > at + 1:
            break
        if following.label:
            break
        run.append(following)
    return found


def _step(first: Heading, second: Heading, published: date) -> int:
    """1 if the second is later, -1 if it is earlier, 0 if that cannot be told, as of times more than half a day apart."""
    if first.date and second.date:
        return _sign(rough_day(second.date, published) - rough_day(first.date, published))
    if first.date or second.date or not (first.time and second.time):
        return 0
    ahead = _minutes(second) - _minutes(first)
    return _sign(ahead) if abs(ahead) <= 720 else 0


def _without_outliers(headings: list[Heading], order: Order, published: date) -> list[Heading]:
    """Leave out unlabelled headings whose day lies outside of those of both neighbours, where the neighbours agree on the order."""
    way = 1 if order == OLDEST_FIRST else -1
    dated = [(index, rough_day(one.date, published) * way) for index, one in enumerate(headings) if one.date]
    out = set()
    for place in range(1, len(dated) - 1):
        (_, before), (index, day), (_, after) = dated[place - 1 : place + 2]
        if before <= after and not before <= day <= after and not headings[index].label:
            out.add(index)
    return [heading for index, heading in enumerate(headings) if index not in out]


def _dividers(text: str, headings: Sequence[Heading]) -> frozenset[int]:
    """The days that stand alone above clock times: no update of their own."""
    return frozenset(
        index
        for index, (one, two) in enumerate(pairwise(headings))
        if one.time is None
        and (one.date or one.weekday is not None)
        and two.time
        and not two.date
        and not text[one.body : two.opens].strip(" \n\t\u00a0*_#=-–—")
    )


def _minutes(heading: Heading) -> int:
    return heading.time.hour * 60 + heading.time.minute if heading.time else 0


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)
