"""Many people scrubbing at once: each in a session of their own, over a real websocket, against the real app."""

from __future__ import annotations

import asyncio
import random
import struct
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.apps import ROOT
from benchmarks.people import Answer, FailedError, Person
from benchmarks.processes import resident_mb
from tests.serving import serve

_THOUGHT_S = (2.0, 4.0)  # a drag, and a look at what came of it
_MEMORY_S = 1.0
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 1440


@dataclass
class Crowd:
    """What `people` saw in `seconds`: the answer to each release, failures, and the server's memory (seconds since the start, MB)."""

    people: int
    seconds: float
    answers: list[Answer] = field(default_factory=list)
    arrivals: list[Answer] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)

    @property
    def growth_mb(self) -> float:
        """How much more memory the server has in the last fifth of the time than in the second one, after which everybody has arrived."""
        second, last = ([mb for at, mb in self.memory if low <= at / self.seconds < high] for low, high in ((0.2, 0.4), (0.8, 1.01)))
        return sorted(last)[len(last) // 2] - sorted(second)[len(second) // 2] if second and last else float("nan")


def crowd(store: Path, people: int, seconds: float, *, thought_s: tuple[float, float] = _THOUGHT_S) -> Crowd:
    """Let `people` scrub for `seconds`. A failed person comes back; each failure is counted."""
    with TemporaryDirectory() as folder, serve(ROOT, log=Path(folder) / "log.txt", store=store) as app:
        seen = Crowd(people, seconds)
        asyncio.run(_together(seen, app.url, app.process.pid, thought_s))
        text = app.log.read_text(encoding="utf-8", errors="replace")
        seen.failures += [f"in the server's log: {line[:200]}" for line in text.splitlines() if "Traceback" in line or "Error:" in line]
    return seen


async def _together(seen: Crowd, url: str, pid: int, thought_s: tuple[float, float]) -> None:
    until = time.monotonic() + seen.seconds
    await asyncio.gather(_memory(seen, pid, until), *(_person(seen, url, until, number, thought_s) for number in range(seen.people)))


async def _person(seen: Crowd, url: str, until: float, number: int, thought_s: tuple[float, float]) -> None:
    chance = random.Random(number)
    await asyncio.sleep(chance.random() * min(seen.people * 0.2, seen.seconds / 5))  # nobody comes in the same instant
    while time.monotonic() < until:
        try:
            async with Person(url) as person:
                seen.arrivals.append(await person.arrive())
                first, last = await asyncio.to_thread(_span, url + person.columns)
                await _scrub(seen, person, until, (first, last), lambda: chance.uniform(*thought_s), chance)
        except Exception as error:
            seen.failures.append(f"person {number}: {type(error).__name__}: {error}")
            print(f"sessions: {seen.failures[-1]}", file=sys.stderr, flush=True)
            await asyncio.sleep(1)


async def _scrub(seen: Crowd, person: Person, until: float, span: tuple[int, int], thought: Callable[[], float], chance: random.Random) -> None:
    """Windows that end, or begin, on any day: no two are the same but by chance."""
    first_day, days = span[0] // _DAY, max(2, (span[1] - span[0]) // _DAY)
    while time.monotonic() < until:
        await asyncio.sleep(thought())
        low, high = sorted(chance.sample(range(days), 2))
        start, after = (first_day + low) * _DAY, (first_day + high) * _DAY
        query = f"from={_date(start)}&to={_date(after - _DAY)}"
        try:
            seen.answers.append(await person.release(start, after, query))
        except FailedError:
            if time.monotonic() < until:
                raise


def _span(columns: str) -> tuple[int, int]:
    """Fetch the columns, as each browser does, and give the first and the last minute (docs/protocol.md)."""
    request = urllib.request.Request(columns, headers={"Accept-Encoding": "identity"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        body = answer.read()
    (last,) = struct.unpack_from("<i", body, 12)
    (first,) = struct.unpack_from("<i", body, 32)
    return first, last


async def _memory(seen: Crowd, pid: int, until: float) -> None:
    began = time.monotonic()
    while time.monotonic() < until:
        try:
            seen.memory.append((time.monotonic() - began, resident_mb(pid)))
        except OSError as error:
            seen.failures.append(f"the server is gone: {error}")
            return
        await asyncio.sleep(min(_MEMORY_S, seen.seconds / 20))


def _date(minute: int) -> str:
    return (_EPOCH + timedelta(minutes=minute)).date().isoformat()
