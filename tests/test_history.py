"""The history of a store: what it records, what it brings back, and how it stays true when other hands or a crash come between."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import Conflict, InvalidInput, StoreError
from geo.store import GeoJSONFileStore
from geo.store import commits as commits_module
from geo.store.editing import AddEvent, AddUpdate, ChangeEvent, Editor, RetractEvent, StoreWriter, version_of
from geo.store.history import Changed, Entry, History, packed, unpacked
from geo.store.revisions import MISSING, FieldChange, body_after, field_changes, find
from tests.factories import JSON, document, encoded, event, update

ANA, BEN = Editor("Ana"), Editor("Ben")
WHY = "a test"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "store.geojson"
    path.write_text(json.dumps(document([event("e-1"), event("e-2")]), indent=2), encoding="utf-8")
    return path


@pytest.fixture
def writer(path: Path) -> StoreWriter:
    return StoreWriter(path)


def raw(path: Path, id_: str) -> JSON:
    found: JSON = next(one for one in json.loads(path.read_bytes())["features"] if one["id"] == id_)
    return found


def retitle(writer: StoreWriter, path: Path, id_: str, title: str, by: Editor = ANA) -> str:
    record = raw(path, id_)
    changed = record | {"properties": record["properties"] | {"title": title}}
    return writer.apply([ChangeEvent(id_, changed, version_of(record))], by=by, why=f"title {title}").revision


def actions(path: Path) -> list[str]:
    entries, problems = History(path).entries()
    assert problems == []
    return [entry.action for entry in entries]


def check_all_states(path: Path, states: list[bytes]) -> None:
    """Every state that the history tells of is found again, byte for byte."""
    entries, _ = History(path).entries()
    assert [body_after(entries, entry.number) for entry in entries] == states


def test_a_change_is_recorded_with_when_who_why_before_and_after(path: Path) -> None:
    """The entry before it holds the file as it was found."""
    times = iter(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=second) for second in range(9))
    writer, before = StoreWriter(path, now=lambda: next(times)), raw(path, "e-1")
    first = GeoJSONFileStore(path).snapshot().revision
    revision = retitle(writer, path, "e-1", "Else")
    begin, entry = writer.history.entries()[0]
    assert (begin.number, begin.action, begin.before, begin.revision, begin.by) == (1, "begin", None, first, "")
    assert (entry.number, entry.by, entry.role, entry.why, entry.action) == (2, "Ana", "editor", "title Else", "change event")
    assert (entry.revision_before, entry.revision, entry.at[:11]) == (first, revision, "2026-01-01T")
    assert entry.changes == (Changed("features", "e-1", "change event", before, raw(path, "e-1")),)
    assert entry.about("e-1") == entry.changes and entry.about("e-2") == ()
    assert GeoJSONFileStore(path).snapshot().revision == revision


def test_a_small_edit_makes_a_small_entry(path: Path, writer: StoreWriter) -> None:
    """The patch holds what differs and not the file."""
    retitle(writer, path, "e-1", "Another event")
    entry = writer.history.last()
    assert entry and entry.patch is not None and len(json.dumps(entry.patch)) < 60 and entry.checkpoint is None


def test_every_state_is_found_again(path: Path, writer: StoreWriter) -> None:
    """Whatever has been done: edits, additions, retractions, undoings, restorings, other hands."""
    states = [path.read_bytes()]

    def done(_: Any) -> None:
        states.append(path.read_bytes())

    done(retitle(writer, path, "e-1", "Ünïcode ✓"))
    done(writer.apply([AddUpdate(update("u-2")), AddEvent(event("e-3"))], by=ANA, why=WHY))
    done(writer.apply([RetractEvent("e-3", "no", version_of(raw(path, "e-3")))], by=ANA, why=WHY))
    done(writer.undo(by=ANA))
    done(writer.undo(by=ANA))
    path.write_text(json.dumps(json.loads(path.read_text()) | {"x": 1}))
    done(None)
    done(retitle(StoreWriter(path), path, "e-2", "Else"))
    done(writer.restore(writer.history.entries()[0][1].revision or "", by=ANA, why=WHY))
    done(writer.replace(encoded(document([event("only")])), by=ANA, why=WHY))
    check_all_states(path, states)
    assert actions(path) == ["begin", "change event", "several", "retract event", "undo", "undo", "outside", "change event", "restore", "replace"]
    assert states[5] == states[1] and states[8] == states[1]


def test_undo_takes_the_newest_change_back_and_then_the_one_before(path: Path, writer: StoreWriter) -> None:
    """Each undo is an entry of its own; the file is again what it was, byte for byte; then there is nothing left to undo."""
    states = [path.read_bytes()]
    for title in ("One", "Two"):
        retitle(writer, path, "e-1", title)
        states.append(path.read_bytes())
    for state in reversed(states[:-1]):
        assert writer.undo(by=BEN, why="no").versions == {"e-1": version_of(json.loads(state)["features"][0])}
        assert path.read_bytes() == state
    with pytest.raises(StoreError, match="no change to undo"):
        writer.undo(by=BEN)
    assert [entry.undoes for entry in writer.history.entries()[0]] == [None, None, None, 3, 2]


def test_an_undo_can_be_undone(path: Path, writer: StoreWriter) -> None:
    """By the revision that it led to; then the change stands again, and can be undone again."""
    first = GeoJSONFileStore(path).snapshot().revision
    second = retitle(writer, path, "e-1", "Else")
    assert writer.undo(by=ANA).revision == first
    assert writer.undo(first, by=ANA).revision == second
    assert writer.undo(4, by=ANA).revision == first  # the undoing of the undoing, by its number
    with pytest.raises(StoreError, match="no entry 9"):
        writer.undo(9, by=ANA)


def test_an_older_change_is_undone_record_by_record(path: Path, writer: StoreWriter) -> None:
    """What was done to other events since stays."""
    revision = retitle(writer, path, "e-1", "Else")
    retitle(writer, path, "e-2", "Later")
    writer.undo(revision, by=BEN)
    assert (raw(path, "e-1")["properties"]["title"], raw(path, "e-2")["properties"]["title"]) == ("Event e-1", "Later")
    entry = writer.history.last()
    assert entry and entry.undoes == 2 and [change.action for change in entry.changes] == ["undo: change event"]


def test_an_older_addition_is_undone_and_stays_in_the_history(path: Path, writer: StoreWriter) -> None:
    """The event is out of the file; what it was, and why, is told for its id, and undoing that brings it back."""
    added = writer.apply([AddEvent(event("new"))], by=ANA, why="told today").revision
    retitle(writer, path, "e-1", "Else")
    undone = writer.undo(added, by=BEN, why="told elsewhere").revision
    assert "new" not in [one["id"] for one in json.loads(path.read_bytes())["features"]]
    about = [(entry.by, entry.why, change.after is None) for entry in writer.history.entries()[0] for change in entry.about("new")]
    assert about == [("Ana", "told today", False), ("Ben", "told elsewhere", True)]
    retitle(writer, path, "e-1", "Else again")
    writer.undo(undone, by=ANA)
    assert raw(path, "new") == event("new")


def test_an_undo_that_would_lose_a_later_edit_is_refused_with_both_versions(path: Path, writer: StoreWriter) -> None:
    """The store stays as it is."""
    revision = retitle(writer, path, "e-1", "Else")
    retitle(writer, path, "e-1", "Later", by=BEN)
    before = path.read_bytes()
    with pytest.raises(Conflict) as caught:
        writer.undo(revision, by=ANA)
    stale = caught.value.stale[0]
    assert [one["properties"]["title"] for one in (stale.base, stale.theirs, stale.mine) if one] == ["Else", "Later", "Event e-1"]
    assert path.read_bytes() == before


def test_an_undo_that_would_break_other_records_is_refused(path: Path, writer: StoreWriter) -> None:
    """An update that an event cites by now does not go."""
    revision = writer.apply([AddUpdate(update("u-2"))], by=ANA, why=WHY).revision
    writer.apply([AddEvent(event("new", updates=["u-1", "u-2"]))], by=ANA, why=WHY)
    with pytest.raises(InvalidInput, match="names an update that is not in the store") as caught:
        writer.undo(revision, by=ANA)
    assert caught.value.problems[0].pointer == "/features/new/properties/updates/1"


@pytest.mark.parametrize("revision", ["", "abc", "zzzz", "0" * 16, "../../etc"])
def test_a_revision_that_is_not_there_is_told(path: Path, writer: StoreWriter, revision: str) -> None:
    """Too few digits are no revision either."""
    retitle(writer, path, "e-1", "Else")
    for do in (writer.undo, lambda revision, by: writer.restore(revision, by=by, why=WHY)):
        with pytest.raises(StoreError, match="There is no revision"):
            do(revision, by=ANA)  # type: ignore[operator]


def test_digits_that_fit_several_revisions_are_told() -> None:
    """More digits are asked for."""
    entries = [Entry(n, "", "", "", "", "", None, sha + "0" * 59) for n, sha in enumerate(("abcd1", "abcd2", "abcd1"))]
    with pytest.raises(StoreError, match=r"one of several: abcd10+, abcd20+"):
        find(entries, "abcd")
    assert find(entries, "ABCD1").number == 2


def test_the_beginning_cannot_be_undone(path: Path, writer: StoreWriter) -> None:
    """There was nothing before it."""
    retitle(writer, path, "e-1", "Else")
    with pytest.raises(StoreError, match="cannot be undone"):
        writer.undo(writer.history.entries()[0][0].revision, by=ANA)


def test_a_restore_is_refused_if_the_store_is_not_what_was_looked_at(path: Path, writer: StoreWriter) -> None:
    """It replaces everything, so it is asked what it replaces."""
    seen = GeoJSONFileStore(path).snapshot().revision
    retitle(writer, path, "e-1", "Else")
    with pytest.raises(StoreError, match="has changed since"):
        writer.restore(seen, by=ANA, why=WHY, seen=seen)


def test_other_hands_are_noticed_and_recorded_at_the_next_write(path: Path, writer: StoreWriter) -> None:
    """Which events they have changed, by a writer that has seen the state before, and by one that has not; their edit can be undone."""
    retitle(writer, path, "e-1", "Else")
    for writing in (writer, StoreWriter(path)):
        value = json.loads(path.read_text())
        before = path.read_bytes()
        value["features"][1]["properties"]["title"] += " by hand"
        path.write_text(json.dumps(value))
        retitle(writing, path, "e-1", "Again")
        outside = writing.history.entries()[0][-2]
        assert (outside.action, outside.by, outside.others) == ("outside", "", False)
        assert [(change.id, change.action) for change in outside.changes] == [("e-2", "change event")]
        entries, _ = writing.history.entries()
        assert body_after(entries, outside.number - 1) == before
        writing.undo(outside.revision, by=ANA)
        assert raw(path, "e-2")["properties"]["title"] == "Event e-2"
        writing.undo(by=ANA)


def test_what_other_hands_did_outside_of_records_is_said(path: Path, writer: StoreWriter) -> None:
    """A GIS that drops foreign members: the entry says so, it can only be undone while nothing has come after it, and restored always."""
    retitle(writer, path, "e-1", "Else")
    whole = path.read_bytes()
    path.write_text(json.dumps({"type": "FeatureCollection", "features": json.loads(whole)["features"]}))
    writer.settle()
    outside = writer.history.last()
    assert outside and outside.others and [change.action for change in outside.changes] == ["remove update"]
    record = raw(path, "e-1")
    passages = record["properties"] | {"note": "x"}
    writer.apply([ChangeEvent("e-1", record | {"properties": passages}, version_of(record))], by=ANA, why=WHY)
    with pytest.raises(StoreError, match="changed more than single records"):
        writer.undo(outside.revision, by=ANA)
    writer.undo(by=ANA)
    writer.undo(outside.revision, by=ANA)
    assert path.read_bytes() == whole


def test_a_store_that_was_put_back_by_hand_is_a_change_by_other_hands(path: Path, writer: StoreWriter) -> None:
    """An older file in the place of the newer one is told as what it is, and the change can be had again."""
    first = path.read_bytes()
    retitle(writer, path, "e-1", "Else")
    second = retitle(writer, path, "e-1", "Third")
    path.write_bytes(first)
    writer.settle()
    entry = writer.history.last()
    assert entry and entry.action == "outside" and body_after(writer.history.entries()[0], entry.number) == first
    writer.restore(second, by=ANA, why=WHY)
    assert raw(path, "e-1")["properties"]["title"] == "Third"


def test_a_change_that_was_recorded_and_not_made_is_set_right(path: Path, writer: StoreWriter, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash between the record and the replacement: the next writer says that it was never carried out, and the file is the old one."""
    retitle(writer, path, "e-1", "Else")
    before = path.read_bytes()

    class Crash(BaseException):
        pass

    def crash(*_: Any) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(commits_module, "put_in_place", crash)
        with pytest.raises(Crash):
            retitle(writer, path, "e-1", "Never")
    assert path.read_bytes() == before and actions(path)[-1] == "change event"
    StoreWriter(path).settle()
    assert path.read_bytes() == before and actions(path) == ["begin", "change event", "change event", "lapsed"]
    entries, _ = History(path).entries()
    assert body_after(entries, 4) == before
    lapsed = entries[-1].changes[0]
    assert lapsed.before and lapsed.after and lapsed.after["properties"]["title"] == "Else"
    writer.undo(by=ANA)
    assert raw(path, "e-1")["properties"]["title"] == "Event e-1"


