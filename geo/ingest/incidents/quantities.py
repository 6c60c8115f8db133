"""Quantities in words and digits: a number, what bounds it, and the figure that comes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "both": 2, "a": 1, "an": 1, "another": 1, "a single": 1,
}  # fmt: skip
_VAGUE = (
    "a handful",
    "handful",
    "a dozen or so",
    "a few",
    "several dozen",
    "several",
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "tens",
    "many",
    "some",
    "numerous",
    "a number",
)
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}}(?![\d:.%]\d)|(?:{_TENS})-(?:{_UNITS})|(?:a|one|two|three|four|five|six|seven|eight|"
    rf"nine)\s+hundred(?:\s+and\s+\w+)?|"
    rf"(?:{'|'.join(word for word in _WORDS if word not in ('a', 'an', 'another', 'a single', 'both', 'hundred'))})|a\s+dozen(?!\s+or)|"
    rf"two\s+dozen|three\s+dozen)"
)
_BOUND = (
    r"(?:(?P<bound>at\s+least|no\s+fewer\s+than|not\s+less\s+than|a\s+minimum\s+of|more\s+than|over|upwards\s+of|up\s+to|as\s+many\s+as|"
    r"at\s+most|no\s+more\s+than|fewer\s+than|less\s+than|nearly|almost|close\s+to|about|around|some|"
    r"roughly|approximately|an?\s+estimated|likely|probably|only|just|exactly|a\s+total\s+of|another|(?:a\s+)?further|well\s+over|just\s+over|"
    r"just\s+under|all(?:\s+of)?(?:\s+the)?)\s+)?"
)
QUANTITY = (
    rf"{_BOUND}(?:an?\s+(?=[“\"‘]))?[“\"‘]?(?P<number>between\s+{NUMBER}\s+and\s+{NUMBER}|{NUMBER}(?:\s*(?:-|–|to|"
    rf"or)\s*{NUMBER})?(?=[^\w-]|-year|$)|{'|'.join(_VAGUE)})[”\"’]?"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: characters `start` to `end`. `low` and `high` are None where the words leave them open."""

    metric: str
    low: float | None
    high: float | None
    unit: str
    text: str
    start: int
    end: int


def bounds(bound: str | None, number: str) -> tuple[float | None, float | None]:
    """The lowest and the highest that a number with its bound may mean; None where the words leave it open."""
    plain = " ".join(number.lower().split())
    if plain in _VAGUE:
        return None, None
    ends = re.split(r"\s*(?:-|–|\bto\b|\bor\b|\band\b)\s*", plain.removeprefix("between "))
    if len(ends) == 2:
        one, other = value(ends[0]), value(ends[1])
        if one is not None and other is not None and one < other:
            return one, other
    one = value(plain)
    if one is None:
        return None, None
    how = " ".join((bound or "").lower().split())
    if how in ("at least", "no fewer than", "not less than", "a minimum of", "more than", "over", "upwards of", "well over", "just over"):
        return one, None
    if how in ("up to", "as many as", "at most", "no more than", "fewer than", "less than", "nearly", "almost", "close to", "just under"):
        return None, one
    return one, one


def value(word: str) -> float | None:
    """A number in words or digits."""
    word = word.strip().lower()
    if re.fullmatch(r"[\d,]+", word):
        return float(word.replace(",", ""))
    if word in _WORDS:
        return float(_WORDS[word])
    if match := re.fullmatch(rf"({_TENS})-({_UNITS})", word):
        return float(_WORDS[match[1]] + _WORDS[match[2]])
    if match := re.fullmatch(r"(a|one|two|three|four|five|six|seven|eight|nine) hundred(?: and ([\w-]+))?", word):
        more = value(match[2]) if match[2] else 0.0
        return None if more is None else _WORDS[match[1]] * 100 + more
    if match := re.fullmatch(r"(a|two|three) dozen", word):
        return 12.0 * _WORDS[match[1]]
    return None


def add(found: list[Figure], figure: Figure) -> bool:
    """Add a figure unless its words are a part of one that is there; whether it was added."""
    if any(figure.start < other.end and other.start < figure.end for other in found):
        return False
    found.append(figure)
    return True
