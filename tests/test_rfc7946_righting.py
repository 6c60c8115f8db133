"""Any valid GeoJSON file read and written again: the same features, with rings the right way around and nothing across the antimeridian."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from geo.bounded_json import parse_json
from geo.cli.program import main
from geo.rfc7946 import OWN_FILE_LIMITS, check_rfc7946, put_right, write_geojson
from geo.store.editing import AddEvent, Editor, StoreWriter
from tests.corpus_files import CORPUS, MANIFEST
from tests.factories import document, encoded, event
from tests.geojson_strategies import GEOJSON

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared" / "data" / "geojson_corpus"
OWN = sorted(name for name, told in MANIFEST.items() if told["verdict"] != "error")
BOX = [[170, -10], [190, -10], [190, 10], [170, 10], [170, -10]]
CLOCKWISE = [[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]


def read(body: bytes) -> Any:
    """A file's JSON value."""
    return parse_json(body, max_bytes=OWN_FILE_LIMITS.max_bytes)


def without_coordinates(value: Any) -> Any:
    """A value with what putting right may change left out: coordinates, and the types of geometries that are cut."""
    if isinstance(value, list):
        return [without_coordinates(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") in ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon") and "coordinates" in value:
        return {name: item for name, item in value.items() if name not in ("type", "coordinates", "bbox")}
    return {name: without_coordinates(item) for name, item in value.items() if name != "bbox"}


def warned(body: bytes) -> str:
    """The warnings of what is put right, in one text."""
    return " ".join(
        problem.message for problem in check_rfc7946(body).warnings if "right-hand" in problem.message or "antimeridian" in problem.message
    )


def holds_the_same(body: bytes, target: Path, status: int) -> None:
    """What was written has the features of `body`, is as RFC 7946 recommends unless the exit status says otherwise, and is not changed again."""
    written = target.read_bytes()
    before, after = read(body), read(written)
    # The text tells what `==` does not: 1 from 1.0 and true, and the order of members.
    assert json.dumps(without_coordinates(after)) == json.dumps(without_coordinates(before))
    assert check_rfc7946(written).conforms
    if status == 0:
        assert warned(written) == ""
    again = put_right(after)
    assert write_geojson(again.value) == written and (again.rewound, again.cut) == (0, 0)


@pytest.mark.parametrize("name", OWN)
def test_every_valid_file_of_the_corpus_keeps_its_features(name: str, tmp_path: Path) -> None:
    """Ids with their types, properties, nulls, foreign members and their order; only coordinates are put right."""
    target = tmp_path / "out.geojson"
    status = main(["convert", str(CORPUS / name), str(target)])
    holds_the_same((CORPUS / name).read_bytes(), target, status)


@pytest.mark.skipif(not SHARED.exists(), reason="the corpus of other projects is not here")
def test_every_valid_file_of_other_projects_keeps_its_features(tmp_path: Path) -> None:
    """And those that break a MUST are refused, with nothing written."""
    for path in sorted(SHARED.rglob("*.*json")):
        target = tmp_path / f"{path.stem}.json"
        status = main(["convert", str(path), str(target)])
        if check_rfc7946(path.read_bytes()).conforms:
            holds_the_same(path.read_bytes(), target, status)
        else:
            assert status == 1 and not target.exists(), path


@settings(max_examples=60)
@given(GEOJSON)
def test_whatever_is_valid_keeps_everything_but_coordinates(value: dict[str, Any]) -> None:
    """And is the same when it is put right again."""
    if not check_rfc7946(value).conforms:
        return
    done = put_right(value)
    assert json.dumps(without_coordinates(done.value)) == json.dumps(without_coordinates(value))
    assert check_rfc7946(done.value).conforms
    again = put_right(done.value)
    assert json.dumps(again.value) == json.dumps(done.value) and (again.rewound, again.cut) == (0, 0)


def test_a_box_across_the_antimeridian_is_cut_and_its_bbox_with_it() -> None:
    """Its parts lie within -180 to 180, its west edge lies east of its east edge; what was right is the very same value."""
    crossing = {"type": "Feature", "id": 7, "bbox": [170, -10, 190, 10], "geometry": {"type": "Polygon", "coordinates": [BOX]}, "properties": None}
    right = {"type": "Feature", "id": "7", "geometry": {"type": "Point", "coordinates": [1.0, 2, 812.5], "own": [None]}, "properties": {"a": 1.0}}
    given_ = {"type": "FeatureCollection", "bbox": [1, -10, 190, 10], "features": [crossing, right], "own": {"x": 1}}
    done = put_right(given_)
    cut, same = done.value["features"]
    assert (done.rewound, done.cut, done.left) == (0, 1, ())
    assert cut["geometry"]["type"] == "MultiPolygon" and cut["bbox"] == [170, -10, -170, 10] and cut["id"] == 7
    assert all(-180 <= lon <= 180 for polygon in cut["geometry"]["coordinates"] for ring in polygon for lon, _ in ring)
    assert same == right and done.value["bbox"] == [1, -10, -170, 10] and done.value["own"] == {"x": 1}
    assert given_["features"][0]["geometry"]["type"] == "Polygon"


def test_altitudes_stay_and_have_a_place_at_the_cut() -> None:
    """In a bbox of six numbers, too; parts of a GeometryCollection are put right each for itself."""
    line = {"type": "LineString", "coordinates": [[179, 0, 100], [181, 0, 300]], "bbox": [179, 0, 100, 181, 0, 300]}
    polygon = {"type": "Polygon", "coordinates": [[[*position, 5] for position in CLOCKWISE]]}
    done = put_right({"type": "GeometryCollection", "geometries": [line, polygon], "own": 1})
    cut, turned = done.value["geometries"]
    assert cut == {
        "type": "MultiLineString",
        "coordinates": [[[179, 0, 100], [180, 0, 200]], [[-180, 0, 200], [-179, 0, 300]]],
        "bbox": [179, 0, 100, -179, 0, 300],
    }
    assert turned["coordinates"] == [polygon["coordinates"][0][::-1]] and (done.rewound, done.cut) == (1, 1)
    assert put_right({"type": "LineString", "coordinates": [[-200, 0], [200, 0]], "bbox": [-200, 0, 200, 0]}).value["bbox"] == [-180, 0, 180, 0]


@pytest.mark.parametrize("crs", [None, {"type": "name", "properties": {"name": "EPSG:3857"}}, {"type": "link", "properties": {"href": "http://x"}}])
def test_under_a_foreign_crs_nothing_is_touched(crs: Any) -> None:
    """Degrees would be taken for metres; it is told, and the rest of the file is put right."""
    foreign = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [CLOCKWISE]}, "properties": None, "crs": crs}
    own = {key: value for key, value in foreign.items() if key != "crs"}
    done = put_right({"type": "FeatureCollection", "features": [foreign, own]})
    assert done.value["features"][0] is foreign and done.rewound == 1
    assert [problem.pointer for problem in done.left] == ["/features/0/crs"]


