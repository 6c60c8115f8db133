"""`import`: a data set of the field into a store, each row an event or a line of the report."""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
from collections.abc import Iterator
from pathlib import Path

from geo.cli.command import Command, UsageError
from geo.cli.output import counted, printable, progress_bar, say, write_file
from geo.cli.reverting import add_signature, signature
from geo.errors import DatelineError, InvalidInput, Problem
from geo.ingest.datasets import COLUMN_FIELDS, FORMATS, LICENCES, Dataset, RowProblem, read_dataset, report_csv, report_json
from geo.ingest.datasets.days import DATE_ORDERS
from geo.ingest.datasets.storing import store_dataset
from geo.model import PLACE_PRECISIONS
from geo.settings import from_environment
from geo.store.adding import ADDERS, Added

_TOLD = 20  # problems that are printed; the report holds all
_REPORTS = {".csv": report_csv, ".json": report_json}
_SETTINGS = ("publisher", "address", "date_order", "id_prefix", "default_precision")


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV or GeoJSON, plain or packed with gzip")
    parser.add_argument("--into", type=Path, required=True, metavar="STORE", help="the store, made if it is not there; what it holds stays as it is")
    parser.add_argument("--format", choices=FORMATS, default="auto", help="by default recognised by the columns")
    parser.add_argument("--dry-run", action="store_true", help="read and tell, but write no store")
    parser.add_argument("--strict", action="store_true", help="write nothing if any row has a problem")
    parser.add_argument("--report", type=Path, metavar="FILE", help=".csv (rows to mend and import again) or .json: every row that was set aside")
    add_signature(parser)
    plain = parser.add_argument_group("csv and geojson", f"What can be mapped: {', '.join(COLUMN_FIELDS)}.")
    plain.add_argument(
        "--column", dest="columns", action="append", default=[], type=_pair, metavar="WHAT=COLUMN", help="such as lon=X; nothing for none"
    )
    plain.add_argument("--publisher", metavar="NAME", help="who tells what the rows name no source for; by default the file's name")
    plain.add_argument("--address", metavar="URL", help="where it can be read, for rows that give no address")
    plain.add_argument("--date-order", choices=DATE_ORDERS, help="of dates such as 03/04/2021")
    plain.add_argument("--id-prefix", metavar="TEXT", help="what goes before every id, so that two files may both count from 1")
    plain.add_argument("--default-precision", choices=PLACE_PRECISIONS, help="how closely places are known, by default near_town")


def _run(options: argparse.Namespace) -> int:
    _check(options)
    given = dict(options.columns) | {name: getattr(options, name) for name in _SETTINGS if getattr(options, name) is not None}
    with _without_collector():
        return _import(options, given)


def _import(options: argparse.Namespace, given: dict[str, str]) -> int:
    try:
        with progress_bar("reading") as progress:
            dataset = read_dataset(options.file, format=options.format, mapping=given or None, progress=progress)
    except InvalidInput as error:
        raise DatelineError("\n".join(f"{options.file}: {_in_words(problem)}" for problem in error.problems)) from error
    _show(dataset)
    if options.dry_run or (options.strict and dataset.report):
        why = "--dry-run" if options.dry_run else "--strict, and there are problems"
        say(f"nothing was written ({why})")
        return _told(dataset, [], options)
    with progress_bar("writing"):
        stored = store_dataset(dataset, options.into, name=options.file.name, by=signature(options), read_only=from_environment(os.environ).read_only)
    refused = list(stored.refused)
    _say_added(stored.added, refused, options.into)
    if dataset.format in LICENCES:
        say(LICENCES[dataset.format])
    return _told(dataset, refused, options)


def _check(options: argparse.Namespace) -> None:
    if options.into.suffix.casefold() not in ADDERS:
        raise UsageError(f"--into {options.into}: no kind of store has this suffix; use {' or '.join(ADDERS)}")
    if options.report is not None and options.report.suffix.casefold() not in _REPORTS:
        raise UsageError(f"--report {options.report}: use {' or '.join(_REPORTS)}")
    taken = {path.resolve() for path in (options.file, options.into)}
    if len(taken) < 2 or (options.report is not None and options.report.resolve() in taken):
        raise UsageError("the file, the store and the report must be three different files")


def _show(dataset: Dataset) -> None:
    """What the columns were taken for, on standard output, and the first problems."""
    print(f"format: {dataset.format}")
    for member, column in dataset.mapping.columns().items():
        print(printable(f"  {member} = {column}"))
    for problem in dataset.report[:_TOLD]:
        print(printable(str(problem)))
    if len(dataset.report) > _TOLD:
        print(f"and {len(dataset.report) - _TOLD:,} more; --report FILE writes them all")


def _say_added(added: Added, refused: list[RowProblem], store: Path) -> None:
    for problem in refused[:_TOLD]:
        print(printable(str(problem)))
    if len(refused) > _TOLD:
        print(f"and {len(refused) - _TOLD:,} more; --report FILE writes them all")
    made = "made" if added.created else "added to"
    sites = f", {counted(added.sites, 'site')}" if added.sites else ""
    same = f"; {counted(added.same, 'record')} were there already" if added.same else ""
    say(f"{store} {made}: {counted(added.events, 'event')}, {counted(added.updates, 'update')}{sites}{same}")


def _told(dataset: Dataset, refused: list[RowProblem], options: argparse.Namespace) -> int:
    """Write the report, and say the last line; the exit status."""
    if options.report is not None:
        write_file(options.report, [_REPORTS[options.report.suffix.casefold()]([*dataset.report, *refused])])
    lost = f"; {counted(len(refused), 'record')} not added, since the store has another of the same id" if refused else ""
    read = f"{counted(len(dataset.events), 'event')} of {counted(dataset.rows, 'row')}"
    say(f"{options.file}: {read}, {counted(dataset.set_aside, 'row')} set aside{lost}")
    return 1 if dataset.report or refused else 0


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """Millions of small values that hold no cycles: looking through them again and again for cycles takes a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _pair(text: str) -> tuple[str, str]:
    what, equals, column = text.partition("=")
    if not equals or what not in COLUMN_FIELDS:
        raise argparse.ArgumentTypeError(f"{text!r}: write WHAT=COLUMN, such as lon=X; WHAT is one of: {', '.join(COLUMN_FIELDS)}")
    return what, column


def _in_words(problem: Problem) -> str:
    """A problem of the file as a whole, to which nothing points."""
    got = f" (got {problem.value})" if problem.value else ""
    return f"{problem.message}{got}. {problem.advice}"


COMMAND = Command(
    name="import",
    summary="read UCDP GED, ACLED, GeoJSON or CSV into a store",
    description="Read a data set into a store (docs/import.md). Each row becomes an event, or is set aside and told with what is wrong and what to "
    "do. The columns that were used are printed. The exit status is 0 if all rows are events of the store, 1 if some were set aside or refused, or "
    "the file cannot be read, 2 for wrong usage.",
    configure=_configure,
    run=_run,
)
