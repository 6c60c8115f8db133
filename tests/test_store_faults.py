"""Whatever fails while a store is written: the old state stands or the new one, and the message says what to do."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geo.errors import DatelineError, StoreError
from geo.store import GeoJSONFileStore, read_document
from geo.store.document import split
from geo.store.editing import AddEvent, AddUpdate, ChangeEvent, Editor, StoreWriter, version_of
from geo.store.revisions import body_after
from tests.factories import document, encoded, event, update

ANA = Editor("Ana")
CALLS = ("open", "write", "fsync", "replace", "ftruncate", "fchmod", "unlink", "fstat")
DEEDS: dict[str, Callable[[StoreWriter], Any]] = {
    "the first change": lambda writer: writer.apply([AddEvent(event("new"))], by=ANA, why="a test"),
    "a change": lambda writer: writer.apply([AddEvent(event("new"))], by=ANA, why="a test"),
    "an undo": lambda writer: writer.undo(by=ANA),
    "a restore": lambda writer: writer.restore(writer.history.entries()[0][0].revision or "", by=ANA, why="a test"),
    "a creation": lambda writer: writer.create({}, by=ANA, why="a test"),
}


class Faults:
    """Lets one call to the system fail: the one of that number, counted over all that a write makes, or of one name."""

    def __init__(
        self, patch: pytest.MonkeyPatch, code: int, *, number: int | None = None, name: str | None = None, keep_failing: bool = False
    ) -> None:
        self.made: list[str] = []
        self.failed: list[str] = []
        for call in CALLS:
            patch.setattr(os, call, self._failing(call, getattr(os, call), code, number, name, keep_failing))

    def _failing(
        self, call: str, real: Callable[..., Any], code: int, number: int | None, name: str | None, keep_failing: bool
    ) -> Callable[..., Any]:
        def made(*given: Any, **named: Any) -> Any:
            self.made.append(call)
            at = len(self.made) - 1
            if call == name or at == number or (keep_failing and number is not None and at > number):
                self.failed.append(call)
                raise OSError(code, os.strerror(code))
            return real(*given, **named)

        return made


def prepared(folder: Path, deed: str) -> Path:
    folder.mkdir()
    path = folder / "store.geojson"
    if deed != "a creation":
        path.write_bytes(encoded(document([event("e-1")])))
    if deed not in ("a creation", "the first change"):
        StoreWriter(path).apply([ChangeEvent("e-1", event("e-1", title="Else"), version_of(event("e-1")))], by=ANA, why="a test")
    return path


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("keep_failing", [False, True])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES])
def test_an_error_at_each_call_in_turn_leaves_the_old_state_or_the_new(tmp_path: Path, deed: str, keep_failing: bool, code: int) -> None:
    """No matter which call fails, once or from there on; the history leads to what the file holds, nothing is left over, and the next write works."""
    model = prepared(tmp_path / "model", deed)
    old = content(model)
    number, outcomes = 0, set()
    while True:
        path = tmp_path / str(number) / model.name
        shutil.copytree(model.parent, path.parent)
        told = ""
        with pytest.MonkeyPatch.context() as patch:
            faults = Faults(patch, code, number=number, keep_failing=keep_failing)
            try:
                DEEDS[deed](StoreWriter(path, wait_s=0.05))
                outcome = "done"
            except StoreError as error:
                outcome, told = ("in place" if "in its place" in error.what else "refused"), str(error)
        if not faults.failed:
            break
        outcomes.add(outcome)
        new = content(path)
        assert (new == old) == (outcome == "refused") and (outcome != "in place" or "did not confirm" in told)
        writer = StoreWriter(path)
        writer.settle()
        assert content(path) == new
        if new is not None:
            assert read_document(new, where="here").problems == ()
            writer.apply([AddEvent(event("next", updates=["u-1"]))] if b'"u-1"' in new else _first_records(), by=ANA, why="the next")
            entries, problems = writer.history.entries()
            held = split(path.read_bytes(), "here")
            assert not problems and entries[-1].after == held.sha256 and body_after(entries, entries[-1].number) == held.body
        assert {one.name.removeprefix(path.name) for one in path.parent.iterdir()} <= {"", ".lock", ".history.jsonl"}
        number += 1
    assert number > 8 and "refused" in outcomes


def _first_records() -> list[Any]:
    return [AddUpdate(update()), AddEvent(event("next"))]


def test_a_system_that_takes_a_few_bytes_at_a_time_gets_them_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A short write is no error, and is gone on with."""
    path, write = prepared(tmp_path / "a", "a change"), os.write
    monkeypatch.setattr(os, "write", lambda handle, body: write(handle, bytes(body)[:100]))
    DEEDS["a change"](StoreWriter(path))
    assert GeoJSONFileStore(path).snapshot().event("new") and StoreWriter(path).history.entries()[1] == []