def test_what_cannot_be_cut_stays_and_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file is written all the same, and the exit status says that something is left."""
    far = {"type": "Feature", "id": 1, "geometry": {"type": "LineString", "coordinates": [[0, 0], [9000, 0]]}, "properties": {}}
    source, target = tmp_path / "in.geojson", tmp_path / "out.geojson"
    source.write_text(json.dumps({"type": "FeatureCollection", "features": [far]}), encoding="utf-8")
    assert main(["convert", "--json", str(source), str(target)]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["problems"][0]["pointer"] == "/features/0/geometry/coordinates/1/0" and told["features"] == 1
    assert read(target.read_bytes())["features"] == [far]
    assert main(["convert", str(source), str(target)]) == 2
    assert main(["convert", "--force", str(source), str(target)]) == 1
    assert "stayed as they were" in capsys.readouterr().err


def test_what_breaks_the_rfc_is_refused_and_nothing_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With where it stands, as `validate` says it."""
    source, target = tmp_path / "in.geojson", tmp_path / "out.geojson"
    source.write_text('{"type": "Feature", "geometry": {"type": "Point", "coordinates": [1]}, "properties": null}', encoding="utf-8")
    assert main(["convert", str(source), str(target)]) == 1
    assert "/geometry/coordinates" in capsys.readouterr().err and not target.exists()


def test_a_store_is_not_overwritten_by_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither one that has a history nor the one that the app opens, also with --force: there is another way into a store."""
    source, kept, opened = tmp_path / "in.geojson", tmp_path / "kept.geojson", tmp_path / "opened.geojson"
    for path in (source, kept, opened):
        path.write_bytes(encoded(document([event()])))
    StoreWriter(kept).apply([AddEvent(event("e-2"))], by=Editor("Ana"), why="told so")
    monkeypatch.setenv("DATELINE_STORE", str(opened))
    before = kept.read_bytes(), opened.read_bytes()
    for target in (kept, opened):
        assert main(["convert", "--force", str(source), str(target)]) == 2
        assert "is a store" in capsys.readouterr().err
    assert (kept.read_bytes(), opened.read_bytes()) == before
