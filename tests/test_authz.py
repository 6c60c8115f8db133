"""Who may write: every role by every door of the app and every write of the store, and messages that nobody sent from our page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from geo.errors import NotAllowed
from geo.geojson import SCHEMA
from geo.store.access import ACTIONS
from geo.store.editing import (
    AddEvent,
    AddSite,
    AddUpdate,
    ChangeEvent,
    ChangeSite,
    ChangeUpdate,
    Editor,
    MoveEvent,
    ReinstateEvent,
    RetireSite,
    RetractEvent,
    StoreWriter,
    version_of,
)
from geo.ui import edit_actions, edit_panel, history_page, review_session, state, who
from geo.ui.edit_session import opened
from geo.ui.who import Peer
from tests.doors import DOORS, NOT_IN_THE_HISTORY, furnish
from tests.factories import document, encoded, event, site, update
from tests.people import be
from tests.review_blogs import read

HERE = Peer(None, {"host": "127.0.0.1:8501", "origin": "http://localhost:8501"})
EDITOR, READER = Editor("Ana", "editor"), Editor("Rita", "reader")

Write = Callable[[StoreWriter, Editor, str], object]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with two events, one of them retracted, a site and an update; the environment names it."""
    path = tmp_path / "store.geojson"
    path.write_bytes(encoded(document([event(), event("e-2"), site()])))
    writer = StoreWriter(path)
    writer.apply([RetractEvent("e-2", "told twice", _seen(path, "e-2"))], by=EDITOR, why="told twice")
    monkeypatch.setenv("DATELINE_STORE", str(path))
    monkeypatch.delenv("DATELINE_READ_ONLY", raising=False)
    return path


def _records(path: Path) -> dict[str, Any]:
    kept = json.loads(path.read_text(encoding="utf-8"))
    return {record["id"]: record for record in [*kept["features"], *kept["updates"]]}


def _seen(path: Path, id_: str) -> str:
    return version_of(_records(path)[id_])


def _apply(make: Callable[[Path], Any]) -> Callable[[Path], Write]:
    return lambda path: lambda writer, by, why: writer.apply([make(path)], by=by, why=why)


def _first(path: Path) -> str:
    return str(next(entry.revision_before for entry in StoreWriter(path).history.newest_first()))


WRITES: dict[str, Callable[[Path], Write]] = {
    "add event": _apply(lambda _: AddEvent(event("e-9"))),
    "change event": _apply(lambda path: ChangeEvent("e-1", event(title="Other"), _seen(path, "e-1"))),
    "move event": _apply(lambda path: MoveEvent("e-1", (45.0, 34.0), 7, "editor", None, _seen(path, "e-1"))),
    "retract event": _apply(lambda path: RetractEvent("e-1", "told twice", _seen(path, "e-1"))),
    "reinstate event": _apply(lambda path: ReinstateEvent("e-2", _seen(path, "e-2"))),
    "add site": _apply(lambda _: AddSite(site("s-9"))),
    "change site": _apply(lambda path: ChangeSite("s-1", site(name="Other"), _seen(path, "s-1"))),
    "retire site": _apply(lambda path: RetireSite("s-1", _seen(path, "s-1"))),
    "add update": _apply(lambda _: AddUpdate(update("u-9"))),
    "change update": _apply(lambda path: ChangeUpdate("u-1", update(heading="Other"), _seen(path, "u-1"))),
    "create": lambda _: lambda writer, by, why: writer.create({"schema": SCHEMA}, by=by, why=why),
    "replace": lambda _: lambda writer, by, why: writer.replace(encoded(document([event("e-7")])), by=by, why=why),
    "undo": lambda _: lambda writer, by, why: writer.undo(by=by, why=why),
    "restore": lambda path: lambda writer, by, why: writer.restore(_first(path), by=by, why=why),
}


def test_every_action_has_its_row_here() -> None:
    """A new kind of write cannot be forgotten."""
    assert set(WRITES) == set(ACTIONS)


