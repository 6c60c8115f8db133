"""Mentions of places: each with its words, what it does in the sentence, and the entries that it may mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from geo.ingest.gazetteer.choosing import Candidate, Surroundings, chosen, scored
from geo.ingest.gazetteer.index import Gazetteer
from geo.ingest.gazetteer.lexicon import ORDINARY
from geo.ingest.gazetteer.roles import Role, Scene, role_of
from geo.ingest.gazetteer.scanning import Span, spans
from geo.model import Position

__all__ = ["Candidate", "Context", "Mention", "Role", "place_mentions"]

Decision = Literal["decided", "undecided", "none"]
_MARKED_TOWN = 20_000
_SPEAKS_FOR_ITS_LAND = 20_000
_MAX_TEXT = 20_000_000


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the text: countries (ISO codes) that the whole blog is about, and places that it has told of already."""

    countries: frozenset[str] = frozenset()
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: characters `start` to `end`, exactly `text`.

    `role` says what the name does there and `why` in words; only `place` is where something may have happened. `candidates` are the entries that it
    may mean, best first; `chosen` is the one that it means, None where that cannot be told. `country` is an ISO code, of a demonym too.
    """

    start: int
    end: int
    text: str
    role: Role
    why: str
    candidates: tuple[Candidate, ...]
    chosen: Candidate | None
    country: str | None


def place_mentions(text: str, *, gazetteer: Gazetteer, context: Context | None = None) -> list[Mention]:
    """All names of places in `text`, in order, those that are no place of an event too.

    Raises ValueError for a text of more than 20 million characters.
    """
    if len(text) > _MAX_TEXT:
        raise ValueError(f"the text has {len(text):,} characters; at most {_MAX_TEXT:,} are read")
    context = context or Context()
    found = list(spans(text, gazetteer))
    scene = Scene.of(text, found)
    roles = [role_of(span, scene, gazetteer) for span in found]
    surroundings = _surroundings(text, found, roles, context, gazetteer)
    drafts = [_mention(text, span, role, surroundings, gazetteer) for span, role in zip(found, roles, strict=True)]
    # Once more, with the places that were clear at first sight: they tell which of its namesakes another one is.
    surroundings = surroundings.with_places([(mention.start, position) for mention in drafts if (position := _anchor(mention)) is not None])
    mentions = [
        draft if draft.chosen is None and not span.hits else _mention(text, span, role, surroundings, gazetteer)
        for draft, span, role in zip(drafts, found, roles, strict=True)
    ]
    return [mention for mention, span in zip(mentions, found, strict=True) if mention.role != "word" or _worth_telling(span)]


def _worth_telling(span: Span) -> bool:
    """Whether a reader could wonder why a word is not taken for a place: Nice and Reading, but not He and Thursday."""
    return any(hit.entry.population >= _MARKED_TOWN for hit in span.hits if hit.spelling == "own name") or not (
        span.folded in ORDINARY or any(part in ORDINARY for part in span.folded.split(" "))
    )


def _anchor(mention: Mention) -> Position | None:
    """The position of a place that is clear."""
    if mention.role != "place" or mention.chosen is None or mention.chosen.entry.precision not in ("site", "town", "district", "province"):
        return None
    return mention.chosen.entry.position


def _mention(text: str, span: Span, role: tuple[Role, str], surroundings: Surroundings, gazetteer: Gazetteer) -> Mention:
    name, why = role
    candidates = scored(span, text, surroundings, gazetteer) if span.hits and name not in ("word", "person", "ship") else ()
    best = chosen(candidates)
    if name == "place" and not candidates and span.hits:
        name, why = "word", "no place of this name fits what the text is about"
    country = best.entry.country if best else span.people
    if best is None and candidates and len({candidate.entry.country for candidate in candidates[:5]}) == 1:
        country = candidates[0].entry.country
    return Mention(span.start, span.end, text[span.start : span.end], name, why, candidates, best, country)


def _surroundings(text: str, found: Iterable[Span], roles: Iterable[tuple[Role, str]], context: Context, gazetteer: Gazetteer) -> Surroundings:
    named: list[tuple[int, str]] = []
    provinces: list[tuple[int, str, str]] = []
    for span, (role, _) in zip(found, roles, strict=True):
        if role in ("word", "person", "ship", "flag"):
            continue
        if span.people:
            named.append((span.start, span.people))
        # A village that is only spelled alike says nothing of the land that the text is about.
        homes = {hit.entry.country for hit in span.hits if hit.spelling == "own name" or hit.entry.population >= _SPEAKS_FOR_ITS_LAND}
        if role == "place" and len(homes) == 1 and (home := homes.pop()):
            named.append((span.start, home))
        for hit in span.hits[:3]:
            entry = hit.entry
            if entry.kind == "country" and entry.country:
                named.append((span.start, entry.country))
            elif entry.kind == "province" and entry.country and entry.admin1 and role == "place":
                provinces.append((span.start, entry.country, entry.admin1))
        if (seat := gazetteer.seat(span.folded)) is not None:
            named.append((span.start, seat))
    return Surroundings(tuple(sorted(named)), tuple(provinces), context.countries, context.positions, ())
