"""Watched addresses: read again every so many minutes while the app runs, by one thread of the process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from geo.errors import DatelineError
from geo.ingest.blog.source import Source
from geo.ingest.desk.folder import DeskFolder
from geo.ingest.desk.growing import Given, published_again
from geo.ingest.desk.records import KeptBlog
from geo.ingest.desk.taking import ReadBlog, take

MAX_WATCHED = 20
_POLL_S = 15.0


@dataclass(frozen=True, slots=True)
class Watched:
    """How it stands with a watched blog: when it is read next, when it was read last, and the error of that, "" if it went well."""

    next: datetime
    last: datetime | None = None
    error: str = ""
    new: int = 0


class Watcher:
    """Reads the watched blogs of a desk again. `tick` does what is due and is all that a test needs; `start` has a thread do it.

    `fetch` gets an address, `read` cuts and reads a text, `now` is the clock.
    """

    def __init__(
        self, folder: DeskFolder, *, fetch: Callable[[str], Source], read: ReadBlog, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._folder = folder
        self._fetch, self._read, self._now = fetch, read, now
        self._state: dict[str, Watched] = {}
        self._guard = threading.Lock()
        self._asked = False
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> Mapping[str, Watched]:
        """How it stands with each watched blog, by its id."""
        with self._guard:
            return dict(self._state)

    def tick(self) -> int:
        """Read what is due; gives how many blogs are watched. Errors are kept to be shown, and the next try is planned all the same."""
        try:
            watched = [blog for blog in self._folder.load().blogs if blog.watch_minutes and blog.address][:MAX_WATCHED]
        except DatelineError:
            return 1  # the desk may be mended; the page shows what is wrong with it
        now = self._now()
        with self._guard:
            self._state = {blog.id: self._planned(blog, now) for blog in watched}
            due = [blog for blog in watched if self._state[blog.id].next <= now]
        for blog in due:
            done = self._again(blog, now)
            with self._guard:
                self._state[blog.id] = done
        return len(watched)

    def start(self) -> None:
        """Have a thread do what is due from now on, until nothing is watched any more. If one does already, it looks at least once more."""
        with self._guard:
            self._asked = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="watching", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            with self._guard:
                self._asked = False
            if self.tick():
                time.sleep(_POLL_S)
                continue
            with self._guard:
                if not self._asked:  # the next `start` begins a new thread
                    self._thread = None
                    return

    def _planned(self, blog: KeptBlog, now: datetime) -> Watched:
        every = timedelta(minutes=blog.watch_minutes or 0)
        known = self._state.get(blog.id)
        if known is not None:
            return replace(known, next=min(known.next, now + every))
        return Watched(next=datetime.fromisoformat(blog.newest.fetched) + every)

    def _again(self, blog: KeptBlog, now: datetime) -> Watched:
        following = now + timedelta(minutes=blog.watch_minutes or 0)
        try:
            source = self._fetch(blog.address)
            given = Given(blog.name, blog.address, blog.publisher, published_again(blog, source.fetched), blog.zone)
            taken = take(self._folder, source, given, read=self._read, into=blog.id)
        except DatelineError as error:
            return Watched(following, now, str(error)[:500])
        except Exception as error:  # whatever a page brings about, the others are read all the same
            return Watched(following, now, f"The live blog could not be read ({type(error).__name__})")
        return Watched(following, now, "", len(taken.found.new))
