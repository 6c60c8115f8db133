"""The candidates file beside a store: what readings have proposed, waiting for a decision. Form: docs/ingest.md."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.bounded_json import parse_json
from geo.errors import InvalidInput, Problem, StoreError, shown
from geo.store.atomic import replace_file, sweep
from geo.store.locking import locked

MAX_BYTES = 100_000_000
VERSION = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """What writing came to: candidates that are new, those that were there and were told anew, and those that stayed as they were."""

    new: int
    changed: int
    same: int


def candidates_path(store: Path) -> Path:
    """The candidates file of a store: `events.geojson` has `events.candidates.geojson` beside it."""
    return store.with_name(f"{store.stem}.candidates.geojson")


def read_candidates(store: Path) -> dict[str, Any]:
    """The candidates file of a store, an empty collection if there is none. Raises InvalidInput for one that is no candidates file, StoreError."""
    path = candidates_path(store)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return _empty()
    except OSError as error:
        what = f"The candidates file could not be read: {error.strerror or error}"
        raise StoreError(what=what, where=str(path), advice="Give the right to read it, or move it away.") from error
    if len(content) > MAX_BYTES:
        raise StoreError(
            what=f"The candidates file is larger than {MAX_BYTES:,} bytes", where=str(path), advice="Decide on what it holds, or move it away."
        )
    return _checked(parse_json(content, max_bytes=MAX_BYTES))


def add_candidates(store: Path, collection: dict[str, Any]) -> Kept:
    """Put candidates and the updates that they cite into the candidates file of a store; the store itself is not touched.

    A candidate with an id that is there replaces it, and what it replaces is kept in its member `earlier`; others stay. Raises InvalidInput,
    StoreError.
    """
    path = candidates_path(store)
    with locked(path):
        sweep(path)
        known = read_candidates(store)
        features, kept = _merged(known["features"], collection["features"])
        updates, _ = _merged(known["updates"], collection["updates"])
        whole = {**known, "dateline": collection["dateline"], "updates": updates, "features": features}
        replace_file(path, [json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False).encode(), b"\n"])
    return kept


def _merged(known: Iterable[dict[str, Any]], fresh: Iterable[dict[str, Any]]) -> tuple[list[dict[str, Any]], Kept]:
    by_id = {one["id"]: one for one in known}
    new = changed = same = 0
    for one in fresh:
        before = by_id.get(one["id"])
        if before is None:
            new += 1
            by_id[one["id"]] = one
            continue
        plain = {name: value for name, value in before.items() if name not in ("earlier", "decision")}
        if plain == one:
            same += 1
            continue
        changed += 1
        more = {name: before[name] for name in ("decision",) if name in before}
        by_id[one["id"]] = {**one, **more, "earlier": [*before.get("earlier", [])[-9:], plain]}
    return list(by_id.values()), Kept(new, changed, same)


def _empty() -> dict[str, Any]:
    return {"type": "FeatureCollection", "candidates": VERSION, "dateline": {}, "updates": [], "features": []}


def _checked(content: Any) -> dict[str, Any]:
    problems = []
    if not isinstance(content, dict) or content.get("candidates") != VERSION:
        problems.append(
            Problem("/candidates", f"This is no candidates file of version {VERSION}", shown(content), "Move it away; a new one is written.")
        )
    else:
        for member in ("updates", "features"):
            rows = content.get(member)
            if not isinstance(rows, list) or not all(isinstance(row, dict) and isinstance(row.get("id"), str) for row in rows):
                problems.append(
                    Problem(f"/{member}", "It must be an array of objects with an id", shown(rows), "Move the file away; a new one is written.")
                )
    if problems:
        raise InvalidInput(problems)
    assert isinstance(content, dict)  # noqa: S101 - for the types
    return content
