"""Reading the cells of one row: texts, numbers, codes and positions, gathering every problem."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from geo.ingest.datasets.report import RowProblem, shown_cell
from geo.model import Position

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


class Cells:
    """The cells of row `number`; faults go to `problems` and None comes back, so that reading goes on to the next."""

    def __init__(self, number: int, values: Mapping[str, str], original: Mapping[str, Any]) -> None:
        self.number = number
        self.values = values
        self.original = original
        self.problems: list[RowProblem] = []

    def fault(self, column: str, reason: str, advice: str) -> None:
        """Note a problem with a cell, or with the row where `column` is ""."""
        value = shown_cell(self.values.get(column))
        self.problems.append(RowProblem(self.number, column, value, reason, advice, self.values))

    def text(self, column: str | None) -> str:
        """The cell without blanks around it; "" where it is empty, left out, or there is no such column."""
        return self.values.get(column, "").strip() if column else ""

    def number_or_none(self, column: str, *, least: float = -math.inf, most: float = math.inf) -> float | None:
        """A finite number in a range; None where the cell is empty."""
        text = self.text(column)
        if not text:
            return None
        value = float(text) if _NUMBER.fullmatch(text) else math.nan
        if not math.isfinite(value):
            self.fault(column, "is no number", "Write it in digits, with a decimal point and without separators.")
        elif not least <= value <= most:
            self.fault(column, f"must lie between {least:g} and {most:g}", "Correct the number.")
        else:
            return value
        return None

    def code(self, column: str, allowed: range) -> int | None:
        """A whole number of `allowed` (`1` or `1.0`) that must be there."""
        if not self.text(column):
            self.fault(column, "is missing", f"Write a code from {allowed[0]} to {allowed[-1]}.")
            return None
        value = self.number_or_none(column)
        if value is None:
            return None
        if value not in allowed:
            self.fault(column, "is no known code", f"Write a code from {allowed[0]} to {allowed[-1]}.")
            return None
        return int(value)

    def count(self, column: str) -> float | None:
        """A number of people, 0 or more, whole where it is whole; None where the cell is empty."""
        text = self.text(column)
        if text.isascii() and text.isdigit() and len(text) < 16:  # as most are; a double holds so many digits exactly
            return int(text)
        value = self.number_or_none(column, least=0)
        return int(value) if value is not None and value.is_integer() else value

    def position(self, lon: str, lat: str) -> Position | None:
        """Longitude and latitude in degrees, WGS84; None where both cells are empty, or one is wrong."""
        if not self.text(lon) and not self.text(lat):
            return None
        faults = len(self.problems)
        for column in (lon, lat):
            if not self.text(column):
                self.fault(column, "is missing, although its pair is there", "Give both longitude and latitude, or neither.")
        x = self.number_or_none(lon, least=-180, most=180)
        y = self.number_or_none(lat, least=-90, most=90)
        if x is None or y is None or len(self.problems) > faults:
            return None
        if x == 0 and y == 0:
            self.fault(lon, "0, 0 is a point in the Gulf of Guinea, and nearly always a missing place", "Give the place, or leave both cells empty.")
            return None
        return x, y
