"""The map in a real browser, on a page with nothing else: what it draws, what it answers, and what it never does."""

from __future__ import annotations

import io
import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import uvicorn
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route, expect
from pyproj import Geod
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route as Endpoint

from geo.api.routes import map_routes
from geo.kinds import KINDS, kind_index
from geo.mapping.assets import ASSETS
from geo.mapping.elements import event_map
from tests.driving import drawn_map
from tests.serving import serve

PRECISIONS = ("site", "town", "near_town", "district", "province", "country", "sea")
NOWHERE = 2147483647
DAY = 1440
EPOCH_DAY = 18628  # 1 January 2021, which is day 0 of the events here
GEOD = Geod(ellps="WGS84")
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>\u202eabc\u2066 {{7*7}} `${alert(3)}`"


@dataclass(frozen=True)
class Told:
    """One event of a made-up store."""

    id: str
    lon: float | None
    lat: float | None
    km: float = 3
    precision: str = "site"
    kind: str = "chemical_attack"
    day: int = 0
    title: str = ""
    when: str = "1 January 2021"
    place: str = "A place"


def pack(events: list[Told], *, rows: int = 65_536) -> bytes:
    """The packed columns of docs/protocol.md, in chunks of `rows`, written down here once more so that the map is tested against the words."""
    chunks = [pack_chunk(events[at : at + rows]) for at in range(0, len(events), rows)]
    last = max((one.day for one in events), default=-EPOCH_DAY - 1)
    header = struct.pack("<4sIIi4i", b"DLC2", len(events), rows, (EPOCH_DAY + last + 1) * DAY, *box(events))
    return header + b"".join(chunks)


def box(events: list[Told]) -> tuple[int, int, int, int]:
    """West, south, east, north of the points; these tests keep away from the antimeridian where the box matters."""
    points = [(one.lon, one.lat) for one in events if one.lon is not None and one.lat is not None]
    if not points:
        return (NOWHERE,) * 4
    lons, lats = zip(*points, strict=True)
    west, south, east, north = (round(value * 1e7) for value in (min(lons), min(lats), max(lons), max(lats)))
    return west, south, east, north


def pack_chunk(events: list[Told]) -> bytes:
    start = np.array([(EPOCH_DAY + one.day) * DAY for one in events], "<i4")
    degrees = [NOWHERE if value is None else round(value * 1e7) for one in events for value in (one.lon, one.lat)]
    columns = (
        np.diff(start, prepend=0).astype("<i4"),
        np.full(len(events), DAY, "<i4"),
        np.array(degrees[0::2], "<i4"),
        np.array(degrees[1::2], "<i4"),
        np.array([round(one.km * 10) for one in events], "<u2"),
        np.array([kind_index(one.kind) for one in events], "u1"),
        np.array([PRECISIONS.index(one.precision) for one in events], "u1"),
    )
    return b"".join(column.tobytes() for column in columns)


@dataclass
class Served:
    """The harness's server. Every store has a name; `/map/{name}` is its map and nothing else."""

    stores: dict[str, list[Told]] = field(default_factory=dict)
    options: dict[str, dict[str, Any]] = field(default_factory=dict)
    chunks: dict[str, int] = field(default_factory=dict)
    url: str = ""

    def add(self, name: str, events: list[Told], **options: Any) -> str:
        self.stores[name] = sorted(events, key=lambda one: (one.day, one.id))
        self.options[name] = {"basemap": "/dateline/none/", **options}
        return f"{self.url}/map/{name}"

    def page(self, request: Request) -> Response:
        name = request.path_params["name"]
        columns, labels = f"/dateline/columns/{name}", f"/dateline/labels/{name}"
        drawn = event_map(channel=f"dateline-{name}", columns=columns, labels=labels, **self.options[name])
        head = '<head><link rel="icon" href="data:,"><meta name="viewport" content="width=device-width">'
        return HTMLResponse(drawn.get_root().render().replace("<head>", head))

    def columns(self, request: Request) -> Response:
        name = request.path_params["name"]
        return Response(pack(self.stores[name], rows=self.chunks.get(name, 65_536)), media_type="application/octet-stream")

    def labels(self, request: Request) -> Response:
        events = self.stores[request.path_params["name"]]
        if "block" in request.query_params:
            first = 512 * int(request.query_params["block"])
            events = events[first : first + 512]
        return JSONResponse({"rows": [[one.id, one.title or one.id, one.when, one.place] for one in events]})

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Endpoint("/map/{name}", self.page),
                Endpoint("/dateline/columns/{name}", self.columns),
                Endpoint("/dateline/labels/{name}", self.labels),
                *map_routes(),
            ]
        )


class Server(uvicorn.Server):
    """A server in a thread that says when it listens."""

    def __init__(self, app: Starlette) -> None:
        super().__init__(uvicorn.Config(app, log_level="warning"))
        self.up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    harness = Served()
    listening = socket.create_server(("127.0.0.1", 0))
    harness.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server = Server(harness.app())
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    assert server.up.wait(20)
    yield harness
    server.should_exit = True
    thread.join(20)


