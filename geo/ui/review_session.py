"""What the Review page's session and process hold: what is looked at, the desk, the readings that are kept, the watcher, and who may decide."""

from __future__ import annotations

import functools
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from geo.errors import DatelineError, InvalidInput, Problem
from geo.ingest.blog import fetching
from geo.ingest.blog.updates import Blog, read_updates
from geo.ingest.desk.corrections import warnings
from geo.ingest.desk.folder import DeskFolder
from geo.ingest.desk.proposals import proposals, standing
from geo.ingest.desk.records import Decision, Desk
from geo.ingest.desk.watching import Watched, Watcher
from geo.ingest.gazetteer import Gazetteer, open_gazetteer
from geo.ingest.incidents import Reading, read_incidents
from geo.settings import from_environment
from geo.store import EventCollection
from geo.store.opening import is_parquet
from geo.ui import state, who
from geo.ui.review_data import Shown

_MOST_READINGS = 8
Progress = Callable[[int, int], None]
Signs = tuple[tuple[int, int] | None, Mapping[str, Watched]]


@dataclass(frozen=True)
class Done:
    """What was decided last, so that it can be taken back: on which proposals, the decisions before, and the entry in the store's history, if any."""

    blog: str
    proposals: tuple[str, ...]
    before: tuple[Decision, ...]
    entry: int | None


@dataclass(frozen=True)
class Review:
    """What a session looks at: the blog and the tab, what was said last (`words`, bad if `failed`), and faults of forms by proposal.

    `turn` counts what was done. `at_desk` says that the words are about the desk, and not about what was given. `done` is what can be undone now.
    `given` counts the blogs that were given: the form for the next one begins anew with each.
    """

    blog: str | None = None
    tab: str = "open"
    words: str = ""
    failed: bool = False
    at_desk: bool = False
    event: str | None = None
    done: Done | None = None
    problems: Mapping[str, str] = field(default_factory=dict)
    given: int = 0
    turn: int = 0


def current() -> Review:
    """What this session looks at."""
    value = state.review()
    return value if isinstance(value, Review) else Review()


def folder() -> DeskFolder:
    """The desk of the app's store."""
    return DeskFolder(from_environment(os.environ).store)


_reading_guard = threading.Lock()
_readings: OrderedDict[tuple[str, date, str | None], tuple[Blog, Reading]] = OrderedDict()


def read(text: str, published: date, zone: str | None, progress: Progress | None = None) -> tuple[Blog, Reading]:
    """Cut and read a text; the last few are kept. One at a time: two readings at once would only halve each other's speed.

    `progress` is told (done, total) for each update that has been read; nothing of a reading that was kept.
    """
    key = (text, published, zone)
    with _reading_guard:
        if key not in _readings:
            blog = read_updates(text, published=published, zone=zone)
            if progress is not None:
                progress(0, len(blog.updates))  # now, for the index of places may have to be made first
            _readings[key] = blog, read_incidents(blog, gazetteer=_gazetteer(), published=published, progress=progress)
        _readings.move_to_end(key)
        while len(_readings) > _MOST_READINGS:
            _readings.popitem(last=False)
        return _readings[key]


@functools.cache
def _gazetteer() -> Gazetteer:
    return open_gazetteer()


@functools.cache
def watcher(store: str) -> Watcher:
    """The one watcher of the process for a store."""
    return Watcher(DeskFolder(from_environment({"DATELINE_STORE": store}).store), fetch=fetching.fetch, read=read)


def watching() -> Watcher:
    """The watcher of the app's store."""
    return watcher(str(from_environment(os.environ).store))


def signs() -> Signs:
    """What differs when the page is to be drawn again: the desk's stamp, and how the watches stand, for a failed try leaves the desk as it is."""
    return folder().stamp(), watching().state


def why_not() -> str | None:
    """Why this person can decide nothing now, in words; None if they can. Every write asks again."""
    settings = from_environment(os.environ)
    if settings.read_only:
        return "This Dateline only reads (DATELINE_READ_ONLY is set). You can look at what was read and decided; nothing can be changed."
    if is_parquet(settings.store):
        return "A GeoParquet store is only read. Convert it to GeoJSON to review live blogs into it."
    if not who.writer().may(who.person(), "add event"):
        return "You are reading here, and only editors decide. You can look at what was read and decided."
    if not os.access(settings.store.resolve().parent, os.W_OK):
        return f"The store's folder may not be written by the person who runs Dateline: {settings.store.resolve().parent}."
    return None


def shown(desk: Desk, collection: EventCollection, progress: Progress | None = None) -> Shown | None:
    """What the page shows: the blog that was chosen, else the one that was read last; None if the desk is empty. Raises StoreError, InvalidInput."""
    review = current()
    kept = desk.blog(review.blog) or (desk.blogs[-1] if desk.blogs else None)
    if kept is None:
        return None
    blog, reading = read(folder().text(kept.newest.text_sha256), kept.published, kept.zone, progress)
    titles = standing(reading, kept, collection)
    found = proposals(reading, kept, standing=frozenset(titles))
    watched = watching().state.get(kept.id) if kept.watch_minutes else None
    return Shown(kept, blog, reading, found, warnings(blog, reading, kept), titles, why_not(), review.tab, review.problems, watched, review.given)


def seen(collection: EventCollection) -> Shown:
    """What the page shows, for somebody who does something there. Raises InvalidInput if there is nothing, StoreError."""
    found = shown(folder().load(), collection)
    if found is None:
        raise InvalidInput([Problem("", "There is no live blog on the desk", "", "Read one first.")])
    return found


def keep(review: Review) -> None:
    """From now on this session looks at that."""
    state.set_review(review)


def say(do: Callable[[], Review], *, at_desk: bool) -> None:
    """Do something; what it comes to, or what went wrong in words, is what the session looks at then."""
    try:
        made = do()
    except InvalidInput as error:
        made = replace(current(), words=faults(error), failed=True, event=None)
    except DatelineError as error:
        made = replace(current(), words=str(error)[:1_000], failed=True, event=None)
    keep(replace(made, at_desk=at_desk, turn=current().turn + 1))


def hush() -> None:
    """What was said last is said no more: something else has begun."""
    keep(replace(current(), words="", failed=False, event=None))


def faults(error: InvalidInput) -> str:
    """The first faults of something that was given, in words."""
    return " ".join(_fault(one) for one in error.problems[:5])


def _fault(one: Problem) -> str:
    name = one.pointer.lstrip("/").replace("_", " ")
    return f"{name + ': ' if name else ''}{one.message}{f' (got {one.value})' if one.value else ''}. {one.advice}"
