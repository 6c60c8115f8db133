"""Many processes and threads write one store at once, and no edit is lost."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

from geo.errors import Conflict
from geo.store import GeoJSONFileStore
from geo.store.editing import AddEvent, ChangeEvent, Editor, StoreWriter, version_of
from tests.factories import document, encoded, event

ROOT = Path(__file__).resolve().parents[1]


def test_every_edit_of_eight_processes_is_there_and_every_stale_one_was_refused() -> None:
    """320 edits of four events: all in the file, all in the history, each made from the version that stood before it."""
    command = [sys.executable, "-m", "benchmarks.writers", "--json", "--processes", "8", "--edits", "40"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.stdout, done.stderr
    outcome = json.loads(done.stdout)
    assert (outcome["there"], outcome["recorded"], outcome["slipped"]) == (320, 320, 0)
    assert outcome["refused"] > 0


def test_threads_share_one_writer(tmp_path: Path) -> None:
    """The sessions of one app use one writer; of two edits from one version, one is made and one refused."""
    path = tmp_path / "a"
    path.write_bytes(encoded(document([event("shared")])))
    writer, version = StoreWriter(path), version_of(event("shared"))
    refused: list[str] = []

    def write(name: str) -> None:
        writer.apply([AddEvent(event(name))], by=Editor(name), why="a test")
        try:
            writer.apply([ChangeEvent("shared", event("shared", title=name), version)], by=Editor(name), why="a test")
        except Conflict:
            refused.append(name)

    threads = [threading.Thread(target=write, args=(f"t-{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = GeoJSONFileStore(path).snapshot()
    assert {one.id for one in held.events} == {"shared", *(f"t-{number}" for number in range(6))}
    assert len(refused) == 5 and held.event("shared").title not in refused  # type: ignore[union-attr]


def test_a_reader_never_sees_a_torn_file(tmp_path: Path) -> None:
    """While a writer writes, every snapshot is a whole state, without a fault, and never an older one than before."""
    path = tmp_path / "a"
    path.write_bytes(encoded(document([event("e", count=0)])))
    store, writer, counts, is_done = GeoJSONFileStore(path), StoreWriter(path), [], threading.Event()

    def read() -> None:
        while not is_done.is_set():
            held = store.snapshot()
            assert held.fault is None
            counts.append(held.events[0].feature["properties"]["count"])

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(30):
        writer.apply([ChangeEvent("e", event("e", count=number + 1), version_of(event("e", count=number)))], by=Editor("Ana"), why="a test")
    is_done.set()
    reader.join()
    assert counts == sorted(counts) and store.snapshot().events[0].feature["properties"]["count"] == 30
