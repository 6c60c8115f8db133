"""An app that runs, open in a page of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg

from benchmarks.apps import ROOT, Measured
from benchmarks.browsing import fresh_context, open_page, page_script
from tests.serving import serve

_LONGEST_S = 60


@dataclass
class Opened:
    """The page of a running app, and the messages that it and the server have exchanged so far."""

    app: Measured
    page: Page
    pid: int = 0
    reruns: int = 0
    received: int = 0
    _sockets: list[WebSocket] = field(default_factory=list)

    def listen(self) -> None:
        """Count from now on what goes over the page's websocket."""
        self.page.on("websocket", self._on_socket)

    def _on_socket(self, socket: WebSocket) -> None:
        self._sockets.append(socket)
        socket.on("framesent", self._on_sent)
        socket.on("framereceived", self._on_received)

    def _on_sent(self, payload: bytes | str) -> None:
        # The first message of a page is a text with its tokens, no protobuf.
        if isinstance(payload, bytes) and BackMsg.FromString(payload).WhichOneof("type") == "rerun_script":
            self.reruns += 1

    def _on_received(self, _: bytes | str) -> None:
        self.received += 1

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        """Raises RuntimeError if the condition does not come true in time."""
        deadline = time.monotonic() + _LONGEST_S
        while not condition():
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.app.name!r}: {what} did not happen within {_LONGEST_S} s.")
            self.page.wait_for_timeout(50)

    def settle(self, quiet_s: float = 2.0) -> None:
        """Wait until nothing has gone over the websocket for `quiet_s`."""
        last, since = -1, time.monotonic()
        while time.monotonic() - since < quiet_s:
            if self.reruns + self.received != last:
                last, since = self.reruns + self.received, time.monotonic()
            self.page.wait_for_timeout(100)


@contextmanager
def opened(browser: Browser, app: Measured, store: Path | None = None) -> Iterator[Opened]:
    """`app`, served and open in a page with an empty cache; its first mark is drawn, and it has settled. `store` is what it opens."""
    with (
        TemporaryDirectory() as folder,
        serve(ROOT, log=Path(folder) / "log.txt", script=app.script, store=store) as running,
        fresh_context(browser) as context,
    ):
        context.add_init_script(page_script("channels"))
        page = open_page(context)
        one = Opened(app, page, running.process.pid)
        one.listen()
        page.goto(running.url)
        one.wait_for(lambda: any(frame.evaluate(f"({app.mark})(window)") for frame in page.frames), "its first mark")
        one.settle()
        yield one
