"""Figures of people killed and hurt: who is counted, what befell them, and the sentences that say that there were none."""

from __future__ import annotations

import re

from geo.ingest.incidents.quantities import NUMBER, QUANTITY, Figure, add, bounds

_PEOPLE = (
    r"people|persons?|civilians?|soldiers?|troops|fighters?|militants?|militia(?:men)?(?:\s+members?)?|members?|men|man|women|woman|"
    r"child(?:ren)?|boys?|girls?|officers?|policem[ae]n|police|guards?|guardsm[ae]n|"
    r"contractors?|workers?|fisherm[ae]n|sailors?|crew(?:\s+members?)?|journalists?|doctors?|nurses?|paramedics?|students?|pupils|"
    r"villagers?|residents?|others?|victims?|passengers?|pilots?|gunm[ae]n|attackers?|rebels?|"
    r"personnel|servicem[ae]n|recruits?|cadets?|commanders?|insurgents?|jihadis(?:ts)?|terrorists?|pilgrims?|worshippers?|shoppers?|"
    r"drivers?|refugees?|prisoners?|hostages?|casualties|dead|bodies|paratroopers?|marines?|"
    r"nationals?|employees?|teachers?|farmers?|miners?|peacekeepers?|mercenaries|extremists?|engineers?|patients|tourists?|migrants?|"
    r"settlers?|firefighters?|rescuers?|shepherds?|lives|bystanders?|protesters?|demonstrators?|"
    r"reservists?|conscripts?|militiamen|infants?|toddlers?|adults?|citizens?|Americans|Russians|Israelis|Palestinians|Syrians|Iraqis|"
    r"Iranians|Ukrainians|Afghans|Turks"
)
_FILL = (
    r"(?:(?!and\b|but\b|were\b|was\b|killed\b|injured\b|wounded\b|hurt\b|dead\b|when\b|in\b|on\b|at\b|by\b|said\b|says\b|rockets?\b|"
    r"missiles?\b|shells?\b|bombs?\b)[\w’'-]+\s+){0,5}?"
)
_GROUP = (
    rf"(?:\s+of\s+(?:them|those)(?=\s))?(?:\s+(?:more\s+)?(?:of\s+(?:the|its|his|their|"
    rf"them)\s+)?{_FILL}(?P<people>{_PEOPLE}|[a-z]+(?:s|men)(?=\s+(?:were|have\s+been|had\s+been)\b))\b(?:\s+of\s+(?:one|a|the|his|her)\s+\w+)?(?:\s+from\s+\w+)?)?"
)
_DEAD = r"(?:killed|dead|died|slain|shot\s+dead|martyred|lost\s+their\s+lives|murdered|massacred|die|dies|perished|fatalit\w+)"
_HURT = r"(?:injured|wounded|hurt|maimed|burned|had\s+burns|treated|hospitali[sz]ed|injuries)"
_AUX = (
    r"(?:\s+(?:was|were|is|are|have|has|had|been|being|also|reportedly|confirmed|feared|believed|likely|left|later|then|subsequently|"
    r"now|more|to\s+have|found|as))*"
)


