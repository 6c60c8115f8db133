"""The time scrubber in a browser: what the hands do, what the map, Python and the address bar are told, and when."""

from __future__ import annotations

import base64
import json
import shutil
import struct
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.serving import App, serve

ROOT = Path(__file__).resolve().parents[1]
CHANNEL = "dateline-test"
DAY = 1440

# First and last possible day of each event: as uneven as those of the source, in the order of their start.
SPANS = [
    ("2013-08-01", "2013-08-31"),
    ("2016-09-01", "2016-09-30"),
    ("2017-03-28", "2017-04-04"),
    ("2017-04-01", "2017-04-30"),
    ("2017-06-01", "2017-06-30"),
    ("2018-02-01", "2018-02-28"),
    ("2018-04-01", "2018-04-30"),
    ("2019-01-01", "2019-12-31"),
    ("2019-12-01", "2019-12-31"),
    ("2020-01-03", "2020-01-03"),
    ("2021-02-15", "2021-02-15"),
    ("2021-02-16", "2021-02-21"),
    ("2021-02-22", "2021-02-22"),
    ("2021-02-26", "2021-02-26"),
    ("2021-02-26", "2021-02-26"),
    ("2021-03-03", "2021-03-03"),
]

APP = """
import sys
sys.path.insert(0, {root!r})
import streamlit as st
from pathlib import Path
from starlette.responses import FileResponse
from starlette.routing import Route

def columns(request):
    return FileResponse(Path("columns-" + request.path_params["revision"]), media_type="application/octet-stream")

app = st.App("main.py", routes=[Route("/dateline/columns/{{revision}}", columns)])
"""

MAIN = """
import json
from pathlib import Path
import streamlit as st
from geo.ui.scrubber import time_scrubber

st.set_page_config(layout="wide")
log = st.session_state.setdefault("log", [])
st.session_state["runs"] = st.session_state.get("runs", 0) + 1

def note(name):
    return lambda: log.append([name, st.session_state["scrubber"][name]])

names = ("window", "select", "point", "view", "basemap")
data = json.loads(Path("data.json").read_text())
heard = next((value for name, value in reversed(log) if name == "window"), None)
if st.session_state.setdefault("version", data["stateVersion"]) != data["stateVersion"]:
    st.session_state.update(version=data["stateVersion"], wish=len(log))
if heard and log.index(["window", heard]) >= st.session_state.get("wish", 0) and "windowHeard" not in data:
    data["state"]["window"] = {name: heard[name] for name in ("from", "to", "mode")}  # Python holds what it was told, as the app does
data.setdefault("windowHeard", heard["number"] if heard else 0)
with st.container(key="place"):
    if not data.get("gone"):
        time_scrubber(key="scrubber", data=data, **{f"on_{name}_change": note(name) for name in names})
st.button("Rerun")
with st.container(key="log"):
    told = {"runs": st.session_state["runs"], "turn": data["turn"], "log": log, "query": dict(st.query_params)}
    st.code(json.dumps(told), language=None)
"""


