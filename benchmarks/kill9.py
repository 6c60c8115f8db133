"""`python -m benchmarks.kill9`: writers that are killed at random moments, and around every call to the system; what is left of the store."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import os
import random
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from geo.store import read_document
from geo.store.document import Document, split
from geo.store.editing import AddEvent, AddUpdate, ChangeEvent, Editor, StoreWriter, version_of
from geo.store.history import LAPSED, Entry
from geo.store.revisions import body_after
from tests.factories import as_event, document, event, update

EDITOR = Editor("Killed")
_EVENTS = 12
_IMPORTED = 8
_WRITES_A_KILL = 6  # as many as a writer makes at most before it is killed, about
_KILLS_PER_STORE = 10
_LONGEST_S = 0.15
_CALLS = ("open", "write", "fsync", "replace", "ftruncate", "fchmod", "close", "unlink")
Do = Callable[[StoreWriter], Any]


@dataclass
class Outcome:
    """How many kills, how many writes were acknowledged before, and what was wrong afterwards, which should be nothing."""

    kills: int = 0
    acknowledged: int = 0
    torn: int = 0
    lost: int = 0
    leftovers: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was wrong."""
        return not (self.torn or self.lost or self.leftovers or self.faults)


def at_random(kills: int, seed: int, folder: Path) -> Outcome:
    """Kill a writer that adds, edits and imports, again and again, each time at a random moment."""
    importlib.import_module("filelock")  # here once, and not in each child
    chance, outcome = random.Random(seed), Outcome()
    longest_s = min(_WRITES_A_KILL * _seconds_a_write(folder / "quick"), _LONGEST_S)
    for number in range(kills):
        if number % _KILLS_PER_STORE == 0:
            path = new_store(folder / f"random-{number}")
        acknowledged = _killed(path, chance.uniform(0, longest_s), chance.randrange(2**32))
        outcome.kills += 1
        outcome.acknowledged += len(acknowledged)
        _judge(path, outcome, acknowledged, f"kill {number}")
    return outcome


def _seconds_a_write(folder: Path) -> float:
    """The moments have to fit the machine: on a slow disk a writer would be killed before it has written anything."""
    writer, times = StoreWriter(new_store(folder)), []
    for number in range(5):
        began = time.perf_counter()
        _edit(writer, number + 1)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def at_every_call(folder: Path) -> Outcome:
    """Kill a writer before, in the middle of, and after each call to the system that a write makes."""
    outcome = Outcome()
    for name, do in _DEEDS.items():
        model = new_store(folder / name, has_history=name != "first")
        for moment in ("before", "half", "after"):
            call = 0
            while True:
                path = folder / f"{name}-{moment}-{call}" / model.name
                shutil.copytree(model.parent, path.parent)
                before = path.read_bytes()
                if not _killed_at(path, do, call, moment):
                    break
                outcome.kills += 1
                _judge(path, outcome, [], f"{name}, {moment} call {call}")
                _check_old_or_new(path, before, outcome, f"{name}, {moment} call {call}")
                call += 1
    return outcome


def new_store(folder: Path, *, has_history: bool = True) -> Path:
    """A store of a few events in a folder of its own; a history has two changes, so that there is something to undo and to restore."""
    folder.mkdir(parents=True)
    path = folder / "store.geojson"
    path.write_text(json.dumps(document([event(f"e-{number}") for number in range(_EVENTS)], [update()]), indent=2), encoding="utf-8")
    if has_history:
        writer = StoreWriter(path)
        writer.apply([AddEvent(event("first"))], by=EDITOR, why="a first")
        _edit(writer, 0)
    return path


def _edit(writer: StoreWriter, number: int) -> Any:
    held = _document(writer)
    at = number % _EVENTS
    value = held.value("features", at)
    changed = value | {"properties": value["properties"] | {"note": f"note {number}"}}
    return writer.apply([ChangeEvent(value["id"], changed, version_of(value))], by=EDITOR, why="an edit")


def _import(writer: StoreWriter, number: int) -> Any:
    id_ = f"u-{number}"
    events = [AddEvent(event(f"{id_}-{at}", updates=["u-1", id_])) for at in range(_IMPORTED)]
    return writer.apply([AddUpdate(update(id_)), *events], by=EDITOR, why="an import")


def _add(writer: StoreWriter, number: int) -> Any:
    return writer.apply([AddEvent(event(f"new-{number}"))], by=EDITOR, why="an addition")


def _document(writer: StoreWriter) -> Document:
    path = Path(str(writer.history.path).removesuffix(".history.jsonl"))
    return split(path.read_bytes(), str(path))


_DEEDS: dict[str, Do] = {
    "first": lambda writer: _add(writer, 0),
    "add": lambda writer: _add(writer, 0),
    "edit": lambda writer: _edit(writer, 1),
    "import": lambda writer: _import(writer, 0),
    "add_records": lambda writer: writer.add_records(events=[as_event("imported")], updates=[], by=EDITOR, why="an import"),
    "undo": lambda writer: writer.undo(by=EDITOR),
    "restore": lambda writer: writer.restore(writer.history.entries()[0][0].revision or "", by=EDITOR, why="back"),
}


