"""Rows of made-up data sets, cell by cell, and the files that hold them. Nothing in them has happened."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

Row = dict[str, str]


def _names(text: str) -> list[str]:
    return text.split()


# The columns of the releases 2x.1, in their order.
UCDP_2X1 = _names(
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id dyad_name "
    "side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office source_date "
    "source_headline source_original where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country "
    "country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
)
# An older file has other columns and writes whole numbers as 1.0.
UCDP_OLD = _names(
    "id year active_year type_of_violence conflict_new_id conflict_name dyad_new_id dyad_name side_a_new_id side_a side_b_new_id gwnob side_b "
    "number_of_sources source_article source_office source_date source_headline source_original where_prec where_coordinates adm_1 adm_2 latitude "
    "longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians "
    "deaths_unknown low best high"
)
ACLED = _names(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 "
    "interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes "
    "fatalities tags timestamp"
)


def ucdp(**cells: str) -> Row:
    """A clash at a made-up town in a made-up country, as a release 2x.1 writes it."""
    given = {
        "id": "900001",
        "relid": "XYZ-2021-1-1-1",
        "year": "2021",
        "active_year": "1",
        "code_status": "Clear",
        "type_of_violence": "1",
        "conflict_name": "Ruritania: Government",
        "dyad_name": "Government of Ruritania - RLA",
        "side_a": "Government of Ruritania",
        "side_b": "RLA",
        "number_of_sources": "2",
        "source_article": '"Zenda News,2021-02-27,Four dead; two sides blame each other";"Strelsau Post,2021-02-26,Clash at the bridge"',
        "source_office": "Zenda News;Strelsau Post",
        "source_date": "2021-02-27;2021-02-26",
        "source_headline": "Four dead; two sides blame each other;Clash at the bridge",
        "source_original": "police",
        "where_prec": "1",
        "where_coordinates": "Hentzau town",
        "where_description": "at the bridge",
        "adm_1": "Strelsau province",
        "adm_2": "Hentzau district",
        "latitude": "50.123456",
        "longitude": "14.654321",
        "geom_wkt": "POINT (14.654321 50.123456)",
        "country": "Ruritania",
        "country_id": "999",
        "region": "Europe",
        "event_clarity": "1",
        "date_prec": "1",
        "date_start": "2021-02-26 00:00:00.000",
        "date_end": "2021-02-26 00:00:00.000",
        "deaths_a": "1",
        "deaths_b": "2",
        "deaths_civilians": "1",
        "deaths_unknown": "0",
        "best": "4",
        "high": "7",
        "low": "3",
    }
    return dict.fromkeys(UCDP_2X1, "") | given | cells


def acled(**cells: str) -> Row:
    """Shelling of a made-up town."""
    given = {
        "event_id_cnty": "RUR12",
        "event_date": "2021-02-26",
        "year": "2021",
        "time_precision": "1",
        "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack",
        "actor1": "Military Forces of Ruritania (2019-)",
        "assoc_actor_1": "Guard; Artillery Corps",
        "inter1": "State forces",
        "actor2": "RLA",
        "inter2": "Rebel group",
        "iso": "999",
        "region": "Europe",
        "country": "Ruritania",
        "admin1": "Strelsau",
        "admin2": "Hentzau",
        "location": "Hentzau",
        "latitude": "50.1235",
        "longitude": "14.6543",
        "geo_precision": "1",
        "source": "Zenda News; Strelsau Post",
        "source_scale": "National",
        "notes": "On 26 February 2021, shells fell on Hentzau. Two were killed.",
        "fatalities": "2",
        "timestamp": "1614700000",
    }
    return dict.fromkeys(ACLED, "") | given | cells


def text(rows: Iterable[Mapping[str, str]], columns: Iterable[str] | None = None, delimiter: str = ",") -> str:
    """The CSV file of these rows."""
    held = list(rows)
    body = io.StringIO(newline="")
    writer = csv.DictWriter(body, list(columns or held[0]), delimiter=delimiter, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(held)
    return body.getvalue()
