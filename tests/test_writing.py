"""Writing a store: what each change does to the file and to nothing else, what is refused, and who may."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geo.errors import Conflict, InvalidInput, NotAllowed, StoreError
from geo.store import GeoJSONFileStore
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
    merge,
    retraction_of,
    version_of,
)
from tests.factories import JSON, document, event, site, update

ANA = Editor("Ana", "editor")
WHY = "a test"
ODD = (
    '{ "type":"FeatureCollection","x\\u0041":1.10,\n\t"dateline":{"schema":1,"title":"A"}, "updates" : [ '
    + json.dumps(update())
    + ' ],\n"features":[\n'
    + json.dumps(event("e-1") | {"foreign": 12345678901234567890}).replace("44.0", "44.000")
    + ' ,\n {"set":"aside", "n":1.50}\n,'
    + json.dumps(event("e-2", title="Ünïcode")).replace("Ü", "\\u00dc")
    + '],\r\n "last":null}\n'
)


def write(path: Path, value: Any) -> Path:
    path.write_text(value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path / "store.geojson", document([event("e-1"), event("e-2", at=None), site("s-1")], [update(), update("u-2", "2021-02-27")]))


@pytest.fixture
def writer(path: Path) -> StoreWriter:
    return StoreWriter(path)


def raw(path: Path, id_: str, member: str = "features") -> JSON:
    found: JSON = next(one for one in json.loads(path.read_bytes().decode("utf-8-sig"))[member] if one.get("id") == id_)
    return found


def seen(path: Path, id_: str, member: str = "features") -> str:
    return version_of(raw(path, id_, member))


def edited(record: JSON, **properties: Any) -> JSON:
    return record | {"properties": record["properties"] | properties}


def test_an_added_event_stands_last_and_is_read(path: Path, writer: StoreWriter) -> None:
    """A new event is in the file, the snapshot has it, and the revision is that of the snapshot."""
    written = writer.apply([AddEvent(event("new"))], by=ANA, why=WHY)
    held = GeoJSONFileStore(path).snapshot()
    assert held.revision == written.revision and held.event("new") is not None and held.problems == ()
    assert written.versions == {"new": seen(path, "new")}
    assert json.loads(path.read_text())["features"][-1] == event("new")


def test_a_change_replaces_what_it_changes_and_nothing_else(path: Path, writer: StoreWriter) -> None:
    """Of the file's lines only that of the title differs."""
    before = path.read_text().splitlines()
    record = edited(raw(path, "e-1"), title="Else")
    writer.apply([ChangeEvent("e-1", record, seen(path, "e-1"))], by=ANA, why=WHY)
    after = path.read_text().splitlines()
    assert [(one, other) for one, other in zip(before, after, strict=True) if one != other] == [
        ('        "title": "Event e-1",', '        "title": "Else",')
    ]


def test_what_dateline_does_not_know_stays_to_the_letter(tmp_path: Path) -> None:
    """Numbers, escapes, white space, foreign members, set-aside features, the order and a byte order mark are kept around a changed feature."""
    path = tmp_path / "odd.geojson"
    path.write_bytes(b"\xef\xbb\xbf" + ODD.encode())
    writer = StoreWriter(path)
    record = edited(raw(path, "e-1"), title="Else", new={"a": [1, 2.0]})
    writer.apply([ChangeEvent("e-1", record, seen(path, "e-1"))], by=ANA, why=WHY)
    expected = ODD.replace('"title": "Event e-1"', '"title": "Else"', 1).replace(
        '"note": null}, "foreign"', '"note": null, "new": {"a": [1, 2.0]}}, "foreign"', 1
    )
    assert path.read_bytes() == b"\xef\xbb\xbf" + expected.encode()
    writer.apply([AddEvent(event("e-3"))], by=ANA, why=WHY)
    assert path.read_bytes().decode("utf-8-sig") == expected.replace('],\r\n "last"', "," + json.dumps(event("e-3")) + '],\r\n "last"')


