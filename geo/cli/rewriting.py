"""Any GeoJSON file written anew as RFC 7946 recommends: what `convert` does from GeoJSON to GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from geo.bounded_json import parse_json
from geo.cli.output import counted, printable, say, write_file
from geo.errors import InvalidInput, Problem, StoreError
from geo.rfc7946 import OWN_FILE_LIMITS, Righted, check_rfc7946, put_right, write_geojson
from geo.store.reading import bytes_of

_TOLD = 20


def rewrite(source: Path, target: Path, *, as_json: bool) -> int:
    """Write `source` to `target`; gives the exit status: 0 if all was put right, 1 if something was not.

    Raises InvalidInput for what breaks a MUST of RFC 7946, StoreError and OSError; then nothing was written.
    """
    body = bytes_of(source, most=OWN_FILE_LIMITS.max_bytes)
    if body is None:
        raise StoreError(what="There is no such file", where=str(source), advice="Check the path.")
    findings = check_rfc7946(body)
    if not findings.conforms:
        raise InvalidInput(findings.errors[:_TOLD])
    done = put_right(parse_json(body, max_bytes=OWN_FILE_LIMITS.max_bytes))
    write_file(target, [write_geojson(done.value)])
    _tell(done, source, target, as_json=as_json)
    return 1 if done.left else 0


def _tell(done: Righted, source: Path, target: Path, *, as_json: bool) -> None:
    features = len(done.value["features"]) if done.value["type"] == "FeatureCollection" else None
    if as_json:
        counts = {"features": features, "rewound": done.rewound, "cut": done.cut}
        print(json.dumps({"from": str(source), "to": str(target), **counts, "problems": _as_json(done.left)}, indent=2))
    else:
        for problem in done.left[:_TOLD]:
            print(printable(str(problem)))
        if len(done.left) > _TOLD:
            print(f"and {len(done.left) - _TOLD:,} more; --json prints them all")
    what = done.value["type"] if features is None else counted(features, "feature")
    say(f"{target} written: {what}; {_geometries(done.rewound)} rewound, {_geometries(done.cut)} cut at the antimeridian")
    if done.left:
        say(f"{_geometries(len(done.left))} stayed as they were")


def _geometries(number: int) -> str:
    return f"{number:,} {'geometry' if number == 1 else 'geometries'}"


def _as_json(problems: Sequence[Problem]) -> list[dict[str, str]]:
    return [{"pointer": problem.pointer, "message": problem.message, "value": problem.value, "advice": problem.advice} for problem in problems]
