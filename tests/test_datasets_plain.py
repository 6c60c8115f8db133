"""Any CSV and any GeoJSON of points: the mapping guessed, shown and overridden, and what the rows become."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InvalidInput, StoreError
from geo.geojson import read_feature
from geo.ingest.datasets import Dataset, Limits, Mapping, preview, read_batches, read_dataset
from geo.ingest.datasets.days import read_written
from geo.ingest.datasets.drafts import NO_ADDRESS
from geo.ingest.datasets.plain import RADIUS_KM
from geo.model import Event
from tests import factories
from tests.datasets import rows

CORPUS = Path(__file__).resolve().parents[1] / ".." / "shared" / "data" / "geojson_corpus"


def row(**cells: str) -> rows.Row:
    return {"lon": "14.65", "lat": "50.12", "date": "2021-02-26"} | cells


def one(mapping: Any = None, **cells: str) -> Event:
    dataset = read_dataset(rows.text([row(**cells)]).encode(), mapping=mapping)
    assert not dataset.report, dataset.report
    (event,) = dataset.events
    return event


def collection(*features: Any, **members: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)} | members).encode()


def point(*at: float, id_: Any = None, **properties: Any) -> dict[str, Any]:
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": list(at)}, "properties": {"date": "2021-02-26"} | properties}
    return feature if id_ is None else feature | {"id": id_}


def refusal(source: Any, **options: Any) -> str:
    with pytest.raises(InvalidInput) as caught:
        read_dataset(source, **options)
    assert all(problem.advice for problem in caught.value.problems)
    return str(caught.value)


# The mapping


@pytest.mark.parametrize(
    ("header", "lon", "lat", "date"),
    [
        ("lon,lat,date", "lon", "lat", "date"),
        ("Latitude,Longitude,Event Date", "Longitude", "Latitude", "Event Date"),
        ("X,Y,occurred_at", "X", "Y", "occurred_at"),
        ("LNG;LAT;when", "LNG", "LAT", "when"),
        ("geo_lat\tgeo_lon\tincident-date", "geo_lon", "geo_lat", "incident-date"),
    ],
)
def test_columns_are_guessed_from_their_names(header: str, lon: str, lat: str, date: str) -> None:
    """Names in any case and spelling are known, whatever separates them."""
    separator = next(mark for mark in ",;\t" if mark in header)
    cells = {lon: "14.65", lat: "50.12", date: "2021-02-26"}
    dataset = read_dataset(f"{header}\n{separator.join(cells[name] for name in header.split(separator))}\n".encode())
    assert (dataset.mapping.lon, dataset.mapping.lat, dataset.mapping.date) == (lon, lat, date)
    assert dataset.events[0].position == (14.65, 50.12)


def test_columns_are_guessed_from_their_values() -> None:
    """Names that say nothing: only a column beyond 90 degrees can be the longitude, and a column of dates is the date."""
    seen = preview(b"a,b,c\n50.12,114.65,2021-02-26\n50.13,114.66,2021-02-27\n")
    assert (seen.mapping.lon, seen.mapping.lat, seen.mapping.date) == ("b", "a", "c")


def test_what_values_do_not_tell_is_asked_for() -> None:
    """Two columns within 90 degrees could be either; nothing is guessed, and the message names the columns."""
    body = b"a,b,c\n50.12,14.65,2021-02-26\n"
    assert preview(body).missing == ("lon", "lat")
    assert "no column could be found for lon, lat" in refusal(body)
    assert "'a', 'b', 'c'" in refusal(body)
    assert read_dataset(body, mapping={"lon": "b", "lat": "a"}).events[0].position == (14.65, 50.12)


def test_a_name_alone_is_no_proof() -> None:
    """A column that is called x but holds words is not taken for a longitude."""
    assert preview(b"x,y,date\nleft,up,2021-02-26\n").missing == ("lon", "lat")


def test_the_mapping_can_be_overridden() -> None:
    """What a person says counts before the guess, and an empty column unsets it."""
    event = one({"title": "what", "notes": ""}, title="Guessed", what="Said", notes="Long ago")
    assert event.title == "Said"
    whole = Mapping(lon="lon", lat="lat", date="date")
    assert read_dataset(rows.text([row(title="Unused")]).encode(), mapping=whole).mapping == whole


@pytest.mark.parametrize(
    ("given_mapping", "says"),
    [
        ({"lon": "Lon"}, "Did you mean"),
        ({"nonsense": "lon"}, "nothing of this name"),
        ({"date_order": "ymd"}, "dmy or mdy"),
        ({"address": "javascript:alert(1)"}, "no web address"),
        ({"default_precision": "exact"}, "no precision"),
        (Mapping(lon="nowhere", lat="lat", date="date"), "no column for lon"),
    ],
)
def test_a_wrong_override_is_told(given_mapping: Any, says: str) -> None:
    """A column that is not there, or a member that does not exist, is said with what there is."""
    assert says in refusal(rows.text([row()]).encode(), mapping=given_mapping)


def test_a_known_format_cannot_be_mapped_otherwise() -> None:
    """The columns of UCDP and ACLED mean what their codebooks say; as plain CSV they can be mapped."""
    body = rows.text([rows.acled()]).encode()
    assert "format csv" in refusal(body, mapping={"title": "notes"})
    assert read_dataset(body, format="csv", mapping={"title": "notes"}).events[0].title.startswith("On 26 February")


def test_a_format_whose_columns_are_missing_is_refused() -> None:
    """A file that is called UCDP GED but is none is refused whole, with the columns that are missing."""
    assert "where_prec" in refusal(rows.text([row()]).encode(), format="ucdp-ged")


# Rows


def test_everything_that_is_mapped_reaches_the_event() -> None:
    """Place, actors, figures, source, address and text of a row stand where they belong."""
    event = one(
        id="7",
        title="Bridge shelled",
        type="Shelling",
        place="Hentzau",
        country="Ruritania",
        attacker="RLA",
        victim="Guard",
        description="Shells fell on the bridge.",
        source="Zenda News",
        url="https://example.org/1",
        published="2021-02-27",
        killed="4",
        killed_low="3",
        wounded="several",
        colour="red",
    )
    assert (event.id, event.title, event.kind) == ("7", "Bridge shelled", "shelling")
    assert event.place is not None and (event.place.name, event.place.country) == ("Hentzau", "Ruritania")
    assert {(actor.name, actor.role) for actor in event.actors} == {("RLA", "attacker"), ("Guard", "target")}
    assert [(claim.metric, claim.low, claim.high, claim.text, claim.by) for claim in event.claims] == [
        ("killed", 4, 4, "4", "Zenda News"),
        ("killed", 3, None, "at least 3", "Zenda News"),
        ("injured", None, None, "several", "Zenda News"),
    ]
    assert str(event.reported) == "2021-02-27"
    assert event.feature["properties"]["imported"]["colour"] == "red"


def test_a_row_that_says_little_is_told_honestly() -> None:
    """Without source, text or address the update says so, and its link leads nowhere instead of somewhere wrong."""
    dataset = read_dataset(rows.text([row()]).encode(), name="incidents.csv")
    (update,) = dataset.updates
    assert update.source == "incidents.csv"
    assert update.url == NO_ADDRESS and "leads nowhere" in (update.date_note or "")
    assert "gives no text" in update.text and "lon: 14.65" in update.text
    (told,) = read_dataset(rows.text([row()]).encode(), mapping={"publisher": "Zenda News", "address": "https://example.org/"}).updates
    assert (told.source, told.url) == ("Zenda News", "https://example.org/")


def test_one_report_of_several_rows_is_one_update() -> None:
    """Rows with the same source, address, date and text are told by one update; another text is another update."""
    cells = {"source": "Zenda News", "url": "https://example.org/1", "published": "2021-02-27"}
    texts = ["Two attacks.", "Two attacks.", "A third one."]
    dataset = read_dataset(rows.text([row(id=str(number), notes=text, **cells) for number, text in enumerate(texts)]).encode())
    assert (len(dataset.events), len(dataset.updates)) == (3, 2)


def test_ids() -> None:
    """An id is the file's; without one it follows from the row, so that importing again finds it; a prefix keeps files apart."""
    assert one(id="7").id == "7"
    assert one({"id_prefix": "zenda-"}, id="7").id == "zenda-7"
    assert one().id == one().id != one(lon="14.66").id


