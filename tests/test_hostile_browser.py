"""A store in which every text is hostile, walked through in a real browser: nothing runs, nothing is loaded, nothing goes blank."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from tests.driving import at_rest, drawn_map, map_frame, open_map, unfold
from tests.hostile import PAYLOADS, SINKS, hostile_store
from tests.serving import App


@dataclass
class Watch:
    """What a page did that it must not do."""

    context: BrowserContext
    page: Page
    foreign: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    text: str = ""

    def look(self) -> None:
        """Gather the text of the page and of its frames, attribute values that are spoken included."""
        for frame in self.page.frames:
            self.text += frame.evaluate(
                "() => document.body.innerText + ' ' + [...document.querySelectorAll('[aria-label],[title],[placeholder],option')]"
                ".map((e) => [e.ariaLabel, e.title, e.placeholder, e.textContent].join(' ')).join(' ')"
            )

    def seen(self) -> set[tuple[str, str]]:
        """The (sink, payload) pairs whose text was on the screen."""
        return set(re.findall(r"\[([a-z._]+)\|([a-z-]+)\]", self.text))

    def hits(self) -> int:
        """How often a payload ran."""
        return int(self.page.evaluate("window.__hits || 0"))


@pytest.fixture
def watch(page: Page) -> Iterator[Watch]:
    """A page that is watched for dialogs, for requests to other hosts, and for script errors."""
    watching = Watch(page.context, page)
    page.on("dialog", lambda dialog: (watching.dialogs.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: watching.errors.append(str(error)))
    local = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:")
    page.context.on("request", lambda request: None if request.url.startswith(local) else watching.foreign.append(request.url))
    return watching


def assert_nothing_happened(watching: Watch) -> None:
    """0 runs, 0 dialogs, 0 foreign requests, 0 script errors."""
    assert watching.hits() == 0
    assert watching.dialogs == []
    assert watching.foreign == []
    assert watching.errors == []


def test_no_payload_runs_anywhere(watch: Watch, serve_store: Callable[[Path], App], tmp_path: Path) -> None:
    """Twenty payloads in twenty-two kinds of text, on every page and in every place that shows them."""
    app = serve_store(hostile_store(tmp_path))
    walk_map(watch, app)
    walk_details(watch)
    walk_rings(watch)
    for path in ("updates", "method"):
        watch.page.goto(f"{app.url}/{path}")
        expect(watch.page.locator(f".st-key-{path}")).to_contain_text("[")
        at_rest(watch.page)
        unfold(watch.page.locator(f".st-key-{path}"))
        watch.look()
        assert_nothing_happened(watch)
    shown = watch.seen()
    missing = {(sink, name) for sink in SINKS for name in PAYLOADS} - shown
    # A map label is drawn on a canvas, where there is no text to read; all other texts were on the screen with every payload.
    assert not missing, sorted(missing)[:20]


def walk_map(watch: Watch, app: App) -> None:
    """The list, the tray, the filters with all their values, the legend, tooltips and a stack."""
    frame = open_map(watch.page, app)
    side = watch.page.locator(".st-key-side")
    expect(side.locator("[data-event-id]").first).to_be_visible()
    expect(watch.page.locator(".st-key-filters button[aria-expanded]:visible").first).to_be_visible()
    watch.look()
    unfold(side)
    watch.look()
    for button in watch.page.locator(".st-key-filters button[aria-expanded]").all():
        if not button.is_visible():
            continue
        button.click()
        expect(button).to_have_attribute("aria-expanded", "true")
        watch.look()
        watch.page.keyboard.press("Escape")
    hover_marks(watch, frame)
    assert_nothing_happened(watch)


def hover_marks(watch: Watch, frame: Frame) -> None:
    """Point at each mark in turn, so that its tooltip comes up."""
    for id_ in frame.evaluate("window.dateline.visibleIds()"):
        spot = frame.evaluate("(id) => window.dateline.screenXY(id)", id_)
        if spot:
            watch.page.mouse.move(0, 0)
            expect(frame.get_by_role("tooltip")).to_be_hidden()  # that of the mark before
            frame.locator("#map_div").hover(position=spot)
            expect(frame.get_by_role("tooltip")).to_be_visible()
            watch.look()


def walk_details(watch: Watch) -> None:
    """The detail of every event, one after the other, each opened from the list by keyboard."""
    side = watch.page.locator(".st-key-side")
    side.locator("[data-event-id]").first.press("Enter")
    for number in range(len(PAYLOADS)):
        expect(watch.page.locator(".st-key-detail h2").first).to_be_visible()
        at_rest(watch.page)
        unfold(side)
        watch.look()
        assert_nothing_happened(watch)
        if number < len(PAYLOADS) - 1:
            before = watch.page.locator(".st-key-detail h2").first.inner_text()
            side.get_by_role("button", name=re.compile("^Next")).first.click()
            expect(watch.page.locator(".st-key-detail h2").first).not_to_have_text(before)


def walk_rings(watch: Watch) -> None:
    """The rings of the store with their notes, and the choice of sites."""
    watch.page.get_by_role("tab", name=re.compile("Range rings")).click()
    expect(watch.page.locator(".st-key-rings")).to_contain_text("[ring.label|")
    at_rest(watch.page)
    unfold(watch.page.locator(".st-key-ring_tool_view"))
    watch.look()
    assert_nothing_happened(watch)


def test_the_map_is_not_blank_under_hostile_text(watch: Watch, serve_store: Callable[[Path], App], tmp_path: Path) -> None:
    """Every event that has a point is drawn."""
    frame = open_map(watch.page, serve_store(hostile_store(tmp_path)))
    assert frame.evaluate("window.dateline.drawn.count") == len(PAYLOADS) - 1
    assert map_frame(watch.page) is frame


def test_links_lead_to_http_addresses_only(watch: Watch, serve_store: Callable[[Path], App], tmp_path: Path) -> None:
    """No link of any page has another scheme, and each opens apart from the app."""
    app = serve_store(hostile_store(tmp_path))
    open_map(watch.page, app)
    watch.page.locator(".st-key-side [data-event-id]").first.press("Enter")
    expect(watch.page.locator(".st-key-detail a").first).to_be_visible()
    for path in (None, "updates", "method"):
        if path:
            watch.page.goto(f"{app.url}/{path}")
            expect(watch.page.locator(f".st-key-{path}")).to_contain_text("[")
        at_rest(watch.page)
        links = watch.page.locator(".dl a[href]").evaluate_all("(all) => all.map((a) => [a.protocol, a.target, a.rel])")
        for protocol, target, rel in links:
            assert protocol in ("http:", "https:")
            assert target != "_blank" or "noopener" in rel


@pytest.mark.parametrize("name", list(PAYLOADS))
def test_a_hostile_address_is_inert(watch: Watch, app: App, name: str) -> None:
    """What somebody puts into a link that others open."""
    payload = PAYLOADS[name]
    query = [(key, payload) for key in ("text", "kind", "actor", "update", "event", "ring", "map", "base", "mode", "from", "known", "precision")]
    watch.page.goto(f"{app.url}/?{urlencode(query)}")
    expect(watch.page.locator(".st-key-summary")).to_contain_text("of 17 events")
    drawn_map(watch.page)
    at_rest(watch.page)
    assert_nothing_happened(watch)
