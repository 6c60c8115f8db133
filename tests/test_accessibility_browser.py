"""axe-core on every page and state, in both themes: nothing serious, nothing critical."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.driving import at_rest, open_map, unfold
from tests.serving import App

STRIKE = "abu-kamal-border-strike-2021-02-26"
SIZES = {"wide": (1440, 900), "phone": (390, 844)}


def open_list(page: Page, app: App) -> None:
    """The map page as it opens."""
    open_map(page, app)


def open_detail(page: Page, app: App) -> None:
    """The detail of an event, with everything in it unfolded."""
    open_map(page, app, f"?event={STRIKE}")
    expect(page.locator(".st-key-detail h2").first).to_be_visible()
    unfold(page.locator(".st-key-detail"))


def open_filter(page: Page, app: App) -> None:
    """A filter's values on the screen."""
    open_map(page, app)
    page.locator(".st-key-filters button[aria-expanded=false]:visible").first.click()


def open_rings(page: Page, app: App) -> None:
    """The ring tool with a ring drawn."""
    open_map(page, app, "?ring=42.441,33.786,50,km")
    page.get_by_role("tab", name="Range rings").click()
    expect(page.locator(".st-key-rings")).to_contain_text("50 km")


def open_nothing(page: Page, app: App) -> None:
    """No event is left."""
    open_map(page, app, "?text=nothing+says+this")


def open_updates(page: Page, app: App) -> None:
    """The updates page."""
    page.goto(f"{app.url}/updates")
    expect(page.locator(".st-key-updates h1")).to_be_visible()


def open_method(page: Page, app: App) -> None:
    """The method page."""
    page.goto(f"{app.url}/method")
    expect(page.locator(".st-key-method h1")).to_be_visible()


def open_import(page: Page, app: App) -> None:
    """The import page with a file looked at, one row of it set aside, and its columns unfolded."""
    page.goto(f"{app.url}/import")
    page.wait_for_selector("[data-testid=stFileUploaderDropzone]")
    body = b"lon,lat,date,name\n44.1,33.2,2021-02-26,A fire\n0,0,2021-02-26,Another\n"
    page.set_input_files("input[type=file]", {"name": "fires.csv", "mimeType": "text/csv", "buffer": body})
    expect(page.locator(".dl-imp-list > li")).to_have_count(1)
    unfold(page.locator(".st-key-import"))


STATES: dict[str, Callable[[Page, App], None]] = {
    "list": open_list,
    "detail": open_detail,
    "filter": open_filter,
    "rings": open_rings,
    "nothing": open_nothing,
    "updates": open_updates,
    "method": open_method,
    "import": open_import,
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_axe_finds_nothing_serious(browser: Browser, app: App, size: str, scheme: str) -> None:
    """Every state of every page, the map's own frame included."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, has_touch=size == "phone")  # type: ignore[arg-type]
    page = context.new_page()
    found: list[str] = []
    for name, arrange in STATES.items():
        arrange(page, app)
        at_rest(page)
        for frame in page.frames:
            violations = Axe().run(frame).response["violations"]  # type: ignore[arg-type]
            found += [
                f"{name}: {violation['id']} ({violation['impact']}): {node['target']} {node.get('failureSummary', '')[:200]}"
                for violation in violations
                if violation["impact"] in ("serious", "critical")
                for node in violation["nodes"][:3]
            ]
    context.close()
    assert not found, "\n".join(found)
