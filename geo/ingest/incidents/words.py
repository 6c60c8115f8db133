"""The words by which two tellings may be known for one incident: what is rare in them, and the names of ships."""

from __future__ import annotations

import re

_STOP = frozenset(
    [
        "about",
        "after",
        "again",
        "against",
        "also",
        "among",
        "another",
        "around",
        "attack",
        "attacked",
        "attacks",
        "because",
        "been",
        "before",
        "being",
        "between",
        "both",
        "could",
        "during",
        "earlier",
        "first",
        "following",
        "forces",
        "from",
        "further",
        "have",
        "having",
        "hours",
        "include",
        "including",
        "into",
        "just",
        "killed",
        "least",
        "local",
        "many",
        "more",
        "most",
        "near",
        "number",
        "officials",
        "only",
        "other",
        "over",
        "people",
        "police",
        "reported",
        "reports",
        "said",
        "same",
        "says",
        "several",
        "should",
        "since",
        "some",
        "spokesman",
        "still",
        "such",
        "than",
        "that",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "three",
        "through",
        "told",
        "town",
        "under",
        "until",
        "update",
        "were",
        "when",
        "where",
        "which",
        "while",
        "white",
        "will",
        "with",
        "would",
        "wounded",
        "injured",
        "northern",
        "southern",
        "eastern",
        "western",
        "province",
        "united",
        "states",
        "government",
        "military",
        "minister",
        "ministry",
        "president",
        "security",
        "source",
        "sources",
        "statement",
        "strike",
        "strikes",
        "struck",
        "city",
        "area",
        "early",
        "late",
        "night",
        "morning",
        "evening",
        "afternoon",
        "today",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "according",
        "confirmed",
        "dead",
        "died",
        "days",
        "week",
        "month",
        "year",
        "years",
        "later",
        "meanwhile",
        "however",
    ]
)
_SHIP = re.compile(
    r"\b(?:MV|MT|M/V|M/T|USS|HMS|INS|tankers?|vessels?|ships?|freighters?|boats?|ferry|ferries|frigate|destroyer|trawlers?|carriers?|"
    r"warships?|dhow|crew|barge|corvette|owner)\b",
    re.I,
)
_TYPE = r"(?:tanker|vessel|ship|boat|ferry|freighter|frigate|destroyer|trawler|carrier|dhow|barge|corvette|tug|yacht|warship)"
_OWNED = r"(?:[\w-]+-(?:flagged|owned|operated|registered|linked|managed)\s+)*"
_CALLED = r"[“\"‘]?(?P<%s>[A-Z][\w’'-]+(?:[ -][A-Z][\w-]+){1,2})(?!\s+(?:[Mm]inist|[Gg]uard|[Ff]orce))"
_NAMED = re.compile(
    r"\b(?:MV|MT|M/V|M/T|USS|HMS|INS)\s+[“\"‘]?(?P<marked>[A-Z][\w-]+(?:[ -][A-Z][\w-]+){0,2})|"
    rf"\b{_TYPE}s?,?\s+(?:the\s+|called\s+|named\s+)?{_OWNED}(?:{_TYPE}\s+)?{_CALLED % 'typed'}|\b[Tt]he\s+{_OWNED}{_CALLED % 'bare'}"
)
# What stands behind the word for a ship and is none: “ships, Revolutionary Guards said”.
_INSTITUTION = re.compile(
    r"\b(?:Minist|Guard|Navy|Army|Force|Command|Council|Agency|Company|Corp|Authority|Administration|Coast|Security|Government|Central|Defen[cs]e)"
)
_NO_SHIP = re.compile(
    r"\b(?:Minist|Guard|Navy|Army|Force|Command|Gulf|Sea|Strait|Port|State|Prime|President|Foreign|Defen[cs]e|Revolutionary|Council|"
    r"United|White|House|National|Security|Coast|Office|Agency|Republic|Kingdom|Emirates|Union|Nations|Group|Company|Corp|"
    r"Observatory|Organi[sz]ation|Administration|Department|Bank|Party|Movement|Front|City|Province|Channel|Canal|Bay|Ocean|Islands?|"
    r"Peninsula|(?:East|West|North|South|Middle)\b|Fleet|Maritime|Authority|Transport|Trade|Health|Interior)"
)


def telling_words(said: str) -> frozenset[str]:
    """The words of a passage that may tell it from others, in small letters and without endings."""
    return frozenset(_stem(word) for word in re.findall(r"[^\W\d_][\w’'-]{3,}", said.casefold()) if word not in _STOP)


_TARGET = re.compile(
    r"\b(?:airport|parliament|base|post|checkpoint|headquarters|barracks|police\s+station|hotel|mosque|church|convoy|patrol|camp|prison|"
    r"market|embassy|consulate|school|hospital|university|bus|station|depot|"
    r"crossing|bridge|house|home|building|restaurant|caf[eé]|refinery|power\s+(?:plant|station)|factory|warehouse|workshop|showroom|jetty|"
    r"harbou?r|port|car|truck|lorry|train|square|stadium|shop|mall|"
    r"theatre|theater|dam|office|monastery|field|village)(?:e?s)?\b",
    re.I,
)


def targets(said: str) -> frozenset[str]:
    """The kinds of thing that a passage says were hit, such as a bus or a market."""
    return frozenset(re.sub(r"(?<=[^s])s$", "", match.group().casefold()) for match in _TARGET.finditer(said))


def ship_names(sentence: str) -> frozenset[str]:
    """The names of ships in a sentence that speaks of ships."""
    if not _SHIP.search(sentence):
        return frozenset()
    found = set()
    for match in _NAMED.finditer(sentence):
        name = match["marked"] or match["typed"] or match["bare"]
        no_ship = _INSTITUTION if match["typed"] else _NO_SHIP
        if name and (match["marked"] or not no_ship.search(name)):
            found.add(name.casefold())
    # “the Nordic Heron and the Kyoto Grace” after one word for ships.
    return frozenset(found)


def _stem(word: str) -> str:
    word = re.sub(r"['’]s$", "", word)
    return re.sub(r"(?:ing|ed|es|s)$", "", word) if len(word) > 5 else word
