"""Sentences that name no incident: their figures belong to what was told just before, or they mention what is told elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo

from geo.ingest.blog.updates import BlogUpdate
from geo.ingest.gazetteer import Gazetteer, Mention
from geo.ingest.incidents.actors import actors_in
from geo.ingest.incidents.attribution import Source
from geo.ingest.incidents.candidate import Dating, Telling
from geo.ingest.incidents.dating import dated, default_dating
from geo.ingest.incidents.days import Clock
from geo.ingest.incidents.figures import figures
from geo.ingest.incidents.place import is_told, place_of
from geo.ingest.incidents.sentences import Sentence
from geo.ingest.incidents.time_phrases import time_phrases
from geo.ingest.incidents.told_so_far import REACH, State, claims_of, span_of, telling_id
from geo.ingest.incidents.words import ship_names, telling_words
from geo.ingest.local_time import zone_of
from geo.model import Claim

TOLL = "a toll that has changed"
LOOSE = "a figure without an incident of its own"
_OF_KNOWN = re.compile(r"^the\s|\b(?:of\s+)?the\s+(?:gunmen|attackers?|victims?|dead|wounded|injured|bomber|assailants?|blast|crew)\b", re.I)
_TOLL = re.compile(
    r"(?:[^,.;:]{2,60}\s(?:says?|said|puts?|reports?)\s+(?:that\s+)?)?(?:the\s+)?(?:\w+\s+){0,3}(?:death\s+)?toll\b|the\s+(?:number\s+of\s+)?(?:dead|deaths|victims)\b",
    re.I,
)
_ONE_OF_THEM = re.compile(
    r"(?:The|An?)\s+(?:first|second|third|fourth|other|latter|former|earlier|previous|last|similar)\b(?:\s+(?:one|such))?", re.I
)
_BY_WEAPON: dict[str | None, tuple[str, ...]] = {
    "drone_strike": ("drones", "missiles"),
    "rocket_attack": ("rockets", "missiles", "projectiles"),
    "shelling": ("shells", "mortars", "rounds"),
    "air_strike": ("bombs", "missiles"),
}
# A sum over many incidents, which is of none of them.
_SUM = re.compile(
    r"\b(?:killed|dead|died|deaths|wounded|injured|toll|casualties)\b[^.;]{0,30}?\b(?:across|throughout|all\s+over|nationwide|countrywide)\b", re.I
)
# “Two men had been killed on Monday”, “a boy died of his wounds on Tuesday”: the day is not that of what is told before.
_OF_THE_FIGURE = re.compile(
    r"\bhad\s+|\b(?:later|since|earlier|previous\w*)\b|\bof\s+(?:his|her|their)\s+(?:wounds|injuries|burns)\b|\bin\s+(?:the\s+)?hospital\b", re.I
)


def tell_on(
    state: State, update: BlogUpdate, sentence: Sentence, said: Source | None, mentions: Sequence[Mention], gazetteer: Gazetteer, home: tzinfo | None
) -> None:
    """A sentence without a trigger: its figures belong to what was told just before; else it is a mention that may be linked."""
    found = [figure for figure in figures(update.text, sentence.start, sentence.end) if figure.unit in ("people", "holes", "km", "minutes")]
    if not found and state.tellings and state.paragraphs[-1] == sentence.paragraph and state.tellings[-1].kind in _BY_WEAPON:
        # “They had launched ten drones”: how many of what was told just before.
        found = [one for one in figures(update.text, sentence.start, sentence.end) if one.unit in _BY_WEAPON[state.tellings[-1].kind]]
    claims = claims_of(
        tuple(found), update, sentence, said if said is not None else (state.source if state.source_paragraph == sentence.paragraph else None)
    )
    ships = ship_names(sentence.text)
    if (not claims and not ships) or (claims and _SUM.search(sentence.text)):
        return
    placement = place_of(update.text, sentence.start, sentence.end, None, mentions, gazetteer)
    known = state.tellings[-1] if state.tellings and sentence.paragraph - state.paragraphs[-1] <= REACH else None
    if not is_told(placement) and state.last_plain is not None and state.last_plain.paragraph == sentence.paragraph:
        placement = place_of(update.text, state.last_plain.start, state.last_plain.end, None, mentions, gazetteer)
    clock = Clock.of(update, zone_of(placement.country, placement.position) or home)
    words = time_phrases(update.text, sentence.start, sentence.end)
    own = dated(words, clock, state.anchor, voice=sentence.text)
    if claims and known is not None:
        apart = own is not None and own.sure and (own.end < known.dating.start or known.dating.end < own.start)
        if apart and own is not None and _ONE_OF_THEM.match(sentence.text):
            state.tellings.append(_one_of_them(known, update, sentence, own, claims))
            state.paragraphs.append(sentence.paragraph)
            return
        same = sentence.paragraph == state.paragraphs[-1]
        if own is not None and same and _dates_it(known, own, told=is_told(placement), text=sentence.text):
            known, apart = replace(known, dating=replace(own, note=f"{own.note} In the sentence after.")), False
        fits = same or ((known.asserts or known.definite) and len({one.kind for one in state.tellings}) <= 2)
        if fits and not apart and not (ships and not ships & known.ships):
            state.tellings[-1] = replace(known, claims=(*known.claims, *claims), spans=(*known.spans, span_of(update, sentence.start, sentence.end)))
            return
    dating = own or default_dating(clock)
    toll = _TOLL.match(sentence.text) is not None
    rule = TOLL if claims and toll else LOOSE if claims else "a ship that is told of elsewhere"
    state.tellings.append(
        Telling(
            telling_id(update.id, sentence.text),
            update.id,
            (span_of(update, sentence.start, sentence.end),),
            None,
            rule,
            "",
            False,
            toll or _OF_KNOWN.search(sentence.text) is not None,
            False,
            dating,
            placement,
            actors_in(update.text, sentence.start, sentence.end),
            claims,
            telling_words(sentence.text),
            ships,
        )
    )
    state.paragraphs.append(sentence.paragraph)


def _dates_it(known: Telling, own: Dating, *, told: bool, text: str) -> bool:
    """“A missile was shot down. One man was hurt by the debris late on Monday”: the day of the incident, which has none of its own."""
    if known.dating.sure or not own.sure or told:
        return False
    return own.precision in ("day", "minute") and _OF_THE_FIGURE.search(text) is None


def _one_of_them(known: Telling, update: BlogUpdate, sentence: Sentence, dating: Dating, claims: tuple[Claim, ...]) -> Telling:
    """“The second such blast in a week. The first, on August 28, killed three”: of the same kind and place, at another time."""
    return replace(
        known,
        id=telling_id(update.id, sentence.text),
        spans=(span_of(update, sentence.start, sentence.end),),
        rule=f"{known.rule}, of which this is another",
        asserts=True,
        another=True,
        dating=dating,
        claims=claims,
        words=telling_words(sentence.text),
        flags=(),
    )
