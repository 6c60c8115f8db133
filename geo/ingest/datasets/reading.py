"""A data set as events: every row an event or a line of the report."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from geo.errors import InvalidInput, shown
from geo.geojson import read_feature, read_update
from geo.ingest.datasets.cells import Cells
from geo.ingest.datasets.drafts import Draft
from geo.ingest.datasets.formats import Opened, open_dataset, row_reader
from geo.ingest.datasets.mapping import Mapping, check_complete
from geo.ingest.datasets.opening import Limits, Progress, Source, open_lines
from geo.ingest.datasets.report import RowProblem
from geo.ingest.datasets.results import Dataset, Format, Preview
from geo.ingest.datasets.table import Row
from geo.model import Event, Update

_LIMITS = Limits()


def read_dataset(
    source: Source,
    *,
    format: Format = "auto",
    mapping: Mapping | MappingOf[str, str] | None = None,
    name: str | None = None,
    progress: Progress | None = None,
    limits: Limits = _LIMITS,
) -> Dataset:
    """Read a data set whole.

    `mapping` is a whole mapping, or what a person says otherwise than the guess, member by member (`{"lon": "X_COORD"}`); it counts for `csv` and
    `geojson` only, since the other formats have their own. `name` is what the file is called, for updates that no source is named for. Raises
    InvalidInput, with advice, for a data set that cannot be read as a whole, StoreError for GeoJSON that cannot be parsed, and OSError. A row that
    cannot be read is in the report.
    """
    (whole,) = _batches(source, format, mapping, name, progress, limits, None)
    return whole


def read_batches(
    source: Source,
    *,
    size: int = 10_000,
    format: Format = "auto",
    mapping: Mapping | MappingOf[str, str] | None = None,
    name: str | None = None,
    progress: Progress | None = None,
    limits: Limits = _LIMITS,
) -> Iterator[Dataset]:
    """As `read_dataset`, but `size` rows at a time, so that no more of a table is held in memory than that and the ids so far.

    An update comes with the first batch that cites it. GeoJSON is read whole all the same. Raises as `read_dataset`, some of it between batches.
    """
    yield from _batches(source, format, mapping, name, progress, limits, size)


def _batches(
    source: Source,
    wanted: Format,
    mapping: Mapping | MappingOf[str, str] | None,
    name: str | None,
    progress: Progress | None,
    limits: Limits,
    size: int | None,
) -> Iterator[Dataset]:
    """At least one data set, so that a table without rows is told too."""
    with open_lines(source, limits=limits, progress=progress) as lines:
        opened = open_dataset(lines, wanted, mapping, limits)
        if opened.store is not None:
            yield opened.store
            return
        check_complete(opened.mapping, opened.table.columns)
        rows = itertools.chain(opened.sample, opened.table.rows)
        read = row_reader(opened, name or _name_of(source))
        known = _Known()
        batch = _gathered(itertools.islice(rows, size), opened, read, known)
        yield batch
        while size is not None and batch.rows == size:
            batch = _gathered(itertools.islice(rows, size), opened, read, known)
            if batch.rows:
                yield batch


def preview(
    source: Source,
    *,
    rows: int = 20,
    format: Format = "auto",
    mapping: Mapping | MappingOf[str, str] | None = None,
    name: str | None = None,
    limits: Limits = _LIMITS,
) -> Preview:
    """The first `rows` rows of a data set and what becomes of them. No more of a CSV is read than a mapping needs.

    Raises as `read_dataset`.
    """
    with open_lines(source, limits=limits) as lines:
        opened = open_dataset(lines, format, mapping, limits)
        first = opened.sample + list(itertools.islice(opened.table.rows, max(0, rows - len(opened.sample))))
    shown_rows = tuple(row.cells for row in first[:rows])
    if opened.store is not None:
        held = opened.store
        return Preview(held.format, held.mapping, held.columns, shown_rows, (), held.events[:rows], held.updates, held.report)
    missing = opened.mapping.missing()
    found = Preview(opened.format, opened.mapping, opened.table.columns, shown_rows, missing)
    if missing:
        return found
    read = _gathered(iter(first[:rows]), opened, row_reader(opened, name or _name_of(source)), _Known())
    return replace(found, events=read.events, updates=read.updates, report=read.report)


@dataclass
class _Known:
    """What earlier rows have brought: the ids of updates, and the ids of events with their rows."""

    updates: set[str] = field(default_factory=set)
    events: dict[str, int] = field(default_factory=dict)


def _gathered(rows: Iterator[Row], opened: Opened, read: Callable[[Cells], Draft | None], known: _Known) -> Dataset:
    events: list[Event] = []
    event_rows: list[int] = []
    updates: list[Update] = []
    report: list[RowProblem] = []
    count = 0
    for row in rows:
        count += 1
        if row.fault is not None:
            report.append(RowProblem(row.number, "", "", *row.fault, row.cells or row.original))
            continue
        cells = Cells(row.number, row.cells, row.original)
        found = _checked(read(cells), cells, known)
        report.extend(cells.problems)
        if found is not None:
            events.append(found[0])
            event_rows.append(row.number)
            updates.extend(found[1])
    updates.sort(key=lambda update: update.published.at, reverse=True)
    columns = opened.table.columns
    return Dataset(tuple(events), tuple(updates), (), tuple(report), opened.format, opened.mapping, columns, count, tuple(event_rows))


def _checked(draft: Draft | None, cells: Cells, known: _Known) -> tuple[Event, list[Update]] | None:
    """The event and its updates that are new, as a store would read them; None, with the problems in `cells`, if a store would not."""
    if draft is None:
        return None
    try:
        told = [read_update(raw, "") for raw in draft.updates if raw["id"] not in known.updates]
        event = read_feature(draft.feature, "")
    except InvalidInput as error:
        cells.problems += [
            RowProblem(cells.number, fault.pointer, fault.value, fault.message, fault.advice, cells.values) for fault in error.problems
        ]
        return None
    if event.id in known.events:
        advice = "Give one of the two another id, or leave one out."
        cells.fault("", f"its id {shown(event.id)} stands in row {known.events[event.id]} too", advice)
        return None
    known.events[event.id] = cells.number
    known.updates.update(update.id for update in told)
    return cast(Event, event), told  # a draft is always an event


def _name_of(source: Source) -> str:
    return source.name if isinstance(source, Path) else "an imported file"
