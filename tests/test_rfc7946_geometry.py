"""Rings put the right way around, and geometries cut at the antimeridian."""

from __future__ import annotations

import copy
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InvalidInput
from geo.rfc7946 import check_rfc7946, cut_at_antimeridian, rewound
from geo.rfc7946.rings import signed_area, stays
from tests.geojson_strategies import GEOMETRIES, star_polygons, star_rings, wrapped


def geometry(type_: str, coordinates: Any, **members: Any) -> dict[str, Any]:
    return {"type": type_, "coordinates": coordinates} | members


def cut(type_: str, coordinates: Any) -> tuple[str, Any]:
    """The type and the coordinates of what was cut, which must have no warning left."""
    result = cut_at_antimeridian(geometry(type_, coordinates))
    assert result is not None
    assert check_rfc7946(result).errors == ()
    assert cut_at_antimeridian(result) == result
    return result["type"], result["coordinates"]


def area(polygons: list[list[list[list[float]]]]) -> float:
    """Twice the area of polygons in square degrees, holes taken off."""
    return sum(abs(signed_area(ring) or 0) * (1 if index == 0 else -1) for polygon in polygons for index, ring in enumerate(polygon))


def polygons_of(given_: dict[str, Any]) -> list[list[list[list[float]]]]:
    return [given_["coordinates"]] if given_["type"] == "Polygon" else given_["coordinates"]


BOX = [[170, 40], [-170, 40], [-170, 50], [170, 50], [170, 40]]


def test_rings_are_put_the_right_way_around() -> None:
    """Exteriors become counterclockwise and holes clockwise; positions, altitudes and other members stay."""
    ring = [[0, 0, 7], [0, 4, 8], [4, 4, 9], [4, 0, 9.5], [0, 0, 7]]
    hole = [[1, 1], [2, 1], [2, 2], [1, 1]]
    assert rewound(geometry("Polygon", [ring, hole], note=1)) == geometry("Polygon", [ring[::-1], hole[::-1]], note=1)
    assert rewound(geometry("MultiPolygon", [[ring], [ring[::-1]]])) == geometry("MultiPolygon", [[ring[::-1]], [ring[::-1]]])
    inside = {"type": "GeometryCollection", "geometries": [geometry("Point", [1, 2]), geometry("Polygon", [ring])], "x": 1}
    assert rewound(inside) == {"type": "GeometryCollection", "geometries": [geometry("Point", [1, 2]), geometry("Polygon", [ring[::-1]])], "x": 1}
    assert rewound(None) is None


def test_a_ring_across_the_antimeridian_is_measured_across_it() -> None:
    """A counterclockwise box around 180 degrees stays as it is, although its longitudes alone go the other way."""
    assert rewound(geometry("Polygon", [BOX])) == geometry("Polygon", [BOX])
    assert rewound(geometry("Polygon", [BOX[::-1]])) == geometry("Polygon", [BOX])


@pytest.mark.parametrize(
    "ring", [[[0, 0], [1, 1], [2, 2], [0, 0]], [[-120, 80], [0, 80], [120, 80], [-120, 80]], [[1e308, 0], [-1e308, 0], [0, 1e308], [1e308, 0]]]
)
def test_a_ring_without_a_measurable_inside_stays_as_it_is(ring: list[list[float]]) -> None:
    """Flat, around a pole, or beyond numbers: there is nothing to decide by."""
    assert rewound(geometry("Polygon", [ring])) == geometry("Polygon", [ring])


@settings(max_examples=150, deadline=None)
@given(GEOMETRIES)
def test_rewinding_is_right_idempotent_and_loses_nothing(value: dict[str, Any]) -> None:
    """Afterwards no ring is warned of, a second time changes nothing, and the given geometry is untouched."""
    before = copy.deepcopy(value)
    after = rewound(value)
    assert value == before
    assert after is not None
    assert rewound(after) == after
    findings = check_rfc7946(after)
    assert findings.errors == ()
    assert not any("right-hand" in problem.message for problem in findings.warnings)


