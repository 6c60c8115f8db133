"""Changes to a store's document, gathered until they are known to be right, then made at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from geo.store.document import MEMBERS, Document, Items, Splice, spliced, split
from geo.store.json_text import Style, rewritten, style_of

_MANY = 100  # splices beyond which it is cheaper to read the document again than to count how far everything moves
_MANY_NEW = 1_000  # records beyond which nobody reads them as text: each then has one line, whatever the layout of the others


class Draft:
    """Changes to a document, gathered until they are all known to be right."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._changed: dict[tuple[str, int], Any] = {}
        self._removed: set[tuple[str, int]] = set()
        self._added: dict[str, dict[str, Any]] = {member: {} for member in MEMBERS}
        self._laid_out: dict[str, tuple[str, list[str]]] = {}

    def places(self, member: str, id_: str) -> list[int]:
        """Where records of that id stand in the document."""
        return [at for at in self.document.index[member].get(id_, []) if (member, at) not in self._removed]

    def value(self, member: str, at: int) -> Any:
        """The record at a place of the document, as it will be."""
        return self._changed[member, at] if (member, at) in self._changed else self.document.value(member, at)

    def added(self, member: str, id_: str) -> Any:
        """The record that was added under this id, or None."""
        return self._added[member].get(id_)

    def change(self, member: str, at: int, value: Any) -> None:
        """Put another value in the place of a record, of the same id."""
        self._changed[member, at] = value

    def remove(self, member: str, at: int) -> None:
        """Take a record out."""
        self._removed.add((member, at))
        self._changed.pop((member, at), None)

    def add(self, member: str, id_: str, value: Any) -> None:
        """Put a record behind the last one, or another value in place of one that was added."""
        self._added[member][id_] = value
        self._laid_out.pop(member, None)

    def take_back(self, member: str, id_: str) -> None:
        """Forget a record that was added."""
        del self._added[member][id_]
        self._laid_out.pop(member, None)

    def finish(self) -> tuple[Document, list[Splice]]:
        """The document with all changes, and how its bytes come from those of the one before. Raises UnicodeEncodeError, ValueError."""
        document = self.document
        splices = [splice for member in MEMBERS for splice in self._splices(member)]
        splices.sort(key=lambda splice: splice.start)
        body = spliced(document.body, splices)
        if self._removed or len(splices) > _MANY or any(self._added[member] and member not in document.arrays for member in MEMBERS):
            return split(body, document.where), splices
        return self._moved(body, splices), splices

    def _splices(self, member: str) -> Iterator[Splice]:
        document, new = self.document, self._added[member]
        items = document.arrays.get(member)
        if items is None:
            if new:
                yield self._new_array(member)
            return
        if any(name == member for name, _ in self._removed):
            yield self._rebuilt(member, items)
            return
        for (name, at), value in self._changed.items():
            if name == member:
                yield Splice(items.starts[at], items.ends[at], self._text(member, at, value).encode())
        if new:
            gap, texts = self._new_texts(member)
            text = "".join(f",{gap}{text}" for text in texts)
            if items.ids:
                yield Splice(items.ends[-1], items.ends[-1], text.encode())
            else:
                yield Splice(items.open, items.close, (text[1:] + _outdented(gap, document.style(member)[0])).encode())

    def _new_texts(self, member: str) -> tuple[str, list[str]]:
        """The white space before each added record, and the records as they will be written; laid out once, after the last of them was added."""
        if member not in self._laid_out:
            style, gap = self.document.style(member)
            style = Style() if len(self._added[member]) > _MANY_NEW else style
            self._laid_out[member] = gap, [style.dump(value, gap) for value in self._added[member].values()]
        return self._laid_out[member]

    def _text(self, member: str, at: int, value: Any) -> str:
        text, gap = self.document.text(member, at), self.document.gap(member, at)
        return rewritten(text, self.document.value(member, at), value, style=style_of(text, gap), gap=gap)

    def _new_array(self, member: str) -> Splice:
        style = self.document.style(member)[0]
        gap, texts = self._new_texts(member)
        outer = _outdented(gap, style)
        text = ",".join(f"{gap}{text}" for text in texts)
        end = self.document.end
        while self.document.body[end - 1 : end].isspace():
            end -= 1
        return Splice(end, end, f',{outer or " "}"{member}"{style.colon}[{text}{outer}]'.encode())

    def _rebuilt(self, member: str, items: Items) -> Splice:
        """The whole array, without what was taken out."""
        document = self.document
        kept = [at for at in range(len(items.ids)) if (member, at) not in self._removed]
        texts = [(document.gap(member, at), self._text(member, at, self.value(member, at))) for at in kept]
        gap, new = self._new_texts(member)
        texts += [(gap, text) for text in new]
        first = document.gap(member, 0)
        text = "".join(f"{',' + gap if number else first}{value}" for number, (gap, value) in enumerate(texts))
        closing = document.body[items.ends[-1] : items.close].decode() if texts else ""
        return Splice(items.open, items.close, (text + closing).encode())

    def _moved(self, body: bytes, splices: list[Splice]) -> Document:
        """The document of the new bytes without reading it again: everything behind a splice has moved by the same number of bytes."""
        arrays: dict[str, Items] = {}
        index = dict(self.document.index)
        for member, items in self.document.arrays.items():
            changed = sorted(at for name, at in self._changed if name == member)
            starts, ends = _shifted(items, changed, splices)
            ids = items.ids
            if new := self._added[member]:
                first, ids = len(ids), [*ids, *new]
                index[member] = index[member] | {id_: (first + number,) for number, id_ in enumerate(new)}
                at = _shift(splices, items.ends[-1] if items.ids else items.open)
                gap, texts = self._new_texts(member)
                for number, text in enumerate(texts):
                    at += len(gap.encode()) + (1 if number or items.ids else 0)
                    starts.append(at)
                    at += len(text.encode())
                    ends.append(at)
            arrays[member] = Items(_shift(splices, items.open), items.close + _grown(splices, items.close), starts, ends, ids)
        return Document(body, arrays, index, self.document.others, self.document.end + _grown(splices, self.document.end), self.document.where)


def _shift(splices: list[Splice], at: int) -> int:
    """Where `at` lies after the splices that start before it."""
    return at + sum(len(one.new) - (one.end - one.start) for one in splices if one.start < at)


def _grown(splices: list[Splice], until: int) -> int:
    """By how many bytes everything before `until` has grown."""
    return sum(len(one.new) - (one.end - one.start) for one in splices if one.end <= until)


def _shifted(items: Items, changed: list[int], splices: list[Splice]) -> tuple[list[int], list[int]]:
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for stop in [*changed, len(items.ids)]:
        if at < stop:
            by = _shift(splices, items.starts[at]) - items.starts[at]
            starts += [start + by for start in items.starts[at:stop]] if by else items.starts[at:stop]
            ends += [end + by for end in items.ends[at:stop]] if by else items.ends[at:stop]
        if stop < len(items.ids):
            starts.append(_shift(splices, items.starts[stop]))
            ends.append(_shift(splices, items.ends[stop]))
        at = stop + 1
    return starts, ends


def _outdented(gap: str, style: Style) -> str:
    """The white space before a bracket that closes what stands after `gap`."""
    return gap[: len(gap) - len(style.indent or "")] if "\n" in gap else ""
