"""One batch of hostile files, read in a process of its own under limits of memory and time; what happened is printed as JSON.

`python -m tests.fuzz_worker mutated SEED FIRST COUNT` or `python -m tests.fuzz_worker crafted BYTES FIRST COUNT`.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import time
import traceback
from typing import Any

from geo.bounded_json import parse_json, read_bounded
from geo.errors import InvalidInput, Problem, StoreError
from geo.rfc7946 import check_rfc7946, cut_at_antimeridian, mending_file, rewound, set_aside, write_geojson
from geo.store import read_document
from tests.corpus_files import MANIFEST, body
from tests.mutations import crafted, mutation

MEMORY = 512 * 1024 * 1024
SECONDS = 5

# What a reader of bytes has no business with. Compiling and importing are done before the hook listens.
_WATCHED = (
    "open",
    "os.",
    "socket.",
    "subprocess.",
    "shutil.",
    "import",
    "exec",
    "compile",
    "urllib.",
    "http.",
    "ftplib.",
    "ctypes.",
    "pickle.",
    "tempfile.",
)
_seen: list[str] = []
_listening = False


class TooSlow(BaseException):
    """An input took more than `SECONDS` of the processor."""


def _require(holds: object) -> None:
    if not holds:
        raise AssertionError


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    if _listening and event.startswith(_WATCHED):
        _seen.append(f"{event} {arguments!r}"[:200])


def _too_slow(signal_: int, frame: object) -> None:
    raise TooSlow


def read_every_way(given: bytes) -> str:
    """Read bytes in each way that Dateline reads files; the outcome in a word. Raises AssertionError for a message without place, or a loss."""
    findings = check_rfc7946(given)
    try:
        value = parse_json(given, max_bytes=len(given))
    except InvalidInput as error:
        _require(findings.errors == error.problems)
        _require(all(_tells_its_place(problem) for problem in error.problems))
        _read_as_store(given)
        return "no JSON"
    for problem in findings.errors + findings.warnings:
        _assert_points_into(value, problem)
    _read_as_store(given)
    try:
        sorted_ = set_aside(given)
    except InvalidInput as error:
        for problem in error.problems:
            _assert_points_into(value, problem)
        return "refused"
    for bad in sorted_.bad:
        _require(bad.problems)
        _require(
            all(problem.pointer == f"/features/{bad.index}" or problem.pointer.startswith(f"/features/{bad.index}/") for problem in bad.problems)
        )
        for problem in bad.problems:
            _assert_points_into(value, problem)
    for good in sorted_.good:
        _put_right(good.feature["geometry"])
    again = write_geojson({"type": "FeatureCollection", "features": [good.feature for good in sorted_.good]})
    _require(read_bounded(again)["features"] == [good.feature for good in sorted_.good])
    mending = write_geojson(mending_file(sorted_))
    _require(parse_json(mending, max_bytes=len(mending))["features"] == [bad.feature for bad in sorted_.bad])
    return "set aside" if sorted_.bad else "good"


def read_as_an_import(given: bytes) -> str:
    """Sort bytes as an import does, put what is good right, and write what is bad: for large ones, which must not be held several times over."""
    try:
        sorted_ = set_aside(given)
    except InvalidInput as error:
        _require(all(problem.message and problem.advice for problem in error.problems))
        return "refused"
    for good in sorted_.good:
        _put_right(good.feature["geometry"])
    write_geojson(mending_file(sorted_))
    return "set aside" if sorted_.bad else "good"


def read_as_a_check(given: bytes) -> str:
    """Check bytes as the command does."""
    return "conforms" if check_rfc7946(given).conforms else "errors"


def _put_right(geometry: Any) -> None:
    try:
        result = cut_at_antimeridian(rewound(geometry))
    except InvalidInput as error:
        _require(all(problem.pointer and problem.advice for problem in error.problems))
        return
    _require(result is None or check_rfc7946(result).errors == ())


def _read_as_store(given: bytes) -> None:
    try:
        snapshot = read_document(given, where="here")
    except StoreError as error:
        _require(error.what and error.advice)
    else:
        _require(all(problem.message and problem.advice for problem in snapshot.problems))


def _tells_its_place(problem: Problem) -> bool:
    return any(
        word in problem.message for word in ("ine ", "Byte ", "bytes", "no JSON number", "stands twice", "deeply", "digits", "too large")
    ) and bool(problem.advice)


def _assert_points_into(value: Any, problem: Problem) -> None:
    """The pointer leads to something, or to the place in something where a member is missing."""
    _require(problem.message and problem.advice)
    steps = [step.replace("~1", "/").replace("~0", "~") for step in problem.pointer.split("/")[1:]]
    for index, step in enumerate(steps):
        if isinstance(value, list):
            value = value[int(step)]
        elif isinstance(value, dict) and (step in value or index == len(steps) - 1):
            value = value.get(step)
        else:
            raise AssertionError(f"{problem.pointer} leads nowhere")


DOORS_OF_SMALL_FILES = (read_every_way,)
DOORS_OF_LARGE_FILES = (read_as_a_check, read_as_an_import)


def main(kind: str, first_argument: int, first: int, count: int) -> dict[str, Any]:
    """Read inputs `first` to `first + count`; returns the outcomes, what was not as it should be, and what it cost."""
    global _listening
    big = list(crafted(first_argument).items()) if kind == "crafted" else []
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, _too_slow)
    for name in MANIFEST:  # warm: what is imported late is imported now
        read_every_way(body(name))
    sys.addaudithook(_listen)
    outcomes: dict[str, int] = {}
    faults: list[str] = []
    slowest = (0.0, "")
    for number in range(first, first + count):
        if kind == "mutated":
            doors, name, given = DOORS_OF_SMALL_FILES, f"mutation {number} of seed {first_argument}", mutation(first_argument, number)
        elif number < len(big):
            doors, name, given = DOORS_OF_LARGE_FILES, big[number][0], big[number][1]()
        else:
            break
        for read in doors:
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            started = time.process_time()
            _listening = True
            try:
                outcome = read(given)
            except BaseException:
                _listening = False
                outcome = "fault"
                faults.append(f"{name}: {traceback.format_exc()[-1_500:]}")
            _listening = False
            signal.setitimer(signal.ITIMER_PROF, 0)
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
            slowest = max(slowest, (time.process_time() - started, name))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"outcomes": outcomes, "faults": faults, "reached": _seen, "slowest_s": round(slowest[0], 3), "slowest": slowest[1], "peak_mb": peak}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], *map(int, sys.argv[2:5]))))
