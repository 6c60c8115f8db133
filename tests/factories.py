"""Small valid stores to test with: every builder gives the JSON of one record, and any member can be given instead of the default."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from geo.geojson import read_feature, read_update
from geo.model import Event, Site, Update
from geo.store import Snapshot, read_document

JSON = dict[str, Any]


def update(id_: str = "u-1", published: str = "2021-02-26", **members: Any) -> JSON:
    """An update that holds the words “Something happened.”"""
    given = {
        "id": id_,
        "heading": f"UPDATE {id_}",
        "published": published,
        "date_basis": "heading",
        "date_note": None,
        "source": "A Source",
        "url": "https://example.org/blog",
        "text": "Something happened. Nobody was hurt.",
    }
    return given | members


def event(id_: str = "e-1", at: Sequence[float] | None = (44.0, 33.0), **properties: Any) -> JSON:
    """An event of 26 February 2021 at a longitude and latitude, told in u-1. `place` is merged into the default place."""
    place = {
        "name": "Sometown",
        "country": "Iraq",
        "precision": "town" if at else "country",
        "uncertainty_km": 5 if at else None,
        "basis": "stated",
        "note": None,
    }
    if properties.get("place"):
        properties["place"] = place | properties["place"]
    given = {
        "record": "event",
        "title": f"Event {id_}",
        "kind": "rocket_attack",
        "start": "2021-02-26",
        "end": properties.get("start", "2021-02-26"),
        "date_precision": "day",
        "date_basis": "stated",
        "date_note": None,
        "place": place,
        "actors": [{"name": "Militia", "role": "accused"}],
        "claims": [claim()],
        "updates": ["u-1"],
        "passages": [{"update": "u-1", "exact": "Something happened."}],
        "reported": "2021-02-26",
        "note": None,
    }
    geometry = {"type": "Point", "coordinates": list(at)} if at else None
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": given | properties}


def claim(metric: str = "killed", low: float | None = 1, high: float | None = 1, **members: Any) -> JSON:
    """A claim of u-1."""
    given = {
        "metric": metric,
        "low": low,
        "high": high,
        "unit": "people",
        "text": "1",
        "by": "A Ministry",
        "via": None,
        "stated": None,
        "update": "u-1",
    }
    return given | members


def site(id_: str = "s-1", at: Sequence[float] = (38.6, 33.5), **properties: Any) -> JSON:
    """A base with a ring of 55 km, told in u-1."""
    rings = [{"radius_km": 55, "label": "declared zone", "note": None, "update": "u-1"}]
    given = {"record": "site", "name": f"Base {id_}", "note": None, "updates": ["u-1"], "rings": rings}
    return {"type": "Feature", "id": id_, "geometry": {"type": "Point", "coordinates": list(at)}, "properties": given | properties}


def document(features: Iterable[JSON] = (), updates: Iterable[JSON] | None = None, **members: Any) -> JSON:
    """A store of these features; its updates are u-1 alone unless others are given."""
    given = {
        "type": "FeatureCollection",
        "dateline": {"schema": 1, "title": "A store"},
        "updates": [update()] if updates is None else list(updates),
        "features": list(features),
    }
    return given | members


def encoded(value: Any) -> bytes:
    """The bytes of a store's file."""
    return json.dumps(value, ensure_ascii=False).encode()


def snapshot(features: Iterable[JSON] = (), updates: Iterable[JSON] | None = None, **members: Any) -> Snapshot:
    """The store of `document`, read."""
    return read_document(encoded(document(features, updates, **members)), where="a test")


def as_event(id_: str = "e-1", at: Sequence[float] | None = (44.0, 33.0), **properties: Any) -> Event:
    """The event of `event`, read."""
    read = read_feature(event(id_, at, **properties), "")
    assert isinstance(read, Event)
    return read


def as_site(id_: str = "s-1", at: Sequence[float] = (38.6, 33.5), **properties: Any) -> Site:
    """The site of `site`, read."""
    read = read_feature(site(id_, at, **properties), "")
    assert isinstance(read, Site)
    return read


def as_update(id_: str = "u-1", published: str = "2021-02-26", **members: Any) -> Update:
    """The update of `update`, read."""
    return read_update(update(id_, published, **members), "")