def test_the_line_of_rfc_7946_is_cut_as_printed_there() -> None:
    """The example of section 3.1.9."""
    assert cut("LineString", [[170.0, 45.0], [-170.0, 45.0]]) == (
        "MultiLineString",
        [[[170.0, 45.0], [180.0, 45.0]], [[-180.0, 45.0], [-170.0, 45.0]]],
    )


def test_the_polygon_of_rfc_7946_is_cut_as_printed_there() -> None:
    """The example of section 3.1.9, but for where each ring begins."""
    ring = [[-170.0, 40.0], [-170.0, 50.0], [170.0, 50.0], [170.0, 40.0], [-170.0, 40.0]]
    type_, (west, east) = cut("Polygon", [ring])
    assert type_ == "MultiPolygon"
    assert [sorted(polygon[0][:-1]) for polygon in (west, east)] == [
        [[170.0, 40.0], [170.0, 50.0], [180.0, 40.0], [180.0, 50.0]],
        [[-180.0, 40.0], [-180.0, 50.0], [-170.0, 40.0], [-170.0, 50.0]],
    ]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ([[170, 0], [180, 0], [-170, 0]], [[[170, 0], [180, 0]], [[-180, 0], [-170, 0]]]),
        ([[170, 0, 100], [-170, 0, 200]], [[[170, 0, 100], [180, 0, 150]], [[-180, 0, 150], [-170, 0, 200]]]),
        ([[170, 0, 100], [-170, 0]], [[[170, 0, 100], [180, 0]], [[-180, 0], [-170, 0]]]),
        ([[170, 0], [190, 10], [170, 20]], [[[170, 0], [180, 5]], [[-180, 5], [-170, 10], [-180, 15]], [[180, 15], [170, 20]]]),
        ([[-170, 0], [170, 0], [-170, 0]], [[[-170, 0], [-180, 0]], [[180, 0], [170, 0], [180, 0]], [[-180, 0], [-170, 0]]]),
        ([[180, 0], [180, 5], [-170, 5]], [[[180, 0], [180, 5]], [[-180, 5], [-170, 5]]]),
    ],
)
def test_lines_are_cut_where_they_cross(line: list[list[float]], parts: list[list[list[float]]]) -> None:
    """Touching vertices, altitudes, and lines that come back; latitudes and altitudes at the cut are those of the straight line."""
    assert cut("LineString", line) == ("MultiLineString", parts)


@pytest.mark.parametrize(
    ("type_", "coordinates", "expected"),
    [
        ("Point", [190, 5, 7], [-170, 5, 7]),
        ("MultiPoint", [[-190, 5], [180, 5], [0, 0]], [[170, 5], [180, 5], [0, 0]]),
        ("LineString", [[181, 0], [190, 0]], [[-179, 0], [-170, 0]]),
        ("LineString", [[180, 45], [-170, 45]], [[-180, 45], [-170, 45]]),
        ("LineString", [[190, 0], [190, 0]], [[-170, 0], [-170, 0]]),
        ("Polygon", [[[180, 0], [190, 0], [190, 5], [180, 5], [180, 0]]], [[[-180, 0], [-170, 0], [-170, 5], [-180, 5], [-180, 0]]]),
    ],
)
def test_what_only_lies_beyond_180_is_moved(type_: str, coordinates: Any, expected: Any) -> None:
    """A geometry drawn on the next map of the world comes back to this one, with its type."""
    assert cut(type_, coordinates) == (type_, expected)


@pytest.mark.parametrize(
    ("type_", "coordinates"),
    [
        ("Point", [180, 0]),
        ("LineString", [[170, 0], [180, 5], [170, 10]]),
        ("LineString", []),
        ("Polygon", []),
        ("MultiPolygon", []),
        ("Polygon", [[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]]),
        ("Polygon", [[[-180, -23], [180, -23], [180, 23], [-180, 23], [-180, -23]]]),
        ("Polygon", [[[-90, 0], [90, 0], [90, 5], [-90, 5], [-90, 0]]]),
    ],
)
def test_what_does_not_cross_stays(type_: str, coordinates: Any) -> None:
    """Frames of the world, bands of latitude and what touches the antimeridian are as they were."""
    assert cut(type_, coordinates) == (type_, coordinates)


