"""The built-in base map's files: complete, small, in their places, and readable in both themes."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, Point, Polygon

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "data" / "basemap"
MAPPING = ROOT / "geo" / "mapping"
FINE = sorted(FOLDER.glob("fine_*.json"))
LABELS = ["labels.json", "labels_fine.json"]
LAYERS = {"land", "lakes", "borders", "disputed"}


def read(name: str) -> dict[str, Any]:
    """A file of the base map."""
    value: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return value


def lines(topology: dict[str, Any]) -> list[np.ndarray]:
    """The arcs in degrees."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    return [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]


def land(topology: dict[str, Any]) -> Any:
    """The land of a file as one geometry."""
    arcs = lines(topology)
    rings = ([arcs[part[0]] for part in polygon] for polygon in topology["objects"]["land"]["arcs"])
    return shapely.union_all([shapely.make_valid(Polygon(shell, holes)) for shell, *holes in rings])


def disputed(topology: dict[str, Any]) -> Any:
    """The disputed borders of a file as one geometry."""
    arcs = lines(topology)
    return shapely.MultiLineString([LineString(arcs[number]) for (number,) in topology["objects"]["disputed"]["arcs"]])


def names(table: str) -> list[dict[str, Any]]:
    """The rows of a table of both files of names."""
    tables = [read(file)[table] for file in LABELS]
    return [dict(zip(part["columns"], row, strict=True)) for part in tables for row in part["rows"]]


def named(table: str, name: str) -> dict[str, Any]:
    """The first row with a name."""
    return next(row for row in names(table) if row["name"] == name)


@pytest.fixture(scope="module")
def coarse() -> dict[str, Any]:
    """The set of the first view."""
    return read("coarse.json")


def test_files_are_small_enough() -> None:
    """The whole stays small in the repository, and what the first view fetches small on the wire."""
    assert sum(path.stat().st_size for path in FOLDER.glob("*.json")) < 5_400_000
    first = sum(len(gzip.compress((FOLDER / name).read_bytes(), 6)) for name in ("coarse.json", "labels.json"))
    assert first < 200_000
    assert max(len(gzip.compress(path.read_bytes(), 6)) for path in FINE) < 100_000


def test_the_listed_fine_tiles_are_there(coarse: dict[str, Any]) -> None:
    """The browser asks for exactly the files that exist."""
    assert coarse["fine"]["fromZoom"] == 6
    assert {f"fine_{tile}.json" for tile in coarse["fine"]["tiles"]} == {path.name for path in FINE}


@pytest.mark.parametrize("path", [FOLDER / "coarse.json", *FINE], ids=lambda path: path.stem)
def test_a_map_is_a_valid_topology(path: Path) -> None:
    """Every layer is there, every arc is used once and has a length, and rings are closed."""
    topology = read(path.name)
    assert topology["type"] == "Topology"
    assert set(topology["objects"]) == LAYERS if path.name == "coarse.json" else LAYERS | {"provinces"}
    arcs = topology["arcs"]
    assert all(len(arc) >= 2 for arc in arcs)
    used: list[int] = []
    for name, layer in topology["objects"].items():
        for geometry in layer.get("geometries", [layer]):
            if name in ("land", "lakes"):
                rings = [number for polygon in geometry["arcs"] for (number,) in polygon]
                assert all(len(arcs[number]) >= 4 and np.array(arcs[number])[1:].sum(axis=0).tolist() == [0, 0] for number in rings)
                used += rings
            else:
                used += [number for (number,) in geometry["arcs"]]
    assert sorted(used) == list(range(len(arcs)))


@pytest.mark.parametrize("path", FINE, ids=lambda path: path.stem)
def test_a_fine_tile_lies_where_its_name_says(path: Path) -> None:
    """All but the disputed borders, which are kept whole, end a little outside the tile."""
    x = int(path.stem.split("_")[1])
    topology = read(path.name)
    arcs = lines(topology)
    dashed = {number for (number,) in topology["objects"]["disputed"]["arcs"]}
    longitudes = np.concatenate([arc[:, 0] for number, arc in enumerate(arcs) if number not in dashed] or [np.array([-180 + x * 22.5])])
    assert longitudes.min() >= -180 + x * 22.5 - 0.5
    assert longitudes.max() <= -180 + (x + 1) * 22.5 + 0.5


