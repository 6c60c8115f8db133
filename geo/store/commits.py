"""Carrying a change out: recorded first, then put in the place of the old file; and making good what a crash or other hands have left."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from geo.errors import StoreError
from geo.store import geojson_file
from geo.store.access import Editor
from geo.store.atomic import discard, put_in_place, sweep, unwritten, write_beside
from geo.store.document import Document, Splice, split
from geo.store.history import BEGIN, LAPSED, OUTSIDE, Changed, Entry, History, packed
from geo.store.revisions import body_after, differences, inverse, others_differ, patch_of

MOST_VALUES = 1_000
"""Beyond so many records the history names them only; their values are in its patches and checkpoints."""
_PIECE = 256 * 1024
_NOBODY = Editor("", "")
Found = tuple[tuple[Changed, ...], bool]
"""The records that differ, and whether anything else does."""
NOTHING_KNOWN: Found = ((), True)


@dataclass(frozen=True)
class State:
    """What stands in the store: its bytes (None where there is no file), the document they are, or why they are none; the last entry about it."""

    body: bytes | None
    document: Document | None
    fault: StoreError | None
    last: Entry

    @property
    def sha256(self) -> str | None:
        """Of the bytes, in hex."""
        return self.last.after


@dataclass(frozen=True)
class Deed:
    """A change as it will stand in the history. `splices` lead from the bytes before to those after; None if that is not known."""

    by: Editor
    why: str
    action: str
    changes: tuple[Changed, ...]
    splices: Sequence[Splice] | None
    others: bool = False
    undoes: int | None = None


class Commits:
    """The store at `path`, an absolute path without links, for whoever holds its lock."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self.path = path
        self.history = History(path)
        self._now = now
        self._document: Document | None = None
        self._last: tuple[tuple[int, int, int] | None, Entry | None] = (None, None)

    def state(self, *, even_broken: bool = False) -> State:
        """What stands in the store now, once leftovers are gone and all that happened since the last entry is recorded.

        Raises StoreError; also if there is no file or it is broken, unless `even_broken`.
        """
        sweep(self.path)
        known = self._document
        body = known.body if known is not None and self._holds(known.body) else self._read()
        document, fault = self._split(body)
        if document is None and not even_broken:
            raise self.unusable(fault)
        last = self._last_entry()
        sha256 = None if body is None else document.sha256 if document is not None else hashlib.sha256(body).hexdigest()
        if last is None or last.after != sha256:
            last = self._catch_up(last, known, body, document, sha256)
        self._document = document or known
        return State(body, document, fault, last)

    def carry_out(self, state: State, body: bytes, document: Document | None, deed: Deed) -> Entry:
        """Record a change, and put `body` in the place of the file. Raises StoreError; then the old file stays, unless it says otherwise."""
        if len(body) > geojson_file.MAX_BYTES:
            what = f"The store would have {len(body):,} bytes; at most {geojson_file.MAX_BYTES:,} are read"
            raise StoreError(what=what, where=str(self.path), advice="Nothing was changed. Split it into smaller stores.")
        patch = patch_of(state.body, deed.splices) if state.body is not None and deed.splices is not None else None
        with ThreadPoolExecutor(1) as other:  # the two take about as long
            hashed = other.submit(lambda: document.sha256 if document is not None else hashlib.sha256(body).hexdigest())
            beside = write_beside(self.path, [body])
        try:
            entry = self._entry(
                state.last,
                action=deed.action,
                by=deed.by,
                why=deed.why,
                after=hashed.result(),
                changes=deed.changes,
                others=deed.others,
                patch=patch,
                checkpoint=packed(body) if patch is None else None,
                undoes=deed.undoes,
            )
            length = self._append([entry])
        except BaseException:
            discard(beside)
            raise
        try:
            put_in_place(beside, self.path)
        except StoreError:
            self._last = (None, None)
            if self._read() != body:
                self.history.cut_back(length)
            raise
        self._document = document
        return entry

    def documents(self, entries: Sequence[Entry], entry: Entry) -> tuple[Document | None, Document | None]:
        """The document before and after an entry; None where there was no file, or none that can be read. Raises StoreError."""
        return self._document_of(entries, entry.number - 1, entry.before), self._document_of(entries, entry.number, entry.after)

    def _document_of(self, entries: Sequence[Entry], number: int, sha256: str | None) -> Document | None:
        if sha256 is None:
            return None
        if self._document is not None and self._document.sha256 == sha256:
            return self._document
        return self._split(body_after(entries, number))[0]

    def _split(self, body: bytes | None) -> tuple[Document | None, StoreError | None]:
        if body is None:
            return None, None
        if self._document is not None and self._document.body is body:
            return self._document, None
        try:
            return split(body, str(self.path)), None
        except StoreError as error:
            return None, error

    def unusable(self, fault: StoreError | None) -> StoreError:
        """The error for a file that is broken, or, without a fault, gone: nothing is written to it."""
        restore = "`python -m geo log` lists earlier states, and `python -m geo restore REVISION` puts one in place."
        if fault is None:
            return StoreError(what="The file is gone", where=str(self.path), advice=f"Nothing was changed. Put it back; or {restore}")
        return StoreError(what=fault.what, where=fault.where, advice=f"Nothing was changed. {fault.advice} {restore}")

    def _holds(self, body: bytes) -> bool:
        """Whether these are the bytes of the file. They are compared at each write: no stamp says for certain that a file has not changed."""
        piece, at = bytearray(_PIECE), 0
        try:
            with self.path.open("rb", buffering=0) as file:
                if os.fstat(file.fileno()).st_size != len(body):
                    return False
                while count := file.readinto(piece):
                    if piece[:count] != body[at : at + count]:
                        return False
                    at += count
        except OSError:  # which reading will put into words
            return False
        return at == len(body)

    def _read(self) -> bytes | None:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise unwritten(error, self.path) from error

    def _last_entry(self) -> Entry | None:
        stamp = self.history.stamp()
        if stamp is None:
            return None
        if stamp != self._last[0]:
            self.history.mend()
            self._last = (self.history.stamp(), self.history.last())
        return self._last[1]

    def _catch_up(self, last: Entry | None, known: Document | None, body: bytes | None, document: Document | None, sha256: str | None) -> Entry:
        """Record what has happened to the file since the last entry."""
        checkpoint = None if body is None else packed(body)
        if last is None:
            why = "The history begins with the file as it was found." if body is not None else "The history begins before there is a file."
            entry = self._entry(None, action=BEGIN, why=why, after=sha256, checkpoint=checkpoint)
        elif last.before == sha256 and last.action not in (OUTSIDE, BEGIN):
            back = None if last.patch is None else inverse(last.patch)
            entry = self._entry(
                last,
                action=LAPSED,
                why="The change before was never carried out (a crash), or was taken back outside Dateline.",
                after=sha256,
                changes=tuple(replace(one, action=f"not: {one.action}", before=one.after, after=one.before) for one in last.changes),
                others=last.others,
                patch=back,
                checkpoint=checkpoint if back is None else None,
            )
        else:
            changes, others = self._found(last, known, document)
            why = "The file was changed outside Dateline." if body is not None else "The file was removed outside Dateline."
            entry = self._entry(last, action=OUTSIDE, why=why, after=sha256, changes=changes, others=others, checkpoint=checkpoint)
        self._append([entry])
        return entry

    def _found(self, last: Entry, known: Document | None, after: Document | None) -> Found:
        """What other hands have changed; that something has, and not what, if the history cannot tell what there was before."""
        if known is not None and known.sha256 == last.after:
            before: Document | None = known
        else:
            try:
                before = self._document_of(self.history.entries()[0], last.number, last.after)
            except StoreError:
                before = None
        if after is None or before is None:
            return NOTHING_KNOWN
        return differences(before, after), others_differ(before, after)

    def _append(self, entries: Sequence[Entry]) -> int:
        try:
            mode = self.path.stat().st_mode & 0o666
        except OSError:
            mode = 0o644
        length = self.history.append(entries, mode)
        self._last = (self.history.stamp(), entries[-1])
        return length

    def _entry(
        self,
        last: Entry | None,
        *,
        action: str,
        why: str,
        after: str | None,
        by: Editor = _NOBODY,
        changes: tuple[Changed, ...] = (),
        others: bool = False,
        patch: tuple[tuple[int, str, str], ...] | None = None,
        checkpoint: str | None = None,
        undoes: int | None = None,
    ) -> Entry:
        if len(changes) > MOST_VALUES:
            changes = tuple(Changed(change.member, change.id, change.action, None, None, is_short=True) for change in changes)
        return Entry(
            number=last.number + 1 if last else 1,
            at=self._now().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            by=by.name,
            role=by.role,
            why=why,
            action=action,
            before=last.after if last else None,
            after=after,
            changes=changes,
            others=others,
            patch=patch,
            checkpoint=checkpoint,
            undoes=undoes,
        )
