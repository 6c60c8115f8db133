"""A stranger's collection in two, and the file of what was set aside, mended and brought again."""

from __future__ import annotations

from typing import Any

import pytest

from geo.bounded_json import Limits, read_bounded
from geo.errors import InvalidInput
from geo.rfc7946 import check_rfc7946, mending_file, set_aside, write_geojson

POINT = {"type": "Point", "coordinates": [44, 33]}


def feature(id_: Any, geometry: Any = POINT, **members: Any) -> dict[str, Any]:
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": {"title": "x"}} | members


def collection(*features: Any, **members: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", **members, "features": list(features)}


FAR = {"type": "Point", "coordinates": [444, 33]}


def test_good_features_go_on_and_bad_ones_are_set_aside_with_a_reason_each() -> None:
    """Order, index and the features themselves stay; a reason names the field, the value and what to do."""
    document = collection(feature("a"), feature("b", FAR), None, feature("c", properties=[]), feature("a"), feature("d"), updates=[{"id": "u"}])
    sorted_ = set_aside(document)
    assert [(one.index, one.feature["id"]) for one in sorted_.good] == [(0, "a"), (5, "d")]
    assert [(one.index, [problem.pointer for problem in one.problems]) for one in sorted_.bad] == [
        (1, ["/features/1/geometry/coordinates/0"]),
        (2, ["/features/2"]),
        (3, ["/features/3/properties"]),
        (4, ["/features/4/id"]),
    ]
    assert sorted_.bad[0].problems[0].value == "444"
    assert sorted_.bad[0].feature is document["features"][1]
    assert sorted_.members == {"updates": [{"id": "u"}]}
    assert sorted_.doubts == ()


def test_what_was_set_aside_can_be_mended_and_brought_again() -> None:
    """The file of bad features says where in it each fault is; mended there, all of it is good."""
    document = collection(feature("a"), feature("b", FAR, note={"kept": True}), feature(7, properties=[]), updates=[1], bbox=[0, 0, 1, 1])
    file = read_bounded(write_geojson(mending_file(set_aside(document))))
    assert check_rfc7946(file).errors != ()
    assert [(reason["pointer"], reason["was"]) for reason in file["set_aside"]] == [
        ("/features/0/geometry/coordinates/0", 1),
        ("/features/1/properties", 2),
    ]
    assert file["features"] == document["features"][1:]
    assert file["updates"] == [1]
    assert "bbox" not in file
    file["features"][0]["geometry"]["coordinates"][0] = 44.4
    file["features"][1]["properties"] = {}
    again = set_aside(write_geojson(file))
    assert [one.feature["id"] for one in again.good] == ["b", 7]
    assert again.bad == ()
    assert mending_file(again)["set_aside"] == []


def test_a_lone_surrogate_costs_its_feature_alone_and_can_be_written_to_be_mended() -> None:
    """Text that UTF-8 does not have comes back as the escape that it was."""
    body = (
        b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"t":"\\ud800"}},'
        + write_geojson(feature("b"))
        + b"]}"
    )
    sorted_ = set_aside(body)
    assert [one.index for one in sorted_.good] == [1]
    assert b'"\\ud800"' in write_geojson(mending_file(sorted_))


def test_an_id_belongs_to_the_first_feature_that_has_it_even_a_bad_one() -> None:
    """Else a mended feature would meet its own id in the store."""
    sorted_ = set_aside(collection(feature("a", FAR), feature("a"), feature("7"), feature(7), feature(7.0), feature(None)))
    assert [one.index for one in sorted_.good] == [2, 3]
    assert [one.index for one in sorted_.bad] == [0, 1, 4, 5]


@pytest.mark.parametrize(
    ("document", "where"),
    [
        (7, ""),
        ([], ""),
        (POINT, "/type"),
        (feature("a"), "/type"),
        ({"type": "FeatureCollection"}, "/features"),
        ({"type": "FeatureCollection", "features": None}, "/features"),
        (collection(crs=None), "/crs"),
        (collection(crs={"type": "name", "properties": {"name": "EPSG:32638"}}), "/crs/properties/name"),
        (collection(*[feature(index) for index in range(4)]), "/features"),
        (b"{", ""),
        (b"\xff", ""),
        (b" " * 2_000, ""),
    ],
)
def test_what_cannot_be_sorted_is_refused_as_a_whole(document: Any, where: str) -> None:
    """No collection, too large, or in coordinates that are not WGS84: nothing of it is taken, and the place is told."""
    with pytest.raises(InvalidInput) as caught:
        set_aside(document, Limits(max_bytes=1_000, max_features=3))
    assert [problem.pointer for problem in caught.value.problems] == [where]
    assert caught.value.problems[0].advice


def test_faults_of_the_collection_itself_cost_no_feature() -> None:
    """They are doubts, told beside the good features; its bbox is of no use to an import and not looked at."""
    sorted_ = set_aside(collection(feature("a"), properties={}, bbox="x", note="\ud800"))
    assert len(sorted_.good) == 1
    assert [problem.pointer for problem in sorted_.doubts] == ["/properties", "/note"]


def test_the_vertices_of_a_feature_are_bounded() -> None:
    """A feature with more positions than allowed is set aside, its neighbours are not."""
    many = {"type": "MultiPoint", "coordinates": [[0, 0]] * 11}
    sorted_ = set_aside(collection(feature("a", many), feature("b")), Limits(max_vertices=10))
    assert [one.index for one in sorted_.bad] == [0]
    assert "the 10 positions" in sorted_.bad[0].problems[0].message


def test_the_reasons_of_one_feature_are_bounded() -> None:
    """A feature with hundreds of faults has ten reasons and a word that there are more."""
    wild = {"type": "GeometryCollection", "geometries": [None] * 500}
    (bad,) = set_aside(collection(feature("a", wild))).bad
    assert len(bad.problems) == 11
    assert bad.problems[-1].pointer == "/features/0"
