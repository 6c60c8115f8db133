"""Range rings: every vertex at its distance, cut where the map ends, read back as they were written."""

from __future__ import annotations

import contextlib
import math
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.errors import InvalidInput
from geo.geodesy import distance_m, ellipsoid
from geo.model import Position, Site
from geo.rings import (
    MAX_RADIUS_M,
    MAX_RINGS,
    UNITS,
    Radius,
    RingRequest,
    format_distance,
    message,
    parse_radii,
    ring,
    steps_for,
    store_rings,
    tool_rings,
    within,
)
from tests.factories import as_event, as_site

BAGHDAD, AIN_AL_ASAD = (44.361, 33.313), (42.441, 33.786)
TANF = (38.617, 33.506)
POLE_TO_EQUATOR_M = 10_001_965.729

centers = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
radii_m = st.one_of(st.floats(1, 1_000), st.floats(1_000, 3e6), st.floats(3e6, MAX_RADIUS_M))
radii = st.builds(Radius, st.floats(0.01, 10_000, allow_nan=False), st.sampled_from(sorted(UNITS)))
ids = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(center=centers, radius_m=radii_m)
@example(center=(180.0, 0.0), radius_m=100_000.0)
@example(center=(-180.0, 12.0), radius_m=100_000.0)
@example(center=(0.0, 90.0), radius_m=500_000.0)
@example(center=(77.0, -90.0), radius_m=500_000.0)
@example(center=(0.0, 0.0), radius_m=POLE_TO_EQUATOR_M)
@example(center=(0.0, 0.0), radius_m=MAX_RADIUS_M)
@example(center=(179.0, 0.0), radius_m=19_990_000.0)
@example(center=(10.0, 45.0), radius_m=20_003_000.0)
def test_a_ring_is_where_it_says_and_never_crosses_the_antimeridian(center: Position, radius_m: float) -> None:
    lines = ring(center, radius_m, steps=72)
    assert lines
    for line in lines:
        assert len(line) > 1
        for lon, lat in line:
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
            assert abs(distance_m(center, (lon, lat)) - radius_m) < 0.002
        assert all(abs(two[0] - one[0]) <= 180 + 1e-9 for one, two in pairwise(line))


@given(center=centers, radius_m=st.floats(1, 19_900_000))
def test_a_ring_is_closed_or_its_ends_lie_on_the_antimeridian(center: Position, radius_m: float) -> None:
    lines = ring(center, radius_m, steps=72)
    if len(lines) == 1 and lines[0][0] == lines[0][-1]:
        return
    ends = [end for line in lines for end in (line[0], line[-1])]
    assert {abs(lon) for lon, _ in ends} == {180.0}
    # What leaves on the one side comes back on the other, at the same latitude.
    east, west = ([lat for lon, lat in ends if lon == side] for side in (180.0, -180.0))
    assert sorted(east) == pytest.approx(sorted(west), abs=1e-9)


def test_a_ring_that_does_not_meet_the_antimeridian_is_one_closed_line() -> None:
    (line,) = ring(TANF, 55_000)
    assert line[0] == line[-1]
    assert len(set(line)) == steps_for(55_000)
    assert max(lat for _, lat in line) > TANF[1] > min(lat for _, lat in line)


def test_a_ring_over_the_antimeridian_is_two_lines_that_meet_it() -> None:
    lines = ring((179.5, 10.0), 400_000)
    assert len(lines) == 2
    assert sorted((line[0][0], line[-1][0]) for line in lines) == [(-180.0, -180.0), (180.0, 180.0)]
    assert all(lon <= 0 for line in lines if line[0][0] == -180 for lon, _ in line)


@pytest.mark.parametrize(("center", "radius_m"), [((20.0, 89.0), 400_000), ((20.0, -80.0), 2e6), ((20.0, 90.0), 1e6), ((-179.0, 60.0), 6e6)])
def test_a_ring_around_a_pole_runs_once_from_edge_to_edge(center: Position, radius_m: float) -> None:
    (line,) = ring(center, radius_m)
    assert {line[0][0], line[-1][0]} == {180.0, -180.0}
    assert line[0][1] == pytest.approx(line[-1][1], abs=1e-9)
    assert sum(two[0] - one[0] for one, two in pairwise(line)) == pytest.approx(line[-1][0] - line[0][0])