@pytest.mark.parametrize("precision", list(RADIUS_KM))
def test_precisions_have_a_radius(precision: str) -> None:
    """A precision that the row gives counts, with its radius or the row's own; a country is no point."""
    event = one(precision=precision, place="Hentzau")
    assert event.place is not None
    assert (event.place.precision, event.place.uncertainty_km) == (precision, RADIUS_KM[precision])
    assert (event.position is None) == (precision == "country")
    own = one(precision=precision, place="Hentzau", uncertainty_km="7")
    assert own.place is not None and own.place.uncertainty_km == 7 and own.position is not None


def test_an_unknown_precision_is_said() -> None:
    """A file that says nothing of precision gets a cautious one, which the place's note tells; it can be chosen."""
    place = one(place="Hentzau").place
    assert place is not None and (place.precision, place.uncertainty_km, place.basis) == ("near_town", 25, "editor")
    assert "does not say how closely" in (place.note or "") and "25 km" in (place.note or "")
    chosen = one({"default_precision": "site"}).place
    assert chosen is not None and chosen.uncertainty_km == 1


def test_a_row_without_coordinates_is_not_on_the_map() -> None:
    """A date alone is an event with no point; a name without coordinates keeps the name."""
    assert one(lon="", lat="").place is None
    named = one(lon="", lat="", place="Hentzau")
    assert named.position is None
    assert named.place is not None and (named.place.name, named.place.uncertainty_km) == ("Hentzau", None)


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"lon": "east"}, "lon"),
        ({"lon": "14,65"}, "lon"),
        ({"lon": ""}, "lon"),
        ({"lat": "500"}, "lat"),
        ({"lon": "0", "lat": "0"}, "lon"),
        ({"date": ""}, "date"),
        ({"date": "soon"}, "date"),
        ({"date": "03/04/2021"}, "date"),
        ({"end": "2021-02-25"}, "end"),
        ({"killed": "12-15"}, "killed"),
        ({"killed": "-1"}, "killed"),
        ({"uncertainty_km": "-3"}, "uncertainty_km"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"precision": "exact"}, "precision"),
    ],
)
def test_a_bad_cell_costs_its_row_alone(cells: dict[str, str], field: str) -> None:
    """A row with a bad cell is reported with its field, and the other rows are read."""
    good = row(id="1", end="2021-02-27", killed="1", uncertainty_km="1", url="https://example.org/", precision="site")
    dataset = read_dataset(rows.text([good] * 5 + [good | {"id": "2"} | cells, good | {"id": "3"}]).encode())
    assert [event.id for event in dataset.events] == ["1", "3"]
    assert [(problem.row, problem.field) for problem in dataset.report if problem.field] == [(7, field)]


