"""`convert`: a store in one GeoJSON file as a GeoParquet store, and back; and any GeoJSON file as RFC 7946 recommends."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from geo.cli.command import Command, UsageError
from geo.cli.output import counted, printable, progress_bar, say
from geo.cli.reverting import add_signature, signature
from geo.cli.rewriting import rewrite
from geo.errors import Problem, StoreError
from geo.settings import from_environment
from geo.store.adding import ADDERS
from geo.store.converting import Held, held_in, write_geojson_store, write_parquet_store
from geo.store.history import History
from geo.store.opening import is_parquet

_TOLD = 20
_Item = TypeVar("_Item")


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, metavar="FROM", help="a store: .geojson or .json, .parquet or .geoparquet; or any GeoJSON file")
    parser.add_argument("target", type=Path, metavar="TO", help="where to write it; the suffix says as what")
    parser.add_argument("--force", action="store_true", help="replace TO if it is there")
    parser.add_argument("--json", action="store_true", help="print what was written and what could not be read as JSON")
    add_signature(parser)


def _run(options: argparse.Namespace) -> int:
    source, target = options.source, options.target
    _check(source, target, force=options.force)
    if not is_parquet(source) and not is_parquet(target):
        _spare_stores(target)
        return rewrite(source, target, as_json=options.json)
    held = held_in(source)
    read_only = from_environment(os.environ).read_only
    by, why = signature(options), f"Converted from {printable(source.name)[:200]}."
    with progress_bar("writing") as progress:
        events = _told(held.events, held.total, progress)
        write = write_parquet_store if is_parquet(target) else write_geojson_store
        write(held, events, target, by=by, why=why, read_only=read_only, replace=options.force)
    return _report(options, held)


def _check(source: Path, target: Path, *, force: bool) -> None:
    for name, path in (("FROM", source), ("TO", target)):
        if path.suffix.casefold() not in ADDERS:
            raise UsageError(f"{name} {path}: no kind of store has this suffix; use {', '.join(ADDERS)}")
    if is_parquet(source) and is_parquet(target):
        raise UsageError("both are GeoParquet; give TO the suffix of the other kind, or copy the file")
    if not source.exists():
        raise StoreError(what="There is no such file", where=str(source), advice="Check the path.")
    if target.exists() and (not target.is_file() or target.samefile(source)):
        raise UsageError(f"{target} is no ordinary file, or FROM itself; give another name")
    if target.exists() and not force:
        raise UsageError(f"{target} is there already; give another name, or --force to replace it")


def _spare_stores(target: Path) -> None:
    """Rewriting knows nothing of histories: a store is changed through its own way alone."""
    path = target.resolve()
    if History(path).path.exists() or path == from_environment(os.environ).store.resolve():
        raise UsageError(f"{target} is a store; give another name, or bring the file in by `python -m geo import`")


def _told(events: Iterable[_Item], total: int, progress: Any) -> Iterator[_Item]:
    for number, event in enumerate(events, 1):
        yield event
        if progress is not None and number % 1_000 == 0:
            progress(number, total)


def _report(options: argparse.Namespace, held: Held) -> int:
    counts = {"events": held.total, "retracted": len(held.retracted), "sites": len(held.sites), "updates": len(held.updates)}
    if options.json:
        problems = [_as_json(problem) for problem in held.unreadable]
        print(
            json.dumps({"from": str(options.source), "to": str(options.target), **counts, "left_out": held.left_out, "problems": problems}, indent=2)
        )
    else:
        for problem in held.unreadable[:_TOLD]:
            print(printable(str(problem)))
        if len(held.unreadable) > _TOLD:
            print(f"and {len(held.unreadable) - _TOLD:,} more; --json prints them all")
    nouns = (("events", "event"), ("retracted", "retracted event"), ("sites", "site"), ("updates", "update"))
    written = ", ".join(counted(counts[name], noun) for name, noun in nouns if counts[name] or name == "events")
    say(f"{options.target} written: {written}")
    if held.left_out:
        say(f"{counted(held.left_out, 'record')} of {options.source} could not be read and {'is' if held.left_out == 1 else 'are'} not in it")
    return 1 if held.left_out else 0


def _as_json(problem: Problem) -> dict[str, str]:
    return {"pointer": problem.pointer, "message": problem.message, "value": problem.value, "advice": problem.advice}


COMMAND = Command(
    name="convert",
    summary="turn a GeoJSON store into a GeoParquet store, or back; or put any GeoJSON file right",
    description="Write a store as one of the other kind (docs/parquet.md). Events, retracted ones too, sites, updates and everything that Dateline "
    "does not know come over; their order in the file becomes that of time. Records that cannot be read are told, one a line, and left out. From "
    "GeoJSON to GeoJSON any file that keeps to RFC 7946 is written anew (docs/rfc7946.md): rings are turned the right way around, what crosses the "
    "antimeridian is cut there, and everything else stays as it was. A file that is there is only replaced with --force. The exit status is 0 if all "
    "came over and was put right, 1 if something could not be or nothing was written, 2 for wrong usage.",
    configure=_configure,
    run=_run,
)
