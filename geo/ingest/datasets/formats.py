"""The formats of data sets: recognised by their columns, each with its mapping and its reader of rows."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from typing import Any

from geo.errors import Problem, shown
from geo.ingest.datasets import acled, plain, ucdp
from geo.ingest.datasets.cells import Cells
from geo.ingest.datasets.drafts import Draft
from geo.ingest.datasets.features import feature_table
from geo.ingest.datasets.mapping import Mapping, guess_mapping, with_overrides
from geo.ingest.datasets.opening import Limits, refuse
from geo.ingest.datasets.report import PREFIX, RowProblem, is_report, unguarded
from geo.ingest.datasets.results import Dataset, Format
from geo.ingest.datasets.table import Row, Table, read_table
from geo.store.adding import raw_document
from geo.store.geojson_file import read_document

FORMATS: tuple[Format, ...] = ("auto", "ucdp-ged", "acled", "geojson", "csv")
LICENCES = {"ucdp-ged": ucdp.LICENCE, "acled": acled.LICENCE}
"""How to cite, and what may be done with it, by format."""

_SAMPLE = 200  # rows that a mapping is guessed from
_FIXED: dict[str, Mapping] = {
    "ucdp-ged": Mapping(
        id="id",
        lon="longitude",
        lat="latitude",
        date="date_start",
        end="date_end",
        kind="type_of_violence",
        place="where_coordinates",
        country="country",
        precision="where_prec",
        actor1="side_a",
        actor2="side_b",
        heading="source_headline",
        source="source_article",
        published="source_date",
        killed_low="low",
        killed_best="best",
        killed_high="high",
        publisher="UCDP",
        address=ucdp.ADDRESS,
        id_prefix="ucdp-",
    ),
    "acled": Mapping(
        id="event_id_cnty",
        lon="longitude",
        lat="latitude",
        date="event_date",
        kind="sub_event_type",
        place="location",
        country="country",
        precision="geo_precision",
        actor1="actor1",
        actor2="actor2",
        notes="notes",
        source="source",
        killed_best="fatalities",
        publisher="ACLED",
        address=acled.ADDRESS,
        id_prefix="acled-",
    ),
}
_NEEDED = {"ucdp-ged": ucdp.NEEDED, "acled": acled.NEEDED}


@dataclass
class Opened:
    """A data set whose format is known and whose rows are still to come."""

    format: Format
    table: Table
    mapping: Mapping
    sample: list[Row] = field(default_factory=list)
    store: Dataset | None = None


def open_dataset(lines: Iterator[str], wanted: Format, mapping: Mapping | MappingOf[str, str] | None, limits: Limits) -> Opened:
    """Recognise the format and find the mapping. Raises InvalidInput, and StoreError for GeoJSON that cannot be parsed."""
    if wanted not in FORMATS:
        refuse("this format is not known", f"Use one of: {', '.join(FORMATS)}.", shown(wanted))
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        refuse("the file is empty", "Give a file with a header and rows, or a GeoJSON FeatureCollection.")
    first = first.removeprefix("\ufeff")  # files have lost theirs by now, lines of text may have it
    lines = itertools.chain([first], lines)
    if wanted == "geojson" or (wanted == "auto" and first.lstrip()[:1] in ("{", "[")):
        return _open_geojson(lines, mapping, limits)
    table = read_table(lines, limits=limits)
    if is_report(table.columns):
        table = _without_report(table)
    format_ = _recognised(table.columns) if wanted == "auto" else wanted
    if format_ in _NEEDED:
        _check_columns(format_, table.columns)
        if mapping:
            refuse(f"the columns of {format_} are known and cannot be mapped otherwise", "Use the format csv to map them yourself.")
        return Opened(format_, table, _FIXED[format_])
    return _with_mapping(format_, table, mapping)


def _open_geojson(lines: Iterator[str], mapping: Mapping | MappingOf[str, str] | None, limits: Limits) -> Opened:
    held, parts = 0, []
    for line in lines:
        held += len(line)
        if held > limits.max_json_bytes:
            refuse(f"the GeoJSON has more than {limits.max_json_bytes:,} characters", "Split it.")
        parts.append(line)
    body = "".join(parts).encode("utf-8", "surrogateescape")
    document = raw_document(body, where="the data set")
    if isinstance(document.get("dateline"), dict):
        return Opened("geojson", Table((), iter(())), Mapping(), store=_own_store(body, document["features"]))
    return _with_mapping("geojson", feature_table(document["features"], limits=limits), mapping)


def _own_store(body: bytes, features: list[Any]) -> Dataset:
    """A store of Dateline's, or an export of one, taken as it is."""
    held = read_document(body, where="the data set")
    ids = (feature.get("id") if isinstance(feature, dict) else None for feature in features)
    places: dict[Any, int] = {}
    for number, id_ in enumerate(ids, 1):
        if isinstance(id_, str):
            places.setdefault(id_, number)
    report = (*(_of_store(problem) for problem in held.set_aside), *(_retracted(event.id, places[event.id]) for event in held.retracted))
    return Dataset(
        held.events,
        tuple(held.updates.values()),
        held.sites,
        report,
        "geojson",
        Mapping(),
        (),
        len(features),
        tuple(places[event.id] for event in held.events),
    )


def _retracted(id_: str, row: int) -> RowProblem:
    advice = "Reinstate it in the store that it comes from, if it should count here."
    return RowProblem(row, "/properties/retracted", shown(id_), "was retracted where it comes from, and does not count", advice)


def _of_store(problem: Problem) -> RowProblem:
    parts = problem.pointer.split("/")
    row = int(parts[2]) + 1 if parts[1:2] == ["features"] and parts[2:3] and parts[2].isdecimal() else 0
    return RowProblem(row, problem.pointer, problem.value, problem.message, problem.advice)


def _with_mapping(format_: Format, table: Table, mapping: Mapping | MappingOf[str, str] | None) -> Opened:
    sample = list(itertools.islice(table.rows, _SAMPLE))
    if isinstance(mapping, Mapping):
        return Opened(format_, table, mapping, sample)
    guess = guess_mapping(table.columns, [row.cells for row in sample if row.fault is None])
    return Opened(format_, table, with_overrides(guess, mapping or {}, table.columns), sample)


def _recognised(columns: Sequence[str]) -> Format:
    return "ucdp-ged" if ucdp.NEEDED.issubset(columns) else "acled" if acled.NEEDED.issubset(columns) else "csv"


def _check_columns(format_: Format, columns: Sequence[str]) -> None:
    missing = sorted(_NEEDED[format_] - set(columns))
    if missing:
        refuse(f"this is no {format_} file: columns are missing", "Use the format auto, or csv with a mapping of your own.", ", ".join(missing))


def _without_report(table: Table) -> Table:
    """A mended report as the table that its rows came from."""
    columns = tuple(name for name in table.columns if not name.startswith(PREFIX))

    def rows() -> Iterator[Row]:
        for row in table.rows:
            cells = unguarded(row.cells)
            yield Row(row.number, cells, dict(cells), row.fault)

    return Table(columns, rows())


def row_reader(opened: Opened, file: str) -> Callable[[Cells], Draft | None]:
    """What makes an event of a row; `file` is what the file is called."""
    if opened.format == "ucdp-ged":
        return ucdp.read_row
    if opened.format == "acled":
        return acled.read_row
    return lambda cells: plain.read_row(cells, opened.mapping, file)