def _killed(path: Path, after_s: float, seed: int) -> list[dict[str, Any]]:
    """What a writer has acknowledged before it was killed."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        _write_until_killed(path, write_end, seed)
    os.close(write_end)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(read_end, "rb") as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return [json.loads(line) for line in told.split(b"\n")[:-1]]


def _write_until_killed(path: Path, pipe: int, seed: int) -> None:
    with _exiting():
        chance, writer = random.Random(seed), StoreWriter(path)
        for number in range(seed, seed + 10_000):
            written = chance.choice((_add, _edit, _edit, _import))(writer, number)
            told = {"entry": written.entry, "revision": written.revision, "versions": dict(written.versions)}
            os.write(pipe, json.dumps(told).encode() + b"\n")


def _killed_at(path: Path, do: Do, call: int, moment: str) -> bool:
    """Let a writer do something and kill itself at one of its calls to the system; False if it has done it without coming so far."""
    child = os.fork()
    if child == 0:
        with _exiting():
            _arm(call, moment)
            do(StoreWriter(path))
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@contextlib.contextmanager
def _exiting() -> Iterator[None]:
    """A child never returns into the parent's program."""
    try:
        yield
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
    os._exit(0)


def _arm(wanted: int, moment: str) -> None:
    """Make the call of that number, counted over all that a write uses, the last one of this process."""
    count = [0]

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def deadly(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:
            is_last, count[0] = count[0] == wanted, count[0] + 1
            if is_last and moment == "before":
                die()
            if is_last and moment == "half":
                real(given[0], memoryview(given[1])[: len(given[1]) // 2])
                die()
            result = real(*given, **named)
            if is_last:
                die()
            return result

        return called

    for name in _CALLS if moment != "half" else ("write",):  # only that is done in halves
        setattr(os, name, deadly(name, getattr(os, name)))


def _judge(path: Path, outcome: Outcome, acknowledged: Sequence[dict[str, Any]], where: str) -> None:
    """Look at the store as the kill has left it, then as a new writer finds it."""
    try:
        if read_document(path.read_bytes(), where=str(path)).problems:
            raise ValueError("problems in the store")
        StoreWriter(path).settle()
        held = split(path.read_bytes(), str(path))
    except Exception as error:
        outcome.torn += 1
        outcome.faults.append(f"{where}: {type(error).__name__}: {error}")
        return
    left = sorted(one.name for one in path.parent.iterdir() if one.name.removeprefix(path.name) not in ("", ".lock", ".history.jsonl"))
    outcome.leftovers += len(left)
    entries, problems = StoreWriter(path).history.entries()
    if problems or (entries and (entries[-1].after != held.sha256 or body_after(entries, entries[-1].number) != held.body)):
        outcome.faults.append(f"{where}: the history does not lead to the file")
    lost = _lost(held, entries, acknowledged)
    outcome.lost += len(lost)
    outcome.faults += [f"{where}: lost {name}" for name in lost]


def _lost(held: Document, entries: Sequence[Entry], acknowledged: Sequence[dict[str, Any]]) -> list[str]:
    """Acknowledged changes that are not there, or not in the history; of one more, which was not acknowledged any more, either is right."""
    last = acknowledged[-1]["entry"] if acknowledged else None
    undone = {entry.number - 1 for entry in entries if entry.action == LAPSED}
    by_number = {entry.number: entry for entry in entries}
    after = [entry for entry in entries if last is not None and entry.number > last and entry.number not in undone and entry.action != LAPSED]
    lost = [
        f"entry {told['entry']}" for told in acknowledged if told["entry"] not in by_number or by_number[told["entry"]].revision != told["revision"]
    ]
    lost += [f"entry {told['entry']}, set aside" for told in acknowledged if told["entry"] in undone]
    if len(after) > 1:
        lost.append(f"{len(after)} entries that nobody has acknowledged")
    touched = {change.id for entry in after for change in entry.changes}
    versions = {id_: version for told in acknowledged for id_, version in told["versions"].items()}
    for id_, version in versions.items():
        places = [(member, held.index[member][id_][0]) for member in held.index if id_ in held.index[member]]
        if id_ not in touched and [version_of(held.value(*place)) for place in places] != [version]:
            lost.append(id_)
    return lost


def _check_old_or_new(path: Path, before: bytes, outcome: Outcome, where: str) -> None:
    """Nothing between the two: what the file holds is the old state, or one that the history calls the outcome of a change that was carried out."""
    body = path.read_bytes()
    entries, _ = StoreWriter(path).history.entries()
    if body != before and (not entries or entries[-1].after is None or entries[-1].action == LAPSED):
        outcome.faults.append(f"{where}: neither the old state nor the new one")


def main(given: Sequence[str] | None = None) -> int:
    """Kill, judge, print; the exit status is 1 if anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kill9", description=__doc__)
    parser.add_argument("--kills", type=int, default=1_000, help="at random moments")
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(given)
    with tempfile.TemporaryDirectory() as folder:
        outcomes = {"at random moments": at_random(wanted.kills, wanted.seed, Path(folder)), "at every call": at_every_call(Path(folder))}
    if wanted.json:
        print(json.dumps({name: asdict(outcome) for name, outcome in outcomes.items()}))
    else:
        for name, one in outcomes.items():
            print(f"{one.kills:,} kills {name}: {one.acknowledged:,} writes acknowledged before, {one.lost} lost")
            print(f"  {one.torn} torn files, {one.leftovers} leftovers, {len(one.faults)} faults")
            print("".join(f"  {fault}\n" for fault in one.faults[:20]), end="")
    return 0 if all(outcome.is_clean for outcome in outcomes.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