@pytest.mark.parametrize("metres", [-3_000, -30, 30, 3_000])
def test_a_ring_passes_a_pole_on_the_right_side_however_closely(metres: float) -> None:
    """Only a ring that holds the pole goes round all longitudes."""
    to_the_pole = distance_m((20.0, 70.0), (20.0, 90.0))
    (line,) = ring((20.0, 70.0), to_the_pole + metres)
    goes_round = abs(line[-1][0] - line[0][0]) == 360
    assert goes_round == (metres > 0)


def test_just_short_of_half_the_circumference_only_true_points_are_left() -> None:
    """There most geodesics have passed the point up to which they are the shortest way."""
    for line in ring((0.0, 10.0), 20_003_000):
        assert all(abs(distance_m((0.0, 10.0), position) - 20_003_000) < 0.002 for position in line)
        assert len(line) > 20


@pytest.mark.parametrize("radius_m", [0, -1, MAX_RADIUS_M + 1, math.inf, math.nan])
def test_no_ring_for_a_radius_that_no_ring_has(radius_m: float) -> None:
    with pytest.raises(ValueError, match="radius"):
        ring(TANF, radius_m)


@pytest.mark.parametrize("radius_m", [50, 5_000, 55_000, 400_000, 2e6])
@pytest.mark.parametrize("center", [TANF, (25.0, 60.0)])
def test_chords_stay_close_to_the_circle(center: Position, radius_m: float) -> None:
    """By 1.5 m, which is less than a pixel at zoom 16, up to 400 km; by a hundred-thousandth of the radius beyond."""
    (line,) = ring(center, radius_m)
    allowed = max(1.5, 1e-5 * radius_m)
    for one, two in pairwise(line):
        middle = ((one[0] + two[0]) / 2, (one[1] + two[1]) / 2)
        assert abs(distance_m(center, middle) - radius_m) < allowed


@pytest.mark.parametrize("radius_m", [1, 8_000, 55_000, MAX_RADIUS_M])
def test_the_number_of_vertices_is_bounded(radius_m: float) -> None:
    assert 120 <= steps_for(radius_m) <= 1440
    assert steps_for(radius_m) % 4 == 0


def test_the_radius_is_that_of_the_ellipsoid_and_not_of_a_sphere() -> None:
    """A quarter of WGS84's meridian is 10,001,966 m, of a sphere's of 6,371 km 10,007,543 m."""
    north = max(lat for line in ring((0.0, 0.0), POLE_TO_EQUATOR_M) for _, lat in line)
    assert north == pytest.approx(90, abs=1e-6)
    assert 90 - max(lat for line in ring((0.0, 0.0), POLE_TO_EQUATOR_M - 1_000) for _, lat in line) == pytest.approx(0.00895, abs=1e-4)


def test_the_distance_that_the_source_gives_is_not_that_on_the_ellipsoid() -> None:
    assert format_distance(distance_m(BAGHDAD, AIN_AL_ASAD)) == "186 km"
    base = as_event("base", at=AIN_AL_ASAD)
    assert within([base], BAGHDAD, 160_000) == []
    assert [near.event for near in within([base], BAGHDAD, 186_000)] == [base]


def test_within_gives_the_placed_events_inside_nearest_first_with_their_distances() -> None:
    near, far, outside = as_event("near", at=(44.1, 33.0)), as_event("far", at=(44.3, 33.0)), as_event("outside", at=(46.0, 33.0))
    found = within([outside, far, near, as_event("nowhere", at=None)], (44.0, 33.0), 50_000)
    assert [(item.event.id, round(item.distance_m)) for item in found] == [("near", 9345), ("far", 28036)]  # 93,455 m a degree of longitude at 33° N


def test_within_takes_the_edge_in() -> None:
    event = as_event(at=(44.1, 33.0))
    exactly = distance_m((44.0, 33.0), (44.1, 33.0))
    assert within([event], (44.0, 33.0), exactly)
    assert not within([event], (44.0, 33.0), exactly - 0.001)


def test_an_event_is_surely_inside_only_with_all_of_its_uncertainty() -> None:
    sure, unsure = as_event("a", place={"uncertainty_km": 40}), as_event("b", place={"uncertainty_km": 41})
    found = within([sure, unsure], (44.1, 33.0), 50_000)
    assert [item.surely for item in found] == [True, False]


def test_without_events_nothing_is_within() -> None:
    assert within([], TANF, 1e6) == []


