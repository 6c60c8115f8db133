"""The wire format: each rule of docs/store-format.md holds, and what is read is written as it was."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InvalidInput, Problem
from geo.geojson import as_feature, as_update, is_web_address, read_feature, read_update
from geo.model import ACTOR_ROLES, DATE_BASES, PLACE_BASES, PLACE_PRECISIONS, UPDATE_DATE_BASES, Actor, Event, Place, Site
from geo.moments import DATE_PRECISIONS, parse_moment
from tests.factories import JSON, as_event, as_site, claim, event, site, update

LEAVE_OUT = object()
HALF_A_PAIR = "\ud800"


def changed(record: JSON, path: str, value: Any) -> JSON:
    """A copy of a record with the member at `path` (`properties/place/name`) set, or left out."""
    record = copy.deepcopy(record)
    *parents, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    target: Any = record
    for part in parents:
        target = target[part]
    if value is LEAVE_OUT:
        del target[last]
    else:
        target[last] = value
    return record


def problems_of(read: Callable[[Any, str], object], record: Any) -> tuple[Problem, ...]:
    with pytest.raises(InvalidInput) as refused:
        read(record, "/r")
    return refused.value.problems


def assert_refused(read: Callable[[Any, str], object], record: Any, path: str, message: str) -> None:
    """The one problem is at `path`, and it has a message and an advice."""
    (problem,) = problems_of(read, record)
    assert problem.pointer == (f"/r/{path}" if path else "/r")
    assert message in problem.message
    assert problem.advice


TEXT_RULES: list[tuple[Any, str]] = [
    (LEAVE_OUT, "missing"),
    (None, "missing"),
    (7, "string"),
    ("", "empty"),
    (" \n", "empty"),
    (HALF_A_PAIR, "surrogate"),
]
TEXT_OR_NULL_RULES: list[tuple[Any, str]] = [(7, "string"), (["a"], "string"), (HALF_A_PAIR, "surrogate")]
DATE_RULES: list[tuple[Any, str]] = [
    (LEAVE_OUT, "missing"),
    (None, "missing"),
    ("26 February", "not a date"),
    (20210226, "date"),
    ("2021-02-30", "day"),
]
DATE_OR_NULL_RULES: list[tuple[Any, str]] = [("yesterday", "not a date"), (7, "date")]
CHOICE_RULES: list[tuple[Any, str]] = [(LEAVE_OUT, "missing"), (None, "known values"), ("nonsense", "known values"), (["day"], "known values")]
NUMBER_RULES: list[tuple[Any, str]] = [("5", "number"), (True, "number"), (math.nan, "finite"), (math.inf, "finite"), (10**400, "finite")]
ARRAY_RULES: list[tuple[Any, str]] = [({}, "array"), ("x", "array")]


def rows(*groups: tuple[str, list[tuple[Any, str]]]) -> list[tuple[str, Any, str]]:
    return [(path, value, message) for path, rules in groups for value, message in rules]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    rows(
        ("id", TEXT_RULES),
        ("heading", TEXT_RULES),
        ("source", TEXT_RULES),
        ("text", TEXT_RULES),
        ("url", TEXT_RULES[:3]),
        ("published", DATE_RULES),
        ("date_basis", CHOICE_RULES),
        ("date_note", TEXT_OR_NULL_RULES),
        (
            "url",
            [(address, "http") for address in ("javascript:alert(1)", "ftp://example.org", "//example.org", "https://", "https://a b", "https://[")],
        ),
        ("text", [("x" * 100_001, "100,001 characters")]),
        ("heading", [("x" * 1_001, "1,001 characters")]),
    ),
)
def test_rules_of_an_update(path: str, value: Any, message: str) -> None:
    assert_refused(read_update, changed(update(), path, value), path, message)


@pytest.mark.parametrize("value", [None, [], "u-1", 7])
def test_an_update_is_an_object(value: Any) -> None:
    problem = problems_of(read_update, value)[0]
    assert (problem.pointer, problem.message) == ("/r", "must be an object")


@pytest.mark.parametrize(
    ("path", "value", "message"),
    rows(
        ("id", [*TEXT_RULES, ("x" * 1_001, "1,001 characters")]),
        ("type", [(LEAVE_OUT, "Feature"), ("feature", "Feature"), ("FeatureCollection", "Feature")]),
        ("properties/title", TEXT_RULES),
        ("properties/kind", [*TEXT_RULES, ("x" * 101, "101 characters")]),
        ("properties/start", DATE_RULES),
        ("properties/end", DATE_RULES),
        ("properties/end", [("2021-02-25", "before the start")]),
        ("properties/start", [("2021-02-26T04:20Z", "a day such as")]),
        ("properties/end", [("2021-02-26T04:20Z", "a day such as")]),
        ("properties/date_precision", CHOICE_RULES),
        ("properties/date_basis", CHOICE_RULES),
        ("properties/date_note", TEXT_OR_NULL_RULES),
        ("properties/note", TEXT_OR_NULL_RULES),
        ("properties/reported", DATE_RULES),
        ("properties/updates", [*ARRAY_RULES, ([], "at least 1"), (LEAVE_OUT, "at least 1"), (["u-1", "u-1"], "twice")]),
        ("properties/updates/0", [("", "not empty"), (7, "not empty"), (HALF_A_PAIR, "not empty")]),
        ("properties/place/name", TEXT_RULES),
        ("properties/place/country", TEXT_OR_NULL_RULES),
        ("properties/place/note", TEXT_OR_NULL_RULES),
        ("properties/place/precision", CHOICE_RULES),
        ("properties/place/basis", CHOICE_RULES),
        ("properties/place/uncertainty_km", [(-1, "between"), (20_010, "between"), (None, "missing"), (LEAVE_OUT, "missing")]),
        ("properties/place", [(None, "missing, although the event has a point")]),
        ("properties/actors", ARRAY_RULES),
        ("properties/actors/0", [("Militia", "object")]),
        ("properties/actors/0/name", TEXT_RULES),
        ("properties/actors/0/role", CHOICE_RULES),
        ("properties/passages", ARRAY_RULES),
        ("properties/passages/0/update", TEXT_RULES),
        ("properties/passages/0/exact", TEXT_RULES),
        ("properties/claims", [*ARRAY_RULES, ([claim()] * 2_001, "2,001 items")]),
        ("properties/claims/0/metric", TEXT_RULES),
        ("properties/claims/0/low", NUMBER_RULES),
        ("properties/claims/0/high", [*NUMBER_RULES, (0, "less than low")]),
        ("properties/claims/0/unit", TEXT_OR_NULL_RULES),
        ("properties/claims/0/text", TEXT_RULES),
        ("properties/claims/0/by", TEXT_RULES),
        ("properties/claims/0/via", TEXT_OR_NULL_RULES),
        ("properties/claims/0/stated", DATE_OR_NULL_RULES),
        ("properties/claims/0/update", TEXT_RULES),
        ("geometry/type", [("LineString", "Point"), (LEAVE_OUT, "Point")]),
        (
            "geometry/coordinates",
            [
                (value, "no position")
                for value in (
                    LEAVE_OUT,
                    None,
                    [],
                    [44.0],
                    [44.0, 33.0, 0.0, 0.0],
                    ["44", "33"],
                    [True, False],
                    [180.1, 0],
                    [-180.1, 0],
                    [0, 90.1],
                    [0, -90.1],
                    [math.nan, 0],
                    [0, math.inf],
                    [0, 0, math.nan],
                    [10**400, 0],
                    [[44.0, 33.0]],
                )
            ],
        ),
    ),
)
def test_rules_of_an_event(path: str, value: Any, message: str) -> None:
    problems = problems_of(read_feature, changed(event(), path, value))
    assert any(problem.pointer == f"/r/{path}" and message in problem.message and problem.advice for problem in problems), problems


@pytest.mark.parametrize("record", [LEAVE_OUT, None, "incident", "update"])
def test_a_feature_is_an_event_or_a_site(record: Any) -> None:
    (problem,) = problems_of(read_feature, changed(event(), "properties/record", record))
    assert problem.pointer == "/r/properties/record"


@pytest.mark.parametrize("value", [None, [], "x"])
def test_a_feature_and_its_properties_are_objects(value: Any) -> None:
    assert "/r" in {problem.pointer for problem in problems_of(read_feature, value)}
    assert "/r/properties" in {problem.pointer for problem in problems_of(read_feature, changed(event(), "properties", value))}


@pytest.mark.parametrize("value", [[44.0, 33.0], "POINT(44 33)", 7])
def test_a_geometry_is_an_object_or_null(value: Any) -> None:
    assert "/r/geometry" in {problem.pointer for problem in problems_of(read_feature, changed(event(), "geometry", value))}


def test_an_event_of_a_minute_needs_times_and_any_other_days() -> None:
    timed = event(date_precision="minute", start="2021-02-26T04:20Z")
    assert isinstance(read_feature(timed, ""), Event)
    problems = problems_of(read_feature, changed(timed, "properties/start", "2021-02-26"))
    assert "a time such as" in problems[0].message


def test_an_event_without_a_point_has_no_uncertainty_and_may_have_no_place() -> None:
    problems = problems_of(read_feature, event(at=None, place={"uncertainty_km": 5}))
    assert [(problem.pointer, "no point" in problem.message) for problem in problems] == [("/r/properties/place/uncertainty_km", True)]
    assert as_event(at=None).position is None
    assert as_event(at=None, place=None).place is None


@pytest.mark.parametrize(
    ("path", "value", "message"),
    rows(
        ("id", TEXT_RULES),
        ("geometry", [(None, "needs a point")]),
        ("properties/name", TEXT_RULES),
        ("properties/note", TEXT_OR_NULL_RULES),
        ("properties/updates", [*ARRAY_RULES, (["u-1", "u-1"], "twice")]),
        ("properties/rings", ARRAY_RULES),
        (
            "properties/rings/0/radius_km",
            [*NUMBER_RULES, (0, "between"), (-5, "between"), (20_010, "between"), (None, "missing"), (LEAVE_OUT, "missing")],
        ),
        ("properties/rings/0/label", TEXT_RULES),
        ("properties/rings/0/note", TEXT_OR_NULL_RULES),
        ("properties/rings/0/update", TEXT_OR_NULL_RULES),
    ),
)
def test_rules_of_a_site(path: str, value: Any, message: str) -> None:
    assert_refused(read_feature, changed(site(), path, value), path, message)


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("date_precision", DATE_PRECISIONS[1:]),
        ("date_basis", DATE_BASES),
        ("place/precision", PLACE_PRECISIONS),
        ("place/basis", PLACE_BASES),
        ("actors/0/role", ACTOR_ROLES),
    ],
)
def test_every_value_of_the_format_is_read(path: str, values: tuple[str, ...]) -> None:
    for value in values:
        assert isinstance(read_feature(changed(event(), f"properties/{path}", value), ""), Event)


def test_every_basis_of_an_updates_date_is_read() -> None:
    assert [read_update(update(date_basis=basis), "").date_basis for basis in UPDATE_DATE_BASES] == ["heading", "neighbour", "editor"]


def test_what_may_be_null_may_be_left_out() -> None:
    record = event()
    for path in (
        "date_note",
        "note",
        "place/country",
        "place/note",
        "claims/0/low",
        "claims/0/high",
        "claims/0/unit",
        "claims/0/via",
        "claims/0/stated",
    ):
        record = changed(record, f"properties/{path}", LEAVE_OUT)
    read = read_feature(record, "")
    assert isinstance(read, Event)
    assert (read.date_note, read.note, read.claims[0].low) == (None, None, None)


def test_unknown_is_none_and_not_0() -> None:
    (one, two) = as_event(claims=[claim(low=None, high=None), claim(low=0, high=0)]).claims
    assert (one.low, one.high) == (None, None)
    assert (two.low, two.high) == (0, 0)


@pytest.mark.parametrize(
    ("path", "value"),
    [("geometry/coordinates", [400, 0]), ("properties/end", "x"), ("properties/place/uncertainty_km", "5")],
)
def test_a_fault_is_told_once_and_not_again_as_its_consequences(path: str, value: Any) -> None:
    assert [problem.pointer for problem in problems_of(read_feature, changed(event(), path, value))] == [f"/r/{path}"]


def test_every_problem_is_found_at_once() -> None:
    record = event(title="", kind=7, start="x")
    record["properties"]["claims"][0]["by"] = None
    record["geometry"]["coordinates"] = [400, 0]
    assert {problem.pointer for problem in problems_of(read_feature, record)} == {
        "/r/properties/title",
        "/r/properties/kind",
        "/r/properties/start",
        "/r/properties/end",
        "/r/properties/claims/0/by",
        "/r/geometry/coordinates",
    }


def test_a_pointer_escapes_as_rfc_6901_says() -> None:
    with pytest.raises(InvalidInput) as refused:
        read_update(changed(update(), "id", 7), "/a~0b~1c/0")
    assert refused.value.problems[0].pointer == "/a~0b~1c/0/id"


@pytest.mark.parametrize("at", [(180.0, 90.0), (-180, -90), (0, 0)])
def test_the_ends_of_the_earth_are_on_it(at: tuple[float, float]) -> None:
    assert as_event(at=at).position == at
    assert as_site(at=at).position == at


def test_what_is_just_within_the_bounds_is_read() -> None:
    assert as_event("x" * 1_000, title="y" * 1_000, note="z" * 100_000, place={"uncertainty_km": 0})
    assert as_event(place={"uncertainty_km": 20_003.9}, claims=[claim()] * 2_000)
    assert as_site(rings=[{"radius_km": 0.001, "label": "a"}, {"radius_km": 20_003.9, "label": "b"}])


def test_an_altitude_is_kept_and_not_used() -> None:
    record = event(at=(44.0, 33.0, 250.0))
    read = read_feature(record, "")
    assert isinstance(read, Event)
    assert read.position == (44.0, 33.0)
    assert as_feature(read) == record


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://[::1]:8000/", True),
        ("HTTPS://EXAMPLE.ORG", True),
        ("https://user@example.org", True),
        ("mailto:a@example.org", False),
        ("data:text/html,x", False),
        ("java\nscript:alert(1)", False),
        ("https://exa\u200bmple.org", False),
        ("https://example.org/\x00", False),
        ("https://[::1", False),
        ("example.org", False),
        ("", False),
    ],
)
def test_a_link_leads_to_the_web_or_nowhere(address: str, fits: bool) -> None:
    assert is_web_address(address) is fits


words = st.text("ab é'“ع=🚀/\n\x00", max_size=8).map(lambda text: f"{text}w")  # not blank
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words, inner, max_size=2),
    max_leaves=3,
)
# Members that Dateline does not know.
extra = st.dictionaries(words.map(lambda name: f"x-{name}"), values, max_size=2)
figures = st.none() | st.integers(0, 10**12) | st.floats(0, 1e12)


@st.composite
def claims(draw: st.DrawFn) -> JSON:
    low, high = sorted([draw(figures), draw(figures)], key=lambda figure: -1 if figure is None else figure)
    members = {"metric": draw(words), "low": low, "high": high, "text": draw(words), "by": draw(words), "via": draw(st.none() | words)}
    return claim(**members, update=draw(st.sampled_from(["u-1", "u-2", "u-3"]))) | draw(extra)


@st.composite
def events(draw: st.DrawFn) -> JSON:
    placed = draw(st.booleans())
    at = draw(st.tuples(st.floats(-180, 180), st.floats(-90, 90))) if placed else None
    place = {"name": draw(words), "precision": draw(st.sampled_from(PLACE_PRECISIONS))} | draw(extra)
    record = event(
        draw(words),
        at,
        title=draw(words),
        kind=draw(words),
        place=place,
        claims=draw(st.lists(claims(), max_size=3)),
        actors=draw(st.lists(st.builds(lambda name, more: {"name": name, "role": "other"} | more, words, extra), max_size=2)),
        passages=draw(
            st.lists(
                st.builds(lambda exact, id_, more: {"update": id_, "exact": exact} | more, words, st.sampled_from(["u-1", "u-2"]), extra), max_size=2
            )
        ),
        updates=["u-1", "u-2", "u-3"],
        **draw(extra),
    )
    if placed:
        record["geometry"] |= draw(extra)
    return record | draw(extra)


@settings(max_examples=40)
@given(events())
def test_an_event_is_written_as_it_was_read_with_all_that_is_unknown(record: JSON) -> None:
    read = read_feature(copy.deepcopy(record), "")
    assert isinstance(read, Event)
    written = as_feature(read)
    assert written == record
    assert list(written) == list(record)
    assert read_feature(written, "") == read


@settings(max_examples=40)
@given(events(), words, words, st.data())
def test_only_what_was_changed_is_written_anew(record: JSON, title: str, name: str, data: st.DataObject) -> None:
    read = read_feature(copy.deepcopy(record), "")
    assert isinstance(read, Event)
    assert isinstance(read.place, Place)
    kept = data.draw(st.lists(st.sampled_from(range(len(read.claims))), unique=True).map(sorted) if read.claims else st.just([]))
    edited = replace(read, title=title, place=replace(read.place, name=name), claims=tuple(read.claims[index] for index in kept))
    written = as_feature(edited)
    expected = copy.deepcopy(record)
    expected["properties"]["title"] = title
    expected["properties"]["place"]["name"] = name
    assert {**written, "properties": {**written["properties"], "claims": []}} == {**expected, "properties": {**expected["properties"], "claims": []}}
    assert read_feature(written, "") == edited
    raw, left = record["properties"]["claims"], written["properties"]["claims"]
    assert all(one in raw for one in left)


def test_claims_that_differ_only_in_unknown_members_stay_two() -> None:
    record = event(claims=[claim() | {"x": 1}, claim() | {"x": 2}, claim("injured")])
    read = read_feature(record, "")
    assert isinstance(read, Event)
    written = as_feature(replace(read, claims=read.claims[:2]))
    assert [one["x"] for one in written["properties"]["claims"]] == [1, 2]


def test_an_event_that_was_never_read_is_written_whole() -> None:
    made = replace(as_event(actors=[]), feature={}, actors=(Actor("Navy", "target"),), position=(1.5, 2.5))
    written = as_feature(made)
    assert written["geometry"] == {"type": "Point", "coordinates": [1.5, 2.5]}
    assert written["properties"]["actors"] == [{"name": "Navy", "role": "target"}]
    assert read_feature(written, "") == made


def test_an_event_that_lost_its_point_is_written_without_one() -> None:
    read = as_event()
    assert read.place is not None
    assert as_feature(replace(read, position=None, place=replace(read.place, uncertainty_km=None)))["geometry"] is None


def test_writing_leaves_what_was_read_alone() -> None:
    record = event()
    before = copy.deepcopy(record)
    read = read_feature(record, "")
    assert isinstance(read, Event)
    as_feature(replace(read, title="Another", claims=()))
    assert record == before


@given(extra, words)
def test_an_update_is_written_as_it_was_read(more: JSON, text: str) -> None:
    record = update(text=text, published="2021-02-28T07:30:00Z") | more
    read = read_update(copy.deepcopy(record), "")
    assert as_update(read) == record
    edited = replace(read, text="Another text.", published=parse_moment("2021-03-01"))
    assert as_update(edited) == record | {"text": "Another text.", "published": "2021-03-01"}
    assert as_update(replace(read, raw={})) == update(text=text, published="2021-02-28T07:30Z")


def test_a_site_is_read_with_its_rings() -> None:
    read = as_site(rings=[{"radius_km": 8, "label": "reported firing distance", "update": "u-1"}])
    assert isinstance(read, Site)
    assert (read.rings[0].radius_km, read.rings[0].label, read.rings[0].note, read.rings[0].update) == (8, "reported firing distance", None, "u-1")
