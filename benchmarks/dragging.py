"""Holding the end handle of Dateline's scrubber with the mouse, as a hand does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

_HANDLE = '.st-key-scrubber [data-grip="to"]'
_PLOT = '.st-key-scrubber [data-part="plot"]'
_BEYOND_SLOP = 12


@contextmanager
def held_end(page: Page) -> Iterator[tuple[float, float, float]]:
    """The end handle, pressed and already moving; gives how far left and right it may go, and its height, in pixels. Let go of at the end."""
    plot, handle = page.locator(_PLOT), page.locator(_HANDLE)
    plot.scroll_into_view_if_needed()
    box, held = plot.bounding_box(), handle.bounding_box()
    if box is None or held is None:
        raise RuntimeError("The scrubber has no end handle on the screen.")
    x, y = held["x"] + held["width"] / 2, held["y"] + held["height"] / 2
    left, right = box["x"] + 0.3 * box["width"], box["x"] + 0.95 * box["width"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - _BEYOND_SLOP, y, steps=4)
    page.mouse.move(right, y, steps=4)
    page.wait_for_timeout(100)
    yield left, right, y
    page.mouse.up()