@dataclass
class Map:
    """A map in a page, and the hub's end of its channel."""

    page: Page
    seq: int = 0

    def post(self, kind: str, **message: Any) -> None:
        self.page.evaluate("message => window.hub.postMessage(message)", {"type": kind, **message})

    def heard(self, kind: str) -> list[dict[str, Any]]:
        """The messages of a type that the map has posted so far: all of them, also those still on their way."""
        messages: list[dict[str, Any]] = self.page.evaluate(
            "async kind => { await window.allHeard(); return window.heard.filter((one) => one.type === kind); }", kind
        )
        return messages

    def wait_for(self, kind: str, number: int = 1) -> list[dict[str, Any]]:
        self.page.wait_for_function("([kind, number]) => window.heard.filter((one) => one.type === kind).length >= number", arg=[kind, number])
        return self.heard(kind)

    def scrub(self, first: int, last: int, mode: str = "window") -> dict[str, Any]:
        """Show the days from `first` to `last` and wait until they are drawn. Whatever was posted before is in force by then."""
        self.seq += 1
        self.post("window", seq=self.seq, mode=mode, **{"from": (EPOCH_DAY + first) * DAY, "to": (EPOCH_DAY + last + 1) * DAY})
        self.page.wait_for_function("seq => window.dateline.drawn.seq === seq", arg=self.seq)
        return dict(self.page.evaluate("window.dateline.drawn"))

    def settle(self) -> None:
        """Show everything, and wait until that and what was posted before are on the screen: the rings are drawn a frame after the events."""
        self.scrub(-400, 4000)
        self.page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn())))")

    def ids(self) -> list[str]:
        return list(self.page.evaluate("window.dateline.visibleIds()"))

    def at(self, event: str) -> tuple[float, float]:
        point = self.page.evaluate("id => window.dateline.screenXY(id)", event)
        assert point is not None, f"{event} is not on the map"
        return point["x"], point["y"]

    def click(self, event: str) -> None:
        self.page.mouse.click(*self.at(event))

    def picture(self) -> np.ndarray[Any, np.dtype[np.int16]]:
        """What is on the screen, rows of columns of red, green, blue."""
        image = Image.open(io.BytesIO(self.page.screenshot(animations="disabled"))).convert("RGB")
        return np.asarray(image).astype(np.int16)

    def place(self) -> list[tuple[float, float]]:
        """Where the map is: the screen positions of two far points, which no move or zoom leaves both as they are."""
        return [self.at("a"), self.at("z")]


# Run in a page before its map: what the map says, from its first word on. Messages come in the order in which they were posted: once a mark
# has come, so has all that was posted before it.
HUB = """
window.heard = [];
window.hub = new BroadcastChannel(NAME);
const marker = new BroadcastChannel(NAME);
const marks = [];
window.hub.onmessage = ({data}) => (data.type === 'mark' ? marks.shift()() : window.heard.push(data));
window.allHeard = () => new Promise((come) => { marks.push(come); marker.postMessage({ type: 'mark' }); });
"""

# The Leaflet map of the page.
LEAFLET = "window[Object.keys(window).find((key) => /^map_[0-9a-f]{32}$/.test(key))]"


def refuse(asked: list[str]) -> Callable[[Route], None]:
    """Answer no request, and write down what was asked."""

    def handle(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    return handle


def dismiss(told: list[str]) -> Callable[[Dialog], None]:
    """Close a dialog, and write down what it said."""

    def handle(dialog: Dialog) -> None:
        told.append(dialog.message)
        dialog.dismiss()

    return handle


@pytest.fixture
def draw(browser: Browser, served: Served, request: pytest.FixtureRequest) -> Iterator[Callable[..., Map]]:
    """Open a map of events; after the test, nothing may have failed in the page or been asked of another host."""
    opened: list[BrowserContext] = []
    errors: list[str] = []
    foreign: list[str] = []

    def open_(
        events: list[Told],
        *,
        size: tuple[int, int] = (1000, 600),
        touch: bool = False,
        allow: Callable[[Route], None] | None = None,
        **given: Any,
    ) -> Map:
        name = f"{request.node.name.split('[')[0]}-{len(opened)}-{id(events)}"
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=touch, is_mobile=touch, reduced_motion="reduce")
        context.set_default_timeout(20_000)
        page = context.new_page()
        opened.append(context)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", dismiss(errors))
        page.route(lambda url: not url.startswith((served.url, "data:")), allow or refuse(foreign))
        page.add_init_script(HUB.replace("NAME", json.dumps(f"dateline-{name}")))
        page.goto(served.add(name, events, **given))
        page.wait_for_function("window.dateline && window.dateline.ready")
        return Map(page)

    yield open_
    for context in opened:
        context.close()
    assert errors == []
    assert foreign == []


