"""Corrections and retractions in a blog, and the events that they touch."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from geo.ingest.blog.updates import Blog, BlogUpdate
from geo.ingest.desk.records import ACCEPTED, Decision, KeptBlog, Wording
from geo.ingest.incidents import Reading
from geo.ingest.incidents.sentences import sentences

CORRECTION = re.compile(
    r"\b(?:corrections?\b(?=\s*[:.\-–—]|\s+to\b)|(?:has|have|had|was|were|is|are)\s+(?:been\s+)?(?:corrected|retracted|withdrawn)\b"
    r"|we\s+(?:have\s+)?(?:removed|deleted|withdrawn|withdrew|retracted|corrected|amended)\b"
    r"|(?:an\s+)?earlier\s+(?:version|update|entry|report)\s+(?:of\s+this\s+\w+\s+)?(?:\w+\s+)?(?:said|stated|reported|gave|had|wrongly|incorrectly|misstated)"
    r"|(?:wrongly|incorrectly|mistakenly|erroneously)\s+(?:said|stated|reported|gave|named)\b"
    r"|we\s+(?:previously|earlier|wrongly|incorrectly)\s+(?:said|reported|stated)\b|\bclarification\s*[:\-–—])",
    re.IGNORECASE,
)
Kind = Literal["correction", "passage gone", "update gone"]
_MOST = 200
_NAME = re.compile(r"\b[A-Z][\w’'-]{3,}")


@dataclass(frozen=True, slots=True)
class Warned:
    """Something in the newest reading that speaks against what was accepted.

    `words` are the blog's own: the sentence that corrects, or the passage that is gone. `events` are the ids of the events that it touches, none
    where that cannot be told. `id` stays the same as long as the words do.
    """

    id: str
    kind: Kind
    update: str
    words: str
    events: tuple[str, ...]


def warnings(blog: Blog, reading: Reading, kept: KeptBlog) -> tuple[Warned, ...]:
    """Every correction in the newest reading, and every passage of an accepted event that stands in it no longer. At most 200."""
    accepted = [one for one in kept.decisions if one.state == ACCEPTED and one.event is not None]
    found = [*_gone(blog, accepted), *_said(reading, accepted)]
    return tuple(found[:_MOST])


def difference(before: Wording, text: str) -> tuple[tuple[Literal["same", "out", "in"], str], ...]:
    """The words of an update's earlier text and of its text now, as runs that stayed, went out or came in."""
    old, new = (re.findall(r"\S+\s*", one) for one in (before.text, text))
    if len(old) * len(new) > 4_000_000:  # the comparison grows with the product
        return (("out", before.text), ("in", text))
    runs: list[tuple[Literal["same", "out", "in"], str]] = []
    for what, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if what == "equal":
            runs.append(("same", "".join(new[c:d])))
            continue
        if b > a:
            runs.append(("out", "".join(old[a:b])))
        if d > c:
            runs.append(("in", "".join(new[c:d])))
    return tuple(runs)


def _said(reading: Reading, accepted: Sequence[Decision]) -> Iterable[Warned]:
    """Sentences that say that something was corrected or taken back."""
    for update in reading.updates:
        if not CORRECTION.search(update.text):
            continue
        for sentence in sentences(update.text):
            words = update.text[sentence.start : sentence.end]
            if CORRECTION.search(words):
                around = update.text[sentence.start : sentence.end + 300]
                yield _warning("correction", update.id, words, _touched(update, around, reading, accepted))


def _touched(update: BlogUpdate, around: str, reading: Reading, accepted: Sequence[Decision]) -> Iterable[str]:
    """The events that share the rarest names with the words, else those that are told in the same update or are linked to it."""
    wanted = set(_NAME.findall(around)) - _COMMON
    shared = {one.event or "": wanted & {name for cited in one.cited for name in _NAME.findall(cited.exact)} for one in accepted}
    counts = Counter(name for names in shared.values() for name in names)
    scores = {event: sum(1 / counts[name] for name in names) for event, names in shared.items()}
    most = max(scores.values(), default=0.0)
    if most > 0:
        return [event for event, score in scores.items() if score == most]
    linked = {telling.id for candidate in reading.candidates if update.id in candidate.updates for telling in candidate.tellings}
    return [one.event or "" for one in accepted if any(cited.update == update.id or cited.telling in linked for cited in one.cited)]


# fmt: off
_COMMON = frozenset((
    "Correction", "This", "That", "These", "There", "They", "Their", "When", "With", "Earlier", "Monday", "Tuesday", "Wednesday", "Thursday",
    "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "June", "July", "August", "September", "October", "November", "December",
    "Ministry", "Army", "President", "Minister", "State", "Forces", "News",
))
# fmt: on


def _gone(blog: Blog, accepted: Sequence[Decision]) -> Iterable[Warned]:
    """Passages that stand nowhere in the page now. A feed or a page that drops its oldest updates takes nothing back."""
    everything = " ".join(" ".join(update.text.split()) for update in blog.updates)
    there = {update.id for update in blog.updates}
    oldest = min((update.moment.at for update in blog.updates), default=None)
    for decision in accepted:
        for cited in decision.cited:
            if " ".join(cited.exact.split()) in everything:
                continue
            if cited.update not in there and oldest is not None and _day_of(cited.update) < f"{oldest:%Y%m%d}":
                continue
            kind: Kind = "passage gone" if cited.update in there else "update gone"
            yield _warning(kind, cited.update, cited.exact, [decision.event or ""])


def _day_of(update: str) -> str:
    """The day in an update's id: `u-20210304-…`."""
    return update.removeprefix("u-")[:8]


def _warning(kind: Kind, update: str, words: str, events: Iterable[str]) -> Warned:
    digest = hashlib.sha256("\n".join((kind, update, words)).encode()).hexdigest()[:12]
    return Warned(f"w-{digest}", kind, update, words, tuple(dict.fromkeys(events)))
