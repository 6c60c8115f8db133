"""Editing through the pages as Streamlit runs them: open, type, save, retract, meet a conflict; and what readers see."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.cli.program import main
from geo.store.access import Editor
from geo.store.editing import AddUpdate, ChangeEvent, ChangeSite, StoreWriter, version_of
from geo.ui import edit_actions, edit_panel, state, who
from geo.ui.edit_drafts import DRAFTS
from geo.ui.edit_session import opened
from tests.factories import document, encoded, event, site, update
from tests.test_pages import data_of, open_page

ANA = Editor("Ana", "editor")
BEN = Editor("Ben", "editor")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of two events that Ana may edit; the environment names it."""
    path = tmp_path / "store.geojson"
    path.write_bytes(encoded(document([event(), event("e-2"), site()], [update("u-2", "2021-03-02"), update()])))
    monkeypatch.setenv("DATELINE_STORE", str(path))
    monkeypatch.delenv("DATELINE_READ_ONLY", raising=False)
    monkeypatch.setattr(who, "person", lambda: ANA)
    return path


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the session of a page hear a message, as if its panel had sent it."""

    def sent(page: AppTest, **message: Any) -> None:
        kept: dict[str, Any] = {"view": page.session_state["view"]}
        for key in ("editing", "note", "history_record"):
            if key in page.session_state:
                kept[key] = page.session_state[key]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(st, "session_state", kept)
            edit_panel.told(message)
        for key, value in kept.items():
            page.session_state[key] = value
        page.run()

    return sent


def form_of(page: AppTest) -> dict[str, Any]:
    """The form that the page shows."""
    data = data_of(page, "edit_panel")
    assert data["mode"] == "form", data["mode"]
    form: dict[str, Any] = data["form"]
    return form


def filled(form: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The message's part that holds the form, with these changes."""
    return {"name": form["name"], "version": form["version"], "form": form["values"] | changes}


