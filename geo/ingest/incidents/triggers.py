"""The words that tell an incident: a table of rules, each a kind with the grammar of its verbs and nouns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from geo.ingest.incidents.trigger_gates import FALSE_FRIENDS, NEEDS
from geo.ingest.incidents.vocabulary import (
    ACTIVE,
    ADV,
    ARMED,
    BE,
    BOMB,
    CAME_DOWN,
    COUNT,
    CRAFT,
    DRONE,
    FIGHTERS,
    GAP,
    GAS,
    GROUP,
    OFFICE,
    PASSIVE,
    PERSON,
    PLACED,
    PLANE,
    PLANTED,
    ROCKET,
    SHELL,
    SHIP,
    SLAIN,
    SOMEBODY,
    STRUCK,
    TO_DEATH,
)

Strength = Literal["tells", "names"]
"""`tells`: a verb that says it happened. `names`: a noun for it, which may as well speak of one that was told before."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One rule. `name` stands in the evidence; `kind` is a code of `geo.kinds`, None for a word that fits any kind, such as “attack”."""

    name: str
    kind: str | None
    strength: Strength
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger at work: characters `start` to `end` of the text."""

    trigger: Trigger
    start: int
    end: int
    text: str


def _rule(name: str, kind: str | None, strength: Strength, pattern: str) -> Trigger:
    return Trigger(name, kind, strength, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE))


def _gap(most: int) -> str:
    return GAP % most


def _active(most: int) -> str:
    return ACTIVE % most


def _one_of(weapons: str) -> str:
    """“Drones came in from the sea; one of them crashed into a house”: what became of weapons that the sentence names before."""
    return (
        rf"{weapons}\s+[^.!?“”]{{1,120}}?[;,]\s+(?:and\s+|but\s+)?(?:(?:at\s+least\s+)?(?:one|two|three|four|some|several|others?|another|most)"
        rf"(?:\s+of\s+(?:them|these|those|which|the\s+\w+))?|they)\s+(?:has\s+|have\s+|had\s+|later\s+)*(?:{STRUCK}|plunged)\b|"
        rf"{weapons}\s+[^.;!?“”]{{1,90}}?,?\s+(?:and|but|before)\s+(?:\w+ly\s+)?(?:{CAME_DOWN})"
    )


# The first rule that fits gives the kind, so that the closer one stands above the wider one.
TRIGGERS: tuple[Trigger, ...] = (
    _rule("poison gas used", "chemical_attack", "tells",
          rf"(?:dropp?(?:ed|ing)|fired|released|used|spread|sprayed|launched)\s+{_gap(4)}{GAS}|{GAS}\s+{_gap(3)}(?:killed|injured|"
          rf"was\s+(?:used|dropped|released|fired)"
          rf"|were\s+(?:used|dropped|fired|released)|hit|struck|fell|poisoned|sickened)|(?:exposed\s+to|choking\s+on|poisoned\s+(?:by|"
          rf"with)|killed\s+(?:by|with))\s+{_gap(2)}{GAS}"),
    _rule("chemical attack", "chemical_attack", "names",
          rf"(?:{GAS}|(?:suspected\s+)?chemical(?:[- ]weapons?)?|poison|gas)(?:\s+and\s+\w+)?\s+(?:attacks?|strikes?|bombs?|shells?|barrels?)"),
    _rule("aircraft shot down", "shoot_down", "tells",
          rf"(?:shot|shoots?|shooting|brought|brings)\s+down\s+{_gap(6)}{CRAFT}|(?:shot|brought)\s+{_gap(6)}{CRAFT}\s+down|down(?:ed|s|"
          rf"ing)\s+{_gap(5)}{CRAFT}|"
          rf"{CRAFT}\s+{_gap(8)}(?:{BE}|had\s+been|has\s+been|have\s+been){ADV}\s+(?:shot\s+down|downed|brought\s+down)|shootdown|"
          rf"shooting\s+down\s+of|(?:destroyed|intercept(?:ed|s)|knocked\s+out|took\s+out|neutrali[sz]ed)\s+{_gap(4)}{DRONE}(?!\s+(?:boats?|"
          rf"vessels?|factor\w+|bases?|sites?|plants?|depots?|stores?|workshops?|units?|operators?|commands?|launch\w*|production|strikes?|attacks?))|"
          rf"{CRAFT}\s+{_gap(8)}(?:hit|struck|damaged)\s+by\s+{_gap(3)}(?:air\s+defen[cs]es?|anti-?aircraft|surface-to-air|ground\s+fire)|"
          rf"{DRONE}\s+(?!factor|base|site|plant|depot|store|workshop|unit|command|launch){_gap(4)}(?:was|were|been){ADV}\s+(?:intercepted|destroyed|neutrali[sz]ed)"),
    _rule("ship seized", "ship_seizure", "tells",
          rf"(?:seiz(?:ed|es|ing)|captur(?:ed|es|ing)|board(?:ed|s|ing)|hijack(?:ed|s|ing)|impound(?:ed|s)|commandeer(?:ed|s)|detain(?:ed|"
          rf"s|ing)|intercept(?:ed|s)|"
          rf"t(?:ook|ake|akes|aken)\s+(?:control|over)\s+(?:of\s+)?)\s*{_gap(6)}{SHIP}|{SHIP},?\s+{_gap(8)}(?:{BE}|had\s+been|"
          rf"has\s+been|have\s+been){ADV}\s+(?:seized|captured|boarded|"
          rf"hijacked|impounded|commandeered|detained|taken\s+over|forced\s+(?:in)?to)|(?:climb(?:ed|ing)|clambered|scrambled|stormed|jumped|"
          rf"rappell?ed|abseiled|gone|went)\s+(?:aboard|on\s?board|on\s?to)\s+{_gap(6)}{SHIP}|{SHIP}\s+(?:that|which)\s+(?:\w+\s+){{1,3}}(?:seized|"
          rf"captured|hijacked|boarded)|{SHIP},?\s+{_gap(3)}(?:taken|seized|hijacked|captured|boarded|commandeered)\s+by"),
    _rule("ship's seizure", "ship_seizure", "names", rf"(?:seizure|capture|hijacking|boarding)\s+of\s+{_gap(5)}{SHIP}"),
    _rule("ship hit", "ship_attack", "tells",
          rf"{SHIP},?\s+{_gap(12)}(?:{BE}|had\s+been|has\s+been|have\s+been){ADV}\s+(?:hit|struck|damaged|attacked|targeted|holed|sunk|"
          rf"torpedoed|fired\s+(?:on|upon|at)|set\s+ablaze|rocked|rammed)|{SHIP},?\s+{_gap(12)}(?:came|comes?|been)\s+under\s+(?:fire|attack)|"
          rf"(?:mines?|explosions?|blasts?|missiles?|{DRONE}|torpedo(?:es)?|rockets?|projectiles?|bombs?)\s+{_gap(4)}(?:hit|struck|"
          rf"damaged|holed|sank|rocked|crippled|targeted|rammed|pierced|set\s+fire\s+to)\s+"
          rf"{_gap(7)}{SHIP}|(?:explosions?|blasts?|missiles?|attacks?|strikes?|fire)\s+(?:on\s+board|aboard|on|against)\s+{_gap(6)}{SHIP}|"
          rf"{SHIP}\s+{_gap(6)}(?:hit|struck|ran\s+(?:on\s*to|into)|was\s+sunk\s+by)\s+(?:an?|by)\s+{_gap(2)}mine|"
          rf"(?:left|blew|tore|punched|ripped)\s+{_gap(4)}holes?\s+{_gap(12)}(?:MV|MT|hull|starboard|waterline|{SHIP})|attack(?:ed|s|"
          rf"ing)\s+{_gap(6)}{SHIP}|sank\s+{_gap(5)}{SHIP}|(?:shots?|fire)\s+{_gap(2)}(?:exchanged|fired)\s+{_gap(5)}(?:on\s+board|aboard)"),
    _rule("drone strike", "drone_strike", "names",
          rf"(?:(?:{DRONE}|UAV)(?:\s+and\s+\w+)?|drone-launched)\s+(?:strikes?|attacks?|raids?|assassination|assaults?|bombings?)"),
    _rule("drone hits", "drone_strike", "tells",
          rf"{_one_of(DRONE)}|"
          rf"{DRONE}\s+{_gap(5)}(?:has\s+|have\s+|had\s+)?{STRUCK}|(?:{STRUCK}|bombed|killed)\s+by\s+{_gap(4)}{DRONE}|bombs?\s+(?:was|"
          rf"were)\s+dropped\s+by\s+{_gap(2)}{DRONE}|"
          rf"{DRONE}\s+{_gap(2)}dropped\s+{_gap(3)}(?:bombs?|grenades?|explosives?|munitions?)|(?:fired|launched|"
          rf"sent)\s+{_gap(5)}{DRONE}\s+(?:at|against|towards?|into|on)"),
    _rule("air strike", "air_strike", "names",
          r"air[- ]?(?:strikes?|raids?|attacks?|assaults?|bombardments?)|aerial\s+(?:bombings?|bombardments?|attacks?)|(?:bombing|"
          r"barrel\s+bomb)\s+(?:raids?|runs?|attacks?)|"
          r"strikes?\s+by\s+(?:\S+\s+){0,3}(?:warplanes?|jets?|aircraft)|(?:air|cruise\s+missile)\s+and\s+(?:artillery|"
          r"missile)\s+(?:strikes?|fire|attacks?)"),
    _rule("aircraft bomb", "air_strike", "tells",
          rf"(?:barrel|cluster|glide|guided|vacuum|bunker[- ]buster)[- ]bombs?\s+{_active(4)}(?:hit|struck|fell|landed|killed|wounded|"
        rf"put\s+[^.;]{{1,60}}?\s+out\s+of\s+\w+|"
          rf"exploded|destroyed)|"
          rf"{PLANE}\s+{_active(5)}(?:bomb(?:ed|s)?|(?:has\s+|have\s+|had\s+)?(?:hit|struck|strikes?|attacked|targeted|pounded|raided|"
          rf"destroyed|kill(?:ed|s)|fired|came\s+back|strafed|raked|pummell?ed|hammered|blasted|levelled|leveled|flattened|wrecked|bombarded))|"
          rf"(?:bomb(?:ed|ing)?|strafed)\s+by\s+{_gap(4)}{PLANE}|(?:barrel\s+)?bombs?\s+{_gap(3)}(?:was|were|have\s+been)\s+dropped|"
          rf"dropp(?:ed|ing)\s+{_gap(5)}(?:barrel\s+)?bombs?|"
          rf"bombs\s+{_gap(2)}(?:fell|landed|rained|came\s+down)|"
          rf"(?:carried\s+out|conducted|launched|staged|mounted)\s+{_gap(5)}(?:air\s?)?strikes?|air\s?strikes?\s+{_gap(3)}{STRUCK}"),
    _rule("rocket attack", "rocket_attack", "names",
          rf"(?:(?:ballistic\s+|cruise\s+)?{ROCKET}|katyusha\s+rockets?)\s+(?:and\s+\w+\s+)?(?:attacks?|strikes?|barrages?|assaults?|"
          rf"fire|salvos?|hits?)|(?:barrage|salvo|volley)s?\s+of\s+{_gap(3)}{ROCKET}|rocketing(?:\s+of)?"),
    _rule("rockets hit", "rocket_attack", "tells",
          rf"{_one_of(ROCKET)}|"
          rf"{ROCKET}\s+{_gap(5)}(?:(?:has\s+|have\s+|had\s+|was\s+|were\s+|been\s+){{0,3}}(?:again\s+|also\s+|"
          rf"reportedly\s+)?(?:{STRUCK}|fired|launched|intercepted))|"
          rf"(?:fir(?:ed|es|ing)|launch(?:ed|es|ing)|shot|sent)\s+{_gap(5)}{ROCKET}|(?:{STRUCK}|attacked)\s+(?:by|"
          rf"with)\s+{_gap(4)}{ROCKET}|intercept(?:ed|s)\s+{_gap(5)}{ROCKET}"),
    _rule("barrage", "rocket_attack", "names", r"barrages?(?!\s+of)"),
    _rule("shells hit", "shelling", "tells",
          rf"{_one_of(SHELL)}|"
          rf"{SHELL}\s+{_gap(5)}(?:has\s+|have\s+|had\s+|was\s+|were\s+|been\s+){{0,3}}(?:also\s+|again\s+)?(?:{STRUCK}|fired|lobbed)|"
          rf"shelled(?!\s+out)|(?:came|come|been|were|was)\s+under\s+{_gap(2)}(?:shelling|bombardment|shellfire|artillery\s+fire|mortar\s+fire)|"
          rf"(?:{STRUCK})\s+(?:by|with|in)\s+{_gap(4)}(?:{SHELL}|shelling|shrapnel)|(?:fir(?:ed|es|ing)|lobbed)\s+{_gap(5)}{SHELL}|"
          rf"pounded\s+{_gap(8)}with\s+{_gap(3)}artillery"),
    _rule("shelling", "shelling", "names",
          rf"shelling|shellfire|(?:artillery|mortar|tank)\s+(?:fire|attacks?|strikes?|barrages?|exchanges?|duels?|bombardments?|assaults?|shelling)|"
          rf"{SHELL}\s+attacks?|cross-border\s+fire|bombardments?"),
    # A bomb in somebody's own car is meant for him.
    _rule("bomb for an official", "assassination", "tells",
          rf"{OFFICE}(?:\s+[^\s.;:!?]+){{0,8}}?,?\s+{PASSIVE}\s+(?:killed|murdered|blown\s+up)\s+(?:by|when|after)\s+{_gap(3)}{PLANTED}\s+{_gap(3)}(?:his|her)|"
          rf"(?:killed|murdered)\s+{_gap(6)}{OFFICE}\s+{_gap(6)}{PLANTED}\s+{_gap(3)}(?:his|her)|"
          rf"{PLANTED}\s+(?:[^\s.;:!?]+\s+){{0,5}}?(?:{OFFICE}['’]s\s+|(?:car|vehicle|jeep|truck)\s+(?:of|carrying)\s+(?:[^\s.;:!?]+\s+){{0,4}}?{OFFICE}\b)"
          rf"(?:[^\s.;:!?]+\s+){{0,12}}?(?:kill(?:ed|ing|s)|exploded|went\s+off|detonated)"),
    _rule("suicide attack", "explosion", "tells",
          r"suicide\s+(?:bomber|attacker|car\s+bomber|truck\s+bomber)s?\s+(?:\S+\s+){0,8}?(?:blew|detonat\w+|drove|struck|attacked|killed|"
          r"targeted|rammed|exploded|hit|set\s+off|walked|kill(?:s|ing)?|strikes)|"
          r"(?:blew|blown)\s+(?:himself|herself|themselves|itself)?\s*up|blew\s+up|blown\s+up|set\s+off\s+(?:an?\s+|his\s+|"
          r"her\s+)?(?:explosives?|bombs?|charge|explosion|device|vest)"),
    _rule("bomb exploded", "explosion", "tells",
          rf"(?:(?:{BOMB}|explosives)\s+{_gap(8)}|(?:device|charge|{SHIP}|vehicle|car|truck|lorry|van|bus|depot|warehouse)\s+{_gap(5)})(?:has\s+|have\s+|"
          rf"had\s+)?(?:exploded|explodes?|detonated|went\s+off|gone\s+off|blew\s+up|kill(?:ed|s)|wound(?:ed|s)|injure[ds]|hit|struck|damaged|"
          rf"rip(?:ped|s)|tore|maimed)|"
          rf"{BOMB}\s+{_gap(2)}(?:was|were|been){ADV}\s+(?:thrown|hurled|lobbed|tossed|detonated|set\s+off)|"
          rf"(?:hit|struck|ran\s+over|drove\s+over|stepped\s+on|triggered|killed\s+by|injured\s+by|wounded\s+by|hurt\s+by)\s+(?:an?|the|"
          rf"two)\s+{_gap(4)}(?:{BOMB}|blasts?|explosions?)|"
          rf"(?:threw|hurled|lobbed|planted|detonated|tossed)\s+{_gap(4)}(?:{BOMB}|explosives)"),
    _rule("explosion told", "explosion", "tells",
          rf"(?:explosions?|blasts?|detonations?|bombings?|bomb\s+attacks?)\s+{_gap(6)}(?:(?:has|have|had)\s+)?(?:been\s+|was\s+|"
          rf"were\s+)?(?:heard|reported|hits?|struck|kill(?:ed|s)|injured|wounded|damaged|destroyed|rock(?:ed|s)|shook|shakes|rip(?:ped|s)|tore|left|claimed|occurred|took\s+place|"
          rf"rang\s+out|levelled|leveled|targeted|went\s+off|wrecked|happened)|(?:hear|heard|reported?|caused|counts?|counted|hit|rocked|"
          rf"shaken|damaged|killed|struck|wounded|injured|(?:breached|destroyed|wrecked|gutted|flattened|levelled|demolished|shattered|sunk|brought\s+down)(?=\s+(?:in|by)\s))\s+(?:in\s+|by\s+|of\s+)?{_gap(4)}(?:explosions?|blasts?)"),
    _rule("explosion", "explosion", "names", rf"explosions?|blasts?|{BOMB}\s+(?:attacks?|explosions?|blasts?)|bombings?|"
        rf"suicide\s+attacks?|detonations?"),
    _rule("bombed", "air_strike", "tells", r"bombed|bombs|bombarded"),
    _rule("assassinated", "assassination", "tells",
          r"assassinat(?:ed|es|ing)|(?:was|were)\s+(?:shot\s+dead|gunned\s+down)(?:\s+\S+){0,6}?\s+(?:outside|in\s+front\s+of|"
          r"at)\s+(?:his|her|their)\s+(?:home|house|office|car)|(?:gunned\s+down|shot\s+dead|killed|murdered|assassinate)\s+(?:an?|the)\s+"
          rf"(?:(?!and\b|in\b|at\b)\S+\s+){{0,2}}{OFFICE}|{OFFICE}\b(?:\s+(?!which\b|that\b|said\b|says\b)[^\s.;:,]+){{0,10}}?,?\s+{PASSIVE}\s+"
          r"(?:gunned\s+down|shot\s+dead|shot\s+and\s+killed|stabbed\s+to\s+death|murdered|slain|ambushed\s+and\s+killed)|"
          # “A judge of the high court, NAME, was shot dead”: the name stands between commas.
          rf"{OFFICE}\b(?:\s+(?:of|in|from|for|with)\s+[^.;:,]{{2,50}})?,\s+(?-i:[A-Z])[^\s.;:,]*(?:\s+(?!(?:was|were|said|says)\b)[^\s.;:,]+){{0,4}},\s+{PASSIVE}\s+"
          r"(?:gunned\s+down|shot\s+dead|shot\s+and\s+killed|stabbed\s+to\s+death|murdered|slain)"),
    _rule("assassination", "assassination", "names", r"assassinations?|targeted\s+killings?|attempt\s+on\s+(?:the\s+|his\s+|her\s+)?life"),
    _rule("raided", "raid", "tells",
          rf"raided|storm(?:ed|ing)(?!\s+(?:out|off|in)\b)|(?:seiz(?:ed|es)|captured|occupied|stormed|overran|took\s+(?:control\s+of|"
          rf"over)|taken\s+over)\s+{_gap(5)}{PLACED}|"
          rf"(?:carried\s+out|conducted|launched)\s+{_gap(4)}raids?|{PLACED}\s+{_gap(5)}(?:was|were|has\s+been|have\s+been|"
          rf"had\s+been)\s+(?:raided|stormed|overrun|seized\s+by|captured\s+by|taken\s+over\s+by)"),
    _rule("raid", "raid", "names", r"(?:(?:police|army|military|commando|night|dawn|cross-border|ground|"
        r"special\s+forces)\s+)?raids?(?=\s+(?:on|in|by|against|near|at|that|which|killed)\b)"),
    _rule("forced a way in", "raid", "tells",
          rf"(?:burst|broke|barged|forced\s+(?:his|her|its|their)\s+way)\s+into\s+{_gap(5)}{PLACED}"),
    _rule("village burned", "raid", "tells",
          rf"(?:torched|razed|ransacked|pillaged|sacked|burn(?:ed|t)(?:\s+down)?|(?:set|setting)\s+(?:fire\s+to|alight|ablaze))\s+(?:[\w’'-]+\s+){{0,4}}?"
          rf"(?:villages?|towns?|settlements?|huts|hamlets?)|(?:villages?|towns?|settlements?|hamlets?)\s+{_gap(5)}(?:was|were|been)\s+(?:torched|razed|"
          rf"ransacked|pillaged|burn(?:ed|t)|set\s+(?:alight|ablaze|on\s+fire))"),
    _rule("place taken", "armed_clash", "tells",
          rf"(?:{ARMED}|{GROUP})\s+{_active(3)}(?:took|taken|takes|captured?|captures|seized?|seizes|recaptured?|retook|retaken|overran|overrun|entered)\s+(?:back\s+)?"
          rf"(?:control\s+of\s+)?(?:the\s+)?(?:[\w’'-]+\s+){{0,2}}?(?:town|city|village|villages|towns|capital|district|island|hill|hills|heights)\b|"
          rf"(?:{ARMED}|{GROUP})\s+{_active(3)}(?:took|taken|retook|retaken|recaptured|overran|overrun|entered)\s+(?:back\s+)?(?:control\s+of\s+)?"
          rf"(?-i:[A-Z])[\w’'-]+(?=[\s,.])(?!\s+(?:\S+\s+){{0,3}}(?:word|surprise|hostage|prisoner|captive|advice|side|seriously)\b)|"
          rf"(?-i:[A-Z])[\w’'-]+,?\s+(?:has\s+|have\s+|had\s+)?(?:fell|fallen|falls)\s+(?:to|into\s+the\s+hands\s+of)\s+{_gap(3)}(?:{ARMED}|{GROUP})"),
    _rule("people killed", "armed_clash", "tells",
          rf"(?:was|were|been)\s+(?:\w+ly\s+)?(?!executed){SLAIN}|(?:was|were|been)\s+shot\s+(?:in\s+the\s+\w+|at|several\s+times|twice|by)|"
          rf"(?:{PERSON}|(?-i:[A-Z])[\w’'-]+)\s+{_gap(3)}{PASSIVE}\s+shot(?=\s+(?:in|near|outside|on|as|when|while|after|this|last|late|early|yesterday|"
          rf"today|overnight|inside|from)\b)(?!\s+(?:on\s+location|in\s+(?:black|colou?r|one\s+take|\w+\s+for\s+the\s+film)))|"
          rf"shot\s+(?:at\s+)?(?:{COUNT}|an?|the|his|her|their)\s+{_gap(4)}{PERSON}(?!\s+down)(?:\s+dead)?|{PERSON}\s+who\s+were\s+(?:\w+\s+and\s+)?shot|"
          rf"{TO_DEATH}\s+{_gap(4)}to\s+death|(?:{ARMED}|{GROUP})\s+{_active(5)}{SLAIN}"),
    _rule("attack repelled", "armed_clash", "tells",
          rf"(?:repelled|repulsed|repels|beat(?:en)?\s+back|fought\s+off|drove\s+back|pushed\s+back|fended\s+off|held\s+off)\s+{_gap(5)}(?:attacks?|assaults?|"
          rf"offensives?|advances?|raids?|incursions?|{ARMED})"),
    _rule("fighting told", "armed_clash", "tells",
          rf"clash(?:ed|ing)(?!\s+of\b)|clashes\s+{_gap(6)}(?:broke|erupted|were|have|are|went|continue|took|killed|left|between|flared|"
          rf"in|near|at|with)|(?:fighting|gun\s?battles?|gunfights?|firefights?|shoot-?outs?|skirmish(?:es)?|exchanges?\s+of\s+fire|gunfire|"
          rf"heavy\s+fighting|street\s+battles?|battles?)\s+{_gap(5)}(?:broke\s+out|erupted|was|were|has|have|is|are|raged|continued|"
          rf"killed|left|between|took\s+place|rang\s+out|flared|around|near|in)|"
          rf"machine-gunned|(?:sprayed|riddled|raked|peppered)\s+{_gap(6)}with\s+{_gap(2)}(?:bullets|gunfire|fire|machine-gun)|"
          rf"ambush(?:ed|es)|open(?:ed|s|ing)\s+fire|fire\s+(?:was|were|is|has\s+been|had\s+been)\s+exchanged|exchang(?:ed|ing)\s+fire|"
          rf"(?:shots?|gunfire|firing)\s+{_gap(4)}(?:fired|heard|exchanged|rang\s+out)|(?:was|were|been|being|came)\s+(?:fired\s+(?:on|at|"
          rf"upon)|under\s+(?:heavy\s+)?(?:fire|attack))|"
          rf"(?:{ARMED}|{GROUP})\s+{_active(7)}(?:attacked|attack|assaulted|(?:kill(?:ed|s)?|shot|shoot|wound(?:ed)?){SOMEBODY}|shot\s+at|stormed?|"
          rf"fired|overran|ambush(?:ed)?|stabbed|massacred?|executed|beheaded?|seized)|(?:attack(?:ed|s)|assaulted|overran|overrun)\s+{_gap(6)}{PLACED}|"
          rf"{PLACED}\s+{_gap(5)}(?:was|were|has\s+been|have\s+been|had\s+been)\s+attacked|(?:shot|"
          rf"killed)\s+(?:dead\s+)?by\s+{_gap(4)}{ARMED}|(?:shot\s+dead|gunned\s+down|shot\s+and\s+(?:killed|wounded))|"
          rf"fought\s+{_gap(5)}(?:battles?|fighters|forces|troops|rebels)|"
          rf"{ARMED}\s+{_gap(4)}(?:are|is)\s+firing"),
    _rule("clash", "armed_clash", "names", r"clashes|clash(?=\s+(?:in|on|near|at|with|between|along|outside)\b)|"
        r"(?:heavy\s+|sporadic\s+)?(?:fighting|gunfire|firing|small[- ]arms\s+fire|"
        r"machine-?gun\s+fire|sniper\s+fire|exchanges?\s+of\s+fire)(?!\s+(?:squad|range|line|of|at|on|back)\b)|"
        r"firing(?=\s+(?:at|on)\s+(?-i:[A-Z]))|fire\s?fights?|"
        r"gun\s?battles?|gun\s?fights?|ambush(?:es)?|skirmish(?:es)?|shoot-?outs?|shootings?|massacres?|gun\s+attacks?|armed\s+attacks?|"
        r"knife\s+attacks?|stabbings?|beheadings?|lynchings?"),
    _rule("abducted", "other", "tells", r"(?:was|were|been|have|has|had)\s+(?:abducted|kidnapped)|abducted|kidnapped|"
        r"hostages\s+were\s+taken|(?:took|taken)\s+(?:\S+\s+){0,4}hostages?|derailed|sabotaged|torched|set\s+fire\s+to|"
        r"(?:drove|made|marched)\s+(?:\w+\s+)?off\s+with|(?:took|taken|led)\s+away\s+(?:at\s+least|\d|two|three|four|five|six|dozens)"),
    _rule("struck", "air_strike", "tells", rf"(?:was|were|been|being)\s+(?:\w+ly\s+)?(?:struck|hit|targeted)(?!\s+by\s+(?:the|a|how|"
        rf"an)\b)|(?:struck|hit)(?=\s+(?:\S+\s+){{0,6}}?(?:{PLACED}|complex(?:es)?|sites?|targets?|facilit(?:y|ies)|positions|buildings?|"
        rf"houses?|homes?|vehicles?|cars?|trucks?|lorr(?:y|ies)|warehouses?|factor(?:y|ies)|plants?|refiner(?:y|ies)))"),
    _rule("strike", "air_strike", "names", r"(?:precision\s+|retaliatory\s+|night\s+|deadly\s+|US\s+|coalition\s+|Israeli\s+|Russian\s+|"
        r"second\s+|military\s+|missile\s+)*strikes?"),
    _rule("fighters killed", "armed_clash", "tells",
          rf"(?:(?:{COUNT}|an?|several|some)\s+{_gap(3)}(?:{FIGHTERS})\s+(?:(?:and\s+)?{COUNT}\s+\w+\s+)?{PASSIVE}\s+killed|"
          rf"killed\s+{COUNT}\s+{_gap(3)}(?:{FIGHTERS})\b)(?!\s+(?:by|in|when|after)\s+(?:an?|the|their)\s+(?:\w+\s+){{0,2}}?(?:accident|crash|collision|"
          r"avalanche|landslide|flood|storm|earthquake|fire|blaze|helicopter|car|truck|bus|vehicle|boat)\b)"),
    _rule("attack", None, "names", r"attacks?|assaults?|operations?|incidents?|bloodshed|killings?"),
)  # fmt: skip


def hits_in(text: str, start: int, end: int) -> list[Hit]:
    """Every trigger from `start` to `end` of `text`, in order; of verbs that overlap, and of nouns, the one that stands first in the table."""
    found: list[Hit] = []
    false: list[tuple[int, int]] | None = None
    small = text[start:end].lower()
    for trigger in TRIGGERS:
        needs = NEEDS.get(trigger.name)
        if needs is not None and not any(word in small for word in needs):
            continue
        for match in trigger.pattern.finditer(text, start, end):
            if false is None:
                false = [friend.span() for friend in FALSE_FRIENDS.finditer(text, start, end)]
            if any(match.start() < last and first < match.end() for first, last in false):
                continue
            if any(hit.trigger.strength == trigger.strength and match.start() < hit.end and hit.start < match.end() for hit in found):
                continue
            found.append(Hit(trigger, match.start(), match.end(), match.group().strip()))
    return sorted(found, key=lambda hit: hit.start)
