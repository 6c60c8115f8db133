"""The parts of a run as steps, each of one part at one size: a step that fails says so, and the next one goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks import growing, peering, plan
from benchmarks.aims import RELEASE_OF_PEOPLE_MS
from benchmarks.browsing import chromium
from benchmarks.figures import figure
from benchmarks.kept import Measurement, failed
from benchmarks.report import Line
from benchmarks.sessions import crowd
from benchmarks.stores import REAL_SIZE, Prepared, prepared
from benchmarks.synthetic import SIZES

SIZED = ("open", "growth-start", "growth")
PARTS = (*plan.PARTS, *SIZED, "peers", "sessions")
WORDS = {
    "start": "17 events: from starting the server to the first mark",
    "scrub": "17 events: from a movement to the drawn map",
    "release": "17 events: from letting go to the list",
    "idle": "17 events: reruns while nobody does anything",
    "open": "each size: opening the store, and importing UCDP's file",
    "growth-start": "each size: from starting the server to the marks",
    "growth": "each size: scrub, release, filters, memory, export",
    "peers": "a marker each, a feature group and a deck, up to the sizes at which they die",
    "sessions": "10 and 25 people at once on 16,566 events",
}
# Seconds on two cores, by part, and for the sized parts by the number of events; what an earlier run took counts more.
_ESTIMATES = {"start": 60, "scrub": 40, "release": 60, "idle": 35}
_ESTIMATES_SIZED = {"open": (20, 10, 40), "growth-start": (25, 35, 90), "growth": (80, 160, 300), "peers": (150, 70, 70)}
_BUILDS = (10, 60, 330)


@dataclass(frozen=True)
class Counts:
    """How often and for how long, in each part."""

    small: plan.Counts = field(default_factory=plan.Counts)
    sized: growing.Counts = field(default_factory=growing.Counts)
    beside: peering.Counts = field(default_factory=peering.Counts)
    sizes: tuple[int, ...] = SIZES
    peer_sizes: tuple[int, ...] = peering.SIZES
    people: tuple[int, ...] = tuple(RELEASE_OF_PEOPLE_MS)
    people_s: float = 600


QUICK = Counts(plan.QUICK, growing.QUICK, peering.QUICK, SIZES[:1], peering.SIZES[:1], (3,), 15)


@dataclass(frozen=True)
class Step:
    """One part at one size; `estimate_s` is about how long it takes, without building a store."""

    part: str
    size: int
    estimate_s: float
    run: Callable[[], Iterable[Measurement | Line]]

    @property
    def name(self) -> str:
        """What it is kept under."""
        return f"{self.part} {self.size}" if self.size else self.part

    @property
    def names(self) -> list[str]:
        """The names of what it measures: more than one where parts share what they open."""
        return self.name.split("+")


def steps(counts: Counts, parts: Collection[str]) -> list[Step]:
    """What is to be done, in order."""
    found = []
    small = [part for part in plan.PARTS if part in parts]
    # One step: the three apps are opened once for all of these.
    if small:
        found.append(Step("+".join(small), 0, sum(_ESTIMATES[part] for part in small), lambda: _small(counts, small)))
    for part, run in (("open", _open), ("growth-start", _start), ("growth", _growth)):
        if part in parts:
            found += [Step(part, size, _estimate(part, size), lambda run=run, size=size: run(counts, size)) for size in counts.sizes]  # type: ignore[misc]
    if "peers" in parts:
        found.append(Step("peers", 0, sum(_estimate("peers", size) for size in counts.sizes), lambda: _peers(counts)))
    if "sessions" in parts:
        found += [Step("sessions", number, counts.people_s + 10, lambda number=number: _sessions(counts, number)) for number in counts.people]  # type: ignore[misc]
    return found


def done(step: Step) -> list[Measurement | Line]:
    """What the step found; if it fails on the way, what it had found by then, and that it failed, and why."""
    found: list[Measurement | Line] = []
    try:
        found.extend(step.run())
    except Exception as error:
        say(f"{step.name} FAILED: {type(error).__name__}: {error}")
        found.append(failed(step.part, step.size, error))
    return found


def say(words: str) -> None:
    """A line of progress."""
    print(words, file=sys.stderr, flush=True)


def _estimate(part: str, size: int) -> float:
    return _ESTIMATES_SIZED[part][min(range(len(SIZES)), key=lambda at: abs(SIZES[at] - size))]


def _small(counts: Counts, parts: Sequence[str]) -> Iterator[Line]:
    with chromium() as browser:
        yield from plan.measure(browser, counts.small, parts)


def _open(counts: Counts, size: int) -> Iterator[Measurement]:
    yield from growing.open_and_import(prepared(size), counts.sized.at(size))


def _start(counts: Counts, size: int) -> Iterator[Measurement]:
    store = prepared(size)
    with chromium() as browser:
        yield from growing.start(browser, store, counts.sized.at(size))


def _growth(counts: Counts, size: int) -> Iterator[Measurement]:
    store = prepared(size)
    with chromium() as browser:
        yield from growing.growth(browser, store, counts.sized.at(size), say)


def _peers(counts: Counts) -> Iterator[Measurement]:
    def store_of(rows: int) -> Prepared:
        return prepared(rows if rows > REAL_SIZE else REAL_SIZE)

    with chromium() as browser:
        for found in peering.all_peers(browser, counts.peer_sizes, store_of, counts.beside):
            say(f"peers, {found.size:,}, {found.who}: {found.note or f'{found.figure.median:,.0f} ms' if found.figure else found.note}")
            yield found


def _sessions(counts: Counts, people: int) -> list[Measurement]:
    seen = crowd(prepared(REAL_SIZE).path, people, counts.people_s)
    if not seen.answers:
        raise RuntimeError(f"nobody was answered; {len(seen.failures)} errors, the first: {(seen.failures or ['none'])[0]}")
    aim = RELEASE_OF_PEOPLE_MS.get(people)
    answers, arrivals = figure([one.ms for one in seen.answers]), figure([one.ms for one in seen.arrivals])
    listed, sent = figure([one.list_ms for one in seen.answers]), figure([one.received / 1000 for one in seen.answers])
    failures = f": {seen.failures[0]}" if seen.failures else ""
    memory = f"in the second fifth of {seen.seconds:.0f} s to the last; {seen.memory[-1][1]:,.0f} MB at the end"
    rate = f"{len(seen.answers) / seen.seconds:.1f} releases a second, {seen.seconds:.0f} s"
    return [
        Measurement("sessions", people, "release: to the end of the run", "ms", answers, aim=aim, note=rate),
        Measurement("sessions", people, "of it, to the list", "ms", listed),
        Measurement("sessions", people, "arriving: to the end of the first run", "ms", arrivals),
        Measurement("sessions", people, "sent by the server for a release", "kB", sent),
        Measurement(
            "sessions", people, "errors", "", figure([float(len(seen.failures))]), aim=0, note=f"of {len(seen.answers):,} releases{failures}"
        ),
        Measurement("sessions", people, "growth of the server's memory", "MB", figure([seen.growth_mb]), note=memory),
    ]
