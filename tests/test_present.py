"""What the list, the detail and the summary line say of events, as the JSON that the page's components get."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import Problem
from geo.filters import EventFilter
from geo.kinds import KINDS
from geo.moments import parse_moment
from geo.store import Snapshot, read_document
from geo.store.base import Tally
from geo.ui.evidence import claims_table, figure, marked_paragraphs, source_updates
from geo.ui.present import (
    detail_data,
    is_exact,
    kind_mark,
    list_data,
    off_map_reason,
    problem_lists,
    summary_data,
    summary_words,
)
from tests.conftest import ROOT
from tests.factories import as_event, claim, event, snapshot, update

ABU_KAMAL = "abu-kamal-border-strike-2021-02-26"


@pytest.fixture(scope="module")
def story() -> Snapshot:
    """The store that comes with Dateline."""
    return read_document((ROOT / "data" / "events.geojson").read_bytes(), where="data/events.geojson")


def many(count: int) -> Snapshot:
    """A store with events of as many different days."""
    days = [f"{2000 + number // 300}-{1 + number // 25 % 12:02}-{1 + number % 25:02}" for number in range(count)]
    return snapshot([event(f"e-{number:03}", start=day, end=day) for number, day in enumerate(days)])


def detail(store: Snapshot, id_: str, known: str | None = None) -> dict[str, Any]:
    """The detail of an event of a store, alone in its list."""
    found = store.event(id_)
    assert found is not None
    return detail_data(store, found, EventFilter(known=None if known is None else parse_moment(known)))


# The summary line


@pytest.mark.parametrize(
    ("shown", "total", "unplaced", "words"),
    [
        (14, 17, 2, "14 of 17 events, 1 to 28 February 2021, as happened; 2 not on the map"),
        (14, 17, 0, "14 of 17 events, 1 to 28 February 2021, as happened"),
        (1, 17, 1, "1 of 17 events, 1 to 28 February 2021, as happened; 1 not on the map"),
        (17, 17, 0, "17 of 17 events, 1 to 28 February 2021, as happened"),
        (0, 1, 0, "0 of 1 event, 1 to 28 February 2021, as happened"),
        (1200, 400_000, 1000, "1,200 of 400,000 events, 1 to 28 February 2021, as happened; 1,000 not on the map"),
    ],
)
def test_summary_in_words(shown: int, total: int, unplaced: int, words: str) -> None:
    """One form for every count."""
    assert summary_words(shown, total, "1 to 28 February 2021", "as happened", unplaced) == words


def test_summary_says_what_is_filtered(story: Snapshot) -> None:
    """The filter's own words become a sentence; without any there is none, and nothing to clear."""
    given_ = {"window": "all dates", "clock": "as known on 27 February 2021"}
    filtered = summary_data(story, Tally(17, 2), **given_, filters="air strike; involving Iran", clearable=True)
    assert filtered["filters"] == "Only air strike; involving Iran."
    assert filtered["words"] == "17 of 17 events, all dates, as known on 27 February 2021; 2 not on the map"
    plain = summary_data(story, Tally(17, 2), **given_, filters="", clearable=False)
    assert (plain["filters"], plain["clearable"], plain["problems"]) == ("", False, [])


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        (0, "Part of the store could not be read"),
        (1, "1 record could not be read and is left out"),
        (3, "3 records could not be read and are left out"),
    ],
)
def test_what_is_left_out_is_counted(left_out: int, words: str) -> None:
    """Records are counted, not faults: one record may have many."""
    broken = replace(snapshot(), set_aside=(Problem("/features/0/id", "is missing", "", "Add it."),) * 4, left_out=left_out)
    assert problem_lists(broken)[0]["words"] == words
    assert problem_lists(broken)[0]["items"][0] == {"pointer": "/features/0/id", "message": "is missing", "value": "", "advice": "Add it."}


