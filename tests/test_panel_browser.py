"""The list, the detail and the summary line in a browser: the keyboard, the focus, the claims side by side, the marks, hostile text."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import ROOT
from tests.factories import JSON, claim, document, event, update
from tests.serving import App, serve

ABU_KAMAL = "abu-kamal-border-strike-2021-02-26"
HOSTILE = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>${window.ran=1}`'

# The address chooses what is drawn: the store, the event, the day that counts. What the panel tells Python is printed at the end.
MAIN = """
import json
import sys
from pathlib import Path

sys.path.insert(0, {root!r})
import streamlit as st

from geo.filters import EventFilter, clock_in_words
from geo.moments import parse_moment
from geo.store import open_store
from geo.ui.detail import event_detail
from geo.ui.event_list import event_list
from geo.ui.present import detail_data, list_data, summary_data
from geo.ui.summary import summary

asked, kept = st.query_params, st.session_state
snapshot = open_store(Path({folder!r}) / asked.get("store", "story.geojson")).snapshot()
known = parse_moment(asked["known"]) if "known" in asked else None
for name, value in {{"event": asked.get("event"), "page": 0, "newest": True, "none": "none" in asked, "log": []}}.items():
    kept.setdefault(name, value)
wanted = EventFilter(known=known, text="nowhere to be found" if kept.none else "")


def said(*words):
    kept.log.append(words)


def show(id_):
    kept.event = id_


with st.container(key="summary"):
    data = summary_data(
        snapshot, snapshot.tally(wanted), window="all dates", clock=clock_in_words(known),
        filters="air strike" if kept.none else "", clearable=kept.none,
    )
    summary(data=data, on_clear=lambda: kept.update(none=False))
chosen = snapshot.event(kept.event) if kept.event else None
if chosen is None:
    with st.container(key="event_list"):
        data = list_data(snapshot, wanted, selected=asked.get("selected"), page=kept.page, newest_first=kept.newest)
        event_list(
            data=data, on_select=show, on_page=lambda page: kept.update(page=page),
            on_sort=lambda newest: kept.update(newest=newest), on_clear=lambda: kept.update(none=False),
        )
else:
    with st.container(key="detail"):
        data = detail_data(snapshot, chosen, wanted, newest_first=kept.newest)
        if "script" in asked:
            for update in data["updates"]:
                update["url"] = "javascript:window.ran=1"
        event_detail(data=data, on_close=lambda: show(None), on_select=show, on_zoom=lambda: said("zoom"), on_ring=lambda: said("ring"))
