"""Hostile files by the ten thousand: `python benchmarks/fuzz.py` mutates the corpus, reads the worst files of 10 MB, and says what it cost.

Each batch is read in a process of its own under 512 MB of address space and 5 s of the processor for each input, with a listener for every file,
socket and process that is opened. Exit status 1 if anything was not as it should be.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.mutations import crafted  # noqa: E402 - found once the root is on the path

BATCH = 500
LARGE = 10_000_000


def run(kind: str, argument: int, first: int, count: int) -> dict[str, Any]:
    """One batch. A process that dies or hangs is a fault of the batch."""
    command = [sys.executable, "-m", "tests.fuzz_worker", kind, str(argument), str(first), str(count)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=1_800, check=True)
    except subprocess.SubprocessError as error:
        return {"outcomes": {}, "faults": [f"{kind} {first}: {error}"], "reached": [], "slowest_s": 0.0, "slowest": "", "peak_mb": 0}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def batches(seed: int, count: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The mutations in batches, then each large file in a process of its own."""
    for first in range(0, count, BATCH):
        yield "mutated", run("mutated", seed, first, min(BATCH, count - first))
    for number in range(len(crafted(LARGE))):
        yield "crafted", run("crafted", LARGE, number, 1)


def main() -> int:
    """Run all batches and print a line for each kind of input."""
    parser = argparse.ArgumentParser(description="Read mutated and crafted GeoJSON files under limits.")
    parser.add_argument("--count", type=int, default=10_000, help="how many mutations; 10000 by default")
    parser.add_argument("--seed", type=int, default=4, help="which ones; 4 by default")
    options = parser.parse_args()
    store = ROOT / "data" / "events.geojson"
    before = hashlib.sha256(store.read_bytes()).hexdigest()
    outcomes: dict[str, Counter[str]] = {"mutated": Counter(), "crafted": Counter()}
    costs: dict[str, list[tuple[float, str, int]]] = {"mutated": [], "crafted": []}
    faults: list[str] = []
    for kind, found in batches(options.seed, options.count):
        outcomes[kind].update(found["outcomes"])
        costs[kind].append((found["slowest_s"], found["slowest"], found["peak_mb"]))
        faults += found["faults"] + [f"reached outside: {event}" for event in found["reached"]]
    for kind, seen in outcomes.items():
        seconds, slowest, _ = max(costs[kind])
        peak = max(costs[kind], key=lambda cost: cost[2])
        print(f"{kind}: {seen.total():,} readings ({', '.join(f'{name} {count:,}' for name, count in seen.most_common())})")
        print(f"  slowest {seconds:.2f} s of the processor ({slowest}); most memory {peak[2]} MB (batch with {peak[1]})")
    if hashlib.sha256(store.read_bytes()).hexdigest() != before:
        faults.append("the store has changed")
    print(f"{len(faults)} faults")
    for fault in faults[:50]:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
