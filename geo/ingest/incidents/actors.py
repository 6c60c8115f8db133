"""Who takes part: forces and groups named in a passage, each with the role that its grammar gives it."""

from __future__ import annotations

import re

from geo.model import Actor

_FORCE = (
    r"forces|troops|army|military|air\s+force|navy|warplanes|aircraft|jets|bombers|helicopters|warships|militias?|militiamen|rebels|"
    r"fighters|militants|"
    r"insurgents|separatists|gunmen|soldiers|police|coalition|regime|government\s+forces|security\s+forces|special\s+forces|commandos|"
    r"marines|coastguard|"
    r"coast\s+guard|Revolutionary\s+Guards?|Guards|navy|paratroopers|jihadists|extremists|terrorists|attackers|pirates|settlers|"
    r"mercenaries|border\s+guards|"
    r"drones?|artillery|jet\s+fighters?|fighter\s+jets?|warplane|personnel|contractors?"
)
_GROUP = (
    r"Islamic\s+State(?:\s+group)?|ISIS|ISIL|Daesh|al[- ]Qaeda|Al[- ]Qaida|Hezbollah|Hizballah|Kata['’]?ib\s+Hezbollah|Hamas|"
    r"Islamic\s+Jihad|Taliban|Houthis?|Huthis?|al[- ]Shabaab|Al[- ]Shabab|Boko\s+Haram|PKK|YPG|SDF|"
    r"Syrian\s+Democratic\s+Forces|IDF|IRGC|Quds\s+Force|Peshmerga|Wagner(?:\s+Group)?|Janjaweed|RSF|Rapid\s+Support\s+Forces|M23|ELN|"
    r"FARC|Hayat\s+Tahrir\s+al[- ]Sham|Nusra(?:\s+Front)?|LeT|"
    r"Lashkar[- ]e[- ]\w+|Jaish[- ]e[- ]Mohammed|NATO|UN\s+peacekeepers|Popular\s+Mobili[sz]ation\s+Forces|Free\s+Syrian\s+Army|"
    r"Libyan\s+National\s+Army"
)
_STATE = (
    r"US|U\.S\.|UK|Israel|Russia|Ukraine|Iran|Iraq|Syria|Turkey|Saudi\s+Arabia|Yemen|France|Britain|Armenia|Azerbaijan|India|Pakistan|"
    r"Afghanistan|Libya|"
    r"Egypt|Lebanon|Jordan|Ethiopia|Eritrea|Sudan|Somalia|Mali|China|North\s+Korea|South\s+Korea|Georgia|Serbia|Kosovo|Colombia|Venezuela|Qatar|"
    r"(?:the\s+)?United\s+States|Palestinian\s+Authority"
)
_NAME = re.compile(
    rf"\b(?:(?:(?:[A-Z][\w’'-]*|pro-[A-Z]\w+|(?:\w+-)?backed|allied|regime|government|opposition|rebel|armed|unknown|unidentified|"
    rf"loyalist|Kurdish-led|Saudi-led|US-led)\s+){{1,4}}(?i:{_FORCE})|{_GROUP}|{_STATE}|"
    rf"(?:[Gg]unmen|[Mm]ilitants|[Rr]ebels|[Ii]nsurgents|[Aa]rmed\s+men|[Ss]uicide\s+bombers?|[Pp]irates))\b(?!['’]s?\s+(?:[Ff]oreign|"
    rf"[Mm]inister|[Mm]inistry|[Pp]resident|government|parliament))"
)
_LAND = re.compile(r"\b(?:in|inside|into|within|of|from|across|over|near|(?:north|south|east|west|central)\w*)\s+$", re.I)
_LEADS = re.compile(
    r"^(?:The|A|An|In|On|At|And|But|Two|Three|Four|Five|Six|Several|Some|Then|When|After|Later|Meanwhile|However|Earlier|That|This|At\s+least)\s+",
    re.I,
)
_ACCUSED_BEFORE = re.compile(
    r"\b(?:blam(?:e[sd]?|ing)|accus(?:e[sd]?|ing)|attributed\s+to|suspect(?:ed|s)?|responsibility\s+(?:of|on)|pointed\s+(?:at|"
    r"to))\s+(?:\w+\s+){0,3}$",
    re.I,
)
_ACCUSED_AFTER = re.compile(
    r"^(?:['’]s?)?\s+(?:\w+\s+){0,3}?(?:(?:is|was|were|are)\s+(?:behind|blamed|accused|suspected|responsible)|denied\s+(?:any|responsibility|role))",
    re.I,
)
_CLAIMED = re.compile(
    r"\b(?:claimed\s+by|responsibility\s+was\s+claimed\s+by)\s+(?:\w+\s+){0,3}$|\b(?:carried\s+out|conducted|fired|launched|dropped|"
    r"staged|committed|done|shot\s+down|downed|bombed|hit|struck|killed|attacked|seized|shelled)\s+by\s+(?:\w+\s+){0,3}$",
    re.I,
)
_ACTS = re.compile(
    r"^(?:['’]s?)?\s+(?:[\w-]+\s+){0,4}?(?:(?:has|have|had|mistakenly|later|then|also|again)\s+)*(?:bomb|fir|launch|attack|shell|struck|"
    r"hit|carried\s+out|conduct|dropp|shot|down|seiz|storm|raid|kill|ambush|destroy|strikes?\b|air\s?strikes?|"
    r"drone\s+strikes?|raids?\b|blew|opened|overran|responded\s+with|detonat|captur|board|assassinat|air\s+and)",
    re.I,
)
_HIT_BEFORE = re.compile(
    r"\b(?:on|against|at|targeting|target(?:s|ed)|hit(?:ting)?|struck|striking|bomb(?:ed|ing)|attack(?:ed|ing|s)|shell(?:ed|ing)|"
    r"kill(?:ed|ing|s)|wound(?:ed|ing)|injur(?:ed|ing)|destroy(?:ed|ing)|ambush(?:ed|ing)|down(?:ed)?|of|"
    r"fired\s+(?:on|at)|raided|stormed|seized|captured)\s+(?:[\w’'-]+\s+){0,5}$",
    re.I,
)
_HIT_AFTER = re.compile(
    r"^\s+(?:\w+\s+){0,2}?(?:was|were|have\s+been|has\s+been|had\s+been)\s+(?:\w+\s+)?(?:killed|wounded|injured|hit|attacked|targeted|"
    r"struck|shelled|bombed|shot|fired\s+(?:on|at)|seized|captured|ambushed)",
    re.I,
)
_SPEAKS = re.compile(
    r"^\s+(?:\w+\s+){0,3}?(?:said|says|say|officials?|spokes\w+|confirmed|denied|announced|told|sources?|has\s+said|ministry|embassy|"
    r"commander|media|television|claims?)\b",
    re.I,
)


