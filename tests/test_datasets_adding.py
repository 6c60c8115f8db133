"""Adding records to a store: nothing that is there is touched, nothing is lost, and what is not added is told."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from geo.errors import NotAllowed, StoreError
from geo.ingest.datasets import read_dataset
from geo.store import GeoJSONFileStore, adding, geojson_file, open_store
from geo.store.adding import Added
from geo.store.editing import Editor, StoreWriter
from tests import factories
from tests.datasets import rows


def add_records(path: Path, **given: Any) -> Added:
    """As a person who may do it, for a reason."""
    return adding.add_records(path, **{"by": Editor("Ada"), "why": "A test."} | given)


def files(folder: Path) -> list[str]:
    """What lies in a folder beside what every writer needs."""
    return sorted(path.name for path in folder.iterdir() if path.suffix not in (".lock", ".jsonl"))


def stored(path: Path, *features: Any, updates: Any = None, **members: Any) -> Path:
    path.write_bytes(factories.encoded(factories.document(features, updates, **members)))
    return path


def held(path: Path) -> dict[str, Any]:
    document = json.loads(path.read_bytes())
    assert isinstance(document, dict)
    return document


def test_a_store_is_made_where_there_is_none(tmp_path: Path) -> None:
    """A new store holds the records and what is said about it, and opens without a doubt."""
    path = tmp_path / "new.geojson"
    added = add_records(
        path,
        events=[factories.as_event()],
        updates=[factories.as_update()],
        sites=[factories.as_site()],
        about={"title": "A title", "licence": "CC0"},
    )
    assert (added.events, added.updates, added.sites, added.same, added.refused, added.created) == (1, 1, 1, 0, (), True)
    snapshot = GeoJSONFileStore(path).snapshot()
    assert snapshot.problems == ()
    assert dict(snapshot.about) == {"schema": 1, "title": "A title", "licence": "CC0"}
    assert snapshot.event("e-1") == factories.as_event() and snapshot.site("s-1") == factories.as_site()


def test_what_is_there_stays_as_it_is(tmp_path: Path) -> None:
    """Records, broken ones and members that Dateline does not know are as before, in their order, and the new ones come after."""
    broken = {"type": "Feature", "id": "broken", "properties": None, "secret": "\ud800"}
    path = tmp_path / "store.geojson"
    path.write_text(json.dumps(factories.document([factories.event("e-9"), broken], stranger={"a": [1.50, None]}), indent=2))
    before = held(path)
    added = add_records(path, events=[factories.as_event("e-2")], updates=[], about={"title": "Ignored"})
    after = held(path)
    assert (added.events, added.created) == (1, False)
    assert after["features"][:2] == before["features"] and after["features"][2]["id"] == "e-2"
    assert {name: after[name] for name in after if name != "features"} == {name: before[name] for name in before if name != "features"}
    assert list(after) == list(before)


def test_a_file_that_people_read_keeps_its_layout(tmp_path: Path) -> None:
    """A small store that is indented stays indented: line by line, only what is new is new."""
    path = tmp_path / "store.geojson"
    path.write_text(json.dumps(factories.document([factories.event()]), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    before = path.read_text(encoding="utf-8").splitlines()
    add_records(path, events=[factories.as_event("e-2")], updates=[])
    after = path.read_text(encoding="utf-8").splitlines()
    assert after[: len(before) - 3] == before[:-3]
    assert len(after) > len(before)


def test_an_id_that_is_taken_is_told_and_not_overwritten(tmp_path: Path) -> None:
    """Another record of the same id is refused in words; the same record is only counted."""
    path = stored(tmp_path / "store.geojson", factories.event())
    before = path.read_bytes()
    added = add_records(path, events=[factories.as_event(title="Another"), factories.as_event()], updates=[factories.as_update()])
    assert (added.events, added.updates, added.same) == (0, 0, 2)
    (problem,) = added.refused
    assert "another record" in problem.message and "e-1" in problem.value and problem.advice
    assert path.read_bytes() == before, "nothing to add, nothing written"


def test_an_event_is_not_hung_on_another_update(tmp_path: Path) -> None:
    """If the store has another update of the cited id, or none, the event is refused: it would cite what does not tell it."""
    path = stored(tmp_path / "store.geojson")
    other = factories.as_update(text="Something else.")
    added = add_records(path, events=[factories.as_event(), factories.as_event("e-2", updates=["u-none"], claims=[])], updates=[other])
    assert (added.events, added.updates) == (0, 0)
    assert [(problem.pointer, problem.value) for problem in added.refused] == [
        ("/updates/0", "'u-1'"),
        ("/events/0", "'u-1'"),
        ("/events/1", "'u-none'"),
    ]
    assert len(held(path)["updates"]) == 1


def test_the_same_id_twice_in_what_is_given(tmp_path: Path) -> None:
    """Of two given records with one id the first is added and the second told."""
    added = add_records(tmp_path / "new.geojson", events=[factories.as_event(), factories.as_event(title="Another")], updates=[factories.as_update()])
    assert (added.events, len(added.refused)) == (1, 1)


def test_a_changed_event_is_added_as_it_is_now(tmp_path: Path) -> None:
    """What an event says counts, not what it was read from."""
    path = tmp_path / "new.geojson"
    add_records(path, events=[replace(factories.as_event(), title="Changed")], updates=[factories.as_update()])
    assert held(path)["features"][0]["properties"]["title"] == "Changed"


def test_a_site_that_was_made_here_is_written_whole(tmp_path: Path) -> None:
    """A site that was read from no file is written as the format has it."""
    path = tmp_path / "new.geojson"
    add_records(path, events=[], updates=[factories.as_update()], sites=[replace(factories.as_site(), feature={})])
    snapshot = GeoJSONFileStore(path).snapshot()
    assert snapshot.problems == () and snapshot.site("s-1") == factories.as_site()


def test_updates_come_newest_first_behind_those_that_are_there(tmp_path: Path) -> None:
    """What is there keeps its bytes, so new updates stand behind it; in a new store the newest stands on top."""
    days = ("2021-01-01", "2021-03-01", "2021-02-01")
    updates = [factories.as_update(f"u-{day}", day) for day in days]
    path = stored(tmp_path / "store.geojson", updates=[factories.update("u-2020", "2020-01-01")])
    add_records(path, events=[], updates=updates)
    add_records(tmp_path / "new.geojson", events=[], updates=updates)
    newest = ["2021-03-01", "2021-02-01", "2021-01-01"]
    assert [update["published"] for update in held(path)["updates"]] == ["2020-01-01", *newest]
    assert [update["published"] for update in held(tmp_path / "new.geojson")["updates"]] == newest


@pytest.mark.parametrize("name", ["store.parquet.zip", "store.csv", "store"])
def test_another_kind_of_store_is_refused_in_words(tmp_path: Path, name: str) -> None:
    """A suffix that no store has is refused, and nothing is made."""
    with pytest.raises(StoreError, match="suffix"):
        add_records(tmp_path / name, events=[], updates=[])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        factories.encoded({"type": "FeatureCollection", "features": []}),
        factories.encoded(factories.document(dateline={"schema": 2})),
        factories.encoded(factories.document(dateline={"schema": True})),
        factories.encoded(factories.document(updates=None) | {"updates": 7}),
    ],
)
def test_what_is_no_store_of_ours_is_left_alone(tmp_path: Path, body: bytes) -> None:
    """A file that is broken, foreign or newer is refused and stays as it was."""
    path = tmp_path / "store.geojson"
    path.write_bytes(body)
    with pytest.raises(StoreError):
        add_records(path, events=[factories.as_event()], updates=[factories.as_update()])
    assert path.read_bytes() == body


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    """A folder with the name of a store is refused in words."""
    (tmp_path / "folder.geojson").mkdir()
    with pytest.raises(StoreError, match="no ordinary file"):
        add_records(tmp_path / "folder.geojson", events=[], updates=[])


def test_a_store_that_could_not_be_opened_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be larger than a store may be is refused; the old file stays and nothing is left beside it."""
    path = stored(tmp_path / "store.geojson")
    before = path.read_bytes()
    monkeypatch.setattr(geojson_file, "MAX_BYTES", len(before) + 100)
    with pytest.raises(StoreError, match="at most"):
        add_records(path, events=[factories.as_event()], updates=[])
    assert path.read_bytes() == before and files(tmp_path) == [path.name]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """Adding through a symbolic link changes the file behind it."""
    path = stored(tmp_path / "store.geojson")
    link = tmp_path / "link.geojson"
    link.symlink_to(path)
    add_records(link, events=[factories.as_event()], updates=[])
    assert link.is_symlink() and len(held(path)["features"]) == 1