def test_a_moved_event_keeps_all_but_its_place(path: Path, writer: StoreWriter) -> None:
    """Position, uncertainty, basis and note change; a null position takes the event off the map."""
    move = MoveEvent("e-1", (10.5, -20.25), 7, "editor", "moved", seen(path, "e-1"), precision="near_town")
    writer.apply([move], by=ANA, why=WHY)
    place = raw(path, "e-1")["properties"]["place"]
    assert raw(path, "e-1")["geometry"] == {"type": "Point", "coordinates": [10.5, -20.25]}
    assert (place["uncertainty_km"], place["basis"], place["note"], place["precision"], place["name"]) == (
        7,
        "editor",
        "moved",
        "near_town",
        "Sometown",
    )
    writer.apply([MoveEvent("e-1", None, None, "stated", None, seen(path, "e-1"))], by=ANA, why=WHY)
    assert raw(path, "e-1")["geometry"] is None and GeoJSONFileStore(path).snapshot().problems == ()
    writer.apply([MoveEvent("e-2", (1, 2), 3, "stated", None, seen(path, "e-2"), precision="town")], by=ANA, why=WHY)
    assert GeoJSONFileStore(path).snapshot().event("e-2").position == (1, 2)  # type: ignore[union-attr]


def test_a_box_and_an_altitude_do_not_survive_a_move(tmp_path: Path) -> None:
    """They were those of the other place."""
    record = event("e") | {
        "bbox": [44.0, 33.0, 44.0, 33.0],
        "geometry": {"type": "Point", "coordinates": [44, 33, 5], "x": 1, "bbox": [44, 33, 44, 33]},
    }
    path = write(tmp_path / "a", document([record]))
    StoreWriter(path).apply([MoveEvent("e", (1, 2), 3, "stated", None, seen(path, "e"))], by=ANA, why=WHY)
    assert "bbox" not in raw(path, "e") and raw(path, "e")["geometry"] == {"type": "Point", "coordinates": [1, 2], "x": 1}


def test_a_retracted_event_stays_and_can_be_reinstated(path: Path, writer: StoreWriter) -> None:
    """The file keeps it with when, who and why; the reader keeps it apart; editing it is refused until it is reinstated."""
    before = path.read_bytes()
    writer.apply([RetractEvent("e-1", "a hoax", seen(path, "e-1"))], by=ANA, why=WHY)
    held = GeoJSONFileStore(path).snapshot()
    assert held.event("e-1") is None and held.problems == ()
    retraction = retraction_of(held.retracted[0])
    assert retraction and (retraction.by, retraction.why) == ("Ana", "a hoax") and retraction.at.endswith("Z")
    for change in (
        RetractEvent("e-1", "again", seen(path, "e-1")),
        MoveEvent("e-1", None, None, "stated", None, seen(path, "e-1")),
        ChangeEvent("e-1", edited(raw(path, "e-1"), title="x"), seen(path, "e-1")),
    ):
        with pytest.raises(InvalidInput, match="this event is retracted"):
            writer.apply([change], by=ANA, why=WHY)
    writer.apply([ReinstateEvent("e-1", seen(path, "e-1"))], by=ANA, why=WHY)
    assert path.read_bytes() == before
    with pytest.raises(InvalidInput, match="not retracted"):
        writer.apply([ReinstateEvent("e-1", seen(path, "e-1"))], by=ANA, why=WHY)


def test_updates_and_sites_are_added_and_changed(path: Path, writer: StoreWriter) -> None:
    """They go the same way as events, several in one write."""
    record = edited(event("e-9"), updates=["u-9"], reported="2021-03-01", passages=[], claims=[])
    changes = [
        AddUpdate(update("u-9", "2021-03-01")),
        AddEvent(record),
        AddSite(site("s-9")),
        ChangeSite("s-1", edited(raw(path, "s-1"), name="Else"), seen(path, "s-1")),
        ChangeUpdate("u-2", raw(path, "u-2", "updates") | {"heading": "ELSE"}, seen(path, "u-2", "updates")),
    ]
    written = writer.apply(changes, by=ANA, why=WHY)
    held = GeoJSONFileStore(path).snapshot()
    assert held.problems == () and held.updates["u-2"].heading == "ELSE" and held.site("s-1").name == "Else"  # type: ignore[union-attr]
    assert set(written.versions) == {"u-9", "e-9", "s-9", "s-1", "u-2"}
    entry = writer.history.last()
    assert entry and entry.action == "several" and [one.action for one in entry.changes][-1] == "change update"