@pytest.mark.parametrize(
    ("text", "order", "first", "last", "precision"),
    [
        ("2021-02-26", None, "2021-02-26", "2021-02-26", "day"),
        ("2021/2/6", None, "2021-02-06", "2021-02-06", "day"),
        ("2021-02-26T04:20Z", None, "2021-02-26T04:20Z", "2021-02-26T04:20Z", "minute"),
        ("2021-02-26 01:20:30+03:00", None, "2021-02-25T22:20Z", "2021-02-25T22:20Z", "minute"),
        ("2021-02-26T04:20:00", None, "2021-02-26", "2021-02-26", "day"),
        ("2021-02", None, "2021-02-01", "2021-02-28", "month"),
        ("2019", None, "2019-01-01", "2019-12-31", "year"),
        ("26 February 2021", None, "2021-02-26", "2021-02-26", "day"),
        ("February 26, 2021", None, "2021-02-26", "2021-02-26", "day"),
        ("26.02.2021", None, "2021-02-26", "2021-02-26", "day"),
        ("02/26/2021", None, "2021-02-26", "2021-02-26", "day"),
        ("03/04/2021", "dmy", "2021-04-03", "2021-04-03", "day"),
        ("03/04/2021", "mdy", "2021-03-04", "2021-03-04", "day"),
        ("04/04/2021", None, "2021-04-04", "2021-04-04", "day"),
    ],
)
def test_dates_as_they_are_written(text: str, order: Any, first: str, last: str, precision: str) -> None:
    """A written date is read exactly as precisely as it is written."""
    assert tuple(map(str, read_written(text, order))) == (first, last, precision)


