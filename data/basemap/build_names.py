"""Turn the sources' names into the English ones that the map shows."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

from build_editorial import COUNTRY_NAMES, EXONYMS, PROVINCE_NAMES, TOWN_NAMES, TOWN_NAMES_AT, UNNAMED_WATERS, WATER_NAMES

LEAST_LIKENESS = 0.6

_WATER_PATTERNS = [
    (r"^Golfo (?:de |del )?(.+)$", r"Gulf of \1"),
    (r"^(?:Ozero|Lac|Danau) (.+)$", r"Lake \1"),
    (r"^Lago (?:de )?(.+)$", r"Lake \1"),
    (r"^(.+) (?:Hu|Köli)$", r"Lake \1"),
    (r"^Represa (?:de )?(.+)$", r"\1 Reservoir"),
    (r"^(?:Réservoir|Rés\. de) (.+)$", r"\1 Reservoir"),
    (r"^Baía de (.+)$", r"\1 Bay"),
]

_COMPASS = {"Barat": "West", "Timur": "East", "Tengah": "Central", "Selatan": "South", "Utara": "North", "Tenggara": "Southeast"}
_INDONESIAN = re.compile(rf"^(.+) ({'|'.join(_COMPASS)})$")


def country_name(name: str) -> str:
    """Natural Earth's abbreviations are written out."""
    return COUNTRY_NAMES.get(name, name)


def province_name(name: str | None, country_code: str) -> str | None:
    """None where there is no name worth showing."""
    if not name:
        return None
    if fixed := PROVINCE_NAMES.get(country_code, {}).get(name):
        return fixed
    if country_code == "IDN":
        name = _INDONESIAN.sub(lambda found: f"{_COMPASS[found[2]]} {found[1]}", name)
    return plain(re.sub(r"\s*\(.*?\)|[`]", "", name).rstrip("'")) or None


def water_name(name: str) -> str | None:
    """None for waters that are not named on the map."""
    if name in UNNAMED_WATERS:
        return None
    if name in WATER_NAMES:
        return WATER_NAMES[name]
    for pattern, replacement in _WATER_PATTERNS:
        name = re.sub(pattern, replacement, name)
    return plain(name)


def town_name(name: str, english: str | None, *, lon: float) -> str:
    """The source's other name is often that of a district or of another town: it counts only where it is alike or known."""
    if (name, lon) in TOWN_NAMES_AT:
        return TOWN_NAMES_AT[name, lon]
    if name in TOWN_NAMES:
        return TOWN_NAMES[name]
    english = re.sub(r" (?:City|County|Town|Township|Territory|Region|governorate)$", "", english or "")
    if not english or (fold(english).startswith(fold(name)) and fold(english) != fold(name)):
        return plain(name)
    if fold(english) == fold(name):
        return plain(min(name, english, key=_foreign_letters))
    alike = SequenceMatcher(None, fold(name), fold(english)).ratio() >= LEAST_LIKENESS
    return plain(english if alike or english in EXONYMS else name)


def fold(text: str) -> str:
    """Letters alone, without accents and case."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower().replace("ı", "i")) if c.isalpha())


def plain(text: str) -> str:
    """English usage: no macrons, no dots below, no invisible characters, one space between words, St without a stop."""
    marks = {"\u0304", "\u0323", "\u0331"}
    kept = "".join(c for c in unicodedata.normalize("NFD", text) if c not in marks and unicodedata.category(c) != "Cf")
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", kept)).strip()
    return re.sub(r"\bFt\. ?", "Fort ", re.sub(r"\bMt\. ?", "Mount ", re.sub(r"\bSt\.[ -]?", "St ", text)))


def _foreign_letters(text: str) -> int:
    return sum(ord(c) > 126 for c in text)
