"""What a session brings in: the file as it was read, what the store would make of it, and what the person does with it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from geo.errors import DatelineError, InvalidInput, StoreError
from geo.filters import EventFilter
from geo.ingest.datasets import RowProblem
from geo.ingest.datasets.storing import refused_rows, store_dataset
from geo.settings import from_environment
from geo.store.access import editors_may
from geo.store.adding import Added, plan_records
from geo.store.opening import is_parquet
from geo.ui import actions, state, who
from geo.ui.import_reading import Reading, read_upload

Choice = Literal["good", "all"]
_MOST_UPDATES = 20  # beyond which an address that names each would be too long


@dataclass(frozen=True)
class Receipt:
    """What an import has done. `undone` says that it was taken back; `fault` why that could not be."""

    added: Added
    refused: tuple[RowProblem, ...]
    store: str
    undone: bool = False
    fault: str = ""


@dataclass(frozen=True)
class Importing:
    """One file on its way. `token` names the file and what was said of its columns, so that nothing acts on another than the person sees.

    `refusal` says why the file cannot be read at all. `plan` is what would come of it in the store of `revision`; `fault` why nothing could be said,
    or why the import failed.
    """

    token: str
    given: Mapping[str, str] = field(default_factory=dict)
    reading: Reading | None = None
    refusal: tuple[str, ...] = ()
    plan: Added | None = None
    refused: tuple[RowProblem, ...] = ()
    revision: str = ""
    choice: Choice = "good"
    page: int = 0
    fault: str = ""
    receipt: Receipt | None = None

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        """Everything that keeps rows out, in the order of the file."""
        report = self.reading.report if self.reading else ()
        refused = self.receipt.refused if self.receipt else self.refused
        return tuple(sorted((*report, *refused), key=lambda problem: problem.row))


def read(body: bytes, name: str, *, revision: str) -> Importing:
    """The session's import for this upload, read anew only if the file or the mapping is another, and held against the store as it is now."""
    before = current()
    digest = hashlib.sha256(body).hexdigest()[:16]
    given = before.given if before and before.token.startswith(digest) else {}
    token = f"{digest}-{hashlib.sha256(repr((name, sorted(given.items()))).encode('utf-8', 'replace')).hexdigest()[:8]}"
    if before is None or before.token != token or (before.reading is None and not before.refusal):
        choice: Choice = before.choice if before and before.token.startswith(digest) else "good"
        before = _read(Importing(token, given, choice=choice), body, name)
    if before.receipt is None and before.revision != revision:
        before = _planned(before, revision)
    state.set_importing(before)
    return before


def current() -> Importing | None:
    """What this session brings in, as far as it has come."""
    found = state.importing()
    return found if isinstance(found, Importing) else None


def forget() -> None:
    """The file was taken away."""
    state.set_importing(None)


def _read(importing: Importing, body: bytes, name: str) -> Importing:
    most = from_environment(os.environ).max_upload_mb * 1_000_000
    try:
        reading = read_upload(body, name=name, max_bytes=most, given=importing.given)
    except InvalidInput as error:
        words = tuple(f"{problem.message}{f' (got {problem.value})' if problem.value else ''}. {problem.advice}" for problem in error.problems[:20])
        return replace(importing, refusal=words)
    except StoreError as error:
        return replace(importing, refusal=(f"{error.what}. {error.advice}",))
    return replace(importing, reading=reading)


def _planned(importing: Importing, revision: str) -> Importing:
    dataset = importing.reading.dataset if importing.reading else None
    if dataset is None:
        return replace(importing, revision=revision)
    try:
        plan = plan_records(from_environment(os.environ).store, events=dataset.events, updates=dataset.updates, sites=dataset.sites, as_read=True)
    except StoreError as error:
        return replace(importing, revision=revision, fault=f"{error.what}. {error.advice}")
    return replace(importing, revision=revision, plan=plan, refused=refused_rows(dataset, plan))


