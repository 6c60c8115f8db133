"""Dates and times: read, written and told exactly as precisely as they are known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.moments import DatePrecision, Moment, from_minutes, in_words, minutes, moments_of, parse_moment, span_in_words

moments = st.builds(
    lambda at, timed: Moment(at.replace(second=0, microsecond=0) if timed else at.replace(hour=0, minute=0, second=0, microsecond=0), timed),
    st.datetimes(max_value=datetime(9999, 12, 30), timezones=st.just(UTC)),
    st.booleans(),
)


def day(text: str) -> Moment:
    return parse_moment(text)


@given(moments)
def test_a_moment_is_read_back_as_it_was_written(moment: Moment) -> None:
    assert parse_moment(str(moment)) == moment


@pytest.mark.parametrize(
    ("text", "at", "timed"),
    [
        ("2021-02-28", datetime(2021, 2, 28, tzinfo=UTC), False),
        ("2021-02-28T07:30Z", datetime(2021, 2, 28, 7, 30, tzinfo=UTC), True),
        ("2021-02-28T07:30:00Z", datetime(2021, 2, 28, 7, 30, tzinfo=UTC), True),
        ("2021-02-28T07:30+00:00", datetime(2021, 2, 28, 7, 30, tzinfo=UTC), True),
        ("2020-02-29", datetime(2020, 2, 29, tzinfo=UTC), False),
        ("0099-01-02", datetime(99, 1, 2, tzinfo=UTC), False),
    ],
)
def test_dates_and_utc_times_are_read(text: str, at: datetime, timed: bool) -> None:
    assert parse_moment(text) == Moment(at, timed)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2021",
        "2021-02",
        "28-02-2021",
        "2021-2-28",
        "2021-02-30",
        "2021-02-29",
        "2021-13-01",
        "0000-01-01",
        "2021-02-28T07:30",
        "2021-02-28T07:30+03:00",
        "2021-02-28T24:00Z",
        "2021-02-28T07:60Z",
        "2021-02-28T07:30:15Z",
        "2021-02-28 07:30Z",
        " 2021-02-28",
        "2021-02-28\n",
        "２０２１-02-28",
        "9999-12-31",
        "9999-12-31T23:59Z",
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_moment(text)


def test_a_moment_ends_where_the_next_begins() -> None:
    assert day("2021-02-28").after == datetime(2021, 3, 1, tzinfo=UTC)
    assert day("2021-02-28T23:59Z").after == datetime(2021, 3, 1, tzinfo=UTC)


@given(st.integers(-1_000_000_000, 4_000_000_000))
def test_minutes_since_the_epoch_go_both_ways(count: int) -> None:
    assert minutes(from_minutes(count)) == count


@pytest.mark.parametrize(("text", "count"), [("1970-01-01", 0), ("1970-01-02", 1440), ("1969-12-31T23:59Z", -1), ("2021-02-28T07:30Z", 26_908_290)])
def test_minutes_since_the_epoch(text: str, count: int) -> None:
    assert minutes(day(text).at) == count


def test_minutes_are_rounded_down_before_the_epoch_too() -> None:
    assert minutes(datetime(1969, 12, 31, 23, 59, 30, tzinfo=UTC)) == -1


@given(st.tuples(moments, moments).map(sorted).filter(lambda pair: pair[0].timed == pair[1].timed and pair[1].after > pair[0].at))
def test_a_half_open_span_gives_back_its_first_and_last_moment(pair: list[Moment]) -> None:
    first, last = moments_of(pair[0].at, pair[1].after)
    assert (first.at, last.after) == (pair[0].at, pair[1].after)
    assert first.timed == last.timed


def test_a_span_of_whole_days_is_told_in_days() -> None:
    assert moments_of(day("2021-02-01").at, day("2021-03-01").at) == (day("2021-02-01"), day("2021-02-28"))


def test_a_span_with_a_time_at_either_end_is_told_in_minutes() -> None:
    assert moments_of(day("2021-02-01T04:20Z").at, day("2021-03-01").at) == (day("2021-02-01T04:20Z"), day("2021-02-28T23:59Z"))
    assert moments_of(day("2021-02-01T00:20Z").at, day("2021-02-01T10:00Z").at) == (day("2021-02-01T00:20Z"), day("2021-02-01T09:59Z"))
    assert moments_of(day("2021-02-01").at, day("2021-03-01T04:20Z").at) == (day("2021-02-01T00:00Z"), day("2021-03-01T04:19Z"))


def test_a_moment_in_words() -> None:
    assert in_words(day("2021-02-03")) == "3 February 2021"
    assert in_words(day("2021-02-03T04:05Z")) == "3 February 2021, 04:05 UTC"


@pytest.mark.parametrize(
    ("first", "last", "precision", "words"),
    [
        ("2021-02-28", "2021-02-28", "day", "28 February 2021"),
        ("2021-03-03T04:20Z", "2021-03-03T04:20Z", "minute", "3 March 2021, 04:20 UTC"),
        ("2021-03-03T04:20Z", "2021-03-03T05:00Z", "minute", "3 March 2021, 04:20 to 05:00 UTC"),
        ("2021-03-03T04:20Z", "2021-03-04T05:00Z", "minute", "3 March 2021, 04:20 UTC to 4 March 2021, 05:00 UTC"),
        ("2021-02-01", "2021-02-28", "day", "1 to 28 February 2021"),
        ("2021-02-01", "2021-02-28", None, "February 2021"),
        ("2017-04-01", "2017-04-30", "month", "April 2017"),
        ("2019-01-01", "2019-12-31", "year", "2019"),
        ("2018-01-01", "2019-12-31", "year", "2018 to 2019"),
        ("2017-04-01", "2017-05-31", "month", "April to May 2017"),
        ("2021-01-01", "2021-03-31", "month", "January to March 2021"),
        ("2020-11-01", "2020-12-31", "month", "November to December 2020"),
        ("2016-12-01", "2017-01-31", "month", "December 2016 to January 2017"),
        ("2021-02-16", "2021-02-21", "week", "between 16 and 21 February 2021"),
        ("2021-02-26", "2021-03-04", "week", "between 26 February and 4 March 2021"),
        ("2020-12-30", "2021-01-05", "week", "between 30 December 2020 and 5 January 2021"),
        ("2021-02-16", "2021-02-21", "day", "16 to 21 February 2021"),
        ("2021-02-26", "2021-03-04", None, "26 February to 4 March 2021"),
    ],
)
def test_a_span_in_words_is_exactly_as_precise_as_it_is_known(first: str, last: str, precision: DatePrecision | None, words: str) -> None:
    assert span_in_words(day(first), day(last), precision) == words


def test_moments_are_ordered_by_their_first_instant() -> None:
    day_, minute, next_day = day("2021-02-28"), day("2021-02-28T07:30Z"), day("2021-03-01")
    assert sorted([minute, next_day, day_]) == [day_, minute, next_day]
    assert day("2021-02-28").after - day("2021-02-28").at == timedelta(days=1)
