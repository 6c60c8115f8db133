"""UCDP GED: what its codes, spans, figures and sources become, and that nothing of a row is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.geojson import read_feature
from geo.ingest.datasets import Dataset, read_dataset
from geo.ingest.datasets.ucdp import WHERE
from geo.kinds import KINDS
from geo.model import Event, ucdp_date_prec, ucdp_deaths, ucdp_where_prec
from tests.datasets import rows

SYRIA = Path(__file__).resolve().parents[1] / ".." / "shared" / "data" / "ucdp_ged_syria_2016_2019.csv.gz"


def read(*given_rows: rows.Row, columns: list[str] | None = None) -> Dataset:
    return read_dataset(rows.text(given_rows, columns).splitlines(keepends=True))


def one(**cells: str) -> Event:
    dataset = read(rows.ucdp(**cells))
    assert not dataset.report, dataset.report
    assert dataset.format == "ucdp-ged"
    (event,) = dataset.events
    return event


def faults(**cells: str) -> list[tuple[str, str]]:
    dataset = read(rows.ucdp(), rows.ucdp(**({"id": "900002"} | cells)))
    assert len(dataset.events) == 1, "the row before is not harmed"
    assert {problem.row for problem in dataset.report} == {3}
    assert all(problem.reason and problem.advice and problem.original for problem in dataset.report)
    return [(problem.field, problem.value) for problem in dataset.report]


@pytest.mark.parametrize("columns", [rows.UCDP_2X1, rows.UCDP_OLD], ids=["2x.1", "older"])
def test_both_shapes_of_the_file_are_recognised(columns: list[str]) -> None:
    """A release 2x.1 and an older file, whose columns differ, are both known by their columns."""
    dataset = read(rows.ucdp(), columns=columns)
    assert dataset.format == "ucdp-ged"
    assert [event.id for event in dataset.events] == ["ucdp-900001"]


def test_numbers_written_as_decimals_are_read() -> None:
    """An older file writes codes, counts and ids as 1.0."""
    event = one(id="214797.0", type_of_violence="1.0", where_prec="2.0", date_prec="1.0", best="4.0", date_start="2016-01-01", date_end="2016-01-01")
    assert event.id == "ucdp-214797"
    assert event.claims[0].text == "4 (best estimate)"
    assert ucdp_where_prec(event) == 2


@pytest.mark.parametrize("code", range(1, 8))
def test_where_prec(code: int) -> None:
    """Each where_prec becomes a precision and a radius of its own; 6 has no point, since the row's is only the country's."""
    event = one(where_prec=str(code))
    assert event.place is not None
    assert f"where_prec {code}" in (event.place.note or "")
    assert "at the bridge." in (event.place.note or "")
    assert (event.place.precision, event.place.uncertainty_km, event.place.basis) == WHERE[code][:3]
    assert event.position == (None if code == 6 else (14.654321, 50.123456))
    if code != 5:  # our precisions have no name for several provinces; the row keeps the code
        assert ucdp_where_prec(event) == code
    assert event.feature["properties"]["ucdp"]["where_prec"] == str(code)


def test_radii_grow_with_the_code() -> None:
    """The vaguer the code, the larger the radius."""
    radii = [where.radius_km for code, where in sorted(WHERE.items()) if where.radius_km is not None and code < 6]
    assert radii == sorted(radii)


@pytest.mark.parametrize(
    ("code", "last", "precision"),
    [(1, "2021-02-26", "day"), (2, "2021-02-28", "week"), (3, "2021-03-04", "week"), (4, "2021-03-20", "month"), (5, "2021-12-31", "year")],
)
def test_date_prec(code: int, last: str, precision: str) -> None:
    """Each date_prec keeps the span that the row gives, and gives the code back."""
    event = one(date_prec=str(code), date_end=f"{last} 00:00:00.000")
    assert (str(event.start), str(event.end), event.date_precision) == ("2021-02-26", last, precision)
    assert ucdp_date_prec(event) == code
    assert (event.date_note is None) == (code == 1)


@pytest.mark.parametrize(("code", "kind"), [(1, "armed_clash"), (2, "armed_clash"), (3, "other")])
def test_type_of_violence(code: int, kind: str) -> None:
    """Only one-sided violence tells who attacked; the two sides of a conflict are not told apart."""
    event = one(type_of_violence=str(code))
    assert event.kind == kind
    assert kind in {known.code for known in KINDS}
    assert [actor.role for actor in event.actors] == (["attacker", "target"] if code == 3 else ["other", "other"])
    assert event.title.split(":")[0] in ("State-based conflict", "Non-state conflict", "One-sided violence")


def test_estimates_stand_side_by_side() -> None:
    """Low, best and high are claims of UCDP's each, and our own codes give them back without a best."""
    event = one()
    killed = [(claim.low, claim.high, claim.text) for claim in event.claims if claim.metric == "killed"]
    assert killed == [(4, 4, "4 (best estimate)"), (3, None, "at least 3 (low estimate)"), (None, 7, "at most 7 (high estimate)")]
    assert ucdp_deaths(event) == (3, None, 7)
    assert {claim.by for claim in event.claims} == {"UCDP"}
    assert [(claim.metric, claim.low) for claim in event.claims if claim.metric != "killed"] == [
        ("killed_side_a", 1),
        ("killed_side_b", 2),
        ("killed_civilians", 1),
    ]


