"""`python -m benchmarks`: measures Dateline beside its peers at any size, prints the tables, and keeps them in `benchmarks/results.md`.

Every step is kept as soon as it is done (build/bench/results.json), so that a part can be measured anew with --only, and a run that was broken off
can go on with the parts that are missing.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from benchmarks.browsing import chromium
from benchmarks.kept import Kept, read_kept, write_kept
from benchmarks.machine import load_average, machine
from benchmarks.method import HOW
from benchmarks.parts import PARTS, QUICK, WORDS, Counts, Step, done, say, steps
from benchmarks.sized_report import document, tables
from benchmarks.standalone import STANDALONE
from benchmarks.stores import FOLDER

RESULTS = Path(__file__).parent / "results.md"
KEPT = FOLDER / "results.json"
_ALONE = {one.name: one for one in STANDALONE}


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure Dateline beside its peers.")
    parser.add_argument("--quick", action="store_true", help="few samples at one size, to see whether it works; results.md is left alone")
    parser.add_argument("--only", type=_parts, default=PARTS, metavar="NAMES", help="measure only these, separated by commas; --list names them")
    parser.add_argument("--sizes", type=_sizes, metavar="NUMBERS", help="only these numbers of events, such as 16566,400000")
    parser.add_argument("--missing", action="store_true", help="only what no earlier run has kept")
    parser.add_argument("--list", action="store_true", help="say what there is, and measure nothing")
    return parser.parse_args(given)


def _parts(words: str) -> tuple[str, ...]:
    parts = tuple(words.split(","))
    there = (*PARTS, *_ALONE)
    if unknown := [part for part in parts if part not in there]:
        raise argparse.ArgumentTypeError(f"there is no {unknown[0]!r}; choose from {', '.join(there)}")
    return parts


def _sizes(words: str) -> tuple[int, ...]:
    try:
        sizes = tuple(int(word.replace("_", "")) for word in words.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{words!r} is no list of numbers such as 16566,400000") from None
    if any(not 100 <= size <= 10_000_000 for size in sizes):
        raise argparse.ArgumentTypeError("a size has to lie between 100 and 10,000,000 events")
    return sizes


def main(given: Sequence[str] | None = None) -> int:
    """Measure, print, write. A missed aim is no error: the table says so. 1 if a part could not be measured at all."""
    wanted = arguments(given)
    if wanted.list:
        print(_listed())
        return 0
    counts = QUICK if wanted.quick else Counts()
    if wanted.sizes:
        counts = replace(counts, sizes=wanted.sizes)
    kept = Kept() if wanted.quick else read_kept(KEPT)
    to_do = steps(counts, wanted.only)
    if wanted.missing:
        to_do = [step for step in to_do if any(name not in kept.taken for name in step.names)]
    alone = [_ALONE[name] for name in wanted.only if name in _ALONE]
    say(f"{len(to_do) + len(alone)} steps, about {_minutes(to_do, kept, sum(one.estimate_s for one in alone), quick=wanted.quick)}")
    failures = sum(not _measure(step, kept, keep=not wanted.quick) for step in to_do)
    if to_do:
        print(tables(kept), end="")
    for one in alone:
        say(f"{one.name}: {one.words}")
        try:
            print(f"{one.name}:\n{one.run(quick=wanted.quick)[0]}", end="")
        except Exception as error:
            failures += 1
            say(f"{one.name} FAILED: {error}")
    return 1 if failures else 0


def _measure(step: Step, kept: Kept, *, keep: bool) -> bool:
    """Do one step, and keep what it found. False if it failed as a whole."""
    say(f"== {step.name}")
    load, began = load_average(), time.perf_counter()
    found = done(step)
    seconds = time.perf_counter() - began
    kept.take(step.names, found, taken=datetime.now(UTC).isoformat(timespec="minutes"), seconds=seconds)
    say(f"== {step.name}: {seconds:.0f} s")
    if keep:
        kept.machine = machine(_chromium(), load)
        write_kept(KEPT, kept)
        _write_results(kept)
    return not any(getattr(one, "what", "") == "failed" for one in found)


def _write_results(kept: Kept) -> None:
    """Write `results.md`, which names what is missing."""
    missing = [name for step in steps(Counts(), PARTS) for name in step.names if name not in kept.taken]
    RESULTS.write_text(document(kept, how=HOW, missing=missing), encoding="utf-8")
    say(f"written: {RESULTS.name}{f', without {len(missing)} steps that were never measured' if missing else ''}")


@cache
def _chromium() -> str:
    with chromium() as browser:
        return browser.version


def _minutes(to_do: Sequence[Step], kept: Kept, alone_s: float, *, quick: bool) -> str:
    seconds = sum(_seconds(step, kept, quick=quick) for step in to_do) + alone_s
    return f"{max(1, round(seconds / 60))} min, more if stores have to be built"


def _seconds(step: Step, kept: Kept, *, quick: bool) -> float:
    """What it took the last time, else about what it takes."""
    if all(name in kept.seconds for name in step.names):
        return sum(kept.seconds[name] for name in step.names)
    return step.estimate_s / (3 if quick and step.part != "sessions" else 1)


def _listed() -> str:
    rows = [*(f"  {part:14}{WORDS[part]}" for part in PARTS), "", "On their own, measured only if they are named:"]
    return "\n".join(["Parts of a run:", *rows, *(f"  {one.name:14}{one.words} (about {one.estimate_s} s)" for one in STANDALONE)])


if __name__ == "__main__":
    sys.exit(main())
