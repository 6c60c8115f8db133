"""What the filter bar is sent, and what is believed of what it sends back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.filters import EventFilter, Near, from_query, select, to_query
from geo.moments import parse_moment
from geo.store import GeoJSONFileStore, Snapshot, read_document
from geo.ui import filter_data
from geo.ui.filter_data import apply, filters_data
from tests.hostile import hostile_store

STORE = Path(__file__).resolve().parents[1] / "data" / "events.geojson"
FIELDS = {"kind": "kinds", "actor": "actors", "precision": "precisions", "update": "told_in"}
WINDOW = EventFilter(start=datetime(2021, 2, 1, tzinfo=UTC), after=datetime(2021, 3, 1, tzinfo=UTC), near=Near(44.4, 33.3, 500_000))


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """The store that comes with Dateline."""
    return GeoJSONFileStore(STORE).snapshot()


def facet(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The values of one facet."""
    return next(each["values"] for each in data["facets"] if each["name"] == name)


def counts(data: dict[str, Any], name: str) -> dict[str, int]:
    """The count beside each value of a facet, in the order of the list."""
    return {value["value"]: value["count"] for value in facet(data, name)}


def with_actors(count: int) -> Snapshot:
    """The shipped store with `count` actors more, all in its first event."""
    document = json.loads(STORE.read_text(encoding="utf-8"))
    event = next(feature for feature in document["features"] if feature["properties"]["record"] == "event")
    event["properties"]["actors"] += [{"name": f"Actor {number:04}", "role": "other"} for number in range(count)]
    return read_document(json.dumps(document).encode(), where="made up")


@pytest.mark.parametrize(
    "wanted",
    [
        EventFilter(),
        EventFilter(kinds=frozenset({"rocket_attack"}), text="base"),
        EventFilter(actors=frozenset({"US forces", "Iran"}), precisions=frozenset({"site", "country"})),
        EventFilter(told_in=frozenset({"u-0303"}), known=parse_moment("2021-03-03")),
        EventFilter(known=parse_moment("2021-02-26")),
        WINDOW.without("near"),
    ],
)
def test_a_count_is_what_its_value_alone_would_show(snapshot: Snapshot, wanted: EventFilter) -> None:
    """The number beside a value is the number of events in the list if that value alone were ticked in its facet."""
    data = filters_data(snapshot, wanted)
    for name, field in FIELDS.items():
        for value, count in counts(data, name).items():
            alone = replace(wanted, **{field: frozenset({value})})
            assert count == len(select(snapshot.events, alone, snapshot.updates)), (name, value)


def test_values_stand_by_count_then_name(snapshot: Snapshot) -> None:
    """The most frequent kind and actor come first; equal counts are sorted by their words."""
    data = filters_data(snapshot, EventFilter())
    assert [(value["label"], value["count"]) for value in facet(data, "kind")] == [
        ("Rocket attack", 5),
        ("Air strike", 4),
        ("Chemical attack", 3),
        ("Attack on a ship", 2),
        ("Aircraft shot down", 1),
        ("Armed clash", 1),
        ("Drone strike", 1),
    ]
    actors = [(-value["count"], value["label"].casefold()) for value in facet(data, "actor")]
    assert actors == sorted(actors)


def test_precisions_and_updates_keep_their_own_order(snapshot: Snapshot) -> None:
    """Precisions run from exact to vague and updates from the newest back, whatever their counts are."""
    data = filters_data(snapshot, EventFilter())
    assert list(counts(data, "precision")) == ["site", "town", "near_town", "district", "province", "country", "sea"]
    assert [value["label"] for value in facet(data, "precision")][:3] == ["Exact site", "Town", "Near a town"]
    assert list(counts(data, "update")) == list(snapshot.updates)
    assert facet(data, "update")[3] | {"count": 0} == {
        "value": "u-0228-0730",
        "count": 0,
        "label": "UPDATE, 0730 GMT",
        "note": "28 February 2021, 07:30 UTC",
    }


