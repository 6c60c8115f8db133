"""What is new, changed or gone when a blog that has grown is read again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from geo.ingest.blog.updates import Blog, BlogUpdate

_ALIKE = 0.5
_SHINGLE = 3


@dataclass(frozen=True, slots=True)
class Changed:
    """One update before and after: its text, its heading or its moment differs."""

    before: BlogUpdate
    after: BlogUpdate

    @property
    def reworded(self) -> bool:
        """Whether the text differs, and not only heading or moment. Blanks do not count."""
        return _words(self.before) != _words(self.after)


@dataclass(frozen=True, slots=True)
class BlogChanges:
    """`new` and `gone` updates and those that `changed`, each in the order of its page."""

    new: tuple[BlogUpdate, ...]
    changed: tuple[Changed, ...]
    gone: tuple[BlogUpdate, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def changes(before: Blog, after: Blog) -> BlogChanges:
    """Compare two readings of one blog.

    Updates are matched by id; then those with the same words, whose heading or moment was edited; then those with the same heading, or of the same
    moment, most of whose words are the same.
    """
    pairs: list[tuple[BlogUpdate, BlogUpdate]] = []
    old = {update.id: update for update in before.updates}
    fresh = []
    for update in after.updates:
        if (known := old.pop(update.id, None)) is not None:
            pairs.append((known, update))
        else:
            fresh.append(update)
    left = list(old.values())
    for match in (_same_words, _alike):
        more, left, fresh = match(left, fresh)
        pairs += more
    place = {update.id: index for index, update in enumerate(after.updates)}
    changed = sorted((Changed(*pair) for pair in pairs if _differs(*pair)), key=lambda one: place[one.after.id])
    return BlogChanges(tuple(fresh), tuple(changed), tuple(left))


_Matched = tuple[list[tuple[BlogUpdate, BlogUpdate]], list[BlogUpdate], list[BlogUpdate]]


def _same_words(left: list[BlogUpdate], fresh: list[BlogUpdate]) -> _Matched:
    by_words: dict[tuple[str, ...], list[BlogUpdate]] = defaultdict(list)
    for update in left:
        by_words[_words(update)].append(update)
    pairs, rest = [], []
    for update in fresh:
        same = by_words[_words(update)] if update.text else []
        if same:
            pairs.append((same.pop(0), update))
        else:
            rest.append(update)
    taken = {id(known) for known, _ in pairs}
    return pairs, [update for update in left if id(update) not in taken], rest


def _alike(left: list[BlogUpdate], fresh: list[BlogUpdate]) -> _Matched:
    """Only updates with one heading or one moment are compared word by word, so that the work does not grow with the square of the blog."""
    by_mark: dict[object, list[BlogUpdate]] = defaultdict(list)
    for update in left:
        by_mark[update.heading.casefold()].append(update)
        by_mark[update.moment].append(update)
    pairs, rest = [], []
    taken: set[int] = set()
    for update in fresh:
        near = [*by_mark[update.heading.casefold()], *by_mark[update.moment]][:20]
        found = [(likeness, known) for known in near if id(known) not in taken and (likeness := _likeness(known, update)) >= _ALIKE]
        if found:
            known = max(found, key=lambda pair: pair[0])[1]
            taken.add(id(known))
            pairs.append((known, update))
        else:
            rest.append(update)
    return pairs, [update for update in left if id(update) not in taken], rest


def _likeness(one: BlogUpdate, two: BlogUpdate) -> float:
    """The part of the runs of three words that both share (Jaccard)."""
    first, second = _shingles(one), _shingles(two)
    return len(first & second) / len(first | second) if first and second else 0.0


def _shingles(update: BlogUpdate) -> set[tuple[str, ...]]:
    words = _words(update)
    return {words[at : at + _SHINGLE] for at in range(max(1, len(words) - _SHINGLE + 1))} if words else set()


def _words(update: BlogUpdate) -> tuple[str, ...]:
    return tuple(update.text.split())


def _differs(known: BlogUpdate, update: BlogUpdate) -> bool:
    return _words(known) != _words(update) or known.heading != update.heading or known.moment != update.moment
