"""Exports: the visible events, no more and no fewer, as they were, safe to open, with a receipt."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.export import EXPORTERS, Receipt, export_csv, export_geojson, file_name, make_receipt
from geo.filters import EventFilter, Near, select
from geo.kinds import KINDS
from geo.model import PLACE_PRECISIONS
from geo.moments import parse_moment
from geo.store import GeoJSONFileStore, Snapshot, read_document
from tests.factories import as_event, claim, event, site, snapshot, update

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = GeoJSONFileStore(ROOT / "data" / "events.geojson").snapshot()
MADE = datetime(2021, 3, 5, 10, 0, tzinfo=UTC)


NOTHING = EventFilter(text="nowhere to be found")


def receipt_of(held: Snapshot, wanted: EventFilter | None = None) -> Receipt:
    return make_receipt(held, wanted or EventFilter(), store="events.geojson", address="?kind=raid", made=MADE)


def exported(held: Snapshot, wanted: EventFilter | None = None) -> bytes:
    return b"".join(export_geojson(held, receipt_of(held, wanted)))


def collection(held: Snapshot, wanted: EventFilter | None = None) -> dict[str, Any]:
    document = json.loads(exported(held, wanted))
    assert isinstance(document, dict)
    return document


def table(held: Snapshot, wanted: EventFilter | None = None) -> list[dict[str, str]]:
    body = b"".join(export_csv(held, receipt_of(held, wanted))).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body, newline=""), strict=True))


def text_cell(text: str) -> str:
    """The cell that a title becomes."""
    return table(snapshot([event(title=text)]))[0]["title"]


# GeoJSON


def test_an_export_opens_as_a_store_with_the_same_events_and_no_problem() -> None:
    again = read_document(exported(SHIPPED), where="the export")
    assert again.problems == ()
    assert again.events == SHIPPED.events
    assert again.updates == SHIPPED.updates
    assert again.about == SHIPPED.about
    assert [one.feature for one in again.events] == [one.feature for one in SHIPPED.events]


filters = st.builds(
    EventFilter,
    kinds=st.frozensets(st.sampled_from([kind.code for kind in KINDS]), max_size=3),
    precisions=st.frozensets(st.sampled_from(PLACE_PRECISIONS), max_size=4),
    actors=st.just(frozenset()) | st.just(frozenset({"US forces"})),
    text=st.sampled_from(["", "base", "rockets iraq", "nowhere to be found"]),
    start=st.none()
    | st.dates(datetime(2013, 1, 1).date(), datetime(2021, 2, 26).date()).map(lambda day: datetime(day.year, day.month, day.day, tzinfo=UTC)),
    known=st.none() | st.dates(datetime(2021, 2, 25).date(), datetime(2021, 3, 5).date()).map(lambda day: parse_moment(day.isoformat())),
    near=st.none() | st.builds(Near, st.floats(30, 60), st.floats(20, 40), st.floats(1_000, 3e6)),
)


@given(filters)
@example(EventFilter(known=parse_moment("2021-02-26")))
@example(EventFilter(known=parse_moment("2021-02-28")))
def test_whatever_is_filtered_the_export_shows_the_same_events(wanted: EventFilter) -> None:
    shown = select(SHIPPED.events, wanted, SHIPPED.updates)
    again = read_document(exported(SHIPPED, wanted), where="the export")
    assert again.problems == ()
    assert again.left_out == 0
    assert list(again.events) == shown
    assert set(again.updates) == {id_ for one in shown for id_ in one.updates}
    assert all(again.updates[id_] == SHIPPED.updates[id_] for id_ in again.updates)


def test_events_stand_in_the_order_of_time() -> None:
    held = snapshot([event("b"), event("late", start="2021-02-27"), event("a", kind="raid"), event("early", start="2021-02-25")])
    assert [one["id"] for one in collection(held, EventFilter(kinds=frozenset({"rocket_attack"})))["features"]] == ["early", "b", "late"]


def test_many_events_come_in_pieces_that_join() -> None:
    held = snapshot([event(f"e-{number:04}") for number in range(1201)])
    pieces = list(export_geojson(held, receipt_of(held)))
    assert len(pieces) > 6
    assert [one["id"] for one in json.loads(b"".join(pieces))["features"]] == [one.id for one in held.events]
    assert len(table(held)) == 1201


def test_ids_numbers_and_unknown_members_are_as_they_were() -> None:
    strange = {"0": [1, 1.5, 1e-7, 123456789012345678901, -0.0, None, {"ü": "“é”"}], "id": 7}
    record = event("evt-7", at=(44.000000000000001, -33.1, 12), **{"x-note": strange}) | {"bbox": [1, 2, 3, 4]}
    record["properties"]["claims"][0]["x"] = strange
    held = snapshot([record], [update() | {"x": strange}])
    document = collection(held)
    assert document["features"] == [record]
    assert document["updates"] == [update() | {"x": strange}]
    assert repr(document["features"][0]["properties"]["x-note"]["0"]) == repr(strange["0"])


def test_only_the_cited_updates_go_with_the_events_in_the_order_of_the_store() -> None:
    updates = [update("u-4"), update("u-3"), update("u-2"), update("u-1")]
    record = event(updates=["u-1"], claims=[claim(update="u-3")], passages=[{"update": "u-4", "exact": "Something happened."}])
    assert [one["id"] for one in collection(snapshot([record], updates))["updates"]] == ["u-4", "u-3", "u-1"]
    assert [one["id"] for one in collection(snapshot([event()], updates))["updates"]] == ["u-1"]


def test_sites_and_other_members_of_the_store_stay_behind() -> None:
    document = collection(snapshot([event(), site()], bbox=[1, 2, 3, 4], crs={"type": "name"}))
    assert list(document) == ["type", "dateline", "receipt", "features", "updates"]
    assert [one["id"] for one in document["features"]] == ["e-1"]


def test_as_known_nothing_that_was_told_later_is_given_away() -> None:
    later = {"update": "u-2", "exact": "A correction."}
    record = event(
        updates=["u-1", "u-2"],
        claims=[claim() | {"x": 1}, claim(low=22, high=None, update="u-2")],
        passages=[{"update": "u-1", "exact": "Nobody was hurt."}, later],
    )
    held = snapshot([record], [update("u-2", "2021-03-02", text="A correction."), update()])
    body = exported(held, EventFilter(known=parse_moment("2021-02-27")))
    document = json.loads(body)
    properties = document["features"][0]["properties"]
    assert b"u-2" not in body
    assert properties["claims"] == [claim() | {"x": 1}]
    assert (properties["updates"], properties["reported"]) == (["u-1"], "2021-02-26")
    assert read_document(body, where="the export").problems == ()


def test_the_document_says_which_schema_it_has_even_if_the_store_did_not() -> None:
    assert collection(snapshot([event()], dateline=None))["dateline"] == {"schema": 1}
    about = {"title": "T", "schema": "0", "licence": "CC"}
    assert list(collection(snapshot([event()], dateline=about))["dateline"].items()) == [("title", "T"), ("schema", 1), ("licence", "CC")]


def test_no_events_are_an_empty_collection_that_opens() -> None:
    body = exported(SHIPPED, NOTHING)
    again = read_document(body, where="the export")
    assert (again.events, again.updates, again.problems) == ((), {}, ())
    assert json.loads(body)["features"] == []


def test_the_export_is_geojson_as_rfc_7946_has_it() -> None:
    body = exported(SHIPPED)
    assert not body.startswith(b"\xef\xbb\xbf")
    document = json.loads(body.decode("utf-8"), parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert document["type"] == "FeatureCollection"
    assert not {"coordinates", "geometries", "geometry", "properties", "crs"} & set(document)
    for feature in document["features"]:
        assert (feature["type"], type(feature["id"]), type(feature["properties"])) == ("Feature", str, dict)
        if feature["geometry"] is not None:
            assert feature["geometry"]["type"] == "Point"
            lon, lat = feature["geometry"]["coordinates"][:2]
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
    assert sum(feature["geometry"] is None for feature in document["features"]) == 2


def test_names_stay_readable_and_one_record_stands_on_one_line() -> None:
    held = snapshot([event("a", title="Kata’ib — كتائب"), event("b\u2028b\x85\n")])
    lines = exported(held).decode().splitlines()
    assert len([line for line in lines if '"Feature"' in line]) == 2
    assert any("Kata’ib — كتائب" in line for line in lines)


def test_control_characters_and_halves_of_pairs_are_escaped_and_come_back() -> None:
    strange = "\x1b[31m\x7f\x9b31m\u2028\u2029\ud800"
    record = event(**{"x": strange, f"y{strange}": 1})
    held = read_document(
        json.dumps({"type": "FeatureCollection", "dateline": {"schema": 1}, "features": [record], "updates": [update()]}).encode(), where=""
    )
    body = exported(held)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", body.decode("utf-8"))
    assert json.loads(body)["features"] == [record]


def test_a_number_that_is_none_is_not_written() -> None:
    broken = replace(as_event(), feature={"id": "e-1", "x": float("nan")})
    with pytest.raises(ValueError, match="not JSON compliant"):
        exported(replace(SHIPPED, events=(broken,)))


def test_the_same_export_is_the_same_bytes() -> None:
    assert exported(SHIPPED) == exported(SHIPPED)


# The receipt


def test_a_receipt_says_what_was_exported_and_from_what() -> None:
    wanted = EventFilter(
        kinds=frozenset({"rocket_attack", "air_strike"}),
        text=" base ",
        start=datetime(2021, 2, 1, tzinfo=UTC),
        after=datetime(2021, 3, 1, tzinfo=UTC),
        known=parse_moment("2021-03-03"),
        near=Near(44.0, 33.0, 400_000),
    )
    events = select(SHIPPED.events, wanted, SHIPPED.updates)
    assert collection(SHIPPED, wanted)["receipt"] == {
        "events": len(events),
        "filter": {
            "words": "air strike or rocket attack; with “base”; within 400 km of 33°, 44° (latitude, longitude); as known on 3 March 2021",
            "data": {
                "kind": ["air_strike", "rocket_attack"],
                "text": "base",
                "known": "2021-03-03",
                "near": {"lon": 44.0, "lat": 33.0, "radius_m": 400_000},
            },
        },
        "window": {"words": "1 to 28 February 2021", "from": "2021-02-01", "to": "2021-02-28"},
        "store": {"name": "events.geojson", "sha256": SHIPPED.sha256},
        "address": "?kind=raid",
        "made": "2021-03-05T10:00:00Z",
    }
    assert events


def test_a_receipt_without_a_filter_says_so() -> None:
    member = receipt_of(SHIPPED).as_member()
    assert member["events"] == 17
    assert member["filter"] == {"words": "all events", "data": {}}
    assert member["window"] == {"words": "all dates", "from": None, "to": None}


def test_a_receipt_is_made_now_and_says_so_in_utc() -> None:
    before = datetime.now(UTC)
    receipt = make_receipt(SHIPPED, EventFilter(), store="s", address="")
    assert before <= receipt.made <= datetime.now(UTC)
    elsewhere = replace(receipt, made=datetime(2021, 3, 5, 13, 0, tzinfo=timezone(timedelta(hours=3))))
    assert elsewhere.as_member()["made"] == "2021-03-05T10:00:00Z"


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (None, None, "dateline-all-dates.csv"),
        ("2021-02-01", None, "dateline-from-2021-02-01.csv"),
        (None, "2021-02-28", "dateline-until-2021-02-28.csv"),
        ("2021-02-01", "2021-02-28", "dateline-2021-02-01-to-2021-02-28.csv"),
        ("2021-02-01T04:20Z", "2021-02-28T05:00Z", "dateline-2021-02-01T0420Z-to-2021-02-28T0500Z.csv"),
    ],
)
def test_a_file_is_named_after_its_window(first: str | None, last: str | None, name: str) -> None:
    wanted = EventFilter(start=parse_moment(first).at if first else None, after=parse_moment(last).after if last else None)
    assert file_name(wanted, ".csv") == name


def test_the_formats_are_those_of_the_buttons() -> None:
    assert {name: (exporter.suffix, exporter.media_type.split(";")[0]) for name, exporter in EXPORTERS.items()} == {
        "geojson": (".geojson", "application/geo+json"),
        "csv": (".csv", "text/csv"),
    }
    for exporter in EXPORTERS.values():
        assert b"".join(exporter.write(SHIPPED, receipt_of(SHIPPED, NOTHING)))


# CSV


def test_a_csv_starts_with_a_byte_order_mark_and_ends_its_lines_as_rfc_4180_says() -> None:
    body = b"".join(export_csv(SHIPPED, receipt_of(SHIPPED, NOTHING)))
    assert body.startswith(b"\xef\xbb\xbfid,title,kind,")
    assert body.endswith(b"\r\n")
    assert body.count(b"\n") == 1


def test_a_row_says_what_the_event_says() -> None:
    record = event(
        "e-1",
        at=(-71.5, 33),
        title="Rockets",
        start="2021-02-16",
        end="2021-02-21",
        date_precision="week",
        date_note="“Days later.”",
        place={"note": "North of Baghdad", "precision": "near_town", "uncertainty_km": 12.5},
        actors=[{"name": "Militia", "role": "accused"}, {"name": "US forces", "role": "target"}],
        claims=[
            claim(low=22, high=None, text="at least 22", by="Observatory", via="A Source", stated="2021-03-01"),
            claim(low=None, high=None, text="a handful"),
        ],
        updates=["u-1", "u-2"],
        note="Unsure.",
    )
    (row,) = table(snapshot([record], [update(), update("u-2", "2021-03-01", url="https://example.org/2")]))
    assert row == {
        "id": "e-1",
        "title": "Rockets",
        "kind": "rocket_attack",
        "kind_label": "Rocket attack",
        "start": "2021-02-16",
        "end": "2021-02-21",
        "date_precision": "week",
        "date_in_words": "between 16 and 21 February 2021",
        "date_basis": "stated",
        "date_note": "“Days later.”",
        "reported": "2021-02-26",
        "place": "Sometown",
        "country": "Iraq",
        "place_precision": "near_town",
        "longitude": "-71.5",
        "latitude": "33",
        "uncertainty_km": "12.5",
        "place_basis": "stated",
        "place_note": "North of Baghdad",
        "actors": "Militia (accused)\nUS forces (target)",
        "claims": "killed: at least 22 (Observatory, via A Source, said 2021-03-01, told in u-1)\nkilled: a handful (A Ministry, told in u-1)",
        "updates": "u-1\nu-2",
        "headings": "UPDATE u-1\nUPDATE u-2",
        "urls": "https://example.org/blog\nhttps://example.org/2",
        "note": "Unsure.",
        "acled_geo_precision": "2",
        "acled_time_precision": "2",
        "ucdp_where_prec": "2",
        "ucdp_date_prec": "2",
        "ucdp_low": "22",
        "ucdp_best": "",
        "ucdp_high": "22",
    }


def test_what_is_unknown_is_an_empty_cell_and_never_0() -> None:
    (row,) = table(snapshot([event(at=None, place=None, claims=[], actors=[])]))
    unknown = ["place", "country", "place_precision", "longitude", "latitude", "uncertainty_km", "acled_geo_precision", "ucdp_where_prec", "ucdp_low"]
    assert {row[name] for name in unknown} == {""}
    (row,) = table(snapshot([event(at=(0, 0.0), claims=[claim(low=0, high=0)], place={"uncertainty_km": 0})]))
    assert (row["longitude"], row["latitude"], row["uncertainty_km"], row["ucdp_low"]) == ("0", "0.0", "0", "0")


def test_where_claims_differ_the_least_and_the_greatest_are_told_and_no_best() -> None:
    (row,) = table(snapshot([event(claims=[claim(low=17, high=17), claim(low=1, high=1), claim(low=22, high=None)])]))
    assert [row[name] for name in ("ucdp_low", "ucdp_best", "ucdp_high")] == ["1", "", "22"]


def test_an_update_that_is_not_in_the_store_has_no_heading() -> None:
    (row,) = table(snapshot([event(updates=["u-1", "u-9"])]))
    assert (row["updates"], row["headings"]) == ("u-1\nu-9", "UPDATE u-1")


def test_there_is_a_row_for_each_event_in_the_order_shown_whatever_the_texts_hold() -> None:
    texts = ['He said "no", and left', "two\nlines", "two\r\nlines", "a;b,c\td", "”„", "\r"]
    held = snapshot([event(f"e-{number}", title=f"t{text}") for number, text in enumerate(texts)])
    assert [row["title"] for row in table(held)] == [f"t{text}" for text in texts]


def original(cell: str) -> str:
    """The text behind a cell, by the code that docs/export.md gives its readers."""
    code = (ROOT / "docs" / "export.md").read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    names: dict[str, Any] = {}
    exec(code, names)
    return str(names["original"](cell))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("http://example.org","x")',
        " =1",
        "\t=1",
        "\n=1",
        "\r\n=1",
        "\tx",
        "\rx",
        "\nx",
        "\u00a0=1",
        "\u3000+1",
        "\u200b=1",
        "\ufeff@x",
        "\u202e-1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "﹦1",
        "−1",
        "'=1",
        "''  =1",
    ],
)
def test_a_text_that_a_spreadsheet_could_run_gets_an_apostrophe(text: str) -> None:
    assert text_cell(text) == f"'{text}"
    assert original(text_cell(text)) == text


@pytest.mark.parametrize("text", ["Rockets", "1=1", "a-b", "'Ain", "’tis", "5", "", " x", "#x", "(=1)", "٥"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    held = snapshot([event(note=text)])
    assert table(held)[0]["note"] == text


@given(st.text("=+-@＝＋－＠﹦−' \t\r\n\u200bab1\"", min_size=1, max_size=8).filter(lambda text: text.strip()))
def test_the_way_back_that_the_docs_tell_gives_the_text_again(text: str) -> None:
    cell = text_cell(text)
    assert original(cell) == text
    assert not re.match(r"[\s\u200b]*[=+\-@＝＋－＠﹦−]|[\t\r\n]", cell)


def test_every_column_of_text_is_guarded_and_no_number_is() -> None:
    bad = "=1"
    record = event(
        bad,
        at=(-71.5, -33.25),
        title=bad,
        kind=bad,
        date_note=bad,
        note=bad,
        place={"name": bad, "country": bad, "note": bad},
        actors=[{"name": bad, "role": "other"}],
        claims=[claim(bad, low=-5, high=-5)],
        updates=[bad],
        passages=[],
    )
    (row,) = table(snapshot([record], [update(bad, heading=bad)]))
    texts = ["id", "title", "kind", "kind_label", "date_note", "note", "place", "country", "place_note", "actors", "claims", "updates", "headings"]
    assert {name: row[name][:2] for name in texts} == dict.fromkeys(texts, "'=")
    assert (row["longitude"], row["latitude"]) == ("-71.5", "-33.25")
    (deaths,) = table(snapshot([event(claims=[claim(low=-5, high=-5)])]))
    assert deaths["ucdp_low"] == "-5"


def test_control_characters_do_not_reach_a_cell() -> None:
    assert text_cell("a\x00b\x1b[31mc\x7f\x9bd") == "a\ufffdb\ufffd[31mc\ufffd\ufffdd"
    assert text_cell("\x00=1") == "\ufffd=1"
