"""From letting go of the slider to the updated list, beside a rerun of a page with nothing on it."""

from __future__ import annotations

from benchmarks.browsing import page_script
from benchmarks.dragging import held_end
from benchmarks.opened import Opened

_PAUSE_MS = 600


def release_of_dateline(dateline: Opened, *, early: bool) -> float:
    """Milliseconds from letting go of the end handle to the list that shows its window: an `early` one of fewer events, else a late one."""
    page = dateline.page
    with held_end(page) as (left, right, y):
        page.mouse.move(left if early else right, y, steps=8)
        page.wait_for_timeout(100)
        _watch(dateline, "pointerup")
    return _changed(dateline)


def rerun_of_empty(empty: Opened) -> float:
    """Milliseconds from letting go of the empty page's button to the number of the next run."""
    _watch(empty, "pointerup")
    empty.page.get_by_role("button", name="Rerun").click()
    return _changed(empty)


def step_of_plain(plain: Opened, *, back: bool) -> float:
    """Milliseconds from an arrow key on the plain app's slider to its changed list."""
    plain.page.get_by_role("slider").focus()
    _watch(plain, "keydown")
    plain.page.keyboard.press("ArrowLeft" if back else "ArrowRight")
    return _changed(plain)


def _watch(one: Opened, event: str) -> None:
    one.page.evaluate(page_script("releases"), {"selector": one.app.listed, "type": event})


def _changed(one: Opened) -> float:
    milliseconds: float | None = one.page.evaluate("() => window.textChanged")
    if milliseconds is None:
        raise RuntimeError(f"{one.app.name!r}: the text of {one.app.listed!r} did not change.")
    one.page.wait_for_timeout(_PAUSE_MS)
    return milliseconds
