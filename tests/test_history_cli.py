"""`log`, `diff`, `undo` and `restore`: the history of a store at the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from geo.cli.program import main
from geo.settings import from_environment
from geo.store import GeoJSONFileStore
from geo.store.editing import AddEvent, ChangeEvent, Editor, RetractEvent, StoreWriter, version_of
from tests.factories import document, encoded, event

ROOT = Path(__file__).resolve().parents[1]
ANA = Editor("Ana")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store in which one event was renamed and another added."""
    path = tmp_path / "store.geojson"
    path.write_bytes(encoded(document([event("e-1"), event("e-2")])))
    writer = StoreWriter(path)
    writer.apply([ChangeEvent("e-1", event("e-1", title="Else"), version_of(event("e-1")))], by=ANA, why="misspelt")
    writer.apply([AddEvent(event("new"))], by=Editor("Ben"), why="told today")
    return path


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine that the tests run on."""
    for name in ("DATELINE_STORE", "DATELINE_READ_ONLY"):
        monkeypatch.delenv(name, raising=False)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(words)
    told = capsys.readouterr()
    return status, told.out, told.err


def revision(path: Path) -> str:
    return GeoJSONFileStore(path).snapshot().revision


def titles(path: Path) -> dict[str, str]:
    return {one.id: one.title for one in GeoJSONFileStore(path).snapshot().events}


def test_log_lists_the_changes_newest_first(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line with the revision, when, who, what and why, and a line for each record."""
    status, out, err = run(capsys, "log", "--store", str(path))
    lines = out.splitlines()
    assert status == 0 and err == "3 of 3 entries\n" and len(lines) == 5
    assert lines[0].startswith(revision(path)) and lines[0].endswith("Ben: add event: told today") and lines[1] == "    add event new"
    assert lines[2].endswith("Ana: change event: misspelt") and lines[4].endswith(
        "Dateline: begin: The history begins with the file as it was found."
    )


