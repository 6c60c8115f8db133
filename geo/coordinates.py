"""Coordinates as people write them: decimal degrees, degrees, minutes and seconds, and MGRS; read and written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite, sqrt
from typing import Literal, NoReturn

from geo.errors import InvalidInput, Problem, shown
from geo.model import Position

Notation = Literal["decimal", "dms", "mgrs"]

_MOST = 100
_SIGNS = str.maketrans({"º": "°", "˚": "°", "′": "'", "’": "'", "‘": "'", "´": "'", "″": '"', "”": '"', "“": '"', "−": "-", "–": "-", "\u00a0": " "})
_NUMBER = r"\d{1,3}(?:\.\d{0,15})?|\.\d{1,15}"
_HALF = rf"([+-]?)({_NUMBER})\s*°?(?:\s*({_NUMBER})\s*'?(?:\s*({_NUMBER})\s*(?:\"|'')?)?)?"
_HALF_ALONE = re.compile(_HALF, re.ASCII)
_LETTER_AFTER = re.compile(rf"{_HALF}\s*([NSEW])[\s,;]*{_HALF}\s*([NSEW])", re.ASCII)
_LETTER_BEFORE = re.compile(rf"([NSEW])\s*{_HALF}[\s,;]*([NSEW])\s*{_HALF}", re.ASCII)
_MGRS = re.compile(r"(?:\d{1,2}[C-HJ-NP-X]|[ABYZ])[A-HJ-NP-Z]{2}(\d*)", re.ASCII)
_ADVICE = "Write 33.786, 42.441 (latitude, longitude), or 33°47'10\"N 42°26'28\"E, or MGRS such as 38SKC6306041372."


@dataclass(frozen=True, slots=True)
class Written:
    """A position that was read: longitude, latitude in degrees (WGS84), and how it was written.

    MGRS names a square, not a point: the position is its middle, and `within_m` half of its diagonal, in metres; None for the other notations.
    """

    position: Position
    notation: Notation
    within_m: float | None = None


def parse(text: str) -> Written:
    """Read one position. Without letters the latitude stands first, as maps and phones write it. Raises InvalidInput, with the pointer ""."""
    words = " ".join(text.translate(_SIGNS).upper().split())
    if not words:
        _refuse("is empty", text)
    if len(words) > _MOST:
        _refuse(f"is longer than {_MOST} characters", text)
    square = _MGRS.fullmatch(words.replace(" ", ""))
    if square is not None:
        return _from_mgrs(words.replace(" ", ""), len(square[1]), text)
    if (match := _LETTER_AFTER.fullmatch(words)) is not None:
        parts = match.groups()
        return _joined(parts[:4], parts[4], parts[5:9], parts[9], text)
    if (match := _LETTER_BEFORE.fullmatch(words)) is not None:
        parts = match.groups()
        return _joined(parts[1:5], parts[0], parts[6:], parts[5], text)
    if re.search("[NSEW]", words):
        _refuse("is no pair of a latitude (N or S) and a longitude (E or W)", text)
    return _joined(*_halves(words, text), text=text)


def format_decimal(position: Position) -> str:
    """`33.78600, 42.44100`: latitude, longitude in degrees, to about a metre."""
    return f"{position[1]:.5f}, {position[0]:.5f}"


def format_dms(position: Position) -> str:
    """`33°47'09.6"N 42°26'27.6"E`: to about three metres."""
    return f"{_sexagesimal(position[1], 'NS')} {_sexagesimal(position[0], 'EW')}"


def format_mgrs(position: Position) -> str:
    """`38SKC 63060 41372`: the square of a metre that the position lies in."""
    import mgrs  # loads a library of C, which few pages need

    lon, lat = position
    # Less than half a metre south of the equator rounds to a northing that no square has; the equator itself is in the northern one.
    text = str(mgrs.MGRS().toMGRS(0.0 if -5e-6 < lat < 0 else lat, lon, MGRSPrecision=5))
    return f"{text[:-10]} {text[-10:-5]} {text[-5:]}"


def _halves(words: str, text: str) -> tuple[tuple[str | None, ...], str, tuple[str | None, ...], str]:
    """The latitude and the longitude of a text without letters."""
    parts = re.split(r"\s*[,;]\s*", words)
    if len(parts) == 1:
        numbers = words.split()
        middle = len(numbers) // 2
        parts = [" ".join(numbers[:middle]), " ".join(numbers[middle:])] if len(numbers) % 2 == 0 else []
    found = [_HALF_ALONE.fullmatch(part) for part in parts]
    if len(found) != 2 or found[0] is None or found[1] is None:
        _refuse("is no position", text)
    return found[0].groups(), "N", found[1].groups(), "E"


def _joined(one: tuple[str | None, ...], letter: str, other: tuple[str | None, ...], other_letter: str, text: str) -> Written:
    if (letter in "NS") == (other_letter in "NS"):
        _refuse("gives the same direction twice", text)
    degrees = [_degrees(one, letter, text), _degrees(other, other_letter, text)]
    lat, lon = degrees if letter in "NS" else degrees[::-1]
    if not -90 <= lat <= 90:
        swapped = " Latitude comes first; this looks like longitude, latitude." if abs(lat) <= 180 and abs(lon) <= 90 else ""
        _refuse(f"has a latitude of {lat:g}°; it must lie between -90 and 90", text, swapped)
    if not -180 <= lon <= 180:
        _refuse(f"has a longitude of {lon:g}°; it must lie between -180 and 180", text)
    return Written((lon, lat), "dms" if one[2] or other[2] else "decimal")


def _degrees(half: tuple[str | None, ...], letter: str, text: str) -> float:
    sign, *numbers = half
    given = [number for number in numbers if number is not None]
    if sign and letter in "SW":
        _refuse("has both a sign and a letter", text)
    if any("." in number for number in given[:-1]):
        _refuse("has a fraction that is not in its last number", text)
    values = [float(number) for number in given]
    if any(value >= 60 for value in values[1:]):
        _refuse("has minutes or seconds of 60 or more", text)
    size = sum(value / float(60**power) for power, value in enumerate(values))
    return -size if sign == "-" or letter in "SW" else size


def _from_mgrs(square: str, digits: int, text: str) -> Written:
    import mgrs

    if digits % 2 or digits > 10:
        _refuse("is no MGRS reference: after the letters come 0, 2, 4, 6, 8 or 10 digits", text)
    half = digits // 2
    easting, northing = square[len(square) - digits : len(square) - half], square[len(square) - half :] if half else ""
    # The square of a metre in the middle: whether a library gives the corner or the middle of a wider one is its own affair.
    middle = [(part + "5").ljust(5, "0") if half < 5 else part for part in (easting, northing)]
    inner = square[: len(square) - digits] + "".join(middle)
    try:
        lat, lon = mgrs.MGRS().toLatLon(inner)
    except mgrs.core.MGRSError:
        _refuse("is no MGRS reference: there is no such square", text)
    if not (isfinite(lat) and isfinite(lon) and -90 <= lat <= 90 and -180 <= lon <= 180):
        _refuse("is no MGRS reference: there is no such square", text)
    return Written((lon, lat), "mgrs", 10 ** (5 - half) * sqrt(2) / 2)


def _sexagesimal(degrees: float, letters: str) -> str:
    # Tenths of a second first, so that 59.96 seconds carry over into the minutes.
    tenths = round(abs(degrees) * 36_000)
    minutes, rest = divmod(tenths, 600)
    whole, minutes = divmod(minutes, 60)
    return f"{whole}°{minutes:02d}'{rest / 10:04.1f}\"{letters[degrees < 0]}"


def _refuse(message: str, text: str, more: str = "") -> NoReturn:
    raise InvalidInput([Problem("", message, shown(text), _ADVICE + more)])
