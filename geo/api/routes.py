"""The routes under /dateline/: packed columns, labels, and the map's files (docs/protocol.md)."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from geo.columns import OWN_PREFIX, columns_url, labels, labels_url, pack
from geo.errors import StoreError
from geo.mapping.assets import ASSETS, LEAFLET_PREFIX, MAP_PREFIX, SCRIPT_PATH, script, version
from geo.store import EventStore, Snapshot

_ROOT = Path(__file__).resolve().parents[2]
_BASEMAP_FILES = _ROOT / "data" / "basemap"
# A revision's content never changes, so a browser need not ask again.
_FOREVER = "private, max-age=31536000, immutable"


def routes(store: EventStore) -> list[BaseRoute]:
    """The app's own routes. All answer GET and HEAD only; none takes a path, a query or a body from the request to anywhere."""
    return [
        Route(columns_url("{revision}"), _of_revision(store, _packed, "application/octet-stream")),
        Route(labels_url("{revision}"), _of_revision(store, _labels, "application/json")),
        *map_routes(),
        Mount(OWN_PREFIX + "basemap", _OnlyFiles(_BASEMAP_FILES, (".json",))),
    ]


def map_routes() -> list[BaseRoute]:
    """The files of the map itself: its scripts as one, its styles, and Leaflet's."""
    return [
        Mount(LEAFLET_PREFIX, StaticFiles(packages=[("js_lib_leaflet", "static/js_lib_leaflet")])),
        Route(SCRIPT_PATH, _map_script),
        Mount(MAP_PREFIX, _OnlyFiles(ASSETS, (".css",))),
    ]


def _of_revision(store: EventStore, build: Callable[[Snapshot], bytes], media_type: str) -> Callable[[Request], Response]:
    built = functools.lru_cache(maxsize=2)(build)  # snapshots of one revision are equal

    # Not async: Starlette runs it in a thread, so that packing holds up nobody else.
    def answer(request: Request) -> Response:
        try:
            snapshot = store.snapshot()
        except StoreError as error:
            return JSONResponse({"what": error.what, "advice": error.advice}, status_code=503)
        if request.path_params["revision"] != snapshot.revision:
            return PlainTextResponse("This revision of the store is no longer served. Reload the page.", status_code=404)
        headers = {"ETag": f'"{snapshot.revision}"', "Cache-Control": _FOREVER}
        if snapshot.revision in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(built(snapshot), media_type=media_type, headers=headers)

    return answer


def _map_script(request: Request) -> Response:
    if request.path_params["version"] != version():
        return PlainTextResponse("This version of the map is no longer served. Reload the page.", status_code=404)
    return Response(script(), media_type="text/javascript; charset=utf-8", headers={"Cache-Control": _FOREVER})


def _packed(snapshot: Snapshot) -> bytes:
    return pack(snapshot.events)


def _labels(snapshot: Snapshot) -> bytes:
    return JSONResponse(labels(snapshot.events)).body  # type: ignore[return-value]


class _OnlyFiles(StaticFiles):
    """The files of a folder that have one of the suffixes. A browser asks each time whether its copy is still the newest."""

    def __init__(self, folder: Path, suffixes: tuple[str, ...]) -> None:
        super().__init__(directory=folder)
        self._suffixes = suffixes

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        return super().lookup_path(path) if path.endswith(self._suffixes) else ("", None)

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response