def test_rings_of_the_store_say_what_they_mean() -> None:
    rings = [{"radius_km": 55, "label": "declared zone"}, {"radius_km": 7.5, "label": "firing distance"}]
    one, two = store_rings([as_site("tanf", name="Tanf", rings=rings, at=TANF)])
    assert (one.label, one.meaning, one.origin, one.center, one.radius_m) == ("55 km around Tanf", "declared zone", "store", TANF, 55_000)
    assert two.label == "7.5 km around Tanf"
    assert one.id != two.id


def test_a_message_holds_what_the_protocol_says_in_rounded_numbers() -> None:
    (given_ring,) = store_rings([as_site(at=(38.61712345678, 33.506))])
    sent = message(given_ring)
    assert list(sent) == ["id", "label", "meaning", "origin", "center", "radius_m", "coordinates"]
    assert sent["center"] == [38.617123, 33.506]
    numbers = [number for line in sent["coordinates"] for position in line for number in position]
    assert all(number == round(number, 6) for number in numbers)
    assert sent["coordinates"][0][0] == sent["coordinates"][0][-1]
    assert all(abs(distance_m(given_ring.center, (lon, lat)) - 55_000) < 0.2 for lon, lat in sent["coordinates"][0])


def test_rings_of_the_tool_find_their_centres() -> None:
    event, site = as_event("e,1", title="Blast"), as_site("s:1", name="Base")
    radius = Radius(50, "nmi")
    asked = [RingRequest.around("event", "e,1", radius), RingRequest.around("site", "s:1", radius), RingRequest.at((-71.5, -33.25), radius)]
    rings, faults = tool_rings(asked, event={event.id: event}.get, site={site.id: site}.get)
    assert faults == []
    assert [ring.label for ring in rings] == ["50 nmi around Blast", "50 nmi around Base", "50 nmi around 33.25° S, 71.5° W"]
    assert [ring.center for ring in rings] == [(44.0, 33.0), (38.6, 33.5), (-71.5, -33.25)]
    assert {(ring.origin, ring.radius_m) for ring in rings} == {("tool", 92_600.0)}
    assert len({ring.id for ring in rings}) == 3


def test_a_ring_around_what_is_not_there_or_not_on_the_map_says_so() -> None:
    radius = Radius(50, "km")
    asked = [RingRequest.around("event", "gone", radius), RingRequest.around("event", "nowhere", radius), RingRequest.around("site", "e", radius)]
    events = {one.id: one for one in (as_event("nowhere", at=None, title="Somewhere in Iraq"), as_event("e"))}
    rings, faults = tool_rings(asked, event=events.get, site=dict[str, Site]().get)
    assert rings == []
    for fault, why in zip(faults, ["there is no such event", "“Somewhere in Iraq” is not on the map", "there is no such site"], strict=True):
        assert why in fault


@given(request=st.one_of(st.builds(RingRequest.at, centers, radii), st.builds(RingRequest.around, st.sampled_from(["event", "site"]), ids, radii)))
@example(request=RingRequest.around("event", "a,b:c,5,km", Radius(50, "nmi")))
@example(request=RingRequest.around("site", "event:x", Radius(0.1, "mi")))
@example(request=RingRequest.at((-0.0, 1e-7), Radius(1e-3, "km")))
@example(request=RingRequest.at((180.0, 90.0), Radius(1e-3, "km")))
@example(request=RingRequest.at((-180.0, -90.0), Radius(1e-3, "km")))
def test_a_request_is_read_back_as_it_was_written(request: RingRequest) -> None:
    text = str(request)
    assert "e-" not in text or request.id is not None  # no exponents in an address
    assert RingRequest.parse(text) == request


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("42.441,33.786,50,km", RingRequest.at(AIN_AL_ASAD, Radius(50, "km"))),
        ("event:e-1,50,nmi", RingRequest.around("event", "e-1", Radius(50, "nmi"))),
        ("site:tanf,50,mi", RingRequest.around("site", "tanf", Radius(50, "mi"))),
    ],
)
def test_the_wire_form_is_that_of_the_protocol(text: str, request_: RingRequest) -> None:
    assert RingRequest.parse(text) == request_
    assert str(request_) == text


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "no ring"),
        ("50,km", "no ring"),
        ("1,50,km", "no position"),
        ("place:x,50,km", "no position"),
        ("1,2,3,50,km", "no number"),
        ("181,2,50,km", "no position on the Earth"),
        ("1,-90.5,50,km", "no position on the Earth"),
        ("nan,2,50,km", "no number"),
        ("1,2,inf,km", "no number"),
        ("1,2,1e999,km", "at most"),
        ("1,2,1_0,km", "no number"),
        ("1,2, 5,km", "no number"),
        ("1,2,0,km", "at least 1 m"),
        ("1,2,-5,km", "at least 1 m"),
        ("1,2,20004,km", "at most 20,003 km"),
        ("1,2,5,m", "unit is not known"),
        ("1,2,5,KM", "unit is not known"),
        ("event:,5,km", "id of the event"),
        (f"event:{'x' * 1001},5,km", "id of the event"),
    ],
)
def test_what_is_no_ring_is_refused_in_words(text: str, fault: str) -> None:
    with pytest.raises(InvalidInput, match=fault):
        RingRequest.parse(text)


