"""Where in a JSON text a fault stands: line, column and JSON pointer, found by walking the text once, without recursion."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field

from geo.fields import pointer

MAX_TOKENS = 2_000_000
"""Tokens that are looked at, about a second: what stands further on is told without its place."""

_MAX_DIGITS = 4_300  # of an integer that Python converts
_TOKEN = re.compile(
    r'[ \t\n\r]*(?:(?P<text>"[^"\\\x00-\x1f]*+(?:\\.[^"\\\x00-\x1f]*+)*+")|(?P<mark>[{}\[\],:])|(?P<constant>NaN|-?Infinity)'
    r"|(?P<number>-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)|true|false|null)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A place in a JSON text. `line` and `column` count from 1; `pointer` (RFC 6901) is that of the value, or of the object whose member it is."""

    line: int
    column: int
    pointer: str


@dataclass(slots=True)
class _Container:
    """An array (`names` is None) or an object that is being walked, and which of its children is next."""

    names: set[str] | None
    child: str | int | None
    expects_name: bool = field(default=False)


def find_place(text: str, *, max_nesting: int, until: int | None = None) -> TextPlace | None:
    """The first place where `text` is no JSON, names a member twice, has a number that no double holds, or is nested deeper than `max_nesting`.

    With `until`, an offset into the text, that place if nothing is found before. None if there is none, or none within `MAX_TOKENS`.
    """
    stack: list[_Container] = []
    offset = 0
    for _ in range(MAX_TOKENS):
        found = _TOKEN.match(text, offset)
        if found is None or (until is not None and found.end() > until):
            rest = len(text[offset : offset + 1_000]) - len(text[offset : offset + 1_000].lstrip(" \t\n\r"))
            return _place(text, until if until is not None else offset + rest, stack) if until is not None or offset + rest < len(text) else None
        start = found.start(found.lastgroup) if found.lastgroup else found.end()
        if _is_fault(found, stack, max_nesting):
            # What is too deep has just been opened; nothing in it has been met.
            return _place(text, start, stack[:-1] if found.lastgroup == "mark" else stack)
        offset = found.end()
    return None


def _is_fault(found: re.Match[str], stack: list[_Container], max_nesting: int) -> bool:
    """Take one token: whether it is a fault. Which tokens may follow which is left to the parser that refused the text."""
    inside = stack[-1] if stack else None
    match found.lastgroup:
        case "mark":
            _take_mark(found["mark"], stack)
            return len(stack) > max_nesting
        case "text":
            if inside is None or inside.names is None or not inside.expects_name:
                return False
            name = _decoded(found["text"])
            twice = name in inside.names
            inside.names.add(name)
            inside.child, inside.expects_name = name, False
            return twice
        case "constant":
            return True
        case "number":
            digits = found["number"]
            return len(digits) > _MAX_DIGITS or (("e" in digits or "E" in digits or "." in digits) and math.isinf(float(digits)))
    return False


def _take_mark(mark: str, stack: list[_Container]) -> None:
    if mark == "{":
        stack.append(_Container(set(), None, expects_name=True))
    elif mark == "[":
        stack.append(_Container(None, 0))
    elif mark in "}]":
        if stack:
            stack.pop()
    elif mark == "," and stack:
        inside = stack[-1]
        if inside.names is None:
            inside.child = inside.child + 1 if isinstance(inside.child, int) else 0
        else:
            inside.child, inside.expects_name = None, True


def _decoded(text: str) -> str:
    try:
        return str(json.loads(text))
    except ValueError:
        return text


def _place(text: str, offset: int, stack: list[_Container]) -> TextPlace:
    before = text.rfind("\n", 0, offset)
    where = ""
    for container in stack:
        if container.child is not None:
            where = pointer(where, container.child)
    return TextPlace(text.count("\n", 0, offset) + 1, offset - before, where)
