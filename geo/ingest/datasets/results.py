"""What reading a data set gives: events, updates, and a report of the rows that were set aside."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from typing import Literal

from geo.ingest.datasets.mapping import Mapping
from geo.ingest.datasets.report import RowProblem, rows_set_aside
from geo.model import Event, Site, Update

Format = Literal["auto", "ucdp-ged", "acled", "geojson", "csv"]


@dataclass(frozen=True)
class Dataset:
    """A data set that was read.

    `events` are in the order of the file, and `event_rows` are their rows; `updates` are newest first; `sites` come only from a store of Dateline's
    own. `report` holds every fault of every row that was set aside. `rows` counts all rows: events, sites and rows set aside.
    """

    events: tuple[Event, ...]
    updates: tuple[Update, ...]
    sites: tuple[Site, ...]
    report: tuple[RowProblem, ...]
    format: Format
    mapping: Mapping
    columns: tuple[str, ...] = ()
    rows: int = 0
    event_rows: tuple[int, ...] = ()

    @property
    def set_aside(self) -> int:
        """How many rows are no events."""
        return rows_set_aside(self.report)


@dataclass(frozen=True)
class Preview:
    """What would be read: the columns, the mapping, the first rows as they stand, and what becomes of them.

    `missing` names the members of the mapping without which nothing can be read; while there are some, `events` and `report` are empty.
    """

    format: Format
    mapping: Mapping
    columns: tuple[str, ...]
    rows: tuple[MappingOf[str, str], ...]
    missing: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    updates: tuple[Update, ...] = ()
    report: tuple[RowProblem, ...] = ()
