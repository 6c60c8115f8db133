"""The place that is a passage's own: of its own clause, or of the building or the town that the update has told before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.ingest.gazetteer import Gazetteer, Mention, Placement, locate
from geo.ingest.incidents.candidate import Telling
from geo.ingest.incidents.passages import Passage
from geo.ingest.incidents.place import is_told, place_of

_THE_CITY = re.compile(
    r"\b(?:in|(?<!north\s)(?<!south\s)(?<!east\s)(?<!west\s)of|on|over|across|into)\s+the\s+(?:\w+\s+)?(?:city|town)\b(?!\s+of\b)"
    r"|\bthe\s+(?:[\w-]+\s+)?(?:north|south|east|west)(?:east|west)?\s+of\s+the\s+(?:city|town)\b",
    re.I,
)
_THE_BUILDING = re.compile(
    r"^\W*the\s+(?:same\s+)?(?P<what>hospital|school|market|mosque|church|hotel|base|camp|prison|bridge|airport|clinic|village|plant|depot)\b", re.I
)
_OTHER_VOICE = re.compile(r"^;\s+[^;]{2,60}?\b(?:says?|said|claims?|claimed|insists?|insisted|den(?:y|ies|ied))\b", re.I)


def own_place(text: str, passage: Passage, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Placement:
    """The place that a passage names, else its sentence; not the one that another voice names behind a semicolon."""
    sentence = passage.sentence
    start = text.rfind(";", passage.start, passage.hit.start) + 1 or passage.start
    end = text.find(";", passage.hit.end, passage.end)
    end = passage.end if end < 0 else end
    if (start, end) != (passage.start, passage.end):
        placement = place_of(text, start, end, passage.hit, mentions, gazetteer)
        if is_told(placement) or _OTHER_VOICE.search(text[end : passage.end]):
            return placement
    placement = place_of(text, passage.start, passage.end, passage.hit, mentions, gazetteer)
    if not is_told(placement) and passage.others == 1:
        placement = place_of(text, sentence.start, sentence.end, passage.hit, mentions, gazetteer)
    return placement


def same_building(known: Telling | None, passage: Passage, text: str) -> Placement | None:
    """“The hospital had been bombed before”: the place of the hospital that the update has told of just before (`known`)."""
    if known is None or known.placement.position is None:
        return None
    named = _THE_BUILDING.match(text[passage.start : passage.end])
    return known.placement if named and named["what"].lower() in known.spans[0].exact.lower() else None


def in_the_city(text: str, passage: Passage, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Placement | None:
    """“In the west of the city”: the one town that the update has named so far."""
    if not _THE_CITY.search(text[passage.start : passage.end]):
        return None
    towns = [
        mention
        for mention in mentions
        if mention.end <= passage.start and mention.role == "place" and mention.chosen is not None and mention.chosen.entry.kind == "town"
    ]
    if len({mention.chosen.entry.id for mention in towns if mention.chosen is not None}) != 1:
        return None
    found = locate(text, gazetteer=gazetteer, mentions=towns[-1:], start=towns[-1].start, end=towns[-1].end)
    return found if found.position is not None else None