def test_a_site_is_retired_with_its_history_and_put_back(path: Path, writer: StoreWriter) -> None:
    """It is out of the file, the history has what it was, and undoing brings it back; of something else than a site nothing is taken out."""
    before, site_before, then = path.read_bytes(), raw(path, "s-1"), seen(path, "s-1")
    written = writer.apply([RetireSite("s-1", then)], by=ANA, why="given up")
    held = GeoJSONFileStore(path).snapshot()
    assert held.sites == () and held.problems == () and written.versions == {"s-1": None}
    entry = writer.history.last()
    assert entry and entry.action == "retire site" and entry.changes[0].before == site_before and entry.changes[0].after is None
    with pytest.raises(Conflict):
        writer.apply([RetireSite("s-1", then)], by=ANA, why="again")
    writer.undo(by=ANA)
    assert path.read_bytes() == before
    writer.apply([RetireSite("s-1", then)], by=ANA, why="given up")
    retired = writer.history.last()
    writer.apply([AddEvent(event("after"))], by=ANA, why=WHY)
    assert retired
    writer.undo(retired.number, by=ANA)
    assert raw(path, "s-1") == site_before and raw(path, "after")
    with pytest.raises(InvalidInput, match="is no site"):
        writer.apply([RetireSite("e-1", seen(path, "e-1"))], by=ANA, why=WHY)


def test_a_site_that_has_changed_since_is_not_retired(path: Path, writer: StoreWriter) -> None:
    """The change of somebody else stands, and both versions are told."""
    then = seen(path, "s-1")
    writer.apply([ChangeSite("s-1", edited(raw(path, "s-1"), name="Else"), then)], by=ANA, why=WHY)
    with pytest.raises(Conflict) as caught:
        writer.apply([RetireSite("s-1", then)], by=ANA, why=WHY)
    (stale,) = caught.value.stale
    assert stale.theirs is not None and stale.theirs["properties"]["name"] == "Else" and stale.mine is None
    writer.apply([AddSite(site("s-5")), RetireSite("s-5", version_of(site("s-5")))], by=ANA, why=WHY)
    assert [one.id for one in GeoJSONFileStore(path).snapshot().sites] == ["s-1"]


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "FeatureCollection", "features": []}',
        '{\n "type": "FeatureCollection",\n "features": [\n ]\n}\n',
        '{"features":[],"updates":[],"type":"FeatureCollection"}',
    ],
)
def test_an_empty_store_takes_its_first_records(tmp_path: Path, text: str) -> None:
    """Also where the updates have no member yet."""
    path = write(tmp_path / "empty", text)
    StoreWriter(path).apply([AddUpdate(update()), AddEvent(event("a")), AddEvent(event("b"))], by=ANA, why=WHY)
    held = GeoJSONFileStore(path).snapshot()
    assert [one.id for one in held.events] == ["a", "b"] and list(held.updates) == ["u-1"]
    StoreWriter(path).apply([AddEvent(event("c")), AddUpdate(update("u-2"))], by=ANA, why=WHY)
    assert [one.id for one in GeoJSONFileStore(path).snapshot().events] == ["a", "b", "c"]


def test_a_write_is_all_or_nothing(path: Path, writer: StoreWriter) -> None:
    """One bad change of several leaves the file as it was, and every problem is told with the change's number."""
    before = path.read_bytes()
    bad = edited(event("bad"), title="", kind=7)
    with pytest.raises(InvalidInput) as caught:
        writer.apply([AddEvent(event("good")), AddEvent(bad), AddEvent(event("e-1"))], by=ANA, why=WHY)
    assert [problem.pointer for problem in caught.value.problems] == ["/2/feature/id"]
    with pytest.raises(InvalidInput) as caught:
        writer.apply([AddEvent(event("good")), AddEvent(bad)], by=ANA, why=WHY)
    assert [problem.pointer for problem in caught.value.problems] == ["/1/feature/properties/title", "/1/feature/properties/kind"]
    assert path.read_bytes() == before


