"""When an incident happened: its own words of time, counted from the update that tells it or from what was told before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo

from geo.ingest.incidents.candidate import Dating
from geo.ingest.incidents.days import SMALL_HOURS, Clock, Days, as_days, count_of, day_moment, days_of, moved, rank
from geo.ingest.incidents.time_phrases import TimePhrase
from geo.moments import Moment, in_words, span_in_words

_DAY = timedelta(days=1)
_AMERICAN = re.compile(r"\b(?:Pentagon|Washington|White\s+House|US|U\.S\.|American|State\s+Department|CENTCOM)\b")


def default_dating(clock: Clock) -> Dating:
    """The day of the update, where nothing else is told: news."""
    if clock.at is not None and clock.place is not None:
        local = clock.at.astimezone(clock.place)
        first = local.date() - (_DAY if local.hour < SMALL_HOURS else timedelta(0))
        if first == local.date():
            first = min(first, clock.day)
        note = f"No date is told; the update was written at {local:%H:%M} there, on {in_words(day_moment(local.date()))}."
        return Dating(day_moment(first), day_moment(local.date()), "day", "inferred", "", note, False)
    return Dating(day_moment(clock.day), day_moment(clock.day), "day", "inferred", "", "No date is told; the day of the update stands for it.", False)


def dated(
    phrases: Sequence[TimePhrase], clock: Clock, anchor: Dating | None, *, voice: str = "", backwards: bool = False, place: tzinfo | None = None
) -> Dating | None:
    """The date that the words of time give, None if they give none.

    `anchor` is the date that “a week earlier” counts from; `voice` the sentence, whose speaker's clock may differ from the place's;
    `backwards` says that what was told before runs back in time.
    """
    days, used = None, None
    for phrase in sorted(phrases, key=lambda one: (rank(one), one.start)):
        if (days := days_of(phrase, clock, anchor, backwards=backwards)) is not None:
            used = phrase
            break
    clocks = [phrase for phrase in phrases if phrase.form == "clock"]
    if (timed := _timed(clocks, days, clock, place)) is not None:
        return timed
    if days is None or used is None:
        return None
    days, note = _in_place(days, used, clock, voice)
    return Dating(day_moment(days.first), day_moment(days.last), days.precision, "stated" if days.stated else "inferred", used.text, note, True)


def shifted(main: Dating, words: str) -> Dating | None:
    """The date of what “a week after” or “two days before” stands before: `main` happened so long after or before it."""
    match = re.search(r"(\w+)\s+(hours?|days?|weeks?|months?|years?)\s+(after|before)", words, re.I)
    if match is None:
        return None
    count = count_of(match[1])
    if count is None:
        return None
    way = -1 if match[3].lower() == "after" else 1
    base = as_days(main)
    there = moved(base, way * count, match[2].lower(), f"“{words.strip(' ,')}” {in_words(main.start)}" if main.sure else words)
    if there is None:
        return None
    note = f"“{words.strip(' ,')}” something told of {span_in_words(main.start, main.end, main.precision)}."
    return Dating(day_moment(there.first), day_moment(there.last), there.precision, "inferred", words.strip(" ,"), note, True)


def _in_place(days: Days, used: TimePhrase, clock: Clock, voice: str) -> tuple[Days, str]:
    """A weekday by an American clock, of something half a world away, may be the day after there."""
    note = f"“{used.text}”: {days.why}."
    if days.precision != "day" or days.first != days.last or used.form not in ("weekday", "yesterday", "today") or clock.place is None:
        return days, note
    ahead = clock.place.utcoffset(datetime(days.first.year, days.first.month, days.first.day))
    if ahead is None or ahead < timedelta(hours=2) or not _AMERICAN.search(voice) or days.first >= clock.day:
        return days, note
    late = days.first + _DAY
    return Days(
        days.first, late, "day", days.stated, days.why
    ), note + f" By Washington's clock; where it happened it may have been {in_words(day_moment(late))}."


def _timed(clocks: Sequence[TimePhrase], days: Days | None, clock: Clock, place: tzinfo | None) -> Dating | None:
    """A minute, if a clock time and its zone are told and the day is known."""
    for phrase in sorted(clocks, key=lambda one: "gmt" not in (one.groups.get("zone") or "").lower()):
        hour, minute = int(phrase.groups["hour"] or 0), int(phrase.groups.get("minute") or 0)
        half = (phrase.groups.get("half") or {"morning": "a", "afternoon": "p", "evening": "p"}.get(phrase.groups.get("daypart") or "", "")).lower()
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        named = (phrase.groups.get("zone") or "").upper()
        zone: tzinfo | None = UTC if named in ("GMT", "UTC") else place
        if hour > 23 or minute > 59 or zone is None:
            continue
        if days is not None and days.first != days.last:
            continue
        at = datetime.combine(days.first if days else clock.day, time(hour, minute), tzinfo=zone).astimezone(UTC)
        if days is None and clock.at is not None and at > clock.at:
            at -= _DAY
        moment = Moment(at, timed=True)
        where = "" if named in ("GMT", "UTC") else ", by the clock of the place"
        note = f"“{phrase.text}”{where}: {in_words(moment)}."
        return Dating(moment, moment, "minute", "inferred", phrase.text, note, True)
    return None
