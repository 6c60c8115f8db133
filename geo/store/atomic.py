"""Replacing a file whole: a reader, or a power cut, finds the old bytes or the new ones, and nothing between."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from geo.errors import StoreError

LEFTOVER = ".dateline-new-"
"""What stands in the name of a file that is being written, between the target's name and eight random hex digits."""


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write beside `path`; at the end it is flushed to the disk, put in its place, and the folder is flushed.

    The mode of an existing file is kept. Whatever goes wrong, the old file stays and nothing is left beside it, unless the process is killed:
    then a file with `LEFTOVER` in its name is, which `sweep` removes. What is raised inside passes through, but an OSError as StoreError.
    """
    beside = path.with_name(f"{path.name}{LEFTOVER}{secrets.token_hex(4)}")
    try:
        try:
            with beside.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                beside.chmod(path.stat().st_mode & 0o7777)
            beside.replace(path)
            _flush_folder(path.parent)
        finally:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
    except OSError as error:
        what = f"The file could not be written: {error.strerror or type(error).__name__}"
        advice = "Nothing was changed. Make room, or give the right to write there, and try again."
        raise StoreError(what=what, where=str(path), advice=advice) from error


def replace_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Put `chunks` in the place of a file, as `replacing` does. What `chunks` itself raises passes through. Raises StoreError."""
    with replacing(path) as file:
        file.writelines(chunks)


def sweep(path: Path) -> list[Path]:
    """Remove what a killed writer of `path` left beside it, and return it. Hold the store's lock. Never raises OSError: a leftover harms nobody."""
    swept = []
    with contextlib.suppress(OSError):
        for leftover in path.parent.glob(f"{_literal(path.name)}{LEFTOVER}*"):
            leftover.unlink(missing_ok=True)
            swept.append(leftover)
    return swept


def _literal(name: str) -> str:
    return "".join(f"[{character}]" if character in "*?[" else character for character in name)


def _flush_folder(folder: Path) -> None:
    """Make a rename durable, where the system can flush a folder."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
