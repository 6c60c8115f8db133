"""The filter bar in a browser: what is ticked is what is listed, by mouse, by keyboard and by thumb."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from geo.filters import EventFilter, select
from geo.moments import parse_moment
from geo.store import GeoJSONFileStore, Snapshot
from tests.driving import serious
from tests.hostile import hostile_store, marked
from tests.serving import App, serve

ROOT = Path(__file__).resolve().parents[1]
STORE = ROOT / "data" / "events.geojson"

ROCKETS = frozenset({"rocket_attack"})

# The page is unkind on purpose: the bar stands in a box that cuts off what leaves it and is a containing block, and a frame lies below.
MAIN = """
import json, os, sys
from pathlib import Path
sys.path.insert(0, {root!r})
import streamlit as st
from geo.filters import EventFilter, select
from geo.store import GeoJSONFileStore
from geo.ui.filter_data import apply, filters_data
from geo.ui.filters_bar import filters_bar

st.set_page_config(layout="wide")
st.html("<style>.stMainBlockContainer {{ padding: 64px 16px 0; max-width: none }}</style>")
st.html("<style>.st-key-filters {{ overflow: hidden; transform: scale(1); z-index: 0 }}</style>")
snapshot = GeoJSONFileStore(Path(os.environ["DATELINE_STORE"])).snapshot()
state = st.session_state
state.setdefault("wanted", EventFilter())
state["runs"] = state.get("runs", 0) + 1

def changed(sent):
    state.wanted = apply(sent, state.wanted, collection=snapshot)

def only_drones():
    state.wanted = EventFilter(kinds=frozenset(("drone_strike",)), text="Soleimani")

with st.container(key="filters"):
    filters_bar(data=filters_data(snapshot, state.wanted), on_change=changed)
st.iframe("<body style='margin:0;height:200px;background:#ccc'>A map</body>", height=200)
st.button("Only drones", on_click=only_drones)
shown = [event.id for event in select(snapshot.events, state.wanted, snapshot.updates)]
with st.container(key="log"):
    st.code(json.dumps(dict(runs=state["runs"], shown=shown)), language=None)
"""


class Bar:
    """A page with the bar on it, and the list that Python made of its filter."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(url)
        page.locator(".st-key-log code").wait_for()
        page.locator(".dl-fb-open:visible").first.wait_for()

    @property
    def log(self) -> dict[str, Any]:
        """How often Python ran, and the ids of the events that it lists."""
        return json.loads(self.page.locator(".st-key-log code").inner_text())

    def lists(self, expected: list[str]) -> None:
        """Wait until exactly these events are listed."""
        self.page.wait_for_function(
            "(ids) => JSON.stringify(JSON.parse(document.querySelector('.st-key-log code').textContent).shown) === JSON.stringify(ids)", arg=expected
        )

    def opener(self, name: str) -> Locator:
        """The button of a facet, of the clock, or of the sheet."""
        return self.page.locator(".dl-fb-open:visible", has_text=name)

    def open(self, name: str) -> Locator:
        """Click it, and give the panel."""
        self.opener(name).click()
        expect(self.panel).to_be_visible()
        return self.panel

    @property
    def panel(self) -> Locator:
        """The one panel under the buttons."""
        return self.page.locator(".dl-fb-panel")

    @property
    def sheet(self) -> Locator:
        """The sheet of the phone."""
        return self.page.locator(".dl-fb-sheet")

    @property
    def search(self) -> Locator:
        """The search field."""
        return self.page.get_by_role("searchbox", name="Search titles, places and updates")

    def box(self, name: str) -> Locator:
        """A checkbox by the beginning of its label."""
        return self.page.get_by_role("checkbox", name=re.compile(f"^{re.escape(name)}"))

    def focused(self) -> str:
        """The label of what has the focus."""
        return self.page.evaluate("(document.activeElement.closest('label') || document.activeElement).innerText")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small app that has nothing but the bar, a frame and a list."""
    made = tmp_path_factory.mktemp("filters")
    (made / "main.py").write_text(MAIN.format(root=str(ROOT)))
    shutil.copytree(ROOT / ".streamlit", made / ".streamlit")
    return made


@pytest.fixture(scope="module")
def filters_app(folder: Path) -> Iterator[App]:
    """That app over the real store."""
    with serve(folder, log=folder / "log.txt", script="main.py", store=STORE) as running:
        yield running


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """The real store."""
    return GeoJSONFileStore(STORE).snapshot()


@pytest.fixture
def bar(browser: Browser, filters_app: App) -> Iterator[Bar]:
    """The bar, 1040 pixels wide. Whatever a test does, the console stays free of errors."""
    context = browser.new_context(viewport={"width": 1072, "height": 700})
    made = Bar(context.new_page(), filters_app.url)
    yield made
    context.close()
    assert made.errors == []


@pytest.fixture
def phone(browser: Browser, filters_app: App) -> Iterator[Bar]:
    """The same on a phone of 390 pixels."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    made = Bar(context.new_page(), filters_app.url)
    yield made
    context.close()
    assert made.errors == []


