"""The peers at a size: other ways of drawing the same events with a slider of dates, up to the size at which a step takes longer than a minute."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow.parquet as pq
from playwright.sync_api import Browser, Page

from benchmarks.apps import ROOT, Measured
from benchmarks.browsing import fresh_context, open_page, page_script
from benchmarks.figures import figure
from benchmarks.kept import Measurement
from benchmarks.stores import Prepared
from tests.serving import App, serve

STEP = "step of the slider to the drawn map and the list"
_LIST = ".st-key-list"
_PAUSE_MS = 500
PEERS = (
    Measured("a marker each, st_folium", "benchmarks/peers/markers.py", "", _LIST),
    Measured("feature_group_to_add", "benchmarks/peers/feature_group.py", "", _LIST),
    Measured("st.pydeck_chart", "benchmarks/peers/deck.py", "", _LIST),
)
SIZES = (1_000, 5_000, 16_566, 400_000, 2_000_000)


@dataclass(frozen=True)
class Counts:
    """How many steps of each peer at each size, and the longest that a step, or the opening of the page, may take."""

    steps: int = 6
    longest_s: float = 60


QUICK = Counts(steps=2, longest_s=60)


def peer_steps(browser: Browser, peer: Measured, store: Prepared, rows: int, counts: Counts) -> Measurement:
    """The steps of one peer with `rows` events of a store. One that dies is a measurement without a figure, which says how."""
    try:
        before, last = _counts_of_last_days(store.path, rows)
        with _served(peer, store.path, rows) as app, fresh_context(browser) as context:
            context.add_init_script(page_script("deck_draws"))
            page = open_page(context)
            page.set_default_timeout(counts.longest_s * 1000)
            page.goto(app.url, wait_until="commit")
            _first_picture(page, last)
            samples = [_step(page, before if number % 2 == 0 else last, number % 2 == 0, counts) for number in range(counts.steps)]
    except Exception as error:
        words = str(error).splitlines()[0][:200]
        return Measurement("peers", rows, STEP, "ms", None, who=peer.name, note=f"dies: {words}")
    return Measurement("peers", rows, STEP, "ms", figure(samples), who=peer.name)


def all_peers(browser: Browser, sizes: tuple[int, ...], store_of: Callable[[int], Prepared], counts: Counts) -> Iterator[Measurement]:
    """Each peer at each size. Past the size at which it dies, nothing is tried."""
    dead: dict[str, int] = {}
    for rows in sizes:
        for peer in PEERS:
            if peer.name in dead:
                yield Measurement("peers", rows, STEP, "ms", None, who=peer.name, note=f"not tried: it dies at {dead[peer.name]:,}")
                continue
            found = peer_steps(browser, peer, store_of(rows), rows, counts)
            if found.figure is None:
                dead[peer.name] = rows
            yield found


def _counts_of_last_days(path: Path, rows: int) -> tuple[int, int]:
    """How many of the events that a peer draws have begun by the day before the last one, and how many there are."""
    table = pq.read_table(path, columns=["record", "lon", "first"], filters=[("record", "=", "event")])
    placed = np.array(table.filter(table["lon"].is_valid())["first"]) // 1440
    days = placed[np.linspace(0, len(placed) - 1, min(rows, len(placed))).round().astype("i8")]
    return int(np.searchsorted(days, days[-1] - 1, side="right")), len(days)


@contextmanager
def _served(peer: Measured, store: Path, rows: int) -> Iterator[App]:
    given = {"BENCH_STORE": str(store), "BENCH_ROWS": str(rows)}
    kept = {name: os.environ.get(name) for name in given}
    os.environ.update(given)  # what is served inherits it
    try:
        with TemporaryDirectory() as folder, serve(ROOT, log=Path(folder) / "log.txt", script=peer.script) as app:
            yield app
    finally:
        for name, value in kept.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def _first_picture(page: Page, count: int) -> None:
    """Wait until all events are drawn."""
    page.get_by_role("slider").wait_for()
    page.wait_for_function(
        """(count) => Math.max(window.instancesDrawn ?? 0, ...[...document.querySelectorAll("iframe")].map(
            (frame) => frame.contentDocument?.getElementsByClassName("leaflet-interactive").length ?? 0)) === count""",
        arg=count,
    )
    page.locator(_LIST).wait_for()
    page.wait_for_timeout(2 * _PAUSE_MS)


def _step(page: Page, expected: int, back: bool, counts: Counts) -> float:
    page.get_by_role("slider").focus()
    page.evaluate(page_script("peer_steps"), {"count": expected, "longest": counts.longest_s * 1000})
    page.keyboard.press("ArrowLeft" if back else "ArrowRight")
    milliseconds: float | None = page.evaluate("() => window.peerStep")
    if milliseconds is None:
        raise RuntimeError(f"a step took longer than {counts.longest_s:.0f} s")
    page.wait_for_timeout(_PAUSE_MS)
    return milliseconds
