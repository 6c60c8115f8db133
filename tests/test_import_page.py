"""The Import page through AppTest: what it recognises, what it shows before anything is written, what it writes, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geo.store import GeoJSONFileStore, open_store
from geo.store.adding import add_records
from geo.store.editing import Editor, StoreWriter
from geo.store.history import History
from geo.ui import import_session, state, who
from tests import factories
from tests.conftest import ROOT
from tests.datasets import rows


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with one event, which the environment names, and a person who may write it."""
    path = tmp_path / "store.geojson"
    path.write_bytes(factories.encoded(factories.document([factories.event()])))
    monkeypatch.setenv("DATELINE_STORE", str(path))
    monkeypatch.setattr(who, "person", lambda: Editor("Ada"))
    return path


def open_with(name: str, body: bytes) -> AppTest:
    """The page with a file chosen."""
    page = AppTest.from_file(str(ROOT / "pages" / "import.py"), default_timeout=60).run()
    page.file_uploader[0].set_value([(name, body, "text/csv")])
    return page.run()


def part(page: AppTest, name: str) -> dict[str, Any]:
    """What the page gave to one of its parts."""
    assert not page.exception, [error.message for error in page.exception]
    found = [json.loads(block.proto.json) for block in page.get("bidi_component") if block.proto.component_name == "dateline_import_view"]
    return next((data for data in found if data["part"] == name), {})


class Person:
    """A page and the session behind it, for what a person does there."""

    def __init__(self, page: AppTest) -> None:
        self.page = page

    def does(self, what: Any, *given: Any) -> AppTest:
        """Call what the browser calls with the token that the page has, in the page's session, and run it again."""
        importing = self.page.session_state["importing"]
        kept: dict[str, Any] = {"importing": importing}
        old_get, old_set = state.importing, state.set_importing
        state.importing, state.set_importing = lambda: kept["importing"], lambda value: kept.update(importing=value)
        try:
            what(importing.token, *given)
        finally:
            state.importing, state.set_importing = old_get, old_set
        self.page.session_state["importing"] = kept["importing"]
        return self.page.run()


def csv_of(*several: dict[str, str]) -> bytes:
    return rows.text(several).encode()


GOOD, BAD = rows.ucdp(), rows.ucdp(id="900002", latitude="91")


def test_the_page_says_what_it_takes_before_a_file_is_chosen(store: Path) -> None:
    """The store's name, the bound, and nothing else."""
    page = AppTest.from_file(str(ROOT / "pages" / "import.py"), default_timeout=60).run()
    assert part(page, "intro") == {"part": "intro", "store": "store.geojson", "most_mb": 10, "why_not": None}
    assert part(page, "file") == {}


def test_a_file_is_recognised_and_nothing_written(store: Path) -> None:
    """Format, licence, mapping, the first events as they will look, and counts; the store and its folder stay as they were."""
    before = store.read_bytes()
    page = open_with("GED.csv", csv_of(GOOD, BAD))
    file = part(page, "file")
    assert file["format"].startswith("UCDP") and "CC BY 4.0" in file["licence"] and file["rows"] == "2 rows"
    assert {"Longitude": "longitude", "Killed": "best"}.items() <= {row["label"]: row["column"] for row in file["mapping"]}.items()
    (event,) = part(page, "events")["rows"]
    assert event["title"].startswith("State-based conflict") and event["number"] == 2 and "at least 3" in event["claims"]
    going_in = part(page, "in")
    assert going_in["counts"] == "1 event and 2 updates" and going_in["aside"] == 1 and going_in["receipt"] is None
    (fault,) = part(page, "aside")["rows"]
    assert (fault["row"], fault["field"]) == (3, "latitude") and "91" in fault["value"] and fault["advice"]
    assert store.read_bytes() == before and [path.name for path in store.parent.iterdir()] == [store.name]


def test_the_good_ones_go_in_with_a_receipt_and_come_out_again(store: Path) -> None:
    """One change in the history, by the person; undone, the store is what it was, byte for byte."""
    before = store.read_bytes()
    person = Person(open_with("GED.csv", csv_of(GOOD, BAD)))
    page = person.does(import_session.bring_in)
    receipt = part(page, "in")["receipt"]
    assert receipt["counts"] == "1 event and 2 updates" and receipt["can_undo"] and receipt["aside"] == 1
    snapshot = GeoJSONFileStore(store).snapshot()
    assert receipt["revision"] == snapshot.revision and {event.id for event in snapshot.events} == {"e-1", "ucdp-900001"}
    entry = History(store).last()
    assert entry is not None and (entry.by, entry.why) == ("Ada", "Import of GED.csv: 1 event.")
    page = person.does(import_session.undo)
    assert part(page, "in")["receipt"]["undone"] and store.read_bytes() == before
    page = person.does(import_session.again)
    assert part(page, "in")["counts"] == "1 event and 2 updates"


