"""Events to the packed columns that the browser draws (docs/protocol.md), and filters to the mask over them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from geo.kinds import kind_index
from geo.model import PLACE_PRECISIONS, Event
from geo.moments import span_in_words
from geo.store import EventCollection
from geo.store.base import Coded, ColumnBatch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OWN_PREFIX = "/dateline/"
CHUNK = 65_536
"""The rows in a chunk of the packed columns."""
LABEL_BLOCK = 512
"""The rows in a block of labels."""
_MAGIC = b"DLC2"
_DEGREE = 10_000_000
_NOWHERE = 2_147_483_647
_LEAST, _MOST = -2_147_483_648, 2_147_483_647
_PRECISION: dict[str, int] = {name: index for index, name in enumerate(PLACE_PRECISIONS)}


def columns_url(revision: str) -> str:
    """Where the packed columns of a revision are served."""
    return f"{OWN_PREFIX}columns/{revision}"


def labels_url(revision: str) -> str:
    """Where the labels of a revision are served."""
    return f"{OWN_PREFIX}labels/{revision}"


def export_url(revision: str, suffix: str) -> str:
    """Where an export of a revision is served; the filter is the query, as in the address of a view. `suffix` has its dot."""
    return f"{OWN_PREFIX}export/{revision}{suffix}"


def pack(collection: EventCollection) -> Iterator[bytes]:
    """The columns of all events: a header of 32 bytes, then 20 bytes an event, a chunk at a time. The layout is in docs/protocol.md."""
    import numpy as np  # here, so that the server answers before numpy is there

    # Numbers only, and of all rows, since the header comes first: 20 bytes an event.
    chunks = [_Chunk(batch) for batch in collection.batches(CHUNK)]
    latest = max((chunk.latest for chunk in chunks), default=0)
    header = np.array([collection.total, CHUNK], dtype="<u4").tobytes() + np.array([latest, *_box(chunks)], dtype="<i4").tobytes()
    yield _MAGIC + header
    for chunk in chunks:
        yield chunk.body


def labels(events: Iterable[Event]) -> dict[str, Any]:
    """What a tooltip says of each event, as plain text: id, title, date in words, place."""
    return {"rows": [[event.id, event.title, when(event), event.place.name if event.place else ""] for event in events]}


def when(event: Event) -> str:
    """The date of an event, exactly as precise as it is known."""
    return span_in_words(event.start, event.end, event.date_precision)


def mask(rows: NDArray[np.bool_]) -> str | None:
    """The rows that hold, as base64 of a bitset: row i is bit i & 7 of byte i >> 3. None if all do."""
    import numpy as np  # here, so that the server answers before numpy is there

    return None if rows.all() else base64.b64encode(np.packbits(rows, bitorder="little").tobytes()).decode("ascii")


class _Chunk:
    """One chunk as bytes, with what the header tells of it."""

    def __init__(self, batch: ColumnBatch) -> None:
        import numpy as np  # here, so that the server answers before numpy is there

        first, after = _int32(batch.first), _int32(batch.after)
        placed = ~np.isnan(batch.lon)
        lon, lat = _degrees(batch.lon, placed), _degrees(batch.lat, placed)
        self.latest = int(after.max())
        self.lon, self.south, self.north = lon[placed], _NOWHERE, _NOWHERE
        if placed.any():
            self.south, self.north = int(lat[placed].min()), int(lat[placed].max())
        # Differences and lengths wrap around as 32-bit integers do, and so does the sum that undoes them.
        columns = [
            np.diff(first, prepend=np.int32(0)),
            after - first,
            lon,
            lat,
            np.minimum(np.ceil(np.round(batch.uncertainty_km * 10, 6)), 65_535).astype("<u2"),
            _recoded(batch.kind, kind_index),
            _recoded(batch.precision, _precision_index),
        ]
        self.body = b"".join(column.tobytes() for column in columns)


def _precision_index(name: str) -> int:
    return _PRECISION.get(name, _PRECISION["country"])


def _recoded(column: Coded, code_of: Callable[[str], int]) -> NDArray[np.uint8]:
    import numpy as np  # here, so that the server answers before numpy is there

    table: NDArray[np.uint8] = np.array([code_of(value) for value in column.values], dtype="u1")
    return table[column.codes] if len(column.codes) else table[:0]


def _int32(values: NDArray[np.int64]) -> NDArray[np.int32]:
    """A column; minutes beyond its range (the years -2114 to 6053) become the ends of it."""
    import numpy as np  # here, so that the server answers before numpy is there

    return np.clip(values, _LEAST, _MOST).astype("<i4")


def _degrees(values: NDArray[np.float64], placed: NDArray[np.bool_]) -> NDArray[np.int32]:
    import numpy as np  # here, so that the server answers before numpy is there

    return np.where(placed, np.round(np.nan_to_num(values) * _DEGREE), _NOWHERE).astype("<i4")


def _box(chunks: Sequence[_Chunk]) -> tuple[int, int, int, int]:
    """West, south, east, north of all points, the short way round the world."""
    import numpy as np  # here, so that the server answers before numpy is there

    placed = [chunk for chunk in chunks if len(chunk.lon)]
    if not placed:
        return _NOWHERE, _NOWHERE, _NOWHERE, _NOWHERE
    lons = np.unique(np.concatenate([chunk.lon for chunk in placed])).astype(np.int64)
    # The box begins where the widest stretch without a point ends.
    gaps = np.diff(lons, append=lons[0] + 360 * _DEGREE)
    widest = int(gaps.argmax())
    west, east = int(lons[(widest + 1) % len(lons)]), int(lons[widest])
    return west, min(chunk.south for chunk in placed), east, max(chunk.north for chunk in placed)
