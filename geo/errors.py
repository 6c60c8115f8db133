"""What can go wrong, in words: one root, few subclasses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_SHOWN_VALUE = 120


@dataclass(frozen=True)
class Problem:
    """One fault of an input.

    `pointer` is a JSON pointer (RFC 6901) into it, "" for the whole. `value` is what stood there, cut short. `advice` says what to do.
    """

    pointer: str
    message: str
    value: str
    advice: str

    def __str__(self) -> str:
        got = f" (got {self.value})" if self.value else ""
        return f"{self.pointer or '/'}: {self.message}{got}. {self.advice}"


def shown(value: Any) -> str:
    """`value` as it is quoted in an error: its repr, of bounded length."""
    if isinstance(value, str):
        text = repr(value[: _SHOWN_VALUE + 1])
    elif isinstance(value, dict | list):
        kind = "an object" if isinstance(value, dict) else "an array"
        return f"{kind} of {len(value)}"
    else:
        text = repr(value)
    return text if len(text) <= _SHOWN_VALUE else text[: _SHOWN_VALUE - 1] + "…"


class DatelineError(Exception):
    """The root of all errors that Dateline raises on purpose."""


class InvalidInput(DatelineError):  # noqa: N818 - it names what was given, as ValueError does
    """An input that breaks rules; `problems` holds every one of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class StoreError(DatelineError):
    """A store that cannot be opened: `what` happened, `where`, and what to do (`advice`)."""

    def __init__(self, *, what: str, where: str, advice: str) -> None:
        self.what, self.where, self.advice = what, where, advice
        super().__init__(f"{what} ({where}). {advice}")
