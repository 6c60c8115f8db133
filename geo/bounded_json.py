"""JSON from strangers: bytes to values within bounds, and where in the text a fault stands."""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from geo.errors import InvalidInput, Problem, shown
from geo.fields import pointer
from geo.json_places import TextPlace, find_place

MAX_NESTING = 64
"""Levels of arrays and objects that any document may have, ordinary properties included."""

_MEND = "Mend the file there, or take an intact copy of it."
_TOO_DEEP = f"Dateline reads {MAX_NESTING} levels at most."
MAX_INTEGER = int(sys.float_info.max)
"""The largest integer that a double holds; a larger one becomes infinity, or nothing, in the next program."""

_MAY_HOLD_SURROGATES = re.compile(rb"\\u[dD][89a-fA-F]")
_MAY_HOLD_HUGE = re.compile(rb"(?<![0-9])[0-9]{309}")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file from a stranger may cost.

    `max_bytes` is its size, `max_features` the length of a FeatureCollection, `max_vertices` the positions of one feature. `max_depth` counts the
    objects and arrays of one geometry alone, the geometry itself being the first: a Polygon has 4, a MultiPolygon 5, each GeometryCollection around
    it 2 more. So 8 lets a MultiPolygon stand in one GeometryCollection. Ordinary properties have their own bound: `MAX_NESTING` of the whole text.
    """

    max_bytes: int = 10_000_000
    max_features: int = 50_000
    max_vertices: int = 10_000
    max_depth: int = 8


IMPORT_LIMITS = Limits()


def read_bounded(body: bytes, limits: Limits = IMPORT_LIMITS) -> Any:
    """The JSON value of `body`, all of which any program can hold: no lone surrogates, no integers beyond a double.

    Raises InvalidInput with the line, the column and the JSON pointer of what is refused.
    """
    value = parse_json(body, max_bytes=limits.max_bytes)
    problems = list(unholdable(body, value))
    if problems:
        raise InvalidInput(problems)
    return value


def parse_json(body: bytes, *, max_bytes: int) -> Any:
    """The JSON value of `body` (RFC 8259): UTF-8, with or without a byte order mark, at most `MAX_NESTING` deep, no name twice in an object.

    Strings may still hold lone surrogates and integers may be huge: `unholdable` finds them. Raises InvalidInput with one problem.
    """
    if len(body) > max_bytes:
        _refuse("", f"The file has {len(body):,} bytes; at most {max_bytes:,} are read", "", "Split it into smaller files.")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse("", f"Byte {error.start} is not UTF-8", shown(body[error.start : error.start + 8]), "Save the file as UTF-8.")
    try:
        value = json.loads(text, object_pairs_hook=no_duplicates, parse_constant=no_constant, parse_float=finite)
    except json.JSONDecodeError as error:
        place = find_place(text, max_nesting=MAX_NESTING, until=error.pos)
        message = f"Line {error.lineno}, column {error.colno}: not JSON ({error.msg})"
        _refuse(place.pointer if place else "", message, shown(text[error.pos : error.pos + 40]), _MEND)
    except RecursionError:
        _refuse_depth(text)
    except ValueError as error:
        place = find_place(text, max_nesting=MAX_NESTING)
        # Python says it in terms of its own settings when an integer is too long for it.
        reason = "an integer has more than 4,300 digits" if "int_max_str_digits" in str(error) else str(error)
        _refuse(place.pointer if place else "", f"Not JSON as RFC 8259 has it: {reason}{_in_words(place)}", "", _MEND)
    if too_deep(value):
        _refuse_depth(text)
    return value


def unholdable(body: bytes, value: Any, where: str = "") -> Iterator[Problem]:
    """What in `value`, read from `body`, other programs cannot hold, each with its pointer below `where`."""
    if may_be_unholdable(body):
        yield from unholdable_parts(value, where)


def may_be_unholdable(body: bytes) -> bool:
    """Whether it is worth looking for `unholdable_parts` in what was read from `body`: cheap, and never a false no."""
    return bool(_MAY_HOLD_SURROGATES.search(body) or _MAY_HOLD_HUGE.search(body))


def unholdable_parts(value: Any, where: str = "") -> Iterator[Problem]:
    """Names and strings with half of a surrogate pair, and numbers that a double cannot hold, in the order of the text."""
    # A stack of iterators, not of values: a pointer is made only for what is looked at.
    stack = [] if _is_holdable(value) else [iter([(value, where)])]
    while stack:
        item, at = next(stack[-1], (None, None))
        if at is None:
            stack.pop()
        elif isinstance(item, dict):
            for name in item:
                if not _is_unicode(name):
                    yield Problem(at, "has a member whose name holds half of a surrogate pair", shown(name), "Write the name in valid Unicode.")
            stack.append(_children(item.items(), at))
        elif isinstance(item, list):
            stack.append(_children(enumerate(item), at))
        elif isinstance(item, str):
            if not _is_unicode(item):
                yield Problem(at, "holds half of a surrogate pair, which is no character", shown(item), "Write the text in valid Unicode.")
        elif isinstance(item, float):
            if not math.isfinite(item):
                yield Problem(at, "must be a finite number", shown(item), "Write a number, or null where it is unknown.")
        elif isinstance(item, int) and abs(item) > MAX_INTEGER:
            yield Problem(at, "is too large a number", shown(item), "Write a number below 1e308, or put it in quotes.")


def _children(items: Iterable[tuple[str | int, Any]], at: str) -> Iterator[tuple[Any, str]]:
    return ((child, pointer(at, key)) for key, child in items)


def _is_holdable(value: Any) -> bool:
    """The same as a yes or no, without pointers, which cost most of the time."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(item)
        elif isinstance(item, dict):
            stack.extend(item)
            stack.extend(item.values())
        elif isinstance(item, str):
            if not (item.isascii() or _is_unicode(item)):
                return False
        elif isinstance(item, float):
            if not math.isfinite(item):
                return False
        elif isinstance(item, int) and abs(item) > MAX_INTEGER:
            return False
    return True


