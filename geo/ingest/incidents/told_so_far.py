"""What has been read of an update so far, and what each telling of it is made of."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from geo.ingest.blog.updates import BlogUpdate
from geo.ingest.incidents.attribution import NOT_ATTRIBUTED, Source, source_near
from geo.ingest.incidents.candidate import Dating, Span, Telling
from geo.ingest.incidents.figures import Figure
from geo.ingest.incidents.sentences import Sentence
from geo.model import Claim

REACH = 3  # paragraphs that a figure without an incident of its own may stand below its incident


@dataclass
class State:
    """What has been read of an update so far."""

    tellings: list[Telling] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    anchor: Dating | None = None
    backwards: bool = False
    previous: Dating | None = None
    previous_paragraph: int = -1
    last_plain: Sentence | None = None
    source: Source | None = None
    source_paragraph: int = -1


def claims_of(found: tuple[Figure, ...], update: BlogUpdate, sentence: Sentence, said: Source | None) -> tuple[Claim, ...]:
    """The figures of a sentence as claims, each by whoever says it; `said` is who says the sentence."""
    claims = []
    for figure in found:
        near = source_near(sentence.text, figure.start - sentence.start, said)
        claims.append(
            Claim(
                figure.metric,
                figure.low,
                figure.high,
                figure.unit,
                figure.text,
                near.by if near else NOT_ATTRIBUTED,
                near.via if near else None,
                update.moment,
                update.id,
            )
        )
    return tuple(claims)


def span_of(update: BlogUpdate, start: int, end: int) -> Span:
    """Characters `start` to `end` of an update, with their words."""
    return Span(update.id, start, end, update.text[start:end])


def telling_id(update: str, words: str) -> str:
    """The id of a telling: it stays the same as long as the update and the words do."""
    plain = " ".join(re.findall(r"\w+", words.casefold()))
    return f"{update}-{hashlib.sha256(plain.encode()).hexdigest()[:8]}"