def ids(snapshot: Snapshot, wanted: EventFilter) -> list[str]:
    """What a filter shows."""
    return [event.id for event in select(snapshot.events, wanted, snapshot.updates)]


def test_the_bar_is_one_row(bar: Bar, snapshot: Snapshot) -> None:
    """Search, four facets and the clock stand in 44 pixels; nothing is active and nothing reruns by itself."""
    # The style sheets of the page may come after the bar.
    bar.page.wait_for_function(
        "(([width, height]) => width === 1040 && height === 44)"
        "(['width', 'height'].map((side) => document.querySelector('.dl-filters_bar').getBoundingClientRect()[side]))"
    )
    assert bar.page.locator(".dl-fb-facets button").all_text_contents() == ["Kind", "Actor", "Precision", "Update", "Clock: As happened"]
    expect(bar.page.get_by_role("button", name="Clear all")).to_be_hidden()
    assert bar.log == {"runs": 1, "shown": ids(snapshot, EventFilter())}


def test_facets_are_anded_and_their_values_ored(bar: Bar, snapshot: Snapshot) -> None:
    """Two kinds show either; an actor beside them narrows; buttons and chips say what is active."""
    bar.open("Kind")
    bar.box("Rocket attack").check()
    bar.box("Air strike").check()
    bar.lists(ids(snapshot, EventFilter(kinds=frozenset({"rocket_attack", "air_strike"}))))
    bar.open("Actor")
    bar.box("Kata'ib Hezbollah").check()
    bar.lists(ids(snapshot, EventFilter(kinds=frozenset({"rocket_attack", "air_strike"}), actors=frozenset({"Kata'ib Hezbollah"}))))
    expect(bar.opener("Kind")).to_have_text("Kind · 2")
    expect(bar.opener("Actor")).to_have_text("Actor · 1")
    expect(bar.page.locator(".dl-fb-chip")).to_have_text(["air strike or rocket attack", "involving Kata'ib Hezbollah"])
    expect(bar.page.locator(".dl-filters_bar > [aria-live]")).to_have_text("Only air strike or rocket attack; involving Kata'ib Hezbollah.")


def test_counts_follow_while_the_list_stands_still(bar: Bar) -> None:
    """Ticking brings counts up to date in the open panel: rows keep their places, the focus stays, and what would show nothing is grey."""
    bar.open("Kind")
    bar.box("Drone strike").check()
    bar.open("Actor")
    bar.box("US forces").check()
    bar.page.keyboard.press("Escape")
    bar.open("Kind")
    for label, count in [("Rocket attack", "4"), ("Drone strike", "1"), ("Attack on a ship", "0")]:
        expect(bar.panel.locator(".dl-fb-row", has_text=label).locator(".dl-fb-count")).to_have_text(count)
    ships = bar.box("Attack on a ship")
    ships.focus()
    bar.page.keyboard.press("Space")
    expect(ships).not_to_be_checked()
    expect(ships).to_have_attribute("aria-disabled", "true")
    before = bar.panel.locator(".dl-fb-words").all_inner_texts()
    bar.box("Rocket attack").check()
    expect(bar.opener("Kind")).to_have_text("Kind · 2")
    expect(bar.page.locator(".dl-fb-chip").first).to_contain_text("rocket attack")  # Python has answered
    assert bar.panel.locator(".dl-fb-words").all_inner_texts() == before
    assert bar.focused().startswith("Rocket attack")