st.text("log " + json.dumps(kept.log))
"""


def hostile_document() -> JSON:
    """An event and an update in which every text is markup."""
    told = update(heading=HOSTILE, source=HOSTILE, text=f"{HOSTILE}\n\nSomething happened.", date_note=HOSTILE)
    said = claim(metric=HOSTILE[:90], text=HOSTILE, by=HOSTILE, via=HOSTILE, unit=HOSTILE)
    place = {"name": HOSTILE, "country": HOSTILE, "note": HOSTILE, "precision": "province"}
    properties = {"title": HOSTILE, "kind": HOSTILE[:90], "date_note": HOSTILE, "note": HOSTILE, "actors": [{"name": HOSTILE, "role": "target"}]}
    one = event(f"e-1{HOSTILE}", place=place, claims=[said], passages=[{"update": "u-1", "exact": HOSTILE}], **properties)
    return document([one, event("e-2", None, place=place, **properties)], [told])


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The three components in an app of their own, with the project's theme, over several stores."""
    folder = tmp_path_factory.mktemp("panel")
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    shutil.copy(ROOT / "data" / "events.geojson", folder / "story.geojson")
    days = [f"2021-{1 + number // 25:02}-{1 + number % 25:02}" for number in range(250)]
    stores = {
        "many": document([event(f"e-{number:03}", start=day, end=day) for number, day in enumerate(days)]),
        "hostile": hostile_document(),
        "broken": document([event("e-1"), event("e-2", start="yesterday"), event("e-3", (400, 99)), event("e-4", title=HOSTILE, kind=7)]),
        "empty": document(),
    }
    for name, value in stores.items():
        (folder / f"{name}.geojson").write_text(json.dumps(value), encoding="utf-8")
    (folder / "main.py").write_text(MAIN.format(root=str(ROOT), folder=str(folder)), encoding="utf-8")
    with serve(folder, log=folder / "log.txt", script="main.py") as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page as wide as the panel, in which no script error goes unseen."""
    context = browser.new_context(viewport={"width": 480, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []
    context.close()


def open_list(page: Page, panel: App, query: str = "") -> Locator:
    """Open the list and give its rows."""
    page.goto(f"{panel.url}/?{query}")
    rows = page.locator(".st-key-event_list ol [data-event-id]")
    expect(rows.first).to_be_visible()
    return rows


def open_detail(page: Page, panel: App, query: str = f"event={ABU_KAMAL}") -> Locator:
    """Open a detail by its address."""
    page.goto(f"{panel.url}/?{query}")
    detail = page.locator(".st-key-detail")
    expect(detail.locator("h2")).to_be_visible()
    page.evaluate("document.fonts.ready")  # then nothing moves any more
    return detail


# The list


def test_list_is_in_the_order_of_time(page: Page, panel: App) -> None:
    """Newest first, and turned by one button that keeps the focus."""
    rows = open_list(page, panel)
    expect(rows).to_have_count(17)
    expect(rows.first).to_have_attribute("data-event-id", "ain-al-asad-rockets-2021-03-03")
    order = page.get_by_role("button", name="Order: Newest first")
    order.click()
    expect(rows.first).to_have_attribute("data-event-id", "damascus-sarin-2013-08")
    expect(page.get_by_role("button", name="Order: Oldest first")).to_be_focused()


def test_arrows_go_through_the_list(page: Page, panel: App) -> None:
    """One stop of the tab key for all rows; the arrows, Home and End go from row to row and stop at the ends."""
    rows = open_list(page, panel)
    page.get_by_role("button", name="Order: Newest first").press("Tab")
    expect(rows.first).to_be_focused()
    for key, number in (("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("End", 16), ("ArrowDown", 16), ("Home", 0), ("ArrowUp", 0)):
        page.keyboard.press(key)
        expect(rows.nth(number)).to_be_focused()
    assert rows.evaluate_all("(all) => all.filter((row) => row.tabIndex === 0).length") == 1


def test_enter_opens_and_escape_goes_back(page: Page, panel: App) -> None:
    """The focus goes to the title of the detail, and back to the row that it came from."""
    rows = open_list(page, panel)
    rows.nth(2).press("Enter")
    title = page.get_by_role("heading", level=2)
    expect(title).to_have_text("US air strikes on Iran-backed militias at Syrian–Iraqi border")
    expect(title).to_be_focused()
    page.keyboard.press("Escape")
    expect(rows.nth(2)).to_be_focused()
    expect(rows.nth(2)).to_have_attribute("data-event-id", ABU_KAMAL)
    rows.nth(2).click()
    page.get_by_role("button", name="Back to the list").click()
    expect(rows.nth(2)).to_be_focused()


def test_the_chosen_row_is_marked(page: Page, panel: App) -> None:
    """For the eye and for a screen reader; the tab key stops at it."""
    rows = open_list(page, panel, f"selected={ABU_KAMAL}")
    marked = rows.evaluate_all("(all) => all.filter((row) => row.ariaCurrent === 'true').map((row) => [row.dataset.eventId, row.tabIndex])")
    assert marked == [[ABU_KAMAL, 0]]


def test_rows_say_what_the_mark_shows(page: Page, panel: App) -> None:
    """Shape and colour are never alone: the kind is in the name; how vague a place is, and that it is off the map, are words."""
    open_list(page, panel)
    row = page.get_by_role("button", name="Air strike: US air strikes on Iran-backed militias")
    expect(row).to_contain_text("26 February 2021")
    expect(row).to_contain_text("±12 km")
    expect(row.locator("path")).to_have_attribute("fill", "none")
    expect(page.get_by_role("button", name="Rocket attack: Rockets hit Ain").locator("path")).not_to_have_attribute("fill", "none")
    expect(page.locator("[data-event-id=contractor-rockets-2019-12]")).to_contain_text("not on the map")


def test_the_tray_holds_what_is_off_the_map(page: Page, panel: App) -> None:
    """With its number and the reasons; what it holds can be opened."""
    open_list(page, panel)
    button = page.get_by_role("button", name="Not on the map (2)")
    tray = page.get_by_role("list", name="Events that are not on the map")
    expect(tray).to_be_hidden()
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(tray.get_by_role("button")).to_have_count(2)
    expect(tray).to_contain_text("names none of them: not on the map")
    tray.get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Rockets kill US contractor and wound US troops")


def test_250_events_are_sent_a_hundred_at_a_time(page: Page, panel: App) -> None:
    """The pages follow each other without a gap, and the focus goes to the head of the new page."""
    rows = open_list(page, panel, "store=many.geojson")
    pages = page.get_by_role("navigation", name="Pages of the list")
    first, last = rows.first, rows.last
    expect(rows).to_have_count(100)
    expect(first).to_have_attribute("data-event-id", "e-249")
    expect(last).to_have_attribute("data-event-id", "e-150")
    expect(page.get_by_role("button", name="Previous page")).to_be_disabled()
    page.get_by_role("button", name="Next page").click()
    expect(pages).to_contain_text("101 to 200 of 250")
    expect(first).to_have_attribute("data-event-id", "e-149")
    expect(page.get_by_role("heading", name="Events (250)")).to_be_focused()
    page.get_by_role("button", name="Next page").click()
    expect(rows).to_have_count(50)
    expect(last).to_have_attribute("data-event-id", "e-000")
    expect(page.get_by_role("button", name="Next page")).to_be_disabled()
    page.get_by_role("button", name="Previous page").click()
    expect(first).to_have_attribute("data-event-id", "e-149")


def test_an_empty_list_says_what_to_do(page: Page, panel: App) -> None:
    """And does it: one button brings everything back."""
    page.goto(f"{panel.url}/?none=1")
    expect(page.get_by_text("No event in these dates.")).to_be_visible()
    expect(page.get_by_text("Widen the window or clear the filters.")).to_be_visible()
    page.locator(".st-key-event_list").get_by_role("button", name="Show all events").click()
    expect(page.locator("ol [data-event-id]")).to_have_count(17)
    page.goto(f"{panel.url}/?store=empty.geojson")
    expect(page.locator(".st-key-event_list")).to_contain_text("The store holds no events.")


# The summary


def test_summary_is_a_live_region_that_stays(page: Page, panel: App) -> None:
    """It is read out when it changes: the element stays and its words change."""
    page.goto(f"{panel.url}/?none=1")
    status = page.get_by_role("status").filter(has_text="events")
    expect(status).to_have_text("0 of 17 events, all dates, as happened. Only air strike.")
    status.evaluate("(element) => { element.dataset.same = 'yes'; }")
    page.locator(".st-key-summary").get_by_role("button", name="Show all events").click()
    expect(status).to_have_text("17 of 17 events, all dates, as happened; 2 not on the map")
    expect(status).to_have_attribute("data-same", "yes")
    expect(page.locator(".st-key-summary").get_by_role("button", name="Show all events")).to_be_hidden()


def test_what_could_not_be_read_is_told(page: Page, panel: App) -> None:
    """How many records, and for each fault where, what, the value and what to do."""
    open_list(page, panel, "store=broken.geojson")
    summary = page.locator(".st-key-summary")
    summary.get_by_text("3 records could not be read and are left out").click()
    fault = summary.get_by_role("listitem").first
    expect(fault).to_contain_text("/features/1/properties/start")
    expect(fault).to_contain_text("'yesterday'")
    expect(fault).to_contain_text("Write YYYY-MM-DD")


# The detail


def test_neighbours_step_through_the_list(page: Page, panel: App) -> None:
    """Previous and next in the list's order, with their titles as names; the focus goes to each new title."""
    detail = open_detail(page, panel)
    expect(detail.locator("nav").first).to_contain_text("3 of 17")
    detail.get_by_role("button", name="Next event: Rockets fired at Baghdad's Green Zone").click()
    expect(detail.locator("h2")).to_have_text("Rockets fired at Baghdad's Green Zone")
    expect(detail.locator("h2")).to_be_focused()
    expect(detail.locator("nav").first).to_contain_text("4 of 17")
    for number in (3, 2, 1):
        detail.get_by_role("button", name="Previous event").first.click()
        expect(detail.locator("nav").first).to_contain_text(f"{number} of 17")
    expect(detail.get_by_role("button", name="Previous event").first).to_be_disabled()
    page.keyboard.press("Escape")
    expect(page.locator("ol [data-event-id]").first).to_be_focused()