def test_a_wholly_broken_store_sends_no_endless_list() -> None:
    """A hundred faults cross to the browser; the rest is a number."""
    problems = tuple(Problem(f"/features/{number}", "is broken", "", "Mend it.") for number in range(250))
    shown = problem_lists(replace(snapshot(), set_aside=problems, doubts=problems[:1], left_out=250))
    assert [(len(each["items"]), each["more"]) for each in shown] == [(100, 150), (1, 0)]
    assert shown[1]["words"] == "1 fault of the store is passed over"


# The list


def test_list_comes_newest_first_and_can_be_turned(story: Snapshot) -> None:
    """A live blog has its news on top; the other order is that of the store."""
    newest = [row["id"] for row in list_data(story, EventFilter(), selected=None, page=0)["rows"]]
    oldest = [row["id"] for row in list_data(story, EventFilter(), selected=None, page=0, newest_first=False)["rows"]]
    assert newest[0] == "ain-al-asad-rockets-2021-03-03"
    assert oldest == [event.id for event in story.events] == newest[::-1]


def test_list_is_paged() -> None:
    """250 events are three pages, and each event is on one of them."""
    events = many(250)
    pages = [list_data(events, EventFilter(), selected=None, page=page) for page in range(3)]
    assert [(page["page"], page["pages"], page["first"], len(page["rows"])) for page in pages] == [(0, 3, 1, 100), (1, 3, 101, 100), (2, 3, 201, 50)]
    assert [row["id"] for page in pages for row in page["rows"]] == [event.id for event in reversed(events.events)]


@pytest.mark.parametrize(("asked", "got"), [(-5, 0), (2, 2), (3, 2), (10**9, 2)])
def test_a_page_that_is_not_there_becomes_the_nearest(asked: int, got: int) -> None:
    """As happens when a filter shortens the list under a person who is far down."""
    assert list_data(many(250), EventFilter(), selected=None, page=asked)["page"] == got


def test_rows_say_when_and_where(story: Snapshot) -> None:
    """The date as precise as it is known; the place, how vague it is, and whether it is on the map."""
    rows = {row["id"]: row for row in list_data(story, EventFilter(), selected=None, page=0)["rows"]}
    assert rows[ABU_KAMAL] == {
        "id": ABU_KAMAL,
        "title": "US air strikes on Iran-backed militias at Syrian–Iraqi border",
        "kind": "air_strike",
        "solid": False,
        "when": "26 February 2021",
        "place": "Unofficial crossing near Abu Kamal",
        "within": "±12 km",
        "on_map": True,
    }
    assert (rows["balad-rockets-2021-02"]["when"], rows["balad-rockets-2021-02"]["within"]) == ("between 16 and 21 February 2021", "")
    assert rows["balad-rockets-2021-02"]["solid"]
    assert (rows["contractor-rockets-2019-12"]["on_map"], rows["contractor-rockets-2019-12"]["solid"]) == (False, False)


def test_tray_holds_what_is_not_on_the_map(story: Snapshot) -> None:
    """With its number, and a reason each; the same events are in the list, too."""
    data = list_data(story, EventFilter(), selected=None, page=0)
    assert data["tray"]["total"] == 2
    held = {row["id"]: row["reason"] for row in data["tray"]["rows"]}
    assert held.keys() == {"contractor-rockets-2019-12", "chemical-sites-strikes-2018-04"}
    assert all("not on the map" in reason for reason in held.values())
    assert held.keys() < {row["id"] for row in data["rows"]}


def test_tray_is_bounded_too() -> None:
    """A store without a single point sends a page of it and the number."""
    data = list_data(snapshot([event(f"e-{number}", None) for number in range(250)]), EventFilter(), selected=None, page=0)
    assert (data["tray"]["total"], len(data["tray"]["rows"]), len(data["rows"])) == (250, 100, 100)


