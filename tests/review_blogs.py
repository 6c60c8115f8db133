"""An invented live blog as it grows, and what reads it, for the tests of the desk and of the review page."""

from __future__ import annotations

import functools
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from geo.ingest.blog.source import Source, read_bytes
from geo.ingest.blog.updates import Blog, read_updates
from geo.ingest.gazetteer import Gazetteer, open_gazetteer
from geo.ingest.incidents import Reading, read_incidents

FOLDER = Path(__file__).parent / "blogs"
PUBLISHED = date(2018, 11, 10)
FIRST = (FOLDER / "hodeidah_dated.txt").read_text(encoding="utf-8")
STRIKE = "An air strike hit a workshop in the east of Hodeidah late on Thursday."
NEWS = """UPDATE, NOV 11:

Artillery shelled the town of Zabid on Sunday morning, killing six people, the governor's office said.


"""
CORRECTED = """UPDATE, NOV 12:

Correction: an earlier update said that a sea mine damaged the boat Bint al-Bahr off Hodeidah. The coastguard now says that its engine caught fire.


"""
GROWN = FIRST.replace("UPDATE, NOV 10:", NEWS + "UPDATE, NOV 10:")
REWORDED = CORRECTED + GROWN.replace("14 people were killed and 23 injured", "15 people were killed and 23 injured")
_AT = GROWN.index("A sea mine damaged")
MINE = GROWN[_AT:].splitlines()[0]
RETRACTED = GROWN.replace(MINE, "The harbour was calm.")


@functools.cache
def gazetteer() -> Gazetteer:
    return open_gazetteer()


@functools.cache
def read(text: str, published: date, zone: str | None, progress: object = None) -> tuple[Blog, Reading]:
    """Cut and read a text, with the gazetteer of the tests; nobody waits for it, so `progress` is not told."""
    blog = read_updates(text, published=published, zone=zone)
    return blog, read_incidents(blog, gazetteer=gazetteer(), published=published)


def source(text: str, *, hour: int = 12, address: str = "pasted") -> Source:
    """A text as it was got at an hour of a day."""
    return read_bytes(text.encode(), address=address, content_type="text/plain", now=datetime(2018, 11, 12, hour, tzinfo=UTC))


def empty_store(path: Path) -> Path:
    """A store without a record."""
    members: dict[str, Any] = {"type": "FeatureCollection", "dateline": {"schema": 1}, "updates": [], "features": []}
    path.write_text(json.dumps(members), encoding="utf-8")
    return path
