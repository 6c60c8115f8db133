"""What keeps a rule from being tried: words that only look like a trigger, and words that a sentence must hold."""

from __future__ import annotations

import re

# Words that hold a trigger and tell no incident of the kind.
FALSE_FRIENDS = re.compile(
    r"\b(?:heart\s+attack|stroke|cancer|virus|illness|disease|cholera|ebola|accident|(?:plane|car|road|train)\s+crash|earthquake|quake|floods?|landslide|"
    r"avalanche|blaze|storm|cyclone|hurricane|typhoon|tornado|heat\s?wave|famine|stampede)s?\s+(?:that\s+|has\s+|have\s+|had\s+)?(?:killed|injured|claimed|left)\b"
    r"[^.;]{0,60}|"
    r"(?:general|hunger|labou?r|transport|rail|nurses['’]?|teachers['’]?|doctors['’]?|sit-down|prison(?:ers['’]?)?|wildcat|school|"
    r"sympathy)\s+strikes?|strikes?\s+(?:action|leader|ballot|a\s+(?:deal|balance|"
    r"chord|pose|bargain|compromise|tone|note)|an\s+agreement)|struck\s+(?:a|an|the)\s+(?:deal|balance|chord|agreement|bargain|tone|note|"
    r"pose|compromise|ceasefire|truce|\w+\s+(?:deal|tone|note|agreement|balance))|struck\s+by\s+(?:the|how)|(?:on|go|went|"
    r"call(?:ed)?\s+a)\s+strike|lightning\s+(?:strikes?|struck)|(?:heart|panic|cyber[- ]?|asthma|verbal|personal|rhetorical|media|hacking|"
    r"shark|dog|acid)\s*attacks?|attack\s+(?:ads?|outlets?|aircraft|helicopters?(?=\s+(?:deal|sale|order))|dogs?|lines?)|population\s+explosion|"
    r"explosions?\s+(?:in|of)\s+(?:prices?|violence|anger|demand|debt|joy|population|interest|cases)|(?:rocket|missile|satellite|"
    r"space)\s+(?:launch(?:es)?\s+(?:site|pad|cent(?:re|er)|vehicle)|tests?|programmes?|programs?|technology|defen[cs]es?|systems?|deal|"
    r"sales?|scientists?|factory|engines?|batter(?:y|ies))|(?:coal|gold|copper|salt|iron|diamond)[- ]?mines?|mine\s+(?:workers?|shafts?|"
    r"owners?|clearance|sweepers?)|"
    r"(?:barrage|volley|salvo|bombardment)\s+of\s+(?:criticism|questions|insults|abuse|tweets|messages|calls|complaints|statements)|"
    r"under\s+fire\s+(?:for|over|from\s+(?:critics|the\s+(?:press|media|opposition)))|bombshell|hit\s+(?:out|back)\s+at|hit\s+(?:hard\s+)?by\s+"
    r"(?:sanctions|inflation|recession|drought|floods?|the\s+(?:pandemic|virus|crisis|economy|earthquake|storm|cyclone))|(?:storm|cyclone|"
    r"earthquake|quake|flood|tsunami|hurricane|typhoon|tornado|lightning|meteorite)s?\s+(?:has\s+|had\s+|that\s+)?(?:hit|struck|strikes|"
    r"hits|damaged)|"
    r"seized\s+(?:on|upon|the\s+(?:chance|opportunity|moment|initiative))|(?:protest\w*|demonstrat\w*|fans|students|supporters|"
    r"crowds?)\s+(?:[\w’'-]+\s+){0,3}clash(?:ed|es)|clash(?:ed|es)\s+(?:with|between)\s+(?:[\w’'-]+\s+){0,3}(?:protesters|demonstrators|"
    r"fans|students)|(?:clash|clashes|clashed)\s+(?:of\s+(?:opinions?|views?|civili[sz]ations|interests)|over\s+(?:policy|budget|"
    r"strategy))|(?:air[- ]?raid|rocket)\s+(?:sirens?|alerts?|alarms?|shelters?|warnings?)|"
    r"(?:humanitarian|relief|rescue|aid|salvage|search|evacuation|clearance|peacekeeping|mining|banking|business|normal|"
    r"training)\s+operations?|(?:peace|charm|diplomatic)\s+offensive|operations?\s+(?:room|cent(?:re|er)|manager|director)|fir(?:ed|"
    r"ing)\s+(?:his|her|the|its)\s+"
    r"(?:\w+\s+)?(?:minister|chief|director|coach|staff|general)s?(?!\w)|(?:price|sanctions|trade|talks|sit-in|penalty)\s+(?:hit|hits|"
    r"strike|clash(?:es)?)|raids?\s+on\s+the\s+(?:budget|treasury|pension)|(?:police\s+)?raid\s+on\s+(?:the\s+)?(?:tax|budget)|storms?\s+out|"
    r"(?:missile|rocket|nuclear)\s+(?:talks|deal|treaty)|strike\s+(?:group|force|capabilit\w+|fund)|first[- ]strike|strike(?:r|rs)|"
    r"suicide\s+(?:rate|note|attempt|prevention)|attack(?:ed|s)?\s+(?:[\w’'-]+\s+){0,4}?(?:budgets?|polic(?:y|ies)|plans?|record|decision|bill|speech|proposals?|laws?|reforms?|rival's)\b"
    r"[^.;]{0,40}|(?:was|were|been)\s+hit\s+(?:in\s+the\s+\w+|by\s+(?:shrapnel|splinters|flying|bullets?))",
    re.IGNORECASE,
)  # fmt: skip

