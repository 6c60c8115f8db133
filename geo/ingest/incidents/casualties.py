"""Figures of people killed and hurt: who is counted, what befell them, and the sentences that say that there were none."""

from __future__ import annotations

import re

from geo.ingest.incidents.casualty_patterns import (
    AGE,
    AND_HURT,
    AND_MORE,
    ANOTHER,
    BACKWARD,
    BODIES,
    BODIES_FOUND,
    BOTH,
    COUNTS,
    DEAD,
    FORWARD,
    FOUND,
    HURT,
    LIVES,
    NOBODY,
    NOT_ONE,
    OF_AGE,
    ONE,
    PAIR,
    PEOPLE,
    RAISED,
    SOLE,
    THING,
    TOLL,
    UNTOLD,
    WITH_WOUNDS,
)
from geo.ingest.incidents.coordination import subjects, sum_up
from geo.ingest.incidents.quantities import Figure, add, bounds

_I = re.IGNORECASE
# A sentence without any of these holds no figure.
_OF_PEOPLE = (
    "kill",
    "dead",
    "die",
    "slain",
    "lives",
    "murder",
    "massacre",
    "perish",
    "fatal",
    "injur",
    "wound",
    "hurt",
    "maim",
    "burn",
    "treated",
    "hospital",
    "casualt",
    "death",
    "victim",
    "toll",
    "harmed",
    "martyr",
    "loss of life",
    "leaving",
    "left",
    "shot dead",
    "gunned",
    "assassinat",
    "behead",
    "decapit",
    "slaughter",
    "bodies",
    "corpses",
    "drown",
    "execut",
    "hack",
    "lynch",
    "to death",
    "shrapnel",
    "hit in the",
)


def people_in(found: list[Figure], small: str, text: str, start: int, end: int) -> None:
    """Add the figures from `start` to `end` of `text`; `small` is that part in small letters."""
    if not any(word in small for word in _OF_PEOPLE):
        return
    for match in NOBODY.finditer(text, start, end):
        if not UNTOLD.match(text, match.start(), end):
            add(found, _nobody(match, text))
    for match in UNTOLD.finditer(text, start, end):
        add(found, Figure("casualties", None, None, "people", match.group(), match.start(), match.end()))
    if "toll" in small or "number of" in small or "dead" in small:
        for pattern in (RAISED, TOLL):
            for match in pattern.finditer(text, start, end):
                _people(found, match, _metric(match["state"] or "killed"))
    if "bodies" in small or "corpses" in small or "remains" in small or "lives" in small:
        for pattern in (BODIES, BODIES_FOUND, FOUND, LIVES):
            for match in pattern.finditer(text, start, end):
                _people(found, match, "killed")
    for figure in subjects(text, start, end) if " and " in small else ():
        add(found, figure)
    for match in BACKWARD.finditer(text, start, end):
        _backward(found, match, text, end)
    for match in FORWARD.finditer(text, start, end):
        if match["aside"] and not match["people"]:
            continue
        metric = "killed" if re.search(r"\b(?:fatally|mortally)\b", match[0], _I) else _metric(match["state"])
        if _people(found, match, metric):
            _followed(found, text, match.end(), end)
    for match in WITH_WOUNDS.finditer(text, start, end) if " with " in small else ():
        _people(found, match, "injured")
    for match in ONE.finditer(text, start, end):
        if match["number"].lower() != "the" or not match["people"].lower().endswith("s"):
            add(
                found,
                Figure(
                    _metric(match["state"]),
                    1,
                    1,
                    "people",
                    match[0][: match.start("people") - match.start()] + match["people"],
                    match.start(),
                    match.end(),
                ),
            )
    _single(found, text, start, end)
    for match in PAIR.finditer(text, start, end) if " and " in small or "," in small else ():
        _people(found, match, _metric(match["state"]))
    for match in ANOTHER.finditer(text, start, end):
        before = [one for one in found if one.unit == "people" and one.end <= match.start()]
        if before:
            _people(found, match, max(before, key=lambda one: one.end).metric)
    for match in COUNTS.finditer(text, start, end):
        if match["state"] or (match["people"] or "").lower() in ("dead", "killed", "bodies"):
            _people(found, match, _metric(match["state"] or match["people"]))
    sum_up(found, text)


