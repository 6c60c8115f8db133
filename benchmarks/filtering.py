"""Changing the view of the page as a person does: letting go of the window, ticking a kind, searching; each time a view that is new to the server."""

from __future__ import annotations

from typing import Any

from benchmarks.browsing import page_script
from benchmarks.dragging import held_end
from benchmarks.opened import Opened

_LONGEST_MS = 60_000
_GOLDEN = 0.618034  # shares of it fall everywhere and never twice on the same place
_SEARCH = ".dl-filters_bar input[type=search]"
_KIND = ".dl-filters_bar button[data-opens=kind]"
_BOXES = ".dl-fb-panel input[type=checkbox]"
_CLEAR = ".dl-filters_bar > .dl-fb-clear"


def released(one: Opened, number: int) -> dict[str, Any]:
    """Milliseconds from letting go of the end handle, each `number` elsewhere, to the list, the counts and the address."""
    page = one.page
    with held_end(page) as (left, right, y):
        page.mouse.move(left + (0.5 + number * _GOLDEN) % 1 * (right - left), y, steps=8)
        page.wait_for_timeout(150)
        _watch(one, "pointerup", with_map=False)
    return _settled(one, "letting go")


def kind_ticked(one: Opened, number: int) -> dict[str, Any]:
    """Milliseconds from ticking a kind, the second most frequent first, to the map, the list, the counts and the address; it is ticked off again."""
    page = one.page
    page.click(_KIND)
    boxes = page.locator(_BOXES)
    boxes.first.wait_for()
    box = boxes.nth((number + 1) % boxes.count())
    box.scroll_into_view_if_needed()
    one.page.wait_for_timeout(150)
    _watch(one, "click")
    box.click()
    taken = _settled(one, "ticking a kind")
    page.keyboard.press("Escape")
    _cleared(one)
    return taken


def searched(one: Opened, word: str) -> dict[str, Any]:
    """Milliseconds from the Enter key after `word` to the map, the list, the counts and the address; the search is cleared again.

    Enter searches at once; without it the field waits 250 ms for further letters.
    """
    page = one.page
    page.focus(_SEARCH)
    page.evaluate("([field, word]) => { document.querySelector(field).value = word; }", [_SEARCH, word])
    _watch(one, "keydown")
    page.keyboard.press("Enter")
    taken = _settled(one, f"searching {word!r}")
    _cleared(one)
    return taken


def _cleared(one: Opened) -> None:
    one.page.click(_CLEAR)
    one.page.locator(_CLEAR).wait_for(state="hidden")
    one.settle(0.5)


def _watch(one: Opened, event: str, *, with_map: bool = True) -> None:
    given = {"list": one.app.listed, "summary": ".st-key-summary [role=status]", "type": event, "map": with_map, "longest": _LONGEST_MS}
    one.page.evaluate(page_script("settled"), given)


def _settled(one: Opened, doing: str) -> dict[str, Any]:
    taken: dict[str, Any] = one.page.evaluate("() => window.viewSettled")
    if taken["all"] is None:
        missing = ", ".join(name for name, ms in taken.items() if ms is None and name != "all")
        raise RuntimeError(f"After {doing} this stayed as it was for {_LONGEST_MS // 1000} s: {missing}.")
    one.settle(0.5)
    return taken
