"""From a movement of the slider to the map that shows it."""

from __future__ import annotations

from benchmarks.browsing import page_script
from benchmarks.dragging import held_end
from benchmarks.opened import Opened

_PAUSE_MS = 500


def movements_of_dateline(dateline: Opened, count: int) -> tuple[list[float], list[float]]:
    """Milliseconds from each of `count` real mouse movements on the scrubber's end handle to the drawn map; and of the drawing alone."""
    page = dateline.page
    with held_end(page) as (left, right, y):
        page.evaluate(page_script("movements"))
        x, step = right, -4.0
        for _ in range(count):
            if not left <= x + step <= right:
                step = -step
            x += step
            page.mouse.move(x, y)
        page.wait_for_timeout(_PAUSE_MS)
        taken = page.evaluate("() => window.takeMovements()")
    if taken["missing"] or len(taken["samples"]) != count:
        raise RuntimeError(
            f"{count} movements were made and {len(taken['samples'])} of them drawn. The page is too busy, or the map is not listening."
        )
    return [sample["ms"] for sample in taken["samples"]], [sample["drawing"] for sample in taken["samples"]]


def steps_of_plain(plain: Opened, count: int) -> list[float]:
    """Milliseconds from each of `count` steps of the plain app's slider, by arrow key, to the map that shows it.

    The steps go to and fro between the last two days, so that each adds or takes away the newest mark.
    """
    page, samples = plain.page, []
    slider = page.get_by_role("slider")
    slider.focus()
    for number in range(count):
        marks = _marks(plain)
        key, expected = ("ArrowRight", marks + 1) if number % 2 else ("ArrowLeft", marks - 1)
        page.evaluate(page_script("steps"), expected)
        page.keyboard.press(key)
        milliseconds = page.evaluate("() => window.stepTaken")
        if milliseconds is None:
            raise RuntimeError(f"{plain.app.name!r}: after {key} no map with {expected} marks appeared.")
        samples.append(milliseconds)
        page.wait_for_timeout(_PAUSE_MS)
    return samples


def _marks(plain: Opened) -> int:
    """How many marks the newest map shows."""
    counts = [frame.locator("path.leaflet-interactive").count() for frame in plain.page.frames if frame != plain.page.main_frame]
    return max(counts)