def test_the_four_tolls_of_one_strike_are_side_by_side(page: Page, panel: App) -> None:
    """In a panel of this width, and with the roles of a table although it is stacked."""
    detail = open_detail(page, panel)
    table = detail.get_by_role("table", name="Claims")
    assert table.get_by_role("columnheader").all_text_contents() == ["What", "Figure", "Who says so", "Via", "When", "Update"]
    killed = table.locator("tbody[data-metric=killed]")
    expect(killed.get_by_role("rowheader")).to_contain_text("Killed")
    assert killed.locator(".dl-figure > :first-child").all_text_contents() == ["17", "not known", "1", "at least 22"]
    assert killed.locator("tr:not(:first-child)").get_by_role("cell").count() == 4 * 6
    figures, words = killed.locator("td.dl-figure"), killed.locator("td.dl-what")
    for number in range(4):
        figure, said = figures.nth(number).bounding_box(), words.nth(number).bounding_box()
        assert figure
        assert said
        assert abs(figure["y"] - said["y"]) < 8
        assert figure["x"] + figure["width"] <= said["x"]


def test_the_table_has_columns_where_there_is_room(page: Page, panel: App) -> None:
    """Six columns, each claim in one line of cells."""
    page.set_viewport_size({"width": 900, "height": 900})
    detail = open_detail(page, panel)
    cells = detail.locator("tbody[data-metric=killed] tr").nth(1).get_by_role("cell")
    boxes = [cells.nth(number).bounding_box() for number in range(6)]
    assert all(boxes)
    assert len({round(box["y"]) for box in boxes if box}) == 1
    expect(detail.get_by_role("columnheader", name="Figure")).to_be_visible()


