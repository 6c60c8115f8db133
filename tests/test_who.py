"""Who somebody is: the people at this machine, the people of a list, and what the page offers them."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from geo.store.editing import Editor
from geo.ui import edit_panel, state, who
from geo.ui.who import Peer, is_at_this_machine, listed
from tests.conftest import ROOT
from tests.factories import document, encoded, event
from tests.people import be

HERE = Peer(None, {"host": "127.0.0.1:8501", "origin": "http://localhost:8501"})
AUTH = f'[auth]\ncookie_secret = "{"s" * 32}"\n'
EDITOR, READER = Editor("Ana", "editor"), Editor("Rita", "reader")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store, which the environment names."""
    path = tmp_path / "store.geojson"
    path.write_bytes(encoded(document([event()])))
    monkeypatch.setenv("DATELINE_STORE", str(path))
    monkeypatch.delenv("DATELINE_READ_ONLY", raising=False)
    return path


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
    path.write_text(f'{AUTH}[dateline.editors]\n"ana@example.org" = "Ana"\n', encoding="utf-8")
    assert who.person() == EDITOR
    path.write_text(f"{AUTH}[dateline.editors]\n", encoding="utf-8")
    assert who.person().role == "reader"


@pytest.mark.parametrize(("secret", "role"), [("", "reader"), ("s" * 31, "reader"), (" " * 40, "reader"), ("s" * 32, "editor")])
def test_a_cookie_secret_that_can_be_guessed_makes_nobody_an_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secret: str, role: str) -> None:
    """With it anybody could sign a cookie for anybody's address; signing in says that it is not set up."""
    path = tmp_path / "secrets.toml"
    path.write_text(f'[auth]\ncookie_secret = "{secret}"\n[dateline.editors]\n"ana@example.org" = "Ana"\n', encoding="utf-8")
    monkeypatch.setattr(st, "get_option", lambda name: [str(path)])
    monkeypatch.setattr(who, "_claims", lambda: {"is_logged_in": True, "email": "ana@example.org", "email_verified": True})
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    assert who.person().role == role
    if role == "reader":
        with pytest.raises(ValueError, match="cookie_secret"):
            who.check_sign_in()
    else:
        who.check_sign_in()


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


def test_an_editor_of_a_store_that_is_only_read_is_told_the_way(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the very command; readers are told nothing that they cannot do, and a store that can be edited needs no way."""
    be(monkeypatch, EDITOR)
    assert who.why_only_read() is None
    monkeypatch.setenv("DATELINE_STORE", str(store.with_name("my store.parquet")))
    told = who.why_only_read()
    assert told is not None and "“python -m geo convert 'my store.parquet' 'my store.geojson'”" in told and "DATELINE_STORE" in told
    be(monkeypatch, READER)
    assert who.why_only_read() is None
    be(monkeypatch, EDITOR)
    monkeypatch.setenv("DATELINE_READ_ONLY", "1")
    assert who.why_only_read() is None


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
        ({"auth": {"client_id": "x", "client_kwargs": {"prompt": "login"}}}, [""]),
        ({"auth": {"google": {}, "okta": {}}}, ["google", "okta"]),
        ({"auth": {"client_id": "x", "okta": {}}}, ["", "okta"]),
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
    monkeypatch.setattr(who, "check_sign_in", lambda: None)
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
    monkeypatch.setattr(who, "_secrets", lambda: tomllib.loads(AUTH))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else object())
    edit_panel.told({"do": "sign-in", "provider": ""})
    note = state.note()
    assert note is not None and note.is_fault and left == []
    assert f'{missing} missing: pip install "streamlit[auth]"' in caplog.text
