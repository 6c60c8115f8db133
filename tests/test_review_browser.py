"""The Review page in a real browser: a pasted blog, decided on by keyboard, on the map; and its grown version."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from geo.ingest.desk import taking
from geo.ingest.desk.folder import DeskFolder
from geo.ingest.desk.growing import Given
from tests.conftest import ROOT
from tests.driving import drawn_map, serious
from tests.review_blogs import FIRST, GROWN, PUBLISHED, REWORDED, empty_store, read, source
from tests.serving import App, serve

HOSTILE = FIRST.replace("An air strike hit", "<img src=x onerror='window.pwned=1'><script>window.pwned=1</script> An air strike hit")

# The page alone, in a Dateline that only reads.
READING = """
import os
import sys

os.environ["DATELINE_READ_ONLY"] = "1"
sys.path.insert(0, {root!r})
from geo.ui import frame, review_page

review_page.draw(frame.collection_or_explain())
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return empty_store(tmp_path / "events.geojson")


def give(page: Page, text: str, day: str = "2018-11-10") -> None:
    """Paste a blog and have it read."""
    box = page.locator(".st-key-review_form_box")
    expect(box.locator("summary")).to_be_visible()
    if box.locator("details[open]").count() == 0:
        box.locator("summary").focus()
        page.keyboard.press("Enter")
    expect(box.locator("textarea")).to_be_visible()
    box.locator("textarea").fill(text)
    box.locator("[role=spinbutton][data-type=year]").focus()
    page.keyboard.type(day.replace("-", ""))
    page.keyboard.press("Escape")  # the calendar
    page.get_by_role("button", name="Read it").click()
    # It folds when the blog is read; the first time on a machine, the index of places is made before that.
    expect(box.locator("textarea:visible")).to_have_count(0, timeout=180_000)


def cards(page: Page) -> list[str]:
    """The titles of the proposals that are shown."""
    return page.locator(".dl-rev-card h3").all_inner_texts()


def test_a_blog_is_read_decided_on_by_keyboard_and_read_again(page: Page, store: Path, serve_store: Callable[[Path], App]) -> None:
    """Pasted, one accepted with a key, another rejected, the event seen on the map; the grown blog proposes only what is new as new."""
    app = serve_store(store)
    page.goto(f"{app.url}/review")
    give(page, FIRST)
    strike = page.locator(".dl-rev-card", has_text="in the east of Hodeidah")
    expect(strike).to_be_visible()
    first = page.locator(".dl-rev-card").first
    first.focus()
    for _ in range(cards(page).index(strike.locator("h3").inner_text())):
        page.keyboard.press("j")
    expect(strike).to_be_focused()
    expect(page.locator("mark.is-told", has_text="An air strike hit a workshop")).to_be_visible()
    count = len(cards(page))
    page.keyboard.press("a")
    expect(page.locator(".dl-rev-card")).to_have_count(count - 1)
    expect(page.locator(".dl-rev-card:focus")).to_have_count(1)
    page.keyboard.press("r")
    expect(page.locator("[data-tab=rejected]")).to_have_text("Rejected (1)")
    (feature,) = json.loads(store.read_text(encoding="utf-8"))["features"]
    give(page, GROWN)
    expect(page.locator(".dl-rev-badge.is-new")).to_have_count(1)
    expect(page.locator(".dl-rev-card").first).to_contain_text("Zabid")
    expect(page.locator("[data-tab=accepted]")).to_have_text("Accepted (1)")
    page.locator("[data-tab=accepted]").click()
    page.locator(".dl-rev-card").get_by_role("button", name="See it on the map").click()
    frame = drawn_map(page)
    frame.wait_for_function("(id) => JSON.stringify(window.dateline.visibleIds()) === JSON.stringify([id])", arg=feature["id"])
    expect(page.locator(".st-key-detail")).to_contain_text("UPDATE, NOV 9")


def test_the_page_is_for_all_and_hostile_text_stays_text(page: Page, store: Path, serve_store: Callable[[Path], App]) -> None:
    """axe finds nothing serious with everything unfolded; markup in a blog is shown, not run; a change is made by keyboard."""
    app = serve_store(store)
    page.goto(f"{app.url}/review")
    give(page, HOSTILE)
    expect(page.locator(".dl-rev-card").first).to_be_visible()
    give(page, REWORDED.replace("An air strike hit", "<b>An</b> air strike hit"))
    expect(page.locator(".dl-rev-earlier").first).to_be_visible()
    page.evaluate("for (const one of document.querySelectorAll('.dl-review_view details')) one.open = true")
    first = page.locator(".dl-rev-card").first
    first.focus()
    page.keyboard.press("c")
    title = page.locator(".dl-rev-form input[name=title]")
    expect(title).to_be_focused()
    assert serious(page, ".st-key-review") == []
    title.fill("In words of my own")
    page.keyboard.press("Enter")
    expect(page.locator(".dl-rev-card h3").first).to_have_text("In words of my own")
    expect(page.locator(".dl-rev-form")).to_have_count(0)
    expect(first).to_be_focused()
    page.keyboard.press("c")
    page.locator(".dl-rev-form input[name=lon]").fill("400")
    page.keyboard.press("Enter")
    expect(page.locator(".dl-rev-form [role=alert]")).to_contain_text("lon")
    expect(page.locator(".dl-rev-form input[name=lon]")).to_have_value("400")
    page.keyboard.press("Escape")
    expect(first).to_be_focused()
    assert page.evaluate("window.pwned") is None and page.locator(".dl-review_view :is(img, script)").count() == 0


def test_a_reader_can_press_nothing(page: Page, store: Path, tmp_path: Path) -> None:
    """With DATELINE_READ_ONLY the desk is shown without a form, a box or a button that decides, and says why; its keys do nothing."""
    taking.take(DeskFolder(store), source(FIRST), Given("Hodeidah live", "", "Gulf Wire", PUBLISHED, None), read=read)
    folder = tmp_path / "reading"
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    (folder / "main.py").write_text(READING.format(root=str(ROOT)), encoding="utf-8")
    with serve(folder, log=tmp_path / "reading.txt", store=store, script="main.py") as app:
        page.goto(app.url)
        first = page.locator(".dl-rev-card").first
        expect(first).to_be_visible()
        expect(page.get_by_text("You can look, not decide.")).to_be_visible()
        assert page.locator(".dl-rev-box, [data-act], .st-key-review_form_box").count() == 0
        count = len(cards(page))
        first.focus()
        for key in "arcxmu":
            page.keyboard.press(key)
        page.keyboard.press("Enter")
        expect(first.locator("details")).to_have_attribute("open", "")
        # Messages are answered in their order: when this one has been, so would have been those of the keys.
        page.locator("[data-tab=rejected]").click()
        expect(page.locator("[data-tab=rejected]")).to_have_attribute("aria-pressed", "true")
        expect(page.locator("[data-tab=rejected]")).to_have_text("Rejected (0)")
        page.locator("[data-tab=open]").click()
        expect(page.locator(".dl-rev-card")).to_have_count(count)
        expect(page.locator(".dl-rev-form")).to_have_count(0)