def minutes(iso: str) -> int:
    """Minutes since the epoch of a UTC date or time."""
    return int(datetime.fromisoformat(iso).replace(tzinfo=UTC).timestamp() // 60)


def packed(spans: list[tuple[str, str]]) -> bytes:
    """Columns as docs/protocol.md has them, with everything that a scrubber does not read left at zero."""
    starts = [minutes(first) for first, _ in spans]
    ends = [minutes(last) + DAY for _, last in spans]
    return struct.pack(f"<4sI{2 * len(spans)}i", b"DLC1", len(spans), *starts, *ends) + bytes(12 * len(spans))


def mask_of(rows: set[int], count: int) -> str:
    """The mask that lets `rows` through."""
    bits = bytearray((count + 7) // 8)
    for row in rows:
        bits[row >> 3] |= 1 << (row & 7)
    return base64.b64encode(bits).decode()


class Scrubber:
    """A page with the scrubber on it, and a stand-in for the map that keeps all that it hears."""

    def __init__(self, page: Page, app: App, folder: Path) -> None:
        self.page, self.app, self.folder = page, app, folder
        self.data: dict[str, Any] = {
            "channel": CHANNEL,
            "columns": "/dateline/columns/a",
            "labels": "/dateline/labels/a",
            "revision": "a",
            "state": {"window": {"from": None, "to": None, "mode": "window"}, "mask": None, "selected": None, "rings": [], "sites": [], "arm": False},
            "stateVersion": 1,
            "zoomTo": None,
            "query": "",
            "view": None,
            "base": "offline",
            "turn": 0,  # which of the data that were handed over these are: nothing of ours reads it
        }
        self.errors: list[str] = []
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.add_init_script(
            f"""window.heard = [];
            const channel = new BroadcastChannel({CHANNEL!r});
            const marker = new BroadcastChannel({CHANNEL!r});
            const marks = [];
            channel.onmessage = ({{data}}) => data.type === 'mark' ? marks.shift()() : window.heard.push(data);
            window.say = (message) => channel.postMessage(message);
            window.nextFrame = () => new Promise(requestAnimationFrame);
            // Messages come in the order in which they were posted: once a mark has come, so has all that was posted before it.
            window.allHeard = () => new Promise((come) => {{ marks.push(come); marker.postMessage({{type: 'mark'}}); }});
            window.told = () => JSON.parse(document.querySelector('.st-key-log code')?.textContent ?? '{{"runs": 0, "turn": 0, "log": []}}');
            window.turn = () => {{
                let home = document.querySelector('.dl-scrubber');
                while (home && !home.datelineScrubber) home = home.parentElement;
                return home?.datelineScrubber.call.data.turn;
            }};"""
        )

    def set(self, *, state: dict[str, Any] | None = None, **data: Any) -> None:
        """What Python will hand over at its next run. A run that goes on meanwhile reads the data whole, these or those before."""
        self.data |= data | {"turn": self.data["turn"] + 1}
        if state:
            self.data["state"] = {**self.data["state"], **state}
        (self.folder / "data.next").write_text(json.dumps(self.data))
        (self.folder / "data.next").replace(self.folder / "data.json")

    def open(self, query: str = "") -> None:
        """Load the page and wait until the events are there, the map is told of them, Python has run, and everything has its place."""
        self.set()
        self.page.goto(self.app.url + query)
        self.page.wait_for_function("window.datelineScrubber && window.datelineScrubber.axis() !== null")
        self.page.wait_for_function("document.querySelector('.dl-scrubber [data-part=words]').textContent !== ''")
        self.page.wait_for_function("turn => window.told().turn === turn && window.turn() === turn", arg=self.data["turn"])
        self.page.wait_for_function("document.fonts.status === 'loaded'")
        self.wait_heard("state")

    def rerun(self, **data: Any) -> None:
        """Have Python run again, with other data if any are given, and wait until the scrubber has taken what it was handed, or is gone."""
        self.set(**data)
        self.page.get_by_role("button", name="Rerun").click()
        taken = "window.turn() === turn" if not self.data.get("gone") else "!window.datelineScrubber"
        self.page.wait_for_function(f"turn => window.told().turn === turn && {taken}", arg=self.data["turn"])

    @property
    def log(self) -> dict[str, Any]:
        """What Python was told so far."""
        return json.loads(self.page.locator(".st-key-log code").inner_text())

    def told(self, name: str = "window", count: int = 1) -> list[dict[str, Any]]:
        """The values that Python got under a name; waits until there are `count` of them, and there may be no more.

        Streamlit folds values that come during one run into the next, so a test waits for each before it causes another.
        """
        self.page.wait_for_function(
            "([name, count]) => window.told().log.filter(([each]) => each === name).length >= count",
            arg=[name, count],
        )
        values = [value for key, value in self.log["log"] if key == name]
        assert len(values) == count
        return values

    def heard(self, kind: str) -> list[dict[str, Any]]:
        """The messages of a type that were posted so far, or are as soon as this frame is drawn: all of them, also those still on their way."""
        return self.page.evaluate(
            "async (kind) => { await nextFrame(); await allHeard(); return window.heard.filter((message) => message.type === kind); }", kind
        )

    def wait_heard(self, kind: str, count: int = 1) -> list[dict[str, Any]]:
        """The messages of a type, once there are `count`."""
        self.page.wait_for_function("([kind, count]) => window.heard.filter((m) => m.type === kind).length >= count", arg=[kind, count])
        return self.heard(kind)

    @property
    def window(self) -> tuple[str, str]:
        """The window as the address has it, both ends inclusive."""
        shown = self.page.evaluate("window.datelineScrubber.window()")
        return shown["from"], shown["to"]

    @property
    def axis(self) -> tuple[float, float]:
        """The visible axis, in minutes."""
        axis = self.page.evaluate("window.datelineScrubber.axis()")
        return tuple(datetime.fromisoformat(axis[end].replace("Z", "+00:00")).timestamp() / 60 for end in ("from", "to"))  # type: ignore[return-value]

    @property
    def query(self) -> str:
        """The address after the question mark."""
        return self.page.evaluate("location.search.slice(1)")

    def slider(self, name: str) -> Locator:
        """One of the three sliders."""
        return self.page.get_by_role("slider", name=name)

    def press(self, name: str) -> None:
        """Click a button of the scrubber."""
        self.page.locator(".dl-scrubber").get_by_role("button", name=name, exact=True).click()

    def x(self, iso: str) -> float:
        """Where a date stands on the page."""
        first, last = self.axis
        box = self.plot
        return box["x"] + (minutes(iso) - first) / (last - first) * box["width"]

    @property
    def plot(self) -> Any:
        """The box of the histogram with its ticks."""
        return self.page.locator(".dl-ts-plot").bounding_box()

    @property
    def y(self) -> float:
        """A height among the bars, below the grip of the window."""
        return self.plot["y"] + 50

    def drag(self, start: tuple[float, float], end: tuple[float, float], steps: int = 6) -> None:
        """Drag with the mouse."""
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=steps)
        self.page.mouse.up()


@pytest.fixture(scope="module")
def scrubber_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small app that has nothing but the scrubber."""
    folder = tmp_path_factory.mktemp("scrubber")
    (folder / "app.py").write_text(APP.format(root=str(ROOT)))
    (folder / "main.py").write_text(MAIN)
    (folder / "columns-a").write_bytes(packed(SPANS))
    (folder / "columns-b").write_bytes(packed([*SPANS, ("2021-03-20", "2021-03-20")]))
    (folder / "columns-one").write_bytes(packed([("2021-02-26", "2021-02-26")]))
    (folder / "columns-empty").write_bytes(packed([]))
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    return folder


@pytest.fixture(scope="module")
def scrubber_app(scrubber_folder: Path) -> Iterator[App]:
    """That app, running."""
    with serve(scrubber_folder, log=scrubber_folder / "log.txt") as running:
        yield running


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    """The contexts that a test opens; they are closed after it."""
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


@pytest.fixture(scope="module")
def wide(browser: Browser) -> Iterator[BrowserContext]:
    """One context for all wide windows, so that Streamlit's own files are fetched once."""
    context = browser.new_context(viewport={"width": 1200, "height": 700})
    yield context
    context.close()


@pytest.fixture
def scrubber(wide: BrowserContext, scrubber_app: App, scrubber_folder: Path) -> Iterator[Scrubber]:
    """The scrubber in a wide window. Whatever a test does, the console stays free of errors."""
    page = wide.new_page()
    made = Scrubber(page, scrubber_app, scrubber_folder)
    yield made
    page.close()
    assert made.errors == []


def test_opens_with_everything(scrubber: Scrubber) -> None:
    """Without a window in the address all dates are shown, the map is told once, and nothing reruns on its own."""
    scrubber.open()
    assert scrubber.window == ("2013-08-01", "2021-03-03")
    assert scrubber.query == ""
    [state] = scrubber.wait_heard("state")
    assert (state["from"], state["to"], state["mode"]) == (minutes("2013-08-01"), minutes("2021-03-04"), "window")
    assert (state["mask"], state["id"], state["on"], state["theme"]) == (None, None, False, "light")
    expect(scrubber.page.locator(".dl-ts-now")).to_have_text("All dates: 1 August 2013 to 3 March 2021 16 events")
    scrubber.page.evaluate("new Promise((done) => { let left = 90; const next = () => (left-- ? requestAnimationFrame(next) : done()); next(); })")
    assert scrubber.log == {"runs": 1, "turn": 1, "log": [], "query": {}}
    scrubber.rerun()
    assert scrubber.log == {"runs": 2, "turn": 2, "log": [], "query": {}}
    assert len(scrubber.heard("state")) == 1 and scrubber.heard("window") == []


def test_dragging_a_handle_moves_the_map_at_once_and_tells_python_on_release(scrubber: Scrubber) -> None:
    """Every movement is a message with a rising number; one value is set, at the end; the address follows."""
    scrubber.open()
    page = scrubber.page
    page.mouse.move(scrubber.x("2021-03-04") + 4, scrubber.y)
    page.mouse.down()
    for number, iso in enumerate(("2020-06-01", "2019-06-01", "2018-06-01"), start=1):
        page.mouse.move(scrubber.x(iso), scrubber.y)
        moves = scrubber.wait_heard("window", number)  # of movements within one frame the map would hear the last
    assert [move["seq"] for move in moves] == sorted({move["seq"] for move in moves})
    assert scrubber.log["log"] == [] and scrubber.query == ""
    page.mouse.up()
    [value] = scrubber.told()
    assert value == {"from": None, "to": scrubber.heard("window")[-1]["to"], "mode": "window", "number": 1}
    assert scrubber.window[1].startswith("2018-0")
    assert scrubber.query == f"to={scrubber.window[1]}"
    assert scrubber.log["query"] == {"to": scrubber.window[1]}


# ---- the window by mouse -----------------------------------------------------------------------------------------------------


def test_a_movement_is_told_before_the_frame_in_which_a_pointermove_comes(scrubber: Scrubber) -> None:
    """The map hears of a movement as it happens, and of the pointermove that the next frame makes of it not again."""
    scrubber.open()
    page = scrubber.page
    page.evaluate("window.addEventListener('pointermove', () => { window.atFrame = window.datelineScrubber.window().to; }, true)")
    settled = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(window.datelineScrubber.posted))))"
    handle = scrubber.slider("End of window").bounding_box()
    page.mouse.move(handle["x"] + 4, handle["y"] + 30)
    page.mouse.down()
    page.mouse.move(handle["x"] - 40, handle["y"] + 30)
    posted, before = page.evaluate(settled), scrubber.window
    page.mouse.move(handle["x"] - 120, handle["y"] + 30)
    assert page.evaluate(settled) == posted + 1
    assert page.evaluate("window.atFrame") == scrubber.window[1] < before[1]
    page.mouse.up()


def test_a_browser_without_early_movements_drags_as_well(scrubber: Scrubber) -> None:
    """Where a movement comes only with its frame, the handle follows that."""
    scrubber.page.add_init_script("for (let at = window; at; at = Object.getPrototypeOf(at)) delete at.onpointerrawupdate;")
    scrubber.open()
    assert not scrubber.page.evaluate("'onpointerrawupdate' in window")
    before = scrubber.window
    handle = scrubber.slider("End of window").bounding_box()
    scrubber.drag((handle["x"] + 4, handle["y"] + 30), (handle["x"] - 200, handle["y"] + 30))
    assert scrubber.window[1] < before[1]
    assert scrubber.told()[0]["number"] == 1


