"""ACLED's export: what its codes, kinds, actors and notes become, and that nothing of a row is lost."""

from __future__ import annotations

import pytest

from geo.ingest.datasets import Dataset, read_dataset
from geo.ingest.datasets.acled import KINDS as SUB_EVENTS
from geo.ingest.datasets.acled import WHERE
from geo.kinds import KINDS
from geo.model import Event, acled_geo_precision, acled_time_precision, ucdp_deaths
from tests.datasets import rows


def read(*given_rows: rows.Row) -> Dataset:
    return read_dataset(rows.text(given_rows).splitlines(keepends=True))


def one(**cells: str) -> Event:
    dataset = read(rows.acled(**cells))
    assert not dataset.report, dataset.report
    assert dataset.format == "acled"
    (event,) = dataset.events
    return event


@pytest.mark.parametrize("code", range(1, 4))
def test_geo_precision(code: int) -> None:
    """Each geo_precision becomes a precision and a radius of its own, and gives the code back."""
    event = one(geo_precision=str(code))
    assert event.place is not None
    assert (event.place.precision, event.place.uncertainty_km, event.place.basis) == WHERE[code][:3]
    assert acled_geo_precision(event) == code
    assert f"geo_precision {code}" in (event.place.note or "")
    assert event.position == (14.6543, 50.1235)


@pytest.mark.parametrize(
    ("code", "first", "last", "precision"),
    [(1, "2021-02-26", "2021-02-26", "day"), (2, "2021-02-23", "2021-03-01", "week"), (3, "2021-02-01", "2021-02-28", "month")],
)
def test_time_precision(code: int, first: str, last: str, precision: str) -> None:
    """A week reaches three days to both sides of its middle, a month over the whole month; both give the code back."""
    event = one(time_precision=str(code))
    assert (str(event.start), str(event.end), event.date_precision) == (first, last, precision)
    assert acled_time_precision(event) == code
    assert (event.date_note is None) == (code == 1)


@pytest.mark.parametrize("written", ["2021-02-26", "26 February 2021", "26-Feb-2021", "26 Feb 2021"])
def test_dates_as_acled_has_written_them(written: str) -> None:
    """The exports of different years write the day differently."""
    assert str(one(event_date=written).start) == "2021-02-26"


@pytest.mark.parametrize(
    ("event_type", "sub_event_type", "kind"),
    [
        ("Battles", "Armed clash", "armed_clash"),
        ("Battles", "Government regains territory", "armed_clash"),
        ("Battles", "Non-state actor overtakes territory", "armed_clash"),
        ("Explosions/Remote violence", "Air/drone strike", "air_strike"),
        ("Explosions/Remote violence", "Shelling/artillery/missile attack", "shelling"),
        ("Explosions/Remote violence", "Remote explosive/landmine/IED", "explosion"),
        ("Explosions/Remote violence", "Suicide bomb", "explosion"),
        ("Explosions/Remote violence", "Grenade", "explosion"),
        ("Explosions/Remote violence", "Chemical weapon", "chemical_attack"),
        ("Violence against civilians", "Attack", "other"),
        ("Violence against civilians", "Sexual violence", "other"),
        ("Violence against civilians", "Abduction/forced disappearance", "other"),
        ("Protests", "Peaceful protest", "other"),
        ("Protests", "Protest with intervention", "other"),
        ("Riots", "Mob violence", "other"),
        ("Strategic developments", "Disrupted weapons use", "other"),
        ("Strategic developments", "Looting/property destruction", "other"),
    ],
)
def test_event_types(event_type: str, sub_event_type: str, kind: str) -> None:
    """A kind is only what the sub-event says; the row's own words stand in the title and in the row."""
    event = one(event_type=event_type, sub_event_type=sub_event_type)
    assert event.kind == kind
    assert event.title.startswith(f"{sub_event_type}: ")
    assert event.feature["properties"]["acled"]["sub_event_type"] == sub_event_type


