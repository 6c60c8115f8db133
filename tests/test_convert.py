"""`python -m geo convert`: GeoJSON to GeoParquet and back, with nothing lost and nothing overwritten."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.cli.program import main
from geo.store import GeoJSONFileStore, open_store
from geo.store.editing import StoreWriter
from tests import factories
from tests.conftest import ROOT

STORE = ROOT / "data" / "events.geojson"


def written(path: Path, *features: Any, **members: Any) -> Path:
    path.write_bytes(factories.encoded(factories.document(features, **members)))
    return path


def content(path: Path) -> dict[str, Any]:
    """A document without the order of its features, which is no part of what it says."""
    document = json.loads(path.read_bytes())
    return document | {"features": {feature["id"]: feature for feature in document["features"]}}


def there_and_back(source: Path, folder: Path) -> Path:
    middle, back = folder / "middle.parquet", folder / "back.geojson"
    assert main(["convert", str(source), str(middle)]) == 0
    assert main(["convert", str(middle), str(back)]) == 0
    return back


def test_the_store_that_comes_with_dateline_comes_back_the_same(tmp_path: Path) -> None:
    """Every feature, update and member of the collection is what it was."""
    back = there_and_back(STORE, tmp_path)
    assert content(back) == content(STORE)
    one, other = GeoJSONFileStore(STORE).snapshot(), GeoJSONFileStore(back).snapshot()
    assert other.events == one.events and other.sites == one.sites and list(other.updates) == list(one.updates) and other.problems == ()


def test_what_dateline_does_not_know_comes_over(tmp_path: Path) -> None:
    """Foreign members at every level, altitudes, nulls, an event that was retracted, and halves of surrogate pairs."""
    retracted = factories.event("e-2", retracted={"at": "2021-01-01T00:00:00Z", "by": "Ada", "why": "Twice."})
    strange = factories.event("e-3", imported={"a": [1.5, None, {"b": "\ud83d"}]}) | {"bbox": [44, 33, 44, 33], "stranger": {"x": None}}
    strange["geometry"] = {"type": "Point", "coordinates": [44.0, 33.0, 812.5], "note": "measured"}
    source = tmp_path / "source.geojson"
    members = {"bbox": [44, 33, 44, 33], "stranger": {"deep": [1, [2, {}]]}, "dateline": {"schema": 1, "title": "T", "own": [None]}}
    document = factories.document(
        [retracted, strange, factories.site(), factories.event("e-1", at=None)], [factories.update(stranger=[1, "x"])], **members
    )
    source.write_text(json.dumps(document), encoding="utf-8")
    back = there_and_back(source, tmp_path)
    assert content(back) == content(source)
    collection = open_store(tmp_path / "middle.parquet").snapshot()
    assert [event.id for event in collection.retracted] == ["e-2"] and collection.total == 2


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(
    kept=st.lists(VALUES, max_size=4),
    at=st.none() | st.tuples(st.floats(-180, 180), st.floats(-90, 90)),
    day=st.dates().map(str),
    members=st.dictionaries(
        st.text(min_size=1, max_size=6).filter(lambda name: name not in ("type", "dateline", "updates", "features")), VALUES, max_size=2
    ),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_store_comes_back_the_same(tmp_path_factory: pytest.TempPathFactory, kept: Any, at: Any, day: str, members: Any) -> None:
    """Whatever values stand in it."""
    folder = tmp_path_factory.mktemp("any")
    events = [factories.event(f"e-{number}", at=at, start=day, imported=value) for number, value in enumerate(kept)]
    source = written(folder / "source.geojson", *events, **members)
    if GeoJSONFileStore(source).snapshot().left_out == 0:
        assert content(there_and_back(source, folder)) == content(source)


def test_the_parquet_file_is_one_that_other_tools_read(tmp_path: Path) -> None:
    """GeoPandas finds the points, on WGS84, and the columns."""
    target = tmp_path / "store.parquet"
    assert main(["convert", str(STORE), str(target)]) == 0
    frame = geopandas.read_parquet(target)
    assert str(frame.crs) == "OGC:CRS84"
    events = frame[frame["record"] == "event"]
    assert len(events) == 17 and int(events.geometry.notna().sum()) == 15


def test_what_cannot_be_read_is_told_and_the_rest_converted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken record is named with its place and its fault, and the exit status is 1."""
    source = written(tmp_path / "source.geojson", factories.event("good"), factories.event("bad", at=(200, 95)))
    target = tmp_path / "target.parquet"
    assert main(["convert", str(source), str(target)]) == 1
    out, err = capsys.readouterr()
    assert "/features/1/geometry/coordinates" in out and "200" in out
    assert "1 record of" in err and "1 event" in err
    assert open_store(target).snapshot().total == 1
    assert main(["convert", str(source), str(target), "--force", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["events"], told["left_out"]) == (1, 1) and told["problems"][0]["pointer"].startswith("/features/1")


@pytest.mark.parametrize("names", [("a.geojson", "b.parquet"), ("a.parquet", "b.geojson")])
def test_nothing_is_overwritten_unasked(tmp_path: Path, names: tuple[str, str]) -> None:
    """A file that is there stays, byte for byte; with --force it is replaced."""
    source, target = (tmp_path / name for name in names)
    plain = written(tmp_path / "plain.geojson", factories.event())
    other = written(tmp_path / "other.geojson", factories.event("e-2"), factories.event("e-3"))
    for path, held in ((source, plain), (target, other)):
        if path.suffix == ".parquet":
            main(["convert", str(held), str(path)])
        else:
            path.write_bytes(held.read_bytes())
    before = target.read_bytes()
    assert main(["convert", str(source), str(target)]) == 2
    assert target.read_bytes() == before
    assert main(["convert", str(source), str(target), "--force"]) == 0
    assert open_store(target).snapshot().total == 1


def test_what_is_replaced_stays_in_the_history(tmp_path: Path) -> None:
    """A GeoJSON store that a conversion replaces can be had back."""
    source, target = tmp_path / "source.parquet", written(tmp_path / "target.geojson", factories.event("e-2"))
    main(["convert", str(written(tmp_path / "plain.geojson", factories.event())), str(source)])
    before = target.read_bytes()
    assert main(["convert", str(source), str(target), "--force", "--by", "Ada"]) == 0
    entry = StoreWriter(target).history.last()
    assert entry is not None and entry.by == "Ada" and "source.parquet" in entry.why
    assert main(["undo", "--store", str(target)]) == 0
    assert target.read_bytes() == before


@pytest.mark.parametrize("names", [("a.geojson", "b.parquet"), ("a.parquet", "b.geojson")])
def test_a_dateline_that_only_reads_converts_nothing(tmp_path: Path, names: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """DATELINE_READ_ONLY refuses in words, and no file is made."""
    source, target = (tmp_path / name for name in names)
    plain = written(tmp_path / "a.geojson", factories.event())
    if source != plain:
        main(["convert", str(plain), str(source)])
    monkeypatch.setenv("DATELINE_READ_ONLY", "1")
    assert main(["convert", str(source), str(target)]) == 1
    assert not target.exists()


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["{folder}/none.geojson", "{folder}/b.parquet"], 1),
        (["{store}", "{folder}/b.csv"], 2),
        (["{folder}/damaged.parquet", "{folder}/b.parquet"], 2),
        (["{store}", "{folder}/nowhere/b.parquet"], 1),
        (["{store}", "{folder}/folder.parquet", "--force"], 2),
        (["{folder}/damaged.parquet", "{folder}/b.geojson"], 1),
        (["{folder}/damaged.geojson", "{folder}/b.parquet"], 1),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, words: list[str], status: int, capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence, a status, and nothing made."""
    store = written(tmp_path / "a.geojson", factories.event())
    (tmp_path / "folder.parquet").mkdir()
    (tmp_path / "damaged.parquet").write_bytes(b"PAR1 no more")
    (tmp_path / "damaged.geojson").write_bytes(b"{")
    before = sorted(path.name for path in tmp_path.iterdir())
    assert main(["convert", *(word.format(store=store, folder=tmp_path) for word in words)]) == status
    assert capsys.readouterr().err.startswith("python -m geo convert: ")
    assert [name for name in sorted(path.name for path in tmp_path.iterdir()) if not name.endswith(".lock")] == before
