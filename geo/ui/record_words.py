"""What stands in a record, in words: the names of its fields, their values, and what differs between two versions of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from geo.coordinates import format_decimal
from geo.kinds import kind_label
from geo.store.json_text import same
from geo.store.revisions import MISSING
from geo.ui.edit_form import position_of

JSON = dict[str, Any]
_LONGEST = 4_000
_MOST_FIELDS = 200

_LABELS = {
    "/id": "Id",
    "/geometry": "Coordinates",
    "/properties/title": "Title",
    "/properties/name": "Name",
    "/properties/kind": "Kind",
    "/properties/start": "First day or minute",
    "/properties/end": "Last day or minute",
    "/properties/date_precision": "How exact the date is",
    "/properties/date_basis": "How the date is known",
    "/properties/date_note": "Note on the date",
    "/properties/place": "Place",
    "/properties/place/name": "Place",
    "/properties/place/country": "Country",
    "/properties/place/precision": "How exact the place is",
    "/properties/place/uncertainty_km": "Uncertainty in km",
    "/properties/place/basis": "Who placed it",
    "/properties/place/note": "Note on the place",
    "/properties/actors": "Actors",
    "/properties/claims": "Claims",
    "/properties/updates": "Updates that tell it",
    "/properties/passages": "Passages",
    "/properties/reported": "First reported",
    "/properties/note": "Editor’s note",
    "/properties/rings": "Rings",
    "/properties/retracted": "Retracted",
    "/heading": "Heading",
    "/published": "Published",
    "/date_basis": "How the date is known",
    "/date_note": "Note on the date",
    "/source": "Source",
    "/url": "Address",
    "/text": "Text",
}
_OBJECTS = ("", "/properties", "/properties/place")
_LISTS = ("/properties/actors", "/properties/claims", "/properties/updates", "/properties/passages", "/properties/rings")


def label_of(pointer: str) -> str:
    """The name of a field; the pointer itself, made readable, for one that Dateline does not know."""
    return _LABELS.get(pointer) or pointer.removeprefix("/properties").strip("/").replace("/", " › ") or "Everything"


def differing(*versions: Mapping[str, Any] | None) -> list[str]:
    """The pointers of the fields in which versions of one record are not all the same, those that Dateline knows first and in their order."""
    found = _differing("", [MISSING if version is None else dict(version) for version in versions])
    known = {pointer: number for number, pointer in enumerate(_LABELS)}
    return sorted(found, key=lambda pointer: known.get(pointer, len(known)))[:_MOST_FIELDS]


def value_at(record: Mapping[str, Any] | None, pointer: str) -> Any:
    """What stands at a pointer that `differing` gave; `MISSING` where there is nothing."""
    value: Any = MISSING if record is None else record
    for part in pointer.split("/")[1:]:
        value = value.get(_unescaped(part), MISSING) if isinstance(value, Mapping) else MISSING
    return value


def words_of(pointer: str, value: Any) -> list[str]:
    """A value in words, a list item by item; nothing at all where it is null or not there."""
    if value is MISSING or value is None or value == "":
        return []
    if pointer == "/geometry":
        position = position_of({"geometry": value})
        return [format_decimal(position) if position else _cut(_as_json(value))]
    if pointer in _LISTS and isinstance(value, list):
        return [_cut(_item_words(pointer, item)) for item in value]
    if pointer == "/properties/kind" and isinstance(value, str):
        return [_cut(kind_label(value))]
    if pointer == "/properties/retracted" and isinstance(value, Mapping):
        return [_cut(f"by {value.get('by', 'somebody')}: {value.get('why', '')}")]
    if pointer == "/properties/place" and isinstance(value, Mapping):
        return [_cut(", ".join(str(value[name]) for name in ("name", "country") if value.get(name)) or _as_json(value))]
    return [_cut(value if isinstance(value, str) else _as_json(value))]


def field_rows(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[JSON]:
    """What a change has changed, a row for each field: what was there, and what is there now. Of lists only the items that came or went."""
    if before is None or after is None:
        return []
    rows = []
    for pointer in differing(before, after):
        old, new = value_at(before, pointer), value_at(after, pointer)
        if pointer in _LISTS and isinstance(old, list) and isinstance(new, list):
            old, new = _without(old, new), _without(new, old)
            if not old and not new:
                rows.append({"label": label_of(pointer), "before": [], "after": ["in another order"]})
                continue
        rows.append({"label": label_of(pointer), "before": words_of(pointer, old), "after": words_of(pointer, new)})
    return rows


def title_of(record: Mapping[str, Any] | None) -> str:
    """What a person calls a record: its title, name or heading; "" if it has none."""
    properties = value_at(record, "/properties")
    for holder, name in ((properties, "title"), (properties, "name"), (record, "heading"), (record, "id")):
        value = holder.get(name) if isinstance(holder, Mapping) else None
        if isinstance(value, str) and value.strip():
            return value[:300]
    return ""


def _differing(pointer: str, values: Sequence[Any]) -> list[str]:
    if all(_same(values[0], value) for value in values[1:]):
        return []
    if (
        pointer in _OBJECTS
        and sum(isinstance(value, dict) for value in values) > 1
        and all(isinstance(v, dict) or v in (None, MISSING) for v in values)
    ):
        inside = [value if isinstance(value, dict) else {} for value in values]
        keys = dict.fromkeys(key for value in inside for key in value)
        found = [_differing(f"{pointer}/{_escaped(key)}", [value.get(key, MISSING) for value in inside]) for key in keys]
        return [one for many in found for one in many]
    return [pointer]


def _same(one: Any, other: Any) -> bool:
    return one is other if one is MISSING or other is MISSING else same(one, other)


def _without(items: list[Any], others: list[Any]) -> list[Any]:
    left = list(items)
    for other in others:
        at = next((number for number, item in enumerate(left) if same(item, other)), None)
        if at is not None:
            del left[at]
    return left


def _item_words(pointer: str, item: Any) -> str:
    if not isinstance(item, Mapping):
        return item if isinstance(item, str) else _as_json(item)
    if pointer.endswith("actors"):
        return f"{item.get('name')} ({item.get('role')})"
    if pointer.endswith("passages"):
        return f"“{item.get('exact')}” ({item.get('update')})"
    if pointer.endswith("claims"):
        figures = _figures(item.get("low"), item.get("high"))
        via = f" via {item['via']}" if item.get("via") else ""
        return f"{item.get('metric')}: {item.get('text')}{figures}, {item.get('by')}{via} ({item.get('update')})"
    if pointer.endswith("rings"):
        told = f" ({item['update']})" if item.get("update") else ""
        note = f": {item['note']}" if item.get("note") else ""
        return f"{_as_json(item.get('radius_km'))} km, {item.get('label')}{note}{told}"
    return _as_json(item)


def _figures(low: Any, high: Any) -> str:
    """The figures of a claim behind its words."""
    if low is None and high is None:
        return ""
    if high is None:
        return f" [{_as_json(low)} or more]"
    if low is None:
        return f" [at most {_as_json(high)}]"
    return f" [{_as_json(low)}]" if same(low, high) else f" [{_as_json(low)} to {_as_json(high)}]"


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _unescaped(part: str) -> str:
    return part.replace("~1", "/").replace("~0", "~")
