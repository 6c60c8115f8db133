"""Other hands: the route that says which state is the newest, what is swept at start, and the part of the map that a point is shown in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from geo.api.routes import routes
from geo.api.state_route import STATE_PATH, state_of
from geo.store import GeoJSONFileStore
from geo.store.editing import AddEvent, Editor, StoreWriter
from geo.ui import who
from geo.ui.dashboard import box_around
from geo.ui.edit_drafts import DRAFTS, Draft, Drafts
from geo.ui.warming import _sweep
from tests.factories import document, encoded, event
from tests.test_pages import data_of, open_page

ANA = Editor("Ana", "editor")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of one event; the environment names it."""
    path = tmp_path / "store.geojson"
    path.write_bytes(encoded(document([event()])))
    monkeypatch.setenv("DATELINE_STORE", str(path))
    monkeypatch.delenv("DATELINE_READ_ONLY", raising=False)
    return path


def asked(store: GeoJSONFileStore) -> dict[str, Any]:
    """What the route answers."""
    answer = state_of(store)(Request({"type": "http", "method": "GET", "path": STATE_PATH, "query_string": b"", "headers": []}))
    assert answer.headers["Cache-Control"] == "no-store"
    said: dict[str, Any] = json.loads(bytes(answer.body))
    return said


def test_the_route_says_which_state_is_the_newest(store: Path) -> None:
    """The revision, and whether the file can still be read; what the page holds is of the same kind."""
    opened = GeoJSONFileStore(store)
    first = asked(opened)
    assert first == {"revision": opened.snapshot().revision, "fault": False}
    assert data_of(open_page("router"), "watch")["shown"] == first
    StoreWriter(store).apply([AddEvent(event("e-2"))], by=ANA, why="new")
    second = asked(opened)
    assert second["revision"] != first["revision"]
    store.write_bytes(b"{")
    assert asked(opened) == second | {"fault": True}
    store.unlink()
    assert asked(opened) == second | {"fault": True}


def test_the_route_answers_for_a_store_that_was_never_read(tmp_path: Path) -> None:
    """And the page of such a store watches for it to come."""
    assert asked(GeoJSONFileStore(tmp_path / "gone.geojson")) == {"revision": None, "fault": True}


def test_no_route_leads_to_the_drafts_or_the_history(store: Path) -> None:
    """The folder of the store is not served."""
    Drafts(store).keep(Draft("Ana", "event", None, {}, {}, None, None))
    folders = [Path(folder) for route in routes(GeoJSONFileStore(store)) for folder in getattr(getattr(route, "app", None), "all_directories", [])]
    assert folders
    assert not any(store.parent.is_relative_to(folder) for folder in folders)


def test_leftovers_of_a_crash_are_swept_at_start(store: Path) -> None:
    """And what the crash did not carry out is recorded as such."""
    litter = store.with_name(f"{store.name}.dateline-new-0badcafe")
    litter.write_bytes(b"half")
    _sweep()
    assert not litter.exists()


def test_a_store_that_was_never_written_is_not_touched_at_start(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No lock, no history; nor is one that is read-only, whatever lies beside it."""
    _sweep()
    assert [one.name for one in store.parent.iterdir()] == [store.name]
    store.with_name(f"{store.name}.dateline-new-0badcafe").write_bytes(b"half")
    monkeypatch.setenv("DATELINE_READ_ONLY", "1")
    _sweep()
    assert len(list(store.parent.iterdir())) == 2


def test_a_store_that_cannot_be_tidied_up_starts_all_the_same(store: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """The log says why."""
    store.with_name(f"{store.name}.history.jsonl").write_bytes(b"")
    store.unlink()
    store.mkdir()
    _sweep()
    assert "not tidied up" in caplog.text


@pytest.mark.parametrize(
    ("center", "radius_m", "west", "east"),
    [((44.0, 33.0), 1, 43.5, 44.5), ((179.9, 0.0), 111_000, 178.4, 181.4), ((-179.9, 0.0), 111_000, 178.6, 181.6), ((0.0, 90.0), 1, -8, 8)],
)
def test_the_part_of_the_map_that_a_point_is_shown_in(center: tuple[float, float], radius_m: float, west: float, east: float) -> None:
    """The disc with room around it, across the antimeridian too, and never a pole."""
    box = box_around(center, radius_m)
    assert (box["west"], box["east"]) == (pytest.approx(west, abs=0.1), pytest.approx(east, abs=0.1))
    assert -85 <= box["south"] < box["north"] <= 85


def test_drafts_of_a_name_that_signs_in_elsewhere_are_apart(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the drafts file goes to the page of its writer alone."""
    monkeypatch.setattr(who, "person", lambda: ANA)
    Drafts(store).keep(Draft("Ben", "event", None, {"title": "secret of Ben"}, {}, None, None))
    page = open_page("map", edit="event")
    assert "secret of Ben" not in json.dumps(data_of(page, "edit_panel"))
    assert "secret of Ben" in store.with_name(store.name + DRAFTS).read_text(encoding="utf-8")
