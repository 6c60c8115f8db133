"""The Review page through AppTest: giving a blog, what its component gets, what a person does there, and a store that is only read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geo.ingest.blog import fetching
from geo.ingest.desk import taking
from geo.ingest.desk.folder import DeskFolder
from geo.ingest.desk.growing import Given
from geo.store import open_store
from geo.store.editing import Editor
from geo.ui import review_actions, review_session, state, who
from tests.conftest import ROOT
from tests.review_blogs import FIRST, GROWN, PUBLISHED, REWORDED, STRIKE, empty_store, read, source

HOSTILE = "UPDATE, NOV 9:\n\n<img src=x onerror=alert(1)> Shells fell on <b>Hodeidah</b> on Friday, killing two people, the mayor said.\n"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store, which the environment names, and a person who may write it."""
    path = empty_store(tmp_path / "events.geojson")
    monkeypatch.setenv("DATELINE_STORE", str(path))
    monkeypatch.setattr(who, "person", lambda: Editor("Ada"))
    monkeypatch.setattr(review_session, "read", read)
    return path


def opened() -> AppTest:
    return AppTest.from_file(str(ROOT / "pages" / "review.py"), default_timeout=60).run()


def given(text: str, published: date | None = PUBLISHED) -> AppTest:
    """The page after a text was pasted and read."""
    page = opened()
    page.text_area[0].set_value(text)
    page.date_input[0].set_value(published)
    return page.button[0].set_value(True).run()


def data_of(page: AppTest, name: str) -> dict[str, Any]:
    """What the page gave to one of its components; nothing if that is not drawn."""
    assert not page.exception, [error.message for error in page.exception]
    found = [json.loads(block.proto.json) for block in page.get("bidi_component") if block.proto.component_name == f"dateline_{name}"]
    return found[0] if found else {}


def does(page: AppTest, store: Path, **value: Any) -> AppTest:
    """Do what the browser's component would send, in the page's session, and run the page again."""
    session = page.session_state
    kept: dict[str, Any] = {"review": session["review"] if "review" in session else None}  # noqa: SIM401 - a session state has no get
    old = state.review, state.set_review
    state.review, state.set_review = lambda: kept["review"], lambda new: kept.update(review=new)
    try:
        review_actions.act(value, open_store(store).snapshot())
    finally:
        state.review, state.set_review = old
    session["review"] = kept["review"]
    return page.run()


def told(page: AppTest) -> Mapping[str, Any]:
    """What the page says was done last: at the desk, or above it about what was given."""
    at_desk = data_of(page, "review_view").get("said", {"words": ""})
    return at_desk if at_desk["words"] else data_of(page, "review_intro")["said"]  # type: ignore[no-any-return]


def about(page: AppTest, words: str) -> Mapping[str, Any]:
    """The proposal on the page that rests on these words."""
    found = [one for one in data_of(page, "review_view")["proposals"] if any(words in telling["exact"] for telling in one["tellings"])]
    assert len(found) == 1
    return found[0]


def test_the_page_begins_with_what_it_is_for(store: Path) -> None:
    """Nothing on the desk, and a form to read a blog."""
    page = opened()
    assert data_of(page, "review_intro")["empty"] and not told(page)["words"]
    assert data_of(page, "review_view") == {} and page.text_area[0].value == ""


def test_a_pasted_blog_is_shown_with_its_passages_and_proposals(store: Path) -> None:
    """Updates as printed on one side, runs that name their proposals; placements with radius, rule and, where open, the candidates."""
    data = data_of(given(FIRST), "review_view")
    assert [update["heading"] for update in data["updates"]][:2] == ["UPDATE, NOV 10", "UPDATE, 1610 GMT"]
    marked = {number for update in data["updates"] for runs in update["paragraphs"] for _, numbers in runs for number in numbers}
    assert marked == {one["n"] for one in data["proposals"]} and data["counts"]["open"] == len(data["proposals"])
    strike = next(one for one in data["proposals"] if any(STRIKE in telling["exact"] for telling in one["tellings"]))
    assert strike["place"]["position"] and strike["place"]["radius_km"] and strike["place"]["rule"] and not strike["place"]["why"]
    bus = next(one for one in data["proposals"] if "dozens of children" in json.dumps(one["tellings"]))
    assert bus["place"]["position"] is None and bus["place"]["why"] and len(bus["place"]["alternatives"]) > 1


def test_the_day_of_publication_is_asked_for(store: Path) -> None:
    """Nothing is read without it, and the page says why it is needed."""
    page = given(FIRST, published=None)
    said = told(page)
    assert said["failed"] and "day of publication" in said["words"]
    assert not store.with_name("events.desk").exists()