SPREAD = [
    Told("a", 36.0, 33.0, day=0, title="First", when="January 2021"),
    Told("b", 40.0, 34.0, km=80, precision="province", kind="air_strike", day=10, title="Second", when="11 January 2021"),
    Told("c", None, None, day=11),
    Told("d", 44.0, 35.0, precision="town", kind="rocket_attack", day=20),
    Told("z", 48.0, 31.0, kind="raid", day=30),
]
STACK = [
    Told("one", 42.4, 33.8, day=0, title="Stacked one", when="1 January 2021", kind="rocket_attack"),
    Told("two", 42.4, 33.8, day=1, title="Stacked two", when="2 January 2021", kind="raid"),
    Told("three", 42.4, 33.8, day=2, title="Stacked three", when="3 January 2021", kind="raid"),
    Told("far", 45.0, 36.0, day=3),
]


def test_all_events_are_drawn_and_the_map_says_so(draw: Callable[..., Map]) -> None:
    """Placed or not, all are visible; what is on the canvas is what is placed."""
    drawn = draw(SPREAD)
    assert drawn.ids() == ["a", "b", "c", "d", "z"]
    assert drawn.page.evaluate("window.dateline.drawn.count") == 4
    assert drawn.page.evaluate("window.dateline.window()") == {"from": None, "to": None, "mode": "window"}
    assert drawn.wait_for("hello")


def test_the_handle_cannot_be_written_to(draw: Callable[..., Map]) -> None:
    drawn = draw(SPREAD)
    assert drawn.page.evaluate("Object.isFrozen(window.dateline)")
    assert drawn.page.evaluate("(() => { try { window.dateline = 1; } catch (error) {} return typeof window.dateline; })()") == "object"


def test_events_are_fitted_into_the_view_at_the_start(draw: Callable[..., Map]) -> None:
    drawn = draw(SPREAD)
    for event in ("a", "b", "d", "z"):
        x, y = drawn.at(event)
        assert 0 < x < 1000 and 0 < y < 600
    assert drawn.heard("view") == []  # the map placed itself; nobody moved it


def test_a_given_view_is_kept_to_the_digit(draw: Callable[..., Map]) -> None:
    drawn = draw(SPREAD, view=(6.25, 40.0, 34.0))
    x, y = drawn.at("b")
    assert abs(x - 500) <= 0.5 and abs(y - 300) <= 0.5


def test_the_window_decides_what_is_shown(draw: Callable[..., Map]) -> None:
    drawn = draw(SPREAD)
    assert drawn.scrub(5, 15)["count"] == 1
    assert drawn.ids() == ["b", "c"]
    assert drawn.page.evaluate("window.dateline.window()") == {"from": "2021-01-06", "to": "2021-01-16", "mode": "window"}
    assert drawn.page.evaluate("window.dateline.screenXY('a')") is None
    assert drawn.page.evaluate("window.dateline.screenXY('c')") is None


def test_a_window_in_minutes_is_told_in_minutes(draw: Callable[..., Map]) -> None:
    drawn = draw(SPREAD)
    start = EPOCH_DAY * DAY + 260
    drawn.post("window", seq=1, mode="cumulative", **{"from": start, "to": start + 1})
    drawn.wait_for("drawn")
    assert drawn.page.evaluate("window.dateline.window()") == {
        "from": "2021-01-01T04:20Z",
        "to": "2021-01-01T04:20Z",
        "mode": "cumulative",
    }


def test_the_mask_and_the_window_both_have_to_agree(draw: Callable[..., Map]) -> None:
    drawn = draw(SPREAD)
    drawn.post("mask", mask="FQ==")  # bits 0, 2 and 4
    drawn.scrub(0, 15)
    assert drawn.ids() == ["a", "c"]
    drawn.post("mask", mask=None)
    drawn.scrub(0, 15)
    assert drawn.ids() == ["a", "b", "c"]


def test_only_the_newest_of_many_windows_is_drawn(draw: Callable[..., Map]) -> None:
    drawn = draw(SPREAD)
    drawn.page.evaluate("() => { window.framesDrawn = 0; const next = () => { window.framesDrawn += 1; requestAnimationFrame(next); }; next(); }")
    drawn.page.evaluate(
        """([day, first]) => { for (let seq = 1; seq <= 200; seq += 1)
             window.hub.postMessage({type: 'window', seq, mode: 'window', from: first + seq * 60, to: first + day * 40}); }""",
        [DAY, EPOCH_DAY * DAY],
    )
    drawn.page.wait_for_function("window.dateline.drawn.seq === 200")
    answers = [answer["seq"] for answer in drawn.heard("drawn")]
    assert answers == sorted(set(answers)) and answers[-1] == 200
    assert len(answers) <= 2 * drawn.page.evaluate("window.framesDrawn")  # one at once and one with the frame
    assert all(answer["ms"] >= 0 and answer["count"] >= 1 for answer in drawn.heard("drawn"))
    times = [answer["at"] for answer in drawn.heard("drawn")]
    opened, now = drawn.page.evaluate("[performance.timeOrigin, performance.timeOrigin + performance.now()]")
    assert opened < times[0] and times == sorted(times) and times[-1] <= now


