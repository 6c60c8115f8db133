"""Adding records to a store: what is there stays as it is, and an id that is taken is told, never overwritten."""

from __future__ import annotations

import heapq
import json
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from geo.errors import InvalidInput, Problem, StoreError, shown
from geo.geojson import SCHEMA, as_feature, as_update, read_update
from geo.model import Event, Site, Update
from geo.store.atomic import replace_file
from geo.store.geojson_file import MAX_BYTES, parse_document

JSON = dict[str, Any]
_READABLE = 4 * 1024 * 1024  # bytes of a file that somebody may read


@dataclass(frozen=True)
class Added:
    """What was added.

    `same` counts records that the store had already, to the letter. `refused` says what was not added and why, each with a pointer into what was
    given: `/events/0`, `/updates/2`, `/sites/1`.
    """

    events: int
    updates: int
    sites: int
    same: int
    refused: tuple[Problem, ...]
    created: bool


@dataclass(frozen=True)
class Given:
    """What is to be added; `about` counts only for a store that is not there yet."""

    events: Iterable[Event]
    updates: Iterable[Update]
    sites: Iterable[Site]
    about: Mapping[str, Any] | None


def add_records(
    path: Path, *, events: Iterable[Event], updates: Iterable[Update], sites: Iterable[Site] = (), about: Mapping[str, Any] | None = None
) -> Added:
    """Add records to the store at `path`, which is made if it is not there, with `about` as its `dateline` member.

    A record whose id is taken is left out: counted if it is the same record, else told in `refused`. So is one that cites an update which would not
    be in the store, or not as it was given. Nothing is written if nothing is added, unless the store is new. The suffix says what kind of store it
    is. Not locked and not recorded: `StoreWriter.add_records` is the way into a store that others may write, or that has a history. Raises
    StoreError; then nothing was changed.
    """
    adder = ADDERS.get(path.suffix.casefold())
    if adder is None:
        what = f"No kind of store has the suffix {shown(path.suffix)}"
        raise StoreError(what=what, where=str(path), advice=f"Give a file that ends in {' or '.join(ADDERS)}.")
    return adder(path, Given(events, updates, sites, about))


def raw_document(body: bytes, *, where: str) -> JSON:
    """The JSON of a FeatureCollection, checked as a whole but not record by record. Raises StoreError, naming `where`."""
    return parse_document(body, where)


def _add_to_geojson(path: Path, given: Given) -> Added:
    target = path.resolve()  # a link stays a link
    try:
        body = _read(target)
    except OSError as error:
        what = f"The file could not be read: {error.strerror or type(error).__name__}"
        raise StoreError(what=what, where=str(path), advice="Check the path, and the right to read it.") from error
    added, chunks = with_records(body, given, where=str(path))
    if chunks is not None:
        replace_file(target, chunks)
    return added


def with_records(body: bytes | None, given: Given, *, where: str) -> tuple[Added, Iterator[bytes] | None]:
    """What adding records to a store of these bytes comes to, and its new bytes; no bytes if nothing is added to a store that is there.

    `body` is None for a store that is to be made. Raises StoreError, naming `where`, also while the bytes are taken.
    """
    document = _new_document(given.about) if body is None else _own_document(body, where)
    added = replace(_merge(document, given), created=body is None)
    if body is None or added.events or added.updates or added.sites:
        return added, _bounded(_chunks(document, indented=body is not None and _is_indented(body)), where)
    return added, None


ADDERS: dict[str, Callable[[Path, Given], Added]] = {".geojson": _add_to_geojson, ".json": _add_to_geojson}
"""What adds to a store, by its suffix in small letters: another kind of store joins here."""


