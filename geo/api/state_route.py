"""The route that says which state of the store is the newest, so that an open page notices a change without running again."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from geo.columns import OWN_PREFIX
from geo.errors import StoreError
from geo.store import EventStore

STATE_PATH = OWN_PREFIX + "state"


def state_of(store: EventStore) -> Callable[[Request], Response]:
    """Answers `{"revision": text or null, "fault": whether the store cannot be read any more}`; nothing of its contents, and nothing to keep."""

    # Not async: Starlette runs it in a thread, so that reading a file that has changed holds up nobody else.
    def answer(request: Request) -> Response:
        try:
            collection = store.snapshot()
            said = {"revision": collection.revision, "fault": collection.fault is not None}
        except StoreError:
            said = {"revision": None, "fault": True}
        return JSONResponse(said, headers={"Cache-Control": "no-store"})

    return answer
