"""Names in a text: found whole, told apart, and taken for a place only where something could have happened there."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.ingest.gazetteer.folding import fold, skeleton
from geo.ingest.gazetteer.index import Gazetteer
from geo.ingest.gazetteer.mentions import Context, Mention, place_mentions
from tests.gazetteer import places as places  # a fixture

ALIKE = [
    ["Khasham", "Khusham", "Hasham", "Khushām"],
    ["Deir ez-Zor", "Deir Ezzor", "Dayr az Zawr", "Deir al-Zour", "Dair az-Zaur", "Deir Azzor"],
    ["Khan Sheikhoun", "Khān Shaykhūn", "Khan Cheykoun"],
    ["Hodeidah", "Al Hudaydah", "al-Hudayda", "Hudaida"],
    ["Qamishli", "Al Qāmishlī", "Kamishli"],
    ["Hasakah", "Al-Hasaka", "Hassakeh", "Al Ḩasakah"],
    ["Sanaa", "Sana'a", "San‘ā’"],
    ["Raqqa", "Ar Raqqah", "Rakka"],
    ["Nasiriyah", "An Nasiriyah", "Nasiriya"],
    ["Mosul", "Al Mawsil"],
    ["Ain al-Asad", "Ayn al Asad"],
]


def mention(text: str, name: str, gazetteer: Gazetteer, context: Context | None = None) -> Mention:
    """The mention of `name` in `text`."""
    return next(one for one in place_mentions(text, gazetteer=gazetteer, context=context) if one.text == name)


@pytest.mark.parametrize("names", ALIKE, ids=lambda names: names[0])
def test_the_spellings_of_one_transliterated_name_have_one_skeleton(names: list[str]) -> None:
    """However the article, the vowels and the throaty letters are written, the name is found."""
    assert len({skeleton(fold(name)) for name in names}) == 1


def test_names_of_other_places_keep_other_skeletons() -> None:
    """The skeleton does not make all names one."""
    names = ["Homs", "Hama", "Idlib", "Aleppo", "Damascus", "Mosul", "Basra", "Kirkuk", "Tikrit", "Fallujah", "Ramadi", "Deir ez-Zor"]
    assert len({skeleton(fold(name)) for name in names}) == len(names)


@given(st.text(max_size=40))
def test_folding_anything_gives_words_that_fold_to_themselves(text: str) -> None:
    """Whatever the script, a folded name stays as it is when it is folded again, and its skeleton is made without failing."""
    assert fold(fold(text)) == fold(text)
    skeleton(fold(text))


@pytest.mark.parametrize(
    ("text", "name", "entry"),
    [
        ("Rockets fell on the Ain al-Asad air base in Anbar.", "Ain al-Asad air base", "curated:ain-al-asad"),
        ("The US bombed the Shayrat airbase.", "Shayrat airbase", "curated:shayrat"),
        ("Rockets were fired on Baghdad’s Green Zone.", "Green Zone", "curated:green-zone"),
        ("Sarin was dropped on the town of Khan Sheikhoun in Idlib Province, Syria.", "Khan Sheikhoun", "geonames:168325"),
        ("Chlorine killed 43 people in Douma near Damascus.", "Douma", "geonames:170592"),
        ("Troops were bombed in Deir ez-Zor Province in eastern Syria.", "Deir ez-Zor", "province:SY:dayr-az-zawr"),
        ("Troops were bombed in Deir ez-Zor in eastern Syria.", "Deir ez-Zor", "geonames:170794"),
        ("Shells hit Deir Azzour in Syria.", "Deir Azzour", "geonames:170794"),
        ("A strike near Abu Kamal, Syria, killed 17.", "Abu Kamal", "geonames:174448"),
        ("A ship was holed in the Gulf of Oman.", "Gulf of Oman", "curated:gulf-of-oman"),
        ("A base at Tanf in eastern Syria was hit.", "Tanf", "curated:tanf"),
        ("Rockets fell near Erbil International Airport.", "Erbil International Airport", "airport:ORER"),
        ("A bomb exploded in Tripoli, Lebanon.", "Tripoli", "geonames:266826"),
        ("A bomb exploded in Tripoli, Libya.", "Tripoli", "geonames:2210247"),
        ("Police shot a man in Reading, England.", "Reading", "geonames:2639577"),
    ],
)
def test_a_place_is_found_by_the_longest_name_and_told_from_its_namesakes(text: str, name: str, entry: str, places: Gazetteer) -> None:
    """The words beside a name decide which of the places of that name it is."""
    found = mention(text, name, places)
    assert found.role == "place", found.why
    assert found.chosen is not None, [(one.entry.id, one.score) for one in found.candidates]
    assert found.chosen.entry.id == entry, [(one.entry.id, one.score, one.reasons) for one in found.candidates]
    assert text[found.start : found.end] == name


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Tehran said that it had no part in the attack.", "Tehran", "metonym"),
        ("Washington denied the report.", "Washington", "metonym"),
        ("Officials view the attack as the crossing of a red line by Tehran.", "Tehran", "metonym"),
        ("The Kremlin refrained from criticism of the strikes.", "Kremlin", "metonym"),
        ("Iran is behind the explosion.", "Iran", "metonym"),
        ("The Moscow-backed fighters shelled the town.", "Moscow", "metonym"),
        ("It cites the statement of the Foreign Ministry in Damascus.", "Damascus", "speaker"),
        ("Lavrov told a Moscow news conference that he had been warned.", "Moscow", "speaker"),
        ("He used a meeting with a minister in Tehran to speak of rockets.", "Tehran", "speaker"),
        ("The Tel Aviv-based owner said that the ship was not aimed at.", "Tel Aviv", "speaker"),
        ("A Panama-flagged tanker was hit.", "Panama", "flag"),
        ("The explosion holed the Bahamas-flagged ship.", "Bahamas", "flag"),
        ("Secretary of Defense Lloyd Austin spoke to reporters.", "Austin", "person"),
        ("Paris Hilton was not there.", "Paris", "person"),
        ("Defense Minister Benny Hama spoke.", "Hama", "person"),
        ("The USS Aleppo was attacked.", "Aleppo", "ship"),
        ("A mine damaged the tanker “Homs”, its crew said.", "Homs", "ship"),
        ("The Baghdad Post told of a blast.", "Baghdad", "agency"),
        ("DAMASCUS, SANA — Two people died when a mine exploded.", "DAMASCUS", "dateline"),
        ("BAGHDAD (Reuters) - Two people died when a mine exploded.", "BAGHDAD", "dateline"),
        ("Nice people were reading.", "Nice", "word"),
        ("Reading the report, he frowned.", "Reading", "word"),
        ("An Israeli-owned ship was hit.", "Israeli", "metonym"),
        ("In Tel Aviv, Defense Minister Benny Gantz said that they would respond.", "Tel Aviv", "speaker"),
        ("Heavy shelling was reported in Homs.", "Homs", "place"),
        ("Planes hit Kafr Nabl and Saraqeb in Idlib province.", "Saraqeb", "place"),
    ],
)
def test_a_name_that_is_no_place_of_an_event_says_what_it_is(text: str, name: str, role: str, places: Gazetteer) -> None:
    """Governments, speakers, flags, people, ships, newspapers, datelines and plain words put nothing on the map."""
    found = mention(text, name, places)
    assert (found.role, bool(found.why)) == (role, True), found.why


def test_what_cannot_be_told_apart_is_left_open_with_all_that_it_may_be(places: Gazetteer) -> None:
    """Tripoli alone is in Libya or in Lebanon: neither the first nor the larger is taken."""
    found = mention("A bomb exploded in Tripoli.", "Tripoli", places)
    assert found.chosen is None
    assert {one.entry.country for one in found.candidates} >= {"LY", "LB"}
    assert all(one.reasons for one in found.candidates)


def test_a_small_namesake_is_not_taken_by_chance(places: Gazetteer) -> None:
    """With Texas in the text Paris may be in Texas, but only a text that says so beside the name means it."""
    assert mention("Paris: two officers were hurt. A man from Dallas, Texas, saw it.", "Paris", places).chosen is None


def test_what_the_blog_is_about_tells_namesakes_apart(places: Gazetteer) -> None:
    """A country or a place that is known beside the text decides."""
    text = "A bomb exploded in Tripoli."
    by_country = mention(text, "Tripoli", places, Context(countries=frozenset({"LB"})))
    by_place = mention(text, "Tripoli", places, Context(positions=((35.51, 33.89),)))
    assert by_country.chosen is not None and by_country.chosen.entry.country == "LB"
    assert by_place.candidates[0].entry.country == "LB"


def test_the_month_the_weekday_and_small_words_are_no_towns(places: Gazetteer) -> None:
    """Of, March, Most, Marks and Tel are towns, and hardly ever meant."""
    text = "Most of it was over in March. On Friday he left. Marks were found. Of these, Tel and Man were two. As at May 2018, an end came."
    assert [one for one in place_mentions(text, gazetteer=places) if one.role == "place"] == []


def test_a_name_does_not_reach_over_the_end_of_a_paragraph(places: Gazetteer) -> None:
    """Gulf at the end of one and of Oman at the beginning of the next are two."""
    assert "Gulf of Oman" not in [one.text for one in place_mentions("The Gulf\n\nof Oman", gazetteer=places)]


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet=st.sampled_from("AaEeTtSs.,’'-–“”() \n\n8kmYyria\x00\u200b\u202eéÄعПö"), max_size=200))
def test_any_text_is_read_without_failing_and_every_mention_quotes_it(text: str, places: Gazetteer) -> None:
    """Spans are in order, apart from each other, and to the letter."""
    found = place_mentions(text, gazetteer=places)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_hostile_runs_are_read_in_reasonable_steps(places: Gazetteer) -> None:
    """Long runs that could set a pattern off are read through."""
    for text in (
        "A" * 50_000,
        "Al-" * 20_000,
        "Aa'" * 20_000,
        "8 km " * 20_000 + "from Homs",
        "between " * 10_000 + "Homs and Hama",
        " " * 100_000 + "Homs",
    ):
        place_mentions(text, gazetteer=places)


def test_a_text_too_long_is_refused_in_words(places: Gazetteer) -> None:
    """There is a bound, and the error says it."""
    with pytest.raises(ValueError, match="at most"):
        place_mentions("a" * 20_000_001, gazetteer=places)