@pytest.mark.parametrize(
    ("call", "code", "words"),
    [
        ("write", errno.ENOSPC, "No space left on device"),
        ("fsync", errno.EIO, "Input/output error"),
        ("replace", errno.EPERM, "Operation not permitted"),
    ],
)
def test_the_message_says_what_and_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, words: str) -> None:
    """A full disk, a broken one, a folder that may not be written."""
    path = prepared(tmp_path / "a", "a change")
    Faults(monkeypatch, code, name=call)
    with pytest.raises(StoreError, match=words) as caught:
        DEEDS["a change"](StoreWriter(path))
    assert str(path) in caught.value.where and "Nothing was changed. Make room, or give the right to write there" in caught.value.advice


@pytest.mark.parametrize("name", ["a", "store.geojson.lock"])
def test_a_place_that_may_not_be_written_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A read-only folder, or the lock file of another user: nobody waits for it as for another writer."""
    path = prepared(tmp_path / "a", "a change")
    before = path.read_bytes()
    monkeypatch.setattr(os, "access", lambda place, _: Path(place).name != name)
    with pytest.raises(StoreError, match=f"could not be locked for writing: {name} may not be written") as caught:
        DEEDS["a change"](StoreWriter(path))
    assert "Give the right to write in the store's folder" in caught.value.advice and path.read_bytes() == before


def test_a_folder_in_which_no_lock_can_be_made_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a read-only folder has it."""
    path = prepared(tmp_path / "a", "the first change")
    before = path.read_bytes()
    Faults(monkeypatch, errno.EROFS, name="open")
    with pytest.raises(StoreError, match="could not be locked for writing: Read-only file system") as caught:
        DEEDS["a change"](StoreWriter(path))
    assert "Give the right to write in the store's folder" in caught.value.advice and path.read_bytes() == before


def test_a_folder_that_is_gone_is_told_in_words(tmp_path: Path) -> None:
    """It is not made: the path may be wrong."""
    with pytest.raises(StoreError, match="There is no such folder"):
        StoreWriter(tmp_path / "none" / "a").create({}, by=ANA, why="a test")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_gone_is_not_made_anew_and_can_be_restored(tmp_path: Path) -> None:
    """The message says how to get it back, and that works, byte for byte."""
    path = prepared(tmp_path / "a", "a change")
    writer, body = StoreWriter(path), path.read_bytes()
    path.unlink()
    with pytest.raises(StoreError, match="The file is gone") as caught:
        DEEDS["a change"](writer)
    assert "geo restore REVISION" in caught.value.advice and not path.exists()
    writer.restore(split(body, "it").revision, by=ANA, why="it was gone")
    assert path.read_bytes() == body
    assert [entry.action for entry in writer.history.entries()[0]] == ["begin", "change event", "outside", "restore"]


def test_a_broken_file_is_not_written_and_can_be_restored(tmp_path: Path) -> None:
    """The message names the fault and its place; what stood in the broken file stays in the history."""
    path = prepared(tmp_path / "a", "a change")
    writer, body = StoreWriter(path), path.read_bytes()
    broken = body[:-10] + b"\xff"
    path.write_bytes(broken)
    with pytest.raises(StoreError, match="is not UTF-8") as caught:
        DEEDS["a change"](writer)
    assert "Nothing was changed" in caught.value.advice and path.read_bytes() == broken
    writer.restore(split(body, "it").revision, by=ANA, why="it was broken")
    assert path.read_bytes() == body
    entries, _ = writer.history.entries()
    assert [entry.action for entry in entries] == ["begin", "change event", "outside", "restore"]
    assert body_after(entries, 3) == broken and body_after(entries, 4) == body
    with pytest.raises(DatelineError):
        writer.restore(entries[2].revision or "", by=ANA, why="the broken one")
    assert path.read_bytes() == body