_I = re.IGNORECASE
_FORWARD = re.compile(
    rf"(?<![\w.,-]){QUANTITY}{_GROUP}(?:,?\s+(?:including|among\s+them|mostly)\s[^,;.]{{0,60}},)?{_AUX}\s+(?P<state>{_DEAD}|"
    rf"{_HURT})\b(?!\s+(?:by|in|on)\s+the\s+number)",
    _I,
)
_ONE = re.compile(
    rf"(?<![\w-])(?P<number>an?|another|the)\s+(?:(?!and\b|of\b|number\b)[\w’'-]+\s+){{0,3}}?(?P<people>{_PEOPLE})(?:\s+(?:with|from|of|"
    rf"at|in)\s+(?:the\s+)?[\w’'-]+(?:\s+[\w’'-]+)?)?\s+(?:was|is|has\s+been|had\s+been|also)?\s*(?:later\s+|"
    rf"subsequently\s+)?(?P<state>killed|wounded|injured|hurt|died|shot\s+dead)\b",
    _I,
)
_BACKWARD = re.compile(
    rf"\b(?P<state>shot\s+dead|gunned\s+down|kill(?:ed|s|ing)|injur(?:ed|es|ing)|wound(?:ed|s|ing)|hurt(?:ing)?|slain|claim(?:ed|ing)\s+the\s+lives\s+of|"
    rf"deaths?\s+of|left|leaving|murder(?:ed|ing))\s+"
    rf"(?:(?P<also>and\s+(?:injur\w+|wound\w+))\s+)?(?P<quantity>{QUANTITY}|(?P<alone>an?|another|one)(?=\s)){_GROUP}(?P<tail>\s+(?:dead|"
    rf"killed|injured|wounded))?",
    _I,
)
_AND_HURT = re.compile(
    rf"^(?:\s+[\w’'-]+){{0,5}}?[,\s]+(?:and|with|while)\s+(?P<quantity>{QUANTITY}|(?P<alone>an?other|"
    rf"an?)){_GROUP}{_AUX}\s*(?P<state>{_HURT}|{_DEAD})?\b",
    _I,
)
_TOLL = re.compile(
    rf"(?:(?:death\s+)?toll|number\s+of\s+(?:people\s+|those\s+)?(?P<state>killed|dead|deaths|wounded|injured)|"
    rf"dead\b)[^.;]{{0,60}}?\b(?:(?:rose|risen|rises|raised|climbed|increased|up|revised|stands?|stood|now|put|puts|is|"
    rf"was)\s+)(?:\w+\s+)?(?:to|at|from)?\s*{QUANTITY}",
    _I,
)
_RAISED = re.compile(
    rf"\b(?:raised|revised|lowered|increased|put)\s+the\s+(?:number\s+of\s+(?:people\s+|those\s+)?(?P<state>killed|dead|deaths|wounded|"
    rf"injured)|(?:death\s+)?toll)[^.;]{{0,80}}?\b(?:to|at)\s+{QUANTITY}",
    _I,
)
_COUNTS = re.compile(
    rf"\b(?:speaks?|spoke|knows?|knew|told|reports?|counts?|counted|tells)\s+(?:of\s+)?{QUANTITY}{_GROUP}(?:\s+(?P<state>killed|dead|"
    rf"injured|wounded|hurt))?",
    _I,
)
_PAIR = re.compile(
    rf"(?<![\w.,-])(?P<bound>\b\B)?(?P<number>{NUMBER})\s+{_FILL}(?P<people>{_PEOPLE})\s+and\s+(?={NUMBER}\s+{_FILL}(?:{_PEOPLE}){_AUX}\s+(?P<state>{_DEAD}|{_HURT})\b)",
    _I,
)
_ANOTHER = re.compile(
    rf"[;,]\s+(?:and\s+|but\s+)?(?:another|a\s+second|others|a\s+third)\s+(?:[\w’'-]+\s+){{0,3}}?(?:says?|said|speaks?\s+of|spoke\s+of|"
    rf"puts?\s+it\s+at|counts?)\s+{QUANTITY}(?=[\s.;,]|$)",
    _I,
)
_NOBODY = re.compile(
    r"\b(?:nobody|no[\s-]one|no\s+(?:person|people|soldiers?|civilians?|crew\s+members?|staff|troops|personnel))\s+(?:\w+\s+){0,4}?(?:was|"
    r"were|is|has\s+been|have\s+been)\s+(?:\w+\s+)?(?P<state>hurt|killed|injured|wounded|harmed)|"
    r"\b(?:there\s+(?:were|are|was)|caused|with|causing|without)\s+(?:no\s+|any\s+)?(?P<none>casualties|injuries|deaths|"
    r"victims)\b(?!\s+(?:are|were)\s+known)|\b(?:no|without)\s+(?P<no>casualties|injuries|deaths|victims|loss\s+of\s+life)\b",
    _I,
)
_UNTOLD = re.compile(
    r"\bno\s+(?:reports?|word|details|immediate\s+reports?|information|mention|confirmed\s+reports?)\s+(?:of|on|"
    r"about)\s+(?:any\s+)?(?:casualties|injuries|deaths|victims)|\bno\s+(?:casualties|injuries|deaths)\s+(?:are|were|have\s+been|"
    r"had\s+been)\s+(?:known|reported|confirmed)|did\s+not\s+mention\s+casualties",
    _I,
)
_AGE = re.compile(r"^-?\s?(?:year|month|day|week|hour|km|pound|metre|meter|mile|%|per\s?cent)", _I)


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
)


