"""The routes under /dateline/: packed columns, labels, exports, and the map's files (docs/protocol.md)."""

from __future__ import annotations

import gzip
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from geo.api.state_route import STATE_PATH, state_of
from geo.columns import LABEL_BLOCK, OWN_PREFIX, columns_url, export_url, labels, labels_url, pack
from geo.errors import StoreError
from geo.export import EXPORTERS, Exporter, file_name, make_receipt
from geo.filters import from_query
from geo.mapping.assets import ASSETS, LEAFLET_PREFIX, MAP_PREFIX, SCRIPT_PATH, script, version
from geo.store import EventCollection, EventStore

_ROOT = Path(__file__).resolve().parents[2]
_BASEMAP_FILES = _ROOT / "data" / "basemap"
# A revision's content never changes, so a browser need not ask again.
_KEPT = 256
_MOST_LABELS = 50_000
_WORTH_PACKING = 1_000  # bytes: less fits into one packet as it is
_FOREVER = "private, max-age=31536000, immutable"


def routes(store: EventStore) -> list[BaseRoute]:
    """The app's own routes. All answer GET and HEAD only; none takes a path, a query or a body from the request to anywhere."""
    return [
        Route(columns_url("{revision}"), _of_revision(store, _packed, "application/octet-stream")),
        Route(labels_url("{revision}"), _of_revision(store, _labels, "application/json")),
        *(Route(export_url("{revision}", exporter.suffix), _export(store, exporter)) for exporter in EXPORTERS.values()),
        Route(STATE_PATH, state_of(store)),
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


def _of_revision(store: EventStore, build: Callable[[EventCollection, int | None], bytes | None], media_type: str) -> Callable[[Request], Response]:
    built = _Bodies(build)

    # Not async: Starlette runs it in a thread, so that packing holds up nobody else.
    def answer(request: Request) -> Response:
        block = request.query_params.get("block")
        if block is not None and not (block.isascii() and block.isdigit() and len(block) < 10):
            return PlainTextResponse("block has to be a whole number from 0 on.", status_code=400)
        try:
            collection = store.snapshot()
            if request.path_params["revision"] != collection.revision:
                return PlainTextResponse("This revision of the store is no longer served. Reload the page.", status_code=404)
            headers = {"ETag": f'"{collection.revision}"', "Cache-Control": _FOREVER, "Vary": "Accept-Encoding"}
            if collection.revision in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=headers)
            body = built.of(collection, None if block is None else int(block))
        except StoreError as error:
            return JSONResponse({"what": error.what, "advice": error.advice}, status_code=503)
        if body is None:
            return PlainTextResponse("There is no such block. A large store gives its labels by blocks alone.", status_code=404)
        if body.small is not None and _takes_gzip(request):
            return Response(body.small, media_type=media_type, headers={**headers, "Content-Encoding": "gzip"})
        return Response(body.whole, media_type=media_type, headers=headers)

    return answer


def _export(store: EventStore, exporter: Exporter) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return PlainTextResponse("An export is asked for on the map page.", status_code=403)
        wanted, faults = from_query({name: request.query_params.getlist(name) for name in request.query_params})
        if faults:
            return PlainTextResponse("\n".join(faults), status_code=400)
        try:
            collection = store.snapshot()
            if request.path_params["revision"] != collection.revision:
                return PlainTextResponse("This revision of the store is no longer served. Reload the page.", status_code=404)
            address = f"{request.base_url}?{request.url.query}" if request.url.query else str(request.base_url)
            receipt = make_receipt(collection, wanted, store=store.name, address=address)
        except StoreError as error:
            return JSONResponse({"what": error.what, "advice": error.advice}, status_code=503)
        headers = {"Content-Disposition": f'attachment; filename="{file_name(wanted, exporter.suffix)}"', "Cache-Control": "no-store"}
        return StreamingResponse(exporter.write(collection, receipt), media_type=exporter.media_type, headers=headers)

    return answer


@dataclass(frozen=True, slots=True)
class _Body:
    """A response's body as it is, and packed with gzip where that is worth it."""

    whole: bytes
    small: bytes | None


class _Bodies:
    """The bodies of a route, each built once a revision, however many ask for it at once; the newest few are kept."""

    def __init__(self, build: Callable[[EventCollection, int | None], bytes | None]) -> None:
        self._build = build
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, int | None], _Body | None] = {}

    def of(self, collection: EventCollection, block: int | None) -> _Body | None:
        key = (collection.revision, block)
        with self._lock:
            if key not in self._kept:
                if len(self._kept) >= _KEPT or any(revision != collection.revision for revision, _ in self._kept):
                    self._kept.clear()
                whole = self._build(collection, block)
                worth = whole is not None and len(whole) > _WORTH_PACKING
                # The fastest level: a browser waits for it, on the same machine as often as not.
                self._kept[key] = None if whole is None else _Body(whole, gzip.compress(whole, compresslevel=1, mtime=0) if worth else None)
            return self._kept[key]


def _takes_gzip(request: Request) -> bool:
    return any(part.split(";")[0].strip() == "gzip" for part in request.headers.get("accept-encoding", "").split(","))


def _map_script(request: Request) -> Response:
    if request.path_params["version"] != version():
        return PlainTextResponse("This version of the map is no longer served. Reload the page.", status_code=404)
    return Response(script(), media_type="text/javascript; charset=utf-8", headers={"Cache-Control": _FOREVER})


def _packed(collection: EventCollection, block: int | None) -> bytes | None:
    return b"".join(pack(collection)) if block is None else None


def _labels(collection: EventCollection, block: int | None) -> bytes | None:
    if block is None and collection.total > _MOST_LABELS:
        return None
    events = collection.labels(0, collection.total) if block is None else collection.labels(block * LABEL_BLOCK, LABEL_BLOCK)
    if block is not None and not events:
        return None
    return bytes(JSONResponse(labels(events)).body)


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
