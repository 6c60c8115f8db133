"""The store in one GeoJSON file."""

from __future__ import annotations

import hashlib
import stat
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast

from geo.bounded_json import parse_json
from geo.errors import InvalidInput, Problem, StoreError, shown
from geo.fields import pointer
from geo.geojson import SCHEMA, read_feature, read_update
from geo.model import Event, Site, Update
from geo.store.snapshot import Snapshot
from geo.store.stamp import Stamp, now_ns

if TYPE_CHECKING:
    from geo.store.rereading import Reading

RETRACTED = "retracted"
"""The property of a retracted event: `{"at": date-time, "by": name, "why": reason}`."""
MAX_BYTES = 256 * 1024 * 1024


class GeoJSONFileStore:
    """Events in a file of the format of docs/store-format.md. It is read again whenever the file has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._stamp: Stamp | None = None
        self._good: Reading | None = None
        self._served: Snapshot | None = None

    @property
    def name(self) -> str:
        """The file's name, without its folder."""
        return self._path.name

    def snapshot(self) -> Snapshot:
        """The newest state that can be read. The file is only read if it may have changed since the last reading.

        Once one state could be read, it is served for as long as the file is broken or gone, with the fault in `fault`.
        """
        with self._lock:
            try:
                self._refresh()
            except StoreError as error:
                if self._good is None:
                    raise
                self._served = replace(self._good.snapshot, fault=error)
            return cast(Snapshot, self._served)

    def _refresh(self) -> None:
        try:
            stamp = self._stamp_of_file()
            if self._served is not None and self._stamp is not None and stamp == self._stamp and self._stamp.is_settled:
                return
            body = self._read_bytes()
        except StoreError:
            self._stamp = None
            raise
        # Stamped before it was read: a change in between is seen as one at the next call.
        self._stamp = stamp
        if self._good is None or self._good.body != body:
            self._good = self._read_anew(body)
        self._served = self._good.snapshot

    def _read_anew(self, body: bytes) -> Reading:
        from geo.store.rereading import Reading, reread

        again = reread(self._good, body, str(self._path)) if self._good is not None else None
        return again or Reading(read_document(body, where=str(self._path)), body)

    def _stamp_of_file(self) -> Stamp:
        seen_at = now_ns()
        try:
            status = self._path.stat()
        except OSError as error:
            self._fail(error)
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            # Reading a pipe or a device may never end.
            raise StoreError(what="This is no ordinary file", where=str(self._path), advice="Write what it gives to a file, and open that.")
        if status.st_size > MAX_BYTES:
            what = f"The file has {status.st_size:,} bytes; at most {MAX_BYTES:,} are read"
            raise StoreError(what=what, where=str(self._path), advice="Split it into smaller stores.")
        return Stamp.of(status, seen_at)

    def _read_bytes(self) -> bytes:
        try:
            return self._path.read_bytes()
        except OSError as error:
            self._fail(error)

    def _fail(self, error: OSError) -> NoReturn:
        advice = "Check the path, or unset DATELINE_STORE to see the events that come with Dateline."
        if isinstance(error, FileNotFoundError):
            what = "There is no such file"
        elif isinstance(error, IsADirectoryError):
            what = "This is a folder, not a file"
        elif isinstance(error, PermissionError):
            what, advice = "The file may not be read", "Give the person who runs Dateline the right to read it."
        else:
            what = f"The file could not be read: {error.strerror or type(error).__name__}"
        raise StoreError(what=what, where=str(self._path), advice=advice) from error


