"""The gazetteer's index on disk: built once, replaced when its sources change, never believed when it is broken or another's."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.errors import StoreError
from geo.geodesy import distance_m
from geo.ingest.gazetteer import cache, sources
from geo.ingest.gazetteer.entries import Entry, Named, town_radius_km
from geo.ingest.gazetteer.index import Gazetteer, open_gazetteer
from geo.model import PLACE_PRECISIONS
from tests.gazetteer import places as places  # a fixture

HOMS = Entry("geonames:1", "Homs", "GeoNames", "town", "town", (36.72, 34.73), 5.0, "SY", "11", 800_000)


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often the sources were read; they hold one town."""
    count: list[int] = []

    def everything() -> Iterator[Named]:
        count.append(1)
        yield Named(HOMS, ("Homs", "Ḩimş"))

    monkeypatch.setattr(sources, "everything", everything)
    return count


def opened(folder: Path) -> Gazetteer:
    """The gazetteer of a folder, seen to know its one town."""
    gazetteer = open_gazetteer(folder=folder)
    assert [hit.entry for hit in gazetteer.named("homs")] == [HOMS]
    gazetteer.close()
    return gazetteer


def test_the_index_is_built_once_and_then_opened(builds: list[int], tmp_path: Path) -> None:
    """The second use reads the file that the first one wrote, and nothing else lies beside it."""
    told: list[tuple[int, int]] = []
    open_gazetteer(folder=tmp_path, progress=lambda done, total: told.append((done, total))).close()
    opened(tmp_path)
    assert len(builds) == 1 and told[-1] == (1, 1)
    assert [path.name for path in tmp_path.iterdir()] == [cache.index_path(tmp_path, cache.fingerprint()).name]


