"""What the five blogs that were held out taught, each class with sentences of its own."""

from __future__ import annotations

import pytest

from geo.ingest.gazetteer.index import Gazetteer
from geo.ingest.incidents.figures import figures
from tests.incidents import atlas as atlas  # a fixture
from tests.incidents import proposals

KINDS = [
    ("Islamabad protested over firing at Poonch, in which an old man was wounded this morning.", "armed_clash"),
    ("A teacher was shot in Quetta last month.", "armed_clash"),
    ("A recruit shot four men dead in Kirkuk, Iraq, on Sunday.", "armed_clash"),
    ("Five militants were killed at Tikrit, Iraq, on Monday.", "armed_clash"),
    ("The grid operator reports damage to a power station in Kharkiv after a rocket attack.", "rocket_attack"),
    ("Drones flew in over the sea; two of them slammed into a hostel in Odesa, Ukraine.", "drone_strike"),
    ("Three shells overshot the barracks and came down in the Old City of Aleppo, in Syria.", "shelling"),
    ("The dhow, hijacked by pirates off Hobyo in Somalia, has eleven men on board.", "ship_seizure"),
    ("An imam of the great mosque has been shot dead in Aden, Yemen.", "assassination"),
    ("A judge was killed by a bomb planted under his car in Mosul, Iraq.", "assassination"),
    ("A bomb stuck to a governor’s car exploded in Kabul, killing him.", "assassination"),
    ("A patrol boat was machine-gunned off Berbera in Somalia on Monday.", "armed_clash"),
    ("A police van was sprayed with bullets in Karachi, Pakistan, on Monday.", "armed_clash"),
    ("A helicopter gunship raked a column of cars near Kandahar.", "air_strike"),
    ("A bridge at Kakhovka, in Ukraine, was wrecked by an explosion overnight.", "explosion"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_a_sentence_gives_one_incident_of_its_kind(atlas: Gazetteer, text: str, kind: str) -> None:
    """Each gives one proposal, of that kind."""
    assert [one.kind for one in proposals(text, atlas)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Russia fired scores of drones and missiles at Ukraine overnight.",
        "Ukraine’s air force says it shot down 31 of 40 drones.",
        "The film was shot in Kulgam, in India, last year.",
        "Five militants were killed, the army says.",
        "Kidnappers freed a priest seized in Maiduguri, Nigeria, last week.",
        "Six soldiers were killed in a helicopter crash near Mosul in Iraq.",
    ],
)
def test_sums_of_a_country_and_deaths_of_no_attack_are_no_incidents(atlas: Gazetteer, text: str) -> None:
    """Nothing is proposed."""
    assert not proposals(text, atlas)


def test_who_did_it_said_in_the_next_sentence_is_the_same_incident(atlas: Gazetteer) -> None:
    """“Officials say rockets wounded three” gives the figure of the explosions that were told just before, by them."""
    found = proposals("Explosions were heard near Aleppo in Syria at noon. Local officials say rockets wounded three nurses.", atlas)
    assert len(found) == 1 and found[0].placement.position is not None
    assert [(claim.metric, claim.low, claim.by) for claim in found[0].claims] == [("injured", 3, "Local officials")]


def test_another_blast_of_another_week_keeps_its_own_figures(atlas: Gazetteer) -> None:
    """“In a similar blast the week before, in Y” is an incident of its own, a week back, and the first keeps its dead."""
    text = "Three policemen died when a mine blew up their car in Kandahar. "
    text += "In a similar attack with a bomb the week before, in Herat, two soldiers were killed."
    found = {one.placement.name: one for one in proposals(f"UPDATE, MARCH 3:\n\n{text}\n", atlas)}
    assert set(found) == {"Kandahar", "Herat"}
    assert [claim.low for claim in found["Kandahar"].claims] == [3] and [claim.low for claim in found["Herat"].claims] == [2]
    assert str(found["Herat"].dating.end) < "2021-03-01"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("ADEN, Yemen — Gunmen have blown up a pipeline in Shabwa, 20 kilometers north of Qarhanabad, elders say.", "Shabwa"),
        ("ADEN, Yemen — Gunmen have blown up a pipeline near Qarhanabad on Monday, elders say.", ""),
        ("TAIZ, Yemen — A shell struck a school on Monday, wounding four pupils.", "Taiz"),
    ],
)
def test_a_dateline_is_no_place_where_the_text_names_another(atlas: Gazetteer, text: str, named: str) -> None:
    """Neither beside a province nor beside a name that nobody knows; where nothing else is named it is where the writer stands."""
    (found,) = proposals(text, atlas)
    assert found.placement.name.casefold() == named.casefold()


