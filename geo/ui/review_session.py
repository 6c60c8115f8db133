"""What the Review page's session and process hold, and what a person does there. What comes from the browser is checked before it is believed."""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from geo.errors import DatelineError, InvalidInput, NotAllowed, Problem
from geo.ingest.blog import fetching
from geo.ingest.blog.source import Source, read_bytes
from geo.ingest.blog.updates import Blog, read_updates
from geo.ingest.desk import taking
from geo.ingest.desk.accepting import edit_of
from geo.ingest.desk.corrections import warnings
from geo.ingest.desk.folder import DeskFolder
from geo.ingest.desk.growing import Given, published_again
from geo.ingest.desk.proposals import Proposal, proposals
from geo.ingest.desk.records import Desk, Edit, KeptBlog
from geo.ingest.desk.watching import Watcher
from geo.ingest.gazetteer import Gazetteer, open_gazetteer
from geo.ingest.incidents import Reading, read_incidents
from geo.settings import from_environment
from geo.store import EventCollection
from geo.store.opening import is_parquet
from geo.ui import actions, state, who
from geo.ui.review_data import TABS, Shown

_MOST_IDS = 1_000


@dataclass(frozen=True)
class Review:
    """What a session looks at: the blog and the tab, what was said last (`words`, bad if `failed`), and faults of forms by proposal."""

    blog: str | None = None
    tab: str = "open"
    words: str = ""
    failed: bool = False
    event: str | None = None
    problems: Mapping[str, str] = field(default_factory=dict)


def current() -> Review:
    """What this session looks at."""
    value = state.review()
    return value if isinstance(value, Review) else Review()


def folder() -> DeskFolder:
    """The desk of the app's store."""
    return DeskFolder(from_environment(os.environ).store)


_reading_guard = threading.Lock()


def read(text: str, published: date, zone: str | None) -> tuple[Blog, Reading]:
    """Cut and read a text; the last few are kept. One at a time: two readings at once would only halve each other's speed."""
    with _reading_guard:
        return _read(text, published, zone)


@functools.cache
def _gazetteer() -> Gazetteer:
    return open_gazetteer()


@functools.lru_cache(maxsize=8)
def _read(text: str, published: date, zone: str | None) -> tuple[Blog, Reading]:
    blog = read_updates(text, published=published, zone=zone)
    return blog, read_incidents(blog, gazetteer=_gazetteer(), published=published)


@functools.cache
def watcher(store: str) -> Watcher:
    """The one watcher of the process for a store."""
    return Watcher(DeskFolder(from_environment({"DATELINE_STORE": store}).store), fetch=fetching.fetch, read=read)


def watching() -> Watcher:
    """The watcher of the app's store."""
    return watcher(str(from_environment(os.environ).store))


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


def shown(desk: Desk, collection: EventCollection) -> Shown | None:
    """What the page shows: the blog that was chosen, else the one that was read last; None if the desk is empty. Raises StoreError, InvalidInput."""
    review = current()
    kept = desk.blog(review.blog) or (desk.blogs[-1] if desk.blogs else None)
    if kept is None:
        return None
    blog, reading = read(folder().text(kept.newest.text_sha256), kept.published, kept.zone)
    titles = _titles(kept, reading, collection)
    found = proposals(reading, kept, standing=frozenset(titles))
    watched = watching().state.get(kept.id) if kept.watch_minutes else None
    return Shown(kept, blog, reading, found, warnings(blog, reading, kept), titles, why_not(), review.tab, review.problems, watched)


def _titles(kept: KeptBlog, reading: Reading, collection: EventCollection) -> dict[str, str]:
    """The titles of the store's events that decisions and candidates may name; retracted ones, too, for they were decided on."""
    wanted = {one.event for one in kept.decisions if one.event} | {one.id for one in reading.candidates}
    titles = {event.id: event.title for event in collection.retracted if event.id in wanted}
    for id_ in wanted - set(titles):
        event = collection.event(id_)
        if event is not None:
            titles[id_] = event.title
    return titles


