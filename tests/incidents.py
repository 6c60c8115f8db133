"""Live blogs for tests of the reading of incidents: a gazetteer that knows their places, and short ways to read a text."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from geo.ingest.blog.updates import read_updates
from geo.ingest.gazetteer import sources
from geo.ingest.gazetteer.entries import Named
from geo.ingest.gazetteer.index import Gazetteer, build
from geo.ingest.incidents import Candidate, candidates

COUNTRIES = frozenset(
    [
        "SY",
        "TR",
        "ET",
        "IQ",
        "LB",
        "YE",
        "UA",
        "IL",
        "PS",
        "AE",
        "ML",
        "SA",
        "AZ",
        "XK",
        "PK",
        "SO",
        "LY",
        "TN",
        "BG",
        "SD",
        "PH",
        "CD",
        "MZ",
        "MM",
        "NG",
        "TD",
        "CM",
        "NE",
        "AF",
        "AM",
        "BF",
        "IN",
        "IR",
        "KE",
        "SS",
    ]
)
LARGE = 60_000
BLOGS = Path(__file__).parent / "blogs"
SEED = Path(__file__).parent.parent.parent / "shared" / "seed" / "000_cc523b4719ddec4c.txt"


def selected() -> Iterator[Named]:
    """All entries of the countries that the blogs tell of, and the large towns of the rest of the world."""
    for named in sources.everything():
        entry = named.entry
        if entry.kind != "town" or entry.country in COUNTRIES or entry.population >= LARGE:
            yield named


@functools.cache
def _built(folder: Path) -> Gazetteer:
    path = folder / "incident-places.sqlite3"
    if not path.exists():
        build(path, made_from="tests", entries=selected())
    return Gazetteer(path)


@pytest.fixture(scope="session")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """The gazetteer, built once for a process."""
    return _built(tmp_path_factory.getbasetemp())


def proposals(text: str, atlas: Gazetteer, published: str = "2021-03-04") -> tuple[Candidate, ...]:
    """The candidates of a whole blog."""
    day = date.fromisoformat(published)
    return candidates(read_updates(text, published=day), gazetteer=atlas, published=day)


def told(said: str, atlas: Gazetteer) -> tuple[Candidate, ...]:
    """The candidates of a blog whose one update of 4 March 2021 says this."""
    return proposals(f"UPDATE, MARCH 4:\n\n{said}\n\nUPDATE, MARCH 1:\n\nNothing else is known.\n", atlas)