def on_disk(path: Path, id_: str = "e-1") -> dict[str, Any]:
    """An event as the file has it."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    found: dict[str, Any] = next(feature for feature in kept["features"] if feature["id"] == id_)
    return found


def by_ben(path: Path, **properties: Any) -> None:
    """Let somebody else change the event."""
    now = on_disk(path)
    changed = now | {"properties": now["properties"] | properties}
    StoreWriter(path).apply([ChangeEvent("e-1", changed, version_of(now))], by=BEN, why="Ben knows better")


def test_an_event_is_edited_and_saved(store: Path, say: Callable[..., None]) -> None:
    """The form has what the store has; what is saved is in the file, and the history says who and why."""
    page = open_page("map", edit="event:e-1")
    form = form_of(page)
    assert form["values"]["title"] == "Event e-1"
    assert form["problems"] == []
    say(page, do="save", sent=filled(form, title="Put right"), why="told so")
    assert on_disk(store)["properties"]["title"] == "Put right"
    assert data_of(page, "edit_note")["note"]["words"] == "Saved."
    assert data_of(page, "detail")["title"] == "Put right"
    last = StoreWriter(store).history.last()
    assert last is not None and (last.by, last.why, last.action) == ("Ana", "told so", "change event")


def test_it_can_be_taken_back_at_once(store: Path, say: Callable[..., None]) -> None:
    """The undo of the note is a change of its own."""
    before = store.read_bytes()
    page = open_page("map", edit="event:e-1")
    say(page, do="save", sent=filled(form_of(page), title="Wrong"), why="told so")
    say(page, do="undo", number=data_of(page, "edit_note")["note"]["undo"])
    assert store.read_bytes() == before
    last = StoreWriter(store).history.last()
    assert last is not None and last.action == "undo"


def test_an_addition_that_is_taken_back_is_not_looked_at_any_more(store: Path, say: Callable[..., None]) -> None:
    """The page is back at its list, without a word about an event that is not there."""
    page = open_page("map", edit="event")
    values = form_of(page)["values"]
    new = {"title": "New", "kind": "raid", "start": "2021-03-01", "date_precision": "day", "date_basis": "stated", "updates": ["u-2"]}
    say(page, do="save", sent=filled(form_of(page), **new, place=values["place"]), why="told")
    assert data_of(page, "detail")["title"] == "New"
    say(page, do="undo", number=data_of(page, "edit_note")["note"]["undo"])
    assert data_of(page, "event_list")["total"] == 2
    assert data_of(page, "summary")["problems"] == []


def test_a_new_event_is_added_and_shown(store: Path, say: Callable[..., None]) -> None:
    """With an id made of its title and date; it opens, and is on the map."""
    page = open_page("map", edit="event")
    values = form_of(page)["values"]
    new = {"title": "Rockets at Taji", "kind": "rocket_attack", "start": "2021-03-01", "date_precision": "day", "date_basis": "stated"}
    new |= {"where": "33.5, 44.2", "updates": ["u-2"]}
    new["place"] = values["place"] | {"name": "Taji", "precision": "town", "uncertainty_km": "5", "basis": "editor"}
    say(page, do="save", sent=filled(form_of(page), **new), why="told on 2 March")
    made = on_disk(store, "rockets-at-taji-2021-03-01")
    assert made["properties"]["end"] == "2021-03-01" and made["properties"]["reported"] == "2021-03-02"
    assert data_of(page, "detail")["id"] == "rockets-at-taji-2021-03-01"
    assert data_of(page, "scrubber")["zoomTo"]["to"] == "selected"


def test_what_is_wrong_is_told_and_nothing_is_written(store: Path, say: Callable[..., None]) -> None:
    """At its field; a reason is asked for too."""
    before = store.read_bytes()
    page = open_page("map", edit="event:e-1")
    say(page, do="save", sent=filled(form_of(page), title="", start="never"), why=" ")
    form = form_of(page)
    assert {"/title", "/start"} <= {problem["pointer"] for problem in form["problems"]}
    assert "need attention" in form["fault"]
    assert store.read_bytes() == before


def test_a_draft_survives_a_reload(store: Path, say: Callable[..., None]) -> None:
    """And a restart, since it is in a file; it is Ana's alone, and goes when it is saved."""
    page = open_page("map", edit="event:e-1")
    say(page, do="draft", sent=filled(form_of(page), title="Half done"))
    again = open_page("map", edit="event:e-1")
    assert form_of(again)["values"]["title"] == "Half done"
    assert form_of(again)["drafted"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(who, "person", lambda: BEN)
        assert form_of(open_page("map", edit="event:e-1"))["values"]["title"] == "Event e-1"
    say(again, do="save", sent=filled(form_of(again)), why="done")
    assert json.loads(store.with_name(store.name + DRAFTS).read_text(encoding="utf-8")) == []


def test_a_draft_can_be_found_and_discarded(store: Path, say: Callable[..., None]) -> None:
    """Where editing begins, under its title."""
    page = open_page("map", edit="event")
    say(page, do="draft", sent=filled(form_of(page), title="Half done"))
    say(page, do="close", sent=filled(form_of(page), title="Half done, and more"))
    start = data_of(page, "edit_panel")
    assert start["mode"] == "start"
    assert [(draft["kind"], draft["id"], draft["title"]) for draft in start["drafts"]] == [("event", None, "Half done, and more")]
    say(page, do="discard", kind="event", id=None)
    assert data_of(page, "edit_panel")["drafts"] == []


def test_a_click_on_the_map_places_the_event(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes into the form, numbered, and into the draft; the disc is drawn there."""
    page = open_page("map", edit="event:e-1")
    kept = {"view": page.session_state["view"], "editing": page.session_state["editing"]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "session_state", kept)
        edit_actions.place((45.25, 34.5))
    page.session_state["editing"] = kept["editing"]
    page.run()
    form = form_of(page)
    assert form["placed"] == {"n": 1, "where": "34.50000, 45.25000"}
    assert form["values"]["where"] == "34.50000, 45.25000"
    rings = [ring for ring in data_of(page, "scrubber")["state"]["rings"] if ring["id"] == "edit"]
    assert [ring["center"] for ring in rings] == [[45.25, 34.5]]


def test_a_stale_edit_shows_all_three_versions(store: Path, say: Callable[..., None]) -> None:
    """Field by field; what only one has changed needs no question; what both have is chosen, and saved again."""
    page = open_page("map", edit="event:e-1")
    form = form_of(page)
    by_ben(store, title="Ben's title", kind="shelling")
    page.run()
    assert form_of(page)["changed"]
    before = store.read_bytes()
    say(page, do="save", sent=filled(form, title="Ana's title", note="Ana's note"), why="put right")
    assert store.read_bytes() == before
    conflict = data_of(page, "edit_panel")["conflict"]
    rows = {row["label"]: row for row in conflict["rows"]}
    assert {name: rows[name]["standing"] for name in rows} == {"Title": "choose", "Kind": "theirs", "Editor’s note": "mine"}
    assert (rows["Title"]["base"], rows["Title"]["theirs"], rows["Title"]["mine"]) == (["Event e-1"], ["Ben's title"], ["Ana's title"])
    say(page, do="resolve", mine=["/properties/title"])
    merged = form_of(page)
    assert (merged["values"]["title"], merged["values"]["kind"], merged["values"]["note"]) == ("Ana's title", "shelling", "Ana's note")
    say(page, do="save", sent=filled(merged), why="put right")
    assert on_disk(store)["properties"]["title"] == "Ana's title"
    assert on_disk(store)["properties"]["kind"] == "shelling"


def test_choosing_nothing_takes_theirs(store: Path, say: Callable[..., None]) -> None:
    """What stands in the store is not overwritten by not looking; and one can go back to one's own."""
    page = open_page("map", edit="event:e-1")
    form = form_of(page)
    by_ben(store, title="Ben's title")
    say(page, do="save", sent=filled(form, title="Ana's title"), why="put right")
    say(page, do="back")
    assert form_of(page)["values"]["title"] == "Ana's title"
    say(page, do="save", sent=filled(form_of(page)), why="put right")
    say(page, do="resolve", mine="not a list")
    assert form_of(page)["values"]["title"] == "Ben's title"


def test_a_record_that_is_gone_is_said_to_be(store: Path, say: Callable[..., None]) -> None:
    """The draft is kept."""
    page = open_page("map", edit="event:e-1")
    form = form_of(page)
    store.write_bytes(encoded(document([event("e-2")], [update("u-2", "2021-03-02"), update()])))
    say(page, do="save", sent=filled(form, title="Ana's title"), why="put right")
    assert data_of(page, "edit_panel")["conflict"]["gone"]
    assert "Ana's title" in store.with_name(store.name + DRAFTS).read_text(encoding="utf-8")


def test_an_event_is_retracted_and_reinstated(store: Path, say: Callable[..., None]) -> None:
    """For a reason; it is in no list until it counts again."""
    page = open_page("map", edit="event:e-1")
    say(page, do="retract", why="")
    assert "retracted" not in on_disk(store)["properties"]
    say(page, do="retract", why="told twice")
    start = data_of(page, "edit_panel")
    assert [(one["id"], one["by"], one["why"]) for one in start["retracted"]] == [("e-1", "Ana", "told twice")]
    assert data_of(page, "summary")["words"].startswith("1 of 1 event")
    say(page, do="reinstate", id="e-1", why="")
    assert on_disk(store)["properties"].get("retracted") is None
    assert data_of(page, "detail")["id"] == "e-1"


def test_an_update_is_added_and_edited(store: Path, say: Callable[..., None]) -> None:
    """What events quote of it must stay in it."""
    page = open_page("map", edit="update")
    new = {"heading": "UPDATE, MARCH 5", "published": "2021-03-05", "date_basis": "heading", "source": "A Source"}
    new |= {"url": "https://example.org/5", "text": "Quiet."}
    say(page, do="save", sent=filled(form_of(page), **new), why="new")
    assert "update-march-5-2021-03-05" in store.read_text(encoding="utf-8")
    page = open_page("map", edit="update:u-1")
    say(page, do="save", sent=filled(form_of(page), text="Nothing of the sort."), why="retold")
    assert "Something happened." in store.read_text(encoding="utf-8")
    assert "no longer holds what" in form_of(page)["problems"][0]["message"]


def test_a_reader_is_offered_nothing(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No tab, no button, no form, whatever the address asks for; the history can be read."""
    monkeypatch.setattr(who, "person", lambda: Editor("Rita", "reader"))
    page = open_page("map", edit="event:e-1", event="e-1")
    assert [tab["name"] for tab in data_of(page, "side_tabs")["tabs"]] == ["events", "rings"]
    assert not [block for block in page.get("bidi_component") if block.proto.component_name == "dateline_edit_panel"]
    assert data_of(page, "detail")["editable"] is False


def test_a_store_that_is_read_only_is_offered_to_nobody(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not to an editor either."""
    monkeypatch.setenv("DATELINE_READ_ONLY", "1")
    page = open_page("map", edit="event:e-1")
    assert [tab["name"] for tab in data_of(page, "side_tabs")["tabs"]] == ["events", "rings"]


def test_who_could_sign_in_is_shown_the_door(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what there is to sign in with, and no form behind it."""
    monkeypatch.setattr(who, "person", lambda: Editor("somebody", "reader"))
    monkeypatch.setattr(who, "_secrets", lambda: {"auth": {"google": {}, "cookie_secret": "x"}})
    page = open_page("map", edit="event:e-1")
    door = data_of(page, "edit_panel")
    assert (door["mode"], door["providers"]) == ("door", ["google"])


@pytest.mark.parametrize("edit", ["event:no-such", "site:no-such", "site:e-1", "event:", "<script>"])
def test_an_address_that_names_nothing_to_edit_says_so(store: Path, edit: str) -> None:
    """The rest of the page is there."""
    page = open_page("map", edit=edit)
    assert data_of(page, "edit_panel")["mode"] == "start"
    page.run()
    assert "there is no such record to edit" in json.dumps(data_of(page, "summary")["problems"])


def test_the_address_says_what_is_edited(store: Path) -> None:
    """So that a reload leads back to it."""
    assert "edit=event%3Ae-1" in data_of(open_page("map", edit="event:e-1"), "scrubber")["query"]


def test_a_file_that_broke_is_told_and_the_last_good_state_is_shown(store: Path) -> None:
    """Where the fault is, over everything that could be read before."""
    page = open_page("map")
    store.write_bytes(b"{")
    page.run()
    summary = data_of(page, "summary")
    assert summary["words"].startswith("2 of 2 events")
    assert "this is the last state that could be" in summary["problems"][0]["words"]
    assert summary["problems"][0]["items"][0]["pointer"] == str(store)
    assert "Line 1, column 2" in summary["problems"][0]["items"][0]["message"]


def test_nothing_can_be_saved_into_a_broken_file(store: Path, say: Callable[..., None]) -> None:
    """It stays as it is, the draft too, and the form says what to do."""
    page = open_page("map", edit="event:e-1")
    store.write_bytes(b"{")
    say(page, do="save", sent=filled(form_of(page), title="Ana's title"), why="put right")
    assert store.read_bytes() == b"{"
    assert form_of(page)["fault"]
    assert form_of(page)["values"]["title"] == "Ana's title"


def test_an_answer_to_another_form_is_passed_over(store: Path, say: Callable[..., None]) -> None:
    """A message that was on its way while the form changed must not end up in the new one."""
    page = open_page("map", edit="event:e-1")
    stale = filled(form_of(page), title="Late") | {"version": 7}
    say(page, do="draft", sent=stale)
    say(page, do="save", sent=stale, why="late")
    say(page, do="save", sent=filled(form_of(page)) | {"name": "event:e-2"}, why="late")
    assert on_disk(store)["properties"]["title"] == "Event e-1"


def test_two_events_of_a_page_are_not_mixed_up(store: Path) -> None:
    """Each opens with its own form and version."""
    collection = state.store().snapshot()
    one, two = (opened("event", id_, collection, None) for id_ in ("e-1", "e-2"))
    assert one is not None and two is not None and one.seen != two.seen
    StoreWriter(store).apply([AddUpdate(update("u-3", "2021-03-03"))], by=ANA, why="new")
    again = opened("event", "e-1", state.store().snapshot(), None)
    assert again is not None and again.seen == one.seen, "another record's change is no conflict"


def test_a_site_is_added_with_its_rings(store: Path, say: Callable[..., None]) -> None:
    """Through the same form, path and history as an event; its rings are on the map, and it can be taken back."""
    page = open_page("map", edit="site")
    form = form_of(page)
    assert (form["kind"], form["isNew"]) == ("site", True)
    ring = {"from": None, "radius_km": "8", "label": "reported firing distance", "note": "", "update": "u-1"}
    sent = filled(form, name="Ain al-Asad air base", where="33.786, 42.441", rings=[ring], updates=["u-1"])
    say(page, do="draft", sent=sent)
    assert form_of(page)["problems"] == [] and form_of(page)["proposed"] == "ain-al-asad-air-base"
    say(page, do="save", sent=sent, why="told so")
    made = on_disk(store, "ain-al-asad-air-base")
    assert made["geometry"]["coordinates"] == [42.441, 33.786]
    assert made["properties"]["rings"] == [{"radius_km": 8, "label": "reported firing distance", "note": None, "update": "u-1"}]
    last = StoreWriter(store).history.last()
    assert last is not None and (last.by, last.why, last.action) == ("Ana", "told so", "add site")
    assert data_of(page, "edit_panel")["mode"] == "start" and data_of(page, "edit_panel")["note"]["words"] == "Added."
    assert [one["label"] for one in data_of(page, "edit_panel")["sites"]] == ["Base s-1", "Ain al-Asad air base"]


def test_a_site_is_moved_and_its_form_says_what_is_wrong(store: Path, say: Callable[..., None]) -> None:
    """A click on the map goes into its field; a ring without a radius is not saved."""
    page = open_page("map", edit="site:s-1")
    form = form_of(page)
    ring = form["values"]["rings"][0]
    say(page, do="save", sent=filled(form, rings=[ring | {"radius_km": ""}]), why="told so")
    assert [problem["pointer"] for problem in form_of(page)["problems"]] == ["/rings/0/radius_km"]
    say(page, do="save", sent=filled(form, where="34.5, 40.25"), why="put right")
    assert on_disk(store, "s-1")["geometry"]["coordinates"] == [40.25, 34.5]
    last = StoreWriter(store).history.last()
    assert last is not None and last.action == "change site"


def test_a_site_is_taken_out_for_a_reason_and_put_back(store: Path, say: Callable[..., None]) -> None:
    """Without one nothing is done; undone, the file is what it was."""
    before = store.read_bytes()
    page = open_page("map", edit="site:s-1")
    say(page, do="retract", why=" ")
    assert store.read_bytes() == before
    say(page, do="retract", why="given up")
    assert all(feature["id"] != "s-1" for feature in json.loads(store.read_bytes())["features"])
    data = data_of(page, "edit_panel")
    assert data["mode"] == "start" and data["sites"] == [] and data["note"]["words"].startswith("Taken out.")
    say(page, do="undo", number=data["note"]["undo"])
    assert store.read_bytes() == before


def test_two_edits_of_one_site_are_put_together(store: Path, say: Callable[..., None]) -> None:
    """As with events: what only one has changed is taken over, and what both have is asked for."""
    page = open_page("map", edit="site:s-1")
    form = form_of(page)
    now = on_disk(store, "s-1")
    theirs = now | {"properties": now["properties"] | {"name": "Theirs", "note": "their note"}}
    StoreWriter(store).apply([ChangeSite("s-1", theirs, version_of(now))], by=BEN, why="Ben knows better")
    say(page, do="save", sent=filled(form, name="Mine"), why="put right")
    data = data_of(page, "edit_panel")
    assert data["mode"] == "conflict"
    assert {row["label"]: row["standing"] for row in data["conflict"]["rows"]} == {"Name": "choose", "Editor’s note": "theirs"}
    say(page, do="resolve", mine=["/properties/name"])
    form = form_of(page)
    assert (form["values"]["name"], form["values"]["note"]) == ("Mine", "their note")
    say(page, do="save", sent=filled(form), why="put right")
    assert on_disk(store, "s-1")["properties"] | {"name": "Mine", "note": "their note"} == on_disk(store, "s-1")["properties"]


def test_an_editor_of_a_geoparquet_store_is_told_how_to_edit_it(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where editing would begin, and where its history would be; no form opens, whatever the address says."""
    target = store.with_suffix(".parquet")
    assert main(["convert", str(store), str(target)]) == 0
    monkeypatch.setenv("DATELINE_STORE", str(target))
    data = data_of(open_page("map", edit="event:e-1"), "edit_panel")
    assert data["mode"] == "door" and "python -m geo convert store.parquet store.geojson" in data["why"]
    assert "python -m geo convert store.parquet store.geojson" in data_of(open_page("history"), "history_view")["why"]
