"""One writer at a time, across processes and threads: a lock file of its own beside the data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import StoreError

LOCK = ".lock"
"""What the lock file's name adds to the store's. The file stays: taking it away would let two writers hold two locks of one name."""
WAIT_S = 30.0
_POLL_S = 0.005


@contextmanager
def locked(path: Path, *, wait_s: float = WAIT_S) -> Iterator[None]:
    """Hold the lock of the store at `path`, an absolute path without links. The system frees it when the process ends, however it ends.

    Not the data file itself is locked: it is replaced at every write, and a lock on a file that has been replaced guards nothing. Raises StoreError.
    """
    from filelock import FileLock, Timeout  # slow to import, and a reader never needs it

    if not path.parent.is_dir():  # which the lock would make
        raise StoreError(what="There is no such folder", where=str(path.parent), advice="Nothing was changed. Make the folder, or check the path.")
    beside = path.with_name(path.name + LOCK)
    # What may not be written is told at once; the lock would wait for it as for another writer.
    for place in (path.parent, beside) if beside.exists() else (path.parent,):
        if not os.access(place, os.W_OK):
            raise _unlockable(path, f"{place.name or place} may not be written")
    lock = FileLock(beside, timeout=wait_s, poll_interval=_POLL_S, mode=_mode(path))
    try:
        lock.acquire()
    except Timeout as error:
        what = f"Another program has been writing this store for {wait_s:g} s"
        raise StoreError(what=what, where=str(path), advice="Nothing was changed. Wait for it, or end it, and try again.") from error
    except OSError as error:
        raise _unlockable(path, error.strerror or type(error).__name__) from error
    try:
        yield
    finally:
        lock.release()


def _unlockable(path: Path, why: str) -> StoreError:
    advice = "Nothing was changed. Give the right to write in the store's folder, or copy the store to where you may write."
    return StoreError(what=f"The store could not be locked for writing: {why}", where=str(path), advice=advice)


def _mode(path: Path) -> int:
    """Whoever may write the store may lock it."""
    try:
        return path.stat().st_mode & 0o666 | 0o600
    except OSError:
        return 0o644
