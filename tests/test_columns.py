"""The packed columns: unpacked again as docs/protocol.md lays them out, by code that shares nothing with the packer."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import columns as columns_module
from geo.columns import columns_url, labels, labels_url, mask, pack, when
from geo.kinds import KINDS
from geo.model import PLACE_PRECISIONS, Event
from geo.moments import minutes
from geo.store import Snapshot
from tests.factories import as_event, snapshot
from tests.factories import event as event_json

NOWHERE = 2_147_483_647


def packed(events: Sequence[Event]) -> bytes:
    """The columns of events in the order that they are given in."""
    return b"".join(pack(Snapshot(revision="", sha256="", events=tuple(events), sites=(), updates={})))


def wrapped(values: Iterable[int]) -> list[int]:
    return [(value + 2**31) % 2**32 - 2**31 for value in values]


def unpack(body: bytes) -> dict[str, Any]:
    assert body[:4] == b"DLC2"
    count, size = struct.unpack_from("<II", body, 4)
    header = dict(zip(("latest", "west", "south", "east", "north"), struct.unpack_from("<5i", body, 12), strict=True))
    names = (("start", "<i4"), ("length", "<i4"), ("lon", "<i4"), ("lat", "<i4"), ("near", "<u2"), ("kind", "u1"), ("precision", "u1"))
    columns: dict[str, Any] = {name: [] for name, _ in names}
    offset = 32
    for first in range(0, count, size):
        rows = min(size, count - first)
        for name, kind in names:
            column = np.frombuffer(body, dtype=kind, count=rows, offset=offset)
            columns[name] += wrapped(accumulate(column.tolist())) if name == "start" else column.tolist()
            offset += column.nbytes
    assert offset == len(body)
    columns["end"] = wrapped(start + length for start, length in zip(columns["start"], columns.pop("length"), strict=True))
    return columns | {"header": header}


def test_no_events_are_a_header() -> None:
    nowhere = struct.pack("<4i", *[NOWHERE] * 4)
    assert packed([]) == b"DLC2" + struct.pack("<IIi", 0, 65_536, 0) + nowhere


def test_an_event_in_columns() -> None:
    place = {"precision": "sea", "uncertainty_km": 100}
    event = as_event(at=(-179.9999999, 33.7860001), kind="air_strike", start="1970-01-02", end="1970-01-03", place=place)
    kind = next(index for index, kind in enumerate(KINDS) if kind.code == "air_strike")
    assert unpack(packed([event])) == {
        "start": [1440],
        "end": [4320],
        "lon": [-1_799_999_999],
        "lat": [337_860_001],
        "near": [1000],
        "kind": [kind],
        "precision": [6],
        "header": {"latest": 4320, "west": -1_799_999_999, "east": -1_799_999_999, "south": 337_860_001, "north": 337_860_001},
    }


def test_columns_keep_the_order_of_the_events() -> None:
    events = [as_event(id_, at=(lon, 0.0)) for id_, lon in (("c", 3.0), ("a", 1.0), ("b", 2.0))]
    assert unpack(packed(events))["lon"] == [30_000_000, 10_000_000, 20_000_000]


def test_an_event_without_a_point_is_nowhere_and_not_at_0_0() -> None:
    columns = unpack(packed([as_event(at=None), as_event(at=None, place=None), as_event(at=(0.0, 0.0))]))
    assert columns["lon"] == columns["lat"] == [NOWHERE, NOWHERE, 0]
    assert columns["precision"][1] == PLACE_PRECISIONS.index("country")


@pytest.mark.parametrize(
    ("km", "hectometres"), [(0, 0), (3, 30), (0.01, 1), (2.35, 24), (0.3, 3), (1.1, 11), (6_553.5, 65_535), (6_553.6, 65_535), (20_000, 65_535)]
)
def test_uncertainty_is_rounded_up_and_bounded(km: float, hectometres: int) -> None:
    assert unpack(packed([as_event(place={"uncertainty_km": km})]))["near"] == [hectometres]


def test_an_unknown_kind_is_other() -> None:
    assert unpack(packed([as_event(kind="something_new")]))["kind"] == [len(KINDS) - 1]
    assert KINDS[-1].code == "other"


def test_a_time_is_a_minute_long() -> None:
    columns = unpack(packed([as_event(start="2021-03-03T04:20Z", date_precision="minute")]))
    assert columns["end"][0] - columns["start"][0] == 1


def test_a_date_beyond_the_columns_becomes_their_end_and_harms_no_other_event() -> None:
    columns = unpack(packed([as_event("far", start="9000-01-01"), as_event("near", start="1970-01-01")]))
    assert columns["start"] == [2_147_483_647, 0]


rows_of_columns = st.tuples(st.floats(-180, 180), st.floats(-90, 90), st.sampled_from(PLACE_PRECISIONS), st.sampled_from(KINDS), st.floats(0, 6_000))


@given(rows=st.lists(rows_of_columns, max_size=20))
def test_columns_hold_what_the_events_hold(rows: list[tuple[float, float, str, Any, float]]) -> None:
    events = [
        as_event(f"e-{number}", at=(lon, lat), kind=kind.code, place={"precision": precision, "uncertainty_km": km})
        for number, (lon, lat, precision, kind, km) in enumerate(rows)
    ]
    columns = unpack(packed(events))
    for number, (lon, lat, precision, kind, km) in enumerate(rows):
        assert abs(columns["lon"][number] / 1e7 - lon) <= 5.1e-8
        assert abs(columns["lat"][number] / 1e7 - lat) <= 5.1e-8
        assert PLACE_PRECISIONS[columns["precision"][number]] == precision
        assert KINDS[columns["kind"][number]] is kind
        assert -1e-6 <= columns["near"][number] - km * 10 < 1


def bits(mask_: str | None, count: int) -> list[bool]:
    assert mask_ is not None
    body = base64.b64decode(mask_, validate=True)
    assert len(body) == (count + 7) // 8
    return [bool(body[row >> 3] >> (row & 7) & 1) for row in range(count)]


@given(st.lists(st.booleans(), min_size=1, max_size=40).filter(lambda wanted: not all(wanted)))
def test_a_mask_has_a_bit_for_each_event(wanted: list[bool]) -> None:
    assert bits(mask(np.array(wanted)), len(wanted)) == wanted


def test_no_mask_is_needed_where_all_are_wanted() -> None:
    assert mask(np.ones(1, dtype=bool)) is None
    assert mask(np.zeros(0, dtype=bool)) is None


def test_more_than_a_chunk_of_events_come_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each chunk stands on its own, so that the first can be drawn while the last is on its way."""
    monkeypatch.setattr(columns_module, "CHUNK", 8)
    events = [as_event(f"e-{number:02}", at=(float(number), 0.0), start=f"2021-02-{number + 1:02}") for number in range(19)]
    columns = unpack(packed(events))
    assert columns["lon"] == [number * 10_000_000 for number in range(19)]
    assert columns["start"] == [minutes(event.first) for event in events]
    assert columns["end"] == [minutes(event.after) for event in events]
    assert columns["header"]["latest"] == columns["end"][-1]