def _nobody(match: re.Match[str], text: str) -> Figure:
    state = (match["state"] or match["none"] or match["no"] or ("killed" if match["died"] else "")).lower()
    metric = {"killed": "killed", "deaths": "killed", "injuries": "injured", "wounded": "injured", "injured": "injured"}.get(state, "casualties")
    return Figure(metric, 0, 0, "people", match.group(), match.start(), match.end())


def _single(found: list[Figure], text: str, start: int, end: int) -> None:
    """One or two people who are named or called by what they are: “the mayor was shot dead”, “a chief and his guard were killed”."""
    for match in BOTH.finditer(text, start, end) if " and " in text[start:end] else ():
        heads = [part.split()[-1] for part in re.split(r"\s+and\s+", match["who"])]
        if len(heads) == 2 and not any(head.endswith("s") or THING.match(head) for head in heads) and not NOT_ONE.search(match["who"]):
            add(found, Figure(_metric(match["state"] or "killed"), 2.0, 2.0, "people", match["who"], match.start("who"), match.end()))
    for match in SOLE.finditer(text, start, end):
        clause = re.split(
            r"[;:.!?“”]\s*|,\s+(?:and|but|while)\s+|\b(?:when|after|before|that|where|while|as|because)\s",
            text[max(start, match.start() - 120) : match.start()],
        )[-1]
        who = re.sub(r"^\s*(?:and|but|then|later)\s+", "", clause, flags=_I).strip(" ,")
        named = re.match(r"(?:[A-Z][\w.’'-]+|(?i:the|an?|another|his|her|its|their|he|she)\b)", who)
        words = [word for word in who.split(",")[0].split() if word]
        if not words or named is None or NOT_ONE.search(who):
            continue
        head = re.split(r"\s+(?:of|from|in|at|with|near|on|for)\s+", " ".join(words))[0].split()[-1]
        if THING.match(head) or (match["died"] and not re.search(rf"\b(?:{PEOPLE})\b", who, _I)) or (head.endswith("s") and head[0].islower()):
            continue
        at = match.start() - len(clause) + len(clause) - len(clause.lstrip())
        metric = "killed" if match["died"] or re.search(r"\b(?:fatally|mortally)\b", match[0], _I) else _metric(match["state"])
        add(found, Figure(metric, 1.0, 1.0, "people", " ".join(words)[:80], max(start, at), match.end()))


def _backward(found: list[Figure], match: re.Match[str], text: str, end: int) -> None:
    state, number = match["state"].lower(), match["number"] or match["alone"]
    people, tail = match["people"], (match["tail"] or "").lower()
    if AGE.match(text[match.end("quantity") : match.end("quantity") + 8]) or number is None:
        return
    if state.startswith(("left", "leav")) and not tail and (people or "").lower() != "dead":
        return
    alone, stop = match["alone"], match.end()
    if alone and (not people or alone.lower() == "the"):
        # “Killing a patient in her bed”, “killed the deputy chief of police”: one, if it is somebody.
        noun = _somebody(text[match.end("quantity") : min(end, match.end("quantity") + 60)])
        if noun is None or (alone.lower() == "the" and not re.search(rf"\b(?:{PEOPLE})$", noun.strip(), _I)):
            return
        number, people, stop = "one" if alone.lower() == "the" else number, None, match.end("quantity") + len(noun)
        words = f"{alone}{noun}"
    else:
        words = _said(match, number, people)
    metric = _metric(tail or state)
    if people is None and re.match(
        r"\s+(?!and\b|in\b|on\b|near\b|at\b|people\b)(?:houses?|buildings?|vehicles?|cars?|tanks?|pages|others?\s+\w+s)\b",
        text[match.end() : match.end() + 20],
    ):
        return
    low, high = bounds(match["bound"], number)
    if add(found, Figure(metric, low, high, "people", words, match.start("quantity"), stop)):
        if match["also"]:
            found.append(Figure("injured", low, high, "people", words, match.start("quantity"), stop))
        if not _more(found, text, stop, end):
            _followed(found, text, stop, end)


