"""The history of a store: one line of JSON for every change, beside the data, never rewritten (docs/history.md)."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import Problem, StoreError, shown
from geo.store.atomic import unwritten, write_all
from geo.store.json_text import version_of

HISTORY = ".history.jsonl"
"""What the history file's name adds to the store's."""
BEGIN, OUTSIDE, LAPSED = "begin", "outside", "lapsed"
"""Actions that nobody asks for: a history begins; a change by other hands was found; a recorded change was never carried out."""
_MAX_CHECKPOINT_BYTES = 512 * 1024 * 1024
_BLOCK = 65_536

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """One record before and after a change, each None where there was no such record. `member` is `features` or `updates`.

    In a change of very many records the values are left out (`is_short`); `geo.store.revisions` finds them again.
    """

    member: str
    id: str
    action: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    is_short: bool = False

    @property
    def before_version(self) -> str | None:
        """The version that was replaced; None where there was no record."""
        return None if self.before is None else version_of(self.before)

    @property
    def after_version(self) -> str | None:
        """The version that was written; None where the record was taken out."""
        return None if self.after is None else version_of(self.after)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history.

    `at` is an ISO 8601 time in UTC. `before` and `after` are the SHA-256 of the file, in hex, and None where there was no file; the first 16 digits
    are the revision. `changes` names the records; `others` says that something outside of all records has changed. `patch` leads from the bytes
    before to those after: (offset in bytes, text there, text instead). `checkpoint` are all the bytes after, as `packed` has them, where there is no
    patch.
    `undoes` is the number of the entry that this one undoes.
    """

    number: int
    at: str
    by: str
    role: str
    why: str
    action: str
    before: str | None
    after: str | None
    changes: tuple[Changed, ...] = ()
    others: bool = False
    patch: tuple[tuple[int, str, str], ...] | None = None
    checkpoint: str | None = None
    undoes: int | None = None

    @property
    def revision(self) -> str | None:
        """The name of the state after it, as `Snapshot.revision` has it; None where there is no file."""
        return self.after and self.after[:16]

    @property
    def revision_before(self) -> str | None:
        """The name of the state before it."""
        return self.before and self.before[:16]

    def about(self, id_: str) -> tuple[Changed, ...]:
        """What it changed of the records of that id."""
        return tuple(change for change in self.changes if change.id == id_)


