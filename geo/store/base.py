"""What every store of events can do, and the immutable view of one state of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from geo.errors import Problem, StoreError
from geo.model import Event, Site, Update


@dataclass(frozen=True)
class Snapshot:
    """All that a store held at one moment.

    `events` are sorted by start, end and id; `updates` are in the order of the store (newest first as a live blog prints them). `set_aside` says what
    could not be shown and why; `doubts` what was shown although something about it is wrong. `revision` names the state: equal revisions are
    equal contents. `sha256` is that of the stored bytes, in hex. `about` holds the `dateline` member, as it stands. `retracted` are the events that
    no longer count, which are in none of `events`. `fault` says why the store cannot be read any more, if this is only the last state that could be.
    """

    revision: str
    sha256: str = field(compare=False)
    events: tuple[Event, ...] = field(compare=False)
    sites: tuple[Site, ...] = field(compare=False)
    updates: Mapping[str, Update] = field(compare=False)
    set_aside: tuple[Problem, ...] = field(default=(), compare=False)
    doubts: tuple[Problem, ...] = field(default=(), compare=False)
    left_out: int = field(default=0, compare=False)
    about: Mapping[str, Any] = field(default_factory=dict, compare=False)
    retracted: tuple[Event, ...] = field(default=(), compare=False)
    fault: StoreError | None = field(default=None, compare=False)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the store."""
        return self.set_aside + self.doubts

    def event(self, id_: str) -> Event | None:
        """The event of this id, if there is one."""
        return next((event for event in self.events if event.id == id_), None)

    def site(self, id_: str) -> Site | None:
        """The site of this id, if there is one."""
        return next((site for site in self.sites if site.id == id_), None)


class EventStore(Protocol):
    """A store of events. Every method may raise StoreError, and nothing else."""

    @property
    def name(self) -> str:
        """What a person calls the store: a file's name, never a secret."""

    def snapshot(self) -> Snapshot:
        """The newest state that can be read. Its `fault` is set if the store has changed since and cannot be read.

        Raises StoreError if none ever could. Cheap when nothing has changed since the last call.
        """
