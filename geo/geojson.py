"""GeoJSON features (RFC 7946) to events, sites and updates: the one wire format (docs/store-format.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import urlsplit

from geo.errors import InvalidInput, Problem
from geo.fields import MAX_TEXT, Fields, pointer
from geo.model import (
    ACTOR_ROLES,
    DATE_BASES,
    PLACE_BASES,
    PLACE_PRECISIONS,
    UPDATE_DATE_BASES,
    Actor,
    Claim,
    Event,
    Passage,
    Place,
    Position,
    Ring,
    Site,
    Update,
)
from geo.moments import DATE_PRECISIONS, Moment

SCHEMA = 1
_NO_DATE = Moment(datetime(1970, 1, 1, tzinfo=UTC))
_MAX_RADIUS_KM = 20_003.9  # half of a meridian: no two places are further apart


def read_update(value: Any, where: str) -> Update:
    """The update at pointer `where`. Raises InvalidInput with every problem."""
    problems: list[Problem] = []
    update = _read_update(Fields(value, where, problems))
    _raise_any(problems)
    return update


def _read_update(fields: Fields) -> Update:
    return Update(
        id=fields.text("id"),
        heading=fields.text("heading"),
        published=fields.moment("published", _NO_DATE),
        date_basis=fields.choice("date_basis", UPDATE_DATE_BASES, "editor"),
        date_note=fields.text_or_none("date_note"),
        source=fields.text("source"),
        url=_web_address(fields, "url"),
        text=fields.text("text", most=MAX_TEXT),
        raw=fields.values,
    )


def read_feature(value: Any, where: str) -> Event | Site:
    """The event or site at pointer `where`; positions are longitude, latitude in degrees. Raises InvalidInput with every problem."""
    problems: list[Problem] = []
    feature = Fields(value, where, problems)
    if feature.get("type") != "Feature":
        feature.fault("type", 'must be "Feature"', feature.get("type"), "GeoJSON asks for it (RFC 7946, section 3.2).")
    properties = Fields(feature.get("properties"), pointer(where, "properties"), problems)
    record = properties.choice("record", ("event", "site"), "")
    result: Event | Site | None = None
    if record == "event":
        result = _read_event(feature, properties)
    elif record == "site":
        result = _read_site(feature, properties)
    _raise_any(problems)
    return cast(Event | Site, result)  # no record, no feature: a problem was raised


def as_feature(event: Event) -> dict[str, Any]:
    """The event as a GeoJSON feature. What it was read with stays as it was, unknown members too; only what has changed since is written anew."""
    raw = event.feature
    read = _read_event_of(raw) if raw else None
    if read == event:
        return dict(raw)
    properties = dict(raw.get("properties") or {})
    _write_changes(properties, _event_properties(read) if read else {}, _event_properties(event))
    geometry = raw.get("geometry")
    if _position_of(geometry) != event.position:
        geometry = None if event.position is None else {"type": "Point", "coordinates": list(event.position)}
    return {**raw, "type": "Feature", "id": event.id, "geometry": geometry, "properties": properties}


def as_update(update: Update) -> dict[str, Any]:
    """The update as it stands in the `updates` member, with what it was read with as it was."""
    members = dict(update.raw)
    before = _update_members(_read_update(Fields(members, "", []))) if members else {}
    _write_changes(members, before, _update_members(update))
    return members


def _read_event(feature: Fields, properties: Fields) -> Event:
    timed = properties.get("date_precision") == "minute"
    event = Event(
        id=feature.text("id"),
        title=properties.text("title"),
        kind=properties.text("kind", most=100),
        start=_date(properties, "start", timed),
        end=_date(properties, "end", timed),
        date_precision=properties.choice("date_precision", DATE_PRECISIONS, "day"),
        date_basis=properties.choice("date_basis", DATE_BASES, "editor"),
        date_note=properties.text_or_none("date_note"),
        place=_read_place(properties),
        position=_read_position(feature),
        actors=properties.items("actors", lambda value, at: _read_actor(Fields(value, at, properties.problems))),
        claims=properties.items("claims", lambda value, at: _read_claim(Fields(value, at, properties.problems))),
        updates=properties.names("updates", least=1),
        passages=properties.items("passages", lambda value, at: _read_passage(Fields(value, at, properties.problems))),
        reported=properties.moment("reported", _NO_DATE),
        note=properties.text_or_none("note", most=MAX_TEXT),
        feature=feature.values,
    )
    if event.end < event.start and not any(moment is _NO_DATE for moment in (event.start, event.end)):
        properties.fault("end", "lies before the start", str(event.end), "Swap start and end, or correct one of them.")
    _check_place(event, feature, properties)
    return event


def _check_place(event: Event, feature: Fields, properties: Fields) -> None:
    place = event.place
    placed = feature.get("geometry") is not None  # badly, perhaps, which has been said
    if placed and place is None:
        properties.fault("place", "is missing, although the event has a point", None, "Say what the place is and how sure it is.")
    if place is None or not isinstance(properties.get("place"), dict):
        return
    inside = Fields(properties.get("place"), pointer(properties.base, "place"), properties.problems)
    if not placed and place.uncertainty_km is not None:
        inside.fault("uncertainty_km", "is given, but the event has no point", place.uncertainty_km, "Give the geometry, or write null here.")
    if placed and inside.get("uncertainty_km") is None:
        inside.fault("uncertainty_km", "is missing, although the event has a point", None, "Give the radius in km that the true place lies in.")


def _date(fields: Fields, key: str, timed: bool) -> Moment:
    moment = fields.moment(key, _NO_DATE)
    if moment is not _NO_DATE and moment.timed != timed:
        wanted = "a time such as 2021-02-28T07:30Z" if timed else "a day such as 2021-02-28"
        fields.fault(key, f"must be {wanted}, to fit date_precision", str(moment), "Change this, or date_precision.")
    return moment


def _read_place(properties: Fields) -> Place | None:
    if properties.get("place") is None:
        return None
    fields = Fields(properties.get("place"), pointer(properties.base, "place"), properties.problems)
    return Place(
        name=fields.text("name"),
        country=fields.text_or_none("country"),
        precision=fields.choice("precision", PLACE_PRECISIONS, "country"),
        uncertainty_km=fields.number_or_none("uncertainty_km", least=0, most=_MAX_RADIUS_KM),
        basis=fields.choice("basis", PLACE_BASES, "editor"),
        note=fields.text_or_none("note", most=MAX_TEXT),
    )


def _read_actor(fields: Fields) -> Actor:
    return Actor(name=fields.text("name"), role=fields.choice("role", ACTOR_ROLES, "other"))


def _read_passage(fields: Fields) -> Passage:
    return Passage(update=fields.text("update"), exact=fields.text("exact", most=MAX_TEXT))


def _read_claim(fields: Fields) -> Claim:
    claim = Claim(
        metric=fields.text("metric", most=100),
        low=fields.number_or_none("low"),
        high=fields.number_or_none("high"),
        unit=fields.text_or_none("unit"),
        text=fields.text("text", most=MAX_TEXT),
        by=fields.text("by"),
        via=fields.text_or_none("via"),
        stated=fields.moment_or_none("stated"),
        update=fields.text("update"),
    )
    if claim.low is not None and claim.high is not None and claim.high < claim.low:
        fields.fault("high", "is less than low", claim.high, "Swap low and high, or correct one of them.")
    return claim


def _read_site(feature: Fields, properties: Fields) -> Site:
    position = _read_position(feature)
    if position is None:
        feature.fault("geometry", "is missing: a site needs a point", feature.get("geometry"), "Give its longitude and latitude.")
    return Site(
        id=feature.text("id"),
        name=properties.text("name"),
        position=position or (0.0, 0.0),
        note=properties.text_or_none("note", most=MAX_TEXT),
        rings=properties.items("rings", lambda value, at: _read_ring(Fields(value, at, properties.problems))),
        updates=properties.names("updates"),
        feature=feature.values,
    )


def _read_ring(fields: Fields) -> Ring:
    radius = fields.number_or_none("radius_km", least=0.001, most=_MAX_RADIUS_KM)
    if fields.get("radius_km") is None:
        fields.fault("radius_km", "is missing", None, "Give the radius in km.")
    return Ring(radius or 0.0, fields.text("label"), fields.text_or_none("note", most=MAX_TEXT), fields.text_or_none("update"))


def _read_position(feature: Fields) -> Position | None:
    geometry = feature.get("geometry")
    if geometry is None:
        return None
    where = Fields(geometry, pointer(feature.base, "geometry"), feature.problems)
    if where.get("type") != "Point":
        where.fault("type", 'must be "Point" (or the geometry null)', where.get("type"), "Dateline places an event or a site on one point.")
        return None
    position = _position_of(geometry)
    if position is None:
        advice = "Write [longitude, latitude] in degrees, WGS84: longitude from -180 to 180, latitude from -90 to 90."
        where.fault("coordinates", "are no position on the Earth", repr(where.get("coordinates"))[:120], advice)
    return position


def _position_of(geometry: Any) -> Position | None:
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not isinstance(coordinates, list) or len(coordinates) not in (2, 3):
        return None
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in coordinates):
        return None
    # A comparison with NaN is false, so NaN fails here too.
    lon, lat = coordinates[0], coordinates[1]
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 and abs(coordinates[-1]) < 1e7 else None


def _web_address(fields: Fields, key: str) -> str:
    address = fields.text(key, most=2_000)
    if address and not is_web_address(address):
        fields.fault(key, "must be an http or https address", address, "Give the page's address, starting with https://.")
        return ""
    return address


def is_web_address(text: str) -> bool:
    """Whether a link may lead there: http or https, with a host, and without spaces or control characters."""
    if not text.isprintable() or " " in text:  # no other white space is printable
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _read_event_of(raw: Mapping[str, Any]) -> Event:
    problems: list[Problem] = []
    return _read_event(Fields(raw, "", problems), Fields(raw.get("properties"), "/properties", problems))


def _write_changes(members: dict[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Write to `members` what `after` says otherwise than `before`, which is what `members` were read as."""
    for key, value in after.items():
        if key not in before or before[key] != value:
            members[key] = _with_unknown_members(value, before.get(key), members.get(key))