def test_the_table_of_kinds_names_kinds_of_ours() -> None:
    """No sub-event becomes a kind that does not exist."""
    assert set(SUB_EVENTS.values()) <= {kind.code for kind in KINDS}


def test_roles_follow_only_from_violence_against_civilians() -> None:
    """The order of ACLED's actors says nothing; who attacks civilians follows from the type, in whichever column they stand."""
    assert {actor.role for actor in one().actors} == {"other"}
    for pair in ({"actor1": "RLA", "actor2": "Civilians (Ruritania)"}, {"actor1": "Civilians (Ruritania)", "actor2": "RLA"}):
        event = one(event_type="Violence against civilians", assoc_actor_1="", **pair)
        assert {actor.name: actor.role for actor in event.actors} == {"RLA": "attacker", "Civilians (Ruritania)": "target"}


def test_associated_actors_are_actors_once() -> None:
    """Associated actors are parted at the semicolon, and nobody stands twice."""
    names = [actor.name for actor in one(assoc_actor_2="Guard; RLA ").actors]
    assert names == ["Military Forces of Ruritania (2019-)", "RLA", "Guard", "Artillery Corps"]


def test_fatalities_are_a_claim_of_acleds() -> None:
    """A number of fatalities is claimed by ACLED."""
    event = one()
    (claim,) = event.claims
    assert (claim.metric, claim.low, claim.high, claim.by, claim.update) == ("killed", 2, 2, "ACLED", event.updates[0])


@pytest.mark.parametrize("cell", ["0", ""])
def test_no_fatalities_are_no_claim(cell: str) -> None:
    """ACLED writes 0 also where nothing is known, so it is no figure; the row keeps it."""
    event = one(fatalities=cell)
    assert event.claims == () and ucdp_deaths(event) == (None, None, None)
    assert event.feature["properties"]["acled"].get("fatalities", "") == cell


def test_the_row_is_the_update_and_says_so() -> None:
    """ACLED cites no report: the update is the row, with its notes, its sources by name, and no invented date of a report."""
    dataset = read(rows.acled())
    (update,) = dataset.updates
    assert update.text.startswith("On 26 February 2021, shells fell on Hentzau.")
    assert "Zenda News; Strelsau Post" in update.text and "Zenda News; Strelsau Post" in update.source
    assert (str(update.published), update.date_basis) == ("2021-02-26", "editor")
    assert "no date of a report" in (update.date_note or "")
    (bare,) = read(rows.acled(notes="", source="")).updates
    assert "no notes" in bare.text and bare.source == "ACLED"


def test_nothing_of_a_row_is_lost() -> None:
    """The row stands in the event as it stood in the file, but for its empty cells."""
    row = rows.acled(tags="crowd size=no report")
    event = one(tags="crowd size=no report")
    assert event.feature["properties"]["acled"] == {column: cell for column, cell in row.items() if cell}
    assert event.id == "acled-RUR12"


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"event_id_cnty": ""}, "event_id_cnty"),
        ({"event_date": "02/03/2021"}, "event_date"),
        ({"event_date": "2021"}, "event_date"),
        ({"event_date": ""}, "event_date"),
        ({"event_date": "0001-01-02", "time_precision": "2"}, "event_date"),
        ({"event_date": "9999-12-30", "time_precision": "2"}, "event_date"),
        ({"time_precision": "4"}, "time_precision"),
        ({"geo_precision": "0"}, "geo_precision"),
        ({"latitude": "", "longitude": ""}, "latitude"),
        ({"latitude": "50,12"}, "latitude"),
        ({"fatalities": "some"}, "fatalities"),
    ],
)
def test_a_bad_cell_costs_its_row_alone(cells: dict[str, str], field: str) -> None:
    """A row with a bad cell is reported with its field, and the rows around it are read."""
    dataset = read(rows.acled(event_id_cnty="RUR1"), rows.acled(**cells), rows.acled(event_id_cnty="RUR3"))
    assert len(dataset.events) == 2
    assert [(problem.row, problem.field) for problem in dataset.report] == [(3, field)]
