"""What a history is about, line by line, kept in memory: it is parsed once, and then only as far as it grows."""

from __future__ import annotations

import contextlib
import os
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from geo.errors import StoreError
from geo.store.history import Entry, History, read_entry, unreadable
from geo.store.stamp import Stamp, now_ns

_MOST_KEPT = 4  # histories; a process has one store, and now and then another


@dataclass(frozen=True, slots=True)
class Outline:
    """A line of the history without its records. `ids` are those of the records that it changed; `start` and `size` say where it stands, in bytes."""

    number: int
    action: str
    before: str | None
    after: str | None
    undoes: int | None
    ids: tuple[str, ...]
    start: int
    size: int

    @property
    def revision(self) -> str | None:
        """The name of the state after it."""
        return self.after and self.after[:16]


@dataclass(frozen=True, slots=True)
class _Known:
    stamp: Stamp
    lines: list[Outline]
    end: int
    last: bytes


_known: OrderedDict[Path, _Known] = OrderedDict()
_guard = threading.Lock()


def outlines(history: History) -> list[Outline]:
    """The lines that can be read, oldest first. Whoever gets them leaves the list as it is. Raises StoreError."""
    with _guard:
        try:
            with history.path.open("rb") as file:
                found = _read(file, _known.get(history.path))
        except FileNotFoundError:
            _known.pop(history.path, None)
            return []
        except OSError as error:
            raise unreadable(error, history.path) from error
        _known[history.path] = found
        _known.move_to_end(history.path)
        while len(_known) > _MOST_KEPT:
            _known.popitem(last=False)
        return found.lines


def entry_of(history: History, line: Outline) -> Entry:
    """The whole entry of a line. Raises StoreError."""
    try:
        with history.path.open("rb") as file:
            file.seek(line.start)
            entry = read_entry(file.read(line.size))
    except OSError as error:
        raise unreadable(error, history.path) from error
    except (ValueError, RecursionError) as error:
        raise _changed(history) from error
    if entry.number != line.number:
        raise _changed(history)
    return entry


def _changed(history: History) -> StoreError:
    return StoreError(what="The history was changed while it was read", where=str(history.path), advice="Try again.")


def _read(file: Any, known: _Known | None) -> _Known:
    seen_at = now_ns()
    stamp = Stamp.of(os.fstat(file.fileno()), seen_at)
    if known is not None and known.stamp == stamp and known.stamp.is_settled:
        return known
    # A history only grows. One that is new, or was changed otherwise, is read from its beginning.
    if (
        known is not None
        and (known.stamp == stamp or (known.stamp.inode == stamp.inode and stamp.size > known.stamp.size))
        and _still_ends(file, known)
    ):
        fresh = list(_lines(file, known.end))
        return _after(replace(known, stamp=stamp), fresh)
    return _after(_Known(stamp, [], 0, b""), list(_lines(file, 0)))


def _still_ends(file: Any, known: _Known) -> bool:
    file.seek(known.end - len(known.last))
    return bool(file.read(len(known.last)) == known.last)


def _after(known: _Known, fresh: list[tuple[int, bytes, Outline | None]]) -> _Known:
    if not fresh:
        return known
    start, last, _ = fresh[-1]
    return replace(known, lines=[*known.lines, *(line for _, _, line in fresh if line is not None)], end=start + len(last), last=last)


def _lines(file: Any, start: int) -> Iterator[tuple[int, bytes, Outline | None]]:
    """The ended lines from a byte on: where each starts, its bytes, and what it is about, None if it cannot be read."""
    file.seek(start)
    for line in file:
        if not line.endswith(b"\n"):
            return
        found = None
        if not line.isspace():
            with contextlib.suppress(ValueError, RecursionError):
                found = _outline(read_entry(line), start, len(line))
        yield start, line, found
        start += len(line)


def _outline(entry: Entry, start: int, size: int) -> Outline:
    ids = tuple(dict.fromkeys(change.id for change in entry.changes))
    return Outline(entry.number, entry.action, entry.before, entry.after, entry.undoes, ids, start, size)
