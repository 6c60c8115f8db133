"""What the editor's panel shows: where editing begins, the form, or the two versions of a conflict. Plain JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from geo.coordinates import format_decimal, format_dms, format_mgrs, parse
from geo.errors import InvalidInput, Stale
from geo.filters import PRECISION_WORDS
from geo.kinds import KINDS
from geo.lengths import format_distance
from geo.model import ACTOR_ROLES, DATE_BASES, PLACE_BASES, PLACE_PRECISIONS, UPDATE_DATE_BASES, Update
from geo.moments import DATE_PRECISIONS, Moment, in_words
from geo.rings import RangeRing
from geo.store import EventCollection
from geo.store.editing import merge, retraction_of, version_of
from geo.store.revisions import MISSING
from geo.ui.edit_drafts import Draft
from geo.ui.edit_form import disc_of, in_order, position_of, proposed_id
from geo.ui.edit_session import Editing, Note, is_taken, record_of, stored
from geo.ui.present import EDIT_RING
from geo.ui.record_words import differing, label_of, title_of, value_at, words_of

JSON = dict[str, Any]
MAX_UPDATES = 400
MAX_SITES = 1_000
_MAX_LISTED = 200
_MAX_TEXT = 60_000
# The cross alone shows where a point is whose uncertainty is not said yet.
_POINT_M = 1.0
_MAX_KM, _MAX_RINGS = 20_000, 50

_DATE_BASIS = {"stated": "the source says it", "inferred": "it follows from the source", "editor": "an editor knows it"}
_PLACE_BASIS = {"stated": "the source names it", "gazetteer": "a gazetteer", "editor": "an editor"}
_UPDATE_BASIS = {"heading": "its heading gives it", "neighbour": "a neighbouring heading", "editor": "an editor"}
_DATE_PRECISION = {"minute": "to the minute", "day": "to the day", "week": "to the week", "month": "to the month", "year": "to the year"}
_METRICS = ("killed", "injured", "casualties", "munitions", "responsibility", "intent", "damage", "firing_distance", "warning")


def choices() -> JSON:
    """The values that the fields of choice have: code and words."""
    return {
        "kind": [[kind.code, kind.label] for kind in KINDS],
        "date_precision": [[code, _DATE_PRECISION[code]] for code in DATE_PRECISIONS],
        "date_basis": [[code, _DATE_BASIS[code]] for code in DATE_BASES],
        "precision": [[code, PRECISION_WORDS[code]] for code in PLACE_PRECISIONS],
        "basis": [[code, _PLACE_BASIS[code]] for code in PLACE_BASES],
        "role": [[code, code.capitalize()] for code in ACTOR_ROLES],
        "update_date_basis": [[code, _UPDATE_BASIS[code]] for code in UPDATE_DATE_BASES],
        "metric": list(_METRICS),
    }


def start_data(collection: EventCollection, drafts: list[Draft]) -> JSON:
    """Where editing begins: drafts to go on with, sites and updates to edit, and events that were retracted."""
    retracted = [
        {"id": event.id, "title": event.title, "at": ago(told.at), "by": told.by, "why": told.why}
        for event in collection.retracted[:_MAX_LISTED]
        if (told := retraction_of(event)) is not None
    ]
    return {
        "drafts": [{"kind": draft.kind, "id": draft.id, "title": _draft_title(draft), "at": ago(draft.at)} for draft in drafts],
        "retracted": retracted,
        "sites": [{"id": site.id, "label": site.name} for site in collection.sites[:MAX_SITES]],
        "updates": [{"id": update.id, "label": update_label(update)} for update in _some_updates(collection, [])],
    }


def form_data(collection: EventCollection, editing: Editing, *, arm: bool) -> JSON:
    """The form as it stands, with what stands against saving it at each field."""
    form = editing.form
    cited = form.get("updates", [])
    data = {
        "name": editing.name,
        "version": editing.version,
        "kind": editing.kind,
        "isNew": editing.id is None,
        "heading": title_of(editing.original) if editing.original else "",
        "values": form,
        "problems": [asdict(problem) for problem in editing.problems],
        "fault": editing.fault,
        "drafted": ago(editing.drafted) if editing.drafted else "",
        "changed": _has_changed(collection, editing),
        "choices": choices(),
        "proposed": proposed_id(form, lambda id_: is_taken(id_, editing.kind, collection)) if editing.id is None else "",
    }
    if editing.kind == "update":
        return data | {"told": sum(count for count, _ in collection.told_by([editing.id], most=0).values()) if editing.id else 0}
    known = {update.id: update for update in _some_updates(collection, cited)}
    return data | {
        "arm": arm,
        "placed": None if editing.placed is None else {"n": editing.placed[0], "where": editing.placed[1]},
        "where": where_words(form["where"]),
        "updates": [{"id": update.id, "label": update_label(update)} for update in known.values()],
        "missing": [id_ for id_ in cited if id_ not in known],
        "texts": {id_: known[id_].text[:_MAX_TEXT] for id_ in in_order(cited, collection.updates)[:40] if id_ in known},
    }


def conflict_data(editing: Editing, stale: Stale) -> JSON:
    """Both versions and the one that they come from, field by field."""
    base, theirs, mine = stale.base or editing.original, stale.theirs, stale.mine
    clashes = {clash.pointer for clash in merge(base, theirs, mine).clashes} if theirs is not None and mine is not None else set()
    rows = [_conflict_row(pointer, base, theirs, mine, pointer in clashes) for pointer in differing(base, theirs, mine)] if theirs is not None else []
    return {"name": editing.name, "title": title_of(mine) or title_of(base), "gone": theirs is None, "rows": rows, "hasBase": base is not None}


def note_data(note: Note | None) -> JSON | None:
    """What is said of the last write."""
    return None if note is None else asdict(note)


def preview(collection: EventCollection, editing: Editing) -> list[RangeRing]:
    """What the record will have on the map, as rings: the disc of an event, the rings of a site; none where there is no point."""
    if editing.kind == "update" or editing.conflict is not None:
        return []
    record = record_of(editing, collection)[0]
    if editing.kind == "site":
        return _site_preview(record)
    disc = disc_of(record)
    if disc is None:
        return []
    (lon, lat), radius_m = disc
    label = f"±{format_distance(radius_m)}" if radius_m else ""
    return [RangeRing(EDIT_RING, label, "where it will stand" if radius_m else "", "tool", (float(lon), float(lat)), radius_m or _POINT_M)]


def _site_preview(record: JSON) -> list[RangeRing]:
    """The first ring bears the name by which the map is moved to it."""
    position = position_of(record)
    if position is None:
        return []
    center = (float(position[0]), float(position[1]))
    rings = [ring for ring in record["properties"].get("rings") or [] if isinstance(ring, dict)]
    radii = [(ring, km * 1_000) for ring in rings if isinstance(km := ring.get("radius_km"), int | float) and 0 < km <= _MAX_KM]
    drawn = [(f"{format_distance(radius_m)}", str(ring.get("label") or "")[:200], radius_m) for ring, radius_m in radii[:_MAX_RINGS]]
    drawn = sorted(drawn, key=lambda one: -one[2]) or [("", "", _POINT_M)]
    ids = [EDIT_RING, *(f"{EDIT_RING}-{number}" for number in range(1, len(drawn)))]
    return [RangeRing(id_, label, words, "tool", center, radius_m) for id_, (label, words, radius_m) in zip(ids, drawn, strict=True)]


def where_words(text: str) -> JSON | None:
    """What was understood of the coordinates that were typed, in each notation; None where that is nothing."""
    if not text.strip():
        return None
    try:
        written = parse(text)
    except InvalidInput:
        return None
    position = written.position
    away = format_distance(written.within_m) if written.within_m and written.within_m > 1 else ""
    square = f"The middle of the square; its corners are {away} away." if away else ""
    return {"decimal": format_decimal(position), "dms": format_dms(position), "mgrs": format_mgrs(position), "square": square}


def update_label(update: Update) -> str:
    """An update in one line: its day and its heading."""
    day = in_words(Moment(update.published.at))
    return f"{day}, {update.published.at:%H:%M} UTC: {update.heading}" if update.published.timed else f"{day}: {update.heading}"


def ago(at: str) -> str:
    """A time of the history or of a draft, in words."""
    try:
        moment = datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone(UTC)
    except ValueError:
        return at[:40]
    return f"{in_words(Moment(moment.replace(hour=0, minute=0, second=0, microsecond=0)))}, {moment:%H:%M} UTC"


def _conflict_row(pointer: str, base: Mapping[str, Any] | None, theirs: Mapping[str, Any], mine: Mapping[str, Any] | None, clash: bool) -> JSON:
    values = [value_at(version, pointer) for version in (base, theirs, mine)]
    standing = "choose" if clash else _standing(*values)
    return {
        "pointer": pointer,
        "label": label_of(pointer),
        "base": words_of(pointer, values[0]),
        "theirs": words_of(pointer, values[1]),
        "mine": words_of(pointer, values[2]),
        "standing": standing,
    }


def _standing(base: Any, theirs: Any, mine: Any) -> str:
    """Whose value a field that does not clash gets."""
    if not differing({"x": theirs} if theirs is not MISSING else {}, {"x": mine} if mine is not MISSING else {}):
        return "same"
    if not differing({"x": base} if base is not MISSING else {}, {"x": mine} if mine is not MISSING else {}):
        return "theirs"
    if not differing({"x": base} if base is not MISSING else {}, {"x": theirs} if theirs is not MISSING else {}):
        return "mine"
    return "both"


def _has_changed(collection: EventCollection, editing: Editing) -> bool:
    """Whether the record is another one in the store by now."""
    if editing.id is None or editing.seen is None:
        return False
    raw = stored(editing.kind, editing.id, collection)
    return raw is None or version_of(raw) != editing.seen


def _some_updates(collection: EventCollection, cited: list[str]) -> list[Update]:
    """The first updates of the store, and all that are cited."""
    updates = collection.updates
    ids = [id_ for number, id_ in enumerate(updates) if number < MAX_UPDATES]
    return [updates[id_] for id_ in dict.fromkeys([*ids, *(id_ for id_ in cited if id_ in updates)])]


def _draft_title(draft: Draft) -> str:
    typed = draft.form.get("title") or draft.form.get("heading") or draft.form.get("name")
    words = typed if isinstance(typed, str) and typed.strip() else title_of(draft.original)
    return words[:300] or (f"A new {draft.kind}" if draft.id is None else draft.id)
