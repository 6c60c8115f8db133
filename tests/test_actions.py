"""What the map page does with what its components say."""

from __future__ import annotations

from typing import Any

import pytest

from geo.filters import EventFilter
from geo.moments import from_minutes
from geo.ui import actions, state


def test_a_window_is_taken_with_its_number(session: dict[str, Any]) -> None:
    """The list, the counts and the address follow it; its number is told back."""
    session[actions.SCRUBBER] = {"window": {"from": 0, "to": 1440, "mode": "cumulative", "number": 3}}
    actions.window_changed()
    view = state.current()
    assert (view.wanted, view.mode, view.heard) == (EventFilter(start=from_minutes(0), after=from_minutes(1440)), "cumulative", 3)


@pytest.mark.parametrize("window", [{"from": 5, "to": 5}, {"from": "x", "to": 9}, {"from": 10**30, "to": None}])
def test_a_window_that_is_none_is_left_out_and_heard_all_the_same(session: dict[str, Any], window: dict[str, Any]) -> None:
    """What is shown stays; the scrubber learns that its word has come."""
    session[actions.SCRUBBER] = {"window": window | {"number": 2}}
    actions.window_changed()
    assert (state.current().wanted, state.current().heard) == (EventFilter(), 2)


@pytest.mark.parametrize("number", [None, "7", True, 1.5, [1]])
def test_a_number_that_is_none_is_not_kept(session: dict[str, Any], number: object) -> None:
    """It comes from a browser, and may be anything."""
    session[actions.SCRUBBER] = {"window": {"from": 0, "to": 1440, "number": number}}
    actions.window_changed()
    assert state.current().heard == 0 and state.current().wanted.start == from_minutes(0)
