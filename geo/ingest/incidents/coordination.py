"""People told in one breath: “the driver and five passengers” are a figure of six."""

from __future__ import annotations

import re

from geo.ingest.incidents.casualty_patterns import AUX, DEAD, HURT, PEOPLE
from geo.ingest.incidents.quantities import NUMBER, Figure, bounds

_I = re.IGNORECASE
# Those who attack, by whatever name: they are not counted together with others.
_ATTACKERS = re.compile(
    r"\b(?:gunm[ae]n|attackers?|assailants?|militants?|militia(?:m[ae]n)?|fighters?|rebels?|insurgents?|jihadis(?:ts)?|terrorists?|extremists?|bombers?|raiders?|bandits?|"
    r"guerrillas|pirates?|infiltrators?|separatists?)\b",
    _I,
)
_JOINED = re.compile(r"^\s*(?:,\s+|,?\s+and\s+|,?\s+as\s+well\s+as\s+|,?\s+along\s+with\s+|,?\s+together\s+with\s+)(?:(?:his|her|its|their)\s+)?$")
_ONE = r"(?:an?|another|the|his|her|its|their)"
_WHO = rf"(?:(?!and\b|of\b|in\b|on\b|at\b)[\w’'-]+\s+){{0,3}}?(?:{PEOPLE})\b"
# “An officer and three soldiers died”, “a mother, her sister and her three daughters were hurt”.
_SUBJECTS = re.compile(
    rf"(?<![\w’'-])(?P<first>(?:{_ONE}|{NUMBER})\s+{_WHO})(?P<rest>(?:,\s+(?:{_ONE}|{NUMBER})\s+{_WHO}){{0,3}},?\s+(?:and|as\s+well\s+as|along\s+with)\s+"
    rf"(?:(?:{_ONE})\s+)?(?:{NUMBER}\s+)?{_WHO}){AUX}\s+(?P<state>{DEAD}|{HURT})\b",
    _I,
)
# A row has a verb of several; without one the longer pattern is not tried.
_SEVERAL = re.compile(
    r"\b(?:and|as\s+well\s+as|along\s+with)\s[^.;]{2,90}?\b(?:were|died|die|have|had|are|lost|perished|drowned|sustained|suffered)\b"
)
_JOINT = re.compile(r",?\s+(?:and|as\s+well\s+as|along\s+with)\s+|,\s+", _I)
_BOUND = re.compile(r"\b(?:least|than|about|around|some|to|over|nearly|almost|estimated|roughly|of|between)\s+$", _I)
_PART = re.compile(rf"(?P<one>{_ONE})?\s*(?P<number>{NUMBER})?\s*(?P<who>{_WHO})$", _I)


def subjects(text: str, start: int, end: int) -> list[Figure]:
    """The figures of people in a row before one verb: one where a single person leads it, else one for each part."""
    found: list[Figure] = []
    if _SEVERAL.search(text, start, end) is None:
        return found
    for match in _SUBJECTS.finditer(text, start, end):
        parts = [(first, last, _count(text[first:last])) for first, last in _cut(text, match.start("first"), match.end("rest"))]
        if any(count is None for _, _, count in parts) or _BOUND.search(text[max(start, match.start() - 20) : match.start()]):
            continue
        apart = len({_ATTACKERS.search(text[first:last]) is not None for first, last, _ in parts}) > 1
        metric = "injured" if re.match(HURT, match["state"], _I) and not re.search(r"\b(?:fatally|mortally)\b", match[0], _I) else "killed"
        if parts[0][2] == 1 and not apart and not re.match(r"one\b", match["first"], _I):
            parts = [(match.start("first"), match.end("rest"), sum(count for _, _, count in parts if count is not None))]
        for first, last, count in parts:
            found.append(Figure(metric, count, count, "people", " ".join(text[first:last].split()), first, last))
    return found


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    joints = [joint.span() for joint in _JOINT.finditer(text, start, end)]
    return list(zip([start, *(last for _, last in joints)], [*(first for first, _ in joints), end], strict=True))


def _count(part: str) -> float | None:
    """How many one part of a row is; None if it does not say: “the soldiers”."""
    match = _PART.match(part.strip())
    if match is None:
        return None
    if match["number"]:
        low, high = bounds(None, match["number"])
        return low if low == high else None
    plural = match["who"].lower().endswith(("s", "men", "children", "people"))
    return None if plural or not match["one"] else 1.0


def sum_up(found: list[Figure], text: str) -> None:
    """Make one figure of “a policeman and two passers-by” behind one verb.

    It is one where a single person leads; “eight children and a policeman” begins with a figure of its own. Those who attack and others stay apart.
    """
    last: Figure | None = None
    for figure in sorted((one for one in found if one.unit == "people"), key=lambda one: one.start):
        if last is not None and _is_one(last, figure, text) and last.low is not None and figure.low is not None:
            high = last.high + figure.high if last.high is not None and figure.high is not None else None
            words = f"{last.text}{_between(last, figure, text)}{figure.text}"
            joined = Figure(last.metric, last.low + figure.low, high, "people", words, last.start, figure.end)
            found[found.index(last)] = joined
            found.remove(figure)
            last = joined
        else:
            last = figure


def _is_one(one: Figure, other: Figure, text: str) -> bool:
    if one.metric != other.metric or one.metric not in ("killed", "injured") or one.low != 1 or one.high != 1 or not other.low:
        return False
    if re.match(r"(?:one|1)\b", one.text, _I) or other.start <= one.start or re.match(r"another\b", other.text, _I):
        return False
    if bool(_ATTACKERS.search(one.text)) != bool(_ATTACKERS.search(other.text)):
        return False
    return _JOINED.match(_between(one, other, text)) is not None


def _between(one: Figure, other: Figure, text: str) -> str:
    at = text.find(one.text, one.start)
    stop = at + len(one.text) if 0 <= at <= other.start else min(one.end, other.start)
    return text[stop : other.start]
