"""Loading what the first page needs while the browser is still fetching Streamlit's own scripts."""

from __future__ import annotations

import contextlib
import gc
import importlib
import logging
import os
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from typing import Any

from geo.errors import StoreError
from geo.filters import EventFilter
from geo.moments import from_minutes
from geo.settings import from_environment
from geo.store import EventCollection, EventStore
from geo.store.atomic import LEFTOVER
from geo.store.history import HISTORY
from geo.store.opening import is_parquet

# Folium and what it drags in take longer to import than everything else together (docs/decisions/0005-start.md).
# streamlit_folium itself must not be among them: imported outside of a script's run, its component is registered nowhere.
_SLOW = ("geo.ui.frame", "geo.ui.dashboard", "folium.plugins", "numpy", "pyproj", "PIL.Image", "streamlit.components.v1.component_arrow")

_TURN_S = 0.0005  # a tenth of Python's own


def warmed(store: EventStore) -> Callable[[Any], AbstractAsyncContextManager[dict[str, Any]]]:
    """The app's lifespan: the server answers at once, and a thread imports the slow modules and then opens the store meanwhile.

    A page that comes sooner waits for what is under way, as it would without this.
    """

    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
        threading.Thread(target=_warm, args=(store,), name="warming", daemon=True).start()
        yield {}

    return lifespan


def _warm(store: EventStore) -> None:
    with _importing():
        for name in _SLOW:
            importlib.import_module(name)
        # What is wrong with the store is told by the page.
        with contextlib.suppress(StoreError):
            _ask(store.snapshot())
    _sweep()


def _ask(collection: EventCollection) -> None:
    """Ask what the first page will ask, and the first release of its scrubber."""
    from geo.ui.filter_data import filters_data
    from geo.ui.present import list_data

    everything = EventFilter()
    list_data(collection, everything, selected=None, page=0, newest_first=True)
    filters_data(collection, everything)
    collection.tally(EventFilter(start=from_minutes(0)))


@contextmanager
def _importing() -> Iterator[None]:
    """Work of a thread beside a server that hands out a page of some fifty files meanwhile.

    Other threads have their turn sooner, since each step of each file waits for it. What is imported stays for good, so that nothing is looked
    through for what could be freed, neither now nor at any later collection.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_S)
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
        sys.setswitchinterval(before)


def _sweep() -> None:
    """Clear away what a crash has left beside a store that was written before. One that never was is left as it is, without so much as a lock."""
    settings = from_environment(os.environ)
    path = settings.store
    if settings.read_only or is_parquet(path) or not (path.with_name(path.name + HISTORY).exists() or any(path.parent.glob(f"*{LEFTOVER}*"))):
        return
    from geo.store.editing import StoreWriter

    try:
        StoreWriter(path).settle()
    except StoreError as error:
        logging.getLogger(__name__).warning("The store was not tidied up: %s", error)