def test_a_handle_stops_a_day_short_of_the_other(scrubber: Scrubber) -> None:
    """A window never turns over: dragged past the end, the start stays one day ahead of it."""
    scrubber.set(state={"window": {"from": minutes("2017-01-01"), "to": minutes("2018-01-01"), "mode": "window"}})
    scrubber.open("/?from=2017-01-01&to=2017-12-31")
    scrubber.drag((scrubber.x("2017-01-01") - 4, scrubber.y), (scrubber.x("2020-01-01"), scrubber.y))
    [value] = scrubber.told()
    assert (value["from"], value["to"]) == (minutes("2017-12-31"), minutes("2018-01-01"))


def test_the_window_drags_as_one(scrubber: Scrubber) -> None:
    """Dragged by its inside the window keeps its length, and stops at the last date."""
    scrubber.set(state={"window": {"from": minutes("2017-01-01"), "to": minutes("2018-01-01"), "mode": "window"}})
    scrubber.open("/?from=2017-01-01&to=2017-12-31")
    scrubber.press("Fit all dates on the timeline")
    scrubber.drag((scrubber.x("2017-09-10"), scrubber.y), (scrubber.x("2018-09-10"), scrubber.y))
    [value] = scrubber.told()
    assert value["to"] - value["from"] == 365 * DAY
    assert abs(value["from"] - minutes("2018-01-01")) <= 4 * DAY
    scrubber.drag((scrubber.x("2018-09-10"), scrubber.y), (scrubber.x("2018-09-10") + 2000, scrubber.y))
    last = scrubber.told(count=2)[1]
    assert (last["from"], last["to"]) == (minutes("2021-03-04") - 365 * DAY, None)


def test_a_narrow_window_is_held_by_its_grip(scrubber: Scrubber) -> None:
    """One day among eight years is less than a pixel wide; the grip above it still moves it."""
    scrubber.set(state={"window": {"from": minutes("2017-06-01"), "to": minutes("2017-06-02"), "mode": "window"}})
    scrubber.open("/?from=2017-06-01&to=2017-06-01")
    scrubber.press("Fit all dates on the timeline")
    top = scrubber.plot["y"] + 3
    scrubber.drag((scrubber.x("2017-06-01") + 8, top), (scrubber.x("2017-06-01") + 108, top))
    [value] = scrubber.told()
    assert value["to"] - value["from"] == DAY
    assert value["from"] > minutes("2018-01-01")


def test_clicking_a_bar_takes_its_dates(scrubber: Scrubber) -> None:
    """At this zoom a bar is a month, then a day; a click where no event is does nothing."""
    scrubber.open()
    scrubber.page.mouse.click(scrubber.x("2018-04-15"), scrubber.y)
    assert scrubber.window == ("2018-04-01", "2018-04-30")
    scrubber.told()
    scrubber.page.mouse.click(scrubber.x("2015-04-15"), scrubber.y)
    scrubber.press("Fit the busiest weeks on the timeline")
    scrubber.page.mouse.click(scrubber.x("2021-02-26T12:00"), scrubber.y)
    assert scrubber.window == ("2021-02-26", "2021-02-26")
    values = scrubber.told(count=2)
    assert [(value["from"], value["to"]) for value in values] == [
        (minutes("2018-04-01"), minutes("2018-05-01")),
        (minutes("2021-02-26"), minutes("2021-02-27")),
    ]
    assert scrubber.query == "from=2021-02-26&to=2021-02-26"


def test_dragging_over_the_bars_draws_a_window(scrubber: Scrubber) -> None:
    """Where no window is (or where it holds everything) a drag makes a new one, in whole days."""
    scrubber.open()
    scrubber.drag((scrubber.x("2017-01-01"), scrubber.y), (scrubber.x("2018-01-01"), scrubber.y))
    [value] = scrubber.told()
    assert abs(value["from"] - minutes("2017-01-01")) <= 4 * DAY and abs(value["to"] - minutes("2018-01-01")) <= 4 * DAY
    assert value["from"] % DAY == 0 and value["to"] % DAY == 0


def test_escape_takes_a_drag_back(scrubber: Scrubber) -> None:
    """The window is what it was, the map is told so, and Python hears of nothing."""
    scrubber.open()
    page = scrubber.page
    page.mouse.move(scrubber.x("2021-03-04") + 4, scrubber.y)
    page.mouse.down()
    page.mouse.move(scrubber.x("2018-06-01"), scrubber.y, steps=4)
    page.wait_for_function("window.datelineScrubber.window().to.startsWith('2018-0')")
    page.keyboard.press("Escape")
    page.mouse.up()
    page.wait_for_function("window.datelineScrubber.window().to === '2021-03-03'")
    page.wait_for_function(f"window.heard.at(-1).to === {minutes('2021-03-04')}")
    scrubber.rerun()
    assert scrubber.log["log"] == [] and scrubber.query == ""


# ---- keys and what is spoken -------------------------------------------------------------------------------------------------


def test_the_sliders_speak_their_dates(scrubber: Scrubber) -> None:
    """Three sliders with names, limits and values in words."""
    scrubber.set(state={"window": {"from": minutes("2021-02-01"), "to": minutes("2021-03-01"), "mode": "window"}})
    scrubber.open("/?from=2021-02-01&to=2021-02-28")
    start, end, whole = (scrubber.slider(name) for name in ("Start of window", "End of window", "Whole window"))
    expect(start).to_have_attribute("aria-valuetext", "1 February 2021")
    expect(end).to_have_attribute("aria-valuetext", "28 February 2021")
    expect(whole).to_have_attribute("aria-valuetext", "1 to 28 February 2021")
    expect(start).to_have_attribute("aria-valuenow", str(minutes("2021-02-01")))
    expect(start).to_have_attribute("aria-valuemin", str(minutes("2013-08-01")))
    expect(start).to_have_attribute("aria-valuemax", str(minutes("2021-03-01")))
    expect(end).to_have_attribute("aria-valuemin", str(minutes("2021-02-01")))
    expect(end).to_have_attribute("aria-valuemax", str(minutes("2021-03-04")))


def test_keys(scrubber: Scrubber) -> None:
    """On the whole axis a step is a month. Every key moves what it says, one after the other from February to June 2018."""
    scrubber.set(state={"window": {"from": minutes("2018-02-01"), "to": minutes("2018-07-01"), "mode": "window"}})
    scrubber.open("/?from=2018-02-01&to=2018-06-30")
    scrubber.press("Fit all dates on the timeline")
    for slider, key, expected in [
        ("Start of window", "ArrowRight", ("2018-03-01", "2018-06-30")),
        ("Start of window", "ArrowUp", ("2018-04-01", "2018-06-30")),
        ("Start of window", "ArrowLeft", ("2018-03-01", "2018-06-30")),
        ("Start of window", "ArrowDown", ("2018-02-01", "2018-06-30")),
        ("Start of window", "PageDown", ("2018-01-01", "2018-06-30")),
        ("End of window", "ArrowLeft", ("2018-01-01", "2018-05-31")),
        ("End of window", "ArrowRight", ("2018-01-01", "2018-06-30")),
        ("End of window", "PageUp", ("2018-01-01", "2018-12-31")),
        ("Start of window", "Shift+ArrowRight", ("2018-02-01", "2019-01-31")),
        ("End of window", "Shift+ArrowLeft", ("2018-01-01", "2018-12-31")),
        ("Whole window", "ArrowRight", ("2018-02-01", "2019-01-31")),
        ("Whole window", "Home", ("2013-08-01", "2014-07-31")),
        ("Whole window", "End", ("2020-03-04", "2021-03-03")),
        ("Start of window", "End", ("2021-03-03", "2021-03-03")),
        ("Start of window", "Home", ("2013-08-01", "2021-03-03")),
        ("End of window", "Home", ("2013-08-01", "2013-08-01")),
        ("End of window", "End", ("2013-08-01", "2021-03-03")),
    ]:
        scrubber.slider(slider).press(key)
        assert scrubber.window == expected, (slider, key)


