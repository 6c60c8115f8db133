"""Clock times and time zones as live blogs print them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

ZONE_AMBIGUOUS, ZONE_SEASON, ZONE_UNKNOWN, ZONE_ASSUMED = "zone ambiguous", "zone out of season", "zone unknown", "zone assumed"

# Where a place keeps summer time, the abbreviation names the place and the date decides, since blogs print "EST" and "CET" all year.
_PLACES = {
    "America/New_York": "ET EST EDT",
    "America/Chicago": "CT CDT",
    "America/Denver": "MT MST MDT",
    "America/Los_Angeles": "PT PDT",
    "America/Anchorage": "AKST AKDT",
    "Pacific/Honolulu": "HST",
    "America/Caracas": "VET",
    "America/Bogota": "COT",
    "America/Sao_Paulo": "BRT",
    "Europe/London": "UKT",
    "Europe/Lisbon": "WET WEST",
    "Europe/Berlin": "CET CEST MEZ MESZ",
    "Europe/Athens": "EET EEST",
    "Europe/Moscow": "MSK",
    "Europe/Istanbul": "TRT",
    "Asia/Jerusalem": "IDT",
    "Asia/Tehran": "IRST IRDT",
    "Asia/Dubai": "GST",
    "Asia/Kabul": "AFT",
    "Asia/Karachi": "PKT",
    "Asia/Kathmandu": "NPT",
    "Asia/Yangon": "MMT",
    "Asia/Bangkok": "ICT",
    "Asia/Jakarta": "WIB",
    "Asia/Singapore": "SGT",
    "Asia/Hong_Kong": "HKT",
    "Asia/Manila": "PHT",
    "Asia/Seoul": "KST",
    "Asia/Tokyo": "JST",
    "Asia/Baku": "AZT",
    "Asia/Tbilisi": "GET",
    "Australia/Sydney": "AEST AEDT AET",
    "Pacific/Auckland": "NZST NZDT",
    "Africa/Nairobi": "EAT",
    "Africa/Maputo": "CAT",
    "Africa/Lagos": "WAT",
    "Africa/Johannesburg": "SAST",
}
_BY_ABBREVIATION = {name: place for place, names in _PLACES.items() for name in names.split()}
_UTC_NAMES = frozenset({"UTC", "GMT", "Z", "ZULU", "UT"})
# One abbreviation, several places: each with words that speak for it in the text of the page. The first stands where nothing does.
_SHARED: dict[str, tuple[tuple[str, str], ...]] = {
    "IST": (
        ("Asia/Kolkata", r"India|Delhi|Mumbai|Kashmir|Pakistan|Srinagar|Jammu|Pathankot"),
        ("Asia/Jerusalem", r"Israel|Gaza|Jerusalem|Tel Aviv|IDF|Hamas|Hezbollah|West Bank|Palestin"),
        ("Europe/Dublin", r"Ireland|Irish|Dublin|Garda"),
    ),
    "AST": (
        ("Asia/Riyadh", r"Iraq|Yemen|Saudi|Kuwait|Bahrain|Qatar|Syria|Houthi|Iran|Baghdad|Gulf"),
        ("America/Halifax", r"Canad|Halifax|Nova Scotia|Puerto Rico|Bermuda|Caribbean|Atlantic"),
    ),
    "ADT": (("America/Halifax", r"Canad|Halifax|Nova Scotia|Bermuda"), ("Asia/Baghdad", r"Iraq|Baghdad|Mosul|Basra")),
    "CST": (("America/Chicago", r"Texas|Chicago|Houston|Mexico|Illinois"), ("Asia/Shanghai", r"China|Chinese|Beijing|Taiwan|Taipei|Shanghai")),
    "PST": (("America/Los_Angeles", r"California|Los Angeles|Seattle|Oregon|Pentagon"), ("Asia/Manila", r"Philippin|Manila|Mindanao|Marawi")),
    "BST": (("Europe/London", r"London|Britain|British|UK"), ("Asia/Dhaka", r"Bangladesh|Dhaka|Chittagong")),
    "AMT": (("Asia/Yerevan", r"Armenia|Yerevan|Karabakh|Azerbaijan"), ("America/Manaus", r"Brazil|Manaus|Amazon")),
}
_AMERICAN = frozenset({"EASTERN", "CENTRAL", "MOUNTAIN", "PACIFIC"})
_ALWAYS_DOUBTED = frozenset({"IST", "AST", "ADT", "CST", "AMT"})
_STANDARD = frozenset({"EST", "CST", "MST", "PST", "CET", "EET", "WET", "IRST", "AKST", "AEST", "NZST", "MEZ"})
_SUMMER = frozenset({"EDT", "CDT", "MDT", "PDT", "BST", "CEST", "EEST", "WEST", "IRDT", "IDT", "AKDT", "AEDT", "NZDT", "MESZ"})

_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+\-−])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_WORDS_SEEN = 200_000

# Longest first: a shorter one must not stand for the beginning of a longer one.
ABBREVIATIONS: tuple[str, ...] = tuple(sorted({*_BY_ABBREVIATION, *_SHARED, *_UTC_NAMES} - {"Z"}, key=lambda name: (-len(name), name)))


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone as printed, what it is taken for, and the doubts about that (`flags`, with `note` in plain words)."""

    printed: str | None
    tz: tzinfo
    flags: tuple[str, ...] = ()
    note: str = ""


