"""A reading put on the desk: which blog it is of, what is new in it, and what its updates said before."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from geo.ingest.blog.changes import BlogChanges, changes
from geo.ingest.blog.source import Source
from geo.ingest.blog.updates import Blog
from geo.ingest.desk.records import MAX_READINGS, MAX_WORDINGS, Decision, KeptBlog, KeptReading, Wording

_SHARED = 0.5
_MAX_NAME, _MAX_FIRST_LINE = 200, 60


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gives with a live blog: a name, its address ("" for none), its publisher, the day of publication, the zone of bare times."""

    name: str
    address: str
    publisher: str
    published: date
    zone: str | None


def given_with(source: Source, *, published: date, zone: str = "", name: str = "", address: str = "", publisher: str = "") -> Given:
    """What is given with a source, where a person may leave out all but the day.

    A blog without a name is called by the host of its address, else by the first line of its text; without a publisher, the host or the name stands
    for it.
    """
    host = _host(address.strip())
    called = name.strip()[:_MAX_NAME] or host or _first_line(source.text)
    return Given(called, address.strip(), publisher.strip()[:_MAX_NAME] or host or called, published, zone.strip() or None)


def same_blog(blog: Blog, address: str, known: Sequence[tuple[KeptBlog, Blog]]) -> KeptBlog | None:
    """The blog of the desk that this is a later reading of: the same address, or else half of the shorter one's updates in both."""
    for kept, _ in reversed(known):
        if address and kept.address == address:
            return kept
    best: tuple[float, KeptBlog] | None = None
    for kept, before in known:
        if address and kept.address:
            continue
        found = changes(before, blog)
        shared = len(before.updates) - len(found.gone) - sum(one.reworded and _unlike(one.before.text, one.after.text) for one in found.changed)
        part = shared / max(1, min(len(before.updates), len(blog.updates)))
        if part >= _SHARED and (best is None or part >= best[0]):
            best = (part, kept)
    return best[1] if best else None


def begun(given: Given, reading: KeptReading) -> KeptBlog:
    """A blog that is on the desk for the first time."""
    seed = given.address or f"{given.name}\n{reading.text_sha256}"
    return KeptBlog(
        id=f"b-{hashlib.sha256(seed.encode()).hexdigest()[:12]}",
        name=given.name,
        address=given.address,
        publisher=given.publisher,
        published=given.published,
        zone=given.zone,
        readings=(reading,),
    )


def grown(kept: KeptBlog, before: Blog, after: Blog, reading: KeptReading) -> tuple[KeptBlog, BlogChanges]:
    """The blog with one reading more. The words that an update had before stay with it, also if its heading and so its id has changed."""
    found = changes(before, after)
    if reading.text_sha256 == kept.newest.text_sha256 and reading.tellings == kept.newest.tellings:
        return kept, found
    wordings = dict(kept.wordings)
    for one in found.changed:
        earlier = wordings.pop(one.before.id, ())
        if one.reworded or one.before.heading != one.after.heading:
            earlier = (*earlier, Wording(one.before.heading, one.before.text, reading.fetched))
        if earlier:
            wordings[one.after.id] = earlier[-MAX_WORDINGS:]
    renamed = {one.before.id: one.after.id for one in found.changed if one.before.id != one.after.id}
    decisions = tuple(_renamed(one, renamed) for one in kept.decisions) if renamed else kept.decisions
    return replace(kept, readings=(*kept.readings, reading)[-MAX_READINGS:], wordings=wordings, decisions=decisions), found


def _renamed(decision: Decision, renamed: Mapping[str, str]) -> Decision:
    """A decision that follows its updates where a heading was edited, and so their ids."""
    return replace(decision, cited=tuple(replace(one, update=renamed.get(one.update, one.update)) for one in decision.cited))


def published_again(kept: KeptBlog, fetched: datetime) -> date:
    """The day of publication for another reading of an address: that of the last one, moved on by the days that have passed between the two.

    The day of the reading itself would give a page of years ago, read again today, the year of today.
    """
    passed = (fetched.date() - datetime.fromisoformat(kept.newest.fetched).date()).days
    return kept.published + timedelta(days=max(0, passed))


def seen_before(kept: KeptBlog) -> frozenset[str]:
    """The tellings that earlier readings held already."""
    return frozenset(telling for reading in kept.readings[:-1] for telling in reading.tellings)


def _unlike(one: str, two: str) -> bool:
    """Whether two texts under one heading have little in common: “UPDATE, NOV 9” stands in many blogs."""
    first, second = set(one.casefold().split()), set(two.casefold().split())
    return len(first & second) < _SHARED * max(1, min(len(first), len(second)))


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _first_line(text: str) -> str:
    line = next((line for line in text.splitlines() if line.strip()), "")
    return textwrap.shorten(line[:_MAX_NAME], _MAX_FIRST_LINE, placeholder="…") or line.strip()[:_MAX_FIRST_LINE] or "Live blog"
