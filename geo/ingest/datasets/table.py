"""The rows of a CSV file, each with its number and its cells by name."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from geo.errors import shown
from geo.ingest.datasets.opening import Limits, refuse

_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*"?')  # what stands in quotes separates nothing


class _Reader(Protocol):
    """A reader of the module csv, which has no name of its own there."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...
    def __next__(self) -> list[str]: ...


@dataclass(slots=True)
class Row:
    """One record of a data set.

    `number` is that of a spreadsheet: the header is 1. For GeoJSON it is the feature's place, counted from 1. `cells` are texts by column.
    `original` is the record as it stood. `fault` says why it cannot be read as a row at all.
    """

    number: int
    cells: dict[str, str]
    original: dict[str, Any]
    fault: tuple[str, str] | None = None


@dataclass(frozen=True)
class Table:
    """The columns of a data set, and its rows, which can be gone through once."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


def read_table(lines: Iterator[str], *, limits: Limits) -> Table:
    """Read the header now and the rows as they are asked for; comma, semicolon, tab or bar, whichever the header has most of.

    Raises InvalidInput for a header that cannot be used, and, while the rows are read, for too many of them.
    """
    header = next((line for line in lines if line.strip()), "")
    delimiter = max(_DELIMITERS, key=_QUOTED.sub("", header).count)

    def all_lines() -> Iterator[str]:
        yield header
        yield from lines

    csv.field_size_limit(max(csv.field_size_limit(), limits.max_cell))
    reader = csv.reader(all_lines(), delimiter=delimiter)
    columns = _columns(reader, limits)
    return Table(columns, _rows(reader, columns, limits))


def _columns(reader: _Reader, limits: Limits) -> tuple[str, ...]:
    try:
        names = next(reader, [])
    except csv.Error as error:
        refuse(f"the header cannot be read: {error}", "The first line must name the columns.")
    columns = tuple(name.strip() or f"column_{number}" for number, name in enumerate(names, 1))
    if not any(name.strip() for name in names):
        refuse("there is no header", "The first line must name the columns.")
    if len(columns) > limits.max_columns:
        refuse(f"there are {len(columns):,} columns; {limits.max_columns:,} are read", "Leave some out.")
    twice = [name for name, count in Counter(columns).items() if count > 1]
    if twice:
        refuse("columns have the same name", "Give each another name.", ", ".join(map(shown, twice[:5])))
    if any(_unreadable(name) for name in columns):
        refuse("the header is not UTF-8", "Save the file as UTF-8.")
    return columns


def _rows(reader: _Reader, columns: Sequence[str], limits: Limits) -> Iterator[Row]:
    number, line = 1, reader.line_num
    while True:
        number, first, fault = number + 1, line + 1, None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            fault = f"the lines {first} to {reader.line_num} cannot be read as CSV: {error}"
        line = reader.line_num
        if fault is not None:
            yield Row(number, {}, {}, (fault, "Look for a quotation mark that is not closed, in these lines."))
            continue
        if not cells:
            continue  # an empty line: a spreadsheet counts it, but it is no row
        if number - 1 > limits.max_rows:
            refuse(f"there are more than {limits.max_rows:,} rows", "Split the file.")
        yield _row(number, cells, columns, limits)


def _row(number: int, cells: list[str], columns: Sequence[str], limits: Limits) -> Row:
    found = dict(zip(columns, cells, strict=False))
    if len(cells) != len(columns):
        advice = "Put a cell that holds the separator in quotes, and close every quote."
        return Row(number, found, dict(found), (f"the row has {len(cells):,} cells; the header has {len(columns):,}", advice))
    for cell in cells:
        if len(cell) > limits.max_cell:
            return Row(number, {}, {}, (f"a cell has {len(cell):,} characters; {limits.max_cell:,} are read", "Shorten it."))
        if not cell.isascii() and _unreadable(cell):
            clean = {name: text.encode("utf-8", "replace").decode() for name, text in found.items()}
            return Row(number, clean, dict(clean), ("the row is not UTF-8", "Save the file as UTF-8."))
    return Row(number, found, found)


def _unreadable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
