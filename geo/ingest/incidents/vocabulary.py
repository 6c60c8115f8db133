"""The words of conflict reporting as pieces of patterns: weapons, vessels, aircraft, the armed, what is hit and how."""

from __future__ import annotations

from geo.ingest.incidents.quantities import NUMBER

ROCKET = r"(?:rockets?|missiles?|katyushas?|grads?|projectiles|volleys?)"
SHELL = (
    r"(?:(?:artillery|mortar|tank|cluster)?[- ]?shells?|(?:artillery|mortars?)(?:\s+(?:bombs?|rounds?|fire))?|tank\s+(?:rounds?|fire)|"
    r"artillery\s+(?:batter(?:y|ies)|guns?)|howitzers?)"
)
PLANE = (
    r"(?:war\s?planes?|aircraft|(?:fighter\s+|fighter-)?jets?|jet\s+fighters?|(?<!suicide\s)(?<!car\s)bombers?|fighter[- ]bombers?|"
    r"(?:attack\s+|combat\s+|military\s+)?"
    r"helicopters?|gunships?|planes?|(?-i:Antonov|Sukhoi|MiG|Apache|Mirage|Black\s+Hawk|Chinook)s?)"
)
DRONE = (
    r"(?:(?:explosive[- ]laden\s+|attack\s+|armed\s+|suicide\s+|kamikaze\s+|combat\s+)?drones?|UAVs?|quadcopters?|unmanned\s+(?:aerial\s+)?"
    r"(?:aircraft|vehicles?)|loitering\s+munitions?|shahe(?:e)?ds?|"
    r"(?-i:Bayraktar|Reaper|Predator|Orlan)s?)"
)
SHIP = (
    r"(?:(?:oil\s+|chemical\s+|fuel\s+)?tankers?|vessels?|ships?|freighters?|(?:fishing\s+|patrol\s+|gun)?boats?|trawlers?|frigates?|destroyers?|"
    r"warships?|ferr(?:y|ies)|dhows?|bulk\s+carriers?|carriers?|container\s+ships?|tugs?|barges?|corvettes?|minesweepers?|coasters?|yachts?)"
)
BOMB = (
    r"(?:(?:car|truck|lorry|roadside|suicide|petrol|parcel|nail|motorcycle|vehicle|magnetic|bicycle|pipe)[- ]?bombs?|bombs?|IEDs?|VBIEDs?|"
    r"improvised\s+explosive\s+devices?|explosive\s+devices?|land\s?mines?|(?:sea|naval|limpet|anti-?tank|anti-?personnel)\s+mines?|mines?|grenades?|"
    r"booby[- ]trap\w*|suicide\s+vests?|explosive\s+belts?)"
)
GAS = r"(?:chlorine|sarin|mustard\s+gas|nerve\s+(?:agent|gas)|poison(?:ous)?\s+gas|toxic\s+gas|chemical\s+agents?|VX|novichok)"
CRAFT = rf"(?:{PLANE}|{DRONE}|airliners?|airplanes?|MiG-?\d*|Su-?\d+\w*|F-?\d+\w*|Mi-?\d+\w*|(?:cruise\s+)?missiles?|balloons?)"
ARMED = (
    r"(?:gunmen|gunman|attackers?|assailants?|militants?|fighters|rebels?|insurgents?|soldiers?|troops|police(?:men)?|forces|commandos?|"
    r"paratroopers?|militia"
    r"(?:men)?|extremists?|jihadists?|terrorists?|bandits|armed\s+men|armed\s+group|snipers?|separatists|guerrillas|marines|"
    r"security\s+forces|army|raiders|"
    r"pirates|settlers|guards?|vigilantes|mercenaries|kidnappers|hijackers|assassins?|hitmen)"
)
# Armed groups by name, and by the initials that most of them go by; not those of states, agencies and the clock.
GROUP = (
    r"(?:Boko\s+Haram|al[- ]Shabaa?b|Shabaa?b|Hezbollah|Hizballah|Hamas|Islamic\s+(?:State|Jihad)|Houthis?|Taliban|al[- ]Qa[ei]da|Abu\s+Sayyaf|"
    r"Janjaweed|Wagner|(?-i:(?!(?:UN|US|EU|UK|UAE|BBC|AFP|AP|NGOs?|ICRC|MSF|UNHCR|UNICEF|WHO|WFP|IAEA|CNN|NBC|ABC|CBS|NPR|GMT|UTC|EST|EDT|ET|CET|"
    r"PM|AM|TV|MPs?|CEO|SOS|IDPs?)\b)(?:[A-Z]{2,6}\d{0,2}|[A-Z]\d{2})(?![\w’'.])))"
)
STRUCK = (
    r"(?:hit|hits|hitting|struck|strikes?|striking|slammed|slams|landed|lands|fell|fallen|falls|falling|pounded|pounds|pounding|rained|"
    r"crashed|damaged|destroyed|"
    r"wrecked|levelled|leveled|targeted|targets|targeting|impacted|came\s+down|tore\s+through|set\s+(?:fire|alight|ablaze)|sank|sunk|"
    r"exploded|killed|killing|rammed|smashed|ploughed|plowed|hurtled|thudded|ripped|tore|pummel(?:l)?ed|battered|hammered|blasted|shattered|"
    r"gutted|obliterated|razed|pierced|"
    r"knocked\s+out|crippled|kills|wounded|injured|attacked|demolished|shook|rocked|flattened|hurt)"
)
BE = r"(?:was|were|is|are|been|being|be|got|gets)"
ADV = (
    r"(?:\s+(?:also|again|reportedly|allegedly|apparently|now|then|since|later|heavily|badly|slightly|severely|partly|directly|"
    r"deliberately|twice|both|all))*"
)
GAP = r"(?:[^\s.;:!?“”]+\s+){0,%d}?"
# Without a passive: “soldiers were killed” is not “soldiers killed”.
ACTIVE = r"(?:(?!(?:was|were|been|be|being|is|are|had|one|two|freed|released|handed)\b)[^\s.;:!?,“”]+\s+){0,%d}?"
SOMEBODY = (
    r"(?=\s+(?:at\s+least|about|around|more\s+than|nearly|almost|over|up\s+to|all|another|thirteen|fourteen|fifteen|sixteen|twenty|thirty|some|several|dozens|scores|\d|an?\s|the\s|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|eleven|twelve|his|her|their|him|civilians|people|villagers|and\s+\w+ed\s))"
)
PLACED = (
    r"(?:base|post|checkpoint|headquarters|barracks|police\s+station|station|building|hotel|mosque|church|compound|airport|parliament|"
    r"offices?|village|town|"
    r"convoy|patrol|camp|prison|market|embassy|consulate|school|hospital|university|bus|position|outpost|positions|depot|crossing|"
    r"garrison|monastery|ministry|house|home|homes|houses|shop|shops|restaurant|clinic|farm|mine|bank|caf[eé]|bar)"
)
# Whom an assassination is of, where no word says that it was one.
OFFICE = (
    r"(?:journalists?|reporter|editor|broadcaster|politician|lawyer|judge|magistrate|prosecutor|mayor|governor|councillor|councilman|lawmaker|"
    r"senator|MP|deputy|activist|commander|official|minister|cleric|imam|priest|bishop|scientist|candidate|general|colonel|chief|elder|"
    r"head|leader|chairman|administrator|diplomat|ambassador|envoy|spokesman|spokeswoman|(?:polio|health|aid)\s+worker)"
)
# What is said of killing by hand, and of killing many.
SLAIN = r"(?:massacred|beheaded|decapitated|slaughtered|lynched|murdered|slain|butchered|executed|mowed\s+down|cut\s+down)"
TO_DEATH = r"(?:hacked|stabbed|beat|beaten|clubbed|bludgeoned|knifed|burn(?:ed|t)|shot|choked|strangled|stoned)"
PASSIVE = r"(?:was|were|has\s+been|have\s+been|had\s+been)(?:\s+(?:also|later|reportedly|then|\w+ly))?"
# A bomb that somebody put somewhere.
PLANTED = (
    rf"(?:{BOMB}|explosives?|(?:explosive\s+)?device)\s+(?:that\s+(?:was|had\s+been)\s+)?(?:attached|planted|placed|fixed|stuck|hidden|fastened|taped|left)\s+"
    r"(?:to|under|underneath|in|inside|on|beneath)"
)
# Where a weapon ends that has flown.
CAME_DOWN = (
    r"landed|fell|crashed|came\s+down|slammed|plunged|smashed|ploughed|plowed|hit|struck|exploded|hurtled|thudded|tore|dived|dropped\s+(?:on|into)"
)
FIGHTERS = (
    r"(?:gunm[ae]n|militants?|fighters?|rebels?|insurgents?|soldiers?|troops|policem[ae]n|police\s+officers?|jihadis(?:ts)?|guerrillas|paramilitar(?:y|ies)|"
    r"militiam[ae]n|commandos?|marines?|separatists?|bandits?|terrorists?|extremists?|border\s+guards|servicem[ae]n|infiltrators?)"
)
# Of whom “was shot” and “shot dead” are said.
PERSON = (
    r"(?:people|persons?|civilians?|soldiers?|policem[ae]n|policewom[ae]n|officers?|guards?|m[ae]n|wom[ae]n|boys?|girls?|child(?:ren)?|teenagers?|youths?|students?|"
    r"teachers?|workers?|villagers?|farmers?|herders?|fisherm[ae]n|shepherds?|drivers?|journalists?|reporters?|judges?|lawyers?|mayors?|imams?|priests?|elders?|"
    r"chiefs?|activists?|protesters?|demonstrators?|officials?|doctors?|nurses?|medics?|paramedics?|migrants?|refugees?|passengers?|residents?|sailors?|"
    r"traders?|shopkeepers?|colleagues|comrades|worshippers|mourners|bystanders?|passers-?by|settlers?|conscripts?|recruits?|brothers?|sisters?|sons?|"
    r"daughters?|father|mother|wife|husband|prisoners?|detainees?|hostages?|others|fighters?|militants?|gunm[ae]n)"
)
COUNT = (
    rf"(?:(?:at\s+least|about|around|more\s+than|nearly|almost|over|up\s+to|another|some)\s+)?(?:{NUMBER}|several|dozens\s+of|scores\s+of|some|many)"
)
