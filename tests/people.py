"""Who asks, in tests that have no browser."""

from __future__ import annotations

import pytest

from geo.store.editing import Editor
from geo.ui import who


def be(monkeypatch: pytest.MonkeyPatch, person: Editor) -> None:
    """Let the app take whoever asks for that person."""
    monkeypatch.setattr(who, "person", lambda: person)
