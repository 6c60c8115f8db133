"""From a proposal to the changes of the store that accept it: its updates, its event, its evidence."""

from __future__ import annotations

import functools
import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from geo.errors import InvalidInput, Problem, shown
from geo.geojson import read_feature
from geo.ingest.blog.updates import BlogUpdate
from geo.ingest.desk.proposals import Proposal
from geo.ingest.desk.records import Edit, KeptBlog
from geo.ingest.gazetteer import Entry, sources
from geo.ingest.incidents import Candidate, as_feature
from geo.ingest.incidents.features import as_update
from geo.kinds import KINDS
from geo.model import PLACE_PRECISIONS, Event, Update
from geo.store.changes import AddEvent, AddUpdate, Change, ChangeEvent
from geo.store.json_text import version_of

JSON = dict[str, Any]
_MAX_TITLE, _MAX_RADIUS_KM = 200, 2_000.0


@dataclass(frozen=True, slots=True)
class Accepted:
    """The changes that accept proposals, and the event that each comes to, by proposal."""

    changes: tuple[Change, ...]
    events: Mapping[str, str]


def edit_of(given: Mapping[str, Any], candidate: Candidate) -> Edit:
    """What a person filled in, checked; what is as it was read is None. Raises InvalidInput with every fault, pointers naming the fields."""
    known = {field.name for field in fields(Edit)}
    problems = [Problem(f"/{name}", "is no part of a proposal", shown(given[name]), "Leave it out.") for name in given if name not in known]
    texts = {
        name: str(given.get(name) or "").strip()
        for name in ("title", "kind", "start", "end", "date_precision", "entry", "place_name", "place_precision")
    }
    problems += [Problem(f"/{name}", "is too long", shown(text), "Shorten it.") for name, text in texts.items() if len(text) > _MAX_TITLE]
    if texts["kind"] and texts["kind"] not in {kind.code for kind in KINDS}:
        problems.append(Problem("/kind", "is no kind of event", shown(texts["kind"]), "Choose one of the list."))
    if texts["place_precision"] and texts["place_precision"] not in PLACE_PRECISIONS:
        problems.append(Problem("/place_precision", "is no precision of a place", shown(texts["place_precision"]), "Choose one of the list."))
    if texts["entry"] and _entry(candidate, texts["entry"]) is None:
        problems.append(Problem("/entry", "is none of the candidates", shown(texts["entry"]), "Choose one of the list."))
    lon, lat, radius_km = (
        _number(given.get(name), name, most, problems) for name, most in (("lon", 180.0), ("lat", 90.0), ("uncertainty_km", _MAX_RADIUS_KM))
    )
    if not problems and len({value is None for value in (lon, lat, radius_km)}) > 1:
        advice = "Give all three, or none of them."
        problems.append(
            Problem("/lon", "A place of your own has a longitude, a latitude and a radius of uncertainty", shown((lon, lat, radius_km)), advice)
        )
    if radius_km is not None and radius_km <= 0:
        problems.append(
            Problem("/uncertainty_km", "must be above 0", shown(radius_km), "Give the radius in which the true place lies, in kilometres.")
        )
    if problems:
        raise InvalidInput(problems)
    own = {name: value for name, value in texts.items() if value and value != _as_read(candidate).get(name)}
    edit = Edit(**own, lon=lon, lat=lat, uncertainty_km=radius_km)
    read_feature(feature_of(candidate, edit), "")  # the store's own rules, while the person is still at the form
    return edit


def feature_of(candidate: Candidate, edit: Edit) -> JSON:
    """The candidate as the feature of an event, with what a person changed in it. What was read stands in `evidence.read`."""
    feature = as_feature(candidate)
    if feature["properties"]["place"] is not None:
        feature["properties"]["place"]["country"] = country_name(feature["properties"]["place"]["country"])
    if edit == Edit():
        return feature
    properties: JSON = feature["properties"]
    names = ("title", "kind", "start", "end", "date_precision", "place", "date_basis", "date_note")
    feature["evidence"]["read"] = {name: properties[name] for name in names} | {"geometry": feature["geometry"]}
    properties |= {name: value for name in ("title", "kind") if (value := getattr(edit, name)) is not None}
    if edit.start or edit.end or edit.date_precision:
        properties |= {name: value for name in ("start", "end", "date_precision") if (value := getattr(edit, name)) is not None}
        read = properties["date_note"]
        properties |= {"date_basis": "editor", "date_note": f"Set by an editor. Read from the text: {read}" if read else "Set by an editor."}
    entry = _entry(candidate, edit.entry) if edit.entry else None
    if entry is not None:
        _place(feature, edit, entry)
    if edit.lon is not None and edit.lat is not None:
        _place_own(feature, candidate, edit)
    elif edit.place_name is not None and properties["place"] is not None:
        properties["place"] = properties["place"] | {"name": edit.place_name}
    return feature


def country_name(code: str | None) -> str | None:
    """The English name of a country by its ISO 3166 code, as the store has it; what is no code stays as it is."""
    return None if code is None else _countries().get(code, code)


@functools.cache
def _countries() -> Mapping[str, str]:
    return {code: row["name"] for code, row in json.loads(sources.package_files()[1].read_text(encoding="utf-8")).items()}


