"""Reading untrusted JSON objects member by member, gathering every problem with its JSON pointer."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from geo.errors import Problem, shown
from geo.moments import Moment, parse_moment

T = TypeVar("T")

MAX_TEXT = 100_000
MAX_LINE = 1_000
MAX_ITEMS = 2_000
_MISSING = object()


def pointer(base: str, key: str | int) -> str:
    """`base` extended by one member or index, escaped as RFC 6901 says."""
    return f"{base}/{key}" if isinstance(key, int) else f"{base}/{key.replace('~', '~0').replace('/', '~1')}"


class Fields:
    """One JSON object under `base`; faults go to `problems` and a harmless value comes back, so that reading goes on to the next."""

    __slots__ = ("base", "problems", "values")

    def __init__(self, value: Any, base: str, problems: list[Problem]) -> None:
        self.base = base
        self.problems = problems
        self.values: Mapping[str, Any] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            self.fault(None, "must be an object", value, "Write it as {…}.")

    def fault(self, key: str | int | None, message: str, value: Any, advice: str) -> None:
        """Note a problem with one member, or with the object itself where `key` is None."""
        where = self.base if key is None else pointer(self.base, key)
        self.problems.append(Problem(where, message, "" if value is _MISSING else shown(value), advice))

    def text(self, key: str, *, most: int = MAX_LINE, empty: bool = False) -> str:
        """A string that must be there, not blank unless `empty`, of at most `most` characters."""
        value = self.values.get(key, _MISSING)
        # Nearly every text is found good at once; what is wrong with one is worked out below.
        if type(value) is str and 0 < len(value) <= most and (value.isascii() or _is_unicode(value)) and (empty or not value.isspace()):
            return value
        if value is _MISSING or value is None:
            self.fault(key, "is missing", value, "Add it, as a string.")
        elif not isinstance(value, str):
            self.fault(key, "must be a string", value, "Put it in quotes.")
        elif len(value) > most:
            self.fault(key, f"is {len(value):,} characters long; {most:,} are allowed", value, "Shorten it.")
        elif not _is_unicode(value):
            self.fault(key, "holds half of a surrogate pair, which is no character", value, "Write the text in valid Unicode.")
        elif not empty and not value.strip():
            self.fault(key, "is empty", value, "Fill it in.")
        else:
            return value
        return ""

    def text_or_none(self, key: str, *, most: int = MAX_LINE) -> str | None:
        """A string, or None where the member is null or left out."""
        value = self.values.get(key)
        if value is None or (type(value) is str and len(value) <= most and value.isascii()):  # as most are
            return value
        return self.text(key, most=most, empty=True)

    def choice(self, key: str, allowed: Collection[T], default: T) -> T:
        """One of `allowed`."""
        value = self.values.get(key, _MISSING)
        if isinstance(value, str) and value in allowed:
            return value  # type: ignore[return-value]
        message = "is missing" if value is _MISSING else "is none of the known values"
        self.fault(key, message, value, f"Use one of: {', '.join(map(str, allowed))}.")
        return default

    def number_or_none(self, key: str, *, least: float = -math.inf, most: float = math.inf) -> float | None:
        """A finite number in a range, or None where the member is null or left out."""
        value = self.values.get(key)
        if value is None:
            return None
        if type(value) is int and value.bit_length() < 64 and least <= value <= most:  # as most are
            return value
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fault(key, "must be a number or null", value, "Write a number without quotes, or null where it is unknown.")
        elif not _is_finite(value):
            self.fault(key, "must be a finite number", value, "Write a number, or null where it is unknown.")
        elif not least <= value <= most:
            self.fault(key, f"must lie between {least:g} and {most:g}", value, "Correct the number.")
        else:
            return value
        return None

    def moment_or_none(self, key: str) -> Moment | None:
        """A date or a UTC time, or None where the member is null or left out."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, str):
            try:
                return parse_moment(value)
            except ValueError as error:
                self.fault(key, str(error), value, "Write YYYY-MM-DD or YYYY-MM-DDTHH:MMZ, in UTC.")
                return None
        self.fault(key, "must be a date", value, "Write YYYY-MM-DD or YYYY-MM-DDTHH:MMZ, in quotes.")
        return None

    def moment(self, key: str, default: Moment) -> Moment:
        """A date or a UTC time that must be there."""
        if self.values.get(key) is None:
            self.fault(key, "is missing", _MISSING, "Write YYYY-MM-DD or YYYY-MM-DDTHH:MMZ, in UTC.")
        return self.moment_or_none(key) or default

    def items(self, key: str, read: Callable[[Any, str], T], *, least: int = 0) -> tuple[T, ...]:
        """An array, each item read by `read(value, pointer)`; left out or null counts as empty."""
        value = self.values.get(key)
        if value is None:
            value = []
        if not isinstance(value, list):
            self.fault(key, "must be an array", value, "Write it as […].")
            return ()
        if len(value) < least:
            self.fault(key, f"needs at least {least} item", value, "Add one.")
        if len(value) > MAX_ITEMS:
            self.fault(key, f"holds {len(value):,} items; {MAX_ITEMS:,} are allowed", value, "Split it.")
            return ()
        base = pointer(self.base, key)
        return tuple(read(item, pointer(base, index)) for index, item in enumerate(value))

    def names(self, key: str, *, least: int = 0) -> tuple[str, ...]:
        """An array of non-empty strings, none of them twice."""

        def read(item: Any, where: str) -> str:
            if isinstance(item, str) and item.strip() and len(item) <= MAX_LINE and _is_unicode(item):
                return item
            self.problems.append(Problem(where, "must be a string that is not empty", shown(item), "Write an id in quotes."))
            return ""

        names = tuple(name for name in self.items(key, read, least=least) if name)
        if len(set(names)) < len(names):
            self.fault(key, "names the same thing twice", list(names), "Leave one of them out.")
        return tuple(dict.fromkeys(names))

    def get(self, key: str) -> Any:
        """The member as it stands; None where it is left out."""
        return self.values.get(key)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # an int too large for a float
        return False
