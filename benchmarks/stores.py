"""The stores that the benchmark opens, at each size: the real events of UCDP where their file is, else made-up ones; built once and kept."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.apps import ROOT
from benchmarks.synthetic import SIZES

FOLDER = ROOT / "build" / "bench"
REAL_FILE = ROOT.parent / "shared" / "data" / "ucdp_ged_syria_2016_2019.csv.gz"
REAL_SIZE = SIZES[0]
_VERSION = 1  # of what is made up: another one is built anew


@dataclass(frozen=True)
class Prepared:
    """A GeoParquet store of `events` events. `words` are what texts are searched for: each is in some hundredths of the events."""

    events: int
    path: Path
    is_real: bool
    words: tuple[str, ...]

    @property
    def label(self) -> str:
        """Its size and what it holds, such as `16,566 real`."""
        return f"{self.events:,} {'real' if self.is_real else 'made up'}"


_REAL_WORDS = (
    "homs",
    "idlib",
    "raqqah",
    "daraa",
    "hama",
    "aleppo",
    "deir",
    "damascus",
    "latakia",
    "hasakah",
    "quneitra",
    "tartus",
    "palmyra",
    "douma",
)


def prepared(events: int, folder: Path = FOLDER) -> Prepared:
    """The store of that size, built if it is not there. Raises RuntimeError if it cannot be built."""
    from benchmarks.conflict import WORDS

    folder.mkdir(parents=True, exist_ok=True)
    if events == REAL_SIZE and REAL_FILE.exists():
        path = folder / f"real-{events}.parquet"
        if not path.exists():
            _convert(imported(folder), path)
        return Prepared(events, path, True, _REAL_WORDS)
    path = folder / f"made-up-{events}-v{_VERSION}.parquet"
    if not path.exists():
        make_up(events, path)
    return Prepared(events, path, False, WORDS)


def imported(folder: Path = FOLDER) -> Path:
    """UCDP's file as a GeoJSON store, through the command that a person gives."""
    path = folder / "real.geojson"
    if not path.exists():
        run_import(path)
    return path


def run_import(into: Path) -> float:
    """Seconds that `python -m geo import` of UCDP's file takes, start of Python and all. Raises RuntimeError with what it said if it fails."""
    command = [sys.executable, "-m", "geo", "import", str(REAL_FILE), "--into", str(into)]
    began = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-500:]}")
    return time.perf_counter() - began


def make_up(events: int, path: Path) -> None:
    """Write a store of made-up events. A run of events at a time is in memory, and all updates."""
    from benchmarks.conflict import updates, whole_events
    from geo.store.parquet_writing import write_parquet

    print(f"making up {events:,} events: {path.name}", file=sys.stderr, flush=True)
    gc.disable()  # millions of small values without a cycle among them
    try:
        about = {"title": f"{events:,} made-up events", "summary": "For the benchmark. Nothing in it has happened."}
        write_parquet(path, events=whole_events(events), updates=updates(events), about=about)
    finally:
        gc.enable()


def _convert(store: Path, path: Path) -> None:
    from geo.store.geojson_file import GeoJSONFileStore
    from geo.store.parquet_writing import write_parquet

    snapshot = GeoJSONFileStore(store).snapshot()
    write_parquet(path, events=snapshot.events, sites=snapshot.sites, updates=snapshot.updates.values(), about=snapshot.about)
