"""Every page through Streamlit's AppTest: what it gives its components for an address, and what it says of a store that is broken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT
from tests.hostile import hostile_store

TOTAL = 17


def open_page(name: str, **query: str | list[str]) -> AppTest:
    """Run a page as a new session would that came with this address."""
    test = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=60)
    for parameter, value in query.items():
        test.query_params[parameter.rstrip("_")] = value
    return test.run()


def data_of(test: AppTest, component: str) -> dict[str, Any]:
    """The JSON that a page gave to one of its components."""
    assert not test.exception, [error.message for error in test.exception]
    protos = [block.proto for block in test.get("bidi_component") if block.proto.component_name == f"dateline_{component}"]
    assert len(protos) == 1, f"{component} is drawn {len(protos)} times"
    data: dict[str, Any] = json.loads(protos[0].json)
    return data


def row_ids(test: AppTest) -> list[str]:
    """The events in the list."""
    return [row["id"] for row in data_of(test, "event_list")["rows"]]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another store, which the environment names; the test writes it."""
    path = tmp_path / "other.geojson"
    monkeypatch.setenv("DATELINE_STORE", str(path))
    return path


def test_a_fresh_map_page_shows_everything() -> None:
    """Without an address, all dates and all events, those off the map with their number."""
    page = open_page("map")
    assert data_of(page, "summary")["words"] == "17 of 17 events, all dates, as happened; 2 not on the map"
    assert len(row_ids(page)) == TOTAL
    assert data_of(page, "event_list")["tray"]["total"] == 2
    assert data_of(page, "scrubber")["state"]["mask"] is None


def test_the_sentence_of_the_summary_is_that_of_the_story() -> None:
    """The window in words, the clock, and how many are shown."""
    page = open_page("map", from_="2021-02-01", to="2021-02-28")
    assert data_of(page, "summary")["words"] == "5 of 17 events, 1 to 28 February 2021, as happened"


def test_facets_are_anded_and_their_values_ored() -> None:
    """Two kinds together, and the dates on top."""
    page = open_page("map", kind=["air_strike", "rocket_attack"], from_="2021-02-01", to="2021-02-28")
    assert row_ids(page) == [
        "abu-kamal-border-strike-2021-02-26",
        "green-zone-rockets-2021-02-22",
        "balad-rockets-2021-02",
        "erbil-rockets-2021-02-15",
    ]


def test_the_map_hides_what_the_list_hides() -> None:
    """The mask over the columns holds for every kind of filter but time."""
    page = open_page("map", kind="ship_attack")
    assert set(row_ids(page)) == {"helios-ray-blast-2021-02-26", "gulf-tankers-2019"}
    assert data_of(page, "scrubber")["state"]["mask"] is not None


def test_the_second_clock_hides_what_was_told_later() -> None:
    """As known on 27 February 2021, nobody had told of the rockets of March, nor of 22 dead."""
    page = open_page("map", known="2021-02-27", event="abu-kamal-border-strike-2021-02-26")
    assert "as known on 27 February 2021" in data_of(page, "summary")["words"]
    detail = json.dumps(data_of(page, "detail"), ensure_ascii=False)
    assert "a handful" in detail
    assert "at least 22" not in detail


def test_an_event_in_the_address_opens_its_detail() -> None:
    """The list has turned into the detail, with all four figures of the dead side by side."""
    page = open_page("map", event="abu-kamal-border-strike-2021-02-26")
    claims = json.dumps(data_of(page, "detail")["claims"], ensure_ascii=False)
    for figure in ("a handful", "17", "likely 1", "at least 22"):
        assert figure in claims
    assert data_of(page, "scrubber")["state"]["selected"] == "abu-kamal-border-strike-2021-02-26"


def test_the_address_that_python_owns_says_the_view_again() -> None:
    """What came in with a link goes out again, so that the address can be sent on."""
    page = open_page("map", kind="air_strike", event="shayrat-strike-2017-04", rings="off", ring="42.441,33.786,50,km", text="base")
    query = data_of(page, "scrubber")["query"]
    for part in ("kind=air_strike", "event=shayrat-strike-2017-04", "rings=off", "text=base", "ring=42.441"):
        assert part in query


def test_the_rings_of_the_store_are_on_at_first_and_can_be_off() -> None:
    """Three rings come with the store."""
    rings = data_of(open_page("map"), "scrubber")["state"]["rings"]
    assert sorted(ring["radius_m"] for ring in rings) == [8_000, 55_000, 160_000]
    assert data_of(open_page("map", rings="off"), "scrubber")["state"]["rings"] == []


