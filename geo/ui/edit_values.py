"""Single values of the editor's forms: what a person typed as the value of a record, and a value as the text of a field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geo.coordinates import parse
from geo.errors import InvalidInput, Problem, shown
from geo.fields import MAX_TEXT
from geo.model import Position

JSON = dict[str, Any]
_NUMBERS = ("uncertainty_km", "low", "high", "radius_km")
# Blank in the form, null in the store; the other texts stay "" there, which the store's rules refuse in their own words.
OR_NONE = ("date_note", "note", "country", "unit", "via", "stated")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,10})?", re.ASCII)


def item_of(
    item: JSON, kept: Sequence[Any], members: Sequence[str], where: str, problems: list[Problem], *, or_none: Sequence[str] = OR_NONE
) -> JSON:
    """One of a list; it keeps what it does not show of the item that it was. Those of `or_none` are null where they are blank."""
    number = item.get("from")
    before = kept[number] if isinstance(number, int) and 0 <= number < len(kept) else None
    record = dict(object_of(before))
    old = item_form(before, 0, members)
    for name in members:
        if before is None or item[name] != old[name]:
            record[name] = value_of(name, item[name], f"{where}/{name}", problems, or_none=or_none)
    return record


def value_of(name: str, text: str, where: str, problems: list[Problem], *, or_none: Sequence[str] = OR_NONE) -> Any:
    """What a text means as the member `name`; problems are added to those that there are, at the pointer `where`."""
    if name in _NUMBERS:
        return _number(text, where, problems)
    return text or None if name in or_none else text


def _number(text: str, where: str, problems: list[Problem]) -> float | int | None:
    words = text.strip().replace("\u2009", "").replace(" ", "")
    if not words:
        return None
    if _NUMBER.fullmatch(words) is None:
        problems.append(
            Problem(where, "is no number", shown(text), "Write digits alone, with a point for decimals; leave it empty where it is not known.")
        )
        return None
    return float(words) if "." in words else int(words)


def position_typed(text: str, problems: list[Problem]) -> Position | None:
    """Longitude and latitude in degrees (WGS84) of coordinates in any notation; None where there are none, or a problem."""
    if not text.strip():
        return None
    try:
        lon, lat = parse(text).position
    except InvalidInput as error:
        problems += [Problem("/where", problem.message, problem.value, problem.advice) for problem in error.problems]
        return None
    return round(lon, 7), round(lat, 7)


def item_form(item: Any, number: int, members: Sequence[str]) -> JSON:
    """One of a list as the form shows it, with the number of the item that it is."""
    values = object_of(item)
    return {"from": number, **{name: text_of(values.get(name)) for name in members}}


def clean_item(item: object, members: Sequence[str]) -> JSON:
    values = item if isinstance(item, Mapping) else {}
    number = values.get("from")
    whole = isinstance(number, int) and not isinstance(number, bool)
    return {"from": number if whole else None, **{name: clean(values.get(name), "") for name in members}}


def clean(value: object, old: str) -> str:
    """A text as it may be kept; what is no text stays as it was."""
    if not isinstance(value, str):
        return old
    # Half of a surrogate pair is no character, and could not be sent back.
    return value[:MAX_TEXT].encode("utf-8", "replace").decode()


def text_of(value: Any) -> str:
    """A value as the text of a field; null is blank."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return value if isinstance(value, str) else str(value)


def object_of(value: Any) -> Mapping[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def fill_texts(properties: JSON, form: JSON, old: JSON, names: Iterable[str]) -> None:
    """Put into `properties` those of the texts `names` that the form says otherwise than `old` does."""
    for name in names:
        if form[name] != old[name]:
            properties[name] = form[name] or None if name in OR_NONE else form[name]


def feature_typed(form: JSON, old: JSON, base: Mapping[str, Any], properties: JSON, problems: list[Problem]) -> JSON:
    """`base` with the id and the properties given, and with the point of the form where the form says it otherwise than `old` does."""
    record = {**base, "type": "Feature", "id": form["id"], "geometry": base.get("geometry"), "properties": properties}
    if form["where"] != old["where"]:
        position = position_typed(form["where"], problems)
        record["geometry"] = None if position is None else {"type": "Point", "coordinates": list(position)}
    return record
