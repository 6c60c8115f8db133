"""The benchmarks that stand on their own, each run as a program of its own under its name."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass

from benchmarks.apps import ROOT

_LONGEST_S = 3_600


@dataclass(frozen=True)
class Standalone:
    """`benchmarks/NAME.py`, what it measures, the arguments of a quick run, and about how many seconds a whole one takes."""

    name: str
    words: str
    quick: tuple[str, ...]
    estimate_s: int

    @property
    def is_there(self) -> bool:
        """Whether this checkout has it."""
        return (ROOT / "benchmarks" / f"{self.name}.py").exists()

    def run(self, *, quick: bool) -> tuple[str, float]:
        """What it prints, and the seconds it took. Raises RuntimeError, with its last words, if it finds something wrong or fails."""
        command = [sys.executable, "-m", f"benchmarks.{self.name}", *(self.quick if quick else ())]
        began = time.perf_counter()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=_LONGEST_S, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command[1:])} ended with {done.returncode}: {(done.stderr or done.stdout)[-500:]}")
        return done.stdout, time.perf_counter() - began


_KNOWN = (
    Standalone("drawing", "the map alone, without Streamlit around it", ("--sizes", "16566"), 180),
    Standalone("fuzz", "hostile GeoJSON by the ten thousand", ("--count", "200"), 900),
    Standalone("ingest", "live blogs and data sets read", ("--quick",), 300),
    Standalone("kill9", "writers that are killed at any moment", ("--kills", "20"), 300),
    Standalone("places", "places told by other places", ("--sentences", "30"), 300),
    Standalone("save", "one edit saved", ("--quick",), 60),
    Standalone("writers", "many writers at once", ("--processes", "2", "--edits", "10"), 60),
)
STANDALONE = tuple(one for one in _KNOWN if one.is_there)
"""Those of this checkout."""
