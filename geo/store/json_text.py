"""Changing a JSON text and leaving everything that does not change as it was written, to the letter."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from json.decoder import WHITESPACE  # type: ignore[attr-defined]  # JSON's own four characters, as the standard library skips them
from typing import Any

_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is laid out: the white space of a level (None for one line), what stands after commas and colons, whether it is all ASCII."""

    indent: str | None = None
    comma: str = ", "
    colon: str = ": "
    ascii: bool = False

    def dump(self, value: Any, gap: str) -> str:
        """`value` as JSON; laid out over lines if `gap`, the white space before it, holds a line's end."""
        at = gap.rfind("\n")
        if at < 0 or self.indent is None:
            return json.dumps(value, ensure_ascii=self.ascii, separators=(self.comma, self.colon), allow_nan=False)
        text = json.dumps(value, ensure_ascii=self.ascii, indent=self.indent, separators=(",", self.colon), allow_nan=False)
        # A line's end within a string is written as an escape, so each one here is layout.
        return text.replace("\n", gap[at - 1 if gap[:at].endswith("\r") else at :])


def style_of(text: str, gap: str) -> Style:
    """The style of an object's `text` that stands after the white space `gap`."""
    opening = text[1 : skipped(text, 1)]
    margin, inner = (space[space.rfind("\n") + 1 :] for space in (gap, opening))
    indent = inner[len(margin) :] if "\n" in opening and "\n" in gap else None
    tight = indent is None and '":' in text and '": ' not in text
    return Style(indent, *((",", ":") if tight else (", ", ": ")), ascii=text.isascii() and "\\u" in text)


def skipped(text: str, at: int) -> int:
    """Where the white space that stands at `at` ends."""
    match = WHITESPACE.match(text, at)
    return int(match.end())


def version_of(value: Any) -> str:
    """The version of a record: 16 hex digits of the SHA-256 of its JSON, whatever its layout and the order of its members."""
    return hashlib.sha256(_canonical(value).encode()).hexdigest()[:16]


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal. 1, 1.0 and true differ, which Python's `==` denies."""
    return bool(one == other) and _canonical(one) == _canonical(other)


def rewritten(text: str, before: Any, after: Any, *, style: Style, gap: str) -> str:
    """`text`, which says `before`, changed to say `after`.

    Members and items that stay are not touched: their numbers, escapes, order and layout are kept. New members come last. `gap` is the white space
    that stands before the text.
    """
    if same(before, after):
        return text
    if isinstance(before, dict) and isinstance(after, dict) and before and after:
        return _rewritten_object(text, before, after, style)
    if isinstance(before, list) and isinstance(after, list) and before and after:
        return _rewritten_array(text, before, after, style)
    return style.dump(after, gap)


@dataclass(frozen=True, slots=True)
class _Part:
    """A member or an item: what stands before it, its name with the colon (for a member), and its value, as written."""

    gap: str
    name: str
    value: str


def _rewritten_object(text: str, before: Mapping[str, Any], after: Mapping[str, Any], style: Style) -> str:
    parts, end = _members(text)
    kept = [
        _Part(part.gap, part.name, rewritten(part.value, before[key], after[key], style=style, gap=part.gap))
        for key, part in parts.items()
        if key in after
    ]
    gap = _usual_gap([*parts.values()], style)
    new = [_Part(gap, json.dumps(key, ensure_ascii=style.ascii) + style.colon, style.dump(after[key], gap)) for key in after if key not in before]
    return _joined("{", next(iter(parts.values())).gap, [*kept, *new], end + "}")


def _rewritten_array(text: str, before: list[Any], after: list[Any], style: Style) -> str:
    parts, end = _items(text)
    gap = _usual_gap(parts, style)
    left = list(zip(before, parts, strict=True))
    changed: list[_Part] = []
    for position, value in enumerate(after):
        match = next((at for at, (old, _) in enumerate(left) if same(old, value)), None)
        if match is not None:
            part = left.pop(match)[1]
            # What stood before the first item is no white space between items.
            changed.append(replace(part, gap=gap) if part is parts[0] else part)
        elif len(before) == len(after) and any(part is parts[position] for _, part in left) and not _stays(before[position], after):
            left = [pair for pair in left if pair[1] is not parts[position]]
            part = parts[position]
            changed.append(_Part(part.gap, "", rewritten(part.value, before[position], value, style=style, gap=part.gap)))
        else:
            changed.append(_Part(gap, "", style.dump(value, gap)))
    return _joined("[", parts[0].gap, changed, end + "]")


def _stays(value: Any, after: list[Any]) -> bool:
    return any(same(value, other) for other in after)


def _usual_gap(parts: list[_Part], style: Style) -> str:
    """What stands between two parts; an array of numbers on a line of its own stays there."""
    if len(parts) > 1:
        return parts[-1].gap
    return parts[0].gap or style.comma[1:]


def _joined(opening: str, first_gap: str, parts: list[_Part], closing: str) -> str:
    pieces = [opening]
    for number, part in enumerate(parts):
        pieces += ["," if number else "", part.gap if number else first_gap, part.name, part.value]
    return "".join([*pieces, closing])


def _members(text: str) -> tuple[dict[str, _Part], str]:
    """The members of the object that `text` is, and what stands before its closing brace. White space before a comma is not kept."""
    parts: dict[str, _Part] = {}
    at = 1
    while True:
        start = skipped(text, at)
        key, end = _DECODER.raw_decode(text, start)
        value_at = skipped(text, skipped(text, end) + 1)
        value_end = _DECODER.raw_decode(text, value_at)[1]
        parts[key] = _Part(text[at:start], text[start:value_at], text[value_at:value_end])
        after = skipped(text, value_end)
        if text[after] != ",":
            return parts, text[value_end:after]
        at = after + 1


def _items(text: str) -> tuple[list[_Part], str]:
    """As `_members`, of an array."""
    parts: list[_Part] = []
    at = 1
    while True:
        start = skipped(text, at)
        end = _DECODER.raw_decode(text, start)[1]
        parts.append(_Part(text[at:start], "", text[start:end]))
        after = skipped(text, end)
        if text[after] != ",":
            return parts, text[end:after]
        at = after + 1


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def differing_middle(old: str, new: str) -> tuple[int, int, int]:
    """How many characters two texts share at the start, and where, in each, the part ends after which they are the same again."""
    head = _shared(len_most := min(len(old), len(new)), lambda n: old[:n] == new[:n])
    tail = _shared(len_most - head, lambda n: n == 0 or old[-n:] == new[-n:])
    return head, len(old) - tail, len(new) - tail


def _shared(most: int, equal: Any) -> int:
    """The greatest n up to `most` for which `equal(n)` holds, which holds for all smaller ones too."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if equal(middle) else (low, middle - 1)
    return low
