"""A gazetteer for tests: real entries of the places that tests name, and their namesakes."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.ingest.gazetteer import sources
from geo.ingest.gazetteer.entries import Named
from geo.ingest.gazetteer.index import Gazetteer, build

COUNTRIES = frozenset(["SY", "IQ", "LB", "YE", "UA", "IL", "AE", "LY"])
NAMESAKES = frozenset(["Paris", "Reading", "Tripoli", "Damascus"])
LARGE = 60_000


def selected() -> Iterator[Named]:
    """All entries of the countries that tests tell of, the large towns of the rest of the world, and some namesakes."""
    for named in sources.everything():
        entry = named.entry
        if entry.kind != "town" or entry.country in COUNTRIES or entry.population >= LARGE or entry.name in NAMESAKES:
            yield named


@functools.cache
def _built(folder: Path) -> Gazetteer:
    path = folder / "places.sqlite3"
    if not path.exists():
        build(path, made_from="tests", entries=selected())
    return Gazetteer(path)


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """The gazetteer, built once for a process: a fixture that several modules import is set up once for each of them."""
    return _built(tmp_path_factory.getbasetemp())
