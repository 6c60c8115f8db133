"""What the ring tool is sent, and what is believed of what it sends back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.filters import EventFilter
from geo.geodesy import distance_m
from geo.moments import parse_moment
from geo.rings import MAX_RINGS, RingRequest
from geo.store import GeoJSONFileStore, Snapshot
from geo.ui import ring_data as module
from geo.ui.ring_data import read_draw, ring_data, without_ring
from tests.hostile import hostile_store

STORE = Path(__file__).resolve().parents[1] / "data" / "events.geojson"
SITE = {"around": "site", "id": "baghdad", "radii": "160", "unit": "km"}
POINT = {"around": "point", "lat": "33.786", "lon": "42.441", "radii": "50", "unit": "km"}
ENTRIES = ["event", "site", "point", "baghdad", "km", "5", "-5", "5, 10 nmi", "1e400", "nan", "٣", "", " "]
FORM = st.dictionaries(
    st.sampled_from(["around", "id", "lat", "lon", "radii", "unit", "x"]),
    st.sampled_from(ENTRIES) | st.text(max_size=30) | st.integers() | st.none(),
)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """The store that comes with Dateline."""
    return GeoJSONFileStore(STORE).snapshot()


def requests(*texts: str) -> tuple[RingRequest, ...]:
    """Rings as they stand in an address."""
    return tuple(RingRequest.parse(text) for text in texts)


def data(snapshot: Snapshot, *texts: str, **options: Any) -> dict[str, Any]:
    """The data of the tool with these rings drawn, everything being shown."""
    return ring_data(snapshot, EventFilter(), requests(*texts), **({"store_on": True} | options))


def drawn(sent: object, snapshot: Snapshot, *texts: str) -> tuple[list[str], str]:
    """The rings after a form was sent, as an address has them, and the fault."""
    rings, fault = read_draw(sent, snapshot, requests(*texts))
    return [str(ring) for ring in rings], fault


def test_the_rings_of_the_store_say_what_they_mean(snapshot: Snapshot) -> None:
    """Each has its label, its meaning and its note; that of Baghdad tells that the source's distance is not the ellipsoid's."""
    rings = data(snapshot)["store"]["rings"]
    assert [(ring["label"], ring["meaning"], ring["count"]) for ring in rings] == [
        ("55 km around US base at Tanf", "declared security zone", 0),
        ("8 km around Ain al-Asad air base", "reported firing distance", 1),
        ("160 km around Baghdad", "distance to Ain al-Asad as the source gives it", 3),
    ]
    assert "186 km" in rings[2]["note"]
    assert data(snapshot, store_on=False)["store"]["on"] is False


def test_a_drawn_ring_lists_the_events_shown_inside_nearest_first(snapshot: Snapshot) -> None:
    """All events within the radius and no other, with their distances on the ellipsoid in the unit of the ring."""
    [ring] = data(snapshot, "site:baghdad,200,nmi")["drawn"]
    site = snapshot.site("baghdad")
    assert site is not None
    metres = {event.id: distance_m(site.position, event.position) for event in snapshot.events if event.position}
    inside = sorted((id_ for id_ in metres if metres[id_] <= 200 * 1852), key=lambda id_: metres[id_])
    assert [row["id"] for row in ring["rows"]] == inside
    assert ring["count"] == len(inside) == 6
    assert ring["label"] == "200 nmi around Baghdad"
    assert ring["rows"][3] == {
        "id": "ain-al-asad-rockets-2021-03-03",
        "title": "Rockets hit Ain al-Asad air base",
        "when": "3 March 2021, 04:20 UTC",
        "distance": "100 nmi",
        "surely": True,
    }


def test_only_visible_events_count(snapshot: Snapshot) -> None:
    """What the filters or the window hide is in no ring; what has no point is counted apart."""
    made = ring_data(snapshot, EventFilter(kinds=frozenset({"drone_strike"})), requests("site:baghdad,200,nmi"), store_on=True)
    assert [row["id"] for row in made["drawn"][0]["rows"]] == ["soleimani-drone-strike-2020-01-03"]
    assert made["unplaced"] == 0
    assert data(snapshot)["unplaced"] == 2


def test_an_event_whose_place_is_vague_may_lie_outside(snapshot: Snapshot) -> None:
    """The point of the Erbil attack is good to 5 km: a ring that passes nearer than that does not surely hold it."""
    near = {ring["key"]: ring["rows"][-1]["surely"] for ring in data(snapshot, "43.963,36.238,4.9,km", "43.963,36.238,5.1,km")["drawn"]}
    assert near == {"43.963,36.238,4.9,km": False, "43.963,36.238,5.1,km": True}


def test_only_so_many_events_are_listed(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ring around the world counts all events and lists the nearest."""
    monkeypatch.setattr(module, "MAX_LISTED", 4)
    [ring] = data(snapshot, "site:baghdad,20000,km")["drawn"]
    assert (ring["count"], len(ring["rows"])) == (15, 4)


