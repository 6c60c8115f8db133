"""Figures of people killed and hurt: who is counted, what befell them, and the sentences that say that there were none."""

from __future__ import annotations

import re

from geo.ingest.incidents.quantities import NUMBER, QUANTITY, Figure, add, bounds

_PEOPLE = (
    r"people|persons?|civilians?|soldiers?|troops|fighters?|militants?|militia(?:m[ae]n)?(?:\s+members?)?|members?|men|man|women|woman|"
    r"child(?:ren)?|boys?|girls?|officers?|policem[ae]n|police|guards?|guardsm[ae]n|"
    r"contractors?|workers?|fisherm[ae]n|sailors?|crew(?:\s+members?)?|journalists?|doctors?|nurses?|paramedics?|students?|pupils|"
    r"villagers?|residents?|others?|victims?|passengers?|pilots?|gunm[ae]n|attackers?|rebels?|"
    r"personnel|servicem[ae]n|recruits?|cadets?|commanders?|insurgents?|jihadis(?:ts)?|terrorists?|pilgrims?|worshippers?|shoppers?|"
    r"drivers?|refugees?|prisoners?|hostages?|casualties|dead|bodies|paratroopers?|marines?|"
    r"nationals?|employees?|teachers?|farmers?|miners?|peacekeepers?|mercenaries|extremists?|engineers?|patients|tourists?|migrants?|"
    r"settlers?|firefighters?|rescuers?|shepherds?|lives|bystanders?|protesters?|demonstrators?|"
    r"reservists?|conscripts?|militiamen|infants?|toddlers?|adults?|citizens?|Americans|Russians|Israelis|Palestinians|Syrians|Iraqis|"
    r"Iranians|Ukrainians|Afghans|Turks|traders?|merchants?|shopkeepers?|labou?rers?|priests?|clerics?|imams?|monks?|elders?|chiefs?|leaders?|"
    r"officials?|policewom[ae]n|constables?|agents?|operatives?|bodyguards?|medics?|mourners?|herders?|herdsm[ae]n|hunters?|vigilantes?|MPs?|"
    r"lawmakers?|lecturers?|relatives?|sons?|daughters?|brothers?|sisters?|mothers?|fathers?|wife|husband|couple|neighbou?rs?|seam[ae]n|"
    r"seafarers?|crewm[ae]n|airm[ae]n|tribesm[ae]n|youths?|teenagers?|bab(?:y|ies)|school(?:children|girls?|boys?)|travell?ers?|commuters?|"
    r"motorists?|cyclists?|aid\s+workers?|health\s+workers?|troopers?|captains?|lieutenants?|colonels?|generals?|judges?|scientists?|lawyers?|"
    r"volunteers?|campers?|fans|families|monks?|nuns?|rangers?"
)
_FILL = (
    r"(?:(?!and\b|but\b|were\b|was\b|killed\b|injured\b|wounded\b|hurt\b|dead\b|when\b|in\b|on\b|at\b|by\b|said\b|says\b|rockets?\b|"
    r"missiles?\b|shells?\b|bombs?\b)[\w’'-]+\s+){0,5}?"
)
_GROUP = (
    rf"(?:\s+of\s+(?:them|those)(?=\s))?(?:\s+(?:more\s+)?(?:of\s+(?:the|its|his|their|"
    rf"them)\s+)?{_FILL}(?P<people>{_PEOPLE}|[a-z]+(?:s|men)(?=\s+(?:were|have|had|died|drowned|perished|lost)\b))\b(?:\s+of\s+(?:one|a|the|his|her)\s+\w+)?(?:\s+from\s+\w+)?)?"
)
_KILLED = (
    r"(?:killed|slain|shot\s+(?:dead|and\s+killed)|gunned\s+down|assassinated|murdered|beheaded|decapitated|slaughtered|lynched|massacred|executed|"
    r"(?:stabbed|hacked|beaten|clubbed|burn(?:ed|t)|crushed|trampled|knifed)\s+to\s+death)"
)
_DEAD = rf"(?:{_KILLED}|dead|died|deaths?|drowned|martyred|lost\s+(?:their|his|her)\s+li(?:ves|fe)|die|dies|perished|fatalit\w+)"
_HURT = (
    r"(?:injured|wounded|hurt|maimed|burned|had\s+burns|treated|hospitali[sz]ed|injuries|(?:taken|rushed|brought|sent)\s+to\s+(?:the\s+|a\s+)?hospital|"
    r"(?:sustained|suffer(?:ed|ing))\s+(?:\w+\s+){0,2}(?:wounds?|injur(?:y|ies)|burns)|hit\s+(?:in\s+the\s+\w+|by\s+(?:shrapnel|bullets?|splinters|flying\s+glass)))"
)
_AUX = (
    r"(?:\s+(?:was|were|is|are|have|has|had|been|being|also|reportedly|confirmed|feared|believed|likely|left|later|then|subsequently|"
    r"now|more|to\s+have|found|as|seriously|badly|critically|slightly|lightly|severely|gravely|fatally|mortally|all|both|apparently|instantly))*"
)