def accepting(
    chosen: Sequence[Proposal],
    *,
    kept: KeptBlog,
    updates: Sequence[BlogUpdate],
    stored: Mapping[str, Update],
    event: Mapping[str, Event],
    taken: frozenset[str],
) -> Accepted:
    """The changes that put these proposals into the store.

    `updates` are those of the reading, `stored` the store's, `event` the events that are told again by their ids, `taken` all ids of features.
    An update that the store holds is used as it stands; one that reads differently now is added beside it, so that each wording stays.
    Raises InvalidInput if an event that is told again is not in the store.
    """
    read = {update.id: update for update in updates}
    names: dict[str, str] = {}
    changes: list[Change] = []
    for id_ in dict.fromkeys(id_ for proposal in chosen for id_ in proposal.candidate.updates):
        record = as_update(read[id_], address=kept.address, source=kept.publisher)
        names[id_], is_there = _free_update_id(record, stored)
        if not is_there:
            changes.append(AddUpdate(record | {"id": names[id_]}))
    events: dict[str, str] = {}
    used = set(taken)
    for proposal in chosen:
        feature = _renamed(feature_of(proposal.candidate, proposal.edit), names)
        if proposal.state == "more":
            told = event.get((proposal.decision.event if proposal.decision else None) or "")
            if told is None:
                raise InvalidInput([Problem("", "The event that this tells again is not in the store", shown(proposal.id), "Read the page again.")])
            changes.append(ChangeEvent(told.id, _told_again(dict(told.feature), feature), version_of(dict(told.feature))))
            events[proposal.id] = told.id
            continue
        feature["id"] = _free_id(feature["id"], used)
        used.add(feature["id"])
        changes.append(AddEvent(feature))
        events[proposal.id] = feature["id"]
    return Accepted(tuple(changes), events)


def _as_read(candidate: Candidate) -> dict[str, Any]:
    dating = candidate.dating
    return {
        "title": candidate.title,
        "kind": candidate.kind,
        "start": str(dating.start),
        "end": str(dating.end),
        "date_precision": dating.precision,
    }


def _entry(candidate: Candidate, id_: str) -> Entry | None:
    return next((one.entry for telling in candidate.tellings for one in telling.placement.candidates if one.entry.id == id_), None)


def _place(feature: JSON, edit: Edit, entry: Entry) -> None:
    placed = entry.position is not None
    feature["geometry"] = {"type": "Point", "coordinates": list(entry.position)} if entry.position is not None else None
    feature["properties"]["place"] = {
        "name": edit.place_name or entry.name,
        "country": country_name(entry.country),
        "precision": edit.place_precision or entry.precision,
        "uncertainty_km": (entry.uncertainty_km or 3.0) if placed else None,
        "basis": "gazetteer",
        "note": f"Chosen by an editor among the places of that name ({entry.id}).",
    }


def _place_own(feature: JSON, candidate: Candidate, edit: Edit) -> None:
    before = feature["properties"]["place"] or {}
    phrase = candidate.placement.phrase
    feature["geometry"] = {"type": "Point", "coordinates": [edit.lon, edit.lat]}
    feature["properties"]["place"] = {
        "name": edit.place_name or before.get("name") or " ".join(phrase.split()) or "Place set by an editor",
        "country": before.get("country"),
        "precision": edit.place_precision or before.get("precision") or "near_town",
        "uncertainty_km": edit.uncertainty_km,
        "basis": "editor",
        "note": f"The source says: “{phrase}”." if phrase else "The source names no place.",
    }


def _free_update_id(record: JSON, stored: Mapping[str, Update]) -> tuple[str, bool]:
    """The id under which the store holds this update in these words, or a free one."""
    words = hashlib.sha256(f"{record['url']}\n{record['text']}".encode()).hexdigest()
    for id_ in (record["id"], f"{record['id']}-{words[:8]}", f"{record['id']}-{words[:32]}"):
        known = stored.get(id_)
        if known is None:
            return id_, False
        if known.text == record["text"] and known.url == record["url"]:
            return id_, True
    raise InvalidInput([Problem("", "The store holds other updates under every id of this one", shown(record["id"]), "Look at the store's updates.")])


def _free_id(id_: str, taken: Iterable[str]) -> str:
    number, free = 1, id_
    while free in taken:
        number += 1
        free = f"{id_}-{number}"
    return free


def _renamed(feature: JSON, names: Mapping[str, str]) -> JSON:
    """The feature with the ids that its updates have in the store. Evidence names the blog's own."""
    properties = feature["properties"]
    properties["updates"] = [names[id_] for id_ in properties["updates"]]
    for member in ("passages", "claims"):
        properties[member] = [one | {"update": names[one["update"]]} for one in properties[member]]
    return feature


def _told_again(known: JSON, feature: JSON) -> JSON:
    """The event of the store with what is new in it; what it says already, its title, date and place, stays as it is."""
    old, new = known["properties"], feature["properties"]
    merged = {member: [*old[member], *(one for one in new[member] if one not in old[member])] for member in ("updates", "passages", "claims")}
    names = {actor["name"].casefold() for actor in old.get("actors", ())}
    merged["actors"] = [*old.get("actors", ()), *(actor for actor in new["actors"] if actor["name"].casefold() not in names)]
    evidence = known.get("evidence")
    tellings = feature["evidence"]["tellings"]
    more = {"evidence": evidence | {"tellings": [*evidence.get("tellings", ()), *tellings]}} if isinstance(evidence, dict) else {}
    return known | {"properties": old | merged} | more


def _number(value: Any, name: str, most: float, problems: list[Problem]) -> float | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if isinstance(value, bool) or not math.isfinite(number) or abs(number) > most:
        problems.append(
            Problem(f"/{name}", f"must be a number from {-most:g} to {most:g}", shown(value), "Give it in decimal degrees, or kilometres.")
        )
        return None
    return number