def test_a_state_says_everything_at_once(draw: Callable[..., Map]) -> None:
    drawn = draw(SPREAD)
    first = EPOCH_DAY * DAY
    drawn.post(
        "state",
        mode="cumulative",
        mask="Hw==",
        id="b",
        rings=[],
        sites=[],
        theme="dark",
        on=False,
        **{"from": first, "to": first + 12 * DAY},
    )
    drawn.page.wait_for_function("window.dateline.visibleIds().join() === 'a,b,c'")
    assert drawn.page.evaluate("document.documentElement.dataset.theme") == "dark"
    expect(drawn.page.get_by_role("button", name="Zoom to the chosen event")).to_have_attribute("aria-disabled", "false")


@pytest.mark.parametrize(
    "message",
    [
        None,
        7,
        {},
        {"type": "constructor"},
        {"type": "window"},
        {"type": "mask", "mask": "%"},
        {"type": "rings", "rings": [7, None]},
    ],
)
def test_a_message_that_makes_no_sense_is_dropped(draw: Callable[..., Map], message: object) -> None:
    drawn = draw(SPREAD)
    drawn.page.evaluate("message => window.hub.postMessage(message)", message)
    drawn.settle()
    assert len(drawn.ids()) == 5


def test_a_click_on_a_mark_chooses_it_and_on_the_empty_map_none(draw: Callable[..., Map]) -> None:
    drawn = draw(SPREAD)
    drawn.click("b")
    drawn.page.mouse.click(500, 590)
    assert [message["id"] for message in drawn.wait_for("select", 2)] == ["b", None]


def test_the_chosen_mark_is_ringed_in_ink(draw: Callable[..., Map]) -> None:
    drawn = draw(SPREAD)
    x, y = (round(value) for value in drawn.at("a"))
    ink = np.array([0x1D, 0x21, 0x27])
    assert not near(drawn.picture()[y, x - 20 : x - 13], ink, 12).any()
    drawn.post("select", id="a")
    drawn.settle()
    assert near(drawn.picture()[y, x - 20 : x - 13], ink, 12).any()


def test_nothing_moves_the_map_but_a_person(draw: Callable[..., Map]) -> None:
    """Scrubbing, filtering, choosing, rings, sites and the theme leave every point where it was."""
    drawn = draw(SPREAD)
    before = drawn.place()
    messages: list[tuple[str, dict[str, Any]]] = [
        ("select", {"id": "z"}),
        ("mask", {"mask": "EQ=="}),
        ("rings", {"rings": [ring(40, 34, 300_000)]}),
        ("sites", {"sites": [{"id": "s", "name": "Site", "lon": 10.0, "lat": 60.0}]}),
        ("theme", {"theme": "dark"}),
        ("arm", {"on": True}),
    ]
    for kind, message in messages:
        drawn.post(kind, **message)
        drawn.settle()
        assert drawn.place() == before
    drawn.scrub(0, 2)
    drawn.settle()
    assert drawn.place() == before
    assert drawn.heard("view") == []


def test_a_list_opens_where_several_events_share_a_place(draw: Callable[..., Map]) -> None:
    """It can be walked with the keyboard alone, and Escape gives the focus back to the map."""
    drawn = draw(STACK)
    drawn.click("one")
    items = drawn.page.get_by_role("menuitem")
    expect(items).to_have_count(3)
    expect(items.nth(0)).to_be_focused()
    drawn.page.keyboard.press("ArrowUp")
    expect(items.nth(2)).to_be_focused()
    drawn.page.keyboard.press("ArrowDown")
    drawn.page.keyboard.press("ArrowDown")
    drawn.page.keyboard.press("Enter")
    assert [message["id"] for message in drawn.wait_for("select")] == ["two"]
    expect(items).to_have_count(0)
    drawn.click("one")
    drawn.page.keyboard.press("Escape")
    expect(items).to_have_count(0)
    expect(drawn.page.get_by_role("region", name="Map of events")).to_be_focused()
    assert len(drawn.heard("select")) == 1


def test_a_stack_holds_what_is_shown_and_follows_it(draw: Callable[..., Map]) -> None:
    drawn = draw(STACK)
    drawn.scrub(1, 30)
    drawn.click("two")
    items = drawn.page.get_by_role("menuitem")
    expect(items).to_have_count(2)
    drawn.scrub(2, 30)
    expect(items).to_have_text(["Stacked three3 January 2021"])
    drawn.scrub(20, 30)
    expect(items).to_have_count(0)