def _with_unknown_members(value: Any, before: Any, raw: Any) -> Any:
    """A changed object, or list of objects, keeps what it had before as it was written, with members that Dateline does not know."""
    if isinstance(value, dict) and isinstance(before, dict) and isinstance(raw, dict):
        members = dict(raw)
        _write_changes(members, before, value)
        return members
    if not (isinstance(value, list) and isinstance(before, list) and isinstance(raw, list)):
        return value
    written = list(zip(before, raw, strict=True))
    return [next((written.pop(at)[1] for at, (old, _) in enumerate(written) if old == item), item) for item in value]


def _update_members(update: Update) -> dict[str, Any]:
    """The members in the order of docs/store-format.md."""
    return {
        "id": update.id,
        "heading": update.heading,
        "published": str(update.published),
        "date_basis": update.date_basis,
        "date_note": update.date_note,
        "source": update.source,
        "url": update.url,
        "text": update.text,
    }


def _event_properties(event: Event) -> dict[str, Any]:
    """The properties in the order of docs/store-format.md."""
    return {
        "record": "event",
        "title": event.title,
        "kind": event.kind,
        "start": str(event.start),
        "end": str(event.end),
        "date_precision": event.date_precision,
        "date_basis": event.date_basis,
        "date_note": event.date_note,
        "place": None if event.place is None else asdict(event.place),
        "actors": [asdict(actor) for actor in event.actors],
        "claims": [asdict(claim) | {"stated": None if claim.stated is None else str(claim.stated)} for claim in event.claims],
        "updates": list(event.updates),
        "passages": [asdict(passage) for passage in event.passages],
        "reported": str(event.reported),
        "note": event.note,
    }


def _raise_any(problems: list[Problem]) -> None:
    if problems:
        raise InvalidInput(problems)
