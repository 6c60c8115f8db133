"""Earlier states of a store, byte for byte, and what differs between two of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.errors import StoreError, shown
from geo.store.document import MEMBERS, Document, Splice, spliced
from geo.store.history import Changed, Entry, unpacked
from geo.store.json_text import differing_middle, same, version_of

_LEAST_PREFIX = 4


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record that differs: its JSON pointer in the record, and both values. `MISSING` stands where there is none."""

    pointer: str
    before: Any
    after: Any


class _Missing:
    def __repr__(self) -> str:
        return "nothing"


MISSING = _Missing()


def find(entries: Sequence[Entry], revision: str) -> Entry:
    """The newest entry that led to a revision, which may be given by its first digits. Raises StoreError if there is none, or more than one."""
    given = revision.strip().lower()
    found = [entry for entry in entries if given and entry.after is not None and entry.after.startswith(given)]
    if len({entry.after for entry in found}) > 1:
        names = ", ".join(sorted({str(entry.revision) for entry in found})[:5])
        raise StoreError(what=f"The revision {shown(revision)} may be one of several: {names}", where="history", advice="Give more of its digits.")
    if not found or len(given) < _LEAST_PREFIX:
        advice = f"`python -m geo log` lists them. Give at least {_LEAST_PREFIX} digits."
        raise StoreError(what=f"There is no revision {shown(revision)} in the history", where="history", advice=advice)
    return found[-1]


def body_after(entries: Sequence[Entry], number: int) -> bytes:
    """The bytes of the store after the entry of that number. Raises StoreError if the history does not lead there any more, or there was no file."""
    at = next((index for index, entry in enumerate(entries) if entry.number == number), None)
    if at is None:
        raise _broken(number, "there is no such entry")
    wanted = entries[at].after
    if wanted is None:
        raise StoreError(what="There was no file at that moment", where="history", advice="Choose another revision.")
    start = next((index for index in range(at, -1, -1) if entries[index].checkpoint is not None), None)
    if start is None:
        raise _broken(number, "the entry that holds the whole file is missing")
    try:
        body = unpacked(entries[start].checkpoint or "")
    except ValueError as error:
        raise _broken(number, str(error)) from error
    for entry in entries[start + 1 : at + 1]:
        body = patched(body, entry)
    if hashlib.sha256(body).hexdigest() != wanted:
        raise _broken(number, "the bytes found are not those that were written")
    return body


def patched(body: bytes, entry: Entry) -> bytes:
    """The bytes after an entry, from those before it. Raises StoreError if they do not fit."""
    splices = []
    for at, old, new in entry.patch or ():
        before = old.encode()
        if body[at : at + len(before)] != before:
            raise _broken(entry.number, "its patch does not fit")
        splices.append(Splice(at, at + len(before), new.encode()))
    return spliced(body, splices)


def patch_of(body: bytes, splices: Sequence[Splice]) -> tuple[tuple[int, str, str], ...] | None:
    """Splices as the history keeps them: without what is the same at both ends. None if the bytes are no UTF-8."""
    pieces = []
    try:
        for one in splices:
            old, new = body[one.start : one.end].decode(), one.new.decode()
            head, old_end, new_end = differing_middle(old, new)
            if old[head:old_end] or new[head:new_end]:
                pieces.append((one.start + len(old[:head].encode()), old[head:old_end], new[head:new_end]))
    except UnicodeDecodeError:
        return None
    return tuple(pieces)


def inverse(patch: Sequence[tuple[int, str, str]]) -> tuple[tuple[int, str, str], ...]:
    """The patch that leads back."""
    back, shift = [], 0
    for at, old, new in patch:
        back.append((at + shift, new, old))
        shift += len(new.encode()) - len(old.encode())
    return tuple(back)


def differences(before: Document | None, after: Document | None) -> tuple[Changed, ...]:
    """The records that differ between two documents, None standing for no file or one that cannot be read. Of equal ids the first counts."""
    changes = []
    for member in MEMBERS:
        old, new = _texts(before, member), _texts(after, member)
        for id_ in dict.fromkeys([*old, *new]):
            if old.get(id_, ("", None))[0] == new.get(id_, ("", None))[0]:
                continue
            was, now = (_value(before, member, old.get(id_)), _value(after, member, new.get(id_)))
            if not same(was, now):
                verb = "add" if was is None else "remove" if now is None else "change"
                changes.append(Changed(member, id_, f"{verb} {noun_of(member, now or was)}", was, now))
    return tuple(changes)


def others_differ(before: Document | None, after: Document | None) -> bool:
    """Whether two documents differ in anything but the records that `differences` compares: other members, the order, records without a proper id."""
    if before is None or after is None:
        return True
    return not same(before.others, after.others) or any(_rest(before, after, member) != _rest(after, before, member) for member in MEMBERS)


def _rest(document: Document, other: Document, member: str) -> list[Any]:
    """The order of the records that both have, with the texts of those that no id leads to."""
    index, common = document.index[member], other.index[member].keys()
    first = {places[0]: id_ for id_, places in index.items()}
    count = len(document.arrays[member].ids) if member in document.arrays else 0
    found = ((first.get(at), at) for at in range(count))
    return [version_of(document.value(member, at)) if id_ is None else id_ for id_, at in found if id_ is None or id_ in common]


def _texts(document: Document | None, member: str) -> dict[str, tuple[str, int]]:
    if document is None:
        return {}
    return {id_: (document.text(member, places[0]), places[0]) for id_, places in document.index[member].items()}


def _value(document: Document | None, member: str, found: tuple[str, int] | None) -> dict[str, Any] | None:
    value = document.value(member, found[1]) if document is not None and found is not None else None
    return value if isinstance(value, dict) else None


def noun_of(member: str, value: Mapping[str, Any] | None) -> str:
    """What a record of a member is called in the history: `event`, `site`, `feature`, `update`."""
    if member == "updates":
        return "update"
    properties = (value or {}).get("properties")
    record = properties.get("record") if isinstance(properties, dict) else None
    return record if record in ("event", "site") else "feature"


def field_changes(before: Any, after: Any, pointer: str = "") -> Iterator[FieldChange]:
    """The fields of a record that differ; objects are compared member by member, arrays of equal length item by item."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*before, *after]):
            inside = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
            yield from field_changes(before.get(key, MISSING), after.get(key, MISSING), inside)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from field_changes(old, new, f"{pointer}/{index}")
    elif before is MISSING or after is MISSING or not same(before, after):
        yield FieldChange(pointer, before, after)


def _broken(number: int, why: str) -> StoreError:
    return StoreError(what=f"Entry {number} of the history leads nowhere: {why}", where="history", advice="Restore a backup of the history.")