def test_many_key_steps_are_told_once(scrubber: Scrubber) -> None:
    """Each step reaches the map; the server hears of the last one only."""
    scrubber.open()
    scrubber.press("Fit the busiest weeks on the timeline")
    # All in one go: keys that a busy machine brings a quarter of a second apart are as many rests, and each of them is told.
    scrubber.slider("End of window").evaluate(
        """(slider) => {
            for (let step = 0; step < 5; step += 1) slider.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
        }"""
    )
    assert scrubber.window[1] == "2021-02-26"
    [value] = scrubber.told()
    assert value["to"] == minutes("2021-02-27")
    assert [move["to"] for move in scrubber.heard("window")][-1] == minutes("2021-02-27")
    scrubber.rerun()
    scrubber.told()


def test_a_window_stays_one_bar_long(scrubber: Scrubber) -> None:
    """Steps stop where the window would become shorter than one."""
    scrubber.set(state={"window": {"from": minutes("2018-02-01"), "to": minutes("2018-03-01"), "mode": "window"}})
    scrubber.open("/?from=2018-02-01&to=2018-02-28")
    scrubber.press("Fit all dates on the timeline")
    scrubber.slider("Start of window").press("ArrowRight")
    scrubber.slider("End of window").press("ArrowLeft")
    assert scrubber.window == ("2018-02-01", "2018-02-28")


def test_a_step_beyond_the_axis_brings_the_axis_along(scrubber: Scrubber) -> None:
    """What the keys move stays in sight."""
    scrubber.open()
    scrubber.press("Fit the busiest weeks on the timeline")
    first, last = scrubber.axis
    scrubber.slider("Start of window").press("End")
    scrubber.slider("Start of window").press("Home")
    assert scrubber.axis[0] <= minutes("2013-08-01")
    assert scrubber.axis[1] - scrubber.axis[0] == pytest.approx(last - first)


# ---- typed dates and dates with events ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first", "after"),
    [
        ("2021-02-26", "2021-02-26", "2021-02-27"),
        ("  2021-2-6 ", "2021-02-06", "2021-02-07"),
        ("26 Feb 2021", "2021-02-26", "2021-02-27"),
        ("26 february  2021", "2021-02-26", "2021-02-27"),
        ("1 Sept 2016", "2016-09-01", "2016-09-02"),
        ("Feb 26, 2021", "2021-02-26", "2021-02-27"),
        ("2021-02-26T04:20", "2021-02-26T04:20", "2021-02-26T04:21"),
        ("2021-02-26 04:20Z", "2021-02-26T04:20", "2021-02-26T04:21"),
        ("26 Feb 2021, 04:20 UTC", "2021-02-26T04:20", "2021-02-26T04:21"),
        ("2020-02-29", "2020-02-29", "2020-03-01"),
        ("2021-02", "2021-02-01", "2021-03-01"),
        ("Dec 2019", "2019-12-01", "2020-01-01"),
        ("2019", "2019-01-01", "2020-01-01"),
    ],
)
def test_dates_are_read_the_ways_people_write_them(functions: Page, typed: str, first: str, after: str) -> None:
    """Whatever is left out widens what is meant."""
    assert functions.evaluate("typedSpan", typed) == {"from": minutes(first), "to": minutes(after)}


@pytest.mark.parametrize(
    "typed",
    ["soon", "2021-02-30", "2021-02-29", "26/02/2021", "1.2.2021", "2021-13-01", "2021-00-01", "2021-01-00", "31 Feb 2021", "2021-02-26T25:00",
     "2021-02-26T04:20+03:00", "12 Mai 2021", "2021-02-26 extra", "20210226", "0000-01-01"],
)  # fmt: skip
def test_dates_that_nobody_can_be_sure_of_are_not_read(functions: Page, typed: str) -> None:
    """No guessing: 26/02 could be read here, 02/03 could not, so neither is."""
    assert functions.evaluate("typedSpan", typed) is None


def test_typed_dates(scrubber: Scrubber) -> None:
    """Either end can be typed; a date ahead of all events opens the end; each is told once."""
    scrubber.open()
    for count, (edge, typed, expected) in enumerate(
        [
            ("From", "26 Feb 2021", ("2021-02-26", "2021-03-03")),
            ("to", "2021-02-27", ("2021-02-26", "2021-02-27")),
            ("From", "2021-02-26T04:20", ("2021-02-26T04:20Z", "2021-02-27T23:59Z")),
            ("to", "Feb 2021", ("2021-02-26T04:20Z", "2021-02-28T23:59Z")),
            ("From", "1999", ("2013-08-01", "2021-02-28")),
        ],
        start=1,
    ):
        box = scrubber.page.get_by_label(edge, exact=True)
        box.fill(typed)
        box.press("Enter")
        assert scrubber.window == expected
        scrubber.told(count=count)
        expect(box).to_have_value(expected[0 if edge == "From" else 1].replace("T", " ").replace("Z", ""))
    expect(scrubber.page.locator("#dl-ts-error")).to_be_empty()


def test_a_date_that_cannot_be_read_is_answered_in_words(scrubber: Scrubber) -> None:
    """The window stays, the box shows it again, and the message says what was typed and how to write it. Escape takes typing back."""
    scrubber.open()
    box = scrubber.page.get_by_label("From", exact=True)
    box.fill("26/02/2021")
    box.press("Enter")
    message = scrubber.page.locator("#dl-ts-error")
    expect(message).to_have_text("“26/02/2021” is not a date that can be read here. Write it like 2021-02-26, 26 Feb 2021 or 2021-02-26 04:20 (UTC).")
    expect(box).to_have_value("2013-08-01")
    expect(box).to_have_attribute("aria-invalid", "true")
    box.fill("half a da")
    box.press("Escape")
    expect(box).to_have_value("2013-08-01")
    expect(message).to_be_empty()
    assert scrubber.window == ("2013-08-01", "2021-03-03")
    assert scrubber.log["log"] == []


def test_typed_dates_without_events(scrubber: Scrubber) -> None:
    """A date outside of all events is refused with the dates that there are."""
    scrubber.open()
    box = scrubber.page.get_by_label("From", exact=True)
    box.fill("2031-01-01")
    box.press("Enter")
    expect(scrubber.page.locator("#dl-ts-error")).to_have_text("There are no events then: they run from 1 August 2013 to 3 March 2021.")
    box.fill("2020-01-01")
    box.press("Enter")
    expect(scrubber.page.locator("#dl-ts-error")).to_be_empty()


def test_a_start_beyond_the_end_lets_the_end_go(scrubber: Scrubber) -> None:
    """Two dates are typed one after the other: the first may lie beyond the old second."""
    scrubber.set(state={"window": {"from": minutes("2017-01-01"), "to": minutes("2018-01-01"), "mode": "window"}})
    scrubber.open("/?from=2017-01-01&to=2017-12-31")
    box = scrubber.page.get_by_label("From", exact=True)
    box.fill("2021-02-15")
    box.press("Enter")
    assert scrubber.window == ("2021-02-15", "2021-03-03")


def test_stepping_through_the_dates_with_events(scrubber: Scrubber) -> None:
    """Each date as wide as it is known; at the last one there is no next."""
    scrubber.open()
    seen = []
    following = scrubber.page.get_by_role("button", name="Next date with events")
    while following.get_attribute("aria-disabled") != "true":
        following.click()
        seen.append(scrubber.window)
    assert seen == sorted(set(SPANS))
    previous = scrubber.page.get_by_role("button", name="Previous date with events")
    back = []
    while previous.get_attribute("aria-disabled") != "true":
        previous.click()
        back.append(scrubber.window)
    assert back == seen[-2::-1]


# ---- from start, play --------------------------------------------------------------------------------------------------------


