"""What a person does on the map page, for the browser tests."""

from __future__ import annotations

from importlib.resources import files

from playwright.sync_api import Frame, Locator, Page

from tests.serving import App


def open_map(page: Page, app: App, query: str = "") -> Frame:
    """Open the map page and wait until its events are drawn and all of it stands where it stays; gives the map's frame."""
    page.goto(f"{app.url}/{query}")
    page.wait_for_selector(".st-key-scrubber [role=slider]")
    frame = drawn_map(page)
    at_rest(page)
    return frame


def at_rest(page: Page) -> None:
    """Wait until no run is under way, nothing fades, and two frames more.

    Till then Streamlit dims what the run has not drawn anew, so that colours are others, and what the run brought may not be drawn.
    """
    page.wait_for_function(
        """document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
            && !document.querySelector('[data-stale=true]')
            && document.getAnimations().every((each) => each.playState !== 'running' || each.effect.getComputedTiming().endTime === Infinity)"""
    )
    page.evaluate("document.fonts.ready.then(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn()))))")


def drawn_map(page: Page, within: str = ".st-key-map") -> Frame:
    """Wait until the map of this page has drawn its events, and the page's own has heard what is to be shown of them; gives its frame."""
    # The locator finds the frame anew until its document is the map's; a frame taken before that would wait in a document that is gone.
    page.frame_locator(f"{within} iframe").locator(".dl-map:not(.dl-waiting)").wait_for()
    frame = map_frame(page, within)
    told = "true" if within != ".st-key-map" else "window.dateline.window().from !== null"  # before that it shows all that there is
    frame.wait_for_function(f"window.dateline && window.dateline.ready && {told}")
    return frame


def map_frame(page: Page, within: str = ".st-key-map") -> Frame:
    """The frame that the map is in. Of a page that was opened just now it may hold another document in a moment: see `drawn_map`."""
    element = page.wait_for_selector(f"{within} iframe")
    frame = element.content_frame() if element else None
    assert frame, "the map has no frame"
    return frame


def visible_ids(frame: Frame) -> list[str]:
    """The events that the map shows, placed or not."""
    ids: list[str] = frame.evaluate("window.dateline.visibleIds()")
    return ids


def unfold(part: Locator) -> None:
    """Open everything in a part of the page that is folded, and what that brings to light."""
    folded = part.locator("details:not([open]) > summary:visible, button[aria-expanded=false]:visible")
    while folded.count():
        folded.first.click()


def serious(page: Page, part: str) -> list[str]:
    """What axe-core finds serious or critical in the part of a page that a selector names."""
    at_rest(page)
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text())
    found = page.evaluate("(part) => axe.run(part).then((result) => result.violations)", part)
    return [f"{each['id']}: {node['html']}" for each in found if each["impact"] in ("serious", "critical") for node in each["nodes"]]
