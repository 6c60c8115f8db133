"""The store in a file: what is set aside, what is doubted, what is refused, and when it is read again."""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from pathlib import Path
from typing import Any

import pytest

from geo.errors import StoreError
from geo.store import GeoJSONFileStore, open_store, read_document
from geo.store import geojson_file as module
from geo.store.changes import Retraction, retraction_of
from tests.factories import JSON, claim, document, encoded, event, site, snapshot, update

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "events.geojson"


def refused(body: bytes) -> StoreError:
    with pytest.raises(StoreError) as caught:
        read_document(body, where="here.geojson")
    assert caught.value.where == "here.geojson"
    assert caught.value.advice
    return caught.value


def written(path: Path, value: Any) -> Path:
    path.write_bytes(value if isinstance(value, bytes) else encoded(value))
    return path


def test_the_shipped_store_has_no_problems() -> None:
    held = GeoJSONFileStore(SHIPPED).snapshot()
    assert held.problems == ()
    assert (len(held.events), len(held.sites), len(held.updates), held.left_out) == (17, 3, 9, 0)


def test_a_snapshot_holds_everything() -> None:
    body = encoded(document([event("b"), site(), event("a")], [update("u-2", "2021-03-01"), update("u-1")]))
    held = read_document(body, where="here")
    assert [one.id for one in held.events] == ["a", "b"]
    assert [one.id for one in held.sites] == ["s-1"]
    assert list(held.updates) == ["u-2", "u-1"]  # in the order of the store, not of their ids
    assert held.about == {"schema": 1, "title": "A store"}
    assert held.sha256 == hashlib.sha256(body).hexdigest()
    assert held.problems == ()
    assert held.left_out == 0


def test_events_and_sites_are_found_by_their_ids() -> None:
    held = snapshot([event("a"), site("s")])
    assert (held.event("a"), held.site("s")) == (held.events[0], held.sites[0])
    assert (held.event("s"), held.site("a")) == (None, None)


def test_events_are_sorted_by_start_then_end_then_id() -> None:
    features = [
        event("c"),
        event("b", end="2021-02-27"),
        event("a", start="2021-02-26T00:00Z", date_precision="minute"),
        event("0", start="2021-02-27"),
        event("d"),
    ]
    assert [one.id for one in snapshot(features).events] == ["a", "c", "d", "b", "0"]


def test_equal_bytes_are_one_revision_and_others_another() -> None:
    one, same, other = snapshot([event()]), snapshot([event()]), snapshot([event(title="Else")])
    assert one.revision == same.revision != other.revision
    assert re.fullmatch(r"[0-9a-f]{16,}", one.revision)


