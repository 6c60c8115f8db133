"""What was measured at each size, kept on disk, so that a part can be measured anew without the others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.aims import AIMS
from benchmarks.figures import Figure
from benchmarks.report import Aim, Line

DATELINE = "Dateline"


@dataclass(frozen=True)
class Measurement:
    """One figure of one part at one size, of `who`; without a figure `note` says why there is none.

    `size` is the number of events, or of people in the part `sessions`. `aim` is what the figure should not be above: its 95th percentile where the
    unit is ms, else its median.
    """

    part: str
    size: int
    what: str
    unit: str
    figure: Figure | None
    who: str = DATELINE
    aim: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None without an aim. What could not be measured has not met it."""
        if self.aim is None:
            return None
        if self.figure is None:
            return False
        return (self.figure.p95 if self.unit == "ms" else self.figure.median) <= self.aim


def measured(part: str, size: int, what: str, unit: str, figure: Figure | None, *, note: str = "") -> Measurement:
    """One of Dateline's figures, with the aim that there is for it."""
    return Measurement(part, size, what, unit, figure, aim=AIMS.get(what, {}).get(size), note=note)


def failed(part: str, size: int, error: BaseException) -> Measurement:
    """That a part could not be measured, and why."""
    words = f"{type(error).__name__}: {error}".splitlines()[0][:300]
    return Measurement(part, size, "failed", "", None, note=words)


@dataclass
class Kept:
    """What all runs so far came to. `seconds` has how long each step took, by its name."""

    measurements: list[Measurement] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    machine: list[tuple[str, str]] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def take(self, names: Sequence[str], found: Sequence[Measurement | Line], *, taken: str, seconds: float) -> None:
        """Put what a step found in the place of what it found before. `names` are those of what it measured; `seconds` are for all of them."""
        new = [one for one in found if isinstance(one, Measurement)]
        lines = [one for one in found if isinstance(one, Line)]
        self.measurements = merged(self.measurements, new)
        self.lines = [one for one in self.lines if one.what not in {line.what for line in lines}] + lines
        for name in names:
            self.taken[name], self.seconds[name] = taken, round(seconds / len(names), 1)


def read_kept(path: Path) -> Kept:
    """That of earlier runs; nothing if there is no such file, or one that is not whole."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        return Kept(
            [Measurement(**one | {"figure": _figure(one["figure"])}) for one in given["measurements"]],
            [_line(one) for one in given["lines"]],
            [(name, value) for name, value in given["machine"]],
            given["taken"],
            given["seconds"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Kept()


def write_kept(path: Path, kept: Kept) -> None:
    """Write it all; the old file stays until the new one is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(asdict(kept), indent=1), encoding="utf-8")
    new.replace(path)


def merged(old: Iterable[Measurement], new: Sequence[Measurement]) -> list[Measurement]:
    """`new`, and of `old` those whose part and size were not measured anew."""
    anew = {(one.part, one.size) for one in new}
    return sorted([*new, *(one for one in old if (one.part, one.size) not in anew)], key=lambda one: (one.part, one.size))


def _figure(given: dict[str, Any] | None) -> Figure | None:
    return None if given is None else Figure(**given)


def _line(given: dict[str, Any]) -> Line:
    figures = {name: _figure(given[name]) for name in ("dateline", "empty", "plain")}
    return Line(**given | figures | {"ratios": tuple(given["ratios"]), "aims": tuple(Aim(**aim) for aim in given["aims"])})
