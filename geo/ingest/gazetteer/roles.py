"""What a name does in its sentence: a place, a government, a flag, a person, a ship, an agency, a dateline, or only a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from geo.ingest.gazetteer import lexicon
from geo.ingest.gazetteer.folding import ARTICLES, fold
from geo.ingest.gazetteer.index import Gazetteer
from geo.ingest.gazetteer.scanning import Span

Role = Literal["place", "speaker", "metonym", "demonym", "flag", "person", "ship", "agency", "dateline", "organisation", "word"]

_ABROAD = frozenset(["US", "GB", "FR", "RU", "TR", "CN", "IR"])
_BEFORE, _AFTER = 110, 110
_KNOWN, _LARGE = 50_000, 100_000
_SMALL_WORDS = re.compile(r"(?<![^\W_])[a-z]+(?![^\W_])")
_PREVIOUS = re.compile(r"([^\W\d_][\w'’-]*)[ \u00a0](?:(?:al|el|ul|ad|as|ar|ash)[- ])?$")
_FOLLOWING = re.compile(r"^[ \u00a0]([A-Z][a-z'’]+(?:-[A-Z][a-z]+)?)")
# “Kafr al-Zayt”, of which the gazetteer knows a Kafr only.
_ARTICLE_NAME = re.compile(r"^[ \u00a0](?:al|el|ul|ad|an|as|ash|ar|at|az|ed|er|es|et|ez)[-‐‑ ][A-Z]")
# “The US, France and Britain struck”: all of them act.
_AND_OTHERS = re.compile(
    r"^(?:,?\s+and\s+|,\s+)(?:the\s+)?[A-Z][\w.’'-]*(?:\s+[A-Z][\w’'-]*)?(?:(?:,?\s+and\s+|,\s+)(?:the\s+)?[A-Z][\w.’'-]*(?:\s+[A-Z][\w’'-]*)?){0,5}"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]['”\"’)]*\s+|\n\s*|[“\"‘(—–•*-]\s*)$")
_MONTH_DAY = re.compile(r"^\s+\d{1,2}\b|^\s+\d{4}\b")


@dataclass(frozen=True, slots=True)
class Scene:
    """A text as the roles see it: its words in small letters, and the names that people in it bear."""

    text: str
    small: frozenset[str]
    persons: frozenset[str]

    @staticmethod
    def of(text: str, found: Sequence[Span]) -> Scene:
        """The scene of a text with these names in it."""
        small = frozenset(_SMALL_WORDS.findall(text))
        bare = Scene(text, small, frozenset())
        persons = {span.folded for span in found if span.hits and _person(span, *bare.sides(span), bare) and " " not in span.folded}
        return Scene(text, small, frozenset(persons))

    def sides(self, span: Span) -> tuple[str, str]:
        """The text before and after a name, as far as a role needs it; a blank line ends it."""
        before = self.text[max(0, span.start - _BEFORE) : span.start]
        after = self.text[span.end : span.end + _AFTER]
        return before.rpartition("\n\n")[2], after.partition("\n\n")[0]


def role_of(span: Span, scene: Scene, gazetteer: Gazetteer) -> tuple[Role, str]:
    """The role of a name and why, in words."""
    before, after = scene.sides(span)
    fixed = _marked(span, before, after, scene)
    if fixed is not None:
        return fixed
    if span.people is not None:
        return _of_people(span, after, gazetteer)
    if _is_cut_short(span, after, scene, gazetteer):
        return "word", "the first word of a longer name that the gazetteer does not have"
    if why := _only_a_word(span, before, after, scene):
        return "word", why
    state = next((hit.entry for hit in span.hits if hit.entry.kind == "country"), None)
    seat = gazetteer.seat(span.folded)
    if state is not None or seat is not None:
        return _of_state(before, after, is_country=state is not None)
    if lexicon.BYLINE_BEFORE.search(before):
        return "speaker", "where a report was filed"
    if spoken := _spoken(before, after):
        return "speaker", spoken
    if lexicon.LOCATIVE_BEFORE.search(before):
        return "place", "a word of place stands before it"
    if lexicon.HIT_BEFORE.search(before):
        return "place", "it is what was hit, taken or reached"
    if lexicon.PLACE_NOUN_AFTER.search(after):
        return "place", "a word for a kind of place follows it"
    return _by_standing(span, before, after)


def _marked(span: Span, before: str, after: str, scene: Scene) -> tuple[Role, str] | None:
    """Roles that the words beside a name settle, whatever it is."""
    if lexicon.FLAG_AFTER.search(after) or lexicon.FLAG_OF.search(before) or lexicon.FLAG_BEFORE.search(before):
        return "flag", "a flag, not a place"
    if compound := lexicon.COMPOUND_AFTER.search(after):
        if compound["held"] and not span.people:
            return "metonym", "who holds the place, not where it is"
        return ("speaker", "where somebody sits") if compound["seat"] else ("metonym", "who stands behind it, not where it is")
    if lexicon.MEDIA_AFTER.search(after) or lexicon.MEDIA_BEFORE.search(before):
        return "agency", "part of the name of a newspaper, station or agency"
    if span.folded in lexicon.MEDIA_NAMES and not re.search(r"\bin\s+$", before) and not lexicon.PLACE_NOUN_AFTER.search(after):
        return "agency", "the name of an agency or a station"
    if lexicon.BYLINE_AFTER.search(after):
        return "dateline", "the office of a reporter"
    if _opens_paragraph(span, scene) and lexicon.DATELINE_AFTER.search(after):
        return "dateline", "where a report was filed, not where it happened"
    if _is_capital_dateline(span, scene):
        return "dateline", "where a report was filed: its text names another place"
    if span.hits and lexicon.SHIP_PREFIX.search(before) and not _is_water(span):
        return "ship", "the name of a ship"
    quoted = lexicon.QUOTED_BEFORE.search(before) and lexicon.QUOTED_AFTER.search(after)
    if quoted and lexicon.SHIP_WORD.search(before[-60:] + " " + after[:60]):
        return "ship", "a name in quotation marks, with a ship in the sentence"
    if span.hits and not _has_generic(span) and lexicon.ORGANISATION_AFTER.search(after):
        return "organisation", "part of the name of an organisation, treaty or meeting"
    if lexicon.ORGANISATION_BEFORE.search(before):
        return "organisation", "part of the name of an organisation or operation"
    if span.hits and (why := _person(span, before, after, scene)):
        return "person", why
    if span.folded in scene.persons and not lexicon.LOCATIVE_BEFORE.search(before):
        return "person", "somebody of this name is in the text"
    return None


def _person(span: Span, before: str, after: str, scene: Scene) -> str | None:
    best = span.hits[0].entry
    if best.kind in ("country", "sea", "strait", "province") and span.folded not in lexicon.GIVEN_NAMES:
        return None
    if lexicon.TITLE.search(before):
        return "a title or office stands before it"
    previous = _PREVIOUS.search(before)
    if (
        previous
        and previous[1][0].isupper()
        and not previous[1].endswith(("'s", "’s"))
        and not _is_plain(previous[1], before[: previous.start()], scene)
        and not _has_generic(span)
    ):
        return f"part of a longer name ({previous[1]} …)"
    following = _FOLLOWING.match(after)
    given = span.folded in lexicon.GIVEN_NAMES
    if given and following and fold(following[1]) not in lexicon.GENERIC | lexicon.ORDINARY and not lexicon.LOCATIVE_BEFORE.search(before):
        return f"a given name, followed by {following[1]}"
    return None


def _is_plain(word: str, before: str, scene: Scene) -> bool:
    """Whether a capitalised word before a name is no part of it: it opens the sentence, or is a word that is always written so."""
    folded = fold(word)
    if word.isupper() or folded in lexicon.GENERIC or folded in ARTICLES:
        return True
    if folded in lexicon.ORDINARY or folded in scene.small:
        return True
    return bool(_SENTENCE_START.search(before)) and folded.endswith(("ly", "ing", "ed"))


def _of_people(span: Span, after: str, gazetteer: Gazetteer) -> tuple[Role, str]:
    if gazetteer.demonym(span.folded) is None:
        return "metonym", "the seat of a government"
    match = lexicon.DEMONYM_PLACE_AFTER.search(after)
    # The base of a power that has bases abroad may be anywhere.
    if match and not ("base" in match.group() and span.people in _ABROAD):
        return "place", "a place in the country that the word is about"
    return "demonym", "a people or what belongs to a country"


def _only_a_word(span: Span, before: str, after: str, scene: Scene) -> str | None:
    if " " in span.folded or any(hit.entry.kind == "country" for hit in span.hits):
        return None
    name = span.folded
    if name not in lexicon.ORDINARY and name not in scene.small:
        return None
    if any(hit.entry.source.startswith("Dateline") for hit in span.hits):
        return None
    if lexicon.PROVINCE_AFTER.search(after) and name not in ("the", "a", "this"):
        return None
    sure = re.search(r"\b(?:in|near|at|outside|around)\s+$", before) and not _MONTH_DAY.search(after) and not _FOLLOWING.match(after)
    known = any(hit.entry.population > 100_000 or hit.entry.kind != "town" for hit in span.hits)
    if sure and known and name not in scene.small and len(name) > 3 and name not in _NEVER:
        return None
    return "an ordinary word or a common name that is also the name of a place"


def _is_cut_short(span: Span, after: str, scene: Scene, gazetteer: Gazetteer) -> bool:
    """Whether a little-known name runs on into a word that is no name of the gazetteer: Tell Mardikh, of which only Tell is known."""
    if any(hit.entry.kind != "town" or hit.entry.population > _LARGE for hit in span.hits):
        return False
    if re.match(r"^[-‐‑][A-Z]", after):
        return True
    if _ARTICLE_NAME.match(after):
        return True
    following = _FOLLOWING.match(after)
    if following is None:
        return False
    word = fold(following[1])
    return word not in lexicon.GENERIC | lexicon.ORDINARY and word not in scene.small and gazetteer.demonym(word) is None


_NEVER = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "islam",
        "biden",
        "trump",
        "obama",
        "putin",
    ]
)


def _of_state(before: str, after: str, *, is_country: bool) -> tuple[Role, str]:
    """Countries and the seats of their governments: the land or town, or those who govern it."""
    thing = "the state" if is_country else "the government that sits there"
    if lexicon.SPOKEN_AFTER.search(after):
        return "speaker", "where something was said"
    if re.search(r"\bIn\s+$", before) and lexicon.SPEAKER_AFTER.search(after):
        return "speaker", "where somebody spoke"
    if lexicon.BYLINE_BEFORE.search(before):
        return "speaker", "where a report was filed"
    if spoken := _spoken(before, after):
        return "speaker", spoken
    if lexicon.POLITICS_AFTER.search(after):
        return "metonym", f"{thing}, by what follows"
    if lexicon.PARTY_BEFORE.search(before):
        return "metonym", f"{thing}, as a party"
    if _LAND_BEFORE.search(before):
        return "place", "a word of place stands before it"
    if lexicon.HIT_BEFORE.search(before):
        return "place", "it is what was hit, taken or reached"
    if lexicon.PLACE_NOUN_AFTER.search(after) or _BORDER_AFTER.search(after):
        return "place", "a word for a kind of place follows it"
    others = _AND_OTHERS.match(after)
    if lexicon.SUBJECT_AFTER.search(after) or (others and lexicon.SUBJECT_AFTER.search(after[others.end() :])):
        return "metonym", f"{thing} speaks or acts"
    if re.match(r"^\s*[:–—-]\s", after) and _SENTENCE_START.search(before):
        return "place", "it heads its paragraph"
    if re.search(r"\b[A-Z][\w’'-]+,\s+$", before):
        return "place", "it follows the name of a place"
    return "metonym", f"{thing}, since no word of place stands beside it"


_LAND_BEFORE = re.compile(
    r"\b(?:in|inside|into|within|across|throughout|over|near|around|outside|off|between|from|towards?|at|on|entering|leaving|enter|leave|rest\s+of|"
    r"(?:north|south|east|west)\w*\s+of|(?:coast|outskirts|suburbs|airport|centre|center|waters|shores?|parts?|city|town|(?:sea|fishing\s+|container\s+)?port|harbou?r|docks?|edges?|heart|middle|"
    r"streets|districts?|neighbou?rhoods?|markets?|university|hospitals?|gates?|university|old\s+(?:city|town)|sky|skies|refinery|stadium|zoo)\s+of)\s+(?:the\s+)?"
    r"(?:(?:town|city|capital|coast|west|east|north|south|outskirts|suburbs|border|part|parts|countryside|territory|centre|center)\s+(?:of\s+)?)?"
    r"(?:(?:north|south|east|west|central|mid|downtown|greater|coastal|rural|occupied|upper|lower)\w*[- ]?(?:east|west)?(?:ern)?\s+)?(?:the\s+)?$"
    r"|\b(?:north|south|east|west)\w*[- ]?(?:east|west)?(?:ern)?\s+$",
    re.I,
)
_BORDER_AFTER = re.compile(r"^(?:[-–‐‑][A-Z]\w+)?['’]?s?\s+(?:border|frontier)\b", re.I)


def _spoken(before: str, after: str) -> str | None:
    """Whether the name says where words were spoken."""
    sentence = re.split(r"[.!?;]\s", before)[-1]
    starts = list(lexicon.SPOKEN_WORD.finditer(sentence))
    match = lexicon.SPOKEN_BEFORE.match(sentence, starts[-1].start()) if starts else None
    if match is None or not re.search(r"\b(?:in|at|from|to|with)\s+(?:the\s+)?(?:\w+\s+)?$", match["between"] or ""):
        return None
    if lexicon.SAID.match(match.group()) and not lexicon.SAID_IN.match(match.group()):
        return None
    if lexicon.HOUSE.match(match.group()) and lexicon.EVENT.search(sentence):
        return None
    if lexicon.EVENT.search(match["between"]) or re.search(r"\b(?:that|where|when|after|of)\b", match["between"]):
        return None
    return f"where something was said or who was spoken to (“{match.group().strip()}”)"


def _by_standing(span: Span, before: str, after: str) -> tuple[Role, str]:
    best = max(span.hits, key=lambda hit: hit.entry.population).entry
    first = span.hits[0]
    if any(hit.entry.kind != "town" and hit.spelling != "sounds alike" for hit in span.hits) or (
        best.population >= _KNOWN and first.spelling != "sounds alike"
    ):
        return "place", "a known place, named without a word of place"
    if re.match(r"^\s*[:–—]", after) and _SENTENCE_START.search(before):
        return "place", "it heads its paragraph"
    if re.search(r",\s+$|\b[A-Z][\w'’-]+,?\s+and\s+$", before) or re.match(r"^,\s+[A-Z]|^,?\s+in\s+(?:the\s+)?[A-Z]", after):
        return "place", "it stands in a list or beside another name"
    return "word", "a little-known name, and nothing beside it says that it is a place"


def _opens_paragraph(span: Span, scene: Scene) -> bool:
    line = scene.text[max(0, span.start - 60) : span.start].rpartition("\n")[2]
    return not line.strip() or bool(re.search(r"(?:GMT|UTC|EST|ET|UPDATE|\d)\W*$", line))


def _is_capital_dateline(span: Span, scene: Scene) -> bool:
    """Whether a name stands in a dateline of agencies, “MUKALLA, Yemen — ”, above a text that names another place, known or not."""
    line = scene.text[max(0, span.start - _BEFORE) : span.end + 300]
    at = line.rfind("\n", 0, min(span.start, _BEFORE)) + 1
    match = lexicon.CAPITAL_DATELINE.match(line[at:])
    inside = min(span.start, _BEFORE) - at
    if match is None or inside >= match.end():
        return False
    rest = line[at + match.end() :].partition("\n")[0]
    own = match[0]
    return any(one["name"].casefold() not in own.casefold() for one in lexicon.NAMED_AFTER.finditer(rest))


def _is_water(span: Span) -> bool:
    return any(hit.entry.precision == "sea" for hit in span.hits)


def _has_generic(span: Span) -> bool:
    """Whether the name itself says that it is a place: Baghdad International Airport."""
    words = span.folded.split(" ")
    return len(words) > 1 and (words[-1] in lexicon.GENERIC or words[0] in lexicon.GENERIC)