REFUSED: list[tuple[Callable[[Path], Any], str, str]] = [
    (lambda p: AddEvent(event("")), "/0/feature/id", "not empty"),
    (lambda p: AddEvent(event("x") | {"id": 7}), "/0/feature/id", "must be a text"),
    (lambda p: AddEvent(site("x")), "/0/feature/properties/record", "must be 'event'"),
    (lambda p: AddSite(event("x")), "/0/feature/properties/record", "must be 'site'"),
    (lambda p: AddEvent(edited(event("x"), retracted={"why": "x"})), "/0/feature/properties/retracted", "not set by an edit"),
    (lambda p: AddEvent(edited(event("x"), updates=["none"])), "/0/feature/properties/updates/0", "names an update that is not in the store"),
    (lambda p: AddEvent(edited(event("x"), note=float("nan"))), "/0/feature", "cannot be written as JSON"),
    (lambda p: AddEvent(edited(event("x"), x={1, 2})), "/0/feature", "cannot be written as JSON"),
    (lambda p: AddEvent(edited(event("x"), x="\ud800")), "/0/feature", "surrogate"),
    (lambda p: AddEvent(edited(event("x"), x=json.loads("[" * 70 + "]" * 70))), "/0/feature", "too deeply"),
    (lambda p: AddEvent(edited(event("x"), x="x" * 5_000_000)), "/0/feature", "bytes"),
    (lambda p: AddEvent([]), "/0/feature", "must be an object"),  # type: ignore[arg-type]
    (lambda p: ChangeEvent("e-1", event("other"), seen(p, "e-1")), "/0/feature/id", "must be 'e-1'"),
    (lambda p: ChangeUpdate("u-1", update("u-1", text=""), seen(p, "u-1", "updates")), "/0/update/text", "is empty"),
    (lambda p: MoveEvent("e-1", (181, 0), 5, "stated", None, seen(p, "e-1")), "/0/feature/geometry/coordinates", "no position"),
    (lambda p: MoveEvent("e-1", (1, 1), None, "stated", None, seen(p, "e-1")), "/0/feature/properties/place/uncertainty_km", "is missing"),
    (lambda p: MoveEvent("e-1", (1, 1), 5, "guess", None, seen(p, "e-1")), "/0/feature/properties/place/basis", "none of the known"),
    (lambda p: RetractEvent("e-1", " ", seen(p, "e-1")), "/0/reason", "is empty"),
    (lambda p: RetractEvent("e-1", "x" * 1001, seen(p, "e-1")), "/0/reason", "1,001 characters"),
]


@pytest.mark.parametrize(("make", "pointer", "message"), REFUSED)
def test_what_breaks_rules_is_refused_with_its_place(
    path: Path, writer: StoreWriter, make: Callable[[Path], Any], pointer: str, message: str
) -> None:
    """The store stays byte for byte."""
    before = path.read_bytes()
    with pytest.raises(InvalidInput, match=message) as caught:
        writer.apply([make(path)], by=ANA, why=WHY)
    assert caught.value.problems[0].pointer == pointer and path.read_bytes() == before


def test_an_update_that_events_quote_keeps_their_words(path: Path, writer: StoreWriter) -> None:
    """A change of its text that breaks a quotation is refused, and goes through together with a change of the event."""
    changed = raw(path, "u-1", "updates") | {"text": "Other words."}
    change = ChangeUpdate("u-1", changed, seen(path, "u-1", "updates"))
    with pytest.raises(InvalidInput) as caught:
        writer.apply([change], by=ANA, why=WHY)
    assert [problem.pointer for problem in caught.value.problems] == [
        "/features/e-1/properties/passages/0/exact",
        "/features/e-2/properties/passages/0/exact",
    ]
    passages = [{"update": "u-1", "exact": "Other words."}]
    fixes = [ChangeEvent(id_, edited(raw(path, id_), passages=passages), seen(path, id_)) for id_ in ("e-1", "e-2")]
    writer.apply([change, *fixes], by=ANA, why=WHY)
    assert GeoJSONFileStore(path).snapshot().problems == ()


def test_what_was_doubtful_before_does_not_stand_in_the_way(tmp_path: Path) -> None:
    """An event that cites an update that is not there can be edited, but no second such fault can be added."""
    path = write(tmp_path / "a", document([event("e", updates=["u-1", "none"])]))
    writer = StoreWriter(path)
    writer.apply([ChangeEvent("e", edited(raw(path, "e"), title="Else"), seen(path, "e"))], by=ANA, why=WHY)
    with pytest.raises(InvalidInput, match="not in the store"):
        writer.apply([ChangeEvent("e", edited(raw(path, "e"), updates=["u-1", "none", "nor this"]), seen(path, "e"))], by=ANA, why=WHY)