class History:
    """The history file of the store at `path`, an absolute path without links. Whoever appends or repairs holds the store's lock."""

    def __init__(self, path: Path) -> None:
        self.path = path.with_name(path.name + HISTORY)
        self._store = path

    def entries(self) -> tuple[list[Entry], list[Problem]]:
        """All entries, oldest first, and the lines that cannot be read; a last line that is not ended is being written, and is neither."""
        entries: list[Entry] = []
        problems: list[Problem] = []
        for number, line in enumerate(self._lines(), start=1):
            try:
                entries.append(read_entry(line))
            except (ValueError, RecursionError) as error:
                what = f"line {number} of the history cannot be read: {error}"
                problems.append(Problem(str(self.path), what, shown(line[:100].decode(errors="replace")), "Mend it, or restore a backup."))
        return entries, problems

    def newest_first(self) -> Iterator[Entry]:
        """The entries that can be read, from the last to the first, read only as far as they are asked for."""
        for line in self._lines_backwards():
            with contextlib.suppress(ValueError, RecursionError):
                yield read_entry(line)

    def last(self) -> Entry | None:
        """The last entry; None where there is no history."""
        return next(self.newest_first(), None)

    def append(self, entries: Sequence[Entry], mode: int) -> int:
        """Write entries to the end and flush them to the disk; `mode` is that of a new file. Gives the length before, for `cut_back`.

        If it fails, the file is as it was. Raises StoreError.
        """
        body = b"".join(_line(entry) for entry in entries)
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), mode)
            try:
                length = os.fstat(handle).st_size
                try:
                    write_all(handle, body)
                    os.fsync(handle)
                except BaseException:
                    with contextlib.suppress(OSError):
                        os.ftruncate(handle, length)
                    raise
            finally:
                os.close(handle)
        except OSError as error:
            raise unwritten(error, self.path) from error
        return length

    def cut_back(self, length: int) -> None:
        """Take back what was appended since the file had this length. Never raises OSError: the next writer finds a change that was not made."""
        with contextlib.suppress(OSError):
            handle = os.open(self.path, os.O_WRONLY | getattr(os, "O_BINARY", 0))
            try:
                os.ftruncate(handle, length)
                os.fsync(handle)
            finally:
                os.close(handle)

    def mend(self) -> None:
        """Cut off a last line that a crash has torn; what it was to record was never carried out. Raises StoreError."""
        try:
            handle = os.open(self.path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        except FileNotFoundError:
            return
        except OSError as error:
            raise unwritten(error, self.path) from error
        try:
            with open(handle, "r+b", closefd=False) as file:
                end = _end_of_last_whole_line(file)
                if end < os.fstat(handle).st_size:
                    os.ftruncate(handle, end)
                    os.fsync(handle)
        except OSError as error:
            raise unwritten(error, self.path) from error
        finally:
            os.close(handle)

    def stamp(self) -> tuple[int, int, int] | None:
        """What changes whenever the file does; None where there is none."""
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_size, status.st_mtime_ns, status.st_ino

    def _lines(self) -> Iterator[bytes]:
        try:
            with self.path.open("rb") as file:
                for line in file:
                    if line.endswith(b"\n") and not line.isspace():
                        yield line
        except FileNotFoundError:
            return
        except OSError as error:
            raise unreadable(error, self.path) from error

    def _lines_backwards(self) -> Iterator[bytes]:
        try:
            with self.path.open("rb") as file:
                at = file.seek(0, os.SEEK_END)
                tail: list[bytes] = []  # the pieces of the line that is not complete yet, last first
                is_ended = False
                while at > 0:
                    step = min(_BLOCK, at)
                    at -= step
                    file.seek(at)
                    pieces = file.read(step).split(b"\n")
                    tail.append(pieces[-1])
                    for piece in reversed(pieces[:-1]):
                        if is_ended and any(tail):
                            yield b"".join(reversed(tail))
                        is_ended, tail = True, [piece]
                if is_ended and any(tail):
                    yield b"".join(reversed(tail))
        except FileNotFoundError:
            return
        except OSError as error:
            raise unreadable(error, self.path) from error


def packed(body: bytes) -> str:
    """The bytes of a file as a checkpoint: compressed by zlib (RFC 1950), in base64."""
    return base64.b64encode(zlib.compress(body, 1)).decode()


def unpacked(checkpoint: str) -> bytes:
    """The bytes of a checkpoint. Raises ValueError."""
    try:
        unpacker = zlib.decompressobj()
        body = unpacker.decompress(base64.b64decode(checkpoint, validate=True), _MAX_CHECKPOINT_BYTES)
    except (ValueError, zlib.error) as error:
        raise ValueError(f"the checkpoint cannot be unpacked: {error}") from error
    if not unpacker.eof:
        raise ValueError("the checkpoint is cut short, or too large")
    return body


def _end_of_last_whole_line(file: Any) -> int:
    """Where the last line ends that is ended and is JSON. What lies behind it was being written when the power went."""
    at: int = file.seek(0, os.SEEK_END)
    step, tail = _BLOCK, b""
    # The last whole line lies between two ends of lines, or is the first.
    while at > 0 and tail.count(b"\n") < 2:
        start = max(at - step, 0)
        file.seek(start)
        tail = file.read(at - start) + tail
        at, step = start, 2 * step
    whole = tail.rfind(b"\n") + 1
    start = tail.rfind(b"\n", 0, max(whole - 1, 0)) + 1
    try:
        json.loads(tail[start:whole] or b"0")
    except (ValueError, RecursionError):
        return at + start
    return at + whole


def _line(entry: Entry) -> bytes:
    members: JSON = {
        "n": entry.number,
        "at": entry.at,
        "by": entry.by,
        "role": entry.role,
        "why": entry.why,
        "action": entry.action,
        "before": entry.before,
        "after": entry.after,
    }
    if entry.undoes is not None:
        members["undoes"] = entry.undoes
    if entry.others:
        members["others"] = True
    members["changes"] = [_changed_members(change) for change in entry.changes]
    if entry.patch is not None:
        members["patch"] = entry.patch
    if entry.checkpoint is not None:
        members["checkpoint"] = entry.checkpoint
    # ASCII, so that no value can be taken for the end of a line or reach a terminal as anything but text.
    return json.dumps(members, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def _changed_members(change: Changed) -> JSON:
    members: JSON = {"in": change.member, "id": change.id, "action": change.action}
    return members | ({"short": True} if change.is_short else {"before": change.before, "after": change.after})


def read_entry(line: bytes) -> Entry:
    """Read one line. Raises ValueError, which names the member."""
    members = json.loads(line)
    if not isinstance(members, dict):
        raise ValueError("it is no object")

    def get(key: str, *types: type) -> Any:
        value = members.get(key)
        if not isinstance(value, types) or isinstance(value, bool) != (types == (bool,)):
            raise ValueError(f"{key} is {shown(value)}")
        return value

    nothing = type(None)
    return Entry(
        number=get("n", int),
        at=get("at", str),
        by=get("by", str),
        role=get("role", str),
        why=get("why", str),
        action=get("action", str),
        before=get("before", str, nothing),
        after=get("after", str, nothing),
        changes=tuple(_changed(change) for change in get("changes", list)),
        others=members.get("others") is True,
        patch=_patch(get("patch", list, nothing)),
        checkpoint=get("checkpoint", str, nothing),
        undoes=get("undoes", int, nothing),
    )


def _changed(members: Any) -> Changed:
    if not isinstance(members, dict) or not all(isinstance(members.get(key), str) for key in ("in", "id", "action")):
        raise ValueError("a change does not name its record")
    before, after = members.get("before"), members.get("after")
    if not isinstance(before, dict | None) or not isinstance(after, dict | None):
        raise ValueError("a change holds no record")
    return Changed(members["in"], members["id"], members["action"], before, after, is_short=members.get("short") is True)


def _patch(pieces: Any) -> tuple[tuple[int, str, str], ...] | None:
    if pieces is None:
        return None
    for piece in pieces:
        if not isinstance(piece, list) or [type(part) for part in piece] != [int, str, str]:
            raise ValueError("a piece of the patch is no offset with two texts")
    return tuple((at, old, new) for at, old, new in pieces)


def unreadable(error: OSError, path: Path) -> StoreError:
    """Why the history at `path` could not be read, in words."""
    what = f"The history could not be read: {error.strerror or type(error).__name__}"
    return StoreError(what=what, where=str(path), advice="Give the right to read it.")