def why_not() -> str | None:
    """Why this person can import nothing now, in words; None if they can. The write asks again."""
    settings = from_environment(os.environ)
    if settings.read_only:
        return "This Dateline only reads (DATELINE_READ_ONLY is set). You can look at what a file holds, and import it where Dateline may write."
    if not editors_may(who.person(), "add event"):
        return "You are reading here, and only editors may import. You can look at what a file holds; ask an editor to bring it in."
    folder = settings.store.resolve().parent
    if not os.access(folder, os.W_OK):
        return f"The store's folder may not be written by the person who runs Dateline: {folder}. You can look at what a file holds."
    return None


# What a person does. Everything that comes from the browser is checked against what the session holds.


def set_column(token: object, member: object, value: object) -> None:
    """Say what a member of the mapping is: a column, or what a setting allows."""
    importing = current()
    if importing is None or importing.token != token or importing.reading is None or not importing.reading.can_be_mapped:
        return
    if isinstance(member, str) and isinstance(value, str) and len(value) <= 1_000:
        state.set_importing(replace(importing, given={**importing.given, member: value}))


def set_choice(token: object, choice: object) -> None:
    """The good ones go in, or nothing unless all are good."""
    importing = current()
    if importing is not None and importing.token == token and choice in ("good", "all"):
        state.set_importing(replace(importing, choice=choice, fault=""))


def set_page(token: object, page: object) -> None:
    """Turn to a page of the rows that are set aside."""
    importing = current()
    if importing is not None and importing.token == token and isinstance(page, int) and not isinstance(page, bool):
        state.set_importing(replace(importing, page=page))


def bring_in(token: object) -> None:
    """Write what was read into the store, as one change."""
    importing = current()
    if importing is None or importing.token != token or importing.receipt is not None:
        return
    dataset = importing.reading.dataset if importing.reading else None
    if dataset is None or (importing.choice == "all" and importing.problems):
        return
    settings = from_environment(os.environ)
    try:
        stored = store_dataset(
            dataset,
            settings.store,
            name=importing.reading.file if importing.reading else "",
            by=who.person(),
            read_only=settings.read_only,
            strict=importing.choice == "all",
        )
    except DatelineError as error:
        state.set_importing(replace(importing, fault=str(error)))
        return
    receipt = Receipt(stored.added, stored.refused, settings.store.name)
    state.set_importing(replace(importing, receipt=receipt, fault="", page=0))


def undo(token: object) -> None:
    """Take the import back, through the history."""
    importing = current()
    if importing is None or importing.token != token or importing.receipt is None or importing.receipt.added.entry is None:
        return
    try:
        why = f"Import of {importing.reading.file if importing.reading else 'a file'} taken back."
        written = who.writer().undo(importing.receipt.added.entry, by=who.person(), why=why)
    except DatelineError as error:
        state.set_importing(replace(importing, receipt=replace(importing.receipt, fault=str(error))))
        return
    added = replace(importing.receipt.added, revision=written.revision)
    state.set_importing(replace(importing, receipt=replace(importing.receipt, added=added, undone=True, fault="")))


def again(token: object) -> None:
    """Look at the same file again, as if it had just been chosen."""
    importing = current()
    if importing is not None and importing.token == token:
        state.set_importing(replace(importing, receipt=None, revision="", fault="", page=0))


def show(token: object) -> None:
    """Go to the map, and show what was imported: the events of these updates, or, of many, those of the same dates."""
    importing = current()
    if importing is None or importing.token != token or importing.reading is None or importing.reading.dataset is None:
        return
    state.set_window(shown_by(importing), event=None, page=0, tab="events")
    actions.zoom_to("all")
    state.depart()


def shown_by(importing: Importing) -> EventFilter:
    """The filter that shows what was imported."""
    dataset = importing.reading.dataset if importing.reading else None
    events = dataset.events if dataset else ()
    told_in = frozenset(id_ for event in events for id_ in event.updates)
    if len(told_in) <= _MOST_UPDATES or not events:
        return EventFilter(told_in=told_in)
    return EventFilter(start=min(event.first for event in events), after=max(event.after for event in events))


def is_history_kept() -> bool:
    """Whether the store keeps a history, through which an import can be taken back."""
    return not is_parquet(from_environment(os.environ).store)