@settings(max_examples=60)
@given(data=st.data())
def test_a_torn_last_line_is_cut_off(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Wherever a crash has cut the line that was being written, everything before it stays, and writing goes on."""
    path = tmp_path_factory.mktemp("torn") / "a"
    path.write_bytes(encoded(document([event("e-1")])))
    writer = StoreWriter(path)
    retitle(writer, path, "e-1", "Else")
    history = writer.history.path
    whole = history.read_bytes()
    torn = data.draw(st.sampled_from([whole[whole.index(b"\n") + 1 :], b"\0" * 70_000, b"{"]))
    cut = data.draw(st.integers(1, len(torn) - (torn.endswith(b"\n"))))
    history.write_bytes(whole + torn[:cut])
    assert len(History(path).entries()[0]) == 2  # a reader does not mind
    retitle(StoreWriter(path), path, "e-1", "Again")
    assert history.read_bytes().startswith(whole) and actions(path) == ["begin", "change event", "change event"]


def test_a_last_line_of_garbage_is_cut_off(path: Path, writer: StoreWriter) -> None:
    """A file system that has lost the middle of a line leaves its end."""
    retitle(writer, path, "e-1", "Else")
    with writer.history.path.open("ab") as file:
        file.write(b"\0" * 5_000 + b"}\n")
    retitle(StoreWriter(path), path, "e-1", "Again")
    assert actions(path) == ["begin", "change event", "change event"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"[]", "no object"),
        (b"{", "Expecting"),
        (b'{"n": "1"}', "n is '1'"),
        (b'{"n": true}', "n is True"),
        (b'{"n": 1, "at": "", "by": "", "role": "", "why": "", "action": "", "before": 1}', "before is 1"),
        (b'{"n":1,"at":"","by":"","role":"","why":"","action":"","before":null,"after":null,"changes":[{}]}', "does not name its record"),
        (b'{"n":1,"at":"","by":"","role":"","why":"","action":"","before":null,"after":null,"changes":[],"patch":[[1,2,3]]}', "offset"),
        (b"[" * 100_000, "recursion"),
    ],
)
def test_a_damaged_line_is_named_and_the_others_are_told(path: Path, writer: StoreWriter, line: bytes, message: str) -> None:
    """The history is read as far as it can be."""
    retitle(writer, path, "e-1", "Else")
    first, second = writer.history.path.read_bytes().splitlines()
    writer.history.path.write_bytes(b"\n".join([first, line, second, b""]))
    entries, problems = writer.history.entries()
    assert [entry.number for entry in entries] == [1, 2] and len(problems) == 1
    assert problems[0].message.startswith("line 2 of the history cannot be read") and message in problems[0].message


@pytest.mark.parametrize("damage", ["patch", "checkpoint", "missing"])
def test_a_state_that_the_history_does_not_lead_to_any_more_is_not_made_up(path: Path, writer: StoreWriter, damage: str) -> None:
    """What was tampered with is found out by its SHA-256, and nothing is restored from it."""
    retitle(writer, path, "e-1", "Else")
    revision = retitle(writer, path, "e-1", "Third")
    retitle(writer, path, "e-1", "Fourth")
    lines = [json.loads(line) for line in writer.history.path.read_bytes().splitlines()]
    if damage == "patch":
        lines[2]["patch"][0][2] += "!"
    elif damage == "checkpoint":
        lines[0]["checkpoint"] = packed(b"{}")
    else:
        del lines[0]
    writer.history.path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    before = path.read_bytes()
    with pytest.raises(StoreError, match="leads nowhere"):
        writer.restore(revision, by=ANA, why=WHY)
    assert path.read_bytes() == before


def test_a_history_that_is_gone_begins_anew(path: Path, writer: StoreWriter) -> None:
    """Writing does not depend on it."""
    retitle(writer, path, "e-1", "Else")
    writer.history.path.unlink()
    retitle(writer, path, "e-1", "Again")
    assert actions(path) == ["begin", "change event"]


def test_a_backup_is_a_copy_of_the_files(path: Path, writer: StoreWriter, tmp_path: Path) -> None:
    """Copied elsewhere and later put back, the store is what it was, with its history, and goes on from there."""
    retitle(writer, path, "e-1", "Else")
    backup = tmp_path / "backup"
    backup.mkdir()
    for name in (path, writer.history.path):
        shutil.copy2(name, backup)
    saved = path.read_bytes()
    retitle(writer, path, "e-1", "A mistake")
    path.unlink()
    writer.history.path.write_bytes(b"damaged")
    for name in backup.iterdir():
        shutil.copy2(name, path.parent)
    assert path.read_bytes() == saved and actions(path) == ["begin", "change event"]
    for writing in (writer, StoreWriter(path)):  # one that has seen the later state, and one that has not
        retitle(writing, path, "e-1", "After the backup")
        assert writing.undo(by=ANA).revision == GeoJSONFileStore(path).snapshot().revision
        assert path.read_bytes() == saved
    assert "outside" not in actions(path)


def test_a_backup_of_the_data_alone_is_enough_for_the_data(path: Path, writer: StoreWriter, tmp_path: Path) -> None:
    """Only what was changed before is not told then."""
    retitle(writer, path, "e-1", "Else")
    copy = tmp_path / "elsewhere" / "copy.geojson"
    copy.parent.mkdir()
    shutil.copy2(path, copy)
    retitle(StoreWriter(copy), copy, "e-1", "Again")
    assert actions(copy) == ["begin", "change event"]


def test_a_change_of_very_many_records_names_them_and_can_be_undone(path: Path, writer: StoreWriter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their values are in the patch alone; also after later changes, and as the base of a stale edit, they are found."""
    monkeypatch.setattr(commits_module, "MOST_VALUES", 2)
    many = writer.apply([AddEvent(event(f"n-{number}")) for number in range(3)], by=ANA, why="an import").revision
    entry = writer.history.last()
    assert entry and all(change.is_short and change.after is None for change in entry.changes) and len(entry.changes) == 3
    seen = version_of(event("n-0"))
    changes = [ChangeEvent(f"n-{number}", event(f"n-{number}", title="x"), version_of(event(f"n-{number}"))) for number in range(3)]
    retitled = writer.apply(changes, by=BEN, why="all").revision
    with pytest.raises(Conflict) as caught:
        writer.apply([RetractEvent("n-0", "no", seen)], by=ANA, why=WHY)
    assert caught.value.stale[0].base == event("n-0")
    retitle(writer, path, "e-1", "Else")
    writer.undo(retitled, by=ANA)
    assert raw(path, "n-0") == event("n-0")
    retitle(writer, path, "e-1", "Else again")
    writer.undo(many, by=ANA)
    assert [one["id"] for one in json.loads(path.read_bytes())["features"]] == ["e-1", "e-2"]


def test_text_of_the_store_cannot_break_a_line_of_the_history(path: Path, writer: StoreWriter) -> None:
    """Ends of lines and control characters of any kind are escapes there."""
    odd = "a\nb\r\x1b[31m\u2028\x85"
    retitle(writer, path, "e-1", odd)
    writer.apply([AddEvent(event("new"))], by=Editor(odd), why=odd)
    body = writer.history.path.read_bytes()
    assert body.isascii() and body.count(b"\n") == 3 and b"\x1b" not in body and b"\r" not in body
    entry = writer.history.last()
    assert entry and (entry.by, entry.why) == (odd, odd)


@given(st.binary(max_size=200))
def test_a_checkpoint_holds_any_bytes(body: bytes) -> None:
    """Also those of a file that is no store."""
    assert unpacked(packed(body)) == body


@pytest.mark.parametrize("text", ["", "%", "AAAA", packed(b"x" * 1000)[:-8]])
def test_a_damaged_checkpoint_is_a_value_error(text: str) -> None:
    """Whatever is wrong with it."""
    with pytest.raises(ValueError, match="checkpoint"):
        unpacked(text)


def test_entries_are_read_from_the_end_in_the_same_order(path: Path, writer: StoreWriter, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the lines lie in the blocks that are read."""
    for number in range(5):
        retitle(writer, path, "e-1", f"Title {number}")
    forwards = writer.history.entries()[0]
    for block in (1, 7, 100, 5_000, 10**6):
        monkeypatch.setattr("geo.store.history._BLOCK", block)
        assert list(writer.history.newest_first()) == forwards[::-1]


def test_fields_that_differ_are_told_by_their_pointer() -> None:
    """Members that came or went, items of lists of equal length, and the kind of a number."""
    before = {"a": {"b/c": 1, "same": [1]}, "list": [1, {"x": 1}], "gone": None}
    after = {"a": {"b/c": 2, "same": [1]}, "list": [1.0, {"x": 2}], "new": [1]}
    assert list(field_changes(before, after)) == [
        FieldChange("/a/b~1c", 1, 2),
        FieldChange("/list/0", 1, 1.0),
        FieldChange("/list/1/x", 1, 2),
        FieldChange("/gone", None, MISSING),
        FieldChange("/new", MISSING, [1]),
    ]
