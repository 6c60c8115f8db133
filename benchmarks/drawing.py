"""`python -m benchmarks.drawing`: how fast the map alone draws 16,566, 400,000 and 2,000,000 made-up events, without Streamlit around it."""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Frame, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from benchmarks.browsing import chromium, fresh_context, page_script
from benchmarks.figures import figure
from benchmarks.machine import load_average, machine
from benchmarks.synthetic import DAY, SIZES, Columns, events, labels, packed
from geo.kinds import KINDS
from geo.mapping.elements import ASSETS, event_map

_ROOT = Path(__file__).resolve().parents[1]
_REAL = _ROOT.parent / "shared" / "data" / "ucdp_ged_syria_2016_2019.csv.gz"
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_CHANNEL = "dateline-drawing"
_MOVEMENTS = 150


def real_events() -> Columns:
    """UCDP's events of Syria, 2016 to 2019, as columns, placed as precisely as their `where_prec` says. Raises OSError without the file."""
    with gzip.open(_REAL, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    epoch = date(1970, 1, 1)
    start, end = (np.array([(date.fromisoformat(row[name]) - epoch).days for row in rows]) for name in ("date_start", "date_end"))
    where = np.array([round(float(row["where_prec"])) for row in rows])
    order = np.lexsort((end, start))
    return Columns(
        start=(start[order] * DAY).astype("<i4"),
        end=((end[order] + 1) * DAY).astype("<i4"),
        lon=np.array([round(float(row["longitude"]) * 1e7) for row in rows])[order].astype("<i4"),
        lat=np.array([round(float(row["latitude"]) * 1e7) for row in rows])[order].astype("<i4"),
        uncertainty=np.array([0, 30, 250, 300, 600, 900, 0, 0])[where[order]].astype("<u2"),
        kind=np.array([round(float(row["type_of_violence"])) % len(KINDS) for row in rows])[order].astype("u1"),
        precision=np.array([0, 1, 2, 3, 4, 4, 5, 6])[where[order]].astype("u1"),
    )


def harness(columns: Columns) -> Starlette:
    """A page with the map of these events in a frame, as the dashboard has it, and nothing else."""
    body = gzip.compress(packed(columns), 6)
    drawn = event_map(channel=_CHANNEL, columns="/dateline/columns/a", labels="/dateline/labels/a")
    page = drawn.get_root().render()
    data = _ROOT / "data" / "basemap"

    def columns_of(request: Request) -> Response:
        return Response(body, media_type="application/octet-stream", headers={"Content-Encoding": "gzip", **_FOREVER})

    def labels_of(request: Request) -> Response:
        block = request.query_params.get("block")
        return JSONResponse({"rows": labels(len(columns), None if block is None else int(block))}, headers=_FOREVER)

    frame = "<style>html,body,iframe{margin:0;border:0;width:100%;height:100%;display:block}</style><iframe src=/map></iframe>"
    return Starlette(
        routes=[
            Route("/", lambda _: HTMLResponse(f"<!doctype html>{frame}<script>{page_script('drawing')}</script>")),
            Route("/map", lambda _: HTMLResponse(page)),
            Route("/dateline/columns/a", columns_of),
            Route("/dateline/labels/a", labels_of),
            Mount("/dateline/leaflet", StaticFiles(directory=str(files("js_lib_leaflet") / "static" / "js_lib_leaflet"))),
            Mount("/dateline/map", StaticFiles(directory=str(ASSETS))),
            Mount("/dateline/basemap", StaticFiles(directory=str(data))),
        ]
    )


@contextmanager
def served(app: Starlette) -> Iterator[str]:
    """The app on a free port of this machine; gives its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)


def windows_of(columns: Columns, kind: str, count: int) -> list[tuple[int, int]]:
    """Windows as a hand makes them: the end dragged to and fro over everything, a year of it dragged along, or thrown anywhere."""
    first, last = int(columns.start.min()), int(columns.end.max())
    along = (1 - np.cos(np.linspace(0, 4 * np.pi, count))) / 2
    if kind == "end":
        return [(first, round(first + max(0.02, share) * (last - first))) for share in along]
    width = (last - first) // 12
    if kind == "along":
        starts = [round(first + share * (last - first - width)) for share in along]
        return [(start, start + width) for start in starts]
    random = np.random.default_rng(1)
    return [tuple(sorted(int(one) for one in random.integers(first, last, 2))) for _ in range(count)]  # type: ignore[misc]


def open_map(context: BrowserContext, url: str) -> tuple[Page, Frame, dict[str, float]]:
    """The page with its map, and the seconds until the first events and all of them were drawn."""
    page = context.new_page()
    before = time.perf_counter()
    page.goto(url)
    frame = page.frames[1]
    frame.wait_for_function("window.dateline && window.dateline.drawn.count > 0", timeout=120_000, polling=5)
    first = time.perf_counter() - before
    frame.wait_for_function("window.dateline.ready", timeout=120_000, polling=5)
    page.evaluate("name => { window.map = measureMap(name); }", _CHANNEL)
    return page, frame, {"first_s": round(first, 2), "all_s": round(time.perf_counter() - before, 2)}


def heap_mb(context: BrowserContext, page: Page) -> float:
    """What the scripts of the page and of its frame hold after a collection, typed arrays with it."""
    session = context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    usage = session.send("Runtime.getHeapUsage")
    return round((usage["usedSize"] + usage.get("backingStorageSize", 0) + usage.get("embedderHeapUsedSize", 0)) / 1e6, 1)


def measure(browser: Browser, name: str, columns: Columns, pictures: Path | None) -> dict[str, Any]:
    """All figures of one size; the pictures go into a folder if one is given."""
    body = packed(columns)
    found: dict[str, Any] = {"events": len(columns), "bytes_an_event": round(len(body) / len(columns), 2)}
    found["compressed_bytes_an_event"] = round(len(gzip.compress(body, 6)) / len(columns), 2)
    with served(harness(columns)) as url, fresh_context(browser) as context:
        page, frame, opened = open_map(context, url)
        found |= opened
        for kind in ("end", "along", "jump"):
            results = page.evaluate("windows => map.scrub(windows)", windows_of(columns, kind, _MOVEMENTS))
            for what in ("taken", "drawing"):
                stand = figure([one[what] for one in results])
                found[f"{kind}_{what}_ms"] = f"{stand.median:.1f} / {stand.p95:.1f}"
        found["pan_drawing_ms"] = panned(page, frame)
        found["heap_mb"] = heap_mb(context, page)
        if pictures is not None:
            picture(page, frame, pictures, name)
    return found


def panned(page: Page, frame: Frame) -> str:
    """Median and 95th percentile of the drawing while the map is dragged with the mouse, everything shown."""
    page.evaluate("map.scrub([[-2e9, 2e9]])")
    taken: list[float] = []
    page.mouse.move(700, 450)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(700 + 4 * step, 450 + step)
        taken.append(frame.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(dateline.drawn.ms))))"))
    page.mouse.up()
    stand = figure(taken)
    return f"{stand.median:.1f} / {stand.p95:.1f}"


def picture(page: Page, frame: Frame, folder: Path, name: str) -> None:
    """What it looks like: everything, nearer twice, dark, on a telephone."""
    shots: list[tuple[str, Callable[[], Any]]] = [
        ("all", lambda: frame.get_by_role("button", name="Zoom to all events shown").click()),
        ("nearer", lambda: [frame.get_by_role("button", name="Zoom in").click() for _ in range(2)]),
        ("near", lambda: [frame.get_by_role("button", name="Zoom in").click() for _ in range(3)]),
        ("dark", lambda: page.evaluate("map.post({type: 'theme', theme: 'dark'})")),
    ]
    for what, do in shots:
        do()
        page.wait_for_timeout(900)
        page.screenshot(path=str(folder / f"{name}-{what}.png"))
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("map.post({type: 'theme', theme: 'light'})")
    frame.get_by_role("button", name="Zoom to all events shown").click()
    page.wait_for_timeout(900)
    page.screenshot(path=str(folder / f"{name}-phone.png"))


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drawing", description=__doc__)
    parser.add_argument("--sizes", type=lambda words: [int(word) for word in words.split(",")], default=SIZES, metavar=",".join(map(str, SIZES)))
    parser.add_argument("--pictures", type=Path, help="a folder for screenshots")
    options = parser.parse_args(given)
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)
    load = load_average()
    with chromium() as browser:
        print(machine(browser.version, load))
        sets = [(f"synthetic-{size}", events(size)) for size in options.sizes]
        if _REAL.exists() and SIZES[0] in options.sizes:
            sets.insert(0, ("real", real_events()))
        for name, columns in sets:
            print(name, json.dumps(measure(browser, name, columns, options.pictures), indent=1), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
