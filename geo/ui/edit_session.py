"""What a tab is editing: the form, the record that it was made from, what stands against saving it, and where it clashes with others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from geo.errors import Problem, Stale, shown
from geo.model import Update
from geo.store import EventCollection
from geo.store.editing import merge, version_of
from geo.store.revisions import MISSING
from geo.ui.edit_drafts import Draft
from geo.ui.edit_form import (
    blank_event,
    cleaned,
    event_form,
    event_record,
    feature_problems,
    proposed_id,
    update_form,
    update_problems,
    update_record,
)
from geo.ui.edit_site_form import blank_site, site_form, site_record

JSON = dict[str, Any]
Kind = Literal["event", "site", "update"]
_MOST_TOLD = 500  # of a larger update's events the rest are checked by the write itself
KINDS: tuple[Kind, ...] = ("event", "site", "update")
_FORMS = {"event": event_form, "site": site_form, "update": update_form}


@dataclass(frozen=True)
class Note:
    """What is said after a write: `undo` is the number of its entry in the history, if it can be taken back from here."""

    words: str
    undo: int | None = None
    is_fault: bool = False


@dataclass(frozen=True)
class Editing:
    """One edit under way.

    `id` is None for a new record. `base` is the record that `form` was made from; `original` the record in the store that the person saw, and `seen`
    its version. `version` grows when Python changes the form itself, so that the browser takes it over. `placed` is the last click on the map,
    numbered. `conflict` is set while two versions wait for a choice.
    """

    kind: Kind
    id: str | None
    base: JSON
    form: JSON
    original: JSON | None = None
    seen: str | None = None
    version: int = 0
    problems: tuple[Problem, ...] = ()
    placed: tuple[int, str] | None = None
    conflict: Stale | None = None
    fault: str = ""
    drafted: str | None = None

    @property
    def name(self) -> str:
        """How an address names it."""
        return name_of(self.kind, self.id)


def name_of(kind: Kind, id_: str | None) -> str:
    """How an address names an edit: `event` for a new one, `event:ID` for one that is there."""
    return kind if id_ is None else f"{kind}:{id_}"


def parsed_name(name: str) -> tuple[Kind, str | None] | None:
    """The kind and the id of an edit that an address names; None if it names none."""
    kind, colon, id_ = name.partition(":")
    known = next((one for one in KINDS if one == kind), None)
    if known is None or (colon and not id_):
        return None
    return known, id_ if colon else None


def opened(kind: Kind, id_: str | None, collection: EventCollection, draft: Draft | None) -> Editing | None:
    """Begin an edit, or go on with a draft of it. None if there is neither such a record nor a draft."""
    record = _blank(kind) if id_ is None else stored(kind, id_, collection)
    if draft is not None:
        base = draft.base
        editing = Editing(kind, id_, base, cleaned(draft.form, _FORMS[kind](base)), draft.original, draft.seen, drafted=draft.at)
    elif record is None:
        return None
    else:
        form = _FORMS[kind](record)
        seen = None if id_ is None else version_of(record)
        editing = Editing(kind, id_, record, form, None if id_ is None else record, seen)
    return checked(editing, collection)


def checked(editing: Editing, collection: EventCollection) -> Editing:
    """The edit with what stands against saving it now."""
    return replace(editing, problems=tuple(record_of(editing, collection)[1]))


def record_of(editing: Editing, collection: EventCollection) -> tuple[JSON, list[Problem]]:
    """The record that would be saved, and what stands against it."""
    updates: Mapping[str, Update] = collection.updates
    form = editing.form
    if editing.id is None and not form["id"].strip():
        form = form | {"id": proposed_id(form, lambda id_: is_taken(id_, editing.kind, collection))}
    if editing.kind != "update":
        record, found = (event_record if editing.kind == "event" else site_record)(form, editing.base, updates)
        problems = feature_problems(record, found, updates)
    else:
        record = update_record(form, editing.base)
        problems = update_problems(record) or _lost_words(editing.id, record, collection)
    if editing.id is None and is_taken(form["id"], editing.kind, collection):
        problems.append(Problem("/id", "stands in the store already", "", "Give another one, or leave it empty."))
    return record, problems


def _lost_words(id_: str | None, record: JSON, collection: EventCollection) -> list[Problem]:
    """Words that events quote of an update and that its new text does not hold any more."""
    told = collection.told_by([id_], most=_MOST_TOLD)[id_][1] if id_ is not None else []
    text = str(record.get("text"))
    lost = [(event, passage.exact) for event in told for passage in event.passages if passage.update == id_ and passage.exact not in text]
    advice = "Keep these words, or change the passage of the event first."
    return [Problem("/text", f"no longer holds what “{event.title[:80]}” quotes of it", shown(exact), advice) for event, exact in lost[:1]]


def stored(kind: Kind, id_: str, collection: EventCollection) -> JSON | None:
    """The record of that kind and id as it stands in the store; None if there is none."""
    if kind == "update":
        update = collection.updates.get(id_)
        return None if update is None else dict(update.raw)
    feature = collection.event(id_) if kind == "event" else collection.site(id_)
    return None if feature is None else dict(feature.feature)


def is_taken(id_: str, kind: Kind, collection: EventCollection) -> bool:
    """Whether a record of the store has this id, a retracted one too."""
    if kind == "update":
        return id_ in collection.updates
    return collection.event(id_) is not None or collection.site(id_) is not None or any(event.id == id_ for event in collection.retracted)


def resolved(editing: Editing, mine: frozenset[str]) -> Editing:
    """Both versions of a conflict put together; where they clash, mine at the pointers of `mine`, else theirs. To be looked at, and saved again."""
    stale = editing.conflict
    if stale is None or stale.theirs is None or stale.mine is None:
        return editing
    merged = merge(stale.base or editing.original, stale.theirs, stale.mine)
    record = merged.feature
    for clash in merged.clashes:
        if clash.pointer in mine:
            record = _with(record, clash.pointer.split("/")[1:], clash.mine)
    form = _FORMS[editing.kind](record)
    theirs = dict(stale.theirs)
    return replace(
        editing, base=record, form=form, original=theirs, seen=version_of(theirs), version=editing.version + 1, conflict=None, fault="", placed=None
    )


def _blank(kind: Kind) -> JSON:
    return {"event": blank_event(), "site": blank_site(), "update": {"id": ""}}[kind]


def draft_of(editing: Editing, by: str) -> Draft:
    """The edit as it is kept."""
    return Draft(by, editing.kind, editing.id, editing.form, editing.base, editing.original, editing.seen)


def _with(record: JSON, path: list[str], value: Any) -> JSON:
    """The record with another value at a path; `MISSING` takes the member out."""
    key = path[0].replace("~1", "/").replace("~0", "~")
    if len(path) > 1:
        inside = record.get(key)
        return record | {key: _with(inside if isinstance(inside, dict) else {}, path[1:], value)}
    return {name: old for name, old in record.items() if name != key} if value is MISSING else record | {key: value}