# What a sentence must hold, in small letters, for a rule to be tried: the patterns are wide, and most sentences have none of these.
_GASES = ("chlorine", "sarin", "gas", "agent", "vx", "novichok", "chemical", "poison")
_SHIPS = (
    "tanker",
    "vessel",
    "ship",
    "freighter",
    "boat",
    "trawler",
    "frigate",
    "destroyer",
    "ferr",
    "dhow",
    "carrier",
    "tug",
    "barge",
    "corvette",
    "sweeper",
    "coaster",
    "yacht",
    "mv ",
    "on board",
    "aboard",
    "mt ",
    "hull",
    "starboard",
    "waterline",
)
_DRONES = ("drone", "uav", "quadcopter", "unmanned", "loitering", "shahed", "shaheed", "bayraktar", "reaper", "predator", "orlan")
_ROCKETS = ("rocket", "missile", "katyusha", "grad", "projectile", "volley", "barrage", "salvo")
_SHELLS = ("shell", "mortar", "artillery", "howitzer", "bombardment", "cross-border", "shrapnel", "tank fire", "tank round")
NEEDS: dict[str, tuple[str, ...]] = {
    "poison gas used": _GASES, "chemical attack": _GASES,
    "aircraft shot down": ("down", "destroyed", "intercept", "knocked", "took out", "neutrali", "air defen", "aircraft",
    "surface-to-air", "ground fire"),
    "ship seized": _SHIPS, "ship's seizure": _SHIPS,
    "ship hit": _SHIPS,
    "drone strike": _DRONES, "drone hits": _DRONES, "air strike": ("air", "aerial", "bomb", "strike", "missile and"),
    "aircraft bomb": ("plane", "aircraft", "jet", "bomb", "helicopter", "gunship", "strafed", "strike", "antonov", "sukhoi", "mig",
    "apache", "mirage", "black hawk", "chinook"), "rocket attack": _ROCKETS,
    "rockets hit": _ROCKETS, "barrage": ("barrage",),
    "shells hit": _SHELLS, "shelling": _SHELLS, "suicide attack": ("suicide", "blew", "blow", "set off"),
    "bomb exploded": ("bomb", "ied", "explo", "device", "mine", "grenade", "vest", "belt", "blast", "booby", "detonat", "blew", "charge",
    "went off"), "explosion told": ("explo", "blast", "detonat", "bomb"), "explosion": ("explo", "blast", "bomb", "detonat", "suicide", "ied",
    "mine", "grenade"),
    "bombed": ("bomb",), "assassinated": (
    "assassinat", "shot dead", "gunned", "murdered", "slain", "stabbed", "shot and", "killed a", "killed the"),
    "assassination": ("assassinat", "targeted kill", "attempt on"),
    "raided": ("raid", "storm", "seiz", "captur", "occup", "overr", "took", "taken"), "raid": ("raid",), "abducted": ("abduct", "kidnap",
    "hostage", "derail", "sabotag", "torched", "set fire", "off with", "away"),
    "struck": ("struck", "hit", "targeted"), "strike": ("strike",),
    "forced a way in": ("into",),
    "village burned": ("torch", "raz", "ransack", "pillag", "sacked", "burn", "fire", "alight", "ablaze"),
    "place taken": ("took", "taken", "takes", "captur", "seiz", "retook", "overr", "enter", "fell", "fall"),
    "people killed": ("massacr", "behead", "decapit", "slaughter", "lynch", "murder", "slain", "butcher", "execut", "down", "death", "shot"),
    "attack repelled": ("repel", "repuls", "beat", "fought off", "back", "fended", "held off"),
    "fighting told": ("bullets", "gunned",
    "clash", "fight", "fought", "battle", "shoot", "shot", "skirmish", "fire", "firing", "ambush", "attack", "assault", "kill",
    "wound", "storm", "overr", "stabb", "massacr", "execut", "behead", "seiz", "gunned"),
    "clash": ("clash", "fight", "fire", "firing", "battle", "ambush", "skirmish", "shoot", "massacre", "attack", "stabb", "behead", "lynch"),
    "bomb for an official": ("attached", "planted", "placed", "fixed", "stuck", "hidden", "fastened", "taped", "left"),
    "fighters killed": ("killed",),
    "attack": ("attack", "assault", "operation", "incident", "bloodshed", "killing"),
}  # fmt: skip
