"""GeoJSON as RFC 7946 has it: checking it, sorting what strangers bring, putting geometries right, writing it."""

from geo.rfc7946.antimeridian import cut_at_antimeridian
from geo.rfc7946.conformance import OWN_FILE_LIMITS, check_rfc7946
from geo.rfc7946.crs import crs_problem
from geo.rfc7946.findings import Findings
from geo.rfc7946.righting import Righted, put_right
from geo.rfc7946.sorting import Bad, Good, Sorted, mending_file, set_aside
from geo.rfc7946.text import write_geojson
from geo.rfc7946.winding import rewound

__all__ = [
    "OWN_FILE_LIMITS",
    "Bad",
    "Findings",
    "Good",
    "Righted",
    "Sorted",
    "check_rfc7946",
    "crs_problem",
    "cut_at_antimeridian",
    "mending_file",
    "put_right",
    "rewound",
    "set_aside",
    "write_geojson",
]
