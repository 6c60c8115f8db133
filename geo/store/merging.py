"""Two edits of one record put together, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo.fields import pointer
from geo.store.json_text import same
from geo.store.revisions import MISSING

JSON = dict[str, Any]
_UNKNOWN = object()  # the base that nobody has: it equals nothing, so whatever differs clashes


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both have changed, each otherwise: its JSON pointer in the record, and the three values, `MISSING` where there is none.

    `base` is None where nobody knows it.
    """

    pointer: str
    base: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """Both edits in one record. Where they clash it holds theirs, since that is in the store already; `clashes` says where."""

    feature: JSON
    clashes: tuple[Clash, ...]


def merge(base: Mapping[str, Any] | None, theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Merged:
    """Merge two edits that started from `base`; without a base, every field that differs clashes.

    Objects are merged member by member, lists of claims, actors and the like item by item: what either has added is there, what either has taken
    out is not. A geometry is one field. The record that comes of it may break rules that each edit keeps, so it is validated as any other.
    """
    clashes: list[Clash] = []
    merged = _merged(_UNKNOWN if base is None else dict(base), dict(theirs), dict(mine), "", clashes)
    return Merged(merged, tuple(clashes))


def _merged(base: Any, theirs: Any, mine: Any, where: str, clashes: list[Clash]) -> Any:
    if _same(theirs, mine) or _same(base, mine):
        return theirs
    if _same(base, theirs):
        return mine
    if isinstance(theirs, dict) and isinstance(mine, dict) and where != "/geometry":
        inside, absent = (base, MISSING) if isinstance(base, dict) else ({}, base if base is _UNKNOWN else MISSING)
        members = {
            key: _merged(inside.get(key, absent), theirs.get(key, MISSING), mine.get(key, MISSING), pointer(where, key), clashes)
            for key in dict.fromkeys([*theirs, *mine])
        }
        return {key: value for key, value in members.items() if value is not MISSING}
    if isinstance(base, list) and isinstance(theirs, list) and isinstance(mine, list):
        items = _merged_items(base, theirs, mine)
        if items is not None:
            return items
    clashes.append(Clash(where, None if base is _UNKNOWN else base, theirs, mine))
    return theirs


def _merged_items(base: list[Any], theirs: list[Any], mine: list[Any]) -> list[Any] | None:
    """Theirs without what mine has taken out and with what mine has added, at the end; None if both may have changed the same item."""
    their_losses, my_losses = _without(base, theirs), _without(base, mine)
    their_gains, my_gains = _without(theirs, base), _without(mine, base)
    both_lost = len(their_losses) - len(_without(their_losses, my_losses))
    if both_lost and their_gains and my_gains and _without(my_gains, their_gains):
        return None
    if not (their_losses or my_losses or their_gains or my_gains):  # both have only put them into another order, and not the same
        return None
    return _without(theirs, my_losses) + _without(my_gains, their_gains)


def _without(items: list[Any], others: list[Any]) -> list[Any]:
    """The items that are left once each of `others` has been taken away once."""
    left = list(items)
    for other in others:
        at = next((index for index, item in enumerate(left) if same(item, other)), None)
        if at is not None:
            del left[at]
    return left


def _same(one: Any, other: Any) -> bool:
    if one is _UNKNOWN or one is MISSING or other is MISSING:
        return one is other
    return same(one, other)
