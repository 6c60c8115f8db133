"""Where a passage puts its incident: what it hits, not where it was fired from or who speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from geo.ingest.gazetteer import Gazetteer, Mention, Placement, locate, placements
from geo.ingest.gazetteer.outlines import apart_km
from geo.ingest.incidents.triggers import Hit
from geo.ingest.incidents.words import ship_names

_ORIGIN = re.compile(
    r"\b(?:(?:fired|launched|came|coming|shot|flew|flown|sent|operating|travelling|travell?ed|en\s+route|sailing|"
    r"bound)\s+(?:\w+\s+){0,3}from|from|bound\s+for|heading\s+(?:for|to)|on\s+(?:its|the)\s+way\s+(?:to|from))\s+(?:the\s+)?(?:\w+\s+)?$",
    re.I,
)
_SPOKEN_IN = re.compile(
    r"\b(?:said|says|told|tells|spoke|speaks|announced|declared|denied|denies|wrote|warned|argued|insisted|repeated)(?:\s+(?:reporters|"
    r"journalists|us|a\s+news\s+conference))?\s+(?:in|from)\s+$",
    re.I,
)
# Also “a radar site at A and a depot near B”: things without a verb between them.
_LISTED = re.compile(
    r"^(?:,|,?\s+(?:and|as\s+well\s+as))\s+(?:(?:(?:(?:an?|the|its|their|two|three|four|several|another|\d+)\s+)(?:(?!\w+(?:ed|ing)\b)[\w’'-]+\s+){1,4}?)"
    r"(?:(?:in|on|near|at|outside)\s+)?|(?:in|on|near|at|outside)\s+)?(?:the\s+)?(?:(?:city|town|village|towns|cities|villages)\s+of\s+)?$",
    re.I,
)
_MOST_LISTED = 12
# At the head of what is said: “In Baghdad, the minister said”. “Killed seven in Dnipro, officials said” is told of Dnipro.
_HEADS = re.compile(r"(?:^|[.;:!?”]\s+|\b(?:and|but|while|where)\s+)(?:In|From|At|in|from|at)\s+$")
_IN = re.compile(r"\b(?:in|from|at)\s+$", re.I)
_SPEAKER = re.compile(
    r"^,\s+(?:(?:the|a|an|his|her|its)\s+)?(?:[\w’'-]+\s+){1,4}?(?:said|says?|thank(?:s|ed)|told|tells?|call(?:s|ed)|condemn(?:s|ed)|den(?:ies|ied)|warn(?:s|ed)|announced?|refused?|met|urged?|rejected?|"
    r"demand(?:s|ed)|promised?|declared?|spoke|speaks)\b",
    re.I,
)
_SPEAKS = re.compile(
    r"^\s+(?:(?:has|have|had|also|now)\s+)?(?:said|says?|warn(?:s|ed)?|told|tells?|denied|denies|den(?:y|ies)|announce[sd]?|"
    r"reports?|reported|confirms?|confirmed|claims?|claimed|insists?|insisted|adds|added|states?|stated|writes?|wrote|declares?|declared|"
    r"acknowledge[sd]?|admits?|admitted|expects?|fears?|believes?|thinks?|hopes?|calls?|called)\b",
    re.I,
)
_GOVERNED = re.compile(r"^\s*(?:(?:on|at|in|near|of|against|into|over|towards?|inside|outside|hit|struck)\s+)?(?:the\s+)?(?:[\w’'-]+\s+){0,3}$", re.I)
_TARGET = re.compile(
    r"\b(?:on|at|in|near|hit|struck|against|inside|into|towards?|over|off|outside|of|around|bombed|shelled|attacked|targeted|raided|"
    r"stormed|seized)\s+(?:the\s+)?(?:[\w’'-]+\s+){0,4}$",
    re.I,
)
# “Firing at Nakyal”; “In Kyiv, an explosion in Podil” is told of Kyiv all the same.
_AT_A_NAME = re.compile(
    r"\s+(?:at|in|near|outside)\s+(?:the\s+(?:town|village|city)\s+of\s+)?(?P<name>(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|"
    r"July|August|September|October|November|December)[A-Z][a-z’'-]+)(?!\s+(?:province|district|region)\b)"
)
_FRAME = re.compile(r"(?:^|[.!?:;—–]\s+|\n\s*)(?:(?:Also\s+)?(?:In|At|Near|Outside|On|Over|Around)\s+(?:the\s+)?(?:\w+\s+){0,4})?$")


def place_of(text: str, start: int, end: int, hit: Hit | None, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Placement:
    """The placement of the passage from `start` to `end`; unplaced, with its candidates, where that cannot be told."""
    ships = ship_names(text[start:end])
    inside = [
        mention
        for mention in mentions
        if start <= mention.start and mention.end <= end and not _is_origin(text, start, mention) and not _in_ship(text, mention, ships)
    ]
    if hit is not None and _at_unknown(text, hit, inside):
        inside = [mention for mention in inside if mention.start >= hit.start or _FRAME.search(text[max(0, mention.start - 60) : mention.start])]
    found = locate(text, gazetteer=gazetteer, mentions=inside, start=start, end=end)
    if found.position is not None or "apart from each other" not in found.rule:
        return found
    # Of several places the one that the verb governs, if there is only one behind it.
    if hit is None:
        return found
    several = [one for one in placements(text, gazetteer=gazetteer, mentions=inside, start=start, end=end) if one.position is not None]
    governed = [one for one in several if hit.start <= one.start and _GOVERNED.match(text[hit.end : one.start])]
    if governed:
        first_one = min(governed, key=lambda one: one.start)
        own = [mention for mention in inside if first_one.start <= mention.start < first_one.end]
        narrower = locate(text, gazetteer=gazetteer, mentions=own, start=first_one.start, end=first_one.end)
        if narrower.position is not None:
            return narrower
    behind = [one for one in several if one.start >= hit.start and _TARGET.search(text[max(start, one.start - 50) : one.start] + "")]
    points = [one for one in several if one.precision in ("site", "town", "district", "near_town")]
    for group in (behind, points):
        if not group:
            continue
        first = min(mention.start for mention in inside if mention.start >= group[0].start)
        again = [mention for mention in inside if group[0].start <= mention.start < group[0].end] if group is points and len(group) == 1 else [
            mention for mention in inside if any(one.start <= mention.start < one.end for one in group)
        ]  # fmt: skip
        narrower = locate(text, gazetteer=gazetteer, mentions=again, start=min(first, group[0].start), end=end)
        if narrower.position is not None:
            return narrower
    return found


def _at_unknown(text: str, hit: Hit, inside: Sequence[Mention]) -> bool:
    """Whether the words of the incident stand at a name that is not known: what was named before it, where people speak, is not the place."""
    match = _AT_A_NAME.match(text, hit.end)
    if match is None:
        return False
    return not any(mention.chosen is not None and mention.start < match.end() and match.start("name") < mention.end for mention in inside)


def _in_ship(text: str, mention: Mention, ships: frozenset[str]) -> bool:
    """Whether a name is a part of a ship's name: Kyoto Grace."""
    around = text[max(0, mention.start - 40) : mention.end + 40].casefold()
    return any(mention.text.casefold() in ship and ship in around for ship in ships)


