"""Conformance to RFC 7946: the corpus of the project, one of others if it is there, and each rule at its edge."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geo.bounded_json import Limits
from geo.cli.program import main
from geo.errors import InvalidInput
from geo.rfc7946 import check_rfc7946, crs_problem, set_aside
from tests.corpus_files import CORPUS, MANIFEST, ROOT, body

OTHERS = ROOT.parent / "shared" / "data" / "geojson_corpus"
# RFC 7946 says SHOULD of these (docs/rfc7946.md), so they conform with a warning.
ONLY_SHOULD = {
    "bad-polygon-interiorring-rhr": "/coordinates/1",
    "excessive_precision_truncated": "/coordinates/0/0",
    "geometrycollection_nested": "/geometries/1",
    "geometrycollection_single": "/geometries",
    "point-toomany": "/coordinates",
    "polygon_winding_order": "/coordinates/0",
}
SQUARE = [[44, 33], [45, 33], [45, 34], [44, 34], [44, 33]]


def point(*coordinates: Any, **members: Any) -> dict[str, Any]:
    return {"type": "Point", "coordinates": list(coordinates)} | members


def feature(geometry: Any = None, **members: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": None} | members


def errors(value: Any, limits: Limits | None = None) -> list[str]:
    findings = check_rfc7946(value, limits) if limits else check_rfc7946(value)
    return [problem.pointer for problem in findings.errors]


def warnings(value: Any) -> list[str]:
    findings = check_rfc7946(value)
    assert findings.errors == ()
    return [problem.pointer for problem in findings.warnings]


def test_the_corpus_holds_what_the_manifest_says() -> None:
    """Each file of the corpus stands in the manifest, and there are sixty or more."""
    assert sorted(path.name for path in CORPUS.glob("*.geojson")) == sorted(MANIFEST)
    assert len(MANIFEST) >= 60


@pytest.mark.parametrize("name", MANIFEST)
def test_each_file_of_the_corpus_gets_its_verdict(name: str) -> None:
    """A file conforms, conforms with a warning, or is refused, at the place and for the reason that the manifest names."""
    wanted = MANIFEST[name]
    findings = check_rfc7946(body(name))
    verdict = "error" if findings.errors else "warning" if findings.warnings else "conforms"
    assert verdict == wanted["verdict"], findings
    if verdict != "conforms":
        first = (findings.errors or findings.warnings)[0]
        assert wanted["says"] in first.message
        assert wanted["pointer"] in (None, first.pointer)
    assert all(problem.advice for problem in findings.errors + findings.warnings)


@pytest.mark.parametrize("name", MANIFEST)
def test_each_file_of_the_corpus_is_sorted_as_the_manifest_says(name: str) -> None:
    """An import takes all features, sets some aside, or refuses the file as a whole."""
    if MANIFEST[name]["import"] == "refused":
        with pytest.raises(InvalidInput) as caught:
            set_aside(body(name))
        assert all(problem.message and problem.advice for problem in caught.value.problems)
        return
    sorted_ = set_aside(body(name))
    assert ("set aside" if sorted_.bad else "good") == MANIFEST[name]["import"]
    for bad in sorted_.bad:
        assert bad.problems
        assert all(problem.pointer.startswith(f"/features/{bad.index}") and problem.advice for problem in bad.problems)


@pytest.mark.skipif(not OTHERS.is_dir(), reason="the corpus of geojsonhint's cases is not beside this folder")
def test_every_good_file_of_others_passes(capsys: pytest.CaptureFixture[str]) -> None:
    """`validate --rfc7946` exits 0 on each of them."""
    files = sorted((OTHERS / "good").glob("*.geojson"))
    assert files
    assert [path.name for path in files if main(["validate", "--rfc7946", str(path)]) != 0] == []


@pytest.mark.skipif(not OTHERS.is_dir(), reason="the corpus of geojsonhint's cases is not beside this folder")
def test_every_bad_file_of_others_is_refused_or_warned_of(capsys: pytest.CaptureFixture[str]) -> None:
    """`validate --rfc7946` exits 1 with a reason and a place, or 0 with a warning where RFC 7946 says SHOULD."""
    files = sorted((OTHERS / "bad").glob("*.geojson"))
    assert files
    for path in files:
        status = main(["validate", "--rfc7946", "--json", str(path)])
        found = json.loads(capsys.readouterr().out)
        if path.stem in ONLY_SHOULD:
            assert (status, found["errors"]) == (0, [])
            assert [one["pointer"] for one in found["warnings"]] == [ONLY_SHOULD[path.stem]]
        else:
            assert (status, found["valid"]) == (1, False), path.name
            assert all(one["message"] and one["advice"] for one in found["errors"])
            assert all(one["pointer"] or path.stem == "rootstring" for one in found["errors"])


def test_the_command_says_errors_and_warnings_in_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each finding is one line with its weight, pointer, fault, value and advice; the exit status tells errors alone."""
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps(point(44.123456789, 33)))
    assert main(["validate", "--rfc7946", str(path)]) == 0
    said = capsys.readouterr()
    assert said.out == (
        "warning: /coordinates/0: has more than 7 decimals in 1 position, which is finer than a centimetre (got 44.123456789). "
        "Round to 6 or 7 decimals (RFC 7946, 11.2).\n"
    )
    assert said.err == f"{path}: conforms to RFC 7946; 1 warning\n"
    path.write_text(json.dumps(point("44\x1b[2J", 33)))
    assert main(["validate", "--rfc7946", str(path)]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("error: /coordinates/0: must be a number, as each element of a position (got '44\\x1b[2J'). ")
    assert said.err == f"{path}: does not conform to RFC 7946; 1 error\n"


def test_the_command_tells_what_it_cannot_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file and a folder are told in words, also as JSON."""
    for path, words in ((tmp_path / "none", "there is no such file"), (tmp_path, "this is a folder, not a file")):
        assert main(["validate", "--rfc7946", str(path)]) == 1
        assert words in capsys.readouterr().out
        assert main(["validate", "--rfc7946", "--json", str(path)]) == 1
        assert json.loads(capsys.readouterr().out)["errors"][0]["message"] == words


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no endless device on this system")
def test_the_command_does_not_read_a_device() -> None:
    """A file without an end is not read."""
    assert main(["validate", "--rfc7946", "/dev/zero"]) == 1


def test_a_store_is_valid_geojson(capsys: pytest.CaptureFixture[str]) -> None:
    """The events that come with Dateline conform, and without --rfc7946 the store's own rules are checked as before."""
    shipped = str(ROOT / "data" / "events.geojson")
    assert main(["validate", "--rfc7946", shipped]) == 0
    assert main(["validate", shipped]) == 0


@pytest.mark.parametrize(
    ("value", "where"),
    [
        (None, [""]),
        ([], [""]),
        ("Point", [""]),
        ({}, ["/type"]),
        ({"type": ["Point"]}, ["/type"]),
        ({"type": "POINT", "coordinates": [0, 0]}, ["/type"]),
        (feature(id=[]), ["/id"]),
        ({"type": "Feature"}, ["/properties", "/geometry"]),
        (feature(features=[], geometries=[]), ["/geometries", "/features"]),
        ({"type": "FeatureCollection", "features": [], "geometry": None, "geometries": []}, ["/geometries", "/geometry"]),
        (point(1, 2, geometry=None, properties={}, features=[]), ["/geometry", "/properties", "/features"]),
        (point(1, None), ["/coordinates/1"]),
        (point(1, 2, "3", [4]), ["/coordinates/2", "/coordinates/3"]),
        ({"type": "MultiPoint", "coordinates": [[1, 2], [3], 4]}, ["/coordinates/1", "/coordinates/2"]),
        ({"type": "MultiLineString", "coordinates": [[], [[1, 2], [3, 4]]]}, ["/coordinates/0"]),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE, [[1, 2]]]]}, ["/coordinates/0/1"]),
        ({"type": "GeometryCollection", "geometries": {}}, ["/geometries"]),
        ({"type": "GeometryCollection", "geometries": [feature()]}, ["/geometries/0/type"]),
        (point(1, 2, bbox=[1, 2, 1]), ["/bbox"]),
        (point(1, 2, bbox=[1, 2, 1, None]), ["/bbox/3"]),
        (point(1, 2, bbox=[1, 2, 1, True, 5]), ["/bbox/3", "/bbox"]),
        (point(1, 2, bbox=[1, 3, 1, 2]), ["/bbox/3"]),
        (point(1, 2, 3, bbox=[1, 2, 1, 2]), ["/bbox"]),
        (point(10**400, 2), ["/coordinates/0", "/coordinates/0"]),
        (point(1, float("nan")), ["/coordinates/1"]),
        (feature(point(1)), ["/geometry/coordinates"]),
        ({"type": "FeatureCollection", "features": [7]}, ["/features/0"]),
    ],
)
def test_what_breaks_a_must_is_an_error_at_its_place(value: Any, where: list[str]) -> None:
    """Every error has the JSON pointer of the member that is wrong or missing."""
    assert errors(value) == where


