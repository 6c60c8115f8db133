"""The main job, as a person does it with the real app over the real events."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Download, Frame, Page, expect

from geo.cli.program import main as command_line
from geo.store import read_document
from tests.driving import at_rest, drawn_map, map_frame, open_map, visible_ids
from tests.serving import App

STRIKE = "abu-kamal-border-strike-2021-02-26"
SHIP = "helios-ray-blast-2021-02-26"


def start_handle(page: Page) -> Any:
    """The handle at the start of the window."""
    return page.get_by_role("slider", name="Start of window")


def expect_list_as_map(page: Page) -> None:
    """Wait until the list, without what the tray names again, has the very events that the map shows, and the server is at rest."""
    at_rest(page)
    page.wait_for_function(
        """() => {
            const listed = new Set([...document.querySelectorAll('.st-key-event_list ol [data-event-id]')].map((row) => row.dataset.eventId));
            const shown = document.querySelector('.st-key-map iframe').contentWindow.dateline.visibleIds();
            return listed.size === shown.length && shown.every((id) => listed.has(id));
        }"""
    )


def summary(page: Page) -> Any:
    """The line that says what is shown."""
    return page.locator(".st-key-summary")


def click_mark(page: Page, frame: Frame, id_: str) -> None:
    """Click an event's mark on the map."""
    frame.locator("#map_div").click(position=spot_of(frame, id_))


def spot_of(frame: Frame, id_: str) -> Any:
    """Where an event's mark is on the map."""
    spot = frame.evaluate("(id) => window.dateline.screenXY(id)", id_)
    assert spot, f"{id_} is not on the map"
    return spot


def export(page: Page, name: str) -> Download:
    """Press an export button."""
    with page.expect_download() as download:
        page.locator(f".st-key-export_{name} button").click()
    return download.value


def mark_of_stay(frame: Frame) -> None:
    """Leave a mark in the frame that a reload would wipe out, and remember where the map is."""
    frame.evaluate("window.stayed = [map_div.getZoom(), map_div.getCenter().lat, map_div.getCenter().lng]")


def assert_stayed(page: Page, frame: Frame) -> None:
    """The map was neither loaded anew nor moved since `mark_of_stay`."""
    assert map_frame(page) is frame
    assert frame.evaluate("String(window.stayed) === String([map_div.getZoom(), map_div.getCenter().lat, map_div.getCenter().lng])")


def test_what_the_page_names_ahead_is_what_it_loads(page: Page, app: App) -> None:
    """The modules of the page's header are fetched once each, and the map page needs no other of Streamlit's later on."""
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(urlsplit(request.url).path))
    with page.expect_response(f"{app.url}/") as answer:
        open_map(page, app)
    named = re.findall(r"<\.(/static/js/[^>]+)>", answer.value.headers["link"])
    modules = [path for path in fetched if path.startswith("/static/js/")]
    assert [path for path in named if modules.count(path) != 1] == []
    first_of_ours = fetched.index(next(path for path in fetched if path.startswith("/dateline/columns/")))
    assert [path for path in fetched[first_of_ours:] if path.startswith("/static/js/")] == []


def test_everything_is_in_view_at_1440_by_900(page: Page, app: App) -> None:
    """The map, the scrubber, the list and the summary, without scrolling."""
    open_map(page, app)
    expect(summary(page)).to_contain_text("17 of 17")
    for key in ("map", "scrubber", "side", "summary", "filters", "export_geojson", "export_csv"):
        expect(page.locator(f".st-key-{key}").first).to_be_visible()
        box = page.locator(f".st-key-{key}").first.bounding_box()
        assert box, key
        assert box["y"] >= 0, key
        assert box["y"] + min(box["height"], 200) <= 900, key
    assert page.evaluate("document.querySelector('.stMain').scrollHeight <= innerHeight")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844)])
