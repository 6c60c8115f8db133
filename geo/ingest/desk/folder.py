"""The desk's folder beside a store: one file with its state, and the texts of the readings by their hashes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

from geo.bounded_json import parse_json
from geo.errors import InvalidInput, Problem, StoreError
from geo.ingest.desk.records import Desk, as_json, from_json
from geo.store.atomic import replace_file, sweep
from geo.store.locking import locked

MAX_BYTES = 100_000_000
MAX_TEXT_BYTES = 20_000_000
MAX_TEXTS = 20
"""Texts of one blog that are kept whole, the newest; of older ones the earlier wordings of updates stay."""
_HASH = re.compile(r"[0-9a-f]{64}")


class DeskFolder:
    """The desk of the store at `store`: `events.geojson` has `events.desk/` beside it. Safe for threads and processes."""

    def __init__(self, store: Path) -> None:
        self.path = store.with_name(f"{store.stem}.desk")
        self._file = self.path / "desk.json"

    def load(self) -> Desk:
        """The desk as it stands, an empty one if there is none. Raises StoreError, InvalidInput."""
        body = self._read(self._file, MAX_BYTES)
        return Desk() if body is None else from_json(parse_json(body, max_bytes=MAX_BYTES))

    def stamp(self) -> tuple[int, int] | None:
        """What changes whenever the desk does: when its file was written, and how long it is. None if there is none, or it cannot be looked at."""
        try:
            found = self._file.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def change(self, what: Callable[[Desk], Desk]) -> Desk:
        """Replace the desk by what `what` makes of it, one writer at a time. Raises StoreError, InvalidInput, and what `what` raises."""
        self._make()
        with locked(self._file):
            sweep(self._file)
            before = self.load()
            after = what(before)
            if after != before:
                body = json.dumps(as_json(after), ensure_ascii=False, indent=1, allow_nan=False).encode()
                if len(body) > MAX_BYTES:
                    advice = "Take live blogs that are done off the desk."
                    raise StoreError(what=f"The desk would be larger than {MAX_BYTES:,} bytes", where=str(self._file), advice=advice)
                replace_file(self._file, [body, b"\n"])
                self._drop_texts(after)
        return after

    def keep_text(self, text: str) -> str:
        """Keep a text and give its name, the SHA-256 of its UTF-8 bytes. Raises StoreError, and InvalidInput for half a surrogate pair."""
        try:
            body = text.encode()
        except UnicodeEncodeError as error:
            raise InvalidInput([Problem("", "The text holds half of a surrogate pair, which is no character", "", "Save it as UTF-8.")]) from error
        name = hashlib.sha256(body).hexdigest()
        self._make()
        path = self._text_path(name)
        if not path.exists():
            replace_file(path, [body])
        return name

    def text(self, name: str) -> str:
        """A text that was kept. Raises StoreError if it is not there or is not what it was."""
        path = self._text_path(name)
        body = self._read(path, MAX_TEXT_BYTES)
        if body is None or hashlib.sha256(body).hexdigest() != name:
            what = "A text of the desk is not there any more" if body is None else "A text of the desk is not what was kept"
            raise StoreError(what=what, where=str(path), advice="Read the live blog again.")
        return body.decode()

    def _text_path(self, name: str) -> Path:
        if not _HASH.fullmatch(name):  # it may come from a file that somebody wrote by hand
            raise StoreError(what="The desk names a text by what is no hash", where=str(self._file), advice="Move the desk away, and read again.")
        return self.path / f"{name}.txt"

    def _make(self) -> None:
        try:
            self.path.mkdir(exist_ok=True)
        except OSError as error:
            what = f"The desk could not be made: {error.strerror or type(error).__name__}"
            raise StoreError(what=what, where=str(self.path), advice="Give the right to write beside the store.") from error

    def _read(self, path: Path, most: int) -> bytes | None:
        try:
            with path.open("rb") as file:
                body = file.read(most + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            what = f"The desk could not be read: {error.strerror or type(error).__name__}"
            raise StoreError(what=what, where=str(path), advice="Give the right to read it, or move it away.") from error
        if len(body) > most:
            raise StoreError(what=f"It is larger than {most:,} bytes", where=str(path), advice="Move it away.")
        return body

    def _drop_texts(self, desk: Desk) -> None:
        """Texts that no blog needs any more. One that was kept this moment, for a change that comes next, is younger than the desk's file."""
        wanted = {reading.text_sha256 for blog in desk.blogs for reading in blog.readings[-MAX_TEXTS:]}
        born = self._file.stat().st_mtime
        for path in self.path.glob("*.txt"):
            if path.stem not in wanted and _HASH.fullmatch(path.stem) and path.stat().st_mtime < born - 3_600:
                path.unlink(missing_ok=True)
