"""Figures of a text: people killed and hurt, weapons, holes, distances and warnings, each with what is counted and how exactly."""

from __future__ import annotations

from geo.ingest.incidents.casualties import people_in
from geo.ingest.incidents.munitions import things_in
from geo.ingest.incidents.quantities import Figure

__all__ = ["Figure", "figures"]


def figures(text: str, start: int, end: int) -> list[Figure]:
    """Every figure from `start` to `end` of `text`, in order. People, weapons, holes, distances and times are kept apart."""
    found: list[Figure] = []
    small = text[start:end].lower()
    people_in(found, small, text, start, end)
    things_in(found, small, text, start, end)
    return sorted(found, key=lambda one: one.start)