def test_estimates_that_agree_are_one_claim() -> None:
    """Three equal estimates are one figure, and then it is the best one."""
    event = one(low="0", best="0", high="0", deaths_a="0", deaths_b="0", deaths_civilians="0")
    assert [claim.text for claim in event.claims] == ["0 (low, best and high estimate)"]
    assert ucdp_deaths(event) == (0, 0, 0)


def test_estimates_in_the_wrong_order_are_kept_and_told() -> None:
    """A best estimate above the high one is left as it stands, and the event says so."""
    event = one(low="3", best="9", high="7")
    assert [claim.text.split()[0] for claim in event.claims[:1]] == ["9"]
    assert "outside" in (event.note or "")


def test_unknown_estimates_are_no_claims() -> None:
    """An empty cell is unknown: no claim, and no zero."""
    event = one(low="", best="", high="", deaths_a="", deaths_b="", deaths_civilians="", deaths_unknown="")
    assert event.claims == ()


def test_unclear_events_say_so() -> None:
    """An event_clarity of 2 is told in the event's note."""
    assert "event_clarity 2" in (one(event_clarity="2").note or "")
    assert one().note is None


def test_each_report_is_an_update_oldest_first() -> None:
    """Each report that the row cites is an update, with publisher, date and headline, even if there is a semicolon in it."""
    dataset = read(rows.ucdp())
    (event,) = dataset.events
    told = {update.id: update for update in dataset.updates}
    found = [(told[id_].source, str(told[id_].published), told[id_].heading) for id_ in event.updates]
    assert found == [
        ("Strelsau Post", "2021-02-26", "Clash at the bridge"),
        ("Zenda News", "2021-02-27", "Four dead; two sides blame each other"),
    ]
    assert str(event.reported) == "2021-02-26"
    assert {claim.update for claim in event.claims} == {event.updates[-1]}, "UCDP could only code it when it had read all"
    assert all("neither its address nor its text" in update.text for update in told.values())


def test_a_report_that_two_rows_cite_is_one_update() -> None:
    """The same publisher, date and headline are the same report."""
    dataset = read(rows.ucdp(), rows.ucdp(id="900002"))
    assert len(dataset.updates) == 2
    assert dataset.events[0].updates == dataset.events[1].updates


@pytest.mark.parametrize(
    ("cells", "source", "says"),
    [
        ({"source_article": "Zenda News 3 May 1989 and others"}, "Zenda News;Strelsau Post", "all that UCDP GED says"),
        ({"source_article": "", "source_office": "", "source_date": "", "source_headline": ""}, "UCDP GED", "cites no report"),
        (
            {"source_article": "", "source_office": "Zenda News", "source_date": "2021-02-28", "source_headline": "Clash"},
            "Zenda News",
            "neither its address",
        ),
        ({"source_article": '"Zenda News,2021-02-31,Clash"'}, "Zenda News;Strelsau Post", "all that UCDP GED says"),
    ],
    ids=["not parted", "none", "single columns", "a day that is none"],
)
def test_sources_that_are_told_otherwise(cells: dict[str, str], source: str, says: str) -> None:
    """What cannot be parted into reports is told whole, and a row without sources tells itself; both say so."""
    dataset = read(rows.ucdp(**cells))
    (update,) = dataset.updates
    assert update.source == source
    assert says in update.text
    if update.date_basis == "editor":
        assert str(update.published) == "2021-02-26"
        assert "no date of a report" in (update.date_note or "")


