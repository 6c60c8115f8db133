"""Lossless reading: what is read and written again is the same, to the type of each id and number."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings

from geo.bounded_json import read_bounded
from geo.errors import InvalidInput
from geo.rfc7946 import check_rfc7946, set_aside, write_geojson
from tests.corpus_files import MANIFEST, ROOT, body
from tests.geojson_strategies import COLLECTIONS, GEOJSON


def exact(value: Any) -> Any:
    """`value` such that equality asks for the same types, signs, and order of members."""
    if isinstance(value, dict):
        return [(name, exact(member)) for name, member in value.items()]
    if isinstance(value, list):
        return [exact(item) for item in value]
    return (type(value).__name__, value, math.copysign(1, value) if isinstance(value, float) else 0)


@settings(max_examples=150, deadline=None)
@given(GEOJSON)
def test_any_valid_geojson_is_the_same_after_reading_and_writing(value: dict[str, Any]) -> None:
    """Ids with their types, properties, nulls, foreign members, integers of any length, 1 and 1.0, the order of members: all are as they were."""
    written = write_geojson(value)
    assert exact(read_bounded(written)) == exact(value)
    assert write_geojson(read_bounded(written)) == written


@settings(max_examples=100, deadline=None)
@given(GEOJSON)
def test_text_of_any_other_writer_is_the_same_after_reading_and_writing(value: dict[str, Any]) -> None:
    """Escapes, indentation and a byte order mark change nothing of what is read."""
    foreign = b"\xef\xbb\xbf" + json.dumps(value, indent=3).encode()
    assert exact(read_bounded(write_geojson(read_bounded(foreign)))) == exact(value)


@settings(max_examples=100, deadline=None)
@given(GEOJSON)
def test_valid_geojson_has_no_error(value: dict[str, Any]) -> None:
    """What is made by the rules of RFC 7946 is never refused."""
    assert check_rfc7946(value).errors == ()


@settings(max_examples=100, deadline=None)
@given(COLLECTIONS)
def test_sorting_loses_no_feature(value: dict[str, Any]) -> None:
    """Each feature is good or set aside, unchanged and in its order; those set aside share an id with an earlier one."""
    sorted_ = set_aside(write_geojson(value))
    found = {one.index: one.feature for one in (*sorted_.good, *sorted_.bad)}
    assert exact([found[index] for index in range(len(found))]) == exact(value["features"])
    assert all("id" in bad.feature for bad in sorted_.bad)


@pytest.mark.parametrize("name", [name for name, wanted in MANIFEST.items() if wanted["verdict"] != "error"])
def test_each_good_file_of_the_corpus_is_the_same_after_reading_and_writing(name: str) -> None:
    """The odd ones too: numbers at the edges of a double, ids of two types, members named __proto__."""
    value = read_bounded(body(name))
    assert exact(read_bounded(write_geojson(value))) == exact(value)


def test_the_shipped_store_is_the_same_after_reading_and_writing() -> None:
    """The events that come with Dateline, with all of their members."""
    value = read_bounded((ROOT / "data" / "events.geojson").read_bytes())
    assert exact(read_bounded(write_geojson(value))) == exact(value)


def test_a_feature_is_a_line() -> None:
    """A person can find and mend one feature in a text editor; members keep their order."""
    written = write_geojson({"x": 1, "type": "FeatureCollection", "features": [{"a": 1}, {"b": "é"}], "y": None})
    assert written.decode() == '{\n"x": 1,\n"type": "FeatureCollection",\n"features": [\n{"a": 1},\n{"b": "é"}\n],\n"y": null\n}\n'


@pytest.mark.parametrize("value", [{"a": float("nan")}, {"a": {1, 2}}, {"features": [float("inf")]}])
def test_what_is_no_json_is_not_written(value: Any) -> None:
    """Nothing is written that a strict reader refuses."""
    with pytest.raises(InvalidInput, match="Cannot be written as JSON"):
        write_geojson(value)


def test_a_value_without_end_is_not_written() -> None:
    """An array within itself is refused in words."""
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(InvalidInput, match="Cannot be written as JSON"):
        write_geojson({"a": endless})
