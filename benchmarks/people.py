"""A person at the page without a browser: what Streamlit's own page says over its websocket, and what it is answered."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

_LONGEST_S = 60.0
_LARGEST = 2**28
_SCRUBBER = "-scrubber_view"
_LIST = "-event_list_view"


@dataclass(frozen=True)
class Answer:
    """One run of the page: milliseconds until the list's message was there, and until the run was over; and how many bytes it sent."""

    list_ms: float
    ms: float
    received: int


class FailedError(Exception):
    """The page was not answered as it should be; says why."""


@dataclass
class Person:
    """A session of the map page at `url` (without a trailing slash). Use as an asynchronous context."""

    url: str
    _socket: ClientConnection | None = None
    _widgets: dict[str, str] = field(default_factory=dict)
    _hashes: dict[str, None] = field(default_factory=dict)
    _page: str = ""
    columns: str = ""

    async def __aenter__(self) -> Self:
        address = self.url.replace("http", "ws", 1) + "/_stcore/stream"
        self._socket = await connect(address, subprotocols=["streamlit"], origin=self.url, max_size=_LARGEST, ping_interval=None)  # type: ignore[list-item, arg-type]
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._socket is not None:
            await self._socket.close()

    async def arrive(self) -> Answer:
        """Open the page. Raises FailedError."""
        answer = await self._run(BackMsg(), query="")
        if _SCRUBBER not in self._widgets or not self.columns:
            raise FailedError("the page has no scrubber")
        return answer

    async def release(self, start: int | None, after: int | None, query: str) -> Answer:
        """Let go of the scrubber at a window (minutes since 1970-01-01T00:00Z, half-open); `query` is the address then. Raises FailedError."""
        message = BackMsg()
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id = self._widgets[_SCRUBBER]
        widget.json_value = json.dumps({"window": {"from": start, "to": after, "mode": "window", "origin": "person"}})
        return await self._run(message, query=query)

    async def _run(self, message: BackMsg, *, query: str) -> Answer:
        if self._socket is None:
            raise FailedError("there is no connection")
        state = message.rerun_script
        state.query_string, state.page_script_hash = query, self._page
        state.context_info.url, state.context_info.timezone, state.context_info.locale = self.url + "/", "UTC", "en-US"
        state.cached_message_hashes.extend(self._hashes)
        began = time.perf_counter()
        try:
            async with asyncio.timeout(_LONGEST_S):
                await self._socket.send(message.SerializeToString())
                return await self._answer(began)
        except TimeoutError:
            raise FailedError(f"no answer within {_LONGEST_S:.0f} s") from None
        except OSError as error:
            raise FailedError(f"the connection broke: {error}") from error

    async def _answer(self, began: float) -> Answer:
        listed, received = 0.0, 0
        while True:
            payload = await self._socket.recv()  # type: ignore[union-attr]
            received += len(payload)
            told = ForwardMsg.FromString(payload if isinstance(payload, bytes) else payload.encode())
            kind = told.WhichOneof("type")
            if told.metadata.cacheable:
                self._hashes[told.hash] = None
            if kind == "new_session":
                self._page = told.new_session.page_script_hash
                self._hashes.clear()  # only what the page shows now is kept
            elif kind == "delta":
                self._take(told)
                if told.delta.new_element.bidi_component.id.endswith(_LIST):
                    listed = time.perf_counter()
            elif kind == "script_finished":
                if told.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise FailedError(f"the run ended as {told.script_finished}")
                now = time.perf_counter()
                return Answer(((listed or now) - began) * 1000, (now - began) * 1000, received)

    def _take(self, told: ForwardMsg) -> None:
        element: Any = told.delta.new_element
        if element.WhichOneof("type") == "exception":
            raise FailedError(f"the page shows an exception: {element.exception.type}")
        for name in (_SCRUBBER, _LIST):
            if element.bidi_component.id.endswith(name):
                self._widgets[name] = element.bidi_component.id
                if name == _SCRUBBER:
                    self.columns = json.loads(element.bidi_component.json)["columns"]