def test_reason_without_a_note() -> None:
    """Where nobody wrote one, the place says how close the source comes."""
    assert off_map_reason(as_event("e", None, place={"name": "Iraq", "precision": "country"})) == "The source names no place closer than Iraq."
    assert off_map_reason(replace(as_event("e", None), place=None)) == "The source says nothing of the place."


def test_an_empty_list_says_what_to_do(story: Snapshot) -> None:
    """Filters that leave nothing are not the same as a store that holds nothing."""
    filtered = list_data(story, EventFilter(text="nowhere to be found"), selected=None, page=0)
    assert (filtered["empty"]["words"], filtered["empty"]["clearable"]) == ("No event in these dates.", True)
    assert filtered["pages"] == 1
    assert list_data(snapshot([]), EventFilter(), selected=None, page=0)["empty"]["clearable"] is False


@pytest.mark.parametrize(
    ("precision", "solid"),
    [("site", True), ("town", True), ("near_town", False), ("district", False), ("province", False), ("country", False), ("sea", False)],
)
def test_only_an_exact_place_has_a_solid_mark(precision: str, solid: bool) -> None:
    """And none that is not on the map."""
    assert is_exact(as_event("e", place={"precision": precision})) is solid
    assert not is_exact(as_event("e", None, place={"precision": precision}))


def test_an_unknown_kind_keeps_its_name() -> None:
    """It is drawn as "other" and called what the store calls it."""
    mark = kind_mark(as_event("e", kind="barrel_bomb"))
    assert (mark["code"], mark["label"], mark["path"]) == ("barrel_bomb", "Barrel bomb", KINDS[-1].path)


# The detail


def test_neighbours_are_those_of_the_list(story: Snapshot) -> None:
    """Counted from 1; the ends have one neighbour; an event that is filtered away has no place."""
    last, *_, second, first = story.events
    name = {"id": second.id, "title": second.title}
    assert detail(story, first.id)["neighbours"] == {"number": 1, "total": 17, "previous": None, "next": name}
    assert detail(story, second.id)["neighbours"]["previous"]["id"] == first.id
    assert (found := detail(story, last.id)["neighbours"])
    assert (found["number"], found["next"]) == (17, None)
    turned = detail_data(story, last, EventFilter(), newest_first=False)["neighbours"]
    assert (turned["number"], turned["previous"]) == (1, None)
    assert detail_data(story, last, EventFilter(kinds=frozenset({"raid"})))["neighbours"] is None


def test_the_four_tolls_of_one_strike_stand_side_by_side(story: Snapshot) -> None:
    """The figures differ, are not averaged, and the one that nobody counted is not 0."""
    killed = detail(story, ABU_KAMAL)["claims"][0]
    assert (killed["label"], killed["figures"]) == ("Killed", True)
    assert [(row["figure"], row["by"], row["update"]["label"]) for row in killed["rows"]] == [
        ("17", "not attributed", "ORIGINAL ENTRY, FEB 26"),
        ("not known", "US officials", "ORIGINAL ENTRY, FEB 26"),
        ("1", "Pentagon (John Kirby)", "UPDATE, MARCH 2"),
        ("at least 22", "Syrian Observatory for Human Rights", "UPDATE, MARCH 2"),
    ]
    assert killed["rows"][2]["when"] == "1 March 2021"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, "not known"),
        (0, 0, "0"),
        (4, 5, "4 to 5"),
        (22, None, "at least 22"),
        (None, 3, "at most 3"),
        (1400, None, "at least 1,400"),
        (2.5, 2.5, "2.5"),
        (1e300, 1e300, "1e+300"),
    ],
)
def test_figures_in_words(low: float | None, high: float | None, words: str) -> None:
    """Unknown is "not known"; a counted zero is 0."""
    assert figure(as_event("e", claims=[claim(low=low, high=high)]).claims[0]) == words


