"""The tellings of one update: its passages with date, place, figures, speakers and actors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta, tzinfo

from geo.ingest.blog.updates import BlogUpdate
from geo.ingest.gazetteer import Gazetteer, Mention
from geo.ingest.gazetteer.outlines import apart_km
from geo.ingest.incidents.actors import actors_in
from geo.ingest.incidents.asserting import asserted
from geo.ingest.incidents.attribution import Source, source_of
from geo.ingest.incidents.candidate import Dating, Telling
from geo.ingest.incidents.dating import dated, shifted
from geo.ingest.incidents.days import Clock
from geo.ingest.incidents.likeness import likeness
from geo.ingest.incidents.own_dates import NO_DATE, inherited, own_phrases
from geo.ingest.incidents.own_places import in_the_city, own_place, same_building
from geo.ingest.incidents.passages import LEANING, Passage, passages_of
from geo.ingest.incidents.place import is_told, listed_places, place_of
from geo.ingest.incidents.sentences import Sentence, sentences
from geo.ingest.incidents.told_on import tell_on
from geo.ingest.incidents.told_so_far import REACH, State, claims_of, span_of, telling_id
from geo.ingest.incidents.words import ship_names, targets, telling_words
from geo.ingest.local_time import zone_of
from geo.moments import Moment

TOGETHER = "the figures may be of several places together"


def tellings_of(update: BlogUpdate, mentions: Sequence[Mention], *, gazetteer: Gazetteer, country: str | None = None) -> list[Telling]:
    """Every telling of an update, in order. `mentions` are the names of places in its text; `country` (ISO code) is what the blog is about."""
    state = State()
    home = zone_of(country, None)
    for sentence in sentences(update.text):
        found, named = passages_of(update.text, sentence)
        found = [one for one in found if not _leans(state, update.text, one, mentions, gazetteer)]
        said = source_of(sentence.text, state.source if state.source_paragraph >= sentence.paragraph - 1 else None)
        if not found:
            if not sentence.title and not sentence.asks:
                tell_on(state, update, sentence, said, mentions, gazetteer, home)
        else:
            _read(state, update, sentence, found, said, mentions, gazetteer, home)
        state.last_plain = sentence if not named and not sentence.title else None
        if said is not None:
            state.source, state.source_paragraph = said, sentence.paragraph
    return state.tellings


def _read(
    state: State,
    update: BlogUpdate,
    sentence: Sentence,
    found: list[Passage],
    said: Source | None,
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    home: tzinfo | None,
) -> None:
    first = len(state.tellings)
    for passage in found:
        telling = _telling(state, update, passage, said, mentions, gazetteer, home)
        if len(found) == 1 and _says_what_it_was(state, telling, passage):
            known = state.tellings[-1]
            state.tellings[-1] = replace(
                known, claims=(*known.claims, *telling.claims), spans=(*known.spans, *telling.spans), words=known.words | telling.words
            )
            continue
        for one in _each_place(telling, update.text, passage, mentions, gazetteer):
            state.tellings.append(one)
            state.paragraphs.append(sentence.paragraph)
        if telling.dating.sure:
            back = re.search(r"\b(?:earlier|before|previous)\b", telling.dating.phrase, re.I)
            if not back and not re.search(r"after|before", passage.joint):
                state.backwards = state.anchor is not None and telling.dating.end < state.anchor.start
                state.anchor = telling.dating
            state.previous, state.previous_paragraph = telling.dating, sentence.paragraph
    fresh = state.tellings[first:]
    if len(fresh) == len(found) > 1:
        state.tellings[first:] = _in_turn(_around(fresh, found), found)


def _leans(state: State, text: str, passage: Passage, mentions: Sequence[Mention], gazetteer: Gazetteer) -> bool:
    """Whether men who “were killed”, by no means that is told, are those of what was told just before, or of no place: then they are a figure."""
    if passage.hit.trigger.name != LEANING:
        return False
    placement = own_place(text, passage, mentions, gazetteer)
    if passage.definite or passage.about or (placement.position is None and not placement.candidates):
        return True
    known = state.tellings[-1] if state.tellings and state.paragraphs[-1] == passage.sentence.paragraph else None
    if known is None or known.placement.position is None or placement.position is None:
        return False
    apart = apart_km(known.placement.position, placement.position)
    return apart <= (known.placement.uncertainty_km or 0.0) + (placement.uncertainty_km or 0.0)


def _says_what_it_was(state: State, telling: Telling, passage: Passage) -> bool:
    """“Explosions were heard near X. Officials say rockets wounded four”: what exploded, by one who knows, and no other incident."""
    if not state.tellings or state.paragraphs[-1] != passage.sentence.paragraph or not telling.claims or telling.another or passage.definite:
        return False
    known = state.tellings[-1]
    open_one = known.asserts and known.kind == "explosion" and known.rule in ("explosion told", "explosion") and known.placement.position is not None
    if not open_one or telling.kind in (None, "explosion") or likeness(telling.kind, known.kind) == 0:
        return False
    own_date = telling.dating.sure and not telling.dating.note.startswith(NO_DATE)
    return not own_date and not is_told(telling.placement)


def _around(fresh: list[Telling], found: list[Passage]) -> list[Telling]:
    """“A week after chlorine killed 43”: the date of the part that stands behind such a joint."""
    done = list(fresh)
    for index in range(1, len(done)):
        dating, before = done[index].dating, done[index - 1].dating
        if dating.sure and not dating.note.startswith(NO_DATE):
            continue
        if (moved := shifted(before, found[index].joint)) is not None:
            done[index] = replace(done[index], dating=moved)
        elif before.sure:
            done[index] = replace(done[index], dating=replace(before, note=f"{before.note} In the same sentence."))
    return done


def _in_turn(fresh: list[Telling], found: list[Passage]) -> list[Telling]:
    """“Days later …, and … on Monday”: what is told first in a row of days came before the next."""
    done = list(fresh)
    for index in range(len(done) - 1):
        one, other = done[index].dating, done[index + 1].dating
        vague = one.sure and one.precision == "week" and one.phrase.lower().split(" ")[0] in ("days", "weeks")
        if vague and other.sure and other.precision == "day" and one.start < other.start <= one.end:
            end = Moment(other.start.at - timedelta(days=1))
            done[index] = replace(done[index], dating=replace(one, end=end, note=f"{one.note} Before “{other.phrase}”, which is told after it."))
    return done


def _telling(
    state: State, update: BlogUpdate, passage: Passage, said: Source | None, mentions: Sequence[Mention], gazetteer: Gazetteer, home: tzinfo | None
) -> Telling:
    text, sentence = update.text, passage.sentence
    placement = own_place(text, passage, mentions, gazetteer)
    phrases = own_phrases(text, passage)
    beside = (
        state.last_plain is not None
        and state.last_plain.paragraph == sentence.paragraph
        and not any(one.form not in ("clock", "today") for one in phrases)
    )
    if not is_told(placement) and beside and state.last_plain is not None:
        # “Sirens sounded in X. A teacher there counted nine explosions.”
        placement = place_of(text, state.last_plain.start, state.last_plain.end, None, mentions, gazetteer)
    if not is_told(placement):
        known = state.tellings[-1] if state.tellings and sentence.paragraph - state.paragraphs[-1] <= REACH else None
        placement = same_building(known, passage, text) or in_the_city(text, passage, mentions, gazetteer) or placement
    zone = zone_of(placement.country, placement.position) or home
    clock = Clock.of(update, zone)
    dating = dated(
        phrases,
        clock,
        state.anchor or state.previous or _beside(state, sentence.paragraph),
        voice=said.by if said else "",
        backwards=state.backwards,
        place=zone_of(placement.country, placement.position),
    )
    own_date = dating is not None and dating.sure
    if dating is None:
        before = state.previous if state.previous_paragraph == sentence.paragraph else None
        dating = inherited(before, clock, leans=passage.definite or not is_told(placement))
    asserts = asserted(text, passage, placement, own_date=own_date, phrases=phrases)
    claims = claims_of(passage.figures, update, sentence, said if said is not None else None)
    whole = (passage.start, passage.end) if passage.others > 1 else (sentence.start, sentence.end)
    return Telling(
        id=telling_id(update.id, text[passage.start : passage.end]),
        update=update.id,
        spans=(span_of(update, *whole),),
        kind=passage.hit.trigger.kind,
        rule=passage.hit.trigger.name,
        trigger=passage.hit.text,
        asserts=asserts,
        definite=passage.definite,
        another=passage.another,
        dating=dating,
        placement=placement,
        actors=actors_in(text, passage.start, passage.end),
        claims=claims,
        words=telling_words(text[passage.start : passage.end]),
        ships=ship_names(text[sentence.start : sentence.end]),
        targets=targets(text[passage.start : passage.end]),
    )


def _beside(state: State, paragraph: int) -> Dating | None:
    """The date of what the paragraph told just before, though it is only the day of the update."""
    return state.tellings[-1].dating if state.tellings and state.paragraphs[-1] == paragraph else None


def _each_place(telling: Telling, text: str, passage: Passage, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Telling]:
    """One telling for each place of a list; otherwise the telling as it is."""
    if not telling.asserts:
        return [telling]
    places = listed_places(text, passage.start, passage.end, mentions, gazetteer)
    if telling.placement.position is not None and telling.placement.position not in [place.position for place in places]:
        return [telling]
    flags = (*telling.flags, TOGETHER) if any(claim.unit == "people" for claim in telling.claims) else telling.flags
    several = [replace(telling, id=f"{telling.id}-{number}", placement=place, flags=flags) for number, place in enumerate(places, 1)]
    return several or [telling]