def test_a_place_with_one_event_shown_is_chosen_at_once(draw: Callable[..., Map]) -> None:
    drawn = draw(STACK)
    drawn.scrub(2, 2)
    drawn.click("three")
    assert drawn.wait_for("select")[0]["id"] == "three"


def test_hovering_tells_title_date_and_place(draw: Callable[..., Map]) -> None:
    drawn = draw(SPREAD)
    drawn.page.mouse.move(*drawn.at("a"))
    tooltip = drawn.page.get_by_role("tooltip")
    expect(tooltip.locator("div")).to_have_text(["First", "January 2021", "A place"])
    expect(drawn.page.locator(".dl-cursor")).to_have_text("33.000° N, 36.000° E")
    drawn.page.mouse.move(500, 590)
    expect(tooltip).to_be_hidden()


def test_hostile_words_are_only_words(draw: Callable[..., Map]) -> None:
    """In a title, a date, a place, a ring's label and a site's name; the fixture watches for dialogs and requests."""
    events = [Told(f"h{number}", 40, 34, title=HOSTILE, when=HOSTILE, place=HOSTILE, day=number) for number in range(2)]
    drawn = draw([*events, Told("alone", 42, 34, title=HOSTILE, when=HOSTILE, place=HOSTILE)])
    drawn.post("rings", rings=[{**ring(40, 34, 60_000), "label": HOSTILE, "meaning": HOSTILE}])
    drawn.post("sites", sites=[{"id": "s", "name": HOSTILE, "lon": 41.0, "lat": 34.0}])
    drawn.settle()
    drawn.page.mouse.move(*drawn.at("alone"))
    expect(drawn.page.get_by_role("tooltip")).to_contain_text("<img src=x onerror=alert(1)>")
    drawn.click("h0")
    expect(drawn.page.get_by_role("menuitem").first).to_contain_text("<script>alert(2)</script>")
    assert drawn.page.locator(".dl-ui img, .dl-ui script").count() == 0
    assert drawn.page.evaluate(
        "[...document.querySelectorAll('.dl-words')].every((one) => one.dir === 'auto' && getComputedStyle(one).unicodeBidi === 'isolate')"
    )


def near(pixels: np.ndarray[Any, Any], colour: np.ndarray[Any, Any], tolerance: int) -> np.ndarray[Any, Any]:
    result: np.ndarray[Any, Any] = np.abs(pixels - colour).max(axis=-1) <= tolerance
    return result


def rgb(colour: str) -> np.ndarray[Any, Any]:
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)])


def test_a_known_place_is_solid_and_a_vague_one_hollow(draw: Callable[..., Map]) -> None:
    kind = "chemical_attack"  # a circle, so the middle and the rim are easy to find
    colour = rgb(KINDS[kind_index(kind)].colour)
    events = [Told(name, 34 + 3 * at, 33, precision=name, kind=kind, km=20) for at, name in enumerate(PRECISIONS)]
    drawn = draw(events, view=(5, 43, 33))
    picture = drawn.picture()
    for name in PRECISIONS:
        x, y = (round(value) for value in drawn.at(name))
        solid = bool(near(picture[y - 1 : y + 2, x - 1 : x + 2], colour, 12).all())
        assert solid == (name in ("site", "town")), name
        assert near(picture[y, x - 10 : x - 4], colour, 60).any(), name  # the rim has the colour either way


def mercator(lon: float, lat: float, zoom: float) -> tuple[float, float]:
    world = 256 * 2**zoom
    return (lon / 360 + 0.5) * world, (0.5 - np.arctanh(np.sin(np.radians(lat))) / (2 * np.pi)) * world


@pytest.mark.parametrize("lat", [12.0, 62.0])
def test_a_disc_has_the_true_size_on_the_ellipsoid(draw: Callable[..., Map], lat: float) -> None:
    """Its edge is where the geodesic of that length ends: north, south, and at the widest, to a pixel and a half."""
    zoom, radius = 6.0, 210_000
    drawn = draw([Told("disc", 20.0, lat, km=radius / 1000, precision="sea", kind="ship_attack")], view=(zoom, 20.0, lat))
    x, y = drawn.at("disc")
    picture = drawn.picture()
    inside = ~near(picture, picture[5, 300], 3)
    column = np.flatnonzero(inside[60:560, round(x)]) + 60
    middle = np.flatnonzero(inside[round(y), 60:740]) + 60  # the legend lies beyond
    center = mercator(20.0, lat, zoom)
    outline = [mercator(*GEOD.fwd(20.0, lat, azimuth, radius)[:2], zoom) for azimuth in np.arange(0, 360, 0.1)]
    east = max(px for px, py in outline if abs(py - center[1]) < 1)
    assert abs((y - column.min()) - (center[1] - min(py for _, py in outline))) <= 1.5
    assert abs((column.max() - y) - (max(py for _, py in outline) - center[1])) <= 1.5
    assert abs((middle.max() - x) - (east - center[0])) <= 1.5
    assert abs((x - middle.min()) - (east - center[0])) <= 1.5


