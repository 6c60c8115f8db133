"""Text for terminals, and files that are whole or not there."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from geo.store.atomic import replace_file


def printable(text: str) -> str:
    """`text` on one line, with everything that a terminal could obey instead of showing it written as an escape such as `\\x1b`."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text)


def counted(number: int, noun: str) -> str:
    """`1 event`, `16,566 events`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def say(text: str) -> None:
    """One line for the person, on standard error."""
    if sys.stderr is not None:  # print would take standard output instead
        print(printable(text), file=sys.stderr)


def write_to_stdout(chunks: Iterable[bytes]) -> None:
    """Write bytes to standard output. Raises OSError."""
    if sys.stdout is None:
        raise OSError("there is no standard output to write to")
    sys.stdout.flush()
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


@contextlib.contextmanager
def progress_bar(doing: str) -> Iterator[Callable[[int, int | None], None] | None]:
    """A bar on standard error, if that is a terminal; it is told how much is done, and of how much. None where there is none."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # here, so that other commands do not wait for it
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def write_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file whole, so that a failure leaves what was there before. Raises OSError and StoreError.

    A link stays a link to the file that is replaced, and the file's permissions stay as they were. What is no file (a device, a pipe) is written to.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("wb") as device:
            device.writelines(chunks)
        return
    replace_file(target, chunks)