def test_from_start_grows_by_its_end(scrubber: Scrubber) -> None:
    """The start is the first date, moving the whole moves the end alone, and the old start comes back."""
    scrubber.set(state={"window": {"from": minutes("2017-01-01"), "to": minutes("2018-01-01"), "mode": "window"}})
    scrubber.open("/?from=2017-01-01&to=2017-12-31")
    scrubber.press("Fit all dates on the timeline")
    scrubber.press("From start")
    assert scrubber.window == ("2013-08-01", "2017-12-31")
    expect(scrubber.page.locator("[data-part=words]")).to_have_text("Up to 31 December 2017")
    assert scrubber.query == "to=2017-12-31&mode=cumulative"
    assert scrubber.wait_heard("window")[-1]["mode"] == "cumulative"
    scrubber.told()
    scrubber.slider("Whole window").press("ArrowRight")
    assert scrubber.window == ("2013-08-01", "2018-01-31")
    scrubber.told(count=2)
    scrubber.page.get_by_role("button", name="Next date with events").click()
    assert scrubber.window == ("2013-08-01", "2018-02-01")
    scrubber.told(count=3)
    scrubber.press("Window")
    assert scrubber.window == ("2017-01-01", "2018-02-01")
    assert scrubber.told(count=4)[-1]["mode"] == "window"


def test_play_runs_to_the_end_of_the_axis_and_stops(scrubber: Scrubber) -> None:
    """The window steps by days over the visible weeks, tells the map each time and Python a few times a second, and rests at the end."""
    scrubber.open()
    scrubber.press("Fit the busiest weeks on the timeline")
    for _ in range(2):
        scrubber.page.locator("[data-do=speed]").click()
    expect(scrubber.page.locator("[data-part=speed]")).to_have_text("4×")
    scrubber.page.evaluate(
        """() => {
            const word = document.querySelector("[data-part=playWord]");
            window.played = [];
            new MutationObserver(() => window.played.push([word.textContent, performance.now()])).observe(word, { childList: true });
        }"""
    )
    scrubber.press("Play")
    scrubber.page.wait_for_function("window.played.length === 2")
    (on, began), (off, ended) = scrubber.page.evaluate("window.played")
    assert (on, off) == ("Pause", "Play")
    assert scrubber.window == ("2021-03-03", "2021-03-03")
    starts = [move["from"] for move in scrubber.heard("window")]
    assert starts == list(range(minutes("2021-02-13"), minutes("2021-03-04"), DAY))
    scrubber.page.wait_for_function("window.told().log.at(-1)?.[1].to === null")
    assert 1 <= len(scrubber.log["log"]) <= (ended - began) / 340 + 2  # three a second, and the last
    assert scrubber.query == "from=2021-03-03"


def test_play_loops(scrubber: Scrubber) -> None:
    """With loop on the window begins again; Escape stops it."""
    scrubber.open()
    scrubber.press("Fit the busiest weeks on the timeline")
    for _ in range(2):
        scrubber.page.locator("[data-do=speed]").click()
    scrubber.press("Loop")
    expect(scrubber.page.get_by_role("button", name="Loop")).to_have_attribute("aria-pressed", "true")
    scrubber.press("Play")
    first = minutes("2021-02-13")
    scrubber.page.wait_for_function(f"window.heard.filter((m) => m.type === 'window' && m.from === {first}).length >= 2")
    scrubber.page.keyboard.press("Escape")
    expect(scrubber.page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_space_plays_and_pauses(scrubber: Scrubber) -> None:
    """On any slider, and a press of a key that moves the window pauses too."""
    scrubber.open()
    scrubber.press("Loop")  # so that nothing but a key ends it, however long the next key takes
    scrubber.slider("Start of window").press(" ")
    expect(scrubber.page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    scrubber.page.keyboard.press(" ")
    expect(scrubber.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    scrubber.page.keyboard.press(" ")
    expect(scrubber.page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    scrubber.page.keyboard.press("ArrowRight")
    expect(scrubber.page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_less_motion_plays_a_step_a_second(scrubber: Scrubber) -> None:
    """People who asked for less motion get a step a second, whatever the speed."""
    scrubber.page.emulate_media(reduced_motion="reduce")
    scrubber.open()
    # When the frame of a step began: when its message is read is another matter on a busy machine.
    scrubber.page.evaluate(
        """() => {
            window.times = [];
            const post = BroadcastChannel.prototype.postMessage;
            BroadcastChannel.prototype.postMessage = function (message) {
                if (message.type === 'window') window.times.push(document.timeline.currentTime);
                post.call(this, message);
            };
        }"""
    )
    scrubber.press("Play")
    scrubber.page.wait_for_function("window.times.length >= 3")
    scrubber.page.keyboard.press("Escape")
    _, second, third = scrubber.page.evaluate("window.times.slice(0, 3)")
    assert third - second > 850


# ---- the axis ----------------------------------------------------------------------------------------------------------------


def test_the_wheel_zooms_about_the_pointer(scrubber: Scrubber) -> None:
    """The date under the pointer stays there; the window stays too, and nobody is told."""
    scrubber.open()
    before = scrubber.axis
    x = scrubber.x("2019-06-01")
    scrubber.page.mouse.move(x, scrubber.y)
    scrubber.page.mouse.wheel(0, -400)
    scrubber.page.wait_for_function(f"Date.parse(window.datelineScrubber.axis().to) / 60000 < {before[1]}")
    assert scrubber.axis[1] - scrubber.axis[0] < before[1] - before[0]
    assert scrubber.x("2019-06-01") == pytest.approx(x, abs=1)
    assert scrubber.window == ("2013-08-01", "2021-03-03")
    assert scrubber.heard("window") == [] and scrubber.log["log"] == []


def test_the_axis_pans_by_its_ticks(scrubber: Scrubber) -> None:
    """Dragging the ticks takes the dates along."""
    scrubber.open()
    scrubber.press("Fit the busiest weeks on the timeline")
    strip = scrubber.plot["y"] + scrubber.plot["height"] - 10
    before, x = scrubber.axis, scrubber.x("2021-02-20")
    scrubber.drag((x, strip), (x + 120, strip))
    assert scrubber.x("2021-02-20") == pytest.approx(x + 120, abs=1)
    assert scrubber.axis[1] - scrubber.axis[0] == pytest.approx(before[1] - before[0])
    assert scrubber.log["log"] == []


def test_zoom_buttons_and_fits(scrubber: Scrubber) -> None:
    """In, out, all, the chosen dates, the busiest weeks."""
    scrubber.open()
    whole = scrubber.axis
    scrubber.press("Zoom in on the timeline")
    assert scrubber.axis[1] - scrubber.axis[0] == pytest.approx((whole[1] - whole[0]) / 2, rel=0.01)
    scrubber.press("Zoom out on the timeline")
    assert scrubber.axis == pytest.approx(whole)
    scrubber.press("Fit the busiest weeks on the timeline")
    assert scrubber.axis == pytest.approx((minutes("2021-02-13"), minutes("2021-03-06")))
    scrubber.page.mouse.click(scrubber.x("2021-02-26T12:00"), scrubber.y)
    scrubber.press("Fit the chosen dates on the timeline")
    assert scrubber.axis == pytest.approx((minutes("2021-02-24"), minutes("2021-03-01")))
    scrubber.press("Zoom in on the timeline")
    scrubber.slider("End of window").press("ArrowLeft")
    assert scrubber.window == ("2021-02-26T00:00Z", "2021-02-26T22:59Z")
    scrubber.press("Fit all dates on the timeline")
    assert scrubber.axis == pytest.approx(whole)


def test_a_link_with_a_short_window_opens_the_axis_on_it(scrubber: Scrubber) -> None:
    """A few days among eight years could be neither seen nor held."""
    scrubber.set(state={"window": {"from": minutes("2021-02-15"), "to": minutes("2021-02-23"), "mode": "window"}})
    scrubber.open("/?from=2021-02-15&to=2021-02-22")
    first, last = scrubber.axis
    assert (last - first) == pytest.approx(16 * DAY)
    assert scrubber.heard("window") == [] or scrubber.heard("window")[-1]["from"] == minutes("2021-02-15")
    assert scrubber.query == "from=2021-02-15&to=2021-02-22"


# ---- touch and narrow windows ------------------------------------------------------------------------------------------------


@pytest.fixture
def phone(browser: Browser, contexts: list[BrowserContext], scrubber_app: App, scrubber_folder: Path) -> Scrubber:
    """The scrubber on a phone."""
    contexts.append(browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True))
    return Scrubber(contexts[-1].new_page(), scrubber_app, scrubber_folder)


def fingers(page: Page) -> Callable[..., None]:
    """Sends touch events as the hardware would; every point is a finger."""
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y, "id": at} for at, (x, y) in enumerate(points)]})

    return touch


