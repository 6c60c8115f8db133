"""Whether a sentence says that something happened: not denied, threatened, feared, rehearsed, commemorated or only spoken about."""

from __future__ import annotations

import re

_NEAR = r"(?:[\w’'“”\"-]+[,\s]+){0,%d}$"
_NEGATED = re.compile(
    r"(?:\b(?:no|not|never|neither|nor|without|hardly|denie[sd]|deny|denying|refut(?:ed|es|ing)|reject(?:ed|s|ing)|ruled\s+out|"
    r"rather\s+than|instead\s+of|nobody|none)\b|n['’]t\b)\s+"
    # “Nobody was hurt when a rocket fell”: what stands behind “when” did happen.
    r"(?:(?!(?:when|after|as|while|but|because|although|before|since|despite)\b)[\w’'“”\"-]+[,\s]+){0,5}$",
    re.I,
)
_NEGATED_AFTER = re.compile(
    r"^\s+(?:(?:did|does|has|have|had|was|were|is|are)\s+)?(?:not|never|n['’]t)\b(?:\s+\w+){0,2}\s+(?:take|happen|occur|true|place|aimed\s+at\s+all)",
    re.I,
)
_SUPPOSED = re.compile(
    r"\b(?:would|could|might|should|will|shall|must|can|cannot|if|whether|unless|lest|in\s+case|to\s+prevent|to\s+avoid|to\s+stop|"
    r"to\s+deter|threat(?:s|en\w*)?(?:\s+of|\s+to)?|warn(?:ed|s|ing|ings)?(?:\s+(?:of|against|that))?|"
    r"fear(?:s|ed)?(?!\s+(?:dead|drowned|killed|lost|missing|trapped|buried))(?:\s+of)?|risk(?:s|ed)?(?:\s+of)?|danger\s+of|plan(?:s|ned|ning)?(?:\s+(?:to|for|of))?|plott?(?:s|ed|ing)?|prepar(?:e|"
    r"es|ed|ing|ations?)(?:\s+(?:to|for))?|call(?:s|ed|ing)?\s+(?:for|on)|demand(?:s|ed)?|vow(?:s|ed)?|"
    r"promis(?:e|es|ed)|pledg(?:e|es|ed)|possib(?:le|ility\s+of)|potential|likelihood\s+of|imminent|future|further|more|any|ready\s+(?:to|"
    r"for)|able\s+to|intend(?:s|ed)?\s+to|want(?:s|ed)?\s+to|refus(?:e|es|ed)\s+to|order(?:s|ed)?\s+to|"
    r"option(?:s)?\s+(?:of|for)|capab(?:le\s+of|ility)|attempt(?:s|ed|ing)?\s+to|tried\s+to|trying\s+to|supposed\s+to|designed\s+to|"
    r"hopes?\s+to|against\s+(?:any|further|new)|protect(?:ion)?\s+(?:\w+\s+)?(?:from|against)|in\s+the\s+event\s+of|"
    r"authori[sz]\w+|approv(?:e|ed|al\s+for)|consider(?:s|ed|ing)?|mull(?:s|ed|ing)?|contemplat\w+|weigh(?:s|ed|ing)?|urg(?:e|es|ed|ing))\s+"
    + _NEAR
    % 6,
    re.I,
)
_INFINITIVE = re.compile(r"(?<!used )(?<!began )(?<!started )(?<!continued )(?<!happened )\bto\s+$", re.I)
_MAY_HAVE = re.compile(r"\b(?:may|might|could|must|would|can|cannot|can['’]t)\s+(?:not\s+)?(?:have|well\s+have)\b", re.I)
_PRACTICE = re.compile(
    r"\b(?:exercises?|drills?|test(?:s|ed|ing)?[- ](?:fir\w+|launch\w*|flight)|(?:test|trial)s?\s+of|tested|simulat\w+|mock|manoeuvres?|"
    r"maneuvers?|parade|war\s?games?|rehears\w+|salutes?|live-fire|training|firing\s+range|"
    r"controlled\s+(?:explosion|detonation|blast)\w*)\b",
    re.I,
)
_REMEMBERED = re.compile(
    r"\b(?:anniversar\w+|commemorat\w+|memorials?|remembrance|remember(?:ed|s|ing)?\s+(?:the|those|victims)|in\s+memory\s+of|mourn(?:ers|"
    r"ing|ed)|wreaths?|(?:years|decades)\s+(?:since|on\s+from|after\s+the)|film|novel|documentary|trial|verdict|"
    r"indict\w+|charged\s+with|convicted|sentenced|lawsuit|court)\b",
    re.I,
)
_FOILED = re.compile(
    r"\b(?:foil(?:ed|s)|thwart(?:ed|s)|prevented|averted|defus(?:ed|es|ing)|disarmed|failed\s+to\s+(?:explode|detonate)|false\s+alarm|"
    r"hoax|called\s+off|fake|fabricat\w+|misidentified|untrue|rumou?rs?\s+of)\b",
    re.I,
)
_HABIT = re.compile(
    r"\b(?:often|regularly|routinely|frequent(?:ly)?|periodic(?:ally)?|occasional(?:ly)?|repeated(?:ly)?|almost\s+daily|daily|"
    r"stepped\s+up|increas\w+\s+(?:in|number)|spate|wave|surge|rise\s+in|number\s+of|campaign\s+of|pattern|"
    r"in\s+recent\s+(?:months|weeks|years)|in\s+the\s+past\s+(?:few\s+)?(?:months|years|decade)|over\s+the\s+(?:past|"
    r"last)\s+(?:\w+\s+)?(?:months|years|decades?)|for\s+(?:years|months|decades)|since\s+(?:\w+\s+)?(?:19|20)\d\d|every\s+(?:day|night|week)|"
    r"has\s+always|have\s+always|many\s+of|types?\s+of|kind\s+of|profile\s+of|scores\s+of\s+times)\b",
    re.I,
)
_ABOUT = re.compile(
    r"\b(?:condemn(?:s|ed|ation|ing)?|denounc(?:e|es|ed|ing)|deplor\w+|welcom(?:e|es|ed)|critici[sz]\w*|prais(?:e|es|ed)|respon(?:se|d|ds|"
    r"ded)\s+to|reaction\s+to|react(?:s|ed)?\s+to|retaliat\w+\s+(?:for|against)|reveng\w+\s+for|investigat\w+|inquiry\s+into|"
    r"discuss\w*|comment(?:s|ed)?\s+on|question(?:s|ed)?\s+(?:about|on)|spoke\s+of|report(?:s)?\s+of|talks?\s+(?:about|on)|refer(?:s|red|"
    r"ring|ence)?\s+to|blam\w+\s+(?:\S+\s+){0,4}for|responsib\w+\s+for|claim(?:s|ed)?\s+responsibility\s+for|behind|"
    r"role\s+in|involve\w*\s+in|part\s+in|accus\w+\s+(?:\S+\s+){0,6}(?:of|for)|justif\w+|describ\w+|call(?:s|ed)?|criticism\s+of|"
    r"endors\w+|support\w*|after|before|since|despite|because\s+of|following|during|in\s+light\s+of|over|about|footage\s+of|video\s+of|"
    r"evidence\s+(?:of|from)|message\s+\S+\s+\S+\s+with|with|similar\s+to|warning\s+of|notice\s+of|from|purpose\s+of|aim\s+of|"
    r"connected\s+with|link\w*\s+to|plot\s+including|including|distance\s+\S+\s+from)\s+(?:[\w’'“”\"-]+\s+){0,4}$",
    re.I,
)
_FUTURE = re.compile(r"\b(?:will|shall|is\s+(?:due|expected|set)\s+to|are\s+(?:due|expected|set)\s+to|going\s+to)\s+(?:\w+\s+)?$", re.I)