def test_claims_are_grouped_by_metric() -> None:
    """Figures of people first, the rest as it was told; statements have no figure at all."""
    told = [claim("intent", None, None, unit=None), claim("injured_of_whom", 2, 2), claim("killed"), claim("intent", None, None, unit=None)]
    groups = claims_table(as_event("e", claims=told), {})
    shown = [(group["label"], group["figures"], len(group["rows"])) for group in groups]
    assert shown == [("Killed", True, 1), ("Of the injured", True, 1), ("Intent", False, 2)]
    assert groups[2]["rows"][0]["figure"] is None
    assert groups[0]["rows"][0]["update"] == {"id": "u-1", "label": "u-1"}


def test_what_is_known_of_date_and_place_is_in_words(story: Snapshot) -> None:
    """How it is known comes first, then the note; who placed the point is said up front."""
    data = detail(story, ABU_KAMAL)
    assert data["date"]["words"] == "26 February 2021"
    assert data["date"]["basis"] == "It follows from what the source says."
    assert data["place"]["basis"] == "Placed by an editor."
    assert (data["place"]["country"], data["place"]["within"]) == ("Syria", "±12 km")
    assert data["standing"] == "Placed by an editor near a town; the true place lies within 12 km."
    assert [actors["role"] for actors in data["actors"]] == ["Attacker", "Targets"]
    assert data["codes"][1]["parts"] == ["where_prec 2", "date_prec 1", "deaths low 1", "best none", "high 22"]


@pytest.mark.parametrize(
    ("at", "place", "words"),
    [
        ((44, 33), {"precision": "site", "basis": "stated"}, ""),
        ((44, 33), {"precision": "site", "basis": "editor"}, "Placed by an editor at a site; the true place lies within 5 km."),
        ((44, 33), {"precision": "sea", "basis": "stated"}, "The source names a sea area and nothing closer; the true place lies within 5 km."),
        ((44, 33), {"precision": "town", "basis": "gazetteer"}, "Placed by a gazetteer in a town; the true place lies within 5 km."),
        (None, {"name": "Iraq"}, "Not on the map: the source names no place closer than Iraq."),
    ],
)
def test_how_far_a_point_can_be_trusted(at: tuple[float, float] | None, place: dict[str, Any], words: str) -> None:
    """In one plain sentence, and only where there is something to say."""
    assert detail(snapshot([event("e", at, place=place)]), "e")["standing"] == words


def test_a_place_off_the_map_was_placed_by_nobody(story: Snapshot) -> None:
    """The words for a point would be untrue."""
    data = detail(story, "contractor-rockets-2019-12")
    assert (data["on_map"], data["place"]["basis"]) == (False, "An editor knows this; the source does not say.")
    assert data["place"]["country"] is None  # "Iraq, Iraq" says nothing


def test_what_was_told_later_is_hidden(story: Snapshot) -> None:
    """As known on 27 February, the tolls of 2 March are not there, and the detail says that something is left out."""
    data = detail(story, ABU_KAMAL, "2021-02-27")
    assert [row["figure"] for row in data["claims"][0]["rows"]] == ["17", "not known"]
    assert [update["id"] for update in data["updates"]] == ["u-0226", "u-0227"]
    assert data["known"] == "As known on 27 February 2021: 3 later updates are left out, with what they claim."
    assert data["codes"][1]["parts"][-1] == "high 17"
    assert detail(story, ABU_KAMAL, "2021-03-02")["known"] == ""


def test_an_event_that_was_not_yet_told_claims_nothing(story: Snapshot) -> None:
    """A link may open it all the same."""
    data = detail(story, ABU_KAMAL, "2021-02-25")
    assert (data["claims"], data["updates"]) == ([], [])
    assert data["known"] == "Not yet told on 25 February 2021. First told on 26 February 2021."


# The updates and their passages