def test_a_ticked_value_that_shows_nothing_can_be_ticked_off(bar: Bar, snapshot: Snapshot) -> None:
    """An actor who is in no event of the other kinds stays usable as long as it is ticked, and keeps the focus when it is not."""
    bar.open("Actor")
    bar.box("MV Helios Ray").check()
    bar.open("Kind")
    bar.box("Attack on a ship").check()
    bar.page.get_by_role("button", name="Only drones").click()
    bar.lists(ids(snapshot, EventFilter(kinds=frozenset({"drone_strike"}))))
    bar.search.fill("Helios")
    bar.lists([])
    bar.open("Kind")
    drones = bar.box("Drone strike")
    expect(drones).to_have_attribute("aria-disabled", "false")
    drones.uncheck()
    bar.lists(ids(snapshot, EventFilter(text="Helios")))
    expect(drones).to_have_attribute("aria-disabled", "true")
    assert bar.focused().startswith("Drone strike")


def test_many_clicks_at_once_are_all_kept(bar: Bar, snapshot: Snapshot) -> None:
    """Python's answer to the first click does not take back the others."""
    bar.open("Kind")
    bar.page.evaluate("document.querySelectorAll('.dl-fb-panel input').forEach((box, index) => index < 4 && box.click())")
    wanted = EventFilter(kinds=frozenset({"rocket_attack", "air_strike", "chemical_attack", "ship_attack"}))
    bar.lists(ids(snapshot, wanted))
    expect(bar.opener("Kind")).to_have_text("Kind · 4")
    expect(bar.panel.locator("input:checked")).to_have_count(4)
    bar.page.evaluate("document.querySelectorAll('.dl-fb-panel input').forEach((box, index) => index < 3 && box.click())")
    bar.lists(ids(snapshot, EventFilter(kinds=frozenset({"ship_attack"}))))
    expect(bar.panel.locator("input:checked")).to_have_count(1)


def test_a_change_of_pythons_wins(bar: Bar, snapshot: Snapshot) -> None:
    """A link or a clearing elsewhere replaces what the bar shows, and the same value can be ticked again afterwards."""
    bar.open("Kind")
    bar.box("Rocket attack").check()
    bar.lists(ids(snapshot, EventFilter(kinds=ROCKETS)))
    bar.page.get_by_role("button", name="Only drones").click()
    bar.lists(ids(snapshot, EventFilter(kinds=frozenset({"drone_strike"}))))
    expect(bar.search).to_have_value("Soleimani")
    bar.open("Kind")
    expect(bar.box("Drone strike")).to_be_checked()
    expect(bar.box("Rocket attack")).not_to_be_checked()
    bar.page.get_by_role("button", name="Clear all").click()
    bar.lists(ids(snapshot, EventFilter()))
    bar.open("Kind")
    bar.box("Rocket attack").check()
    bar.lists(ids(snapshot, EventFilter(kinds=ROCKETS)))


def test_typing_asks_once_and_enter_at_once(bar: Bar, snapshot: Snapshot) -> None:
    """A word typed letter by letter is one question; the cross clears it."""
    bar.search.evaluate("(field) => { for (const letter of 'oil tanker') { field.value += letter; field.dispatchEvent(new Event('input')); } }")
    bar.lists(ids(snapshot, EventFilter(text="oil tanker")))
    assert bar.log["runs"] == 2
    bar.search.fill("Douma")
    bar.search.press("Enter")
    bar.lists(ids(snapshot, EventFilter(text="Douma")))
    bar.page.get_by_role("button", name="Clear the search").click()
    bar.lists(ids(snapshot, EventFilter()))
    expect(bar.search).to_be_focused()
    expect(bar.page.get_by_role("button", name="Clear the search")).to_be_hidden()


