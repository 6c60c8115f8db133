"""Who may write: every role and every write, the people at this machine, the people of a list, and messages that nobody sent from our page."""

from __future__ import annotations

import importlib.util
import json
import tomllib
from collections.abc import Callable
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
    RetractEvent,
    StoreWriter,
    version_of,
)
from geo.ui import edit_actions, edit_panel, history_page, state, who
from geo.ui.edit_session import opened
from geo.ui.who import Peer, is_at_this_machine, listed
from tests.conftest import ROOT
from tests.factories import document, encoded, event, site, update

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


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A session of its own, outside of a running page."""
    kept: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", kept)
    return kept


def be(monkeypatch: pytest.MonkeyPatch, person: Editor) -> None:
    """Let the app take whoever asks for that person."""
    monkeypatch.setattr(who, "person", lambda: person)


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


def test_the_person_at_this_machine_is_the_editor() -> None:
    """Asked for at the loopback, by one of its names, with or without an origin."""
    assert is_at_this_machine(HERE)
    assert is_at_this_machine(Peer(None, {"host": "localhost"}))
    assert is_at_this_machine(Peer(None, {"host": "[::1]:8501", "origin": "http://[::1]:8501"}))


@pytest.mark.parametrize(
    "peer",
    [
        Peer("192.0.2.7", HERE.headers),
        Peer(None, {}),
        Peer(None, {"host": "dateline.example"}),
        Peer(None, {"host": "127.0.0.1", "origin": "https://dateline.example"}),
        Peer(None, {"host": "127.0.0.1", "origin": "null"}),
        Peer(None, {"host": "127.0.0.1.evil.example"}),
        Peer(None, {"host": "[::1"}),
        *(Peer(None, {**HERE.headers, name: "192.0.2.7"}) for name in ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")),
    ],
    ids=repr,
)
def test_everybody_else_is_a_reader(peer: Peer) -> None:
    """From elsewhere, by another name, through a proxy, or by nobody knows what."""
    assert not is_at_this_machine(peer)


LIST = {
    "auth": {"cookie_secret": "x"},
    "dateline": {"editors": {"Ana@Example.org": "Ana", "sub:Xy7": "Ben", "blank@example.org": " ", "odd@example.org": 3}},
}


@pytest.mark.parametrize(
    ("claims", "name", "role"),
    [
        ({"is_logged_in": True, "email": "ana@example.ORG", "email_verified": True}, "Ana", "editor"),
        ({"is_logged_in": True, "sub": "Xy7"}, "Ben", "editor"),
        ({"is_logged_in": False, "email": "ana@example.org", "email_verified": True}, "somebody", "reader"),
        ({"is_logged_in": "yes", "email": "ana@example.org", "email_verified": True}, "somebody", "reader"),
        ({"is_logged_in": True, "email": "ana@example.org"}, "somebody", "reader"),
        ({"is_logged_in": True, "email": "ana@example.org", "email_verified": "true"}, "somebody", "reader"),
        ({"is_logged_in": True, "email": "eve@example.org", "email_verified": True, "name": "Eve"}, "Eve", "reader"),
        ({"is_logged_in": True, "sub": "xy7"}, "somebody", "reader"),
        ({"is_logged_in": True, "email": "sub:Xy7", "email_verified": False}, "somebody", "reader"),
        ({"is_logged_in": True, "email": "blank@example.org", "email_verified": True}, "somebody", "reader"),
        ({"is_logged_in": True, "email": "odd@example.org", "email_verified": True}, "somebody", "reader"),
        ({"is_logged_in": True, "email": ["ana@example.org"], "email_verified": True}, "somebody", "reader"),
        ({}, "somebody", "reader"),
    ],
    ids=repr,
)
def test_only_who_is_listed_and_verified_is_an_editor(claims: dict[str, Any], name: str, role: str) -> None:
    """By an address that the provider has verified, or by the provider's own name for the person."""
    assert listed(claims, LIST) == Editor(name, role)


@pytest.mark.parametrize(
    "secrets", [{"auth": {}}, {"auth": {}, "dateline": {}}, {"auth": {}, "dateline": {"editors": ["ana@example.org"]}}, {"dateline": 3}]
)
def test_a_list_that_says_nobody_lets_nobody_in(secrets: dict[str, Any]) -> None:
    """A configuration that is half done is closed."""
    assert listed({"is_logged_in": True, "email": "ana@example.org", "email_verified": True}, secrets).role == "reader"