@pytest.mark.parametrize(
    ("lons", "west", "east"),
    [((10.0, 20.0, 40.0), 10, 40), ((170.0, -170.0), 170, -170), ((-179.0, 0.0, 179.0), 0, -179), ((5.0,), 5, 5)],
)
def test_the_header_tells_the_box_the_short_way_round(lons: tuple[float, ...], west: int, east: int) -> None:
    """A map can be placed before the last events are there."""
    header = unpack(packed([as_event(f"e-{lon}", at=(lon, lon / 10)) for lon in lons]))["header"]
    assert (header["west"], header["east"]) == (west * 10_000_000, east * 10_000_000)
    assert (header["south"], header["north"]) == (round(min(lons) * 1_000_000), round(max(lons) * 1_000_000))


def test_labels_say_what_a_tooltip_says_as_plain_text() -> None:
    events = [as_event("a", title="<b>Rockets</b>", start="2017-04-01", end="2017-04-30", date_precision="month"), as_event("b", at=None, place=None)]
    assert labels(events) == {"rows": [["a", "<b>Rockets</b>", "April 2017", "Sometown"], ["b", "Event b", "26 February 2021", ""]]}


def test_when_is_as_precise_as_the_event() -> None:
    event: Event = as_event(start="2021-02-16", end="2021-02-21", date_precision="week")
    assert when(event) == "between 16 and 21 February 2021"


def test_the_addresses_are_those_of_the_protocol() -> None:
    assert (columns_url("abc"), labels_url("abc")) == ("/dateline/columns/abc", "/dateline/labels/abc")


def test_rows_come_in_the_order_of_start_end_and_id() -> None:
    features = [
        event_json("b"),
        event_json("late", start="2021-02-27"),
        event_json("a"),
        event_json("long", end="2021-02-28"),
        event_json("early", start="2021-02-25", end="2021-02-25"),
    ]
    assert [row[0] for row in labels(snapshot(features).events)["rows"]] == ["early", "a", "b", "long", "late"]
