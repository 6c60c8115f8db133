"""The Updates and Method pages' content in a browser: reading order, ways to the map, deep links, hostile text, access for all."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.driving import at_rest
from tests.serving import App, serve
from tests.test_update_data import event, update

ROOT = Path(__file__).resolve().parents[1]
SIZES = ((1440, 900), (1024, 768), (390, 844))
HOSTILE = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script> ![](https://evil.example/x) \u202eيسار `${window.pwned=1}`'

# `?store=` and `?page=` choose what is shown; what the view tells Python is printed at the end.
MAIN = """
import json
import sys
from pathlib import Path

sys.path.insert(0, {root!r})
import streamlit as st

from geo.store import open_store
from geo.ui.method_data import method_data
from geo.ui.method_view import method_view
from geo.ui.update_data import update_data
from geo.ui.updates_view import updates_view

st.set_page_config(layout="wide")
log = st.session_state.setdefault("log", [])
snapshot = open_store(Path(st.query_params.get("store", {store!r}))).snapshot()
if st.query_params.get("page") == "method":
    method_view(data=method_data(snapshot))
else:
    newest = st.session_state.get("newest", True)
    updates_view(
        data=update_data(snapshot, newest_first=newest, focus=st.query_params.get("update")),
        on_order=lambda value: st.session_state.update(newest=value),
        on_event=lambda id_: log.append(["event", id_]),
        on_update=lambda id_: log.append(["update", id_]),
    )
st.text(json.dumps(log))
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Both views in an app of their own, with the project's theme."""
    folder = tmp_path_factory.mktemp("pages")
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    (folder / "main.py").write_text(MAIN.format(root=str(ROOT), store=str(ROOT / "data" / "events.geojson")), encoding="utf-8")
    (folder / "empty.geojson").write_text(document([], []), encoding="utf-8")
    (folder / "hostile.geojson").write_text(hostile_store(), encoding="utf-8")
    with serve(folder, log=folder / "log.txt", script="main.py") as running:
        yield running


def document(updates: list[dict[str, Any]], features: list[dict[str, Any]]) -> str:
    return json.dumps({"type": "FeatureCollection", "dateline": {"schema": 1, "licence": HOSTILE}, "updates": updates, "features": features})


def hostile_store() -> str:
    """A store every text of which would like to be markup; one update tells no event."""
    told = update("__proto__", text=f"{HOSTILE}\n\nThe end.") | {
        "heading": HOSTILE,
        "source": HOSTILE,
        "date_note": HOSTILE,
        "url": "https://evil.example/?<b>",
    }
    attack = event("<b id=x>", told=["__proto__"], exact="The end.")
    attack["properties"] |= {"title": HOSTILE, "kind": HOSTILE[:90], "date_note": HOSTILE, "note": HOSTILE}
    attack["properties"]["place"] |= {"name": HOSTILE, "note": HOSTILE, "basis": "editor"}
    attack["properties"]["claims"] = [
        {
            "metric": "killed",
            "low": 1,
            "high": None,
            "unit": HOSTILE,
            "text": HOSTILE,
            "by": HOSTILE,
            "via": None,
            "stated": None,
            "update": "__proto__",
        }
    ] * 2
    properties = {
        "record": "site",
        "name": HOSTILE,
        "note": HOSTILE,
        "updates": [],
        "rings": [{"radius_km": 5, "label": HOSTILE, "note": None, "update": None}],
    }
    site = {"type": "Feature", "id": HOSTILE[:60], "geometry": {"type": "Point", "coordinates": [44, 33]}, "properties": properties}
    broken = event(HOSTILE[:80], told=["__proto__"]) | {"geometry": HOSTILE}
    return document([told, update("silent")], [attack, site, broken])


def show(page: Page, pages: App, query: str = "") -> Page:
    """Open the app and wait for the view and its fonts, so that nothing moves any more."""
    page.goto(f"{pages.url}/?{query}")
    expect(page.locator(".dl h1")).to_be_visible(timeout=30_000)  # the first visit imports everything
    page.evaluate("document.fonts.ready")
    return page