def test_a_stale_edit_is_refused_with_all_three_versions(path: Path, writer: StoreWriter) -> None:
    """The conflict carries the base, theirs and mine; what others did to other events does not matter."""
    base, other = raw(path, "e-1"), raw(path, "e-2")
    theirs, mine = edited(base, title="Theirs"), edited(base, note="Mine")
    writer.apply([ChangeEvent("e-1", theirs, version_of(base))], by=Editor("Ben"), why=WHY)
    before = path.read_bytes()
    with pytest.raises(Conflict, match="'e-1' has changed since you looked") as caught:
        writer.apply([ChangeEvent("e-1", mine, version_of(base))], by=ANA, why=WHY)
    stale = caught.value.stale[0]
    assert (stale.base, stale.theirs, stale.mine) == (base, theirs, mine) and path.read_bytes() == before
    merged = merge(stale.base, stale.theirs, stale.mine)  # type: ignore[arg-type]
    assert merged.clashes == () and merged.feature == edited(base, title="Theirs", note="Mine")
    writer.apply([ChangeEvent("e-1", merged.feature, version_of(stale.theirs))], by=ANA, why=WHY)
    writer.apply([ChangeEvent("e-2", edited(other, title="Untouched by that"), version_of(other))], by=ANA, why=WHY)


@pytest.mark.parametrize(
    "make", [lambda v: RetractEvent("e-1", "no", v), lambda v: MoveEvent("e-1", (1, 1), 5, "stated", None, v), lambda v: ReinstateEvent("e-1", v)]
)
def test_every_kind_of_stale_edit_is_refused(path: Path, writer: StoreWriter, make: Callable[[str], Any]) -> None:
    """Moving, retracting and reinstating look at the version as well."""
    version = seen(path, "e-1")
    writer.apply([ChangeEvent("e-1", edited(raw(path, "e-1"), title="Else"), version)], by=ANA, why=WHY)
    with pytest.raises(Conflict) as caught:
        writer.apply([make(version)], by=ANA, why=WHY)
    assert version_of(caught.value.stale[0].base) == version


def test_an_event_that_is_gone_is_a_conflict(path: Path, writer: StoreWriter) -> None:
    """There is nothing of theirs then."""
    with pytest.raises(Conflict, match="or is gone") as caught:
        writer.apply([RetractEvent("none", "no", "0" * 16)], by=ANA, why=WHY)
    assert caught.value.stale[0].theirs is None and caught.value.stale[0].base is None


def test_of_two_records_of_one_id_the_one_that_is_read_is_changed(tmp_path: Path) -> None:
    """The reader serves the first that keeps the rules; so does the writer."""
    path = write(tmp_path / "a", document([event("a", kind=7), event("a", title="First"), event("a", title="Second")]))
    value = json.loads(path.read_text())["features"][1]
    StoreWriter(path).apply([ChangeEvent("a", edited(value, title="Else"), version_of(value))], by=ANA, why=WHY)
    assert [one["properties"]["title"] for one in json.loads(path.read_text())["features"]] == ["Event a", "Else", "Second"]


def test_a_record_that_was_set_aside_can_be_mended(tmp_path: Path) -> None:
    """What could not be shown is changed like anything else, into what can."""
    path = write(tmp_path / "a", document([event("a", kind=7)]))
    StoreWriter(path).apply([ChangeEvent("a", event("a"), seen(path, "a"))], by=ANA, why=WHY)
    assert GeoJSONFileStore(path).snapshot().problems == ()


def test_a_change_that_changes_nothing_writes_nothing(path: Path, writer: StoreWriter) -> None:
    """The file is not even replaced, and the history says nothing of it."""
    inode = path.stat().st_ino
    written = writer.apply([ChangeEvent("e-1", raw(path, "e-1"), seen(path, "e-1"))], by=ANA, why=WHY)
    assert written.entry is None and written.versions == {} and path.stat().st_ino == inode
    entry = writer.history.last()
    assert entry and entry.action == "begin"