def test_a_ring_that_cannot_be_drawn_says_why_and_can_be_removed(snapshot: Snapshot) -> None:
    """A link may name what the store has no more, or an event that is not on the map; the other rings keep their own words."""
    texts = ("event:gone,5,km", "site:baghdad,8,km", "event:contractor-rockets-2019-12,7,mi")
    made = data(snapshot, *texts)["drawn"]
    assert [ring["key"] for ring in made] == list(texts)
    assert "there is no such event" in made[0]["fault"]
    assert made[1]["fault"] == "" and made[1]["label"] == "8 km around Baghdad"
    assert "is not on the map" in made[2]["fault"]
    assert [str(ring) for ring in without_ring(requests(*texts), "event:gone,5,km")] == list(texts[1:])


def test_rings_are_removed_one_by_one_or_all_together() -> None:
    """A key that is not there removes nothing."""
    rings = requests("1,2,3,km", "1,2,4,km")
    assert without_ring(rings, "1,2,3,km") == rings[1:]
    assert without_ring(rings, "x") == rings
    assert without_ring(rings, None) == ()


def test_the_chosen_event_is_offered(snapshot: Snapshot) -> None:
    """With its title, and whether there is a point to draw around."""
    assert data(snapshot)["event"] is None
    assert data(snapshot, chosen="gone")["event"] is None
    assert data(snapshot, chosen="green-zone-rockets-2021-02-22")["event"]["placed"] is True
    assert data(snapshot, chosen="contractor-rockets-2019-12")["event"]["placed"] is False


def test_a_clicked_point_is_latitude_and_longitude_in_words_of_the_form(snapshot: Snapshot) -> None:
    """Four decimals, about 10 m; a map that was dragged round the world gives longitudes beyond 180."""
    assert data(snapshot, point=(42.44111, 33.78599))["point"] == {"lat": "33.7860", "lon": "42.4411"}
    assert data(snapshot, point=(190.5, -10))["point"] == {"lat": "-10.0000", "lon": "-169.5000"}
    assert data(snapshot, point=(-540, 0))["point"]["lon"] == "-180.0000"
    assert data(snapshot)["point"] is None


