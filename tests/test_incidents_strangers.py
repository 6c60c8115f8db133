"""What strangers' blogs taught: names that only sound alike, news without a verb, sums, other voices, and the order of background."""

from __future__ import annotations

import pytest

from geo.ingest.gazetteer.index import Gazetteer
from geo.ingest.incidents.casualties import people_in
from geo.ingest.incidents.figures import Figure, figures
from tests.incidents import atlas as atlas  # a fixture
from tests.incidents import proposals

TOLD = [
    ("Explosions near the port of Latakia, in Syria.", "explosion"),
    ("A night of air raids on Taiz, in Yemen.", "air_strike"),
    ("Heavy shelling in Benghazi.", "shelling"),
    ("Missiles again: three hit the refinery at Baiji in Iraq.", "rocket_attack"),
    ("The rebels say they shot down a Sukhoi near Idlib in Syria.", "shoot_down"),
    ("A MiG was struck by anti-aircraft fire over Hama in Syria.", "shoot_down"),
    ("A cruise missile knocked out a power station in Kharkiv, Ukraine.", "rocket_attack"),
    ("A barrel bomb put the bakery of Idlib, in Syria, out of action.", "air_strike"),
    ("An Antonov strafed a market in Nyala, Sudan.", "air_strike"),
    ("A commander of the border guard, Salim Haddad, was shot dead by a man on a motorcycle in Basra, Iraq.", "assassination"),
    ("Two soldiers were killed in a clash near Quetta in Pakistan.", "armed_clash"),
]


@pytest.mark.parametrize(("text", "kind"), TOLD)
def test_a_sentence_is_read_as_its_kind(atlas: Gazetteer, text: str, kind: str) -> None:
    """Each gives one proposal, of that kind, with a point."""
    found = proposals(text, atlas)
    assert [one.kind for one in found] == [kind]
    assert found[0].placement.position is not None


@pytest.mark.parametrize(
    "text", ["Analysts in Paris spoke about explosions in Syria.", "Explosions in Aleppo were feared.", "Talks on air strikes in Yemen."]
)
def test_talk_of_an_incident_is_no_news_without_a_verb(atlas: Gazetteer, text: str) -> None:
    """What is spoken of or feared is not proposed."""
    assert not proposals(text, atlas)


@pytest.mark.parametrize(
    "text",
    [
        "Jets struck Qarhan, where a family sheltered, opposition sources in Aleppo in Syria say. Russia denies it.",
        "Shells landed on the Salahi district, in the west of Aleppo in Syria. Turkey and Russia condemned it.",
    ],
)
def test_a_name_that_only_sounds_alike_is_no_place_far_away(atlas: Gazetteer, text: str) -> None:
    """Without a neighbour of it in the text, such a name puts no mark anywhere but at the town that is named."""
    for one in proposals(text, atlas):
        position = one.placement.position
        assert position is None or (abs(position[0] - 37.16) < 0.3 and abs(position[1] - 36.2) < 0.3)


def test_a_name_cut_short_before_an_article_is_no_place(atlas: Gazetteer) -> None:
    """Of “Kafr al-Zanbur” the first word alone is not looked up."""
    found = proposals("Planes attacked a convoy at Tall al-Zanburi on Sunday, killing four people.", atlas)
    assert found and all(one.placement.position is None for one in found)


def test_the_seat_of_who_announces_is_no_place_of_the_mine(atlas: Gazetteer) -> None:
    """“The mission in Bamako announces” speaks there; the mine lies elsewhere."""
    found = proposals("A convoy hit a mine on the road to Qarhan, killing two soldiers, the UN mission in Bamako announces.", atlas)
    assert all(one.placement.position is None for one in found)


def test_another_voice_behind_a_semicolon_does_not_place_it(atlas: Gazetteer) -> None:
    """Where the other side says that the jet is back is not where it was shot down."""
    found = proposals("The rebels shot down a jet over Qarhan on Friday, they claim; the army says that it is back in Aleppo.", atlas)
    assert found and all(one.placement.position is None for one in found)


def test_a_building_told_before_keeps_its_place(atlas: Gazetteer) -> None:
    """“The hospital had been bombed before, on July 2”: another incident, at the place of the hospital."""
    found = proposals(
        "Jets bombed a hospital in Idlib in Syria on Monday.\n\nThe hospital had been bombed before, on July 2, 2020, when a nurse died.", atlas
    )
    assert [str(one.dating.start) for one in found] == ["2020-07-02", "2021-03-01"]
    assert found[0].placement.position == found[1].placement.position