def test_an_unknown_place_of_the_incident_is_not_that_of_those_who_speak(atlas: Gazetteer) -> None:
    """“Summoned the envoy in Islamabad over firing at X”: X is not known, and Islamabad is not the place."""
    (found,) = proposals("Pakistan summoned the envoy in Islamabad over firing at Qarhanabad, in which two girls were injured this morning.", atlas)
    assert found.placement.position is None and "Islamabad" not in found.placement.name


@pytest.mark.parametrize(
    "where", ["close to the seaport of Mogadishu", "at the port of Mogadishu", "in the heart of Mogadishu", "near the gates of Mogadishu"]
)
def test_a_part_of_a_capital_is_in_it(atlas: Gazetteer, where: str) -> None:
    """Though Mogadishu is also a government, the port of it is a place."""
    (found,) = proposals(f"Six people were killed when a car bomb exploded {where} on Monday.", atlas)
    assert found.placement.position is not None and abs(found.placement.position[0] - 45.3) < 0.3


FIGURES = [
    ("A mine killed the driver and four passengers.", [("killed", 5)]),
    ("It killed a guard and three shepherds.", [("killed", 4)]),
    ("A mine killed a shepherd and his two sons outside Sirte.", [("killed", 3)]),
    ("A captain and two sailors died.", [("killed", 3)]),
    ("A father, his son and two daughters were wounded.", [("injured", 4)]),
    ("Eight pupils and a teacher were killed.", [("killed", 8), ("killed", 1)]),
    ("A soldier and two gunmen were killed.", [("killed", 1), ("killed", 2)]),
    ("The hospital took in nine wounded, three of whom have died since.", [("injured", 9), ("killed", 3)]),
    ("A boy of eleven was injured.", [("injured", 1)]),
]


@pytest.mark.parametrize(("text", "wanted"), FIGURES)
def test_people_told_in_one_breath(text: str, wanted: list[tuple[str, float]]) -> None:
    """A row that one person leads is one figure; parts of a number, and those who attack beside others, are figures beside each other."""
    found = sorted((one for one in figures(text, 0, len(text)) if one.unit == "people"), key=lambda one: one.start)
    assert [(one.metric, one.low) for one in found] == wanted


def test_the_sum_keeps_its_words() -> None:
    """The words of a sum are all of those that it was made of."""
    text = "It killed a guard and three shepherds."
    assert [one.text for one in figures(text, 0, len(text))] == ["a guard and three shepherds"]


def test_the_day_in_the_sentence_after_is_that_of_the_incident(atlas: Gazetteer) -> None:
    """“One man was hurt late on Tuesday”, told on from an interception without a day, dates it; “died of his wounds on Tuesday” does not."""
    (found,) = proposals("UPDATE, MARCH 4:\n\nA missile was intercepted over Jizan. One man was hurt by splinters late on Tuesday.\n", atlas)
    assert str(found.dating.start) == "2021-03-02"
    (other,) = proposals("UPDATE, MARCH 4:\n\nShells hit a market in Taiz. One man was killed; a boy died of his wounds on Tuesday.\n", atlas)
    assert str(other.dating.start) == "2021-03-04"


def test_a_year_ago_today_is_a_day(atlas: Gazetteer) -> None:
    """It is the same day of the year before."""
    (found,) = proposals("UPDATE, MARCH 4:\n\nA year ago today, gunmen shot nine people at a factory in Kharkiv.\n", atlas)
    assert (str(found.dating.start), found.dating.precision) == ("2020-03-04", "day")


def test_a_funeral_is_of_those_who_were_told_before(atlas: Gazetteer) -> None:
    """It gives no second incident; a bomb at a funeral does."""
    text = "UPDATE, MARCH 4:\n\nThe funeral of seven men killed in an air strike on Idlib took place.\n\n"
    text += "UPDATE, MARCH 3:\n\nJets bombed Idlib in Syria, killing seven men.\n"
    assert len(proposals(text, atlas)) == 1
    assert [one.kind for one in proposals("A bomb exploded at the funeral of an elder in Jalalabad, Afghanistan, killing five.", atlas)] == [
        "explosion"
    ]


def test_the_road_from_one_town_to_another_is_between_them(atlas: Gazetteer) -> None:
    """A mine “on the road from A to B” is not at B."""
    (found,) = proposals("A bus hit a mine on the road from Hodeidah to Taiz in Yemen; six passengers died.", atlas)
    assert found.placement.position is not None and found.placement.name.startswith("road from")
    assert (found.placement.uncertainty_km or 0) > 50


def test_a_name_that_sounds_like_a_far_town_is_not_it_where_the_text_says_in_what_it_lies(atlas: Gazetteer) -> None:
    """“Sekipora, in Anantnag” lies in Anantnag, not at Shekhupura, 260 km away in another country."""
    (found,) = proposals("Shopian, in India, is quiet. On Monday six gunmen were killed at Sekipora, in Anantnag.", atlas)
    assert found.placement.position is not None and abs(found.placement.position[0] - 75.15) < 0.3
