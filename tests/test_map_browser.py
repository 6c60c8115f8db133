"""The map in a real browser: what it draws, what it answers, and what it never does."""

from __future__ import annotations

import json
import shutil
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from geo.kinds import kind_index
from geo.mapping.elements import ASSETS, event_map

PRECISIONS = ("site", "town", "near_town", "district", "province", "country", "sea")
NOWHERE = 2147483647
DAY = 1440


@dataclass(frozen=True)
class Told:
    """One event of a made-up store; `day` counts from 1 January 2021."""

    id: str
    lon: float | None
    lat: float | None
    km: float = 3
    precision: str = "site"
    kind: str = "rocket_attack"
    day: int = 0
    title: str = ""
    when: str = "1 January 2021"
    place: str = "A place"


EPOCH_DAY = 18628  # 2021-01-01


def pack(events: list[Told]) -> bytes:
    """The packed columns of docs/protocol.md."""
    start = np.array([(EPOCH_DAY + one.day) * DAY for one in events], "<i4")

    def degrees(value: float | None) -> int:
        return NOWHERE if value is None else round(value * 1e7)

    return b"".join(
        [
            b"DLC1",
            struct.pack("<I", len(events)),
            start.tobytes(),
            (start + DAY).tobytes(),
            np.array([degrees(one.lon) for one in events], "<i4").tobytes(),
            np.array([degrees(one.lat) for one in events], "<i4").tobytes(),
            np.array([round(one.km * 10) for one in events], "<u2").tobytes(),
            np.array([kind_index(one.kind) for one in events], "u1").tobytes(),
            np.array([PRECISIONS.index(one.precision) for one in events], "u1").tobytes(),
        ]
    )


def labels(events: list[Told]) -> list[list[str]]:
    return [[one.id, one.title or one.id, one.when, one.place] for one in events]


@dataclass
class Served:
    """The harness's server: stores by name, each drawn by the page `/map/{name}`."""

    stores: dict[str, tuple[bytes, list[list[str]]]] = field(default_factory=dict)
    options: dict[str, dict[str, Any]] = field(default_factory=dict)
    url: str = ""

    def add(self, name: str, events: list[Told], **options: Any) -> str:
        self.stores[name] = (pack(events), labels(events))
        self.options[name] = options
        return f"{self.url}/map/{name}"

    def app(self) -> Starlette:
        def page(request: Request) -> Response:
            name = request.path_params["name"]
            drawn = event_map(
                channel=f"dateline-{name}", columns=f"/dateline/columns/{name}", labels=f"/dateline/labels/{name}", **self.options[name]
            )
            return HTMLResponse(drawn.get_root().render().replace("<head>", '<head><meta name="viewport" content="width=device-width">'))

        def columns(request: Request) -> Response:
            return Response(self.stores[request.path_params["name"]][0], media_type="application/octet-stream")

        def rows(request: Request) -> Response:
            return JSONResponse({"rows": self.stores[request.path_params["name"]][1]})

        leaflet = str(files("js_lib_leaflet") / "static" / "js_lib_leaflet")
        basemap = ASSETS.parent.parent / "data" / "basemap"
        return Starlette(
            routes=[
                Route("/map/{name}", page),
                Route("/dateline/columns/{name}", columns),
                Route("/dateline/labels/{name}", rows),
                Mount("/dateline/leaflet", StaticFiles(directory=leaflet)),
                Mount("/dateline/map", StaticFiles(directory=str(ASSETS))),
                *([Mount("/dateline/basemap", StaticFiles(directory=str(basemap)))] if basemap.is_dir() else []),
            ]
        )


def serve(app: Starlette) -> tuple[uvicorn.Server, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.01)
    return server, f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    harness = Served()
    server, harness.url = serve(harness.app())
    yield harness
    server.should_exit = True


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()
