"""The form of an event or an update: every field as the text that a person types, and the record that comes of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from geo.coordinates import format_decimal
from geo.errors import InvalidInput, Problem
from geo.geojson import read_feature, read_update
from geo.model import Position, Update
from geo.moments import Moment, parse_moment
from geo.store.geojson_file import broken_references
from geo.ui.edit_values import OR_NONE, clean, clean_item, feature_typed, fill_texts, item_form, item_of, object_of, text_of, value_of

JSON = dict[str, Any]
MAX_ITEMS = 500
MAX_FORM = 1_000_000
_EVENT_TEXTS = ("title", "kind", "start", "end", "date_precision", "date_basis", "date_note", "note")
_PLACE_TEXTS = ("name", "country", "precision", "uncertainty_km", "basis", "note")
_UPDATE_TEXTS = ("heading", "published", "date_basis", "date_note", "source", "url", "text")
LISTS: dict[str, tuple[str, ...]] = {
    "rings": ("radius_km", "label", "note", "update"),
    "actors": ("name", "role"),
    "claims": ("metric", "low", "high", "unit", "text", "by", "via", "stated", "update"),
    "passages": ("update", "exact"),
}

_EVENT_LISTS = tuple((name, members) for name, members in LISTS.items() if name != "rings")


def blank_event() -> JSON:
    """A new event before anything is known of it."""
    names = ("title", "kind", "start", "end", "date_precision", "date_basis", "date_note")
    properties: JSON = {"record": "event", **dict.fromkeys(names, "")} | {"date_note": None, "place": None}
    properties |= {"actors": [], "claims": [], "updates": [], "passages": [], "reported": None, "note": None}
    return {"type": "Feature", "id": "", "geometry": None, "properties": properties}


def event_form(record: Mapping[str, Any]) -> JSON:
    """An event as the form shows it. Values that are no text are shown as JSON would write them; what is null is blank."""
    properties = object_of(record.get("properties"))
    place = object_of(properties.get("place"))
    form: JSON = {"id": text_of(record.get("id")), **{name: text_of(properties.get(name)) for name in _EVENT_TEXTS}}
    form["place"] = {name: text_of(place.get(name)) for name in _PLACE_TEXTS}
    position = position_of(record)
    form["where"] = "" if position is None else format_decimal(position)
    for name, members in _EVENT_LISTS:
        items = properties.get(name)
        form[name] = [item_form(item, index, members) for index, item in enumerate(items if isinstance(items, list) else [])]
    form["updates"] = [id_ for id_ in properties.get("updates") or [] if isinstance(id_, str)]
    return form


def update_form(record: Mapping[str, Any]) -> JSON:
    """An update as the form shows it."""
    return {"id": text_of(record.get("id")), **{name: text_of(record.get(name)) for name in _UPDATE_TEXTS}}


def cleaned(sent: object, like: JSON) -> JSON:
    """What the browser sent, made into a form of the same build: texts of bounded length, lists of bounded number, and nothing else.

    Raises InvalidInput if all of it together is too long.
    """
    given = sent if isinstance(sent, Mapping) else {}
    form: JSON = {name: clean(given.get(name), old) for name, old in like.items() if isinstance(old, str)}
    if "place" in like:
        place = given.get("place")
        form["place"] = {name: clean(place.get(name) if isinstance(place, Mapping) else None, old) for name, old in like["place"].items()}
    for name, members in LISTS.items():
        if name in like:
            items = given.get(name)
            form[name] = [clean_item(item, members) for item in (items if isinstance(items, list) else [])[:MAX_ITEMS]]
    if "updates" in like:
        ids = given.get("updates")
        form["updates"] = [clean(id_, "") for id_ in (ids if isinstance(ids, list) else [])[:MAX_ITEMS] if isinstance(id_, str)]
    if len(str(form)) > MAX_FORM:
        raise InvalidInput([Problem("", "all of this together is too long", "", "Shorten it, or split it.")])
    return form


def event_record(form: JSON, base: Mapping[str, Any], updates: Mapping[str, Update]) -> tuple[JSON, list[Problem]]:
    """The event that a form says, and what in the form could not be read, with pointers into the form.

    Whatever the form says as `base` does keeps the very value of `base`, with members that the form does not show.
    """
    problems: list[Problem] = []
    old = event_form(base)
    before = object_of(base.get("properties"))
    properties = dict(before)
    fill_texts(properties, form, old, _EVENT_TEXTS)
    _fill_end(properties, form, old)
    properties["place"] = _place(form, old, before.get("place"), problems)
    for name, members in _EVENT_LISTS:
        if form[name] != old[name]:
            kept = before.get(name)
            properties[name] = [
                item_of(item, kept if isinstance(kept, list) else [], members, f"/{name}/{at}", problems) for at, item in enumerate(form[name])
            ]
    if form["updates"] != old["updates"]:
        properties["updates"] = in_order(form["updates"], updates)
    properties["reported"] = _reported(properties, updates)
    return feature_typed(form, old, base, properties, problems), problems


def update_record(form: JSON, base: Mapping[str, Any]) -> JSON:
    """The update that a form says."""
    old = update_form(base)
    record = {**base, "id": form["id"]}
    for name in _UPDATE_TEXTS:
        if form[name] != old[name] or name not in base:
            record[name] = form[name] or None if name in OR_NONE else form[name]
    return record


def feature_problems(record: JSON, found: Sequence[Problem], updates: Mapping[str, Update]) -> list[Problem]:
    """Everything that stands against saving an event or a site, by the store's own rules; pointers into the form, at most one for each field."""
    problems = list(found)
    try:
        feature = read_feature(record, "")
        problems += [problem_in_form(problem) for problem in broken_references(feature, "", updates)]
    except InvalidInput as error:
        problems += [problem_in_form(problem) for problem in error.problems]
    return list({problem.pointer: problem for problem in reversed(problems)}.values())[::-1]