@pytest.mark.parametrize(
    "value",
    [
        point(1, 2),
        point(1, 2, 3, bbox=[1, 2, 3, 1, 2, 3]),
        point(179, 2, bbox=[179, 2, -179, 2]),
        feature(bbox=[0, 0, 0, 0]),
        feature(bbox=[0, 0, 0, 0, 0, 0]),
        feature(id=""),
        feature(id=1.5),
        feature(point(-180, -90), coordinate=[1], feature=[], crs_name="x"),
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 1], [0.0, 0.0]]]},
        {"type": "LineString", "coordinates": [[0, 0], [0, 0]]},
        {"type": "GeometryCollection", "geometries": []},
        {"type": "FeatureCollection", "features": [feature(id="1"), feature(id=1)]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 0], [0, 0]]]},
    ],
)
def test_what_keeps_to_the_letter_has_no_finding(value: Any) -> None:
    """The edges of each rule are let through without a word."""
    findings = check_rfc7946(value)
    assert (findings.errors, findings.warnings, findings.conforms) == ((), (), True)


@pytest.mark.parametrize(
    ("value", "where"),
    [
        (point(180.0000001, 2), ["/coordinates/0"]),
        (point(1, -90.1), ["/coordinates/1"]),
        (point(1.00000001, 2), ["/coordinates/0"]),
        (point(1, 2, 3, 4), ["/coordinates"]),
        ({"type": "LineString", "coordinates": []}, ["/coordinates"]),
        ({"type": "Polygon", "coordinates": []}, ["/coordinates"]),
        ({"type": "LineString", "coordinates": [[-170, 0], [170, 0]]}, ["/coordinates/1"]),
        ({"type": "LineString", "coordinates": [[180, 0], [-170, 0]]}, ["/coordinates/1"]),
        ({"type": "Polygon", "coordinates": [[[179, -1], [179, 1], [-179, 1], [-179, -1], [179, -1]]]}, ["/coordinates/0/2", "/coordinates/0"]),
        (point(1, 2, 3, bbox=[1, 2, 9, 1, 2, 3]), ["/bbox/5"]),
        (point(1, 2, bbox=[1, 2, 181, 2]), ["/bbox"]),
        (feature(crs={"type": "name", "properties": {"name": "EPSG:4326"}}), ["/crs"]),
        (feature(crs={"type": "name", "properties": {"name": "EPSG:3857"}}), ["/crs/properties/name"]),
    ],
)
def test_what_is_only_not_as_it_should_be_is_a_warning(value: Any, where: list[str]) -> None:
    """A SHOULD gives a warning at its place and no error."""
    assert warnings(value) == where


