"""`log` and `diff`: what was changed in a store, when, by whom and why."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from geo.cli.command import Command
from geo.cli.output import printable, say
from geo.errors import StoreError
from geo.settings import from_environment
from geo.store.document import Document, split
from geo.store.history import Changed, Entry, History
from geo.store.opening import conversion, is_parquet
from geo.store.revisions import MISSING, FieldChange, body_after, differences, field_changes, find, others_differ

_SHOWN = 160
NOW = "now"


def store_path(options: argparse.Namespace) -> Path:
    """The store that a command is about, without links."""
    path: Path = options.store or from_environment(os.environ).store
    return path.resolve()


def add_store_option(parser: argparse.ArgumentParser) -> None:
    """`--store`, for the commands of the history."""
    parser.add_argument("--store", type=Path, metavar="FILE", help="the store; by default DATELINE_STORE, else the events of Dateline")


def _configure_log(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", metavar="ID", help="only what was done to this event, site or update, field by field")
    add_store_option(parser)
    parser.add_argument("--limit", type=_count, metavar="N", help="at most the N newest")
    parser.add_argument("--json", action="store_true", help="print the entries as JSON, newest first")


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: write a number of 1 or more")
    return int(text)


def _run_log(options: argparse.Namespace) -> int:
    path = store_path(options)
    entries, problems = History(path).entries()
    if not entries and not problems and not path.exists():
        raise StoreError(what="There is no such file, and no history of it", where=str(path), advice="Check the path.")
    wanted = [entry for entry in reversed(entries) if options.id is None or entry.about(options.id)][: options.limit]
    if options.json:
        print(json.dumps([as_json(entry, options.id) for entry in wanted], indent=2))
    else:
        for entry in wanted:
            for line in _in_lines(entry, options.id):
                print(printable(line))
    for problem in problems:
        say(str(problem))
    say(_summary(path, entries, len(wanted), options.id))
    return 1 if problems else 0


def _summary(path: Path, entries: list[Entry], shown: int, id_: str | None) -> str:
    if not entries and is_parquet(path):
        return f"{path.name} is a GeoParquet store, which keeps no history; `{conversion(path)}` makes a store that does"
    if not entries:
        return f"{path.name} has no history yet; it begins with the first change that Dateline writes"
    about = f" about {id_!r}" if id_ is not None else ""
    text = f"{shown:,} of {len(entries):,} entries{about}"
    try:
        now = split(path.read_bytes(), str(path)).sha256
    except (OSError, StoreError):
        return f"{text}; the file cannot be read now, or is gone"
    return text if now == entries[-1].after else f"{text}; the file has been changed since, which the next change will record"


def _in_lines(entry: Entry, id_: str | None) -> list[str]:
    who = entry.by or "Dateline"
    lines = [f"{entry.revision or 'no file':16}  {entry.at}  {who}: {entry.action}: {entry.why}"]
    for change in entry.changes if id_ is None else entry.about(id_):
        lines.append(f"    {change.action} {change.id}")
        if id_ is not None:
            lines += [f"        {line}" for line in fields_in_lines(change)]
    if id_ is None and entry.others:
        lines.append("    and what is not in single records")
    return lines


def fields_in_lines(change: Changed) -> list[str]:
    """Each field that differs on a line, of bounded length."""
    if change.is_short:
        return ["(one of very many; `python -m geo diff` shows its fields)"]
    return [f"{field.pointer or '/'}: {_said(field.before)} -> {_said(field.after)}" for field in fields_of(change)]


def fields_of(change: Changed) -> tuple[FieldChange, ...]:
    """The fields that a change has changed; a record that came or went counts as one."""
    if change.before is None or change.after is None:
        before, after = (MISSING if value is None else value for value in (change.before, change.after))
        return (FieldChange("", before, after),)
    return tuple(field_changes(change.before, change.after))


def _said(value: Any) -> str:
    text = repr(value) if value is MISSING else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def as_json(entry: Entry, id_: str | None = None) -> dict[str, Any]:
    """An entry for machines: without the patch and the checkpoint, which are for replaying it."""
    return {
        "number": entry.number,
        "at": entry.at,
        "by": entry.by or None,
        "role": entry.role or None,
        "why": entry.why,
        "action": entry.action,
        "revision_before": entry.revision_before,
        "revision": entry.revision,
        "undoes": entry.undoes,
        "others": entry.others,
        "changes": [changed_as_json(change) for change in (entry.changes if id_ is None else entry.about(id_))],
    }


def changed_as_json(change: Changed) -> dict[str, Any]:
    """One changed record for machines; `before` and `after` are null where there was no record, or where `short` says that they are not kept."""
    return {
        "in": change.member,
        "id": change.id,
        "action": change.action,
        "short": change.is_short,
        "before": change.before,
        "after": change.after,
    }


def _configure_diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("a", metavar="A", help="a revision, by its first digits")
    parser.add_argument("b", nargs="?", default=NOW, metavar="B", help="another; by default `now`, the file as it stands")
    add_store_option(parser)
    parser.add_argument("--json", action="store_true", help='print {"a", "b", "others", "changes"}')


def _run_diff(options: argparse.Namespace) -> int:
    path = store_path(options)
    entries, _ = History(path).entries()
    before, after = (_document(path, entries, name) for name in (options.a, options.b))
    changes, others = differences(before, after), others_differ(before, after)
    if options.json:
        listed = [changed_as_json(change) for change in changes]
        print(json.dumps({"a": before.revision, "b": after.revision, "others": others, "changes": listed}, indent=2))
    else:
        _print_changes(changes, others)
    if not changes and not others:
        say("no difference" if before.body == after.body else "no difference but in the layout")
    return 0


def _print_changes(changes: Iterable[Changed], others: bool) -> None:
    for change in changes:
        print(printable(f"{change.action} {change.id}"))
        for line in fields_in_lines(change):
            print(printable(f"    {line}"))
    if others:
        print("and what is not in single records (the `dateline` member, the order, records without an id)")


def _document(path: Path, entries: list[Entry], name: str) -> Document:
    if name == NOW:
        return split(path.read_bytes(), str(path))
    return split(body_after(entries, find(entries, name).number), f"revision {name}")


LOG = Command(
    name="log",
    summary="say what was changed in a store, when, by whom and why",
    description="List the history of a store, newest first: the revision that each change led to, when (UTC), who, what and why. "
    "With an ID, only what was done to that record, field by field.",
    configure=_configure_log,
    run=_run_log,
)
DIFF = Command(
    name="diff",
    summary="say what differs between two revisions of a store",
    description="Say which records differ between two revisions, and in which fields. "
    "The revisions are those of `log`; `now` is the file as it stands.",
    configure=_configure_diff,
    run=_run_diff,
)