def told(page: Page) -> Locator:
    """What Python was told, as JSON."""
    return page.get_by_test_id("stText").last


def article(page: Page, heading: str) -> Locator:
    return page.locator("article", has=page.get_by_role("heading", level=2, name=heading, exact=True))


def expect_near_the_top(target: Locator) -> None:
    """Wait until `target` stands still near the top of the window."""
    expect(target).to_be_visible()
    target.page.wait_for_function(
        """element => {
            const before = element.dataset.before;
            const now = element.getBoundingClientRect().top;
            element.dataset.before = now;
            return String(now) === before && now > 0 && now < 160;
        }""",
        arg=target.element_handle(),
    )


def headings(page: Page) -> list[str]:
    return page.locator("article h2").all_inner_texts()


def test_updates_stand_as_printed_newest_first_and_turn_round(page: Page, pages: App) -> None:
    """The headings are printed; the order is that of the store, since three updates share a day."""
    show(page, pages)
    printed = headings(page)
    assert printed[0] == "UPDATE, MARCH 4"
    assert printed[3:6] == ["UPDATE, 0730 GMT", "UPDATE, 0710 GMT", "UPDATE, FEB 28"]
    assert printed[-1] == "ORIGINAL ENTRY, FEB 26"
    oldest = page.get_by_role("button", name="Oldest first")
    oldest.click()
    expect(page.locator("article h2").first).to_have_text("ORIGINAL ENTRY, FEB 26")
    assert headings(page) == printed[::-1]
    expect(oldest).to_have_attribute("aria-pressed", "true")
    expect(oldest).to_be_focused()
    page.get_by_role("button", name="Newest first").click()
    expect(page.locator("article h2").first).to_have_text("UPDATE, MARCH 4")


def test_one_click_shows_an_event_or_all_of_an_updates_events(page: Page, pages: App) -> None:
    show(page, pages)
    article(page, "UPDATE, MARCH 3").get_by_role("button", name="Show on the map: Rockets hit Ain al-Asad air base").click()
    expect(told(page)).to_have_text('[["event", "ain-al-asad-rockets-2021-03-03"]]')
    article(page, "ORIGINAL ENTRY, FEB 26").get_by_role("button", name="Show all 12 on the map").click()
    expect(told(page)).to_contain_text('["update", "u-0226"]')
    article(page, "UPDATE, MARCH 3").get_by_role("button", name="Show on the map: Rockets hit Ain al-Asad air base").click()
    expect(told(page)).to_have_text(re.compile(r'(\["event", "ain-al-asad-rockets-2021-03-03"\].*){2}'))


def test_an_event_without_a_point_says_why_and_opens_in_the_list(page: Page, pages: App) -> None:
    show(page, pages)
    row = page.locator(".dl-upd-event", has_text="US, France and Britain strike three chemical weapons sites")
    expect(row).to_contain_text("Not on the map. The source speaks of three sites of Syria's chemical weapons programme and names none of them")
    row.get_by_role("button", name="Open in the list").click()
    expect(told(page)).to_have_text('[["event", "chemical-sites-strikes-2018-04"]]')


def test_a_date_says_how_it_is_known_and_the_source_is_one_click_away(page: Page, pages: App) -> None:
    show(page, pages)
    timed = article(page, "UPDATE, 0730 GMT")
    expect(timed).to_contain_text("28 February 2021, 07:30 UTC")
    timed.get_by_text("day taken from a neighbouring heading").click()
    expect(timed.get_by_text("Newer entries stand on top")).to_be_visible()
    link = timed.get_by_role("link", name="EA WorldView")
    expect(link).to_have_attribute("href", re.compile("^https://eaworldview.com/"))
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")


