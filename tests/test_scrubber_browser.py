"""The time scrubber in a browser: what the hands do, what the map, Python and the address bar are told, and when."""

from __future__ import annotations

import base64
import json
import shutil
import struct
from collections.abc import Iterator
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
time_scrubber(key="scrubber", data=json.loads(Path("data.json").read_text()), **{f"on_{name}_change": note(name) for name in names})
st.button("Rerun")
with st.container(key="log"):
    st.code(json.dumps({"runs": st.session_state["runs"], "log": log, "query": dict(st.query_params)}), language=None)
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
        }
        self.errors: list[str] = []
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.add_init_script(
            f"""window.heard = [];
            const channel = new BroadcastChannel({CHANNEL!r});
            channel.onmessage = ({{data}}) => window.heard.push(data);
            window.say = (message) => channel.postMessage(message);"""
        )

    def set(self, *, state: dict[str, Any] | None = None, **data: Any) -> None:
        """What Python will hand over at its next run."""
        self.data |= data
        if state:
            self.data["state"] = {**self.data["state"], **state}
        (self.folder / "data.json").write_text(json.dumps(self.data))

    def open(self, query: str = "") -> None:
        """Load the page and wait until the events are there and the server is at rest."""
        self.set()
        self.page.goto(self.app.url + query)
        self.page.wait_for_function("window.datelineScrubber && window.datelineScrubber.axis() !== null")
        self.page.wait_for_function("document.querySelector('.dl-scrubber [data-part=words]').textContent !== ''")
        expect(self.page.locator(".st-key-log code")).to_be_visible()

    def rerun(self, **data: Any) -> None:
        """Have Python run again, with other data if any are given, and wait for its end."""
        self.set(**data)
        runs = self.log["runs"]
        self.page.get_by_role("button", name="Rerun").click()
        self.page.wait_for_function(f"JSON.parse(document.querySelector('.st-key-log code').textContent).runs > {runs}")

    @property
    def log(self) -> dict[str, Any]:
        """What Python was told so far."""
        return json.loads(self.page.locator(".st-key-log code").inner_text())

    def told(self, name: str = "window", count: int = 1) -> list[dict[str, Any]]:
        """The values that Python got under a name; waits until there are `count` of them, and there may be no more."""
        self.page.wait_for_function(
            """([name, count]) => JSON.parse(document.querySelector('.st-key-log code').textContent).log.filter(([n]) => n === name).length >= count""",
            arg=[name, count],
        )
        values = [value for key, value in self.log["log"] if key == name]
        assert len(values) == count
        return values

    def heard(self, kind: str) -> list[dict[str, Any]]:
        """The messages of a type that came over the channel."""
        return self.page.evaluate("(kind) => window.heard.filter((message) => message.type === kind)", kind)

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


@pytest.fixture
def scrubber(browser: Browser, contexts: list[BrowserContext], scrubber_app: App, scrubber_folder: Path) -> Iterator[Scrubber]:
    """The scrubber in a wide window. Whatever a test does, the console stays free of errors."""
    contexts.append(browser.new_context(viewport={"width": 1200, "height": 700}))
    made = Scrubber(contexts[0].new_page(), scrubber_app, scrubber_folder)
    yield made
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
    assert scrubber.log == {"runs": 1, "log": [], "query": {}}


def test_dragging_a_handle_moves_the_map_at_once_and_tells_python_on_release(scrubber: Scrubber) -> None:
    """Every movement is a message with a rising number; one value is set, at the end; the address follows."""
    scrubber.open()
    page = scrubber.page
    page.mouse.move(scrubber.x("2021-03-04") + 4, scrubber.y)
    page.mouse.down()
    page.mouse.move(scrubber.x("2018-06-01"), scrubber.y, steps=8)
    moves = scrubber.wait_heard("window", 3)
    assert [move["seq"] for move in moves] == sorted({move["seq"] for move in moves})
    assert scrubber.log["log"] == [] and scrubber.query == ""
    page.mouse.up()
    [value] = scrubber.told()
    assert value == {"from": None, "to": scrubber.heard("window")[-1]["to"], "mode": "window", "origin": "person"}
    assert scrubber.window[1].startswith("2018-0")
    assert scrubber.query == f"to={scrubber.window[1]}"
    assert scrubber.log["query"] == {"to": scrubber.window[1]}
