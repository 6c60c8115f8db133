"""What the server loads before anybody has asked for it."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from geo.errors import StoreError
from geo.store import EventStore, GeoJSONFileStore
from geo.ui.warming import warmed
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    """The process of the tests goes on as it was."""
    yield
    gc.unfreeze()


def warm(store: EventStore) -> None:
    """Start an app with `store`, and wait until its thread has ended."""

    async def start() -> None:
        async with warmed(store)(None):
            await asyncio.to_thread(lambda: [thread.join(60) for thread in threading.enumerate() if thread.name == "warming"])

    with ThreadPoolExecutor(1) as elsewhere:  # the browser's tests leave a loop that runs in this thread
        elsewhere.submit(lambda: asyncio.run(start())).result()


@pytest.mark.parametrize("broken", [False, True])
def test_the_slow_parts_are_there_and_the_process_is_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, broken: bool) -> None:
    """Whether the store can be opened or not: that is for the page to tell."""
    path = tmp_path / "store.geojson"
    path.write_bytes(b"{" if broken else (ROOT / "data" / "events.geojson").read_bytes())
    monkeypatch.setenv("DATELINE_STORE", str(path))
    store = GeoJSONFileStore(path)
    before = sys.getswitchinterval()
    gc.unfreeze()
    warm(store)
    assert "folium.plugins" in sys.modules
    assert gc.isenabled() and sys.getswitchinterval() == before
    assert gc.get_freeze_count() > 10_000  # what is loaded stays, and no collection looks at it again
    if broken:
        with pytest.raises(StoreError):
            store.snapshot()
    assert [each.name for each in tmp_path.iterdir()] == ["store.geojson"]
