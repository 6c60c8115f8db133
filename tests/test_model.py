"""The codes of ACLED and UCDP, derived from what an event says of itself."""

from __future__ import annotations

import pytest

from geo.model import PLACE_PRECISIONS, acled_geo_precision, acled_time_precision, ucdp_date_prec, ucdp_deaths, ucdp_where_prec
from tests.factories import as_event, claim


@pytest.mark.parametrize(
    ("precision", "acled", "ucdp"),
    [("site", 1, 1), ("town", 1, 1), ("near_town", 2, 2), ("district", 3, 3), ("province", 3, 4), ("country", None, 6), ("sea", 3, 7)],
)
def test_codes_of_the_place(precision: str, acled: int | None, ucdp: int) -> None:
    event = as_event(place={"precision": precision})
    assert (acled_geo_precision(event), ucdp_where_prec(event)) == (acled, ucdp)


def test_every_place_precision_has_a_code_of_ucdp() -> None:
    assert all(ucdp_where_prec(as_event(place={"precision": precision})) for precision in PLACE_PRECISIONS)


def test_a_place_that_is_not_on_the_map_has_no_geo_precision() -> None:
    event = as_event(at=None, place={"precision": "province"})
    assert (acled_geo_precision(event), ucdp_where_prec(event)) == (None, 4)


def test_a_place_of_which_nothing_is_known_has_no_code() -> None:
    event = as_event(at=None, place=None)
    assert (acled_geo_precision(event), ucdp_where_prec(event)) == (None, None)


@pytest.mark.parametrize(
    ("precision", "start", "end", "acled", "ucdp"),
    [
        ("minute", "2021-03-03T04:20Z", "2021-03-03T04:20Z", 1, 1),
        ("day", "2021-02-26", "2021-02-26", 1, 1),
        ("day", "2021-02-26", "2021-02-27", 1, 2),
        ("week", "2021-02-16", "2021-02-21", 2, 2),
        ("week", "2021-02-15", "2021-02-21", 2, 3),
        ("week", "2021-02-15", "2021-02-22", 3, 4),
        ("month", "2017-03-01", "2017-03-31", 3, 4),
        ("month", "2017-03-01", "2017-04-01", 3, 5),
        ("year", "2019-01-01", "2019-12-31", 3, 5),
    ],
)
def test_codes_of_the_date(precision: str, start: str, end: str, acled: int, ucdp: int) -> None:
    event = as_event(date_precision=precision, start=start, end=end)
    assert (acled_time_precision(event), ucdp_date_prec(event)) == (acled, ucdp)


@pytest.mark.parametrize(
    ("claims", "deaths"),
    [
        ([], (None, None, None)),
        ([claim(low=None, high=None, text="a handful")], (None, None, None)),
        ([claim(low=0, high=0)], (0, 0, 0)),
        ([claim(low=17, high=17)], (17, 17, 17)),
        ([claim(low=17, high=17), claim(low=1, high=1), claim(low=22, high=None)], (1, None, 22)),
        ([claim(low=10, high=20)], (10, None, 20)),
        ([claim(low=22, high=None)], (22, None, 22)),
        ([claim(low=4, high=4), claim(low=4, high=4)], (4, 4, 4)),
        ([claim("injured", low=6, high=6), claim(low=1, high=1)], (1, 1, 1)),
    ],
)
def test_deaths_take_nobodys_side(claims: list[dict[str, object]], deaths: tuple[float | None, float | None, float | None]) -> None:
    """The least and the greatest that anyone claims; the best only where all agree. Unknown is never 0."""
    assert ucdp_deaths(as_event(claims=claims)) == deaths


def test_an_event_spans_its_possible_dates_to_the_end_of_the_last() -> None:
    event = as_event(start="2021-02-16", end="2021-02-21", date_precision="week")
    assert (event.first.isoformat(), event.after.isoformat()) == ("2021-02-16T00:00:00+00:00", "2021-02-22T00:00:00+00:00")
