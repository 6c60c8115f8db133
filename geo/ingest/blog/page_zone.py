"""The time zone that a page says its times are in."""

from __future__ import annotations

import re

from geo.ingest.blog.clock import ZONE_ASSUMED, ZONE_UNKNOWN, Zone, read_zone
from geo.ingest.local_time import only_zone_of

_ALL_TIMES = re.compile(
    r"\b(?i:(?:all\s+)?times?\s+(?:here\s+|given\s+|listed\s+|below\s+)?(?:(?:are|is)\s+)?(?:all\s+)?(?:given\s+)?(?:in\s+)?(?:local\s+)?)"
    # “Times are Lebanon’s (UTC+2)”: what stands in brackets says it more exactly.
    r"(?:[A-Z][\w’' ]{2,40}\s)?\(?"
    r"(?P<zone>(?:UTC|GMT)\s?[+\-−]\d{1,2}(?::\d{2})?|[A-Z]{2,5}\b|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?\s+time)",
)
_ALL_LOCAL = re.compile(r"\b(?:all\s+times?|times)\s+(?:are\s+|given\s+are\s+|in\s+)?local\b(?!\s+\(?[A-Z]{2,5}\b)", re.I)
# “GOMA, Congo — The army says”
_DATELINE = re.compile(r"^[A-Z][A-Z.’'\- ]{1,40},\s+(?P<country>[A-Z][A-Za-z.’'\- ]{2,30}?)\s+(?:\([A-Z]{2,6}\)\s+)?[—–-]", re.M)


def said_zone(preamble: str, text: str) -> Zone | None:
    """What a line above the updates says of all their times, such as “all times GMT”; None if nothing.

    Of “all times local” the country tells: that of the first dateline of `text`, the whole page, if it keeps one time.
    """
    for match in _ALL_TIMES.finditer(preamble):
        zone = read_zone(match["zone"], text)
        if ZONE_UNKNOWN not in zone.flags:
            return Zone(None, zone.tz, zone.flags, f"the page says that its times are {zone.printed}")
    if _ALL_LOCAL.search(preamble) and (dateline := _DATELINE.search(text)):
        tz = only_zone_of(dateline["country"])
        if tz is not None:
            note = f"the page says that its times are local, and those of {dateline['country']}, its first dateline, are assumed"
            return Zone(None, tz, (ZONE_ASSUMED,), note)
    return None