def people_in(found: list[Figure], small: str, text: str, start: int, end: int) -> None:
    """Add the figures from `start` to `end` of `text`; `small` is that part in small letters."""
    if not any(word in small for word in _OF_PEOPLE):
        return
    for match in _NOBODY.finditer(text, start, end):
        if not _UNTOLD.match(text, match.start(), end):
            add(found, _nobody(match, text))
    for match in _UNTOLD.finditer(text, start, end):
        add(found, Figure("casualties", None, None, "people", match.group(), match.start(), match.end()))
    for pattern in (_RAISED, _TOLL):
        for match in pattern.finditer(text, start, end):
            _people(found, match, _metric(match["state"] or "killed"))
    for match in _BACKWARD.finditer(text, start, end):
        _backward(found, match, text, end)
    for match in _FORWARD.finditer(text, start, end):
        if _people(found, match, _metric(match["state"])):
            _followed(found, text, match.end(), end)
    for match in _ONE.finditer(text, start, end):
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
    for match in _PAIR.finditer(text, start, end):
        _people(found, match, _metric(match["state"]))
    for match in _ANOTHER.finditer(text, start, end):
        before = [one for one in found if one.unit == "people" and one.end <= match.start()]
        if before:
            _people(found, match, max(before, key=lambda one: one.end).metric)
    for match in _COUNTS.finditer(text, start, end):
        if match["state"] or (match["people"] or "").lower() in ("dead", "killed", "bodies"):
            _people(found, match, _metric(match["state"] or match["people"]))


def _nobody(match: re.Match[str], text: str) -> Figure:
    state = (match["state"] or match["none"] or match["no"] or "").lower()
    metric = {"killed": "killed", "deaths": "killed", "injuries": "injured", "wounded": "injured", "injured": "injured"}.get(state, "casualties")
    return Figure(metric, 0, 0, "people", match.group(), match.start(), match.end())


def _backward(found: list[Figure], match: re.Match[str], text: str, end: int) -> None:
    state, number = match["state"].lower(), match["number"] or match["alone"]
    people, tail = match["people"], (match["tail"] or "").lower()
    if _AGE.match(text[match.end("quantity") : match.end("quantity") + 8]) or number is None:
        return
    if state.startswith(("left", "leav")) and not tail and (people or "").lower() != "dead":
        return
    if match["alone"] and not people:
        return
    metric = _metric(tail or state)
    if people is None and re.match(
        r"\s+(?!and\b|in\b|on\b|near\b|at\b|people\b)(?:houses?|buildings?|vehicles?|cars?|tanks?|pages|others?\s+\w+s)\b",
        text[match.end() : match.end() + 20],
    ):
        return
    low, high = bounds(match["bound"], number)
    words = _said(match, number, people)
    if add(found, Figure(metric, low, high, "people", words, match.start("quantity"), match.end())):
        if match["also"]:
            found.append(Figure("injured", low, high, "people", words, match.start("quantity"), match.end()))
        _followed(found, text, match.end(), end, listed=metric)


def _followed(found: list[Figure], text: str, at: int, end: int, listed: str | None = None) -> None:
    """“killed and two injured”: a second figure that leans on the first."""
    match = _AND_HURT.match(text[at:end])
    if match is None or not match["state"]:
        return
    number = match["number"] or match["alone"]
    low, high = bounds(match["bound"], number)
    words = _said(match, number, match["people"])
    add(found, Figure(_metric(match["state"]), low, high, "people", words, at + match.start("quantity"), at + match.end()))


def _people(found: list[Figure], match: re.Match[str], metric: str) -> bool:
    if match["number"] is None:
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
    return "injured" if re.match(r"injur|wound|hurt|maim|burn|had\s+burns|treat|hospital", state.strip(), _I) else "killed"