def test_a_ring_in_the_address_is_drawn() -> None:
    """Around a point, a site and an event alike."""
    page = open_page("map", rings="off", ring=["42,33,10,nmi", "site:tanf,20,mi", "event:erbil-rockets-2021-02-15,5,km"])
    rings = data_of(page, "scrubber")["state"]["rings"]
    assert [ring["radius_m"] for ring in rings] == [18_520, pytest.approx(32_186.88), 5_000]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"from_": "yesterday"}, "from=yesterday: not a date"),
        ({"to": "2021-02-30"}, "to=2021-02-30"),
        ({"from_": "2021-03-01", "to": "2021-02-01"}, "lies before from"),
        ({"precision": "galaxy"}, "no such precision"),
        ({"known": "\x00"}, "known="),
        ({"event": "no-such-event"}, "no such event"),
        ({"map": "nan/nan/nan"}, "give zoom/latitude/longitude"),
        ({"map": "5/91/0"}, "give zoom/latitude/longitude"),
        ({"base": "javascript:alert(1)"}, "no such base map"),
        ({"mode": "sideways"}, "use window or cumulative"),
        ({"ring": "around the moon"}, "ring=around the moon"),
        ({"ring": "0,0,1e400,km"}, "ring=0,0,1e400,km"),
        ({"ring": "site:atlantis,5,km"}, "no such site"),
        ({"text": "a" * 5_000}, "too long"),
    ],
    ids=str,
)
def test_a_bad_address_costs_only_what_is_bad_and_says_so(query: dict[str, str], said: str) -> None:
    """The page comes up with everything else, whatever somebody has typed."""
    summary = data_of(open_page("map", **query), "summary")
    assert summary["words"].startswith("17 of 17 events")
    assert "1 part of the address could not be followed" in summary["problems"][0]["words"]
    assert said in summary["problems"][0]["items"][0]["message"]


def test_an_unknown_parameter_is_passed_over() -> None:
    """Other sites append their own to links."""
    assert data_of(open_page("map", utm_source="<script>"), "summary")["problems"] == []


def test_both_export_buttons_are_there_and_name_the_window() -> None:
    """The handles that tools rely on; with nothing on the screen there is nothing to take away."""
    page = open_page("map", from_="2021-02-01", to="2021-02-28")
    assert not page.exception
    assert [button.proto.label for button in page.get("download_button")] == ["Export GeoJSON", "Export CSV"]
    empty = open_page("map", text="no text of the store says this")
    assert all(button.proto.disabled for button in empty.get("download_button"))


def test_the_updates_page_tells_the_blog_as_it_ran() -> None:
    """Nine updates, newest first, each with its events."""
    updates = data_of(open_page("updates"), "updates_view")["updates"]
    assert [update["id"] for update in updates][:3] == ["u-0304", "u-0303", "u-0302"]
    assert len(updates) == 9


def test_the_method_page_comes_up() -> None:
    """It names what is not on the map."""
    assert "US, France and Britain strike three chemical" in json.dumps(data_of(open_page("method"), "method_view"))


def test_the_frame_runs_the_map_page_first() -> None:
    """The way in leads to the map."""
    assert data_of(open_page("router"), "summary")["words"].startswith("17 of 17")


@pytest.mark.parametrize("name", ["map", "updates", "import", "review", "history", "method"])
def test_a_missing_store_is_explained_on_every_page(store: Path, name: str) -> None:
    """What is wrong, where, and what to do."""
    said = data_of(open_page(name), "store_error")
    assert said["what"] == "There is no such file"
    assert said["where"] == str(store)
    assert "DATELINE_STORE" in said["advice"]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "not JSON"),
        (b"{", "Line 1, column 2"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[]", "not a GeoJSON FeatureCollection"),
        (b'{"type": "FeatureCollection"}', "/features"),
        (b'{"type": "FeatureCollection", "features": [], "features": []}', "twice"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "NaN"),
        (b'{"type": "FeatureCollection", "features": [], "dateline": {"schema": 99}}', "schema 99"),
        (b"[" * 100_000, "nested too deeply"),
    ],
    ids=lambda value: repr(value[:24]) if isinstance(value, bytes) else "",
)
def test_a_broken_store_is_explained(store: Path, body: bytes, what: str) -> None:
    """The fault is named, and no traceback is shown."""
    store.write_bytes(body)
    assert what in data_of(open_page("map"), "store_error")["what"]


def test_one_bad_feature_costs_only_itself(store: Path) -> None:
    """The rest is shown, with a line that says what was left out."""
    document = json.loads((ROOT / "data" / "events.geojson").read_text(encoding="utf-8"))
    document["features"][0]["geometry"]["coordinates"] = [200, 95]
    store.write_text(json.dumps(document), encoding="utf-8")
    page = open_page("map")
    summary = data_of(page, "summary")
    assert summary["words"].startswith("16 of 16 events")
    assert "1 record could not be read and is left out" in json.dumps(summary["problems"])


def test_a_changed_store_is_seen_on_the_next_run(store: Path) -> None:
    """Another program may edit the file while the app runs."""
    document = json.loads((ROOT / "data" / "events.geojson").read_text(encoding="utf-8"))
    store.write_text(json.dumps(document), encoding="utf-8")
    page = open_page("map")
    assert len(row_ids(page)) == TOTAL
    document["features"] = document["features"][1:]
    store.write_text(json.dumps(document), encoding="utf-8")
    assert len(row_ids(page.run())) == TOTAL - 1


@pytest.mark.parametrize("name", ["map", "updates", "import", "review", "history", "method"])
def test_hostile_text_brings_no_page_down(store: Path, name: str) -> None:
    """Whatever the text, the page is drawn."""
    hostile_store(store.parent).rename(store)
    assert not open_page(name).exception
