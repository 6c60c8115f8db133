"""The tables of names: countries, waters, towns and provinces, each with its place, its room and its zoom."""

from __future__ import annotations

from typing import Any

import shapely
from build_editorial import CAPITALS, EXTRA_WATERS, NAMED_AS_PROVINCES, NO_SUCH_TOWN, PART_OF, UNNAMED_AREAS
from build_labels import anchor, flat, largest, repeats, text_width_px, town_zooms, zoom_that_fits
from build_names import country_name, fold, province_name, town_name, water_name
from build_sources import Atlas, Province, Town, Water, polygons
from shapely.geometry.base import BaseGeometry

COUNTRY_LETTER_PX = 8.6
WATER_LETTER_PX = 6.3
PROVINCE_LETTER_PX = 5.6
PROVINCE_NAMED_PX = 75
SMALL_STATE_DEG = 0.4

Tables = dict[str, dict[str, list[Any]]]


def all_labels(atlas: Atlas, provinces: list[Province], towns: list[Town], waters: list[Water], *, fine_zoom: int) -> tuple[Tables, Tables]:
    """The names shown below the fine zoom, and the rest."""
    shapes = {name: shapely.MultiPolygon(polygons(atlas.arcs, rings)) for name, rings in atlas.countries.items()}
    tables = {
        "countries": (["name", "lon", "lat", "zoom", "room", "repeat"], country_rows(shapes), 3),
        "waters": (["name", "lon", "lat", "zoom", "room", "angle", "repeat"], water_rows(waters), 3),
        "towns": (["name", "lon", "lat", "zoom", "size", "capital"], town_rows(towns, shapes), 3),
        "provinces": (["name", "lon", "lat", "zoom", "room"], province_rows(provinces + unrecognised(shapes), towns, lowest=fine_zoom), 3),
    }
    near: Tables = {}
    far: Tables = {}
    for kind, (columns, rows, at) in tables.items():
        near[kind] = {"columns": columns, "rows": [row for row in rows if row[at] < fine_zoom]}
        far[kind] = {"columns": columns, "rows": [row for row in rows if row[at] >= fine_zoom]}
    return near, far


def country_rows(shapes: dict[str, BaseGeometry]) -> list[list[Any]]:
    """Largest first; repeats after their own first."""
    rows = []
    for name, shape in sorted(shapes.items(), key=lambda item: -item[1].area):
        polygon = largest(flat(shape, tolerance_deg=0.02))
        if polygon is None or name in UNNAMED_AREAS | NAMED_AS_PROVINCES | PART_OF.keys():
            continue
        shown = country_name(name)
        first = anchor(polygon)
        width = text_width_px(shown, per_letter_px=COUNTRY_LETTER_PX)
        highest = 6 if first.room_deg >= SMALL_STATE_DEG else 7
        zoom = zoom_that_fits(width_px=width * 0.45, room_deg=first.room_deg, lowest=2, highest=highest)
        rows.append([shown, _lon(first.lon), _r(first.lat), zoom, _r(first.room_deg), 0])
        again = repeats(polygon, first, width_px=width)
        rows += [[shown, _lon(a.lon), _r(a.lat), z, _r(a.room_deg), 1] for z, a in again if z > zoom]
    return rows


def water_rows(waters: list[Water]) -> list[list[Any]]:
    """Largest first; oceans and seas, gulfs, straits and lakes alike."""
    rows: list[list[Any]] = []
    seen: set[tuple[str, int, int]] = set()
    for water in sorted(waters, key=lambda water: -water.shape.area):
        name, polygon = water_name(water.name), largest(flat(water.shape, tolerance_deg=0.005))
        if name is None or polygon is None:
            continue
        first = anchor(polygon, may_turn="Ocean" not in name)
        key = (name, round(first.lon), round(first.lat))
        if key in seen:
            continue
        seen.add(key)
        width = text_width_px(name, per_letter_px=WATER_LETTER_PX)
        zoom = zoom_that_fits(width_px=width, room_deg=first.room_deg, lowest=2, highest=10)
        rows.append([name, _lon(first.lon), _r(first.lat), zoom, _r(first.room_deg), first.angle_deg, 0])
        if first.room_deg < 60 and abs(first.lat) < 72:  # nobody looks for the bays of the far north twice
            again = repeats(polygon, first, width_px=width * 1.2)
            rows += [[name, _lon(a.lon), _r(a.lat), z, _r(a.room_deg), 0, 1] for z, a in again if z > zoom]
    rows += [[name, lon, lat, zoom, room, 0, 0] for name, lon, lat, zoom, room in EXTRA_WATERS]
    return rows