@pytest.mark.parametrize(
    "bad",
    [
        None,
        7,
        "event",
        {},
        {"type": "Feature"},
        event("bad", at=(400.0, 0.0)),
        event("bad") | {"geometry": {"type": "Point", "coordinates": []}},
        event("bad", title=None),
        event("bad", start="2021-99-01"),
        event("bad", claims=[claim(low=10**400)]),
        event("bad", at=(44.0, 33.0)) | {"geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}},
        event("bad") | {"id": 7},
        site("bad", rings=[{}]),
    ],
)
def test_one_bad_feature_costs_only_itself(bad: Any) -> None:
    held = snapshot([event("a"), bad, site("s"), event("b")])
    assert [one.id for one in held.events] == ["a", "b"]
    assert [one.id for one in held.sites] == ["s"]
    assert held.left_out == 1
    assert held.set_aside
    assert all(problem.pointer.startswith("/features/1") for problem in held.set_aside)
    assert held.doubts == ()


def test_one_bad_update_costs_only_itself() -> None:
    held = snapshot([event()], [update("u-0", text=""), update("u-1"), 7])  # type: ignore[list-item]
    assert list(held.updates) == ["u-1"]
    assert {problem.pointer.split("/")[2] for problem in held.set_aside} == {"0", "2"}
    assert held.left_out == 2


def test_of_two_records_with_one_id_the_first_is_kept() -> None:
    held = snapshot([event("a", title="First"), event("a", title="Second"), site("a")], [update(), update(text="Something happened. Else.")])
    assert [one.title for one in held.events] == ["First"]
    assert held.sites == ()
    assert held.updates["u-1"].text == "Something happened. Nobody was hurt."
    assert [problem.pointer for problem in held.set_aside] == ["/updates/1/id", "/features/1/id", "/features/2/id"]
    assert held.left_out == 3


def test_updates_that_are_no_array_are_set_aside() -> None:
    held = read_document(encoded(document([event()]) | {"updates": {}}), where="here")
    assert [problem.pointer for problem in held.set_aside] == ["/updates"]
    assert len(held.events) == 1


def doubts(features: list[JSON], updates: list[JSON] | None = None, **members: Any) -> list[tuple[str, str]]:
    held = snapshot(features, updates, **members)
    assert held.set_aside == ()
    assert all(problem.advice for problem in held.doubts)
    return [(problem.pointer, problem.message) for problem in held.doubts]


def test_a_citation_of_an_update_that_is_not_there_is_doubted() -> None:
    assert doubts([event(updates=["u-1", "u-9"])]) == [("/features/0/properties/updates/1", "names an update that is not in the store")]
    ring = {"radius_km": 5, "label": "x", "update": "u-9"}
    assert doubts([site(rings=[ring], updates=["u-9"])]) == [
        ("/features/0/properties/updates/0", "names an update that is not in the store"),
        ("/features/0/properties/rings/0/update", "names an update that is not in the store"),
    ]


def test_a_claim_of_another_events_update_is_doubted() -> None:
    found = doubts([event(claims=[claim(), claim(update="u-2")])], [update(), update("u-2")])
    assert found == [("/features/0/properties/claims/1/update", "is none of the event's updates")]


def test_a_passage_must_stand_in_its_update_to_the_letter() -> None:
    passages = [{"update": "u-1", "exact": "Something happened"}, {"update": "u-1", "exact": "something happened"}]
    assert doubts([event(passages=passages)]) == [("/features/0/properties/passages/1/exact", "does not stand in the update's text")]


def test_a_passage_of_another_events_update_is_doubted() -> None:
    found = doubts([event(passages=[{"update": "u-2", "exact": "Nobody"}])], [update(), update("u-2")])
    assert found == [("/features/0/properties/passages/0/update", "is none of the event's updates")]


def test_updates_stand_oldest_first() -> None:
    updates = [update("u-2", "2021-02-27T09:30Z"), update("u-1")]
    assert doubts([event(updates=["u-1", "u-2"])], updates) == []
    assert doubts([event(updates=["u-2", "u-1"])], updates) == [("/features/0/properties/updates", "do not stand oldest first")]


def test_yesterday_is_older_than_today() -> None:
    updates = [update("u-2", "2021-02-27"), update("u-1", "2021-02-26")]
    assert [pointer for pointer, _ in doubts([event(updates=["u-2", "u-1"])], updates)] == ["/features/0/properties/updates"]
    assert [pointer for pointer, _ in doubts([event(updates=["u-1", "u-2"], reported="2021-02-27")], updates)] == ["/features/0/properties/reported"]


def test_a_day_and_a_minute_of_it_stand_in_any_order() -> None:
    updates = [update("u-2", "2021-02-26T09:30Z"), update("u-1")]
    for order in (["u-1", "u-2"], ["u-2", "u-1"]):
        assert doubts([event(updates=order, reported="2021-02-26")], updates) == []
        assert doubts([event(updates=order, reported="2021-02-26T09:30Z")], updates) == []


def test_an_event_was_reported_when_its_oldest_update_was_published() -> None:
    updates = [update("u-2", "2021-03-01"), update("u-1")]
    found = doubts([event(updates=["u-1", "u-2"], reported="2021-03-01")], updates)
    assert found == [("/features/0/properties/reported", "is not when its oldest update was published")]


@pytest.mark.parametrize("about", [None, [], "1"])
def test_a_collection_that_does_not_say_it_is_a_store_is_doubted_and_shown(about: Any) -> None:
    held = snapshot([event()], dateline=about)
    assert [problem.pointer for problem in held.doubts] == ["/dateline"]
    assert held.about == {}
    assert len(held.events) == 1


@pytest.mark.parametrize("schema", [None, "1", 0, True, 0.5])
def test_an_unknown_schema_is_doubted(schema: Any) -> None:
    assert doubts([event()], dateline={"schema": schema}) == [("/dateline/schema", "is not a known schema")]


def test_a_newer_schema_is_refused() -> None:
    assert refused(encoded(document(dateline={"schema": 2}))).what == "/dateline/schema: the store has schema 2; this Dateline reads 1"


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "Line 1, column 1: not JSON"),
        (b"{", "Line 1, column 2: not JSON"),
        (b'{\n "type": }', "Line 2, column 10: not JSON"),
        (b"\x00\x01\x02", "not JSON"),
        (b"\x89PNG\r\n\x1a\n", "Byte 0 is not UTF-8"),
        (encoded(document()).decode().encode("utf-16"), "Byte 0 is not UTF-8"),
        ('{"type":"FeatureCollection","features":[],"x":"é"}'.encode("latin-1"), "Byte 47 is not UTF-8"),
        (encoded(document()) + b"{}", "not JSON (Extra data)"),
        (b'{"type":"FeatureCollection","features":[NaN]}', "NaN is no JSON number"),
        (b'{"type":"FeatureCollection","features":[-Infinity]}', "-Infinity is no JSON number"),
        (b'{"type":"FeatureCollection","features":[1e999]}', "the number '1e999' is too large"),
        (b'{"type":"FeatureCollection","features":[' + b"9" * 5_000 + b"]}", "Not JSON as RFC 8259 has it"),
        (b'{"type":"FeatureCollection","features":[],"type":"FeatureCollection"}', "the member 'type' stands twice"),
        (b'{"type":"FeatureCollection","features":[{"type":"Feature","id":"a","id":"b"}]}', "the member 'id' stands twice"),
        (b"[" * 10_000_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (encoded(document(x=json.loads("[" * 80 + "]" * 80))), "nested too deeply"),
        (b"[]", "not a GeoJSON FeatureCollection (got an array of 0)"),
        (b"null", "not a GeoJSON FeatureCollection (got None)"),
        (encoded(event()), "not a GeoJSON FeatureCollection (got 'Feature')"),
        (b'{"type":"FeatureCollection"}', "/features: must be an array (got None)"),
        (b'{"type":"FeatureCollection","features":{}}', "/features: must be an array (got an object of 0)"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused_in_words(body: bytes, what: str) -> None:
    assert what in refused(body).what


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read_document(b"\xef\xbb\xbf" + encoded(document([event()])), where="here").problems == ()


def test_nesting_is_read_down_to_the_bound() -> None:
    assert read_document(encoded(document(x=json.loads("[" * 60 + "]" * 60))), where="here").problems == ()


def test_a_missing_file_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no such file") as caught:
        GeoJSONFileStore(tmp_path / "none.geojson").snapshot()
    assert caught.value.where == str(tmp_path / "none.geojson")


def test_a_folder_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="a folder, not a file"):
        GeoJSONFileStore(tmp_path).snapshot()


def test_a_file_below_a_file_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="could not be read: Not a directory"):
        GeoJSONFileStore(written(tmp_path / "a", b"") / "b").snapshot()