def test_numbers_that_python_takes_for_equal_are_different_edits(path: Path, writer: StoreWriter) -> None:
    """1, 1.0 and true are three values."""
    for value in (1, 1.0, True):
        assert writer.apply([ChangeEvent("e-1", edited(raw(path, "e-1"), x=value), seen(path, "e-1"))], by=ANA, why=WHY).entry
        assert repr(raw(path, "e-1")["properties"]["x"]) == repr(value)


def test_a_link_stays_a_link_and_the_mode_is_kept(path: Path, tmp_path: Path) -> None:
    """The file that the link leads to is written, and locked, and has its history."""
    path.chmod(0o640)
    link = tmp_path / "folder" / "link"
    link.parent.mkdir()
    link.symlink_to(path)
    StoreWriter(link).apply([AddEvent(event("new"))], by=ANA, why=WHY)
    assert link.is_symlink() and path.stat().st_mode & 0o777 == 0o640
    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder", "store.geojson", "store.geojson.history.jsonl", "store.geojson.lock"]
    assert (tmp_path / "store.geojson.history.jsonl").stat().st_mode & 0o777 == 0o640


def test_a_writer_that_waits_too_long_says_so(path: Path) -> None:
    """Another process has the lock; nothing was changed."""
    from filelock import FileLock

    with FileLock(f"{path}.lock"), pytest.raises(StoreError, match="Another program has been writing"):
        StoreWriter(path, wait_s=0.01).apply([AddEvent(event("new"))], by=ANA, why=WHY)