def ring(lon: float, lat: float, radius_m: float, **more: Any) -> dict[str, Any]:
    """A ring as the page sends it: split at the antimeridian."""
    lines: list[list[list[float]]] = [[]]
    for azimuth in range(0, 361, 2):
        x, y, _ = GEOD.fwd(lon, lat, azimuth, radius_m)
        if lines[-1] and abs(lines[-1][-1][0] - x) > 180:
            edge = 180.0 if x < 0 else -180.0
            lines[-1].append([edge, y])
            lines.append([[-edge, y]])
        lines[-1].append([x, y])
    return {
        "id": "r", "label": "Tanf · 55 km", "meaning": "zone", "origin": "store", "center": [lon, lat],
        "radius_m": radius_m, "coordinates": lines, **more,
    }  # fmt: skip


def test_a_ring_across_the_antimeridian_is_whole(draw: Callable[..., Map]) -> None:
    """Its line is there on both sides of 180°, where the ellipsoid has it."""
    zoom, lon, lat, radius = 6.0, 179.0, -17.0, 300_000
    drawn = draw([Told("a", 179.5, -17.2)], view=(zoom, 180.0, lat))
    drawn.post("rings", rings=[ring(lon, lat, radius)])
    drawn.settle()
    picture = drawn.picture()
    middle = mercator(180.0, lat, zoom)
    for azimuth in (45, 90, 135, 180, 225, 270, 315):
        end_lon, end_lat, _ = GEOD.fwd(lon, lat, azimuth, radius)
        px, py = mercator(end_lon % 360, end_lat, zoom)
        x, y = round(500 + px - middle[0]), round(300 + py - middle[1])
        assert near(picture[y - 2 : y + 3, x - 2 : x + 3], rgb("#1d2127"), 90).any(), azimuth
    expect(drawn.page.get_by_role("list", name="Sites and range rings on the map")).to_have_text("Tanf · 55 km: zone")


def test_events_on_both_sides_of_the_antimeridian_are_seen_together(draw: Callable[..., Map]) -> None:
    drawn = draw([Told("east", 178.0, 10.0), Told("west", -178.0, 12.0, km=100, precision="sea")])
    (east, _), (west, _) = drawn.at("east"), drawn.at("west")
    assert 100 < west - east < 900  # side by side, not a world apart
    drawn.page.mouse.click(*drawn.at("west"))
    assert drawn.wait_for("select")[0]["id"] == "west"


def test_an_armed_map_takes_the_next_click_as_a_point(draw: Callable[..., Map]) -> None:
    """On a mark as well, and across the antimeridian as a longitude of this world."""
    drawn = draw([Told("a", -179.5, 10.0)], view=(6, 180.0, 10.0))
    drawn.post("arm", on=True)
    drawn.settle()
    drawn.click("a")
    point = drawn.wait_for("point")[0]
    assert abs(point["lon"] + 179.5) < 0.02 and abs(point["lat"] - 10.0) < 0.02
    assert drawn.heard("select") == []
    drawn.post("arm", on=False)
    drawn.settle()
    drawn.click("a")
    drawn.wait_for("select")
    assert len(drawn.heard("point")) == 1


def test_zoom_on_request_shows_the_chosen_and_then_all_shown(draw: Callable[..., Map]) -> None:
    drawn = draw(SPREAD)
    drawn.post("select", id="b")
    drawn.post("zoom", to="selected")
    view = drawn.wait_for("view")[0]
    assert abs(view["lon"] - 40.0) < 1 and abs(view["lat"] - 34.0) < 1 and view["zoom"] > 6
    drawn.scrub(0, 15)
    drawn.post("zoom", to="all")
    drawn.wait_for("view", 2)
    for event in ("a", "b"):
        x, y = drawn.at(event)
        assert 0 < x < 1000 and 0 < y < 600
    before = len(drawn.heard("view"))
    drawn.page.get_by_role("button", name="Zoom in").click()
    assert drawn.wait_for("view", before + 1)[-1]["zoom"] > drawn.heard("view")[before - 1]["zoom"]


def test_a_new_revision_changes_the_events_and_not_the_view(draw: Callable[..., Map], served: Served) -> None:
    drawn = draw(SPREAD)
    drawn.post("select", id="b")
    drawn.settle()
    before = drawn.place()
    served.add("revised", [*SPREAD, Told("new", 41.0, 33.0, day=5)])
    drawn.post("revision", columns="/dateline/columns/revised", labels="/dateline/labels/revised")
    drawn.post("mask", mask="Dw==")  # of the new rows: a, new, b, c
    drawn.page.wait_for_function("window.dateline.ready && window.dateline.visibleIds().join() === 'a,new,b,c'")
    expect(drawn.page.get_by_role("button", name="Zoom to the chosen event")).to_have_attribute("aria-disabled", "false")
    drawn.post("mask", mask=None)
    drawn.settle()
    assert drawn.place() == before


