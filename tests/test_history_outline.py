"""The outline of a history: what each line is about, kept while the file only grows, and made anew when it was changed otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geo.errors import StoreError
from geo.store import history_outline
from geo.store.editing import AddEvent, Editor, StoreWriter
from geo.store.history import History
from geo.store.history_outline import entry_of, outlines
from tests.factories import document, encoded, event

ANA = Editor("Ana")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with five changes."""
    path = tmp_path / "store.geojson"
    path.write_bytes(encoded(document([event()])))
    for number in range(5):
        add(path, f"n-{number}")
    return path


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the lines that are parsed."""
    sizes: list[int] = []
    read = history_outline.read_entry
    monkeypatch.setattr(history_outline, "read_entry", lambda line: (sizes.append(len(line)), read(line))[1])
    return sizes


def add(path: Path, id_: str) -> None:
    StoreWriter(path).apply([AddEvent(event(id_))], by=ANA, why="told so")


def same_as_entries(history: History) -> None:
    """The outline says what the entries say, and leads to each of them."""
    entries, _ = history.entries()
    lines = outlines(history)
    assert [entry_of(history, line) for line in lines] == entries
    for line, entry in zip(lines, entries, strict=True):
        assert (line.number, line.action, line.before, line.after, line.undoes) == (
            entry.number,
            entry.action,
            entry.before,
            entry.after,
            entry.undoes,
        )
        assert line.ids == tuple(change.id for change in entry.changes) and line.revision == entry.revision


def test_it_says_what_the_entries_say(store: Path) -> None:
    """Also of an undo, and of nothing at all where there is no history."""
    StoreWriter(store).undo(by=ANA)
    same_as_entries(History(store))
    assert outlines(History(store.with_name("none"))) == []


def test_only_what_is_new_is_parsed(store: Path, parsed: list[int]) -> None:
    """Looked at again, nothing; after a change, that one."""
    history = History(store)
    before = outlines(history)
    assert len(parsed) == len(before) == 6
    outlines(history)
    assert len(parsed) == 6
    add(store, "later")
    assert len(outlines(history)) == 7 and len(parsed) == 7
    assert len(before) == 6
    same_as_entries(history)


def test_a_line_that_is_being_written_is_not_there_yet(store: Path, parsed: list[int]) -> None:
    """Once it is ended it is, and those before are not parsed again."""
    history = History(store)
    whole = history.path.read_bytes()
    line = whole.splitlines(keepends=True)[-1]
    history.path.write_bytes(whole[: -len(line)])
    assert len(outlines(history)) == 5
    with history.path.open("ab") as file:
        file.write(line[:20])
    assert len(outlines(history)) == 5
    with history.path.open("ab") as file:
        file.write(line[20:])
    assert len(outlines(history)) == 6 and len(parsed) == 6


def test_a_history_that_was_changed_otherwise_is_read_anew(store: Path) -> None:
    """Cut back and carried on, edited with the same size, moved away, or put in place from a copy."""
    history = History(store)
    outlines(history)
    lines = history.path.read_bytes().splitlines(keepends=True)
    other = json.loads(lines[-1]) | {"why": "another reason that is longer than the first"}
    history.path.write_bytes(b"".join(lines[:-1]) + json.dumps(other).encode() + b"\n")
    same_as_entries(history)
    assert entry_of(history, outlines(history)[-1]).why.startswith("another")
    history.path.write_bytes(history.path.read_bytes().replace(b'"n-0"', b'"m-0"'))
    same_as_entries(history)
    copy = history.path.with_name("copy")
    copy.write_bytes(b"".join(lines[:3]))
    copy.replace(history.path)
    same_as_entries(history)
    history.path.unlink()
    assert outlines(history) == []


def test_a_line_that_cannot_be_read_is_passed_over(store: Path) -> None:
    """As it is by everything that reads a history."""
    history = History(store)
    lines = history.path.read_bytes().splitlines(keepends=True)
    history.path.write_bytes(b"".join([*lines[:2], b"{}\n", b"\n", b"nothing\n", *lines[2:]]))
    same_as_entries(history)
    assert len(outlines(history)) == 6


def test_what_was_changed_between_outline_and_entry_is_said(store: Path) -> None:
    """Nothing of another entry is shown for it."""
    history = History(store)
    line = outlines(history)[-1]
    history.path.write_bytes(b"x" * (line.start + line.size))
    with pytest.raises(StoreError, match="changed while it was read"):
        entry_of(history, line)


def test_few_histories_are_kept(store: Path, tmp_path: Path) -> None:
    """The ones that were looked at last."""
    for number in range(8):
        copy = tmp_path / f"{number}.history.jsonl"
        copy.write_bytes(History(store).path.read_bytes())
        assert len(outlines(History(tmp_path / str(number)))) == 6
    assert len(history_outline._known) <= 4
