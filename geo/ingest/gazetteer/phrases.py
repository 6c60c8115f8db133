"""Phrases that place something by a name without being there: "8 km from", "north of", "between", "off", "on the border", "in eastern"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from geo.ingest.gazetteer.mentions import Mention
from geo.lengths import UNITS

Relation = Literal["at", "distance", "within", "direction", "near", "outskirts", "part", "between", "road", "off", "border"]
POINTS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
_REACH = 150
_UNIT_M = {"km": 1_000.0, "mi": UNITS["mi"].metres, "nm": UNITS["nmi"].metres, "m": 1.0}
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "a dozen": 12,
            "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a hundred": 100, "half a": 0.5, "a": 1}  # fmt: skip

_LONG = r"(?:north|south)(?:[- ]?(?:north|south))?[- ]?(?:east|west)|(?:east|west)[- ]?(?:north|south)[- ]?(?:east|west)|north|south|east|west"
_DIRECTION = rf"(?P<direction>(?:due\s+)?(?:{_LONG})(?:ern|erly|wards?)?|(?-i:[NS]{{1,2}}[EW]|[EW][NS][EW]|[NSEW])(?![\w']))"
_ERN = rf"(?P<direction>(?:{_LONG})(?:ern)?|(?:far|upper)[- ](?:{_LONG})(?:ern)?|central|mid)"
_NOUN = (
    r"(?:town|city|village|port|base|air\s?base|camp|island|capital|airport|district|neighbou?rhood|suburb|province|governorate|region|crossing|strait|"
    r"oil\s?field|refinery|harbou?r)"
)
_LINK = rf"(?:the\s+)?(?:(?:[\w’'.-]+\s+){{0,3}}{_NOUN}(?:\s+city)?(?:\s+of)?\s+)?(?:the\s+)?"
_NUMBER = rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d{{1,5}}(?:\.\d+)?|{'|'.join(_NUMBERS)})"
_UNIT = r"(?P<unit>kilomet(?:re|er)s?|kms?|nautical\s+miles?|nmi|nm|miles?|mi|met(?:re|er)s?|m|yards?)"
_ROUGH = (
    r"(?:(?P<rough>about|around|some|roughly|approximately|approx\.?|nearly|almost|over|more\s+than|at\s+least|an\s+estimated|up\s+to|"
    r"just\s+over|just\s+under|under|less\s+than|within|~)\s*)?"
)
_LENGTH = rf"\b{_ROUGH}\b{_NUMBER}[- ]?{_UNIT}\b(?:\s*\([^)\n]{{1,40}}\))?"

_COAST = r"off\s+(?:the\s+(?:[\w’'-]+\s+)?(?:coast|shores?|port)\s+(?:of\s+)?)?"
_NEAR = (
    r"(?:near|close\s+to|just\s+outside|outside(?:\s+of)?|not\s+far\s+from|around|in\s+the\s+(?:vicinity|area|environs)\s+of|next\s+to|beside|"
    r"surrounding|overlooking)"
)
_FROM = r"(?:of|from|outside(?:\s+of)?|inland\s+from|beyond)\s+(?:the\s+(?:centre|center|edge)\s+of\s+)?"
_EDGE = r"(?:outskirts|suburbs?|edge|edges|entrance|approaches|fringes?)\s+(?:of|to)"
_PATTERNS: tuple[tuple[Relation, str], ...] = (
    ("off", rf"{_LENGTH}\s+(?:{_DIRECTION}\s+)?{_COAST}{_LINK}"),
    ("distance", rf"{_LENGTH},?\s+(?:away\s+)?(?:to\s+the\s+)?(?:{_DIRECTION}\s+)?(?:away\s+)?{_FROM}{_LINK}"),
    ("part", rf"\bin\s+the\s+(?:far\s+)?(?:{_DIRECTION})(?:\s+part)?\s+of\s+{_LINK}"),
    ("outskirts", rf"(?:\b{_ERN}\s+)?\b{_EDGE}\s+{_LINK}"),
    ("off", rf"\b{_COAST}{_LINK}"),
    ("off", rf"\b(?:waters|coast)\s+off\s+{_LINK}"),
    ("direction", rf"\b(?:just\s+|immediately\s+|to\s+the\s+)?{_DIRECTION}\s+of\s+{_LINK}"),
    ("near", rf"\b{_NEAR}\s+{_LINK}"),
    ("part", rf"\b{_ERN}\s+(?:parts?\s+of\s+)?(?:the\s+)?"),
)
_BEFORE: tuple[tuple[Relation, re.Pattern[str]], ...] = tuple((kind, re.compile(pattern + r"$", re.I)) for kind, pattern in _PATTERNS)
_SUBURBS_AFTER = re.compile(rf"^(?:['’]s)?\s+(?:{_ERN}\s+)?(?:outskirts|suburbs?)\b", re.I)
_ROAD_BEFORE = re.compile(
    rf"\b(?:road|highway|motorway|route|railway|rail\s+line)\s+(?:from|between|linking|connecting|that\s+links)\s+{_LINK}$", re.I
)
_ROAD_AFTER = re.compile(r"^\s+(?:road|highway|motorway|railway|rail\s+line|route)\b", re.I)
_BETWEEN_BEFORE = re.compile(rf"\bbetween\s+{_LINK}$", re.I)
_AND = re.compile(rf"^(?:['’]s)?,?\s+(?:and|to|with)\s+{_LINK}$", re.I)
_DASH = re.compile(r"^\s?[-–—‐‑/]\s?$|^\s+and\s+$")
_BORDER_AFTER = re.compile(r"^(?:['’]s?)?\s+(?:border|frontier)\b", re.I)
_BORDER_BEFORE = re.compile(r"\b(?:border|frontier)\s+between\s+(?:the\s+)?$", re.I)
_BORDER_WITH = re.compile(r"^(?:['’]s?)?\s+(?:\w+\s+)?border\s+(?:with|to)\s+(?:the\s+)?$", re.I)
_WITH_BEFORE = re.compile(r"\b(?:border|frontier)\s+(?:with|to)\s+(?:the\s+)?$", re.I)
_WHOSE = re.compile(rf"^(?:['’]s)?\s+(?:[\w-]+\s+)?{_NOUN}(?:\s+city)?(?:\s+of)?\s+$", re.I)
_SENTENCE = re.compile(r"(?:[.!?][”\"’')]*\s+(?=[A-Z“\"]))|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a text says of the way from `anchors` to the place: characters `start` to `end`.

    `distance_m` is the stated distance, `step_m` what its last digit counts. `compass` is one of POINTS, or C for the middle.
    """

    relation: Relation
    start: int
    end: int
    anchors: tuple[Mention, ...]
    distance_m: float | None = None
    step_m: float | None = None
    rough: bool = False
    compass: str | None = None