def test_imported_events_survive_the_store_without_a_doubt(tmp_path: Path) -> None:
    """UCDP's and ACLED's events in one store, read back, are the same events, and nothing is wrong with it; again adds nothing."""
    path = tmp_path / "new.geojson"
    ucdp = [rows.ucdp(id=str(code), where_prec=str(code)) for code in range(1, 8)] + [
        rows.ucdp(id="8", source_article="", source_office="", source_headline="")
    ]
    for given in (ucdp, [rows.acled(event_id_cnty=f"R{code}", geo_precision=str(code), time_precision=str(code)) for code in range(1, 4)]):
        dataset = read_dataset(rows.text(given).encode())
        assert add_records(path, events=dataset.events, updates=dataset.updates).refused == ()
        snapshot = GeoJSONFileStore(path).snapshot()
        assert snapshot.problems == ()
        assert all(snapshot.event(event.id) == event for event in dataset.events)
        again = add_records(path, events=dataset.events, updates=dataset.updates)
        assert (again.events, again.updates, again.refused) == (0, 0, ())


def test_an_import_is_one_change_that_can_be_undone(tmp_path: Path) -> None:
    """The history names who and why, once for all records; undone, the store is what it was, byte for byte."""
    path = stored(tmp_path / "store.geojson", factories.event())
    before = path.read_bytes()
    added = add_records(path, events=[factories.as_event("e-2"), factories.as_event("e-3")], updates=[], why="Import of x.csv: 2 events.")
    writer = StoreWriter(path)
    entry = writer.history.last()
    assert entry is not None
    assert (entry.number, entry.by, entry.why) == (added.entry, "Ada", "Import of x.csv: 2 events.")
    assert {change.id for change in entry.changes} == {"e-2", "e-3"}
    assert added.revision == GeoJSONFileStore(path).snapshot().revision
    writer.undo(added.entry, by=Editor("Ada"))
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["store.geojson", "store.parquet"])
@pytest.mark.parametrize("there", [True, False], ids=["added to", "made"])
@pytest.mark.parametrize("who", [{"read_only": True}, {"by": Editor("Eve", "reader")}], ids=["read-only", "a reader"])
def test_nobody_adds_who_may_not(tmp_path: Path, name: str, there: bool, who: dict[str, Any]) -> None:
    """Readers add nothing, and nobody does where the store is read-only, whatever kind of store it is; nothing is left behind."""
    path = tmp_path / name
    if there:
        add_records(path, events=[factories.as_event()], updates=[factories.as_update()])
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(NotAllowed):
        add_records(path, events=[factories.as_event("e-2")], updates=[factories.as_update()], **who)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_what_the_store_refuses_costs_only_itself(tmp_path: Path) -> None:
    """A retracted event is not set by an import; it is refused in words, and the others go in."""
    path = stored(tmp_path / "store.geojson")
    retracted = factories.as_event("e-2")
    retracted.feature["properties"]["retracted"] = {"at": "2021-01-01T00:00:00Z", "by": "Ada", "why": "Twice."}
    added = add_records(path, events=[retracted, factories.as_event("e-3")], updates=[factories.as_update()])
    assert added.events == 1
    (problem,) = added.refused
    assert problem.pointer == "/events/0" and "retracted" in problem.message
    assert [feature["id"] for feature in held(path)["features"]] == ["e-3"]