def test_an_accepted_proposal_is_an_event_and_no_longer_proposed(store: Path) -> None:
    """It is in the store under the person's name, and stands under Accepted with the way to the map."""
    page = given(FIRST)
    before = data_of(page, "review_view")["counts"]["open"]
    strike = about(page, STRIKE)
    page = does(page, store, do="accept", ids=[strike["id"]])
    assert data_of(page, "review_view")["counts"] == {"open": before - 1, "accepted": 1, "rejected": 0}
    said = told(page)
    assert not said["failed"] and said["event"] == strike["id"]
    assert open_store(store).snapshot().event(strike["id"]) is not None
    page = does(page, store, do="tab", tab="accepted")
    assert about(page, STRIKE)["decided"].startswith("Accepted by Ada")


def test_many_are_decided_at_once(store: Path) -> None:
    """All shown are accepted by one write, or rejected, and a rejection is taken back."""
    page = given(FIRST)
    ids = [one["id"] for one in data_of(page, "review_view")["proposals"]]
    page = does(page, store, do="reject", ids=ids[:2])
    page = does(page, store, do="accept", ids=ids[2:])
    assert data_of(page, "review_view")["counts"] == {"open": 0, "accepted": len(ids) - 2, "rejected": 2}
    assert [entry.by for entry in who.writer().history.entries()[0]] == ["", "Ada"]
    page = does(page, store, do="reopen", ids=ids[:1])
    assert data_of(page, "review_view")["counts"]["open"] == 1


def test_a_grown_blog_shows_only_the_new_as_new(store: Path) -> None:
    """What was decided is not proposed again, and the page says what the reading brought."""
    page = given(FIRST)
    page = does(page, store, do="accept", ids=[one["id"] for one in data_of(page, "review_view")["proposals"]])
    page = given(GROWN)
    data = data_of(page, "review_view")
    assert [(one["is_new"], "Zabid" in one["tellings"][0]["exact"]) for one in data["proposals"]] == [(True, True)]
    assert "1 new" in told(page)["words"]


def test_a_rewording_and_a_correction_are_shown(store: Path) -> None:
    """The difference by words, and the warning with the event that it touches."""
    page = given(FIRST)
    does(page, store, do="accept", ids=[one["id"] for one in data_of(page, "review_view")["proposals"]])
    page = given(REWORDED)
    data = data_of(page, "review_view")
    (earlier,) = [one for update in data["updates"] for one in update["earlier"]]
    assert ["out", "14 "] in earlier["runs"] and ["in", "15 "] in earlier["runs"]
    (warning,) = [one for one in data["warnings"] if one["words"].startswith("The blog corrects")]
    assert [event["title"] for event in warning["events"]] == ["Attack on a ship, off Hodeidah"]
    page = does(page, store, do="note", warning=warning["id"])
    assert warning["id"] not in {one["id"] for one in data_of(page, "review_view")["warnings"]}


def test_a_change_is_checked_and_kept(store: Path) -> None:
    """What breaks rules is told at the form; what is right is kept and shown as changed."""
    page = given(FIRST)
    strike = about(page, STRIKE)
    page = does(page, store, do="change", ids=[strike["id"]], given={"lon": "400"})
    assert "lon" in about(page, STRIKE)["problem"]
    page = does(page, store, do="change", ids=[strike["id"]], given={"title": "The workshop"})
    changed = about(page, STRIKE)
    assert (changed["title"], changed["changed"], changed["problem"]) == ("The workshop", True, None)
    page = does(page, store, do="change", ids=[strike["id"]], given=None)
    assert about(page, STRIKE)["changed"] is False


def test_the_last_decision_is_undone(store: Path) -> None:
    """An acceptance is taken out of the store, a rejection off the desk; both wait again, and only the last can be taken back here."""
    page = given(FIRST)
    count = data_of(page, "review_view")["counts"]["open"]
    before = open_store(store).snapshot()
    for what in ("accept", "reject"):
        page = does(page, store, do=what, ids=[about(page, STRIKE)["id"]])
        assert told(page)["undo"] and data_of(page, "review_view")["counts"]["open"] == count - 1
        page = does(page, store, do="undo")
        assert not told(page)["failed"] and not told(page)["undo"]
        assert data_of(page, "review_view")["counts"] == {"open": count, "accepted": 0, "rejected": 0}
        assert not about(page, STRIKE)["undone"]
    after = open_store(store).snapshot()
    assert (after.total, dict(after.updates)) == (before.total, dict(before.updates))
    assert [entry.action for entry in who.writer().history.entries()[0]][-1] == "undo"
    page = does(page, store, do="undo")
    assert told(page)["failed"] and "nothing to undo" in told(page)["words"].lower()


def test_more_of_an_event_is_undone_and_the_event_stays(store: Path) -> None:
    """What a grown blog added to an accepted event is taken out again; the event and the decision on it stay."""
    page = given(FIRST)
    page = does(page, store, do="accept", ids=[one["id"] for one in data_of(page, "review_view")["proposals"]])
    page = given(REWORDED)
    (more,) = [one for one in data_of(page, "review_view")["proposals"] if one["more_of"]]
    counts = data_of(page, "review_view")["counts"]
    page = does(page, store, do="accept", ids=[more["id"]])
    assert data_of(page, "review_view")["counts"]["open"] == counts["open"] - 1
    page = does(page, store, do="undo")
    assert data_of(page, "review_view")["counts"] == counts
    assert [one["more_of"] for one in data_of(page, "review_view")["proposals"] if one["more_of"]] == [more["more_of"]]