def town_rows(towns: list[Town], shapes: dict[str, BaseGeometry]) -> list[list[Any]]:
    """Capitals and large towns first."""
    kept = [town for town in towns if (town.name, town.lon) not in NO_SUCH_TOWN]
    seats = capitals(kept, shapes)
    weight = {town: town.population * 6 + 400_000 if town in seats else town.population for town in kept}
    kept.sort(key=lambda town: (-weight[town], town.name, town.lon))
    latest = [latest_zoom(town, capital=town in seats) for town in kept]
    zooms = town_zooms([(town.lon, town.lat) for town in kept], latest=latest)
    rows = []
    for town, zoom in sorted(zip(kept, zooms, strict=True), key=lambda pair: pair[1]):
        size = sum(town.population >= least for least in (200_000, 1_000_000, 5_000_000))
        rows.append([town_name(town.name, town.english, lon=town.lon), town.lon, town.lat, zoom, size, int(town in seats)])
    return rows


def latest_zoom(town: Town, *, capital: bool) -> int:
    """The zoom at which a town of its size is on the map, however crowded it stands."""
    zoom = 9 - sum(town.population >= least for least in (30_000, 100_000, 300_000, 800_000, 5_000_000))
    return min(zoom, 7 - sum(town.population >= least for least in (50_000, 100_000, 800_000))) if capital else zoom


def capitals(towns: list[Town], shapes: dict[str, BaseGeometry]) -> set[Town]:
    """The town of each capital's name that stands in (or nearest to) its country."""
    found = set()
    for country, name in CAPITALS.items():
        namesakes = [town for town in towns if town.name == name]
        if not namesakes:
            raise SystemExit(f"the source has no town {name!r}: correct CAPITALS[{country!r}] in build_editorial.py")
        shape = shapes[country]
        found.add(min(namesakes, key=lambda town: shape.distance(shapely.Point(town.lon, town.lat))))
    return found


def unrecognised(shapes: dict[str, BaseGeometry]) -> list[Province]:
    """The states that are named as provinces are."""
    return [Province(country_name(name), "", "", shapes[name]) for name in sorted(NAMED_AS_PROVINCES)]


def province_rows(provinces: list[Province], towns: list[Town], *, lowest: int) -> list[list[Any]]:
    """Provinces with a name of their own, the roomiest first; one named after a town is spelt like it."""
    rows = []
    names = {town_name(town.name, town.english, lon=town.lon) for town in towns}
    spelt_like = {fold(name): name for name in sorted(names)}
    for province in provinces:
        name = province_name(province.name, province.country)
        name = spelt_like.get(fold(name), name) if name else None
        polygon = largest(flat(province.shape, tolerance_deg=0.004))
        if name is None or polygon is None or name == country_name(province.admin):
            continue
        spot = anchor(polygon)
        width = text_width_px(name, per_letter_px=PROVINCE_LETTER_PX)
        large_enough = zoom_that_fits(width_px=PROVINCE_NAMED_PX, room_deg=polygon.area**0.5, lowest=lowest, highest=9)
        zoom = zoom_that_fits(width_px=width * 0.95, room_deg=spot.room_deg, lowest=large_enough, highest=12)
        rows.append([name, _lon(spot.lon), _r(spot.lat), zoom, _r(spot.room_deg)])
    return sorted(rows, key=lambda row: (-row[4], row[0]))


def _lon(value: float) -> float:
    return round((value + 180) % 360 - 180, 2)


def _r(value: float) -> float:
    return round(value, 2)