def test_a_claim_leads_to_its_update(page: Page, panel: App) -> None:
    """The update's heading comes into view and has the focus."""
    detail = open_detail(page, panel)
    detail.locator("tbody[data-metric=killed]").get_by_role("button", name="UPDATE, MARCH 2").first.click()
    heading = detail.get_by_role("heading", name="UPDATE, MARCH 2")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()


def test_marks_are_the_passages(page: Page, panel: App) -> None:
    """In every update, to the letter; the whole text is there, folded or not."""
    story = json.loads((ROOT / "data" / "events.geojson").read_text(encoding="utf-8"))
    passages = next(feature for feature in story["features"] if feature["id"] == ABU_KAMAL)["properties"]["passages"]
    detail = open_detail(page, panel)
    articles = detail.locator("article")
    expect(articles).to_have_count(5)
    for article in articles.all():
        id_ = article.get_attribute("data-update-id")
        marked = "".join(article.locator("mark").all_text_contents())
        assert marked == "".join(passage["exact"] for passage in passages if passage["update"] == id_)
        text = next(each for each in story["updates"] if each["id"] == id_)["text"]
        assert "\n\n".join(article.locator(".dl-text p:not(.dl-fold)").all_text_contents()) == text


def test_a_long_update_is_folded_to_what_tells_the_event(page: Page, panel: App) -> None:
    """The first is open; another shows the paragraphs with a passage until the whole is asked for."""
    detail = open_detail(page, panel, "event=erbil-rockets-2021-02-15")
    first, later = detail.locator("article").first, detail.locator("article").last
    expect(first.locator("p:not(.dl-fold)").last).to_be_visible()
    whole = later.get_by_role("button", name="Show the whole update")
    expect(whole).to_have_attribute("aria-expanded", "false")
    hidden = later.locator(".dl-text p[hidden]")
    assert hidden.count() > 0
    whole.click()
    expect(hidden).to_have_count(0)
    later.get_by_role("button", name="Show only what tells this event").click()
    assert hidden.count() > 0