def update_problems(record: JSON) -> list[Problem]:
    """Everything that stands against saving an update."""
    try:
        read_update(record, "")
    except InvalidInput as error:
        return list({problem.pointer: problem for problem in reversed(error.problems)}.values())[::-1]
    return []


def problem_in_form(problem: Problem) -> Problem:
    """A problem of a record, with its pointer into the form instead."""
    pointer = problem.pointer.removeprefix("/properties")
    if pointer.startswith("/geometry"):
        pointer = "/where"
    return Problem(pointer, problem.message, problem.value, problem.advice)


def proposed_id(form: JSON, taken: Any) -> str:
    """An id made of a title, a heading or a name and a date, which `taken` does not know yet."""
    named = form.get("title") or form.get("heading") or form.get("name") or ""
    words = unicodedata.normalize("NFKD", named).encode("ascii", "ignore").decode().lower()
    day = (form.get("start") or form.get("published") or "")[:10]
    stem = re.sub(r"[^a-z0-9]+", "-", f"{words[:60]} {day}").strip("-") or "record"
    number, id_ = 1, stem
    while taken(id_):
        number += 1
        id_ = f"{stem}-{number}"
    return id_


def in_order(ids: Sequence[str], updates: Mapping[str, Update]) -> list[str]:
    """Updates oldest first, as the store has them; one that is not there stays where it is."""
    if any(id_ not in updates for id_ in ids):
        return list(ids)
    return sorted(ids, key=lambda id_: updates[id_].published.at)


def position_of(record: Mapping[str, Any]) -> Position | None:
    """The longitude and latitude of a record, if it has such a thing."""
    geometry = record.get("geometry")
    coordinates = geometry.get("coordinates") if isinstance(geometry, Mapping) else None
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        return None
    lon, lat = coordinates[:2]
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (lon, lat))
    return (lon, lat) if numbers and -180 <= lon <= 180 and -90 <= lat <= 90 else None


def disc_of(record: JSON) -> tuple[Position, float] | None:
    """The point of an event and the radius in metres of the disc that it will have; 0 where that is not said yet."""
    position = position_of(record)
    place = object_of(object_of(record.get("properties")).get("place"))
    radius_km = place.get("uncertainty_km")
    known = isinstance(radius_km, int | float) and not isinstance(radius_km, bool) and 0 < radius_km <= 20_000
    return None if position is None else (position, radius_km * 1_000 if known else 0.0)  # type: ignore[operator]


def _place(form: JSON, old: JSON, before: Any, problems: list[Problem]) -> Any:
    told = form["place"]
    if told == old["place"]:
        return before
    # Nothing but what a new form is filled with beforehand: nothing is known of the place.
    if not any(told[name] for name in ("name", "country", "uncertainty_km", "note")) and not form["where"]:
        return None
    place = dict(object_of(before)) or dict.fromkeys(_PLACE_TEXTS)
    for name in _PLACE_TEXTS:
        if told[name] != old["place"][name] or name not in place:
            place[name] = value_of(name, told[name], f"/place/{name}", problems)
    return place


def _fill_end(properties: JSON, form: JSON, old: JSON) -> None:
    """An end that is left empty is that of the day, week, month or year which begins with the start."""
    if form["end"] or not form["start"]:
        return
    try:
        start = parse_moment(form["start"])
    except ValueError:
        return
    properties["end"] = str(end_of(start, form["date_precision"]))


def end_of(start: Moment, precision: str) -> Moment:
    """The last moment of the span of a precision that begins at `start`."""
    day = start.at.date()
    try:
        if precision == "week":
            return _on(day + timedelta(days=6))
        if precision == "month":
            return _on(date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1))
        if precision == "year":
            return _on(date(day.year, 12, 31))
    except (ValueError, OverflowError):  # the end of the calendar
        return start
    return start


def _on(day: date) -> Moment:
    return parse_moment(day.isoformat())


def _reported(properties: JSON, updates: Mapping[str, Update]) -> Any:
    """When its oldest update was published; as it was where that is right, or where nobody can tell."""
    told = [updates[id_].published for id_ in properties.get("updates") or [] if isinstance(id_, str) and id_ in updates]
    given = properties.get("reported")
    if not told or len(told) < len(properties.get("updates") or []) or any(later.after <= earlier.at for earlier, later in pairwise(told)):
        return given
    oldest = [str(moment) for moment in told if all(moment.at < other.after for other in told)]
    return given if given in oldest else oldest[0] if oldest else given
