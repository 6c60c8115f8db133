"""What a change would break: rules of single records, and what they say of one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from geo.errors import InvalidInput, Problem
from geo.geojson import read_feature, read_update
from geo.model import Event, Site, Update
from geo.store.document import Document
from geo.store.drafting import Draft
from geo.store.geojson_file import broken_references

Find = Callable[[str], Any]
"""The raw update of an id; None if there is none."""


def place_of(draft: Draft, member: str, id_: str) -> int | None:
    """Where the record of that id stands in the document: the first that can be read, as the reader has it; else the first."""
    places = draft.places(member, id_)
    if len(places) > 1:
        return next((at for at in places if is_readable(member, draft.value(member, at))), places[0])
    return places[0] if places else None


def is_readable(member: str, value: Any) -> bool:
    """Whether a record keeps the rules of docs/store-format.md."""
    try:
        read_feature(value, "") if member == "features" else read_update(value, "")
    except InvalidInput:
        return False
    return True


def faults(draft: Draft, touched: Mapping[tuple[str, str], str]) -> list[Problem]:
    """Everything that is wrong with the records that were touched, and with events that quote an update that was.

    `touched` gives the pointer of each record by member and id. What was doubtful before may stay so.
    """
    problems: list[Problem] = []
    now, then = Updates(lambda id_: _value(draft, "updates", id_)), Updates(lambda id_: _old_value(draft.document, "updates", id_))
    for (member, id_), where in touched.items():
        value = _value(draft, member, id_)
        if value is None:
            continue
        if member == "updates":
            problems += _update_faults(value, where)
        else:
            problems += _feature_faults(value, where, now, lambda id_=id_: _old_doubts(draft.document, id_, then))  # type: ignore[misc]
    if not problems:
        changed = {id_ for member, id_ in touched if member == "updates" and id_ in draft.document.index["updates"]}
        for id_, value in _citing(draft, changed):
            if ("features", id_) not in touched:
                problems += _feature_faults(value, f"/features/{_escaped(id_)}", now, lambda id_=id_: _old_doubts(draft.document, id_, then))  # type: ignore[misc]
    return problems


class Updates(Mapping[str, Update]):
    """The updates of a store, each read when it is asked for. One that breaks the rules counts as not there, as it does for the reader."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._read: dict[str, Update | None] = {}

    def __getitem__(self, id_: str) -> Update:
        if id_ not in self._read:
            try:
                self._read[id_] = read_update(self._find(id_), "")
            except InvalidInput:
                self._read[id_] = None
        update = self._read[id_]
        if update is None:
            raise KeyError(id_)
        return update

    def __iter__(self) -> Iterator[str]:
        return iter([id_ for id_, update in self._read.items() if update is not None])

    def __len__(self) -> int:
        return len(list(iter(self)))


def _update_faults(value: Any, where: str) -> list[Problem]:
    try:
        read_update(value, where)
    except InvalidInput as error:
        return list(error.problems)
    return []


def _feature_faults(value: Any, where: str, updates: Updates, old_doubts: Callable[[], set[Problem]]) -> list[Problem]:
    try:
        feature = read_feature(value, "")
    except InvalidInput as error:
        return _under(where, error.problems)
    doubts = list(broken_references(feature, "", updates))
    if doubts:
        known = {replace(doubt, value="") for doubt in old_doubts()}
        doubts = [doubt for doubt in doubts if replace(doubt, value="") not in known]
    return _under(where, doubts)


def _old_doubts(document: Document, id_: str, updates: Updates) -> set[Problem]:
    try:
        feature: Event | Site = read_feature(_old_value(document, "features", id_), "")
    except InvalidInput:
        return set()
    return set(broken_references(feature, "", updates))


def _under(where: str, problems: Iterable[Problem]) -> list[Problem]:
    return [replace(problem, pointer=where + problem.pointer) for problem in problems]


def _value(draft: Draft, member: str, id_: str) -> Any:
    new = draft.added(member, id_)
    if new is not None:
        return new
    at = place_of(draft, member, id_)
    return None if at is None else draft.value(member, at)


def _old_value(document: Document, member: str, id_: str) -> Any:
    at = place_of(Draft(document), member, id_)
    return None if at is None else document.value(member, at)


def _citing(draft: Draft, updates: set[str]) -> Iterator[tuple[str, Any]]:
    """The events and sites that name one of these updates."""
    if not updates:
        return
    document = draft.document
    names = [id_.encode() for id_ in updates]
    for id_ in document.index["features"]:
        at = place_of(draft, "features", id_)
        if at is None:
            continue
        items = document.arrays["features"]
        text = document.body[items.starts[at] : items.ends[at]]
        # Most features need not be read to see that they do not name it. A name may also be written with escapes.
        if b"\\" not in text and not any(name in text for name in names):
            continue
        value = draft.value("features", at)
        properties = value.get("properties") if isinstance(value, dict) else None
        if isinstance(properties, dict) and is_readable("features", value):
            cited = {*properties.get("updates", ()), *(ring.get("update") for ring in properties.get("rings") or ())}
            if not cited.isdisjoint(updates):
                yield id_, value


def _escaped(id_: str) -> str:
    return id_.replace("~", "~0").replace("/", "~1")