def actors_in(text: str, start: int, end: int) -> tuple[Actor, ...]:
    """The forces and groups from `start` to `end` of `text`. One that is only the speaker is left out."""
    passage = text[start:end]
    found: dict[str, Actor] = {}
    for match in _NAME.finditer(passage):
        name = _LEADS.sub("", " ".join(match.group().split()))
        role = _role(passage[: match.start()], passage[match.end() :])
        if re.fullmatch(_STATE, name) and role not in ("attacker", "accused"):
            continue
        if re.search(_LAND, passage[max(0, match.start() - 30) : match.start()]) and re.fullmatch(_STATE, name):
            continue
        if not name or role is None:
            continue
        known = found.get(name.casefold())
        if known is None or (known.role == "other" and role != "other"):
            found[name.casefold()] = Actor(name, role)
    return tuple(found.values())[:12]


def _role(before: str, after: str) -> str | None:
    if _ACCUSED_BEFORE.search(before) or _ACCUSED_AFTER.match(after):
        return "accused"
    if _CLAIMED.search(before):
        return "attacker"
    if _SPEAKS.match(after):
        return None
    if _HIT_AFTER.match(after):
        return "target"
    if _ACTS.match(after):
        return "attacker"
    if _HIT_BEFORE.search(before):
        return "target"
    return "other"
