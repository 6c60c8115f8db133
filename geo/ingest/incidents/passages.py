"""The passages of an update that tell or name an incident: each with its trigger, and whether it says that it happened."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from geo.ingest.incidents.figures import Figure, figures
from geo.ingest.incidents.modality import denial, habitual, remembered, spoken_about
from geo.ingest.incidents.sentences import Part, Sentence, parts
from geo.ingest.incidents.triggers import TRIGGERS, Hit, hits_in
from geo.ingest.incidents.vocabulary import DRONE

# Fighters who “were killed”, by no means that is told: a figure of what else the sentence tells.
LEANING = "fighters killed"
_ORDER = {trigger.name: index for index, trigger in enumerate(TRIGGERS)}
_SUPPORT = re.compile(
    r"\b(?:hit|hits|struck|kill(?:ed|ing|s)|injur(?:ed|ing)|wound(?:ed|ing)|damag(?:ed|ing)|destroy(?:ed|ing)|took\s+place|occurred|"
    r"reported|heard|rocked|shook|left|leaving|targeted|targeting|caused|began|resumed|"
    r"carried\s+out|conducted|launched|respond(?:ed|s)\s+(?:\S+\s+){0,6}with|hear|rang\s+out|report|reports|continued|continues|"
    r"set\s+(?:fire|alight)|brought\s+down|levelled|collapsed|toppled|flattened|underway|under\s+way|broke\s+out|came\s+under|has\s+been|"
    r"have\s+been|there\s+(?:was|were))\b", re.I
)  # fmt: skip
_DEFINITE = re.compile(
    r"(?:\b(?:the|this|that|these|those|its|his|their|both|such|said)|\b[A-Z][a-z]+day['’]s|\b[\w’'-]+['’]s|\byesterday['’]s|"
    r"\btoday['’]s)\s+(?:(?!of\b|in\b|on\b|by\b|and\b)[\w’'-]+\s+){0,4}$",
    re.I,
)
_ANOTHER = re.compile(
    r"\b(?:another|second|third|fourth|similar|new|fresh|again|separate(?:ly)?|additional|other|further|once\s+more|"
    r"different)\s+(?:[\w’'-]+\s+){0,4}$|\bsecond\s+(?:strike|attack|explosion|blast)\b",
    re.I,
)
_VERB = re.compile(
    r"(?:\w+ed|shot|struck|hit|blew|blown|set|was|were|been|fell|brought|left|took|taken|\w+ing|ran|threw|hear|"
    r"heard)\b(?!\s+(?:attacks?|strikes?)\b)",
    re.I,
)
_ELSEWHERE = re.compile(r"\b(?:in|near|at|outside|off|on)\s+(?:the\s+)?(?:\w+\s+)?[A-Z]")
_AFTER_ONE = re.compile(r"\b(?:after|following|in)\s+(?:an?|another|two|three|several)\s+(?:[\w’'-]+\s+){0,3}$", re.I)
_DAMAGE = re.compile(
    r"\b(?:fires?\s+(?:broke|started|is|was)|caught\s+fire|on\s+fire|ablaze|burn(?:ed|t|ing)|damage[ds]?|destroyed|collapsed|killed|died|dead|wounded|injured|hurt|"
    r"blackouts?|without\s+(?:power|electricity|water))\b",
    re.I,
)
# “Explosions near the port of X.” “A night of air raids on Y.”: news without a verb.
_NO_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|being|has|have|had|do|does|did|will|would|may|might|could|can|should|must|says?|said|took|came|went|hit|struck|"
    r"fell|left|began|goes|comes?|told|tells?|spoke|(?!(?:reported|renewed|repeated|continued|unidentified|suspected|alleged|sustained)\b)[a-z]+ed)\b",
    re.I,
)
_OPENS_NEWS = re.compile(
    r"^\W*(?:(?:an?|more|new|fresh|several|two|three|heavy|loud|huge|massive|further|renewed|reported|intense|(?:a|another)\s+(?:night|day|morning)\s+of|"
    r"big|large|multiple|sporadic|major|deadly)\s+)*$",
    re.I,
)
_NEWS_PLACE = re.compile(
    r"^\s+(?:\w+\s+){0,4}?(?:in|on|near|at|over|around|outside|across|off|against)\s+(?:the\s+)?(?:\w+\s+){0,5}?(?-i:[A-Z])", re.I
)
# “One attacker was shot dead”: of those who did what was told before.
_OF_THE_ATTACKERS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+|an|both|all)\s+(?:of\s+the\s+)?(?:attackers?|assailants?|bombers?|raiders?)\s+(?:was|were|had\s+been|has\s+been|"
    r"have\s+been)\s+(?:shot|killed|wounded|gunned|captured|arrested|later)",
    re.I,
)
# What hit, where the verb says only that something was hit: “rockets again: five hit the camp”.
_WEAPONS = (
    (re.compile(rf"\b{DRONE}\b", re.I), "drone_strike"),
    (re.compile(r"\b(?:rockets?|missiles?|katyushas?|grads?)\b", re.I), "rocket_attack"),
    (re.compile(r"\b(?:shells|mortars?|artillery|howitzers?)\b", re.I), "shelling"),
)
# Not “a bomb at the funeral of …”.
_FUNERAL = re.compile(
    r"(?<!\bat\s)(?<!\bon\s)(?<!\bhit\s)(?<!\bat\sthe\s)(?<!\bon\sthe\s)(?<!\bat\sa\s)(?<!\bduring\sthe\s)\b(?:funerals?|burials?)\s+(?:of|for)\b|"
    r"\b(?:were|was|been|being)\s+(?:buried(?!\s+(?:under|beneath|in\s+the\s+rubble|alive))|laid\s+to\s+rest|mourned)\b",
    re.I,
)
_PLAIN_THE = re.compile(r"\bthe\s+(?:first|second|third|latest|deadliest|worst|only|fourth|fifth)\b", re.I)


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters `start` to `end` of an update's text, in `sentence`, about one incident.

    `hit` gives its kind. `told` says whether the words alone tell that it happened (a verb), `supported` whether they do so with a noun. `joint` are
    the words before it in its sentence, such as “a week after”; `others` counts the passages of the sentence.
    """

    start: int
    end: int
    sentence: Sentence
    hit: Hit
    told: bool
    supported: bool
    definite: bool
    another: bool
    about: bool
    joint: str
    others: int
    figures: tuple[Figure, ...]


