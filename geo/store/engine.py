"""DuckDB, shut in: connections that can read one Parquet file and nothing else, and run Ibis expressions over it."""

from __future__ import annotations

import contextlib
import queue
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.errors import StoreError
from geo.store.queries import TABLE

_MOST_CONNECTIONS = 4


class Engine:
    """Runs expressions over the records of a file. Any number of threads may ask; a connection serves one at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: queue.LifoQueue[Any] = queue.LifoQueue()
        for _ in range(_MOST_CONNECTIONS):
            self._idle.put(None)

    def rows(self, expression: Any) -> list[dict[str, Any]]:
        """The result as a list of rows."""
        result: list[dict[str, Any]] = self.table(expression).to_pylist()
        return result

    def column(self, expression: Any, name: str) -> NDArray[Any]:
        """One column of the result."""
        column: NDArray[Any] = self.table(expression)[name].to_numpy()
        return column

    def one(self, expression: Any) -> Any:
        """The only value of a result with one row and one column, or of a scalar."""
        return self.table(expression.as_table() if hasattr(expression, "as_table") else expression).to_pylist()[0].popitem()[1]

    def table(self, expression: Any) -> Any:
        """The result as an Arrow table."""
        with self._connection() as connection, self._in_words():
            return connection.to_pyarrow(expression)

    @contextlib.contextmanager
    def _connection(self) -> Iterator[Any]:
        connection = self._idle.get()
        try:
            if connection is None:
                with self._in_words():
                    connection = _connect(self._path)
            yield connection
        finally:
            self._idle.put(connection)

    @contextlib.contextmanager
    def _in_words(self) -> Iterator[None]:
        import duckdb

        try:
            yield
        except duckdb.Error as error:
            advice = "Convert it anew with `python -m geo convert`, or restore a backup."
            raise StoreError(what=f"The store could not be read: {str(error).splitlines()[0]}", where=str(self._path), advice=advice) from error


def _connect(path: Path) -> Any:
    import ibis

    connection = ibis.duckdb.connect()
    literal = "'" + str(path.resolve()).replace("'", "''") + "'"  # a path is no query
    connection.con.execute(f"SET allowed_paths = [{literal}]")
    for setting in ("autoinstall_known_extensions", "autoload_known_extensions", "enable_external_access"):
        connection.con.execute(f"SET {setting} = false")
    connection.con.execute("SET lock_configuration = true")
    # Without the geometry, whose type Ibis does not know; lon and lat say the same.
    connection.con.execute(f"CREATE VIEW {TABLE} AS SELECT * EXCLUDE (geometry) FROM read_parquet({literal})")  # noqa: S608 - see above
    return connection


def as_rows(rows: NDArray[np.int64]) -> Any:
    """Row numbers as a table that expressions can be joined with."""
    import ibis
    import pyarrow as pa

    return ibis.memtable(pa.table({"row": pa.array(rows, type=pa.int64())}))
