"""The one way to write a store: authorise, lock, check what the editor saw, validate, record, replace."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from geo.errors import Conflict, InvalidInput, Problem, Stale, StoreError, shown
from geo.geojson import SCHEMA
from geo.store.access import Editor, May, authorise, check_signature, editors_may
from geo.store.assembling import Assembled
from geo.store.changes import (
    AddEvent,
    Addition,
    AddSite,
    AddUpdate,
    Alteration,
    Change,
    ChangeEvent,
    ChangeSite,
    ChangeUpdate,
    RetireSite,
    added,
    altered,
    plain,
)
from geo.store.checking import faults, place_of
from geo.store.commits import NOTHING_KNOWN, Commits, Deed, State
from geo.store.document import Document, Splice, split
from geo.store.drafting import Draft
from geo.store.history import Changed, History
from geo.store.json_text import same, version_of
from geo.store.locking import WAIT_S, locked
from geo.store.opening import conversion, is_parquet
from geo.store.reverting import base_of, revert
from geo.store.revisions import body_after, differences, find, others_differ


@dataclass(frozen=True)
class Written:
    """What a write has done: the state that it led to, the number of its entry in the history, and the new versions of the records by id.

    A record that was taken out has the version None. `entry` is None if there was nothing to change.
    """

    revision: str
    entry: int | None
    versions: Mapping[str, str | None]


class _Versions(Mapping[str, str | None]):
    """The new versions of records by id, each worked out when it is asked for: an import writes very many, and asks for none."""

    def __init__(self, changes: Sequence[Changed]) -> None:
        self._changes = {change.id: change for change in changes}

    def __getitem__(self, id_: str) -> str | None:
        return self._changes[id_].after_version

    def __iter__(self) -> Iterator[str]:
        return iter(self._changes)

    def __len__(self) -> int:
        return len(self._changes)


class StoreWriter:
    """Writes the store at `path`, for as many threads and processes as like.

    `may` decides who may do what; with `read_only` nobody may do anything. `now` gives the time that is recorded. Every method raises NotAllowed
    before it looks at anything, StoreError if the store cannot be written, InvalidInput for what breaks rules; then the store is as it was.
    """

    def __init__(
        self,
        path: Path,
        *,
        may: May = editors_may,
        read_only: bool = False,
        wait_s: float = WAIT_S,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._path = path
        self._may = may
        self._read_only = read_only
        self._wait_s = wait_s
        self._now = now
        self._commits: Commits | None = None

    @property
    def history(self) -> History:
        """The history of this store."""
        return History(self._path.resolve())

    def may(self, editor: Editor, action: str) -> bool:
        """Whether the editor may do one of `geo.store.access.ACTIONS`, for a page that offers only what it can do. The write itself asks again."""
        return not self._read_only and self._may(editor, action)

    def settle(self) -> None:
        """Clear away what a crash has left, and record what has happened outside Dateline. Raises StoreError.

        Nothing if the store is read-only, or GeoParquet.
        """
        if not self._read_only and not is_parquet(self._path):
            with self._locked() as commits:
                commits.state(even_broken=True)

    def apply(self, changes: Iterable[Change], *, by: Editor, why: str) -> Written:
        """Make all of these changes, in their order, or none.

        Pointers of problems begin with the change's number: `/0/feature/properties/title`. Raises Conflict for every record that has changed since
        the editor saw it.
        """
        wanted = tuple(changes)
        self._admit(by, why, *(change.action for change in wanted))
        if not wanted:
            raise InvalidInput([Problem("", "there is nothing to change", "", "Give at least one change.")])
        with self._locked() as commits:
            state = commits.state()
            draft = Draft(_document(state))
            verbs = self._make(wanted, draft, by, commits.history)
            action = wanted[0].action if len({change.action for change in wanted}) == 1 else "several"
            return _write(commits, state, draft, verbs, by=by, why=why, action=action)

    def undo(self, which: str | int | None = None, *, by: Editor, why: str = "Undone.") -> Written:
        """Take a change back: the one that led to a revision, the entry of a number, or the newest that was not taken back yet.

        That is a change too, which can be undone. Raises Conflict if a record has changed since.
        """
        self._admit(by, why, "undo")
        with self._locked() as commits:
            state = commits.state()
            undone = revert(commits, state, which)
            if undone.body is not None:
                return _replace(commits, state, undone.body, by=by, why=why, action="undo", undoes=undone.entry.number)
            keys = [(one.member, one.id) for one in undone.changes]
            if problems := faults(undone.draft, {key: "/".join(("", *key)) for key in keys}):
                raise InvalidInput(problems)
            verbs = {key: f"undo: {one.action}" for key, one in zip(keys, undone.changes, strict=True)}
            return _write(commits, state, undone.draft, verbs, by=by, why=why, action="undo", undoes=undone.entry.number)

    def restore(self, revision: str, *, by: Editor, why: str, seen: str | None = None) -> Written:
        """Put an earlier state in place, byte for byte, also of a file that is broken or gone.

        Raises StoreError also if `seen` is given and is not the revision that stands.
        """
        self._admit(by, why, "restore")
        with self._locked() as commits:
            state = commits.state(even_broken=True)
            entries, _ = commits.history.entries()
            entry = find(entries, revision)
            _check_seen(state, seen)
            return _replace(commits, state, body_after(entries, entry.number), by=by, why=why, action="restore")

    def replace(self, body: bytes, *, by: Editor, why: str, seen: str | None = None) -> Written:
        """Put another whole document in place, as an import makes one. Raises StoreError also if it is no store, and as `restore` does."""
        self._admit(by, why, "replace")
        with self._locked() as commits:
            state = commits.state()
            _check_seen(state, seen)
            return _replace(commits, state, body, by=by, why=why, action="replace")

    def create(self, about: Mapping[str, Any], *, by: Editor, why: str, body: bytes | Assembled | None = None) -> Written:
        """Make the store, with `about` as its `dateline` member, or of a whole document. Raises StoreError if there is a file."""
        self._admit(by, why, "create")
        if body is None:
            members = {"type": "FeatureCollection", "dateline": plain({"schema": SCHEMA} | dict(about), "/dateline"), "updates": [], "features": []}
            body = json.dumps(members, ensure_ascii=False, indent=2).encode() + b"\n"
        with self._locked() as commits:
            if self._path.exists():
                advice = "Nothing was changed. Give another name, or add to the store that is there."
                raise StoreError(what="There is a file already", where=str(self._path), advice=advice)
            return _replace(commits, commits.state(even_broken=True), body, by=by, why=why, action="create")

    def _admit(self, by: Editor, why: str, *actions: str) -> None:
        authorise(by, actions, may=self._may, read_only=self._read_only)
        check_signature(by, why)
        if is_parquet(self._path):
            advice = f"Nothing was changed. Make a GeoJSON store of it (`{conversion(self._path)}`), and change that."
            raise StoreError(what="A GeoParquet store is not changed record by record, and keeps no history", where=str(self._path), advice=advice)

    @contextmanager
    def _locked(self) -> Iterator[Commits]:
        path = self._path.resolve()
        with locked(path, wait_s=self._wait_s):
            if self._commits is None or self._commits.path != path:
                self._commits = Commits(path, self._now)
            yield self._commits

    def _make(self, changes: Sequence[Change], draft: Draft, by: Editor, history: History) -> dict[tuple[str, str], str]:
        """Put the changes into the draft; gives what is done to each record that they touch, by member and id."""
        stale: list[Stale] = []
        problems: list[Problem] = []
        touched: dict[tuple[str, str], str] = {}
        verbs: dict[tuple[str, str], str] = {}
        for number, change in enumerate(changes):
            where = f"/{number}"
            try:
                if isinstance(change, AddEvent | AddSite | AddUpdate):
                    id_ = _add(change, draft, where)
                else:
                    id_ = change.id
                    found = self._alter(change, draft, by, history, where)
                    stale += [found] if found else []
                touched[change.member, id_] = f"{where}/{'update' if change.member == 'updates' else 'feature'}"
                verbs[change.member, id_] = verbs.get((change.member, id_), change.action)
            except InvalidInput as error:
                problems += error.problems
        if stale:
            raise Conflict(stale)
        problems = problems or faults(draft, touched)
        if problems:
            raise InvalidInput(problems)
        return verbs

    def _alter(self, change: Alteration | RetireSite, draft: Draft, by: Editor, history: History, where: str) -> Stale | None:
        at = place_of(draft, change.member, change.id)
        new = draft.added(change.member, change.id)
        current = new if new is not None else None if at is None else draft.value(change.member, at)
        if current is None or version_of(current) != change.seen:
            base = base_of(history, change.member, change.id, change.seen)
            return Stale(change.member, change.id, change.seen, base, current, self._mine(change, base, by, where))
        if isinstance(change, RetireSite):
            _retire(change, at, current, draft, where)
            return None
        value = altered(change, current, by=by, at=self._now(), where=where)
        if new is not None:
            draft.add(change.member, change.id, value)
        elif at is not None:
            draft.change(change.member, at, value)
        return None

    def _mine(self, change: Alteration | RetireSite, base: Mapping[str, Any] | None, by: Editor, where: str) -> dict[str, Any] | None:
        """The record that was to be written, as far as that can be told."""
        if isinstance(change, RetireSite):
            return None
        if isinstance(change, ChangeEvent | ChangeSite | ChangeUpdate):
            return plain(change.update if isinstance(change, ChangeUpdate) else change.feature, where)
        try:
            return None if base is None else altered(change, dict(base), by=by, at=self._now(), where=where)
        except InvalidInput:
            return None


def _add(change: Addition, draft: Draft, where: str) -> str:
    record = added(change, where)
    pointer = f"{where}/{'update' if isinstance(change, AddUpdate) else 'feature'}/id"
    id_ = record.get("id")
    if not isinstance(id_, str) or not id_.strip():
        raise InvalidInput([Problem(pointer, "must be a text that is not empty", shown(id_), "Give the record an id in quotes.")])
    if draft.places(change.member, id_) or draft.added(change.member, id_) is not None:
        advice = "Give it another id, or change the record that is there."
        raise InvalidInput([Problem(pointer, "stands in the store already", shown(id_), advice)])
    if change.member == "updates" and "updates" in draft.document.others:
        value = shown(draft.document.others["updates"])
        raise InvalidInput([Problem(pointer, "the store's updates are no array", value, "Mend the file first.")])
    draft.add(change.member, id_, record)
    return id_


def _retire(change: RetireSite, at: int | None, current: Mapping[str, Any], draft: Draft, where: str) -> None:
    """Take a site out of the draft. Raises InvalidInput for anything but a site: an event is retracted, and an update stays."""
    properties = current.get("properties")
    if not isinstance(properties, Mapping) or properties.get("record") != "site":
        advice = "Only a site is taken out; an event is retracted, and keeps its history in the file."
        raise InvalidInput([Problem(f"{where}/id", "is no site", shown(change.id), advice)])
    if draft.added(change.member, change.id) is not None:
        draft.take_back(change.member, change.id)
    elif at is not None:
        draft.remove(change.member, at)


def _write(
    commits: Commits,
    state: State,
    draft: Draft,
    verbs: Mapping[tuple[str, str], str],
    *,
    by: Editor,
    why: str,
    action: str,
    undoes: int | None = None,
) -> Written:
    """Carry out what a draft holds."""
    before = _document(state)
    document, splices = draft.finish()
    changes = []
    for (member, id_), verb in verbs.items():
        was, now = _record(before, member, id_), _record(document, member, id_)
        if not same(was, now):
            changes.append(Changed(member, id_, verb, was, now))
    if not changes:
        return Written(before.revision, None, {})
    entry = commits.carry_out(state, document.body, document, Deed(by, why, action, tuple(changes), splices, undoes=undoes))
    return Written(document.revision, entry.number, _Versions(changes))


def _replace(commits: Commits, state: State, whole: bytes | Assembled, *, by: Editor, why: str, action: str, undoes: int | None = None) -> Written:
    """Carry out the replacement of the whole document."""
    body = whole.document.body if isinstance(whole, Assembled) else whole
    document = whole.document if isinstance(whole, Assembled) else split(body, str(commits.path))
    if state.body == body:
        return Written(document.revision, None, {})
    if state.document is None and state.body is not None:  # what a broken file held, nobody can tell
        changes, others = NOTHING_KNOWN
    elif isinstance(whole, Assembled) and state.body is None:
        changes, others = whole.changes, True
    else:
        changes, others = differences(state.document, document), others_differ(state.document, document)
    splices = None if state.body is None else [Splice(0, len(state.body), body)]
    entry = commits.carry_out(state, body, document, Deed(by, why, action, changes, splices, others, undoes))
    return Written(document.revision, entry.number, _Versions(changes))


def _check_seen(state: State, seen: str | None) -> None:
    stands = state.sha256 and state.sha256[:16]
    if seen is not None and seen != stands:
        what = f"The store has changed since revision {shown(seen)}: it is at {stands or 'no file'}"
        raise StoreError(what=what, where="the store", advice="Nothing was changed. Look at it, and try again.")


def _document(state: State) -> Document:
    if state.document is None:  # `Commits.state` has refused it
        raise AssertionError("a state without a document")
    return state.document


def _record(document: Document, member: str, id_: str) -> dict[str, Any] | None:
    at = place_of(Draft(document), member, id_)
    value = None if at is None else document.value(member, at)
    return value if isinstance(value, dict) else None
