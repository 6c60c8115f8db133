"""What the weekdays that the texts name say about the day of a page that prints none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

_DAY = timedelta(days=1)
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# “On Thursday morning”, “late on Wednesday”: of the last few days. “Last Thursday”, “next Friday”, “Thursday prayers” say nothing of today.
_NAMED = re.compile(
    r"\b(?:on|late(?:\s+on)?|early(?:\s+on)?|since|by)\s+(?-i:(?P<name>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))\b(?!['’]?s?\s+(?:prayers?|"
    r"sermon|market|night\s+football))",
    re.I,
)
_ANY = re.compile(r"\b(?P<before>\w+\s+)?(?P<name>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b")
_NOT_NOW = frozenset({"last", "next", "previous", "past", "black", "good", "easter"})
# Who writes so does not name the day that it is.
_TODAY = re.compile(r"\b(?:today|tonight|yesterday|tomorrow|this\s+(?:morning|afternoon|evening))\b", re.I)


class Written(Protocol):
    """What has a text."""

    @property
    def text(self) -> str: ...


def names_the_day_before(entries: Sequence[Written], days: Sequence[date], published: date) -> bool:
    """Whether the texts of the entries that would be of `published` name its eve as the day that it is, and `published` itself nowhere.

    `days` are those that the entries have where most of them fall on the day of publication. Two weekdays at least must be named.
    """
    texts = [entry.text for entry, day in zip(entries, days, strict=True) if day == published]
    if any(_TODAY.search(text) for text in texts):
        return False
    named = [_NAMES.index(match["name"].lower()) for text in texts for match in _NAMED.finditer(text)]
    own = published.weekday()
    for text in texts:
        for match in _ANY.finditer(text):
            if _NAMES.index(match["name"].lower()) == own and (match["before"] or "").strip().lower() not in _NOT_NOW:
                return False
    return len(named) >= 2 and (published - _DAY).weekday() in named
