"""Callbacks of the page's own components: what was begun for a person is done whole, whatever they do meanwhile."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.runtime.state import SafeSessionState, SessionState

from geo.ui import component


def test_a_callback_is_not_ended_in_the_middle_by_the_next_action(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks at the session's state, where Streamlit would end it; after it the run can be ended again, even if it raised."""

    def end() -> None:
        raise StopException

    held: Any = SafeSessionState(SessionState(), yield_callback=end)
    monkeypatch.setattr(component, "get_script_run_ctx", lambda **_: SimpleNamespace(session_state=held))
    written: list[str] = []

    def act() -> None:
        written.append("in the store")
        held["note"] = "Saved."
        written.append(held["note"])

    with pytest.raises(StopException):
        act()
    component.to_its_end(act)()
    assert written == ["in the store", "in the store", "Saved."]
    with pytest.raises(StopException):
        held["note"]

    def fail() -> None:
        raise ValueError(held["note"])

    with pytest.raises(ValueError, match="Saved"):
        component.to_its_end(fail)()
    with pytest.raises(StopException):
        held["note"]


def test_outside_of_a_run_a_callback_is_simply_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in tests without a page."""
    monkeypatch.setattr(component, "get_script_run_ctx", lambda **_: None)
    called: list[int] = []
    component.to_its_end(lambda: called.append(1))()
    assert called == [1]
