"""Loading what the first page needs while the browser is still fetching Streamlit's own scripts."""

from __future__ import annotations

import importlib
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

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
