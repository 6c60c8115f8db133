"""The raw document of a store in one GeoJSON file: where each record lies in its bytes, and how records are changed in place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from geo.bounded_json import MAX_NESTING, finite, no_constant, no_duplicates, too_deep
from geo.errors import StoreError
from geo.store.geojson_file import parse_document, read_about
from geo.store.json_text import Style, skipped, style_of

MEMBERS = ("features", "updates")
Places = dict[str, tuple[int, ...]]
_BOM = b"\xef\xbb\xbf"
_DECODER = json.JSONDecoder(object_pairs_hook=no_duplicates, parse_constant=no_constant, parse_float=finite)


@dataclass(frozen=True, slots=True)
class Items:
    """An array of the document: the offset after its bracket, that of its closing bracket, and those of its items, in bytes; the items' ids."""

    open: int
    close: int
    starts: list[int]
    ends: list[int]
    ids: list[Any]


@dataclass(frozen=True, slots=True)
class Splice:
    """The bytes from `start` to `end` become `new`."""

    start: int
    end: int
    new: bytes


@dataclass(frozen=True)
class Document:
    """The bytes of a store, and where its records lie in them.

    `index` says where the records of an id stand, by member; `others` are the other members; `end` is the offset of the brace that closes all.
    """

    body: bytes
    arrays: dict[str, Items]
    index: dict[str, Places]
    others: dict[str, Any]
    end: int
    where: str

    @cached_property
    def sha256(self) -> str:
        """In hex, of the bytes."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def revision(self) -> str:
        """The name of this state, as `Snapshot.revision` has it."""
        return self.sha256[:16]

    def text(self, member: str, at: int) -> str:
        """One record as it is written."""
        items = self.arrays[member]
        return self.body[items.starts[at] : items.ends[at]].decode()

    def value(self, member: str, at: int) -> Any:
        """One record, read."""
        return _DECODER.decode(self.text(member, at))

    def values(self, member: str) -> Iterator[Any]:
        """All records of an array, in their order."""
        return (self.value(member, at) for at in range(len(self.arrays[member].ids))) if member in self.arrays else iter(())

    def gap(self, member: str, at: int) -> str:
        """The white space before a record."""
        items = self.arrays[member]
        before = self.body[items.ends[at - 1] if at else items.open : items.starts[at]].decode()
        return before[before.find(",") + 1 :] if at else before

    def style(self, member: str) -> tuple[Style, str]:
        """How a new record is laid out, and the white space before it: as the last one is, or as the document is where there is none."""
        items = self.arrays.get(member)
        if items and items.ids:
            last = len(items.ids) - 1
            return style_of(self.text(member, last), self.gap(member, last)), self.gap(member, last)
        other = next((name for name in MEMBERS if name in self.arrays and self.arrays[name].ids), None)
        if other:
            return self.style(other)
        start = self.body.find(b"{") + 1
        head = self.body[start : start + 200].decode(errors="replace")
        opening = head[: skipped(head, 0)]
        if "\n" not in opening:
            return Style(), ""
        indent = opening[opening.rfind("\n") + 1 :]
        return Style(indent), opening + indent


def spliced(body: bytes, splices: list[Splice]) -> bytes:
    """`body` with splices made, which are in ascending order and do not overlap."""
    pieces: list[bytes | memoryview] = []
    view, at = memoryview(body), 0
    for one in splices:
        pieces += [view[at : one.start], one.new]
        at = one.end
    return b"".join([*pieces, view[at:]])


def split(body: bytes, where: str) -> Document:
    """Find the records of a store's bytes. Raises StoreError, naming `where`, for everything that `read_document` refuses."""
    try:
        return _Scan(body, where).document()
    except (ValueError, RecursionError, IndexError):
        parse_document(body, where)  # which says it in words
        raise StoreError(what="The file cannot be taken apart", where=where, advice="Mend the file, or restore a backup.") from None


def places_of(ids: list[Any]) -> Places:
    """Where each id stands in an array; what is no text is no id."""
    places: Places = {}
    for at, id_ in enumerate(ids):
        if isinstance(id_, str):
            places[id_] = (*places[id_], at) if id_ in places else (at,)
    return places


class _Scan:
    """One pass over the members of a document."""

    def __init__(self, body: bytes, where: str) -> None:
        self.body, self.where = body, where
        self.text = body.decode("utf-8-sig")
        self.offset = len(_BOM) if body.startswith(_BOM) else 0
        self.is_ascii = self.text.isascii()
        self.counted = 0  # characters whose bytes are in `offset` already
        self.arrays: dict[str, Items] = {}
        self.others: dict[str, Any] = {}

    def document(self) -> Document:
        at = self._expect("{", skipped(self.text, 0))
        at = skipped(self.text, at)
        while self.text[at] != "}":
            key, at = _DECODER.raw_decode(self.text, at)
            at = self._expect(":", skipped(self.text, at))
            at = self._member(key, skipped(self.text, at))
            if self.text[at := skipped(self.text, at)] == ",":
                at = skipped(self.text, at + 1)
                if self.text[at] != '"':
                    raise ValueError("a comma before a brace")
            elif self.text[at] != "}":
                raise ValueError("no comma")
        end = self._byte(at)
        if skipped(self.text, at + 1) != len(self.text):
            raise ValueError("text after the document")
        if self.others.get("type") != "FeatureCollection" or "features" not in self.arrays:
            raise ValueError("no FeatureCollection")
        if too_deep(self.others):
            raise RecursionError
        read_about(self.others, self.where, [])
        index = {member: places_of(self.arrays[member].ids if member in self.arrays else []) for member in MEMBERS}
        return Document(self.body, self.arrays, index, self.others, end, self.where)

    def _member(self, key: Any, at: int) -> int:
        if not isinstance(key, str) or key in self.others or key in self.arrays:
            raise ValueError("a name that is none, or stands twice")
        if key in MEMBERS and self.text[at] == "[":
            self.arrays[key], at = self._items(at)
        else:
            self.others[key], at = _DECODER.raw_decode(self.text, at)
        return at

    def _items(self, at: int) -> tuple[Items, int]:
        text, decode = self.text, _DECODER.raw_decode
        opened = self._byte(at + 1)
        starts: list[int] = []
        ends: list[int] = []
        ids: list[Any] = []
        at = skipped(text, at + 1)
        while text[at] != "]":
            value, end = decode(text, at)
            # A text of so few brackets cannot be nested too deeply, so most are not walked.
            if text.count("{", at, end) + text.count("[", at, end) >= MAX_NESTING - 2 and too_deep([[value]]):
                raise RecursionError
            starts.append(self._byte(at))
            ends.append(self._byte(end))
            ids.append(value.get("id") if isinstance(value, dict) else None)
            at = skipped(text, end)
            if text[at] == ",":
                at = skipped(text, at + 1)
                if text[at] == "]":
                    raise ValueError("a comma before a bracket")
            elif text[at] != "]":
                raise ValueError("no comma")
        return Items(opened, self._byte(at), starts, ends, ids), at + 1

    def _byte(self, at: int) -> int:
        """The offset in bytes of a character; asked for in ascending order."""
        if self.is_ascii:
            return self.offset + at
        self.offset += len(self.text[self.counted : at].encode())
        self.counted = at
        return self.offset

    def _expect(self, mark: str, at: int) -> int:
        if self.text[at] != mark:
            raise ValueError(f"no {mark}")
        return at + 1