def test_a_file_that_may_not_be_read_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    with pytest.raises(StoreError, match="may not be read"):
        GeoJSONFileStore(written(tmp_path / "a", document())).snapshot()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreError, match="no ordinary file"):
        GeoJSONFileStore(tmp_path / "pipe").snapshot()


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "a", document([event()]))
    monkeypatch.setattr(module, "MAX_BYTES", path.stat().st_size)
    assert GeoJSONFileStore(path).snapshot().events
    monkeypatch.setattr(module, "MAX_BYTES", path.stat().st_size - 1)
    with pytest.raises(StoreError, match="at most"):
        GeoJSONFileStore(path).snapshot()


def test_a_file_is_read_again_when_it_has_changed_and_only_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "a", document([event("a")]))
    store = GeoJSONFileStore(path)
    monkeypatch.setattr(module, "now_ns", lambda: time.time_ns() + 10**10)  # long enough after the last change
    first = store.snapshot()
    with monkeypatch.context() as closed:
        closed.setattr(Path, "read_bytes", lambda self: pytest.fail("the file was read although nothing had changed"))
        assert store.snapshot() is first
    stamp = path.stat()
    # The same size at the same time in another file, as an editor that replaces files may leave it.
    written(tmp_path / "b", document([event("b")]))
    os.utime(tmp_path / "b", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    (tmp_path / "b").replace(path)
    assert [one.id for one in store.snapshot().events] == ["b"]
    # The same size in the same file at another time.
    written(path, document([event("c")]))
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns + 1))
    assert [one.id for one in store.snapshot().events] == ["c"]