def test_a_kind_has_its_mark(snapshot: Snapshot) -> None:
    """Kinds carry the mark of the map; the other facets have none."""
    data = filters_data(snapshot, EventFilter())
    assert facet(data, "kind")[0]["mark"] == {"colour": "#c8501e", "path": "M10 1.8L18.6 16.8H1.4Z"}
    assert not any("mark" in value for name in ("actor", "precision", "update") for value in facet(data, name))


def test_a_ticked_value_that_no_event_has_can_be_ticked_off(snapshot: Snapshot) -> None:
    """A link may ask for what the store does not hold: it is listed with 0, so that it can be taken out."""
    wanted = EventFilter(actors=frozenset({"Nobody"}), kinds=frozenset({"car_bomb"}), told_in=frozenset({"u-9999"}))
    data = filters_data(snapshot, wanted)
    assert counts(data, "actor")["Nobody"] == counts(data, "kind")["car_bomb"] == counts(data, "update")["u-9999"] == 0
    assert next(value["label"] for value in facet(data, "kind") if value["value"] == "car_bomb") == "Car bomb"
    assert list(counts(data, "update"))[-1] == "u-9999"


def test_only_so_many_values_are_sent_and_the_ticked_ones_always(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser gets the most frequent values of a long facet, and is told how many there are."""
    monkeypatch.setattr(filter_data, "MAX_SHOWN", 10)
    data = filters_data(with_actors(50), EventFilter(actors=frozenset({"Actor 0049"})))
    assert next(each["total"] for each in data["facets"] if each["name"] == "actor") == 71
    assert len(facet(data, "actor")) == 11
    assert facet(data, "actor")[-1]["value"] == "Actor 0049"


def test_the_clock_lists_the_days_of_the_updates(snapshot: Snapshot) -> None:
    """Every day on which the source published, newest first, with the number of its updates."""
    clock = filters_data(snapshot, EventFilter())["clock"]
    assert clock["label"] == "As happened"
    assert [(day["value"], day["count"]) for day in clock["dates"]] == [
        ("2021-03-04", 1),
        ("2021-03-03", 1),
        ("2021-03-02", 1),
        ("2021-02-28", 3),
        ("2021-02-27", 2),
        ("2021-02-26", 1),
    ]
    assert clock["dates"][0]["label"] == "4 March 2021"
    assert filters_data(snapshot, EventFilter(known=parse_moment("2021-02-27")))["clock"]["label"] == "As known on 27 February 2021"


def test_what_is_active_reads_as_a_sentence(snapshot: Snapshot) -> None:
    """The parts of the sentence are those of the chips, so that a text from the store always stands by itself."""
    wanted = EventFilter(actors=frozenset({"Iran"}), told_in=frozenset({"u-0303"}), text=" base ", known=parse_moment("2021-03-03"))
    data = filters_data(snapshot, wanted)
    assert "".join(data["sentence"]) == "Only events involving Iran; told in UPDATE, MARCH 3; with “base”. As known on 3 March 2021."
    assert data["chips"] == [
        {"name": "actor", "text": "involving Iran"},
        {"name": "update", "text": "told in UPDATE, MARCH 3"},
        {"name": "text", "text": "with “base”"},
        {"name": "known", "text": "as known on 3 March 2021"},
    ]
    assert "".join(filters_data(snapshot, EventFilter(kinds=frozenset({"raid", "shelling"})))["sentence"]) == "Only raid or shelling."
    assert "".join(filters_data(snapshot, EventFilter(known=parse_moment("2021-03-03")))["sentence"]) == "As known on 3 March 2021."
    assert filters_data(snapshot, WINDOW)["sentence"] == ["Every event is shown."]


def test_the_version_is_that_of_the_controls(snapshot: Snapshot) -> None:
    """The window moves without a new version; any control makes one."""
    still = filters_data(snapshot, EventFilter())["version"]
    assert filters_data(snapshot, WINDOW)["version"] == still
    changes = [{"kinds": {"raid"}}, {"actors": {"raid"}}, {"precisions": {"site"}}, {"told_in": {"raid"}}]
    filters = [EventFilter(**{name: frozenset(values) for name, values in change.items()}) for change in changes]
    filters += [EventFilter(text="raid"), EventFilter(known=parse_moment("2021-03-03"))]
    assert len({still, *(filters_data(snapshot, wanted)["version"] for wanted in filters)}) == 7


def test_all_of_it_is_json(tmp_path: Path) -> None:
    """A store of hostile texts goes through as text, and comes back as the same filter."""
    hostile = GeoJSONFileStore(hostile_store(tmp_path)).snapshot()
    event = hostile.events[1]
    wanted = EventFilter(kinds=frozenset({event.kind}), actors=frozenset({event.actors[0].name}), told_in=frozenset(event.updates))
    data = json.loads(json.dumps(filters_data(hostile, wanted), allow_nan=False))
    assert apply(data["wanted"], EventFilter(), collection=hostile) == wanted


def test_a_change_replaces_the_controls_and_leaves_the_window(snapshot: Snapshot) -> None:
    """What the browser sends is the state of all controls; dates and circle are none of its business."""
    change = {"kind": ["raid"], "actor": ["US forces", "Iran"], "precision": ["sea"], "update": ["u-0303"], "text": "  oil ", "known": "2021-03-03"}
    changed = apply(change | {"from": "2000-01-01", "start": "2000-01-01"}, WINDOW)
    assert changed == EventFilter(
        kinds=frozenset({"raid"}),
        actors=frozenset({"US forces", "Iran"}),
        precisions=frozenset({"sea"}),
        told_in=frozenset({"u-0303"}),
        text="  oil ",
        known=parse_moment("2021-03-03"),
        start=WINDOW.start,
        after=WINDOW.after,
        near=WINDOW.near,
    )
    assert apply({"kind": [], "actor": [], "precision": [], "update": [], "text": "", "known": None}, changed) == WINDOW


@pytest.mark.parametrize(
    "change",
    [
        None,
        "kind",
        ["kind"],
        {},
        {"kind": "raid"},
        {"kind": {"raid": 1}},
        {"kind": [["raid"]]},
        {"kind": [1, "raid"]},
        {"kind": ["\ud800"]},
        {"text": 7},
        {"text": "\udfff"},
        {"known": 20210303},
        {"known": "yesterday"},
        {"known": "2021-02-30"},
        {"known": "9999-12-31"},
        {"unknown": ["x"]},
        {1: ["x"]},
    ],
)
def test_what_is_malformed_changes_nothing(change: object) -> None:
    """A part that has not the shape of its control leaves that control as it was."""
    before = replace(WINDOW, kinds=frozenset({"shelling"}), text="oil", known=parse_moment("2021-03-01"))
    assert apply(change, before) == before


def test_values_are_bounded() -> None:
    """Too many, too long, blank and impossible values are dropped."""
    change = {"actor": ["x" * 1_001, " ", *(f"a{number}" for number in range(300))], "precision": ["site", "village"]}
    changed = apply(change, EventFilter())
    assert len(changed.actors) <= 200
    assert max(map(len, changed.actors)) <= 1_000
    assert changed.precisions == frozenset({"site"})


def test_values_that_no_event_has_are_dropped_unless_they_were_there(snapshot: Snapshot) -> None:
    """The browser cannot invent values; one that came with a link stays until it is ticked off."""
    before = EventFilter(actors=frozenset({"Nobody"}))
    change = {"actor": ["Nobody", "Somebody", "Iran"], "kind": ["car_bomb", "air_strike"]}
    changed = apply(change, before, collection=snapshot)
    assert changed.actors == frozenset({"Nobody", "Iran"})
    assert changed.kinds == frozenset({"air_strike"})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["kind", "actor", "text", "known", "x"]), inner, max_size=4),
    max_leaves=12,
)


@given(JSON | st.dictionaries(st.sampled_from([*FIELDS, "text", "known"]), JSON, max_size=6))
def test_no_json_breaks_it(change: object) -> None:
    """Whatever JSON comes, the result is a filter that an address can carry, and its window is the one before."""
    changed = apply(change, WINDOW)
    assert (changed.start, changed.after, changed.near) == (WINDOW.start, WINDOW.after, WINDOW.near)
    query: dict[str, list[str]] = {}
    for name, value in to_query(changed):
        query.setdefault(name, []).append(value)
    again, faults = from_query(query)
    assert not faults
    assert to_query(again) == to_query(changed)
