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


def replace_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Put `chunks` in the place of a file, as `replacing` does. What `chunks` itself raises passes through. Raises StoreError."""
    put_in_place(write_beside(path, chunks), path)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes the place of `path` at the end if nothing was raised inside. Raises StoreError for the disk's faults."""
    beside = write_beside(path, ())
    try:
        with beside.open("r+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException as error:
        discard(beside)
        if isinstance(error, OSError):
            raise unwritten(error, path) from error
        raise
    put_in_place(beside, path)


def write_beside(path: Path, chunks: Iterable[bytes]) -> Path:
    """Write `chunks` to a new file beside `path`, with its mode and owner, and flush them to the disk; the file is `put_in_place` afterwards.

    If it fails, nothing is left. What `chunks` itself raises passes through. Raises StoreError.
    """
    with _new_beside(path) as (handle, beside):
        for chunk in chunks:
            write_all(handle, chunk)
    return beside


@contextlib.contextmanager
def _new_beside(path: Path) -> Iterator[tuple[int, Path]]:
    beside = path.with_name(f"{path.name}{LEFTOVER}{secrets.token_hex(4)}")
    try:
        try:
            # Nobody else reads it before it has the mode of the file that it replaces.
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600 if path.exists() else 0o666)
            try:
                yield handle, beside
                _dress(handle, path)
                os.fsync(handle)
            finally:
                os.close(handle)
        except BaseException:
            discard(beside)
            raise
    except OSError as error:
        raise unwritten(error, path) from error


def put_in_place(beside: Path, path: Path) -> None:
    """Give the file `beside` the name `path`, and flush the folder. Raises StoreError; its `what` says whether the new file is in place."""
    try:
        os.replace(beside, path)  # noqa: PTH105 - as the other calls to the system here, so that faults can be put in its way
    except OSError as error:
        discard(beside)
        raise unwritten(error, path) from error
    try:
        _flush_folder(path.parent)
    except OSError as error:
        what = f"The new file is in its place, but the disk did not confirm it: {_reason(error)}"
        raise StoreError(what=what, where=str(path), advice="It may be lost in a power cut. Check the disk, and that the change is there.") from error


def discard(beside: Path) -> None:
    """Remove what `write_beside` has written. Never raises OSError: a leftover harms nobody, and is swept later."""
    with contextlib.suppress(OSError):
        os.unlink(beside)  # noqa: PTH108


def write_all(handle: int, body: bytes) -> None:
    """Write every byte; the system may take fewer at a time. Raises OSError."""
    view = memoryview(body)
    while view:
        view = view[os.write(handle, view) :]


def unwritten(error: OSError, path: Path) -> StoreError:
    """The error for a file that could not be written and is as it was before."""
    what = f"The file could not be written: {_reason(error)}"
    return StoreError(what=what, where=str(path), advice="Nothing was changed. Make room, or give the right to write there, and try again.")


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _dress(handle: int, path: Path) -> None:
    """Give a new file the mode and, where that is allowed, the owner of the one that it replaces."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return
    if hasattr(os, "fchown") and (status.st_uid, status.st_gid) != (os.geteuid(), os.getegid()):
        with contextlib.suppress(OSError):
            os.fchown(handle, status.st_uid, status.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(handle, status.st_mode & 0o7777)


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
