"""One suite over every engine: whatever is asked of a collection is what `EventFilter.matches` says of its events."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from geo.columns import pack
from geo.errors import StoreError
from geo.export import export_csv, export_geojson, make_receipt
from geo.filters import EventFilter, Near, facet_counts, select
from geo.geojson import as_update
from geo.model import PLACE_PRECISIONS
from geo.moments import parse_moment
from geo.rings import within
from geo.store import EventCollection, Snapshot, open_store, read_document
from geo.store import engine as engine_module
from geo.store.parquet_file import ParquetStore
from geo.store.parquet_writing import write_parquet
from tests.factories import JSON, claim, event, site, snapshot, update

ROOT = Path(__file__).resolve().parents[1]
KINDS = ["rocket_attack", "air_strike", "raid", "something_new"]
ACTORS = ["Militia", "US forces", "كتائب", "A, B", "it's"]
UPDATES = ["u-1", "u-2", "u-3"]
WORDS = ["rockets", "Ain", "al-asad", "é", "base", "it's", "%", "_", "Nobody", "أ"]
Engine = Callable[[Snapshot, Path], EventCollection]


def in_memory(held: Snapshot, _: Path) -> EventCollection:
    return held


def in_parquet(held: Snapshot, folder: Path) -> EventCollection:
    path = folder / f"{next(_numbers)}'; DROP.parquet"  # a name that would end a literal
    write_parquet(path, events=held.events, sites=held.sites, updates=held.updates.values(), about=held.about)
    return ParquetStore(path).snapshot()


_numbers = itertools.count()
ENGINES = [pytest.param(in_memory, id="memory"), pytest.param(in_parquet, id="parquet")]

positions = st.none() | st.tuples(st.floats(-180, 180), st.floats(-90, 90)) | st.just((44.0, 33.0))
days = st.dates(datetime(2021, 2, 1).date(), datetime(2021, 2, 9).date()).map(lambda day: day.isoformat())
texts = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)


@st.composite
def features(draw: st.DrawFn, number: int) -> JSON:
    at = draw(positions)
    start, end = sorted((draw(days), draw(days)))
    told = draw(st.lists(st.sampled_from([*UPDATES, "not-there"]), min_size=1, max_size=3, unique=True))
    place: Any = draw(st.sampled_from(PLACE_PRECISIONS))
    properties: dict[str, Any] = {
        "title": f"{draw(texts)} .",
        "kind": draw(st.sampled_from(KINDS)),
        "start": start,
        "end": end,
        "date_precision": "day" if start == end else "week",
        "place": {"precision": place, "note": draw(st.none() | texts.filter(bool)), "basis": draw(st.sampled_from(["stated", "editor"]))},
        "actors": [{"name": name, "role": "other"} for name in draw(st.lists(st.sampled_from(ACTORS), max_size=3))],
        "updates": told,
        "claims": [claim(update=id_) for id_ in draw(st.lists(st.sampled_from(UPDATES), max_size=2))],
        "passages": [],
    }
    if at is None and draw(st.booleans()):
        properties["place"] = None
    return event(f"e-{number}", at=at, **properties)


@st.composite
def stores(draw: st.DrawFn) -> Snapshot:
    records = [draw(features(number)) for number in range(draw(st.integers(0, 8)))]
    published = {id_: draw(days) for id_ in UPDATES}
    told = [update(id_, published[id_], text=f"{draw(texts)} {id_}", heading=f"H {draw(texts)}") for id_ in UPDATES]
    body = {"type": "FeatureCollection", "dateline": {"schema": 1, "title": "T"}, "features": [*records, site()], "updates": told}
    return read_document(json.dumps(body).encode(), where="made")


filters = st.builds(
    EventFilter,
    kinds=st.frozensets(st.sampled_from([*KINDS, "none"]), max_size=2),
    actors=st.frozensets(st.sampled_from([*ACTORS, "nobody"]), max_size=2),
    precisions=st.frozensets(st.sampled_from(PLACE_PRECISIONS), max_size=3),
    told_in=st.frozensets(st.sampled_from([*UPDATES, "not-there", "none"]), max_size=2),
    text=st.just("") | texts,
    start=st.none() | st.datetimes(datetime(2021, 1, 31), datetime(2021, 2, 11), timezones=st.just(UTC)),
    after=st.none() | st.datetimes(datetime(2021, 1, 31), datetime(2021, 2, 11), timezones=st.just(UTC)),
    known=st.none() | days.map(parse_moment),
    near=st.none() | st.builds(Near, st.floats(-180, 180), st.floats(-90, 90), st.floats(1, 2e7)) | st.just(Near(44.0, 33.0, 1.0)),
)


def ids(events: Any) -> list[str]:
    return [one.id for one in events]


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=stores(), wanted=filters)
def test_every_engine_finds_what_matches(engine: Engine, held: Snapshot, wanted: EventFilter, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Rows, counts, pages, neighbours and events as they were known, in the order of time."""
    collection = engine(held, tmp_path_factory.getbasetemp())
    expected = select(held.events, wanted, held.updates)
    unplaced = [one for one in expected if one.position is None]
    assert collection.rows(wanted).tolist() == [wanted.matches(one, held.updates) for one in held.events]
    assert (collection.tally(wanted).shown, collection.tally(wanted).unplaced) == (len(expected), len(unplaced))
    assert list(collection.each(wanted)) == expected
    assert collection.page(wanted, first=1, most=2) == expected[1:3]
    assert collection.page(wanted, first=1, most=2, newest_first=True) == expected[::-1][1:3]
    assert collection.page(wanted, most=2, unplaced=True) == unplaced[:2]
    for number, one in enumerate(expected):
        standing = collection.standing(wanted, one.id)
        assert standing
        assert (standing.number, standing.total) == (number + 1, len(expected))
        assert (standing.before and standing.before.id) == (expected[number - 1].id if number else None)
        assert (standing.after and standing.after.id) == (expected[number + 1].id if number + 1 < len(expected) else None)
    hidden = next((one for one in held.events if one.id not in ids(expected)), None)
    assert hidden is None or collection.standing(wanted, hidden.id) is None


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=stores(), wanted=filters)
def test_every_engine_counts_the_facets(engine: Engine, held: Snapshot, wanted: EventFilter, tmp_path_factory: pytest.TempPathFactory) -> None:
    """As choosing each value would show; what is wanted now is always among them."""
    collection = engine(held, tmp_path_factory.getbasetemp())
    counted = collection.facets(wanted, most=100)
    for facet, counts in facet_counts(held.events, wanted, held.updates).items():
        assert counted[facet].total == len(counts)
        assert dict(counted[facet].counts) == {**dict.fromkeys(getattr(wanted, facet), 0), **counts}
        assert getattr(wanted, facet) <= collection.facets(wanted, most=0)[facet].counts.keys()
        assert collection.having(facet, frozenset([*counts, "no such value"])) == counts.keys()


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=stores(), wanted=filters, lon=st.floats(-180, 180), lat=st.floats(-90, 90), radius_m=st.floats(1, 2e7))
def test_every_engine_finds_what_lies_in_a_ring(
    engine: Engine, held: Snapshot, wanted: EventFilter, lon: float, lat: float, radius_m: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """On the ellipsoid, nearest first."""
    collection = engine(held, tmp_path_factory.getbasetemp())
    expected = within(select(held.events, wanted, held.updates), (lon, lat), radius_m)
    count, found = collection.within(wanted, (lon, lat), radius_m, most=3)
    assert count == len(expected)
    assert [round(one.distance_m) for one in found] == [round(one.distance_m) for one in expected[:3]]
    assert set(ids(one.event for one in found)) <= set(ids(one.event for one in expected))


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=stores())
def test_every_engine_tells_the_same_of_the_store(engine: Engine, held: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The same packed columns, census, updates, days and sources as memory has; and each record as it stood."""
    collection = engine(held, tmp_path_factory.getbasetemp())
    assert collection.total == len(held.events)
    assert b"".join(pack(collection)) == b"".join(pack(held))
    assert collection.labels(1, 3) == list(held.events[1:4])
    assert [collection.event(one.id) for one in held.events] == list(held.events)
    assert [one.feature for one in collection.each(EventFilter())] == [one.feature for one in held.events]
    assert [collection.row(one.id) for one in held.events] == list(range(len(held.events)))
    assert (collection.event("none"), collection.row("none"), collection.site("none")) == (None, None, None)
    assert collection.sites == held.sites and collection.about == held.about
    assert list(collection.updates) == list(held.updates) and len(collection.updates) == len(held.updates)
    assert [as_update(one) for one in collection.updates.values()] == [as_update(one) for one in held.updates.values()]
    assert dict(collection.updates.items()) == dict(held.updates)
    assert list(collection.update_texts({"u-1", "u-3", "none"})) == list(held.update_texts({"u-1", "u-3"}))
    assert "u-1" in collection.updates and "none" not in collection.updates
    mine, theirs = collection.census(), held.census()
    for name in ("kinds", "place_precisions", "date_precisions", "date_bases", "place_bases", "radii_km", "date_codes"):
        assert dict(getattr(mine, name)) == dict(getattr(theirs, name)), name
    assert (mine.unplaced, mine.nowhere) == (theirs.unplaced, theirs.nowhere)
    assert list(collection.read_updates(["u-3", "none", "u-1"]).items()) == list(held.read_updates(["u-3", "u-1"]).items())
    assert collection.days(most=2) == held.days(most=2)
    assert sorted(collection.sources(most=9)) == sorted(held.sources(most=9))
    assert collection.told_at_all() == held.told_at_all()
    assert collection.told_by(UPDATES, most=2) == held.told_by(UPDATES, most=2)
    for what in ("all", "unplaced", "by_editor", "most_told", "most_counted"):
        assert collection.sample(what, most=2) == held.sample(what, most=2), what
    for precision in ("day", "week", "year"):
        assert collection.newest_of_precision(precision) == held.newest_of_precision(precision)


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=stores(), wanted=filters)
def test_every_engine_exports_the_same_bytes(engine: Engine, held: Snapshot, wanted: EventFilter, tmp_path_factory: pytest.TempPathFactory) -> None:
    """But for the store's own SHA-256."""
    collection = engine(held, tmp_path_factory.getbasetemp())
    made = datetime(2021, 3, 5, tzinfo=UTC)
    mine = make_receipt(collection, wanted, store="s", address="?", made=made)
    theirs = make_receipt(held, wanted, store="s", address="?", made=made)
    body = b"".join(export_geojson(collection, mine))
    assert body.replace(collection.sha256.encode(), b"") == b"".join(export_geojson(held, theirs)).replace(held.sha256.encode(), b"")
    assert b"".join(export_csv(collection, mine)) == b"".join(export_csv(held, theirs))


def test_the_shipped_story_is_the_same_in_parquet(tmp_path: Path) -> None:
    """What comes with Dateline, converted, is what it was; geopandas reads it, with its coordinate system."""
    import geopandas

    held = read_document((ROOT / "data" / "events.geojson").read_bytes(), where="the store")
    path = tmp_path / "events.parquet"
    assert write_parquet(path, events=held.events, sites=held.sites, updates=held.updates.values(), about=held.about) == 17
    collection = open_store(path).snapshot()
    assert list(collection.each(EventFilter())) == list(held.events)
    frame = geopandas.read_parquet(path)
    assert frame.crs == "OGC:CRS84"
    assert Counter(frame["record"]) == {"event": 17, "site": 3, "update": 9}
    placed = frame[(frame["record"] == "event") & frame["lon"].notna()]
    assert np.allclose(placed.geometry.x, placed["lon"]) and np.allclose(placed.geometry.y, placed["lat"])


def test_more_than_a_row_group_is_read_across_its_borders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row groups are how the file is written, and nobody who asks needs to know."""
    monkeypatch.setattr("geo.store.parquet_writing.ROW_GROUP", 8)
    held = snapshot([event(f"e-{number:02}", kind="raid" if number % 3 else "air_strike") for number in range(30)], [update()])
    path = tmp_path / "s.parquet"
    write_parquet(path, events=held.events, updates=held.updates.values())
    collection = ParquetStore(path).snapshot()
    wanted = EventFilter(kinds=frozenset({"air_strike"}))
    assert ids(collection.each(wanted)) == [f"e-{number:02}" for number in range(0, 30, 3)]
    assert ids(collection.page(wanted, first=2, most=3)) == ["e-06", "e-09", "e-12"]
    assert b"".join(pack(collection)) == b"".join(pack(held))


def test_events_in_another_order_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    """A row is a place in time: a file that broke this would show the wrong events."""
    held = snapshot([event("a"), event("b")])
    with pytest.raises(ValueError, match="'a' comes after a later one"):
        write_parquet(tmp_path / "s.parquet", events=held.events[::-1])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a*.parquet", "a?.parquet", "[a].parquet"])
def test_a_name_that_is_a_pattern_is_refused(tmp_path: Path, name: str) -> None:
    """The engine would look for many files, and read one that nobody named."""
    write_parquet(tmp_path / name, events=())
    with pytest.raises(StoreError, match="takes for a pattern"):
        ParquetStore(tmp_path / name).snapshot()


@pytest.mark.parametrize("body", [b"", b"PAR1", b"PAR1" + b"\x00" * 64 + b"PAR1", b'{"type": "FeatureCollection"}'])
def test_what_is_no_parquet_is_told(tmp_path: Path, body: bytes) -> None:
    """Never a traceback of the library's."""
    path = tmp_path / "s.parquet"
    path.write_bytes(body)
    with pytest.raises(StoreError, match="no GeoParquet store that can be read"):
        ParquetStore(path).snapshot()


def test_a_parquet_file_of_others_is_told_how_to_come_in(tmp_path: Path) -> None:
    """It may be a table of anything."""
    pq.write_table(pa.table({"record": ["x"], "a": [1]}), tmp_path / "s.parquet")
    with pytest.raises(StoreError, match="no store of Dateline's") as caught:
        ParquetStore(tmp_path / "s.parquet").snapshot()
    assert "geo import" in caught.value.advice


def test_a_store_that_is_written_anew_is_read_anew_and_a_broken_one_not(tmp_path: Path) -> None:
    """The last good state is served, with the fault, until there is another good one."""
    path = tmp_path / "s.parquet"
    store = ParquetStore(path)
    with pytest.raises(StoreError, match="no such file"):
        store.snapshot()
    write_parquet(path, events=snapshot([event("a")]).events)
    first = store.snapshot()
    assert store.snapshot() is first
    path.write_bytes(b"broken")
    assert store.snapshot().fault
    write_parquet(path, events=snapshot([event("a"), event("b")]).events)
    second = store.snapshot()
    assert (second.fault, second.total) == (None, 2)
    assert second.revision != first.revision


def test_the_engine_reads_nothing_but_the_store(tmp_path: Path) -> None:
    """No query reaches another file, and the lock cannot be taken off."""
    path = tmp_path / "s.parquet"
    (tmp_path / "secret.csv").write_text("a\n1\n")
    write_parquet(path, events=snapshot([event("a")]).events)
    connection = engine_module._connect(path)
    for statement in (f"SELECT * FROM '{tmp_path}/secret.csv'", "SET enable_external_access = true", f"COPY records TO '{tmp_path}/out.csv'"):
        with pytest.raises(duckdb.Error):
            connection.execute(statement)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["s.parquet", "secret.csv"]