def passages_of(text: str, sentence: Sentence) -> tuple[list[Passage], bool]:
    """The passages of one sentence, and whether it names an incident at all, denied or feared ones among them."""
    if sentence.title or sentence.asks:
        return [], False
    hits = hits_in(text, sentence.start, sentence.end)
    if not hits:
        return [], False
    if any(hit.trigger.kind is not None and hit.trigger.name != LEANING for hit in hits):
        hits = [hit for hit in hits if hit.trigger.name != LEANING]
    blocks = _blocks(text, sentence, hits)
    found = []
    for part, own in blocks:
        passage = _passage(text, sentence, part, own, len(blocks))
        if passage is not None:
            found.append(passage)
    return found, True


def _blocks(text: str, sentence: Sentence, hits: list[Hit]) -> list[tuple[Part, list[Hit]]]:
    """The parts of a sentence, joined so that each holds a trigger that tells, or the only triggers of the sentence."""
    blocks: list[tuple[Part, list[Hit]]] = []
    lead: Part | None = None
    for part in parts(sentence):
        own = [hit for hit in hits if part.start <= hit.start < part.end]
        opens = any(hit.trigger.strength == "tells" for hit in own) or (bool(own) and bool(re.search(r"\b(?:after|before)\s+$", part.joint)))
        if lead is not None:
            part, lead = Part(lead.start, part.end, lead.joint), None
        if not blocks:
            if own:
                blocks.append((part, own))
            else:
                lead = part
            continue
        last, before = blocks[-1]
        if opens and (before and _apart(before, own, part, text[part.start : part.end])):
            blocks.append((part, own))
        else:
            blocks[-1] = (Part(last.start, part.end, last.joint), before + own)
    if lead is not None and blocks:
        last, before = blocks[-1]
        blocks[-1] = (Part(last.start, lead.end, last.joint), before)
    return blocks


def _apart(before: list[Hit], own: list[Hit], part: Part, said: str) -> bool:
    """Whether two parts tell two things: of another kind, or a time apart, or both with a verb of their own."""
    if re.search(r"\b(?:hours?|days?|weeks?|months?|years?)\s+(?:after|before)\s*$", part.joint.strip()):
        return True
    first = min(before, key=lambda hit: _ORDER[hit.trigger.name])
    second = min(own, key=lambda hit: _ORDER[hit.trigger.name])
    if second.trigger.kind is None:
        return False
    # “Gunmen burst into a church, and shot dead four people”: the same men, at the same place.
    if re.search(r"\band\s+$", part.joint) and min(hit.start for hit in own) <= part.start + 1 and not _ELSEWHERE.search(said):
        return False
    if re.search(r"\b(?:after|before|when|while|as)\b", part.joint):
        return first.trigger.kind != second.trigger.kind and first.trigger.kind is not None
    return True


