"""The patterns of figures of people: a number, who is counted, and what befell them, in the orders in which English tells it."""

from __future__ import annotations

import re

from geo.ingest.incidents.quantities import NUMBER, QUANTITY

PEOPLE = (
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
    r"volunteers?|passers-?by|campers?|fans|families|monks?|nuns?|rangers?"
)
FILL = (
    r"(?:(?!and\b|but\b|that\b|which\b|who\b|whose\b|were\b|was\b|killed\b|injured\b|wounded\b|hurt\b|dead\b|when\b|in\b|on\b|at\b|by\b|said\b|says\b|rockets?\b|"
    r"missiles?\b|shells?\b|bombs?\b)[\w’'-]+\s+){0,5}?"
)
GROUP = (
    rf"(?:\s+of\s+(?:them|those|whom)(?=\s))?(?:\s+(?:more\s+)?(?:of\s+(?:the|its|his|their|"
    rf"them)\s+)?{FILL}(?P<people>{PEOPLE}|[a-z]+(?:s|men)(?=\s+(?:were|have|had|died|drowned|perished|lost)\b))\b(?:\s+of\s+(?:one|a|the|his|her)\s+\w+)?(?:\s+from\s+\w+)?)?"
)
KILLED = (
    r"(?:killed|slain|shot\s+(?:dead|and\s+killed)|gunned\s+down|assassinated|murdered|beheaded|decapitated|slaughtered|lynched|massacred|executed|"
    r"(?:stabbed|hacked|beaten|clubbed|burn(?:ed|t)|crushed|trampled|knifed)\s+to\s+death)"
)
DEAD = rf"(?:{KILLED}|dead|died|deaths?|drowned|martyred|lost\s+(?:their|his|her)\s+li(?:ves|fe)|die|dies|perished|fatalit\w+)"
HURT = (
    r"(?:injured|wounded|hurt|maimed|burned|had\s+burns|treated|hospitali[sz]ed|injuries|(?:taken|rushed|brought|sent)\s+to\s+(?:the\s+|a\s+)?hospital|"
    r"(?:sustained|suffer(?:ed|ing))\s+(?:\w+\s+){0,2}(?:wounds?|injur(?:y|ies)|burns)|hit\s+(?:in\s+the\s+\w+|by\s+(?:shrapnel|bullets?|splinters|flying\s+glass)))"
)
AUX = (
    r"(?:\s+(?:was|were|is|are|have|has|had|been|being|also|reportedly|confirmed|feared|believed|likely|left|later|then|subsequently|"
    r"now|more|to\s+have|found|as|seriously|badly|critically|slightly|lightly|severely|gravely|fatally|mortally|all|both|apparently|instantly))*"
)