@pytest.mark.parametrize(
    "text", ["03/04/2021", "2021-13-01", "2021-02-30", "26 Brumaire 2021", "44253", "2021-02-26 25:00", "٢٠٢١-02-26", "9999-12-31", "0000"]
)
def test_dates_that_are_none_are_refused(text: str) -> None:
    """What is no date, or may be two, raises ValueError."""
    with pytest.raises(ValueError, match=r"\S"):
        read_written(text)


def test_the_order_of_day_and_month_follows_from_the_column() -> None:
    """One date that can only be day first tells how the others are meant, unless another contradicts it."""
    dataset = read_dataset(rows.text([row(date="03/04/2021"), row(date="26/02/2021")]).encode())
    assert dataset.mapping.date_order == "dmy"
    assert str(dataset.events[0].start) == "2021-04-03"
    mixed = [row(date="03/04/2021"), row(date="26/02/2021"), row(date="02/27/2021")]
    dataset = read_dataset(rows.text(mixed * 2).encode(), mapping={"date": "date"})
    assert dataset.mapping.date_order is None
    assert "day/month or month/day" in dataset.report[0].reason


def test_a_time_without_a_zone_is_kept_in_words() -> None:
    """Only the day of it is sure; the note says what the file says."""
    event = one(date="2021-02-26 04:20")
    assert (str(event.start), event.date_precision) == ("2021-02-26", "day")
    assert "04:20" in (event.date_note or "")
    assert one(date="2021-02-26 00:00:00").date_note is None


def test_a_span_keeps_both_ends() -> None:
    """Start and end come from two columns, and the vaguer of the two dates says how precise it is."""
    event = one(date="2021-02-26", end_date="2021-03")
    assert (str(event.start), str(event.end), event.date_precision) == ("2021-02-26", "2021-03-31", "month")
    timed = one(date="2021-02-26T04:20Z", end_date="2021-02-26T05:00Z")
    assert (str(timed.start), str(timed.end), timed.date_precision) == ("2021-02-26T04:20Z", "2021-02-26T05:00Z", "minute")
    mixed = one(date="2021-02-26T04:20Z", end_date="2021-02-27")
    assert (str(mixed.start), str(mixed.end), mixed.date_precision) == ("2021-02-26", "2021-02-27", "day")


# GeoJSON


def geojson(*features: Any, **options: Any) -> Dataset:
    return read_dataset(collection(*features), **options)


def test_points_are_events() -> None:
    """A point with a date is an event; its id, properties, height and unknown members survive."""
    feature = point(14.65, 50.12, 310.5, id_=7, name="Bridge", tags=["a", {"b": None}]) | {"bbox": [1, 2, 3, 4]}
    dataset = read_dataset(collection(feature, crs={"type": "link", "properties": {"href": "https://example.org/"}}))
    (event,) = dataset.events
    assert (dataset.format, event.id, event.title, event.position) == ("geojson", "7", "Bridge", (14.65, 50.12))
    assert event.feature["properties"]["imported"] == {name: value for name, value in feature.items() if name != "type"}


def test_a_null_geometry_is_not_on_the_map() -> None:
    """A feature without a point is an event that is not on the map."""
    (event,) = geojson(point(1, 2) | {"geometry": None}).events
    assert event.position is None


