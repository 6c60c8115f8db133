"""What a check found: errors and warnings, gathered up to a bound."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from geo.errors import Problem, shown

MAX_FINDINGS = 1_000


@dataclass(frozen=True, slots=True)
class Findings:
    """`errors` break a MUST of RFC 7946, `warnings` a SHOULD, each in the order of the text."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def conforms(self) -> bool:
        """Whether no MUST is broken."""
        return not self.errors


@dataclass(slots=True)
class Notes:
    """Findings while they are gathered: of each list at most `most`, and how many there were beyond."""

    most: int = MAX_FINDINGS
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    errors_beyond: int = 0
    warnings_beyond: int = 0

    def error(self, where: str, message: str, value: Any, advice: str) -> None:
        """Note that a MUST is broken at the JSON pointer `where`."""
        self.take(Problem(where, message, shown(value), advice))

    def missing(self, where: str, message: str, advice: str) -> None:
        """Note that a member that MUST be there is not."""
        self.take(Problem(where, message, "", advice))

    def take(self, problem: Problem) -> None:
        """Note an error that is already in words."""
        if len(self.errors) < self.most:
            self.errors.append(problem)
        else:
            self.errors_beyond += 1

    @property
    def is_full(self) -> bool:
        """Whether more errors were found than are listed, so that looking for others is of no use."""
        return self.errors_beyond > 0

    def warning(self, where: str, message: str, value: Any, advice: str) -> None:
        """Note that a SHOULD is not followed at the JSON pointer `where`."""
        if len(self.warnings) < self.most:
            self.warnings.append(Problem(where, message, shown(value), advice))
        else:
            self.warnings_beyond += 1

    def all_errors(self, where: str = "") -> tuple[Problem, ...]:
        """The errors, the last of which says how many are not listed."""
        return (*self.errors, *_beyond(self.errors_beyond, "error", where))

    def findings(self) -> Findings:
        """All that was gathered."""
        return Findings(self.all_errors(), (*self.warnings, *_beyond(self.warnings_beyond, "warning", "")))


def _beyond(count: int, noun: str, where: str) -> tuple[Problem, ...]:
    if not count:
        return ()
    return (Problem(where, f"has more {noun}s, which are not listed", "", "Mend those listed, then check again."),)
