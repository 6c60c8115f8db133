"""A live blog cut into its dated updates."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice

from geo.errors import InvalidInput, Problem, shown
from geo.ingest.blog.clock import Zone, assumed_utc, read_zone
from geo.ingest.blog.dating import DAY_DOUBTFUL, Dated, Entry, date_entries
from geo.ingest.blog.families import NEWEST_FIRST, OLDEST_FIRST, Chosen, Order, choose, rough_day
from geo.ingest.blog.headings import Heading, candidates
from geo.ingest.blog.original import MAY_HOLD_ORIGINAL, SPLIT_BY_SHAPE, UNMARKED, split_original, unmarked_beginning
from geo.ingest.blog.page_zone import said_zone
from geo.ingest.blog.source import Source
from geo.ingest.blog.tokens import dates_in
from geo.moments import Moment, in_words

MAX_CHARACTERS = 4_000_000
MAX_UPDATES = 10_000
NO_HEADINGS = "no headings"
UNMARKED_HEADING = "(no heading)"
"""Stands for the heading of an original entry that prints none."""

_RULE = frozenset("-_*=~•—–· \t\u00a0")
_RULES_SEEN, _LONGEST_RULE = 10, 200
_OPENING_MARKS = re.compile(r"\s*(?:[*_]{1,3}(?=\s|\Z)\s*)?")
_PREAMBLE, _TITLE = 3_000, 200


@dataclass(frozen=True, slots=True)
class BlogUpdate:
    """One update of a live blog.

    `text` stands in the source from `start` to `end` (character offsets, end exclusive), `heading` from `heading_start`. `moment` is in UTC, as
    precise as it is known; `date_basis` is one of `geo.model.UPDATE_DATE_BASES`, and `date_note` says how it was found. `zone` is as printed.
    `flags` are doubts.
    """

    id: str
    heading: str
    moment: Moment
    date_basis: str
    date_note: str
    zone: str | None
    text: str
    heading_start: int
    start: int
    end: int
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blog:
    """The updates as printed, the order in which time runs down the page, what stands above them, and the doubts about the whole page."""

    updates: tuple[BlogUpdate, ...]
    order: Order
    flags: tuple[str, ...]
    preamble: str
    source: Source | None = None

    @property
    def by_time(self) -> tuple[BlogUpdate, ...]:
        """The updates, oldest first."""
        return self.updates if self.order == OLDEST_FIRST else self.updates[::-1]


def read_updates(text: str, *, published: date, zone: str | None = None, source: Source | None = None) -> Blog:
    """Cut `text` into its updates. `published` (a day) gives the years that headings leave out; `zone`, such as `GMT` or `Europe/Moscow`, is that of
    times printed without one.

    Raises InvalidInput for a text without words, one too long, and a zone that is not known.
    """
    _check(text, published, zone)
    found = list(islice(candidates(text), MAX_UPDATES + 1))
    if len(found) > MAX_UPDATES:
        advice = "Give a part of it at a time."
        raise InvalidInput([Problem("", f"The text holds more than {MAX_UPDATES:,} lines that look like headings", "", advice)])
    chosen = choose(text, found, published)
    if not chosen.headings:
        return _whole(text, published, source)
    preamble_end = chosen.headings[0].opens
    zones = _zones(text, chosen, zone)
    dated = _dated(text, chosen, zones, published, _titled(text[:preamble_end], published))
    updates = [_update(text, chosen, index, dated[index]) for index in sorted(dated)]
    flags = list(chosen.flags)
    if chosen.order == NEWEST_FIRST:
        updates, more = _with_original_below(text, updates, chosen)
    else:
        updates, more = _with_original_above(text, updates, preamble_end, chosen)
    flags += more
    return Blog(_with_ids(updates, chosen.order), chosen.order, tuple(flags), text[:preamble_end].strip(), source)


def _check(text: str, published: date, zone: str | None) -> None:
    problems = []
    if len(text) > MAX_CHARACTERS:
        problems.append(
            Problem("", f"The text has more than {MAX_CHARACTERS:,} characters", f"{len(text):,}", "Give the part with the updates only.")
        )
    elif not any(character.isalpha() for character in text):
        problems.append(
            Problem("", "The text holds no words", shown(text[:80]), "Give the text of a live blog, a saved page of one, or its address.")
        )
    if not 1000 <= published.year <= 9000:
        problems.append(
            Problem("/published", "The date of publication is no date of a live blog", shown(published.isoformat()), "Give the day, as 2021-03-04.")
        )
    if zone is not None and read_zone(zone).flags == assumed_utc(zone).flags:
        problems.append(Problem("/zone", "The time zone is not known", shown(zone), "Give one such as GMT, EST, UTC+3 or Europe/Moscow."))
    if problems:
        raise InvalidInput(problems)


def _whole(text: str, published: date, source: Source | None) -> Blog:
    """A page without headings: one update, of the day of publication, and flagged."""
    start, end = _stripped(text, 0, len(text))
    day = Dated(Moment(_day(published)), published, "editor", "The page has no headings; the day is the date of publication that was given.", ())
    update = BlogUpdate("", UNMARKED_HEADING, day.moment, day.basis, day.note, None, text[start:end], start, start, end, (UNMARKED, DAY_DOUBTFUL))
    return Blog(_with_ids([update], NEWEST_FIRST), NEWEST_FIRST, (NO_HEADINGS,), "", source)


def _zones(text: str, chosen: Chosen, given: str | None) -> dict[int, Zone]:
    """The zone of each heading: its own, else the one given, the one that the page says its times are in, or the only one that others print."""
    read: dict[str, Zone] = {}

    def zone_of(printed: str) -> Zone:
        if printed not in read:
            read[printed] = read_zone(printed, text)
        return read[printed]

    printed = {heading.zone for heading in chosen.headings if heading.zone and "local" not in heading.zone.lower()}
    said = said_zone(text[: chosen.headings[0].opens][:_PREAMBLE], text)
    default = assumed_utc()
    if given is not None:
        tz = read_zone(given, text)
        default = Zone(None, tz.tz, (), f"no time zone is printed; {given} was given")
    elif said is not None:
        default = said
    elif len(printed) == 1:
        only = zone_of(next(iter(printed)))
        default = Zone(None, only.tz, assumed_utc().flags, f"no time zone is printed, so that of the other headings, {only.printed}, is assumed")
    zones = {}
    for index, heading in enumerate(chosen.headings):
        local = heading.zone is not None and "local" in heading.zone.lower()
        zones[index] = zone_of(heading.zone) if heading.zone and not local else default
    return zones


def _titled(preamble: str, published: date) -> date | None:
    """The one day, within a week of publication, that the lines above the first heading name with its weekday or its year."""
    days = set()
    for line in preamble[:_PREAMBLE].split("\n"):
        if len(line) > _TITLE:
            continue
        for printed, weekday in dates_in(line):
            day = date.fromordinal(rough_day(printed, published))
            if abs((day - published).days) <= 7 and (printed.year is not None or weekday == day.weekday()):
                days.add(day)
    return days.pop() if len(days) == 1 else None


def _dated(text: str, chosen: Chosen, zones: dict[int, Zone], published: date, titled: date | None) -> dict[int, Dated]:
    """The headings that are updates, by index, dated."""
    entries: dict[int, Entry] = {}
    ends = [*(heading.opens for heading in chosen.headings[1:]), len(text)]
    divider: Heading | None = None
    for index, heading in enumerate(chosen.headings):
        if index in chosen.dividers:
            divider = heading
        else:
            if heading.date is not None:
                divider = None
            entries[index] = Entry(heading, zones[index], divider, text[heading.body : ends[index]])
    order = sorted(entries, reverse=chosen.order == NEWEST_FIRST)
    return dict(zip(order, date_entries([entries[index] for index in order], published=published, order=chosen.order, titled=titled), strict=True))


def _update(text: str, chosen: Chosen, index: int, dated: Dated) -> BlogUpdate:
    heading = chosen.headings[index]
    following = chosen.headings[index + 1].opens if index + 1 < len(chosen.headings) else len(text)
    start, end = _stripped(text, heading.body, following)
    zone = heading.zone if heading.time else None
    return BlogUpdate("", heading.printed, dated.moment, dated.basis, dated.note, zone, text[start:end], heading.start, start, end, dated.flags)


def _with_original_below(text: str, updates: list[BlogUpdate], chosen: Chosen) -> tuple[list[BlogUpdate], list[str]]:
    last = updates[-1]
    if chosen.headings[-1].label == "original":
        return updates, []
    inline = chosen.headings[-1].closing != "line" and not chosen.headings[-1].own_line
    cut = split_original(last.text, [one.text for one in updates[:-1]], inline=inline)
    if cut.flag == MAY_HOLD_ORIGINAL:
        updates[-1] = replace(last, flags=(*last.flags, cut.flag))
        return updates, [cut.flag]
    if cut.update_end is None:
        return updates, []
    start, end = _stripped(text, last.start, last.start + cut.update_end)
    flags = (*last.flags, SPLIT_BY_SHAPE) if cut.flag else last.flags
    updates[-1] = replace(last, text=text[start:end], start=start, end=end, flags=flags)
    if cut.original_start is None:
        return updates, []
    start, end = _stripped(text, last.start + cut.original_start, last.end)
    return [*updates, _original(text, start, end, last, cut.flag)], [cut.flag] if cut.flag else []


def _with_original_above(text: str, updates: list[BlogUpdate], preamble_end: int, chosen: Chosen) -> tuple[list[BlogUpdate], list[str]]:
    begin = unmarked_beginning(text[:preamble_end])
    if begin is None or chosen.headings[0].label == "original":
        return updates, []
    start, end = _stripped(text, begin, preamble_end)
    return [_original(text, start, end, updates[0], None), *updates], []


def _original(text: str, start: int, end: int, beside: BlogUpdate, flag: str | None) -> BlogUpdate:
    """The entry that the page began with, where it has no heading: of the day of the first update, or earlier."""
    day = Moment(_day(beside.moment.at.date()))
    note = f"The original entry has no heading; {in_words(day)} is the day of the first update, so that it may be earlier."
    flags = (UNMARKED, DAY_DOUBTFUL, *((flag,) if flag else ()))
    return BlogUpdate("", UNMARKED_HEADING, day, "neighbour", note, None, text[start:end], start, start, end, flags)


def _with_ids(updates: Sequence[BlogUpdate], order: Order) -> tuple[BlogUpdate, ...]:
    """Ids from heading and moment. Equal ones are numbered from the oldest, which a growing blog does not renumber."""
    seen: dict[str, int] = {}
    named = []
    for update in updates if order == OLDEST_FIRST else reversed(updates):
        words = " ".join(re.findall(r"\w+", update.heading.casefold()))
        when = f"{update.moment.at:%m%d-%H%M}" if update.moment.timed else f"{update.moment.at:%m%d}"
        name = f"u-{update.moment.at.year:04d}{when}-{hashlib.sha256(words.encode()).hexdigest()[:6]}"
        seen[name] = seen.get(name, 0) + 1
        named.append(replace(update, id=name if seen[name] == 1 else f"{name}-{seen[name]}"))
    return tuple(named if order == OLDEST_FIRST else reversed(named))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks at its ends and without the line of dashes that closes it."""
    opening = _OPENING_MARKS.match(text, start, end)
    start = opening.end() if opening else start
    for _ in range(_RULES_SEEN):
        end = start + len(text[start:end].rstrip())
        line = text.rfind("\n", start, end) + 1
        if line <= start or end - line > _LONGEST_RULE or end - line < 3 or not _RULE.issuperset(text[line:end]):
            break
        end = line
    return start, end


def _day(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
