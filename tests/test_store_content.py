"""What the shipped store tells: its facts, its references and its own wording.

The file is read as plain JSON here, so that these tests also hold the content when the code that reads it changes.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path

import geopandas
import pytest
from pyproj import Geod

ROOT = Path(__file__).resolve().parents[1]
STORE = ROOT / "data" / "events.geojson"
# A copy of the source's text may lie beside the repository. The repository itself carries none.
SOURCE = ROOT.parent / "shared" / "seed"
SHARED_RUN = 8

# id, heading, published, date basis; newest first, as printed.
UPDATES = [
    ("u-0304", "UPDATE, MARCH 4", "2021-03-04", "heading"),
    ("u-0303", "UPDATE, MARCH 3", "2021-03-03", "heading"),
    ("u-0302", "UPDATE, MARCH 2", "2021-03-02", "heading"),
    ("u-0228-0730", "UPDATE, 0730 GMT", "2021-02-28T07:30Z", "neighbour"),
    ("u-0228-0710", "UPDATE, 0710 GMT", "2021-02-28T07:10Z", "neighbour"),
    ("u-0228", "UPDATE, FEB 28", "2021-02-28", "heading"),
    ("u-0227-0930", "UPDATE, 0930 GMT", "2021-02-27T09:30Z", "neighbour"),
    ("u-0227", "UPDATE, FEB 27", "2021-02-27", "heading"),
    ("u-0226", "ORIGINAL ENTRY, FEB 26", "2021-02-26", "heading"),
]

# id: (lon, lat) or None, place precision, uncertainty in km, place basis
PLACES = {
    "ain-al-asad-rockets-2021-03-03": ((42.441, 33.786), "site", 3, "stated"),
    "abu-kamal-border-strike-2021-02-26": ((40.98, 34.42), "near_town", 12, "editor"),
    "helios-ray-blast-2021-02-26": ((57.2, 25.4), "sea", 100, "stated"),
    "erbil-rockets-2021-02-15": ((43.963, 36.238), "town", 5, "editor"),
    "balad-rockets-2021-02": ((44.361, 33.940), "site", 10, "editor"),
    "green-zone-rockets-2021-02-22": ((44.391, 33.306), "district", 3, "stated"),
    "gulf-tankers-2019": ((56.0, 26.2), "sea", 300, "stated"),
    "shayrat-strike-2017-04": ((36.909, 34.490), "site", 3, "stated"),
    "khan-sheikhoun-sarin-2017-04": ((36.651, 35.442), "town", 3, "stated"),
    "douma-chlorine-2018-04": ((36.403, 33.572), "town", 3, "stated"),
    "chemical-sites-strikes-2018-04": (None, "country", None, "stated"),
    "deir-ez-zor-clash-2018-02": ((40.29, 35.30), "province", 40, "editor"),
    "su22-shootdown-2017-06": ((38.6, 35.7), "province", 60, "editor"),
    "deir-ez-zor-mistaken-bombing": ((40.14, 35.29), "province", 20, "stated"),
    "damascus-sarin-2013-08": ((36.36, 33.52), "near_town", 15, "stated"),
    "contractor-rockets-2019-12": (None, "country", None, "editor"),
    "soleimani-drone-strike-2020-01-03": ((44.234, 33.262), "site", 5, "editor"),
}

# id: kind, start, end, date precision, date basis
WHEN = {
    "ain-al-asad-rockets-2021-03-03": ("rocket_attack", "2021-03-03T04:20Z", "2021-03-03T04:20Z", "minute", "inferred"),
    "abu-kamal-border-strike-2021-02-26": ("air_strike", "2021-02-26", "2021-02-26", "day", "inferred"),
    "helios-ray-blast-2021-02-26": ("ship_attack", "2021-02-26", "2021-02-26", "day", "inferred"),
    "erbil-rockets-2021-02-15": ("rocket_attack", "2021-02-15", "2021-02-15", "day", "stated"),
    "balad-rockets-2021-02": ("rocket_attack", "2021-02-16", "2021-02-21", "week", "inferred"),
    "green-zone-rockets-2021-02-22": ("rocket_attack", "2021-02-22", "2021-02-22", "day", "inferred"),
    "gulf-tankers-2019": ("ship_attack", "2019-01-01", "2019-12-31", "year", "stated"),
    "shayrat-strike-2017-04": ("air_strike", "2017-04-01", "2017-04-30", "month", "stated"),
    "khan-sheikhoun-sarin-2017-04": ("chemical_attack", "2017-03-25", "2017-04-23", "week", "inferred"),
    "douma-chlorine-2018-04": ("chemical_attack", "2018-03-25", "2018-04-23", "week", "inferred"),
    "chemical-sites-strikes-2018-04": ("air_strike", "2018-04-01", "2018-04-30", "month", "inferred"),
    "deir-ez-zor-clash-2018-02": ("armed_clash", "2018-02-01", "2018-02-28", "month", "stated"),
    "su22-shootdown-2017-06": ("shoot_down", "2017-06-01", "2017-06-30", "month", "stated"),
    "deir-ez-zor-mistaken-bombing": ("air_strike", "2016-09-01", "2016-09-30", "month", "editor"),
    "damascus-sarin-2013-08": ("chemical_attack", "2013-08-01", "2013-08-31", "month", "inferred"),
    "contractor-rockets-2019-12": ("rocket_attack", "2019-12-01", "2019-12-31", "month", "stated"),
    "soleimani-drone-strike-2020-01-03": ("drone_strike", "2020-01-03", "2020-01-03", "day", "stated"),
}

# id: the updates that tell it, oldest first. Every incident not listed is told in the original entry alone.
TOLD_IN = {
    "ain-al-asad-rockets-2021-03-03": ["u-0303", "u-0304"],
    "abu-kamal-border-strike-2021-02-26": ["u-0226", "u-0227", "u-0228", "u-0228-0730", "u-0302"],
    "helios-ray-blast-2021-02-26": ["u-0227-0930", "u-0228-0710"],
    "erbil-rockets-2021-02-15": ["u-0226", "u-0228-0730"],
    "gulf-tankers-2019": ["u-0228-0710"],
}

# id: (lon, lat), ring radii in km, updates
SITES = {
    "tanf": ((38.617, 33.506), [55], ["u-0226"]),
    "ain-al-asad": ((42.441, 33.786), [8], ["u-0303"]),
    "baghdad": ((44.361, 33.313), [160], ["u-0303"]),
}

# event, update, metric, low, high, who says it
FIGURES = [
    ("ain-al-asad-rockets-2021-03-03", "u-0303", "munitions", 13, 13, "Iraqi security source"),
    ("ain-al-asad-rockets-2021-03-03", "u-0303", "firing_distance", 8, 8, "Iraqi security source"),
    ("ain-al-asad-rockets-2021-03-03", "u-0303", "died", 1, 1, "not attributed"),
    ("ain-al-asad-rockets-2021-03-03", "u-0304", "died", 1, 1, "not attributed"),
    ("ain-al-asad-rockets-2021-03-03", "u-0304", "casualties", None, None, "Pentagon"),
    ("abu-kamal-border-strike-2021-02-26", "u-0226", "munitions", 7, 7, "US officials"),
    ("abu-kamal-border-strike-2021-02-26", "u-0227", "warning", 4, 5, "Lavrov"),
    ("abu-kamal-border-strike-2021-02-26", "u-0302", "injured", 2, 2, "Pentagon"),
    ("helios-ray-blast-2021-02-26", "u-0227-0930", "holes", 2, 2, "not attributed"),
    ("helios-ray-blast-2021-02-26", "u-0227-0930", "intent", None, None, "owner"),
    ("helios-ray-blast-2021-02-26", "u-0228-0710", "responsibility", None, None, "Gantz"),
    ("erbil-rockets-2021-02-15", "u-0226", "killed", 1, 1, "not attributed"),
    ("erbil-rockets-2021-02-15", "u-0226", "injured", 6, 6, "not attributed"),
    ("erbil-rockets-2021-02-15", "u-0226", "injured_of_whom", 4, 4, "not attributed"),
    ("erbil-rockets-2021-02-15", "u-0226", "injured_of_whom", 1, 1, "not attributed"),
    ("erbil-rockets-2021-02-15", "u-0228-0730", "killed", 1, 1, "not attributed"),
    ("erbil-rockets-2021-02-15", "u-0228-0730", "injured", 6, 6, "not attributed"),
    ("balad-rockets-2021-02", "u-0226", "injured", 1, None, "not attributed"),
    ("khan-sheikhoun-sarin-2017-04", "u-0226", "killed", 90, None, "not attributed"),
    ("khan-sheikhoun-sarin-2017-04", "u-0226", "injured", None, None, "not attributed"),
    ("douma-chlorine-2018-04", "u-0226", "killed", 43, 43, "not attributed"),
    ("deir-ez-zor-clash-2018-02", "u-0226", "killed", None, None, "not attributed"),
    ("deir-ez-zor-mistaken-bombing", "u-0226", "killed", 80, None, "not attributed"),
    ("damascus-sarin-2013-08", "u-0226", "killed", 1400, None, "not attributed"),
    ("contractor-rockets-2019-12", "u-0226", "killed", 1, 1, "not attributed"),
    ("soleimani-drone-strike-2020-01-03", "u-0226", "killed", 2, None, "not attributed"),
]

EVENT_PROPERTIES = {
    "record", "title", "kind", "start", "end", "date_precision", "date_basis", "date_note", "place", "actors", "claims",
    "updates", "passages", "reported", "note",
}  # fmt: skip
PLACE_MEMBERS = {"name", "country", "precision", "uncertainty_km", "basis", "note"}
CLAIM_MEMBERS = {"metric", "low", "high", "unit", "text", "by", "via", "stated", "update"}
ROLES = {"attacker", "target", "affected", "accused", "other"}


def _refuse_constant(name):
    raise ValueError(f"{name} is no JSON")


def _strings(value):
    """Every string in a JSON value, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from _strings(member)
    elif isinstance(value, list):
        for member in value:
            yield from _strings(member)


