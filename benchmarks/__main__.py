"""`python -m benchmarks`: measures Dateline beside its peers, prints the table, and after a full run writes `benchmarks/results.md`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.browsing import chromium
from benchmarks.machine import load_average, machine
from benchmarks.method import HOW
from benchmarks.plan import PARTS, QUICK, Counts, measure
from benchmarks.report import document, table

RESULTS = Path(__file__).parent / "results.md"


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few samples, to see whether it works; results.md is left alone")
    parser.add_argument("--only", type=_parts, default=PARTS, metavar=",".join(PARTS), help="measure only these; results.md is left alone")
    return parser.parse_args(given)


def _parts(words: str) -> tuple[str, ...]:
    parts = tuple(words.split(","))
    if unknown := [part for part in parts if part not in PARTS]:
        raise argparse.ArgumentTypeError(f"there is no {unknown[0]!r}; choose from {', '.join(PARTS)}")
    return parts


def main() -> int:
    """Measure, print, write. A missed aim is no error: the table says so."""
    wanted = arguments()
    load = load_average()
    with chromium() as browser:
        lines = list(measure(browser, QUICK if wanted.quick else Counts(), wanted.only))
        taken_on = machine(browser.version, load)
    print(table(lines), end="")
    if not wanted.quick and set(wanted.only) == set(PARTS):
        RESULTS.write_text(document(day=datetime.now(UTC).date().isoformat(), machine=taken_on, lines=lines, how=HOW), encoding="utf-8")
        print(f"written: {RESULTS.name}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
