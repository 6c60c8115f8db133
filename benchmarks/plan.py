"""What is measured of the seventeen events that Dateline ships, in which order, and against which aims."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from playwright.sync_api import Browser

from benchmarks.apps import ALL, DATELINE, EMPTY, PLAIN
from benchmarks.figures import Figure, figure, ratio
from benchmarks.idling import idle
from benchmarks.opened import Opened, opened
from benchmarks.releasing import release_of_dateline, rerun_of_empty, step_of_plain
from benchmarks.report import Aim, Line, times
from benchmarks.scrubbing import movements_of_dateline, steps_of_plain
from benchmarks.starting import seconds_to_first_mark

PARTS = ("start", "scrub", "release", "idle")
_START_RATIO = 1.5
_SCRUB_MS = 33.0
_RELEASE_MS = 250.0
_RELEASE_RATIO = 2.0


@dataclass(frozen=True)
class Counts:
    """How often each thing is measured, and for how long nothing is done.

    `steps` and `releases` are even: the sliders go to and fro, and have to end where they began.
    """

    starts: int = 3
    movements: int = 200
    steps: int = 10
    releases: int = 20
    idle_s: int = 15


QUICK = Counts(starts=2, movements=60, steps=4, releases=6, idle_s=5)


def measure(browser: Browser, counts: Counts, parts: Collection[str]) -> Iterator[Line]:
    """The lines of the results, as they are measured."""
    if "start" in parts:
        yield _start(browser, counts.starts)
    if {"scrub", "release", "idle"}.isdisjoint(parts):
        return
    with ExitStack() as stack:
        _say("opening the three apps")
        apps = {app.name: stack.enter_context(opened(browser, app)) for app in ALL}
        empty, dateline, plain = (apps[app.name] for app in (EMPTY, DATELINE, PLAIN))
        if "scrub" in parts:
            yield from _scrub(dateline, plain, counts)
        if "release" in parts:
            yield _release(empty, dateline, plain, counts.releases)
        if "idle" in parts:
            yield _idle(empty, dateline, plain, counts.idle_s)


def _start(browser: Browser, rounds: int) -> Line:
    taken: dict[str, list[float]] = {app.name: [] for app in ALL}
    for number in range(rounds + 1):
        for app in ALL:
            seconds = seconds_to_first_mark(browser, app)
            _say(f"start {number} of {rounds}, {app.name}: {seconds:.2f} s{'' if number else ' (to warm the disk, not counted)'}")
            if number:
                taken[app.name].append(seconds)
    empty, dateline, plain = (figure(taken[app.name]) for app in (EMPTY, DATELINE, PLAIN))
    of_empty = ratio(dateline, empty)
    return Line(
        what="start to the first mark",
        unit="s",
        dateline=dateline,
        empty=empty,
        plain=plain,
        ratios=(times(of_empty, "the empty page"), times(ratio(dateline, plain), "plain")),
        aims=(Aim(f"{_START_RATIO} × the empty page", of_empty is not None and of_empty <= _START_RATIO),),
    )


def _scrub(dateline: Opened, plain: Opened, counts: Counts) -> Iterator[Line]:
    _say(f"scrub, Dateline: {counts.movements} movements")
    movements, drawings = movements_of_dateline(dateline, counts.movements)
    _say(f"scrub, plain folium: {counts.steps} steps")
    drawn, steps = figure(movements), figure(steps_of_plain(plain, counts.steps))
    yield Line(
        what="scrub to the drawn map",
        unit="ms",
        dateline=drawn,
        plain=steps,
        ratios=(times(ratio(drawn, steps), "plain"),),
        aims=(Aim(f"95th percentile {_SCRUB_MS:.0f} ms", drawn.p95 <= _SCRUB_MS),),
    )
    yield Line(what="of it, the drawing", unit="ms", dateline=figure(drawings))


def _release(empty: Opened, dateline: Opened, plain: Opened, rounds: int) -> Line:
    taken: dict[str, list[float]] = {"empty": [], "dateline": [], "plain": []}
    for number in range(rounds):
        if number % 5 == 0:
            _say(f"release {number + 1} of {rounds}")
        taken["empty"].append(rerun_of_empty(empty))
        taken["dateline"].append(release_of_dateline(dateline, early=number % 2 == 0))
        taken["plain"].append(step_of_plain(plain, back=number % 2 == 0))
    of_dateline = figure(taken["dateline"])
    return _release_line(figure(taken["empty"]), of_dateline, figure(taken["plain"]))


def _release_line(empty: Figure, dateline: Figure, plain: Figure) -> Line:
    of_empty = ratio(dateline, empty)
    return Line(
        what="release to the updated list",
        unit="ms",
        dateline=dateline,
        empty=empty,
        plain=plain,
        ratios=(times(of_empty, "an empty rerun"), times(ratio(dateline, plain), "plain")),
        aims=(
            Aim(f"{_RELEASE_MS:.0f} ms", dateline.median <= _RELEASE_MS),
            Aim(f"{_RELEASE_RATIO:g} × an empty rerun", of_empty is not None and of_empty <= _RELEASE_RATIO),
        ),
    )


def _idle(empty: Opened, dateline: Opened, plain: Opened, seconds: int) -> Line:
    _say(f"idle: {seconds} s")
    counted = idle((empty, dateline, plain), seconds)
    for one, (reruns, received) in zip((empty, dateline, plain), counted, strict=True):
        _say(f"idle, {one.app.name}: {reruns} reruns, {received} messages from the server")
    of_empty, of_dateline, of_plain = (figure([reruns]) for reruns, _ in counted)
    return Line(
        what=f"reruns in {seconds} idle seconds",
        unit="reruns",
        dateline=of_dateline,
        empty=of_empty,
        plain=of_plain,
        aims=(Aim("none", of_dateline.median == 0),),
    )


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