def phrases(text: str, mentions: Sequence[Mention]) -> list[Phrase]:
    """A phrase for each mention of a place or a people that has a part in one, in order; a bare name gives the relation `at`."""
    found: list[Phrase] = []
    taken: set[int] = set()
    for index, mention in enumerate(mentions):
        if index in taken:
            continue
        pair = _pair(text, mentions, index)
        if pair is not None:
            found.append(pair)
            taken.add(index + 1)
        elif mention.role == "place" or _at_border(text, mention):
            found.append(_single(text, mention, _cut(text, mentions, index)))
    return found


def _pair(text: str, mentions: Sequence[Mention], index: int) -> Phrase | None:
    """Two names that only together are a place: a border, a road, the land between."""
    if index + 1 >= len(mentions):
        return None
    one, other = mentions[index], mentions[index + 1]
    between = text[one.end : other.start]
    if len(between) > 60:
        return None
    before, after = text[max(0, one.start - _REACH) : one.start], text[other.end : other.end + 30]
    states = _country_only(one) and _country_only(other)
    if states and (
        (_DASH.match(between) and _BORDER_AFTER.search(after))
        or (_BORDER_BEFORE.search(before) and _AND.match(between))
        or _BORDER_WITH.match(between)
    ):
        return Phrase("border", one.start, other.end, (one, other))
    if other.role != "place" and one.role != "place":
        return None
    joined = _AND.match(between)
    if joined and (match := _ROAD_BEFORE.search(before)):
        return Phrase("road", one.start - len(match.group()), other.end, (one, other))
    if _DASH.match(between) and _ROAD_AFTER.search(after):
        return Phrase("road", one.start, other.end, (one, other))
    if joined and not states and (match := _BETWEEN_BEFORE.search(before)):
        return Phrase("between", one.start - len(match.group()), other.end, (one, other))
    return None


