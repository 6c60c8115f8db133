"""Loading what the first page needs while the browser is still fetching Streamlit's own scripts."""

from __future__ import annotations

import importlib
import logging
import os
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from geo.errors import StoreError
from geo.settings import from_environment
from geo.store.atomic import LEFTOVER
from geo.store.history import HISTORY
from geo.store.opening import is_parquet

# Folium and what it drags in take longer to import than everything else together (docs/decisions/0005-start.md).
# streamlit_folium itself must not be among them: imported outside of a script's run, its component is registered nowhere.
_SLOW = ("geo.ui.frame", "geo.ui.dashboard", "folium.plugins", "numpy", "pyproj", "PIL.Image", "streamlit.components.v1.component_arrow")


@asynccontextmanager
async def warmed(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """The app's lifespan: the server answers at once, and a thread imports the slow modules meanwhile.

    A page that comes sooner waits for the import that is under way, as it would without this.
    """
    threading.Thread(target=_import_slow, name="warming", daemon=True).start()
    yield {}


def _import_slow() -> None:
    for name in _SLOW:
        importlib.import_module(name)
    _sweep()


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
