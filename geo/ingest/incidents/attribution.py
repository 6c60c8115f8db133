"""Who says it: the speaker of a sentence, and through whom his words came."""

from __future__ import annotations

import re
from dataclasses import dataclass

NOT_ATTRIBUTED = "not attributed"
_SAYING = (
    r"(?:said|says|say|told|tells|tell|reported|reports?|confirmed|confirms|confirm|announced|announces|claimed|claims|claim|stated|"
    r"states|added|adds|"
    r"counts?|counted|put|puts|spoke|speaks?|believed?|believes|acknowledged|acknowledges|admitted|admits|insisted|insists|estimated|"
    r"estimates|declared|"
    r"declares|wrote|writes|tweeted|posted|raised|raises|repeated|revised|lists?|listed|recorded|records?|documented|documents|circulated|"
    r"alleged|alleges|"
    r"asserted|maintains?|maintained|noted|warned|suggested|knows?|gave|gives?|denied|denies|speculated|testified)"
)
_ACCORDING = re.compile(
    r"\b(?:according\s+to|as\s+(?:reported|told|stated)\s+by|quoted\s+by|citing|cited\s+by|"
    r"reported\s+by)\s+(?P<who>[^,;.:“”()]{2,90}?)(?=\s+(?:who|which|that|on|in\s+a|when|as|said|says)\b|[,;.:“”()]|$)",
    re.I,
)
_TRAILING = re.compile(
    rf"[,”]\s*(?P<who>(?:(?!\b(?:which|who|that|and|but)\b)[^,;.“”]){{2,80}}?)\s+(?:(?:has|have|had|also|later|"
    rf"then)\s+)*{_SAYING}(?=[\s.,;]|$)(?:\s+(?P<rest>[^,;“”]*))?[.;]?\s*$"
)
_INVERTED = re.compile(r"[,”]\s*(?:said|says|reported|reports|writes|wrote|added)\s+(?P<who>[^,;.“”]{2,80})")
_LEADING = re.compile(
    rf"(?:^|[:;]\s+|,\s+(?:and|but|while)\s+|\b(?:But|And|However|Meanwhile|Later),?\s+)(?P<who>(?:(?!\b(?:which|who|that|was|were|is|are|"
    rf"has|killed|hit)\b)[^;:“”.]){{2,100}}?),?\s+"
    rf"(?:(?:has|have|had|also|later|then|earlier|since|again|subsequently|further)\s+)*{_SAYING}\b(?!\s+(?:said|says?|put|spoke|"
    rf"suggested|that\s+said)\b)(?P<rest>.*)",
    re.DOTALL,
)
_NAMED_LATER = re.compile(
    r"(?P<who>\b(?:(?:another|a|an|one|the|some|local)\s+)?[\w’'-]+(?:\s+[\w’'-]+){0,5}?)\s+(?:says?|said|speaks?\s+of|spoke\s+of|claims?|counts?)\b"
)
_VIA = (
    re.compile(
        r"\btold\s+(?P<via>(?!that\b|people\b)(?:[A-Z][\w.’'-]*(?:\s+(?:of|the|and|[A-Z][\w.’'-]*))*|reporters|journalists|"
        r"state\s+(?:television|media|TV)|the\s+(?:BBC|AP|AFP|agency|network|newspaper)))"
    ),
    re.compile(
        r"\b(?:told|speaking\s+to|quoted\s+by|interview\s+with|interviewed\s+by|according\s+to|via|"
        r"cited\s+by)\s+(?P<via>(?:the\s+)?(?:[A-Z][\w.’'-]*)(?:\s+[A-Z][\w.’'-]*){0,3})"
    ),
)
_PRONOUN = re.compile(
    r"^(?:he|she|it|they|the\s+(?:spokes\w+|ministry|minister|statement|official|officials|source|agency|army|officer|group))$", re.I
)
_OPENERS = re.compile(
    r"^(?:(?:However|Meanwhile|But|And|Later|Earlier|Also|Separately|In\s+a\s+statement|On\s+\w+day|Speaking\s+[^,]+|"
    r"In\s+[A-Z]\w+),?\s+)+|^(?:late|early)\s+|^while\s+",
    re.I,
)
_PLAIN = re.compile(r"\b(?:rockets?|missiles?|shells?|strikes?|explosions?|blast|bombs?|warplanes)\b", re.I)


@dataclass(frozen=True, slots=True)
class Source:
    """`by` says it; `via` is who passed it on."""

    by: str
    via: str | None = None


def source_of(sentence: str, before: Source | None = None) -> Source | None:
    """Who says what a sentence tells; None if it does not say. `before` is the speaker of the sentence before, for “he said”."""
    via = _via(sentence)
    for pattern in (_ACCORDING, _TRAILING, _INVERTED, _LEADING):
        match = pattern.search(sentence)
        if match is None:
            continue
        who = trimmed(match["who"])
        if not who or len(who.split()) > 14 or (_PLAIN.search(who) and not re.search(r"\b(?:claims?|spokes|reports?)\b", who, re.I)):
            continue
        if _PRONOUN.match(who) and before is not None:
            return Source(before.by, via or before.via)
        return Source(who, via if via and via not in who else None)
    return None


def source_near(sentence: str, at: int, whole: Source | None) -> Source | None:
    """Who says what stands at `at`: a sentence may give the words of two, parted by a semicolon."""
    if ";" not in sentence:
        return whole
    start = sentence.rfind(";", 0, at) + 1
    end = sentence.find(";", at)
    piece = sentence[start : end if end >= 0 else len(sentence)].strip()
    own = source_of(piece)
    if own is None and (match := _NAMED_LATER.match(piece)):
        own = Source(trimmed(match["who"]))
    return own or whole


def trimmed(words: str) -> str:
    """A speaker without the words that only lead in to him."""
    words = _OPENERS.sub("", " ".join(words.split())).strip(" ,–—-•")
    words = re.sub(
        r"\s+(?:on|late\s+on|early\s+on)\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+\w+)?$|\s+(?:later|subsequently|also|now|still|since|has|have|had)$",
        "",
        words,
    )
    return words if re.search(r"\w", words) else ""


def _via(sentence: str) -> str | None:
    for pattern in _VIA:
        if match := pattern.search(sentence):
            return match["via"].strip()
    return None