@pytest.mark.parametrize(
    ("feature", "says"),
    [
        ({"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}, "properties": {}}, "LineString"),
        ({"type": "Feature", "geometry": {"type": "Point", "coordinates": [1]}, "properties": {}}, "no position"),
        ({"type": "Feature", "geometry": {"type": "Point", "coordinates": ["1", "2"]}, "properties": {}}, "no position"),
        ({"type": "Feature", "geometry": {"type": "Point", "coordinates": [True, 2]}, "properties": {}}, "no position"),
        ({"type": "Feature", "geometry": {"type": "Point", "coordinates": [200, 2]}, "properties": {"date": "2021"}}, "between -180 and 180"),
        ({"type": "Feature", "geometry": [1, 2], "properties": {}}, "no object"),
        ({"type": "Feature", "geometry": None, "properties": [1]}, "no object"),
        ({"type": "Point", "coordinates": [1, 2]}, "no Feature"),
        ("point", "no Feature"),
        (None, "no Feature"),
    ],
)
def test_what_is_no_point_is_told(feature: Any, says: str) -> None:
    """Everything else is reported by its number, and no centre stands in for it."""
    dataset = geojson(point(1.5, 2.5), feature, point(1.5, 2.6))
    assert len(dataset.events) == 2
    assert [problem.row for problem in dataset.report] == [2] * len(dataset.report)
    assert says in dataset.report[0].reason


def test_a_store_of_our_own_is_taken_as_it_is() -> None:
    """Events, updates and sites of a store pass through, and what is wrong in it is told by its feature's number."""
    body = factories.encoded(factories.document([factories.event(), factories.site(), factories.event("e-2", title=7)]))
    dataset = read_dataset(body)
    assert ([event.id for event in dataset.events], [site.id for site in dataset.sites], len(dataset.updates)) == (["e-1"], ["s-1"], 1)
    assert [(problem.row, problem.field) for problem in dataset.report] == [(3, "/features/2/properties/title")]
    assert dataset.rows == 3


@pytest.mark.parametrize(
    "body", [b"{", b'{"type": "FeatureCollection"}', b"[1]", b'{"type": "Feature"}', b'{"a": NaN}', b"[" * 100_000, b'{"a": "\xff"}']
)
def test_json_that_is_no_collection_is_refused(body: bytes) -> None:
    """A document that cannot be read as a whole raises in words, never a traceback."""
    with pytest.raises(StoreError):
        read_dataset(body)


def test_a_deep_feature_is_told() -> None:
    """Nesting that a store could not hold costs only its feature."""
    deep: Any = "x"
    for _ in range(40):
        deep = [deep]
    dataset = geojson(point(1.5, 2.5, deep=deep), point(1.5, 2.6))
    assert (len(dataset.events), dataset.report[0].row) == (1, 1)


# As a whole


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b",,\n1,2,3\n", "no header"),
        (b"a,a\n1,2\n", "same name"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x1f\x8brest", "gzip"),
        ("lon,lat".encode("utf-16"), "UTF-16"),
        (b"\xe9,lat\n1,2\n", "UTF-8"),
    ],
)
def test_what_is_no_table_is_refused(body: bytes, says: str) -> None:
    """A file that is no table of text is refused with what to do."""
    assert says in refusal(body)


def test_a_byte_order_mark_is_no_part_of_the_header() -> None:
    """The first column keeps its name, whether the file comes as bytes or as lines."""
    text = "\ufeff" + rows.text([rows.ucdp()])
    assert read_dataset(text.encode()).format == read_dataset(text.splitlines(keepends=True)).format == "ucdp-ged"


def test_limits_hold() -> None:
    """Too many bytes, rows, columns or letters are refused, or cost their row, before they fill the memory."""
    many = rows.text([row(id=str(number)) for number in range(20)]).encode()
    assert "bytes" in refusal(many, limits=Limits(max_bytes=100))
    assert "bytes" in refusal(many.decode().splitlines(keepends=True), limits=Limits(max_bytes=100))
    assert "rows" in refusal(many, limits=Limits(max_rows=10))
    assert "columns" in refusal(many, limits=Limits(max_columns=2))
    assert "characters" in refusal(collection(point(1, 2)), limits=Limits(max_json_bytes=10))
    dataset = read_dataset(rows.text([row(notes="x" * 200), row(notes="y")]).encode(), limits=Limits(max_cell=100))
    assert len(dataset.events) == 1 and "200 characters" in dataset.report[0].reason


def test_broken_lines_cost_themselves_alone() -> None:
    """Too few cells, too many, or bytes that are not UTF-8 are told with the row's number; empty lines are no rows."""
    body = b"lon,lat,date,notes\n1.5,2.5,2021-02-26,a\n\n1.5,2.5\n1.5,2.5,2021-02-26,b,c\n1.5,2.5,2021-02-26,\xe9\n1.5,2.5,2021-02-26,d\n"
    dataset = read_dataset(body)
    assert [event.feature["properties"]["imported"]["notes"] for event in dataset.events] == ["a", "d"]
    assert [(problem.row, problem.reason[:20]) for problem in dataset.report] == [
        (4, "the row has 2 cells;"),
        (5, "the row has 5 cells;"),
        (6, "the row is not UTF-8"),
    ]