def test_a_long_facet_has_a_search_of_its_own(bar: Bar) -> None:
    """Twenty-one actors can be narrowed by typing; down goes from the field to the first that is left."""
    bar.open("Actor")
    find = bar.panel.get_by_role("searchbox")
    expect(find).to_be_focused()
    find.fill("IRAN")
    expect(bar.panel.locator(".dl-fb-row:visible .dl-fb-words")).to_have_text(
        ["Iran-backed militias", "Iran", "Iran's Quds Force", "Iran's Revolutionary Guards"],
    )
    find.press("ArrowDown")
    assert bar.focused().startswith("Iran-backed militias")
    find.fill("zebra")
    expect(bar.panel.get_by_text("Nothing here by that name.")).to_be_visible()
    bar.page.keyboard.press("Escape")
    bar.open("Kind")
    expect(bar.panel.get_by_role("searchbox")).to_have_count(0)


def test_the_clock_hides_what_was_told_later(bar: Bar, snapshot: Snapshot) -> None:
    """A day of the list, a day that is typed, and back to as happened; a day that is none is refused beside the field."""
    bar.open("As happened")
    bar.panel.get_by_role("button", name="27 February 2021").click()
    bar.lists(ids(snapshot, EventFilter(known=parse_moment("2021-02-27"))))
    expect(bar.panel).to_be_hidden()
    expect(bar.opener("As known on 27 February 2021")).to_be_focused()
    bar.open("As known on")
    expect(bar.panel.get_by_role("button", name="27 February 2021")).to_have_attribute("aria-pressed", "true")
    typed = bar.panel.get_by_label("Another day")
    expect(typed).to_have_value("2021-02-27")
    typed.fill("2021-02-30")
    typed.press("Enter")
    expect(bar.panel.get_by_role("alert")).to_have_text("Write a day as year-month-day, such as 2021-02-27.")
    expect(typed).to_be_focused()
    typed.fill("2021-03-01")
    bar.panel.get_by_role("button", name="Set").click()
    bar.lists(ids(snapshot, EventFilter(known=parse_moment("2021-03-01"))))
    expect(bar.opener("As known on 1 March 2021")).to_be_visible()
    bar.open("As known on")
    bar.panel.get_by_role("button", name="As happened").click()
    bar.lists(ids(snapshot, EventFilter()))