_I = re.IGNORECASE
FORWARD = re.compile(
    rf"(?<![\w.,-]){QUANTITY}{GROUP}(?P<aside>,?\s+(?:including|among\s+them|mostly)\s[^,;.]{{0,60}},|,\s+(?!(?:and|but)\b)[^,;.:]{{2,70}}(?:,\s+[^,;.:]{{2,40}})?,|"
    rf"\s+[–—]\s+[^–—;.]{{2,70}}\s+[–—]|\s+(?:on|aboard|in|at|inside|near|from)\s+(?:the\s+|an?\s+|his\s+|her\s+|their\s+)?(?:(?!killed\b|wounded\b|injured\b)[\w’'-]+\s*?){{1,4}}?(?=\s+(?:was|were|had|have|has|died|is|are|lost)\b))?{AUX}\s+(?P<state>{DEAD}|{HURT})\b(?!\s+(?:by|in|on)\s+the\s+number)",
    _I,
)
ONE = re.compile(
    rf"(?<![\w-])(?P<number>an?|another|the)\s+(?:(?!and\b|of\b|number\b)[\w’'-]+\s+){{0,3}}?(?P<people>{PEOPLE})(?:\s+(?:with|from|of|"
    rf"at|in)\s+(?:the\s+)?[\w’'-]+(?:\s+[\w’'-]+)?)?\s+(?:was|is|has\s+been|had\s+been|also)?\s*(?:later\s+|"
    rf"subsequently\s+)?(?P<state>killed|wounded|injured|hurt|died|shot\s+dead)\b",
    _I,
)
BACKWARD = re.compile(
    rf"\b(?P<state>shot\s+dead|gunned\s+down|kill(?:ed|s|ing)|injur(?:ed|es|ing)|wound(?:ed|s|ing)|hurt(?:ing)?|treat(?:ed|ing)|slain|"
    rf"(?:claim(?:ed|s|ing)|cost|costing)\s+the\s+lives\s+of|"
    rf"deaths?\s+of|left|leaving|murder(?:ed|ing)|behead(?:ed|ing)|massacr(?:ed|ing)|slaughter(?:ed|ing)|execut(?:ed|ing)|hack(?:ed|ing)|kill)\s+"
    rf"(?:(?P<also>and\s+(?:injur\w+|wound\w+))\s+)?(?P<quantity>{QUANTITY}|(?P<alone>an?|another|one|the)(?=\s)){GROUP}(?P<tail>\s+(?:dead|"
    rf"killed|injured|wounded))?",
    _I,
)
AND_HURT = re.compile(
    rf"^(?:\s+[\w’'-]+){{0,5}}?[,\s]+(?:and|with|while)\s+(?P<quantity>{QUANTITY}|(?P<alone>an?other|"
    rf"an?)){GROUP}{AUX}\s*(?P<state>{HURT}|{DEAD})?\b",
    _I,
)
AND_MORE = re.compile(
    rf"^\s+and\s+(?:(?:his|her|its|their)\s+(?={NUMBER}\s))?(?P<quantity>{QUANTITY}|(?P<alone>another|an?|his|her|its|their)(?=\s)){GROUP}"
    r"(?P<noun>\s+(?:[\w’'-]+\s+){0,2}?[\w’'-]+(?=\s*(?:[,.;]|$|\s(?:in|on|at|near|when|after|while|and|who|from|outside|inside|as|to|with|early|late)\b)))?",
    _I,
)
TOLL = re.compile(
    rf"(?:(?:death\s+)?toll|number\s+of\s+(?:\w+\s+)?(?P<state>killed|dead|deaths|wounded|injured|hurt)|"
    rf"dead\b)[^.;]{{0,110}}?\b(?:(?:rose|risen|rises|rising|raised|climb(?:ed|s|ing)|increased|up|grown|jumped|soared|passed|reached|topped|exceeded|"
    rf"revised|stands?|standing|stood|now|puts?|is|was)\s+)(?:\w+\s+)?(?:to|at|from|past)?\s*{QUANTITY}(?!\s*(?:%|percent|hours?|days?|a\.m|p\.m))",
    _I,
)
RAISED = re.compile(
    rf"\b(?:rais(?:ed|es|ing)|revis(?:ed|es|ing)|lower(?:ed|s|ing)|increas(?:ed|es|ing)|puts?|putting|brings?|bringing|brought|takes?|taking|took|"
    rf"push(?:ed|es|ing))\s+(?:the|its|their|his)\s+(?:number\s+of\s+(?:\w+\s+)?(?P<state>killed|dead|deaths|wounded|injured|hurt)|"
    rf"(?:\w+\s+)?(?:death\s+)?toll)[^.;]{{0,80}}?\b(?:to|at)\s+{QUANTITY}",
    _I,
)
BODIES = re.compile(rf"\b(?:bodies|corpses|remains)\s+of\s+{QUANTITY}{GROUP}", _I)
FOUND = re.compile(
    rf"\b(?:recover|retriev|pull|find|found|collect|dug|dig|receiv|bur(?:y|ied))\w*\s+(?:\w+\s+){{0,3}}?{QUANTITY}\s+(?:\w+\s+)?(?P<people>bodies|corpses)\b",
    _I,
)
LIVES = re.compile(rf"\b(?:claim|cost|took|taken|taking)\w*\s+{QUANTITY}\s+lives\b", _I)
BODIES_FOUND = re.compile(
    rf"{QUANTITY}\s+(?:\w+\s+)?(?P<people>bodies|corpses)\s+(?:have\s+been|had\s+been|were|are)\s+(?:\w+\s+){{0,2}}?(?:recovered|found|pulled|retrieved|brought|"
    rf"counted|taken|dug|laid|buried)",
    _I,
)
WITH_WOUNDS = re.compile(
    rf"(?<![\w.,-]){QUANTITY}{GROUP}\s+with\s+(?:\w+\s+){{0,2}}?(?P<state>(?:shrapnel|gunshot|bullet|blast|head|leg)\s+(?:wounds?|injur(?:y|ies))|burns)\b",
    _I,
)
COUNTS = re.compile(
    rf"\b(?:speaks?|spoke|knows?|knew|told|reports?|counts?|counted|tells)\s+(?:of\s+)?{QUANTITY}{GROUP}(?:\s+(?P<state>killed|dead|"
    rf"injured|wounded|hurt))?",
    _I,
)
PAIR = re.compile(
    rf"(?<![\w.,-])(?P<bound>\b\B)?(?P<number>{NUMBER})\s+{FILL}(?P<people>{PEOPLE})(?:,?\s+and|,)\s+"
    rf"(?=(?:at\s+least\s+|about\s+|another\s+|more\s+than\s+|an?\s+|his\s+|her\s+)?(?:{NUMBER}\s+)?{FILL}(?:{PEOPLE}){AUX}\s+(?P<state>{DEAD}|{HURT})\b)",
    _I,
)
# “The mayor of X was shot dead”: one, whoever it is.
SOLE = re.compile(
    rf"(?:\b(?:was|has\s+been|had\s+been)(?:\s+(?:also|later|reportedly|then|\w+ly))*\s+(?P<state>{KILLED}|injured|wounded|hurt)|\b(?P<died>died|lost\s+(?:his|her)\s+life))\b"
    r"(?!\s+(?:by\s+the\s+)?(?:down|off)\b)",
    _I,
)
BOTH = re.compile(
    rf"(?:^|[,;:“(]\s*|\b(?:when|after|that|where|while|and)\s+)(?P<who>(?:the|an?|his|her|its|their)\s+(?:[\w’'-]+\s+){{0,7}}?and\s+(?:the|an?|his|her|its|their|another)\s+"
    rf"(?:[\w’'-]+\s+){{0,3}}?[\w’'-]+)\s+(?:were|have\s+been|had\s+been|died|lost)(?:\s+\w+ly)?(?:\s+(?P<state>{KILLED}|injured|wounded|hurt)|(?=\W)(?<=died))",
    _I,
)
NOT_ONE = re.compile(
    r"\b(?:nobody|no|none|neither|not|never|everyone|everybody|anyone|it|which|that|both|all|whole|entire|family|group|crowd|crew|people|\d+|one|two|"
    r"three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|scores|several|some|many|hundreds|number|toll|strikes?|attacks?|at\s+least)\b",
    _I,
)
THING = re.compile(
    r"(?:deal|plan|bill|proposal|hope|chance|process|peace|time|hour|cow|goat|horse|dog|camel|animal|sheep|cattle|livestock|house|home|building|number|lot|"
    r"total|group|crowd|column|family|career|business|network|project|tank|vehicle|car|truck|lorry|bus|ship|vessel|tanker|boat|village|town|blow|shop|"
    r"school|hospital|bridge|tree|warehouse|site|position|checkpoint|drone|aircraft|helicopter|jet|base|hole|message|trail|mark|state|world|country|"
    r"nation|city|dead|wounded|injured|victims)(?:e?s)?$",
    _I,
)
ANOTHER = re.compile(
    rf"[;,]\s+(?:and\s+|but\s+)?(?:another|a\s+second|others|a\s+third)\s+(?:[\w’'-]+\s+){{0,3}}?(?:says?|said|speaks?\s+of|spoke\s+of|"
    rf"puts?\s+it\s+at|counts?)\s+{QUANTITY}(?=[\s.;,]|$)",
    _I,
)
NOBODY = re.compile(
    r"\b(?:nobody|no[\s-]one|none\s+of\s+(?:them|the\s+\w+)|no\s+(?:\w+\s+)?(?:person|people|soldiers?|civilians?|crew\s+members?|staff|troops|personnel|"
    r"residents?|passengers?|officers?|children|guards?|workers?))\s+(?:\w+\s+){0,4}?(?:(?:was|"
    r"were|is|are|has\s+been|have\s+been)\s+(?:\w+\s+)?(?P<state>hurt|killed|injured|wounded|harmed)|(?:has\s+|have\s+|had\s+)?(?P<died>died)\b)|"
    r"\b(?:there\s+(?:were|are|was)|caused|with|causing|without)\s+(?:no\s+|any\s+)?(?P<none>casualties|injuries|deaths|"
    r"victims)\b(?!\s+(?:are|were)\s+known)|\b(?:no|without)\s+(?P<no>casualties|injuries|deaths|victims|loss\s+of\s+life)\b",
    _I,
)
UNTOLD = re.compile(
    r"\bno\s+(?:reports?|word|details|immediate\s+reports?|information|mention|confirmed\s+reports?)\s+(?:of|on|"
    r"about)\s+(?:any\s+)?(?:casualties|injuries|deaths|victims)|\bno\s+(?:casualties|injuries|deaths)\s+(?:are|were|have\s+been|"
    r"had\s+been)\s+(?:known|reported|confirmed)|did\s+not\s+mention\s+casualties",
    _I,
)
AGE = re.compile(r"^-?\s?(?:year|month|day|week|hour|km|pound|metre|meter|mile|%|per\s?cent)", _I)
# “A girl of eight was hurt”: her age.
OF_AGE = re.compile(
    r"\b(?:girl|boy|child|m[ae]n|wom[ae]n|baby|son|daughter|pupil|student|teenager|brother|sister|mother|father|toddler|youth|grand\w+|niece|nephew)s?\s+"
    r"(?:of|aged?)\s+(?:about\s+|just\s+|only\s+)?$",
    _I,
)
