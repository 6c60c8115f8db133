"""A data set as events: its format recognised, every row an event or a line of the report."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from geo.errors import InvalidInput, Problem, shown
from geo.geojson import read_feature, read_update
from geo.ingest.datasets import acled, plain, ucdp
from geo.ingest.datasets.cells import Cells
from geo.ingest.datasets.drafts import Draft
from geo.ingest.datasets.features import feature_table
from geo.ingest.datasets.mapping import Mapping, check_complete, guess_mapping, with_overrides
from geo.ingest.datasets.opening import Limits, Progress, Source, open_lines, refuse
from geo.ingest.datasets.report import PREFIX, RowProblem, is_report, rows_set_aside, unguarded
from geo.ingest.datasets.table import Row, Table, read_table
from geo.model import Event, Site, Update
from geo.store.adding import raw_document
from geo.store.geojson_file import read_document

Format = Literal["auto", "ucdp-ged", "acled", "geojson", "csv"]
FORMATS: tuple[Format, ...] = ("auto", "ucdp-ged", "acled", "geojson", "csv")
LICENCES = {"ucdp-ged": ucdp.LICENCE, "acled": acled.LICENCE}
"""How to cite, and what may be done with it, by format."""

_LIMITS = Limits()
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


@dataclass
class _Opened:
    """A data set whose format is known and whose rows are still to come."""

    format: Format
    table: Table
    mapping: Mapping
    sample: list[Row] = field(default_factory=list)
    store: Dataset | None = None


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
    with open_lines(source, limits=limits, progress=progress) as lines:
        opened = _open(lines, format, mapping, limits)
        if opened.store is not None:
            return opened.store
        check_complete(opened.mapping, opened.table.columns)
        rows = itertools.chain(opened.sample, opened.table.rows)
        return _gathered(rows, opened, _reader(opened, name or _name_of(source)))


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
        opened = _open(lines, format, mapping, limits)
        first = opened.sample + list(itertools.islice(opened.table.rows, max(0, rows - len(opened.sample))))
    shown_rows = tuple(row.cells for row in first[:rows])
    if opened.store is not None:
        held = opened.store
        return Preview(held.format, held.mapping, held.columns, shown_rows, (), held.events[:rows], held.updates, held.report)
    missing = opened.mapping.missing()
    found = Preview(opened.format, opened.mapping, opened.table.columns, shown_rows, missing)
    if missing:
        return found
    read = _gathered(iter(first[:rows]), opened, _reader(opened, name or _name_of(source)))
    return replace(found, events=read.events, updates=read.updates, report=read.report)


def _open(lines: Iterator[str], wanted: Format, mapping: Mapping | MappingOf[str, str] | None, limits: Limits) -> _Opened:
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
        return _Opened(format_, table, _FIXED[format_])
    return _with_mapping(format_, table, mapping)


def _open_geojson(lines: Iterator[str], mapping: Mapping | MappingOf[str, str] | None, limits: Limits) -> _Opened:
    held, parts = 0, []
    for line in lines:
        held += len(line)
        if held > limits.max_json_bytes:
            refuse(f"the GeoJSON has more than {limits.max_json_bytes:,} characters", "Split it.")
        parts.append(line)
    body = "".join(parts).encode("utf-8", "surrogateescape")
    document = raw_document(body, where="the data set")
    if isinstance(document.get("dateline"), dict):
        return _Opened("geojson", Table((), iter(())), Mapping(), store=_own_store(body, document["features"]))
    return _with_mapping("geojson", feature_table(document["features"], limits=limits), mapping)


def _own_store(body: bytes, features: list[Any]) -> Dataset:
    """A store of Dateline's, or an export of one, taken as it is."""
    held = read_document(body, where="the data set")
    report = tuple(_of_store(problem) for problem in held.set_aside)
    ids = (feature.get("id") if isinstance(feature, dict) else None for feature in features)
    places: dict[Any, int] = {}
    for number, id_ in enumerate(ids, 1):
        if isinstance(id_, str):
            places.setdefault(id_, number)
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


def _of_store(problem: Problem) -> RowProblem:
    parts = problem.pointer.split("/")
    row = int(parts[2]) + 1 if parts[1:2] == ["features"] and parts[2:3] and parts[2].isdecimal() else 0
    return RowProblem(row, problem.pointer, problem.value, problem.message, problem.advice)


def _with_mapping(format_: Format, table: Table, mapping: Mapping | MappingOf[str, str] | None) -> _Opened:
    sample = list(itertools.islice(table.rows, _SAMPLE))
    if isinstance(mapping, Mapping):
        return _Opened(format_, table, mapping, sample)
    guess = guess_mapping(table.columns, [row.cells for row in sample if row.fault is None])
    return _Opened(format_, table, with_overrides(guess, mapping or {}, table.columns), sample)


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


def _reader(opened: _Opened, file: str) -> Callable[[Cells], Draft | None]:
    if opened.format == "ucdp-ged":
        return ucdp.read_row
    if opened.format == "acled":
        return acled.read_row
    return lambda cells: plain.read_row(cells, opened.mapping, file)


def _gathered(rows: Iterator[Row], opened: _Opened, read: Callable[[Cells], Draft | None]) -> Dataset:
    events: list[Event] = []
    updates: dict[str, Update] = {}
    report: list[RowProblem] = []
    seen: dict[str, int] = {}
    count = 0
    for row in rows:
        count += 1
        if row.fault is not None:
            report.append(RowProblem(row.number, "", "", *row.fault, row.cells or row.original))
            continue
        cells = Cells(row.number, row.cells, row.original)
        draft = read(cells)
        if draft is not None:
            try:
                told = {raw["id"]: read_update(raw, "") for raw in draft.updates if raw["id"] not in updates}
                event = read_feature(draft.feature, "")
            except InvalidInput as error:
                report.extend(RowProblem(row.number, fault.pointer, fault.value, fault.message, fault.advice, row.cells) for fault in error.problems)
                continue
            if event.id in seen:
                cells.fault("", f"its id {shown(event.id)} stands in row {seen[event.id]} too", "Give one of the two another id, or leave one out.")
            elif isinstance(event, Event):
                seen[event.id] = row.number
                updates |= told
                events.append(event)
        report.extend(cells.problems)
    newest_first = sorted(updates.values(), key=lambda update: update.published.at, reverse=True)
    return Dataset(
        tuple(events), tuple(newest_first), (), tuple(report), opened.format, opened.mapping, opened.table.columns, count, tuple(seen.values())
    )


def _name_of(source: Source) -> str:
    return source.name if isinstance(source, Path) else "an imported file"
