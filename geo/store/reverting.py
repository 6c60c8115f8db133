"""Which change an undo takes back, and how: byte for byte if nothing came after it, else record by record."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geo.errors import Conflict, Stale, StoreError, shown
from geo.store.checking import place_of
from geo.store.commits import Commits, State
from geo.store.document import split
from geo.store.drafting import Draft
from geo.store.history import BEGIN, LAPSED, Changed, Entry, History
from geo.store.json_text import same, version_of
from geo.store.revisions import body_after, differences, find, inverse, others_differ, patched

_NEVER = (BEGIN, LAPSED, "create")


@dataclass(frozen=True)
class Undoing:
    """The entry that is undone, and the bytes that stood before it; or, with `body` None, a draft in which its records are as they were."""

    entry: Entry
    changes: tuple[Changed, ...]
    draft: Draft
    body: bytes | None


def revert(commits: Commits, state: State, which: str | int | None) -> Undoing:
    """What undoes an entry: the one that led to a revision, that of a number, or the newest that stands. Raises StoreError, Conflict."""
    if state.document is None:
        raise AssertionError("a state without a document")
    draft = Draft(state.document)
    entry = _chosen(commits.history, which)
    if entry.action in _NEVER or entry.before is None:
        advice = "Restore an earlier revision instead, if there is one."
        raise StoreError(what=f"Entry {entry.number} of the history ({entry.action}) cannot be undone", where=str(commits.path), advice=advice)
    if entry.after == state.sha256:
        return Undoing(entry, (), draft, _body_before(commits.history, state, entry))
    changes, others = entry.changes, entry.others
    if any(change.is_short for change in changes):
        before, after = commits.documents(commits.history.entries()[0], entry)
        changes, others = differences(before, after), others_differ(before, after)
    if others:
        what = f"Entry {entry.number} changed more than single records, and other changes have come after it"
        raise StoreError(what=what, where=str(commits.path), advice=f"Nothing was changed. Restore {shown(entry.revision_before)} instead.")
    stale = [found for change in changes if (found := _taken_back(change, draft))]
    if stale:
        raise Conflict(stale)
    return Undoing(entry, changes, draft, None)


def _chosen(history: History, which: str | int | None) -> Entry:
    if isinstance(which, str):
        return _of_revision(history.entries()[0], which)
    if which is not None:
        found = next((entry for entry in history.newest_first() if entry.number == which), None)
        if found is None:
            raise StoreError(what=f"There is no entry {which} in the history", where="history", advice="`python -m geo log --json` numbers them.")
        return found
    # A long history is read no further back than to the change that is meant.
    found = next((entry for entry in _standing(history.newest_first()) if entry.undoes is None), None)
    if found is None:
        raise StoreError(what="There is no change to undo", where="history", advice="`python -m geo log` shows what was changed.")
    return found


def _of_revision(entries: Sequence[Entry], revision: str) -> Entry:
    named = find(entries, revision)
    standing = list(_standing(reversed(entries)))
    # An undo leads back to a revision that another change has led to before; that change is meant.
    changes = [entry for entry in standing if entry.undoes is None]
    return next((entry for entry in [*changes, *standing] if entry.after == named.after), named)


def _standing(newest_first: Iterable[Entry]) -> Iterator[Entry]:
    """The entries that can be undone and were not, nor lapsed."""
    gone: set[int] = set()
    for entry in newest_first:
        if entry.number in gone:
            continue
        if entry.action == LAPSED:
            gone.add(entry.number - 1)
        elif entry.undoes is not None:
            gone.add(entry.undoes)
        if entry.action not in _NEVER:
            yield entry


def _body_before(history: History, state: State, entry: Entry) -> bytes:
    """The bytes before the last entry: back from those that stand, or, where that does not lead there, on from a checkpoint. Raises StoreError."""
    if state.body is not None and entry.patch is not None:
        with contextlib.suppress(StoreError):
            body = patched(state.body, replace(entry, patch=inverse(entry.patch)))
            if hashlib.sha256(body).hexdigest() == entry.before:
                return body
    return body_after(history.entries()[0], entry.number - 1)


def _taken_back(change: Changed, draft: Draft) -> Stale | None:
    at = place_of(draft, change.member, change.id)
    current = None if at is None else draft.value(change.member, at)
    if not same(current, change.after):
        return Stale(change.member, change.id, change.after_version or "", change.after, current, change.before)
    if at is None:
        draft.add(change.member, change.id, change.before)
    elif change.before is None:
        draft.remove(change.member, at)
    else:
        draft.change(change.member, at, change.before)
    return None


def base_of(history: History, member: str, id_: str, seen: str) -> Mapping[str, Any] | None:
    """The version of a record that an editor saw, from the history; None if it is not there."""
    for entry in history.newest_first():
        for change in entry.about(id_):
            if change.member != member:
                continue
            for value in (change.after, change.before):
                if value is not None and version_of(value) == seen:
                    return value
            if change.is_short:
                return _long_base(history, entry, member, id_, seen)
    return None


def _long_base(history: History, entry: Entry, member: str, id_: str, seen: str) -> Mapping[str, Any] | None:
    """As `base_of`, where the entry only names its records: from the whole states before and after it."""
    entries, _ = history.entries()
    for number, sha256 in ((entry.number, entry.after), (entry.number - 1, entry.before)):
        try:
            document = split(body_after(entries, number), "history") if sha256 else None
        except StoreError:
            continue
        at = None if document is None else place_of(Draft(document), member, id_)
        value = None if document is None or at is None else document.value(member, at)
        if isinstance(value, dict) and version_of(value) == seen:
            return value
    return None
