"""What is read from a GeoParquet store without asking an engine: its footer, and columns of the records of one sort."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import InvalidInput, StoreError
from geo.store.stamp import Stamp, now_ns

if TYPE_CHECKING:
    import pyarrow.parquet as pq
    from numpy.typing import NDArray

_RUN = 2_048
_PATTERN = frozenset("*?[")


class ParquetRecords:
    """The records of a file of the layout of docs/parquet.md. Every method may raise StoreError.

    `path` is where they are, and `revision` names the state of the file; `about` is the `dateline` member, `members` are those of the collection that
    Dateline does not know.
    """

    def __init__(self, path: Path, stamp: Stamp) -> None:
        self.path = path
        self._stamp = stamp
        if not _PATTERN.isdisjoint(str(path.resolve())):
            what = "The path holds one of * ? [, which the engine takes for a pattern of many files"
            raise StoreError(what=what, where=str(path), advice="Rename the file or its folder.")
        with in_words(path):
            file = self._open()
            metadata = file.metadata.metadata or {}
            ours = json.loads(metadata.get(b"dateline", b"{}"))
            self._groups = _groups(file)
            footer = _footer(path)
        if not ours.get("format"):
            advice = "Bring its events into a store: `python -m geo import FILE --into STORE`."
            raise StoreError(what="This is a Parquet file, but no store of Dateline's", where=str(path), advice=advice)
        if ours["format"] != 1:
            raise StoreError(what=f"The store has layout {ours['format']}; this Dateline reads 1", where=str(path), advice="Use a newer Dateline.")
        self.about: Mapping[str, Any] = ours.get("about", {})
        self.members: Mapping[str, Any] = ours.get("members", {})
        # The footer has the sizes, the places and the statistics of all columns; the stamp tells two files apart that agree in these.
        self.revision = hashlib.sha256(repr((stamp.modified_ns, stamp.size, stamp.inode)).encode() + footer).hexdigest()[:16]

    def total(self, record: str) -> int:
        """The number of records of a sort."""
        return sum(rows for _, rows in self._groups.get(record, ()))

    def columns(self, record: str, *names: str) -> Any:
        """Some columns of all records of a sort as an Arrow table."""
        with in_words(self.path):
            return self._open().read_row_groups([number for number, _ in self._groups.get(record, ())], columns=list(names))

    def batches(self, record: str, *names: str) -> Iterator[Any]:
        """The same, some thousands of rows at a time, without any being kept."""
        with in_words(self.path):
            groups = [number for number, _ in self._groups.get(record, ())]
            yield from self._open().iter_batches(batch_size=_RUN, row_groups=groups, columns=list(names))

    def kept(self, rows: NDArray[Any], *names: str) -> Iterator[tuple[NDArray[Any], Any]]:
        """Of the events those for which `rows` holds, some thousands at a time with their numbers; a row group without any is not read."""
        import pyarrow as pa

        row = 0
        with in_words(self.path):
            file = self._open()
            for group, size in self._groups.get("event", ()):
                if not rows[row : row + size].any():
                    row += size
                    continue
                for batch in file.iter_batches(batch_size=_RUN, row_groups=[group], columns=list(names)):
                    here = rows[row : row + batch.num_rows]
                    yield here.nonzero()[0] + row, batch if here.all() else batch.filter(pa.array(here))
                    row += batch.num_rows

    def check(self) -> None:
        """Raise StoreError if another file stands there by now: its rows are others, and a row read from it would be another event."""
        with in_words(self.path):
            if Stamp.of(self.path.stat(), now_ns()) != self._stamp:
                what = "The store was written anew while it was read"
                raise StoreError(what=what, where=str(self.path), advice="Load the page again, or run the command again.")

    def _open(self) -> pq.ParquetFile:
        import pyarrow.parquet as pq

        file = pq.ParquetFile(self.path)
        self.check()
        return file


def _groups(file: pq.ParquetFile) -> dict[str, Sequence[tuple[int, int]]]:
    """The row groups by the sort of their records, each with its number and its rows.

    Raises ValueError if a row group holds records of two sorts, or the columns are others.
    """
    column = _leaf(file, "record")
    found: dict[str, Any] = {}
    for number in range(file.metadata.num_row_groups):
        group = file.metadata.row_group(number)
        statistics = group.column(column).statistics
        if statistics is None or statistics.min != statistics.max:
            raise ValueError("its row groups are mixed")
        found.setdefault(statistics.min, []).append((number, group.num_rows))
    return found


def _footer(path: Path) -> bytes:
    """The bytes of the footer (Parquet format, "File format"): its length stands in four bytes before the last four."""
    with path.open("rb") as file:
        file.seek(-8, 2)
        length = int.from_bytes(file.read(4), "little")
        file.seek(-8 - length, 2)
        return file.read(length)


def _leaf(file: pq.ParquetFile, name: str) -> int:
    """The number of a column among the leaves of the file's schema."""
    return next(index for index in range(len(file.schema)) if file.schema.column(index).path == name)


@contextlib.contextmanager
def in_words(path: Path) -> Iterator[None]:
    """What goes wrong with a file, as StoreError."""
    import pyarrow as pa

    try:
        yield
    except StoreError:
        raise
    except FileNotFoundError as error:
        advice = "Check the path, or unset DATELINE_STORE to see the events that come with Dateline."
        raise StoreError(what="There is no such file", where=str(path), advice=advice) from error
    except (OSError, pa.ArrowException, ValueError, KeyError, StopIteration, InvalidInput) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        advice = "Convert it anew with `python -m geo convert`, or restore a backup."
        raise StoreError(what=f"This is no GeoParquet store that can be read: {reason}", where=str(path), advice=advice) from error
