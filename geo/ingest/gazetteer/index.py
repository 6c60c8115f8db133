"""The gazetteer: an index of folded names in one SQLite file, built once and then opened at once."""

from __future__ import annotations

import csv
import functools
import json
import math
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from geo.errors import StoreError
from geo.ingest.gazetteer import cache, sources
from geo.ingest.gazetteer.entries import Entry, Named
from geo.ingest.gazetteer.folding import TRANSLITERATED, fold, skeleton, without_article
from geo.model import PLACE_PRECISIONS, PlacePrecision

Progress = Callable[[int, int], None]
"""Told how many entries are done, of about how many."""

_ABOUT = 250_000
_STEP = 5_000
_WRITTEN = 25_000
_MAX_NAMES = 60
_SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entries (number INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, source TEXT NOT NULL, kind TEXT NOT NULL,
    precision TEXT NOT NULL, lon REAL, lat REAL, uncertainty_km REAL, country TEXT, admin1 TEXT, population INTEGER NOT NULL,
    west REAL, south REAL, east REAL, north REAL);
CREATE TABLE names (spelled TEXT NOT NULL, entry INTEGER NOT NULL, own INTEGER NOT NULL, PRIMARY KEY (spelled, entry)) WITHOUT ROWID;
CREATE TABLE skeletons (skeleton TEXT NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (skeleton, entry)) WITHOUT ROWID;
CREATE TABLE firsts (word TEXT PRIMARY KEY, longest INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE words (kind TEXT NOT NULL, word TEXT NOT NULL, country TEXT NOT NULL, PRIMARY KEY (kind, word, country)) WITHOUT ROWID;
"""
_COLUMNS = "id, name, source, kind, precision, lon, lat, uncertainty_km, country, admin1, population, west, south, east, north"


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found by a name: `spelling` says whether the name is its own, another spelling of the source, or only sounds the same."""

    entry: Entry
    spelling: str


class Gazetteer:
    """Places by their folded names. Reads one SQLite file; may be shared by threads."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._database.execute("PRAGMA cache_size = -16000")
        self.named = functools.lru_cache(maxsize=8_000)(self._named)
        self.sounding = functools.lru_cache(maxsize=4_000)(self._sounding)
        self.longest = functools.lru_cache(maxsize=30_000)(self._longest)
        self.province = functools.lru_cache(maxsize=2_000)(self._province)
        self._words: dict[str, dict[str, str]] = {"demonym": {}, "seat": {}, "country": {}}
        for kind, word, country in self._rows("SELECT kind, word, country FROM words ORDER BY kind, word, country DESC"):
            self._words[kind][word] = country

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def demonym(self, folded: str) -> str | None:
        """The country (ISO code) whose people are called so."""
        return self._words["demonym"].get(folded)

    def seat(self, folded: str) -> str | None:
        """The country (ISO code) whose government is called by this name: its capital, or a palace."""
        return self._words["seat"].get(folded)

    def country_name(self, code: str) -> str:
        """The name of a country in English, or the code if there is none."""
        return self._words["country"].get(code, code)

    def entry(self, id: str) -> Entry | None:
        """The entry of this id."""
        rows = self._rows(f"SELECT {_COLUMNS} FROM entries WHERE id = ? LIMIT 1", id)  # noqa: S608 - a constant
        return _entry(rows[0]) if rows else None

    def sample(self, *, kind: str, least_population: int, count: int) -> list[Entry]:
        """`count` entries of a kind, spread over the gazetteer, always the same ones."""
        query = f"SELECT {_COLUMNS} FROM entries WHERE kind = ? AND population >= ? ORDER BY (number * 7919) % 100003, number LIMIT ?"  # noqa: S608
        return [_entry(row) for row in self._rows(query, kind, least_population, count)]

    def _named(self, folded: str) -> tuple[Hit, ...]:
        query = f"SELECT own, {_COLUMNS} FROM names JOIN entries ON number = entry WHERE spelled = ? ORDER BY population DESC, number LIMIT ?"  # noqa: S608
        return tuple(Hit(_entry(row[1:]), "own name" if row[0] else "other spelling") for row in self._rows(query, folded, _MAX_NAMES))

    def _sounding(self, bones: str) -> tuple[Hit, ...]:
        query = f"SELECT {_COLUMNS} FROM skeletons JOIN entries ON number = entry WHERE skeleton = ? ORDER BY population DESC, number LIMIT ?"  # noqa: S608
        return tuple(Hit(_entry(row), "sounds alike") for row in self._rows(query, bones, _MAX_NAMES))

    def _longest(self, word: str) -> int:
        rows = self._rows("SELECT longest FROM firsts WHERE word = ?", word)
        return int(rows[0][0]) if rows else 0

    def _province(self, country: str, admin1: str) -> Entry | None:
        query = f"SELECT {_COLUMNS} FROM entries WHERE kind = 'province' AND country = ? AND admin1 = ? ORDER BY uncertainty_km DESC LIMIT 1"  # noqa: S608
        rows = self._rows(query, country, admin1)
        return _entry(rows[0]) if rows else None

    def _rows(self, query: str, *values: object) -> list[Any]:
        try:
            with self._lock:
                return self._database.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            what, advice = f"the index of places cannot be read: {error}", "Delete the file; it is made again."
            raise StoreError(what=what, where=str(cache.cache_folder()), advice=advice) from None


def open_gazetteer(*, folder: Path | None = None, progress: Progress | None = None) -> Gazetteer:
    """The gazetteer, from the index in `folder` (the user's cache folder if None), which is built first if it is not there, broken or not of ours.

    Raises StoreError where the folder cannot be written to.
    """
    made_from = cache.fingerprint()
    path = cache.index_path(folder or cache.cache_folder(), made_from)
    if not (cache.is_ours(path) and _is_sound(path, made_from)):
        try:
            with cache.replaced(path) as part:
                build(part, made_from=made_from, entries=sources.everything(), progress=progress)
        except OSError as error:
            what, advice = (
                f"the index of places cannot be written: {error.strerror or error}",
                "Set DATELINE_CACHE to a folder that can be written to.",
            )
            raise StoreError(what=what, where=str(path), advice=advice) from None
    return Gazetteer(path)


def build(path: Path, *, made_from: str, entries: Iterator[Named], progress: Progress | None = None) -> None:
    """Write the index of `entries` into the empty file `path`."""
    firsts: dict[str, int] = {}
    with closing(sqlite3.connect(path)) as database, database:
        # Nobody reads the file before it is whole.
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -60000; PRAGMA page_size = 8192;" + _SCHEMA)
        number, rows = 0, _Rows([], [], [])
        for number, named in enumerate(entries, 1):
            _add(rows, number, named, firsts)
            if number % _WRITTEN == 0:
                rows.write(database)
            if progress is not None and number % _STEP == 0:
                progress(number, max(number, _ABOUT))
        rows.write(database)
        database.executemany("INSERT INTO firsts VALUES (?, ?)", sorted(firsts.items()))
        database.executemany("INSERT OR IGNORE INTO words VALUES (?, ?, ?)", _country_words())
        database.execute("CREATE INDEX by_id ON entries (id)")
        database.execute("CREATE INDEX by_province ON entries (country, admin1) WHERE kind = 'province'")
        database.executemany("INSERT INTO about VALUES (?, ?)", [("made_from", made_from), ("entries", str(number))])
    if progress is not None:
        progress(number, number)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows that wait to be written: many at once, in the order of their keys, are written in a fraction of the time."""

    entries: list[tuple[object, ...]]
    names: list[tuple[str, int, int]]
    skeletons: list[tuple[str, int]]

    def write(self, database: sqlite3.Connection) -> None:
        """Write what waits."""
        database.executemany(f"INSERT INTO entries VALUES ({','.join('?' * 16)})", self.entries)  # noqa: S608 - a constant
        database.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?)", sorted(self.names))
        database.executemany("INSERT OR IGNORE INTO skeletons VALUES (?, ?)", sorted(self.skeletons))
        self.entries.clear()
        self.names.clear()
        self.skeletons.clear()


def _add(rows: _Rows, number: int, named: Named, firsts: dict[str, int]) -> None:
    entry = named.entry
    lon, lat = entry.position or (None, None)
    row = (number, entry.id, entry.name, entry.source, entry.kind, entry.precision, lon, lat, entry.uncertainty_km, entry.country, entry.admin1)
    rows.entries.append((*row, entry.population, *(entry.box or (None,) * 4)))
    spelled: dict[str, int] = {}
    plain: set[str] = set()
    for place, name in enumerate(named.names):
        folded = fold(name)
        if len(folded) < 2:
            continue
        plain.add(folded)
        spelled.setdefault(folded, int(place == 0))
        spelled.setdefault(without_article(folded), int(place == 0))
    rows.names.extend((name, number, own) for name, own in spelled.items())
    if entry.country in TRANSLITERATED and entry.kind != "country":
        rows.skeletons.extend((bone, number) for bone in {skeleton(folded) for folded in plain} if bone)
    for name in spelled:
        first, words = name.split(" ", 1)[0], name.count(" ") + 1
        if firsts.get(first, 0) < words:
            firsts[first] = words


def _country_words() -> Iterator[tuple[str, str, str]]:
    for code, row in json.loads(sources.package_files()[1].read_text(encoding="utf-8")).items():
        yield "country", code, row["name"]
        if row["capital"]:
            yield "seat", fold(row["capital"]), code
    with (sources.DATA / "gazetteer" / "countries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for kind, column in (("demonym", "demonyms"), ("seat", "seats")):
                yield from ((kind, fold(word), row["country"]) for word in row[column].split("|") if word)


def _is_sound(path: Path, made_from: str) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            about = dict(database.execute("SELECT key, value FROM about"))
            count = database.execute("SELECT count(*) FROM entries").fetchone()[0]
            whole = database.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            return whole and about.get("made_from") == made_from and about.get("entries") == str(count)
    except (sqlite3.Error, ValueError, TypeError):
        return False


def _entry(row: Any) -> Entry:
    """A row as an entry. A file that was tampered with may hold anything: what is no place on Earth is dropped."""
    id, name, source, kind, precision, lon, lat, uncertainty_km, country, admin1, population, *box = row
    placed = all(isinstance(value, float) and math.isfinite(value) for value in (lon, lat, uncertainty_km)) and abs(lon) <= 180 and abs(lat) <= 90
    return Entry(
        id=str(id),
        name=str(name),
        source=str(source),
        kind=str(kind),
        precision=cast(PlacePrecision, precision if precision in PLACE_PRECISIONS else "country"),
        position=(lon, lat) if placed else None,
        uncertainty_km=uncertainty_km if placed else None,
        country=country,
        admin1=admin1,
        population=int(population),
        box=cast(tuple[float, float, float, float], tuple(box)) if None not in box else None,
    )


@contextmanager
def shown_on_terminal() -> Iterator[Progress | None]:
    """A progress bar on standard error while the index is built; None where standard error is no terminal."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    with Bar(console=console, transient=True) as bar:
        task = bar.add_task("Indexing places, once", total=_ABOUT, visible=False)
        yield lambda done, total: bar.update(task, completed=done, total=total, visible=True)
