"""The editor's decisions that no source states: names in English, capitals, and which borders are drawn dashed."""

from __future__ import annotations

# Several names to a line, so that the tables can be read.
# fmt: off

# Areas that Natural Earth draws apart: where borders are drawn they count as parts of the country named, and they are not named.
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
    "Bolivian claim", "Former USSR oblast in 1991", "Portuguese claim", "Suriname claim", "Japanese claim", "Kenyan claim",
    "Sudanese claim",
}

COUNTRY_NAMES = {
    "Antigua and Barb.": "Antigua and Barbuda", "Ashmore and Cartier Is.": "Ashmore and Cartier Islands",
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Br. Indian Ocean Ter.": "British Indian Ocean Territory", "British Virgin Is.": "British Virgin Islands",
    "Cabo Verde": "Cape Verde", "Cayman Is.": "Cayman Islands",
    "Central African Rep.": "Central African Republic", "Clipperton I.": "Clipperton Island", "Congo": "Republic of the Congo",
    "Cook Is.": "Cook Islands", "Coral Sea Is.": "Coral Sea Islands", "Côte d'Ivoire": "Ivory Coast",
    "Dem. Rep. Congo": "DR Congo",
    "Dominican Rep.": "Dominican Republic", "Eq. Guinea": "Equatorial Guinea", "Faeroe Is.": "Faroe Islands",
    "Falkland Is.": "Falkland Islands",
    "Fr. Polynesia": "French Polynesia", "Fr. S. Antarctic Lands": "French Southern Lands",
    "Heard I. and McDonald Is.": "Heard and McDonald Islands",
    "Macao": "Macau", "Macedonia": "North Macedonia", "Marshall Is.": "Marshall Islands", "N. Cyprus": "Northern Cyprus",
    "N. Mariana Is.": "Northern Mariana Islands", "Pitcairn Is.": "Pitcairn Islands", "S. Geo. and the Is.": "South Georgia",
    "S. Sudan": "South Sudan", "Solomon Is.": "Solomon Islands", "St-Barthélemy": "St Barthélemy", "St-Martin": "St Martin",
    "St. Kitts and Nevis": "St Kitts and Nevis", "St. Pierre and Miquelon": "St Pierre and Miquelon",
    "St. Vin. and Gren.": "St Vincent and the Grenadines", "Saint Helena": "St Helena", "Saint Lucia": "St Lucia",
    "São Tomé and Principe": "São Tomé and Príncipe", "Timor-Leste": "East Timor",
    "Turks and Caicos Is.": "Turks and Caicos Islands",
    "U.S. Virgin Is.": "US Virgin Islands", "United States of America": "United States", "Vatican": "Vatican City",
    "W. Sahara": "Western Sahara",
    "Wallis and Futuna Is.": "Wallis and Futuna", "eSwatini": "Eswatini",
}

# States that hardly any other recognises: named in the lighter letters of provinces.
NAMED_AS_PROVINCES = {"N. Cyprus", "Somaliland"}

# Banks, bases and scattered islets that a reader of this map does not look for.
UNNAMED_AREAS = {
    "Akrotiri", "Ashmore and Cartier Is.", "Bajo Nuevo Bank", "Clipperton I.", "Coral Sea Is.", "Dhekelia", "Indian Ocean Ter.",
    "Scarborough Reef",
    "Serranilla Bank", "Spratly Is.", "U.S. Minor Outlying Is.", "Heard I. and McDonald Is.",
}

WATER_NAMES = {
    "Bahía de Campeche": "Bay of Campeche", "Bahía Blanca": "Bahía Blanca", "Baia de Maputo": "Maputo Bay",
    "Bo Hai": "Bohai Sea",
    "Bodensee": "Lake Constance", "Bosporus": "Bosphorus", "Estrecho de Magellanes": "Strait of Magellan",
    "Ft. Peck Lake": "Fort Peck Lake",
    "Golfo de Panamá": "Gulf of Panama", "Golfe du Lion": "Gulf of Lion", "Gulf of Khambhät": "Gulf of Khambhat",
    "Gulf of Olen‘k": "Gulf of Olenyok", "Gulf of Anadyr'": "Gulf of Anadyr",
    "L. Chany": "Lake Chany", "Lagoa dos Patos": "Lagoa dos Patos", "Lake Il'Men'": "Lake Ilmen",
    "Mecklenburger Bucht": "Bay of Mecklenburg",
    "Prince ALbert Sound": "Prince Albert Sound", "Selat Bali": "Bali Strait", "Selat Dampier": "Dampier Strait",
    "Stettiner Haff": "Szczecin Lagoon",
    "The North Western Passages": "Northwest Passages", "Toktogul Res.": "Toktogul Reservoir",
    "Vil'kitskogo Strait": "Vilkitsky Strait",
    "Waddenzee": "Wadden Sea", "Zalev Wislany": "Vistula Lagoon", "Qinghai Hu": "Qinghai Lake",
    "Shelikhova Gulf": "Shelikhov Gulf",
    "Uda Bay": "Uda Gulf", "Razzaza Lake": "Lake Razzaza", "Kaliningradskiy Zaliv": "Kaliningrad Bay", "Biwa Ko": "Lake Biwa",
}

