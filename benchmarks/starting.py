"""From starting the server to the first mark drawn."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Error, Page

from benchmarks.apps import ROOT, Measured
from benchmarks.browsing import fresh_context, open_page, page_script
from tests.serving import environment, free_port

_LONGEST_S = 120
_POLL_S = 0.005
_WINDOW_MS = 2000  # Chromium goes on for a while setting up the window of a new context


def seconds_to_first_mark(browser: Browser, app: Measured) -> float:
    """Start `app` in a new process, open it in a page with an empty cache, and wait for its first mark. Raises RuntimeError if none comes."""
    return seconds_to_marks(browser, app, {"first": app.mark})["first"]


def seconds_to_marks(browser: Browser, app: Measured, marks: Mapping[str, str], store: Path | None = None) -> dict[str, float]:
    """The same until each of several marks is there: JavaScript functions as `Measured.mark` is, by names. `store` is what the app opens."""
    seen: dict[str, float] = {}
    with fresh_context(browser) as context:
        context.expose_binding("firstMark", lambda _, name, epoch_ms: seen.update({name: epoch_ms / 1000}))
        watch = page_script("first_mark").strip()
        context.add_init_script(f"{watch}({{{', '.join(f'{name}: {mark}' for name, mark in marks.items())}}});")
        page = open_page(context)
        page.wait_for_timeout(_WINDOW_MS)
        port = free_port()
        began = time.time()
        with _spawned(app, port, store) as process:
            deadline = time.monotonic() + _LONGEST_S
            _goto(page, port, process, deadline)
            while len(seen) < len(marks):
                if time.monotonic() > deadline:
                    raise RuntimeError(f"{app.name!r} drew no mark within {_LONGEST_S} s. Open it by hand: streamlit run {app.script}")
                page.wait_for_timeout(20)
    return {name: at - began for name, at in seen.items()}


@contextmanager
def _spawned(app: Measured, port: int, store: Path | None) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "streamlit", "run", app.script, "--server.port", str(port), "--server.headless", "true"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(store), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def _goto(page: Page, port: int, process: subprocess.Popen[bytes], deadline: float) -> None:
    """Load the page as soon as the port is open. A server may open it a moment before it answers, so a refused page is asked for again."""
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with {process.returncode} before it answered.")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                pass
            page.goto(f"http://127.0.0.1:{port}/", wait_until="commit")
        except (OSError, Error):
            time.sleep(_POLL_S)
        else:
            return
    raise RuntimeError(f"The server did not answer within {_LONGEST_S} s.")