def test_every_layer_of_the_first_view_is_filled(coarse: dict[str, Any]) -> None:
    """Land, lakes, borders and disputed borders are in the coarse set already."""
    assert all(len(coarse["objects"][layer]["arcs"]) > 0 for layer in LAYERS)


@pytest.mark.parametrize(
    ("place", "lon", "lat", "dry"),
    [("Baghdad", 44.4, 33.3, True), ("Gulf of Oman", 57.2, 25.4, False), ("Persian Gulf", 51.5, 27, False), ("Chukotka", 181, 67, True)],
)
def test_land_is_land_and_sea_is_sea(coarse: dict[str, Any], place: str, lon: float, lat: float, dry: bool) -> None:
    """The coast is on the right side of well-known places."""
    assert land(coarse).contains(Point(lon, lat)) is dry, place


def test_no_coast_runs_along_the_antimeridian(coarse: dict[str, Any]) -> None:
    """Land that crosses it is whole; only Antarctica ends there, and the script does not draw that edge."""
    for arc in lines(coarse):
        along = [abs(a[0]) == 180 == abs(b[0]) for a, b in itertools.pairwise(arc) if min(a[1], b[1]) > -60]
        assert not any(along)


@pytest.mark.parametrize(
    ("line", "lon", "lat"),
    [("Golan", 35.85, 33.0), ("West Bank", 35.0, 32.2), ("Crimea", 34.0, 46.1), ("Line of Control", 74.3, 34.7), ("Korea", 127.0, 38.3)],
)
def test_disputed_borders_are_known_as_such(coarse: dict[str, Any], line: str, lon: float, lat: float) -> None:
    """They are drawn dashed at every zoom."""
    assert disputed(coarse).distance(Point(lon, lat)) < 0.35, line


def test_a_border_is_not_both_settled_and_disputed() -> None:
    """A solid line under a dashed one would hide the dashes."""
    topology = read("fine_9_6.json")
    arcs = lines(topology)
    settled = shapely.MultiLineString([LineString(arcs[number]) for (number,) in topology["objects"]["borders"]["arcs"]])
    shared = settled.intersection(disputed(topology).buffer(0.003)).length
    assert shared < 0.02 * disputed(topology).length


def test_provinces_come_with_the_fine_set() -> None:
    """At the zooms of a region they would hide the borders."""
    assert read("labels.json")["provinces"]["rows"] == []
    zooms = {geometry["properties"]["zoom"] for path in FINE for geometry in read(path.name)["objects"]["provinces"]["geometries"]}
    assert min(zooms) == 6
    assert min(row["zoom"] for row in names("provinces")) == 6


@pytest.mark.parametrize(
    ("table", "name", "lon", "lat"),
    [
        ("countries", "Syria", 38.5, 35.0),
        ("countries", "Iraq", 43.5, 33.0),
        ("countries", "Iran", 54.0, 32.5),
        ("countries", "Israel", 35.0, 31.0),
        ("countries", "United States", -98.0, 39.0),
        ("waters", "Gulf of Oman", 58.5, 24.8),
        ("waters", "Persian Gulf", 51.8, 26.9),
        ("waters", "Strait of Hormuz", 56.5, 26.5),
        ("waters", "Red Sea", 38.5, 20.5),
        ("waters", "Mediterranean Sea", 18.0, 35.0),
        ("waters", "Lake Tharthar", 43.3, 34.0),
        ("towns", "Baghdad", 44.39, 33.34),
        ("towns", "Damascus", 36.3, 33.5),
        ("towns", "Erbil", 44.01, 36.18),
        ("towns", "Deir ez-Zor", 40.13, 35.33),
        ("towns", "Abu Kamal", 40.92, 34.45),
        ("towns", "Douma", 36.4, 33.58),
        ("provinces", "Anbar", 41.5, 33.0),
        ("provinces", "Nineveh", 42.5, 36.0),
        ("provinces", "Deir ez-Zor", 40.3, 35.0),
        ("provinces", "Hasakah", 41.0, 36.5),
        ("provinces", "Idlib", 36.7, 35.8),
    ],
)
def test_a_name_stands_where_it_belongs(table: str, name: str, lon: float, lat: float) -> None:
    """Names that a reader of this map will look for."""
    row = named(table, name)
    reach = {"countries": 4.0, "waters": 4.0, "towns": 0.05, "provinces": 1.2}[table]
    assert math.hypot(row["lon"] - lon, row["lat"] - lat) < reach


