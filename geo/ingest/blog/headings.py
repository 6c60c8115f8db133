"""What looks like the heading of an update: read from the beginning of a line, and never more of it than `_SEEN` characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from geo.ingest.blog.tokens import PrintedDate, Tokens

_SEEN = 160
# A line with a word or a figure near its beginning.
_LINE = re.compile(r"^[^\w\n]{0,40}\w", re.MULTILINE)
_OPENING = re.compile(r"[\s\u200b\u200e\u200f\ufeff]*(?:#{1,6}\s+)?[*_\[(\s\u200b\ufeff■▪►▶◆●🔴🚨]*")
_BULLET = re.compile(r"[\s\u200b\ufeff]*(?:[-–—•‣·◦]|\*(?=\s))\s+")
_CLOSING = re.compile(
    r"[\s*_\u200b]*(?:(?P<colon>[\])]?\s*[*_]*\s*:|[\])][*_\s]*[:–—-]?)|(?P<dash>[–—|•·]|//|-{1,2}(?=\s|$))|(?P<stop>\.(?=\s|$|[*_])))?[\s*_\u200b]*"
)
_MID_LINE = re.compile(r"(?<=[.!?”\"’')\]])[ \u00a0]+(?=(?:\*\*|__)?\[?(?:UPDATE|ORIGINAL ENTRY)\b)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A candidate: where it stands (character offsets), what it prints, how it ends, and how strongly it looks like the heading of an update.

    It opens at `opens`, with marks such as `**`; its words run from `start` to `end`, and the text after it begins at `body`. `closing` is `mark`
    (a colon, a dash or a bracket), `line` (it fills its line) or `space`. `label` is `update`, `original`, `updated`, `news`, `page` or None.
    """

    opens: int
    start: int
    end: int
    body: int
    printed: str
    label: str | None
    number: str | None
    date: PrintedDate | None
    weekday: int | None
    time: time | None
    time_style: str
    zone: str | None
    closing: str
    own_line: bool
    bullet: bool
    strength: float

    @property
    def family(self) -> tuple[str, bool, bool]:
        """What the headings of one style have in common, where they have no label."""
        return self.closing, self.time is not None, self.bullet


def candidates(text: str) -> Iterator[Heading]:
    """Everything at the beginning of a line, or between sentences in capitals, that may be the heading of an update, in order."""
    for line in _LINE.finditer(text):
        start, end = line.start(), text.find("\n", line.end())
        end = len(text) if end < 0 else end
        if heading := read_heading(text, start, end):
            yield heading
        for match in _MID_LINE.finditer(text, start, end):
            inner = read_heading(text, match.end(), end)
            if inner and inner.label and (inner.date or inner.time) and inner.closing == "mark":
                yield inner


def read_heading(text: str, start: int, end: int) -> Heading | None:
    """The heading that the line `text[start:end]` begins with, or None."""
    line = text[start : min(end, start + _SEEN)]
    whole = end - start <= _SEEN
    bullet = _BULLET.match(line)
    opening = _OPENING.match(line, bullet.end() if bullet else 0)
    tokens = Tokens(line, opening.end() if opening else 0)
    tokens.read()
    if not tokens.found:
        return None
    closing, own_line, ends = _closed(tokens, line, whole=whole)
    strength = _strength(tokens, ends, line[closing.end() : closing.end() + 1]) if ends else 0.0
    colon = line.find(":", tokens.began, tokens.at)
    if not strength and tokens.label and colon >= 0:
        # “Update 2: On Friday six men …”: the day behind the colon is a word of the text.
        tokens = Tokens(line[:colon], tokens.began)
        tokens.read()
        closing, own_line, ends = _closed(tokens, line, whole=whole)
        strength = _strength(tokens, ends, line[closing.end() : closing.end() + 1]) if ends else 0.0
    if not strength:
        return None
    if ")" not in line[tokens.began : tokens.at] and "(" in line[tokens.began : tokens.at] and line[tokens.at : tokens.at + 1] == ")":
        tokens.at += 1
    return Heading(
        opens=start,
        start=start + tokens.began,
        end=start + tokens.at,
        body=start + (closing.end() if ends != "space" else tokens.at),
        printed=line[tokens.began : tokens.at].strip(" \u00a0,;*_"),
        label=tokens.label,
        number=tokens.number,
        date=tokens.date,
        weekday=tokens.weekday,
        time=tokens.time,
        time_style=tokens.time_style,
        zone=tokens.zone,
        closing=ends,
        own_line=own_line,
        bullet=bullet is not None,
        strength=strength,
    )


def _closed(tokens: Tokens, line: str, *, whole: bool) -> tuple[re.Match[str], bool, str]:
    """What closes a heading, whether it fills its line, and how it ends; no end where the line goes on as a sentence."""
    closing = _CLOSING.match(line, tokens.at)
    assert closing is not None  # noqa: S101 - all of it is optional
    own_line = whole and closing.end() >= len(line.rstrip())
    if closing["colon"] or closing["dash"] or (closing["stop"] and tokens.label):
        return closing, own_line, "mark" if tokens.label or closing["colon"] or not own_line else "line"
    if own_line and not closing["stop"]:
        return closing, own_line, "line"
    return closing, own_line, "" if closing["stop"] else "space"


def _strength(tokens: Tokens, closing: str, following: str) -> float:
    """From 3 (a label such as UPDATE) to 0 (no heading)."""
    dated, timed = tokens.date is not None, tokens.time is not None
    if tokens.label:
        if closing == "space":
            return 2.0 if (dated or timed) and not following.islower() else 0.0
        if (tokens.label in ("news", "updated", "page") or tokens.plural) and not (dated or timed):
            return 0.0
        return 3.0
    if timed and tokens.time_style == "four" and not (tokens.zone or tokens.in_hours):
        return 0.0
    sure = timed and (tokens.zone is not None or dated or tokens.weekday is not None)
    if closing == "space":
        if not timed or following.islower() or tokens.time_style == "word" or not following:
            return 0.0
        return 1.0 if sure else 0.5
    if sure:
        return 2.0
    return 1.0 if dated or timed else 0.5
