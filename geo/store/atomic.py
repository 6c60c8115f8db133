"""Replacing a file whole: a reader, or a power cut, finds the old bytes or the new ones, and nothing between."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from geo.errors import StoreError

LEFTOVER = ".dateline-new-"
"""What stands in the name of a file that is being written, between the target's name and eight random hex digits."""


def replace_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Write `chunks` beside `path`, flush them to the disk, put them in its place, and flush the folder.

    The mode of an existing file is kept. Whatever goes wrong, the old file stays and nothing is left beside it, unless the process is killed:
    then a file with `LEFTOVER` in its name is, which `sweep` removes. What `chunks` itself raises passes through. Raises StoreError.
    """
    beside = path.with_name(f"{path.name}{LEFTOVER}{secrets.token_hex(4)}")
    try:
        try:
            with beside.open("xb") as file:
                for chunk in chunks:
                    file.write(chunk)
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
        raise StoreError(
            what=what, where=str(path), advice="Nothing was changed. Make room, or give the right to write there, and try again."
        ) from error


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