def test_online_tiles_are_asked_for_only_after_a_choice_and_fail_softly(draw: Callable[..., Map]) -> None:
    asked: list[str] = []
    drawn = draw(SPREAD, allow=refuse(asked))
    drawn.settle()
    assert asked == []
    drawn.page.get_by_role("button", name="Base map").click()
    drawn.page.get_by_role("radio", name="OpenStreetMap").check()
    expect(drawn.page.get_by_role("status").first).to_have_text("Online map not reachable; showing the built-in map")
    expect(drawn.page.locator(".dl-credit")).to_contain_text("© OpenStreetMap contributors")
    assert drawn.wait_for("basemap")[0]["name"] == "osm"
    assert asked and all(url.startswith("https://tile.openstreetmap.org/") for url in asked)
    assert drawn.page.locator(".leaflet-tile-loaded").count() == 0
    drawn.page.get_by_role("radio", name="Built-in map").check()
    expect(drawn.page.get_by_role("status").first).to_be_empty()


def test_online_tiles_lie_under_the_marks(draw: Callable[..., Map]) -> None:
    tile = io.BytesIO()
    Image.new("RGB", (256, 256), "#00ff00").save(tile, "PNG")
    drawn = draw(SPREAD, base="satellite", allow=lambda route: route.fulfill(body=tile.getvalue(), content_type="image/png"))
    drawn.page.wait_for_function(
        "document.querySelectorAll('.leaflet-tile-loaded').length > 8 && !document.querySelector('.leaflet-tile:not(.leaflet-tile-loaded)')"
    )
    expect(drawn.page.get_by_role("status").first).to_be_empty()
    x, y = (round(value) for value in drawn.at("a"))
    picture = drawn.picture()
    assert near(picture[y + 60, x], np.array([0, 255, 0]), 6)
    assert near(picture[y, x], rgb(KINDS[kind_index("chemical_attack")].colour), 12)


def test_very_many_marks_are_counted_in_squares_and_one_apart_can_still_be_picked(draw: Callable[..., Map]) -> None:
    """A square is no mark; a mark with no neighbours stays one. Few again are all marks."""
    random = np.random.default_rng(7)
    places = random.uniform([30, 25], [50, 40], (6000, 2))
    drawn = draw([*(Told(f"e{at}", lon, lat) for at, (lon, lat) in enumerate(places.tolist())), Told("apart", 60.0, 30.0)])
    expect(drawn.page.get_by_role("status").last).to_contain_text("squares count them")
    assert drawn.scrub(-1, 1)["count"] == 6001
    x, y = drawn.page.evaluate("(({x, y}) => [x, y])(window.dateline.screenXYOfRow(0))")
    drawn.page.mouse.click(x, y)
    assert drawn.wait_for("select")[0]["id"] == "apart"
    drawn.scrub(5, 6)
    expect(drawn.page.get_by_role("status").last).to_be_empty()


def test_the_legend_lists_the_kinds_that_occur(draw: Callable[..., Map]) -> None:
    drawn = draw(SPREAD)
    legend = drawn.page.get_by_role("region", name="Legend")
    expect(legend).to_be_visible()  # there is room for it
    expect(legend.get_by_role("listitem")).to_have_count(4 + 3 + 3)
    expect(legend).to_contain_text("Rocket attack")
    expect(legend).not_to_contain_text("Drone strike")


@pytest.mark.parametrize("lat", [0.0, 60.0])
def test_the_scale_is_true_in_the_middle_of_the_map(draw: Callable[..., Map], lat: float) -> None:
    drawn = draw([Told("a", 20.0, lat)], view=(7, 20.0, lat))
    bars = drawn.page.get_by_role("group", name="Scale").locator("div")
    px_per_degree = 256 * 2**7 / 360
    metres_per_px = GEOD.inv(19.995, lat, 20.005, lat)[2] / 0.01 / px_per_degree
    for bar, unit, metres in ((bars.nth(0), "km", 1000), (bars.nth(1), "nmi", 1852)):
        number, said = bar.inner_text().split()
        box = bar.bounding_box()
        assert said == unit and box
        assert abs(float(number) * metres / metres_per_px - box["width"]) < 1