def _somebody(after: str) -> str | None:
    """The words after “a” up to their head, if that is somebody and no thing."""
    match = re.match(
        r"\s+(?:[\w’'-]+\s+){0,4}?[\w’'-]+(?=\s*(?:[,.;:)”]|$)|\s+(?:in|on|at|of|near|when|after|while|and|who|whose|from|outside|inside|as|to|with|by|for|during|early|late|overnight|yesterday|last|this|[A-Z]\w+day)\b)",
        after,
    )
    if match is None:
        return None
    head = match[0].split()[-1]
    return None if THING.match(head) or head.lower().endswith("s") or head.isdigit() else match[0]


def _more(found: list[Figure], text: str, at: int, end: int) -> bool:
    """“Two pupils and a teacher”, “a lecturer and his driver”: a second group under the same verb."""
    match = AND_MORE.match(text[at:end])
    if match is None or re.match(rf"\s*(?:was|were|{HURT}|{DEAD})\b", text[at + match.end() : min(end, at + match.end() + 30)], _I):
        return False
    first, alone = found[-1], match["alone"]
    noun = (match["noun"] or "").strip().split(" ")[-1]
    if not match["people"] and (not noun or THING.match(noun) or (alone and noun.endswith("s")) or (not alone and not noun.endswith("s"))):
        return False
    if alone and match["people"] and match["people"].lower().endswith("s"):
        return False
    if alone and (first.low, first.high) == (1, 1):
        words = first.text + " ".join(match[0].split(" "))
        found[-1] = Figure(first.metric, 2.0, 2.0, "people", words, first.start, at + match.end())
        return True
    low, high = (1.0, 1.0) if alone else bounds(match["bound"], match["number"])
    stop = match.end("people") if match["people"] else match.end()
    words = text[at + match.start("quantity") : at + stop].strip()
    return add(found, Figure(first.metric, low, high, "people", words, at + match.start("quantity"), at + stop))


def _followed(found: list[Figure], text: str, at: int, end: int) -> None:
    """“killed and two injured”: a second figure that leans on the first."""
    match = AND_HURT.match(text[at:end])
    if match is None or not match["state"]:
        return
    number = match["number"] or match["alone"]
    low, high = bounds(match["bound"], number)
    words = _said(match, number, match["people"])
    add(found, Figure(_metric(match["state"]), low, high, "people", words, at + match.start("quantity"), at + match.end()))


def _people(found: list[Figure], match: re.Match[str], metric: str) -> bool:
    if match["number"] is None or OF_AGE.search(match.string[max(0, match.start("number") - 40) : match.start("number")]):
        return False
    low, high = bounds(match["bound"], match["number"])
    groups = match.groupdict()
    start = match.start("bound") if match["bound"] else match.start("number")
    return add(found, Figure(metric, low, high, "people", _said(match, match["number"], groups.get("people")), start, match.end()))


def _said(match: re.Match[str], number: str, people: str | None) -> str:
    if number.lower() == "handful":
        return "a handful"
    bound = " ".join((match["bound"] or "").split())
    words = f"{bound} {number}".strip() if bound.lower() not in ("likely", "probably", "only", "just") else number
    plain = people is None or people.lower() in ("people", "persons", "person", "others", "other", "dead", "killed")
    return words if plain else f"{words} {people}"


def _metric(state: str) -> str:
    return (
        "injured"
        if re.match(r"injur|wound|hurt|maim|burned$|had\s+burns|treat|hospital|taken|rushed|brought|sent|sustain|suffer|hit", state.strip(), _I)
        else "killed"
    )
