"""The census of a GeoParquet store: what its events are, counted by the engine."""

from __future__ import annotations

from geo.store.base import Census, DateCodes
from geo.store.engine import Engine

_COLUMNS = ("kind", "place_precision", "date_precision", "date_basis", "place_basis")


def census(engine: Engine, *, total: int, unplaced: int) -> Census:
    """The census of `total` events, of which `unplaced` have no point. Raises StoreError."""
    counts = {column: dict(engine.rows(f"census_{column}")) for column in _COLUMNS}
    codes: dict[str, DateCodes] = {precision: (tuple(sorted(acled)), tuple(sorted(ucdp))) for precision, acled, ucdp in engine.rows("date_codes")}
    return Census(
        kinds=counts["kind"],
        place_precisions=counts["place_precision"],
        date_precisions=counts["date_precision"],
        date_bases=counts["date_basis"],
        date_codes=codes,
        place_bases=counts["place_basis"],
        radii_km={precision: (least, most) for precision, least, most in engine.rows("radii")},
        unplaced=unplaced,
        nowhere=total - sum(counts["place_precision"].values()),
    )
