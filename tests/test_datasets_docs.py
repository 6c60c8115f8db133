"""docs/import.md says what the code does."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.ingest.datasets import COLUMN_FIELDS, LICENCES, Limits, acled, plain, ucdp

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "import.md").read_text(encoding="utf-8")


def table(first: str) -> dict[str, list[str]]:
    """The rows of the table whose first heading is `first`, by their first cell."""
    lines = PAGE.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first} |"))
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[start + 2 : lines.index("", start)]]
    return {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize(("code", "where"), [("where_prec", ucdp.WHERE), ("geo_precision", acled.WHERE)])
def test_the_tables_of_places(code: str, where: dict[int, tuple[str, float | None, str, str]]) -> None:
    """Each code's precision, radius and basis are those of the code."""
    said = {
        int(number): (precision, None if km.startswith("none") else float(km), basis) for number, (_, precision, km, basis) in table(code).items()
    }
    assert said == {number: tuple(place)[:3] for number, place in where.items()}


def test_the_tables_of_dates_and_kinds() -> None:
    """Dates and kinds are those of the code."""
    assert {int(code): said[1] for code, said in table("date_prec").items()} == {code: precision for code, (precision, _) in ucdp.DATES.items()}
    assert {name.casefold(): kind for name, (kind,) in table("sub_event_type").items()} == acled.KINDS
    assert set(table("type_of_violence")) == {str(code) for code in ucdp.VIOLENCE}


def test_the_radii() -> None:
    """The radii of precisions are those of the code."""
    said = {name.replace("near a town", "near_town"): km for name, (km, _) in table("how the place is known").items()}
    said.pop("a larger or fuzzy area")
    assert said == {name: "none" if radius is None else f"{radius:g}" for name, radius in plain.RADIUS_KM.items()}


def test_every_column_that_can_be_mapped_is_named() -> None:
    """The table of the mapping names every member, and the limits are the real ones."""
    named = {name.strip("` ") for cell in table("WHAT") for name in cell.split(",")}
    assert named == set(COLUMN_FIELDS)
    assert (Limits().max_bytes, Limits().max_json_bytes) == (1 << 30, 256 << 20)
    assert f"{Limits().max_rows:,} rows, {Limits().max_columns:,} columns, {Limits().max_cell:,} characters" in PAGE


def test_the_citations_are_on_the_page() -> None:
    """Who has to be cited is named in the stores and on the page."""
    assert "Sundberg" in LICENCES["ucdp-ged"] and "Sundberg" in PAGE
    assert "Raleigh" in LICENCES["acled"] and "Raleigh" in PAGE