@pytest.mark.parametrize("table", ["countries", "waters", "towns", "provinces"])
def test_names_are_clean(table: str) -> None:
    """No abbreviations of the source, no administrative words of other tables, no invisible characters."""
    for row in names(table):
        name = row["name"]
        assert name == name.strip()
        assert name.isprintable()
        assert name
        assert not re.search(r"`|\s\s|governorate|Etrap|\bIs\.|\bRep\.", name), name
        assert -180 <= row["lon"] <= 181
        assert -90 <= row["lat"] <= 90
        assert 2 <= row["zoom"] <= 12


def test_more_names_are_shown_the_closer_one_looks() -> None:
    """Each zoom adds some; the names of countries and seas come before those of towns."""
    counts = [sum(row["zoom"] <= zoom for table in ("countries", "waters", "towns", "provinces") for row in names(table)) for zoom in range(2, 10)]
    assert all(fewer < more for fewer, more in itertools.pairwise(counts))
    assert not any(row["zoom"] < 4 for row in names("towns"))


def test_a_country_is_named_once_before_it_is_repeated() -> None:
    """A repeat stands elsewhere in the same country, from a larger zoom on."""
    first = [row for row in names("countries") if not row["repeat"]]
    assert len({row["name"] for row in first}) == len(first) > 200
    zooms = {row["name"]: row["zoom"] for row in first}
    assert all(row["zoom"] > zooms[row["name"]] for row in names("countries") if row["repeat"])


def test_capitals_are_marked() -> None:
    """And towns that are large but no capitals are not."""
    assert all(named("towns", name)["capital"] for name in ("Baghdad", "Damascus", "Beirut", "Amman", "Tehran", "Washington", "London"))
    assert not any(named("towns", name)["capital"] for name in ("Jerusalem", "Tel Aviv", "Istanbul", "Erbil", "New York"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_names_can_be_read_on_land_and_sea(theme: str) -> None:
    """WCAG 2.2 AA, 1.4.3: a contrast of 4.5:1 for every colour of letters on both grounds; and land can be told from sea."""
    block = re.search(rf"{theme}: {{(.*?)}},\n", (MAPPING / "basemap_style.js").read_text(encoding="utf-8"), re.S)
    assert block
    colours = dict(re.findall(r"(\w+): '(#[0-9a-f]{6})'", block[1]))
    for letters, ground in itertools.product(("country", "water", "town", "provinceName"), ("land", "sea")):
        assert contrast(colours[letters], colours[ground]) >= 4.5, (letters, ground)
    assert contrast(colours["land"], colours["sea"]) >= 1.15


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """WCAG's relative luminance of #rrggbb."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_vendored_scripts_are_the_ones_named() -> None:
    """The copies are unchanged."""
    rows = re.findall(r"\| `(\S+\.js)` .*`([0-9a-f]{64})` \|", (MAPPING / "vendor" / "README.md").read_text(encoding="utf-8"))
    assert "geojson-vt.js" in dict(rows)
    for name, digest in rows:
        assert hashlib.sha256((MAPPING / "vendor" / name).read_bytes()).hexdigest() == digest, name


def test_the_base_map_asks_no_other_host() -> None:
    """Its scripts name no address: everything comes from the folder that they are given."""
    for path in MAPPING.glob("basemap*.js"):
        assert "://" not in path.read_text(encoding="utf-8"), path.name
