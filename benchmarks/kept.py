"""What was measured at each size, kept on disk, so that a part can be measured anew without the others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.aims import AIMS
from benchmarks.figures import Figure

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
    taken: str = ""

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


def read_kept(path: Path) -> list[Measurement]:
    """Those of earlier runs; none if there is no such file. Raises ValueError if it is no file of ours."""
    if not path.exists():
        return []
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["measurements"]
    return [Measurement(**row | {"figure": Figure(**row["figure"]) if row["figure"] else None}) for row in rows]


def write_kept(path: Path, measurements: Sequence[Measurement]) -> None:
    """Write them all; the old file stays until the new one is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps({"measurements": [asdict(one) for one in measurements]}, indent=1), encoding="utf-8")
    new.replace(path)


def merged(old: Iterable[Measurement], new: Sequence[Measurement]) -> list[Measurement]:
    """`new`, and of `old` those whose part and size were not measured anew."""
    anew = {(one.part, one.size) for one in new}
    return sorted([*new, *(one for one in old if (one.part, one.size) not in anew)], key=lambda one: (one.part, one.size))
