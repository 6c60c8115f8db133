"""The words of headings: labels, dates, weekdays, clock times and zones, read one after the other from the beginning of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from geo.ingest.blog.clock import ABBREVIATIONS

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_I = re.IGNORECASE

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d|:\d)"
_YEAR = r"(?:,?\s*['’]?(?P<year>(?:19|20)\d{2})(?![\d:])(?!\s*(?:GMT|UTC|hrs|hours)))?"
_DATES = (
    re.compile(rf"{_MONTH}\s*{_DAY}(?!\s*[ap]\.?\s?m\b){_YEAR}", _I),
    re.compile(rf"{_DAY}(?:\s+of)?[\s-]*{_MONTH}{_YEAR.replace(',?', '[,-]?')}", _I),
    re.compile(r"(?P<year>(?:19|20)\d{2})-(?P<iso>\d{1,2})-(?P<day>\d{1,2})(?:(?=T\d)|(?!\d))", _I),
    re.compile(r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)?\d{2})(?![\d:/])"),
    re.compile(r"(?P<first>\d{1,2})/(?P<second>\d{1,2})(?![\d/])"),
)
_WEEKDAY = re.compile(r"(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b\.?", _I)
_TIMES = (
    (
        "clock",
        re.compile(
            r"T?(?P<hour>\d{1,2})(?P<mark>[:.h])(?P<minute>\d{2})(?::\d{2})?(?![\d/])(?:\s*(?P<half>[ap])\.?\s?m\b\.?|\s*(?:hours|hrs|uhr)\b\.?)?", _I
        ),
    ),
    ("half", re.compile(r"(?P<hour>\d{1,2})\s*(?P<half>[ap])\.?\s?m\b\.?", _I)),
    ("four", re.compile(r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?!\d)(?P<hours>\s*(?:hours|hrs|h)\b\.?)?", _I)),
    ("word", re.compile(r"(?:12\s+)?(?P<word>noon|midnight)\b", _I)),
)
_ZONE = re.compile(
    r"\(?(?:(?:UTC|GMT)\s?[+\-−]\d{1,2}(?::?\d{2})?(?!\d)"
    r"|[+\-−]\d{2}:?\d{2}(?!\d)"
    rf"|(?:{'|'.join(ABBREVIATIONS)})\b"
    r"|(?:local|[A-Z][\w’']{1,20}(?:\s[A-Z][\w’']{1,20})?)\s+[Tt]ime\b"
    r"|(?:Eastern|Central|Mountain|Pacific)\b(?!\s+[A-Z])"
    r"|Z\b)\)?",
)
_ZONE_ANY_CASE = re.compile(rf"\(?(?:{'|'.join(name for name in ABBREVIATIONS if len(name) > 2)}|[ECMP]\.?T\b\.?|E\.[SD]\.T\.?)(?![\w])\)?", _I)
_ZONE_UNKNOWN = re.compile(r"[A-Z]{2,4}T\b(?=\s*[:\]\)*–—-]|\s*$)")
_ANYWHERE = re.compile(rf"(?<!\w)(?=(?:{_WEEKDAY.pattern}|\d{{1,2}}(?:st|nd|rd|th)?\s|{_MONTH.replace('?P<month>', '?:')}))", _I)
_LABELS = (
    (
        "update",
        r"(?:(?:live|latest|breaking|major|further|final|new|morning|evening|afternoon|noon|midday|first|second|third|fourth|fifth|sixth)\s+)?updates?"
        r"(?!\w|\s+(?:on|from|to)\s+(?!(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d)))",
    ),
    ("original", r"(?:the\s+)?(?:original|initial|first|opening)\s+(?:entry|post|story|article|report|item|text)\b"),
    ("original", r"(?:earlier|original|previously)(?=\s*(?:[:\])*]|\(|[–—]))"),
    ("page", r"(?:last|first)\s+(?:updated|published|posted|modified)\b|published\b|created\b|modified\b"),
    ("updated", r"(?:updated|posted|added|update\s+posted)\b"),
    ("news", r"(?:latest|breaking(?:\s+news)?|developing|correction|corrected|clarification|retraction)\b"),
)
_LABEL = tuple((kind, re.compile(pattern, _I)) for kind, pattern in _LABELS)
_NUMBER = re.compile(r"(?:no\.?|number|#|nr\.?)?\s*(\d{1,3}|(?:i{1,3}|iv|vi{0,3}|ix|x))(?![\w/.:]\S)(?!\w)", _I)
_JOINT = re.compile(r"[\s*_\u200b]*(?:[,|·•@;(\[]|//|[–—-](?=\s|\w)|(?:at|on|of|for|as\s+of)\b)?[\s*_\u200b]*(?:(?:at|on)\s+)?", _I)
_COLON_JOINT = re.compile(r"[\s*_]*:[\s*_]*(?:(?:at|on)\s+)?", _I)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A day as printed: `year` may be missing, and `swapped` is the other reading of a date in figures (6/7), where there is one.

    `month_first` says how a date in figures that has one reading is written; None for all others.
    """

    month: int
    day: int
    year: int | None = None
    swapped: tuple[int, int] | None = None
    month_first: bool | None = None


