"""Incidents by reading: what is told, what is only spoken of, when, where, how many, and who says so."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.ingest.gazetteer.index import Gazetteer
from geo.ingest.incidents import as_feature
from tests.incidents import atlas as atlas  # a fixture
from tests.incidents import proposals, told

TOLD = [
    ("A car bomb exploded outside a police station in Kirkuk on Tuesday, killing seven people.", "explosion"),
    ("Houthi forces fired a ballistic missile at Jizan.", "rocket_attack"),
    ("Israeli jets bombed a weapons depot near Damascus overnight, Syrian state media said.", "air_strike"),
    ("Two Iranian boats seized a tanker in the Strait of Hormuz on Friday.", "ship_seizure"),
    ("The coastguard says that a fishing boat hit a mine off Hodeidah.", "ship_attack"),
    ("A Turkish drone was shot down over Idlib in Syria, activists said.", "shoot_down"),
    ("A roadside bomb killed three soldiers near Mosul.", "explosion"),
    ("Gunmen on motorcycles shot dead a judge outside his house in Basra.", "assassination"),
    ("Residents said shells landed on the market in Donetsk and killed 5.", "shelling"),
    ("Fighting erupted between rebels and the army in Aden on Sunday.", "armed_clash"),
    ("Special forces raided a house in Idlib, Syria, and killed its owner.", "raid"),
    ("A kamikaze drone hit a fuel depot in Odesa at dawn.", "drone_strike"),
    ("Barrel bombs containing chlorine were dropped on Saraqib in Syria, doctors said.", "chemical_attack"),
    ("Militants stormed a hotel in Mogadishu on Saturday evening and took hostages.", "raid"),
    ("A suicide bomber struck a wedding hall in Kabul, killing 63 people.", "explosion"),
    ("Mortar fire killed two people in Afrin.", "shelling"),
]  # fmt: skip
NOT_TOLD = [
    "The Defence Minister threatened to bomb Tehran if the talks failed.",
    "Officials in Baghdad warned of rocket attacks on the Green Zone.",
    "The foreign minister said in Tehran that the air strikes on Damascus were illegal.",
    "The army denied that it had shelled the hospital in Aleppo.",
    "No rockets were fired at Haifa on Tuesday, the police said.",
    "Russia held a naval exercise in which missiles were fired in the Black Sea.",
    "Thousands gathered in Beirut to mark the anniversary of the explosion at the port.",
    "Teachers in Paris went on strike on Tuesday.",
    "Police foiled a bomb attack on a church in Cairo.",
    "The United Nations condemned attacks on aid workers in Yemen.",
    "The Prime Minister came under fire from critics in London for the budget.",
    "An earthquake struck near Izmir and killed 12 people.",
    "The two sides struck a deal in Doha on Friday.",
    "Israel could strike Iranian nuclear sites, analysts say.",
    "Talks on a truce were held in Cairo on Tuesday; the envoy flew back to Riyadh.",
    "Would a strike on Kyiv change anything?",
    "A heart attack killed the mayor of Homs.",
    "Air-raid sirens sounded across Kyiv in the morning.",
]


@pytest.mark.parametrize(("said", "kind"), TOLD, ids=[kind + str(number) for number, (_, kind) in enumerate(TOLD)])
def test_a_sentence_that_tells_an_incident_gives_one_of_its_kind(said: str, kind: str, atlas: Gazetteer) -> None:
    """The verb and its subject or object choose the kind; the candidate is placed and quotes the text to the letter."""
    found = told(said, atlas)
    assert [one.kind for one in found] == [kind]
    assert found[0].placement.position is not None
    assert found[0].spans[0].exact in said and found[0].rule


@pytest.mark.parametrize("said", NOT_TOLD)
def test_what_is_only_spoken_of_is_no_incident(said: str, atlas: Gazetteer) -> None:
    """Threats, warnings, denials, exercises, anniversaries, statements and turns of phrase put no mark on the map."""
    assert told(said, atlas) == ()


@pytest.mark.parametrize(
    ("words", "start", "end", "precision"),
    [
        ("on Monday", "2021-03-01", "2021-03-01", "day"),
        ("last Thursday", "2021-02-25", "2021-02-25", "day"),
        ("on Thursday", "2021-03-04", "2021-03-04", "day"),
        ("yesterday", "2021-03-03", "2021-03-03", "day"),
        ("overnight", "2021-03-03", "2021-03-04", "day"),
        ("early today", "2021-03-04", "2021-03-04", "day"),
        ("on February 15", "2021-02-15", "2021-02-15", "day"),
        ("on 30 December", "2020-12-30", "2020-12-30", "day"),
        ("on January 3, 2020", "2020-01-03", "2020-01-03", "day"),
        ("in April 2017", "2017-04-01", "2017-04-30", "month"),
        ("in October", "2020-10-01", "2020-10-31", "month"),
        ("in 2019", "2019-01-01", "2019-12-31", "year"),
        ("three days ago", "2021-03-01", "2021-03-01", "day"),
        ("a week ago", "2021-02-24", "2021-02-26", "week"),
        ("last month", "2021-02-01", "2021-02-28", "month"),
        ("at 0420 GMT", "2021-03-04T04:20Z", "2021-03-04T04:20Z", "minute"),
        ("at 7:20 a.m. local time on Wednesday", "2021-03-03T04:20Z", "2021-03-03T04:20Z", "minute"),
    ],
)  # fmt: skip
def test_words_of_time_are_counted_from_the_update(words: str, start: str, end: str, precision: str, atlas: Gazetteer) -> None:
    """Each gives a span as precise as it is, and says how it was found."""
    found = told(f"Rockets hit the airport of Erbil {words}.", atlas)
    assert [(str(one.dating.start), str(one.dating.end), one.dating.precision) for one in found] == [(start, end, precision)]
    assert found[0].dating.note and found[0].dating.sure


def test_a_date_is_counted_from_what_was_told_before_it(atlas: Gazetteer) -> None:
    """“A week earlier”, “days later”, “a week after” and “a year later” each count from the date before them."""
    found = told(
        "In April 2017, jets bombed the Shayrat airbase in Syria. A week earlier, planes dropped sarin on Khan Sheikhoun, killing 90 people.\n\n"
        "A year later, aircraft struck three complexes near Homs, a week after chlorine killed 43 people in Douma near Damascus.\n\n"
        "On February 15 rockets hit Erbil. Days later shells fell on Balad, and rockets were fired on Monday on the Green Zone in Baghdad.",
        atlas,
    )
    spans = {one.placement.name: (str(one.dating.start), str(one.dating.end), one.dating.precision) for one in found}
    assert spans["Khan Sheikhoun"] == ("2017-03-25", "2017-04-23", "week")
    assert spans["Douma"] == ("2018-03-25", "2018-04-23", "week")
    assert spans["Balad"] == ("2021-02-16", "2021-02-28", "week") or spans["Balad"][0] == "2021-02-16"
    assert spans["Green Zone"] == ("2021-03-01", "2021-03-01", "day")
    assert spans["near Homs"] == ("2018-04-01", "2018-04-30", "month")


def test_when_somebody_spoke_is_not_when_it_happened(atlas: Gazetteer) -> None:
    """The day of a statement dates the statement, and the possessive the strike."""
    found = told("The governor said on Wednesday that Monday’s air strike on Marib in Yemen had killed four people.", atlas)
    assert [str(one.dating.start) for one in found] == ["2021-03-01"]


def test_washington_s_thursday_may_be_friday_in_syria(atlas: Gazetteer) -> None:
    """A weekday by an American clock leaves the day after open where it happened, and another telling narrows it."""
    text = (
        "UPDATE, MARCH 2:\n\nThe Pentagon said last Thursday’s US airstrikes near Abu Kamal in Syria killed one man.\n\n"
        "UPDATE, MARCH 1:\n\nSyria condemned Friday’s US airstrikes near Abu Kamal.\n\nORIGINAL ENTRY, FEB 26: US airstrikes hit militias "
        "near Abu Kamal in Syria.\n"
    )
    found = proposals(text, atlas, "2021-03-02")
    assert len(found) == 1 and len(found[0].updates) == 3
    assert (str(found[0].dating.start), str(found[0].dating.end)) == ("2021-02-26", "2021-02-26")


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("at least 22 people were killed", [("killed", 22, None)]),
        ("about 13 people were killed", [("killed", 13, 13)]),
        ("a handful of fighters were killed", [("killed", None, None)]),
        ("dozens were injured", [("injured", None, None)]),
        ("it killed more than 80 troops", [("killed", 80, None)]),
        ("one fighter was killed and two injured", [("killed", 1, 1), ("injured", 2, 2)]),
        ("up to twelve people were wounded", [("injured", None, 12)]),
        ("between 20 and 30 people were wounded", [("injured", 20, 30)]),
        ("killing 1,400 civilians", [("killed", 1400, 1400)]),
        ("nobody was hurt", [("casualties", 0, 0)]),
        ("there were no reports of casualties", [("casualties", None, None)]),
        ("the blast left two holes in a wall", [("holes", 2, 2)]),
        ("a 12-year-old saw it", []),
    ],
)
def test_figures_are_as_exact_as_their_words(said: str, wanted: list[tuple[str, float | None, float | None]], atlas: Gazetteer) -> None:
    """At least, about, dozens, more than: low and high follow, and what is not known is None."""
    found = told(f"A bomb exploded in a market in Mosul on Tuesday; {said}.", atlas)
    assert [(claim.metric, claim.low, claim.high) for claim in found[0].claims] == wanted


def test_bombs_by_weight_are_not_people(atlas: Gazetteer) -> None:
    """What is counted is kept with each figure."""
    found = told("Seven 500-pound bombs were dropped on a village near Mosul, killing two people.", atlas)
    assert [(claim.metric, claim.low, claim.unit) for claim in found[0].claims] == [("munitions", 7, "bombs"), ("killed", 2, "people")]


def test_each_figure_has_its_speaker(atlas: Gazetteer) -> None:
    """According to, said, told through whom, “he”, and a second voice behind a semicolon."""
    found = told(
        "A bomb exploded in Mosul on Tuesday, killing 4 people, according to the police. State television speaks of 9 killed; a doctor "
        "says he knows of 5 dead. "
        "“Six of our men were killed,” Colonel Ali Hassan told reporters.",
        atlas,
    )
    assert [(claim.low, claim.by, claim.via) for claim in found[0].claims] == [
        (4, "the police", None),
        (9, "State television", None),
        (5, "a doctor", None),
        (6, "Colonel Ali Hassan", "reporters"),
    ]


def test_a_later_correction_stands_beside_the_first_figure(atlas: Gazetteer) -> None:
    """Two updates, one incident, both figures, each with its update."""
    text = (
        "UPDATE, MARCH 4:\n\nThe Health Ministry raised the number of people killed in Tuesday’s air strike in Marib to 19.\n\n"
        "UPDATE, MARCH 2:\n\nAn air strike hit a workshop in Marib, Yemen. Doctors said 14 people were killed.\n"
    )
    found = proposals(text, atlas)
    assert len(found) == 1
    assert [(claim.low, claim.by) for claim in found[0].claims] == [(14, "Doctors"), (19, "The Health Ministry")]
    assert len({claim.update for claim in found[0].claims}) == 2
    assert found[0].links and found[0].links[0].reasons and found[0].links[0].score >= 0.4


def test_two_incidents_of_a_day_stay_two(atlas: Gazetteer) -> None:
    """Another place, another target or the word “another” keep tellings apart."""
    text = (
        "UPDATE, 1500 GMT:\n\nAnother car bomb exploded in Mosul, at a bank.\n\nUPDATE, 1200 GMT:\n\nA car bomb exploded in Basra.\n\n"
        "UPDATE, 0900 GMT:\n\nA car bomb exploded at a market in Mosul.\n\nORIGINAL ENTRY, MARCH 4: Iraq is tense.\n"
    )
    assert len(proposals(text, atlas)) == 3


def test_a_list_of_places_is_as_many_incidents(atlas: Gazetteer) -> None:
    """Explosions in three towns are three marks; their common figure is flagged."""
    found = told("Explosions were heard in Kyiv, Kharkiv and Odesa on Tuesday, Ukrainian officials say; three people were killed.", atlas)
    assert sorted(one.placement.name for one in found) == ["Kharkiv", "Kyiv", "Odesa"]
    assert all("several places together" in " ".join(one.flags) for one in found)


def test_where_it_was_fired_from_is_not_where_it_hit(atlas: Gazetteer) -> None:
    """The origin of a rocket, and where its victim's minister speaks, are not its place."""
    found = told("Rockets fired from Gaza hit Ashkelon in Israel, the Defence Minister said in Jerusalem.", atlas)
    assert [one.placement.name for one in found] == ["Ashkelon"]


