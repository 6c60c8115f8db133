"""A text cut into paragraphs, sentences and the parts of a sentence that may each tell an incident of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARAGRAPH = re.compile(r"\n[ \t\u00a0]*\n|\n(?=[ \t]*(?:[•●▪*–—-]\s|\d{1,2}[.)]\s))|(?<=[.!?:”\"])[ \t]*\n")
_END = re.compile(r"[.!?…]+[”\"’')\]]*(?=\s+[“\"‘'(\[]?[A-Z\d@])|[.!?…]+[”\"’')\]]*\s*$")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Gen|Maj|Lt|Col|Capt|Sgt|Cpl|Brig|Adm|Cmdr|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|St|Mt|Ft|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|"
    r"approx|vs|etc|cf|[ap]\.m|e\.g|i\.e|[A-Z])|\b(?:[A-Z]\.){1,3}[A-Z])\.$"
)
# After these a new sentence may begin all the same.
_MAY_END = re.compile(r"(?:[ap]\.m|U\.S|U\.N|U\.K|etc)\.$")
_OPENS = re.compile(r"\s+(?:The|A|An|In|On|At|He|She|It|They|Two|Three|Its|But|And|No|Officials|Police)\b")
_BULLET = re.compile(r"^[\s•●▪*–—-]+")
_CLOCK = re.compile(r"^\(?\d{1,2}[:.]?\d{2}(?:\s*(?:GMT|UTC))?[:.]?\)?\s*$")
_TITLE_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "near",
        "of",
        "off",
        "on",
        "or",
        "over",
        "the",
        "to",
        "under",
        "up",
        "vs",
        "with",
    ]
)
# What parts two things told in one sentence.
_PARTS = re.compile(
    r"(?P<offset>,?\s+(?:(?:just|only|about|some)\s+)?(?:a|an|one|two|three|four|five|six|several|\d+)\s+(?:hours?|days?|weeks?|months?|years?)\s+"
    r"(?:after|before)\s+)(?!that\b|which\b|being\b|the\s+\w+ing\b)"
    r"|;\s+|,?\s+(?:while|whereas|when|although|though)\s+|,\s+(?:and|but|as|which|who)\s+|,?\s+(?:after|before|since|"
    r"until)\s+(?!\w+ing\b|\d|dawn|noon|"
    r"midnight|dark|night|sunset|sunrise|the\s+(?:night|weekend))|\s+[–—]\s+|\s+and\s+(?=(?:that|(?:\w+\s+){1,3}(?:was|were|had\s+been|"
    r"has\s+been))\s)"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters `start` to `end` of the text. `title`: a heading or a caption, which tells nothing. `asks`: a question."""

    start: int
    end: int
    text: str
    paragraph: int
    title: bool
    asks: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence, by characters of the whole text; `joint` are the words that part it from the one before."""

    start: int
    end: int
    joint: str


def sentences(text: str) -> list[Sentence]:
    """All sentences of a text, in order."""
    found: list[Sentence] = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        spans = list(_cut(text, start, end))
        whole = text[start:end]
        for index, (first, last) in enumerate(spans):
            said = text[first:last]
            alone = len(spans) == 1
            title = _is_title(said, alone=alone, leads=index == 0) or (alone and whole.rstrip().endswith("(File)"))
            found.append(Sentence(first, last, said, number, title, said.rstrip("”\"’')").endswith("?")))
    return found


def parts(sentence: Sentence) -> list[Part]:
    """The parts of a sentence, in order; together they are the whole of it."""
    found: list[Part] = []
    start, joint = sentence.start, ""
    for match in _PARTS.finditer(sentence.text):
        at = sentence.start + match.start()
        if at > start:
            found.append(Part(start, at, joint))
        start, joint = sentence.start + match.end(), match.group()
    found.append(Part(start, sentence.end, joint))
    return found


def _paragraphs(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for match in _PARAGRAPH.finditer(text):
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(text)))
    trimmed = []
    for first, last in spans:
        lead = _BULLET.match(text[first:last])
        first += lead.end() if lead else 0
        last = first + len(text[first:last].rstrip())
        if last > first:
            trimmed.append((first, last))
    return trimmed


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, first = [], start
    for match in _END.finditer(text, start, end):
        before = text[max(first, match.end() - 14) : match.end()]
        if match.end() < end and _ABBREVIATION.search(before) and not (_MAY_END.search(before) and _OPENS.match(text, match.end())):
            continue
        spans.append((first, match.end()))
        first = match.end()
        while first < end and text[first].isspace():
            first += 1
    if first < end:
        spans.append((first, end))
    return [span for span in spans if span[1] > span[0]]


def _is_title(said: str, *, alone: bool, leads: bool) -> bool:
    """A line of capitalised words: a sub-heading, or the few words that head an update."""
    words = re.findall(r"[^\W_][\w’'-]*", said)
    if not words or len(words) > 14:
        return False
    if _CLOCK.match(said):
        return True
    large = [word for word in words if word.lower() not in _TITLE_SMALL]
    capital = sum(not word[0].islower() for word in large)
    ends = said.rstrip().endswith((".", "!", "?", "…", "”", '"'))
    if alone and not ends:
        return bool(large) and capital == len(large) and (len(words) <= 12)
    return leads and ends and len(words) <= 8 and len(large) >= 1 and capital == len(large) and not re.search(r"\d", said)
