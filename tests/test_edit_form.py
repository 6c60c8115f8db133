"""The form of an event or an update: what it shows, the record that comes of it, and what stands against saving that."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InvalidInput
from geo.geojson import read_feature
from geo.store import Snapshot
from geo.ui.edit_data import form_data, preview, where_words
from geo.ui.edit_form import (
    MAX_ITEMS,
    blank_event,
    cleaned,
    disc_of,
    event_form,
    event_record,
    feature_problems,
    proposed_id,
    update_form,
    update_problems,
    update_record,
)
from geo.ui.edit_session import Editing, checked, name_of, opened, parsed_name, record_of
from geo.ui.edit_site_form import blank_site, site_form, site_record
from tests.conftest import ROOT
from tests.factories import claim, event, site, snapshot, update
from tests.hostile import PAYLOADS

STORE: dict[str, Any] = json.loads((ROOT / "data" / "events.geojson").read_text(encoding="utf-8"))
SITES = [feature for feature in STORE["features"] if feature["properties"]["record"] == "site"]
EVENTS = [feature for feature in STORE["features"] if feature["properties"]["record"] == "event"]


@pytest.fixture(scope="module")
def story() -> Snapshot:
    """The events that Dateline comes with."""
    return snapshot(STORE["features"], STORE["updates"])


@pytest.fixture
def small() -> Snapshot:
    """One event and two updates."""
    return snapshot([event()], [update("u-2", "2021-03-02"), update()])


def problems_of(form: dict[str, Any], base: dict[str, Any], collection: Snapshot) -> dict[str, str]:
    """What stands against saving, by pointer."""
    record, found = event_record(form, base, collection.updates)
    return {problem.pointer: problem.message for problem in feature_problems(record, found, collection.updates)}


@pytest.mark.parametrize("record", EVENTS, ids=lambda record: str(record["id"]))
def test_a_form_that_nobody_touches_changes_nothing(record: dict[str, Any], story: Snapshot) -> None:
    """Every event of the store comes back to the letter, types of numbers included."""
    made, found = event_record(event_form(record), record, story.updates)
    assert json.dumps(made) == json.dumps(record)
    assert not found
    assert not feature_problems(made, found, story.updates)


@pytest.mark.parametrize("record", SITES, ids=lambda record: str(record["id"]))
def test_a_site_that_nobody_touches_stays_as_it_is(record: dict[str, Any], story: Snapshot) -> None:
    """To the letter, rings with their notes included."""
    made, found = site_record(cleaned(site_form(record), site_form(record)), record, story.updates)
    assert json.dumps(made) == json.dumps(record)
    assert not found and not feature_problems(made, found, story.updates)


def test_a_site_is_written_as_typed(small: Snapshot) -> None:
    """Coordinates in any notation, radii as numbers, what is blank as null; updates oldest first, and members of one's own stay."""
    base = site() | {"own": 1}
    base["properties"]["rings"][0]["own"] = 2
    form = site_form(base) | {"where": "33 47 10 N 42 26 28 E", "note": "", "updates": ["u-2", "u-1"]}
    form["rings"] = [form["rings"][0] | {"label": "zone"}, {"from": None, "radius_km": "8.5", "label": "range", "note": "", "update": ""}]
    record, found = site_record(form, base, small.updates)
    properties = record["properties"]
    assert not feature_problems(record, found, small.updates)
    assert record["geometry"]["coordinates"] == [42.4411111, 33.7861111] and record["own"] == 1
    assert properties["rings"] == [
        base["properties"]["rings"][0] | {"label": "zone"},
        {"radius_km": 8.5, "label": "range", "note": None, "update": None},
    ]
    assert properties["updates"] == ["u-1", "u-2"] and properties["note"] is None


def test_a_site_says_what_it_needs(small: Snapshot) -> None:
    """A point, a name, and of each ring a radius and what it is; each problem stands at its field."""
    form = site_form(blank_site()) | {"id": "s-9", "rings": [{"from": None, "radius_km": "far", "label": "", "note": "", "update": "u-9"}]}
    record, found = site_record(form, blank_site(), small.updates)
    pointers = {problem.pointer for problem in feature_problems(record, found, small.updates)}
    assert {"/where", "/name", "/rings/0/radius_km", "/rings/0/label"} <= pointers


