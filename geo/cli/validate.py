"""`validate`: everything that is wrong with a store, or with any GeoJSON file, each with where it stands and what to do."""

from __future__ import annotations

import argparse
import json
import re
import stat
from pathlib import Path

from geo.cli.command import Command
from geo.cli.output import counted, printable, say
from geo.errors import Problem, StoreError
from geo.rfc7946 import OWN_FILE_LIMITS, Findings, check_rfc7946
from geo.store import GeoJSONFileStore, Snapshot

_POINTED = re.compile(r"(/[^\s:]*): (.*)", re.DOTALL)


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a store in the format of docs/store-format.md; with --rfc7946, any GeoJSON")
    parser.add_argument("--rfc7946", action="store_true", help="check the GeoJSON layer alone: MUST is an error, SHOULD a warning (docs/rfc7946.md)")
    parser.add_argument(
        "--json",
        action="store_true",
        help='print {"file", "valid", "problems": [{"pointer", "message", "value", "advice"}]}; with --rfc7946 "errors" and "warnings" instead',
    )


def _run(options: argparse.Namespace) -> int:
    return _run_rfc7946(options) if options.rfc7946 else _run_store(options)


def _run_rfc7946(options: argparse.Namespace) -> int:
    findings = _check_file(options.file)
    if options.json:
        lists = {"errors": findings.errors, "warnings": findings.warnings}
        found = {name: [_as_json(problem) for problem in problems] for name, problems in lists.items()}
        print(json.dumps({"file": str(options.file), "valid": findings.conforms, **found}, indent=2))
    else:
        for word, problems in (("error", findings.errors), ("warning", findings.warnings)):
            for problem in problems:
                print(printable(f"{word}: {problem}"))
    verdict = "conforms to RFC 7946" if findings.conforms else f"does not conform to RFC 7946; {counted(len(findings.errors), 'error')}"
    said = f"; {counted(len(findings.warnings), 'warning')}" if findings.warnings else ""
    say(f"{options.file}: {verdict}{said}")
    return 0 if findings.conforms else 1


def _check_file(path: Path) -> Findings:
    most = OWN_FILE_LIMITS.max_bytes
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode):
            with path.open("rb") as file:
                return check_rfc7946(file.read(most + 1))
        # Reading a pipe or a device may never end.
        what = "this is a folder, not a file" if stat.S_ISDIR(status.st_mode) else "this is no ordinary file"
    except FileNotFoundError:
        what = "there is no such file"
    except OSError as error:
        what = f"the file could not be read: {error.strerror or type(error).__name__}"
    return Findings((Problem("", what, "", "Check the path, and the right to read it."),), ())


def _run_store(options: argparse.Namespace) -> int:
    snapshot, problems = _read(options.file)
    if options.json:
        # ASCII, so that no value can reach the terminal as anything but text.
        print(json.dumps({"file": str(options.file), "valid": not problems, "problems": [_as_json(problem) for problem in problems]}, indent=2))
    else:
        for problem in problems:
            print(printable(str(problem)))
    say(f"{options.file}: {_summary(snapshot, problems)}")
    return 1 if problems else 0


def _read(path: Path) -> tuple[Snapshot | None, tuple[Problem, ...]]:
    try:
        snapshot = GeoJSONFileStore(path).snapshot()
    except StoreError as error:
        return None, (_as_problem(error),)
    return snapshot, snapshot.problems


def _as_problem(error: StoreError) -> Problem:
    pointed = _POINTED.fullmatch(error.what)
    return Problem(pointed[1] if pointed else "", pointed[2] if pointed else error.what, "", error.advice)


def _as_json(problem: Problem) -> dict[str, str]:
    return {"pointer": problem.pointer, "message": problem.message, "value": problem.value, "advice": problem.advice}


def _summary(snapshot: Snapshot | None, problems: tuple[Problem, ...]) -> str:
    if snapshot is None:
        return "cannot be read as a store"
    held = f"{counted(len(snapshot.events), 'event')}, {counted(len(snapshot.sites), 'site')}, {counted(len(snapshot.updates), 'update')}"
    if not problems:
        return f"valid; {held}"
    lost = f"; {counted(snapshot.left_out, 'record')} set aside" if snapshot.left_out else ""
    return f"{counted(len(problems), 'problem')}{lost}; {held} can be read"


COMMAND = Command(
    name="validate",
    summary="say what is wrong with a store, or with a GeoJSON file",
    description="Check a store, or with --rfc7946 any GeoJSON file. Each problem is one line: the JSON pointer to it, what is wrong, "
    "the value, and what to do. The exit status is 0 if there is none (warnings do not count), 1 if there are some or "
    "the file cannot be read, 2 for wrong usage.",
    configure=_configure,
    run=_run,
)
