"""The desk of the Review page in a real browser: bulk, merging, splitting, undo, a grown blog's differences, the command and a watch beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from geo.ingest.desk import taking
from geo.ingest.desk.folder import DeskFolder
from geo.ingest.desk.growing import Given
from tests.conftest import ROOT
from tests.driving import serious
from tests.incidents import SEED
from tests.review_blogs import FIRST, GROWN, PUBLISHED, REWORDED, empty_store, read, source
from tests.serving import App
from tests.test_review_browser import cards, give

SIZES = ((1440, 900), (1024, 768), (390, 844))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return empty_store(tmp_path / "events.geojson")


def features(store: Path) -> list[dict[str, Any]]:
    return json.loads(store.read_text(encoding="utf-8"))["features"]  # type: ignore[no-any-return]


def laid(store: Path, text: str, address: str = "") -> None:
    """Have a blog lie on the desk."""
    taking.take(
        DeskFolder(store), source(text, address=address or "pasted"), Given("Hodeidah live", address, "Gulf Wire", PUBLISHED, None), read=read
    )


def card(page: Page, words: str) -> Locator:
    return page.locator(".dl-rev-card", has_text=words)


def tab(page: Page, name: str) -> Locator:
    return page.locator(f"[data-tab={name}]")


def test_several_are_decided_at_once_and_taken_back(page: Page, store: Path, serve_store: Callable[[Path], App]) -> None:
    """All that have a place are selected and accepted by one write, which one key takes back; what has none waits."""
    laid(store, FIRST)
    app = serve_store(store)
    page.goto(f"{app.url}/review")
    expect(tab(page, "open")).to_have_text("To decide (5)", timeout=180_000)  # the first time on a machine, the index of places is made
    page.get_by_role("button", name="Select placed (4)").click()
    expect(page.locator(".dl-rev-box:checked")).to_have_count(4)
    page.get_by_role("button", name="Accept 4").click()
    expect(tab(page, "accepted")).to_have_text("Accepted (4)")
    expect(page.locator(".dl-rev-said")).to_contain_text("Accepted 4 proposals")
    assert len(features(store)) == 4 and all(one["geometry"] for one in features(store))
    expect(page.locator(".dl-rev-card")).to_have_count(1)
    expect(page.locator(".dl-rev-card")).to_contain_text("Not on the map")
    page.locator(".dl-rev-card").focus()
    page.keyboard.press("u")
    expect(tab(page, "open")).to_have_text("To decide (5)")
    assert features(store) == []
    page.get_by_role("button", name="Select all (5)").click()
    page.get_by_role("button", name="Reject 5").click()
    expect(tab(page, "rejected")).to_have_text("Rejected (5)")
    page.locator(".dl-rev-said").get_by_role("button", name="Undo").click()
    expect(tab(page, "open")).to_have_text("To decide (5)")


def test_proposals_are_merged_split_and_unlinked(page: Page, store: Path, serve_store: Callable[[Path], App]) -> None:
    """Two become one by keys and are parted again; a telling that was linked wrongly is split off, and is accepted without the others."""
    laid(store, FIRST)
    app = serve_store(store)
    page.goto(f"{app.url}/review")
    mine, mortar = card(page, "Attack on a ship"), card(page, "Durayhimi")
    for one in (mortar, mine):
        one.focus()
        page.keyboard.press("x")
        expect(one.locator(".dl-rev-box")).to_be_checked()
    page.keyboard.press("m")
    expect(tab(page, "open")).to_have_text("To decide (4)")
    merged = page.locator(".dl-rev-card", has_text="told in 2 passages").filter(has=page.locator("blockquote", has_text="sea mine"))
    expect(merged).to_have_count(1)
    expect(page.locator(".dl-rev-box:checked")).to_have_count(0)
    merged.locator("summary").click()
    merged.locator("li", has_text="sea mine").get_by_role("button", name="Split off").click()
    expect(tab(page, "open")).to_have_text("To decide (5)")
    strike = page.locator(".dl-rev-card", has=page.locator("blockquote", has_text="An air strike hit a workshop"))
    tellings = strike.locator(".dl-rev-tellings > li")
    count = tellings.count()
    assert count > 1
    strike.locator("summary").click()
    expect(strike).to_contain_text("Taken for the same incident:")
    wrong = tellings.last.locator("blockquote").inner_text()
    tellings.last.get_by_role("button", name="Split off").click()
    expect(tab(page, "open")).to_have_text("To decide (6)")
    expect(tellings).to_have_count(count - 1)
    strike.focus()
    page.keyboard.press("a")
    expect(tab(page, "accepted")).to_have_text("Accepted (1)")
    (feature,) = features(store)
    assert wrong not in {passage["exact"] for passage in feature["properties"]["passages"]}


def test_a_grown_blog_shows_what_changed_and_what_it_speaks_against(page: Page, store: Path, serve_store: Callable[[Path], App]) -> None:
    """Only what is new is new; the reworded update shows what went out and came in; the correction leads to its event, and is dealt with."""
    app = serve_store(store)
    page.goto(f"{app.url}/review")
    give(page, FIRST)
    page.get_by_role("button", name="Select all (5)").click()
    page.get_by_role("button", name="Accept 5").click()
    expect(tab(page, "accepted")).to_have_text("Accepted (5)")
    give(page, REWORDED)
    expect(page.get_by_text("again: 2 new updates, 1 update reworded")).to_be_visible()
    expect(page.locator(".dl-rev-card")).to_have_count(2)
    expect(page.locator(".dl-rev-badge.is-new")).to_have_count(2)
    earlier = page.locator(".dl-rev-earlier")
    earlier.locator("summary").click()
    expect(earlier.locator("del")).to_contain_text("14")
    expect(earlier.locator("ins")).to_contain_text("15")
    warning = page.locator(".dl-rev-notice li", has_text="The blog corrects")
    expect(warning.get_by_role("button", name="Attack on a ship, off Hodeidah")).to_be_visible()
    warning.get_by_role("button", name="Dealt with").click()
    expect(warning).to_have_count(0)
    gone = page.locator(".dl-rev-notice li", has_text="has gone or was reworded")
    gone.get_by_role("button", name="Air strike").click()
    expect(page.locator(".st-key-detail")).to_contain_text("Air strike")


def test_the_command_lays_proposals_on_the_page_that_is_open(page: Page, store: Path, serve_store: Callable[[Path], App], tmp_path: Path) -> None:
    """What the command reads appears without a reload; what was rejected stays rejected when it reads the grown file."""
    blog = tmp_path / "hodeidah.txt"

    def command(text: str) -> str:
        blog.write_text(text, encoding="utf-8")
        words = ["ingest", str(blog), "--published", str(PUBLISHED), "--into", str(store), "--as-candidates", "--name", "Hodeidah live"]
        done = subprocess.run([sys.executable, "-m", "geo", *words], cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=True)
        return done.stderr

    app = serve_store(store)
    page.goto(f"{app.url}/review")
    expect(page.locator(".st-key-review_form_box textarea")).to_be_visible()
    assert "5 proposals to decide" in command(FIRST)
    expect(page.locator(".dl-rev-head h2")).to_have_text("Hodeidah live")
    card(page, "Durayhimi").focus()
    page.keyboard.press("r")
    expect(tab(page, "rejected")).to_have_text("Rejected (1)")
    said = command(GROWN)
    assert "1 of them new" in said and "1 incident decided before" in said
    expect(page.locator(".dl-rev-badge.is-new")).to_have_count(1)
    expect(page.locator(".dl-rev-card").first).to_contain_text("Zabid")
    expect(tab(page, "rejected")).to_have_text("Rejected (1)")


def test_a_watched_address_says_how_it_stands(page: Page, store: Path, serve_store: Callable[[Path], App]) -> None:
    """A blog with an address can be watched; the page then says by itself when it was tried, with the error, and when it is tried next."""
    laid(store, FIRST, "http://127.0.0.1:9/live")  # of a private network, which is never asked: the try fails at once
    app = serve_store(store)
    page.goto(f"{app.url}/review")
    page.get_by_label("Watch the address").select_option(label="Read again every 5 min")
    expect(page.locator(".dl-rev-said")).to_contain_text("every 5 minutes")
    expect(page.locator(".dl-rev-head")).to_contain_text("The last try failed")
    expect(page.locator(".dl-rev-head")).to_contain_text("Next try at")
    page.get_by_label("Watch the address").select_option(label="Not watched")
    expect(page.locator(".dl-rev-head")).not_to_contain_text("The last try failed")
    page.get_by_role("button", name="Read again now").click()
    expect(page.locator(".dl-rev-said.is-bad")).to_contain_text("127.0.0.1")


def test_every_state_is_for_all(page: Page, store: Path, serve_store: Callable[[Path], App]) -> None:
    """axe finds nothing serious on the empty page, an error, the desk with all unfolded and the form open, in both themes at three sizes."""
    laid(store, FIRST)
    kept = DeskFolder(store).load()
    DeskFolder(store).change(lambda desk: replace(desk, blogs=()))
    app = serve_store(store)

    def look(state: str) -> None:
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            for width, height in SIZES:
                page.set_viewport_size({"width": width, "height": height})
                assert serious(page, ".st-key-review") == [], (state, theme, width)
                page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")

    page.goto(f"{app.url}/review")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".dl-rev-notice.is-bad")).to_contain_text("day of publication")
    look("an error on the empty page")
    DeskFolder(store).change(lambda _: kept)
    first = page.locator(".dl-rev-card").first
    expect(first).to_be_visible(timeout=180_000)
    page.evaluate("for (const one of document.querySelectorAll('.dl-review_view details')) one.open = true")
    first.focus()
    page.keyboard.press("x")
    page.keyboard.press("c")
    expect(page.locator(".dl-rev-form input[name=title]")).to_be_focused()
    look("a proposal selected, unfolded and changed")


@pytest.mark.skipif(not SEED.exists(), reason="the source itself is not part of the project")
def test_the_source_is_read_and_decided_on_by_keyboard_alone(page: Page, store: Path, serve_store: Callable[[Path], App]) -> None:
    """From the form to an accepted strike with its five updates, without a mouse."""
    app = serve_store(store)
    page.goto(f"{app.url}/review")
    text = page.locator(".st-key-review_form_box textarea")
    expect(text).to_be_visible()

    def tab_to(target: Locator) -> None:
        for _ in range(40):
            if target.evaluate("one => one === document.activeElement || one.contains(document.activeElement)"):
                return
            page.keyboard.press("Tab")
        raise AssertionError("the Tab key does not lead there")

    tab_to(text)
    page.keyboard.insert_text(SEED.read_text(encoding="utf-8"))
    tab_to(page.locator(".st-key-review_form_box [role=spinbutton][data-type=year]"))
    page.keyboard.type("20210304")
    page.keyboard.press("Escape")  # the calendar
    tab_to(page.get_by_role("button", name="Read it"))
    page.keyboard.press("Enter")
    expect(page.locator(".dl-rev-card:focus")).to_have_count(1, timeout=180_000)  # on to what it proposes
    assert len(cards(page)) >= 15
    strike = page.locator(".dl-rev-card").filter(has_text="at least 22").filter(has_text="a handful")
    expect(strike).to_have_count(1)
    titles = page.locator(".dl-rev-card").evaluate_all("cards => cards.map(one => one.dataset.card)")
    page.keyboard.press("Home")
    for _ in range(titles.index(strike.get_attribute("data-card"))):
        page.keyboard.press("ArrowDown")
    expect(strike).to_be_focused()
    page.keyboard.press("Enter")
    expect(strike.locator("details")).to_have_attribute("open", "")
    page.keyboard.press("a")
    expect(tab(page, "accepted")).to_have_text("Accepted (1)")
    expect(page.locator(".dl-rev-card:focus")).to_have_count(1)
    (feature,) = features(store)
    assert len(feature["properties"]["updates"]) == 5
