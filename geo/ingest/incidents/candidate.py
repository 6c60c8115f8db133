"""The values of a reading: tellings of incidents, the links between them, and the candidates that they come to."""

from __future__ import annotations

from dataclasses import dataclass

from geo.ingest.blog.updates import BlogUpdate
from geo.ingest.gazetteer import Placement
from geo.model import Actor, Claim
from geo.moments import DatePrecision, Moment


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of an update's text, exactly `exact`."""

    update: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Dating:
    """When something happened: `start` to `end`, both inclusive, UTC.

    `phrase` are the text's own words, empty where it has none. `basis` is `stated` for a date that the text gives in full, else `inferred`; `note`
    says in words how it was found. `sure` is False where only the update's own date speaks for it.
    """

    start: Moment
    end: Moment
    precision: DatePrecision
    basis: str
    phrase: str
    note: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """What one update says of one incident.

    `kind` is None where the words fit any kind (“the attack”); `rule` names the trigger that chose it, `trigger` are its words. `asserts` is False
    for a mention of something that is told elsewhere. `ship` and `names` are the rare names in it that link it to others.
    """

    id: str
    update: str
    spans: tuple[Span, ...]
    kind: str | None
    rule: str
    trigger: str
    asserts: bool
    definite: bool
    another: bool
    dating: Dating
    placement: Placement
    actors: tuple[Actor, ...]
    claims: tuple[Claim, ...]
    words: frozenset[str]
    ships: frozenset[str]
    targets: frozenset[str] = frozenset()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Why the telling `telling` is taken for the same incident as the telling `to`: a score from 0 to 1 and the reasons in words."""

    telling: str
    to: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An incident that the blog tells, by rules, for a person to decide on.

    `id` is that of its oldest telling and stays the same when the blog grows. `tellings` stand oldest first and are whole: a split gives each of them
    back. `flags` are doubts in words.
    """

    id: str
    title: str
    kind: str
    rule: str
    dating: Dating
    placement: Placement
    actors: tuple[Actor, ...]
    claims: tuple[Claim, ...]
    updates: tuple[str, ...]
    spans: tuple[Span, ...]
    tellings: tuple[Telling, ...]
    links: tuple[Link, ...]
    reported: Moment
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read: candidates, and the updates as they were read, oldest first."""

    candidates: tuple[Candidate, ...]
    updates: tuple[BlogUpdate, ...]