# Water bodies of the source that are parts of others, or whose names say nothing to a reader.
UNNAMED_WATERS = {
    "Inner Sea", "Inner Seas", "Kaliningrad", "Great Barrier Reef", "Tikchik Lakes", "Boca Grande", "Columbia River",
    "Amazon River",
}

# Straits that the source does not have: name, lon, lat, zoom from which they are named, room in degrees.
EXTRA_WATERS = [("Strait of Hormuz", 56.45, 26.5, 6, 1.6), ("Strait of Gibraltar", -5.6, 35.95, 7, 1.0)]

PROVINCE_NAMES: dict[str, dict[str, str]] = {
    "SYR": {
        "Ar Raqqah": "Raqqa", "Dar`a": "Daraa", "As Suwayda'": "Suwayda", "Dayr Az Zawr": "Deir ez-Zor", "Hamah": "Hama",
        "Hasaka (Al Haksa)": "Hasakah",
        "Homs (Hims)": "Homs", "Lattakia": "Latakia", "UNDOF": "UN zone",
    },
    "IRQ": {
        "Al-Anbar": "Anbar", "Al-Basrah": "Basra", "Al-Muthannia": "Muthanna", "Al-Qādisiyyah": "Qadisiyah", "An-Najaf": "Najaf",
        "Arbil": "Erbil",
        "As-Sulaymaniyah": "Sulaymaniyah", "At-Ta'mim": "Kirkuk", "Babil": "Babylon", "Dihok": "Duhok", "Karbala'": "Karbala",
        "Ninawa": "Nineveh",
        "Sala ad-Din": "Salah al-Din",
    },
    "IRN": {
        "Ardebil": "Ardabil", "Chahar Mahall and Bakhtiari": "Chaharmahal and Bakhtiari", "East Azarbaijan": "East Azerbaijan",
        "Esfahan": "Isfahan",
        "Kordestan": "Kurdistan", "West Azarbaijan": "West Azerbaijan",
    },
    "ISR": {"HaDarom": "Southern District", "HaMerkaz": "Central District", "HaZafon": "Northern District"},
    "LBN": {"An Nabatiyah": "Nabatieh"},
    "JOR": {"Jarash": "Jerash"},
    "KWT": {"Al Jahrah": "Jahra", "Al Asimah": "Capital"},
    "ARE": {"Dubay": "Dubai", "Fujayrah": "Fujairah", "Ras Al Khaymah": "Ras al-Khaimah", "Umm Al Qaywayn": "Umm al-Quwain"},
    "OMN": {
        "Ad Dakhliyah": "Dakhiliyah", "Al Batnah North": "Batinah North", "Al Batnah South": "Batinah South",
        "Al Buraymi": "Buraimi",
        "Al Dhahira": "Dhahirah", "Ash Sharqiyah North": "Sharqiyah North", "Ash Sharqiyah South": "Sharqiyah South",
    },
    "YEM": {
        "Al Bayda'": "Bayda", "Al Dali'": "Dhale", "Al Hudaydah": "Hodeidah", "Al Jawf": "Jawf", "Al Mahrah": "Mahra",
        "Amanat Al Asimah": "Sanaa City",
        "Ma'rib": "Marib", "Sa`dah": "Saada", "Sana'a": "Sanaa", "Ta`izz": "Taiz", "`Adan": "Aden",
    },
    "EGY": {
        "Al Bahr al Ahmar": "Red Sea", "Al Buhayrah": "Beheira", "Al Iskandariyah": "Alexandria", "Al Jizah": "Giza",
        "Al Qahirah": "Cairo",
        "Al Wadi at Jadid": "New Valley", "As Suways": "Suez", "Bur Sa`id": "Port Said", "Janub Sina'": "South Sinai",
        "Shamal Sina'": "North Sinai",
        "Al Isma`iliyah": "Ismailia", "Qina": "Qena", "Suhaj": "Sohag", "Al Minya": "Minya", "Al Fayyum": "Faiyum",
        "Dumyat": "Damietta",
    },
    "UKR": {
        "Donets'k": "Donetsk", "Kiev": "Kyiv", "Kiev City": "Kyiv City", "L'viv": "Lviv", "Luhans'k": "Luhansk",
        "Mykolayiv": "Mykolaiv", "Odessa": "Odesa",
        "Vinnytsya": "Vinnytsia", "Zaporizhzhya": "Zaporizhzhia", "Khmel'nyts'kyy": "Khmelnytskyi",
        "Dnipropetrovs'k": "Dnipropetrovsk",
        "Ivano-Frankivs'k": "Ivano-Frankivsk", "Ternopil'": "Ternopil",
    },
    "SAU": {
        "Al Hudud ash Shamaliyah": "Northern Borders", "Ash Sharqiyah": "Eastern Province", "Makkah": "Mecca",
        "Ar Riyad": "Riyadh",
        "Al Quassim": "Qassim", "Al Madinah": "Medina", "Al Bahah": "Bahah", "Al Jawf": "Jawf",
    },
    "PAK": {"F.A.T.A.": "FATA", "K.P.": "Khyber Pakhtunkhwa"},
    "DEU": {
        "Bayern": "Bavaria", "Hessen": "Hesse", "Niedersachsen": "Lower Saxony", "Nordrhein-Westfalen": "North Rhine-Westphalia",
        "Rheinland-Pfalz": "Rhineland-Palatinate", "Sachsen": "Saxony", "Sachsen-Anhalt": "Saxony-Anhalt",
        "Thüringen": "Thuringia",
        "Mecklenburg-Vorpommern": "Mecklenburg-Western Pomerania",
    },
    "AUT": {
        "Kärnten": "Carinthia", "Steiermark": "Styria", "Tirol": "Tyrol", "Niederösterreich": "Lower Austria",
        "Oberösterreich": "Upper Austria",
    },
    "TUR": {"K. Maras": "Kahramanmaraş", "Kinkkale": "Kırıkkale", "Zinguldak": "Zonguldak"},
}

