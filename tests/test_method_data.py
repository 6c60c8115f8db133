"""What the Method page counts and quotes: every number is the store's, every code is the model's."""

import json
from pathlib import Path
from typing import Any

import pytest

from geo.kinds import KINDS
from geo.model import PLACE_PRECISIONS, acled_geo_precision, ucdp_where_prec
from geo.moments import DATE_PRECISIONS
from geo.store import open_store
from geo.ui import method_data as module
from geo.ui.method_data import method_data
from tests.test_update_data import event, store, update

STORE = Path(__file__).resolve().parents[1] / "data" / "events.geojson"


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    return method_data(open_store(STORE).snapshot())


def row(rows: list[dict[str, Any]], word: str) -> dict[str, Any]:
    return next(row for row in rows if row["word"] == word)


def claim(text: str, low: float | None, high: float | None) -> dict[str, Any]:
    """A claim of deaths as it stands in a store."""
    figures = {"metric": "killed", "low": low, "high": high, "unit": "people", "text": text}
    return figures | {"by": "somebody", "via": None, "stated": None, "update": "a"}


def test_every_precision_has_a_row_with_a_meaning(shipped: dict[str, Any]) -> None:
    assert len(shipped["places"]) == len(PLACE_PRECISIONS)
    assert [date["word"] for date in shipped["dates"]] == list(DATE_PRECISIONS)
    assert all(row["means"] for row in shipped["places"] + shipped["dates"])


@pytest.mark.parametrize(
    ("word", "acled", "ucdp", "look"),
    [
        ("exact site", "1", "1", "solid"),
        ("town", "1", "1", "solid"),
        ("near a town", "2", "2", "disc"),
        ("district", "3", "3", "disc"),
        ("province", "3", "4", "disc"),
        ("country", "none", "6", "none"),
        ("sea area", "3", "7", "disc"),
    ],
)
def test_the_codes_of_a_place_are_those_of_the_field(shipped: dict[str, Any], word: str, acled: str, ucdp: str, look: str) -> None:
    place = row(shipped["places"], word)
    assert (place["acled"], place["ucdp"], place["look"]) == (acled, ucdp, look)


def test_the_codes_of_a_place_are_those_that_its_events_get() -> None:
    """The table must not say other than an export does."""
    snapshot = open_store(STORE).snapshot()
    table = dict(zip(PLACE_PRECISIONS, method_data(snapshot)["places"], strict=True))
    for one in snapshot.events:
        assert one.place is not None
        expected = table[one.place.precision]
        assert expected["acled"] == str(acled_geo_precision(one) or "none")
        assert expected["ucdp"] == str(ucdp_where_prec(one))


@pytest.mark.parametrize(
    ("word", "acled", "ucdp"), [("minute", "1", "1"), ("day", "1", "1"), ("week", "2 or 3", "2 or 4"), ("month", "3", "4"), ("year", "3", "5")]
)
def test_the_codes_of_a_date_are_all_that_its_events_get(shipped: dict[str, Any], word: str, acled: str, ucdp: str) -> None:
    """Two of the three events known to a week are dated against another whose own day is not known."""
    assert (row(shipped["dates"], word)["acled"], row(shipped["dates"], word)["ucdp"]) == (acled, ucdp)


def test_a_precision_without_events_has_the_codes_of_a_plain_span() -> None:
    dates = method_data(store([], []))["dates"]
    assert [(date["acled"], date["ucdp"], date["example"]) for date in dates] == [
        ("1", "1", None),
        ("1", "1", None),
        ("2", "3", None),
        ("3", "4", None),
        ("3", "5", None),
    ]


def test_every_code_that_can_occur_is_explained(shipped: dict[str, Any]) -> None:
    lengths = {table["name"]: [code for code, _ in table["rows"]] for tables in shipped["codes"].values() for table in tables}
    assert lengths == {
        "ACLED geo_precision": [1, 2, 3],
        "UCDP where_prec": [1, 2, 3, 4, 5, 6, 7],
        "ACLED time_precision": [1, 2, 3],
        "UCDP date_prec": [1, 2, 3, 4, 5],
    }


def test_every_event_is_counted_once_in_each_table(shipped: dict[str, Any]) -> None:
    for name in ("places", "dates", "kinds", "date_bases"):
        assert sum(row["events"] for row in shipped[name]) == shipped["total"] == 17
    assert sum(row["events"] for row in shipped["place_bases"]) == 17 - shipped["absent"]["count"]


def test_the_radius_is_the_span_of_those_in_the_store(shipped: dict[str, Any]) -> None:
    assert row(shipped["places"], "exact site")["radius"] == "3 to 10 km"
    assert row(shipped["places"], "district")["radius"] == "3 km"
    assert row(shipped["places"], "country")["radius"] is None


def test_an_example_is_an_event_of_that_precision(shipped: dict[str, Any]) -> None:
    assert row(shipped["dates"], "week")["example"]["when"] == "between 16 and 21 February 2021"
    assert row(shipped["dates"], "minute")["example"]["when"] == "3 March 2021, 04:20 UTC"


