"""The Import page in a real browser: the whole way from a file to the map and back, and a file in which everything is hostile."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from geo.store import GeoJSONFileStore
from tests.conftest import ROOT
from tests.datasets import rows
from tests.driving import drawn_map, serious, visible_ids
from tests.hostile import PAYLOADS
from tests.serving import App
from tests.test_hostile_browser import Watch, assert_nothing_happened, watch

__all__ = ["watch"]  # a fixture


def choose(page: Page, app: App, name: str, body: bytes) -> None:
    """Open the page and choose a file."""
    page.goto(f"{app.url}/import")
    page.wait_for_selector("[data-testid=stFileUploaderDropzone]")
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": body})
    expect(page.locator(".dl-imp-file h2")).to_be_visible()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A copy of the store that comes with Dateline."""
    return Path(shutil.copy(ROOT / "data" / "events.geojson", tmp_path / "events.geojson"))


def test_from_a_file_to_the_map_and_back(page: Page, serve_store: Callable[[Path], App], store: Path) -> None:
    """UCDP's rows are looked at, imported, shown on the map, and taken back; the store is then what it was."""
    before = store.read_bytes()
    app = serve_store(store)
    body = rows.text([rows.ucdp(), rows.ucdp(id="900002", latitude="91"), rows.ucdp(id="900003", where_prec="6")]).encode()
    choose(page, app, "GEDEvent_v25_1.csv", body)
    expect(page.locator(".dl-imp-in .dl-imp-counts")).to_have_text("2 events and 2 updates")
    expect(page.locator(".dl-imp-faults tbody tr")).to_have_count(1)
    expect(page.locator(".dl-imp-list > li")).to_have_count(2)
    assert serious(page, ".st-key-import .dl-import_view") == []
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="Download what is set aside").click()
    assert downloaded.value.suggested_filename == "set-aside.csv"
    assert b"must lie between -90 and 90" in Path(downloaded.value.path()).read_bytes()
    page.get_by_label("Nothing goes in unless all are good").check()
    expect(page.get_by_role("button", name="Import", exact=True)).to_be_disabled()
    page.get_by_label("The good ones go in").check()
    expect(page.get_by_role("button", name="Import", exact=True)).to_be_enabled()
    assert store.read_bytes() == before
    page.get_by_role("button", name="Import", exact=True).press("Enter")
    expect(page.locator(".dl-imp-receipt h2")).to_have_text("Imported")
    expect(page.locator(".dl-imp-receipt code")).to_have_text(GeoJSONFileStore(store).snapshot().revision)
    page.get_by_role("button", name="Show these events on the map").click()
    page.wait_for_selector(".st-key-scrubber [role=slider]")
    frame = drawn_map(page)
    frame.wait_for_function("window.dateline.visibleIds().length === 2")
    assert set(visible_ids(frame)) == {"ucdp-900001", "ucdp-900003"}
    page.locator("header").get_by_role("link", name="Import").click()
    choose_again = page.locator("input[type=file]")
    choose_again.set_input_files({"name": "again.csv", "mimeType": "text/csv", "buffer": rows.text([rows.ucdp(id="900004")]).encode()})
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("button", name="Undo the import").click()
    expect(page.locator(".dl-imp-receipt h2")).to_have_text("Taken back")
    assert {event.id for event in GeoJSONFileStore(store).snapshot().events if event.id.startswith("ucdp")} == {"ucdp-900001", "ucdp-900003"}


def hostile_csv() -> bytes:
    """A table in which the names of columns and all cells are payloads or formulas."""
    names = [*PAYLOADS.values(), "=cmd|' /C calc'!A0", "../../../../etc/passwd"]
    body = io.StringIO(newline="")
    writer = csv.writer(body)
    writer.writerow(
        ["lon", "lat", "date", "id", "title", "place", "country", "notes", "source", "attacker", "killed", *(f"{n}{x}" for n, x in enumerate(names))]
    )
    for number, text in enumerate(names):
        # A number of killed that is none sets every second row aside, with its payload as the value.
        killed = f"7{text}" if number % 2 else "1"
        writer.writerow([40 + number / 10, 33, "2021-03-01", f"{number}{text}", *([text] * 6), killed, *names])
    return body.getvalue().encode()


def hostile_geojson() -> bytes:
    """Features whose ids, types and properties are payloads; every second one is broken."""
    features = [
        {
            "type": "Feature" if number % 2 else text,
            "id": f"{number}{text}",
            "geometry": {"type": "Point", "coordinates": [40 + number / 10, 33]},
            "properties": {"date": "2021-03-01", "title": text, text: text},
        }
        for number, text in enumerate(PAYLOADS.values())
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_a_hostile_file_is_text_and_nothing_else(watch: Watch, serve_store: Callable[[Path], App], store: Path) -> None:
    """Nothing runs and nothing is loaded, in the preview, the mapping, the faults, the receipt and on the map; no file lands beside the store."""
    app = serve_store(store)
    page = watch.page
    for name, body in (("../../<img src=x onerror=top.__hits=1>.csv", hostile_csv()), ("=1+1.geojson", hostile_geojson())):
        choose(page, app, name, body)
        page.locator(".dl-imp-fold > summary").click()
        expect(page.locator(".dl-imp-list > li").first).to_be_visible()
        expect(page.locator(".dl-imp-faults tbody tr").first).to_be_visible()
        watch.look()
        assert_nothing_happened(watch)
        if name.endswith(".csv"):
            assert '<img src="http://evil.example/i.png"' in watch.text, "the payloads are on the screen, as text"
            with page.expect_download() as downloaded:
                page.get_by_role("button", name="Download what is set aside").click()
            cells = list(csv.reader(io.StringIO(Path(downloaded.value.path()).read_bytes().decode("utf-8-sig"))))
            assert not [cell for row in cells for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
        page.get_by_role("button", name="Import", exact=True).click()
        expect(page.locator(".dl-imp-receipt h2")).to_have_text("Imported")
        watch.look()
        assert_nothing_happened(watch)
    page.get_by_role("button", name="Show").click()
    drawn_map(page)
    watch.look()
    assert_nothing_happened(watch)
    beside = {path.name for path in store.parent.iterdir()}
    assert beside == {"events.geojson", "events.geojson.lock", "events.geojson.history.jsonl", "log.txt"}
