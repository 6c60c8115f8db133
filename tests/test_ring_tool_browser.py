"""The ring tool in a browser: rings around events, sites and points, and the events inside them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from geo.store import GeoJSONFileStore
from tests.driving import serious
from tests.hostile import hostile_store, marked
from tests.serving import App, serve

ROOT = Path(__file__).resolve().parents[1]
STORE = ROOT / "data" / "events.geojson"

GREEN_ZONE = "green-zone-rockets-2021-02-22"
UNPLACED = "contractor-rockets-2019-12"

MAIN = """
import json, os, sys
from pathlib import Path
sys.path.insert(0, {root!r})
import streamlit as st
from geo.filters import EventFilter
from geo.store import GeoJSONFileStore
from geo.ui.ring_data import read_draw, ring_data, without_ring
from geo.ui.ring_tool import ring_tool

st.set_page_config(layout="wide")
st.html("<style>.stMainBlockContainer {{ padding: 64px 16px 0; max-width: 432px }}</style>")
snapshot = GeoJSONFileStore(Path(os.environ["DATELINE_STORE"])).snapshot()
state = st.session_state
for name, value in dict(rings=(), on=True, fault="", arm=False, armed_last=None, chosen=st.query_params.get("event"), point=None, panel=True).items():
    state.setdefault(name, value)

def draw(sent):
    state.rings, state.fault = read_draw(sent, snapshot, state.rings)

def remove(key):
    state.rings = without_ring(state.rings, key)

def click():
    state.point, state.arm = (42.5, 33.25), False

with st.container(key="map"):
    st.iframe("<body style='margin:0;background:#ccc'>A map</body>", height=200)
st.button("The map is clicked", on_click=click)
if state.panel:
    with st.container(key="side"):
        ring_tool(
            data=ring_data(
                snapshot, EventFilter(), state.rings, store_on=state.on, chosen=state.chosen, arm=state.arm, point=state.point, fault=state.fault
            ),
            on_store_rings=lambda on: state.update(on=on),
            on_draw=draw,
            on_remove=remove,
            on_arm=lambda on: state.update(arm=on, armed_last=on),
            on_select=lambda id_: state.update(chosen=id_),
        )
st.button("Other tab", on_click=lambda: state.update(panel=not state.panel))
with st.container(key="log"):
    told = dict(on=state.on, arm=state.arm, armed_last=state.armed_last, chosen=state.chosen, rings=[str(ring) for ring in state.rings])
    st.code(json.dumps(told), language=None)
