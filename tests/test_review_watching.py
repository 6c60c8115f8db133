"""Watched addresses: read again when they are due, bounded, with their errors, and no more when nobody watches."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from geo.ingest.blog.fetching import FetchError, IPAddress, fetch
from geo.ingest.blog.source import Source
from geo.ingest.desk import taking
from geo.ingest.desk.folder import DeskFolder
from geo.ingest.desk.growing import Given
from geo.ingest.desk.watching import Watcher
from geo.store.editing import Editor, StoreWriter
from geo.ui import review_session
from tests.review_blogs import FIRST, GROWN, PUBLISHED, empty_store, read
from tests.test_blog_fetching import Site, answer

ANNA = Editor("Anna")
START = datetime(2018, 11, 12, 12, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.released.set()
    made.server.shutdown()
    made.server.server_close()


class Watching:
    """A desk with one watched blog of a local server, and a clock that is turned by hand."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.site, self.time = site, START
        store = empty_store(folder / "events.geojson")
        self.desk, self.writer = DeskFolder(store), StoreWriter(store)
        self.say(FIRST)
        given = Given("Live", site.address(), "Gulf Wire", PUBLISHED, None)
        taken = taking.take(self.desk, self.fetch(site.address()), given, read=read)
        self.id = taken.blog.id
        self.every(10)
        self.watcher = Watcher(self.desk, fetch=self.fetch, read=read, now=lambda: self.time)

    def fetch(self, address: str) -> Source:
        def loopback(ip: IPAddress) -> bool:
            return ip == ipaddress.ip_address("127.0.0.1")

        return fetch(address, allowed=loopback, now=self.time)

    def say(self, text: str) -> None:
        self.site.answers["/live"] = answer(text.encode(), Content_Type="text/plain; charset=utf-8")

    def every(self, minutes: int | None) -> None:
        kept = self.desk.load().blog(self.id)
        assert kept is not None
        taking.watch(self.desk, self.writer, kept, minutes, by=ANNA)

    def after(self, minutes: int) -> int:
        self.time += timedelta(minutes=minutes)
        return self.watcher.tick()

    @property
    def readings(self) -> int:
        blog = self.desk.load().blog(self.id)
        assert blog is not None
        return len(blog.readings)


@pytest.fixture
def watching(tmp_path: Path, site: Site) -> Watching:
    return Watching(tmp_path, site)


def test_a_watched_blog_is_read_again_when_it_is_due(watching: Watching) -> None:
    """Not before its minutes are over, and then once."""
    watching.say(GROWN)
    assert (watching.after(9), watching.readings, len(watching.site.asked)) == (1, 1, 1)
    assert (watching.after(1), watching.readings, len(watching.site.asked)) == (1, 2, 2)
    stands = watching.watcher.state[watching.id]
    assert (stands.error, stands.new, stands.last, stands.next) == ("", 1, watching.time, watching.time + timedelta(minutes=10))
    watching.after(5)
    assert len(watching.site.asked) == 2


def test_an_old_page_read_again_keeps_its_year(watching: Watching) -> None:
    """The day of publication moves on by the days between two readings, not to the day of the second."""
    watching.say(GROWN)
    watching.after(3 * 24 * 60)
    blog = watching.desk.load().blog(watching.id)
    assert blog is not None and blog.published == PUBLISHED + timedelta(days=3)


def test_an_error_is_kept_with_the_next_try(watching: Watching) -> None:
    """A server that fails is asked again when it is due, and what went wrong is told."""
    watching.site.answers["/live"] = answer(b"broken", 500)
    watching.after(10)
    stands = watching.watcher.state[watching.id]
    assert "500" in stands.error and stands.next == watching.time + timedelta(minutes=10)
    watching.say(GROWN)
    watching.after(10)
    assert watching.watcher.state[watching.id].error == "" and watching.readings == 2


def test_a_blog_that_nobody_watches_is_left_alone(watching: Watching) -> None:
    """Nothing is fetched any more, and there is nothing to do."""
    watching.every(None)
    assert watching.after(100) == 0
    assert len(watching.site.asked) == 1 and watching.watcher.state == {}


def test_the_thread_ends_when_nothing_is_watched(watching: Watching) -> None:
    """Started once however often it is asked for, and gone with the last watch."""
    watching.every(None)
    watching.watcher.start()
    for thread in threading.enumerate():
        if thread.name == "watching":
            thread.join(20)
            assert not thread.is_alive()
    assert watching.watcher._thread is None


def test_a_watch_that_begins_while_the_thread_finds_none_is_not_missed(watching: Watching, monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread has looked, found nothing watched and has not ended yet: who starts it then has it look again."""
    watching.every(None)
    watcher, look, seen = watching.watcher, watching.watcher.tick, threading.Event()

    def tick() -> int:
        if look():
            watching.every(None)
            seen.set()
        elif not seen.is_set():
            watching.every(5)
            watcher.start()
        return 0

    monkeypatch.setattr(watcher, "tick", tick)
    watcher.start()
    assert seen.wait(20)


@pytest.mark.parametrize("make", [lambda: RuntimeError("odd"), lambda: FetchError(what="No answer", where="x", advice="Wait.")])
def test_whatever_a_page_brings_about_is_told_and_survived(watching: Watching, make: Callable[[], Exception]) -> None:
    """One blog's fault ends neither the thread nor the other watches."""

    def fail(_address: str) -> Source:
        raise make()

    watching.watcher._fetch = fail
    assert watching.after(10) == 1
    assert watching.watcher.state[watching.id].error


def test_the_page_sees_that_a_try_failed(watching: Watching, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failed try changes nothing on the desk, and is shown all the same: what the page compares is another."""
    monkeypatch.setenv("DATELINE_STORE", str(watching.desk.path.parent / "events.geojson"))
    monkeypatch.setattr(review_session, "watcher", lambda _store: watching.watcher)
    watching.site.answers["/live"] = answer(b"broken", 500)
    before = review_session.signs()
    assert review_session.signs() == before
    stamp = watching.desk.stamp()
    watching.after(10)
    assert watching.desk.stamp() == stamp and review_session.signs() != before