def test_another_writer_meanwhile_is_judged_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody else brings between looking and writing is counted as there, and the rest goes in."""
    path = stored(tmp_path / "store.geojson")
    real = adding.choose

    def after_somebody_else(*given: Any) -> Any:
        chosen = real(*given)
        monkeypatch.setattr(adding, "choose", real)
        add_records(path, events=[factories.as_event("e-2")], updates=[])
        return chosen

    monkeypatch.setattr(adding, "choose", after_somebody_else)
    added = add_records(path, events=[factories.as_event("e-2"), factories.as_event("e-3")], updates=[factories.as_update()])
    assert (added.events, added.same, added.refused) == (1, 2, ())


def test_a_parquet_store_is_made_and_added_to(tmp_path: Path) -> None:
    """Events stand in the order of time whatever order they came in; what was there stays, the same again is counted, another is refused."""
    path = tmp_path / "store.parquet"
    made = add_records(
        path, events=[factories.as_event("e-2", start="2021-03-02", end="2021-03-02")], updates=[factories.as_update()], about={"title": "T"}
    )
    assert (made.created, made.events, made.updates, made.entry) == (True, 1, 1, None)
    more = [factories.as_event("e-3", start="2021-03-03", end="2021-03-03"), factories.as_event("e-1", start="2021-03-01", end="2021-03-01")]
    other = factories.as_event("e-2", title="Another")
    added = add_records(
        path, events=[*more, other], updates=[factories.as_update(), factories.as_update("u-2", "2021-04-01")], sites=[factories.as_site()]
    )
    assert (added.created, added.events, added.updates, added.sites, added.same) == (False, 2, 1, 1, 1)
    assert [problem.pointer for problem in added.refused] == ["/events/2"]
    collection = open_store(path).snapshot()
    assert added.revision == collection.revision
    assert [event.id for event in collection.labels(0, 9)] == ["e-1", "e-2", "e-3"]
    assert list(collection.updates) == ["u-2", "u-1"] and collection.about["title"] == "T"
    assert [site.id for site in collection.sites] == ["s-1"]
    again = add_records(path, events=more, updates=[])
    assert (again.events, again.same, again.revision) == (0, 2, None)
    lost = add_records(path, events=[factories.as_event("e-9", updates=["u-none"], claims=[])], updates=[])
    assert (lost.events, len(lost.refused)) == (0, 1)


@pytest.mark.parametrize("name", ["store.geojson", "store.parquet"])
@pytest.mark.parametrize("there", [True, False], ids=["added to", "made"])
def test_strict_writes_all_or_nothing_and_a_plan_nothing(tmp_path: Path, name: str, there: bool) -> None:
    """What the plan says is what comes of it; with strict, one record that is refused keeps all out."""
    path = tmp_path / name
    if there:
        add_records(path, events=[factories.as_event("e-0")], updates=[factories.as_update()])
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.suffix != ".lock"}
    given = {"events": [factories.as_event("e-1"), factories.as_event("e-1", title="Another")], "updates": [factories.as_update()]}
    plan = adding.plan_records(path, **given)
    strict = add_records(path, strict=True, **given)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.suffix != ".lock"} == before
    assert (plan.events, plan.updates, plan.same) == (1, 0 if there else 1, 1 if there else 0)
    assert (strict.events, strict.refused) == (0, plan.refused) and len(plan.refused) == 1
    done = add_records(path, **given)
    assert (done.events, done.updates, done.same, done.refused) == (plan.events, plan.updates, plan.same, plan.refused)


def test_a_retracted_event_of_another_store_is_told(tmp_path: Path) -> None:
    """It does not count there, so it is no event here, but a line of the report."""
    retracted = factories.event("e-2", retracted={"at": "2021-01-01T00:00:00Z", "by": "Ada", "why": "Twice."})
    dataset = read_dataset(factories.encoded(factories.document([factories.event(), retracted])))
    assert [event.id for event in dataset.events] == ["e-1"] and dataset.rows == 2
    (problem,) = dataset.report
    assert problem.row == 2 and "retracted" in problem.reason


def test_a_quoted_header_does_not_mislead(tmp_path: Path) -> None:
    """What separates the columns is looked for outside of quotes."""
    dataset = read_dataset(b'lon,lat,date,"a; b; c; d; e"\n1.5,2.5,2021-01-01,x\n')
    assert dataset.columns == ("lon", "lat", "date", "a; b; c; d; e") and len(dataset.events) == 1
