"""The many wordings of one news: killing, capture, figures in words, follow-up sentences, ships by name, and places that the next phrase explains."""

from __future__ import annotations

import pytest

from geo.ingest.gazetteer import locate, place_mentions
from geo.ingest.gazetteer.index import Gazetteer
from geo.ingest.incidents.figures import figures
from geo.ingest.incidents.words import ship_names
from tests.incidents import atlas as atlas  # a fixture
from tests.incidents import proposals, told

TOLD = [
    ("A missile ripped through a market in Kherson, Ukraine, leaving 16 dead.", "rocket_attack"),
    ("Warplanes pummelled the outskirts of Aleppo in Syria.", "air_strike"),
    ("Mortars rained on Damascus in Syria on Wednesday.", "shelling"),
    ("A hand grenade thrown into a bar in Odesa, Ukraine, injured ten people.", "explosion"),
    ("A grenade was lobbed at a checkpoint in Taiz, Yemen.", "explosion"),
    ("Unidentified gunmen killed a university lecturer in Basra, Iraq, on Monday.", "armed_clash"),
    ("Militants kill 11 soldiers near Quetta in Pakistan.", "armed_clash"),
    ("Blast kills 12 at a mosque in Peshawar, Pakistan.", "explosion"),
    ("Twelve villagers were slaughtered near Bunia, in Congo, on Sunday.", "armed_clash"),
    ("Fighters hacked ten farmers to death near Beni in Congo.", "armed_clash"),
    ("Al-Shabaab attacked an army post in Baidoa, Somalia, early on Friday.", "armed_clash"),
    ("M23 has taken the town of Rutshuru in Congo.", "armed_clash"),
    ("Bakhmut has fallen to Russian forces.", "armed_clash"),
    ("The army repelled an attack on Gao, Mali.", "armed_clash"),
    ("Gunmen burst into a church in Gwoza, Nigeria, and shot dead four people.", "raid"),
    ("Militiamen set fire to a village near Bunia in Congo.", "raid"),
    ("Gunmen drove off with 20 passengers of a bus near Mora in Cameroon.", "other"),
    ("A village chief was gunned down by two men in Cotabato in the Philippines.", "assassination"),
    ("Ukraine’s air force said that it had destroyed 9 of 11 drones over Kyiv.", "shoot_down"),
    ("A drone boat rammed a freighter west of Hodeidah.", "ship_attack"),
    ("A cargo ship came under attack 50 nautical miles west of Hodeidah.", "ship_attack"),
    ("Armed men have climbed aboard a tanker in the Gulf of Oman.", "ship_seizure"),
    ("More than 20 people are feared dead after an air strike on Nyala in Sudan.", "air_strike"),
    ("Israeli tank fire killed four people near Rafah in Gaza, medics said.", "shelling"),
    ("A fire broke out at a refinery in Odesa, Ukraine, after a drone attack, the governor said.", "drone_strike"),
    ("Rebels shot at a UN helicopter near Goma in Congo, killing one peacekeeper.", "armed_clash"),
    ("A Kurdish activist was shot in the head in Qamishli, Syria.", "armed_clash"),
    ("Nobody was injured when a drone crashed into an oil depot in Odesa, Ukraine.", "drone_strike"),
]  # fmt: skip
NOT_TOLD = [
    "The Taliban have taken a softer line in talks in Doha.",
    "The president of Iraq fell to his knees at a shrine in Baghdad.",
    "Iran has taken Washington at its word.",
    "The opposition attacked the government’s budget in parliament in Islamabad.",
    "An accident killed the mayor of Homs in Syria.",
    "A drone factory near Kyiv was shown to reporters; it builds 100 a day.",
    "The rebels say that they will take the town of Marib in Yemen.",
]
FIGURES = [
    ("Three people, two of them children, were killed.", [("killed", 3, 3)]),
    ("Seven people, three of them children, died when a bomb fell.", [("killed", 7, 7)]),
    ("The attack left five soldiers and at least seven militants dead.", [("killed", 5, 5), ("killed", 7, None)]),
    ("A shell hit a bus, killing all 14 on board.", [("killed", 14, 14)]),
    ("killing a nurse and wounding nine patients", [("killed", 1, 1), ("injured", 9, 9)]),
    ("A bomb killed a mayor and his driver.", [("killed", 2, 2)]),
    ("It wounded two pupils and a teacher.", [("injured", 2, 2), ("injured", 1, 1)]),
    ("A village chief and his bodyguard were gunned down.", [("killed", 2, 2)]),
    ("The governor of the province, an engineer, was assassinated.", [("killed", 1, 1)]),
    ("Three traders died.", [("killed", 3, 3)]),
    ("Rescuers pulled nine bodies from the rubble.", [("killed", 9, 9)]),
    ("Ten bodies have been recovered so far.", [("killed", 10, 10)]),
    ("The bodies of eight villagers were found.", [("killed", 8, 8)]),
    ("The fighting has claimed 40 lives.", [("killed", 40, 40)]),
    ("The death toll from the shelling of the market in the middle of the town on Saturday has climbed to 31.", [("killed", 31, 31)]),
    ("A committee puts the number of dead at more than 100.", [("killed", 100, None)]),
    ("The number of people hurt in the bombing has gone up to 17.", [("injured", 17, 17)]),
    ("One militiaman was hit in the leg.", [("injured", 1, 1)]),
    ("One seaman on the tanker was slightly burned.", [("injured", 1, 1)]),
    ("More than 20 were taken to hospital.", [("injured", 20, None)]),
    ("Two guards were fatally wounded.", [("killed", 2, 2)]),
    ("One person died and another was seriously hurt.", [("killed", 1, 1), ("injured", 1, 1)]),
    ("The mayor says that nobody has died.", [("killed", 0, 0)]),
    ("No soldier was hurt.", [("casualties", 0, 0)]),
    ("The strike killed a deal that two sides had worked on.", []),
    ("It was killed off in the talks.", []),
]  # fmt: skip


