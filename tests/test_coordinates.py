"""Coordinates as they are typed: what is read, what is refused and why, and that what is written can be read again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.coordinates import format_decimal, format_dms, format_mgrs, parse
from geo.errors import InvalidInput
from geo.geodesy import ellipsoid

AL_ASAD = (42.441, 33.786)


@pytest.mark.parametrize(
    "text",
    [
        "33.786, 42.441",
        "33.786 42.441",
        "33.786; 42.441",
        "+33.786,+42.441",
        "33.786N 42.441E",
        "42.441 E, 33.786 N",
        "n33.786 e42.441",
        "33.786° N, 42.441° E",
        "33°47'09.6\"N 42°26'27.6\"E",
        "33° 47′ 09.6″ N, 42° 26′ 27.6″ E",
        "33 47 09.6 N 42 26 27.6 E",
        "33 47 09.6 42 26 27.6",
        "N 33 47.16 E 42 26.46",
        "33º47’09.6”N  42º26’27.6”E",
    ],
)
def test_one_position_in_the_ways_that_people_write_it(text: str) -> None:
    """Latitude first where no letter says otherwise."""
    assert parse(text).position == pytest.approx(AL_ASAD, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [
        ("-33.5, -151.25", -151.25, -33.5),
        ("33.5S 151.25W", -151.25, -33.5),
        ("90, 180", 180, 90),
        ("−12.5, 0", 0, -12.5),
        ("0 30 S 0 30 W", -0.5, -0.5),
    ],
)
def test_south_and_west_are_negative(text: str, lon: float, lat: float) -> None:
    """By sign or by letter, a typographic minus too."""
    assert parse(text).position == (lon, lat)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("  ", "is empty"),
        ("Erbil", "no pair of a latitude"),
        ("33.786", "is no position"),
        ("33.786, 42.441, 7", "is no position"),
        ("33,786; 42,441", "is no position"),
        ("133.5, 42", "has a latitude of 133.5°"),
        ("42, 200", "has a longitude of 200°"),
        ("33 60 N 42 0 E", "minutes or seconds of 60"),
        ("33.5 20 N 42 0 E", "a fraction that is not in its last number"),
        ("33N 42S", "the same direction twice"),
        ("-33S 42E", "both a sign and a letter"),
        ("38SKB123", "0, 2, 4, 6, 8 or 10 digits"),
        ("61SKB1234", "there is no such square"),
        ("38SKB" + "1" * 12, "0, 2, 4, 6, 8 or 10 digits"),
        ("nan, nan", "no pair of a latitude"),
        ("1e5, 2", "no pair of a latitude"),
        ("٣٣, ٤٢", "is no position"),
        ("<img src=x>", "no pair of a latitude"),
        ("1" * 5_000, "is longer than"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(text: str, said: str) -> None:
    """And with examples of what can."""
    with pytest.raises(InvalidInput) as caught:
        parse(text)
    (problem,) = caught.value.problems
    assert said in problem.message
    assert "33.786, 42.441" in problem.advice
    assert len(problem.value) <= 120


def test_a_longitude_that_stands_first_is_pointed_out() -> None:
    """The commonest mistake has its own words."""
    with pytest.raises(InvalidInput, match="this looks like longitude, latitude"):
        parse("142.441, 33.786")


def test_mgrs_gives_the_middle_of_the_square_and_how_large_it_is() -> None:
    """The square of 10 km around Ain al-Asad holds it; its middle is at most half a diagonal away."""
    written = parse("38S KC 6 4")
    assert format_mgrs(written.position) == "38SKC 65000 45000"
    assert format_mgrs(parse("38SKC").position) == "38SKC 50000 50000"
    assert written.notation == "mgrs"
    assert written.within_m == pytest.approx(7_071, abs=1)
    assert ellipsoid().inv(*written.position, *AL_ASAD)[2] <= written.within_m


def test_the_notation_is_known_again() -> None:
    """So that a page can say what it understood."""
    assert [parse(text).notation for text in ("33.7, 42.4", "33 42 N 42 24 E", "38SKC6306041372")] == ["decimal", "dms", "mgrs"]


@given(lon=st.floats(-180, 180), lat=st.floats(-90, 90))
@settings(max_examples=150)
def test_what_is_written_reads_the_same(lon: float, lat: float) -> None:
    """Within the digits that each notation has, anywhere on the Earth."""
    for write, most_m in ((format_decimal, 1.2), (format_dms, 2.5), (format_mgrs, 2.5)):
        read = parse(write((lon, lat))).position
        assert ellipsoid().inv(lon, lat, *read)[2] <= most_m, write.__name__


@given(st.text(max_size=40))
@settings(max_examples=200)
def test_no_text_brings_it_down(text: str) -> None:
    """A position on the Earth, or a refusal in words."""
    try:
        lon, lat = parse(text).position
    except InvalidInput:
        return
    assert -180 <= lon <= 180 and -90 <= lat <= 90
