"""What a command of the command line is."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass


class UsageError(Exception):
    """The command cannot be run as it was asked for; the message says why and what to do."""


@dataclass(frozen=True)
class Command:
    """One command: `configure` adds its options to a parser, `run` does the work and gives the exit status.

    `run` may raise UsageError (status 2), DatelineError or OSError (status 1); the program says them in words.
    """

    name: str
    summary: str
    description: str
    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]
