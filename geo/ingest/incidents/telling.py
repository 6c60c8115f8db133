"""The tellings of one update: its passages with date, place, figures, speakers and actors."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta, tzinfo

from geo.ingest.blog.updates import BlogUpdate
from geo.ingest.gazetteer import Gazetteer, Mention
from geo.ingest.incidents.actors import actors_in
from geo.ingest.incidents.attribution import NOT_ATTRIBUTED, Source, source_near, source_of
from geo.ingest.incidents.candidate import Dating, Span, Telling
from geo.ingest.incidents.dating import dated, default_dating, shifted
from geo.ingest.incidents.days import Clock
from geo.ingest.incidents.figures import Figure, figures
from geo.ingest.incidents.own_dates import NO_DATE, inherited, own_phrases
from geo.ingest.incidents.own_places import in_the_city, own_place, same_building
from geo.ingest.incidents.passages import Passage, passages_of
from geo.ingest.incidents.place import is_told, listed_places, place_of
from geo.ingest.incidents.sentences import Sentence, sentences
from geo.ingest.incidents.time_phrases import time_phrases
from geo.ingest.incidents.words import ship_names, targets, telling_words
from geo.ingest.local_time import zone_of
from geo.model import Claim
from geo.moments import Moment

TOGETHER = "the figures may be of several places together"
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
# “The missile attacks of 8 January on X”: a noun with a date and a place of its own tells background, whoever speaks of it.
_OF_DATE = re.compile(r"^\s+(?:of|on|in)\s+(?:early\s+|late\s+)?$", re.I)
_REACH = 3  # paragraphs that a figure without an incident of its own may stand below its incident


@dataclass
class _State:
    """What has been read of an update so far."""

    tellings: list[Telling] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    anchor: Dating | None = None
    backwards: bool = False
    previous: Dating | None = None
    previous_paragraph: int = -1
    last_plain: Sentence | None = None
    source: Source | None = None
    source_paragraph: int = -1


def tellings_of(update: BlogUpdate, mentions: Sequence[Mention], *, gazetteer: Gazetteer, country: str | None = None) -> list[Telling]:
    """Every telling of an update, in order. `mentions` are the names of places in its text; `country` (ISO code) is what the blog is about."""
    state = _State()
    home = zone_of(country, None)
    for sentence in sentences(update.text):
        found, named = passages_of(update.text, sentence)
        said = source_of(sentence.text, state.source if state.source_paragraph >= sentence.paragraph - 1 else None)
        if not found:
            if not sentence.title and not sentence.asks:
                _more(state, update, sentence, said, mentions, gazetteer, home)
        else:
            _read(state, update, sentence, found, said, mentions, gazetteer, home)
        state.last_plain = sentence if not named and not sentence.title else None
        if said is not None:
            state.source, state.source_paragraph = said, sentence.paragraph
    return state.tellings


def _read(
    state: _State,
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
    state: _State, update: BlogUpdate, passage: Passage, said: Source | None, mentions: Sequence[Mention], gazetteer: Gazetteer, home: tzinfo | None
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
        known = state.tellings[-1] if state.tellings and sentence.paragraph - state.paragraphs[-1] <= _REACH else None
        placement = same_building(known, passage, text) or in_the_city(text, passage, mentions, gazetteer) or placement
    zone = zone_of(placement.country, placement.position) or home
    clock = Clock.of(update, zone)
    dating = dated(
        phrases,
        clock,
        state.anchor or state.previous,
        voice=said.by if said else "",
        backwards=state.backwards,
        place=zone_of(placement.country, placement.position),
    )
    own_date = dating is not None and dating.sure
    if dating is None:
        before = state.previous if state.previous_paragraph == sentence.paragraph else None
        dating = inherited(before, clock, leans=passage.definite or not is_told(placement))
    people = any(figure.unit == "people" and figure.metric in ("killed", "injured") for figure in passage.figures)
    grounded = is_told(placement) or own_date or people or passage.definite or bool(passage.figures)
    asserts = grounded and (
        (passage.told and not (passage.about and not (own_date or people or placement.position is not None)))
        or (
            ((passage.supported and not passage.about) or (own_date and passage.supported) or people)
            and passage.hit.trigger.strength == "names"
            and _names_one(passage, own_date, people)
        )
    )
    hit = passage.hit
    if hit.trigger.strength == "names" and hit.trigger.kind is not None and is_told(placement) and own_date:
        asserts = asserts or any(one.form in ("date", "month_day", "month_year") and _OF_DATE.match(text[hit.end : one.start]) for one in phrases)
    if passage.definite and not (own_date or people or is_told(placement)):
        asserts = False
    if passage.hit.trigger.kind is None and not (people and (is_told(placement) or own_date)):
        asserts = False
    claims = _claims(passage.figures, update, sentence, said if said is not None else None)
    whole = (passage.start, passage.end) if passage.others > 1 else (sentence.start, sentence.end)
    return Telling(
        id=_id(update.id, text[passage.start : passage.end]),
        update=update.id,
        spans=(_span(update, *whole),),
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


def _names_one(passage: Passage, own_date: bool, people: bool) -> bool:
    """Whether a noun stands for one incident that the sentence tells, and not for one that it takes as known."""
    return own_date or people or not passage.definite


def _more(
    state: _State, update: BlogUpdate, sentence: Sentence, said: Source | None, mentions: Sequence[Mention], gazetteer: Gazetteer, home: tzinfo | None
) -> None:
    """A sentence without a trigger: its figures belong to what was told just before; else it is a mention that may be linked."""
    found = [figure for figure in figures(update.text, sentence.start, sentence.end) if figure.unit in ("people", "holes", "km", "minutes")]
    if not found and state.tellings and state.paragraphs[-1] == sentence.paragraph and state.tellings[-1].kind in _BY_WEAPON:
        # “They had launched ten drones”: how many of what was told just before.
        found = [one for one in figures(update.text, sentence.start, sentence.end) if one.unit in _BY_WEAPON[state.tellings[-1].kind]]
    claims = _claims(
        tuple(found), update, sentence, said if said is not None else (state.source if state.source_paragraph == sentence.paragraph else None)
    )
    ships = ship_names(sentence.text)
    if (not claims and not ships) or (claims and _SUM.search(sentence.text)):
        return
    placement = place_of(update.text, sentence.start, sentence.end, None, mentions, gazetteer)
    known = state.tellings[-1] if state.tellings and sentence.paragraph - state.paragraphs[-1] <= _REACH else None
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
        fits = same or ((known.asserts or known.definite) and len({one.kind for one in state.tellings}) <= 2)
        if fits and not apart and not (ships and not ships & known.ships):
            state.tellings[-1] = replace(known, claims=(*known.claims, *claims), spans=(*known.spans, _span(update, sentence.start, sentence.end)))
            return
    dating = own or default_dating(clock)
    toll = _TOLL.match(sentence.text) is not None
    rule = TOLL if claims and toll else LOOSE if claims else "a ship that is told of elsewhere"
    state.tellings.append(
        Telling(
            _id(update.id, sentence.text),
            update.id,
            (_span(update, sentence.start, sentence.end),),
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


def _one_of_them(known: Telling, update: BlogUpdate, sentence: Sentence, dating: Dating, claims: tuple[Claim, ...]) -> Telling:
    """“The second such blast in a week. The first, on August 28, killed three”: of the same kind and place, at another time."""
    return replace(
        known,
        id=_id(update.id, sentence.text),
        spans=(_span(update, sentence.start, sentence.end),),
        rule=f"{known.rule}, of which this is another",
        asserts=True,
        another=True,
        dating=dating,
        claims=claims,
        words=telling_words(sentence.text),
        flags=(),
    )


def _claims(found: tuple[Figure, ...], update: BlogUpdate, sentence: Sentence, said: Source | None) -> tuple[Claim, ...]:
    claims = []
    for figure in found:
        near = source_near(sentence.text, figure.start - sentence.start, said)
        claims.append(
            Claim(
                figure.metric,
                figure.low,
                figure.high,
                figure.unit,
                figure.text,
                near.by if near else NOT_ATTRIBUTED,
                near.via if near else None,
                update.moment,
                update.id,
            )
        )
    return tuple(claims)


def _span(update: BlogUpdate, start: int, end: int) -> Span:
    return Span(update.id, start, end, update.text[start:end])


def _id(update: str, words: str) -> str:
    plain = " ".join(re.findall(r"\w+", words.casefold()))
    return f"{update}-{hashlib.sha256(plain.encode()).hexdigest()[:8]}"