def _read(path: Path) -> bytes | None:
    """The file's bytes; None if there is no file."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise StoreError(what="This is no ordinary file", where=str(path), advice="Give a file, or a name that is free.")
    if status.st_size > MAX_BYTES:
        raise _too_large(str(path))
    return path.read_bytes()


def _new_document(about: Mapping[str, Any] | None) -> JSON:
    return {"type": "FeatureCollection", "dateline": {**(about or {}), "schema": SCHEMA}, "updates": [], "features": []}


def _own_document(body: bytes, where: str) -> JSON:
    document = raw_document(body, where=where)
    about = document.get("dateline")
    schema = about.get("schema") if isinstance(about, dict) else None
    if isinstance(schema, bool) or schema != SCHEMA:
        what = f"/dateline/schema: this is no store of Dateline's that can be added to (got {shown(schema)})"
        raise StoreError(what=what, where=where, advice=f'Give a store with "dateline": {{"schema": {SCHEMA}}}, or a name that is free.')
    if not isinstance(document.setdefault("updates", []), list):
        raise StoreError(what="/updates: must be an array", where=where, advice="Mend the store first; `python -m geo validate` says what is wrong.")
    return document


def _merge(document: JSON, given: Given) -> Added:
    """Add to the document what can be."""
    refused: list[Problem] = []
    updates, same_updates, good = _add_updates(document, given.updates, refused)
    features = {raw["id"]: raw for raw in document["features"] if isinstance(raw, dict) and isinstance(raw.get("id"), str)}
    records: tuple[tuple[str, Iterable[Event | Site]], ...] = (("/events", given.events), ("/sites", given.sites))
    counts, same = [], same_updates
    for base, several in records:
        fresh: list[JSON] = []
        for number, record in enumerate(several):
            where = f"{base}/{number}"
            if lost := _lost_update(record, good):
                advice = "Add that update under an id that is free, and cite it."
                refused.append(Problem(where, f"{shown(record.id)} cites an update that is not in the store as it was given", shown(lost), advice))
                continue
            raw = as_feature(record) if isinstance(record, Event) else _site_feature(record)
            verdict = _judge(where, raw, features, refused)
            same += verdict == "same"
            if verdict == "new":
                fresh.append(raw)
        document["features"] += fresh
        counts.append(len(fresh))
    return Added(counts[0], updates, counts[1], same, tuple(refused), created=False)


def _add_updates(document: JSON, updates: Iterable[Update], refused: list[Problem]) -> tuple[int, int, set[str]]:
    """How many were added, how many were there, and the ids that records may cite: all but those that the store has otherwise than given."""
    there = {raw["id"]: raw for raw in document["updates"] if isinstance(raw, dict) and isinstance(raw.get("id"), str)}
    good, same = set(there), 0
    fresh: list[JSON] = []
    for number, update in enumerate(updates):
        raw = as_update(update)
        verdict = _judge(f"/updates/{number}", raw, there, refused)
        same += verdict == "same"
        if verdict == "new":
            fresh.append(raw)
            good.add(update.id)
        elif verdict == "taken":
            good.discard(update.id)
    document["updates"] = _newest_first(document["updates"], fresh)
    return len(fresh), same, good


def _site_feature(site: Site) -> JSON:
    """The site as it was read, or, if it was made here, in the order of docs/store-format.md."""
    if site.feature:
        return dict(site.feature)
    members = {"record": "site", "name": site.name, "note": site.note, "updates": list(site.updates), "rings": [asdict(ring) for ring in site.rings]}
    geometry = {"type": "Point", "coordinates": list(site.position)}
    return {"type": "Feature", "id": site.id, "geometry": geometry, "properties": members}


def _judge(where: str, raw: JSON, there: dict[str, JSON], refused: list[Problem]) -> str:
    """Whether a record is "new" (then it counts as there from now on), the "same" as one that is there, or its id is "taken"."""
    id_ = raw["id"]
    if id_ not in there:
        there[id_] = raw
        return "new"
    if there[id_] == raw:
        return "same"
    advice = "The store's own was left as it is. Change it there, or give this one another id."
    refused.append(Problem(where, "the store has another record of this id", shown(id_), advice))
    return "taken"


def _lost_update(record: Event | Site, good: set[str]) -> str | None:
    cited = set(record.updates)
    cited |= {claim.update for claim in record.claims} if isinstance(record, Event) else {ring.update for ring in record.rings if ring.update}
    return next(iter(sorted(cited - good)), None)


def _newest_first(there: list[Any], fresh: list[JSON]) -> list[Any]:
    """Both together: newest first if the store's are, as a live blog prints them; else the new ones come last."""
    dated = [(_published(raw), raw) for raw in there]
    new = sorted(((_published(raw), raw) for raw in fresh), key=lambda pair: pair[0], reverse=True)
    is_sorted = all(later <= earlier for (earlier, _), (later, _) in pairwise(dated)) and all(moment for moment, _ in dated)
    pairs = heapq.merge(dated, new, key=lambda pair: pair[0], reverse=True) if is_sorted else [*dated, *new]
    return [raw for _, raw in pairs]


def _published(raw: Any) -> str:
    """When an update was published, as text that sorts as time does; "" if it does not say."""
    try:
        return str(read_update(raw, "").published.at)
    except InvalidInput:
        return ""


def _is_indented(body: bytes) -> bool:
    """Whether a file that people read and compare is laid out with two blanks a level: then it stays so."""
    if len(body) > _READABLE:
        return False
    return body == _indented(json.loads(body))


def _indented(document: JSON) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8", "surrogatepass") + b"\n"


def _chunks(document: JSON, *, indented: bool) -> Iterator[bytes]:
    """The document's bytes, members in their order: laid out as it was, or one record on a line."""
    if indented:
        yield _indented(document)
        return
    opening = b"{\n"
    for name, value in document.items():
        yield opening + _encoded(name) + b": "
        opening = b",\n"
        if name in ("updates", "features") and value:
            yield b"[\n" + _encoded(value[0])
            for record in value[1:]:
                yield b",\n" + _encoded(record)
            yield b"\n]"
        else:
            yield _encoded(value)
    yield b"\n}\n"


def _encoded(value: Any) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can only write as an escape
        return json.dumps(value, allow_nan=False).encode()


def _bounded(chunks: Iterable[bytes], where: str) -> Iterator[bytes]:
    written = 0
    for chunk in chunks:
        written += len(chunk)
        if written > MAX_BYTES:
            raise _too_large(where)
        yield chunk


def _too_large(where: str) -> StoreError:
    what = f"The store would have more than {MAX_BYTES:,} bytes, and could not be opened"
    return StoreError(what=what, where=where, advice="Split what you add into several stores, by country or by year.")