def give(*, text: str = "", file: tuple[str, bytes] | None = None, address: str = "", name: str, published: date | None, zone: str) -> None:
    """Read what a person gives: an address, a file or a text. What goes wrong is said on the page."""

    def do() -> Review:
        if (reason := why_not()) is not None:
            raise NotAllowed(editor=who.person().name, action="read a live blog into the desk", why=reason, advice="Ask an editor.")
        if published is None:
            raise InvalidInput([Problem("", "The day of publication is missing", "", "Give it: the years that headings leave out follow from it.")])
        source = _source(text, file, address)
        is_web = source.address.startswith(("http://", "https://"))
        called = name.strip()[:200] or (urlsplit(source.address).hostname if is_web else "") or (file[0][:200] if file else "") or _first_line(text)
        publisher = (urlsplit(source.address).hostname if is_web else None) or called
        given = Given(called, address.strip() if is_web else "", publisher, published, zone.strip() or None)
        taken = taking.take(folder(), source, given, read=read)
        return replace(current(), blog=taken.blog.id, tab="open", words=_taken_words(taken), failed=False, event=None, problems={})

    _said(do)


def _source(text: str, file: tuple[str, bytes] | None, address: str) -> Source:
    if address.strip():
        return fetching.fetch(address.strip())
    if file is not None:
        return read_bytes(file[1], address=file[0])
    return read_bytes(text.encode("utf-8", "surrogatepass"), address="pasted text", content_type="text/plain; charset=utf-8")


def _first_line(text: str) -> str:
    return next((line.strip()[:60] for line in text.splitlines() if line.strip()), "") or "Live blog"


def _taken_words(taken: taking.Taken) -> str:
    if not taken.is_again:
        return f"Read “{taken.blog.name}” for the first time."
    new, reworded, gone = len(taken.found.new), sum(one.reworded for one in taken.found.changed), len(taken.found.gone)
    if not taken.found:
        return f"Read “{taken.blog.name}” again: nothing has changed."
    parts = [f"{new} new", f"{reworded} reworded", f"{gone} no longer on the page"]
    return f"Read “{taken.blog.name}” again: {', '.join(part for part, count in zip(parts, (new, reworded, gone), strict=True) if count)}."


def act(value: Mapping[str, Any], collection: EventCollection) -> None:
    """Do what the component says. Ids that are not on the page are passed over."""
    what = value.get("do")
    if what == "tab" and value.get("tab") in TABS:
        _keep(replace(current(), tab=str(value["tab"]), words="", event=None, problems={}))
    elif what == "blog" and isinstance(value.get("blog"), str):
        _keep(Review(blog=value["blog"]))
    elif what == "map" and isinstance(value.get("event"), str):
        actions.show_event(value["event"], collection)
        state.depart()
    elif isinstance(what, str) and what in _DOINGS:
        _said(lambda: _DOINGS[what](value, collection))


def _accept(value: Mapping[str, Any], collection: EventCollection) -> Review:
    seen = _seen(collection)
    chosen = [one for one in _chosen(seen, value) if one.state in ("open", "more")]
    taking.accept(folder(), who.writer(), collection, seen.kept, seen.reading, chosen, by=who.person(), now=datetime.now(UTC))
    first = chosen[0]
    title = first.edit.title or first.candidate.title
    placed = first.edit.lon is not None or first.edit.entry is not None or first.candidate.placement.position is not None
    words = f"Accepted: {title}. " + ("It is on the map." if placed else "It has no place, so it stands in the list beside the map.")
    if len(chosen) > 1:
        words = f"Accepted {len(chosen)} proposals."
    event = (first.decision.event if first.state == "more" and first.decision else first.candidate.id) if len(chosen) == 1 else None
    return replace(current(), words=f"{words} It can be undone in the history.", failed=False, event=event, problems={})


def _reject(value: Mapping[str, Any], collection: EventCollection) -> Review:
    seen = _seen(collection)
    chosen = [one for one in _chosen(seen, value) if one.state in ("open", "more")]
    taking.reject(folder(), who.writer(), seen.kept, chosen, by=who.person(), now=datetime.now(UTC))
    words = f"Rejected: {chosen[0].candidate.title}." if len(chosen) == 1 else f"Rejected {len(chosen)} proposals."
    return replace(current(), words=f"{words} You can take that back under Rejected.", failed=False, event=None)


def _reopen(value: Mapping[str, Any], collection: EventCollection) -> Review:
    seen = _seen(collection)
    for one in _chosen(seen, value):
        taking.reopen(folder(), who.writer(), seen.kept, one, by=who.person())
    return replace(current(), words="Taken back: it waits for a decision again.", failed=False, event=None)


def _merge(value: Mapping[str, Any], collection: EventCollection) -> Review:
    seen = _seen(collection)
    taking.join(folder(), who.writer(), seen.kept, _chosen(seen, value), by=who.person())
    return replace(current(), words="Merged: all their tellings stand under one proposal.", failed=False, event=None)


