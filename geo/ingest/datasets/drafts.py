"""One row as records of the wire (docs/store-format.md): a feature, and the updates that tell it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.fields import MAX_LINE, MAX_TEXT
from geo.model import Position
from geo.moments import DatePrecision, Moment

JSON = dict[str, Any]

NO_ADDRESS = "https://address-not-given.invalid/"
"""Stands where a file gives no address of its source: a host that can never exist (RFC 2606, RFC 6761), so that it leads nowhere and says so."""

_CUT = "…"


@dataclass(frozen=True, slots=True)
class Draft:
    """An event as a GeoJSON feature that has not been checked yet, and its updates, oldest first."""

    feature: JSON
    updates: Sequence[JSON]


@dataclass(frozen=True, slots=True)
class When:
    """The span of an event: `first` and `last` are inclusive."""

    first: Moment
    last: Moment
    precision: DatePrecision
    note: str | None = None
    basis: str = "stated"


def line(text: str, most: int = MAX_LINE) -> str:
    """`text` on one line and cut to what a line may hold."""
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1] + _CUT


def paragraph(text: str) -> str:
    """`text` cut to what a text may hold."""
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + _CUT


def digest_id(prefix: str, *parts: str) -> str:
    """An id that the same parts always give."""
    return f"{prefix}-{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:16]}"


def update(id_: str, *, heading: str, published: Moment, basis: str, note: str | None, source: str, url: str, text: str) -> JSON:
    """An update that tells a row."""
    return {
        "id": id_,
        "heading": line(heading),
        "published": str(published),
        "date_basis": basis,
        "date_note": note,
        "source": line(source),
        "url": url,
        "text": paragraph(text),
    }


def claim(metric: str, low: float | None, high: float | None, text: str, *, by: str, told_in: str, unit: str | None = "people") -> JSON:
    """A figure and who states it."""
    return {
        "metric": metric,
        "low": low,
        "high": high,
        "unit": unit,
        "text": paragraph(text),
        "by": by,
        "via": None,
        "stated": None,
        "update": told_in,
    }


def actors(named: Iterable[tuple[str, str]]) -> list[JSON]:
    """Names with their roles; blank ones are left out, and a name that comes twice keeps its first role."""
    roles: dict[str, str] = {}
    for name, role in named:
        if name.strip():
            roles.setdefault(line(name), role)
    return [{"name": name, "role": role} for name, role in roles.items()]


def place(name: str, country: str, precision: str, uncertainty_km: float | None, basis: str, note: str | None) -> JSON:
    """Where it happened; `uncertainty_km` is None exactly where the event has no point."""
    return {
        "name": line(name),
        "country": line(country) or None,
        "precision": precision,
        "uncertainty_km": uncertainty_km,
        "basis": basis,
        "note": None if note is None else paragraph(note),
    }


def event(
    id_: str,
    *,
    title: str,
    kind: str,
    when: When,
    place: JSON | None,
    position: Position | None,
    actors: list[JSON],
    claims: list[JSON],
    updates: Sequence[JSON],
    note: str | None,
    kept: Mapping[str, Any],
) -> JSON:
    """The feature. `updates` are oldest first; `kept` holds the row's own words under a foreign member."""
    return {
        "type": "Feature",
        "id": id_,
        "geometry": None if position is None else {"type": "Point", "coordinates": list(position)},
        "properties": {
            "record": "event",
            "title": line(title),
            "kind": kind,
            "start": str(when.first),
            "end": str(when.last),
            "date_precision": when.precision,
            "date_basis": when.basis,
            "date_note": when.note,
            "place": place,
            "actors": actors,
            "claims": claims,
            "updates": [told["id"] for told in updates],
            "passages": [],
            "reported": updates[0]["published"],
            "note": note,
            **kept,
        },
    }


def row_in_words(values: Mapping[str, Any], most: int = 2_000) -> str:
    """The cells of a row that hold something, `column: value; …`."""
    return line("; ".join(f"{name}: {value}" for name, value in values.items() if value not in (None, "")), most)