def test_a_hole_across_the_cut_opens_both_parts() -> None:
    """The hole becomes a bay of each part; a hole on one side stays a hole there."""
    across = [[175, 42], [175, 48], [-175, 48], [-175, 42], [175, 42]]
    beside = [[-174, 42], [-174, 48], [-172, 48], [-172, 42], [-174, 42]]
    type_, parts = cut("Polygon", [BOX, across, beside])
    assert type_ == "MultiPolygon"
    assert [len(part) for part in parts] == [1, 2]
    assert parts[1][1] == beside
    assert area(parts) == pytest.approx(area([[BOX, across, beside]]))


def test_a_comb_becomes_a_part_for_each_tooth() -> None:
    """Concave polygons are taken apart rather than joined by lines along the cut."""
    comb = [[170, 0], [-170, 0], [-170, 2], [175, 2], [175, 4], [-170, 4], [-170, 6], [170, 6], [170, 0]]
    _, parts = cut("Polygon", [comb])
    assert len(parts) == 3
    assert area(parts) == pytest.approx(area([[comb]]))


@pytest.mark.parametrize(
    ("ring", "pole"), [([[-120, 80], [0, 80], [120, 80], [-120, 80]], 90), ([[120, -80], [0, -70], [-120, -80], [120, -80]], -90)]
)
def test_a_polygon_around_a_pole_gets_the_pole_as_its_edge(ring: list[list[float]], pole: float) -> None:
    """Going east it has the North Pole on its left, going west the South Pole."""
    type_, (closed,) = cut("Polygon", [ring])
    assert type_ == "Polygon"
    assert {lat for lon, lat in closed if abs(lon) == 180} == {pole, ring[0][1]}
    assert all(position in closed for position in ring)
    assert (signed_area(closed) or 0) > 0


def test_members_and_collections_are_kept() -> None:
    """Each part of a GeometryCollection is cut; other members and the given value stay as they were."""
    given_ = {"type": "GeometryCollection", "geometries": [geometry("Point", [1, 2]), geometry("Polygon", [BOX], note="x")], "by": "me"}
    before = copy.deepcopy(given_)
    result = cut_at_antimeridian(given_)
    assert given_ == before
    assert result is not None
    assert (result["by"], result["geometries"][0], result["geometries"][1]["note"]) == ("me", before["geometries"][0], "x")
    assert [part["type"] for part in result["geometries"]] == ["Point", "MultiPolygon"]
    assert cut_at_antimeridian(None) is None


@pytest.mark.parametrize(
    ("coordinates", "where", "reason"),
    [
        ([[[1000, 0], [1001, 0], [1001, 1], [1000, 0]]], "/coordinates/0/0/0", "beyond 540"),
        ([[[1e308, 0], [-1e308, 0], [0, 1e308], [1e308, 0]]], "/coordinates/0/0/0", "beyond 540"),
        ([BOX, [[0, 0], [1, 1], [1, 0], [0, 0]]], "/coordinates", "a hole lies outside"),
        ([BOX, [[-120, 80], [0, 80], [120, 80], [-120, 80]]], "/coordinates", "a hole goes around a pole"),
        ([[[170, 0], [-170, 0], [170, 10], [-170, 10], [170, 0]]], "/coordinates", "its rings cross each other"),
        ([[[0, 0], [170, 0], [-20, 10], [150, 10], [-40, 20], [0, 20], [0, 0]]], "/coordinates", "more than once around the Earth"),
        ([[[0, 0], [170, 0], [-20, 0], [150, 0], [150, 9], [-20, 9], [170, 9], [0, 9], [0, 0]]], "/coordinates", "wider than the Earth"),
    ],
)
def test_what_has_no_parts_is_refused_with_the_reason(coordinates: Any, where: str, reason: str) -> None:
    """Nothing is repaired by guessing."""
    with pytest.raises(InvalidInput) as caught:
        cut_at_antimeridian(geometry("Polygon", coordinates))
    (problem,) = caught.value.problems
    assert problem.pointer == where
    assert reason in problem.message
    assert problem.advice