@pytest.mark.parametrize(("said", "kind"), TOLD, ids=[f"{kind}-{number}" for number, (_, kind) in enumerate(TOLD)])
def test_news_in_other_words_gives_one_incident_that_is_placed(said: str, kind: str, atlas: Gazetteer) -> None:
    """Verbs of killing, capture and striking, in the past, the present of headlines and the passive, give the kind and the place."""
    found = told(said, atlas)
    assert [one.kind for one in found] == [kind]
    assert found[0].placement.position is not None, found[0].placement.rule


@pytest.mark.parametrize("said", NOT_TOLD)
def test_turns_of_phrase_with_the_same_verbs_put_no_mark_on_the_map(said: str, atlas: Gazetteer) -> None:
    """Taking a line, falling to one's knees, accidents and intentions are no incidents."""
    assert told(said, atlas) == ()


@pytest.mark.parametrize(("said", "wanted"), FIGURES, ids=[said[:40] for said, _ in FIGURES])
def test_figures_of_people_are_read_in_their_wordings(said: str, wanted: list[tuple[str, int, int | None]]) -> None:
    """Asides, several groups under one verb, single people by what they are, bodies, tolls and denials."""
    assert [(one.metric, one.low, one.high) for one in figures(said, 0, len(said)) if one.unit == "people"] == wanted


def test_a_place_before_who_says_it_is_where_it_happened(atlas: Gazetteer) -> None:
    """“Killed seven in Dnipro, officials said” is told of Dnipro; “In Dnipro, officials said” is where they spoke."""
    (one,) = told("Russian strikes overnight killed at least seven people in Dnipro, officials said.", atlas)
    assert one.placement.name == "Dnipro"
    assert "Dnipro" not in [one.placement.name for one in told("In Dnipro, officials said that rockets had hit Kherson in Ukraine.", atlas)]


def test_a_sentence_that_leans_on_the_one_before_is_of_the_same_incident(atlas: Gazetteer) -> None:
    """With no place and no date of its own, it takes both from what its paragraph told just before, though that was two days ago."""
    (one,) = told("A convoy came under fire near Kadugli in Sudan on Tuesday evening. Two drivers were shot dead, a UN official said.", atlas)
    assert str(one.dating.start) == "2021-03-02" and [(claim.metric, claim.low) for claim in one.claims] == [("killed", 2)]


def test_one_of_several_is_an_incident_of_its_own(atlas: Gazetteer) -> None:
    """“The first, on February 20, killed three”: of the kind and at the place of the one before it, at its own time, with its own figure."""
    said = "A bomb went off in Cotabato in the Philippines on Wednesday, the second in a month. One man was killed. "
    said += "The first, on February 20, killed three."
    first, second = told(said, atlas)
    assert [str(one.dating.start) for one in (first, second)] == ["2021-02-20", "2021-03-03"]
    assert first.kind == second.kind == "explosion" and first.placement.name == second.placement.name
    assert [[claim.low for claim in one.claims] for one in (first, second)] == [[3], [1]]