def write_json(value: Any) -> str:
    """`value` as JSON on one line, members in their order, characters as themselves. Raises InvalidInput if it is no JSON value, or too deep."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except (ValueError, TypeError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise InvalidInput([Problem("", f"Cannot be written as JSON: {reason}", "", "Write numbers, texts, arrays and objects only.")]) from error


def encode_json(text: str) -> bytes:
    """JSON text in UTF-8; a lone surrogate, which UTF-8 does not have, becomes its escape."""
    # Python's escape of what it cannot encode, \udXXX, is JSON's too.
    return text.encode("utf-8", "backslashreplace")


def _refuse(where: str, message: str, value: str, advice: str) -> NoReturn:
    raise InvalidInput([Problem(where, message, value, advice)]) from None


def _refuse_depth(text: str) -> NoReturn:
    place = find_place(text, max_nesting=MAX_NESTING)
    _refuse(place.pointer if place else "", f"The JSON is nested too deeply{_in_words(place)}", "", _TOO_DEEP)


def _in_words(place: TextPlace | None) -> str:
    return f" (line {place.line}, column {place.column})" if place else ""


def no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """For `object_pairs_hook`: an object, in which no name may stand twice. Raises ValueError."""
    members = dict(pairs)
    if len(members) < len(pairs):
        twice = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise ValueError(f"the member {shown(twice)} stands twice in one object")
    return members


def no_constant(name: str) -> NoReturn:
    """For `parse_constant`: NaN and the infinities are no JSON. Raises ValueError."""
    raise ValueError(f"{name} is no JSON number")


def finite(digits: str) -> float:
    """For `parse_float`: a number that a double can hold. Raises ValueError."""
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"the number {shown(digits)} is too large")
    return number


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def too_deep(value: Any) -> bool:
    """Whether objects and arrays are nested in more than `MAX_NESTING` levels."""
    level = [value]
    for _ in range(MAX_NESTING):
        level = [
            child
            for item in level
            for child in (item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True