def test_the_least_and_the_greatest_radius_can_be_asked_for() -> None:
    assert Radius(0.001, "km").metres == 1
    assert Radius(MAX_RADIUS_M / 1_000, "km").metres == MAX_RADIUS_M


def test_as_many_radii_as_can_be_drawn_can_be_typed() -> None:
    assert len(parse_radii(" ".join(map(str, range(1, MAX_RINGS + 1))))) == MAX_RINGS == 50


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("50", [(50, "mi")]),
        ("5, 10 nmi", [(5, "nmi"), (10, "nmi")]),
        ("5;10;20km", [(5, "km"), (10, "km"), (20, "km")]),
        ("100 200", [(100, "mi"), (200, "mi")]),
        ("5 km, 10 NM", [(5, "km"), (10, "nmi")]),
        ("5 km and 10", [(5, "km"), (10, "km")]),
        ("1.5 kilometres, 2 nautical miles, 1 mile", [(1.5, "km"), (2, "nmi"), (1, "mi")]),
        (" .5km,,5 km , 0.5 km ", [(0.5, "km"), (5, "km")]),
        ("٥٠ km، 60", [(50, "km"), (60, "km")]),
    ],
)
def test_radii_are_read_as_people_type_them(typed: str, read: list[tuple[float, str]]) -> None:
    assert [(radius.value, radius.unit) for radius in parse_radii(typed, unit="mi")] == read


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", "no radius"),
        (" , ;", "no radius"),
        ("km", "a unit without a number"),
        ("5 parsecs", "'parsecs' is neither a number nor a unit"),
        ("5 m", "'m' is neither"),
        ("-5 km", "at least 1 m"),
        ("0", "at least 1 m"),
        ("1,000 km", "1500 without a mark"),
        ("30000 km", "at most 20,003 km"),
        ("nan", "neither"),
        ("1e3", "neither"),
        ("5-10", "neither"),
        (" ".join(map(str, range(1, MAX_RINGS + 2))), "too many"),
        ("5 " * 600, "too many"),
    ],
)
def test_radii_that_cannot_be_drawn_are_refused_in_words(typed: str, fault: str) -> None:
    with pytest.raises(InvalidInput, match=fault):
        parse_radii(typed)


def test_every_fault_of_the_radii_is_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_radii("x, 5 km, -1 km, y")
    assert len(refused.value.problems) == 3


@given(st.text())
def test_whatever_is_typed_gives_radii_or_words(typed: str) -> None:
    with contextlib.suppress(InvalidInput):
        assert parse_radii(typed)


@pytest.mark.parametrize(
    ("metres", "unit", "words"),
    [
        (185_863.7, "km", "186 km"),
        (185_863.7, "mi", "115 mi"),
        (185_863.7, "nmi", "100 nmi"),
        (8_046.7, "km", "8.05 km"),
        (55_000, "km", "55 km"),
        (1_234_567, "km", "1,235 km"),
        (99_960, "km", "100 km"),
        (12.3, "km", "0.0123 km"),
        (0, "mi", "0 mi"),
    ],
)
def test_distances_are_told_to_three_digits(metres: float, unit: str, words: str) -> None:
    assert format_distance(metres, unit) == words


def test_the_units_are_the_international_ones() -> None:
    assert {code: unit.metres for code, unit in UNITS.items()} == {"km": 1_000, "nmi": 1_852, "mi": 1_609.344}


def test_the_greatest_radius_is_the_greatest_distance_on_the_ellipsoid() -> None:
    pole_to_pole = ellipsoid().inv(0, 90, 0, -90)[2]
    assert 0 <= pole_to_pole - MAX_RADIUS_M < 0.01