def test_the_keyboard_alone_is_enough(bar: Bar, snapshot: Snapshot) -> None:
    """Tab to a facet, open it, walk and tick, close with Escape, go on; the panel closes when the focus leaves it."""
    page = bar.page
    bar.search.focus()
    page.keyboard.press("Tab")
    expect(bar.opener("Kind")).to_be_focused()
    page.keyboard.press("Enter")
    expect(bar.opener("Kind")).to_have_attribute("aria-expanded", "true")
    assert bar.focused().startswith("Rocket attack")
    steps = {"ArrowDown": "Air strike", "ArrowUp": "Rocket attack", "End": "Drone strike", "Home": "Rocket attack"}
    for key, label in [*steps.items(), ("ArrowUp", "Drone strike"), ("ArrowDown", "Rocket attack")]:
        page.keyboard.press(key)
        assert bar.focused().startswith(label)
    page.keyboard.press("Space")
    bar.lists(ids(snapshot, EventFilter(kinds=ROCKETS)))
    page.keyboard.press("Escape")
    expect(bar.panel).to_be_hidden()
    expect(bar.opener("Kind")).to_be_focused()
    expect(bar.opener("Kind")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Space")
    expect(bar.panel).to_be_visible()
    for _ in range(7):
        page.keyboard.press("Tab")
    expect(bar.panel.get_by_role("button", name="Clear this")).to_be_focused()
    page.keyboard.press("Tab")
    expect(bar.opener("Actor")).to_be_focused()
    expect(bar.panel).to_be_hidden()


def test_clearing_one_facet_or_one_chip(bar: Bar, snapshot: Snapshot) -> None:
    """Clear this empties its facet and stays open; a chip takes its part away and hands the focus on."""
    bar.open("Kind")
    bar.box("Rocket attack").check()
    bar.box("Air strike").check()
    bar.search.fill("base")
    bar.lists(ids(snapshot, EventFilter(kinds=frozenset({"rocket_attack", "air_strike"}), text="base")))
    bar.open("Kind")
    bar.panel.get_by_role("button", name="Clear this").click()
    bar.lists(ids(snapshot, EventFilter(text="base")))
    expect(bar.panel).to_be_visible()
    bar.page.get_by_role("button", name="Remove: with “base”").click()
    bar.lists(ids(snapshot, EventFilter()))
    expect(bar.search).to_be_focused()
    expect(bar.search).to_have_value("")


@pytest.mark.parametrize("width", [1440, 1072, 832])
def test_chips_have_room_or_are_left_out(bar: Bar, width: int) -> None:
    """A chip is whole or not there; the bar itself is never wider than the page, and all can be cleared at any width."""
    bar.page.set_viewport_size({"width": width, "height": 700})
    bar.open("Kind")
    for name in ("Rocket attack", "Air strike"):
        bar.box(name).check()
    bar.open("Actor")
    bar.box("Kata'ib Hezbollah").check()
    bar.open("As happened")
    bar.panel.get_by_role("button", name="28 February 2021").click()
    expect(bar.page.locator(".dl-filters_bar > [aria-live]")).to_contain_text("As known on 28 February 2021.")
    expect(bar.page.get_by_role("button", name="Clear all")).to_be_in_viewport(ratio=1)
    room = bar.page.locator(".dl-fb-chips").bounding_box()
    boxes = [chip.bounding_box() for chip in bar.page.locator(".dl-fb-chip:visible").all()]
    assert bool(boxes) == (width == 1440)
    assert room is None or all(box and room["x"] <= box["x"] and box["x"] + box["width"] <= room["x"] + room["width"] + 0.5 for box in boxes)
    assert bar.page.evaluate("document.documentElement.scrollWidth") == width


def test_a_press_elsewhere_closes_the_panel(bar: Bar) -> None:
    """On the page, in the map's frame, on another facet, or on its own button."""
    bar.open("Kind")
    bar.page.mouse.click(20, 690)
    expect(bar.panel).to_be_hidden()
    bar.open("Update")
    bar.page.mouse.click(100, 200)
    expect(bar.panel).to_be_hidden()
    bar.open("Kind")
    bar.open("Actor")
    expect(bar.panel).to_have_attribute("aria-label", "Actor")
    bar.opener("Actor").click()
    expect(bar.panel).to_be_hidden()


@pytest.mark.parametrize(("width", "height"), [(1072, 700), (1072, 320), (720, 400)])
@pytest.mark.parametrize("name", ["Kind", "Actor", "Update", "As happened"])
def test_a_panel_is_never_cut_off(bar: Bar, name: str, width: int, height: int) -> None:
    """Whatever box the bar stands in and however small the window is, the panel lies in the window and above everything else."""
    bar.page.set_viewport_size({"width": width, "height": height})
    box = bar.open(name).bounding_box()
    assert box is not None
    assert box["x"] >= 0 and box["y"] >= 0
    assert box["x"] + box["width"] <= width and box["y"] + box["height"] <= height
    corners = [[box["x"] + dx, box["y"] + dy] for dx in (4, box["width"] - 4) for dy in (4, box["height"] - 4)]
    assert bar.page.evaluate("(points) => points.every(([x, y]) => document.elementFromPoint(x, y).closest('.dl-fb-panel'))", corners)


def test_a_phone_has_one_button(phone: Bar, snapshot: Snapshot) -> None:
    """Beside the search there is Filters alone; it opens a sheet over the whole window, counts what is active, and gives the focus back."""
    assert phone.page.locator(".dl-filters_bar button:visible").all_inner_texts() == ["Filters"]
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390
    phone.opener("Filters").tap()
    expect(phone.sheet).to_be_visible()  # what a tap sets off comes after it
    assert phone.sheet.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    expect(phone.sheet.locator(".dl-fb-sentence")).to_have_text("Every event is shown.")
    phone.sheet.locator("summary", has_text="Kind").tap()
    phone.box("Rocket attack").tap()
    phone.sheet.locator("summary", has_text="As happened").tap()
    phone.sheet.get_by_role("button", name="27 February 2021").tap()
    phone.lists(ids(snapshot, EventFilter(kinds=ROCKETS, known=parse_moment("2021-02-27"))))
    expect(phone.sheet.locator(".dl-fb-sentence")).to_have_text("Only rocket attack. As known on 27 February 2021.")
    phone.sheet.get_by_role("button", name="Show events").tap()
    expect(phone.sheet).to_be_hidden()
    expect(phone.opener("Filters")).to_have_text("Filters · 2")
    expect(phone.opener("Filters")).to_be_focused()
    phone.opener("Filters").tap()
    phone.sheet.get_by_role("button", name="Clear all").tap()
    phone.lists(ids(snapshot, EventFilter()))
    phone.page.keyboard.press("Escape")
    expect(phone.sheet).to_be_hidden()
    expect(phone.opener("Filters")).to_have_text("Filters")


def test_what_a_thumb_presses_is_large_enough(phone: Bar) -> None:
    """Every control of the bar and of the open sheet is at least 44 pixels high; a row is pressed as a whole."""
    phone.opener("Filters").tap()
    parts = phone.sheet.locator("summary")
    expect(parts).to_have_count(5)
    for part in parts.all():
        part.tap()
    expect(phone.sheet.locator("details[open]")).to_have_count(5)
    small = phone.page.evaluate(
        """[...document.querySelectorAll('.dl-filters_bar :is(button, summary, input:not([type=checkbox]), .dl-fb-row)')]
            .filter((each) => each.offsetParent && each.getBoundingClientRect().height < 44).map((each) => each.outerHTML)"""
    )
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, filters_app: App, scheme: Any) -> None:
    """The bar at rest, with chips, with each panel open, and the sheet of the phone, in both themes."""
    context = browser.new_context(viewport={"width": 1072, "height": 700}, color_scheme=scheme)
    bar = Bar(context.new_page(), filters_app.url)
    assert serious(bar.page, ".dl-filters_bar") == []
    bar.open("Kind")
    bar.box("Drone strike").check()
    expect(bar.page.locator(".dl-fb-chip")).to_have_count(1)
    for name in ("Kind", "Actor", "Precision", "Update", "As happened"):
        bar.page.keyboard.press("Escape")
        bar.open(name)
        assert serious(bar.page, ".dl-filters_bar") == []
    bar.panel.get_by_label("Another day").fill("soon")
    bar.panel.get_by_role("button", name="Set").click()
    expect(bar.panel.get_by_role("alert")).to_be_visible()
    assert serious(bar.page, ".dl-filters_bar") == []
    bar.page.keyboard.press("Escape")
    bar.page.set_viewport_size({"width": 390, "height": 844})
    bar.opener("Filters").click()
    bar.sheet.locator("summary", has_text="Kind").click()
    bar.sheet.locator("summary", has_text="As happened").click()
    assert serious(bar.page, ".dl-filters_bar") == []
    context.close()