@pytest.mark.parametrize("action", sorted(WRITES))
@pytest.mark.parametrize(("role", "read_only"), [("reader", False), ("stranger", False), ("", False), ("reader", True), ("editor", True)])
def test_nobody_else_writes_anything(store: Path, monkeypatch: pytest.MonkeyPatch, action: str, role: str, read_only: bool) -> None:
    """Readers, unknown roles, and editors of a store that is read-only: refused inside the write, and not a byte has changed."""
    write = WRITES[action](store)
    if read_only:
        monkeypatch.setenv("DATELINE_READ_ONLY", "1")
    if action == "create":
        store.unlink()
    before = {path.name: path.read_bytes() for path in store.parent.iterdir()}
    with pytest.raises(NotAllowed, match="Nothing was changed"):
        write(who.writer(), Editor("Rita", role), "because")
    assert {path.name: path.read_bytes() for path in store.parent.iterdir()} == before


@pytest.mark.parametrize("action", sorted(WRITES))
def test_an_editor_writes_everything(store: Path, action: str) -> None:
    """The same writes, by the one role that may; the history names it."""
    write = WRITES[action](store)
    if action == "create":
        store.unlink()
    write(who.writer(), EDITOR, "because")
    last = who.writer().history.last()
    assert last is not None
    assert (last.by, last.role) == ("Ana", "editor")


@dataclass(frozen=True)
class Somebody:
    """Whoever is at the other end: where from, what the provider says of them, the secrets file of the app, and the name to stand in the history."""

    peer: Peer = HERE
    claims: Mapping[str, Any] = field(default_factory=dict)
    secrets: str | None = None
    is_read_only: bool = False
    name: str | None = None


SIGN_IN = f'[auth]\ncookie_secret = "{"s" * 32}"\nclient_id = "x"\n[dateline.editors]\n"ana@example.org" = "Ana Ruiz"\n'
ANA = {"is_logged_in": True, "email": "ana@example.org", "email_verified": True, "name": "Ana"}
FAR = Peer("192.0.2.7", {"host": "dateline.example", "origin": "https://dateline.example"})
SOMEBODY: dict[str, Somebody] = {
    "at this machine": Somebody(name="person"),
    "listed": Somebody(FAR, ANA, SIGN_IN, name="Ana Ruiz"),
    "signed in, not listed": Somebody(FAR, ANA | {"email": "rita@example.org"}, SIGN_IN),
    "listed, address not verified": Somebody(FAR, ANA | {"email_verified": False}, SIGN_IN),
    "at this machine where others sign in": Somebody(HERE, {}, SIGN_IN),
    "listed, cookie secret that can be guessed": Somebody(FAR, ANA, SIGN_IN.replace("s" * 32, "secret")),
    "at this machine, broken secrets": Somebody(HERE, ANA, "[auth\n"),
    "from elsewhere": Somebody(FAR),
    "behind a proxy": Somebody(Peer(None, {**HERE.headers, "x-forwarded-for": "192.0.2.7"})),
    "at this machine, read-only": Somebody(is_read_only=True),
    "listed, read-only": Somebody(FAR, ANA, SIGN_IN, is_read_only=True),
}


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store, its history and its desk, to be copied."""
    folder = tmp_path_factory.mktemp("furnished")
    furnish(folder / "store.geojson")
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    """Every file under the folder but for locks, which a write that is refused may leave."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("role", SOMEBODY)
def test_every_role_at_every_door(
    furnished: Path, tmp_path: Path, session: dict[str, Any], monkeypatch: pytest.MonkeyPatch, role: str, door: str
) -> None:
    """Two roles write, and stand in the history by the name that was given them; for all others not a byte changes in any file."""
    somebody = SOMEBODY[role]
    folder = tmp_path / "folder"
    shutil.copytree(furnished, folder)
    store, secrets = folder / "store.geojson", tmp_path / "secrets.toml"
    if somebody.secrets is not None:
        secrets.write_text(somebody.secrets, encoding="utf-8")
    monkeypatch.setenv("DATELINE_STORE", str(store))
    monkeypatch.setenv("DATELINE_READ_ONLY", "1" if somebody.is_read_only else "")
    monkeypatch.setattr(st, "get_option", lambda name: [str(secrets)])
    monkeypatch.setattr(who, "_peer", lambda: somebody.peer)
    monkeypatch.setattr(who, "_claims", lambda: somebody.claims)
    monkeypatch.setattr(who, "_login", lambda: "person")
    monkeypatch.setattr(review_session, "read", read)
    before, entry = _files(folder), StoreWriter(store).history.last()
    DOORS[door](store)
    after, last = _files(folder), StoreWriter(store).history.last()
    assert entry is not None and last is not None
    if somebody.name is None:
        assert after == before
    elif door in NOT_IN_THE_HISTORY:
        assert after != before and last.number == entry.number
    else:
        assert (last.number, last.by, last.role) == (entry.number + 1, somebody.name, "editor")


