"""A live blog is cut into its dated updates, whatever style its headings have."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geo.ingest.blog.updates import Blog, read_updates
from geo.kinds import KINDS
from geo.model import PLACE_PRECISIONS
from geo.moments import parse_moment

BLOGS = Path(__file__).parent / "blogs"
NAMES = sorted(path.stem for path in BLOGS.glob("*.txt"))
SEED = Path(__file__).parents[2] / "shared" / "seed" / "000_cc523b4719ddec4c.txt"


def read(text: str, published: str = "2021-03-04", zone: str | None = None) -> Blog:
    blog = read_updates(text, published=date.fromisoformat(published), zone=zone)
    for update in blog.updates:
        assert text[update.start : update.end] == update.text
        if update.heading != "(no heading)":
            assert text[update.heading_start :].startswith(update.heading)
    return blog


def told(blog: Blog) -> list[tuple[str, str]]:
    return [(update.heading, str(update.moment)) for update in blog.updates]


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((BLOGS / f"{name}.json").read_text())
    return found


def test_there_is_an_invented_blog_for_every_style() -> None:
    """At least twelve invented live blogs stand beside the tests."""
    assert len(NAMES) >= 12


@pytest.mark.parametrize("name", NAMES)
def test_an_invented_blog_gives_its_updates(name: str) -> None:
    """Every invented live blog gives exactly the updates, moments and order that its author wrote down."""
    wanted = expected(name)
    blog = read((BLOGS / f"{name}.txt").read_text(), wanted["published"])
    assert told(blog) == [(update["heading"], update["moment"]) for update in wanted["updates"]]
    assert blog.order == wanted["order"]
    assert all(update.date_note and update.date_basis in ("heading", "neighbour", "editor") for update in blog.updates)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_expected_of_an_invented_blog_is_well_formed(name: str) -> None:
    """Expected incidents have a known kind, a span of days or minutes, a position on the globe with a radius, and updates that exist."""
    wanted = expected(name)
    codes = {kind.code for kind in KINDS}
    for incident in wanted["incidents"]:
        assert incident["kind"] in codes
        start, end = parse_moment(incident["start"]), parse_moment(incident["end"])
        assert start <= end and (incident["date_precision"] == "minute") == start.timed == end.timed
        assert incident["updates"] and all(0 <= index < len(wanted["updates"]) for index in incident["updates"])
        place = incident["place"]
        if place is not None:  # the text gives none
            assert place["precision"] in PLACE_PRECISIONS and -180 <= place["lon"] <= 180 and -90 <= place["lat"] <= 90 and place["radius_km"] > 0
        for claim in incident["claims"]:
            assert claim["text"] and claim["by"] and (claim["low"] is None or claim["high"] is None or claim["low"] <= claim["high"])


@pytest.mark.skipif(not SEED.exists(), reason="the source itself is not part of the project")
def test_the_source_gives_its_nine_updates() -> None:
    """The live blog that Dateline was built on gives its 9 updates with the right moments."""
    blog = read(SEED.read_text())
    assert [str(update.moment) for update in blog.updates] == [
        *("2021-03-04", "2021-03-03", "2021-03-02", "2021-02-28T07:30Z", "2021-02-28T07:10Z", "2021-02-28", "2021-02-27T09:30Z"),
        *("2021-02-27", "2021-02-26"),
    ]
    assert [update.date_basis for update in blog.updates].count("neighbour") == 3
    assert blog.order == "newest first" and blog.flags == ()
    assert not any(update.flags for update in blog.updates)
    assert blog.updates[-1].heading == "ORIGINAL ENTRY, FEB 26" and blog.updates[-1].text.endswith("for years.")


@pytest.mark.parametrize(
    ("heading", "moment"),
    [
        ("UPDATE, MARCH 3:", "2021-03-03"),
        ("Update, 3 March:", "2021-03-03"),
        ("UPDATE – March 3rd, 2021 –", "2021-03-03"),
        ("**UPDATE, MARCH 3:**", "2021-03-03"),
        ("__Update, March 3__:", "2021-03-03"),
        ("## Update, Mar. 3", "2021-03-03"),
        ("[UPDATE, MARCH 3]", "2021-03-03"),
        ("UPDATE\u00a0MARCH\u00a03:", "2021-03-03"),
        ("LATEST UPDATE, MARCH 3:", "2021-03-03"),
        ("UPDATE, MARCH 3, 0730 GMT:", "2021-03-03T07:30Z"),
        ("UPDATE, 0730 GMT, MARCH 3:", "2021-03-03T07:30Z"),
        ("UPDATE (0730 GMT, March 3):", "2021-03-03T07:30Z"),
        ("UPDATE @ 7.30 a.m. GMT on March 3:", "2021-03-03T07:30Z"),
        ("UPDATE 2 (March 3, 10:30 Moscow time):", "2021-03-03T07:30Z"),
        ("Updated: March 3, 2021, 2:30 AM EST", "2021-03-03T07:30Z"),
        ("Updated at 2:30 am ET on March 3", "2021-03-03T07:30Z"),
        ("Update: 3/3/21 2:30 AM ET", "2021-03-03T07:30Z"),
        ("Update: 2021-03-03 07:30 UTC", "2021-03-03T07:30Z"),
        ("UPDATE: 2021-03-03T07:30Z", "2021-03-03T07:30Z"),
        ("UPDATE, 3 MARCH, 10:30 UTC+3:", "2021-03-03T07:30Z"),
        ("UPDATE, 3 MARCH, 0730 hours GMT:", "2021-03-03T07:30Z"),
        ("UPDATE, MARCH 3, 10:30 a.m. local time (0730 GMT):", "2021-03-03T07:30Z"),
        ("UPDATE, MARCH 3, 07:30hrs GMT:", "2021-03-03T07:30Z"),
        ("UPDATE, MARCH 3, 2:30 a.m. Eastern:", "2021-03-03T07:30Z"),
        ("UPDATE, MARCH 3, 2:30 a.m. Eastern Time:", "2021-03-03T07:30Z"),
        ("UPDATE for March 3:", "2021-03-03"),
        ("March 3, 0730 GMT •", "2021-03-03T07:30Z"),
        ("UPDATE, MARCH 3, 12 noon GMT:", "2021-03-03T12:00Z"),
        ("UPDATE, MARCH 3, 12 a.m. GMT:", "2021-03-03T00:00Z"),
        ("CORRECTION, MARCH 3:", "2021-03-03"),
    ],
)
def test_a_heading_may_be_written_in_many_ways(heading: str, moment: str) -> None:
    """Case, dashes, marks of emphasis, brackets, hard spaces, the order of day and month: the moment is the same."""
    text = f"UPDATE, MARCH 4:\n\nCalm is reported.\n\n{heading}\n\nShells fell on the town.\n\nUPDATE, MARCH 2: A truce is spoken of.\n"
    blog = read(text)
    assert [str(update.moment) for update in blog.updates] == ["2021-03-04", moment, "2021-03-02"]
    assert blog.updates[1].text == "Shells fell on the town."


def test_a_time_takes_its_day_from_the_older_heading_and_passes_midnight() -> None:
    """Newest first: times above a day belong to it, and roll into the next one."""
    blog = read("UPDATE, MARCH 4:\n\nA.\n\nUPDATE, 0010 GMT:\n\nB.\n\nUPDATE, 2340 GMT:\n\nC.\n\nUPDATE, MARCH 2:\n\nD.\n")
    assert [str(update.moment) for update in blog.updates] == ["2021-03-04", "2021-03-03T00:10Z", "2021-03-02T23:40Z", "2021-03-02"]
    assert "over midnight" in blog.updates[1].date_note and blog.updates[1].date_basis == "neighbour"


def test_a_time_below_a_timed_day_belongs_to_that_day() -> None:
    """Newest first, with the day printed on the top entry of each day only: those below share it."""
    text = "May 27, 1600 GMT: A.\n\n1430 GMT: B.\n\n0900 GMT: C.\n\nMay 24, 2200 GMT: D.\n\n1700 GMT: E.\n"
    blog = read(text, "2021-05-27")
    wanted = ["2021-05-27T16:00Z", "2021-05-27T14:30Z", "2021-05-27T09:00Z", "2021-05-24T22:00Z", "2021-05-24T17:00Z"]
    assert [str(update.moment) for update in blog.updates] == wanted
    assert "day doubtful" in blog.updates[1].flags


def test_a_year_turns() -> None:
    """Years come from the date of publication and the order, across New Year."""
    blog = read("UPDATE, JAN 2:\n\nA.\n\nUPDATE, DEC 30:\n\nB.\n\nORIGINAL ENTRY, DEC 28: C.\n", "2020-12-28")
    assert [str(update.moment) for update in blog.updates] == ["2021-01-02", "2020-12-30", "2020-12-28"]


def test_figures_that_may_be_day_or_month_are_settled_or_flagged() -> None:
    """6/7 is read as its neighbours are written; where nothing tells, it is flagged."""
    settled = read("UPDATE: 6/7/14 4 PM\nA.\nUPDATE: 6/13/14 4 PM\nB.\n", "2014-06-13")
    assert [str(update.moment) for update in settled.updates] == ["2014-06-07T16:00Z", "2014-06-13T16:00Z"]
    assert not any("ambiguous" in flag for update in settled.updates for flag in update.flags)
    european = read("UPDATE: 7/6/14 16:00 CET\nA.\nUPDATE: 13/6/14 16:00 CET\nB.\n", "2014-06-13")
    assert [str(update.moment) for update in european.updates] == ["2014-06-07T14:00Z", "2014-06-13T14:00Z"]
    open_one = read("UPDATE: 6/7/14 4 PM ET\nA.\n", "2014-06-07")
    assert "day and month ambiguous" in open_one.updates[0].flags


@pytest.mark.parametrize(
    ("zone", "published", "moment", "flag"),
    [
        ("ET", "2021-01-10", "2021-01-10T17:00Z", None),
        ("ET", "2021-07-10", "2021-07-10T16:00Z", None),
        ("EST", "2021-07-10", "2021-07-10T16:00Z", "zone out of season"),
        ("CEST", "2021-07-10", "2021-07-10T10:00Z", None),
        ("BST", "2021-07-10", "2021-07-10T11:00Z", None),
        ("PT", "2021-07-10", "2021-07-10T19:00Z", None),
        ("EET", "2021-01-10", "2021-01-10T10:00Z", None),
        ("IRST", "2021-01-10", "2021-01-10T08:30Z", None),
        ("AST", "2021-01-10", "2021-01-10T09:00Z", "zone ambiguous"),
        ("UTC", "2021-01-10", "2021-01-10T12:00Z", None),
        ("GMT+3", "2021-01-10", "2021-01-10T09:00Z", None),
        ("Kyiv time", "2021-01-10", "2021-01-10T10:00Z", None),
        ("QXT", "2021-01-10", "2021-01-10T12:00Z", "zone unknown"),
        ("local time", "2021-01-10", "2021-01-10T12:00Z", "zone assumed"),
    ],
)
def test_zones_are_read_by_place_and_date(zone: str, published: str, moment: str, flag: str | None) -> None:
    """A zone's abbreviation stands for a place on that date; one that stands for several places, or for none, is flagged."""
    update = read(f"12:00 {zone}: A.\n", published).updates[0]
    assert str(update.moment) == moment and update.zone == zone
    assert (flag is None) == (not set(update.flags) - {"date from publication"}) and (flag is None or flag in update.flags)


