"""What the Updates page is given: order, reading order of events, passages cut out, and honest words for what is not on the map."""

import json
from pathlib import Path
from typing import Any

import pytest

from geo.store import Snapshot, open_store
from geo.store.geojson_file import read_document
from geo.ui import update_data as module
from geo.ui.update_data import counted, place_words, update_data, within_words

STORE = Path(__file__).resolve().parents[1] / "data" / "events.geojson"


def update(id_: str, text: str = "Somebody spoke.", published: str = "2021-02-28") -> dict[str, Any]:
    """An update as it stands in a store."""
    return {
        "id": id_,
        "heading": f"UPDATE {id_}",
        "published": published,
        "date_basis": "heading",
        "date_note": None,
        "source": "A Blog",
        "url": "https://blog.example/1",
        "text": text,
    }


def event(id_: str, *, told: list[str], exact: str | None = None, placed: bool = True, place: bool = True) -> dict[str, Any]:
    """An event as it stands in a store; `exact` is its passage in the first update that tells it."""
    where = {"name": "Balad", "country": "Iraq", "precision": "town" if placed else "country", "basis": "stated", "note": None}
    return {
        "type": "Feature",
        "id": id_,
        "geometry": {"type": "Point", "coordinates": [44.36, 33.94]} if placed else None,
        "properties": {
            "record": "event",
            "title": f"Rockets {id_}",
            "kind": "rocket_attack",
            "start": "2021-02-20",
            "end": "2021-02-20",
            "date_precision": "day",
            "date_basis": "stated",
            "date_note": None,
            "place": where | {"uncertainty_km": 5 if placed else None} if place else None,
            "actors": [],
            "claims": [],
            "updates": told,
            "passages": [{"update": told[0], "exact": exact}] if exact else [],
            "reported": "2021-02-28",
            "note": None,
        },
    }


def store(updates: list[dict[str, Any]], events: list[dict[str, Any]]) -> Snapshot:
    """A store of these."""
    document = {"type": "FeatureCollection", "dateline": {"schema": 1}, "updates": updates, "features": events}
    return read_document(json.dumps(document).encode(), where="a test")


def ids(data: dict[str, Any]) -> list[str]:
    return [update["id"] for update in data["updates"]]


def titles(data: dict[str, Any], update: int) -> list[str]:
    return [data["events"][number]["title"] for number in data["updates"][update]["events"]]


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    return update_data(open_store(STORE).snapshot(), newest_first=True)


def test_newest_first_is_the_order_of_the_store_and_oldest_first_turns_it_round() -> None:
    """Three updates share a day, so that only the position in the store tells which is newer."""
    snapshot = store([update("c"), update("b", published="2021-02-28T07:10Z"), update("a")], [])
    assert ids(update_data(snapshot, newest_first=True)) == ["c", "b", "a"]
    assert ids(update_data(snapshot, newest_first=False)) == ["a", "b", "c"]


def test_events_stand_in_the_order_in_which_the_text_comes_to_them() -> None:
    """What the text does not point to comes last."""
    events = [event("x", told=["a"]), event("y", told=["a"], exact="Second."), event("z", told=["a"], exact="First.")]
    data = update_data(store([update("a", "First. Second.")], events), newest_first=True)
    assert titles(data, 0) == ["Rockets z", "Rockets y", "Rockets x"]


def test_a_passage_that_two_events_share_is_cut_where_either_begins_and_ends() -> None:
    events = [event("x", told=["a"], exact="one two"), event("y", told=["a"], exact="two three")]
    data = update_data(store([update("a", "zero one two three four")], events), newest_first=True)
    assert data["updates"][0]["paragraphs"] == [[("zero ", []), ("one ", [0]), ("two", [0, 1]), (" three", [1]), (" four", [])]]


def test_a_passage_may_run_over_the_end_of_a_paragraph() -> None:
    data = update_data(store([update("a", "One two.\n\nThree four.")], [event("x", told=["a"], exact="two.\n\nThree")]), newest_first=True)
    assert data["updates"][0]["paragraphs"] == [[("One ", []), ("two.", [0])], [("Three", [0]), (" four.", [])]]


@pytest.mark.parametrize("text", ["One.\n\nTwo.\nstill two.", "\n\nOne.\n \n\n  Two.\nstill two."])
def test_paragraphs_are_parted_by_empty_lines(text: str) -> None:
    data = update_data(store([update("a", text)], []), newest_first=True)
    assert [[words for words, _ in runs] for runs in data["updates"][0]["paragraphs"]] == [["One."], ["Two.\nstill two."]]


def test_no_word_of_the_shipped_updates_is_lost_in_the_cutting(shipped: dict[str, Any]) -> None:
    for given, kept in zip(shipped["updates"], open_store(STORE).snapshot().updates.values(), strict=True):
        assert "\n\n".join("".join(words for words, _ in runs) for runs in given["paragraphs"]) == kept.text


def test_every_shipped_event_is_pointed_to_in_each_update_that_tells_it(shipped: dict[str, Any]) -> None:
    for given in shipped["updates"]:
        pointed = {number for runs in given["paragraphs"] for _, events in runs for number in events}
        assert pointed == set(given["events"])


