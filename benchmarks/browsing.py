"""The browser of the benchmark, and pages in it that need no other host."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, ViewportSize, sync_playwright

from tests.checks.browser import find_chromium

_SCRIPTS = Path(__file__).parent / "page"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
_VIEWPORT: ViewportSize = {"width": 1440, "height": 900}
_CDNS = ("cdn.jsdelivr.net", "code.jquery.com", "cdnjs.cloudflare.com", "netdna.bootstrapcdn.com")
# All that Folium's popups ask of jQuery: the element that a piece of HTML stands for.
_JQUERY = "window.$ = window.jQuery = (html) => [Object.assign(document.createElement('template'), { innerHTML: html.trim() }).content.firstChild];"


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium. Raises RuntimeError if there is none."""
    path = find_chromium()
    if path is None:
        raise RuntimeError("No Chromium was found. `make bench` installs one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def fresh_context(browser: Browser) -> Iterator[BrowserContext]:
    """A context with nothing in its cache."""
    context = browser.new_context(viewport=_VIEWPORT)
    try:
        yield context
    finally:
        context.close()


def open_page(context: BrowserContext) -> Page:
    """A page in which the CDNs that Folium loads from are answered at once, from this machine. Requests to the app are left alone."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.on("Fetch.requestPaused", lambda paused: _answer(session, paused))
    # Not `context.route`: that would hold up every request, those to the app as well, and switch the browser's cache off.
    session.send("Fetch.enable", {"patterns": [{"urlPattern": f"https://{host}/*"} for host in _CDNS]})
    return page


def page_script(name: str) -> str:
    """The JavaScript of `benchmarks/page/NAME.js`."""
    return (_SCRIPTS / f"{name}.js").read_text(encoding="utf-8")


def _answer(session: CDPSession, paused: dict[str, Any]) -> None:
    name = urlsplit(paused["request"]["url"]).path.rsplit("/", 1)[-1]
    body = _body(name)
    session.send(
        "Fetch.fulfillRequest",
        {
            "requestId": paused["requestId"],
            "responseCode": 200,
            "responseHeaders": [
                {"name": "Content-Type", "value": "text/css" if name.endswith(".css") else "text/javascript"},
                {"name": "Access-Control-Allow-Origin", "value": "*"},
                {"name": "Cache-Control", "value": "max-age=3600"},
            ],
            "body": base64.b64encode(body).decode(),
        },
    )


def _body(name: str) -> bytes:
    if name in ("leaflet.js", "leaflet.css"):
        return (files("js_lib_leaflet") / "static" / "js_lib_leaflet" / name).read_bytes()
    return _JQUERY.encode() if name.startswith("jquery") else b""