def test_a_store_that_would_grow_too_large_to_be_read_is_not_written(path: Path, writer: StoreWriter, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be opened again is refused."""
    before = path.read_bytes()
    monkeypatch.setattr("geo.store.geojson_file.MAX_BYTES", len(before) + 10)
    with pytest.raises(StoreError, match="at most"):
        writer.apply([AddEvent(event("new"))], by=ANA, why=WHY)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("editor", "why", "pointer"), [(Editor(" "), WHY, "/by/name"), (Editor("x" * 201), WHY, "/by/name"), (ANA, "", "/why"), (ANA, "\ud800", "/why")]
)
def test_a_change_is_signed_and_reasoned(path: Path, writer: StoreWriter, editor: Editor, why: str, pointer: str) -> None:
    """Without a name or a reason nothing is written."""
    with pytest.raises(InvalidInput) as caught:
        writer.apply([AddEvent(event("new"))], by=editor, why=why)
    assert [problem.pointer for problem in caught.value.problems] == [pointer]
    with pytest.raises(InvalidInput, match="nothing to change"):
        writer.apply([], by=ANA, why=WHY)


def test_a_store_is_created_once(tmp_path: Path) -> None:
    """A new store is empty and valid; a second creation is refused."""
    writer = StoreWriter(tmp_path / "new.geojson")
    writer.create({"title": "New"}, by=ANA, why=WHY)
    writer.apply([AddUpdate(update()), AddEvent(event())], by=ANA, why=WHY)
    held = GeoJSONFileStore(tmp_path / "new.geojson").snapshot()
    assert held.about == {"schema": 1, "title": "New"} and len(held.events) == 1 and held.problems == ()
    with pytest.raises(StoreError, match="There is a file already"):
        writer.create({}, by=ANA, why=WHY)


def test_a_geoparquet_store_is_not_written_record_by_record(tmp_path: Path) -> None:
    """The way is told, and no history, lock or anything else comes to stand beside it."""
    path = write(tmp_path / "store.parquet", document([event("e-1")]))
    writer = StoreWriter(path)
    for write_ in (
        lambda: writer.apply([AddEvent(event("new"))], by=ANA, why=WHY),
        lambda: writer.undo(by=ANA),
        lambda: writer.restore("abcd", by=ANA, why=WHY),
    ):
        with pytest.raises(StoreError, match=r"convert store\.parquet store\.geojson"):
            write_()
    writer.settle()
    assert list(tmp_path.iterdir()) == [path]


# Who may do what. Every action of `ACTIONS` has its write here.
WRITES: dict[str, Callable[[StoreWriter, Path, Editor], Any]] = {
    "add event": lambda w, p, by: w.apply([AddEvent(event("new"))], by=by, why=WHY),
    "change event": lambda w, p, by: w.apply([ChangeEvent("e-1", edited(raw(p, "e-1"), title="x"), seen(p, "e-1"))], by=by, why=WHY),
    "move event": lambda w, p, by: w.apply([MoveEvent("e-1", (1, 1), 5, "stated", None, seen(p, "e-1"))], by=by, why=WHY),
    "retract event": lambda w, p, by: w.apply([RetractEvent("e-1", "no", seen(p, "e-1"))], by=by, why=WHY),
    "reinstate event": lambda w, p, by: w.apply([ReinstateEvent("gone", seen(p, "gone"))], by=by, why=WHY),
    "add site": lambda w, p, by: w.apply([AddSite(site("new"))], by=by, why=WHY),
    "change site": lambda w, p, by: w.apply([ChangeSite("s-1", edited(raw(p, "s-1"), name="x"), seen(p, "s-1"))], by=by, why=WHY),
    "retire site": lambda w, p, by: w.apply([RetireSite("s-1", seen(p, "s-1"))], by=by, why=WHY),
    "add update": lambda w, p, by: w.apply([AddUpdate(update("new"))], by=by, why=WHY),
    "change update": lambda w, p, by: w.apply(
        [ChangeUpdate("u-2", raw(p, "u-2", "updates") | {"heading": "x"}, seen(p, "u-2", "updates"))], by=by, why=WHY
    ),
    "create": lambda w, p, by: StoreWriter(p.parent / "other", may=w._may, read_only=w._read_only).create({}, by=by, why=WHY),
    "replace": lambda w, p, by: w.replace(json.dumps(document([event("only")])).encode(), by=by, why=WHY),
    "undo": lambda w, p, by: w.undo(by=by, why=WHY),
    "restore": lambda w, p, by: w.restore(w.history.entries()[0][0].revision or "", by=by, why=WHY),
}
ROLES = ("editor", "reader", "", "admin", "Editor")


def files(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir()}


def settled(path: Path) -> None:
    """A store with a history, and an event that is retracted."""
    writer = StoreWriter(path)
    writer.apply([AddEvent(event("gone"))], by=ANA, why=WHY)
    writer.apply([RetractEvent("gone", "no", seen(path, "gone"))], by=ANA, why=WHY)


def test_every_write_stands_in_the_matrix() -> None:
    """A new kind of write does not go untested."""
    assert set(WRITES) == set(ACTIONS)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("read_only", [False, True])
def test_every_role_and_every_write(path: Path, action: str, role: str, read_only: bool) -> None:
    """Editors write everything, all others nothing, and nobody anything into a store that is read-only: no byte changes then, in any file."""
    settled(path)
    before = files(path.parent)
    writer, editor = StoreWriter(path, read_only=read_only), Editor("Ana", role)
    is_allowed = role == "editor" and not read_only
    assert writer.may(editor, action) == is_allowed
    if is_allowed:
        assert WRITES[action](writer, path, editor).entry is not None
        assert files(path.parent) != before
    else:
        with pytest.raises(NotAllowed, match="only reads" if read_only else "may not") as caught:
            WRITES[action](writer, path, editor)
        assert caught.value.action == action and files(path.parent) == before


@pytest.mark.parametrize("action", ACTIONS)
def test_a_rule_of_ones_own_decides_each_write(path: Path, action: str) -> None:
    """What it forbids is refused, one write at a time."""
    settled(path)
    writer = StoreWriter(path, may=lambda editor, wanted: wanted != action)
    with pytest.raises(NotAllowed):
        WRITES[action](writer, path, ANA)
    for other in ("add event", "change event"):
        if other != action:
            WRITES[other](writer, path, ANA)


def test_one_forbidden_change_of_several_forbids_all(path: Path) -> None:
    """A write that may be made in part is not made."""
    before = path.read_bytes()
    writer = StoreWriter(path, may=lambda editor, action: action == "add event")
    with pytest.raises(NotAllowed):
        writer.apply([AddEvent(event("new")), AddSite(site("new"))], by=ANA, why=WHY)
    assert path.read_bytes() == before and list(path.parent.iterdir()) == [path]
