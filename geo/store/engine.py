"""DuckDB, shut in: connections that can read one Parquet file and nothing else, and answer the questions of `geo.store.queries`."""

from __future__ import annotations

import contextlib
import functools
import queue
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from geo.errors import StoreError

STATEMENTS = Path(__file__).with_name("duckdb.sql")
"""The questions as Ibis compiles them, ahead of time (`geo.store.compiling`)."""
_TABLE = "records"
_MOST_CONNECTIONS = 4


class Engine:
    """Answers questions about the records of a file. Any number of threads may ask; a connection serves one at a time.

    A question is asked by its name, and its parameters are never part of its text. `check` raises StoreError if the file is another by now; it is
    called before an answer is given. Every method may raise StoreError.
    """

    def __init__(self, path: Path, *, check: Callable[[], None] = lambda: None) -> None:
        self._path, self._check = path, check
        self._idle: queue.LifoQueue[Any] = queue.LifoQueue()
        for _ in range(_MOST_CONNECTIONS):
            self._idle.put(None)

    def rows(self, question: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The answer as a list of rows, in the order of the question's columns."""
        with self._asked(question, parameters) as answer:
            found: list[tuple[Any, ...]] = answer.fetchall()
        return found

    def columns(self, question: str, **parameters: Any) -> dict[str, Any]:
        """The answer as numpy arrays by the names of its columns, none of which may have a null."""
        with self._asked(question, parameters) as answer:
            found: dict[str, Any] = answer.fetchnumpy()
        return found

    def one(self, question: str, **parameters: Any) -> Any:
        """The only value of an answer."""
        return self.rows(question, **parameters)[0][0]

    @contextlib.contextmanager
    def _asked(self, question: str, parameters: dict[str, Any]) -> Iterator[Any]:
        import duckdb

        connection = self._idle.get()
        try:
            if connection is None:
                connection = _connect(self._path)
            yield connection.execute(_statements()[question], parameters)
            self._check()
        except duckdb.Error as error:
            advice = "Convert it anew with `python -m geo convert`, or restore a backup."
            raise StoreError(what=f"The store could not be read: {str(error).splitlines()[0]}", where=str(self._path), advice=advice) from error
        finally:
            self._idle.put(connection)


@functools.cache
def _statements() -> dict[str, str]:
    """The SQL of each question by its name."""
    parts = re.split(r"^-- name: (\w+)\n", STATEMENTS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _connect(path: Path) -> Any:
    import duckdb

    connection = duckdb.connect()
    literal = "'" + str(path.resolve()).replace("'", "''") + "'"  # a path is no query
    connection.execute(f"SET allowed_paths = [{literal}]")
    for setting in ("autoinstall_known_extensions", "autoload_known_extensions", "enable_external_access"):
        connection.execute(f"SET {setting} = false")
    connection.execute("SET lock_configuration = true")
    # Without the geometry, for which DuckDB would want an extension; lon and lat say the same.
    connection.execute(f"CREATE VIEW {_TABLE} AS SELECT * EXCLUDE (geometry) FROM read_parquet({literal})")  # noqa: S608 - see above
    return connection