TOWN_NAMES = {
    "Al Amarah": "Amarah", "Al Jubayl": "Jubail", "Al-Qatif": "Qatif", "Yanbu al Bahr": "Yanbu", "Hail": "Ha'il",
    "Qal at Bishah": "Bisha",
    "El Mansura": "Mansoura", "Al Hasakah": "Hasakah", "Madinat ath Thawrah": "Tabqa", "Tadmur": "Palmyra",
    "As Suwayda": "Suwayda",
    "Ad Nabk": "Nabk", "Ad Diwaniyah": "Diwaniyah", "As Sulaymaniyah": "Sulaymaniyah", "Nur-Sultan": "Astana",
    "Dar'a": "Daraa", "Al Musayyib": "Musayyib", "Buzmeyin": "Buzmeyin", "Ahvaz": "Ahvaz", "Alayat Samail": "Samail",
    "Ash Shatrah": "Shatrah",
    "Khmelnytskyy": "Khmelnytskyi", "Al Jahrah": "Jahra", "Al Jahra": "Jahra", "Al Ahmadi": "Ahmadi", "Al Karak": "Karak",
    "Tall Afar": "Tal Afar", "Sadah": "Saada", "Sanaa": "Sanaa", "Taizz": "Taiz", "Marib": "Marib", "Al Hudaydah": "Hodeidah",
    "Adan": "Aden",
    "Makkah": "Mecca", "Al Madinah": "Medina", "Saidu": "Saidu Sharif", "Oostanay": "Kostanay",
    "St.  Petersburg": "St Petersburg",
    "Mazatlán": "Mazatlán", "Pyongsan": "Pyongsan", "Tirupati": "Tirupati", "Moradabad": "Moradabad", "Oujda": "Oujda",
    "Rio Verde": "Rio Verde",
    "Hubballi": "Hubballi", "Mysuru": "Mysuru", "Belagavi": "Belagavi", "Ballari": "Ballari", "Mangaluru": "Mangaluru",
    "Tumakuru": "Tumakuru",
    "Hosapete": "Hosapete", "Qom": "Qom", "Mary": "Mary", "Braunschweig": "Braunschweig", "Bhairawa": "Siddharthanagar",
    "Nouméa": "Nouméa",
    "Sudbury": "Sudbury", "Ayutthaya": "Ayutthaya", "Mocambique": "Mozambique Island", "Barra do Garças": "Barra do Garças",
    "Barra do Corda": "Barra do Corda", "Tarawa": "South Tarawa", "Bose": "Baise", "San Pedro de las Colonias": "San Pedro",
    "Washington,  D.C.": "Washington", "Ulaanbaatar": "Ulaanbaatar", "Nürnberg": "Nuremberg", "Tlimcen": "Tlemcen",
    "Colón": "Colón",
    "Wamba": "Wamba", "Surat Thani": "Surat Thani", "Muineachan": "Monaghan", "Ros Comain": "Roscommon",
}