def test_many_faults_of_one_kind_are_told_once_with_their_number() -> None:
    """A thousand odd positions are one warning; a thousand faulty ones are ten errors and a number."""
    line = {"type": "LineString", "coordinates": [[index / 1_000_000_007, 0] for index in range(1, 1_001)]}
    (warning,) = check_rfc7946(line).warnings
    assert "in 1,000 positions" in warning.message
    findings = check_rfc7946({"type": "LineString", "coordinates": [["0", 0]] * 1_000})
    assert len(findings.errors) == 11
    assert findings.errors[-1].message == "has 990 more faults of these kinds"


def test_a_flood_of_errors_is_bounded() -> None:
    """Of very many errors the first thousand are listed, and that there are more is said."""
    findings = check_rfc7946({"type": "FeatureCollection", "features": [None] * 100_000})
    assert len(findings.errors) == 1_001
    assert findings.errors[-1].message == "has more errors, which are not listed"


def test_bounds_of_size_are_errors_with_the_number() -> None:
    """Too many features, positions or levels are refused by name, and what is just within is not."""
    limits = Limits(max_features=2, max_vertices=3, max_depth=4)
    line = {"type": "LineString", "coordinates": [[0, 0]] * 3}
    assert errors({"type": "FeatureCollection", "features": [feature(line), feature()]}, limits) == []
    assert errors({"type": "FeatureCollection", "features": [feature()] * 3}, limits) == ["/features"]
    assert errors(feature({"type": "LineString", "coordinates": [[0, 0]] * 4}), limits) == ["/geometry/coordinates"]
    parts = {"type": "GeometryCollection", "geometries": [{"type": "MultiLineString", "coordinates": [[[0, 0], [0, 0]], [[0, 0], [0, 0]]]}]}
    assert errors(feature(parts), Limits(max_vertices=3)) == ["/geometry/geometries/0/coordinates"]
    inside: dict[str, Any] = {"type": "GeometryCollection", "geometries": [line]}
    assert errors(inside, limits) == ["/geometries/0"]  # 2 + 3 levels
    assert errors({"type": "GeometryCollection", "geometries": [point(0, 0)]}, limits) == []  # 2 + 2
    assert errors({"type": "MultiPolygon", "coordinates": [[SQUARE]]}, limits) == [""]
    assert errors({"type": "MultiPolygon", "coordinates": [[SQUARE]]}, Limits(max_depth=5, max_vertices=5)) == []


