"""The bytes of a whole store, made of records that are at hand, and what reading them again would find."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.bounded_json import MAX_NESTING, too_deep
from geo.store.document import MEMBERS, Document, Items, places_of, split
from geo.store.history import Changed
from geo.store.revisions import noun_of

Record = Mapping[str, Any]
_encoded = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


@dataclass(frozen=True)
class Assembled:
    """A document, and the changes that make it where there was no file: what `split` and `differences` would find in its bytes."""

    document: Document
    changes: tuple[Changed, ...]


def document_chunks(members: Mapping[str, Any], updates: Iterable[Record], features: Iterable[Record]) -> Iterator[bytes]:
    """The bytes of a store: its other members first, then its records, one a line."""
    opening = "{\n"
    for name, value in members.items():
        yield opening.encode() + _json(name) + b": " + _json(value)
        opening = ",\n"
    for name, records in (("updates", updates), ("features", features)):
        yield opening.encode() + _json(name) + b": ["
        opening = ",\n"
        for number, record in enumerate(records):
            yield (b",\n" if number else b"\n") + _json(record)
        yield b"\n]"
    yield b"\n}\n"


def assembled(members: Mapping[str, Any], updates: Sequence[Record], features: Sequence[Record], *, where: str) -> Assembled:
    """The same bytes, which are not read again: where each record lies in them is noted as it is written, and what it says is at hand.

    Raises StoreError, naming `where`, for whatever `split` refuses: the other members are read again, and so is all if a record is too deep.
    """
    empty = split(b"".join(document_chunks(members, (), ())), where)
    pieces: list[bytes] = []
    arrays: dict[str, Items] = {}
    at = end = 0
    is_deep = False
    for member, records in (("updates", updates), ("features", features)):
        place = empty.arrays[member]
        pieces.append(empty.body[end : place.open])
        at += place.open - end
        end = place.open
        items = arrays[member] = Items(at, 0, [], [], [record.get("id") for record in records])
        for number, record in enumerate(records):
            text = _json(record)
            # As where it is read: a text of so few brackets cannot be nested too deeply.
            is_deep = is_deep or (text.count(b"{") + text.count(b"[") >= MAX_NESTING - 2 and too_deep([[record]]))
            pieces += (b",\n" if number else b"\n", text)
            items.starts.append(at + len(pieces[-2]))
            at = items.starts[-1] + len(text)
            items.ends.append(at)
        arrays[member] = Items(items.open, at + place.close - end, items.starts, items.ends, items.ids)
    body = b"".join([*pieces, empty.body[end:]])
    if is_deep:
        split(body, where)
    index = {member: places_of(arrays[member].ids) for member in MEMBERS}
    document = Document(body, arrays, index, empty.others, at + empty.end - end, where)
    return Assembled(document, tuple(_additions({"updates": updates, "features": features}, document)))


def _additions(records: Mapping[str, Sequence[Record]], document: Document) -> Iterator[Changed]:
    for member in MEMBERS:
        for id_, places in document.index[member].items():
            record = records[member][places[0]]
            yield Changed(member, id_, f"add {noun_of(member, record)}", None, record)


def _json(value: Any) -> bytes:
    try:
        return _encoded(value).encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can only write as an escape
        return json.dumps(value, allow_nan=False).encode()