def test_a_finger_moves_a_handle(phone: Scrubber) -> None:
    """The same as the mouse: the map at once, Python on release."""
    phone.open()
    touch = fingers(phone.page)
    x, y = phone.x("2021-03-04") + 8, phone.y + 15
    touch("touchStart", (x, y))
    for step in range(1, 7):
        touch("touchMove", (x - 20 * step, y))
        assert len(phone.wait_heard("window", step)) == step
    assert phone.log["log"] == []
    touch("touchEnd")
    [value] = phone.told()
    assert minutes("2017-06-01") < value["to"] < minutes("2018-12-01")
    assert phone.errors == []


def test_a_tap_on_a_bar_takes_its_dates(phone: Scrubber) -> None:
    """On a phone a bar of the whole axis is a year, and wide enough for a thumb."""
    phone.open()
    phone.page.touchscreen.tap(phone.x("2017-07-01"), phone.y)
    [value] = phone.told()
    assert phone.window == ("2017-01-01", "2017-12-31")
    assert (value["from"], value["to"]) == (minutes("2017-01-01"), minutes("2018-01-01"))


def test_two_fingers_zoom_the_axis(phone: Scrubber) -> None:
    """Both fingers keep their dates; the window is left alone."""
    phone.open()
    touch = fingers(phone.page)
    before = phone.axis
    a, b, y = phone.x("2017-01-01"), phone.x("2019-01-01"), phone.y
    touch("touchStart", (a, y), (b, y))
    for step in range(1, 6):
        touch("touchMove", (a - 8 * step, y), (b + 8 * step, y))
    wide = (before[1] - before[0]) * (b - a) / (b - a + 80)  # in minutes, once the fingers are where they go
    phone.page.wait_for_function(
        """wide => {
            const { from, to } = window.datelineScrubber.axis();
            return Math.abs((Date.parse(to) - Date.parse(from)) / 60000 / wide - 1) < 0.01;
        }""",
        arg=wide,
    )
    touch("touchEnd")
    assert phone.x("2017-01-01") == pytest.approx(a - 40, abs=2)
    assert phone.x("2019-01-01") == pytest.approx(b + 40, abs=2)
    assert phone.window == ("2013-08-01", "2021-03-03")
    assert phone.log["log"] == []


def test_a_phone_has_thumb_sized_controls_and_nothing_overflows(phone: Scrubber) -> None:
    """What is needed less waits behind "More"; each target is 44 px high and wide."""
    phone.open()
    more = phone.page.get_by_role("button", name="More")
    expect(more).to_have_attribute("aria-expanded", "false")
    expect(phone.page.get_by_label("From", exact=True)).to_be_hidden()
    more.click()
    expect(more).to_have_attribute("aria-expanded", "true")
    expect(phone.page.get_by_label("From", exact=True)).to_be_visible()
    for target in phone.page.locator(".dl-scrubber").locator("button:visible, input:visible, .dl-ts-handle").all():
        box = target.bounding_box()
        assert box and box["width"] >= 44 and box["height"] >= 44, target
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390


# ---- Python, the map and the address -----------------------------------------------------------------------------------------


def test_hello_is_answered_with_everything(scrubber: Scrubber) -> None:
    """A map that loads later, or again, asks and is told the window of now."""
    rings = [{"id": "r", "label": "50 km", "meaning": "", "origin": "tool", "center": [42, 33], "radius_m": 50000, "coordinates": []}]
    scrubber.set(
        state={"selected": "e-3", "selectedRow": 3, "rings": rings, "sites": [{"id": "s", "name": "Tanf", "lon": 38.6, "lat": 33.5}], "arm": True}
    )
    scrubber.open()
    scrubber.slider("Start of window").press("ArrowRight")
    scrubber.told()
    known = len(scrubber.heard("state"))
    scrubber.page.evaluate("window.say({type: 'hello'})")
    state = scrubber.wait_heard("state", known + 1)[-1]
    assert state == {
        "type": "state",
        "from": minutes("2013-09-01"),
        "to": minutes("2021-03-04"),
        "mode": "window",
        "columns": "/dateline/columns/a",
        "labels": "/dateline/labels/a",
        "mask": None,
        "id": "e-3",
        "selectedRow": 3,
        "rings": rings,
        "sites": [{"id": "s", "name": "Tanf", "lon": 38.6, "lat": 33.5}],
        "theme": "light",
        "on": True,
    }


def test_a_rerun_tells_the_map_only_what_changed(scrubber: Scrubber) -> None:
    """A rerun for nothing sends nothing; a mask or a choice sends the state."""
    scrubber.open()
    scrubber.wait_heard("state")
    scrubber.rerun()
    assert len(scrubber.heard("state")) == 1
    scrubber.rerun(state={"selected": "e-1"})
    assert scrubber.wait_heard("state", 2)[-1]["id"] == "e-1"
    scrubber.rerun()
    assert len(scrubber.heard("state")) == 2


def test_python_moves_the_window_only_by_a_new_version(scrubber: Scrubber) -> None:
    """What Python still has in hand from before is old news; a new version is its own wish."""
    scrubber.open()
    scrubber.press("Fit the busiest weeks on the timeline")
    scrubber.page.mouse.click(scrubber.x("2021-02-26T12:00"), scrubber.y)
    scrubber.told()
    scrubber.rerun(state={"window": {"from": None, "to": minutes("2018-01-01"), "mode": "window"}})
    assert scrubber.window == ("2021-02-26", "2021-02-26")
    scrubber.rerun(state={"window": {"from": minutes("2017-04-01"), "to": minutes("2017-05-01"), "mode": "window"}}, stateVersion=2)
    scrubber.page.wait_for_function("window.datelineScrubber.window().from === '2017-04-01'")
    assert scrubber.window == ("2017-04-01", "2017-04-30")
    first, last = scrubber.axis
    assert first < minutes("2017-04-01") and last > minutes("2017-05-01")
    assert scrubber.wait_heard("window")[-1]["from"] == minutes("2017-04-01")
    assert scrubber.query == "from=2017-04-01&to=2017-04-30"
    scrubber.told()


def choose_unheard(scrubber: Scrubber) -> None:
    """Choose 26 February 2021, of which Python, being slow, does not say that it has heard."""
    scrubber.open()
    scrubber.press("Fit the busiest weeks on the timeline")
    scrubber.set(windowHeard=0)
    scrubber.page.mouse.click(scrubber.x("2021-02-26T12:00"), scrubber.y)
    assert scrubber.told()[-1]["number"] == 1


