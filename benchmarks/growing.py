"""What Dateline costs at a size: its start, every movement, release and filter, its memory and its export, in the real app and a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from playwright.sync_api import Browser

from benchmarks import aims
from benchmarks.apps import DATELINE, EMPTY
from benchmarks.drawing import heap_mb
from benchmarks.exporting import exported
from benchmarks.figures import Figure, figure
from benchmarks.filtering import kind_ticked, released, searched
from benchmarks.kept import Measurement, failed, measured
from benchmarks.opened import Opened, opened
from benchmarks.opening import opening_of
from benchmarks.processes import resident_mb
from benchmarks.scrubbing import movements_of_dateline
from benchmarks.starting import seconds_to_marks
from benchmarks.stores import REAL_FILE, Prepared, run_import

_LARGE = 300_000
_MARKS = {"first": "({ dateline }) => dateline?.drawn?.count > 0", "all": DATELINE.mark}


@dataclass(frozen=True)
class Counts:
    """How often each thing is measured at a size. `rounds` are releases, and as many ticked kinds and searches."""

    starts: int = 3
    movements: int = 300
    rounds: int = 12
    opens: int = 5
    imports: int = 3
    exports: int = 2
    export_s: float = 240

    def at(self, events: int) -> Counts:
        """Those for a store of that many events: of a large one everything takes longer, and is done less often."""
        if events < _LARGE:
            return self
        return replace(self, starts=min(self.starts, 2), rounds=min(self.rounds, 8), opens=min(self.opens, 3), exports=1)


QUICK = Counts(starts=1, movements=60, rounds=3, opens=1, imports=1, exports=1, export_s=60)


def open_and_import(store: Prepared, counts: Counts) -> Iterator[Measurement]:
    """The part `open`: opening in a fresh process, and importing where there is a file to import."""
    found = [opening_of(store.path) for _ in range(counts.opens)]
    yield measured("open", store.events, aims.OPEN, "s", figure([one["open"] for one in found]), note="tally, first page of the list")
    for name, what in (
        ("facets", "then the filters' counts"),
        ("columns", "then the packed columns"),
        ("imports", "before, once: loading the engine"),
    ):
        yield measured("open", store.events, what, "s", figure([one[name] for one in found]))
    if store.is_real and REAL_FILE.exists():
        taken = []
        for number in range(counts.imports):
            into = store.path.with_name(f"import-{number}.geojson")
            taken.append(run_import(into))
            for path in into.parent.glob(f"{into.name}*"):
                path.unlink()
        yield measured("open", store.events, aims.IMPORT, "s", figure(taken), note="into a new GeoJSON store, start of Python and all")


def start(browser: Browser, store: Prepared, counts: Counts) -> Iterator[Measurement]:
    """The part `growth-start`: the first marks on the map, and all of them, beside an empty page in the same minutes."""
    first, every, empty = [], [], []
    for number in range(counts.starts + 1):
        seconds = seconds_to_marks(browser, DATELINE, _MARKS, store.path)
        nothing = seconds_to_marks(browser, EMPTY, {"first": EMPTY.mark})["first"]
        if number:  # the first is to warm the disk's cache
            first.append(seconds["first"])
            every.append(seconds["all"])
            empty.append(nothing)
    beside = figure(empty)
    yield measured("growth-start", store.events, aims.START, "s", figure(first))
    yield measured("growth-start", store.events, "start of the server to all marks", "s", figure(every))
    yield Measurement("growth-start", store.events, aims.START, "s", beside, who=EMPTY.name)
    yield measured("growth-start", store.events, aims.START_RATIO, "×", figure([one / beside.median for one in first]))


def growth(browser: Browser, store: Prepared, counts: Counts, say: Callable[[str], None]) -> Iterator[Measurement]:
    """The part `growth`. Each thing is measured even if one before it could not be."""
    with opened(browser, DATELINE, store.path) as one:
        say(f"{store.label}: scrub")
        yield from _guarded(store, "scrub", lambda: _scrub(one, store, counts))
        for what, do in (("release", _releases), ("kinds", _kinds), ("searches", _searches)):
            say(f"{store.label}: {what}")
            yield from _guarded(store, what, lambda do=do: do(one, store, counts))  # type: ignore[misc]
        say(f"{store.label}: memory")
        yield from _guarded(store, "memory", lambda: _memory(one, store))
        say(f"{store.label}: export")
        yield from _guarded(store, "export", lambda: _export(one, store, counts))


def _guarded(store: Prepared, what: str, do: Callable[[], list[Measurement]]) -> list[Measurement]:
    try:
        return do()
    except Exception as error:
        one = failed("growth", store.events, error)
        return [Measurement(one.part, one.size, f"{what}: failed", "", None, note=one.note)]


def _scrub(one: Opened, store: Prepared, counts: Counts) -> list[Measurement]:
    taken, drawing = movements_of_dateline(one, counts.movements)
    return [
        measured("growth", store.events, aims.SCRUB, "ms", figure(taken)),
        measured("growth", store.events, aims.DRAWING, "ms", figure(drawing)),
    ]


def _releases(one: Opened, store: Prepared, counts: Counts) -> list[Measurement]:
    one.settle()
    return _parts(store, aims.RELEASE, [released(one, number) for number in range(counts.rounds)])


def _kinds(one: Opened, store: Prepared, counts: Counts) -> list[Measurement]:
    taken = []
    for number in range(counts.rounds):
        released(one, number + 1000)  # another window each time, or the server would remember the answer
        taken.append(kind_ticked(one, number))
    return _parts(store, aims.KIND, taken)


def _searches(one: Opened, store: Prepared, counts: Counts) -> list[Measurement]:
    words = store.words[: counts.rounds]
    return _parts(store, aims.TEXT, [searched(one, word) for word in words])


def _parts(store: Prepared, what: str, taken: list[dict[str, Any]]) -> list[Measurement]:
    """The whole, and in the note when each part of the page was there."""
    middle = {name: figure([one[name] for one in taken]).median for name in taken[0] if name != "all"}
    note = ", ".join(f"{name} {milliseconds:.0f}" for name, milliseconds in middle.items())
    return [measured("growth", store.events, what, "ms", figure([one["all"] for one in taken]), note=f"median of each: {note}")]


def _memory(one: Opened, store: Prepared) -> list[Measurement]:
    return [
        measured("growth", store.events, aims.MEMORY, "MB", _single(resident_mb(one.pid)), note="resident, after all of the above"),
        measured("growth", store.events, aims.HEAP, "MB", _single(heap_mb(one.page.context, one.page)), note="page and map, after a collection"),
    ]


def _export(one: Opened, store: Prepared, counts: Counts) -> list[Measurement]:
    taken = [exported(one, counts.export_s) for _ in range(counts.exports)]
    size = f"a file of {taken[0].size_mb:,.0f} MB"
    return [
        measured("growth", store.events, aims.EXPORT, "s", figure([each.seconds for each in taken]), note=size),
        measured("growth", store.events, aims.EXPORT_MEMORY, "MB", figure([each.above_mb for each in taken]), note="its highest point"),
    ]


def _single(value: float) -> Figure:
    return figure([value])