def _passage(text: str, sentence: Sentence, part: Part, hits: list[Hit], others: int) -> Passage | None:
    valid = [hit for hit in hits if denial(text, part.start, hit.start, hit.end, part.end) is None]
    if not valid:
        return None
    telling = [hit for hit in valid if hit.trigger.strength == "tells"]
    named = [hit for hit in valid if hit.trigger.kind is not None]
    first = min(telling or named or valid, key=lambda hit: (_ORDER[hit.trigger.name], hit.start))
    if not telling and named:
        first = _foremost(text, part, named)
    elif telling and named:
        # “A drone strike killed …”: a noun of a closer kind beside the verb.
        closer = [
            hit
            for hit in named
            if hit.trigger.kind != first.trigger.kind and _ORDER[hit.trigger.name] < _ORDER[first.trigger.name] and hit.start < first.start + 60
        ]
        clear = [hit for hit in closer if not spoken_about(text, part.start, hit.start)]
        first = clear[0] if clear else first
    said = text[part.start : part.end]
    wide = habitual(said)
    about = spoken_about(text, part.start, first.start)
    if about and _AFTER_ONE.search(text[max(part.start, first.start - 40) : first.start]) and _DAMAGE.search(said):
        about = False  # “A fire broke out at the refinery after a drone attack”: told with what it did
    rest = said[: first.start - part.start] + " " + said[first.end - part.start :]
    found = tuple(figures(text, part.start, part.end))
    before = text[max(part.start, first.start - 70) : first.start]
    definite = bool(_DEFINITE.search(before)) and not _PLAIN_THE.search(before[-40:])
    # “Its men raided”: the subject of a verb is known, and not what it did.
    definite = definite and not _VERB.match(first.text)
    # “Died when their truck struck a mine”: whose it was is known, and not that it struck one.
    definite = definite and not (telling and re.search(r"\b(?:its|his|her|their)\s+(?:\w+\s+)?$", before))
    # The verb's own subject: “the attackers fired”.
    definite = definite or bool(re.match(r"(?:the|these|those)\s", first.text, re.I))
    # Who is buried or mourned has been killed by what was told before.
    definite = definite or bool(_FUNERAL.search(said))
    another = bool(_ANOTHER.search(before)) or bool(re.search(r"\bagain\b", first.text, re.I)) or bool(re.search(r"\bsecond\b", first.text, re.I))
    supported = bool(_SUPPORT.search(rest)) or any(figure.unit == "people" for figure in found)
    supported = supported or (not telling and _is_bare_news(sentence, first))
    told = bool(telling) and not wide and not (remembered(said))
    first = _by_weapon(sentence, first)
    if first.trigger.kind == "armed_clash" and _OF_THE_ATTACKERS.search(said) and not _ELSEWHERE.search(said):
        first, told, definite = replace(first, trigger=replace(first.trigger, kind=None)), False, True
    if definite and re.match(r"(?:attackers?|assailants?|gunm[ae]n)\b", first.text, re.I) and first.trigger.strength == "tells":
        # “The attackers fired from 8 km”: of an incident of any kind.
        first, told = replace(first, trigger=replace(first.trigger, kind=None)), False
    return Passage(part.start, part.end, sentence, first, told, supported and not wide, definite, another, about, part.joint, others, found)


def _is_bare_news(sentence: Sentence, first: Hit) -> bool:
    """Whether a sentence is a noun with its place and no more, as desks write what has just come in."""
    at = first.start - sentence.start
    before, after = sentence.text[:at], sentence.text[at + first.end - first.start :]
    return first.trigger.kind is not None and bool(_OPENS_NEWS.match(before) and _NEWS_PLACE.match(after)) and not _NO_VERB.search(before + after)


def _by_weapon(sentence: Sentence, first: Hit) -> Hit:
    """A hit of which the verb does not say what struck, with the kind of the one sort of weapon that its sentence names before it."""
    if first.trigger.name != "struck":
        return first
    kinds = {kind for pattern, kind in _WEAPONS if pattern.search(sentence.text[: first.start - sentence.start])}
    return replace(first, trigger=replace(first.trigger, kind=kinds.pop())) if len(kinds) == 1 else first


def _foremost(text: str, part: Part, named: list[Hit]) -> Hit:
    """Of several nouns the one that the sentence is about: not the one that somebody answers or speaks of."""
    clear = [hit for hit in named if not spoken_about(text, part.start, hit.start)]
    return (clear or named)[0]
