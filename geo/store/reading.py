"""The bytes of a store's file, as far as they may be read."""

from __future__ import annotations

import stat
from pathlib import Path

from geo.errors import StoreError


def bytes_of(path: Path, *, most: int) -> bytes | None:
    """The file's bytes; None if there is no file. Raises StoreError for what is no ordinary file, larger than `most`, or cannot be read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe or a device may never end
            raise StoreError(what="This is no ordinary file", where=str(path), advice="Give a file, or a name that is free.")
        if status.st_size > most:
            what = f"The file has {status.st_size:,} bytes; at most {most:,} are read"
            raise StoreError(what=what, where=str(path), advice="Split it into several stores, by country or by year.")
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        what = f"The file could not be read: {error.strerror or type(error).__name__}"
        raise StoreError(what=what, where=str(path), advice="Check the path, and the right to read it.") from error