def test_a_change_within_a_tick_of_the_clock_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was changed a moment ago is read again although its stamp is the same, since a second change would not have shown in it."""
    path = written(tmp_path / "a", document([event("a")]))
    monkeypatch.setattr(module, "now_ns", lambda: path.stat().st_ctime_ns + 1_000_000)
    store = GeoJSONFileStore(path)
    first, stamp = store.snapshot(), path.stat()
    changed = document([event("b")])
    monkeypatch.setattr(Path, "read_bytes", lambda self: encoded(changed))
    monkeypatch.setattr(Path, "stat", lambda self, **_: stamp)
    monkeypatch.setattr(module, "now_ns", lambda: stamp.st_ctime_ns + 10**10)  # long after, it is still the stamp of two states
    assert [one.id for one in store.snapshot().events] == ["b"] and first.events[0].id == "a"
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("the file was read although its stamp is settled now"))
    assert [one.id for one in store.snapshot().events] == ["b"]


def test_a_store_that_broke_serves_its_last_good_state_until_it_is_mended(tmp_path: Path) -> None:
    """The fault and its place are told beside the last good state, and are gone once the file can be read."""
    path = written(tmp_path / "a", document([event("a")]))
    store = GeoJSONFileStore(path)
    good = store.snapshot()
    written(path, b"{")
    for _ in range(2):  # a second look must not take the broken file for a known one
        held = store.snapshot()
        assert held == good and held.events == good.events
        assert held.fault is not None and "Line 1, column 2: not JSON" in held.fault.what and held.fault.where == str(path)
    path.unlink()
    gone = store.snapshot()
    assert gone == good and gone.fault is not None and gone.fault.what == "There is no such file"
    written(path, document([event("a")]))
    assert store.snapshot() is good and good.fault is None
    written(path, document([event("bb")]))
    assert [one.id for one in store.snapshot().events] == ["bb"] and store.snapshot().fault is None


def test_a_store_that_could_never_be_read_raises_each_time(tmp_path: Path) -> None:
    """There is no good state to serve, so the fault is raised, until the file is mended."""
    path = written(tmp_path / "a", b"{")
    store = GeoJSONFileStore(path)
    for _ in range(2):
        with pytest.raises(StoreError, match="not JSON"):
            store.snapshot()
    written(path, document([event("bb")]))
    assert [one.id for one in store.snapshot().events] == ["bb"]


def test_retracted_events_are_kept_apart() -> None:
    """What was retracted is in no list of events, but there; a retraction that does not say why is a doubt."""
    why = {"at": "2026-01-01T00:00:00Z", "by": "Ana", "why": "never happened"}
    held = snapshot([event("a", retracted=why), event("b", retracted=None), event("c", retracted=True), site("s", retracted=why)])
    assert [one.id for one in held.events] == ["b"] and [one.id for one in held.retracted] == ["a", "c"]
    assert retraction_of(held.retracted[0]) == Retraction("2026-01-01T00:00:00Z", "Ana", "never happened")
    assert retraction_of(held.retracted[1]) == Retraction("", "", "") and retraction_of(held.events[0]) is None
    assert [problem.pointer for problem in held.doubts] == ["/features/2/properties/retracted", "/features/3/properties/retracted"]
    assert held.left_out == 0


def test_a_store_has_the_files_name_and_not_its_folder(tmp_path: Path) -> None:
    assert GeoJSONFileStore(tmp_path / "events.geojson").name == "events.geojson"


def test_one_path_is_one_store_for_the_whole_process(tmp_path: Path) -> None:
    assert open_store(tmp_path / "a") is open_store(tmp_path / "a")
    assert open_store(tmp_path / "a") is not open_store(tmp_path / "b")