def assumed_utc(printed: str | None = None) -> Zone:
    """UTC, because nothing says otherwise; flagged."""
    if printed:
        return Zone(printed, UTC, (ZONE_UNKNOWN,), f"the zone “{printed}” is not known, so UTC is assumed")
    return Zone(None, UTC, (ZONE_ASSUMED,), "no time zone is printed, so UTC is assumed")


def read_zone(printed: str, words: str = "") -> Zone:
    """What a printed zone stands for: `GMT`, `EST`, `UTC+3`, `Moscow time`.

    `words`, the text of the page, speaks for one of several places that share an abbreviation. An unknown zone is taken for UTC, and flagged.
    """
    name = re.sub(r"[.\s]+", " ", printed).strip()
    key = name.upper()
    if key in _UTC_NAMES:
        return Zone(printed, UTC)
    if key in _SHARED:
        return _shared_zone(printed, key, words)
    if key in _BY_ABBREVIATION:
        return Zone(printed, ZoneInfo(_BY_ABBREVIATION[key]))
    if (offset := _offset(name)) is not None:
        return Zone(printed, offset)
    if key.endswith(" TIME") or key in _AMERICAN:
        place = _cities().get(re.sub(r"(?: STANDARD| DAYLIGHT)?(?: TIME)?$", "", key).strip())
        if place:
            return Zone(printed, ZoneInfo(place))
    if name.count("/") and name in available_timezones():
        return Zone(printed, ZoneInfo(name))
    return assumed_utc(printed)


def to_utc(day: date, clock: time, zone: Zone) -> tuple[datetime, tuple[str, ...]]:
    """The instant at which `zone` shows `clock` on `day`, and the doubts: a summer name in winter, a standard one in summer.

    Raises OverflowError outside of the calendar.
    """
    local = datetime.combine(day, clock, tzinfo=zone.tz)
    key = (zone.printed or "").upper()
    summer = bool(local.dst())
    odd = (key in _STANDARD and summer) or (key in _SUMMER and local.dst() is not None and not summer and not isinstance(zone.tz, timezone))
    return local.astimezone(UTC), (ZONE_SEASON,) if odd else ()


def _shared_zone(printed: str, key: str, words: str) -> Zone:
    seen = words[:_WORDS_SEEN]
    counts = [(len(re.findall(rf"\b(?:{hints})", seen)), place) for place, hints in _SHARED[key]]
    most = max(count for count, _ in counts)
    place = next(place for count, place in counts if count == most)
    doubted = key in _ALWAYS_DOUBTED or place != counts[0][1]
    others = ", ".join(other for _, other in counts if other != place)
    note = f"“{printed}” is taken for the time of {place}; it may also stand for {others}" if doubted else ""
    return Zone(printed, ZoneInfo(place), (ZONE_AMBIGUOUS,) if doubted else (), note)


def _offset(name: str) -> timezone | None:
    match = _OFFSET.fullmatch(name)
    if match is None:
        return None
    hours, minutes = int(match[2]), int(match[3] or 0)
    if hours > 14 or minutes > 59:
        return None
    size = timedelta(hours=hours, minutes=minutes)
    return timezone(size if match[1] == "+" else -size)


@cache
def _cities() -> dict[str, str]:
    """Zones by the name of their city, in capitals: `Moscow time`, `Baghdad time`."""
    cities: dict[str, str] = {}
    for zone in sorted(available_timezones()):
        area, _, city = zone.rpartition("/")
        if area and not area.startswith(("Etc", "SystemV", "US", "posix", "right")):
            cities.setdefault(city.replace("_", " ").upper(), zone)
    more = {
        "KYIV": "Europe/Kiev",
        "KIEV": "Europe/Kiev",
        "WASHINGTON": "America/New_York",
        "EASTERN": "America/New_York",
        "PACIFIC": "America/Los_Angeles",
        "CENTRAL": "America/Chicago",
        "MOUNTAIN": "America/Denver",
    }
    more |= {"CENTRAL EUROPEAN": "Europe/Berlin", "IRAQ": "Asia/Baghdad", "IRAN": "Asia/Tehran", "SYRIA": "Asia/Damascus", "ISRAEL": "Asia/Jerusalem"}
    more |= {
        "UK": "Europe/London",
        "BRITISH": "Europe/London",
        "SANAA": "Asia/Aden",
        "YEMEN": "Asia/Aden",
        "TEL AVIV": "Asia/Jerusalem",
        "LEBANON": "Asia/Beirut",
    }
    more |= {
        "UKRAINE": "Europe/Kiev",
        "KARABAKH": "Asia/Yerevan",
        "GAZA": "Asia/Gaza",
        "NEW DELHI": "Asia/Kolkata",
        "DELHI": "Asia/Kolkata",
        "PARIS": "Europe/Paris",
    }
    return more | cities
