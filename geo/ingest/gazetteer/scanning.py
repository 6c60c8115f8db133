"""Finds names of the gazetteer in a text: whole words, the longest name first, one dictionary look-up a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.ingest.gazetteer.folding import ARTICLES, fold, skeleton
from geo.ingest.gazetteer.index import Gazetteer, Hit
from geo.ingest.gazetteer.lexicon import ORDINARY, PALACES

_WORD = re.compile(r"[^\W_]+(?:['’ʿʾʼʻ`‘](?!s\b)[^\W\d_]+)*(?:(?<=\b\w)\.(?=[A-Z]\.)(?:[A-Z]\.)+)?")
# What may stand between the words of one name.
_JOINT = re.compile(r"[ \t\u00a0]*(?:[-‐‑'’‘ʿ.]|\r?\n)?[ \t\u00a0]*")
_MAX_WORDS = 7
_SOUNDING_WORDS = 4
_ACRONYM = 5
_SHORTEST_SOUND = 4


@dataclass(frozen=True, slots=True)
class Span:
    """A name in a text, characters `start` to `end`, and the entries that are called so. `people` is the country of a demonym."""

    start: int
    end: int
    folded: str
    hits: tuple[Hit, ...]
    people: str | None = None


def spans(text: str, gazetteer: Gazetteer) -> Iterator[Span]:
    """The names in `text`, in order, none inside of another."""
    words = list(_WORD.finditer(text))
    index = 0
    while index < len(words):
        found = _longest_at(text, words, index, gazetteer) if _may_begin(text, words, index) else None
        if found is None:
            index += 1
            continue
        span, taken = found
        yield span
        index += taken


def _may_begin(text: str, words: list[re.Match[str]], index: int) -> bool:
    word = words[index].group()
    if word[0].isupper():
        return True
    if word not in ARTICLES or index + 1 == len(words) or not words[index + 1].group()[0].isupper():
        return False
    # An article in small letters, hyphened to its name: al-Bab. In English "at", "as" and "an" stand alone.
    return text[words[index].end()] in "-‐‑" or (word in ("al", "el") and text[words[index].end()] == " ")


def _longest_at(text: str, words: list[re.Match[str]], index: int, gazetteer: Gazetteer) -> tuple[Span, int] | None:
    start = words[index].start()
    first = fold(words[index].group())
    if not first:
        return None
    head = first.split(" ", 1)[0]
    longest = max(gazetteer.longest(head), gazetteer.longest(fold(text[start : words[index].end() + 1])), 2 if first in ARTICLES else 1)
    reach = _reach(text, words, index, min(max(longest + 1, _SOUNDING_WORDS), _MAX_WORDS))
    for last in reversed(reach):
        taken = last - index + 1
        end = words[last].end()
        folded = fold(text[start:end])
        if folded in PALACES:
            return Span(start, end, folded, (), gazetteer.seat(folded)), taken
        if taken <= longest + 1 and (hits := _hits(folded, text[start:end], gazetteer)):
            return Span(start, end, folded, hits), taken
        if (people := gazetteer.demonym(folded)) is not None:
            return Span(start, end, folded, (), people), taken
    return _sounding_at(text, words, index, reach, gazetteer)


def _hits(folded: str, raw: str, gazetteer: Gazetteer) -> tuple[Hit, ...]:
    hits = gazetteer.named(folded)
    if folded.startswith("the ") and not any(hit.entry.source.startswith("Dateline") or hit.entry.population > 100_000 for hit in hits):
        return ()
    letters = raw.replace(".", "")
    if folded == "us" and not raw.isupper():
        return ()
    if hits and letters.isupper() and len(letters) <= _ACRONYM and " " not in letters:
        # US is no village in France. Of other short names in capitals only longer ones can be a town shouted in a heading.
        hits = tuple(hit for hit in hits if hit.entry.kind != "town" or (len(letters) > 3 and hit.entry.population > 100_000))
    return hits


def _sounding_at(text: str, words: list[re.Match[str]], index: int, reach: list[int], gazetteer: Gazetteer) -> tuple[Span, int] | None:
    """A name that is spelled in no way that the gazetteer knows, by its skeleton."""
    if words[index].group().lower() == "the":
        return None
    for last in reversed(reach):
        start, end = words[index].start(), words[last].end()
        if not words[last].group()[0].isupper() or (last - index + 1) > _SOUNDING_WORDS:
            continue
        folded = fold(text[start:end])
        parts = folded.split(" ")
        plain = [part for part in parts if part not in ARTICLES]
        if not plain or any(part in ORDINARY for part in plain) or text[start:end].isupper():
            continue
        bones = skeleton(folded)
        if len(bones) > _SHORTEST_SOUND and (hits := gazetteer.sounding(bones)):
            return Span(start, end, folded, hits), last - index + 1
    return None


def _reach(text: str, words: list[re.Match[str]], index: int, most: int) -> list[int]:
    """The numbers of the words that could close a name which begins at `index`."""
    reach = [index]
    for last in range(index + 1, min(index + most, len(words))):
        between = text[words[last - 1].end() : words[last].start()]
        if not _JOINT.fullmatch(between) or ("." in between and len(words[last - 1].group()) > 3):
            break
        reach.append(last)
    return reach