@pytest.mark.parametrize("path", ["", "updates", "import", "review", "history", "method"])
def test_nothing_hangs_over_the_edge(browser: Browser, app: App, width: int, height: int, path: str) -> None:
    """No page scrolls sideways at any of the three sizes."""
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(f"{app.url}/{path}")
    expect(page.locator(f".st-key-{path or 'event_list'}")).to_be_visible()
    at_rest(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth && document.querySelector('.stMain').scrollWidth <= innerWidth")
    context.close()


def test_scrubbing_moves_the_map_at_once_and_the_list_on_release(page: Page, app: App) -> None:
    """The map follows a held key; list, summary and address follow when it is let go."""
    frame = open_map(page, app, "?from=2021-02-01&to=2021-03-04")
    mark_of_stay(frame)
    assert len(visible_ids(frame)) == 6
    start_handle(page).focus()
    for _ in range(25):
        page.keyboard.down("ArrowRight")
    frame.wait_for_function("window.dateline.window().from > '2021-02-20'")
    assert len(visible_ids(frame)) < 6
    page.keyboard.up("ArrowRight")
    # The map follows each step; the address and Python the last one, once the keys have rested.
    page.wait_for_function(
        """() => {
            const there = document.querySelector('.st-key-map iframe').contentWindow.dateline.window().from;
            const { from } = datelineScrubber.window();
            return there === from && new URLSearchParams(location.search).get('from') === from;
        }"""
    )
    expect(summary(page)).not_to_contain_text("6 of 17 events")
    expect_list_as_map(page)
    assert_stayed(page, frame)


def test_list_and_map_show_the_same_under_every_filter(page: Page, app: App) -> None:
    """A text, and a kind on top of it; one click clears both."""
    frame = open_map(page, app)
    mark_of_stay(frame)
    page.locator(".st-key-filters input[type=search]").fill("contractor")
    page.keyboard.press("Enter")
    expect(summary(page)).not_to_contain_text("17 of 17")
    frame.wait_for_function("window.dateline.visibleIds().length < 17")
    expect_list_as_map(page)
    summary(page).get_by_role("button", name="Show all events").click()
    expect(summary(page)).to_contain_text("17 of 17")
    frame.wait_for_function("window.dateline.visibleIds().length === 17")
    assert_stayed(page, frame)


def test_a_click_on_a_mark_opens_its_evidence(page: Page, app: App) -> None:
    """Title, how date and place are known, four figures of the dead side by side, and the five updates with passages marked."""
    frame = open_map(page, app)
    mark_of_stay(frame)
    click_mark(page, frame, STRIKE)
    detail = page.locator(".st-key-detail")
    expect(detail).to_contain_text("US air strikes on Iran-backed militias")
    expect(detail).to_contain_text("Placed by an editor")
    for figure in ("a handful", "at least 22", "17", "likely"):
        expect(detail).to_contain_text(figure)
    expect(detail.locator("mark").nth(4)).to_be_attached()
    expect(detail.locator("a[href^='https://eaworldview.com/']").first).to_be_attached()
    expect(page).to_have_url(re.compile(STRIKE))
    assert_stayed(page, frame)


def test_hover_tells_a_date_no_more_precisely_than_it_is_known(page: Page, app: App) -> None:
    """The strike on Shayrat is known to the month."""
    frame = open_map(page, app)
    frame.locator("#map_div").hover(position=spot_of(frame, "shayrat-strike-2017-04"))
    frame.wait_for_function("document.body.innerText.includes('Shayrat')")
    text = frame.evaluate("document.body.innerText")
    assert "April 2017" in text
    assert "1 April 2017" not in text
    assert "00:00" not in text


def test_the_tray_holds_what_cannot_be_placed(page: Page, app: App) -> None:
    """Two events, with the reason, and no mark."""
    frame = open_map(page, app)
    tray = page.locator(".st-key-event_list").get_by_text("Not on the map (2)")
    expect(tray).to_be_visible()
    assert frame.evaluate("window.dateline.screenXY('chemical-sites-strikes-2018-04')") is None
    assert frame.evaluate("window.dateline.drawn.count") == 15


def test_the_whole_job_by_keyboard_alone(page: Page, app: App) -> None:
    """Scrub, choose, read, draw a ring, export: no pointer at all."""
    frame = open_map(page, app)
    start_handle(page).focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(summary(page)).to_contain_text("all dates")
    page.keyboard.press("ArrowRight")
    expect(summary(page)).not_to_contain_text("all dates")
    expect_list_as_map(page)
    page.locator(".st-key-event_list ol [data-event-id]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-detail h2").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-event_list")).to_be_visible()
    expect_list_as_map(page)
    page.locator(".st-key-export_geojson button").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    exported = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert {feature["id"] for feature in exported["features"]} == set(visible_ids(frame))


def test_every_stop_of_the_tab_key_can_be_seen(page: Page, app: App) -> None:
    """Tabbing goes through the whole page and comes out at its end; whatever has the focus on the way is visible."""
    open_map(page, app)
    page.locator("body").press("Tab")
    passed: list[str] = []
    for _ in range(100):
        key, seen = page.evaluate(
            "() => { const e = document.activeElement; const r = e.getBoundingClientRect();"
            "return [e === document.body ? 'end' : e.closest('[class*=st-key-]')?.className.match(/st-key-([a-z_]+)/)?.[1] ?? e.tagName,"
            " r.width > 0 && r.height > 0]; }"
        )
        if key == "end":
            break
        assert seen, key
        passed.append(key)
        page.keyboard.press("Tab")
    order = list(dict.fromkeys(passed))
    wanted = ["filters_view", "scrubber_view", "side_tabs_view", "event_list_view", "export_geojson", "export_csv"]
    assert [key for key in order if key in wanted] == wanted


def test_an_address_opens_the_same_view_in_another_browser(page: Page, browser: Browser, app: App) -> None:
    """Window, mode, filter, event, rings and the map's position."""
    window = "from=2021-02-01&to=2021-03-04&mode=cumulative"
    query = f"?{window}&kind=air_strike&kind=ship_attack&event={STRIKE}&rings=off&ring=42.441,33.786,50,km&map=6/34.0000/42.0000"
    frame = open_map(page, app, query)
    frame.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("() => location.search.includes('map=7/')")
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    other = context.new_page()
    other_frame = open_map(other, app, page.evaluate("location.search"))
    where = "[map_div.getZoom(), map_div.getCenter().lat.toFixed(3), map_div.getCenter().lng.toFixed(3)].join()"
    assert other_frame.evaluate(where) == frame.evaluate(where)
    assert other_frame.evaluate("JSON.stringify(window.dateline.window())") == frame.evaluate("JSON.stringify(window.dateline.window())")
    assert visible_ids(other_frame) == visible_ids(frame)
    expect(other.locator(".st-key-detail")).to_contain_text("US air strikes on Iran-backed militias")
    expect(other.get_by_role("tab", name=re.compile("Range rings"))).to_contain_text("1")
    assert sorted(parse_qs(other.evaluate("location.search.slice(1)")).items()) == sorted(parse_qs(page.evaluate("location.search.slice(1)")).items())
    context.close()


def test_export_gives_what_is_on_the_screen_and_opens_again(page: Page, app: App, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No more and no fewer events, a receipt, a valid store, and the same bytes of features from the command line."""
    frame = open_map(page, app, "?from=2021-02-01&to=2021-02-28&kind=rocket_attack&kind=air_strike&map=6/34/42")
    path = tmp_path / "export.geojson"
    export(page, "geojson").save_as(path)
    exported = json.loads(path.read_text(encoding="utf-8"))
    assert [feature["id"] for feature in exported["features"]] == visible_ids(frame)
    receipt = exported["receipt"]
    assert receipt["events"] == len(exported["features"]) == 4
    assert receipt["window"]["words"] == "1 to 28 February 2021"
    assert receipt["filter"]["data"]["kind"] == ["air_strike", "rocket_attack"]
    assert "map=6" in receipt["address"]
    assert command_line(["validate", str(path)]) == 0
    assert [event.id for event in read_document(path.read_bytes(), where="export").events] == visible_ids(frame)
    again = tmp_path / "again.geojson"
    options = ["--from", "2021-02-01", "--to", "2021-02-28", "--kind", "rocket_attack", "--kind", "air_strike", "-o", str(again)]
    assert command_line(["export", "--format", "geojson", *options]) == 0
    assert json.loads(again.read_text(encoding="utf-8"))["features"] == exported["features"]
    rows = list(csv.DictReader(Path(export(page, "csv").path()).read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    assert [row["id"] for row in rows] == visible_ids(frame)


def test_rings_can_be_drawn_by_hand_and_list_what_is_inside(page: Page, app: App) -> None:
    """The store's rings off, a ring of the tool on, with the events inside it; and a point taken from the map."""
    frame = open_map(page, app)
    mark_of_stay(frame)
    page.get_by_role("tab", name=re.compile("Range rings")).click()
    tool = page.locator(".st-key-rings")
    expect(tool).to_contain_text("55 km")
    tool.get_by_text("A point").click()
    tool.get_by_role("button", name=re.compile("Click on the map", re.I)).click()
    frame.wait_for_function("getComputedStyle(document.querySelector('.leaflet-container')).cursor === 'crosshair'")
    spot = spot_of(frame, "green-zone-rockets-2021-02-22")
    frame.locator("#map_div").click(position={"x": spot["x"] + 60, "y": spot["y"] + 60})
    expect(tool.get_by_label("Latitude")).not_to_have_value("")
    radii = tool.get_by_label("Radii")
    radii.fill("300, 500")
    tool.get_by_role("button", name="Draw", exact=False).last.click()
    expect(tool).to_contain_text("500 km")
    expect(page).to_have_url(re.compile("[?&]ring=.+[?&]ring="))
    assert_stayed(page, frame)


def test_the_updates_page_leads_to_the_map(page: Page, app: App) -> None:
    """One click shows an event on the map, another all events of an update."""
    page.goto(f"{app.url}/updates")
    updates = page.locator(".st-key-updates")
    updates.get_by_role("button", name=re.compile("on the map", re.I)).first.click()
    expect(page.locator(".st-key-detail, .st-key-event_list").first).to_be_visible()
    drawn_map(page)


def test_deep_links_to_every_page_work(page: Page, app: App) -> None:
    """Typed into a new browser, each address gives its page and its title."""
    for path in ("updates", "import", "review", "history", "method", ""):
        title = path.capitalize() or "Map"
        page.goto(f"{app.url}/{path}")
        expect(page).to_have_title(re.compile(title))


def test_an_idle_page_is_idle(page: Page, app: App) -> None:
    """Once everything is there, the page asks the server for nothing in five seconds."""
    sent: list[int] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
    open_map(page, app)
    expect(summary(page)).to_contain_text("17 of 17")
    for _ in range(20):  # everything is there once nothing was asked for a second and a half, however long that takes on a busy machine
        before = len(sent)
        page.evaluate("new Promise((done) => setTimeout(done, 1500))")
        if len(sent) == before:
            break
    page.evaluate("new Promise((done) => setTimeout(done, 5000))")
    assert len(sent) == before


def test_no_page_asks_another_host(browser: Browser, app: App) -> None:
    """Not one request leaves the machine, for any page, from the first to the last."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    open_map(page, app)
    for path in ("updates", "import", "review", "history", "method"):
        page.goto(f"{app.url}/{path}")
        expect(page.locator("h1").first).to_be_visible()
    foreign = [url for url in asked if urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).hostname != "127.0.0.1"]
    assert asked
    assert foreign == []
    context.close()


def test_the_phone_does_the_main_job(browser: Browser, app: App) -> None:
    """At 390 by 844 with a thumb: tap a mark, read, go back, export."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    frame = open_map(page, app)
    page.locator(".st-key-event_list ol [data-event-id]").first.tap()
    expect(page.locator(".st-key-detail h2").first).to_be_in_viewport()
    page.locator(".st-key-detail").get_by_role("button", name=re.compile("Back to the list")).tap()
    expect(page.locator(".st-key-event_list")).to_be_visible()
    at_rest(page)
    assert len(visible_ids(frame)) == 17
    targets = page.locator(".st-key-dashboard button:visible")
    heights = targets.evaluate_all("(all) => all.map((e) => [e.textContent.trim(), e.getBoundingClientRect().height])")
    small = [(label, height) for label, height in heights if height < 40]
    assert small == []
    context.close()