def test_the_words_of_the_page_choose_among_places_that_share_a_zone() -> None:
    """IST is Israel's time in a page on Gaza, and India's in one on Kashmir."""
    assert str(read("12:00 IST: Rockets from Gaza fell near Tel Aviv, Israel says.\n", "2021-01-10").updates[0].moment) == "2021-01-10T10:00Z"
    assert str(read("12:00 IST: Shells fell in Kashmir, India says.\n", "2021-01-10").updates[0].moment) == "2021-01-10T06:30Z"


def test_a_zone_that_is_given_stands_for_times_without_one() -> None:
    """An editor's zone replaces the assumption of UTC, and the doubt goes."""
    text = "22.55 Alpha says so.\n20.10 Beta says so.\n17.40 Gamma says so.\n"
    assumed, given = read(text, "2013-02-10"), read(text, "2013-02-10", zone="Europe/Paris")
    assert str(assumed.updates[0].moment) == "2013-02-10T22:55Z" and "zone assumed" in assumed.updates[0].flags
    assert str(given.updates[0].moment) == "2013-02-10T21:55Z" and "zone assumed" not in given.updates[0].flags


TRAPS = {
    "a tweet's date": "— Somebody (@somebody) March 1, 2021\n\nMarch 1, 2021",
    "a tweet's line of time": "3:40 PM - 1 Mar 2021",
    "a date line": "March 3, 2021\n\nThe picture above shows that day.",
    "a caption": "Smoke over the harbour, March 1, 2021 (File)",
    "a quotation": "“March 1: we shall return,” he said.",
    "a block quotation": "> UPDATE, MARCH 1: old words.",
    "a sub-heading": "March 1 Strike: What We Know",
    "a sub-heading with a year": "2017: The Year of the Siege",
    "a list of days, oldest first": "Feb 1: a first attack.\nFeb 9: a second attack.\nFeb 20: a third attack.",
    "a list of times, oldest first": "04:20 GMT: sirens.\n04:25 GMT: impact.\n04:40 GMT: all clear.",
    "a figure": "12 people were killed, 30 injured.",
    "a title": "Live updates: the war in the north",
    "a sentence": "Updates will follow in the morning.",
    "a bulleted time": "- 04:20: sirens sounded",
}


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_what_looks_like_a_heading_is_none(trap: str) -> None:
    """Sub-headings, captions, quotations, tweets and quoted timelines stay inside their update."""
    text = f"UPDATE, MARCH 4:\n\nAlpha.\n\n{trap}\n\nOmega.\n\nUPDATE, 0730 GMT:\n\nB.\n\nUPDATE, MARCH 2: C.\n"
    blog = read(text)
    assert [update.heading for update in blog.updates] == ["UPDATE, MARCH 4", "UPDATE, 0730 GMT", "UPDATE, MARCH 2"]
    assert blog.updates[0].text == f"Alpha.\n\n{trap}\n\nOmega."