def test_nothing_of_a_row_is_lost() -> None:
    """The row stands in the event as it stood in the file, but for its empty cells."""
    row = rows.ucdp()
    assert one().feature["properties"]["ucdp"] == {column: cell for column, cell in row.items() if cell}


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"latitude": "ninety"}, "latitude"),
        ({"latitude": "91"}, "latitude"),
        ({"longitude": ""}, "longitude"),
        ({"longitude": "NaN"}, "longitude"),
        ({"longitude": "1e999"}, "longitude"),
        ({"longitude": "0", "latitude": "0.0"}, "longitude"),
        ({"longitude": "", "latitude": ""}, "latitude"),
        ({"where_prec": "9"}, "where_prec"),
        ({"where_prec": "1.5"}, "where_prec"),
        ({"where_prec": ""}, "where_prec"),
        ({"date_prec": "0"}, "date_prec"),
        ({"type_of_violence": "4"}, "type_of_violence"),
        ({"date_start": "2021-02-30"}, "date_start"),
        ({"date_start": "2021"}, "date_start"),
        ({"date_start": ""}, "date_start"),
        ({"date_end": "2021-02-25"}, "date_end"),
        ({"best": "many"}, "best"),
        ({"low": "-1"}, "low"),
        ({"id": ""}, "id"),
    ],
)
def test_a_bad_cell_costs_its_row_alone(cells: dict[str, str], field: str) -> None:
    """A row with a bad cell is reported with the field and the value, and is not guessed."""
    assert (field, repr(cells[field]) if cells[field] else "") in faults(**cells)


def test_all_faults_of_a_row_are_told_at_once() -> None:
    """Two faults of one row are two lines of the report."""
    assert [field for field, _ in faults(latitude="91", best="many")] == ["latitude", "best"]


def test_a_country_without_coordinates_is_an_event() -> None:
    """With where_prec 6 the row says no place, so that missing coordinates are no fault."""
    event = one(where_prec="6", latitude="", longitude="", where_coordinates="")
    assert event.position is None
    assert event.place is not None and event.place.name == "Hentzau district"


def test_an_id_that_comes_twice_is_told() -> None:
    """The second row of an id is set aside and says where the first stands."""
    dataset = read(rows.ucdp(), rows.ucdp())
    assert len(dataset.events) == 1
    assert "row 2" in dataset.report[0].reason


@given(cells=st.dictionaries(st.sampled_from(rows.UCDP_2X1), st.text(max_size=30), max_size=6))
def test_any_row_is_an_event_or_told(cells: dict[str, str]) -> None:
    """Whatever stands in a row, it is an event that the store can hold, or a line of the report."""
    dataset = read_dataset(rows.text([rows.ucdp(**cells)]).encode("utf-8", "surrogatepass"), format="ucdp-ged")
    assert len(dataset.events) + dataset.set_aside == dataset.rows
    assert all(read_feature(dict(event.feature), "") == event for event in dataset.events)


@pytest.mark.skipif(not SYRIA.exists(), reason="the UCDP file of Syria is not beside the repository")
def test_the_events_of_syria() -> None:
    """The 16,566 rows of the real file are 16,566 events, and nothing is set aside."""
    dataset = read_dataset(SYRIA)
    assert (len(dataset.events), dataset.rows, dataset.report) == (16_566, 16_566, ())
    assert sum(event.position is None for event in dataset.events) == sum(
        event.feature["properties"]["ucdp"]["where_prec"] == "6.0" for event in dataset.events
    )
    told = {update.id for update in dataset.updates}
    assert all(told.issuperset(event.updates) for event in dataset.events)
    codes = {column: {event.feature["properties"]["ucdp"][column] for event in dataset.events} for column in ("where_prec", "date_prec")}
    assert len(codes["where_prec"]) == 6 and len(codes["date_prec"]) == 5
    assert all(f"{ucdp_date_prec(event)}.0" == event.feature["properties"]["ucdp"]["date_prec"] for event in dataset.events)