def test_kinds_are_either_present_or_absent(shipped: dict[str, Any]) -> None:
    labels = [kind["label"] for kind in shipped["kinds"] + shipped["absent_kinds"]]
    assert sorted(labels) == sorted(kind.label for kind in KINDS)
    assert [kind["events"] for kind in shipped["kinds"]] == sorted((kind["events"] for kind in shipped["kinds"]), reverse=True)


def test_a_foreign_kind_is_listed_under_its_own_name() -> None:
    odd = event("x", told=["a"])
    odd["properties"]["kind"] = "prisoner_swap"
    kinds = method_data(store([update("a")], [odd]))["kinds"]
    assert [(kind["label"], kind["acled"]) for kind in kinds] == [("Prisoner swap", "Other")]


def test_each_date_has_its_note(shipped: dict[str, Any]) -> None:
    assert shipped["dated"]["count"] == len(shipped["dated"]["listed"]) == 17
    assert all(record["note"] for record in shipped["dated"]["listed"])


def test_what_an_editor_placed_is_listed_with_what_the_source_says(shipped: dict[str, Any]) -> None:
    placed = {record["title"]: record for record in shipped["by_editor"]["listed"]}
    assert len(placed) == shipped["by_editor"]["count"] == row(shipped["place_bases"], "editor")["events"] == 6
    erbil = placed["Rockets kill Filipino contractor at base in Iraq"]
    assert erbil["facts"] == ["Erbil, Iraq", "town", "±5 km"]
    assert "The source says only: Iraqi bases." in erbil["note"]


def test_what_is_not_on_the_map_is_listed_with_the_reason(shipped: dict[str, Any]) -> None:
    assert shipped["absent"]["count"] == 2
    assert all("not on the map" in record["note"] for record in shipped["absent"]["listed"])


def test_what_cannot_be_read_is_counted() -> None:
    broken = event("x", told=["a"])
    broken["properties"]["start"] = "yesterday"
    dangling = event("y", told=["nowhere"])
    data = method_data(store([update("a")], [broken, dangling]))
    assert data["left_out"]["count"] == 1
    assert "yesterday" in data["left_out"]["problems"][0]
    assert data["doubts"]["count"] == 1


def test_the_distance_from_baghdad_is_measured_and_not_typed_in(shipped: dict[str, Any]) -> None:
    stretch = shipped["stretch"]
    assert (stretch["told"], stretch["measured"], stretch["exactly"]) == ("160", "186", "185.9")


def test_each_ring_says_where_it_is_told(shipped: dict[str, Any]) -> None:
    tanf = shipped["rings"][0]
    assert (tanf["site"], tanf["radius"], tanf["told"]["heading"]) == ("US base at Tanf", "55 km", "ORIGINAL ENTRY, FEB 26")


def test_figures_stand_side_by_side_and_the_unknown_is_no_number(shipped: dict[str, Any]) -> None:
    figures = shipped["figures"]
    assert [row["figure"] for row in figures["rows"]] == ["17", "not known", "1", "at least 22"]
    assert (figures["low"], figures["best"], figures["high"]) == ("1", None, "22")


def test_one_figure_is_no_example_of_a_difference() -> None:
    lone = event("x", told=["a"])
    lone["properties"]["claims"] = [claim("three", 3, 3)]
    assert method_data(store([update("a")], [lone]))["figures"] is None
    lone["properties"]["claims"] = [claim("some", None, None), claim("many", None, None)]
    figures = method_data(store([update("a")], [lone]))["figures"]
    assert (figures["low"], figures["best"], figures["high"]) == (None, None, None)


def test_the_clocks_are_shown_on_the_event_that_is_told_most_often(shipped: dict[str, Any]) -> None:
    assert shipped["clocks"]["times"] == 5
    assert (shipped["clocks"]["first"], shipped["clocks"]["last"]) == ("26 February 2021", "2 March 2021")


def test_sources_are_counted_once_each(shipped: dict[str, Any]) -> None:
    assert [(source["source"], source["updates"]) for source in shipped["sources"]] == [("EA WorldView", 9)]
    assert shipped["licence"].startswith("The facts are retold")


def test_an_online_base_map_is_named_with_who_is_asked(shipped: dict[str, Any]) -> None:
    assert {"label": "OpenStreetMap", "hosts": ["tile.openstreetmap.org"]} in shipped["online"]


def test_an_empty_store_has_a_method_too() -> None:
    data = method_data(store([], []))
    assert (data["total"], data["figures"], data["clocks"], data["stretch"], data["sources"], data["licence"]) == (0, None, None, None, [], None)


def test_an_event_of_which_no_place_is_known_is_counted_apart() -> None:
    data = method_data(store([update("a")], [event("x", told=["a"], placed=False, place=False)]))
    assert (data["nowhere"], data["absent"]["count"]) == (1, 1)


def test_long_lists_are_cut_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_LISTED", 2)
    data = method_data(store([update("a")], [event(f"e{number}", told=["a"]) for number in range(5)]))
    assert (data["dated"]["count"], len(data["dated"]["listed"])) == (5, 2)


def test_all_of_it_is_json(shipped: dict[str, Any]) -> None:
    json.dumps(shipped, allow_nan=False)