@settings(max_examples=250, deadline=None)
@given(star_polygons(), st.booleans())
def test_a_cut_polygon_keeps_its_area_and_is_closed(polygon: list[list[list[float]]], as_files: bool) -> None:
    """Wherever it lies, however it is written: the parts are within 180 degrees, closed, the right way around, of the same area, and stay."""
    rings = [wrapped(ring) for ring in polygon] if as_files else polygon
    result = cut_at_antimeridian(geometry("Polygon", rings))
    assert result is not None
    parts = polygons_of(result)
    assert all(ring[0] == ring[-1] and len(ring) > 3 and stays(ring) for part in parts for ring in part)
    assert all(((signed_area(ring) or 0) > 0) == (index == 0) for part in parts for index, ring in enumerate(part))
    assert area(parts) == pytest.approx(area([polygon]), abs=1e-3)
    assert cut_at_antimeridian(result) == result


@settings(max_examples=150, deadline=None)
@given(star_rings(), st.lists(st.floats(-100, 9000), min_size=13, max_size=13))
def test_altitudes_at_a_cut_lie_between_those_of_the_edge(ring: list[list[float]], altitudes: list[float]) -> None:
    """Every position keeps its altitude; those at the cut are interpolated."""
    high = [[lon, lat, altitudes[index]] for index, (lon, lat) in enumerate(ring[:-1])]
    result = cut_at_antimeridian(geometry("Polygon", [[*high, high[0]]]))
    assert result is not None
    found = [position for part in polygons_of(result) for position in part[0]]
    assert {altitude for _, _, altitude in high} <= {altitude for _, _, altitude in found}
    assert all(min(altitudes) - 1e-6 <= altitude <= max(altitudes) + 1e-6 for _, _, altitude in found)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(-18, 18).map(lambda tens: 10 * tens), st.integers(-80, 80)).map(list), min_size=2, max_size=12))
def test_a_cut_line_keeps_its_positions_in_order(line: list[list[float]]) -> None:
    """Each part stays within 180 degrees, one ends where the next begins, and every position of the line is on a part, in order."""
    result = cut_at_antimeridian(geometry("LineString", line))
    assert result is not None
    parts = [result["coordinates"]] if result["type"] == "LineString" else result["coordinates"]
    assert all(len(part) > 1 and stays(part) for part in parts)
    for before, after in pairwise(parts):
        assert (abs(before[-1][0]), before[-1][0], before[-1][1]) == (180, -after[0][0], after[0][1])
    left = iter([(position[0] % 360, position[1]) for part in parts for position in part])
    kept = [(lon % 360, lat) for lon, lat in line]
    assert all(
        any(position == other for other in left) for position in [one for one, before in zip(kept, [None, *kept], strict=False) if one != before]
    )
    assert cut_at_antimeridian(result) == result


def test_ten_thousand_vertices_are_cut() -> None:
    """A comb of as many positions as a feature may have, with a crossing at each: the work grows with their number, not with its square."""
    teeth = [
        [[-175 if (index // 2) % 2 else 175, index * 0.01], [-175 if (index // 2 + 1) % 2 else 175, index * 0.01]][index % 2]
        for index in range(4_999)
    ]
    ring = [[170, 0], *teeth, [170, 60], [165, 60], [165, 0], [170, 0]]
    result = cut_at_antimeridian(geometry("Polygon", [ring]))
    assert result is not None
    assert area(polygons_of(result)) == pytest.approx(area([[ring]]))
