"""Editing in a browser, as a person does it: placing by a click, a draft over a reload, a conflict, retracting, undoing, and other hands."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from geo.store.editing import Editor, RetractEvent, StoreWriter, version_of
from tests.conftest import ROOT
from tests.driving import drawn_map, map_frame, open_map, serious, visible_ids
from tests.serving import App, serve

STRIKE = "abu-kamal-border-strike-2021-02-26"
HOSTILE = 'Rockets <img src=x onerror="top.__hits=1"> ${top.__hits=1} `+top.__hits+` at Taji'


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The events of Dateline, in a file of this test's own."""
    path = tmp_path / "store" / "events.geojson"
    path.parent.mkdir()
    shutil.copy(ROOT / "data" / "events.geojson", path)
    return path


@pytest.fixture
def running(store: Path, tmp_path: Path) -> Iterator[App]:
    """The app over that store."""
    with serve(ROOT, log=tmp_path / "log.txt", store=store) as app:
        yield app


@pytest.fixture
def errors(page: Page) -> Iterator[list[str]]:
    """What the page throws; a test ends without any."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    yield found
    assert found == []


def field(page: Page, name: str) -> Locator:
    """A field of the form, by its pointer with dashes."""
    return page.locator(f"#dl-ed-{name}")


def press(page: Page, name: str) -> None:
    """Press a button of the side."""
    page.locator(".st-key-side").get_by_role("button", name=name, exact=True).click()


def on_disk(store: Path, id_: str) -> dict[str, Any]:
    """An event as the file has it."""
    features = json.loads(store.read_text(encoding="utf-8"))["features"]
    found: dict[str, Any] = next(feature for feature in features if feature["id"] == id_)
    return found


def by_hand(store: Path, id_: str, **properties: Any) -> None:
    """Change an event as a text editor would."""
    document = json.loads(store.read_text(encoding="utf-8"))
    next(feature for feature in document["features"] if feature["id"] == id_)["properties"].update(properties)
    store.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def click_map(page: Page, across: float, down: float) -> None:
    """Click the map at these parts of its width and height, when it waits for it."""
    page.frame_locator(".st-key-map iframe").locator(".dl-armed").wait_for()  # the form says so before the map has heard of it
    box = page.locator(".st-key-map iframe").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)


def quiet(page: Page, sent: list[str]) -> int:
    """Wait until a question for the state goes by without a run; gives how many were asked for. A page that has changed may ask for some."""
    for _ in range(8):
        count = len(sent)
        with page.expect_response("**/dateline/state"):
            pass
        if len(sent) == count:
            return count
    raise AssertionError("Every question for the state made a run.")


def heard(page: Page) -> None:
    """Wait until Python has answered to the last that was typed: then nothing is drawn anew any more."""
    page.wait_for_function("(panel) => !panel.due && !panel.waiting", arg=page.evaluate_handle("document.querySelector('.dl-edit_panel').dlPanel"))


def test_an_event_is_placed_by_a_click_survives_a_reload_and_is_on_the_map(page: Page, running: App, store: Path, errors: list[str]) -> None:
    """Nothing that was typed is ever more than text."""
    open_map(page, running)
    page.get_by_role("tab", name="Edit").click()
    press(page, "Add an event")
    field(page, "title").fill(HOSTILE)
    field(page, "kind").select_option("rocket_attack")
    field(page, "start").fill("2021-03-01")
    field(page, "date_precision").select_option("day")
    field(page, "date_basis").select_option("stated")
    press(page, "Click on the map")
    expect(page.get_by_text("Now click the point on the map.")).to_be_visible()
    click_map(page, 0.35, 0.6)
    expect(field(page, "where")).not_to_have_value("")
    field(page, "place-uncertainty_km").fill("25 km")
    expect(page.get_by_text("Is no number")).to_be_visible()
    field(page, "place-uncertainty_km").fill("25")
    expect(page.get_by_text("Is no number")).to_have_count(0)
    field(page, "place-precision").select_option("near_town")
    field(page, "place-basis").select_option("editor")
    field(page, "place-name").fill("Taji")
    page.get_by_label("Add an update that tells it").select_option(index=2)
    expect(page.get_by_text("Draft kept")).to_be_visible()
    assert serious(page, ".st-key-edit") == []
    where = field(page, "where").input_value()
    # Python has heard the last of it.
    page.wait_for_function(
        "(({ form, values, due }) => !due && JSON.stringify(form.values).includes('Taji')"
        " && JSON.stringify(form.values.updates) === JSON.stringify(values.updates))(document.querySelector('.dl-edit_panel').dlPanel)"
    )
    page.reload()
    expect(field(page, "place-name")).to_have_value("Taji")
    expect(field(page, "title")).to_have_value(HOSTILE)
    expect(field(page, "where")).to_have_value(where)
    field(page, "why").fill("told in the update")
    press(page, "Add it")
    expect(page.locator(".st-key-edit_note")).to_contain_text("Added.")
    frame = drawn_map(page)
    frame.wait_for_function("window.dateline.visibleIds().length === 18")
    (id_,) = {feature["id"] for feature in json.loads(store.read_text(encoding="utf-8"))["features"] if feature["properties"].get("title") == HOSTILE}
    assert frame.evaluate("(id) => window.dateline.screenXY(id)", id_)
    lat, lon = map(float, where.split(", "))
    assert on_disk(store, id_)["geometry"]["coordinates"] == pytest.approx([lon, lat])
    expect(page.locator(".st-key-detail h2")).to_have_text(HOSTILE)
    press(page, "History")
    expect(page.locator(".dl-hi-entry").first).to_contain_text("told in the update")
    assert page.evaluate("window.__hits === undefined")


def test_a_draft_survives_a_server_that_is_killed(page: Page, store: Path, tmp_path: Path, errors: list[str]) -> None:
    """Another process finds what was typed, and the form leads on from there."""
    with serve(ROOT, log=tmp_path / "first.txt", store=store) as first:
        open_map(page, first, f"?edit=event:{STRIKE}")
        expect(field(page, "note")).to_be_visible()
        field(page, "note").fill("typed before the power went")
        expect(page.get_by_text("Draft kept")).to_be_visible()
        first.process.kill()
    with serve(ROOT, log=tmp_path / "second.txt", store=store) as second:
        open_map(page, second, f"?edit=event:{STRIKE}")
        expect(field(page, "note")).to_have_value("typed before the power went")
        field(page, "why").fill("an afterthought")
        press(page, "Save")
        expect(page.locator(".st-key-edit_note")).to_contain_text("Saved.")
    assert on_disk(store, STRIKE)["properties"]["note"] == "typed before the power went"


def test_other_hands_are_noticed_and_a_stale_edit_is_put_together(page: Page, running: App, store: Path, errors: list[str]) -> None:
    """The open page hears of the change by itself; saving shows both versions; what was chosen is saved."""
    open_map(page, running, f"?event={STRIKE}&edit=event:{STRIKE}")
    expect(field(page, "title")).not_to_have_value("")
    field(page, "title").fill("Mine")
    field(page, "note").fill("my note")
    field(page, "why").fill("put right")
    by_hand(store, STRIKE, title="Theirs", kind="drone_strike")
    expect(page.get_by_text("Somebody has changed this since you opened it")).to_be_visible()
    expect(field(page, "title")).to_have_value("Mine")
    press(page, "Save")
    expect(page.get_by_role("heading", name="Somebody else has changed this too")).to_be_visible()
    assert serious(page, ".st-key-edit") == []
    page.get_by_role("radio", name="Mine").check()
    press(page, "Put both together, and look at it")
    expect(field(page, "title")).to_have_value("Mine")
    expect(field(page, "kind")).to_have_value("drone_strike")
    expect(field(page, "why")).to_have_value("put right")
    press(page, "Save")
    expect(page.locator(".st-key-edit_note")).to_contain_text("Saved.")
    properties = on_disk(store, STRIKE)["properties"]
    assert (properties["title"], properties["kind"], properties["note"]) == ("Mine", "drone_strike", "my note")


def test_an_event_is_retracted_and_that_is_undone(page: Page, running: App, store: Path, errors: list[str]) -> None:
    """From the form, for a reason; the history has both."""
    before = store.read_bytes()
    frame = open_map(page, running, f"?edit=event:{STRIKE}")
    events = page.get_by_role("tab", name="Events")
    events.evaluate("(tab) => { tab.dataset.same = 'yes'; }")
    page.get_by_text("Retract this event").click()
    page.locator("#dl-ed-retract").fill("told twice")
    press(page, "Retract it")
    expect(page.locator(".st-key-summary")).to_contain_text("16 of 16 events")
    expect(events).to_contain_text("16")
    expect(events).to_have_attribute("data-same", "yes")  # a tab that is pressed while the page is drawn anew is still there when it is let go of
    frame.wait_for_function("window.dateline.visibleIds().length === 16")
    assert STRIKE not in visible_ids(frame)
    press(page, "Undo")
    expect(page.locator(".st-key-summary")).to_contain_text("17 of 17 events")
    assert store.read_bytes() == before
    page.get_by_role("link", name="History").click()
    expect(page.locator(".dl-hi-entry h2").first).to_contain_text("Took a change back")
    assert serious(page, ".st-key-history") == []


def test_an_idle_page_runs_for_nothing_but_a_change_and_keeps_its_view(page: Page, running: App, store: Path, errors: list[str]) -> None:
    """Asking for the state makes no run; one change makes one; a broken file is told, what was good stays, and so does the map."""
    sent: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append("run")))
    frame = open_map(page, running, "?kind=air_strike")
    frame.evaluate("window.stayed = true")
    count = quiet(page, sent)
    writer = StoreWriter(store)
    event = on_disk(store, STRIKE)
    writer.apply([RetractEvent(STRIKE, "told twice", version_of(event))], by=Editor("Ben"), why="told twice")
    expect(page.locator(".st-key-summary")).to_contain_text("of 16 events")
    expect(page.locator(".st-key-summary")).to_contain_text("Only")
    assert quiet(page, sent) == count + 1
    store.write_bytes(store.read_bytes()[:-20])
    expect(page.locator(".st-key-summary")).to_contain_text("this is the last state that could be")
    expect(page.locator(".st-key-summary")).to_contain_text("of 16 events")
    assert map_frame(page).evaluate("window.stayed")
    # The line of the fault makes the map lower, which the map tells once.
    quiet(page, sent)


def test_a_site_is_added_with_a_ring_moved_and_taken_out(page: Page, running: App, store: Path, errors: list[str]) -> None:
    """Placed by a click, its ring seen before it is saved, then typed anew, taken out for a reason, and put back."""
    open_map(page, running)
    page.get_by_role("tab", name="Edit").click()
    press(page, "Add a site")
    field(page, "name").fill(HOSTILE)
    press(page, "Click on the map")
    expect(page.get_by_text("Now click the point on the map.")).to_be_visible()
    click_map(page, 0.4, 0.5)
    expect(field(page, "where")).not_to_have_value("")
    press(page, "Add a ring")
    field(page, "rings-0-radius_km").fill("80 km")
    expect(page.get_by_text("Is no number")).to_be_visible()
    field(page, "rings-0-radius_km").fill("80")
    expect(page.get_by_text("Is no number")).to_have_count(0)
    field(page, "rings-0-label").fill("declared zone")
    page.get_by_label("Add an update that tells it").select_option(index=2)
    field(page, "why").fill("told in the update")
    expect(page.get_by_text("Draft kept")).to_be_visible()
    heard(page)
    assert serious(page, ".st-key-edit") == []
    press(page, "Add it")
    expect(page.locator(".st-key-edit")).to_contain_text("Added.")
    (made,) = [feature for feature in json.loads(store.read_text(encoding="utf-8"))["features"] if feature["properties"].get("name") == HOSTILE]
    assert made["properties"]["rings"][0]["radius_km"] == 80 and len(made["properties"]["updates"]) == 1
    page.get_by_label("Site to edit").select_option(label=HOSTILE)
    page.locator("[data-focus=edit-site]").click()
    expect(field(page, "name")).to_have_value(HOSTILE)
    field(page, "where").fill("33°47'10\"N 42°26'28\"E")
    field(page, "why").fill("put right")
    press(page, "Save")
    expect(page.locator(".st-key-edit")).to_contain_text("Saved.")
    assert on_disk(store, made["id"])["geometry"]["coordinates"] == [42.4411111, 33.7861111]
    page.get_by_label("Site to edit").select_option(label=HOSTILE)
    page.locator("[data-focus=edit-site]").click()
    page.get_by_text("Take this site out").click()
    page.locator("#dl-ed-retract").fill("given up")
    press(page, "Take it out")
    expect(page.locator(".st-key-edit")).to_contain_text("Taken out.")
    assert made["id"] not in store.read_text(encoding="utf-8")
    press(page, "Undo")
    expect(page.get_by_label("Site to edit").locator("option", has_text="Rockets")).to_have_count(1)
    assert on_disk(store, made["id"])["properties"] == made["properties"]
    assert page.evaluate("window.__hits === undefined")