def test_what_cannot_be_placed_stays_unplaced(atlas: Gazetteer) -> None:
    """No capital and no middle of a country stand in for a place that is not told."""
    found = told("Rockets killed a contractor on a base in Iraq in December 2019.", atlas)
    assert [one.placement.position for one in found] == [None]
    assert as_feature(found[0])["geometry"] is None


def test_ids_stay_when_the_blog_grows(atlas: Gazetteer) -> None:
    """A newer update on top, even one that tells of the same incident, changes no id."""
    old = "UPDATE, MARCH 3:\n\nA mine killed two people near Mosul.\n\nORIGINAL ENTRY, MARCH 2: Shells fell on Basra.\n"
    before = {one.id for one in proposals(old, atlas)}
    after = {
        one.id
        for one in proposals(
            f"UPDATE, MARCH 4:\n\nThe mine near Mosul killed three people, the police say. A bomb exploded in Kirkuk.\n\n{old}", atlas
        )
    }
    assert before < after and len(after) == len(before) + 1


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300), st.sampled_from([said for said, _ in TOLD]))
def test_any_text_is_read_and_quoted_to_the_letter(atlas: Gazetteer, noise: str, said: str) -> None:
    """Whatever stands around it, reading does not fail, and each span is a run of its update's text."""
    from datetime import date

    from geo.ingest.blog.updates import read_updates
    from geo.ingest.incidents import read_incidents

    blog = read_updates(f"UPDATE, MARCH 4:\n\n{said} {noise}\n\nUPDATE, MARCH 1:\n\nCalm.\n", published=date(2021, 3, 4))
    reading = read_incidents(blog, gazetteer=atlas, published=date(2021, 3, 4))
    texts = {update.id: update.text for update in reading.updates}
    for one in reading.candidates:
        for span in one.spans:
            assert texts[span.update][span.start : span.end] == span.exact
        json.dumps(as_feature(one), allow_nan=False)
