"""What the history page shows: each change of the store, what it was before and after, and what can be taken back. Plain JSON."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from geo.store import EventCollection
from geo.store.history import BEGIN, LAPSED, OUTSIDE, Changed, Entry, History
from geo.store.history_outline import Outline, entry_of, outlines
from geo.ui.edit_data import ago
from geo.ui.record_words import field_rows, title_of

JSON = dict[str, Any]
PER_PAGE = 40
_MOST_SCANNED = 20_000
_MOST_CHANGES = 20
_NOT_UNDONE = (BEGIN, LAPSED, "create")

_ACTIONS = {
    "add event": "Added an event",
    "change event": "Changed an event",
    "move event": "Moved an event",
    "retract event": "Retracted an event",
    "reinstate event": "Reinstated an event",
    "add site": "Added a site",
    "change site": "Changed a site",
    "retire site": "Took a site out",
    "add update": "Added an update",
    "change update": "Changed an update",
    "create": "Made the store",
    "replace": "Replaced the whole store",
    "undo": "Took a change back",
    "restore": "Put an earlier state in place",
    "several": "Made several changes",
    BEGIN: "The history begins",
    OUTSIDE: "Found changed by other hands",
    LAPSED: "The change before was never carried out",
}


def history_data(history: History, collection: EventCollection, *, record: str | None, most: int, can_edit: bool) -> JSON:
    """The newest `most` changes, of one record or of all, newest first. Raises StoreError if the history cannot be read."""
    shown: list[JSON] = []
    gone: set[int] = set()
    newest: str | None = None
    more = False
    # Of all changes the newest are read and no more; to find those of one record the whole history is gone through, by its outline.
    lines: Iterator[Entry | Outline] = history.newest_first() if record is None else reversed(outlines(history))
    for line in islice(lines, _MOST_SCANNED):
        newest = newest or line.after
        stands = line.number not in gone
        _take_back(line, gone, stands)
        if isinstance(line, Outline) and record not in line.ids:
            continue
        if len(shown) == most:
            more = True
            break
        entry = entry_of(history, line) if isinstance(line, Outline) else line
        shown.append(_entry(entry, stands, record, can_edit, collection.revision))
    return {
        "store": collection.revision,
        "record": None if record is None else {"id": record, "title": _title(record, collection), "open": collection.event(record) is not None},
        "entries": shown,
        "more": more,
        "behind": newest is not None and newest != collection.sha256,
        "can_edit": can_edit,
    }


def _take_back(entry: Entry | Outline, gone: set[int], stands: bool) -> None:
    """Note the entry that this one takes back, if it stands itself."""
    if not stands:
        return
    if entry.action == LAPSED:
        gone.add(entry.number - 1)
    elif entry.undoes is not None:
        gone.add(entry.undoes)


def _entry(entry: Entry, stands: bool, record: str | None, can_edit: bool, current: str) -> JSON:
    changes = entry.changes if record is None else entry.about(record)
    whole = entry.others and record is None
    return {
        "number": entry.number,
        "at": ago(entry.at),
        "by": entry.by or None,
        "what": _ACTIONS.get(entry.action, entry.action),
        "why": entry.why,
        "revision": entry.revision,
        "current": entry.revision == current,
        "changes": [_change(change) for change in changes[:_MOST_CHANGES]],
        "others": whole,
        "left_out": max(0, len(changes) - _MOST_CHANGES),
        "undone": not stands,
        "undoes": entry.undoes,
        "can_undo": can_edit and stands and entry.action not in _NOT_UNDONE and entry.before is not None,
        "can_restore": can_edit and record is None and entry.after is not None and entry.revision != current,
    }


def _change(change: Changed) -> JSON:
    return {
        "id": change.id,
        "title": title_of(change.after) or title_of(change.before) or change.id,
        "member": change.member,
        "came": change.before is None and not change.is_short,
        "went": change.after is None and not change.is_short,
        "rows": field_rows(change.before, change.after),
        "short": change.is_short,
    }


def _title(record: str, collection: EventCollection) -> str:
    event = collection.event(record) or next((event for event in collection.retracted if event.id == record), None)
    if event is not None:
        return event.title
    update, site = collection.updates.get(record), collection.site(record)
    return update.heading if update is not None else site.name if site is not None else record
