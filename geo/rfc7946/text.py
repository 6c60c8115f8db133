"""GeoJSON as text that is read back the same."""

from __future__ import annotations

from typing import Any

from geo.bounded_json import encode_json, write_json


def write_geojson(value: Any) -> bytes:
    """A GeoJSON value in UTF-8, one feature a line, its members in their order.

    What `geo.bounded_json` reads of it is the same: ids with their types, nulls, foreign members, integers of any length, 1 and 1.0 apart. Decimals
    stay the double that they are, in as few digits as name it. Raises InvalidInput for what is no JSON.
    """
    if not (isinstance(value, dict) and isinstance(value.get("features"), list)):
        return encode_json(write_json(value) + "\n")
    members = (f"{write_json(name)}: {_features(member) if name == 'features' else write_json(member)}" for name, member in value.items())
    return encode_json("{\n" + ",\n".join(members) + "\n}\n")


def _features(features: list[Any]) -> str:
    return "[\n" + ",\n".join(write_json(feature) for feature in features) + "\n]" if features else "[]"
