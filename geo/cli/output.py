"""Text for terminals, and files that are whole or not there."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path


def printable(text: str) -> str:
    """`text` on one line, with everything that a terminal could obey instead of showing it written as an escape such as `\\x1b`."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text)


def say(text: str) -> None:
    """One line for the person, on standard error."""
    if sys.stderr is not None:  # print would take standard output instead
        print(printable(text), file=sys.stderr)


def write_to_stdout(body: bytes) -> None:
    """Write bytes to standard output. Raises OSError."""
    if sys.stdout is None:
        raise OSError("there is no standard output to write to")
    sys.stdout.flush()
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()


def write_file(path: Path, body: bytes) -> None:
    """Write a file whole: beside its place first, then moved there, so that a failure leaves what was there before. Raises OSError.

    A link stays a link to the file that is replaced, and the file's permissions stay as they were. What is no file (a device, a pipe) is written to.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("wb") as device:
            device.write(body)
        return
    part = target.with_name(f".dateline-{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o7777)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name outlast a power cut, on systems where a folder can be opened."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