"""


class Tool:
    """A page with the panel on it, and what Python made of what was said there."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(url)
        page.locator(".st-key-log code").wait_for()
        self.form.wait_for()

    def told(self, **expected: Any) -> None:
        """Wait until Python holds these values."""
        self.page.wait_for_function(
            """(expected) => {
                const log = JSON.parse(document.querySelector('.st-key-log code').textContent);
                return Object.entries(expected).every(([name, value]) => JSON.stringify(log[name]) === JSON.stringify(value));
            }""",
            arg=expected,
        )

    @property
    def form(self) -> Locator:
        """The form that draws."""
        return self.page.get_by_role("form", name="Draw a ring")

    @property
    def rings(self) -> Locator:
        """The rings that were drawn."""
        return self.page.get_by_role("list", name="Rings drawn").locator(".dl-rt-ring")

    def ring(self, label: str) -> Locator:
        """One of them."""
        return self.rings.filter(has_text=label)

    def pick(self, words: str) -> None:
        """Choose one of the buttons that stand side by side."""
        self.form.locator(".dl-rt-segment", has_text=words).click()

    def draw(self, radii: str) -> None:
        """Type radii and press Draw."""
        self.form.get_by_label("Radii").fill(radii)
        self.form.get_by_role("button", name="Draw").click()

    def site(self, name: str) -> None:
        """Choose a site."""
        self.pick("A site")
        self.form.get_by_role("combobox", name="Site").select_option(label=name)

    def focused(self) -> str | None:
        """What has the focus, by its name for it."""
        return self.page.evaluate("document.activeElement.dataset.focus ?? null")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small app that has nothing but the panel and what it said."""
    made = tmp_path_factory.mktemp("rings")
    (made / "main.py").write_text(MAIN.format(root=str(ROOT)))
    shutil.copytree(ROOT / ".streamlit", made / ".streamlit")
    return made


@pytest.fixture(scope="module")
def rings_app(folder: Path) -> Iterator[App]:
    """That app over the real store."""
    with serve(folder, log=folder / "log.txt", script="main.py", store=STORE) as running:
        yield running


@pytest.fixture
def tool(browser: Browser, rings_app: App) -> Iterator[Tool]:
    """The panel, 400 pixels wide. Whatever a test does, the console stays free of errors."""
    context = browser.new_context(viewport={"width": 432, "height": 900})
    made = Tool(context.new_page(), rings_app.url)
    yield made
    context.close()
    assert made.errors == []


def test_the_rings_of_the_store_are_on_and_can_be_turned_off(tool: Tool) -> None:
    """Three rings with radius, site, meaning and note; the note of Baghdad's tells by how much the source's distance differs."""
    store = tool.page.get_by_role("list", name="Rings of the store")
    expect(store.locator(".dl-rt-label")).to_have_text(["55 km around US base at Tanf", "8 km around Ain al-Asad air base", "160 km around Baghdad"])
    expect(store.locator(".dl-rt-meaning")).to_have_text(
        ["declared security zone", "reported firing distance", "distance to Ain al-Asad as the source gives it"]
    )
    expect(store.locator(".dl-rt-note").nth(2)).to_contain_text("186 km")
    switch = tool.page.get_by_role("switch", name="On the map")
    expect(switch).to_be_checked()
    switch.click()
    tool.told(on=False)
    expect(switch).not_to_be_checked()
    switch.press("Space")
    tool.told(on=True)


def test_rings_around_a_site_list_the_events_inside(tool: Tool) -> None:
    """Two radii make two rings; the list says how far each event is, in the unit of the ring, and a click chooses it."""
    tool.site("Baghdad")
    tool.pick("nautical miles")
    tool.draw("50, 200")
    tool.told(rings=["site:baghdad,50,nmi", "site:baghdad,200,nmi"])
    expect(tool.page.get_by_role("heading", name="Rings drawn (2)")).to_be_visible()
    wide = tool.ring("200 nmi around Baghdad")
    wide.locator("summary").click()
    expect(wide.locator(".dl-rt-distance")).to_have_text(["1.57 nmi", "7.08 nmi", "37.6 nmi", "100 nmi", "176 nmi", "181 nmi"])
    wide.get_by_role("button", name="Rockets hit Ain al-Asad air base").click()
    tool.told(chosen="ain-al-asad-rockets-2021-03-03")
    expect(wide.locator("details")).to_have_attribute("open", "")
    assert tool.focused() == "event:site:baghdad,200,nmi:ain-al-asad-rockets-2021-03-03"
    expect(tool.page.get_by_text("2 events shown are not on the map and count in no ring.")).to_be_visible()


def test_a_ring_around_the_chosen_event(browser: Browser, rings_app: App) -> None:
    """With an event chosen the form begins with it; Enter in the field draws."""
    context = browser.new_context(viewport={"width": 432, "height": 900})
    tool = Tool(context.new_page(), f"{rings_app.url}/?event={GREEN_ZONE}")
    expect(tool.form.get_by_role("radio", name="Chosen event")).to_be_checked()
    expect(tool.form.locator(".dl-rt-chosen")).to_have_text("Rockets fired at Baghdad's Green Zone")
    radii = tool.form.get_by_label("Radii")
    radii.fill("3 mi")
    radii.press("Enter")
    tool.told(rings=[f"event:{GREEN_ZONE},3,mi"])
    expect(tool.ring("3 mi around Rockets fired at Baghdad's Green Zone").locator("summary")).to_contain_text("1 event inside")
    assert tool.errors == []
    context.close()


def test_an_event_that_is_not_on_the_map_cannot_be_drawn_around(browser: Browser, rings_app: App) -> None:
    """The form says so before anything is pressed, and again when Draw is."""
    context = browser.new_context(viewport={"width": 432, "height": 900})
    tool = Tool(context.new_page(), f"{rings_app.url}/?event={UNPLACED}")
    tool.pick("Chosen event")
    expect(tool.form.locator(".dl-rt-chosen")).to_contain_text("is not on the map, so no ring can be drawn around it.")
    tool.draw("5")
    expect(tool.form.get_by_role("alert")).to_have_text(
        "The chosen event is not on the map: the source names no place for it. Draw around a site or a point."
    )
    tool.told(rings=[])
    assert tool.errors == []
    context.close()


def test_a_ring_around_a_point_that_was_clicked_on_the_map(tool: Tool) -> None:
    """The tool is armed, says what to do, can be called off, and takes the point over into its fields."""
    tool.pick("A point")
    tool.form.get_by_role("button", name="Click on the map").click()
    tool.told(arm=True)
    expect(tool.form.get_by_role("status")).to_have_text("Now click the point on the map.")
    tool.form.get_by_role("button", name="Cancel").click()
    tool.told(arm=False)
    expect(tool.form.get_by_role("status")).to_be_hidden()
    tool.form.get_by_role("button", name="Click on the map").click()
    tool.told(arm=True)
    tool.page.get_by_role("button", name="The map is clicked").click()
    expect(tool.form.get_by_label("Latitude")).to_have_value("33.2500")
    expect(tool.form.get_by_label("Longitude")).to_have_value("42.5000")
    tool.draw("25")
    tool.told(arm=False, rings=["42.5,33.25,25,km"])
    expect(tool.ring("25 km around 33.25° N, 42.5° E")).to_be_visible()


def test_a_phone_goes_to_the_map_and_back(browser: Browser, rings_app: App) -> None:
    """Where the map is out of sight it is brought into it for the click, and the form after it."""
    context = browser.new_context(viewport={"width": 390, "height": 600}, has_touch=True, is_mobile=True)
    tool = Tool(context.new_page(), rings_app.url)
    tool.pick("A point")
    tool.page.wait_for_function("document.querySelector('.st-key-map iframe').getBoundingClientRect().bottom < 100")
    tool.form.get_by_role("button", name="Click on the map").tap()
    tool.told(arm=True)
    expect(tool.page.locator(".st-key-map iframe")).to_be_in_viewport(ratio=1)
    expect(tool.form).not_to_be_in_viewport()
    tool.page.get_by_role("button", name="The map is clicked").tap()
    expect(tool.form.get_by_label("Latitude")).to_be_in_viewport()
    assert tool.errors == []
    context.close()


def test_choosing_something_else_calls_the_map_off(tool: Tool) -> None:
    """A tool that waits for a click on the map stops waiting when a site is to be drawn around."""
    tool.pick("A point")
    tool.form.get_by_role("button", name="Click on the map").click()
    tool.told(arm=True)
    tool.pick("A site")
    tool.told(arm=False)


def test_a_tool_called_off_before_python_has_answered_does_not_wait(tool: Tool) -> None:
    """However slow the server is, what was pressed last counts."""
    tool.pick("A point")
    tool.page.evaluate(
        "document.querySelector('[data-focus=arm]').click(); document.querySelector('.dl-ring_tool input[name=dl-rt-around][value=site]').click()"
    )
    tool.told(armed_last=False)


def test_a_ring_around_a_typed_point(tool: Tool) -> None:
    """Decimal degrees; what is none is told in words, and what was typed stays to be mended."""
    tool.pick("A point")
    tool.form.get_by_label("Latitude").fill("133.786")
    tool.form.get_by_label("Longitude").fill("42.441")
    tool.draw("8")
    expect(tool.form.get_by_role("alert")).to_have_text("Write the latitude in decimal degrees, from -90 to 90, such as 33.786.")
    expect(tool.form.get_by_label("Latitude")).to_have_value("133.786")
    tool.form.get_by_label("Latitude").fill("33.786")
    tool.draw("8")
    tool.told(rings=["42.441,33.786,8,km"])
    expect(tool.form.get_by_role("alert")).to_be_hidden()


def test_radii_that_are_none_are_told_in_words(tool: Tool) -> None:
    """The sentence stands under the field, which names it as its description."""
    tool.draw("10 bananas")
    fault = tool.form.get_by_role("alert")
    expect(fault).to_contain_text("'bananas' is neither a number nor a unit.")
    described = tool.form.get_by_label("Radii").get_attribute("aria-describedby") or ""
    assert (fault.get_attribute("id") or "-") in described.split()
    tool.draw("10")
    tool.told(rings=["site:tanf,10,km"])
    tool.draw("10")
    expect(fault).to_have_text("That is drawn already.")


def test_rings_are_removed_one_by_one_or_all(tool: Tool) -> None:
    """The focus goes on to the next ring, and to the form when none is left."""
    tool.site("Baghdad")
    tool.draw("5, 10, 25, 50")
    expect(tool.rings).to_have_count(4)
    tool.page.get_by_role("button", name="Remove: 10 km around Baghdad").click()
    tool.told(rings=["site:baghdad,5,km", "site:baghdad,25,km", "site:baghdad,50,km"])
    expect(tool.rings).to_have_count(3)
    assert tool.focused() == "remove:site:baghdad,25,km"
    tool.page.get_by_role("button", name="Remove all").click()
    tool.told(rings=[])
    expect(tool.rings).to_have_count(0)
    assert tool.focused() == "radii"
    expect(tool.page.get_by_role("heading", name="Rings drawn")).to_have_count(0)


def test_the_form_outlives_another_tab(tool: Tool) -> None:
    """Whoever looks at the list in between finds what they had typed, and the rings that they had unfolded."""
    tool.site("Baghdad")
    tool.pick("nautical miles")
    tool.draw("200")
    tool.ring("200 nmi").locator("summary").click()
    tool.form.get_by_label("Radii").fill("7, 9")
    tool.page.get_by_role("button", name="Other tab").click()
    expect(tool.form).to_have_count(0)
    tool.page.get_by_role("button", name="Other tab").click()
    expect(tool.form.get_by_label("Radii")).to_have_value("7, 9")
    expect(tool.form.get_by_role("combobox", name="Site")).to_have_value("baghdad")
    expect(tool.form.get_by_role("radio", name="nautical miles")).to_be_checked()
    expect(tool.ring("200 nmi").locator("details")).to_have_attribute("open", "")


def test_the_keyboard_alone_is_enough(tool: Tool) -> None:
    """From the switch to a ring around a point, without a mouse."""
    page = tool.page
    tool.page.get_by_role("switch").focus()
    while page.evaluate("document.activeElement.type") != "radio":
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(tool.form.get_by_role("radio", name="A point")).to_be_checked()
    for text in ("33.5", "42.5"):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Tab")
    expect(tool.form.get_by_role("button", name="Click on the map")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("12")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    expect(tool.form.get_by_role("radio", name="miles", exact=True)).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tool.told(rings=["42.5,33.5,12,mi"])


def test_what_a_thumb_presses_is_large_enough(browser: Browser, rings_app: App) -> None:
    """On a phone the panel is as wide as the window, and every control is at least 44 pixels high; a label is pressed as a whole."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    tool = Tool(context.new_page(), rings_app.url)
    tool.site("Baghdad")
    tool.draw("200")
    tool.ring("200 km").locator("summary").tap()
    expect(tool.ring("200 km").locator("details")).to_have_attribute("open", "")
    tool.pick("A point")
    assert tool.page.evaluate("document.documentElement.scrollWidth") == 390
    small = tool.page.evaluate(
        """[...document.querySelectorAll('.dl-ring_tool :is(button, summary, select, input[type=text], .dl-rt-toggle, .dl-rt-segment)')]
            .filter((each) => each.offsetParent && each.getBoundingClientRect().height < 44).map((each) => each.outerHTML)"""
    )
    assert small == []
    assert tool.errors == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, rings_app: App, scheme: Any) -> None:
    """At rest, with a fault, armed, with rings drawn and unfolded and those of the store off, in both themes."""
    context = browser.new_context(viewport={"width": 432, "height": 900}, color_scheme=scheme)
    tool = Tool(context.new_page(), f"{rings_app.url}/?event={GREEN_ZONE}")
    assert serious(tool.page, ".dl-ring_tool") == []
    tool.pick("A point")
    tool.draw("x")
    expect(tool.form.get_by_role("alert")).to_be_visible()
    tool.form.get_by_role("button", name="Click on the map").click()
    expect(tool.form.get_by_role("status")).to_be_visible()
    assert serious(tool.page, ".dl-ring_tool") == []
    tool.site("Baghdad")
    tool.draw("200, 500")
    expect(tool.rings).to_have_count(2)
    for summary in tool.page.locator(".dl-ring_tool summary").all():
        summary.click()
    tool.page.get_by_role("switch").click()
    tool.told(on=False)
    assert serious(tool.page, ".dl-ring_tool") == []
    context.close()