def test_two_targets_of_one_raid_are_two_places(atlas: Gazetteer) -> None:
    """“A radar site at A and a depot near B”: something was hit in each."""
    found = told("American jets bombed a radar site at Hodeidah airport and a missile depot near Taiz in Yemen.", atlas)
    assert sorted(one.placement.name for one in found) == ["Hodeidah airport", "near Taiz"]


def test_other_things_hit_in_one_town_on_one_day_are_not_joined(atlas: Gazetteer) -> None:
    """A market and a hospital of the same town are two incidents."""
    blog = (
        "1200 GMT: Shells hit the market in Nyala in Sudan on Saturday, killing 20 people.\n"
        "0900 GMT: A shell crashed into the hospital in Nyala on Saturday, wounding nine patients.\n"
    )
    assert len(proposals(blog, atlas, published="2021-03-07")) == 2


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("A missile struck the container ship Northern Gannet.", {"northern gannet"}),
        ("A boat rammed a Panama-flagged freighter, the Ocean Grace, at night.", {"ocean grace"}),
        ("The vessel, the Liberian-flagged Amaryllis Bay, was boarded.", {"amaryllis bay"}),
        ("The tanker was boarded, the Revolutionary Guards said.", set()),
    ],
)
def test_ships_are_known_by_their_names(said: str, wanted: set[str]) -> None:
    """A name behind a word for ships may hold a word for waters or the compass; the name of a force is none."""
    assert ship_names(said) == wanted


def test_a_ship_of_another_name_is_another_incident(atlas: Gazetteer) -> None:
    """Two ships that were hit in waters that overlap, on days that overlap, are two incidents."""
    blog = (
        "1200 GMT: A missile hit the tanker Blue Heron 20 nautical miles off Hodeidah.\n"
        "1000 GMT: A drone hit the freighter Ocean Grace in the Red Sea.\n"
    )
    assert len(proposals(blog, atlas)) == 2


def test_a_village_that_no_source_knows_is_placed_by_what_explains_it(atlas: Gazetteer) -> None:
    """“X, on the western edge of Goma” lies there, with the uncertainty of those words, though another X sounds the same."""
    text = "Fighting in Congo. Shells fell on Mugunga, on the western edge of Goma."
    found = locate(text, gazetteer=atlas, mentions=place_mentions(text, gazetteer=atlas))
    assert found.position is not None and abs(found.position[0] - 29.2) < 0.15 and abs(found.position[1] + 1.67) < 0.15


def test_a_large_namesake_abroad_is_not_taken_for_a_village(atlas: Gazetteer) -> None:
    """A blog that is at home in Mozambique does not speak of Palma in Spain: unplaced, with its candidates, and never a guess."""
    blog = (
        "MARCH 25: Gunmen attacked the town of Palma, in Mozambique’s Cabo Delgado province, on Wednesday. A boat with survivors has reached Pemba.\n"
        "MARCH 22: A mine killed three soldiers near Macomia in Mozambique.\n"
    )
    mine, palma = proposals(blog, atlas, published="2021-03-25")
    assert mine.placement.name == "near Macomia" and mine.placement.position is not None
    assert palma.placement.position is None or palma.placement.country == "MZ"


def test_a_road_of_which_one_end_is_known_gives_a_wide_circle(atlas: Gazetteer) -> None:
    """The other end may be anywhere: 40 km around the one that is known."""
    text = "The column was hit on the road between Sake and Minova in Congo."
    known = [mention for mention in place_mentions(text, gazetteer=atlas) if mention.text != "Congo"]
    found = locate(text, gazetteer=atlas, mentions=known)
    assert (
        found.position is not None and found.uncertainty_km is not None and 40 <= found.uncertainty_km <= 50 and "only one end is known" in found.rule
    )


def test_a_clock_without_a_zone_gives_the_day_and_no_instant(atlas: Gazetteer) -> None:
    """“22.40” of an unknown zone stays on its writer's day, though that hour in UTC is the next day in Congo."""
    blog = "Congo, Friday 16 February 2024\n\n22.40 Two drones hit a hangar in Goma, an officer says.\n\n21.05 Nothing else is known.\n"
    (one,) = proposals(blog, atlas, published="2024-02-16")
    assert str(one.dating.start) == str(one.dating.end) == "2024-02-16"