def test_the_detail_asks_for_the_map(page: Page, panel: App) -> None:
    """To zoom to the event, and for a ring around it; not for one that has no point, and it says why."""
    detail = open_detail(page, panel)
    detail.get_by_role("button", name="Zoom to it").click()
    expect(page.get_by_text('log [["zoom"]]')).to_be_visible()
    detail.get_by_role("button", name="Draw a ring around it").click()
    expect(page.get_by_text('log [["zoom"], ["ring"]]')).to_be_visible()
    detail = open_detail(page, panel, "event=contractor-rockets-2019-12")
    expect(detail.get_by_role("button", name="Zoom to it")).to_be_disabled()
    expect(detail.get_by_role("button", name="Draw a ring around it")).to_be_disabled()
    expect(detail).to_contain_text("Not on the map: the source names no place closer than Iraq.")


def test_an_opened_link_keeps_the_focus_of_the_page(page: Page, panel: App) -> None:
    """The detail takes the focus when a person opens it, not when a page loads."""
    open_detail(page, panel)
    assert page.evaluate("document.activeElement === document.body")


def test_what_was_told_later_is_not_there(page: Page, panel: App) -> None:
    """On the clock of 27 February the toll of 2 March is left out, and the detail says so."""
    detail = open_detail(page, panel, f"event={ABU_KAMAL}&known=2021-02-27")
    expect(detail).to_contain_text("As known on 27 February 2021: 3 later updates are left out")
    assert detail.locator("tbody[data-metric=killed] .dl-figure > :first-child").all_text_contents() == ["17", "not known"]


def test_headings_are_in_order(page: Page, panel: App) -> None:
    """No level is left out."""
    detail = open_detail(page, panel)
    levels = [int(name[1]) for name in detail.locator("h1, h2, h3, h4").evaluate_all("(all) => all.map((heading) => heading.tagName)")]
    assert levels[0] == 2
    assert all(after - before <= 1 for before, after in pairwise(levels))


# Hostile text


def test_hostile_text_is_shown_and_does_nothing(page: Page, panel: App) -> None:
    """In the list, the tray, the detail and its claims, markup is letters."""
    rows = open_list(page, panel, "store=hostile.geojson")
    expect(rows.first).to_contain_text(HOSTILE)
    page.get_by_role("button", name="Not on the map (1)").click()
    rows.last.press("Enter")
    detail = page.locator(".st-key-detail")
    expect(detail.locator("h2.dl-said")).to_have_text(HOSTILE)
    for place in ("h4", "mark", "td.dl-what", "td.dl-by", "td.dl-via", ".dl-unit", ".dl-facts"):
        expect(detail.locator(place).last).to_contain_text(HOSTILE)
    assert page.locator(".dl img, .dl script, .dl [onerror]").count() == 0
    assert page.evaluate("window.ran") is None
    page.keyboard.press("Escape")
    expect(rows.last).to_be_focused()


def test_a_script_is_no_link(page: Page, panel: App) -> None:
    """An address of another scheme is shown as words."""
    detail = open_detail(page, panel, f"event={ABU_KAMAL}&script=1")
    expect(detail.locator("article").first).to_contain_text("EA WorldView")
    assert detail.locator("a").count() == 0


def test_a_link_leads_out_without_a_trace(page: Page, panel: App) -> None:
    """To the source, in a tab of its own that cannot reach back."""
    link = open_detail(page, panel).get_by_role("link", name="EA WorldView").first
    expect(link).to_have_attribute("href", "https://eaworldview.com/2021/02/us-airstrikes-on-iran-backed-militias-inside-syria/")
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