def _split(value: Mapping[str, Any], collection: EventCollection) -> Review:
    seen = _seen(collection)
    for one in _chosen(seen, value)[:1]:
        taking.split(folder(), who.writer(), seen.kept, one, str(value.get("telling")), by=who.person())
    return replace(current(), words="Split: that telling is a proposal of its own.", failed=False, event=None)


def _change(value: Mapping[str, Any], collection: EventCollection) -> Review:
    seen = _seen(collection)
    given = value.get("given")
    for one in _chosen(seen, value)[:1]:
        if one.state != "open":
            raise InvalidInput([Problem("", "This proposal is decided", "", "Change the event itself on the map page.")])
        try:
            edit = edit_of(given if isinstance(given, Mapping) else {}, one.candidate) if given is not None else Edit()
        except InvalidInput as error:
            return replace(current(), words="", problems={one.id: _faults(error)})
        taking.change(folder(), who.writer(), seen.kept, one, edit, by=who.person())
    return replace(current(), words="Changed. It is not in the store before you accept it.", failed=False, event=None, problems={})


def _note(value: Mapping[str, Any], collection: EventCollection) -> Review:
    seen = _seen(collection)
    if any(one.id == value.get("warning") for one in seen.warnings):
        taking.note(folder(), who.writer(), seen.kept, str(value["warning"]), by=who.person())
    return replace(current(), words="", event=None)


def _watch(value: Mapping[str, Any], collection: EventCollection) -> Review:
    seen = _seen(collection)
    minutes = value.get("minutes")
    minutes = minutes if isinstance(minutes, int) and not isinstance(minutes, bool) else None
    taking.watch(folder(), who.writer(), seen.kept, minutes, by=who.person())
    if minutes:
        watching().start()
    words = f"The address is read again every {minutes} minutes while Dateline runs." if minutes else "The address is not read again by itself."
    return replace(current(), words=words, failed=False, event=None)


def _again(_value: Mapping[str, Any], collection: EventCollection) -> Review:
    seen = _seen(collection)
    taking.check(who.writer(), who.person())
    kept = seen.kept
    source = fetching.fetch(kept.address)
    given = Given(kept.name, kept.address, kept.publisher, published_again(kept, source.fetched), kept.zone)
    taken = taking.take(folder(), source, given, read=read, into=kept.id)
    return replace(current(), blog=kept.id, tab="open", words=_taken_words(taken), failed=False, event=None)


def _clear(_value: Mapping[str, Any], collection: EventCollection) -> Review:
    taking.clear(folder(), who.writer(), _seen(collection).kept, by=who.person())
    return Review(words="Taken off the desk. What was accepted stays in the store.")


_DOINGS: Mapping[str, Callable[[Mapping[str, Any], EventCollection], Review]] = {
    "accept": _accept,
    "reject": _reject,
    "reopen": _reopen,
    "merge": _merge,
    "split": _split,
    "change": _change,
    "note": _note,
    "watch": _watch,
    "again": _again,
    "clear": _clear,
}


def _seen(collection: EventCollection) -> Shown:
    seen = shown(folder().load(), collection)
    if seen is None:
        raise InvalidInput([Problem("", "There is no live blog on the desk", "", "Read one first.")])
    return seen


def _chosen(seen: Shown, value: Mapping[str, Any]) -> Sequence[Proposal]:
    ids = value.get("ids")
    wanted = {id_ for id_ in ids[:_MOST_IDS] if isinstance(id_, str)} if isinstance(ids, list) else set()
    chosen = [one for one in seen.proposals if one.id in wanted]
    if not chosen:
        raise InvalidInput([Problem("", "What was chosen is not on the desk any more", "", "Look again; somebody else may have decided.")])
    return chosen


def _said(do: Callable[[], Review]) -> None:
    try:
        _keep(do())
    except InvalidInput as error:
        _keep(replace(current(), words=_faults(error), failed=True, event=None))
    except DatelineError as error:
        _keep(replace(current(), words=str(error)[:1_000], failed=True, event=None))


def _faults(error: InvalidInput) -> str:
    return " ".join(_fault(one) for one in error.problems[:5])


def _fault(one: Problem) -> str:
    name = one.pointer.lstrip("/").replace("_", " ")
    return f"{name + ': ' if name else ''}{one.message}{f' (got {one.value})' if one.value else ''}. {one.advice}"


def _keep(review: Review) -> None:
    state.set_review(review)
