"""The rows that were set aside: what is wrong with each, and a file of them that can be mended and brought again."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geo.errors import shown

PREFIX = "report_"
"""What the columns begin with that the report puts before the row's own: they are left out when the report is read as a data set."""

_MEMBERS = ("row", "field", "value", "reason", "advice")
# As the exports guard their cells (docs/export.md, OWASP ASVS 5.0, 1.2.10), but numbers stay numbers.
_FORMULA = re.compile("'*[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\\-@＝＋－＠﹦﹢﹣﹫−]|'*[\t\r\n]")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_NOT_FOR_CELLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclasses.dataclass(frozen=True, slots=True)
class RowProblem:
    """One fault of one row.

    `row` is counted as a spreadsheet counts, the header being row 1, and for GeoJSON from the first feature, which is 1; 0 is no row. `field` is the
    column, "" for the row as a whole. `original` is the row as it stood in the file, by column.
    """

    row: int
    field: str
    value: str
    reason: str
    advice: str
    original: Mapping[str, Any] = dataclasses.field(default_factory=dict, compare=False, repr=False)

    def __str__(self) -> str:
        at = ", ".join(part for part in (f"row {self.row}" if self.row else "", self.field) if part)
        got = f" (got {self.value})" if self.value else ""
        return f"{at or 'the file'}: {self.reason}{got}. {self.advice}"


def rows_set_aside(report: Iterable[RowProblem]) -> int:
    """How many rows a report is about."""
    return len({problem.row for problem in report})


def report_csv(report: Sequence[RowProblem]) -> bytes:
    """The report as CSV, UTF-8 with a byte order mark: a line a row, what is wrong with it, then the row's own columns as they stood.

    Mended, the file can be imported again: the columns of the report itself are then passed over. Cells that a spreadsheet could take for a
    formula have an apostrophe before them, which the import takes off again.
    """
    rows: dict[int | str, list[RowProblem]] = {}
    for problem in report:
        # What is of no row (row 0) has a line of its own.
        rows.setdefault(problem.row or f"0 {problem.field} {problem.value}", []).append(problem)
    columns = list(dict.fromkeys(name for problems in rows.values() for name in problems[0].original))
    body = io.StringIO(newline="")
    writer = csv.writer(body, lineterminator="\r\n")
    writer.writerow([PREFIX + name for name in _MEMBERS] + [_guarded(name) for name in columns])
    for problems in rows.values():
        said = [" | ".join(str(getattr(problem, name)) for problem in problems) for name in _MEMBERS[1:]]
        original = problems[0].original
        writer.writerow([problems[0].row, *map(_guarded, said), *(_guarded(_cell(original.get(name, ""))) for name in columns)])
    return body.getvalue().encode("utf-8-sig")


def report_json(report: Sequence[RowProblem]) -> bytes:
    """The report as JSON: an array of `{"row", "field", "value", "reason", "advice", "original"}`, an object a fault."""
    faults = [{name: getattr(problem, name) for name in _MEMBERS} | {"original": dict(problem.original)} for problem in report]
    # ASCII, so that no value can reach a terminal as anything but text.
    return json.dumps(faults, indent=1).encode("ascii")


def is_report(columns: Iterable[str]) -> bool:
    """Whether these are the columns of a report of ours."""
    return {PREFIX + name for name in _MEMBERS} <= set(columns)


def unguarded(cells: Mapping[str, str]) -> dict[str, str]:
    """A row of a report as the row that it is about: without the report's own columns and without the apostrophes that it set."""
    return {name: cell[1:] if cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell for name, cell in cells.items() if not name.startswith(PREFIX)}


def shown_cell(cell: Any) -> str:
    """A cell as it is quoted in a report; "" for an empty one."""
    return "" if cell in (None, "") else shown(cell)


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _guarded(text: str) -> str:
    clean = _NOT_FOR_CELLS.sub("\ufffd", text)
    return f"'{clean}" if _FORMULA.match(clean) and not _NUMBER.fullmatch(clean) else clean
