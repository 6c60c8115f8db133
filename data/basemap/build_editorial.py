"""The editor's decisions that no source states: names in English, capitals, and which borders are drawn dashed."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

# Areas that Natural Earth draws apart and that are leased from, or lie in, the country named.
PART_OF = {
    "Baikonur": "Kazakhstan",
    "USNB Guantanamo Bay": "Cuba",
    "Cyprus U.N. Buffer Zone": "Cyprus",
    "Siachen Glacier": "India",
    "Indian Ocean Ter.": "Australia",
}

# (one side, other side, box in which the border is dashed or None for all of it), with the reason.
DISPUTED_PAIRS: list[tuple[str, str, tuple[float, float, float, float] | None]] = [
    ("Israel", "Palestine", None),  # the 1949 armistice line
    ("Israel", "Syria", None),  # the 1974 disengagement line in the Golan
    ("Cyprus", "N. Cyprus", None),  # the buffer zone since 1974
    ("Kosovo", "Serbia", None),  # recognised by some states
    ("Morocco", "W. Sahara", None),  # status unresolved
    ("Somalia", "Somaliland", None),  # recognised by none
    ("North Korea", "South Korea", None),  # the demarcation line of 1953
    ("Russia", "Ukraine", (32.5, 45.0, 36.8, 46.4)),  # Crimea
    ("India", "Pakistan", (73.0, 32.4, 78.0, 37.2)),  # the Line of Control
    ("China", "India", None),  # the Line of Actual Control
    ("Egypt", "Sudan", (33.0, 21.0, 38.0, 23.5)),  # Halaib
]

# Claims that a map of a whole region leaves out: they are shown from the middle zooms on.
MINOR_CLAIMS = {
    "Bolivian claim", "Former USSR oblast in 1991", "Portuguese claim", "Suriname claim", "Japanese claim", "Kenyan claim", "Sudanese claim",
}

COUNTRY_NAMES = {
    "Antigua and Barb.": "Antigua and Barbuda", "Ashmore and Cartier Is.": "Ashmore and Cartier Islands", "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Br. Indian Ocean Ter.": "British Indian Ocean Territory", "Cabo Verde": "Cape Verde", "Cayman Is.": "Cayman Islands",
    "Central African Rep.": "Central African Republic", "Clipperton I.": "Clipperton Island", "Congo": "Republic of the Congo",
    "Cook Is.": "Cook Islands", "Coral Sea Is.": "Coral Sea Islands", "Côte d'Ivoire": "Ivory Coast", "Dem. Rep. Congo": "DR Congo",
    "Dominican Rep.": "Dominican Republic", "Eq. Guinea": "Equatorial Guinea", "Faeroe Is.": "Faroe Islands", "Falkland Is.": "Falkland Islands",
    "Fr. Polynesia": "French Polynesia", "Fr. S. Antarctic Lands": "French Southern Lands", "Heard I. and McDonald Is.": "Heard and McDonald Islands",
    "Macao": "Macau", "Macedonia": "North Macedonia", "Marshall Is.": "Marshall Islands", "N. Cyprus": "Northern Cyprus",
    "N. Mariana Is.": "Northern Mariana Islands", "Pitcairn Is.": "Pitcairn Islands", "S. Geo. and the Is.": "South Georgia",
    "S. Sudan": "South Sudan", "Solomon Is.": "Solomon Islands", "St-Barthélemy": "St Barthélemy", "St-Martin": "St Martin",
    "St. Kitts and Nevis": "St Kitts and Nevis", "St. Pierre and Miquelon": "St Pierre and Miquelon",
    "St. Vin. and Gren.": "St Vincent and the Grenadines", "Saint Helena": "St Helena", "Saint Lucia": "St Lucia",
    "São Tomé and Principe": "São Tomé and Príncipe", "Timor-Leste": "East Timor", "Turks and Caicos Is.": "Turks and Caicos Islands",
    "U.S. Virgin Is.": "US Virgin Islands", "United States of America": "United States", "Vatican": "Vatican City", "W. Sahara": "Western Sahara",
    "Wallis and Futuna Is.": "Wallis and Futuna", "eSwatini": "Eswatini",
}

# Banks, bases and scattered islets that a reader of this map does not look for.
UNNAMED_AREAS = {
    "Akrotiri", "Ashmore and Cartier Is.", "Bajo Nuevo Bank", "Clipperton I.", "Coral Sea Is.", "Dhekelia", "Indian Ocean Ter.", "Scarborough Reef",
    "Serranilla Bank", "Spratly Is.", "U.S. Minor Outlying Is.", "Heard I. and McDonald Is.",
}

WATER_NAMES = {
    "Bahía de Campeche": "Bay of Campeche", "Bahía Blanca": "Bahía Blanca", "Baia de Maputo": "Maputo Bay", "Bo Hai": "Bohai Sea",
    "Bodensee": "Lake Constance", "Bosporus": "Bosphorus", "Estrecho de Magellanes": "Strait of Magellan", "Ft. Peck Lake": "Fort Peck Lake",
    "Golfe du Lion": "Gulf of Lion", "Gulf of Khambhät": "Gulf of Khambhat", "Gulf of Olen‘k": "Gulf of Olenyok", "Gulf of Anadyr'": "Gulf of Anadyr",
    "L. Chany": "Lake Chany", "Lagoa dos Patos": "Lagoa dos Patos", "Lake Il'Men'": "Lake Ilmen", "Mecklenburger Bucht": "Bay of Mecklenburg",
    "Prince ALbert Sound": "Prince Albert Sound", "Selat Bali": "Bali Strait", "Selat Dampier": "Dampier Strait", "Stettiner Haff": "Szczecin Lagoon",
    "The North Western Passages": "Northwest Passages", "Toktogul Res.": "Toktogul Reservoir", "Vil'kitskogo Strait": "Vilkitsky Strait",
    "Waddenzee": "Wadden Sea", "Zalev Wislany": "Vistula Lagoon", "Qinghai Hu": "Qinghai Lake", "Shelikhova Gulf": "Shelikhov Gulf",
    "Uda Bay": "Uda Gulf", "Razzaza Lake": "Lake Razzaza", "Kaliningradskiy Zaliv": "Kaliningrad Bay", "Biwa Ko": "Lake Biwa",
}

# Water bodies of the source that are parts of others, or whose names say nothing to a reader.
UNNAMED_WATERS = {"Inner Sea", "Inner Seas", "Kaliningrad", "Great Barrier Reef", "Tikchik Lakes", "Boca Grande", "Columbia River", "Amazon River"}

_WATER_PATTERNS = [
    (r"^Golfo (?:de |del )?(.+)$", r"Gulf of \1"), (r"^Ozero (.+)$", r"Lake \1"), (r"^Lago (?:de )?(.+)$", r"Lake \1"), (r"^Lac (.+)$", r"Lake \1"),
    (r"^(.+) Hu$", r"Lake \1"), (r"^(.+) Köli$", r"Lake \1"), (r"^Danau (.+)$", r"Lake \1"), (r"^Represa (?:de )?(.+)$", r"\1 Reservoir"),
    (r"^Réservoir (?:de )?(.+)$", r"\1 Reservoir"), (r"^Rés\. de (.+)$", r"\1 Reservoir"), (r"^Baía de (.+)$", r"\1 Bay"),
]

# Straits that the source does not have: name, lon, lat, zoom from which they are named, room in degrees.
EXTRA_WATERS = [("Strait of Hormuz", 56.45, 26.5, 6, 1.6), ("Strait of Gibraltar", -5.6, 35.95, 7, 1.0)]

PROVINCE_NAMES: dict[str, dict[str, str]] = {
    "SYR": {
        "Ar Raqqah": "Raqqa", "Dar`a": "Daraa", "As Suwayda'": "Suwayda", "Dayr Az Zawr": "Deir ez-Zor", "Hamah": "Hama", "Hasaka (Al Haksa)": "Hasakah",
        "Homs (Hims)": "Homs", "Lattakia": "Latakia", "UNDOF": "UN zone",
    },
    "IRQ": {
        "Al-Anbar": "Anbar", "Al-Basrah": "Basra", "Al-Muthannia": "Muthanna", "Al-Qādisiyyah": "Qadisiyah", "An-Najaf": "Najaf", "Arbil": "Erbil",
        "As-Sulaymaniyah": "Sulaymaniyah", "At-Ta'mim": "Kirkuk", "Babil": "Babylon", "Dihok": "Duhok", "Karbala'": "Karbala", "Ninawa": "Nineveh",
        "Sala ad-Din": "Salah al-Din",
    },
    "IRN": {
        "Ardebil": "Ardabil", "Chahar Mahall and Bakhtiari": "Chaharmahal and Bakhtiari", "East Azarbaijan": "East Azerbaijan", "Esfahan": "Isfahan",
        "Kordestan": "Kurdistan", "West Azarbaijan": "West Azerbaijan",
    },
    "ISR": {"HaDarom": "Southern District", "HaMerkaz": "Central District", "HaZafon": "Northern District"},
    "LBN": {"An Nabatiyah": "Nabatieh"},
    "JOR": {"Jarash": "Jerash"},
    "KWT": {"Al Jahrah": "Jahra", "Al Asimah": "Capital"},
    "ARE": {"Dubay": "Dubai", "Fujayrah": "Fujairah", "Ras Al Khaymah": "Ras al-Khaimah", "Umm Al Qaywayn": "Umm al-Quwain"},
    "OMN": {
        "Ad Dakhliyah": "Dakhiliyah", "Al Batnah North": "Batinah North", "Al Batnah South": "Batinah South", "Al Buraymi": "Buraimi",
        "Al Dhahira": "Dhahirah", "Ash Sharqiyah North": "Sharqiyah North", "Ash Sharqiyah South": "Sharqiyah South",
    },
    "YEM": {
        "Al Bayda'": "Bayda", "Al Dali'": "Dhale", "Al Hudaydah": "Hodeidah", "Al Jawf": "Jawf", "Al Mahrah": "Mahra", "Amanat Al Asimah": "Sanaa City",
        "Ma'rib": "Marib", "Sa`dah": "Saada", "Sana'a": "Sanaa", "Ta`izz": "Taiz", "`Adan": "Aden",
    },
    "EGY": {
        "Al Bahr al Ahmar": "Red Sea", "Al Buhayrah": "Beheira", "Al Iskandariyah": "Alexandria", "Al Jizah": "Giza", "Al Qahirah": "Cairo",
        "Al Wadi at Jadid": "New Valley", "As Suways": "Suez", "Bur Sa`id": "Port Said", "Janub Sina'": "South Sinai", "Shamal Sina'": "North Sinai",
        "Al Isma`iliyah": "Ismailia", "Qina": "Qena", "Suhaj": "Sohag", "Al Minya": "Minya", "Al Fayyum": "Faiyum", "Dumyat": "Damietta",
    },
    "UKR": {
        "Donets'k": "Donetsk", "Kiev": "Kyiv", "Kiev City": "Kyiv City", "L'viv": "Lviv", "Luhans'k": "Luhansk", "Mykolayiv": "Mykolaiv", "Odessa": "Odesa",
        "Vinnytsya": "Vinnytsia", "Zaporizhzhya": "Zaporizhzhia", "Khmel'nyts'kyy": "Khmelnytskyi", "Dnipropetrovs'k": "Dnipropetrovsk",
        "Ivano-Frankivs'k": "Ivano-Frankivsk", "Ternopil'": "Ternopil",
    },
    "TUR": {"K. Maras": "Kahramanmaraş", "Kinkkale": "Kırıkkale", "Zinguldak": "Zonguldak"},
}
