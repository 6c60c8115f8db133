"""Figures of things: weapons, holes, firing distances and warnings."""

from __future__ import annotations

import re

from geo.ingest.incidents.quantities import QUANTITY, Figure, add, bounds

_I = re.IGNORECASE
_MONTH_BEFORE = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+$", _I)
_MUNITIONS = re.compile(
    rf"(?<![\w.-]){QUANTITY}\s+(?!(?:percent|per\s+cent|people|hours|days|years)\b)(?:(?!and\b|people\b|were\b|"
    rf"hit\b)[\w’'-]+\s+){{0,3}}?(?P<unit>rockets?|missiles?|bombs?|shells?|mortars?(?!\s+(?:rounds|shells|bombs|grenades))|drones?|projectiles?|mines?|rounds|warheads?|"
    rf"torpedoes|grenades?|explosions?|blasts?|strikes|air\s?strikes)\b",
    _I,
)
_HOLES = re.compile(rf"(?:{QUANTITY}|\b(?P<alone>an?))\s+(?:[\w’'-]+\s+){{0,2}}?(?P<unit>holes?)\b", _I)
_RANGE = re.compile(
    rf"\b(?:fired|launched|shot)\s+(?:\w+\s+){{0,3}}?from\s+(?:a\s+distance\s+of\s+)?{QUANTITY}\s*(?P<unit>km|kilomet(?:re|er)s?|miles?|"
    rf"met(?:re|er)s?)\b",
    _I,
)
_WARNING = re.compile(rf"{QUANTITY}[\s-]+(?P<unit>minutes?|hours?)(?:['’]s?)?\s+(?:of\s+)?(?:warning|notice|before)\b", _I)
# A sentence without any of these holds no figure of the kind.
_HOLDS = {
    "firing_distance": ("fired", "launched", "shot"),
    "warning": ("warning", "notice", "before"),
    "holes": ("hole",),
    "munitions": (
        *("rocket", "missile", "bomb", "shell", "mortar", "drone", "projectile", "mine", "round", "warhead", "torpedo", "grenade", "explosion"),
        *("blast", "strike"),
    ),
}


def things_in(found: list[Figure], small: str, text: str, start: int, end: int) -> None:
    """Add the figures from `start` to `end` of `text`; `small` is that part in small letters."""
    for pattern, metric, unit in (
        (_RANGE, "firing_distance", "km"),
        (_WARNING, "warning", ""),
        (_HOLES, "holes", "holes"),
        (_MUNITIONS, "munitions", ""),
    ):
        if not any(word in small for word in _HOLDS[metric]):
            continue
        for match in pattern.finditer(text, start, end):
            number = match["number"] or match.groupdict().get("alone")
            if number is None:
                continue
            low, high = bounds(match["bound"], number)
            said = match["unit"].lower()
            if _MONTH_BEFORE.search(text[max(start, match.start() - 12) : match.start()]) or (
                metric == "munitions" and (low or high or 2) > 1 and not said.endswith("s")
            ):
                continue
            if metric == "munitions" and said.rstrip("s") in ("explosion", "blast", "strike", "airstrike", "air strike"):
                metric_, counted = "explosions" if said.startswith(("explosion", "blast")) else "strikes", _plural(said)
            else:
                metric_, counted = metric, unit or _plural(said)
            if metric == "firing_distance":
                counted = "km" if said.startswith("k") else _plural(said)
            words = (f"{match['bound']} " if match["bound"] else "") + number
            add(found, Figure(metric_, low, high, counted, words.strip(), match.start(), match.end()))


def _plural(word: str) -> str:
    return word if word.endswith("s") else word + ("es" if word.endswith("o") else "s")
