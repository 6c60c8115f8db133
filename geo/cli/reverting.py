"""`undo` and `restore`: taking a change back, and putting an earlier state in place."""

from __future__ import annotations

import argparse
import getpass
import os

from geo.cli.command import Command
from geo.cli.history import add_store_option, store_path
from geo.cli.output import say
from geo.errors import Conflict
from geo.settings import from_environment
from geo.store.editing import Editor, StoreWriter, Written


def _configure_signature(parser: argparse.ArgumentParser, why: str) -> None:
    add_store_option(parser)
    add_signature(parser)
    parser.add_argument("--why", default=why, metavar="TEXT", help="why, for the history")


def add_signature(parser: argparse.ArgumentParser) -> None:
    """`--by`, for every command that writes a store."""
    parser.add_argument("--by", metavar="NAME", help="who does it; by default the name that you are logged in with")


def _configure_undo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("revision", nargs="?", metavar="REVISION", help="the revision that the change led to; by default the newest change")
    _configure_signature(parser, "Undone from the command line.")


def _run_undo(options: argparse.Namespace) -> int:
    try:
        written = _writer(options).undo(options.revision, by=signature(options), why=options.why)
    except Conflict as conflict:
        for stale in conflict.stale:
            say(f"{stale.id}: the change that is to be undone left version {stale.seen or 'none'}, but it was changed again since")
        say("`python -m geo log ID` shows the changes to one record; undo the later ones first, or restore a revision")
        raise
    _tell(written)
    return 0


def _configure_restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("revision", metavar="REVISION", help="the revision to put in place, by its first digits")
    _configure_signature(parser, "Restored from the command line.")


def _run_restore(options: argparse.Namespace) -> int:
    _tell(_writer(options).restore(options.revision, by=signature(options), why=options.why))
    return 0


def _writer(options: argparse.Namespace) -> StoreWriter:
    return StoreWriter(store_path(options), read_only=from_environment(os.environ).read_only)


def signature(options: argparse.Namespace) -> Editor:
    """Whoever may write the file is an editor: there is no other door here than the file's own permissions."""
    return Editor(options.by if options.by is not None else _login())


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody at the command line"


def _tell(written: Written) -> None:
    if written.entry is None:
        say(f"nothing to change; the store is at revision {written.revision}")
        return
    count = len(written.versions)
    say(f"{count:,} record{'' if count == 1 else 's'} changed; the store is at revision {written.revision}")


UNDO = Command(
    name="undo",
    summary="take a change of a store back",
    description="Take back the newest change that has not been undone yet, or the one that led to REVISION. The undoing is a change too, "
    "and stands in the history. It is refused if a record has been changed again since.",
    configure=_configure_undo,
    run=_run_undo,
)
RESTORE = Command(
    name="restore",
    summary="put an earlier state of a store in place",
    description="Put an earlier state in place, byte for byte, also of a store that is broken or gone. What stood there stays in the history.",
    configure=_configure_restore,
    run=_run_restore,
)
