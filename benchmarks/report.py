"""The results as Markdown: tables, and that of the seventeen events, which stands beside an empty page and a plain app."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.figures import Figure

_HEAD = ("measured", "Dateline", "empty page", "plain folium", "Dateline in ratio", "aim", "met")
_NONE = "–"


@dataclass(frozen=True)
class Aim:
    """What a figure should be, in words, and whether it is."""

    words: str
    met: bool


@dataclass(frozen=True)
class Line:
    """One thing measured, in `unit`, for each app that it can be measured of. `ratios` are in words, as are the `aims`."""

    what: str
    unit: str
    dateline: Figure
    empty: Figure | None = None
    plain: Figure | None = None
    ratios: tuple[str, ...] = ()
    aims: tuple[Aim, ...] = ()


def times(ratio: float | None, other: str) -> str:
    """A ratio in words, such as `1.32 × the empty page`; two digits that count."""
    if ratio is None:
        return f"{_NONE} ({other}: 0)"
    return f"{ratio:.2f} × {other}" if ratio >= 0.1 else f"{ratio:.2g} × {other}"


def table(lines: Sequence[Line]) -> str:
    """A Markdown table with a row for each line."""
    return padded([_HEAD, *(_cells(line) for line in lines)])


def padded(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, the head first; its columns are padded, so that it reads as text, too."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    written = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows]
    written.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(written) + "\n"


def _cells(line: Line) -> tuple[str, ...]:
    return (
        f"{line.what} ({line.unit})",
        *(_figure(figure, line.unit) for figure in (line.dateline, line.empty, line.plain)),
        "; ".join(line.ratios) or _NONE,
        "; ".join(aim.words for aim in line.aims) or _NONE,
        "; ".join("yes" if aim.met else "no" for aim in line.aims) or _NONE,
    )


def _figure(figure: Figure | None, unit: str) -> str:
    if figure is None:
        return _NONE
    if figure.count == 1:
        return f"{number(figure.median, unit)}"
    return f"{number(figure.median, unit)} ({number(figure.p95, unit)}, n = {figure.count})"


def number(value: float, unit: str) -> str:
    """A figure with the digits that count in its unit."""
    digits = {"s": 2, "ms": 1, "×": 2}.get(unit, 0)
    return f"{value:,.{digits}f}"
