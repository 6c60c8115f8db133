"""What an editor can change: each kind of change as a value, and the record that comes of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

from geo.bounded_json import finite, no_constant, no_duplicates, too_deep
from geo.errors import InvalidInput, Problem, shown
from geo.model import Event, Position
from geo.store.access import MAX_WHY, Editor
from geo.store.geojson_file import RETRACTED

JSON = dict[str, Any]
MAX_RECORD_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class AddEvent:
    """A new event: its GeoJSON feature. The id must be free."""

    action: ClassVar[str] = "add event"
    member: ClassVar[str] = "features"
    feature: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """The event `id` becomes `feature`. `seen` is the version (`version_of`) of the feature that the editor started from."""

    action: ClassVar[str] = "change event"
    member: ClassVar[str] = "features"
    id: str
    feature: Mapping[str, Any]
    seen: str


@dataclass(frozen=True, slots=True)
class MoveEvent:
    """The event `id` is placed elsewhere, or, with `position` None, taken off the map.

    `position` is longitude, latitude in degrees (WGS84). `uncertainty_km` is None exactly when it is. `precision` None leaves that as it is.
    """

    action: ClassVar[str] = "move event"
    member: ClassVar[str] = "features"
    id: str
    position: Position | None
    uncertainty_km: float | None
    basis: str
    note: str | None
    seen: str
    precision: str | None = None


@dataclass(frozen=True, slots=True)
class RetractEvent:
    """The event `id` no longer counts, for a reason. It stays in the store, with its history."""

    action: ClassVar[str] = "retract event"
    member: ClassVar[str] = "features"
    id: str
    reason: str
    seen: str


@dataclass(frozen=True, slots=True)
class ReinstateEvent:
    """The retracted event `id` counts again."""

    action: ClassVar[str] = "reinstate event"
    member: ClassVar[str] = "features"
    id: str
    seen: str


@dataclass(frozen=True, slots=True)
class AddSite:
    """A new site: its GeoJSON feature. The id must be free."""

    action: ClassVar[str] = "add site"
    member: ClassVar[str] = "features"
    feature: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChangeSite:
    """The site `id` becomes `feature`."""

    action: ClassVar[str] = "change site"
    member: ClassVar[str] = "features"
    id: str
    feature: Mapping[str, Any]
    seen: str


@dataclass(frozen=True, slots=True)
class RetireSite:
    """The site `id` is taken out of the store. What it was stays in the history, from where it can be put back."""

    action: ClassVar[str] = "retire site"
    member: ClassVar[str] = "features"
    id: str
    seen: str


@dataclass(frozen=True, slots=True)
class AddUpdate:
    """A new update, as it stands in the `updates` member. The id must be free."""

    action: ClassVar[str] = "add update"
    member: ClassVar[str] = "updates"
    update: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChangeUpdate:
    """The update `id` becomes `update`. What events quote of it must still stand in it."""

    action: ClassVar[str] = "change update"
    member: ClassVar[str] = "updates"
    id: str
    update: Mapping[str, Any]
    seen: str


Addition = AddEvent | AddSite | AddUpdate
Alteration = ChangeEvent | MoveEvent | RetractEvent | ReinstateEvent | ChangeSite | ChangeUpdate
Change = Addition | Alteration | RetireSite


@dataclass(frozen=True, slots=True)
class Retraction:
    """When, by whom and why an event was retracted; "" for what the store does not say."""

    at: str
    by: str
    why: str


def retraction_of(event: Event) -> Retraction | None:
    """The retraction of an event of `Snapshot.retracted`; None for one that stands."""
    properties = event.feature.get("properties")
    given = properties.get(RETRACTED) if isinstance(properties, Mapping) else None
    if given is None:
        return None
    members = given if isinstance(given, Mapping) else {}
    at, by, why = (value if isinstance(value := members.get(key), str) else "" for key in ("at", "by", "why"))
    return Retraction(at, by, why)


def added(change: Addition, where: str) -> JSON:
    """The record that is to be added, for the first time a plain JSON value. Raises InvalidInput."""
    if isinstance(change, AddUpdate):
        return plain(change.update, f"{where}/update")
    record = plain(change.feature, f"{where}/feature")
    _check_record(record, "event" if isinstance(change, AddEvent) else "site", f"{where}/feature")
    _check_standing(None, record, f"{where}/feature")
    return record


def altered(change: Alteration, current: JSON, *, by: Editor, at: datetime, where: str) -> JSON:
    """The record as the change leaves it, `current` being what stands in the store. Raises InvalidInput."""
    match change:
        case ChangeUpdate():
            return _same_id(plain(change.update, f"{where}/update"), change.id, f"{where}/update")
        case ChangeEvent() | ChangeSite():
            inside = f"{where}/feature"
            record = _same_id(plain(change.feature, inside), change.id, inside)
            _check_record(record, "event" if isinstance(change, ChangeEvent) else "site", inside)
            if isinstance(change, ChangeEvent):
                _check_standing(current, record, inside)
            return record
        case MoveEvent():
            _check_stands(current, where)
            return _moved(change, current, where)
        case RetractEvent():
            _check_stands(current, where)
            return _with_properties(current, {RETRACTED: {"at": _stamp(at), "by": by.name, "why": _reason(change.reason, where)}})
        case ReinstateEvent():
            properties = _properties(current)
            if properties.get(RETRACTED) is None:
                raise InvalidInput([Problem(where, "this event is not retracted", shown(change.id), "There is nothing to reinstate.")])
            return current | {"properties": {key: value for key, value in properties.items() if key != RETRACTED}}


def plain(value: Any, where: str) -> JSON:
    """A copy of `value` as JSON would give it back: objects, arrays, texts, finite numbers, true, false, null. Raises InvalidInput."""

    def fail(message: str, advice: str) -> InvalidInput:
        return InvalidInput([Problem(where, message, shown(value), advice)])

    try:
        text = json.dumps(dict(value) if isinstance(value, Mapping) else value, allow_nan=False, ensure_ascii=False)
        size = len(text.encode())
        copy = json.loads(text, object_pairs_hook=no_duplicates, parse_constant=no_constant, parse_float=finite)
    except UnicodeEncodeError:
        raise fail("holds half of a surrogate pair, which is no character", "Write the text in valid Unicode.") from None
    except (TypeError, ValueError, RecursionError) as error:
        raise fail(f"cannot be written as JSON: {error}", "Give objects, arrays, texts, finite numbers, true, false and null.") from None
    if not isinstance(copy, dict):
        raise fail("must be an object", "Write it as {…}.")
    if size > MAX_RECORD_BYTES:
        raise fail(f"has {size:,} bytes; {MAX_RECORD_BYTES:,} are allowed", "Shorten it.")
    if too_deep([[copy]]):
        raise fail("is nested too deeply", "Flatten it.")
    return copy


def _moved(change: MoveEvent, current: JSON, where: str) -> JSON:
    place = _properties(current).get("place")
    if not isinstance(place, dict):
        advice = "Change the event, and say what the place is."
        raise InvalidInput([Problem(where, "this event has no place that could be moved", shown(place), advice)])
    told = {"uncertainty_km": change.uncertainty_km, "basis": change.basis, "note": change.note}
    if change.precision is not None:
        told["precision"] = change.precision
    record = _with_properties(current, {"place": place | told})
    geometry = current.get("geometry")
    if change.position is None:
        record["geometry"] = None
    else:
        # An altitude or a box was that of the other place.
        kept = {key: value for key, value in geometry.items() if key != "bbox"} if isinstance(geometry, dict) else {}
        record["geometry"] = kept | {"type": "Point", "coordinates": list(change.position)}
    record.pop("bbox", None)
    return plain(record, where)


def _properties(record: JSON) -> JSON:
    properties = record.get("properties")
    return properties if isinstance(properties, dict) else {}


def _with_properties(record: JSON, members: JSON) -> JSON:
    return record | {"properties": _properties(record) | members}


def _reason(reason: str, where: str) -> str:
    if not isinstance(reason, str) or not reason.strip():
        raise InvalidInput([Problem(f"{where}/reason", "is empty", shown(reason), "Say why the event does not count.")])
    if len(reason) > MAX_WHY:
        message = f"is {len(reason):,} characters long; {MAX_WHY:,} are allowed"
        raise InvalidInput([Problem(f"{where}/reason", message, shown(reason), "Shorten it.")])
    return reason


def _check_record(record: JSON, wanted: str, where: str) -> None:
    found = _properties(record).get("record")
    if found != wanted:
        raise InvalidInput([Problem(f"{where}/properties/record", f"must be {wanted!r}", shown(found), "Give a feature of that kind.")])


def _check_standing(current: JSON | None, record: JSON, where: str) -> None:
    """Only a retraction retracts, and what is retracted is not edited."""
    if current is not None:
        _check_stands(current, where)
    given = _properties(record).get(RETRACTED)
    if given is not None:
        advice = "Leave the member out, and retract the event."
        raise InvalidInput([Problem(f"{where}/properties/{RETRACTED}", "is not set by an edit", shown(given), advice)])


def _check_stands(current: JSON, where: str) -> None:
    if _properties(current).get(RETRACTED) is not None:
        raise InvalidInput([Problem(where, "this event is retracted", shown(current.get("id")), "Reinstate it first.")])


def _same_id(record: JSON, id_: str, where: str) -> JSON:
    if record.get("id") != id_:
        advice = "An id stays as it is; retract the record and add another to have another id."
        raise InvalidInput([Problem(f"{where}/id", f"must be {shown(id_)}", shown(record.get("id")), advice)])
    return record


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