class Tokens:
    """The run of labels, dates, times and zones at the beginning of a line; `at` is where it ends."""

    def __init__(self, line: str, at: int) -> None:
        self.line, self.began, self.at = line, at, at
        self.label: str | None = None
        self.plural = False
        self.number: str | None = None
        self.date: PrintedDate | None = None
        self.weekday: int | None = None
        self.time: time | None = None
        self.time_style = ""
        self.in_hours = False
        self.zone: str | None = None

    @property
    def found(self) -> bool:
        """Whether anything was read."""
        return bool(self.label or self.date or self.time or self.weekday is not None)

    def read(self) -> None:
        """Read on to the first word that belongs to no heading."""
        for kind, pattern in _LABEL:
            if match := pattern.match(self.line, self.at):
                self.label, self.at = kind, match.end()
                self.plural = match[0].lower().endswith("updates")
                break
        while self._step():
            pass

    def _step(self) -> bool:
        """One token more, with what joins it to the one before."""
        before = self.at
        joints = [before]
        if before > self.began and (match := _JOINT.match(self.line, before)):
            joints.append(match.end())
        if self.found and self.time is None and (match := _COLON_JOINT.match(self.line, before)):
            joints.append(match.end())
        for at in reversed(joints):
            if before > self.began and at == before:
                # Nothing between: 0420GMT, 2021-03-03T07:30Z.
                if self._zone(at) or (self.line[at : at + 1] == "T" and self._time(at)):
                    return True
                continue
            if self._zone(at) or self._date(at) or self._time(at) or self._weekday(at) or self._number(at):
                if "(" in self.line[before:at] and self.line[self.at : self.at + 1] == ")":
                    self.at += 1
                return True
        return False

    def _number(self, at: int) -> bool:
        if self.label != "update" or self.number or self.date or self.time or ":" in self.line[self.began : at]:
            return False
        match = _NUMBER.match(self.line, at)
        if match is None:
            return False
        self.number, self.at = match[1], match.end()
        return True

    def _weekday(self, at: int) -> bool:
        match = _WEEKDAY.match(self.line, at) if self.weekday is None else None
        if match is None:
            return False
        self.weekday, self.at = _WEEKDAYS.index(match[1][:3].lower()), match.end()
        return True

    def _date(self, at: int) -> bool:
        if self.date is not None:
            return False
        for pattern in _DATES:
            match = pattern.match(self.line, at)
            printed = _printed_date(match) if match else None
            if match and printed:
                self.date, self.at = printed, match.end()
                return True
        return False

    def _time(self, at: int) -> bool:
        # A second time counts if it is the same one in a zone of its own: 7:20 a.m. (0420 GMT).
        again = self.time is not None
        if again and self.line[at - 1 : at] not in ("(", "/", "["):
            return False
        for style, pattern in _TIMES:
            match = pattern.match(self.line, at)
            clock = _clock(match) if match else None
            if match is None or clock is None:
                continue
            if again:
                zone = _ZONE.match(self.line, match.end() + (self.line[match.end() : match.end() + 1] == " "))
                if zone is None:
                    return False
                self.zone = None
            self.time, self.time_style, self.at = clock, style, match.end()
            self.in_hours = style == "four" and bool(match["hours"])
            if again:
                self._zone(self.at)
            return True
        return False

    def _zone(self, at: int) -> bool:
        if self.time is None or self.zone is not None:
            return False
        at += len(self.line[at:]) - len(self.line[at:].lstrip())
        match = _ZONE.match(self.line, at) or _ZONE_ANY_CASE.match(self.line, at) or _ZONE_UNKNOWN.match(self.line, at)
        if match is None:
            return False
        self.zone, self.at = match[0].strip("()"), match.end()
        if match[0].endswith(")") and not match[0].startswith("("):
            self.at -= 1
        return True


def dates_in(words: str) -> list[tuple[PrintedDate, int | None]]:
    """The dates that stand in a line of text, each with the weekday before it."""
    found = []
    for match in _ANYWHERE.finditer(words):
        tokens = Tokens(words, match.start())
        tokens.read()
        if tokens.date is not None:
            found.append((tokens.date, tokens.weekday))
    return found


def _printed_date(match: re.Match[str]) -> PrintedDate | None:
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    if year is not None and year < 100:
        year += 2000
    if parts.get("first"):
        return _in_figures(int(parts["first"]), int(parts["second"]), year)
    month = int(parts["iso"]) if parts.get("iso") else _MONTHS.index(parts["month"][:3].lower()) + 1
    day = int(parts["day"])
    return PrintedDate(month, day, year) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _in_figures(first: int, second: int, year: int | None) -> PrintedDate | None:
    """6/13 is the 13th of June, 13/6 too; 6/7 is read as June 7, with 6 July as its other reading."""
    if not (1 <= first <= 31 and 1 <= second <= 31) or min(first, second) > 12:
        return None
    if first > 12:
        return PrintedDate(second, first, year, month_first=False)
    if second > 12:
        return PrintedDate(first, second, year, month_first=True)
    return PrintedDate(first, second, year, swapped=(second, first) if first != second else None)


def _clock(match: re.Match[str]) -> time | None:
    parts = match.groupdict()
    if parts.get("word"):
        return time(12) if parts["word"].lower() == "noon" else time(0)
    hour, minute = int(parts["hour"]), int(parts.get("minute") or 0)
    if half := parts.get("half"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    if hour == 24 and minute == 0:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None