# Other names of the source that differ much from the first one, and are the English ones.
EXONYMS = {
    "Copenhagen", "Jalandhar", "Mersin", "Tripoli", "Adama", "Thoothukudi", "Mogilev", "Kokand", "Bokhtar", "Deir ez-Zor",
    "Damietta", "Adapazarı",
    "Hebron", "Kropyvnytskyi", "Rosetta", "Istarawshan", "Limassol", "Aktau", "Baidoa", "Santa Tecla", "Shahreza", "Dolisie",
    "Makhanda", "Muhanga",
    "Chornomorsk", "Ambo", "Corfu", "Khovd", "Sainshand", "Merca", "Quthing", "Sidon",
}

# Where the name alone does not tell which town is meant: (name, longitude).
TOWN_NAMES_AT = {("Odessa", 30.708): "Odesa"}

# A second "Al Hillah", with the Iraqi city's population, that stands in the Saudi desert: an error of the source.
NO_SUCH_TOWN = {("Al Hillah", 46.756)}

CAPITALS = {
    "Afghanistan": "Kabul", "Albania": "Tirana", "Algeria": "Algiers", "Andorra": "Andorra", "Angola": "Luanda",
    "Antigua and Barb.": "Saint John's",
    "Argentina": "Buenos Aires", "Armenia": "Yerevan", "Australia": "Canberra", "Austria": "Vienna", "Azerbaijan": "Baku",
    "Bahamas": "Nassau",
    "Bahrain": "Manama", "Bangladesh": "Dhaka", "Barbados": "Bridgetown", "Belarus": "Minsk", "Belgium": "Brussels",
    "Belize": "Belmopan",
    "Benin": "Porto-Novo", "Bhutan": "Thimphu", "Bolivia": "La Paz", "Bosnia and Herz.": "Sarajevo", "Botswana": "Gaborone",
    "Brazil": "Brasília",
    "Brunei": "Bandar Seri Begawan", "Bulgaria": "Sofia", "Burkina Faso": "Ouagadougou", "Burundi": "Bujumbura",
    "Cabo Verde": "Praia",
    "Cambodia": "Phnom Penh", "Cameroon": "Yaoundé", "Canada": "Ottawa", "Central African Rep.": "Bangui", "Chad": "N'Djamena",
    "Chile": "Santiago",
    "China": "Beijing", "Colombia": "Bogota", "Comoros": "Moroni", "Congo": "Brazzaville", "Costa Rica": "San José",
    "Croatia": "Zagreb",
    "Cuba": "Havana", "Cyprus": "Nicosia", "Czechia": "Prague", "Côte d'Ivoire": "Yamoussoukro", "Dem. Rep. Congo": "Kinshasa",
    "Denmark": "København", "Djibouti": "Djibouti", "Dominica": "Roseau", "Dominican Rep.": "Santo Domingo", "Ecuador": "Quito",
    "Egypt": "Cairo",
    "El Salvador": "San Salvador", "Eq. Guinea": "Malabo", "Eritrea": "Asmara", "Estonia": "Tallinn", "Ethiopia": "Addis Ababa",
    "Fiji": "Suva",
    "Finland": "Helsinki", "France": "Paris", "Gabon": "Libreville", "Gambia": "Banjul", "Georgia": "Tbilisi",
    "Germany": "Berlin", "Ghana": "Accra",
    "Greece": "Athens", "Greenland": "Nuuk", "Grenada": "Saint George's", "Guatemala": "Guatemala City", "Guinea": "Conakry",
    "Guinea-Bissau": "Bissau",
    "Guyana": "Georgetown", "Haiti": "Port-au-Prince", "Honduras": "Tegucigalpa", "Hungary": "Budapest", "Iceland": "Reykjavík",
    "India": "New Delhi",
    "Indonesia": "Jakarta", "Iran": "Tehran", "Iraq": "Baghdad", "Ireland": "Dublin", "Italy": "Rome", "Jamaica": "Kingston",
    "Japan": "Tokyo",
    "Jordan": "Amman", "Kazakhstan": "Nur-Sultan", "Kenya": "Nairobi", "Kiribati": "Tarawa", "Kosovo": "Pristina",
    "Kuwait": "Kuwait City",
    "Kyrgyzstan": "Bishkek", "Laos": "Vientiane", "Latvia": "Riga", "Lebanon": "Beirut", "Lesotho": "Maseru",
    "Liberia": "Monrovia",
    "Libya": "Tripoli", "Liechtenstein": "Vaduz", "Lithuania": "Vilnius", "Luxembourg": "Luxembourg", "Macedonia": "Skopje",
    "Madagascar": "Antananarivo", "Malawi": "Lilongwe", "Malaysia": "Kuala Lumpur", "Maldives": "Malé", "Mali": "Bamako",
    "Malta": "Valletta",
    "Marshall Is.": "Majuro", "Mauritania": "Nouakchott", "Mauritius": "Port Louis", "Mexico": "Mexico City",
    "Micronesia": "Palikir",
    "Moldova": "Chișinău", "Monaco": "Monaco", "Mongolia": "Ulaanbaatar", "Montenegro": "Podgorica", "Morocco": "Rabat",
    "Mozambique": "Maputo",
    "Myanmar": "Naypyidaw", "Namibia": "Windhoek", "Nepal": "Kathmandu", "Netherlands": "Amsterdam", "New Zealand": "Wellington",
    "Nicaragua": "Managua", "Niger": "Niamey", "Nigeria": "Abuja", "North Korea": "Pyongyang", "Norway": "Oslo", "Oman": "Muscat",
    "Pakistan": "Islamabad", "Palau": "Melekeok", "Panama": "Panama City", "Papua New Guinea": "Port Moresby",
    "Paraguay": "Asunción", "Peru": "Lima",
    "Philippines": "Manila", "Poland": "Warsaw", "Portugal": "Lisbon", "Qatar": "Doha", "Romania": "Bucharest",
    "Russia": "Moscow",
    "Rwanda": "Kigali", "S. Sudan": "Juba", "Saint Lucia": "Castries", "Samoa": "Apia", "San Marino": "San Marino",
    "Saudi Arabia": "Riyadh",
    "Senegal": "Dakar", "Serbia": "Belgrade", "Seychelles": "Victoria", "Sierra Leone": "Freetown", "Singapore": "Singapore",
    "Slovakia": "Bratislava", "Slovenia": "Ljubljana", "Solomon Is.": "Honiara", "Somalia": "Mogadishu",
    "South Africa": "Pretoria",
    "South Korea": "Seoul", "Spain": "Madrid", "Sri Lanka": "Colombo", "St. Kitts and Nevis": "Basseterre",
    "St. Vin. and Gren.": "Kingstown",
    "Sudan": "Khartoum", "Suriname": "Paramaribo", "Sweden": "Stockholm", "Switzerland": "Bern", "Syria": "Damascus",
    "São Tomé and Principe": "São Tomé", "Taiwan": "Taipei", "Tajikistan": "Dushanbe", "Tanzania": "Dodoma",
    "Thailand": "Bangkok",
    "Timor-Leste": "Dili", "Togo": "Lomé", "Tonga": "Nuku'alofa", "Trinidad and Tobago": "Port-of-Spain", "Tunisia": "Tunis",
    "Turkey": "Ankara",
    "Turkmenistan": "Ashgabat", "Tuvalu": "Funafuti", "Uganda": "Kampala", "Ukraine": "Kyiv", "United Arab Emirates": "Abu Dhabi",
    "United Kingdom": "London", "United States of America": "Washington,  D.C.", "Uruguay": "Montevideo",
    "Uzbekistan": "Tashkent",
    "Vanuatu": "Port Vila", "Vatican": "Vatican City", "Venezuela": "Caracas", "Vietnam": "Hanoi", "Yemen": "Sanaa",
    "Zambia": "Lusaka",
    "Zimbabwe": "Harare", "eSwatini": "Mbabane",
}