def test_a_window_that_is_on_its_way_to_python_is_not_replaced_by_an_older_one(scrubber: Scrubber) -> None:
    """Python moved the window before it heard that the person had: the person's stays, on the screen as in Python. The next wish is followed."""
    choose_unheard(scrubber)
    older = {"from": minutes("2017-04-01"), "to": minutes("2017-05-01"), "mode": "window"}
    scrubber.rerun(state={"window": older}, stateVersion=2, windowHeard=0)
    assert scrubber.window == ("2021-02-26", "2021-02-26")
    scrubber.rerun(stateVersion=2, windowHeard=1)
    assert scrubber.window == ("2021-02-26", "2021-02-26")
    scrubber.rerun(stateVersion=3, windowHeard=1)
    assert scrubber.window == ("2017-04-01", "2017-04-30")
    scrubber.page.mouse.click(scrubber.x("2017-04-15T12:00"), scrubber.y)
    scrubber.rerun(stateVersion=1, windowHeard=0)
    assert scrubber.window == ("2017-04-01", "2017-04-30")  # of a server that was started anew, and has heard nothing


def test_a_scrubber_that_is_put_up_anew_has_the_window_that_is_on_its_way(scrubber: Scrubber) -> None:
    """Streamlit may do so between any two runs: the person's window is the newest that there is."""
    choose_unheard(scrubber)
    scrubber.rerun(gone=True, windowHeard=0)
    scrubber.rerun(gone=False, windowHeard=0)
    scrubber.page.wait_for_function("window.datelineScrubber && window.datelineScrubber.axis() !== null")
    assert scrubber.window == ("2021-02-26", "2021-02-26")
    assert scrubber.query == "from=2021-02-26&to=2021-02-26"


def test_the_mask_takes_events_out_of_the_bars(scrubber: Scrubber) -> None:
    """A filtered event is in no bar and in no count."""
    scrubber.open()
    scrubber.press("Fit the busiest weeks on the timeline")
    scrubber.page.mouse.move(scrubber.x("2021-02-26T12:00"), scrubber.y)
    bar = scrubber.page.locator("[data-part=bar]")
    expect(bar).to_have_text("26 February 2021: 2 events")
    scrubber.rerun(state={"mask": mask_of({2, 7, 13}, len(SPANS))})
    expect(scrubber.page.locator("[data-part=count]")).to_have_text("3 events")
    assert scrubber.wait_heard("state", 2)[-1]["mask"] == mask_of({2, 7, 13}, len(SPANS))
    scrubber.page.mouse.move(scrubber.x("2021-02-26T13:00"), scrubber.y)
    expect(bar).to_have_text("26 February 2021: 1 event")
    scrubber.rerun(state={"mask": mask_of(set(), len(SPANS))})
    expect(scrubber.page.locator("[data-part=count]")).to_have_text("No event matches the filters")


def test_an_event_of_a_whole_year_counts_in_each_of_its_bars(scrubber: Scrubber) -> None:
    """And is told apart from what happened within the bar for certain."""
    scrubber.open()
    bar = scrubber.page.locator("[data-part=bar]")
    scrubber.page.mouse.move(scrubber.x("2019-07-15"), scrubber.y)
    expect(bar).to_have_text("1 to 31 July 2019: 1 event, dated more widely than this")
    scrubber.page.mouse.move(scrubber.x("2019-12-15"), scrubber.y)
    expect(bar).to_have_text("1 to 31 December 2019: 2 events, 1 of them dated more widely than this")
    scrubber.page.mouse.click(scrubber.x("2019-12-15"), scrubber.y)
    expect(scrubber.page.locator("[data-part=count]")).to_have_text("2 of 16 events")


def test_a_new_revision_is_fetched_and_the_window_stays(scrubber: Scrubber) -> None:
    """The map is told the new addresses; an open end reaches to the new last date."""
    scrubber.open()
    box = scrubber.page.get_by_label("From", exact=True)
    box.fill("2021-02-26")
    box.press("Enter")
    scrubber.told()
    scrubber.rerun(columns="/dateline/columns/b", labels="/dateline/labels/b", revision="b")
    scrubber.page.wait_for_function("window.datelineScrubber.window().to === '2021-03-20'")
    assert scrubber.window == ("2021-02-26", "2021-03-20")
    assert scrubber.wait_heard("revision") == [{"type": "revision", "columns": "/dateline/columns/b", "labels": "/dateline/labels/b"}]
    expect(scrubber.page.locator("[data-part=count]")).to_have_text("4 of 17 events")


def test_events_that_cannot_be_loaded(scrubber: Scrubber) -> None:
    """The page says so, and the map is answered all the same."""
    scrubber.set(columns="/dateline/columns/none")
    with scrubber.page.expect_console_message(lambda message: message.type == "error"):  # the browser itself logs the failed request
        scrubber.page.goto(scrubber.app.url)
    expect(scrubber.page.locator("[data-part=note]")).to_have_text("The events could not be loaded. Reload the page to try again.")
    scrubber.wait_heard("state")
    scrubber.errors.clear()


