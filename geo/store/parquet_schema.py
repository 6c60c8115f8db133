"""The columns of a GeoParquet store: each record as it stands, and beside it what filters ask about (docs/parquet.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from geo.geojson import SCHEMA, as_feature, as_update
from geo.model import Event, Site, Update, acled_time_precision, ucdp_date_prec
from geo.moments import minutes
from geo.store.texts import cited, own_text, update_text

_LIST = pa.list_(pa.string())
_CODE = pa.dictionary(pa.int16(), pa.string())
FIELDS = pa.schema(
    [
        pa.field("record", _CODE, nullable=False),  # event, retracted (an event that no longer counts), site, update
        pa.field("row", pa.int64(), nullable=False),  # among the records of its sort, from 0
        pa.field("id", pa.string(), nullable=False),
        pa.field("title", pa.string()),
        pa.field("kind", _CODE),
        pa.field("start", pa.string()),
        pa.field("end", pa.string()),
        pa.field("date_precision", _CODE),
        pa.field("date_basis", _CODE),
        pa.field("place", pa.string()),
        pa.field("country", pa.string()),
        pa.field("place_precision", _CODE),
        pa.field("place_basis", _CODE),
        pa.field("uncertainty_km", pa.float64()),
        pa.field("actors", _LIST),
        pa.field("updates", _LIST),
        pa.field("cites", _LIST),
        pa.field("source", pa.string()),
        pa.field("url", pa.string()),
        # Minutes since 1970-01-01T00:00Z: the span of possible dates, half-open; of an update, when it was published.
        pa.field("first", pa.int64()),
        pa.field("after", pa.int64()),
        pa.field("told", pa.int64()),  # when the first of its updates was published that the store holds
        pa.field("lon", pa.float64()),
        pa.field("lat", pa.float64()),
        pa.field("acled_time", pa.int16()),
        pa.field("ucdp_date", pa.int16()),
        pa.field("counted", pa.int32()),  # its claims of metric killed
        pa.field("search", pa.string()),  # the texts that a search looks into, folded
        pa.field("json", pa.string(), nullable=False),  # the record itself
        pa.field("geometry", pa.binary()),  # WKB, longitude and latitude
    ]
)


def event_table(events: Sequence[Event], first_row: int, published: Mapping[str, int], *, record: str = "event") -> pa.Table:
    """Events as rows from `first_row` on. `published` has the minute of each update of the store."""
    placed = [event.position for event in events]
    lon = np.array([np.nan if position is None else position[0] for position in placed])
    lat = np.array([np.nan if position is None else position[1] for position in placed])
    return _table(
        len(events),
        record=[record] * len(events),
        row=range(first_row, first_row + len(events)),
        id=[event.id for event in events],
        title=[event.title for event in events],
        kind=[event.kind for event in events],
        start=[str(event.start) for event in events],
        end=[str(event.end) for event in events],
        date_precision=[event.date_precision for event in events],
        date_basis=[event.date_basis for event in events],
        place=[event.place and event.place.name for event in events],
        country=[event.place and event.place.country for event in events],
        place_precision=[event.place and event.place.precision for event in events],
        place_basis=[event.place and event.place.basis for event in events],
        uncertainty_km=[event.place and event.place.uncertainty_km for event in events],
        actors=[list(dict.fromkeys(actor.name for actor in event.actors)) for event in events],
        updates=[list(dict.fromkeys(event.updates)) for event in events],
        cites=[sorted(cited(event)) for event in events],
        first=[minutes(event.first) for event in events],
        after=[minutes(event.after) for event in events],
        told=[min((published[id_] for id_ in event.updates if id_ in published), default=None) for event in events],
        lon=_or_null(lon),
        lat=_or_null(lat),
        acled_time=[acled_time_precision(event) for event in events],
        ucdp_date=[ucdp_date_prec(event) for event in events],
        counted=[sum(claim.metric == "killed" for claim in event.claims) for event in events],
        search=[own_text(event) for event in events],
        json=[_json(event.feature if event.feature else as_feature(event)) for event in events],
        geometry=_points(lon, lat),
    )


def site_table(sites: Sequence[Site]) -> pa.Table:
    """Sites as rows."""
    lon = np.array([site.position[0] for site in sites], dtype=np.float64)
    lat = np.array([site.position[1] for site in sites], dtype=np.float64)
    return _table(
        len(sites),
        record=["site"] * len(sites),
        row=range(len(sites)),
        id=[site.id for site in sites],
        title=[site.name for site in sites],
        lon=_or_null(lon),
        lat=_or_null(lat),
        json=[_json(site.feature) for site in sites],
        geometry=_points(lon, lat),
    )


def update_table(updates: Sequence[Update], first_row: int) -> pa.Table:
    """Updates as rows from `first_row` on, in the order of the store."""
    return _table(
        len(updates),
        record=["update"] * len(updates),
        row=range(first_row, first_row + len(updates)),
        id=[update.id for update in updates],
        title=[update.heading for update in updates],
        source=[update.source for update in updates],
        url=[update.url for update in updates],
        first=[minutes(update.published.at) for update in updates],
        search=[update_text(update) for update in updates],
        json=[_json(as_update(update)) for update in updates],
    )


def file_metadata(about: Mapping[str, Any], box: tuple[float, float, float, float] | None, members: Mapping[str, Any]) -> dict[str, str]:
    """The key-value metadata of the file: GeoParquet 1.1's, and ours with the `dateline` member and those `members` of the collection that Dateline
    does not know. `box` is west, south, east, north."""
    # Without a `crs` it is OGC:CRS84, longitude and latitude on WGS84.
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
    if box:
        column["bbox"] = list(box)
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    return {"geo": json.dumps(geo), "dateline": _json({"format": FORMAT, "about": dict(about), "members": dict(members), "schema": SCHEMA})}


FORMAT = 1
"""The version of this layout."""


def _table(count: int, **columns: Any) -> pa.Table:
    missing = pa.nulls(count)
    arrays = [pa.array(columns[field.name], type=field.type) if field.name in columns else missing.cast(field.type) for field in FIELDS]
    return pa.Table.from_arrays(arrays, schema=FIELDS)


def _or_null(values: np.ndarray[Any, np.dtype[np.float64]]) -> pa.Array:
    return pa.array(values, from_pandas=True)


def _points(lon: np.ndarray[Any, np.dtype[np.float64]], lat: np.ndarray[Any, np.dtype[np.float64]]) -> list[bytes | None]:
    points = shapely.to_wkb(shapely.points(lon, lat))
    return [None if empty else point for point, empty in zip(points, np.isnan(lon), strict=True)]


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can only write as an escape
        return json.dumps(value, allow_nan=False)
    return text
