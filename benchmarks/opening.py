"""`python -m benchmarks.opening STORE`: opening a store in a fresh process, and what the first page asks of it, each timed; printed as JSON."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.apps import ROOT

_LONGEST_S = 300


def opening_of(store: Path) -> dict[str, float]:
    """Seconds of each step, in a process of its own. Raises RuntimeError if it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.opening", str(store)], cwd=ROOT, capture_output=True, text=True, timeout=_LONGEST_S, check=False
    )
    if done.returncode:
        raise RuntimeError(f"opening {store.name} ended with {done.returncode}: {done.stderr[-300:]}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _steps(path: Path) -> dict[str, float]:
    taken = {"imports": _import_engine()}

    from geo.columns import pack
    from geo.filters import EventFilter
    from geo.store import open_store
    from geo.ui.filter_data import filters_data
    from geo.ui.present import list_data, summary_data

    def step(name: str, do: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        found = do()
        taken[name] = time.perf_counter() - began
        return found

    collection = step("snapshot", lambda: open_store(path).snapshot())
    wanted = EventFilter()
    tally = step("tally", lambda: collection.tally(wanted))
    step("list", lambda: list_data(collection, wanted, selected=None, page=0, newest_first=True))
    words = {"window": "all dates", "clock": "", "filters": "", "clearable": False}
    step("summary", lambda: summary_data(collection, tally, **words))
    taken["open"] = sum(taken.values()) - taken["imports"]
    step("facets", lambda: filters_data(collection, wanted))
    step("columns", lambda: b"".join(pack(collection)))
    return taken


def _import_engine() -> float:
    """Seconds to load DuckDB, Arrow and the app's own modules, once a process: no opening of a store, but the first page waits for it, too."""
    began = time.perf_counter()
    import duckdb
    import pandas  # noqa: F401 - of Folium's, and Arrow looks for it
    import pyarrow.compute
    import pyarrow.parquet  # noqa: F401

    import geo.store.parquet_collection
    import geo.store.parquet_index
    import geo.ui.filter_data
    import geo.ui.present  # noqa: F401

    duckdb.connect().execute("SELECT 1").fetchnumpy()
    return time.perf_counter() - began


def main() -> int:
    """Time the store that the command line names."""
    print(json.dumps(_steps(Path(sys.argv[1]))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
