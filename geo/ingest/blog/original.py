"""The original entry of a live blog where no heading marks it: below the last update, or above the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

UNMARKED = "original entry unmarked"
SPLIT_BY_SHAPE = "split by shape"
MAY_HOLD_ORIGINAL = "may run into the original entry"

_PARAGRAPH = re.compile(r"[^\n]+")
_LINE = re.compile(r"^[^\n]*$", re.MULTILINE)
_RULE = re.compile(r"^[ \t\u00a0]*(?:[-_*=~•—–·][ \t\u00a0]*){3,}$", re.MULTILINE)
_SAID = re.compile(
    r"^[ \t\u00a0*_(\[]*(?:(?:our|the|here is our|read our)\s+)?(?:original|earlier|initial|previous)\s+"
    r"(?:story|post|report|entry|article|text)\b[^\n]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
_ENDING = (".", "!", "?", "”", '"', "’", "'", ":", ")", "…", "*", "_")
_PROSE = 120
_LONG_PROSE = 240


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the last update ends and the original begins (offsets into its text; None where it is not cut), and the doubt."""

    update_end: int | None = None
    original_start: int | None = None
    flag: str | None = None


def split_original(last: str, others: Sequence[str], *, inline: bool) -> Cut:
    """Look in the text of the last update for the original entry: below a rule or a line that says so, or where it grows out of all proportion.

    `others` are the texts of the other updates; `inline` says that the last one begins on the line of its heading.
    """
    marks = [match for match in (_RULE.search(last), _SAID.search(last)) if match and last[: match.start()].strip()]
    if marks:
        mark = min(marks, key=lambda match: match.start())
        below = last[mark.end() :].strip()
        return Cut(mark.start(), mark.end() if len(below) >= _PROSE else None)
    own = _paragraph_ends(last)
    counts = [len(_paragraph_ends(text)) for text in others]
    most = max(counts, default=1)
    if inline and most == 1 and len(own) >= 2:
        # All others are one paragraph long.
        return Cut(own[0], own[0], SPLIT_BY_SHAPE) if counts and len(own) >= 4 else Cut(flag=MAY_HOLD_ORIGINAL)
    if len(own) >= 4 and len(own) > 2 * most and len(last) > 3 * max((len(text) for text in others), default=len(last) // 4):
        return Cut(flag=MAY_HOLD_ORIGINAL)
    return Cut()


def _paragraph_ends(text: str) -> list[int]:
    """Where paragraphs end: at an empty line, and at the end of a line that ends a sentence. Any other line was wrapped, and goes on in the next."""
    ends: list[int] = []
    open_end: int | None = None
    for match in _LINE.finditer(text):
        words = match[0].rstrip()
        if not words:
            if open_end is not None:
                ends.append(open_end)
            open_end = None
        elif words.endswith(_ENDING):
            ends.append(match.start() + len(words))
            open_end = None
        else:
            open_end = match.start() + len(words)
    return ends if open_end is None else [*ends, open_end]


def unmarked_beginning(preamble: str) -> int | None:
    """Where an article begins, below its title, above the first heading of a page that runs oldest first; None if only a title or a lead is there."""
    lines = [match for match in _PARAGRAPH.finditer(preamble) if match[0].strip()]
    while lines and not (len(lines[0][0]) >= _PROSE or lines[0][0].rstrip(' \u00a0*_”"').endswith((".", "?", "!"))):
        lines = lines[1:]
    prose = sum(len(match[0]) for match in lines)
    if not lines or prose < _PROSE or (len(lines) < 2 and prose < _LONG_PROSE):
        return None
    return lines[0].start()
