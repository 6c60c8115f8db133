"""What somebody has typed and not saved yet: a file beside the store that outlives a reload and a restart, and that no route serves."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from geo.errors import StoreError
from geo.store.atomic import replace_file, sweep
from geo.store.locking import locked

JSON = dict[str, Any]
DRAFTS = ".drafts.json"
"""What the drafts file's name adds to the store's."""
MAX_DRAFTS = 50
"""For one person; the oldest give way."""
MAX_BYTES = 16 * 1024 * 1024
_WAIT_S = 5.0


@dataclass(frozen=True, slots=True)
class Draft:
    """An edit that is not saved. `id` is None for a new record; `base` is the record that the form was made from, and `original` the one in the store
    that the person saw, whose version is `seen`. `at` is when it was kept, ISO 8601 in UTC."""

    by: str
    kind: str
    id: str | None
    form: JSON
    base: JSON
    original: JSON | None
    seen: str | None
    at: str = ""


class Drafts:
    """The drafts for the store at `path`. Every method raises StoreError, and nothing else."""

    def __init__(self, path: Path) -> None:
        store = path.resolve()
        self._path = store.with_name(store.name + DRAFTS)

    def of(self, by: str) -> list[Draft]:
        """One person's drafts, newest first; nobody else's."""
        return sorted((draft for draft in self._read() if draft.by == by), key=lambda draft: draft.at, reverse=True)

    def find(self, by: str, kind: str, id_: str | None) -> Draft | None:
        """The draft of one record, or of a new one."""
        return next((draft for draft in self.of(by) if (draft.kind, draft.id) == (kind, id_)), None)

    def keep(self, draft: Draft) -> str:
        """Keep a draft in the place of the last one of the same record. Gives the time that it bears."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        with locked(self._path, wait_s=_WAIT_S):
            others = [other for other in self._read() if (other.by, other.kind, other.id) != (draft.by, draft.kind, draft.id)]
            mine = sorted((other for other in others if other.by == draft.by), key=lambda other: other.at)
            crowded = {id(other) for other in mine[: max(0, len(mine) - MAX_DRAFTS + 1)]}
            kept = [other for other in others if id(other) not in crowded]
            self._write([*kept, Draft(**(asdict(draft) | {"at": at}))])
        return at

    def drop(self, by: str, kind: str, id_: str | None) -> None:
        """Forget a draft; nothing if there is none."""
        if not self._path.exists():
            return
        with locked(self._path, wait_s=_WAIT_S):
            drafts = self._read()
            left = [draft for draft in drafts if (draft.by, draft.kind, draft.id) != (by, kind, id_)]
            if len(left) < len(drafts):
                self._write(left)

    def _read(self) -> list[Draft]:
        """All that can be read; a file that somebody has broken holds none, and is replaced by the next draft."""
        try:
            with self._path.open("rb") as file:
                body = file.read(MAX_BYTES + 1)
        except FileNotFoundError:
            return []
        except OSError as error:
            advice = "Give the right to read it, or take it away."
            raise StoreError(what=f"The drafts cannot be read: {error.strerror}", where=str(self._path), advice=advice) from error
        if len(body) > MAX_BYTES:
            return []
        try:
            items = json.loads(body)
        except (ValueError, RecursionError):
            return []
        return [draft for item in (items if isinstance(items, list) else []) if (draft := _draft(item)) is not None]

    def _write(self, drafts: list[Draft]) -> None:
        body = json.dumps([asdict(draft) for draft in drafts]).encode()
        while len(body) > MAX_BYTES and len(drafts) > 1:
            drafts = sorted(drafts, key=lambda draft: draft.at)[1:]
            body = json.dumps([asdict(draft) for draft in drafts]).encode()
        sweep(self._path)
        if not self._path.exists():
            # It holds what is not said in public yet: nobody else's from the first byte, and what replaces it has its mode.
            try:
                os.close(os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600))
            except OSError as error:
                advice = "What you typed stays in this tab. Give the right to write there, or save soon."
                raise StoreError(what=f"The drafts cannot be written: {error.strerror}", where=str(self._path), advice=advice) from error
        replace_file(self._path, [body])


def _draft(item: Any) -> Draft | None:
    """A draft as it was kept; None for anything else."""
    if not isinstance(item, dict):
        return None
    texts = all(isinstance(item.get(name), str) for name in ("by", "kind", "at")) and item["kind"] in ("event", "site", "update")
    maybe = all(item.get(name) is None or isinstance(item[name], str) for name in ("id", "seen"))
    objects = all(isinstance(item.get(name), dict) for name in ("form", "base")) and isinstance(item.get("original"), dict | None)
    if not (texts and maybe and objects):
        return None
    return Draft(item["by"], item["kind"], item.get("id"), item["form"], item["base"], item.get("original"), item.get("seen"), item["at"])
