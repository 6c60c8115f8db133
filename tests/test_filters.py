"""What a filter lets through, by which clock, in which words, and how it stands in an address."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.filters import (
    FACETS,
    EventFilter,
    Near,
    as_known,
    clock_in_words,
    describe,
    facet_counts,
    facet_values,
    folded,
    from_query,
    select,
    to_query,
    window_in_words,
    window_to_query,
)
from geo.geodesy import distance_m
from geo.model import PLACE_PRECISIONS, Event, Update
from geo.moments import Moment, parse_moment
from tests.factories import as_event, as_update, claim

UPDATES = {
    update.id: update
    for update in (
        as_update("u-1", "2021-02-26", text="Rockets hit the base. Kata'ib Hezbollah denied it."),
        as_update("u-2", "2021-02-27T09:30Z", text="A correction."),
        as_update("u-3", "2021-03-02", text="The Observatory’s toll: 22."),
    )
}


def at(text: str) -> datetime:
    return parse_moment(text).at


def matches(wanted: EventFilter, event: Event, updates: dict[str, Update] | None = None) -> bool:
    return wanted.matches(event, UPDATES if updates is None else updates)


def told_thrice() -> Event:
    claims = [claim(low=17, high=17), claim(low=1, high=1, update="u-2"), claim(low=22, high=None, update="u-3")]
    passages = [{"update": "u-1", "exact": "Rockets hit the base."}, {"update": "u-3", "exact": "The Observatory’s toll: 22."}]
    return as_event(updates=["u-1", "u-2", "u-3"], claims=claims, passages=passages)


def test_an_empty_filter_asks_nothing() -> None:
    assert matches(EventFilter(), as_event())
    assert matches(EventFilter(), as_event(at=None, place=None, actors=[], updates=["not-there"]))


@pytest.mark.parametrize(
    ("first", "after", "shown"),
    [
        ("2021-02-16", "2021-02-22", True),
        ("2021-02-21", "2021-02-22", True),
        ("2021-02-16", "2021-02-17", True),
        ("2021-02-18", "2021-02-19", True),
        ("2021-02-01", "2021-02-16", False),
        ("2021-02-22", "2021-03-01", False),
        ("2021-02-21T23:59Z", None, True),
        ("2021-02-22", None, False),
        (None, "2021-02-16T00:01Z", True),
        (None, "2021-02-16", False),
    ],
)
def test_an_event_is_shown_if_its_possible_dates_meet_the_window(first: str | None, after: str | None, shown: bool) -> None:
    event = as_event(start="2021-02-16", end="2021-02-21", date_precision="week")
    assert matches(EventFilter(start=first and at(first), after=after and at(after)), event) is shown  # type: ignore[arg-type]


def test_values_of_one_facet_are_alternatives_and_facets_must_all_hold() -> None:
    event = as_event(kind="air_strike", actors=[{"name": "US forces", "role": "attacker"}, {"name": "Militia", "role": "target"}])
    assert matches(EventFilter(kinds=frozenset({"air_strike", "raid"})), event)
    assert not matches(EventFilter(kinds=frozenset({"raid"})), event)
    assert matches(EventFilter(actors=frozenset({"Militia", "Navy"})), event)
    assert not matches(EventFilter(actors=frozenset({"Navy"})), event)
    assert matches(EventFilter(precisions=frozenset({"town"})), event)
    assert not matches(EventFilter(precisions=frozenset({"site"})), event)
    assert matches(EventFilter(told_in=frozenset({"u-1"})), event)
    assert not matches(EventFilter(told_in=frozenset({"u-2"})), event)
    assert matches(EventFilter(kinds=frozenset({"air_strike"}), actors=frozenset({"Militia"})), event)
    assert not matches(EventFilter(kinds=frozenset({"air_strike"}), actors=frozenset({"Navy"})), event)


def test_an_event_of_which_no_place_is_known_has_no_precision() -> None:
    event = as_event(at=None, place=None)
    assert not matches(EventFilter(precisions=frozenset(PLACE_PRECISIONS)), event)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rockets", True),
        ("ROCKETS  base", True),
        ("rocket", True),
        ("base denied", True),
        ("base absent", False),
        ("kata’ib", True),
        ("katáib", False),
        ("Kataíb", False),
        ("sōmetown", True),
        ("iraq", True),
        ("near the river", True),
        ("blast", True),
        ("u-1", True),
        ("observatory", False),
        ("militia", False),
        ("   ", True),
    ],
)
def test_every_word_must_be_found_in_title_place_or_updates(text: str, found: bool) -> None:
    event = as_event(title="Blast", place={"note": "Near the river"})
    assert matches(EventFilter(text=text), event) is found


def test_words_may_stand_in_different_updates_but_only_in_those_that_tell_the_event() -> None:
    assert matches(EventFilter(text="rockets observatory"), told_thrice())
    assert not matches(EventFilter(text="observatory"), as_event())


def test_text_is_compared_without_case_accents_and_kinds_of_apostrophes() -> None:
    assert folded("Observatory’s ÉLAN Straße ﬁ") == "observatory's elan strasse fi"


def test_near_is_measured_on_the_ellipsoid_with_the_edge_inside() -> None:
    event = as_event(at=(44.1, 33.0))
    metres = distance_m((44.0, 33.0), (44.1, 33.0))
    assert matches(EventFilter(near=Near(44.0, 33.0, metres)), event)
    assert not matches(EventFilter(near=Near(44.0, 33.0, metres - 0.01)), event)
    assert not matches(EventFilter(near=Near(44.0, 33.0, 2e7)), as_event(at=None))


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ("2021-02-25", None),
        ("2021-02-26", ["u-1"]),
        ("2021-02-27T09:29Z", ["u-1"]),
        ("2021-02-27T09:30Z", ["u-1", "u-2"]),
        ("2021-02-27", ["u-1", "u-2"]),
        ("2021-03-01", ["u-1", "u-2"]),
        ("2021-03-02", ["u-1", "u-2", "u-3"]),
    ],
)
def test_as_known_hides_what_was_told_later_claims_and_passages_too(known: str, told: list[str] | None) -> None:
    event = told_thrice()
    narrow = as_known(event, UPDATES, parse_moment(known))
    if told is None:
        assert narrow is None
        assert not matches(EventFilter(known=parse_moment(known)), event)
        return
    assert narrow is not None
    assert list(narrow.updates) == told
    assert [one.update for one in narrow.claims] == told
    assert [one.update for one in narrow.passages] == [id_ for id_ in told if id_ != "u-2"]
    assert narrow.reported == event.reported


def test_with_the_other_clock_an_event_stays_whole() -> None:
    event = told_thrice()
    assert as_known(event, UPDATES, None) is event
    assert as_known(event, UPDATES, parse_moment("2021-12-31")) is event


def test_an_event_is_judged_by_what_was_known() -> None:
    early = EventFilter(known=parse_moment("2021-02-26"))
    assert not matches(replace(early, text="observatory"), told_thrice())
    assert not matches(replace(early, told_in=frozenset({"u-3"})), told_thrice())
    assert matches(replace(early, text="rockets"), told_thrice())


def test_select_gives_events_in_their_order_and_as_they_were_known() -> None:
    late = as_event("late", updates=["u-3"])
    events = [told_thrice(), late, as_event("other", kind="raid")]
    assert select(events, EventFilter(kinds=frozenset({"rocket_attack"})), UPDATES) == events[:2]
    (only,) = select(events[:2], EventFilter(known=parse_moment("2021-02-26")), UPDATES)
    assert only.updates == ("u-1",)


def test_counts_say_what_each_value_would_show_the_rest_staying_as_it_is() -> None:
    events = [
        as_event("a", kind="air_strike"),
        as_event("b", kind="raid", actors=[{"name": "Navy", "role": "attacker"}]),
        as_event("c", kind="raid"),
        as_event("d", kind="shelling", start="2020-01-01"),
    ]
    wanted = EventFilter(kinds=frozenset({"air_strike"}), start=at("2021-01-01"))
    counts = facet_counts(events, wanted, UPDATES)
    assert counts["kinds"] == {"air_strike": 1, "raid": 2, "shelling": 0}
    assert counts["actors"] == {"Militia": 1, "Navy": 0}
    assert counts["precisions"] == {"town": 1}
    assert counts["told_in"] == {"u-1": 1}


def test_counts_are_what_choosing_the_value_shows() -> None:
    events = [told_thrice(), as_event("b", kind="raid"), as_event("c", at=None, updates=["u-2"]), as_event("d", place={"precision": "site"})]
    wanted = EventFilter(text="rockets", known=parse_moment("2021-02-27"))
    for facet, counter in facet_counts(events, wanted, UPDATES).items():
        for value, count in counter.items():
            assert len(select(events, replace(wanted, **{facet: frozenset({value})}), UPDATES)) == count  # type: ignore[arg-type]


def test_facet_values_of_an_event() -> None:
    event = told_thrice()
    assert [sorted(facet_values(event, facet)) for facet in FACETS] == [["rocket_attack"], ["Militia"], ["town"], ["u-1", "u-2", "u-3"]]


def test_without_empties_what_it_names_and_nothing_else() -> None:
    full = EventFilter(frozenset({"raid"}), frozenset({"Navy"}), frozenset({"sea"}), frozenset({"u-1"}), "x", at("2021-01-01"), at("2021-02-01"))
    assert full.without("kinds", "text") == replace(full, kinds=frozenset(), text="")
    assert full.without_window() == replace(full, start=None, after=None)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (EventFilter(), ""),
        (EventFilter(kinds=frozenset({"air_strike"})), "air strike"),
        (EventFilter(kinds=frozenset({"air_strike", "raid", "shelling"})), "air strike, raid or shelling"),
        (EventFilter(kinds=frozenset({"new_kind"})), "new kind"),
        (EventFilter(actors=frozenset({"Iran", "US forces"})), "involving Iran or US forces"),
        (EventFilter(precisions=frozenset({"near_town"})), "placed to near a town"),
        (EventFilter(told_in=frozenset({"u-1", "gone"})), "told in UPDATE u-1 or gone"),
        (EventFilter(text="  base "), "with “base”"),
        (EventFilter(near=Near(44.5, 33.0, 50_000)), "within 50 km of 33°, 44.5° (latitude, longitude)"),
        (EventFilter(kinds=frozenset({"raid"}), text="base", start=datetime(2021, 1, 1, tzinfo=UTC)), "raid; with “base”"),
    ],
)
def test_a_filter_in_words(wanted: EventFilter, words: str) -> None:
    assert describe(wanted, UPDATES) == words


@pytest.mark.parametrize(
    ("first", "after", "words"),
    [
        (None, None, "all dates"),
        ("2021-02-01", None, "from 1 February 2021"),
        ("2021-02-01T04:20Z", None, "from 1 February 2021, 04:20 UTC"),
        (None, "2021-03-01", "until 28 February 2021"),
        (None, "2021-03-01T04:20Z", "until 1 March 2021, 04:19 UTC"),
        ("2021-02-01", "2021-03-01", "1 to 28 February 2021"),
        ("2021-02-26", "2021-02-27", "26 February 2021"),
        ("2021-02-26T04:20Z", "2021-02-26T05:00Z", "26 February 2021, 04:20 to 04:59 UTC"),
    ],
)
def test_a_window_in_words(first: str | None, after: str | None, words: str) -> None:
    assert window_in_words(first and at(first), after and at(after)) == words  # type: ignore[arg-type]


def test_the_clock_in_words() -> None:
    assert clock_in_words(None) == "as happened"
    assert clock_in_words(parse_moment("2021-02-27")) == "as known on 27 February 2021"


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(lambda text: text.strip())
instants = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 29), timezones=st.just(UTC)).map(lambda at: at.replace(second=0, microsecond=0))
days = instants.map(lambda at: at.replace(hour=0, minute=0))
edges = instants | days


@st.composite
def filters(draw: st.DrawFn) -> EventFilter:
    start, after = draw(st.none() | edges), draw(st.none() | edges)
    if start is not None and after is not None and after <= start:
        after = start + timedelta(minutes=draw(st.integers(1, 100_000)))
        after = min(after, datetime(9999, 12, 30, tzinfo=UTC))
    known = draw(st.none() | days.map(Moment) | instants.map(lambda at: Moment(at, timed=True)))
    facet = st.frozensets(names, max_size=3)
    precisions = draw(st.frozensets(st.sampled_from(PLACE_PRECISIONS)))
    return EventFilter(draw(facet), draw(facet), precisions, draw(facet), draw(st.just("") | names.map(str.strip)), start, after, known)


@given(filters())
def test_a_filter_is_read_back_from_its_address(wanted: EventFilter) -> None:
    address = urlencode(window_to_query(wanted.start, wanted.after) + to_query(wanted))
    assert from_query(parse_qs(address)) == (wanted, [])


def test_an_address_is_written_as_the_protocol_says() -> None:
    wanted = EventFilter(
        kinds=frozenset({"raid", "air_strike"}),
        told_in=frozenset({"u-1"}),
        text=" base ",
        start=at("2021-02-01"),
        after=at("2021-02-26T04:21Z"),
        known=parse_moment("2021-02-27"),
    )
    assert window_to_query(wanted.start, wanted.after) == [("from", "2021-02-01T00:00Z"), ("to", "2021-02-26T04:20Z")]
    assert window_to_query(at("2021-02-01"), at("2021-03-01")) == [("from", "2021-02-01"), ("to", "2021-02-28")]
    assert window_to_query(None, None) == []
    assert to_query(wanted) == [("kind", "air_strike"), ("kind", "raid"), ("update", "u-1"), ("text", "base"), ("known", "2021-02-27")]


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ({"from": ["yesterday"]}, "from=yesterday: not a date"),
        ({"to": ["2021-02-30"]}, "to=2021-02-30:"),
        ({"known": ["x" * 1000]}, f"known={'x' * 40}:"),
        ({"from": ["2021-03-01"], "to": ["2021-02-01"]}, "to: lies before from"),
        ({"precision": ["exact"]}, "precision=exact: no such precision"),
        ({"kind": ["x" * 1_001]}, "kind: 1 values were too long or too many"),
        ({"actor": [str(number) for number in range(205)]}, "actor: 5 values were too long or too many"),
    ],
)
def test_what_an_address_says_wrongly_is_left_out_and_named(query: dict[str, list[str]], fault: str) -> None:
    wanted, faults = from_query(query)
    assert len(faults) == 1
    assert faults[0].startswith(fault)
    assert (wanted.start, wanted.after, wanted.known, wanted.precisions, wanted.kinds) == (None, None, None, frozenset(), frozenset())
    assert len(wanted.actors) in (0, 200)


def test_the_good_parts_of_an_address_are_kept_beside_the_bad() -> None:
    wanted, faults = from_query({"precision": ["exact", "town"], "from": ["2021-02-01", "2021-03-01"], "text": ["  ", "base", "more"]})
    assert wanted == EventFilter(precisions=frozenset({"town"}), start=at("2021-02-01"), text="base")
    assert len(faults) == 1


@given(st.dictionaries(st.sampled_from(["from", "to", "known", "kind", "precision", "text", "event"]), st.lists(st.text(), max_size=3)))
def test_any_address_gives_a_filter(query: dict[str, list[str]]) -> None:
    wanted, _ = from_query(query)
    assert wanted.matches(as_event(), UPDATES) in (True, False)
    assert isinstance(describe(wanted, UPDATES), str)