def listed_places(text: str, start: int, end: int, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Placement]:
    """The places of a list, “in Kyiv, Kharkiv and Odesa”: something happened in each. Empty where the passage has no such list."""
    inside = [mention for mention in mentions if start <= mention.start and mention.end <= end and not _is_origin(text, start, mention)]
    if sum(mention.role == "place" for mention in inside) < 2:
        return []
    found = [
        one
        for one in placements(text, gazetteer=gazetteer, mentions=inside, start=start, end=end)
        if one.precision in ("site", "town", "near_town", "district") and one.position
    ]
    runs: list[list[Placement]] = [[]]
    for one in found:
        if runs[-1] and not _LISTED.match(text[runs[-1][-1].end : one.start]):
            runs.append([])
        runs[-1].append(one)
    longest = max(runs, key=len)[:_MOST_LISTED]
    joined = any("and" in text[one.end : other.start] for one, other in pairwise(longest))
    return longest if joined and all(_apart(one, other) for one, other in combinations(longest, 2)) else []


def _apart(one: Placement, other: Placement) -> bool:
    assert one.position is not None and other.position is not None  # noqa: S101 - for the types
    return apart_km(one.position, other.position) > (one.uncertainty_km or 0.0) + (other.uncertainty_km or 0.0)


def is_told(placement: Placement) -> bool:
    """Whether the text names a place at all, if only a country."""
    return placement.position is not None or placement.country is not None or bool(placement.candidates)


def _is_origin(text: str, start: int, mention: Mention) -> bool:
    """Whether a name only says where something came from: “fired from Gaza at Ashkelon”."""
    before = text[max(start, mention.start - 60) : mention.start]
    after = text[mention.end : mention.end + 60]
    if _SPOKEN_IN.search(before) or (_HEADS.search(before) and _SPEAKER.match(after)) or (_IN.search(before) and _SPEAKS.match(after)):
        return True
    match = _ORIGIN.search(before)
    if match is None:
        return False
    if re.search(r"\b(?:road|highway|motorway|route|railway|line|track)\s+$", before[: match.start()], re.I):
        return False  # “the road from Hodeidah to Taiz” is between the two
    # “8 km from Lachin” and “north from” are places.
    return (
        re.search(
            r"\b(?:\d|km|miles?|kilomet\w+|metres|meters|far|away|north|south|east|west)\s+(?:from\s*)?(?:the\s+)?$",
            before[: match.start()] + " " if match.group().lower().startswith("from") else "x ",
        )
        is None
    )
