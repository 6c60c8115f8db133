"""What a person does in the editor: open, type, place, save, retract, take back. Nothing from the browser is believed; every write asks who it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from geo.coordinates import format_decimal
from geo.errors import Conflict, InvalidInput, NotAllowed, Problem, StoreError
from geo.model import Position
from geo.settings import from_environment
from geo.store import EventCollection
from geo.store.editing import (
    AddEvent,
    AddSite,
    AddUpdate,
    ChangeEvent,
    ChangeSite,
    ChangeUpdate,
    ReinstateEvent,
    RetireSite,
    RetractEvent,
    Written,
    version_of,
)
from geo.ui import actions, state, who
from geo.ui.edit_drafts import Drafts
from geo.ui.edit_form import cleaned, problem_in_form
from geo.ui.edit_session import KINDS, Editing, Kind, Note, checked, draft_of, name_of, opened, parsed_name, record_of, resolved

_MAX_WHY = 1_000
_CHANGES: dict[Kind, tuple[Any, Any]] = {"event": (AddEvent, ChangeEvent), "site": (AddSite, ChangeSite), "update": (AddUpdate, ChangeUpdate)}


def drafts() -> Drafts:
    """The drafts for this app's store."""
    return Drafts(from_environment(os.environ).store)


def current(collection: EventCollection, wanted: str | None) -> Editing | None:
    """What the view wants edited: as it stands in this tab, else as its draft has it, else from the store."""
    named = parsed_name(wanted) if wanted else None
    if named is None:
        state.set_editing(None)
        return None
    editing = state.editing()
    if editing is None or editing.name != wanted:
        try:
            draft = drafts().find(who.person().name, *named)
        except StoreError:
            draft = None
        editing = opened(*named, collection, draft)
    elif editing.conflict is None:
        editing = checked(editing, collection)
    state.set_editing(editing)
    return editing


def open_edit(kind: Kind, id_: str | None) -> None:
    """Open the form of a record, or of a new one."""
    state.set_editing(None)
    state.set_note(None)
    state.update(tab="edit", edit=name_of(kind, id_), arm=False)


def close() -> None:
    """Back to where editing begins. The draft stays."""
    state.set_editing(None)
    state.update(edit=None, arm=False)


def typed(sent: object) -> None:
    """The form has changed: keep it as a draft."""
    editing = state.editing()
    if editing is None or not who.can_edit():
        return
    taken = _taken(editing, sent)
    if taken is None or taken.form == editing.form:
        return
    state.set_editing(_kept(taken))


def place(position: Position) -> None:
    """The map was clicked while the form waited for it."""
    editing = state.editing()
    if editing is None or editing.kind == "update":
        return
    where = format_decimal(position)
    number = 1 if editing.placed is None else editing.placed[0] + 1
    moved = replace(editing, form=editing.form | {"where": where}, placed=(number, where))
    state.set_editing(_kept(moved))


def discard(kind: object, id_: object) -> None:
    """Forget a draft, and the edit if it is the one that is open."""
    if not isinstance(id_, str | None) or kind not in KINDS or not who.can_edit():
        return
    _attempt(lambda: drafts().drop(who.person().name, str(kind), id_))
    editing = state.editing()
    if editing is not None and (editing.kind, editing.id) == (kind, id_):
        close()


def save(sent: object, why: object) -> None:
    """Write what the form says."""
    editing = state.editing()
    if editing is None:
        return
    editing = _taken(editing, sent)
    if editing is None:
        return
    collection = state.store().snapshot()
    record, problems = record_of(editing, collection)
    if not _words(why):
        problems = [*problems, Problem("/why", "is empty", "", "Say why, in a few words: it stands in the history.")]
    if problems:
        state.set_editing(replace(editing, problems=tuple(problems), fault=_count(problems)))
        return
    add, change_to = _CHANGES[editing.kind]
    change: Any = add(record) if editing.id is None else change_to(editing.id, record, editing.seen or "")
    try:
        written = who.writer().apply([change], by=who.person(), why=_words(why))
    except Conflict as conflict:
        state.set_editing(_kept(replace(editing, conflict=conflict.stale[0], fault="")))
    except InvalidInput as error:
        found = [_in_form(problem) for problem in error.problems]
        state.set_editing(replace(editing, problems=tuple(found), fault=f"Not saved. {fault_words(error)}"))
    except (NotAllowed, StoreError) as error:
        state.set_editing(replace(editing, fault=fault_words(error)))
    else:
        _saved(editing, record["id"], written)


def resolve(mine: object) -> None:
    """Put both versions of a conflict together, as the person chose."""
    editing = state.editing()
    if editing is None or editing.conflict is None:
        return
    chosen = frozenset(item for item in mine if isinstance(item, str)) if isinstance(mine, list) else frozenset()
    both = resolved(editing, chosen)
    state.set_editing(_kept(both) if both is not editing else editing)


def keep_on() -> None:
    """Go back from a conflict to the form as it was typed; saving it will meet the conflict again."""
    editing = state.editing()
    if editing is not None:
        state.set_editing(replace(editing, conflict=None, version=editing.version + 1))


