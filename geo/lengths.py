"""Lengths: the units that people use, distances in words, and radii as they are typed."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal

from geo.errors import InvalidInput, Problem, shown

MAX_RINGS = 50
MIN_RADIUS_M = 1.0
MAX_RADIUS_M = 20_003_931.458  # half of a meridian, rounded down: no two places are further apart
_MAX_TYPED = 1_000
_TYPED_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of length: its code on the wire and on screen, its length in metres, and its name for one and for many."""

    code: str
    metres: float
    one: str
    many: str


UNITS: dict[str, Unit] = {
    "km": Unit("km", 1_000.0, "kilometre", "kilometres"),
    "nmi": Unit("nmi", 1_852.0, "nautical mile", "nautical miles"),
    "mi": Unit("mi", 1_609.344, "mile", "miles"),
}
_UNIT_WORDS = {"nm": "nmi", "kilometer": "km", "kilometers": "km", "kms": "km"} | {
    word: unit.code for unit in UNITS.values() for word in (unit.code, unit.one.replace(" ", ""), unit.many.replace(" ", ""))
}


@dataclass(frozen=True, slots=True)
class Radius:
    """A radius as a person gave it: `value` in `unit`, a code of `UNITS`. Raises InvalidInput unless it is 1 m to half of a meridian."""

    value: float
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise InvalidInput([Problem("", "the unit is not known", shown(self.unit), f"Use one of: {', '.join(UNITS)}.")])
        # A comparison with NaN is false.
        if not MIN_RADIUS_M <= self.metres <= MAX_RADIUS_M:
            most = f"{MAX_RADIUS_M // UNITS[self.unit].metres:,.0f} {self.unit}"
            advice = "Commas part radii: write 1.5 with a point, and 1500 without a mark."
            raise InvalidInput([Problem("", f"a radius must be at least 1 m and at most {most}", str(self), advice)])

    @property
    def metres(self) -> float:
        """The radius in metres."""
        return self.value * UNITS[self.unit].metres

    def __str__(self) -> str:
        return f"{plain_number(self.value)} {self.unit}"


def parse_radii(text: str, *, unit: str = "km") -> tuple[Radius, ...]:
    """Radii as people type them: `5, 10 nmi`, `5 km; 10 km`, `100 200`; commas, semicolons and spaces part them.

    A unit holds for all numbers before it that have none; numbers after the last unit share it, and `unit` holds where none is given. Raises
    InvalidInput with every problem.
    """
    spaced = re.sub(r"(?<=[\d.])(?=[^\W\d_])", " ", re.sub(r"nautical\s+", "nautical", text[: _MAX_TYPED + 1].casefold()))
    problems: list[Problem] = []
    found: list[tuple[float, str]] = []
    waiting: list[float] = []
    for word in re.findall(r"[^\s,;،]+", spaced):
        if _TYPED_NUMBER.fullmatch(word):
            waiting.append(float(word))
        elif word in _UNIT_WORDS and waiting:
            unit = _UNIT_WORDS[word]
            found += [(value, unit) for value in waiting]
            waiting = []
        elif word != "and":
            what = "a unit without a number before it" if word in _UNIT_WORDS else "neither a number nor a unit"
            problems.append(Problem("", f"{shown(word)} is {what}", "", f"Write numbers, then one of: {', '.join(UNITS)}."))
    radii = []
    for value, code in found + [(value, unit) for value in waiting]:
        try:
            radii.append(Radius(value, code))
        except InvalidInput as error:
            problems += error.problems
    if not radii and not problems:
        problems.append(Problem("", "no radius is given", "", "Write one or more, such as 5, 10 nmi."))
    if len(radii) > MAX_RINGS or len(text) > _MAX_TYPED:
        problems.append(Problem("", f"there are too many radii; {MAX_RINGS} can be drawn", "", "Leave some out."))
    if problems:
        raise InvalidInput(problems)
    return tuple(dict.fromkeys(radii))


def format_distance(metres: float, unit: str = "km") -> str:
    """A distance for reading, in a unit of `UNITS`: three digits that count, or whole units from 100 up: `8.05 km`, `186 km`, `1,235 km`."""
    value = metres / UNITS[unit].metres
    decimals = max(0, 2 - math.floor(math.log10(abs(value)))) if value else 0
    text = f"{value:,.{decimals}f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} {unit}"


def plain_number(number: float) -> str:
    """The number in digits, without an exponent, so that reading it gives the same number again."""
    text = format(Decimal(repr(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