def read_document(body: bytes, *, where: str) -> Snapshot:
    """Read a whole store.

    A feature or an update that breaks the rules is set aside with its problems and costs only itself. Raises StoreError, naming `where`, if
    the document as a whole cannot be read.
    """
    document = parse_document(body, where)
    set_aside: list[Problem] = []
    doubts: list[Problem] = []
    about = read_about(document, where, doubts)
    # Newest day first, whatever was added where; within a day as the file has them, since a heading may give no time.
    told = sorted(_each_update(document, set_aside), key=lambda update: update.published.at.date(), reverse=True)
    updates = {update.id: update for update in told}
    lost = len(_records(set_aside))
    features = dict(_each_feature(document["features"], set_aside))
    events = sorted((one for one in features.values() if isinstance(one, Event)), key=time_order)
    for where, feature in features.items():
        doubts += broken_references(feature, where, updates)
        doubts += odd_retraction(feature, where)
    digest = hashlib.sha256(body).hexdigest()
    return Snapshot(
        revision=digest[:16],
        sha256=digest,
        events=tuple(event for event in events if not is_retracted(event.feature)),
        sites=tuple(feature for feature in features.values() if isinstance(feature, Site)),
        updates=updates,
        set_aside=tuple(set_aside),
        doubts=tuple(doubts),
        left_out=lost + len(document["features"]) - len(features),
        about=about,
        retracted=tuple(event for event in events if is_retracted(event.feature)),
    )


def time_order(event: Event) -> tuple[datetime, datetime, str]:
    """The order of `Snapshot.events`, as a key to sort by."""
    return event.first, event.after, event.id


def is_retracted(feature: Mapping[str, Any]) -> bool:
    """Whether the feature of an event says that the event no longer counts."""
    return feature["properties"].get(RETRACTED) is not None


def odd_retraction(feature: Event | Site, where: str) -> Iterator[Problem]:
    """A retraction that does not say what it should."""
    value = feature.feature["properties"].get(RETRACTED)
    if value is None:
        return
    at = f"{where}/properties/{RETRACTED}"
    if isinstance(feature, Site):
        yield Problem(at, "is given, but a site cannot be retracted", shown(value), "Leave it out, or take the site out.")
    elif not isinstance(value, dict) or not all(isinstance(value.get(key), str) and value[key].strip() for key in ("at", "by", "why")):
        yield Problem(at, "does not say when, by whom and why", shown(value), 'Write {"at": time, "by": name, "why": reason}.')


def _records(problems: list[Problem]) -> set[str]:
    """The records (`/features/3`, `/updates/0`) that problems are about."""
    return {"/".join(problem.pointer.split("/")[:3]) for problem in problems}


def parse_document(body: bytes, where: str) -> dict[str, Any]:
    """The JSON of a whole store. Raises StoreError, naming `where`, if it is none, or no FeatureCollection."""

    def fail(what: str, advice: str) -> NoReturn:
        raise StoreError(what=what, where=where, advice=advice)

    try:
        document = parse_json(body, max_bytes=MAX_BYTES)
    except InvalidInput as error:
        (problem,) = error.problems
        fail(problem.message, problem.advice)
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        found = document.get("type") if isinstance(document, dict) else document
        fail(f"/type: not a GeoJSON FeatureCollection (got {shown(found)})", 'Give a file with "type": "FeatureCollection".')
    if not isinstance(document.get("features"), list):
        fail(f"/features: must be an array (got {shown(document.get('features'))})", "Put the features in an array.")
    return document


def read_about(document: dict[str, Any], where: str, doubts: list[Problem]) -> dict[str, Any]:
    """The `dateline` member. Raises StoreError if the store is of a newer schema."""
    about = document.get("dateline")
    if not isinstance(about, dict):
        advice = f'Add "dateline": {{"schema": {SCHEMA}}}; docs/store-format.md has the rest.'
        doubts.append(Problem("/dateline", "is missing, so this may not be a store of Dateline's", "", advice))
        return {}
    schema = about.get("schema")
    if isinstance(schema, int) and not isinstance(schema, bool) and schema > SCHEMA:
        what = f"/dateline/schema: the store has schema {schema}; this Dateline reads {SCHEMA}"
        raise StoreError(what=what, where=where, advice="Use a newer Dateline.")
    if schema != SCHEMA or isinstance(schema, bool):
        doubts.append(Problem("/dateline/schema", "is not a known schema", shown(schema), f"Write {SCHEMA}."))
    return about