def test_a_quotation_mark_that_is_not_closed_is_told_with_its_lines() -> None:
    """What it swallows is told, line by line, and reading goes on behind it."""
    swallowed = "".join(f"1.5,2.5,2021-02-26,{'x' * 1_000}\n" for _ in range(200))
    dataset = read_dataset(f'lon,lat,date,notes\n1.5,2.5,2021-02-26,"a\n{swallowed}1.5,2.5,2021-02-26,b\n'.encode())
    assert dataset.report[0].row == 2
    assert "the lines 2 to " in dataset.report[0].reason
    assert dataset.events[-1].feature["properties"]["imported"]["notes"] == "b"


def test_a_preview_writes_and_reads_little() -> None:
    """A preview has the first rows as they stand and what becomes of them, and does not go through the file."""
    asked = 0

    def lines() -> Any:
        nonlocal asked
        yield "lon,lat,date\n"
        for number in range(100_000):
            asked += 1
            yield f"14.{number},50.12,{'2021-02-26' if number != 1 else 'never'}\n"

    seen = preview(lines(), rows=3)
    assert (len(seen.rows), len(seen.events), [problem.row for problem in seen.report]) == (3, 2, [3])
    assert seen.rows[1]["date"] == "never"
    assert seen.missing == () and seen.columns == ("lon", "lat", "date")
    assert asked < 1_000


@pytest.mark.parametrize("size", [1, 3, 7, 100])
def test_batches_together_are_the_whole(size: int) -> None:
    """Read in batches, the events, updates and problems are those of reading whole, and ids and updates are known across batches."""
    cells = [row(id=str(number % 5), notes=f"Report {number % 2}", source="Zenda News") for number in range(6)] + [row(id="9", lat="bad")]
    body = rows.text(cells).encode()
    mapping = {"lat": "lat", "lon": "lon"}
    whole, batches = read_dataset(body, mapping=mapping), list(read_batches(body, size=size, mapping=mapping))
    assert all(batch.rows <= size for batch in batches)
    assert sum(batch.rows for batch in batches) == whole.rows == 7
    for part in ("events", "event_rows", "report"):
        assert [item for batch in batches for item in getattr(batch, part)] == list(getattr(whole, part))
    assert sorted(update.id for batch in batches for update in batch.updates) == sorted(update.id for update in whole.updates)
    assert (len(whole.events), len(whole.updates), whole.set_aside) == (5, 2, 2)
    assert [batch.rows for batch in read_batches(b"lon,lat,date\n")] == [0]


def test_progress_is_told_up_to_the_end() -> None:
    """The reader says how many bytes it has read, and at last that it has read all."""
    heard: list[tuple[int, int | None]] = []
    body = rows.text([row(id=str(number)) for number in range(3_000)]).encode()
    read_dataset(body, progress=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (len(body), len(body))
    assert heard == sorted(heard)


@given(
    cells=st.lists(
        st.dictionaries(st.sampled_from(["lon", "lat", "date", "notes", "killed", "title", "id", "source"]), st.text(max_size=20)), max_size=4
    ),
)
def test_any_table_is_read_row_by_row(cells: list[dict[str, str]]) -> None:
    """Whatever stands in the cells, each row is an event that the store can hold or a line of the report."""
    body = rows.text([dict.fromkeys(["id", "source", "killed", "notes", "title"], "") | row(**given_cells) for given_cells in [{}, *cells]])
    dataset = read_dataset(body.encode("utf-8", "surrogatepass"), mapping={"lon": "lon", "lat": "lat", "date": "date"})
    assert len(dataset.events) + dataset.set_aside == dataset.rows
    assert all(read_feature(dict(event.feature), "") == event for event in dataset.events)


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of GeoJSON is not beside the repository")
def test_foreign_geojson_never_ends_in_a_traceback() -> None:
    """Every document of the corpus, good or bad, is read, or refused in words."""
    for path in sorted(CORPUS.rglob("*.geojson")):
        try:
            dataset = read_dataset(path)
        except (InvalidInput, StoreError):
            continue
        assert len(dataset.events) + dataset.set_aside == dataset.rows