def test_the_rings_of_a_site_are_seen_before_it_is_saved(small: Snapshot) -> None:
    """The widest bears the name by which the map is moved there; without rings the point alone, and without a point nothing."""
    rings = [{"from": None, "radius_km": km, "label": label, "note": "", "update": ""} for km, label in (("8", "near"), ("", "none"), ("160", "far"))]
    form = site_form(site()) | {"rings": rings}
    drawn = preview(small, Editing("site", "s-1", site(), form, site(), "x"))
    assert [(ring.id, ring.radius_m, ring.label) for ring in drawn] == [("edit", 160_000, "160 km"), ("edit-1", 8_000, "8 km")]
    (point,) = preview(small, Editing("site", "s-1", site(), form | {"rings": []}, site(), "x"))
    assert point.id == "edit" and point.radius_m < 10
    assert preview(small, Editing("site", "s-1", site(), form | {"where": ""}, site(), "x")) == []


@pytest.mark.parametrize("record", STORE["updates"], ids=lambda record: str(record["id"]))
def test_an_update_that_nobody_touches_stays_as_it_is(record: dict[str, Any]) -> None:
    """To the letter."""
    assert json.dumps(update_record(update_form(record), record)) == json.dumps(record)


def test_what_the_form_does_not_show_is_kept(small: Snapshot) -> None:
    """Members that Dateline does not know, at every level, and an altitude; also of a claim that is edited and of one that moves up."""
    base = event(claims=[claim(), claim("injured", 2, 2, grade="B")], extra={"x": 1}) | {"foreign": [1]}
    base["geometry"]["coordinates"] = [44.0, 33.0, 12.5]
    base["properties"]["place"]["admin1"] = "Anbar"
    form = event_form(base)
    form["title"] = "Another title"
    form["place"]["name"] = "Elsewhere"
    form["claims"] = [form["claims"][1] | {"text": "two"}]
    record, _ = event_record(form, base, small.updates)
    assert record["foreign"] == [1]
    assert record["geometry"]["coordinates"] == [44.0, 33.0, 12.5]
    assert record["properties"]["extra"] == {"x": 1}
    assert record["properties"]["place"]["admin1"] == "Anbar"
    assert record["properties"]["claims"] == [claim("injured", 2, 2, grade="B", text="two")]


def test_every_field_can_be_edited(small: Snapshot) -> None:
    """A new event, filled in field by field, is what the format asks for."""
    form = event_form(blank_event())
    form |= {"id": "e-9", "title": "Rockets", "kind": "rocket_attack", "start": "2021-03-01", "date_precision": "month", "date_basis": "inferred"}
    form |= {"date_note": "in March", "note": "mine", "where": "38S KC 63060 41372", "updates": ["u-2", "u-1"]}
    form["place"] |= {"name": "Ain al-Asad", "country": "Iraq", "precision": "site", "uncertainty_km": "2.5", "basis": "editor", "note": "the base"}
    form["actors"] = [{"from": None, "name": "Militia", "role": "accused"}]
    form["claims"] = [{"from": None, **dict.fromkeys(("via", "stated", "high"), ""), "metric": "killed", "low": "22", "unit": "people"}]
    form["claims"][0] |= {"text": "at least 22", "by": "SOHR", "update": "u-2"}
    form["passages"] = [{"from": None, "update": "u-1", "exact": "Something happened."}]
    record, found = event_record(form, blank_event(), small.updates)
    assert not found
    assert not feature_problems(record, found, small.updates)
    properties = record["properties"]
    assert (properties["start"], properties["end"]) == ("2021-03-01", "2021-03-31")
    assert properties["updates"] == ["u-1", "u-2"], "oldest first, whatever the order of choosing"
    assert properties["reported"] == "2021-02-26"
    assert properties["place"]["uncertainty_km"] == 2.5
    assert record["geometry"]["coordinates"] == pytest.approx([42.441, 33.786], abs=1e-4)
    assert properties["claims"][0]["low"] == 22 and properties["claims"][0]["high"] is None
    read_feature(record, "")


def test_an_empty_form_says_what_is_needed_at_each_field(small: Snapshot) -> None:
    """And nothing else, so that nobody is sent to a field that is not there."""
    pointers = set(problems_of(event_form(blank_event()) | {"id": "e-9"}, blank_event(), small))
    assert pointers == {"/title", "/kind", "/start", "/end", "/date_precision", "/date_basis", "/updates", "/reported"}