def test_log_of_one_record_tells_its_fields(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What stood there and what stands there, and nothing of other records."""
    status, out, err = run(capsys, "log", "e-1", "--store", str(path))
    assert status == 0 and err == "1 of 3 entries about 'e-1'\n"
    assert out.splitlines()[1:] == ["    change event e-1", '        /properties/title: "Event e-1" -> "Else"']
    _, out, _ = run(capsys, "log", "new", "--store", str(path))
    assert out.splitlines()[2].startswith('        /: nothing -> {"type": "Feature"') and out.splitlines()[2].endswith("…")
    assert run(capsys, "log", "none", "--store", str(path)) == (0, "", "0 of 3 entries about 'none'\n")


def test_log_says_of_machines_what_machines_read(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON, newest first, as many as are asked for."""
    _, out, _ = run(capsys, "log", "--store", str(path), "--json", "--limit", "2")
    newest, older = json.loads(out)
    assert (newest["number"], newest["by"], newest["why"], newest["action"], newest["revision"]) == (
        3,
        "Ben",
        "told today",
        "add event",
        revision(path),
    )
    assert older["changes"] == [
        {"in": "features", "id": "e-1", "action": "change event", "short": False, "before": event("e-1"), "after": event("e-1", title="Else")}
    ]
    assert older["revision"] == newest["revision_before"] and older["undoes"] is None


def test_text_of_the_history_reaches_the_terminal_as_text(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever stands in a name, a reason, an id or a title."""
    odd = "\x1b[31mred\r\n\u202eback"
    StoreWriter(path).apply([AddEvent(event(odd, title=odd))], by=Editor(odd), why=odd)
    for words in (("log",), ("log", odd), ("log", "--json"), ("diff", revision(path)), ("log", "--limit", "1"), ("diff", odd)):
        _, out, err = run(capsys, words[0], *words[1:], "--store", str(path))
        assert not {"\x1b", "\r", "\u202e"} & set(out + err)


def test_log_names_lines_that_cannot_be_read_and_fails(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The others are told."""
    history = StoreWriter(path).history.path
    history.write_bytes(history.read_bytes().replace(b'"n":2', b'"n":x'))
    status, out, err = run(capsys, "log", "--store", str(path))
    assert status == 1 and len(out.splitlines()) == 3 and "line 2 of the history cannot be read" in err


def test_log_says_when_there_is_none_and_when_the_file_has_changed_since(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A history that is silent of the last change would be read as complete."""
    other = tmp_path / "other"
    other.write_bytes(encoded(document()))
    assert "has no history yet" in run(capsys, "log", "--store", str(other))[2]
    status, _, err = run(capsys, "log", "--store", str(tmp_path / "none"))
    assert status == 1 and "There is no such file, and no history of it" in err
    path.write_bytes(path.read_bytes() + b"\n")
    assert "the file has been changed since" in run(capsys, "log", "--store", str(path))[2]
    path.unlink()
    assert "cannot be read now, or is gone" in run(capsys, "log", "--store", str(path))[2]


def test_diff_tells_what_lies_between_two_revisions(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By default up to now; backwards as well; for machines as JSON."""
    first = StoreWriter(path).history.entries()[0][0].revision or ""
    status, out, err = run(capsys, "diff", first[:6], "--store", str(path))
    assert status == 0 and err == "" and out.splitlines()[:3] == ["change event e-1", '    /properties/title: "Event e-1" -> "Else"', "add event new"]
    _, out, _ = run(capsys, "diff", "now", first, "--store", str(path))
    assert out.splitlines()[2] == "remove event new"
    _, out, _ = run(capsys, "diff", first, "--json", "--store", str(path))
    told = json.loads(out)
    assert (told["a"], told["b"], told["others"]) == (first, revision(path), False)
    assert [(one["id"], one["after"] == event("new")) for one in told["changes"]] == [("e-1", False), ("new", True)]


def test_diff_says_where_there_is_no_difference_in_what_is_said(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same bytes, another layout, and what lies outside of records are three things."""
    now = revision(path)
    assert run(capsys, "diff", now, "--store", str(path)) == (0, "", "no difference\n")
    path.write_text(json.dumps(json.loads(path.read_text()), indent=1))
    assert run(capsys, "diff", now, "--store", str(path)) == (0, "", "no difference but in the layout\n")
    path.write_text(json.dumps(json.loads(path.read_text()) | {"x": 1}))
    assert run(capsys, "diff", now, "--store", str(path))[1].startswith("and what is not in single records")


def test_undo_takes_changes_back_one_after_the_other(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the name that is given, with the reason; then there is none left."""
    status, out, err = run(capsys, "undo", "--store", str(path), "--by", "Eve", "--why", "too early")
    assert (status, out) == (0, "") and err == f"1 record changed; the store is at revision {revision(path)}\n"
    entry = StoreWriter(path).history.last()
    assert entry and (entry.by, entry.why, entry.undoes) == ("Eve", "too early", 3) and "new" not in titles(path)
    assert run(capsys, "undo", "--store", str(path))[0] == 0 and titles(path)["e-1"] == "Event e-1"
    status, _, err = run(capsys, "undo", "--store", str(path))
    assert status == 1 and "There is no change to undo" in err


def test_an_undo_that_meets_later_edits_is_refused(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the record and where to look."""
    renamed = StoreWriter(path).history.entries()[0][1].revision or ""
    writer = StoreWriter(path)
    writer.apply([RetractEvent("e-1", "no", version_of(event("e-1", title="Else")))], by=ANA, why="a test")
    before = path.read_bytes()
    status, _, err = run(capsys, "undo", renamed, "--store", str(path))
    assert status == 1 and "e-1: the change that is to be undone left version" in err and "Nothing was changed" in err
    assert path.read_bytes() == before


def test_restore_brings_back_a_file_that_is_broken(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Byte for byte, by the first digits of its revision."""
    body, now = path.read_bytes(), revision(path)
    path.write_bytes(b"{")
    assert run(capsys, "undo", "--store", str(path))[0] == 1
    status, _, err = run(capsys, "restore", now[:8], "--store", str(path))
    assert status == 0 and f"the store is at revision {now}" in err and path.read_bytes() == body
    assert "nothing to change" in run(capsys, "restore", now, "--store", str(path))[2]


@pytest.mark.parametrize("words", [("undo",), ("restore", "0" * 8)])
def test_a_store_that_is_read_only_is_not_written(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """DATELINE_READ_ONLY holds at the command line too."""
    monkeypatch.setenv("DATELINE_READ_ONLY", "1")
    before = path.read_bytes()
    status, _, err = run(capsys, *words, "--store", str(path))
    assert status == 1 and "DATELINE_READ_ONLY is set" in err and path.read_bytes() == before


@pytest.mark.parametrize(
    ("value", "expected"), [("", False), ("0", False), ("no", False), ("Off", False), ("1", True), ("yes", True), ("ture", True)]
)
def test_read_only_is_what_is_not_clearly_otherwise(value: str, expected: bool) -> None:
    """A typing error does not open a store for writing."""
    assert from_environment({"DATELINE_READ_ONLY": value}).read_only is expected and not from_environment({}).read_only


@pytest.mark.parametrize("words", [("log", "--limit", "0"), ("log", "--limit", "x"), ("diff",), ("restore",)])
def test_wrong_usage_is_told(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """With the status 2 of wrong usage."""
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2 and capsys.readouterr().err


def test_the_store_of_the_environment_is_meant_where_none_is_given(path: Path) -> None:
    """As the program itself, started anew."""
    environment: dict[str, Any] = os.environ | {"DATELINE_STORE": str(path), "LOGNAME": "Zoe"}
    for words in (("undo",), ("log", "--limit", "1")):
        done = subprocess.run([sys.executable, "-m", "geo", *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert "Zoe: undo: Undone from the command line." in done.stdout