def test_other_sources_make_another_index_and_the_old_one_goes(builds: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new version of the data or the code is seen by its hash."""
    opened(tmp_path)
    monkeypatch.setattr(cache, "fingerprint", lambda: "f" * 64)
    opened(tmp_path)
    assert len(builds) == 2 and len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("fault", ["empty", "noise", "cut", "other hash", "rows gone", "another database"])
def test_a_broken_index_is_built_again(fault: str, builds: list[int], tmp_path: Path) -> None:
    """Whatever stands in the file, it is checked before it is used."""
    opened(tmp_path)
    path = next(tmp_path.iterdir())
    body = path.read_bytes()
    if fault in ("empty", "noise", "cut"):
        path.write_bytes({"empty": b"", "noise": os.urandom(9_000), "cut": body[: len(body) // 2]}[fault])
    elif fault == "another database":
        path.unlink()
        sqlite3.connect(path).execute("CREATE TABLE about (key, value)").connection.close()
    else:
        with sqlite3.connect(path) as database:
            database.execute("UPDATE about SET value = 'x' WHERE key = 'made_from'" if fault == "other hash" else "DELETE FROM entries")
        database.close()
    opened(tmp_path)
    assert len(builds) == 2


@pytest.mark.skipif(os.name != "posix", reason="modes and links as POSIX has them")
@pytest.mark.parametrize("how", ["link", "writable by all"])
def test_an_index_that_another_user_could_have_written_is_built_again(how: str, builds: list[int], tmp_path: Path) -> None:
    """A link, or a file that others may write to, is not believed."""
    opened(tmp_path / "cache")
    path = next((tmp_path / "cache").iterdir())
    if how == "link":
        path.rename(tmp_path / "elsewhere")
        path.symlink_to(tmp_path / "elsewhere")
    else:
        path.chmod(0o666)
    opened(tmp_path / "cache")
    assert len(builds) == 2 and not path.is_symlink() and path.stat().st_mode & 0o077 == 0
    assert how != "link" or (tmp_path / "elsewhere").exists()


def test_a_build_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half an index is never found by the next run."""

    def everything() -> Iterator[Named]:
        yield Named(HOMS, ("Homs",))
        raise OSError(5, "the disk is gone")

    monkeypatch.setattr(sources, "everything", everything)
    with pytest.raises(StoreError, match="the disk is gone"):
        open_gazetteer(folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_said_in_words(builds: list[int], tmp_path: Path) -> None:
    """A file stands where the folder belongs."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="DATELINE_CACHE"):
        open_gazetteer(folder=tmp_path / "file")


def test_rows_that_are_no_place_on_earth_lose_their_position(builds: list[int], tmp_path: Path) -> None:
    """An index that was tampered with puts nothing outside of the world."""
    opened(tmp_path)
    path = next(tmp_path.iterdir())
    with sqlite3.connect(path) as database:
        database.execute("UPDATE entries SET lon = 1e308, precision = '<script>'")
    database.close()
    gazetteer = open_gazetteer(folder=tmp_path)
    (hit,) = gazetteer.named("homs")
    assert hit.entry.position is None and hit.entry.precision in PLACE_PRECISIONS
    gazetteer.close()


@pytest.mark.parametrize(
    ("environ", "platform", "folder"),
    [
        ({"DATELINE_CACHE": "/x"}, "linux", Path("/x")),
        ({"XDG_CACHE_HOME": "/y"}, "linux", Path("/y/dateline")),
        ({"XDG_CACHE_HOME": "relative"}, "linux", Path.home() / ".cache" / "dateline"),
        ({}, "darwin", Path.home() / "Library" / "Caches" / "dateline"),
        ({"LOCALAPPDATA": "/z"}, "win32", Path("/z/dateline/Cache")),
    ],
)
def test_the_index_lies_where_the_platform_keeps_caches(environ: dict[str, str], platform: str, folder: Path) -> None:
    """XDG on Linux, Caches on a Mac, the local application data on Windows; a folder that is set goes before."""
    assert cache.cache_folder(environ, platform) == folder


def test_one_large_object_is_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever a piece ends, the values are whole; a file that breaks off is an error."""
    path = tmp_path / "towns.json"
    values = [{"name": f"Ḩimş {number}", "alternatenames": ["x" * (number % 7), "}{,:"]} for number in range(200)]
    text = json.dumps({str(number): value for number, value in enumerate(values)}, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    for size in (1, 7, 64, 1_000_000):
        monkeypatch.setattr(sources, "_CHUNK", size)
        assert list(sources._members(path)) == values
    path.write_text(text[:-30], encoding="utf-8")
    with pytest.raises(ValueError, match=r"Expecting|Unterminated|delimiter"):
        list(sources._members(path))


def test_the_curated_places_are_well_formed_and_unlike_each_other() -> None:
    """Each has a position on Earth with an uncertainty, a known precision, a country or a note why not, and names of its own."""
    with (sources.DATA / "gazetteer" / "curated.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 150
    assert len({row["name"] for row in rows}) == len(rows)
    for row in rows:
        assert row["precision"] in PLACE_PRECISIONS, row
        if row["uncertainty_km"]:
            assert abs(float(row["lon"])) <= 180 and abs(float(row["lat"])) <= 90 and 0 < float(row["uncertainty_km"]) <= 1_600, row
        assert row["country"] or row["note"] or row["kind"] in ("sea", "strait"), row


def test_curated_places_lie_where_other_sources_have_them(places: Gazetteer) -> None:
    """Where another source knows a place of the same name and country, it is there too: a slip in the file is seen."""
    compared = 0
    for named in sources.curated():
        entry = named.entry
        if (
            entry.position is None
            or entry.country is None
            or entry.uncertainty_km is None
            or entry.kind in ("province", "region", "sea", "strait", "site", "district")
        ):
            continue
        twins = [
            hit.entry
            for name in named.names
            for hit in places.named(name.lower())
            if hit.entry.country == entry.country and hit.entry.kind != "province"
        ]
        near = [distance_m(entry.position, twin.position) / 1_000 for twin in twins if twin.position and not twin.source.startswith("Dateline")]
        if near:
            compared += 1
            assert min(near) <= entry.uncertainty_km + 15, (entry, near)
    assert compared > 30


def test_a_town_reaches_further_the_more_people_it_has() -> None:
    """Unknown is 3 km, a village about 2, and no city more than 25."""
    assert town_radius_km(0) == 3 and town_radius_km(1_000) == pytest.approx(2.18)
    assert town_radius_km(1_600_000) == pytest.approx(9.2) and town_radius_km(40_000_000) == 25
