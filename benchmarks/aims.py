"""What each figure should not be above, by the number of events."""

from __future__ import annotations

SCRUB = "scrub: movement to drawn map"
DRAWING = "of it, the drawing"
RELEASE = "release: to list, counts and address"
KIND = "filter by kind: to map, list and counts"
TEXT = "filter by text: to map, list and counts"
START = "start of the server to the first mark"
START_RATIO = "start to the first mark, in starts of an empty page"
MEMORY = "server memory"
HEAP = "browser heap"
IMPORT = "import of 16,566 CSV rows"
OPEN = "open the store"
EXPORT = "export of all as GeoJSON"
EXPORT_MEMORY = "server memory above, while it exports"

AIMS: dict[str, dict[int, float]] = {
    SCRUB: {16_566: 16.7, 400_000: 33, 2_000_000: 66},
    DRAWING: {16_566: 5, 400_000: 12, 2_000_000: 40},
    RELEASE: {16_566: 200, 400_000: 300, 2_000_000: 800},
    KIND: {16_566: 250, 400_000: 500, 2_000_000: 1_500},
    TEXT: {16_566: 250, 400_000: 500, 2_000_000: 1_500},
    START_RATIO: {16_566: 1.5, 400_000: 1.8, 2_000_000: 3},
    MEMORY: {16_566: 300, 400_000: 700, 2_000_000: 2_000},
    HEAP: {16_566: 80, 400_000: 250, 2_000_000: 900},
    IMPORT: {16_566: 5},
    OPEN: {400_000: 1, 2_000_000: 2},
    EXPORT: {16_566: 1, 400_000: 15},
}
"""In the unit of the figure. Those in milliseconds are of the 95th percentile, the others of the median."""

RELEASE_OF_PEOPLE_MS: dict[int, float] = {10: 500, 25: 2_000}
"""Of the 95th percentile, by the people who scrub at once."""