def _each_update(document: dict[str, Any], set_aside: list[Problem]) -> Iterator[Update]:
    values = document.get("updates", [])
    if not isinstance(values, list):
        set_aside.append(Problem("/updates", "must be an array", shown(values), "Put the updates in an array."))
        return
    seen: set[str] = set()
    for index, value in enumerate(values):
        where = pointer("/updates", index)
        try:
            update = read_update(value, where)
        except InvalidInput as error:
            set_aside.extend(error.problems)
            continue
        if _is_new(update.id, seen, where, set_aside):
            yield update


def _each_feature(values: list[Any], set_aside: list[Problem]) -> Iterator[tuple[str, Event | Site]]:
    seen: set[str] = set()
    for index, value in enumerate(values):
        where = pointer("/features", index)
        try:
            feature = read_feature(value, where)
        except InvalidInput as error:
            set_aside.extend(error.problems)
            continue
        if _is_new(feature.id, seen, where, set_aside):
            yield where, feature


def _is_new(id_: str, seen: set[str], where: str, set_aside: list[Problem]) -> bool:
    if id_ in seen:
        set_aside.append(Problem(pointer(where, "id"), "stands twice in the store", shown(id_), "Give one of the two another id."))
        return False
    seen.add(id_)
    return True


def broken_references(feature: Event | Site, where: str, updates: Mapping[str, Update]) -> Iterator[Problem]:
    """Citations of updates that are not there, or of words that an update does not hold."""
    properties = pointer(where, "properties")
    for number, id_ in enumerate(feature.updates):
        if id_ not in updates:
            yield _no_update(f"{properties}/updates/{number}", id_)
    yield from _broken_citations(feature, properties, updates)


def _broken_citations(feature: Event | Site, properties: str, updates: Mapping[str, Update]) -> Iterator[Problem]:
    if isinstance(feature, Site):
        rings = ((f"{properties}/rings/{number}/update", ring.update) for number, ring in enumerate(feature.rings) if ring.update)
        yield from (_no_update(where, id_) for where, id_ in rings if id_ not in updates)
        return
    for number, claim in enumerate(feature.claims):
        if claim.update not in feature.updates:
            advice = "Name one of the event's updates."
            yield Problem(f"{properties}/claims/{number}/update", "is none of the event's updates", shown(claim.update), advice)
    yield from _broken_order(feature, properties, updates)
    for number, passage in enumerate(feature.passages):
        if passage.update not in feature.updates:
            advice = "Name one of the event's updates."
            yield Problem(f"{properties}/passages/{number}/update", "is none of the event's updates", shown(passage.update), advice)
        told = updates.get(passage.update)
        if told is None or passage.exact not in told.text:
            advice = "Copy the words from the update's text, to the letter."
            yield Problem(f"{properties}/passages/{number}/exact", "does not stand in the update's text", shown(passage.exact), advice)


def _broken_order(event: Event, properties: str, updates: Mapping[str, Update]) -> Iterator[Problem]:
    """Updates that are not oldest first, and a date of reporting that is not that of the oldest. A day and a minute of it are in no order."""
    told = [updates[id_].published for id_ in event.updates if id_ in updates]
    if len(told) < len(event.updates):
        return
    if any(later.after <= earlier.at for earlier, later in pairwise(told)):
        yield Problem(f"{properties}/updates", "do not stand oldest first", shown(list(event.updates)), "Sort them by when they were published.")
    oldest = [moment for moment in told if all(moment.at < other.after for other in told)]
    if event.reported not in oldest:
        advice = f"Write {' or '.join(sorted({str(moment) for moment in oldest}))}."
        yield Problem(f"{properties}/reported", "is not when its oldest update was published", shown(str(event.reported)), advice)


def _no_update(where: str, id_: str) -> Problem:
    return Problem(where, "names an update that is not in the store", shown(id_), "Add the update, or leave the id out.")