def test_the_shipped_original_entry_tells_fourteen_events_of_which_twelve_are_on_the_map(shipped: dict[str, Any]) -> None:
    original = shipped["updates"][-1]
    assert (original["id"], len(original["events"]), original["placed"], original["more"]) == ("u-0226", 14, 12, 0)
    assert original["day"] == "26 February 2021"
    assert original["time"] is None
    assert original["basis"] == "dated by its heading"


def test_an_update_that_prints_only_a_time_says_where_its_day_is_from(shipped: dict[str, Any]) -> None:
    timed = next(given for given in shipped["updates"] if given["id"] == "u-0228-0730")
    assert (timed["day"], timed["time"], timed["published"]) == ("28 February 2021", "07:30 UTC", "2021-02-28T07:30Z")
    assert timed["basis"] == "day taken from a neighbouring heading"
    assert "28 February" in timed["note"]


def test_an_editors_point_says_so_and_how_far_off_it_may_be(shipped: dict[str, Any]) -> None:
    strike = next(given for given in shipped["events"] if given["id"] == "abu-kamal-border-strike-2021-02-26")
    assert (strike["placed"], strike["solid"]) == (True, False)
    assert strike["how"] == "near a town, ±12 km, placed by an editor"
    assert strike["place"] == "Unofficial crossing near Abu Kamal, Syria"


def test_what_is_not_on_the_map_says_why(shipped: dict[str, Any]) -> None:
    absent = [given for given in shipped["events"] if not given["placed"]]
    assert {given["id"] for given in absent} == {"chemical-sites-strikes-2018-04", "contractor-rockets-2019-12"}
    assert all(given["reason"] and given["how"] is None and not given["solid"] for given in absent)


def test_an_event_of_which_no_place_is_known_is_told_all_the_same() -> None:
    data = update_data(store([update("a")], [event("x", told=["a"], placed=False, place=False)]), newest_first=True)
    assert data["events"][0]["place"] == "place not known"
    assert data["events"][0]["reason"]


def test_an_update_may_tell_no_event() -> None:
    data = update_data(store([update("a")], []), newest_first=True)
    assert (data["updates"][0]["events"], data["updates"][0]["placed"], data["updates"][0]["more"]) == ([], 0, 0)


def test_an_unknown_kind_keeps_its_own_name() -> None:
    odd = event("x", told=["a"])
    odd["properties"]["kind"] = "prisoner_swap"
    assert update_data(store([update("a")], [odd]), newest_first=True)["kinds"][0]["label"] == "Prisoner swap"


def test_only_an_update_of_the_store_is_in_focus() -> None:
    snapshot = store([update("a")], [])
    assert update_data(snapshot, newest_first=True, focus="a")["focus"] == "a"
    assert update_data(snapshot, newest_first=True, focus="a")["missing"] is None
    assert update_data(snapshot, newest_first=True, focus="<b>")["focus"] is None
    assert update_data(snapshot, newest_first=True, focus="<b>")["missing"] == "<b>"
    assert update_data(snapshot, newest_first=True, focus="")["missing"] is None


@pytest.mark.parametrize("focus", ["u0", "u4", "u6", "u8", "u9"])
def test_a_long_store_is_cut_around_the_update_in_focus(focus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_UPDATES", 4)
    data = update_data(store([update(f"u{number}") for number in range(10)], []), newest_first=True, focus=focus)
    assert len(data["updates"]) == 4
    assert focus in ids(data)
    assert data["left_out"] == 6


def test_an_update_that_tells_too_much_counts_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_EVENTS", 3)
    data = update_data(store([update("a")], [event(f"e{number}", told=["a"]) for number in range(5)]), newest_first=True)
    assert (len(data["updates"][0]["events"]), data["updates"][0]["more"], len(data["events"])) == (3, 2, 3)


def test_the_lead_counts_and_dates_the_updates(shipped: dict[str, Any]) -> None:
    assert shipped["lead"] == "9 updates from EA WorldView, published 26 February to 4 March 2021 and retold here. They tell 17 events."


def test_the_lead_of_an_empty_store_says_so() -> None:
    assert update_data(store([], []), newest_first=True)["lead"] == "This store holds no updates."


def test_the_lead_of_several_sources_counts_them() -> None:
    lead = update_data(store([update("a"), update("b") | {"source": "Another"}], []), newest_first=True)["lead"]
    assert lead.startswith("2 updates from 2 sources, published 28 February 2021")


def test_all_of_it_is_json_and_no_name_of_the_store_is_a_key() -> None:
    """A store's ids stand in values only, so that `__proto__` is nothing special in the browser."""
    snapshot = store([update("__proto__")], [event("constructor", told=["__proto__"])])
    data = update_data(snapshot, newest_first=True, focus="__proto__")
    json.dumps(data, allow_nan=False)
    assert '"__proto__":' not in json.dumps(data)
    assert '"constructor":' not in json.dumps(data)


def test_words() -> None:
    assert (within_words(12), within_words(0.5), within_words(None)) == ("±12 km", "±0.5 km", "")
    assert (counted(1, "event"), counted(1200, "event")) == ("1 event", "1,200 events")
    assert place_words(None) == "place not known"
