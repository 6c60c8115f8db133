"""Words of time in a text: what each says, before it is known when the text was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Form = Literal[
    "date", "month_day", "month_year", "month", "year", "weekday", "today", "yesterday", "night", "offset", "ago", "this_unit", "last_unit",
    "weekend", "same_day", "clock"
]  # fmt: skip

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12,
    "a couple of": 2, "the next": 1, "the previous": 1, "the following": 1, "next": 1, "previous": 1, "following": 1,
}  # fmt: skip

_M = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|"
    r"nov(?:ember|\.)?|"
    r"dec(?:ember|\.)?)"
)
_LONG_M = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_W = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_D = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:%])"
_Y = r"(?P<year>(?:19|20)\d\d)"
_COUNT = r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a\s+couple\s+of|a\s+few|several|some|many)"
_UNIT = r"(?P<unit>minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?)"
_PART = r"(?:morning|afternoon|evening|night|noon|dawn|midday|lunchtime)"
_FORMS: tuple[tuple[Form, str], ...] = (
        ("clock", r"(?<![\d:])(?P<hour>\d{1,2})(?::|\.)?(?P<minute>\d{2})\s*(?:hours?\s+|hrs?\s+)?\(?(?P<zone>GMT|UTC)\)?(?!\w)"),
        ("clock", r"\b(?:at|around|about|shortly\s+(?:after|before)|just\s+(?:after|before)|by)\s+(?:about\s+|around\s+|"
        r"roughly\s+)?(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?:(?P<half>[ap])\.?\s?m\b\.?|(?:in\s+the\s+(?P<daypart>morning|"
        r"afternoon|evening))|"
                  r"(?=[,\s]+local|\s+(?:GMT|UTC)))(?:,?\s*\(?(?P<zone>local\s+time|GMT|UTC)\)?)?"),
        ("clock", r"\bat\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?![\d])(?:\s*\(?(?P<zone>local(?:\s+time)?|GMT|UTC)\)?)?"),
        ("date", r"(?P<year>(?:19|20)\d\d)-(?P<mon>\d\d)-(?P<day>\d\d)(?!\d)"),
        ("date", rf"\b(?P<month>{_M})\s+{_D},?\s+{_Y}\b"),
        ("date", rf"\b{_D}\s+(?:of\s+)?(?P<month>{_M}),?\s+{_Y}\b"),
        ("month_day", rf"\b(?P<month>{_M})\s+{_D}"),
        ("month_day", rf"\b{_D}\s+(?:of\s+)?(?P<month>{_LONG_M})\b"),
        ("month_year", rf"\b(?:(?P<part>early|late|mid|the\s+(?:start|beginning|end|middle)\s+of)[- ]\s*)?(?P<month>{_M}),?\s+(?:of\s+)?{_Y}\b"),
        ("month_year", rf"\b(?P<month>(?-i:{_LONG_M}))\s+(?:war|fighting|clashes|battles?|offensive|attacks?|bombings?|campaign|escalation)\s+"
        rf"(?:of|in)\s+{_Y}\b"),
        ("month", rf"\b(?:in|since|last|this|during|throughout|until|of|by)\s+(?:(?P<part>early|late|mid)[- "
        rf"]\s*)?(?P<month>(?-i:{_LONG_M}))(?!\s+\d)\b(?:,?\s+(?P<rel>this|last)\s+year\b)?"),
        ("same_day", r"\b(?:on\s+)?(?:the|that)\s+same\s+(?:day|night|morning|evening|afternoon)\b|\bthat\s+(?:day|night|morning|evening|"
        r"afternoon)\b|\bon\s+the\s+day\b"),
        ("offset", r"\b(?P<next>the\s+next|the\s+following|the\s+previous|the\s+day)\s+(?P<unit>day|night|morning|week|month|year)\b"),
        ("offset", r"\b(?P<vague>days|weeks|months|years|hours|minutes)\s+(?P<way>later|earlier|before|after|afterwards)\b"),
        ("offset", rf"\b(?:(?:just|only|about|some|less\s+than|more\s+than)\s+)?{_COUNT}\s+{_UNIT}\s+(?P<way>later|earlier|before|"
        rf"after(?:wards)?|previously)\b"),
        ("offset", r"\bthe\s+(?P<unit>week|month|year)\s+(?P<way>before|earlier)\b(?!\s+(?:the|that|last)\b)"),
        ("ago", rf"\b(?:(?:just|only|about|some|less\s+than|more\s+than|nearly|almost|over)\s+)?{_COUNT}\s+{_UNIT}\s+ago\b(?P<today>\s+today\b)?"),
        ("weekday", rf"\b(?:(?P<rel>last|this|next|previous|the\s+previous)\s+)?(?:(?P<late>late|"
        rf"early)\s+(?:on\s+)?)?(?P<weekday>(?-i:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))(?:['’]s|"
        rf"s['’])?(?:\s+(?P<part>{_PART}))?"),
        ("yesterday", r"\byesterday(?:['’]s)?(?:\s+(?:morning|afternoon|evening|night))?|\bthe\s+day\s+before\b|\bthe\s+previous\s+day\b"),
        ("night", r"\b(?:overnight|last\s+night|during\s+the\s+night|in\s+the\s+night|through(?:out)?\s+the\s+night|late\s+last\s+night|"
        r"(?:in\s+)?the\s+early\s+hours)\b"),
        ("today", r"\b(?:today(?:['’]s)?|earlier\s+today|early\s+today|this\s+(?:morning|afternoon|evening|noon)|tonight|"
        r"earlier\s+this\s+(?:morning|afternoon|evening)|(?:just\s+)?(?:before|after|at|since|around)\s+(?:dawn|daybreak|sunrise|"
        r"first\s+light|midday|noon|midnight|dusk|"
                  r"sunset|nightfall)|at\s+first\s+light|in\s+the\s+(?:morning|afternoon|evening)|during\s+the\s+(?:day|morning|afternoon|"
        r"evening)|within\s+the\s+(?:past|last)\s+hour|moments\s+ago|minutes\s+ago)\b"),
        ("weekend", r"\b(?:over|at|during|on)\s+(?:the|this|last|the\s+past)\s+weekend\b|\bthe\s+weekend['’]s\b"),
        ("this_unit", r"\b(?:earlier|later)?\s*this\s+(?P<unit>week|month|year)(?:['’]s)?\b|\bin\s+recent\s+(?P<recent>days|hours|weeks)\b"),
        ("last_unit", r"\b(?:last|the\s+previous|the\s+past)\s+(?P<unit>week|month|year)(?:['’]s)?\b"),
        ("year", rf"\b(?:in|since|of|during|early\s+in|late\s+in)\s+(?:early\s+|late\s+|mid-?\s*|the\s+(?:summer|winter|spring|autumn|"
        rf"fall)\s+of\s+)?{_Y}\b(?!\s*(?:GMT|UTC|people|-))"),
        ("year", rf"\b{_Y}(?=['’]s?\s)"),
)  # fmt: skip
_PATTERNS = tuple((form, re.compile(pattern, re.IGNORECASE)) for form, pattern in _FORMS)
_SINCE = re.compile(r"\b(?:since|until|till|by|before|ahead\s+of)\s+(?:the\s+)?$", re.I)
_NOT_A_DATE = re.compile(
    r"(?:agreement|accord|truce|treaty|ceasefire|resolution|deal|talks|election|war|revolution|invasion)s?\s+(?:of|in|from)\s+$", re.I
)


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """A word of time, characters `start` to `end`; `groups` are the parts of its pattern."""

    form: Form
    start: int
    end: int
    text: str
    groups: dict[str, str | None]


def _trimmed(said: str) -> str:
    said = said.strip()
    return said.rstrip(")") if "(" not in said else said


def time_phrases(text: str, start: int, end: int) -> list[TimePhrase]:
    """Every word of time from `start` to `end`, in order; of those that overlap, the longer reading.

    What only bounds a time (“since 2014”) is left out.
    """
    found: list[TimePhrase] = []
    for form, pattern in _PATTERNS:
        for match in pattern.finditer(text, start, end):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            before = text[max(start, match.start() - 40) : match.start()]
            if form not in ("today", "clock") and (_SINCE.search(before) or match.group().lower().startswith(("since", "until", "by "))):
                continue
            if _NOT_A_DATE.search(before + (match.group()[:3] if match.group()[:3].lower() in ("of ", "in ") else "")):
                continue
            if form == "weekday" and match["rel"] and match["rel"].lower() == "next":
                continue
            found.append(TimePhrase(form, match.start(), match.end(), _trimmed(match.group()), match.groupdict()))
    return sorted(found, key=lambda one: one.start)