@pytest.mark.parametrize(
    ("changes", "pointer", "said"),
    [
        ({"title": "  "}, "/title", "is empty"),
        ({"start": "yesterday"}, "/start", "not a date"),
        ({"start": "2021-02-27"}, "/end", "lies before the start"),
        ({"date_precision": "minute"}, "/start", "must be a time"),
        ({"where": "133, 44"}, "/where", "has a latitude of 133°"),
        ({"where": ""}, "/place/uncertainty_km", "the event has no point"),
        ({"place": {"uncertainty_km": "five"}}, "/place/uncertainty_km", "is no number"),
        ({"place": {"uncertainty_km": "1,400"}}, "/place/uncertainty_km", "is no number"),
        ({"place": {"uncertainty_km": "-1"}}, "/place/uncertainty_km", "must lie between"),
        ({"place": {"uncertainty_km": ""}}, "/place/uncertainty_km", "is missing"),
        ({"place": {"precision": "galaxy"}}, "/place/precision", "none of the known values"),
        ({"updates": []}, "/updates", "needs at least 1"),
        ({"updates": ["u-9"]}, "/updates/0", "names an update that is not in the store"),
        ({"updates": ["u-2"]}, "/claims/0/update", "none of the event's updates"),
        ({"claims": [{"low": "5", "high": "2"}]}, "/claims/0/high", "is less than low"),
        ({"claims": [{"low": "1e9"}]}, "/claims/0/low", "is no number"),
        ({"passages": [{"exact": "never said"}]}, "/passages/0/exact", "does not stand in the update's text"),
        ({"actors": [{"name": ""}]}, "/actors/0/name", "is empty"),
    ],
    ids=str,
)
def test_a_problem_stands_at_its_field(small: Snapshot, changes: dict[str, Any], pointer: str, said: str) -> None:
    """By the store's own rules, in the store's own words."""
    base = event()
    form = event_form(base)
    for name, value in changes.items():
        if isinstance(value, dict):
            form[name] |= value
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            form[name] = [form[name][0] | value[0]]
        else:
            form[name] = value
    found = problems_of(form, base, small)
    assert said in found.get(pointer, ""), found


def test_clearing_all_of_a_place_leaves_none(small: Snapshot) -> None:
    """Null, and no pin that stands in."""
    base = event()
    form = event_form(base) | {"where": ""}
    form["place"] |= dict.fromkeys(("name", "country", "uncertainty_km", "note"), "")
    record, _ = event_record(form, base, small.updates)
    assert record["geometry"] is None
    assert record["properties"]["place"] is None
    assert not problems_of(form, base, small)


@pytest.mark.parametrize(
    ("precision", "start", "end"),
    [
        ("day", "2021-02-26", "2021-02-26"),
        ("week", "2021-02-26", "2021-03-04"),
        ("month", "2024-02-01", "2024-02-29"),
        ("month", "2020-12-05", "2020-12-31"),
        ("year", "2019-01-01", "2019-12-31"),
        ("minute", "2021-03-03T04:20Z", "2021-03-03T04:20Z"),
        ("week", "9999-12-30", "9999-12-30"),
    ],
)
def test_an_end_that_is_left_empty_follows_from_the_start(small: Snapshot, precision: str, start: str, end: str) -> None:
    """The day, the week from that day on, the month, the year."""
    form = event_form(event()) | {"date_precision": precision, "start": start, "end": ""}
    assert event_record(form, event(), small.updates)[0]["properties"]["end"] == end


def test_what_the_browser_sends_is_made_into_a_form() -> None:
    """Only what a form has, texts alone, bounded; half of a surrogate pair is no character."""
    like = event_form(event())
    sent = {"title": "T", "kind": 5, "evil": "x", "place": "x", "actors": [{"name": ["x"], "role": "target", "from": True}, 7], "updates": ["u-1", 3]}
    form = cleaned(sent | {"note": "a\ud800b", "claims": "x"}, like)
    assert set(form) == set(like)
    assert (form["title"], form["kind"], form["note"]) == ("T", "rocket_attack", "a?b")
    assert form["place"] == like["place"]
    assert form["actors"] == [{"from": None, "name": "", "role": "target"}, {"from": None, "name": "", "role": ""}]
    assert form["claims"] == [] and form["updates"] == ["u-1"]
    assert len(cleaned({"actors": [{}] * 10_000}, like)["actors"]) == MAX_ITEMS
    with pytest.raises(InvalidInput, match="too long"):
        cleaned({"claims": [{"text": "x" * 100_000}] * 12}, like)


