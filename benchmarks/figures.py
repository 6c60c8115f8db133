"""The statistics of a measurement: what a list of samples comes to, and how two of them stand to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class Figure:
    """What `count` samples come to, in the unit of the samples."""

    median: float
    p95: float
    count: int


def percentile(samples: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile: the smallest sample that at least `percent` of all samples do not exceed. It is always a sample.

    Raises ValueError if there are no samples, or `percent` is not in 0 to 100.
    """
    if not samples:
        raise ValueError("There are no samples to take a percentile of. Measure something first.")
    if not 0 <= percent <= 100:
        raise ValueError(f"A percentile lies between 0 and 100, and this is {percent!r}.")
    return sorted(samples)[max(ceil(len(samples) * percent / 100), 1) - 1]


def median(samples: Sequence[float]) -> float:
    """The middle sample, or the mean of the two in the middle. Raises ValueError if there are none."""
    if not samples:
        raise ValueError("There are no samples to take a median of. Measure something first.")
    ordered = sorted(samples)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def figure(samples: Sequence[float]) -> Figure:
    """Median and 95th percentile of `samples`. Raises ValueError if there are none."""
    return Figure(median(samples), percentile(samples, 95), len(samples))


def ratio(one: Figure, other: Figure) -> float | None:
    """How many times the median of `other` the median of `one` is; None if that of `other` is 0."""
    return one.median / other.median if other.median else None
