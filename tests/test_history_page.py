"""The history page: each change in words, what was before and after, and taking it back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from geo.store.access import Editor
from geo.store.editing import AddEvent, ChangeEvent, RetractEvent, StoreWriter, version_of
from geo.store.revisions import MISSING
from geo.ui import history_page, state, who
from geo.ui.history_data import history_data
from geo.ui.record_words import differing, field_rows, label_of, title_of, value_at, words_of
from tests.factories import claim, document, encoded, event, update
from tests.hostile import PAYLOADS
from tests.test_pages import data_of, open_page

ANA = Editor("Ana", "editor")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with a short past: an event was added, given another title, and retracted."""
    path = tmp_path / "store.geojson"
    path.write_bytes(encoded(document([event()], [update()])))
    writer = StoreWriter(path)
    writer.apply([AddEvent(event("e-2"))], by=ANA, why="told on 26 February")
    writer.apply([ChangeEvent("e-1", event(title="Put right"), version_of(event()))], by=ANA, why="a slip")
    writer.apply([RetractEvent("e-2", "told twice", version_of(event("e-2")))], by=ANA, why="told twice")
    monkeypatch.setenv("DATELINE_STORE", str(path))
    monkeypatch.delenv("DATELINE_READ_ONLY", raising=False)
    monkeypatch.setattr(who, "person", lambda: ANA)
    return path


def told(page_store: Path, **message: Any) -> dict[str, Any]:
    """Say a message of the page, and give the session after it."""
    kept: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "session_state", kept)
        history_page.told(message, state.store().snapshot())
    return kept


def test_every_change_is_there_newest_first(store: Path) -> None:
    """When, who, why, and what was done, in words."""
    data = data_of(open_page("history"), "history_view")
    assert [entry["what"] for entry in data["entries"]] == ["Retracted an event", "Changed an event", "Added an event", "The history begins"]
    changed = data["entries"][1]
    assert (changed["by"], changed["why"]) == ("Ana", "a slip")
    assert changed["changes"][0]["rows"] == [{"label": "Title", "before": ["Event e-1"], "after": ["Put right"]}]
    assert data["entries"][0]["current"] and not data["entries"][0]["can_restore"]
    assert data["entries"][0]["changes"][0]["rows"] == [{"label": "Retracted", "before": [], "after": ["by Ana: told twice"]}]


def test_one_record_has_a_history_of_its_own(store: Path) -> None:
    """By its address; of a retracted one too."""
    data = data_of(open_page("history", record="e-2"), "history_view")
    assert [entry["what"] for entry in data["entries"]] == ["Retracted an event", "Added an event"]
    assert data["record"] == {"id": "e-2", "title": "Event e-2", "open": False}
    assert data_of(open_page("history", record="no-such"), "history_view")["entries"] == []


def test_a_change_is_undone_and_says_so(store: Path) -> None:
    """The change that was taken back stays, marked; the undo is a change that can be undone."""
    number = data_of(open_page("history"), "history_view")["entries"][1]["number"]
    told(store, do="undo", number=number, why="it was right before")
    assert json.loads(store.read_text(encoding="utf-8"))["features"][0]["properties"]["title"] == "Event e-1"
    entries = data_of(open_page("history"), "history_view")["entries"]
    assert (entries[0]["what"], entries[0]["undoes"], entries[0]["why"]) == ("Took a change back", number, "it was right before")
    gone = next(entry for entry in entries if entry["number"] == number)
    assert gone["undone"] and not gone["can_undo"]
    assert entries[0]["can_undo"]


def test_what_was_changed_again_since_is_not_undone(store: Path) -> None:
    """The page says which record stands in the way."""
    added = data_of(open_page("history"), "history_view")["entries"][2]
    before = store.read_bytes()
    note = told(store, do="undo", number=added["number"], why="x")["note"]
    assert note.is_fault and "e-2 was changed again since" in note.words
    assert store.read_bytes() == before