def test_a_timeline_in_the_style_of_the_page_is_no_update() -> None:
    """A reconstruction told in one update, in the page's own style but the other way, stays in it."""
    timed = read("1545 GMT: Told:\n\n1010 GMT: sirens.\n1012 GMT: impact.\n1030 GMT: clear.\n\n1345 GMT: A.\n\n1245 GMT: B.\n\n0945 GMT: C.\n")
    assert [update.heading for update in timed.updates] == ["1545 GMT", "1345 GMT", "1245 GMT", "0945 GMT"]
    dated = read("MAY 27: Told:\n\nMay 3: first.\nMay 9: second.\n\nMAY 26: A.\n\nMAY 25: B.\n", "2015-05-27")
    assert told(dated) == [("MAY 27", "2015-05-27"), ("MAY 26", "2015-05-26"), ("MAY 25", "2015-05-25")]


def test_an_update_out_of_order_is_kept_and_flagged() -> None:
    """A time that lies a little before the one above is kept in its day."""
    blog = read("1545 GMT: A.\n\n1430 GMT: B.\n\n1440 GMT: C.\n\n1345 GMT: D.\n")
    assert [str(update.moment)[11:16] for update in blog.updates] == ["15:45", "14:30", "14:40", "13:45"]
    assert "out of order" in blog.updates[1].flags and {str(update.moment)[:10] for update in blog.updates} == {"2021-03-04"}