def denial(text: str, start: int, hit_start: int, hit_end: int, end: int) -> str | None:
    """Why a trigger in the passage from `start` to `end` is no incident that happened; None if nothing says so."""
    before = text[max(start, hit_start - 160) : hit_start]
    words = text[hit_start:hit_end]
    after = text[hit_end : min(end, hit_end + 80)]
    passage = text[start:end]
    if (
        _NEGATED.search(before)
        or _NEGATED_AFTER.match(after)
        or re.search(r"\b(?:not|never)\s+(?:been\s+)?$|\bno\s+\w+\s+(?:was|were)\b", before, re.I)
    ):
        return "it is denied, or said not to be so"
    if re.search(r"\b(?:not|never)\s+(?:been\s+)?\w+", words, re.I) or re.match(r"no\b", words, re.I):
        return "it is denied, or said not to be so"
    # “whether Iran is behind the explosion that damaged a ship”: the explosion itself is no matter of doubt.
    fact = (
        re.search(r"\b(?:that|which|who)\s+(?:(?:has|have|had|also)\s+)?(?:\w+ed|left|hit|struck|shook|tore|sank|blew)\b", words + after[:40], re.I)
        is not None
    )
    if _MAY_HAVE.search(before[-40:]) or (fact and not _FUTURE.search(before)):
        return None
    if _SUPPOSED.search(before) or _FUTURE.search(before) or _INFINITIVE.search(before):
        return "it is threatened, feared, planned or supposed, and not told as done"
    if re.search(
        r"\b(?:will|would|could|might|should|shall|to(?!\s+(?:death|earth|ground|pieces|bits|safety|his|her|its|their|within|about|\d|the|an?|(?-i:[A-Z]))))\s+(?:be\s+)?\w+",
        words,
        re.I,
    ) and not re.search(r"\b(?:have|due\s+to|to\s+(?:the|a)\s)", words, re.I):
        return "it is threatened, feared, planned or supposed, and not told as done"
    if (
        _PRACTICE.search(passage)
        and not re.search(r"\b(?:kill|wound|injur)\w+", passage, re.I)
        and not re.search(r"\btraining\s+(?:ground|camp|cent|base|college)|\btrial\b", passage, re.I)
    ):
        return "it is an exercise, a test or a controlled explosion"
    if _FOILED.search(passage):
        return "it was prevented, or did not happen"
    return None


def remembered(passage: str) -> bool:
    """Whether a passage commemorates, or tells of a court: what it names is long past unless it is dated."""
    return _REMEMBERED.search(passage) is not None


def habitual(passage: str) -> bool:
    """Whether a passage speaks of many incidents at once, and of no one of them."""
    return _HABIT.search(passage) is not None


def spoken_about(text: str, start: int, hit_start: int) -> bool:
    """Whether the words before a noun make it what somebody speaks about, answers or is blamed for."""
    return _ABOUT.search(text[max(start, hit_start - 120) : hit_start]) is not None
