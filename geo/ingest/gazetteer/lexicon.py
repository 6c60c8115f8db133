"""Words that tell what a name is doing in a sentence: speech, government, ships, media, titles, events, and words that only look like names."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _any(text: str) -> str:
    """A pattern of alternatives, longest first."""
    return "(?:" + "|".join(sorted((word.replace("_", r"\s+") for word in text.split()), key=len, reverse=True)) + ")"


# Each of these is a town, a village or another spelling of one somewhere, and hardly ever meant.
ORDINARY = _words(
    """human rights
    a about above across after again against ago all almost along already also although always among an and another any anti are area areas
    armed army around as at attack attacks away back bad bar bay be because bed before behind being below best better between beyond big bomb
    book both bridge but by call came camp can capital captain car case castle cell center central centre chief children christmas citizen city
    civil close coalition col colonel come command commander confirmed congress council court crash cross crown current dam day dead deal death
    defence defense deputy did died district do does down drone dual during each earlier early east eastern eight either else embassy end enemy
    even event every fair far farm farms few field fighter final fire first five flag flight for force forces foreign former fort forum four
    free friend friday from front full gang gas gen general get give go god gold good government governor grand great green ground group guard
    gulf had half hall hand harbor harbour has have he head health hello her here high hill him his hit home hope hospital host house how
    hundred i if imam in independence inside interior into iron is island it its jet job judge july june just justice key kill king knight known
    lake land large last late later law lead leader least left less let life light like line little live local long look lost low made main
    major make man many marine mark marks market may mayor me meanwhile media men mercy middle mile mill mine minister ministry mission mobile
    monday month more morning mosque most mount mountain moved much must my name nation national navy near new news next nice night nine no none
    noon nor north northern not now number of off office officer official officials oil old on once one only open opposition or order other our
    out over own page palace park part party past peace people plant point police port post power present president press prime prince prison
    private pro province public queen quick quite raid rally reading real rebel red regime region report reporter reports republic rest results
    right rise river road rock rocket rockets royal rule rush sad safe said saint same sat saturday save saw say sea second secretary security
    see senate senator senior separate set seven several shah she shelling ship shooting short should show side since site six sky small so
    social some son sound source sources south southern speaker special spring square staff star start state states station still stone storm
    street strike strikes strong such summer sun sunday super support sure system take team tel ten than that the their them then there these
    they thirty this those three thursday time to today together told tomorrow too top total tour tower town trade troops true truth tuesday
    turn twelve twenty twin two under union unit united unity until up update updates upon us valley van very victory video village wait wall
    war warning was watch water way we wednesday week well went were west western what when where which while white who why wide will wind
    winter with within without witness woman women wood word work world would year yes yesterday yet you young your zone january february march
    april august september october november december jan feb mar apr jun jul aug sept oct nov dec gmt utc est ist bst cet am pm breaking summary
    analysis image photo map caption file link read related latest developing corrected correction allah islam islamic islamist muslim christian
    jewish sunni shia shiite kurd kurdish kurds arab arabs alawite druze houthi houthis taliban hamas hezbollah isis isil qaeda nato opec eu un
    idf sdf ypg pkk irgc saa fsa cia fbi nsa mi6 covid trump biden obama putin assad bush clinton kerry blinken austin rouhani zarif khamenei
    soleimani netanyahu gantz bennett lapid erdogan merkel macron johnson xi modi khan maliki sadr abadi zelensky lavrov peskov shoigu katyusha
    grad scud patriot tomahawk hellfire reaper predator shahed iskander kalibr kinzhal himars typhoon rafale tornado hercules american americans
    christians muslims republican republicans democrat democrats democratic labour conservative according additional additionally amid
    apparently appears asked before besides bodies both british citing clashes crowds damage despite dozens due elsewhere eyewitnesses
    explosions families fighters fighting finally footage former further given government hours however hundreds images indeed instead
    investigators iranian iraqi israeli its journalists lastly local locals mark marks militants moments moreover mother nearby neither nobody
    nothing obviously opposite others otherwise overnight passengers perhaps pictures previously protesters protests rather recall recent
    recently reportedly rescue residents responding russian satellite schools seven shortly similarly soldiers somebody someone speaking
    statement supporters survivors syrian thank though thousands through thus traffic turkish unconfirmed unknown unlike victims videos we
    whether witnesses workers"""
)

PALACES = frozenset(["kremlin", "white house", "pentagon", "downing street", "whitehall", "elysee", "knesset", "capitol hill"])
# Agencies and stations whose names are those of places or towns.
MEDIA_NAMES = _words("fars kan tass saba tasnim mehr anadolu sana ynet rudaw reuters")

# Given names that are also places.
GIVEN_NAMES = _words(
    """paris austin jordan chad israel georgia florence sydney charlotte madison lincoln jackson victoria alexandria brooklyn dakota savannah sofia
    sophia asia india kenya cairo london lourdes mercedes santiago santo salem hamilton houston dallas milan adelaide carolina virginia regina
    valencia verona kingston lorraine nancy vienna geneva bethany chelsea devon clifton preston chester tyler troy logan carson mason jasper
    kent leo omar ali hassan hussein mohammed muhammad ahmed mahmoud karim nasser salah faisal khalid jamal tariq yasser abbas samir walid
    bashar hamza ibrahim ismail yusuf mustafa"""
)

TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Maj|Col|Capt|Sgt|Cpl|Adm|Brig|Sen|Rep|Gov|Rev|Sir|Lord|Lady|Dame|Sheikh|Ayatollah|Imam|Mullah|Prince|"
    r"Princess|King|"
    r"Queen|Pope|Emir|President|Premier|Chancellor|Minister|Secretary|Ambassador|Senator|Congressman|Congresswoman|Governor|General|Colonel|Major|"
    r"Captain|Lieutenant|Sergeant|Admiral|Commander|Brigadier|spokesman|spokeswoman|spokesperson|journalist|reporter|correspondent|"
    r"analyst|activist|"
    r"actress|actor|singer|lawmaker|MP|owner|named|called|aged)\.?\s+(?:[A-Z][\w'’.-]*\s+){0,2}$"
)
SHIP_PREFIX = re.compile(
    r"\b(?:M/?V|M/?T|MS|SS|USS|USNS|HMS|HMCS|HMAS|RFA|INS|IRIS|IRINS|ROKS|JS|TCG|FS|ITS|BRP|PNS)\s+[“\"'‘*_]?(?:[A-Z][\w'’-]*\s+){0,2}$"
    r"|\b(?:tanker|ship|vessel|freighter|frigate|destroyer|corvette|cruiser|submarine|carrier|trawler|ferry|yacht|tug|cutter|landing\s+ship|bulker|"
    r"warship|steamer|dhow|boat)s?,?\s+(?:named\s+|called\s+|the\s+)?[“\"'‘*_]?(?:[A-Z][\w'’-]*\s+){0,2}$"
)
SHIP_WORD = re.compile(
    r"\b(?:tanker|ship|vessel|freighter|frigate|destroyer|corvette|submarine|carrier|crew|cargo|bulker|warship|boat|sailed|docked)s?\b", re.I
)
QUOTED_BEFORE, QUOTED_AFTER = re.compile(r"[“\"'‘*_]$"), re.compile(r"^[”\"'’*_](?!s\b)")

FLAG_AFTER = re.compile(r"^(?:ian|n|ese)?[-‐‑–\s]+(?:flag\b|flagged|registered|registry)", re.I)
FLAG_BEFORE = re.compile(r"\b(?:flying|under|bearing|raised?|waved?|burn(?:ed|ing|t)?)\s+(?:the\s+)?(?:flags?\s+of\s+)?(?:the\s+)?$", re.I)
FLAG_OF = re.compile(r"\bflags?\s+of\s+(?:the\s+)?$", re.I)
COMPOUND_AFTER = re.compile(
    r"^[-‐‑–](?:(?P<seat>based)|(?P<by>backed|led|owned|allied|aligned|sponsored|funded|supported|supplied|trained|brokered|mediated|made|"
    r"built|born|"
    r"bound|friendly|style|run|linked|educated|armed|proposed|imposed|dominated|affiliated)|(?P<held>controlled|held|occupied|"
    r"administered|annexed))\b",
    re.I,
)
MEDIA_AFTER = re.compile(
    r"^(?:['’]s)?\s+(?:Post|Times|News|Daily|Herald|Tribune|Observer|Journal|TV|Radio|Press|Today|Gazette|Telegraph|News\s+Agency|Star|"
    r"Mail|Chronicle|Globe|"
    r"Monitor|Standard|Review|Examiner|Magazine|Online|Broadcasting|International\s+News|Independent|Guardian|Insider|Wire|Live)\b"
)
MEDIA_BEFORE = re.compile(r"\b(?:Radio|Voice\s+of|Al[- ]Jazeera|Al[- ]Arabiya|CNN|BBC|Sky\s+News|Kan|Press\s+TV|Agence)\s+$")
AGENCIES = (
    "Reuters|AP|AFP|SANA|IRNA|TASS|Interfax|RIA|Xinhua|DPA|ANSA|EFE|UPI|Bloomberg|CNN|BBC|Al[- ]?Jazeera|Anadolu|AA|Fars|Tasnim|SPA|WAM|KUNA|"
    "MENA|PTI|ANI|Saba|EA|Rudaw"
)
ORGANISATION_AFTER = re.compile(
    r"^(?:['’]s)?\s+(?:University|Institute|Treaty|Agreement|Accords?|Declaration|Convention|Protocol|Charter|Process|Conference|Summit|"
    r"Group|Club|FC|"
    r"United|Stock\s+Exchange|Clinic|Foundation|Center\s+for|Centre\s+for|Bank|Airlines?|Airways|Steel|Marathon|Open|Film|Memorandum|Quartet|Talks|"
    r"Human\s+Rights|Centcom|Mail|Initiative|Platform|Brigade|Battalion|Division|Regiment|Corps|Liberation|Salvation|Army|Armed\s+Forces|"
    r"(?:[A-Z][a-z]+\s+){1,2}(?:Forces|Army|Brigades?|Front|Militia|Movement)|National\s+Guard|Guard|Force(?!\s+(?:Base|Station|Academy)))\b"
)
ORGANISATION_BEFORE = re.compile(
    r"\b(?:Islamic\s+State\s+(?:in|of)|University\s+of|Bank\s+of|Government\s+of|Republic\s+of|Army\s+of|Church\s+of|Embassy\s+of|"
    r"Treaty\s+of|Front\s+of|"
    r"Movement\s+of|Emirate\s+of|Kingdom\s+of|Bishop\s+of|Duke\s+of|Prince\s+of|Sword\s+of|Operation|Hurricane|Typhoon|Cyclone|Storm)\s+"
    r"(?:Iraq\s+and\s+)?(?:the\s+)?(?:[A-Z][\w’'-]*\s+)?$"
)
DATELINE_AFTER = re.compile(
    rf"^(?:,?\s+[A-Z][\w. ]{{1,20}})?(?:,\s*(?:{AGENCIES}|[A-Z][a-z]{{2,8}}\.?\s+\d{{1,2}})\s*|\s*\((?:{AGENCIES}|"
    rf"[A-Z]{{2,6}})\)\s*)(?:[—–:/]|--|-\s)"
)
# “MUKALLA, Yemen — ”, “KYIV (AP) — ”: a name in capitals, perhaps its country, and a dash.
CAPITAL_DATELINE = re.compile(
    r"\s*[A-Z][A-Z’'.-]+(?:\s+[A-Z][A-Z’'.-]+){0,3}(?:,\s+[A-Z][\w.’'-]+(?:\s+[A-Z][\w.’'-]+){0,3})?\s*(?:\([^)\n]{2,12}\)\s*)?(?:—|–|--)\s"
)
# A name behind a word of place; no day, month or agency.
NAMED_AFTER = re.compile(
    r"\b(?:in|at|near|outside|off|over|around|of|on|from|into|to|between)\s+(?:the\s+)?(?:(?:town|city|village|port|province|district|north|south|east|west|northern|"
    r"southern|eastern|western|central|outskirts|coast)\s+(?:of\s+)?){0,2}"
    r"(?P<name>(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|Telegram|"
    r"Twitter|Facebook|Reuters|God)[A-Z][\w’'-]+)"
)
BYLINE_BEFORE = re.compile(
    r"(?:^|\n)\s*(?:By|Reporting\s+by)\s[^\n.]{0,60}\bin\s+$|\b[Rr]eporting\s+(?:by\s+[^.\n]{1,40}\s+)?(?:from|in)\s+$|\b[Rr]eport(?:s|ed)\s+from\s+$|"
    r"\b(?:correspondent|bureau|reporter|bureau\s+chief)s?,?\s+(?:in|from)\s+$"
)
BYLINE_AFTER = re.compile(r"^(?:['’]s)?[- ](?:bureau|correspondent|newsroom|office\s+of\s+(?:Reuters|AFP|AP))\b", re.I)

_SAY = _any(
    """said says say denied denies deny warned warns warn rejected rejects reject insisted insists claimed claims accused accuses blamed blames
    vowed vows announced announces condemned condemns called calls demanded demands confirmed confirms urged urges threatened threatens
    signalled signaled wants wanted refuses refused continues continued hopes believes fears argues argued declared declares proclaimed agreed
    agrees backs backed supports supported responded responds retaliated considers considered plans planned knows knew sees hailed welcomed
    dismissed dismisses pledged seeks sought opposes opposed withdrew pulled_out tries tried pushed summoned expelled sent sends deployed
    launched imposed released struck carried_out fired supplied maintains maintained must should would could can will may might does did
    is_considering is_still_considering is_trying is_seeking is_monitoring has_said has_denied has_warned has_rejected has_accused has_claimed
    has_called has_confirmed has_refused has_accepted has_refrained has_condemned has_vowed has_threatened has_blamed has_sent has_deployed
    has_used has_long has_not has_no had_said had_notified had_denied was_behind is_behind was_informed was_notified"""
)
SUBJECT_AFTER = re.compile(
    rf"^(?:,[^,.;\n]{{1,60}},)?\s+(?:also\s+|again\s+|later\s+|now\s+|still\s+|repeatedly\s+|quickly\s+|has\s+|have\s+|had\s+)?{_SAY}\b"
)
POLITICS_AFTER = re.compile(
    r"^['’]s?\s+(?:\w+\s+){0,2}(?:support|government|ministry|minister|president|parliament|foreign|defen[cs]e|connections?|allies|ally|"
    r"role|policy|"
    r"position|stance|decision|response|interest|leader|leaders|influence|involvement|proxies|envoy|ambassador|spokes\w+|claims?|denial|"
    r"statement|army|"
    r"military|forces|troops|nuclear|missile|drone|revolutionary|security|attempts?|aggression|use|refusal|demand|warning|intelligence|"
    r"navy|air\s+force)\b"
    r"|^\s+(?:government|regime|authorities|administration|officials?|spokes\w+|Foreign|Defen[cs]e|troops|forces|military|army|"
    r"mercenaries|warplanes|jets|"
    r"soldiers|air\s+force|navy|leaders?|State\s+(?:outlet|media|TV|attack)|[A-Z]\w+\s+Minist\w+|Minister|President|Parliament|Embassy|"
    r"ambassador|MP|intelligence)\b",
    re.I,
)
PARTY_BEFORE = re.compile(
    r"\b(?:by|with|against|blam(?:ed|es|ing)|accus(?:ed|es|ing)|urg(?:ed|es|ing)|told|tells|warn(?:ed|s|ing)|support(?:ed|s|ing)?|"
    r"back(?:ed|s|ing)?|allow(?:ed|s)?|"
    r"between|tension\s+between|regime\s+in|government\s+in|authorities\s+in|pressure\s+on|sanctions\s+on|notified|informed|asked|sees|call\s+to|"
    r"help(?:ed)?|from\s+both|loyal\s+to|close\s+to|ties\s+to|connected\s+to|linked\s+to|links\s+to|message\s+to|aid\s+to|blam\w+\s+on|"
    r"war\s+on|sees|on\s+behalf\s+of|part\s+of|"
    r"interests\s+of|hands\s+of|attempts?\s+of|whether|that|if|and\s+when)\s+(?:the\s+)?$",
    re.I,
)
# From the last word of speech to the name, with no event between.
_SPOKEN = (
    r"\b(?:said|told|speaking|spoke|speech|statement|conference|briefing|meeting|met|talks|negotiations|summit|visit(?:ed|ing|s)?|"
    r"announced|declared|ministry|"
    r"embassy|parliament|headquarters|interview|reporters|counterpart|signed|officials|call|delegation|ambassador|travel(?:led|ed|ling)?|"
    r"court|flew|arrived|"
    r"diplomats?|think\s+tank|mourn(?:ed|ers)?)\b"
)
SPOKEN_WORD = re.compile(_SPOKEN, re.I)
# Of what somebody said nothing may stand between the verb and the place: "said in", not "said that positions at".
SAID_IN = re.compile(r"(?:said|announced|declared)\s+(?:on\s+\w+\s+)?(?:in|at|from)\s+(?:the\s+)?$", re.I)
SAID = re.compile(r"(?:said|announced|declared)\b", re.I)
SPOKEN_BEFORE = re.compile(_SPOKEN + r"(?P<between>[^.;!?\n]{0,70})$", re.I)
# Houses of speech that are also hit: a rocket may land by an embassy.
HOUSE = re.compile(r"(?:ministry|embassy|parliament|headquarters|court|officials|delegation)\b", re.I)
# In Tel Aviv, the minister said: it opens the sentence of who speaks there.
SPEAKER_AFTER = re.compile(
    r"^,\s+(?:[A-Z][\w’'.-]*\s+){1,7}(?:said|says|told|warned|warns|announced|declared|accused|denied|insisted|called|vowed)\b"
)
SPOKEN_AFTER = re.compile(
    r"^\s+(?:news\s+conference|press\s+conference|briefing|meeting|summit|talks|negotiations|court|studio|visit|conference|speech)\b", re.I
)
EVENT = re.compile(
    r"\b(?:rockets?|strik(?:e|es|ing)|airstrikes?|struck|bomb\w*|blasts?|explo\w+|shell(?:ed|ing|s)|missiles?|drones?|attack\w*|kill\w*|"
    r"wound\w*|injur\w*|"
    r"clash\w*|fire[ds]?|firing|mines?|gunm[ae]n|raid\w*|shot|shoot\w*|seiz\w+|captur\w+|collaps\w+|protest\w*|hit|target\w*|barrage|assault\w*|"
    r"assassinat\w+|sarin|chlorine|chemical|battle\w*|fighting|ambush\w*|crash\w*|dead|died|deaths?|casualt\w+|burn\w+|destroy\w*|"
    r"damag\w+|intercept\w*|"
    r"artillery|mortars?|landed|fell|detonat\w+|hostages?|kidnap\w*|abduct\w*|massacre\w*|siege|besieg\w+|storm\w*|troops|base|militia\w*)\b",
    re.I,
)
LOCATIVE_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|inside|around|over|above|off|towards?|into|within|across|throughout|from|to|between|on|via|through|along|by|"
    r"under|beyond|surrounding|overlooking|nearby|including|namely|like|entire|"
    r"(?:north|south|east|west)\w*\s+of|(?:coast|outskirts|suburbs?|town|city|village|(?:sea)?port|harbou?r|docks|edge|heart|market|gates?|streets|refinery|district|province|governorate|island|area|"
    r"vicinity|side|part|"
    r"parts|centre|center|downtown|countryside|shores?|east|west|north|south|waters|airport|camp)\s+of)\s+(?:the\s+)?"
    r"(?:(?:town|city|village|port|district|province|suburb|area|region|governorate|capital|camp|island|neighbou?rhood|outskirts|"
    r"countryside|city\s+centre|"
    r"centre|center|border|base|coast|northern|southern|eastern|western|central|north|south|east|west|northeast\w*|northwest\w*|"
    r"southeast\w*|southwest\w*|"
    r"nearby|besieged|coastal|rebel-held|opposition-held|government-held|central|downtown|greater|rural|"
    r"occupied)\s+){0,3}(?:of\s+)?(?:the\s+)?[“\"'‘]?$",
    re.I,
)
HIT_BEFORE = re.compile(
    r"\b(?:bomb(?:ed|s|ing)|hit|hits|hitting|str(?:uck|ikes?|iking)|shell(?:ed|s|ing)|target(?:ed|s|ing)|attack(?:ed|s|ing)|raid(?:ed|s|"
    r"ing)|seiz(?:ed|es|ing)|"
    r"captur(?:ed|es|ing)|storm(?:ed|s|ing)|besieg(?:ed|es|ing)|retak(?:en|es|ing)|retook|recaptur(?:ed|es|ing)|liberat(?:ed|es|ing)|"
    r"enter(?:ed|s|ing)|"
    r"reach(?:ed|es|ing)|left|leaving|rock(?:ed|s)|shook|pound(?:ed|s|ing)|evacuat(?:ed|es|ing)|took|taken|lost|won|against|attacks?\s+on|"
    r"assault\s+on|"
    r"reached|surround(?:ed|s|ing)|pass(?:ed|es|ing)|transit(?:ed|s|ing)|cross(?:ed|es|ing)|closed|reopened)\s+(?:the\s+)?(?:\w+\s+)?(?:of\s+)?$",
    re.I,
)
PLACE_NOUN_AFTER = re.compile(
    r"^[-\s]+(?:\w+\s+)?(?:province|governorate|oblast|region|district|city|town|village|port|harbou?r|airport|air\s?base|base|camp|"
    r"county|state|area|"
    r"countryside|suburbs?|neighbou?rhood|border|crossing|refinery|oil\s?field|dam|bridge|island|islands|valley|mountains?|checkpoint|"
    r"prison|hospital|front|"
    r"highway|road|coast|peninsula|outskirts|metro|subway|museum|square|market)\b",
    re.I,
)
PROVINCE_AFTER = re.compile(
    r"^['’]?s?[-\s]+(?:province|governorate|governate|oblast|region|state|county|countryside|provincial|prefecture|krai|wilayat?|"
    r"department)\b",
    re.I,
)
PROVINCE_BEFORE = re.compile(r"\b(?:province|governorate|region|state|oblast|countryside)\s+of\s+(?:the\s+)?$", re.I)
TOWN_BEFORE = re.compile(r"\b(?:town|city|village|port|capital)\s+(?:city\s+)?of\s+$|\b(?:city|town|village)\s+$", re.I)
DEMONYM_PLACE_AFTER = re.compile(
    r"^\s+(?:\w+\s+)?(?:bases?|territory|soil|airspace|waters|capital|city|town|village|province|border|coast|side)\b", re.I
)
GENERIC = _words(
    """city town village province governorate oblast region district airport base camp port county state island islands valley mountain mountains
    bridge dam square street avenue road highway river university hospital mosque church prison palace museum market square stadium station
    tower embassy consulate north south east west northern southern eastern western central new old greater upper lower fort mount lake cape
    gulf strait sea republic federation zone heights"""
)
