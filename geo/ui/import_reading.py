"""A file that a stranger has uploaded, read within bounds: the events in it, and every row that is none with the reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from geo.bounded_json import Limits as JsonLimits
from geo.errors import InvalidInput, Problem
from geo.ingest.datasets import Dataset, Format, Limits, RowProblem, preview, read_dataset, report_csv
from geo.ingest.datasets.mapping import Mapping as Columns
from geo.ingest.datasets.storing import plain_name
from geo.rfc7946 import Sorted, set_aside

MAX_ROWS = 50_000
_MAX_COLUMNS = 300
_MAX_CELLS = 4_000_000  # rows times columns: what a table of empty cells costs in memory
_MAX_CELL = 100_000
_SAMPLES = 20
MENDING = {False: ("set-aside.csv", "text/csv"), True: ("set-aside.geojson", "application/geo+json")}
"""What a file of rows to be mended is called, and its media type, by whether they came as JSON."""
_MAPPABLE = ("csv", "geojson")


@dataclass(frozen=True)
class Reading:
    """What an upload holds. `dataset` is None while `missing` names what no column was found for.

    `file` is what the file is called, as a text. `report` holds every fault of every row that is no event, `rows` counts all. `features` are those
    of a GeoJSON file by row, `members` the other members of its collection.
    """

    file: str
    size: int
    format: Format
    mapping: Columns
    columns: tuple[str, ...]
    samples: tuple[Mapping[str, str], ...] = ()
    dataset: Dataset | None = None
    missing: tuple[str, ...] = ()
    report: tuple[RowProblem, ...] = ()
    rows: int = 0
    is_json: bool = False
    is_store: bool = False
    features: Mapping[int, Any] = field(default_factory=dict)
    members: Mapping[str, Any] = field(default_factory=dict)

    @property
    def can_be_mapped(self) -> bool:
        """Whether a person may say what the columns mean."""
        return self.format in _MAPPABLE and not self.is_store


def read_upload(body: bytes, *, name: str, max_bytes: int, given: Mapping[str, str]) -> Reading:
    """Read an upload. `given` is what the person said of the columns, as `read_dataset` takes it.

    Nothing of it is run, fetched or opened: it is JSON or CSV text, or it is refused. Raises InvalidInput and StoreError, for the file as a whole.
    """
    if len(body) > max_bytes:
        advice = "Split it, by year for instance, or import it from the command line."
        raise InvalidInput([Problem("", f"The file has {len(body):,} bytes; at most {max_bytes:,} are taken here", "", advice)])
    if body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return _read_geojson(body, name, max_bytes, given)
    return _read_table(body, name, max_bytes, given)


def _read_table(body: bytes, name: str, max_bytes: int, given: Mapping[str, str]) -> Reading:
    limits = Limits(max_bytes=max_bytes, max_json_bytes=max_bytes, max_rows=MAX_ROWS, max_columns=_MAX_COLUMNS, max_cell=_MAX_CELL)
    file = plain_name(name)
    seen = preview(body, mapping=given or None, name=file, limits=limits)
    reading = Reading(file, len(body), seen.format, seen.mapping, seen.columns, samples=seen.rows, missing=seen.missing)
    if seen.missing:
        return reading
    limits = replace(limits, max_rows=min(MAX_ROWS, _MAX_CELLS // max(1, len(seen.columns))))
    dataset = read_dataset(body, mapping=given or None, name=file, limits=limits)
    return replace(reading, dataset=dataset, report=dataset.report, rows=dataset.rows)


def _read_geojson(body: bytes, name: str, max_bytes: int, given: Mapping[str, str]) -> Reading:
    sorted_ = set_aside(body, JsonLimits(max_bytes=max_bytes, max_features=MAX_ROWS))
    features = [one.feature for one in sorted_.good]
    good = json.dumps({"type": "FeatureCollection", **sorted_.members, "features": features}, ensure_ascii=False, separators=(",", ":")).encode()
    limits = Limits(max_bytes=2 * max_bytes, max_json_bytes=2 * max_bytes, max_rows=MAX_ROWS, max_columns=_MAX_COLUMNS, max_cell=_MAX_CELL)
    file = plain_name(name)
    is_store = isinstance(sorted_.members.get("dateline"), dict)
    rows = len(sorted_.good) + len(sorted_.bad)
    faults = _faults(sorted_)
    if not features and not is_store:
        features_of = {one.index + 1: one.feature for one in sorted_.bad}
        empty = Dataset((), (), (), faults, "geojson", Columns(), (), rows)
        return Reading(file, len(body), "geojson", Columns(), (), (), empty, (), faults, rows, True, False, features_of, sorted_.members)
    given = {} if is_store else given
    reading = Reading(file, len(body), "geojson", Columns(), (), rows=rows, report=faults, is_json=True, is_store=is_store)
    try:
        dataset = _at_their_rows(read_dataset(good, mapping=given or None, name=file, limits=limits), sorted_)
    except InvalidInput:
        seen = preview(good, mapping=given or None, name=file, limits=limits)
        if not seen.missing:
            raise
        return replace(reading, mapping=seen.mapping, columns=seen.columns, samples=seen.rows, missing=seen.missing)
    report = tuple(sorted((*faults, *dataset.report), key=lambda problem: problem.row))
    features_of = {one.index + 1: one.feature for one in sorted_.good} | {one.index + 1: one.feature for one in sorted_.bad}
    dataset = replace(dataset, report=report, rows=rows)
    samples = _samples(features, dataset, limits)
    told = replace(reading, mapping=dataset.mapping, columns=dataset.columns, samples=samples, dataset=dataset, report=report)
    return replace(told, features=features_of, members=sorted_.members)


def _samples(features: list[Any], dataset: Dataset, limits: Limits) -> tuple[Mapping[str, str], ...]:
    """The cells of the first features, to show beside the mapping."""
    first = json.dumps({"type": "FeatureCollection", "features": features[:_SAMPLES]}).encode()
    return preview(first, mapping=dataset.mapping, limits=limits).rows if dataset.columns else ()


def _faults(sorted_: Sorted) -> tuple[RowProblem, ...]:
    """What keeps features out before anybody asks what they say."""
    return tuple(
        RowProblem(one.index + 1, problem.pointer.removeprefix(f"/features/{one.index}"), problem.value, problem.message, problem.advice)
        for one in sorted_.bad
        for problem in one.problems
    )


def _at_their_rows(dataset: Dataset, sorted_: Sorted) -> Dataset:
    """The rows of the file that came, not of the good ones alone."""

    def place(row: int) -> int:
        return sorted_.good[row - 1].index + 1 if 1 <= row <= len(sorted_.good) else row

    report = tuple(replace(problem, row=place(problem.row)) for problem in dataset.report)
    return replace(dataset, report=report, event_rows=tuple(map(place, dataset.event_rows)))


def mending(reading: Reading, problems: tuple[RowProblem, ...]) -> bytes:
    """The rows with `problems` as a file to be mended and brought again, of the kind that `MENDING` names."""
    if not reading.is_json:
        return report_csv(problems)
    rows = list(dict.fromkeys(problem.row for problem in problems if problem.row in reading.features))
    index = {row: number for number, row in enumerate(rows)}
    reasons = [
        {
            "pointer": f"/features/{index[problem.row]}{problem.field if problem.field.startswith('/') else ''}" if problem.row in index else "",
            "field": problem.field,
            "message": problem.reason,
            "value": problem.value,
            "advice": problem.advice,
            "was": problem.row - 1,
        }
        for problem in problems
    ]
    document = {**reading.members, "type": "FeatureCollection", "set_aside": reasons, "features": [reading.features[row] for row in rows]}
    # ASCII: whatever half of a character stood in a broken feature goes out as it came in.
    return json.dumps(document, indent=1).encode("ascii")