@pytest.mark.parametrize(
    ("sent", "rings"),
    [
        (SITE, ["site:baghdad,160,km"]),
        (SITE | {"radii": "5, 10, 25", "unit": "mi"}, ["site:baghdad,5,mi", "site:baghdad,10,mi", "site:baghdad,25,mi"]),
        (SITE | {"radii": "5 nmi; 10", "unit": "km"}, ["site:baghdad,5,nmi", "site:baghdad,10,nmi"]),
        (SITE | {"unit": "furlongs"}, ["site:baghdad,160,km"]),
        ({"around": "event", "id": "green-zone-rockets-2021-02-22", "radii": "3"}, ["event:green-zone-rockets-2021-02-22,3,km"]),
        (POINT, ["42.441,33.786,50,km"]),
        (POINT | {"lat": " −33.5 ", "lon": "+180", "unit": "nmi"}, ["180,-33.5,50,nmi"]),
        (POINT | {"lat": "90", "lon": "-180.000"}, ["-180,90,50,km"]),
    ],
)
def test_a_form_becomes_rings(snapshot: Snapshot, sent: dict[str, str], rings: list[str]) -> None:
    """Around an event, a site or a point, any number of radii, in any of the three units."""
    assert drawn(sent, snapshot, "1,2,3,km") == (["1,2,3,km", *rings], "")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (SITE | {"radii": ""}, "No radius is given. Write one or more"),
        (SITE | {"radii": "10 bananas"}, "'bananas' is neither a number nor a unit"),
        (SITE | {"radii": "0"}, "A radius must be at least 1 m and at most 20,0"),
        (SITE | {"radii": "-5"}, "A radius must be at least 1 m"),
        (SITE | {"radii": "9" * 400}, "A radius must be at least 1 m"),
        (SITE | {"radii": " ".join(map(str, range(1, 60)))}, "too many radii"),
        (SITE | {"radii": "1 " * 501}, "That cannot be read"),
        (SITE | {"id": "atlantis"}, "Choose a site"),
        ({"around": "event", "id": "", "radii": "3"}, "Choose an event first"),
        ({"around": "event", "id": "contractor-rockets-2019-12", "radii": "3"}, "is not on the map"),
        (POINT | {"lat": "91"}, "Write the latitude in decimal degrees, from -90 to 90"),
        (POINT | {"lon": "180.1"}, "Write the longitude in decimal degrees, from -180 to 180"),
        (POINT | {"lat": "33°47'"}, "Write the latitude"),
        (POINT | {"lat": "nan"}, "Write the latitude"),
        (POINT | {"lon": "4e1"}, "Write the longitude"),
        (POINT | {"lat": "٣٣"}, "Write the latitude"),
        ({"radii": "5"}, "Choose what to draw around"),
        ({"around": ["site"], "id": "baghdad", "radii": "5"}, "Choose what to draw around"),
        (None, "No radius is given"),
        (["site"], "No radius is given"),
        (POINT | {"radii": 5}, "No radius is given"),
        (SITE | {"id": "\ud800"}, "That cannot be read"),
        ({"around": "point", "lat": "2", "lon": "1", "radii": "3"}, "That is drawn already."),
    ],
)
def test_a_fault_is_told_in_words_and_nothing_is_drawn(snapshot: Snapshot, sent: object, words: str) -> None:
    """What cannot be drawn is said in a sentence to stand by the field; the rings that were there stay."""
    rings, fault = drawn(sent, snapshot, "1,2,3,km")
    assert words in fault
    assert rings == ["1,2,3,km"]


def test_no_more_rings_than_the_address_may_carry(snapshot: Snapshot) -> None:
    """The limit holds for all together, and is told with what to do."""
    there = [f"1,2,{number},km" for number in range(1, MAX_RINGS)]
    assert len(drawn(SITE, snapshot, *there)[0]) == MAX_RINGS
    rings, fault = drawn(SITE | {"radii": "5, 6"}, snapshot, *there)
    assert len(rings) == MAX_RINGS - 1
    assert fault == "At most 50 rings can be drawn, and 49 are there. Remove some first."


def test_hostile_texts_go_through_as_text(tmp_path: Path) -> None:
    """Every ring and site of a hostile store is data, JSON, and can be drawn around."""
    hostile = GeoJSONFileStore(hostile_store(tmp_path)).snapshot()
    texts = [f"{kind}:{each.id},30,km" for kind, all_ in (("event", hostile.events[:6]), ("site", hostile.sites[:6])) for each in all_]
    made = json.loads(json.dumps(data(hostile, *texts), allow_nan=False))
    assert [ring["key"] for ring in made["drawn"]] == texts
    assert len(made["store"]["rings"]) == len(hostile.sites)


@given(FORM | st.text(max_size=5) | st.none())
def test_no_form_breaks_it(sent: object) -> None:
    """Whatever comes, either rings are added that an address can carry, or a fault is told and none is."""
    snapshot = GeoJSONFileStore(STORE).snapshot()
    rings, fault = read_draw(sent, snapshot, ())
    assert bool(rings) != bool(fault)
    assert tuple(RingRequest.parse(str(ring)) for ring in rings) == rings


def test_the_clock_hides_what_was_told_later(snapshot: Snapshot) -> None:
    """As known on 26 February, the attack of 3 March lies in no ring."""
    [ring] = ring_data(snapshot, EventFilter(known=parse_moment("2021-02-26")), requests("site:ain-al-asad,8,km"), store_on=True)["drawn"]
    assert (ring["count"], ring["rows"]) == (0, [])