_I = re.IGNORECASE
_FORWARD = re.compile(
    rf"(?<![\w.,-]){QUANTITY}{_GROUP}(?P<aside>,?\s+(?:including|among\s+them|mostly)\s[^,;.]{{0,60}},|,\s+(?!(?:and|but)\b)[^,;.:]{{2,70}}(?:,\s+[^,;.:]{{2,40}})?,|"
    rf"\s+[–—]\s+[^–—;.]{{2,70}}\s+[–—]|\s+(?:on|aboard|in|at|inside|near|from)\s+(?:the\s+|an?\s+|his\s+|her\s+|their\s+)?(?:(?!killed\b|wounded\b|injured\b)[\w’'-]+\s*?){{1,4}}?(?=\s+(?:was|were|had|have|has|died|is|are|lost)\b))?{_AUX}\s+(?P<state>{_DEAD}|{_HURT})\b(?!\s+(?:by|in|on)\s+the\s+number)",
    _I,
)
_ONE = re.compile(
    rf"(?<![\w-])(?P<number>an?|another|the)\s+(?:(?!and\b|of\b|number\b)[\w’'-]+\s+){{0,3}}?(?P<people>{_PEOPLE})(?:\s+(?:with|from|of|"
    rf"at|in)\s+(?:the\s+)?[\w’'-]+(?:\s+[\w’'-]+)?)?\s+(?:was|is|has\s+been|had\s+been|also)?\s*(?:later\s+|"
    rf"subsequently\s+)?(?P<state>killed|wounded|injured|hurt|died|shot\s+dead)\b",
    _I,
)
_BACKWARD = re.compile(
    rf"\b(?P<state>shot\s+dead|gunned\s+down|kill(?:ed|s|ing)|injur(?:ed|es|ing)|wound(?:ed|s|ing)|hurt(?:ing)?|slain|(?:claim(?:ed|s|ing)|cost|costing)\s+the\s+lives\s+of|"
    rf"deaths?\s+of|left|leaving|murder(?:ed|ing)|behead(?:ed|ing)|massacr(?:ed|ing)|slaughter(?:ed|ing)|execut(?:ed|ing)|hack(?:ed|ing)|kill)\s+"
    rf"(?:(?P<also>and\s+(?:injur\w+|wound\w+))\s+)?(?P<quantity>{QUANTITY}|(?P<alone>an?|another|one|the)(?=\s)){_GROUP}(?P<tail>\s+(?:dead|"
    rf"killed|injured|wounded))?",
    _I,
)
_AND_HURT = re.compile(
    rf"^(?:\s+[\w’'-]+){{0,5}}?[,\s]+(?:and|with|while)\s+(?P<quantity>{QUANTITY}|(?P<alone>an?other|"
    rf"an?)){_GROUP}{_AUX}\s*(?P<state>{_HURT}|{_DEAD})?\b",
    _I,
)
_AND_MORE = re.compile(
    rf"^\s+and\s+(?P<quantity>{QUANTITY}|(?P<alone>another|an?|his|her|its|their)(?=\s)){_GROUP}"
    r"(?P<noun>\s+(?:[\w’'-]+\s+){0,2}?[\w’'-]+(?=\s*(?:[,.;]|$|\s(?:in|on|at|near|when|after|while|and|who|from|outside|inside|as|to|with|early|late)\b)))?",
    _I,
)
_TOLL = re.compile(
    rf"(?:(?:death\s+)?toll|number\s+of\s+(?:\w+\s+)?(?P<state>killed|dead|deaths|wounded|injured|hurt)|"
    rf"dead\b)[^.;]{{0,110}}?\b(?:(?:rose|risen|rises|rising|raised|climb(?:ed|s|ing)|increased|up|grown|jumped|soared|passed|reached|topped|exceeded|"
    rf"revised|stands?|standing|stood|now|puts?|is|was)\s+)(?:\w+\s+)?(?:to|at|from|past)?\s*{QUANTITY}(?!\s*(?:%|percent|hours?|days?|a\.m|p\.m))",
    _I,
)
_RAISED = re.compile(
    rf"\b(?:rais(?:ed|es|ing)|revis(?:ed|es|ing)|lower(?:ed|s|ing)|increas(?:ed|es|ing)|puts?|putting|brings?|bringing|brought|takes?|taking|took|"
    rf"push(?:ed|es|ing))\s+(?:the|its|their|his)\s+(?:number\s+of\s+(?:\w+\s+)?(?P<state>killed|dead|deaths|wounded|injured|hurt)|"
    rf"(?:\w+\s+)?(?:death\s+)?toll)[^.;]{{0,80}}?\b(?:to|at)\s+{QUANTITY}",
    _I,
)
_BODIES = re.compile(rf"\b(?:bodies|corpses|remains)\s+of\s+{QUANTITY}{_GROUP}", _I)
_FOUND = re.compile(
    rf"\b(?:recover|retriev|pull|find|found|collect|dug|dig|receiv|bur(?:y|ied))\w*\s+(?:\w+\s+){{0,3}}?{QUANTITY}\s+(?:\w+\s+)?(?P<people>bodies|corpses)\b",
    _I,
)
_LIVES = re.compile(rf"\b(?:claim|cost|took|taken|taking)\w*\s+{QUANTITY}\s+lives\b", _I)
_BODIES_FOUND = re.compile(
    rf"{QUANTITY}\s+(?:\w+\s+)?(?P<people>bodies|corpses)\s+(?:have\s+been|had\s+been|were|are)\s+(?:\w+\s+){{0,2}}?(?:recovered|found|pulled|retrieved|brought|"
    rf"counted|taken|dug|laid|buried)",
    _I,
)
_COUNTS = re.compile(
    rf"\b(?:speaks?|spoke|knows?|knew|told|reports?|counts?|counted|tells)\s+(?:of\s+)?{QUANTITY}{_GROUP}(?:\s+(?P<state>killed|dead|"
    rf"injured|wounded|hurt))?",
    _I,
)
_PAIR = re.compile(
    rf"(?<![\w.,-])(?P<bound>\b\B)?(?P<number>{NUMBER})\s+{_FILL}(?P<people>{_PEOPLE})(?:,?\s+and|,)\s+"
    rf"(?=(?:at\s+least\s+|about\s+|another\s+|more\s+than\s+|an?\s+|his\s+|her\s+)?(?:{NUMBER}\s+)?{_FILL}(?:{_PEOPLE}){_AUX}\s+(?P<state>{_DEAD}|{_HURT})\b)",
    _I,
)
# “The mayor of X was shot dead”: one, whoever it is.
_SOLE = re.compile(
    rf"(?:\b(?:was|has\s+been|had\s+been)(?:\s+(?:also|later|reportedly|then|\w+ly))*\s+(?P<state>{_KILLED}|injured|wounded|hurt)|\b(?P<died>died|lost\s+(?:his|her)\s+life))\b"
    r"(?!\s+(?:by\s+the\s+)?(?:down|off)\b)",
    _I,
)
_BOTH = re.compile(
    rf"(?:^|[,;:“(]\s*|\b(?:when|after|that|where|while|and)\s+)(?P<who>(?:the|an?|his|her|its|their)\s+(?:[\w’'-]+\s+){{0,7}}?and\s+(?:the|an?|his|her|its|their|another)\s+"
    rf"(?:[\w’'-]+\s+){{0,3}}?[\w’'-]+)\s+(?:were|have\s+been|had\s+been|died|lost)(?:\s+\w+ly)?(?:\s+(?P<state>{_KILLED}|injured|wounded|hurt)|(?=\W)(?<=died))",
    _I,
)
_NOT_ONE = re.compile(
    r"\b(?:nobody|no|none|neither|not|never|everyone|everybody|anyone|it|which|that|both|all|whole|entire|family|group|crowd|crew|people|\d+|one|two|"
    r"three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|scores|several|some|many|hundreds|number|toll|strikes?|attacks?|at\s+least)\b",
    _I,
)
_THING = re.compile(
    r"(?:deal|plan|bill|proposal|hope|chance|process|peace|time|hour|cow|goat|horse|dog|camel|animal|sheep|cattle|livestock|house|home|building|number|lot|"
    r"total|group|crowd|column|family|career|business|network|project|tank|vehicle|car|truck|lorry|bus|ship|vessel|tanker|boat|village|town|blow|shop|"
    r"school|hospital|bridge|tree|warehouse|site|position|checkpoint|drone|aircraft|helicopter|jet|base|hole|message|trail|mark|state|world|country|"
    r"nation|city|dead|wounded|injured|victims)(?:e?s)?$",
    _I,
)
_ANOTHER = re.compile(
    rf"[;,]\s+(?:and\s+|but\s+)?(?:another|a\s+second|others|a\s+third)\s+(?:[\w’'-]+\s+){{0,3}}?(?:says?|said|speaks?\s+of|spoke\s+of|"
    rf"puts?\s+it\s+at|counts?)\s+{QUANTITY}(?=[\s.;,]|$)",
    _I,
)
_NOBODY = re.compile(
    r"\b(?:nobody|no[\s-]one|none\s+of\s+(?:them|the\s+\w+)|no\s+(?:\w+\s+)?(?:person|people|soldiers?|civilians?|crew\s+members?|staff|troops|personnel|"
    r"residents?|passengers?|officers?|children|guards?|workers?))\s+(?:\w+\s+){0,4}?(?:(?:was|"
    r"were|is|are|has\s+been|have\s+been)\s+(?:\w+\s+)?(?P<state>hurt|killed|injured|wounded|harmed)|(?:has\s+|have\s+|had\s+)?(?P<died>died)\b)|"
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
    for match in _NOBODY.finditer(text, start, end):
        if not _UNTOLD.match(text, match.start(), end):
            add(found, _nobody(match, text))
    for match in _UNTOLD.finditer(text, start, end):
        add(found, Figure("casualties", None, None, "people", match.group(), match.start(), match.end()))
    if "toll" in small or "number of" in small or "dead" in small:
        for pattern in (_RAISED, _TOLL):
            for match in pattern.finditer(text, start, end):
                _people(found, match, _metric(match["state"] or "killed"))
    if "bodies" in small or "corpses" in small or "remains" in small or "lives" in small:
        for pattern in (_BODIES, _BODIES_FOUND, _FOUND, _LIVES):
            for match in pattern.finditer(text, start, end):
                _people(found, match, "killed")
    for match in _BACKWARD.finditer(text, start, end):
        _backward(found, match, text, end)
    for match in _FORWARD.finditer(text, start, end):
        if match["aside"] and not match["people"]:
            continue
        metric = "killed" if re.search(r"\b(?:fatally|mortally)\b", match[0], _I) else _metric(match["state"])
        if _people(found, match, metric):
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
    _single(found, text, start, end)
    for match in _PAIR.finditer(text, start, end) if " and " in small or "," in small else ():
        _people(found, match, _metric(match["state"]))
    for match in _ANOTHER.finditer(text, start, end):
        before = [one for one in found if one.unit == "people" and one.end <= match.start()]
        if before:
            _people(found, match, max(before, key=lambda one: one.end).metric)
    for match in _COUNTS.finditer(text, start, end):
        if match["state"] or (match["people"] or "").lower() in ("dead", "killed", "bodies"):
            _people(found, match, _metric(match["state"] or match["people"]))


def _nobody(match: re.Match[str], text: str) -> Figure:
    state = (match["state"] or match["none"] or match["no"] or ("killed" if match["died"] else "")).lower()
    metric = {"killed": "killed", "deaths": "killed", "injuries": "injured", "wounded": "injured", "injured": "injured"}.get(state, "casualties")
    return Figure(metric, 0, 0, "people", match.group(), match.start(), match.end())


def _single(found: list[Figure], text: str, start: int, end: int) -> None:
    """One or two people who are named or called by what they are: “the mayor was shot dead”, “a chief and his guard were killed”."""
    for match in _BOTH.finditer(text, start, end) if " and " in text[start:end] else ():
        heads = [part.split()[-1] for part in re.split(r"\s+and\s+", match["who"])]
        if len(heads) == 2 and not any(head.endswith("s") or _THING.match(head) for head in heads) and not _NOT_ONE.search(match["who"]):
            add(found, Figure(_metric(match["state"] or "killed"), 2, 2, "people", match["who"], match.start("who"), match.end()))
    for match in _SOLE.finditer(text, start, end):
        clause = re.split(
            r"[;:.!?“”]\s*|,\s+(?:and|but|while)\s+|\b(?:when|after|before|that|where|while|as|because)\s",
            text[max(start, match.start() - 120) : match.start()],
        )[-1]
        who = re.sub(r"^\s*(?:and|but|then|later)\s+", "", clause, flags=_I).strip(" ,")
        named = re.match(r"(?:[A-Z][\w.’'-]+|(?i:the|an?|another|his|her|its|their|he|she)\b)", who)
        words = [word for word in who.split(",")[0].split() if word]
        if not words or named is None or _NOT_ONE.search(who):
            continue
        head = re.split(r"\s+(?:of|from|in|at|with|near|on|for)\s+", " ".join(words))[0].split()[-1]
        if _THING.match(head) or (match["died"] and not re.search(rf"\b(?:{_PEOPLE})\b", who, _I)) or (head.endswith("s") and head[0].islower()):
            continue
        at = match.start() - len(clause) + len(clause) - len(clause.lstrip())
        metric = "killed" if match["died"] or re.search(r"\b(?:fatally|mortally)\b", match[0], _I) else _metric(match["state"])
        add(found, Figure(metric, 1, 1, "people", " ".join(words)[:80], max(start, at), match.end()))


def _backward(found: list[Figure], match: re.Match[str], text: str, end: int) -> None:
    state, number = match["state"].lower(), match["number"] or match["alone"]
    people, tail = match["people"], (match["tail"] or "").lower()
    if _AGE.match(text[match.end("quantity") : match.end("quantity") + 8]) or number is None:
        return
    if state.startswith(("left", "leav")) and not tail and (people or "").lower() != "dead":
        return
    alone, stop = match["alone"], match.end()
    if alone and (not people or alone.lower() == "the"):
        # “Killing a patient in her bed”, “killed the deputy chief of police”: one, if it is somebody.
        noun = _somebody(text[match.end("quantity") : min(end, match.end("quantity") + 60)])
        if noun is None or (alone.lower() == "the" and not re.search(rf"\b(?:{_PEOPLE})$", noun.strip(), _I)):
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
    return None if _THING.match(head) or head.lower().endswith("s") or head.isdigit() else match[0]


def _more(found: list[Figure], text: str, at: int, end: int) -> bool:
    """“Two pupils and a teacher”, “a lecturer and his driver”: a second group under the same verb."""
    match = _AND_MORE.match(text[at:end])
    if match is None or re.match(rf"\s*(?:was|were|{_HURT}|{_DEAD})\b", text[at + match.end() : min(end, at + match.end() + 30)], _I):
        return False
    first, alone = found[-1], match["alone"]
    noun = (match["noun"] or "").strip().split(" ")[-1]
    if not match["people"] and (not noun or _THING.match(noun) or (alone and noun.endswith("s")) or (not alone and not noun.endswith("s"))):
        return False
    if alone and match["people"] and match["people"].lower().endswith("s"):
        return False
    if alone and (first.low, first.high) == (1, 1):
        words = first.text + " ".join(match[0].split(" "))
        found[-1] = Figure(first.metric, 2, 2, "people", words, first.start, at + match.end())
        return True
    low, high = (1.0, 1.0) if alone else bounds(match["bound"], match["number"])
    return add(
        found, Figure(first.metric, low, high, "people", match[0].strip().removeprefix("and "), at + match.start("quantity"), at + match.end())
    )


def _followed(found: list[Figure], text: str, at: int, end: int) -> None:
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
    return (
        "injured"
        if re.match(r"injur|wound|hurt|maim|burned$|had\s+burns|treat|hospital|taken|rushed|brought|sent|sustain|suffer|hit", state.strip(), _I)
        else "killed"
    )
