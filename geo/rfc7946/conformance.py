"""Whether a GeoJSON text keeps to RFC 7946."""

from __future__ import annotations

from typing import Any

from geo.bounded_json import MAX_NESTING, Limits, parse_json, unholdable, unholdable_parts
from geo.errors import InvalidInput
from geo.rfc7946.findings import Findings, Notes
from geo.rfc7946.objects import Rules, check_object

OWN_FILE_LIMITS = Limits(max_bytes=256 * 1024 * 1024, max_features=10_000_000, max_vertices=100_000_000, max_depth=MAX_NESTING)
"""For a check of a file that a person has on the disk: the bounds of memory, not those of an import."""


def check_rfc7946(given: Any, limits: Limits = OWN_FILE_LIMITS) -> Findings:
    """Check GeoJSON, as bytes or as a value that `geo.bounded_json` read: every MUST is an error, every SHOULD a warning (docs/rfc7946.md).

    Of bytes also what the text itself breaks: no JSON, not UTF-8, names that stand twice, numbers and characters that do not exist. Never raises.
    """
    notes = Notes()
    if isinstance(given, bytes):
        try:
            value = parse_json(given, max_bytes=limits.max_bytes)
        except InvalidInput as error:
            return Findings(error.problems, ())
        problems = unholdable(given, value)
    else:
        value, problems = given, unholdable_parts(given)
    for problem in problems:
        notes.take(problem)
        if notes.is_full:
            break
    check_object(value, "", notes, Rules(limits))
    return notes.findings()
