"""The program `python -m geo`: its commands, and what is said when something goes wrong."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, TextIO

from geo.cli import convert, export, history, import_command, ingest_command, reverting, validate
from geo.cli.command import Command, UsageError
from geo.cli.output import printable, say
from geo.errors import DatelineError

COMMANDS: tuple[Command, ...] = (
    validate.COMMAND,
    export.COMMAND,
    import_command.COMMAND,
    convert.COMMAND,
    ingest_command.COMMAND,
    history.LOG,
    history.DIFF,
    reverting.UNDO,
    reverting.RESTORE,
)

OK, FAILED, MISUSED = 0, 1, 2
_INTERRUPTED = 130
_PIPE_CLOSED = 141  # what a shell reports for a program that SIGPIPE has ended
# The values of these begin with a minus west of Greenwich; argparse would take them for options.
_MAY_BE_NEGATIVE = ("--near",)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(printable(message))


def main(argv: Sequence[str]) -> int:
    """Run one command; the exit status is 0, 1 for a failure that was told in words, or 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        _never_fail_on_a_letter(stream)
    parser = _parser()
    options = parser.parse_args(_with_negatives_joined(argv))
    command: Command = options.command
    try:
        status = command.run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except UsageError as error:
        say(f"{parser.prog} {command.name}: {error}")
        return MISUSED
    except BrokenPipeError:
        _abandon_stdout()
        return _PIPE_CLOSED
    except DatelineError as error:
        say(f"{parser.prog} {command.name}: {error}")
        return FAILED
    except OSError as error:
        _abandon_stdout()
        where = f"{error.filename}: " if error.filename is not None else ""
        say(f"{parser.prog} {command.name}: {where}{error.strerror or error}")
        return FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED


def _parser() -> _Parser:
    parser = _Parser(
        prog="python -m geo",
        description="Check a store of events, bring events in and out, and see or take back what was changed.",
        epilog="`python -m geo COMMAND --help` explains a command.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        one = commands.add_parser(command.name, help=command.summary, description=command.description, allow_abbrev=False)
        command.configure(one)
        one.set_defaults(command=command)
    return parser


def _with_negatives_joined(argv: Sequence[str]) -> list[str]:
    """`--near -71,42,10` as `--near=-71,42,10`."""
    words = list(argv)
    for index in range(len(words) - 2, -1, -1):
        if words[index] in _MAY_BE_NEGATIVE and words[index + 1][:1] == "-":
            words[index : index + 2] = [f"{words[index]}={words[index + 1]}"]
    return words


def _never_fail_on_a_letter(stream: TextIO | None) -> None:
    """Write what the terminal's encoding does not have as an escape."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def _abandon_stdout() -> None:
    """Keep Python from trying once more, at its end, to write what could not be written."""
    if sys.stdout is not None:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