def test_updates_come_oldest_first_and_whole(story: Snapshot) -> None:
    """Nothing of a text is lost but the breaks between its paragraphs, and each passage is marked to the letter."""
    found = story.event(ABU_KAMAL)
    assert found is not None
    updates = source_updates(found, story.updates)
    assert [update["id"] for update in updates] == ["u-0226", "u-0227", "u-0228", "u-0228-0730", "u-0302"]
    for update_ in updates:
        text = story.updates[update_["id"]].text
        assert "\n\n".join("".join(run["text"] for run in runs) for runs in update_["paragraphs"]) == text
        marked = "".join(run["text"] for runs in update_["paragraphs"] for run in runs if run["marked"])
        assert marked == "".join(passage.exact for passage in found.passages if passage.update == update_["id"])


def runs_of(text: str, *passages: str) -> list[list[tuple[str, bool]]]:
    """Paragraphs as lists of (words, marked)."""
    return [[(run["text"], run["marked"]) for run in runs] for runs in marked_paragraphs(text, list(passages))]


def test_passages_that_overlap_are_one_mark() -> None:
    """As do those that touch; one inside another adds nothing."""
    assert runs_of("abcdefgh", "bcd", "cde", "f") == [[("a", False), ("bcdef", True), ("gh", False)]]
    assert runs_of("abcdefgh", "abcdefgh", "cd") == [[("abcdefgh", True)]]


def test_a_passage_may_run_over_paragraphs() -> None:
    """The break is no part of either."""
    assert runs_of("one two\n\n  \nthree four", "two\n\n  \nthree") == [[("one ", False), ("two", True)], [("three", True), (" four", False)]]


def test_a_passage_that_is_not_there_marks_nothing() -> None:
    """An empty one neither; one that stands twice is marked where it stands first."""
    assert runs_of("aXbX", "nowhere", "") == [[("aXbX", False)]]
    assert runs_of("aXbX", "X") == [[("a", False), ("X", True), ("bX", False)]]
    assert runs_of(" \n\n ") == []


@given(st.text("ab\n ", max_size=40), st.lists(st.text("ab\n ", max_size=5), max_size=5))
def test_marking_loses_and_invents_nothing(text: str, passages: list[str]) -> None:
    """Whatever the text and the passages, the runs are the text; what is marked stands in a passage."""
    paragraphs = runs_of(text, *passages)
    kept = "".join(words for runs in paragraphs for words, _ in runs)
    assert "".join(kept.split()) == "".join(text.split())
    for runs in paragraphs:
        assert all(words for words, _ in runs)
        assert all(one[1] != other[1] for one, other in pairwise(runs))


def test_an_update_that_the_store_lacks_is_named() -> None:
    """A broken reference is no reason to show nothing."""
    data = detail(snapshot([event("e", updates=["u-1", "u-gone"])]), "e")
    assert [(update["id"], update["missing"]) for update in data["updates"]] == [("u-1", False), ("u-gone", True)]


@pytest.mark.parametrize("address", ["javascript:alert(1)", " https://example.org", "data:text/html,x", "//example.org", "https://"])
def test_an_address_that_is_none_is_not_sent(address: str) -> None:
    """The store refuses it already; a store of another make may not."""
    store = snapshot([event("e")])
    updates = {"u-1": replace(store.updates["u-1"], url=address)}
    assert source_updates(store.events[0], updates)[0]["url"] is None


def test_updates_of_one_day_keep_the_order_of_their_times() -> None:
    """A dated heading without a time comes before the times of its day."""
    updates = [update("u-1", "2021-02-28T07:30Z"), update("u-2", "2021-02-28T07:10Z"), update("u-3", "2021-02-28")]
    data = detail(snapshot([event("e", updates=["u-1", "u-2", "u-3"])], updates), "e")
    assert [update["id"] for update in data["updates"]] == ["u-3", "u-2", "u-1"]


def test_everything_is_json(story: Snapshot) -> None:
    """For every event of the story, on both clocks."""
    for found in story.events:
        for known in (None, "2021-02-27"):
            json.dumps(detail(story, found.id, known), allow_nan=False)
    json.dumps(list_data(story, EventFilter(), selected=ABU_KAMAL, page=0), allow_nan=False)