def test_hostile_texts_are_shown_as_text(browser: Browser, folder: Path, tmp_path: Path) -> None:
    """Sites, notes, titles and ids of a hostile store run nothing and load nothing, and can be drawn around."""
    path = hostile_store(tmp_path)
    store = GeoJSONFileStore(path).snapshot()
    with serve(folder, log=tmp_path / "log.txt", script="main.py", store=path) as app:
        context = browser.new_context(viewport={"width": 390, "height": 844})
        tool = Tool(context.new_page(), app.url)
        panel = tool.page.locator(".dl-ring_tool")
        assert set(panel.locator("option").all_text_contents()) == {site.name for site in store.sites}
        for site in store.sites:
            tool.form.get_by_role("combobox", name="Site").select_option(value=site.id)
            tool.draw("2000")
            tool.told(rings=[f"site:{other.id},2000,km" for other in store.sites[: store.sites.index(site) + 1]])
        first = tool.rings.first
        first.locator("summary").click()
        first.locator(".dl-rt-event", has_text="|image]").click()
        tool.told(chosen=next(event.id for event in store.events if event.title == marked("title", "image")))
        assert tool.page.evaluate("document.documentElement.scrollWidth") == 390
        assert tool.page.evaluate("top.__hits || 0") == 0
        assert panel.locator("img, script, iframe, base, link, meta, style").count() == 0
        assert [url for url in tool.requests if "evil.example" in url] == []
        assert tool.errors == []
        context.close()
