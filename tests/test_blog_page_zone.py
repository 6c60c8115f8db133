"""The zone that a page says its times are in."""

from __future__ import annotations

from datetime import datetime

import pytest

from geo.ingest.blog.clock import ZONE_ASSUMED
from geo.ingest.blog.page_zone import said_zone
from geo.ingest.local_time import only_zone_of


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("All times are GMT. Newest entry at the top.", 0),
        ("All times GMT+3", 3),
        ("Times are Lebanon’s (UTC+2). Oldest first.", 2),
        ("(all times in Kyiv time)", 2),
        ("TIMES ARE IN EET", 2),
        ("Times given are Nepal's (GMT+5:45)", 5.75),
    ],
)
def test_a_page_says_its_zone(words: str, hours: float) -> None:
    """By an abbreviation, by a city, or by an offset in brackets after a country."""
    zone = said_zone(words, words)
    assert zone is not None and not zone.flags
    offset = datetime(2020, 1, 5, tzinfo=zone.tz).utcoffset()
    assert offset is not None and offset.total_seconds() == hours * 3600


def test_local_times_are_those_of_the_first_dateline() -> None:
    """Taken for that country's, which is said and flagged; not where the country keeps several times, or where there is no dateline."""
    page = "The Latest on the fighting (all times local):\n\n9 a.m.\n\nKHARTOUM, Sudan (AP) — The army says nothing."
    zone = said_zone(page[:50], page)
    assert zone is not None and zone.flags == (ZONE_ASSUMED,) and str(zone.tz) == "Africa/Khartoum" and "Sudan" in zone.note
    assert said_zone(page[:50], page.replace("KHARTOUM, Sudan", "MOSCOW, Russia")) is None
    assert said_zone(page[:50], page.replace("KHARTOUM, Sudan", "Khartoum")) is None


def test_words_about_times_are_no_zone() -> None:
    """A newspaper and a number of times say nothing of clocks."""
    for words in ("The Times of London reports", "It was hit three times on Monday", "These are hard times in NATO"):
        assert said_zone(words, words) is None, words


def test_a_country_with_one_time_has_a_zone() -> None:
    """By its English name, whatever its case; no other."""
    assert str(only_zone_of("ethiopia")) == "Africa/Addis_Ababa"
    assert only_zone_of("Russia") is None and only_zone_of("Ruritania") is None
