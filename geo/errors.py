"""What can go wrong, in words: one root, few subclasses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


class NotAllowed(DatelineError):  # noqa: N818 - it names the refusal
    """A write that was refused because of who asked for it, or because nothing may be written here. Nothing was changed."""

    def __init__(self, *, editor: str, action: str, why: str, advice: str) -> None:
        self.editor, self.action, self.why, self.advice = editor, action, why, advice
        super().__init__(f"{shown(editor)} may not {action}: {why}. Nothing was changed. {advice}")


@dataclass(frozen=True)
class Stale:
    """One record that has changed since it was looked at.

    `member` is `features` or `updates`. `seen` names the version that was looked at; `base` is that version, `theirs` what stands in the store now,
    `mine` what was to be written; each is None where there is no such record, and `base` too where nothing keeps it any more.
    """

    member: str
    id: str
    seen: str
    base: Mapping[str, Any] | None
    theirs: Mapping[str, Any] | None
    mine: Mapping[str, Any] | None


class Conflict(DatelineError):  # noqa: N818 - it names what met
    """A write that was refused because others have changed the same records since; `stale` holds each. Nothing was changed."""

    def __init__(self, stale: Iterable[Stale]) -> None:
        self.stale = tuple(stale)
        names = ", ".join(shown(one.id) for one in self.stale[:5]) + ("" if len(self.stale) <= 5 else f" and {len(self.stale) - 5:,} more")
        gone = any(one.theirs is None for one in self.stale)
        what = "has changed, or is gone," if gone else "has changed"
        super().__init__(f"{names} {what} since you looked at it. Nothing was changed. Look at both versions, then write what should stand.")