def test_nothing_goes_in_unless_all_are_good(store: Path) -> None:
    """With that choice a bad row, or one that the store refuses, keeps all out, whatever the browser sends."""
    before = store.read_bytes()
    person = Person(open_with("GED.csv", csv_of(GOOD, BAD)))
    person.does(import_session.set_choice, "all")
    page = person.does(import_session.bring_in)
    assert part(page, "in")["receipt"] is None and part(page, "in")["choice"] == "all"
    assert store.read_bytes() == before


def test_what_the_store_has_is_told_before_and_not_overwritten(store: Path) -> None:
    """The same again is counted; another event of the same id is set aside with its row."""
    Person(open_with("GED.csv", csv_of(GOOD))).does(import_session.bring_in)
    page = open_with("GED.csv", csv_of(GOOD))
    assert part(page, "in")["events"] == 0 and part(page, "in")["same"] == 3 and part(page, "aside") == {}
    page = open_with("GED.csv", csv_of(rows.ucdp(best="5"), rows.ucdp(id="900009")))
    assert part(page, "in")["counts"] == "1 event and 0 updates"
    assert part(page, "aside")["rows"][0]["row"] == 2 and "another record" in part(page, "aside")["rows"][0]["reason"]


def test_columns_can_be_said(store: Path) -> None:
    """What is not recognised is asked for, with the columns there are; a choice is read at once, and one that cannot be is told."""
    page = open_with("plain.csv", b"a,b,c,d\n14.65,50.12,03/04/2021,Fire\n")
    file = part(page, "file")
    assert file["missing"] and file["columns"] == ["a", "b", "c", "d"] and part(page, "in") == {}
    person = Person(page)
    for member, column in (("lon", "a"), ("lat", "b"), ("date", "c"), ("title", "d"), ("date_order", "dmy")):
        page = person.does(import_session.set_column, member, column)
    assert part(page, "events")["rows"][0]["title"] == "Fire" and "3 April 2021" in part(page, "events")["rows"][0]["when"]
    page = person.does(import_session.set_column, "lon", "no such column")
    assert "no column for lon" in part(page, "file")["refusal"][0]


def test_a_store_of_datelines_comes_over_as_it_is(store: Path) -> None:
    """Its events, sites, updates and members that Dateline does not know; what is bad in it is set aside with its place."""
    strange = factories.event("e-2", stranger=[1, None]) | {"foreign": {"x": 1}}
    body = factories.encoded(factories.document([factories.event("bad", at=(200, 95)), strange, factories.site()]))
    page = open_with("export.geojson", body)
    assert "export of Dateline" in part(page, "file")["format"] and not part(page, "file")["changeable"]
    assert part(page, "aside")["rows"][0]["row"] == 1
    Person(page).does(import_session.bring_in)
    snapshot = GeoJSONFileStore(store).snapshot()
    event = snapshot.event("e-2")
    assert event is not None and dict(event.feature) == strange and snapshot.site("s-1") == factories.as_site()


def test_points_of_strangers(store: Path) -> None:
    """Properties are mapped as columns are; rows are those of the file that came, bad features counted."""
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1e999, 0]}, "properties": {}},
        {"type": "Feature", "id": 7, "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}, "properties": {"date": "2021-01-01"}},
        {
            "type": "Feature",
            "id": 8,
            "geometry": {"type": "Point", "coordinates": [10.5, 20.5, 99]},
            "properties": {"date": "2021-01-01", "name": "Fire"},
        },
    ]
    body = json.dumps({"type": "FeatureCollection", "features": features}).replace("Infinity", "200")
    page = open_with("points.geojson", body.encode())
    assert [row["row"] for row in part(page, "aside")["rows"]] == [1, 2]
    assert part(page, "events")["rows"][0]["number"] == 3 and part(page, "events")["rows"][0]["title"] == "Fire"


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("empty.csv", b"", "empty"),
        ("a.zip.csv", b"PK\x03\x04rest", "zip"),
        ("a.csv", b"\x1f\x8brest", "gzip"),
        ("crs.geojson", b'{"type":"FeatureCollection","crs":{"type":"link","properties":{"href":"http://evil.example/"}},"features":[]}', "crs"),
        ("deep.geojson", b'{"type":"FeatureCollection","features":' + b"[" * 5_000, "nested too deeply"),
        ("twice.geojson", b'{"type":"FeatureCollection","type":"FeatureCollection","features":[]}', "twice"),
        ("one.geojson", b'{"type":"Point","coordinates":[1,2]}', "FeatureCollection"),
        ("vrt.csv", b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>', "column"),
    ],
)
def test_what_cannot_be_read_is_said(store: Path, name: str, body: bytes, said: str) -> None:
    """In words, for the file as a whole; nothing else is drawn, and nothing written."""
    page = open_with(name, body)
    file = part(page, "file")
    assert said in json.dumps(file, ensure_ascii=False)
    assert part(page, "in") == {} and [path.name for path in store.parent.iterdir()] == [store.name]


