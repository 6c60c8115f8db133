"""Whether a passage tells an incident of its own, or only mentions one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.ingest.gazetteer import Placement
from geo.ingest.incidents.passages import Passage
from geo.ingest.incidents.place import is_told
from geo.ingest.incidents.time_phrases import TimePhrase

# “The missile attacks of 8 January on X”: a noun with a date and a place of its own tells background, whoever speaks of it.
_OF_DATE = re.compile(r"^\s+(?:of|on|in)\s+(?:early\s+|late\s+)?$", re.I)
# “Dozens of missiles at Ukraine”, “47 of 55 missiles”: the sum of a day or a night over a whole country.
_OF_A_COUNTRY = re.compile(
    r"\b(?:dozens|scores|hundreds|\d+\s+(?:out\s+)?of\s+(?:the\s+)?\d+|all\s+(?:but|of)|most\s+of|[2-9]\d|(?!(?:19|20)\d\d\b)\d{3,}|waves?\s+of|swarms?\s+of)\s+"
    r"(?:[\w’'-]+\s+){0,3}?(?:missiles|rockets|drones|shaheds|UAVs|projectiles|bombs|munitions|air\s?strikes|strikes|sorties|attacks)\b",
    re.I,
)
_WIDE = frozenset(
    {"rockets hit", "rocket attack", "drone hits", "drone strike", "aircraft shot down", "aircraft bomb", "air strike", "barrage", "shells hit"}
)


def asserted(text: str, passage: Passage, placement: Placement, *, own_date: bool, phrases: Sequence[TimePhrase]) -> bool:
    """Whether the passage tells an incident: with a verb and something to hold it by, or with a noun that the sentence gives as new.

    `placement` is where it is put, `own_date` whether it has a date of its own, `phrases` its words of time.
    """
    people = any(figure.unit == "people" and figure.metric in ("killed", "injured") for figure in passage.figures)
    hit, told_place = passage.hit, is_told(placement)
    named = hit.trigger.strength == "names"
    grounded = told_place or own_date or people or passage.definite or bool(passage.figures)
    # What it takes as known is no incident of its own, unless a date or people stand beside it.
    names_one = own_date or people or not passage.definite
    told = passage.told and not (passage.about and not (own_date or people or placement.position is not None))
    supported = (passage.supported and not passage.about) or (own_date and passage.supported) or people
    asserts = grounded and (told or (supported and named and names_one))
    if named and hit.trigger.kind is not None and told_place and own_date:
        asserts = asserts or any(one.form in ("date", "month_day", "month_year") and _OF_DATE.match(text[hit.end : one.start]) for one in phrases)
    if passage.definite and not (own_date or people or told_place):
        return False
    if hit.trigger.kind is None and not (people and (told_place or own_date)):
        return False
    return asserts and not _is_sum(text, passage, placement, people=people)


def _is_sum(text: str, passage: Passage, placement: Placement, *, people: bool) -> bool:
    """Whether it tells the sum of many missiles, drones or strikes, with no place smaller than a country and nobody hurt."""
    named_one = placement.position is not None or (bool(placement.candidates) and placement.precision != "country")
    if people or named_one or passage.hit.trigger.name not in _WIDE:
        return False
    return _OF_A_COUNTRY.search(text, passage.start, passage.end) is not None
