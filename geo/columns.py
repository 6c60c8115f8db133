"""Events to the packed columns that the browser draws (docs/protocol.md), and filters to the mask over them."""

from __future__ import annotations

import base64
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from geo.kinds import kind_index
from geo.model import PLACE_PRECISIONS, Event
from geo.moments import minutes, span_in_words

if TYPE_CHECKING:
    import numpy as np

OWN_PREFIX = "/dateline/"
_MAGIC = b"DLC1"
_DEGREE = 10_000_000
_NOWHERE = 2_147_483_647
_PRECISION = {name: index for index, name in enumerate(PLACE_PRECISIONS)}


def columns_url(revision: str) -> str:
    """Where the packed columns of a revision are served."""
    return f"{OWN_PREFIX}columns/{revision}"


def labels_url(revision: str) -> str:
    """Where the labels of a revision are served."""
    return f"{OWN_PREFIX}labels/{revision}"


def pack(events: Sequence[Event]) -> bytes:
    """The columns of events in the order that they come in: 20 bytes an event and 8 for all. The layout is in docs/protocol.md."""
    import numpy as np  # here, so that the server answers before numpy is there

    placed = [event.position for event in events]
    columns = [
        _int32([minutes(event.first) for event in events]),
        _int32([minutes(event.after) for event in events]),
        _int32([_NOWHERE if position is None else round(position[0] * _DEGREE) for position in placed]),
        _int32([_NOWHERE if position is None else round(position[1] * _DEGREE) for position in placed]),
        np.array([_hectometres(event) for event in events], dtype="<u2"),
        np.array([kind_index(event.kind) for event in events], dtype="u1"),
        np.array([_PRECISION[event.place.precision] if event.place else _PRECISION["country"] for event in events], dtype="u1"),
    ]
    return b"".join([_MAGIC, np.array([len(events)], dtype="<u4").tobytes(), *(column.tobytes() for column in columns)])


def labels(events: Sequence[Event]) -> dict[str, Any]:
    """What a tooltip says of each event, as plain text: id, title, date in words, place."""
    return {"rows": [[event.id, event.title, when(event), event.place.name if event.place else ""] for event in events]}


def when(event: Event) -> str:
    """The date of an event, exactly as precise as it is known."""
    return span_in_words(event.start, event.end, event.date_precision)


def mask(events: Sequence[Event], wanted: Callable[[Event], bool]) -> str | None:
    """The events that `wanted` holds for, as base64 of a bitset: row i is bit i & 7 of byte i >> 3. None if it holds for all."""
    import numpy as np  # here, so that the server answers before numpy is there

    bits = np.fromiter((wanted(event) for event in events), dtype=bool, count=len(events))
    return None if bits.all() else base64.b64encode(np.packbits(bits, bitorder="little").tobytes()).decode("ascii")


def _int32(values: list[int]) -> np.ndarray[Any, np.dtype[np.int32]]:
    """A column; minutes beyond its range (the years -2114 to 6053) become the ends of it."""
    import numpy as np  # here, so that the server answers before numpy is there

    column: np.ndarray[Any, np.dtype[np.int32]] = np.clip(np.array(values, dtype="<i8"), -2_147_483_648, 2_147_483_647).astype("<i4")
    return column


def _hectometres(event: Event) -> int:
    radius_km = event.place.uncertainty_km if event.place and event.place.uncertainty_km else 0.0
    return min(65_535, math.ceil(round(radius_km * 10, 6)))
