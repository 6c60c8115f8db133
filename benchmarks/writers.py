"""`python -m benchmarks.writers`: many processes edit the same few events of one store at once; what of it is there afterwards."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geo.errors import Conflict
from geo.store import GeoJSONFileStore
from geo.store.editing import ChangeEvent, Editor, StoreWriter, version_of
from geo.store.history import Entry
from tests.factories import document, event

_EVENTS = 4


@dataclass(frozen=True)
class Outcome:
    """`there`: edits that the file holds; `recorded`: that the history holds; `refused`: stale ones that were refused; `slipped`: that were not."""

    wanted: int
    there: int
    recorded: int
    refused: int
    slipped: int
    seconds: float

    @property
    def is_clean(self) -> bool:
        """Whether every edit is there, once, and no stale one was made."""
        return self.there == self.recorded == self.wanted and self.slipped == 0


def run(processes: int, edits: int, folder: Path) -> Outcome:
    """Let `processes` make `edits` each: every edit adds one to a number of an event, from the version that the process has seen last."""
    path = folder / "store.geojson"
    path.write_text(json.dumps(document([event(f"e-{number}", count=0) for number in range(_EVENTS)]), indent=2), encoding="utf-8")
    began = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        refused = pool.starmap(_edit, [(str(path), edits, number) for number in range(processes)])
    seconds = time.perf_counter() - began
    there = sum(one.feature["properties"]["count"] for one in GeoJSONFileStore(path).snapshot().events)
    entries, _ = StoreWriter(path).history.entries()
    made = [entry for entry in entries if entry.action == "change event"]
    return Outcome(processes * edits, there, len(made), sum(refused), _slipped(made), seconds)


def _edit(path: str, edits: int, number: int) -> int:
    """Make the edits; gives how many were refused on the way, and made again from what stands now."""
    writer, editor = StoreWriter(Path(path), wait_s=300), Editor(f"Writer {number}")
    features: dict[str, Any] = {one["id"]: one for one in json.loads(Path(path).read_bytes())["features"]}
    refused = done = 0
    while done < edits:
        seen = features[f"e-{(done + number) % _EVENTS}"]
        properties = seen["properties"]
        changed = seen | {"properties": properties | {"count": properties["count"] + 1}}
        try:
            writer.apply([ChangeEvent(seen["id"], changed, version_of(seen))], by=editor, why="one more")
        except Conflict as conflict:
            refused += 1
            features[seen["id"]] = dict(conflict.stale[0].theirs or {})
        else:
            done += 1
            features[seen["id"]] = changed
    return refused


def _slipped(entries: Sequence[Entry]) -> int:
    """Edits that did not start from the version that stood before them."""
    standing: dict[str, str | None] = {}
    slipped = 0
    for entry in entries:
        for change in entry.changes:
            slipped += change.before_version != standing.get(change.id, change.before_version)
            standing[change.id] = change.after_version
    return slipped


def main(given: Sequence[str] | None = None) -> int:
    """Write, count, print; the exit status is 1 if an edit is missing or a stale one was made."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.writers", description=__doc__)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--edits", type=int, default=250, help="of each process")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(given)
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(wanted.processes, wanted.edits, Path(folder))
    if wanted.json:
        print(json.dumps(asdict(outcome)))
    else:
        print(f"{outcome.there:,} of {outcome.wanted:,} edits are in the file, {outcome.recorded:,} in the history")
        print(f"{outcome.refused:,} stale edits refused, {outcome.slipped:,} not; {outcome.seconds:.1f} s")
    return 0 if outcome.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