def _at_border(text: str, mention: Mention) -> bool:
    """Whether the name of a state only says whose border it is."""
    after, before = text[mention.end : mention.end + 20], text[max(0, mention.start - 30) : mention.start]
    return _BORDER_AFTER.search(after) is not None or _WITH_BEFORE.search(before) is not None


def _cut(text: str, mentions: Sequence[Mention], index: int) -> int:
    """Where the words that may belong to a mention begin: after the place named before it, unless that only says whose port or town it is."""
    for before in reversed(mentions[max(0, index - 3) : index]):
        if before.role == "place" and not _WHOSE.match(text[before.end : mentions[index].start]):
            return before.end
    return 0


def _single(text: str, mention: Mention, previous_end: int) -> Phrase:
    before = text[max(previous_end, mention.start - _REACH) : mention.start]
    before = before[max((match.end() for match in _SENTENCE.finditer(before)), default=0) :]
    after = text[mention.end : mention.end + 30]
    if _country_only(mention) and (_BORDER_AFTER.search(after) or _WITH_BEFORE.search(before)):
        return Phrase("border", mention.start, mention.end, (mention,))
    for relation, pattern in _BEFORE:
        if match := pattern.search(before):
            return _read(relation, match, mention, len(before))
    if match := _SUBURBS_AFTER.match(after):
        return Phrase("outskirts", mention.start, mention.end + match.end(), (mention,), compass=compass_of(match["direction"]))
    return Phrase("at", mention.start, mention.end, (mention,))


def _read(relation: Relation, match: re.Match[str], mention: Mention, length: int) -> Phrase:
    groups = match.groupdict()
    start = mention.start - (length - match.start())
    if not groups.get("number"):
        return Phrase(relation, start, mention.end, (mention,), compass=compass_of(groups.get("direction")))
    metres, step = length_m(groups["number"], groups["unit"])
    rough = " ".join((groups.get("rough") or "").lower().split())
    if rough in ("within", "up to", "less than", "under") and not groups.get("direction"):
        relation = "within" if relation == "distance" else relation
    return Phrase(relation, start, mention.end, (mention,), metres, step, bool(rough), compass_of(groups.get("direction")))


def length_m(number: str, unit: str) -> tuple[float, float]:
    """A length in words or digits in metres, and the step that it was rounded to: 160 km is given to 10 km, 8 km to 1 km, 2.5 km to 0.1 km."""
    plain = " ".join(number.lower().replace(",", "").split())
    value = float(_NUMBERS[plain]) if plain in _NUMBERS else float(plain)
    word = unit.lower()
    metres = (
        _UNIT_M["nm"]
        if word.startswith(("nautical", "nm"))
        else _UNIT_M["mi"]
        if word.startswith("mi")
        else _UNIT_M["km"]
        if word.startswith("k")
        else 1.0
    )
    if word.startswith("yard"):
        metres = 0.9144
    if "." in plain:
        step = 10.0 ** -len(plain.partition(".")[2])
    else:
        step = next((power for power in (1_000.0, 100.0, 50.0, 10.0, 5.0) if value >= power and value % power == 0), 1.0)
    return value * metres, step * metres


def compass_of(word: str | None) -> str | None:
    """A direction in words as one of POINTS, or C for the middle; None for none."""
    if not word:
        return None
    plain = re.sub(r"[\s-]|^due|^far|^upper", "", re.sub(r"^(?:due|far|upper)[\s-]+", "", word.strip().lower()))
    if plain in ("central", "mid"):
        return "C"
    letters = re.sub(r"(?:ern|erly|wards?)$", "", plain)
    short = letters.replace("north", "n").replace("south", "s").replace("east", "e").replace("west", "w").upper()
    return short if short in POINTS else None


def _country_only(mention: Mention) -> bool:
    return mention.country is not None and (mention.role == "demonym" or mention.chosen is None or mention.chosen.entry.kind == "country")