@given(
    sent=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*event_form(blank_event()), "from", "name"]), inner, max_size=6),
        max_leaves=15,
    )
)
@settings(max_examples=80)
def test_whatever_is_sent_makes_a_record_that_can_be_judged(sent: Any) -> None:
    """Nothing that a browser says brings the page down."""
    collection = snapshot([event()])
    editing = Editing("event", "e-1", event(), cleaned(sent, event_form(event())), event(), "x")
    assert isinstance(form_data(collection, checked(editing, collection), arm=False), dict)
    preview(collection, editing)


def test_an_id_is_made_of_the_words_and_the_date() -> None:
    """Plain letters, and a number where it is taken."""
    assert proposed_id({"title": "Rakéten auf Érbil!", "start": "2021-02-15"}, lambda _: False) == "raketen-auf-erbil-2021-02-15"
    assert proposed_id({"title": "لا", "start": ""}, lambda _: False) == "record"
    assert proposed_id({"heading": "UPDATE", "published": "2021-02-15T07:30Z"}, {"update-2021-02-15"}.__contains__) == "update-2021-02-15-2"


def test_a_new_id_that_is_taken_is_told(small: Snapshot) -> None:
    """By an event, whether it stands or was retracted."""
    editing = opened("event", None, small, None)
    assert editing is not None
    _, problems = record_of(Editing("event", None, editing.base, editing.form | {"id": "e-1"}), small)
    assert "/id" in {problem.pointer for problem in problems}


def test_an_update_is_validated_as_one_types() -> None:
    """Its address and its date too."""
    form = update_form(update()) | {"url": "javascript:alert(1)", "published": "March"}
    found = {problem.pointer: problem.message for problem in update_problems(update_record(form, update()))}
    assert set(found) == {"/url", "/published"}


def test_the_disc_is_shown_before_it_is_saved(small: Snapshot) -> None:
    """Around the point that is typed, as wide as is typed; a cross alone where the width is not said; nothing without a point."""
    form = event_form(event()) | {"where": "33.5N 44.5E"}
    form["place"]["uncertainty_km"] = "12.5"
    (ring,) = preview(small, Editing("event", "e-1", event(), form, event(), "x"))
    assert (ring.center, ring.radius_m, ring.origin) == ((44.5, 33.5), 12_500, "tool")
    form["place"]["uncertainty_km"] = ""
    (ring,) = preview(small, Editing("event", "e-1", event(), form, event(), "x"))
    assert ring.label == "" and ring.radius_m <= 1
    assert preview(small, Editing("event", "e-1", event(), form | {"where": "nowhere"}, event(), "x")) == []
    assert disc_of(event(at=None)) is None


def test_what_was_understood_of_coordinates_is_said_in_each_notation() -> None:
    """And of a square, that the point is only its middle."""
    told = where_words("33.786, 42.441")
    assert told is not None and told["dms"] == "33°47'09.6\"N 42°26'27.6\"E" and told["mgrs"].startswith("38SKC") and told["square"] == ""
    square = where_words("38SKC64")
    assert square is not None and "7.07 km" in square["square"]
    assert where_words("") is None and where_words("here") is None


def test_the_address_names_what_is_edited() -> None:
    """And nothing else."""
    assert parsed_name(name_of("event", "a:b")) == ("event", "a:b")
    assert parsed_name("update") == ("update", None)
    for name in ("", "place:x", "event:", "events", "__class__"):
        assert parsed_name(name) is None


@pytest.mark.parametrize("name", sorted(PAYLOADS))
def test_hostile_text_goes_through_as_text(small: Snapshot, name: str) -> None:
    """It is stored as it was typed, and nothing is made of it."""
    form = event_form(event()) | {"title": PAYLOADS[name][:900]}
    record, _ = event_record(cleaned(form, event_form(event())), event(), small.updates)
    assert record["properties"]["title"] == PAYLOADS[name][:900]