def test_an_address_can_name_an_update(page: Page, pages: App) -> None:
    """It is scrolled to, marked, and holds the focus for a screen reader; turning the order round does not jump back to it."""
    show(page, pages, "update=u-0227")
    asked = article(page, "UPDATE, FEB 27")
    expect(asked).to_have_class(re.compile("is-focus"))
    expect(asked.get_by_role("heading", level=2)).to_be_focused()
    expect_near_the_top(asked)
    page.get_by_role("button", name="Oldest first").click()
    expect(page.locator("article h2").first).to_have_text("ORIGINAL ENTRY, FEB 26")
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_an_address_that_names_no_update_of_the_store_says_so(page: Page, pages: App) -> None:
    show(page, pages, "update=%3Cb%3Ex")
    expect(page.get_by_role("status").filter(has_text="This store has no update")).to_have_text("This store has no update <b>x.")
    expect(page.locator("article.is-focus")).to_have_count(0)


def test_the_index_leads_to_an_update_and_writes_its_address(page: Page, pages: App) -> None:
    show(page, pages)
    index = page.get_by_role("navigation", name="Updates by date")
    expect(index.get_by_role("link")).to_have_count(9)
    index.get_by_role("link", name="27 February 2021 09:30 UTC").click()
    expect_near_the_top(article(page, "UPDATE, 0930 GMT"))
    assert page.url.endswith("?update=u-0227-0930")
    expect(index.get_by_role("link", name="27 February 2021 09:30 UTC")).to_have_attribute("aria-current", "location")
    expect(index).to_be_in_viewport()
    article(page, "UPDATE, 0930 GMT").get_by_role("button", name="Show on the map").click()
    expect(told(page)).to_contain_text("helios-ray-blast-2021-02-26")
    expect_near_the_top(article(page, "UPDATE, 0930 GMT"))


def test_pointing_at_an_event_marks_the_words_that_tell_it_and_the_other_way(page: Page, pages: App) -> None:
    show(page, pages)
    original = article(page, "ORIGINAL ENTRY, FEB 26")
    row = original.locator(".dl-upd-event", has_text="Chlorine attack on Douma")
    words = original.get_by_text("Chlorine had cost 43 people their lives")
    row.get_by_role("button").focus()
    expect(words).to_have_class(re.compile("is-told"))
    expect(original.get_by_text("In February 2018 forces fighting for Assad")).not_to_have_class(re.compile("is-told"))
    row.get_by_role("button").blur()
    expect(words).not_to_have_class(re.compile("is-told"))
    words.hover()
    expect(row).to_have_class(re.compile("is-told"))


def test_an_update_that_tells_no_event_says_so(page: Page, pages: App) -> None:
    show(page, pages, "store=hostile.geojson")
    expect(article(page, "UPDATE silent")).to_contain_text("Tells no incident: statements only.")


def test_an_empty_store_is_told_in_words(page: Page, pages: App) -> None:
    show(page, pages, "store=empty.geojson")
    expect(page.get_by_text("This store holds no updates.")).to_be_visible()
    expect(page.locator("article")).to_have_count(0)
    show(page, pages, "store=empty.geojson&page=method")
    expect(page.get_by_text("This store has no sites.")).to_be_visible()