def test_the_city_is_the_one_town_named_before(atlas: Gazetteer) -> None:
    """“In the east of the city” is the town that the update has named, if it has named one only; “east of the city” is not in it."""
    near = proposals("Aleppo in Syria is quiet. Shells landed on a school in the east of the city on Monday, killing two pupils.", atlas)
    assert [one.placement.name for one in near] == ["Aleppo"]
    away = proposals(
        "Aleppo in Syria is quiet tonight, residents tell us.\n\nShells landed on a school at Qarhan, east of the city, on Monday.", atlas
    )
    assert all(one.placement.position is None for one in away)


def test_a_sum_over_many_places_is_no_figure_of_one(atlas: Gazetteer) -> None:
    """“Killed across Aleppo today” adds nothing to the one strike that is told."""
    found = proposals(
        "Jets bombed a market in Aleppo, Syria, killing five people.\n\nMedics put the number of people killed across Aleppo today at 61.", atlas
    )
    assert {claim.low for one in found for claim in one.claims} == {5}


def test_attackers_who_died_are_of_the_attack(atlas: Gazetteer) -> None:
    """“One attacker was shot dead” is no incident of its own."""
    found = proposals("Gunmen stormed a hotel in Mogadishu, killing four people. The police add that two attackers were shot dead.", atlas)
    assert len(found) == 1


def test_an_attack_with_its_date_is_background_whoever_speaks_of_it(atlas: Gazetteer) -> None:
    """“Condemned the missile attack of 9 January on X” tells that attack, with its day; without a date it tells nothing."""
    found = proposals("In Cairo, ministers condemned the missile attack of 9 January on Taiz in Yemen.", atlas)
    assert [(one.kind, str(one.dating.start)) for one in found] == [("rocket_attack", "2021-01-09")]
    assert not proposals("In Cairo, ministers condemned the missile attack on Taiz in Yemen.", atlas)


def test_a_month_without_a_year_follows_the_order_of_the_background(atlas: Gazetteer) -> None:
    """Where each is told after what is younger than it, the month lies before the last of them."""
    text = (
        "In May 2019, jets bombed Idlib in Syria.\n\nIn March 2018, jets bombed Hama in Syria.\n\nAnd in October, jets bombed Latakia in Syria, "
        "killing nine people."
    )
    dates = {one.placement.name: (str(one.dating.start), str(one.dating.end)) for one in proposals(text, atlas)}
    assert dates["Latakia"] == ("2017-10-01", "2017-10-31")


def test_states_in_a_row_that_strike_are_no_places(atlas: Gazetteer) -> None:
    """“Turkey, Egypt and Jordan struck three depots” happened in none of the three."""
    found = proposals("In May 2019, Turkey, Egypt, and Jordan struck three depots, killing nine people.", atlas)
    assert found and all(one.placement.country is None for one in found)


def test_a_month_of_this_year_and_of_a_war() -> None:
    """“July this year” and “the May fighting of 2018” give their years."""
    from datetime import date

    from geo.ingest.incidents.days import Clock, days_of
    from geo.ingest.incidents.time_phrases import time_phrases

    clock = Clock(date(2021, 3, 4), None, None)
    for text, first in (
        ("in February this year", date(2021, 2, 1)),
        ("in June last year", date(2020, 6, 1)),
        ("the May fighting of 2018", date(2018, 5, 1)),
    ):
        found = days_of(time_phrases(text, 0, len(text))[0], clock, None)
        assert found is not None and found.first == first


def test_people_treated_and_people_with_wounds_are_hurt() -> None:
    """Both are figures of the injured."""
    for text, count in (("Doctors treated 14 people for burns.", 14), ("She saw six men with bullet wounds.", 6)):
        found: list[Figure] = []
        people_in(found, text.lower(), text, 0, len(text))
        assert [(one.metric, one.low) for one in found] == [("injured", count)]


def test_mortar_rounds_are_counted() -> None:
    """“Four mortar rounds” are munitions."""
    text = "Four mortar rounds fell near the school."
    assert [(one.metric, one.low, one.unit) for one in figures(text, 0, len(text))] == [("munitions", 4, "rounds")]
