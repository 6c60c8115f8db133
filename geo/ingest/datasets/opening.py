"""The text of a data set: from a path, an upload or lines, plain or gzip, and never more of it than is allowed."""

from __future__ import annotations

import contextlib
import gzip
import io
import stat
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

from geo.errors import InvalidInput, Problem

Source = Iterable[str] | bytes | Path
Progress = Callable[[int, int | None], None]
"""Called now and then with the bytes read so far and how many there are; None where that is not known."""

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LINE = 1_000_000  # characters; what is longer comes in pieces, so that a file without line breaks fills no memory
_BLOCK = 1 << 16


@dataclass(frozen=True)
class Limits:
    """How much of a data set is read.

    `max_bytes` is counted after unpacking. `max_json_bytes` holds for GeoJSON, which can only be read whole. `max_columns` and `max_cell`
    (characters) bound one row. An event takes about 10 kB of memory while it is held, so raise `max_rows` only for reading in batches.
    """

    max_bytes: int = 1 << 30
    max_json_bytes: int = 1 << 28
    max_rows: int = 500_000
    max_columns: int = 1_000
    max_cell: int = 100_000


def refuse(message: str, advice: str, value: str = "") -> NoReturn:
    """Raise InvalidInput for the data set as a whole."""
    raise InvalidInput([Problem("", message, value, advice)])


@contextlib.contextmanager
def open_lines(source: Source, *, limits: Limits, progress: Progress | None = None) -> Iterator[Iterator[str]]:
    """The lines of the data set, with their line breaks.

    A byte that is not UTF-8 comes as a lone surrogate, so that a bad row costs only itself. A path may be packed with gzip; bytes may not.
    Raises InvalidInput for what is no text or too large, while it is read, and OSError.
    """
    if isinstance(source, Path):
        if not stat.S_ISREG(source.stat().st_mode):
            refuse("this is no ordinary file", "Give a CSV or GeoJSON file.", source.name)
        with source.open("rb") as file:
            yield _lines_of(file, source.stat().st_size, limits, progress, may_unpack=True)
    elif isinstance(source, bytes):
        yield _lines_of(io.BytesIO(source), len(source), limits, progress, may_unpack=False)
    else:
        yield _bounded(iter(source), limits)


def _lines_of(file: BinaryIO, size: int, limits: Limits, progress: Progress | None, *, may_unpack: bool) -> Iterator[str]:
    start = file.read(4)
    file.seek(0)
    if start.startswith(_ZIP):
        refuse("this is a zip archive", "Unpack it, and give the CSV or GeoJSON file in it. Spreadsheets can save as CSV.")
    if start.startswith(_UTF_16):
        refuse("this is UTF-16", "Save it as UTF-8.")
    stream = file
    if start.startswith(_GZIP):
        if not may_unpack:
            refuse("this is packed with gzip", "Unpack it first. The command line reads packed files.")
        stream = gzip.GzipFile(fileobj=file)  # type: ignore[assignment]
    blocks = io.BufferedReader(_Capped(stream, limits.max_bytes), _BLOCK)
    text = io.TextIOWrapper(blocks, encoding="utf-8-sig", errors="surrogateescape", newline="")
    return _read(text, file, size, progress)


def _read(text: io.TextIOWrapper, file: BinaryIO, size: int, progress: Progress | None) -> Iterator[str]:
    told = 0
    try:
        while line := text.readline(_LINE):
            yield line
            if progress is not None and (at := file.tell()) != told:
                told = at
                progress(at, size)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InvalidInput([Problem("", f"the packed file is damaged: {error}", "", "Download it again.")]) from error
    if progress is not None:
        progress(size, size)


def _bounded(lines: Iterator[str], limits: Limits) -> Iterator[str]:
    held = 0
    for line in lines:
        held += len(line)
        if held > limits.max_bytes:
            _too_large(limits.max_bytes)
        yield line


def _too_large(most: int) -> NoReturn:
    refuse(f"the data set has more than {most:,} bytes, unpacked", "Split it, by year for instance.")


class _Capped(io.RawIOBase):
    """A stream that refuses to give more than `most` bytes: a small packed file can hold a great deal."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream, self._most, self._given = stream, most, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        block = self._stream.read(len(buffer))
        self._given += len(block)
        if self._given > self._most:
            _too_large(self._most)
        buffer[: len(block)] = block
        return len(block)
