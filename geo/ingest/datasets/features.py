"""The features of a GeoJSON file of points as rows with cells."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from geo.ingest.datasets.mapping import FEATURE_ID, GEOMETRY_LAT, GEOMETRY_LON
from geo.ingest.datasets.opening import Limits, refuse
from geo.ingest.datasets.table import Row, Table

_MAX_DEPTH = 24  # of one feature; it is kept within another one, and a store holds 64 levels
_KNOWN = frozenset({"type", "id", "geometry", "properties"})


def feature_table(features: list[Any], *, limits: Limits) -> Table:
    """The features as a table: id, coordinates, and every property that some feature has. Raises InvalidInput if there are too many."""
    if len(features) > limits.max_rows:
        refuse(f"there are more than {limits.max_rows:,} features", "Split the file.")
    properties = (feature.get("properties") for feature in features if isinstance(feature, dict))
    names = dict.fromkeys(name for members in properties if isinstance(members, dict) for name in members)
    if len(names) > limits.max_columns:
        refuse(f"the features have {len(names):,} properties; {limits.max_columns:,} are read", "Leave some out.")
    return Table((FEATURE_ID, GEOMETRY_LON, GEOMETRY_LAT, *names), _rows(features, limits))


def _rows(features: list[Any], limits: Limits) -> Iterator[Row]:
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            yield Row(number, {}, {"feature": feature}, ("this is no Feature", 'Write {"type": "Feature", "geometry": …, "properties": {…}}.'))
            continue
        original = {name: value for name, value in feature.items() if name != "type"}
        if _too_deep(feature, _MAX_DEPTH):
            yield Row(number, {}, {}, ("the feature is nested too deeply", f"At most {_MAX_DEPTH} levels are read."))
            continue
        properties = feature.get("properties") or {}
        if not isinstance(properties, dict):
            yield Row(number, {}, original, ("properties is no object", "Write {…} or null."))
            continue
        where = _coordinates(feature.get("geometry"))
        lon, lat = ("", "") if isinstance(where, str) else where
        cells = {FEATURE_ID: _cell(feature.get("id")), GEOMETRY_LON: lon, GEOMETRY_LAT: lat} | {
            name: _cell(value) for name, value in properties.items()
        }
        if any(len(cell) > limits.max_cell for cell in cells.values()):
            yield Row(number, {}, {}, (f"a property has more than {limits.max_cell:,} characters", "Shorten it."))
        elif isinstance(where, str):
            advice = "Give points. The centre of a line or an area is no place where something happened."
            yield Row(number, cells, original, (where, advice))
        else:
            yield Row(number, cells, original)


def _coordinates(geometry: Any) -> tuple[str, str] | str:
    """Longitude and latitude as cells, two empty ones where there is no geometry, or what is wrong."""
    if geometry is None:
        return "", ""
    if not isinstance(geometry, dict):
        return "the geometry is no object"
    at, kind = geometry.get("coordinates"), geometry.get("type")
    if kind == "MultiPoint" and isinstance(at, list) and len(at) == 1:
        at, kind = at[0], "Point"
    if kind != "Point":
        return f"the geometry is no Point but {_cell(kind)[:40] or 'nothing known'}"
    if at == []:
        return "", ""  # an empty point, RFC 7946 section 3.1
    if not isinstance(at, list) or not 2 <= len(at) <= 4 or any(isinstance(number, bool) or not isinstance(number, int | float) for number in at):
        return "the coordinates are no position"
    return repr(at[0]), repr(at[1])


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _too_deep(value: Any, most: int) -> bool:
    level = [value]
    for _ in range(most):
        level = [child for item in level for child in (item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())]
        if not level:
            return False
    return True
