"""A stranger's FeatureCollection: the features that are fine, and those that are set aside with a reason each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geo.bounded_json import IMPORT_LIMITS, Limits, may_be_unholdable, parse_json, unholdable_parts
from geo.errors import InvalidInput, Problem, shown
from geo.fields import pointer
from geo.rfc7946.findings import Notes
from geo.rfc7946.objects import Rules, check_collection_members, check_feature, first_with_id

REASONS = "set_aside"
"""The foreign member in which a file of set-aside features says why."""

_MAX_REASONS = 10


@dataclass(frozen=True, slots=True)
class Good:
    """A feature that is fine, as it stood at `index` of the features."""

    index: int
    feature: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bad:
    """What stood at `index` of the features and why it is set aside: one problem or more, with pointers into the document."""

    index: int
    feature: Any
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Sorted:
    """A document in two: `good` and `bad`, each in its order. `members` are those of the collection, without type, features and bbox.

    `doubts` are faults of the collection that cost no feature.
    """

    good: tuple[Good, ...]
    bad: tuple[Bad, ...]
    members: dict[str, Any]
    doubts: tuple[Problem, ...] = ()


def set_aside(document: Any, limits: Limits = IMPORT_LIMITS) -> Sorted:
    """Sort a FeatureCollection, given as bytes or as a value that `geo.bounded_json` read.

    A feature is fine if it keeps to RFC 7946, within `limits`, its coordinates in range, its id (if it has one) that of no earlier feature, its crs
    (if it has one) WGS84, its numbers and texts such that any program can hold them. Raises InvalidInput if there is nothing to sort: no
    FeatureCollection, too many features, or coordinates that the whole document says are not WGS84.
    """
    value = parse_json(document, max_bytes=limits.max_bytes) if isinstance(document, bytes) else document
    suspect = not isinstance(document, bytes) or may_be_unholdable(document)
    rules = Rules(limits, for_import=True)
    _refuse_what_is_no_collection(value)
    notes = Notes()
    check_collection_members(value, "", notes, rules)
    members = {name: member for name, member in value.items() if name not in ("type", "features", "bbox")}
    for problem in unholdable_parts(members) if suspect else ():
        notes.take(problem)
        if notes.is_full:
            break
    if any(problem.pointer.split("/")[1:2] in (["features"], ["crs"]) for problem in notes.errors):
        raise InvalidInput(notes.all_errors())
    good: list[Good] = []
    bad: list[Bad] = []
    seen: dict[tuple[bool, Any], int] = {}
    for index, feature in enumerate(value["features"]):
        problems = _problems(feature, index, rules, seen, suspect)
        if problems:
            bad.append(Bad(index, feature, problems))
        else:
            good.append(Good(index, feature))
    return Sorted(tuple(good), tuple(bad), members, notes.all_errors())


def mending_file(sorted_: Sorted) -> dict[str, Any]:
    """The set-aside features as a FeatureCollection to be mended and brought again: the features as they were, the reasons in `set_aside`.

    A reason points into this file; `was` is the feature's index in the file that it came from. The collection's own members are kept.
    """
    reasons = []
    for index, bad in enumerate(sorted_.bad):
        before, now = f"/features/{bad.index}", f"/features/{index}"
        for problem in bad.problems:
            where = now + problem.pointer.removeprefix(before)
            reasons.append({"pointer": where, "message": problem.message, "value": problem.value, "advice": problem.advice, "was": bad.index})
    members = {name: member for name, member in sorted_.members.items() if name != REASONS}
    return {"type": "FeatureCollection", **members, REASONS: reasons, "features": [bad.feature for bad in sorted_.bad]}


def _refuse_what_is_no_collection(value: Any) -> None:
    if isinstance(value, dict) and value.get("type") == "FeatureCollection":
        return
    found = value.get("type") if isinstance(value, dict) else value
    where = "/type" if isinstance(value, dict) else ""
    advice = 'Give {"type": "FeatureCollection", "features": […]}; put a single feature into its array.'
    raise InvalidInput([Problem(where, "is not a GeoJSON FeatureCollection", shown(found), advice)])


def _problems(feature: Any, index: int, rules: Rules, seen: dict[tuple[bool, Any], int], suspect: bool) -> tuple[Problem, ...]:
    where = f"/features/{index}"
    notes = Notes(most=_MAX_REASONS)
    for problem in unholdable_parts(feature, where) if suspect else ():
        notes.take(problem)
        if notes.is_full:
            break
    check_feature(feature, where, notes, rules)
    first = first_with_id(feature, index, seen)
    if first is not None:
        notes.error(pointer(where, "id"), f"is also the id of feature {first}", feature["id"], "Give one of the two another id.")
    return notes.all_errors(where)
