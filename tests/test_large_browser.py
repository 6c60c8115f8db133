"""A store of many events in the real app: what is counted, what is sent, and what a person does with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from geo.filters import EventFilter
from geo.store.parquet_file import ParquetStore
from geo.store.parquet_writing import write_parquet
from tests.conftest import ROOT
from tests.driving import at_rest, drawn_map
from tests.factories import event, snapshot, update
from tests.serving import App, serve

COUNT = 21_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[App, Path]]:
    """The app over a GeoParquet store of more events than one button takes, spread over twenty years and a province."""
    folder = tmp_path_factory.mktemp("large")
    path = folder / "large.parquet"
    features = [
        event(
            f"e-{number:05}",
            at=None if number % 1000 == 7 else (38 + number % 97 / 50, 34 + number % 89 / 50),
            start=f"{2000 + number // 1050}-{1 + number % 12:02}-{1 + number % 28:02}",
            kind="air_strike" if number % 3 else "shelling",
            title=f"Event {number} {'of note' if number % 500 == 0 else ''}",
        )
        for number in range(COUNT)
    ]
    held = snapshot(features, [update()])
    write_parquet(path, events=held.events, updates=held.updates.values(), about={"title": "Large"})
    with serve(ROOT, log=folder / "log.txt", store=path) as app:
        yield app, path


def test_a_large_store_is_counted_scrubbed_paged_and_taken_away(page: Page, large: tuple[App, Path]) -> None:
    """The map draws squares, the list is paged, a text finds its events, and the export is sent by the server."""
    app, path = large
    held = ParquetStore(path).snapshot()
    page.goto(app.url)
    summary = page.locator(".st-key-summary")
    expect(summary).to_contain_text("21,000 of 21,000 events")
    expect(summary).to_contain_text("21 not on the map")
    frame = drawn_map(page)
    assert frame.evaluate("window.dateline.visibleCount()") == COUNT
    listed = page.locator(".st-key-event_list")
    expect(listed).to_contain_text("1 to 100 of 21,000")
    expect(listed.get_by_role("option").or_(listed.get_by_role("listitem")).first).to_be_visible()
    page.goto(f"{app.url}/?text=note&kind=shelling")
    wanted = EventFilter(text="note", kinds=frozenset({"shelling"}))
    expect(summary).to_contain_text(f"{held.tally(wanted).shown} of 21,000 events")
    drawn_map(page).wait_for_function("count => window.dateline.visibleCount() === count", arg=held.tally(wanted).shown)
    page.goto(app.url)
    drawn_map(page)
    at_rest(page)
    link = page.locator(".st-key-export_geojson").get_by_role("button", name=re.compile("GeoJSON"))
    with page.expect_download() as started:
        link.click()
    document = json.loads(Path(started.value.path()).read_text(encoding="utf-8"))
    assert len(document["features"]) == document["receipt"]["events"] == COUNT
    assert document["receipt"]["store"]["sha256"] == held.sha256


def test_an_event_of_a_large_store_is_found_by_its_address(page: Page, large: tuple[App, Path]) -> None:
    """The map knows the row of what is chosen, although it holds no label of it."""
    app, _ = large
    page.goto(f"{app.url}/?event=e-15003")
    expect(page.locator(".st-key-detail")).to_contain_text("Event 15003")
    drawn_map(page).wait_for_function("window.dateline.screenXY('e-15003')")


def test_the_dates_and_the_count_of_a_large_store_fit_a_phone(page: Page, large: tuple[App, Path]) -> None:
    """Long dates beside five digits stay within the screen, whole."""
    app, _ = large
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(app.url)
    count = page.locator(".dl-ts-now [data-part=count]")
    expect(count).to_have_text("21,000 events")
    drawn_map(page)
    at_rest(page)
    box = count.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