def test_merging_and_splitting(store: Path) -> None:
    """Two proposals become one; a telling becomes one of its own."""
    page = given(FIRST)
    data = data_of(page, "review_view")
    strike = about(page, STRIKE)
    page = does(page, store, do="split", ids=[strike["id"]], telling=strike["tellings"][-1]["id"])
    assert data_of(page, "review_view")["counts"]["open"] == data["counts"]["open"] + 1
    page = does(page, store, do="merge", ids=[about(page, "sea mine")["id"], about(page, "mortar fire")["id"]])
    assert len(about(page, "sea mine")["tellings"]) >= 2


def test_a_store_that_is_only_read_shows_everything_and_takes_nothing(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk is there to look at, without a form; what a browser sends all the same is refused."""
    taken = taking.take(DeskFolder(store), source(FIRST), Given("Live", "", "Gulf Wire", PUBLISHED, None), read=read)
    monkeypatch.setenv("DATELINE_READ_ONLY", "1")
    page = opened()
    data = data_of(page, "review_view")
    assert data["writable"] is False and "only reads" in data_of(page, "review_intro")["why_not"] and not page.text_area
    before = store.read_bytes()
    page = does(page, store, do="accept", ids=[data["proposals"][0]["id"]])
    assert told(page)["failed"] and store.read_bytes() == before
    assert DeskFolder(store).load().blogs == (taken.blog,)


MADE_UP: tuple[dict[str, Any], ...] = (
    {},
    {"do": "accept"},
    {"do": "accept", "ids": ["nothing"]},
    {"do": "accept", "ids": "abc"},
    {"do": "watch", "minutes": 1},
    {"do": "undo"},
    {"do": "watch", "minutes": "5"},
    {"do": "tab", "tab": "__proto__"},
    {"do": "split", "ids": [], "telling": {}},
    {"do": ["accept"]},
    {"do": "merge", "ids": [1, 2]},
    {"do": "blog", "blog": "b-0"},
)


@pytest.mark.parametrize("value", MADE_UP, ids=str)
def test_what_a_browser_makes_up_changes_nothing(store: Path, value: dict[str, Any]) -> None:
    """No message of a component does anything to what is not on the page."""
    page = given(FIRST)
    desk, bytes_ = DeskFolder(store).load(), store.read_bytes()
    page = does(page, store, **value)
    assert not page.exception
    assert (DeskFolder(store).load(), store.read_bytes()) == (desk, bytes_)


def test_an_address_is_fetched_once_and_can_be_watched(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the one module that goes to the network; the desk keeps the address, and a watch says when it is read next."""
    asked: list[str] = []

    def fetch(address: str) -> Any:
        asked.append(address)
        return source(FIRST, address=address)

    monkeypatch.setattr(fetching, "fetch", fetch)
    monkeypatch.setattr(review_session.watching(), "start", lambda: None)
    page = opened()
    page.radio[0].set_value("An address").run()
    page.text_input[0].set_value("https://wire.example/live")
    page.date_input[0].set_value(PUBLISHED)
    page = page.button[0].set_value(True).run()
    assert asked == ["https://wire.example/live"] and data_of(page, "review_view")["blog"]["address"] == asked[0]
    page = does(page, store, do="watch", minutes=15)
    assert data_of(page, "review_view")["blog"]["watch"] == 15
    page = does(page, store, do="again")
    assert len(asked) == 2 and "nothing has changed" in told(page)["words"]


def test_a_broken_desk_is_explained(store: Path) -> None:
    """The page says what is wrong with the file and what to do, and the rest of the app stays as it is."""
    folder = store.with_name("events.desk")
    folder.mkdir()
    (folder / "desk.json").write_text('{"desk": 9}', encoding="utf-8")
    page = opened()
    fault = data_of(page, "review_intro")["fault"]
    assert "version 1" in fault["words"] and "Move it away" in fault["advice"] and data_of(page, "review_view") == {}


def test_a_lost_text_is_explained_and_mended_by_reading_again(store: Path) -> None:
    """The page says that the text is gone; given again, the blog is carried on with its decisions."""
    page = given(FIRST)
    page = does(page, store, do="reject", ids=[about(page, STRIKE)["id"]])
    for text in store.with_name("events.desk").glob("*.txt"):
        text.unlink()
    page = opened()
    assert "not there any more" in data_of(page, "review_intro")["fault"]["words"]
    assert len(DeskFolder(store).load().blogs) == 1
    page = given(FIRST)
    assert data_of(page, "review_intro")["fault"] is None and data_of(page, "review_view")["counts"]["rejected"] == 1


def test_hostile_text_reaches_the_component_as_text(store: Path) -> None:
    """Markup in a blog is data to the page, never markup: the component builds text nodes of it."""
    data = data_of(given(HOSTILE), "review_view")
    assert "<img src=x onerror=alert(1)>" in json.dumps(data, ensure_ascii=False)