def test_too_large_is_refused(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound can be set; a typing error in it leaves the default."""
    body = b"lon,lat,date\n" + b"1.5,2.5,2021-01-01\n" * 60_000
    monkeypatch.setenv("DATELINE_MAX_UPLOAD_MB", "1")
    assert "at most 1,000,000" in part(open_with("large.csv", body), "file")["refusal"][0]
    monkeypatch.setenv("DATELINE_MAX_UPLOAD_MB", "much")
    assert "50,000 rows" in part(open_with("large.csv", body), "file")["refusal"][0]


@pytest.mark.parametrize("read_only", [True, False], ids=["read-only", "a reader"])
def test_who_may_not_write_may_look(store: Path, monkeypatch: pytest.MonkeyPatch, *, read_only: bool) -> None:
    """The page says why and previews; a forged press writes nothing."""
    if read_only:
        monkeypatch.setenv("DATELINE_READ_ONLY", "1")
    else:
        monkeypatch.setattr(who, "person", lambda: Editor("Eve", "reader"))
    page = open_with("GED.csv", csv_of(GOOD))
    assert part(page, "intro")["why_not"] and part(page, "in")["why_not"] and part(page, "events")["total"] == 1
    before = store.read_bytes()
    page = Person(page).does(import_session.bring_in)
    assert part(page, "in")["receipt"] is None and "may not" in part(page, "in")["fault"]
    assert store.read_bytes() == before and [path.name for path in store.parent.iterdir()] == [store.name]


def test_a_press_for_another_file_does_nothing(store: Path) -> None:
    """A token that is not that of the file on the screen is passed over, whatever it is."""
    page = open_with("GED.csv", csv_of(GOOD))
    kept = page.session_state["importing"]
    for token in ("other", None, 7, ["x"]):
        for action in (import_session.bring_in, import_session.undo, import_session.again, import_session.show):
            Person(page).does(lambda _real, action=action, token=token: action(token))
    assert page.session_state["importing"] == kept and len(GeoJSONFileStore(store).snapshot().events) == 1


def test_a_parquet_store_is_added_to_without_a_history(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says that it cannot be taken back, and offers no undo."""
    path = tmp_path / "store.parquet"
    add_records(path, events=[factories.as_event()], updates=[factories.as_update()], by=Editor("Ada"), why="A test.")
    monkeypatch.setenv("DATELINE_STORE", str(path))
    page = open_with("GED.csv", csv_of(GOOD))
    assert not part(page, "in")["keeps_history"]
    page = Person(page).does(import_session.bring_in)
    receipt = part(page, "in")["receipt"]
    assert receipt["counts"] == "1 event and 2 updates" and not receipt["can_undo"] and receipt["revision"]
    assert open_store(path).snapshot().total == 2


def test_what_is_set_aside_comes_back_mended(store: Path) -> None:
    """The download holds the bad rows alone with their reasons; mended, it completes the import. So it is for features."""
    person = Person(open_with("GED.csv", csv_of(GOOD, BAD)))
    page = person.does(import_session.bring_in)
    assert [button.proto.label for button in page.get("download_button")] == ["Download what is set aside"]
    from geo.ui.import_reading import mending

    importing = page.session_state["importing"]
    mended = mending(importing.reading, importing.problems).replace(b",91,", b",50.2,")
    Person(open_with("mended.csv", mended)).does(import_session.bring_in)
    assert {event.id for event in GeoJSONFileStore(store).snapshot().events} == {"e-1", "ucdp-900001", "ucdp-900002"}
    body = factories.encoded(factories.document([factories.event("bad", at=(200, 35)), factories.event("e-1")]))
    importing = open_with("export.geojson", body).session_state["importing"]
    mended = mending(importing.reading, importing.problems).replace(b"200", b"20")
    page = open_with("mended.geojson", mended)
    assert part(page, "in")["counts"] == "1 event and 0 updates" and part(page, "aside") == {}


def test_many_faults_come_in_pages(store: Path) -> None:
    """Twenty-five at a time, whichever page is asked for."""
    page = open_with("GED.csv", csv_of(*(rows.ucdp(id=str(number), latitude="x") for number in range(60))))
    assert (len(part(page, "aside")["rows"]), part(page, "aside")["pages"]) == (25, 3)
    page = Person(page).does(import_session.set_page, 2)
    assert len(part(page, "aside")["rows"]) == 10 and part(page, "aside")["first"] == 51
    page = Person(page).does(import_session.set_page, 10**9)
    assert part(page, "aside")["page"] == 2


def test_an_undo_that_came_too_late_is_told(store: Path) -> None:
    """An imported event that was changed since is not swept away."""
    person = Person(open_with("GED.csv", csv_of(GOOD)))
    person.does(import_session.bring_in)
    writer = StoreWriter(store)
    from geo.store.editing import RetractEvent, version_of

    event = GeoJSONFileStore(store).snapshot().event("ucdp-900001")
    assert event is not None
    writer.apply([RetractEvent("ucdp-900001", "Twice.", version_of(event.feature))], by=Editor("Bob"), why="Twice.")
    page = person.does(import_session.undo)
    receipt = part(page, "in")["receipt"]
    assert not receipt["undone"] and "has changed" in receipt["fault"]