@pytest.mark.parametrize(
    ("secrets", "role"),
    [(None, "editor"), ("", "editor"), ("[other]\nx = 1\n", "editor"), ("[auth]\n", "reader"), ("[dateline]\n", "reader"), ("[auth\n", "reader")],
)
def test_at_this_machine_the_secrets_decide_whether_somebody_must_sign_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secrets: str | None, role: str
) -> None:
    """Once OpenID Connect is set up, or the file that would say so cannot be read, being at the machine is not enough."""
    path = tmp_path / "secrets.toml"
    if secrets is not None:
        path.write_text(secrets, encoding="utf-8")
    monkeypatch.setattr(st, "get_option", lambda name: [str(path)])
    monkeypatch.setattr(who, "_peer", lambda: HERE)
    monkeypatch.setattr(who, "_claims", dict)
    assert who.person().role == role


def test_a_list_that_changes_counts_at_the_next_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to start the app anew to take somebody off it."""
    path = tmp_path / "secrets.toml"
    monkeypatch.setattr(st, "get_option", lambda name: [str(path)])
    monkeypatch.setattr(who, "_claims", lambda: {"is_logged_in": True, "email": "ana@example.org", "email_verified": True})
    path.write_text('[auth]\n[dateline.editors]\n"ana@example.org" = "Ana"\n', encoding="utf-8")
    assert who.person() == EDITOR
    path.write_text("[auth]\n[dateline.editors]\n", encoding="utf-8")
    assert who.person().role == "reader"


def test_the_page_offers_nothing_that_would_be_refused(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To readers, of a store that is read-only, and of one that no writer knows."""
    be(monkeypatch, EDITOR)
    assert who.can_edit()
    be(monkeypatch, READER)
    assert not who.can_edit()
    be(monkeypatch, EDITOR)
    monkeypatch.setenv("DATELINE_READ_ONLY", "1")
    assert not who.can_edit()
    monkeypatch.delenv("DATELINE_READ_ONLY")
    monkeypatch.setenv("DATELINE_STORE", str(store.with_suffix(".parquet")))
    assert not who.can_edit()


def test_the_sample_configuration_lets_in_whom_it_lists() -> None:
    """It is valid, it names nobody else, and it holds no secret."""
    sample = tomllib.loads((ROOT / ".streamlit" / "secrets.toml.example").read_text(encoding="utf-8"))
    assert listed({"is_logged_in": True, "email": "ana@example.org", "email_verified": True}, sample) == Editor("Ana Ruiz", "editor")
    assert listed({"is_logged_in": True, "sub": "00u1a2b3c4"}, sample) == Editor("Ben Okafor", "editor")
    assert {name: sample["auth"][name] for name in ("cookie_secret", "client_id", "client_secret")} == dict.fromkeys(
        ("cookie_secret", "client_id", "client_secret"), ""
    )


def test_what_to_sign_in_with(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each provider by its name, the only one by none; nothing where there is none, or where nobody may write."""
    for secrets, wanted in (
        ({}, None),
        ({"auth": {"client_id": "x"}}, [""]),
        ({"auth": {"google": {}, "okta": {}}}, ["google", "okta"]),
        (None, None),
    ):
        monkeypatch.setattr(who, "_secrets", lambda secrets=secrets: secrets)
        monkeypatch.setattr(who, "_claims", dict)
        assert who.providers() == wanted
    monkeypatch.setattr(who, "_secrets", lambda: {"auth": {}})
    monkeypatch.setattr(who, "_claims", lambda: {"is_logged_in": True})
    assert who.providers() == []
    monkeypatch.setenv("DATELINE_READ_ONLY", "1")
    assert who.providers() is None


def test_signing_in_that_is_not_set_up_is_said(store: Path, session: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A package or a setting that is missing ends in a message, and nothing of the configuration is in it."""

    def login(*_: str) -> None:
        raise RuntimeError("client_secret = hunter2")

    monkeypatch.setattr(who, "providers", lambda: [""])
    monkeypatch.setattr(who, "check_packages", lambda: None)
    monkeypatch.setattr(st, "login", login)
    edit_panel.told({"do": "sign-in", "provider": "elsewhere"})
    assert state.note() is None
    edit_panel.told({"do": "sign-in", "provider": ""})
    note = state.note()
    assert note is not None and note.is_fault and "hunter2" not in note.words


@pytest.mark.parametrize("missing", ["authlib", "httpx"])
def test_a_package_that_is_missing_is_said_before_the_page_is_left(
    store: Path, session: dict[str, Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, missing: str
) -> None:
    """The person reads that signing in is not set up; the log says which package is missing and how it is had."""
    left: list[str] = []
    monkeypatch.setattr(who, "providers", lambda: [""])
    monkeypatch.setattr(st, "login", lambda *_: left.append("left"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else object())
    edit_panel.told({"do": "sign-in", "provider": ""})
    note = state.note()
    assert note is not None and note.is_fault and left == []
    assert f'{missing} missing: pip install "streamlit[auth]"' in caplog.text
