"""The map of many events in a real browser: columns that arrive in chunks, labels by the block, squares that count, pages of a stack."""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Route, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route as Endpoint

from benchmarks.drawing import served as run
from benchmarks.synthetic import DAY, NOWHERE, Columns, events, labels, packed
from geo.api.routes import map_routes
from geo.mapping.elements import event_map
from tests.test_map_browser import EPOCH_DAY, HUB, Map, Told, draw, pack, served

__all__ = ["draw", "served"]  # fixtures of the map's own harness

MANY = 6000
SYRIA = (36.0, 35.0)


def towns(*, at: int = 0, many: int = MANY) -> list[Told]:
    """Events at 40 x 40 coordinates close to one another, a day each, many to a coordinate."""
    return [Told(f"t{row:05}", SYRIA[0] + (row % 40) * 0.05, SYRIA[1] + (row // 40 % 40) * 0.05, day=at + row % 50) for row in range(many)]


def rows_of(drawn: Map, limit: int | None = None) -> list[int]:
    rows: list[int] = drawn.page.evaluate("limit => window.dateline.visibleRows(limit === null ? undefined : limit)", limit)
    return rows


def count(drawn: Map) -> int:
    return int(drawn.page.evaluate("window.dateline.visibleCount()"))


def middle_of_row(drawn: Map, row: int) -> tuple[float, float]:
    point = drawn.page.evaluate("row => window.dateline.screenXYOfRow(row)", row)
    return point["x"], point["y"]


def test_columns_in_many_chunks_are_the_columns(draw: Callable[..., Map], served: Any) -> None:
    """Eight rows a chunk, the last one odd: starts are whole again in each, and no event is lost or moved."""
    told = [Told(f"e{at:02}", None if at % 9 == 4 else 30 + at, 10 + at / 2, day=at * at, km=at, precision="district") for at in range(27)]
    name = "chunks"
    served.chunks[name] = 8
    drawn = draw(told)
    served.add(name, told)
    before = drawn.at("e26")
    drawn.post("revision", columns=f"/dateline/columns/{name}", labels=f"/dateline/labels/{name}")
    drawn.page.wait_for_function("window.dateline.ready && performance.getEntriesByName(location.origin + '/dateline/columns/chunks').length === 1")
    drawn.scrub(0, 26 * 26)
    assert drawn.ids() == [one.id for one in told] and drawn.at("e26") == before
    drawn.scrub(25, 36)
    assert drawn.ids() == ["e05", "e06"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"DLC2",
        b"<!doctype html><title>Sign in</title>",
        struct.pack("<4sIIi4i", b"DLC2", 4_000_000_000, 65_536, 0, 0, 0, 0, 0),
        struct.pack("<4sIIi4i", b"DLC2", 9, 7, 0, 0, 0, 0, 0) + bytes(180),
        struct.pack("<4sIIi4i", b"DLC2", 9, 0, 0, 0, 0, 0, 0) + bytes(180),
        pack([Told("a", 1, 1), Told("b", 2, 2)])[:-1],
    ],
)
def test_bytes_that_are_no_columns_are_refused(browser: Browser, served: Any, body: bytes) -> None:
    """Cut short, of another kind, or telling of more than a browser holds: the map says that it could not load them."""
    address = served.add("broken", [])
    page = browser.new_page()
    page.route("**/dateline/columns/broken", lambda route: route.fulfill(body=body, content_type="application/octet-stream"))
    page.goto(address)
    expect(page.get_by_role("status").first).to_have_text("The events could not be loaded. Reload the page to try again.")
    page.close()


ORACLE = events(5001)


class Synthetic:
    """A server of made-up columns, their labels by the block alone, and what was asked of it."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.blocks: list[int | None] = []

    def labels(self, request: Request) -> Response:
        block = request.query_params.get("block")
        self.blocks.append(None if block is None else int(block))
        return JSONResponse({"rows": labels(len(self.columns), None if block is None else int(block))})

    def app(self) -> Starlette:

        page = event_map(channel="dateline-size", columns="/dateline/columns/a", labels="/dateline/labels/a", basemap="/none/").get_root().render()
        body = packed(self.columns, rows=1024)
        return Starlette(
            routes=[
                Endpoint("/", lambda _: HTMLResponse(page.replace("<head>", '<head><link rel="icon" href="data:,">'))),
                Endpoint("/dateline/columns/a", lambda _: Response(body, media_type="application/octet-stream")),
                Endpoint("/dateline/labels/a", self.labels),
                *map_routes(),
            ]
        )


@pytest.fixture(scope="module")
def synthetic(browser: Browser) -> Iterator[tuple[Map, Synthetic]]:
    """A map of 5,001 made-up events: one more than those whose labels are fetched at once."""
    told = Synthetic(ORACLE)
    with run(told.app()) as url:
        page = browser.new_page(viewport={"width": 1000, "height": 600}, reduced_motion="reduce")
        page.add_init_script(HUB.replace("NAME", "'dateline-size'"))
        page.goto(url)
        page.wait_for_function("window.dateline && window.dateline.ready")
        yield Map(page), told
        page.close()


FIRST, LAST = int(ORACLE.start.min()), int(ORACLE.end.max())
EDGES = st.one_of(st.integers(FIRST - 10, LAST + 10), st.sampled_from([FIRST, LAST, int(ORACLE.start[2500]), int(ORACLE.end[2500])]))


@settings(max_examples=20)
@given(st.lists(st.tuples(EDGES, EDGES, st.sampled_from([None, 1, 2])), min_size=1, max_size=6))
def test_what_is_shown_is_what_counting_one_by_one_gives(synthetic: tuple[Map, Synthetic], steps: list[tuple[int, int, int | None]]) -> None:
    """However windows and masks follow one another, counts kept by what entered and left are those of a fresh count."""
    drawn, _ = synthetic
    for one, other, mask in steps:
        first, last = min(one, other), max(one, other)
        bits = np.ones(len(ORACLE), bool) if mask is None else np.random.default_rng(mask).random(len(ORACLE)) < 0.5
        drawn.seq += 1
        drawn.post("mask", mask=None if mask is None else base64.b64encode(np.packbits(bits, bitorder="little").tobytes()).decode())
        drawn.post("window", seq=drawn.seq, mode="window", **{"from": first, "to": last})
        drawn.page.wait_for_function("seq => window.dateline.drawn.seq === seq", arg=drawn.seq)
        shown = np.flatnonzero((ORACLE.start < last) & (ORACLE.end > first) & bits)
        assert count(drawn) == len(shown)
        assert rows_of(drawn) == shown.tolist()


def show(drawn: Map, rows: Any) -> None:
    """Let the events of a mask through, or all, in every window, and wait until the map has drawn them: only then a click finds it as it is meant."""
    drawn.post("mask", mask=None if rows is None else base64.b64encode(np.packbits(rows, bitorder="little").tobytes()).decode())
    drawn.seq += 1
    drawn.post("window", seq=drawn.seq, mode="window", **{"from": FIRST, "to": LAST})
    drawn.page.wait_for_function("seq => window.dateline.drawn.seq === seq", arg=drawn.seq)


def test_all_that_is_placed_is_counted_on_the_canvas(synthetic: tuple[Map, Synthetic]) -> None:
    """Zoomed out to all, squares and marks together hold every event that has a point."""
    drawn, _ = synthetic
    show(drawn, None)
    drawn.page.get_by_role("button", name="Zoom to all events shown").click()
    drawn.page.wait_for_function("count => window.dateline.drawn.count === count", arg=int((ORACLE.lon != NOWHERE).sum()))


def test_labels_of_many_events_come_by_the_block(synthetic: tuple[Map, Synthetic]) -> None:
    """Never all at once; a mark that is pointed at tells its words when its block has come, and the handle gives the ids that are here."""
    drawn, told = synthetic
    row = next(row for row in range(3000, 5001) if ORACLE.lon[row] != NOWHERE)
    show(drawn, np.arange(5001) == row)
    drawn.page.get_by_role("button", name="Zoom to all events shown").click()
    show(drawn, np.arange(5001) == row)  # at the new zoom
    drawn.page.mouse.move(*middle_of_row(drawn, row))
    expect(drawn.page.get_by_role("tooltip")).to_contain_text(f"Made-up event {row}:")
    assert row // 512 in told.blocks and None not in told.blocks
    assert drawn.ids() == [f"e{row}"]


def test_the_first_events_are_drawn_before_the_last_have_come(browser: Browser) -> None:
    """A header and one chunk are enough for a picture; the map is placed where the header says that all of them are."""
    told = Synthetic(ORACLE)
    with run(told.app()) as url:
        page = browser.new_page(viewport={"width": 1000, "height": 600}, reduced_motion="reduce")
        page.add_init_script(HELD)
        page.goto(url)
        page.wait_for_function("window.dateline && window.dateline.drawn.count > 0")
        assert 1024 <= page.evaluate("window.dateline.visibleCount()") < 5001
        assert not page.evaluate("window.dateline.ready")
        before = page.evaluate("window.dateline.screenXYOfRow(0)")
        page.evaluate(
            """() => {
                const [real, held] = [window.requestAnimationFrame, []];
                window.requestAnimationFrame = (frame) => held.push(frame);
                window.drawOn = () => { window.requestAnimationFrame = real; held.forEach((frame) => real(frame)); };
                window.goOn();
            }"""
        )
        page.wait_for_function("window.dateline.visibleCount() === 5001", polling=50)
        # Until the whole is drawn, what was drawn of a part is no picture of it; a microtask is all that the loading still has to do.
        assert not page.evaluate("new Promise((rest) => setTimeout(() => rest(window.dateline.ready)))")
        page.evaluate("window.drawOn()")
        page.wait_for_function("window.dateline.ready")
        assert page.evaluate("window.dateline.visibleCount()") == 5001
        assert page.evaluate("window.dateline.screenXYOfRow(0)") == before
        page.close()


# The body of the columns is handed on in two pieces; the second waits until the test says so.
HELD = """
const real = window.fetch;
window.fetch = async (url, options) => {
  const answer = await real(url, options);
  if (!String(url).includes('/columns/')) return answer;
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const go = new Promise((take) => { window.goOn = take; });
  return new Response(new ReadableStream({
    async start(stream) {
      stream.enqueue(bytes.slice(0, 25000));
      await go;
      stream.enqueue(bytes.slice(25000));
      stream.close();
    },
  }));
};
"""


def test_a_square_says_its_number_and_a_click_goes_nearer(draw: Callable[..., Map]) -> None:
    """Nothing is chosen by it; the legend and a note say what squares are."""
    drawn = draw(towns())
    expect(drawn.page.get_by_role("status").last).to_contain_text("squares count them")
    expect(drawn.page.get_by_role("region", name="Legend")).to_contain_text("Among squares no discs are drawn")
    drawn.page.mouse.move(*middle_of_row(drawn, 3000))
    tooltip = drawn.page.get_by_role("tooltip")
    expect(tooltip).to_contain_text("events in this square")
    expect(tooltip).to_contain_text("Click to zoom in")
    drawn.page.mouse.click(*middle_of_row(drawn, 3000))
    assert drawn.wait_for("view")[0]["zoom"] > 6
    assert drawn.heard("select") == []


def test_few_of_many_events_are_marks_again(draw: Callable[..., Map]) -> None:
    """What is drawn goes by what is shown: a day of a crowded store is a handful of marks with words of their own."""
    drawn = draw([*towns(), Told("alone", 36.2, 35.2, day=70, title="Alone", kind="raid")])
    assert drawn.scrub(70, 70)["count"] == 1
    expect(drawn.page.get_by_role("status").last).to_be_empty()
    drawn.page.mouse.move(*middle_of_row(drawn, MANY))
    expect(drawn.page.get_by_role("tooltip")).to_contain_text("Alone")
    drawn.page.mouse.click(*middle_of_row(drawn, MANY))
    assert drawn.wait_for("select")[0]["id"] == "alone"


def test_a_chosen_event_is_ringed_by_its_row_without_any_label(draw: Callable[..., Map]) -> None:
    """In a square as well; a row of another event or of none is not believed."""
    drawn = draw(towns())
    zoom_to = drawn.page.get_by_role("button", name="Zoom to the chosen event")
    drawn.post("select", id="t03007", selectedRow=-1)
    drawn.settle()
    expect(zoom_to).to_have_attribute("aria-disabled", "true")
    drawn.post("select", id="t03007", selectedRow=4007)
    drawn.settle()
    expect(zoom_to).to_have_attribute("aria-disabled", "false")
    before = drawn.picture()
    x, y = (round(value) for value in middle_of_row(drawn, 4007))
    assert (np.abs(before[y, x - 21 : x - 12] - np.array([0x1D, 0x21, 0x27])).max(axis=-1) <= 12).any()
    drawn.post("select", id="t03007", selectedRow=10**9)
    drawn.settle()
    expect(zoom_to).to_have_attribute("aria-disabled", "true")


def test_a_coordinate_with_841_events_lists_them_in_pages(draw: Callable[..., Map]) -> None:
    """By buttons and by keys, in the order of time, to the last; a pick tells the page which event it is."""
    drawn = draw(
        [*(Told(f"s{at:03}", *SYRIA, day=at, title=f"Stacked {at}") for at in range(841)), *(Told(f"x{at:04}", None, None) for at in range(5000))]
    )
    drawn.page.mouse.click(*middle_of_row(drawn, 0))
    items = drawn.page.get_by_role("menuitem")
    expect(drawn.page.locator(".dl-stack-title")).to_have_text("841 events at this place")
    expect(items).to_have_count(25)
    expect(items.first).to_contain_text("Stacked 0")
    expect(drawn.page.locator(".dl-stack-page")).to_have_text("Page 1 of 34")
    drawn.page.get_by_role("button", name="Next page").click()
    expect(items.first).to_contain_text("Stacked 25")
    items.first.focus()
    for _ in range(40):
        drawn.page.keyboard.press("PageDown")
    expect(drawn.page.locator(".dl-stack-page")).to_have_text("Page 34 of 34")
    expect(items).to_have_count(841 - 33 * 25)
    expect(items.first).to_be_focused()
    expect(items.last).to_contain_text("Stacked 840")
    items.last.click()
    assert drawn.wait_for("select")[0]["id"] == "s840"


def test_a_line_that_is_pressed_while_its_label_comes_is_picked(draw: Callable[..., Map]) -> None:
    """On a slow server a line is pressed as "Loading…" and let go of with its title: it is the same line."""
    drawn = draw(
        [*(Told(f"s{at}", *SYRIA, day=at, title=f"Stacked {at}") for at in range(3)), *(Told(f"x{at:04}", None, None, day=9) for at in range(5000))]
    )
    waiting: list[Route] = []
    drawn.page.route("**/dateline/labels/**", lambda route: waiting.append(route))
    drawn.page.mouse.click(*middle_of_row(drawn, 0))
    items = drawn.page.get_by_role("menuitem")
    expect(items.nth(1)).to_contain_text("Loading…")
    items.nth(1).hover()
    drawn.page.mouse.down()
    for route in waiting:
        route.continue_()
    expect(items.nth(1)).to_contain_text("Stacked 1")
    drawn.page.mouse.up()
    assert drawn.wait_for("select")[0]["id"] == "s1"


def test_labels_that_do_not_come_choose_nothing(draw: Callable[..., Map]) -> None:
    """The page knows events by their id: without it a click is no choice, and the map goes on."""
    drawn = draw([Told("far", 50.0, 30.0), *(Told(f"x{at:04}", None, None) for at in range(5000))])

    def refuse(route: Route) -> None:
        route.fulfill(status=503)

    drawn.page.route("**/dateline/labels/**", refuse)
    with drawn.page.expect_console_message(lambda message: "some labels did not come" in message.text):
        drawn.page.mouse.click(*middle_of_row(drawn, 0))
    drawn.settle()
    assert drawn.heard("select") == []
    drawn.page.unroute("**/dateline/labels/**")
    drawn.page.mouse.click(*middle_of_row(drawn, 0))
    assert drawn.wait_for("select")[0]["id"] == "far"


def test_squares_across_the_antimeridian_are_drawn_and_counted_once(draw: Callable[..., Map]) -> None:
    """Half of the events on either side of 180 degrees: both halves are seen, and the number on the canvas is that of the events."""
    told = [Told(f"p{row:05}", 179.0 + (row % 40) * 0.05 - (360 if row % 40 > 19 else 0), 10 + (row // 40 % 40) * 0.05) for row in range(MANY)]
    drawn = draw(told, view=(7, 180.0, 11.0))
    assert drawn.page.evaluate("window.dateline.drawn.count") == MANY
    picture = drawn.picture()
    background = picture[30, 300]
    for side in (440, 560):
        assert (np.abs(picture[200:400, side] - background).max(axis=-1) > 20).mean() > 0.5


def test_short_numbers_are_three_or_four_characters(draw: Callable[..., Map]) -> None:
    """As a person would say them, and never 1000k."""
    drawn = draw([Told("a", 1, 1)])
    numbers = [1, 999, 1000, 1049, 1234, 9940, 9960, 12_345, 999_499, 999_500, 1_234_567, 12_345_678]
    said = drawn.page.evaluate("numbers => numbers.map(window.datelineParts.shortNumber)", numbers)
    assert said == ["1", "999", "1k", "1k", "1.2k", "9.9k", "10k", "12k", "999k", "1M", "1.2M", "12M"]


def test_rows_are_ordered_by_a_key_of_32_bits(draw: Callable[..., Map]) -> None:
    """Few by comparing, many by counting: the same order, equal keys as they came."""
    drawn = draw([Told("a", 1, 1)])
    for number in (0, 1, 500, 20_000):
        assert drawn.page.evaluate(ORDERED, number)


ORDERED = """number => {
  let seed = 11;
  const keys = Uint32Array.from({ length: number }, () => (seed = (seed * 48271) % 2147483647, seed % 3 ? (seed * 2) >>> 0 : 7));
  const got = window.datelineParts.orderBy(number, (at) => keys[at]);
  const want = [...keys.keys()].sort((a, b) => keys[a] - keys[b] || a - b);
  return got.length === number && want.every((at, i) => got[i] === at);
}"""


def test_a_phone_opens_a_square_with_a_tap(draw: Callable[..., Map]) -> None:
    """At 390 x 844, where nothing hovers."""
    drawn = draw(towns(), size=(390, 844), touch=True)
    drawn.page.touchscreen.tap(*middle_of_row(drawn, 3000))
    assert drawn.wait_for("view")[0]["zoom"] > 5
    assert drawn.heard("select") == []


def test_a_wide_map_that_moves_opens_on_its_events(browser: Browser, served: Any) -> None:
    """With animations, and wider than the world at the zoom that it is made with: nothing takes it back to the world."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="no-preference")
    page.goto(served.add("wide", towns(many=60)))
    page.wait_for_function("window.dateline && window.dateline.ready")
    page.wait_for_function("!document.querySelector('.leaflet-zoom-anim')")
    apart = page.evaluate("window.dateline.screenXY('t00039').x - window.dateline.screenXY('t00000').x")
    page.close()
    assert apart > 400


def test_days_are_where_the_harness_says() -> None:
    """The oracle's own columns are what the protocol wants: sorted, with ends after starts."""
    assert (np.diff(ORACLE.start) >= 0).all() and (ORACLE.end > ORACLE.start).all()
    assert len(packed(ORACLE)) == 32 + 20 * len(ORACLE) and EPOCH_DAY * DAY > 0


def test_the_same_size_gives_the_same_events() -> None:
    """Made-up events are made up once and for all."""
    assert packed(events(1000)) == packed(events(1000))