def test_updates_that_lost_their_line_ends_are_found() -> None:
    """A page pasted as one line still gives its labelled updates."""
    text = "UPDATE, MARCH 4: Alpha came. UPDATE, 0730 GMT: Beta came. UPDATE, MARCH 2: Gamma came. ORIGINAL ENTRY, FEB 26: Delta came."
    assert [update.text for update in read(text).updates] == ["Alpha came.", "Beta came.", "Gamma came.", "Delta came."]


def test_an_original_is_split_off_where_that_can_be_told_and_flagged_where_not() -> None:
    """A rule or a line that says so ends the last update; out of proportion alone it is flagged."""
    story = "\n\n".join(["A first report told of fire on the border, and of smoke that rose above the hills until night."] * 6)
    ruled = read(f"1845 GMT: Alpha.\n\n1232 GMT: Beta.\n\n* * *\n\n{story}\n")
    assert [update.heading for update in ruled.updates] == ["1845 GMT", "1232 GMT", "(no heading)"]
    assert ruled.updates[1].text == "Beta." and ruled.updates[2].text == story
    said = read(f"1845 GMT: Alpha.\n\n1232 GMT: Beta.\n\nOur original report follows\n\n{story}\n")
    assert said.updates[1].text == "Beta." and "original entry unmarked" in said.updates[2].flags
    doubtful = read(f"UPDATE, 1845 GMT:\n\nAlpha.\n\nUPDATE, 1232 GMT:\n\n{story}\n")
    assert len(doubtful.updates) == 2 and "may run into the original entry" in doubtful.updates[1].flags
    assert "may run into the original entry" in doubtful.flags