def _words(text):
    """Word tokens in lower case; an apostrophe separates, which finds more shared runs and not fewer."""
    return re.findall(r"[^\W_]+", text.casefold())


def _runs(words, length):
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


@pytest.fixture(scope="module")
def store():
    return json.loads(STORE.read_text(encoding="utf-8"), parse_constant=_refuse_constant)


@pytest.fixture(scope="module")
def updates(store):
    return {update["id"]: update for update in store["updates"]}


@pytest.fixture(scope="module")
def events(store):
    return {f["id"]: f for f in store["features"] if f["properties"]["record"] == "event"}


@pytest.fixture(scope="module")
def sites(store):
    return {f["id"]: f for f in store["features"] if f["properties"]["record"] == "site"}


def test_the_file_is_one_tidy_feature_collection(store):
    assert store["type"] == "FeatureCollection"
    assert "crs" not in store
    text = STORE.read_bytes().decode("utf-8")
    assert text == json.dumps(store, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def test_the_dateline_member_names_schema_and_licence(store):
    dateline = store["dateline"]
    assert dateline["schema"] == 1
    assert dateline["title"] and dateline["summary"]
    assert "own words" in dateline["licence"] and "CC BY 4.0" in dateline["licence"]


def test_counts_and_ids(store, events, sites, updates):
    assert (len(events), len(sites), len(updates)) == (17, 3, 9)
    assert len(store["features"]) == 20 and len({f["id"] for f in store["features"]}) == 20
    assert set(events) == set(PLACES) == set(WHEN)
    assert set(sites) == set(SITES)


def test_updates_stand_newest_first_with_their_headings(store):
    found = [(u["id"], u["heading"], u["published"], u["date_basis"]) for u in store["updates"]]
    assert found == UPDATES


def test_every_update_cites_its_source_and_says_how_it_is_dated(store):
    for update in store["updates"]:
        assert update["source"] == "EA WorldView"
        assert update["url"] == "https://eaworldview.com/2021/02/us-airstrikes-on-iran-backed-militias-inside-syria/"
        assert update["date_note"] and update["text"].strip() == update["text"] != ""


@pytest.mark.parametrize("event_id", PLACES)
def test_an_event_lies_where_the_facts_put_it(events, event_id):
    lonlat, precision, uncertainty_km, basis = PLACES[event_id]
    geometry, place = events[event_id]["geometry"], events[event_id]["properties"]["place"]
    assert geometry == (None if lonlat is None else {"type": "Point", "coordinates": list(lonlat)})
    assert (place["precision"], place["uncertainty_km"], place["basis"]) == (precision, uncertainty_km, basis)
    assert set(place) == PLACE_MEMBERS
    assert place["note"] or basis != "editor"


def test_only_the_two_unplaced_events_have_no_geometry(events):
    unplaced = {event_id for event_id, event in events.items() if event["geometry"] is None}
    assert unplaced == {"chemical-sites-strikes-2018-04", "contractor-rockets-2019-12"}
    assert all(events[event_id]["properties"]["place"]["uncertainty_km"] is None for event_id in unplaced)


@pytest.mark.parametrize("event_id", WHEN)
def test_an_event_happened_when_the_facts_say(events, event_id):
    properties = events[event_id]["properties"]
    names = ("kind", "start", "end", "date_precision", "date_basis")
    assert tuple(properties[name] for name in names) == WHEN[event_id]
    assert properties["date_note"]
    assert ("T" in properties["start"]) == ("T" in properties["end"]) == (properties["date_precision"] == "minute")


@pytest.mark.parametrize("event_id", WHEN)
def test_an_event_is_told_by_its_updates_and_first_reported_in_the_oldest(events, updates, event_id):
    properties = events[event_id]["properties"]
    assert properties["updates"] == TOLD_IN.get(event_id, ["u-0226"])
    age = [row[0] for row in reversed(UPDATES)]
    assert properties["updates"] == sorted(properties["updates"], key=age.index)
    assert properties["reported"] == updates[properties["updates"][0]]["published"]


@pytest.mark.parametrize("event_id", WHEN)
def test_passages_are_verbatim_and_cover_every_update_of_the_event(events, updates, event_id):
    properties = events[event_id]["properties"]
    for passage in properties["passages"]:
        assert passage["exact"]
        assert updates[passage["update"]]["text"].count(passage["exact"]) == 1, passage["exact"]
    assert {passage["update"] for passage in properties["passages"]} == set(properties["updates"])


@pytest.mark.parametrize("event_id", WHEN)
def test_claims_name_who_says_what_and_where(events, updates, event_id):
    properties = events[event_id]["properties"]
    assert set(properties) == EVENT_PROPERTIES
    for claim in properties["claims"]:
        assert set(claim) == CLAIM_MEMBERS
        assert claim["update"] in updates and claim["update"] in properties["updates"]
        assert claim["metric"] and claim["text"] and claim["by"]
        assert 0 not in (claim["low"], claim["high"]), "unknown is null, never 0"
        assert claim["low"] is not None or claim["high"] is None
        assert claim["high"] is None or claim["low"] <= claim["high"]


@pytest.mark.parametrize(("event_id", "update", "metric", "low", "high", "by"), FIGURES)
def test_a_figure_is_kept_with_who_said_it(events, event_id, update, metric, low, high, by):
    claims = [
        (c["low"], c["high"]) for c in events[event_id]["properties"]["claims"] if c["update"] == update and c["metric"] == metric and by in c["by"]
    ]
    assert (low, high) in claims


def test_the_border_strike_keeps_its_four_death_figures_side_by_side(events):
    claims = events["abu-kamal-border-strike-2021-02-26"]["properties"]["claims"]
    found = [(c["low"], c["high"], c["by"], c["update"]) for c in claims if c["metric"] == "killed"]
    assert sorted(found, key=str) == sorted(
        [
            (None, None, "US officials", "u-0226"),
            (17, 17, "not attributed", "u-0226"),
            (1, 1, "Pentagon (John Kirby)", "u-0302"),
            (22, None, "Syrian Observatory for Human Rights", "u-0302"),
        ],
        key=str,
    )
    handful = next(c for c in claims if c["metric"] == "killed" and c["by"] == "US officials")
    assert "a handful" in handful["text"]


def test_actors_have_known_roles_and_the_accused_are_not_called_attackers(events):
    for event in events.values():
        actors = event["properties"]["actors"]
        assert actors and all(actor["name"] and actor["role"] in ROLES for actor in actors)
        assert len({actor["name"] for actor in actors}) == len(actors)
    attackers = {a["name"] for e in events.values() for a in e["properties"]["actors"] if a["role"] == "attacker"}
    assert attackers == {"US forces", "French forces", "British forces", "Syrian government forces"}


@pytest.mark.parametrize("site_id", SITES)
def test_a_site_has_its_rings(sites, updates, site_id):
    lonlat, radii_km, told_in = SITES[site_id]
    site = sites[site_id]
    assert site["geometry"] == {"type": "Point", "coordinates": list(lonlat)}
    assert site["properties"]["updates"] == told_in
    assert [ring["radius_km"] for ring in site["properties"]["rings"]] == radii_km
    for ring in site["properties"]["rings"]:
        assert set(ring) == {"radius_km", "label", "note", "update"} and ring["label"] and ring["update"] in updates


def test_the_ring_of_baghdad_says_how_far_it_is_on_the_ellipsoid(sites):
    start, end = (sites[name]["geometry"]["coordinates"] for name in ("baghdad", "ain-al-asad"))
    distance_m = Geod(ellps="WGS84").inv(*start, *end)[2]
    assert f"about {distance_m / 1000:.0f} km" in sites["baghdad"]["properties"]["rings"][0]["note"]


def test_geopandas_opens_the_store():
    frame = geopandas.read_file(STORE)
    assert len(frame) == 20
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry.isna().sum() == 2


def test_ogrinfo_opens_the_store():
    ogrinfo = shutil.which("ogrinfo")
    if ogrinfo is None:
        pytest.skip("ogrinfo (GDAL) is not installed")
    done = subprocess.run([ogrinfo, "-al", "-so", str(STORE)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Feature Count: 20" in done.stdout
    assert "Warning" not in done.stderr and "ERROR" not in done.stderr


def test_no_eight_words_in_a_row_are_the_sources(store):
    texts = sorted(SOURCE.glob("*.txt"))
    if not texts:
        pytest.skip("the source's text is not at hand, so the wording cannot be compared with it")
    source = set()
    for path in texts:
        source |= _runs(_words(path.read_text(encoding="utf-8")), SHARED_RUN)
    assert source, "the source's text is empty"
    shared = {" ".join(run) for text in _strings(store) for run in _runs(_words(text), SHARED_RUN) & source}
    assert not shared