def test_inside_streamlit_the_map_fills_its_frame_and_outlives_a_rerun(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """As streamlit-folium loads it: no other host is asked, a choice reaches Python, and a rerun leaves the frame as it was."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "script.py").write_text(
        "import streamlit as st\nfrom streamlit_folium import st_folium\nfrom geo.mapping.elements import event_map\n"
        "st.session_state.pressed = st.session_state.get('pressed', 0) + st.button('again')\n"
        "drawn = event_map(channel='dateline-st', columns='/dateline/columns/st', labels='/dateline/labels/st')\n"
        "told = st_folium(drawn, key='map', height=480, use_container_width=True, returned_objects=['last_active_drawing'])\n"
        "st.text(f\"chosen: {(told['last_active_drawing'] or {}).get('id')}, again: {st.session_state.pressed}\")\n"
    )
    (tmp_path / "app.py").write_text(
        f"import sys\nsys.path.insert(0, {str(ASSETS.parent.parent)!r})\nimport streamlit as st\n"
        "from tests.test_map_browser import SPREAD, Served\n"
        "served = Served()\nserved.add('st', SPREAD)\napp = st.App('pages/script.py', routes=served.app().routes)\n"
    )
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text('[browser]\ngatherUsageStats = false\n[server]\naddress = "127.0.0.1"\n')
    with serve(tmp_path, log=tmp_path / "log.txt") as running:
        page = browser.new_page(viewport={"width": 1200, "height": 800}, reduced_motion="reduce")
        request.addfinalizer(page.close)
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.url))
        page.goto(running.url)
        frame = drawn_map(page, "body")
        frame.wait_for_function("(() => { const { x, y } = map_div.getSize(); return x === innerWidth && y === 480 && innerHeight === 480; })()")
        frame.evaluate("window.before = JSON.stringify(['a', 'z'].map(window.dateline.screenXY)); window.same = true")
        x, y = frame.evaluate("(({x, y}) => [x, y])(window.dateline.screenXY('d'))")
        frame.locator("#map_div").click(position={"x": x, "y": y})
        expect(page.get_by_text("chosen: d, again: 0")).to_be_visible()
        page.get_by_role("button", name="again").click()
        expect(page.get_by_text("chosen: d, again: 1")).to_be_visible()
        assert frame.evaluate("window.same && JSON.stringify(['a', 'z'].map(window.dateline.screenXY)) === window.before")
        assert [url for url in asked if not url.startswith((running.url, "data:", "blob:"))] == []


def test_a_thumb_can_use_it(draw: Callable[..., Map]) -> None:
    """At 390 x 844: large targets, the legend folded, a generous reach, the words of a mark on a tap."""
    drawn = draw(SPREAD, size=(390, 844), touch=True)
    expect(drawn.page.get_by_role("region", name="Legend")).to_be_hidden()
    for button in drawn.page.get_by_role("button").all():
        box = button.bounding_box()
        assert box and box["width"] >= 44 and box["height"] >= 44
    x, y = drawn.at("a")
    drawn.page.touchscreen.tap(x - 19, y)
    assert drawn.wait_for("select")[0]["id"] == "a"
    expect(drawn.page.get_by_role("tooltip")).to_contain_text("First")
    assert drawn.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_map_that_nobody_touched_fits_its_events_into_a_new_size(draw: Callable[..., Map]) -> None:
    """The page may give the iframe its size late. Once someone has done something, a new size moves nothing."""
    drawn = draw(SPREAD, size=(1000, 160))
    drawn.page.set_viewport_size({"width": 700, "height": 500})
    drawn.page.wait_for_function("(() => { const z = window.dateline.screenXY('z'); return z.x > 350 && z.x < 700 && z.y > 250; })()")
    drawn.settle()  # someone scrubbed
    apart = drawn.at("z")[0] - drawn.at("a")[0]
    drawn.page.set_viewport_size({"width": 500, "height": 500})
    drawn.page.wait_for_function(f"{LEAFLET}.getSize().x === 500")  # it has taken the new size
    assert drawn.at("z")[0] - drawn.at("a")[0] == pytest.approx(apart, abs=1)
    assert abs(drawn.at("z")[0] + drawn.at("a")[0]) / 2 < 300


def test_a_revision_that_is_gone_is_said_so(draw: Callable[..., Map], served: Served, browser: Browser) -> None:
    address = served.add("gone", [])
    page = browser.new_page()
    page.route("**/dateline/columns/gone", lambda route: route.fulfill(status=404))
    page.goto(address)
    expect(page.get_by_role("status").first).to_have_text("The events could not be loaded. Reload the page to try again.")
    page.close()


def test_a_pick_reaches_leaflets_listeners_as_a_feature(draw: Callable[..., Map]) -> None:
    """streamlit-folium listens to every layer's click and hands `layer.toGeoJSON()` to Python."""
    drawn = draw(SPREAD)
    drawn.page.evaluate(
        f"() => {{ const map = {LEAFLET};"
        " map.eachLayer((layer) => layer.on('click', ({layer: one}) => { if (one) window.picked = one.toGeoJSON(); })); }"
    )
    drawn.click("d")
    picked = drawn.page.wait_for_function("window.picked").json_value()
    assert picked["id"] == "d" and picked["geometry"] == {"type": "Point", "coordinates": [44, 35]}
    assert json.loads(json.dumps(picked["properties"]))["kind"] == "rocket_attack"