def retract(id_: str, seen: str, why: object) -> None:
    """Retract an event, for a reason."""
    if not _words(why):
        _fault("Say why the event no longer counts: it stands in the history.")
        return
    if _write(
        lambda: who.writer().apply([RetractEvent(id_, _words(why), seen)], by=who.person(), why=_words(why)), "Retracted. It keeps its history."
    ):
        discard("event", id_)
        state.update(event=None, edit=None, tab="edit")


def retire(id_: str, seen: str, why: object) -> None:
    """Take a site out of the store, for a reason."""
    if not _words(why):
        _fault("Say why the site is taken out: it stands in the history.")
        return
    words = "Taken out. What it was stands in the history, from where it can be put back."
    if _write(lambda: who.writer().apply([RetireSite(id_, seen)], by=who.person(), why=_words(why)), words):
        discard("site", id_)
        close()


def reinstate(id_: str, why: object) -> None:
    """Let a retracted event count again."""
    event = next((event for event in state.store().snapshot().retracted if event.id == id_), None)
    if event is None:
        _fault("That event is not retracted, or is gone.")
        return
    reason = _words(why) or "Counts again."
    change = ReinstateEvent(id_, version_of(dict(event.feature)))
    if _write(lambda: who.writer().apply([change], by=who.person(), why=reason), "It counts again."):
        actions.show_event(id_, state.store().snapshot())
        state.update(edit=None)


def undo(number: int, why: object = "") -> None:
    """Take a change back, which is a change too."""
    if _write(lambda: who.writer().undo(number, by=who.person(), why=_words(why) or "Taken back."), "Taken back."):
        _look_again()


def restore(revision: str, seen: str, why: object) -> None:
    """Put an earlier state of the whole store in place."""
    if not _words(why):
        _fault("Say why the earlier state should stand: it is in the history.")
        return
    if _write(lambda: who.writer().restore(revision, by=who.person(), why=_words(why), seen=seen), "The earlier state is in place."):
        _look_again()


def fault_words(error: Exception) -> str:
    """An error in words for the person who saved."""
    if isinstance(error, NotAllowed):
        return f"Not saved: {error.why}. {error.advice}"
    if isinstance(error, StoreError):
        return f"{error.what}. {error.advice}"
    if isinstance(error, Conflict):
        names = ", ".join(one.id for one in error.stale[:3])
        return f"Not done: {names} was changed again since. Look at the later changes first."
    if isinstance(error, InvalidInput):
        return " ".join(f"{problem.message}. {problem.advice}" for problem in error.problems[:3])
    return "That could not be done."


def _taken(editing: Editing, sent: object) -> Editing | None:
    """The edit with the form that the browser sent; None if it is an answer to a form that is no longer shown."""
    if not isinstance(sent, dict) or sent.get("name") != editing.name or sent.get("version") != editing.version:
        return None
    try:
        return replace(editing, form=cleaned(sent.get("form"), editing.form), fault="")
    except InvalidInput as error:
        state.set_editing(replace(editing, fault=fault_words(error)))
        return None


def _kept(editing: Editing) -> Editing:
    """The edit, its draft written; if that cannot be, the edit says so and lives on in this tab. Who may not write keeps no drafts either."""
    if not who.can_edit():
        return replace(editing, drafted=None)
    try:
        return replace(editing, drafted=drafts().keep(draft_of(editing, who.person().name)))
    except StoreError as error:
        return replace(editing, drafted=None, fault=f"The draft is not kept: {error.what}. {error.advice}")


def _saved(editing: Editing, id_: str, written: Written) -> None:
    _attempt(lambda: drafts().drop(who.person().name, editing.kind, editing.id))
    state.set_editing(None)
    words = "There was nothing to change." if written.entry is None else "Added." if editing.id is None else "Saved."
    state.set_note(Note(words, undo=written.entry))
    state.update(edit=None, arm=False)
    if editing.kind != "event":
        return
    if editing.id is None:
        actions.show_event(id_, state.store().snapshot())
    else:
        actions.choose(id_)


def _write(write: Callable[[], Written], done: str) -> bool:
    """Make a write, and say what came of it."""
    try:
        written = write()
    except (NotAllowed, StoreError, Conflict, InvalidInput) as error:
        _fault(fault_words(error))
        return False
    state.set_note(Note(done if written.entry is not None else "There was nothing to change.", undo=written.entry))
    return True


def _look_again() -> None:
    """After a write that may have taken records out: what is gone is neither open nor chosen any more."""
    state.set_editing(None)
    chosen = state.current().event
    if chosen is not None and state.store().snapshot().event(chosen) is None:
        actions.choose(None)


def _attempt(act: Callable[[], None]) -> None:
    """Do something about drafts; that it failed is said."""
    try:
        act()
    except StoreError as error:
        _fault(fault_words(error))


def _fault(words: str) -> None:
    state.set_note(Note(words, is_fault=True))


def _in_form(problem: Problem) -> Problem:
    """A problem of the first change, with its pointer into the form."""
    for start in ("/0/feature", "/0/update"):
        if problem.pointer.startswith(start):
            return problem_in_form(replace(problem, pointer=problem.pointer.removeprefix(start)))
    return problem


def _words(why: object) -> str:
    return why.strip()[:_MAX_WHY].encode("utf-8", "replace").decode() if isinstance(why, str) else ""


def _count(problems: list[Problem]) -> str:
    return "Not saved: one field needs attention." if len(problems) == 1 else f"Not saved: {len(problems)} fields need attention."