@pytest.mark.parametrize("width", [1072, 390])
def test_hostile_texts_are_shown_as_text(browser: Browser, folder: Path, tmp_path: Path, width: int) -> None:
    """Nothing of a store runs, loads or breaks out, in the list, the chips or the sentence; and it can be filtered by."""
    path = hostile_store(tmp_path)
    store = GeoJSONFileStore(path).snapshot()
    with serve(folder, log=tmp_path / "log.txt", script="main.py", store=path) as app:
        context = browser.new_context(viewport={"width": width, "height": 844})
        bar = Bar(context.new_page(), app.url)
        if width == 390:
            bar.opener("Filters").click()
        for name in ("Update", "Kind", "Actor"):
            if width == 390:
                bar.sheet.locator("summary", has_text=name).click()
            else:
                bar.open(name)
            bar.page.locator(f"[role=group][aria-label={name}] .dl-fb-row", has_text="|image]").click()
        wanted = next(event for event in store.events if event.actors[0].name == marked("actor", "image"))
        bar.lists([wanted.id])
        labels = bar.page.locator("[role=group][aria-label=Actor] .dl-fb-words").all_text_contents()
        assert set(labels) == {event.actors[0].name for event in store.events}
        expect(bar.page.locator(".dl-filters_bar > [aria-live]")).to_contain_text(marked("actor", "image"))
        assert bar.page.evaluate("top.__hits || 0") == 0
        assert bar.page.locator(".dl-filters_bar").locator("img, script, iframe, base, link, meta, style").count() == 0
        assert [url for url in bar.requests if "evil.example" in url] == []
        assert bar.errors == []
        context.close()