def test_an_original_below_updates_of_one_paragraph_is_split_off_by_shape() -> None:
    """Where all other updates are one paragraph, the last one ends with its first; lines that are only wrapped are no paragraphs."""
    story = "\n\n".join(["A first report told of fire on the border."] * 4)
    shaped = read(f"UPDATE 1845 GMT: Alpha.\n\nUPDATE 1232 GMT: Beta.\n\n{story}\n")
    assert [update.text for update in shaped.updates] == ["Alpha.", "Beta.", story] and "split by shape" in shaped.flags
    wrapped = "Beta came down\nfrom the hills in\nthe night and\nstayed until\nthe morning."
    assert read(f"UPDATE 1845 GMT: Alpha.\nUPDATE 1232 GMT: {wrapped}\n").updates[1].text == wrapped
    short = read("UPDATE 1845 GMT: Alpha.\n\nUPDATE 1232 GMT: Beta.\n\nGamma.\n")
    assert len(short.updates) == 2 and "may run into the original entry" in short.flags


def test_a_day_above_the_first_heading_dates_times_without_one() -> None:
    """A title that names its day, with weekday or year, goes before the date of publication."""
    blog = read("The siege, Tuesday 2 March: live\n\n1845 GMT: Alpha.\n\n1232 GMT: Beta.\n")
    assert [str(update.moment) for update in blog.updates] == ["2021-03-02T18:45Z", "2021-03-02T12:32Z"]
    assert blog.updates[0].date_basis == "neighbour" and "above the first heading" in blog.updates[0].date_note and not blog.updates[0].flags
    other = read("After the attack of February 15, 2019\n\n1845 GMT: Alpha.\n\n1232 GMT: Beta.\n")
    assert str(other.updates[0].moment) == "2021-03-04T18:45Z" and other.updates[0].date_basis == "editor"


def test_a_page_without_headings_is_one_update_and_flagged() -> None:
    """Where no heading is found the whole text is one update, of the day of publication."""
    blog = read("The army says that two shells fell near the bridge.\n\nNobody was hurt.\n")
    assert told(blog) == [("(no heading)", "2021-03-04")]
    assert blog.flags == ("no headings",) and blog.updates[0].date_basis == "editor"


def test_ids_stay_when_the_blog_grows() -> None:
    """The same heading and moment keep their id when newer updates are put on top, repeated headings among them."""
    old = "MAY 27: B.\n\nMAY 27: A.\n\nMAY 26: C.\n"
    before, after = read(old, "2015-05-27"), read(f"MAY 28: E.\n\nMAY 27: D.\n\n{old}", "2015-05-28")
    assert len({update.id for update in after.updates}) == 5
    assert [update.id for update in after.updates][2:] == [update.id for update in before.updates]


def test_a_day_behind_a_label_and_its_colon_is_a_word_of_the_text() -> None:
    """“Update 2: On Friday six …” is headed by its number, and so is “Original report: In March …”."""
    blog = read("Update 3: A.\n\nUpdate 2: On Friday six men were seen.\n\nUpdate 1: On March 2 a road was cut.\n\nOriginal report: In March B.\n")
    assert [update.heading for update in blog.updates] == ["Update 3", "Update 2", "Update 1", "Original report"]
    assert blog.updates[1].text.startswith("On Friday")


@pytest.mark.parametrize("label", ["Original post:", "Original article:", "ORIGINAL STORY:", "Original entry:", "Original report:"])
def test_the_original_may_be_called_by_many_names(label: str) -> None:
    """Each of them heads the entry that the page began with."""
    blog = read(f"Update 2: A.\n\nUpdate 1: B.\n\n{label} C.\n")
    assert [update.text for update in blog.updates] == ["A.", "B.", "C."]


_NIGHT = "12:30 a.m.\n\n{}\n\n9 p.m.\n\n{}\n\n4 p.m.\n\n{}\n\n9 a.m.\n\n{}\n"


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        # 4 March 2021 was a Thursday.
        (("A.", "The bridge fell on Wednesday morning.", "B.", "A tanker was hit late on Tuesday."), "2021-03-04T00:30Z"),
        (("A.", "The bridge fell on Wednesday morning.", "It rained on Thursday.", "A tanker was hit late on Tuesday."), "2021-03-05T00:30Z"),
        (("A.", "The bridge fell on Wednesday.", "They met this morning.", "A tanker was hit late on Tuesday."), "2021-03-05T00:30Z"),
        (("A.", "B.", "C.", "A tanker was hit last Wednesday."), "2021-03-05T00:30Z"),
    ],
    ids=["the eve is named", "the day itself is named", "days are not named by their names", "nothing is said"],
)
def test_weekdays_in_the_texts_say_which_day_most_of_it_is_of(texts: tuple[str, ...], first: str) -> None:
    """Times over midnight and no date: most is of the day of publication, unless the texts name the day before as their own."""
    blog = read(_NIGHT.format(*texts), "2021-03-04")
    assert str(blog.updates[0].moment) == first