def test_an_earlier_state_is_restored(store: Path) -> None:
    """Byte for byte; for a reason; and not over a state that the person has not seen."""
    data = data_of(open_page("history"), "history_view")
    first = data["entries"][-1]
    before = store.read_bytes()
    assert told(store, do="restore", revision=first["revision"], seen=data["store"], why=" ")["note"].is_fault
    assert told(store, do="restore", revision=first["revision"], seen="0" * 16, why="x")["note"].is_fault
    assert store.read_bytes() == before
    told(store, do="restore", revision=first["revision"], seen=data["store"], why="start anew")
    assert store.read_bytes() == encoded(document([event()], [update()]))


def test_readers_read_and_take_nothing_back(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is offered to them."""
    monkeypatch.setattr(who, "person", lambda: Editor("Rita", "reader"))
    entries = data_of(open_page("history"), "history_view")["entries"]
    assert len(entries) == 4
    assert not any(entry["can_undo"] or entry["can_restore"] for entry in entries)


def test_a_long_history_comes_in_pages(store: Path) -> None:
    """The newest first, the rest when it is asked for."""
    writer, collection = StoreWriter(store), state.store().snapshot()
    data = history_data(writer.history, collection, record=None, most=2, can_edit=True)
    assert (len(data["entries"]), data["more"]) == (2, True)
    assert told(store, do="more")["history_length"] == 80
    assert not history_data(writer.history, collection, record=None, most=4, can_edit=True)["more"]


def test_a_store_without_a_history_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking at it makes none."""
    path = tmp_path / "new.geojson"
    path.write_bytes(encoded(document([event()])))
    monkeypatch.setenv("DATELINE_STORE", str(path))
    assert data_of(open_page("history"), "history_view")["entries"] == []
    assert [one.name for one in tmp_path.iterdir()] == ["new.geojson"]


def test_a_change_by_other_hands_is_announced(store: Path) -> None:
    """It is recorded by the next write, and the page says that it is to come."""
    store.write_bytes(encoded(document([event(title="By hand")], [update()])))
    assert data_of(open_page("history"), "history_view")["behind"]


def test_from_the_history_to_the_map(store: Path) -> None:
    """A record that stands is opened there."""
    kept = told(store, do="event", id="e-1")
    assert kept["view"].event == "e-1"
    assert kept["departure"] == "map"


def test_lists_show_what_came_and_went() -> None:
    """Item by item, in words; an order alone is said to be one."""
    before, after = event(claims=[claim(), claim("injured", 2, None)]), event(claims=[claim(), claim("injured", 3, None, text="3")])
    (row,) = field_rows(before, after)
    assert row["label"] == "Claims"
    assert row["before"] == ["injured: 1 [2 or more], A Ministry (u-1)"]
    assert row["after"] == ["injured: 3 [3 or more], A Ministry (u-1)"]
    turned = event(claims=before["properties"]["claims"][::-1])
    assert field_rows(before, turned) == [{"label": "Claims", "before": [], "after": ["in another order"]}]


def test_fields_have_names_and_values_words() -> None:
    """Coordinates as latitude and longitude, kinds by their label, what nobody knows by its pointer, nothing as nothing."""
    moved = event(at=(44.5, 33.5), kind="shelling", odd={"a": 1})
    rows = {row["label"]: row["after"] for row in field_rows(event(), moved)}
    assert rows == {"Coordinates": ["33.50000, 44.50000"], "Kind": ["Shelling"], "odd": ['{"a": 1}']}
    assert label_of("/properties/place/x~1y") == "place › x~1y"
    assert words_of("/properties/note", None) == [] and words_of("/properties/title", MISSING) == []
    assert value_at({"a~b": {"c/d": 1}}, "/a~0b/c~1d") == 1 and value_at(None, "/x") is MISSING
    assert title_of({"heading": "H"}) == "H" and title_of(None) == "" and title_of({"id": "x", "properties": 3}) == "x"
    assert differing({"properties": {"place": None}}, {"properties": {"place": {"name": "P"}}}) == ["/properties/place"]
    assert field_rows(None, event()) == [] and field_rows(event(), None) == []


@pytest.mark.parametrize("name", sorted(PAYLOADS))
def test_hostile_text_stays_text(name: str) -> None:
    """Of bounded length."""
    rows = field_rows(event(), event(title=PAYLOADS[name], note=PAYLOADS[name] * 200))
    assert rows[0]["after"] == [PAYLOADS[name]]
    assert all(len(line) <= 4_000 for row in rows for line in row["after"])
