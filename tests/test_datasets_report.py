"""The report of rows that were set aside: complete, safe in a spreadsheet, and a file that can be mended and imported again."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from geo.ingest.datasets import read_dataset, report_csv, report_json, rows_set_aside
from geo.ingest.datasets.report import RowProblem, unguarded
from tests.datasets import rows


def table(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def test_the_json_holds_every_fault_with_its_row() -> None:
    """Each fault is an object with row, field, value, reason, advice and the row as it stood."""
    bad = rows.ucdp(latitude="91", best="many")
    report = read_dataset(rows.text([bad]).encode()).report
    held = json.loads(report_json(report))
    assert [(fault["row"], fault["field"], fault["value"]) for fault in held] == [(2, "latitude", "'91'"), (2, "best", "'many'")]
    assert all(fault["reason"] and fault["advice"] and fault["original"] == bad for fault in held)
    assert rows_set_aside(report) == 1


def test_the_csv_has_one_line_a_row_and_can_be_imported_again() -> None:
    """Mended in its own columns, the report gives the events that were missing, exactly as the file would have."""
    good, bad = rows.ucdp(), rows.ucdp(id="900002", latitude="91", best="many", side_a="=cmd()", where_description="-later")
    first = read_dataset(rows.text([good, bad]).encode())
    (line,) = table(report_csv(first.report))
    assert (line["report_row"], line["report_field"], line["report_value"]) == ("3", "latitude | best", "'91' | 'many'")
    assert line["side_a"] == "'=cmd()"
    mended = read_dataset(rows.text([line | {"latitude": "50.5", "best": "4"}]).encode())
    wanted = read_dataset(rows.text([bad | {"latitude": "50.5", "best": "4"}]).encode())
    assert (mended.format, mended.report) == ("ucdp-ged", ())
    assert mended.events == wanted.events
    assert mended.events[0].feature["properties"]["ucdp"] == wanted.events[0].feature["properties"]["ucdp"]


def test_a_feature_that_was_set_aside_can_be_mended_in_the_csv() -> None:
    """The report of a GeoJSON file has the coordinates as columns, which are known when it is imported."""
    line = {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}
    feature = {"type": "Feature", "id": "bridge", "geometry": line, "properties": {"date": "2021-02-26", "name": "Bridge"}}
    report = read_dataset(json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()).report
    (row,) = table(report_csv(report))
    columns = {"(longitude of the geometry)": "14.65", "(latitude of the geometry)": "50.12"}
    (event,) = read_dataset(rows.text([row | columns]).encode()).events
    assert (event.id, event.title, event.position) == ("bridge", "Bridge", (14.65, 50.12))


def test_numbers_have_no_apostrophe_and_formulas_do() -> None:
    """A negative longitude stays a number; what a spreadsheet would run does not run."""
    original = {"lon": "-71.5", "a": "=1+1", "b": "@x", "c": "plain", "d": "-1+cmd", "e": "\tx"}
    (line,) = table(report_csv([RowProblem(2, "a", "", "bad", "mend", original)]))
    assert [line[name] for name in original] == ["-71.5", "'=1+1", "'@x", "plain", "'-1+cmd", "'\tx"]


@given(cells=st.dictionaries(st.sampled_from("abc"), st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=1))
def test_apostrophes_come_off_again(cells: dict[str, str]) -> None:
    """Whatever text stood in a row stands there again when the report is read."""
    (line,) = table(report_csv([RowProblem(2, "", "", "bad", "mend", cells)]))
    assert unguarded(line) == cells
