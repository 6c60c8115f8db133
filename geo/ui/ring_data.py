"""What the ring tool shows, and the rings that a person asks it for."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from geo.columns import when
from geo.errors import InvalidInput
from geo.filters import EventFilter
from geo.model import Position
from geo.rings import MAX_RINGS, UNITS, InRange, Radius, RangeRing, RingRequest, format_distance, parse_radii, store_rings, tool_rings
from geo.store import EventCollection

MAX_LISTED = 100
"""How many of the events in a ring are listed; all are counted."""
_MAX_FIELD = 1_000
_DEGREES = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d*)?|\.\d+)", re.ASCII)


def ring_data(
    collection: EventCollection,
    wanted: EventFilter,
    requests: Sequence[RingRequest],
    *,
    store_on: bool,
    chosen: str | None = None,
    arm: bool = False,
    point: Position | None = None,
    fault: str = "",
) -> dict[str, Any]:
    """Everything that the tool shows, as JSON.

    `wanted` holds the filters and the window, `chosen` is the id of the chosen event, `point` the longitude and latitude (degrees)
    of the last click on the map for the tool, and `fault` what `read_draw` said of the last attempt.
    """
    return {
        "store": {"on": store_on, "rings": _store(collection, wanted)},
        "event": _chosen(collection, chosen),
        "sites": [{"id": site.id, "name": site.name} for site in collection.sites],
        "units": [{"code": unit.code, "name": unit.many} for unit in UNITS.values()],
        "arm": arm,
        "point": None if point is None else {"lat": f"{point[1]:.4f}", "lon": f"{_wrapped(point[0]):.4f}"},
        "fault": fault,
        "drawn": _drawn(collection, wanted, requests),
        "unplaced": collection.tally(wanted).unplaced,
    }


def read_draw(sent: object, collection: EventCollection, requests: Sequence[RingRequest]) -> tuple[tuple[RingRequest, ...], str]:
    """All rings after a person asked for more, and what was wrong with what they asked for: "" if nothing was, else nothing is added.

    `sent` is not trusted. Its members are strings: `around` (`event`, `site` or `point`), `id` of the event or the site, `lat` and `lon` in decimal
    degrees, `radii` as typed, `unit` for those of them that name none.
    """
    fields = {name: value for name, value in sent.items() if isinstance(value, str)} if isinstance(sent, Mapping) else {}
    if any(len(value) > _MAX_FIELD or any("\ud800" <= char <= "\udfff" for char in value) for value in fields.values()):
        return tuple(requests), "That cannot be read: it is too long, or no text."
    unit = fields.get("unit", "km")
    try:
        radii = parse_radii(fields.get("radii", ""), unit=unit if unit in UNITS else "km")
        new = [_request(fields, collection, radius) for radius in radii]
    except InvalidInput as error:
        return tuple(requests), _in_words(error)
    except _NoCentreError as error:
        return tuple(requests), str(error)
    if not set(new) - set(requests):
        return tuple(requests), "That is drawn already."
    together = tuple(dict.fromkeys([*requests, *new]))
    if len(together) > MAX_RINGS:
        return tuple(requests), f"At most {MAX_RINGS} rings can be drawn, and {len(requests)} are there. Remove some first."
    return together, ""


def without_ring(requests: Sequence[RingRequest], key: str | None) -> tuple[RingRequest, ...]:
    """The rings without the one whose text form is `key`; none at all if that is None."""
    return () if key is None else tuple(request for request in requests if str(request) != key)


class _NoCentreError(ValueError):
    """There is nothing to draw a ring around; the message says why."""


def _request(fields: Mapping[str, str], collection: EventCollection, radius: Radius) -> RingRequest:
    around, id_ = fields.get("around"), fields.get("id", "")
    if around == "point":
        return RingRequest.at((_degrees(fields.get("lon", ""), "longitude", 180), _degrees(fields.get("lat", ""), "latitude", 90)), radius)
    if around == "event":
        return RingRequest.around("event", _placed_event(collection, id_), radius)
    if around == "site":
        if collection.site(id_) is None:
            raise _NoCentreError("Choose a site to draw around.")
        return RingRequest.around("site", id_, radius)
    raise _NoCentreError("Choose what to draw around: an event, a site or a point.")


def _placed_event(collection: EventCollection, id_: str) -> str:
    event = collection.event(id_)
    if event is None:
        raise _NoCentreError("Choose an event first, on the map or in the list.")
    if event.position is None:
        raise _NoCentreError("The chosen event is not on the map: the source names no place for it. Draw around a site or a point.")
    return event.id


def _degrees(text: str, name: Literal["longitude", "latitude"], most: int) -> float:
    typed = text.strip().replace("−", "-")
    value = float(typed) if _DEGREES.fullmatch(typed) else math.nan
    # A comparison with NaN is false.
    if not -most <= value <= most:
        example = "33.786" if name == "latitude" else "42.441"
        raise _NoCentreError(f"Write the {name} in decimal degrees, from -{most} to {most}, such as {example}.")
    return value


def _in_words(error: InvalidInput) -> str:
    """The problems as a person reads them beside the field."""
    said = []
    for problem in error.problems[:3]:
        got = f" (here: {problem.value})" if problem.value else ""
        said.append(f"{problem.message[:1].upper()}{problem.message[1:]}{got}. {problem.advice}")
    return " ".join(dict.fromkeys(said))


def _wrapped(lon: float) -> float:
    """A longitude of a map that was dragged round the world, from -180 to 180."""
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180


def _chosen(collection: EventCollection, chosen: str | None) -> dict[str, Any] | None:
    event = collection.event(chosen) if chosen else None
    return None if event is None else {"id": event.id, "title": event.title, "placed": event.position is not None}


def _store(collection: EventCollection, wanted: EventFilter) -> list[dict[str, Any]]:
    """The rings of the store, in its order."""
    notes = [given.note or "" for site in collection.sites for given in site.rings]
    rings = zip(store_rings(collection.sites), notes, strict=True)
    return [
        {"key": ring.id, "label": ring.label, "meaning": ring.meaning, "note": note, **_inside(collection, wanted, ring, "km")}
        for ring, note in rings
    ]


def _drawn(collection: EventCollection, wanted: EventFilter, requests: Sequence[RingRequest]) -> list[dict[str, Any]]:
    """The rings of the tool, in the order of drawing. One that cannot be drawn says why, and can be removed all the same."""
    rings, faults = tool_rings(requests, event=collection.event, site=collection.site)
    by_id = {ring.id: ring for ring in rings}
    reasons = iter(faults)
    rows = []
    for request in requests:
        ring = by_id.get(f"tool:{request}")
        if ring is None:
            rows.append({"key": str(request), "label": str(request.radius), "fault": next(reasons, ""), "count": 0, "rows": []})
        else:
            rows.append({"key": str(request), "label": ring.label, "fault": "", **_inside(collection, wanted, ring, request.radius.unit)})
    return rows


def _inside(collection: EventCollection, wanted: EventFilter, ring: RangeRing, unit: str) -> dict[str, Any]:
    """The events inside, nearest first, with their distances from the centre in `unit`."""
    count, found = collection.within(wanted, ring.center, ring.radius_m, most=MAX_LISTED)
    return {"count": count, "rows": [_near(near, unit) for near in found]}


def _near(near: InRange, unit: str) -> dict[str, Any]:
    event = near.event
    return {
        "id": event.id,
        "title": event.title,
        "when": when(event),
        "distance": format_distance(near.distance_m, unit),
        "surely": near.surely,
    }
