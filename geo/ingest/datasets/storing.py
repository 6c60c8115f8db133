"""Bringing a data set into a store: what the store says of it, what goes into the history, and what the store refused, by row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.ingest.datasets.formats import LICENCES
from geo.ingest.datasets.report import RowProblem
from geo.ingest.datasets.results import Dataset
from geo.model import Event
from geo.store.access import MAX_WHY, Editor, May, editors_may
from geo.store.adding import Added, add_records
from geo.store.locking import WAIT_S

_MOST_NAME = 200


@dataclass(frozen=True)
class Stored:
    """What came of it: what the store added, and its refusals as problems of the rows that they came from. An update is of no single row: row 0."""

    added: Added
    refused: tuple[RowProblem, ...]


def store_dataset(
    dataset: Dataset,
    path: Path,
    *,
    name: str,
    by: Editor,
    may: May = editors_may,
    read_only: bool = False,
    wait_s: float = WAIT_S,
    strict: bool = False,
) -> Stored:
    """Add a data set to the store at `path`, as one change. `name` is what its file is called. Raises as `add_records`, and `strict` is as there."""
    added = add_records(
        path,
        events=dataset.events,
        updates=dataset.updates,
        sites=dataset.sites,
        about=about(dataset, name),
        by=by,
        why=why(dataset, name),
        may=may,
        read_only=read_only,
        wait_s=wait_s,
        strict=strict,
        as_read=True,
    )
    return Stored(added, refused_rows(dataset, added))


def why(dataset: Dataset, name: str) -> str:
    """The reason as it stands in the history: `Import of incidents.csv: 12 events.`"""
    return f"Import of {plain_name(name)}: {_count(len(dataset.events), 'event')}."[:MAX_WHY]


def about(dataset: Dataset, name: str) -> dict[str, Any]:
    """What a new store says of itself."""
    days = [event.start.at for event in dataset.events]
    span = f", {min(days).date()} to {max(days).date()}" if days else ""
    told = {"title": f"Imported from {plain_name(name)}", "summary": f"{_count(len(dataset.events), 'event')}{span}, imported as {dataset.format}."}
    return told | ({"licence": LICENCES[dataset.format]} if dataset.format in LICENCES else {})


def plain_name(name: str) -> str:
    """A file's name as it can stand in a sentence: its last part, printable and of bounded length. It is a text, and never a path."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(char if char.isprintable() else "\ufffd" for char in last).strip()
    return (shown if len(shown) <= _MOST_NAME else shown[: _MOST_NAME - 1] + "…") or "a file without a name"


def refused_rows(dataset: Dataset, added: Added) -> tuple[RowProblem, ...]:
    """What the store refused, as problems of the rows."""
    problems = []
    for problem in added.refused:
        _, records, number = problem.pointer.split("/")
        row, original = 0, {}
        if records == "events":
            row = dataset.event_rows[int(number)]
            original = _row_of(dataset, dataset.events[int(number)])
        problems.append(RowProblem(row, "", problem.value, problem.message, problem.advice, original))
    return tuple(problems)


def _row_of(dataset: Dataset, event: Event) -> dict[str, Any]:
    """The row of a table that an event was read from."""
    properties = event.feature["properties"]
    kept = next((properties[name] for name in ("ucdp", "acled", "imported") if name in properties), None)
    return {name: kept.get(name, "") for name in dataset.columns} if isinstance(kept, dict) and dataset.format != "geojson" else {}


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