def test_a_store_with_one_event_and_one_with_none(scrubber: Scrubber) -> None:
    """One day is all dates; without events the page says so and nothing can be moved."""
    scrubber.set(columns="/dateline/columns/one")
    scrubber.open()
    assert scrubber.window == ("2021-02-26", "2021-02-26")
    expect(scrubber.page.locator(".dl-ts-now")).to_have_text("All dates: 26 February 2021 1 event")
    scrubber.slider("Start of window").press("ArrowRight")
    assert scrubber.window == ("2021-02-26T01:00Z", "2021-02-26T23:59Z")
    scrubber.told()
    scrubber.rerun(columns="/dateline/columns/empty")
    expect(scrubber.page.locator("[data-part=note]")).to_have_text("There are no events yet.")
    scrubber.press("Play")
    scrubber.press("Zoom in on the timeline")
    expect(scrubber.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    scrubber.told()


def test_zoom_requests_are_passed_on_once(scrubber: Scrubber) -> None:
    """A request from before the page was there is none; each number is obeyed once, after the choice that it is about."""
    scrubber.set(zoomTo={"n": 3, "to": "all"})
    scrubber.open()
    scrubber.rerun()
    assert scrubber.heard("zoom") == []
    scrubber.rerun(state={"selected": "e-1"}, zoomTo={"n": 4, "to": "selected"})
    assert scrubber.wait_heard("zoom") == [{"type": "zoom", "to": "selected"}]
    kinds = scrubber.page.evaluate("window.heard.map((message) => message.type)")
    assert kinds[-2:] == ["state", "zoom"]
    scrubber.rerun()
    assert len(scrubber.heard("zoom")) == 1


def test_what_the_map_says_reaches_python(scrubber: Scrubber) -> None:
    """A choice, a point and a base map, each once; an unknown message is dropped."""
    scrubber.open()
    say = "(message) => window.say(message)"
    scrubber.page.evaluate(say, {"type": "select", "id": "e-7"})
    assert scrubber.told("select") == [{"id": "e-7"}]
    scrubber.page.evaluate(say, {"type": "point", "lon": 42.5, "lat": 33.25})
    assert scrubber.told("point") == [{"lon": 42.5, "lat": 33.25}]
    scrubber.page.evaluate(say, {"type": "basemap", "name": "osm"})
    assert scrubber.told("basemap") == [{"name": "osm"}]
    assert scrubber.query == "base=osm"
    scrubber.page.evaluate(say, {"type": "constructor"})
    scrubber.page.evaluate(say, {"type": "select", "id": None})
    assert scrubber.told("select", 2)[1] == {"id": None}


def test_where_the_map_is_goes_to_the_address_and_to_python(scrubber: Scrubber) -> None:
    """Only after a person moved it: neither where it opened nor the same place again."""
    scrubber.set(view={"zoom": 5.25, "lon": 42.0, "lat": 33.0})
    scrubber.open("/?map=5.25/33.0000/42.0000")
    # Those that come within its rest are posted in one go. Of timers of one page the one that is due first runs first, so this rest is over.
    say = """async (views) => {
        for (const view of views) window.say({ type: 'view', ...view });
        await allHeard();
        await new Promise((rested) => setTimeout(rested, 750));
    }"""
    scrubber.page.evaluate(say, [{"zoom": 5.25, "lon": 42.0, "lat": 33.0}])
    scrubber.rerun()
    assert scrubber.log["log"] == [] and scrubber.query == "map=5.25/33.0000/42.0000"
    scrubber.page.evaluate(say, [{"zoom": 6, "lon": 42.0, "lat": 33.0}, {"zoom": 7.5, "lon": 42.123456, "lat": 33.0}])
    assert scrubber.told("view") == [{"zoom": 7.5, "lon": 42.123456, "lat": 33.0}]
    assert scrubber.query == "map=7.5/33.0000/42.1235"


def test_the_address_keeps_what_others_own(scrubber: Scrubber) -> None:
    """Python's part first and as it came, then the hub's; Streamlit's own embed words stay, anything else goes."""
    scrubber.set(query="kind=air_strike&text=a%20b&event=e-1", base="osm")
    scrubber.open("/?embed=true&old=1#there")
    scrubber.page.wait_for_function("location.search.includes('kind')")
    assert scrubber.query == "kind=air_strike&text=a%20b&event=e-1&base=osm&embed=true"
    assert scrubber.page.evaluate("location.hash") == "#there"
    scrubber.rerun(query="")
    scrubber.page.wait_for_function("location.search === '?base=osm&embed=true'")


def test_dark_is_told_as_dark_and_a_switch_too(scrubber: Scrubber) -> None:
    """The theme is what the page looks like, without a rerun."""
    scrubber.page.emulate_media(color_scheme="dark")
    scrubber.open()
    assert scrubber.wait_heard("state")[-1]["theme"] == "dark"
    scrubber.page.emulate_media(color_scheme="light")
    assert scrubber.wait_heard("state", 2)[-1]["theme"] == "light"


def test_leaving_the_page_closes_the_channel(scrubber: Scrubber) -> None:
    """When the scrubber goes, so does all that it left on the page."""
    scrubber.open()
    scrubber.rerun(gone=True)
    scrubber.page.wait_for_function("window.datelineScrubber === undefined")
    known = len(scrubber.heard("state"))
    scrubber.page.evaluate("window.say({type: 'hello'})")
    scrubber.rerun(gone=False)
    scrubber.page.wait_for_function("window.datelineScrubber !== undefined")
    assert len(scrubber.wait_heard("state", known + 1)) == known + 1


# ---- pure functions ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def functions(browser: Browser) -> Iterator[Page]:
    """A blank page with the functions of the scrubber that touch no page."""
    context = browser.new_context()
    page = context.new_page()
    for name in ("../mapping/order.js", "timeaxis.js", "timewords.js", "timebins.js", "timemodel.js", "timegrip.js"):
        page.add_script_tag(path=ROOT / "geo" / "ui" / name)
    yield page
    context.close()


@pytest.mark.parametrize("masked", [False, True])
def test_bars_and_counts_agree_with_counting_one_by_one(functions: Page, masked: bool) -> None:
    """Every bar of every unit holds as many events as a window of the same dates, of those that the mask lets through."""
    wrong = functions.evaluate(
        """(masked) => {
        let seed = 7;
        const random = (below) => { seed = (seed * 48271) % 2147483647; return seed % below; };
        const first = minutesOf(2013, 7);
        let rows = [];
        for (let row = 0; row < 400; row += 1) {
            const start = first + random(8 * 365) * 1440 + random(2) * random(1440);
            rows.push([start, start + [1, 1440, 7 * 1440, 30 * 1440, 365 * 1440][random(5)]]);
        }
        rows.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        let latest = -Infinity;
        const columns = {
            n: rows.length, lastEnd: null, start: Int32Array.from(rows, (row) => row[0]), end: Int32Array.from(rows, (row) => row[1]),
            latestEnd: Int32Array.from(rows, (row) => (latest = Math.max(latest, row[1]))),
        };
        const bits = masked ? Uint8Array.from({ length: 50 }, () => random(256)) : null;
        const shown = shownRows(columns, datelineParts.orderByEnd(columns), bits);
        if (bits) rows = rows.filter((_, row) => (bits[row >> 3] >> (row & 7)) & 1);
        const domain = domainOf(columns);
        const wrong = [];
        for (const [unit, range] of [["year", domain], ["month", domain], ["week", domain], ["day", { from: first, to: first + 400 * 1440 }],
            ["hour", { from: first + 500 * 1440 + 77, to: first + 504 * 1440 }], ["month", { from: first + 999 * 1440, to: first + 1999 * 1440 }]]) {
            const { edges, sure, maybe } = binRows(shown, range, unit);
            for (let bar = 0; bar < sure.length; bar += 1) {
                const meets = rows.filter(([start, end]) => start < edges[bar + 1] && end > edges[bar]);
                const within = meets.filter(([start, end]) => start >= edges[bar] && end <= edges[bar + 1]).length;
                const counted = countIn(shown, { from: edges[bar], to: edges[bar + 1] });
                if (meets.length !== sure[bar] + maybe[bar] || within !== sure[bar] || counted !== meets.length) wrong.push([unit, bar]);
            }
        }
        return wrong;
    }""",
        masked,
    )
    assert wrong == []


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2021-02-01", "2021-03-01", "1 to 28 February 2021"),
        ("2021-02-26", "2021-02-27", "26 February 2021"),
        ("2021-02-15", "2021-03-04", "15 February to 3 March 2021"),
        ("2020-12-28", "2021-01-04", "28 December 2020 to 3 January 2021"),
        ("2021-02-26T04:00", "2021-02-26T06:00", "26 February 2021, 04:00 to 05:59 UTC"),
        ("2021-02-26T04:20", "2021-02-26T04:21", "26 February 2021, 04:20 UTC"),
        ("2021-02-26T04:00", "2021-02-28", "26 February 2021, 04:00 UTC to 27 February 2021, 23:59 UTC"),
        ("1969-12-31", "1970-01-01", "31 December 1969"),
    ],
)
def test_spans_in_words(functions: Page, first: str, last: str, words: str) -> None:
    """As precise as the window is, both ends inclusive."""
    assert functions.evaluate("(span) => spanWords(span)", {"from": minutes(first), "to": minutes(last)}) == words


@pytest.mark.parametrize(
    ("days", "width", "unit"),
    [
        (3000, 1000, "month"),
        (3000, 340, "year"),
        (900, 1000, "week"),
        (180, 1000, "day"),
        (21, 1000, "day"),
        (21, 340, "day"),
        (3, 1000, "hour"),
        (3, 340, "day"),
    ],
)
def test_a_bar_can_be_seen_and_hit(functions: Page, days: int, width: int, unit: str) -> None:
    """The finest unit whose bars are five pixels wide."""
    assert functions.evaluate("([days, width]) => unitFor({ from: 0, to: days * 1440 }, width)", [days, width]) == unit


def test_tick_labels_never_touch(functions: Page) -> None:
    """From half a day to a thousand years, at three widths: every step leaves the room that its labels take."""
    closest = functions.evaluate(
        """() => {
        const context = document.createElement("canvas").getContext("2d");
        context.font = "12px sans-serif";
        let closest = Infinity;
        for (const width of [320, 620, 1400]) for (let span = 720; span < 1000 * 365 * 1440; span *= 1.37) {
            const axis = { from: 26000000, to: 26000000 + span };
            const { minor } = ticksOf(axis, width);
            if (minor.length > width / 20) return -1;
            for (let tick = 1; tick < minor.length; tick += 1) {
                const gap = pixelOf(minor[tick].at, axis, width) - pixelOf(minor[tick - 1].at, axis, width);
                closest = Math.min(closest, gap - context.measureText(minor[tick - 1].label).width);
            }
        }
        return closest;
    }"""
    )
    assert closest > 2
