"""The editor in the side of the map page: where editing begins, the form, a conflict; and the line that says what a write has done."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.store import EventCollection
from geo.ui import actions, state, who
from geo.ui.component import mount
from geo.ui.state import View, component_value

if TYPE_CHECKING:
    from geo.ui.edit_session import Editing

KEY = "edit_panel_view"
NOTE_KEY = "edit_note_view"
_SCRIPTS = ("panel.js", "edit_note_line.js", "edit_fields.js", "edit_lists.js", "edit_form.js", "edit_start.js", "edit_conflict.js", "edit_panel.js")


def edit_panel(collection: EventCollection, editing: Editing | None, view: View, *, can_edit: bool) -> None:
    """Draw the editor. For somebody who may not write it offers to sign in, where there is something to sign in with."""
    mount(
        "edit_panel",
        scripts=_SCRIPTS,
        styles=("edit_note.css", "edit_panel.css"),
        key=KEY,
        data=_data(collection, editing, view) if can_edit else _door(),
        on_act_change=lambda: told(component_value(KEY, "act")),
    )


def note_line() -> None:
    """Draw what is said of the last write, with the way to take it back; nothing where nothing was written."""
    note = state.note()
    if note is None:
        return
    from geo.ui.edit_data import note_data

    with st.container(key="edit_note"):
        mount(
            "edit_note",
            scripts=("panel.js", "edit_note_line.js", "edit_note.js"),
            styles=("edit_note.css",),
            key=NOTE_KEY,
            data={"note": note_data(note)},
            on_act_change=lambda: told(component_value(NOTE_KEY, "act")),
        )


def told(message: object) -> None:
    """Do what a message of the panel asks for. It is believed in nothing: what is no known message is passed over."""
    if not isinstance(message, dict):
        return
    act = _ACTS.get(message["do"]) if isinstance(message.get("do"), str) else None
    if act is None:
        return
    # What was typed comes along with whatever is asked for next: of two messages at once Streamlit may pass on the last alone.
    if "sent" in message and message["do"] not in ("draft", "save"):
        _ACTS["draft"](message)
    act(message)


def _data(collection: EventCollection, editing: Editing | None, view: View) -> dict[str, Any]:
    from geo.errors import StoreError
    from geo.ui import edit_actions, edit_data

    data: dict[str, Any] = {"note": edit_data.note_data(state.note()), "signed_in": who.is_signed_in(), "me": who.person().name}
    if editing is None:
        try:
            drafts = edit_actions.drafts().of(who.person().name)
        except StoreError:
            drafts = []
        return data | {"mode": "start"} | edit_data.start_data(collection, drafts)
    if editing.conflict is not None:
        return data | {"mode": "conflict", "conflict": edit_data.conflict_data(editing, editing.conflict)}
    return data | {"mode": "form", "form": edit_data.form_data(collection, editing, arm=view.arm)}


def _door() -> dict[str, Any]:
    from geo.ui.edit_data import note_data

    return {
        "mode": "door",
        "note": note_data(state.note()),
        "providers": who.providers() or [],
        "signed_in": who.is_signed_in(),
        "me": who.person().name,
        "why": who.why_only_read(),
    }


def _sign_in(message: dict[str, Any]) -> None:
    name = message.get("provider")
    if name not in (who.providers() or []):
        return
    try:
        who.check_sign_in()
        st.login(*([name] if name else []))
    except Exception as error:  # Streamlit has no common root for what may be missing or wrong in a configuration
        from geo.ui.edit_session import Note

        logging.getLogger(__name__).warning("Signing in is not possible: %s", error)
        state.set_note(
            Note("Signing in is not possible: it is not set up completely. Whoever runs this Dateline finds the reason in its log.", is_fault=True)
        )


def _open(message: dict[str, Any]) -> None:
    from geo.ui import edit_actions

    kind, id_ = message.get("kind"), message.get("id")
    if kind in ("event", "site", "update") and isinstance(id_, str | None):
        edit_actions.open_edit(kind, id_)


def _retract(message: dict[str, Any]) -> None:
    from geo.ui import edit_actions

    editing = state.editing()
    if editing is None or editing.id is None:
        return
    if editing.kind == "event":
        edit_actions.retract(editing.id, editing.seen or "", message.get("why"))
    elif editing.kind == "site":
        edit_actions.retire(editing.id, editing.seen or "", message.get("why"))


def _with_actions(name: str, *members: str) -> Callable[[dict[str, Any]], None]:
    def act(message: dict[str, Any]) -> None:
        from geo.ui import edit_actions

        getattr(edit_actions, name)(*(message.get(member) for member in members))

    return act


def _undo(message: dict[str, Any]) -> None:
    from geo.ui import edit_actions

    number = message.get("number")
    if isinstance(number, int) and not isinstance(number, bool):
        edit_actions.undo(number)


def _reinstate(message: dict[str, Any]) -> None:
    from geo.ui import edit_actions

    id_ = message.get("id")
    if isinstance(id_, str):
        edit_actions.reinstate(id_, message.get("why"))


_ACTS: dict[str, Callable[[dict[str, Any]], None]] = {
    "open": _open,
    "close": _with_actions("close"),
    "draft": _with_actions("typed", "sent"),
    "discard": _with_actions("discard", "kind", "id"),
    "arm": lambda message: state.update(arm=message.get("on") is True),
    "look": lambda message: actions.zoom_to("edit"),
    "save": _with_actions("save", "sent", "why"),
    "resolve": _with_actions("resolve", "mine"),
    "back": _with_actions("keep_on"),
    "retract": _retract,
    "reinstate": _reinstate,
    "undo": _undo,
    "hush": lambda message: state.set_note(None),
    "sign-in": _sign_in,
    "sign-out": lambda message: st.logout(),
}