@pytest.mark.parametrize(
    "message",
    [
        {"do": "save", "sent": {"name": "event:e-1", "version": 0, "form": {"title": "Forged"}}, "why": "because"},
        {"do": "retract", "why": "because"},
        {"do": "reinstate", "id": "e-2", "why": "because"},
        {"do": "undo", "number": 2},
        {"do": "draft", "sent": {"name": "event:e-1", "version": 0, "form": {"title": "Forged"}}},
        {"do": "close", "sent": {"name": "event:e-1", "version": 0, "form": {"title": "Forged"}}},
    ],
    ids=lambda message: str(message["do"]),
)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_forged_message_changes_nothing(
    store: Path, session: dict[str, Any], monkeypatch: pytest.MonkeyPatch, message: dict[str, Any], read_only: bool
) -> None:
    """A reader's browser may say what it likes, even with a form left open from when it was an editor's."""
    be(monkeypatch, EDITOR if read_only else READER)
    if read_only:
        monkeypatch.setenv("DATELINE_READ_ONLY", "1")
    state.set_editing(opened("event", "e-1", state.store().snapshot(), None))
    before = {path.name: path.read_bytes() for path in store.parent.iterdir()}
    edit_panel.told(message)
    assert {path.name: path.read_bytes() for path in store.parent.iterdir()} == before


def test_a_forged_message_of_the_history_changes_nothing(store: Path, session: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo and restore are writes like all others."""
    be(monkeypatch, READER)
    collection = state.store().snapshot()
    before = store.read_bytes()
    history_page.told({"do": "undo", "number": 2, "why": "because"}, collection)
    note = state.note()
    assert note is not None and note.is_fault and "the role 'reader' may not" in note.words
    history_page.told({"do": "restore", "revision": _first(store), "seen": collection.revision, "why": "because"}, collection)
    assert store.read_bytes() == before


@pytest.mark.parametrize(
    "message", [None, "save", [], {}, {"do": None}, {"do": []}, {"do": "__class__"}, {"do": "open", "kind": "site", "id": 3}], ids=repr
)
def test_what_is_no_message_is_passed_over(store: Path, session: dict[str, Any], message: object) -> None:
    """Nothing happens, and nothing is raised."""
    edit_panel.told(message)
    history_page.told(message, state.store().snapshot())


def test_who_is_taken_off_the_list_cannot_save_what_is_open(store: Path, session: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The role is asked for at the write, not when the form was opened."""
    be(monkeypatch, EDITOR)
    editing = opened("event", "e-1", state.store().snapshot(), None)
    assert editing is not None
    state.set_editing(editing)
    be(monkeypatch, READER)
    edit_actions.save({"name": editing.name, "version": 0, "form": editing.form | {"title": "Late"}}, "because")
    left = state.editing()
    assert left is not None and "the role 'reader' may not" in left.fault
    assert "Late" not in store.read_text(encoding="utf-8")