@pytest.mark.parametrize(
    "name",
    [
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "urn:ogc:def:crs:OGC::CRS84",
        "OGC:CRS84",
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
        "https://www.opengis.net/def/crs/OGC/0/CRS84h",
        "EPSG:4326",
        "epsg:4326",
        "urn:ogc:def:crs:EPSG::4326",
        "urn:ogc:def:crs:EPSG:6.6:4326",
        "http://www.opengis.net/def/crs/EPSG/0/4326",
    ],
)
def test_a_crs_that_says_wgs84_is_taken(name: str) -> None:
    """The names that programs have written for WGS84 longitude and latitude say nothing new."""
    assert crs_problem({"type": "name", "properties": {"name": name}}, "/crs") is None


@pytest.mark.parametrize(
    "crs",
    [
        None,
        "EPSG:4326",
        {},
        {"type": "name"},
        {"type": "name", "properties": {}},
        {"type": "name", "properties": {"name": None}},
        {"type": "name", "properties": {"name": "EPSG:43260"}},
        {"type": "name", "properties": {"name": "EPSG:4326\n"}},
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}},
        {"type": "name", "properties": {"name": "EPSG:" + "9" * 100_000}},
        {"type": "link", "properties": {"href": "http://198.51.100.7/"}},
        {"type": "EPSG", "properties": {"code": 3857}},
    ],
)
def test_any_other_crs_is_refused_with_a_reason(crs: Any) -> None:
    """What does not say WGS84 is no import, and the reason tells what to do."""
    problem = crs_problem(crs, "/crs")
    assert problem is not None
    assert problem.pointer.startswith("/crs")
    assert "Transform" in problem.advice