@pytest.mark.parametrize("name", ["updates", "method"])
def test_hostile_text_is_shown_and_nothing_else(page: Page, pages: App, name: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    show(page, pages, f"store=hostile.geojson&page={name}")
    for summary in page.locator(".dl summary").all():
        summary.click()
    expect(page.locator(".dl").get_by_text("<script>window.pwned=1</script>").first).to_be_visible()
    assert page.evaluate("window.pwned") is None
    assert page.locator(".dl").locator("img, script, iframe, [onerror]").count() == 0
    assert all(url.startswith((pages.url, pages.url.replace("http", "ws"), "data:", "blob:")) for url in asked)


def test_an_event_of_a_hostile_id_still_reaches_python(page: Page, pages: App) -> None:
    show(page, pages, "store=hostile.geojson&update=__proto__")
    expect(page.locator("article.is-focus")).to_have_count(1)
    page.get_by_role("button", name="Show on the map").click()
    expect(told(page)).to_have_text('[["event", "<b id=x>"]]')


def test_the_method_counts_what_the_store_holds(page: Page, pages: App) -> None:
    show(page, pages, "page=method")
    sure = page.get_by_role("table", name="How sure a place is")
    expect(sure.get_by_role("row", name="sea area")).to_contain_text("100 to 300 km")
    expect(sure.get_by_role("row", name="sea area").get_by_role("cell")).to_have_text(
        ["Somewhere in a sea or gulf; only the waters are known.", "100 to 300 km", "3", "7", "2"]
    )
    expect(page.get_by_role("table", name="Kinds of event in this store").get_by_role("row", name="Rocket attack")).to_contain_text(
        "Shelling/artillery/missile attack"
    )
    expect(page.locator("#sites")).to_contain_text("On the ellipsoid it is 186 km (185.9)")
    expect(page.locator("#figures")).to_contain_text("In the example: low 1, best open, high 22.")
    expect(page.locator("#not-on-the-map")).to_contain_text("2 of 17 events have no point")
    expect(page.locator("#placed summary")).to_have_text("Placed by an editor: 6 events, with what the source says")
    page.locator("#placed summary").click()
    expect(page.get_by_text("The source says only: Iraqi bases.")).to_be_visible()


def test_marks_look_as_they_do_on_the_map(page: Page, pages: App) -> None:
    """Solid, hollow in a disc, and none at all."""
    show(page, pages, "page=method")

    def drawn(row: str) -> list[str | None]:
        paths = page.locator("#places tr", has_text=row).locator("svg path").all()
        return [path.get_attribute("fill") for path in paths]

    assert drawn("exact site") == ["currentColor"]
    assert drawn("near a town") == ["currentColor", "none"]
    assert drawn("Only the country is known") == []


def test_the_contents_lead_to_a_section_and_an_address_can_name_one(page: Page, pages: App) -> None:
    show(page, pages, "page=method")
    contents = page.get_by_role("navigation", name="On this page")
    contents.get_by_role("link", name="Two clocks").click()
    expect_near_the_top(page.locator("#clocks"))
    expect(contents.get_by_role("link", name="Two clocks")).to_have_attribute("aria-current", "location")
    expect(contents).to_be_in_viewport()
    page.goto("about:blank")
    show(page, pages, "page=method#figures")
    expect_near_the_top(page.locator("#figures"))


@pytest.mark.parametrize("name", ["updates", "method"])
def test_headings_go_down_one_level_at_a_time_from_one_first(page: Page, pages: App, name: str) -> None:
    show(page, pages, f"page={name}")
    levels = page.locator(".dl").evaluate("root => [...root.querySelectorAll('h1, h2, h3, h4')].map(heading => Number(heading.tagName[1]))")
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", ["updates", "method"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_axe_finds_nothing_serious(browser: Browser, pages: App, name: str, scheme: Any, size: tuple[int, int]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme) as context:
        page = show(context.new_page(), pages, f"page={name}&update=u-0302")
        for summary in page.locator(".dl summary").all():
            summary.click()
        at_rest(page)
        found = Axe().run(page, context=".dl").response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("name", ["updates", "method"])
@pytest.mark.parametrize("store", ["", "store=hostile.geojson&"])
def test_a_phone_has_targets_for_thumbs_and_nothing_to_scroll_sideways(browser: Browser, pages: App, name: str, store: str) -> None:
    with browser.new_context(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True) as context:
        page = show(context.new_page(), pages, f"{store}page={name}")
        small = page.locator(".dl").evaluate(
            """root => [...root.querySelectorAll("button, summary, a")]
                .filter(element => element.checkVisibility() && element.getBoundingClientRect().height < 44).map(element => element.outerHTML)"""
        )
        assert small == []
        assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth <= main.clientWidth")
        assert page.locator(".dl").first.evaluate(
            "root => [...root.querySelectorAll(':not(thead *)')].every(one => one.getBoundingClientRect().right <= innerWidth + 1)"
        )
