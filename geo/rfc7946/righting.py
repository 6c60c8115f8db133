"""A GeoJSON value put right as RFC 7946 recommends: rings the right way around, nothing across the antimeridian; everything else as it was."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from geo.errors import InvalidInput, Problem, shown
from geo.fields import pointer
from geo.rfc7946.antimeridian import cut_at_antimeridian
from geo.rfc7946.crs import crs_problem
from geo.rfc7946.winding import rewound

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Righted:
    """The value, how many geometries were rewound and how many cut (parts of a GeometryCollection each), and what could not be put right."""

    value: Any
    rewound: int
    cut: int
    left: tuple[Problem, ...]


def put_right(value: Any) -> Righted:
    """A GeoJSON object in which `check_rfc7946` finds no error, with the rings of its geometries rewound and its geometries cut at the antimeridian.

    The `bbox` of what was cut comes to lie within -180 to 180, too: one that crosses the antimeridian has its west greater than its east (RFC 7946,
    5.2). Ids, properties, nulls, foreign members and the order of all of them stay, and so does the very value of a geometry that was right. What
    cannot be cut is only rewound, and told with its pointer. Where a `crs` says something else than WGS84 longitude and latitude nothing is changed.
    """
    work = _Work()
    done = work.object(value, "")
    return Righted(done, work.rewound, work.cut, tuple(work.left))


@dataclass(slots=True)
class _Work:
    rewound: int = 0
    cut: int = 0
    left: list[Problem] = field(default_factory=list)

    def object(self, value: JSON, where: str) -> JSON:
        foreign = crs_problem(value["crs"], f"{where}/crs") if "crs" in value else None
        if foreign is not None:
            advice = "Transform it to WGS84 longitude and latitude first, and leave the member out."
            message = "is not WGS84 longitude and latitude, so nothing under it was put right"
            self.left.append(Problem(f"{where}/crs", message, shown(value["crs"]), advice))
            return value
        before = self.cut
        match value["type"]:
            case "FeatureCollection":
                done = {**value, "features": [self.object(one, pointer(f"{where}/features", at)) for at, one in enumerate(value["features"])]}
            case "Feature":
                geometry = value["geometry"]
                done = {**value, "geometry": None if geometry is None else self.object(geometry, f"{where}/geometry")}
            case "GeometryCollection":
                done = {**value, "geometries": [self.object(one, pointer(f"{where}/geometries", at)) for at, one in enumerate(value["geometries"])]}
            case _:
                done = self._geometry(value, where)
        return _with_box_within(done) if self.cut > before and isinstance(done.get("bbox"), list) else done

    def _geometry(self, geometry: JSON, where: str) -> JSON:
        turned = rewound(geometry) or geometry
        self.rewound += turned != geometry
        try:
            cut = cut_at_antimeridian(turned) or turned
        except InvalidInput as error:
            self.left += [replace(problem, pointer=where + problem.pointer) for problem in error.problems]
            return turned if turned != geometry else geometry
        if cut != turned:
            self.cut += 1
            return cut
        return turned if turned != geometry else geometry


def _with_box_within(value: JSON) -> JSON:
    """The value with a `bbox` whose longitudes lie within -180 to 180; one that is there already stays as it is."""
    box = value["bbox"]
    east_at = len(box) // 2
    west, east = box[0], box[east_at]
    if -180 <= west <= 180 and -180 <= east <= 180:
        return value
    if east - west >= 360:
        west, east = -180, 180
    else:
        west, east = (_within(lon) for lon in (west, east))
    return {**value, "bbox": [west, *box[1:east_at], east, *box[east_at + 1 :]]}


def _within(lon: float) -> float:
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180
