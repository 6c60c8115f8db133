"""The desk: readings kept, decisions that hold when a blog grows, wordings, corrections, and the changes that accept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from geo.errors import InvalidInput, NotAllowed, StoreError
from geo.ingest.desk import taking
from geo.ingest.desk.accepting import edit_of, feature_of
from geo.ingest.desk.corrections import CORRECTION, Warned, difference, warnings
from geo.ingest.desk.folder import DeskFolder
from geo.ingest.desk.growing import Given
from geo.ingest.desk.proposals import Proposal, proposals
from geo.ingest.desk.records import Desk, Edit, KeptBlog, as_json, from_json
from geo.ingest.desk.taking import Taken
from geo.ingest.incidents import Reading
from geo.store import open_store
from geo.store.base import EventCollection
from geo.store.editing import Editor, StoreWriter
from tests.review_blogs import FIRST, FOLDER, GROWN, PUBLISHED, RETRACTED, REWORDED, STRIKE, empty_store, read, source

ANNA = Editor("Anna")
READER = Editor("Rob", "reader")
NOW = datetime(2018, 11, 12, 15, tzinfo=UTC)


class Room:
    """A store, its desk, and what one does there."""

    def __init__(self, folder: Path) -> None:
        self.store = empty_store(folder / "events.geojson")
        self.desk = DeskFolder(self.store)
        self.writer = StoreWriter(self.store)

    def give(self, text: str, *, hour: int = 12, address: str = "") -> Taken:
        return taking.take(self.desk, source(text, hour=hour), Given("Hodeidah live", address, "Gulf Wire", PUBLISHED, None), read=read)

    @property
    def kept(self) -> KeptBlog:
        return self.desk.load().blogs[-1]

    @property
    def reading(self) -> Reading:
        return read(self.desk.text(self.kept.newest.text_sha256), self.kept.published, self.kept.zone)[1]

    @property
    def warnings(self) -> tuple[Warned, ...]:
        blog, reading = read(self.desk.text(self.kept.newest.text_sha256), self.kept.published, self.kept.zone)
        return warnings(blog, reading, self.kept)

    @property
    def collection(self) -> EventCollection:
        return open_store(self.store).snapshot()

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        features = json.loads(self.store.read_text(encoding="utf-8"))["features"]
        return proposals(self.reading, self.kept, standing=frozenset(one["id"] for one in features))

    def of(self, words: str) -> Proposal:
        found = [one for one in self.proposals if any(words in span.exact for span in one.candidate.spans)]
        assert len(found) == 1, [one.candidate.title for one in found]
        return found[0]

    def accept(self, chosen: Sequence[Proposal]) -> None:
        taking.accept(self.desk, self.writer, self.collection, self.kept, self.reading, chosen, by=ANNA, now=NOW)

    def reject(self, *chosen: Proposal) -> None:
        taking.reject(self.desk, self.writer, self.kept, chosen, by=ANNA, now=NOW)

    def states(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for one in self.proposals:
            counts[one.state] = counts.get(one.state, 0) + 1
        return counts


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_a_reading_is_kept_with_its_text_time_and_hash(room: Room) -> None:
    """What was given can be read again later, to the letter."""
    taken = room.give(FIRST)
    assert not taken.is_again
    reading = room.kept.newest
    assert (reading.fetched, reading.sha256, reading.updates) == ("2018-11-12T12:00:00+00:00", source(FIRST).sha256, 6)
    assert room.desk.text(reading.text_sha256) == source(FIRST).text
    assert all(one.state == "open" and not one.is_new for one in room.proposals)


def test_an_accepted_proposal_is_in_the_store_with_its_updates_and_evidence(room: Room) -> None:
    """One write adds the updates that are cited and the event, with the passages; the history knows who and from where."""
    room.give(FIRST, address="https://gulfwire.example/live")
    room.accept([room.of(STRIKE)])
    collection = room.collection
    assert collection.total == 1 and not collection.set_aside and not collection.doubts
    event = next(iter(collection.labels(0, 1)))
    assert event.kind == "air_strike" and event.position is not None
    assert set(event.updates) == set(collection.updates) and len(event.updates) == 2
    assert all(collection.updates[one.update].text.find(one.exact) >= 0 for one in event.passages)
    assert {update.url for update in collection.updates.values()} == {"https://gulfwire.example/live"}
    assert event.feature["evidence"]["tellings"]  # type: ignore[index]
    entry = room.writer.history.entries()[0][-1]
    assert entry.by == "Anna" and "Hodeidah live" in entry.why
    assert room.of(STRIKE).state == "accepted"


def test_a_grown_blog_proposes_only_what_is_new(room: Room) -> None:
    """What was accepted, rejected and left open stays so; the new telling is marked new."""
    room.give(FIRST)
    room.accept([room.of(STRIKE)])
    room.reject(room.of("ballistic missile"))
    left = [one.id for one in room.proposals if one.state == "open"]
    taken = room.give(GROWN, hour=13)
    assert taken.is_again and [update.heading for update in taken.found.new] == ["UPDATE, NOV 11"]
    assert [one.id for one in room.proposals if one.state == "open" and not one.is_new] == left
    assert [one.candidate.title for one in room.proposals if one.is_new] == [room.of("Zabid").candidate.title]
    assert (room.of(STRIKE).state, room.of("ballistic missile").state) == ("accepted", "rejected")


def test_the_same_text_again_changes_nothing(room: Room) -> None:
    """Reading twice what did not grow is one reading."""
    room.give(FIRST)
    before = room.desk.load()
    assert not room.give(FIRST, hour=13).found
    assert room.desk.load() == before


def test_another_blog_is_another_blog(room: Room) -> None:
    """A page with the same headings and other words is not taken for the grown one."""
    room.give(FIRST)
    other = "UPDATE, NOV 9:\n\nShells fell on Donetsk on Friday, killing two people, the mayor said.\n\nUPDATE, NOV 8:\n\nQuiet at the front.\n"
    assert not room.give(other, hour=13).is_again
    assert len(room.desk.load().blogs) == 2


def test_a_reworded_update_keeps_its_earlier_wording_and_its_decision(room: Room) -> None:
    """The difference is shown word by word, the event stays accepted, and the store keeps the update as it was cited."""
    room.give(FIRST)
    room.accept([room.of(STRIKE)])
    stored = dict(room.collection.updates)
    room.give(REWORDED, hour=13)
    ((id_, wordings),) = room.kept.wordings.items()
    assert "14 people were killed" in wordings[0].text and wordings[0].until == "2018-11-12T13:00:00+00:00"
    text = next(update.text for update in room.reading.updates if update.id == id_)
    runs = difference(wordings[0], text)
    assert [(what, words.strip()) for what, words in runs if what != "same"] == [("out", "14"), ("in", "15")]
    assert room.of(STRIKE).state == "accepted"
    assert dict(room.collection.updates) == stored


def test_a_decision_follows_an_update_whose_heading_was_edited(room: Room) -> None:
    """A corrected time gives an update another id; what was decided on it stays decided."""
    room.give(FIRST)
    room.accept([room.of("mortar fire")])
    room.reject(room.of("sea mine"))
    room.give(GROWN.replace("0740 GMT", "0750 GMT").replace("1610 GMT", "1620 GMT"), hour=13)
    assert (room.of("mortar fire").state, room.of("sea mine").state) == ("accepted", "rejected")


def test_what_is_accepted_after_a_rewording_cites_the_new_words_beside_the_old(room: Room) -> None:
    """One update id in two wordings is two updates of the store, and no passage is lost."""
    room.give(FIRST)
    room.accept([room.of(STRIKE)])
    undone = room.writer.undo(by=ANNA)
    assert undone.entry is not None and room.of(STRIKE).state == "open" and room.of(STRIKE).undone is not None
    room.accept([room.of("dozens of children")])
    room.give(REWORDED, hour=13)
    room.accept([room.of(STRIKE)])
    assert not room.collection.set_aside and not room.collection.doubts and room.collection.total == 2


def test_a_correction_is_flagged_on_the_event_that_it_touches(room: Room) -> None:
    """The sentence that corrects is found, and the event with the boat's name, not the strike."""
    room.give(FIRST)
    room.accept([one for one in room.proposals if one.state == "open"])
    mine = room.of("sea mine").decision
    assert mine is not None
    room.give(REWORDED, hour=13)
    said = [one for one in room.warnings if one.kind == "correction"]
    assert [one.events for one in said] == [(mine.event,)]
    assert said[0].words.startswith("Correction: an earlier update said")


def test_a_passage_that_is_gone_is_flagged_on_its_event(room: Room) -> None:
    """The page does not say any more what an accepted event cites."""
    room.give(FIRST)
    room.accept([room.of("sea mine")])
    decision = room.of("sea mine").decision
    assert decision is not None
    room.give(RETRACTED, hour=13)
    assert {(warned.kind, warned.events) for warned in room.warnings} == {("passage gone", (decision.event,))}


def test_a_page_that_drops_its_oldest_updates_takes_nothing_back(room: Room) -> None:
    """A feed holds the newest entries only; what has rolled off it is not retracted."""
    room.give(FIRST)
    room.accept([room.of("ballistic missile")])
    shorter = GROWN[: GROWN.index("ORIGINAL ENTRY")]
    room.give(shorter, hour=13)
    assert room.warnings == ()


@pytest.mark.parametrize(
    ("words", "corrects"),
    [
        ("Correction: the toll was nine.", True),
        ("We have removed a report of a second blast.", True),
        ("An earlier version of this entry said that a hospital was hit.", True),
        ("The ministry has retracted its statement.", True),
        ("The correctional facility was shelled.", False),
        ("Rescuers removed the rubble.", False),
        ("The house of correction burned.", False),
        ("An earlier strike killed two.", False),
    ],
)
def test_words_of_correction(words: str, corrects: bool) -> None:
    """Only words that take back or set right count."""
    assert bool(CORRECTION.search(words)) is corrects


def test_splitting_and_merging_hold_when_the_blog_grows(room: Room) -> None:
    """A telling that was split off is an incident of its own; merged ones are one; both also tomorrow."""
    room.give(FIRST)
    strike = room.of(STRIKE)
    later = strike.candidate.tellings[-1].id
    taking.split(room.desk, room.writer, room.kept, strike, later, by=ANNA)
    assert len(room.of(STRIKE).candidate.tellings) == len(strike.candidate.tellings) - 1
    mine, mortar = room.of("sea mine"), room.of("mortar fire")
    taking.join(room.desk, room.writer, room.kept, [mine, mortar], by=ANNA)
    room.give(GROWN, hour=13)
    assert room.of("sea mine").candidate.id == room.of("mortar fire").candidate.id
    assert later not in {one.id for one in room.of(STRIKE).candidate.tellings}


def test_a_changed_proposal_is_accepted_as_it_was_changed_and_says_so(room: Room) -> None:
    """Title, kind, dates and place of the editor's own, with what was read kept in the evidence, and it holds tomorrow."""
    room.give(FIRST)
    strike = room.of(STRIKE)
    edit = edit_of({"title": "The workshop", "kind": "explosion", "start": "2018-11-08", "end": "2018-11-08", "date_precision": "day",
                    "lon": "42.97", "lat": "14.79", "uncertainty_km": "2", "place_precision": "site"}, strike.candidate)  # fmt: skip
    taking.change(room.desk, room.writer, room.kept, strike, edit, by=ANNA)
    room.give(GROWN, hour=13)
    room.accept([room.of(STRIKE)])
    (event,) = room.collection.labels(0, 1)
    assert (event.title, event.kind, event.position) == ("The workshop", "explosion", (42.97, 14.79))
    assert event.place is not None and (event.place.basis, event.place.uncertainty_km, event.place.country) == ("editor", 2.0, "Yemen")
    assert event.feature["evidence"]["read"]["title"] == strike.candidate.title  # type: ignore[index]


def test_another_candidate_of_the_gazetteer_can_be_chosen(room: Room) -> None:
    """What could not be decided is placed by the entry that a person picks, and the place says who picked."""
    room.give(FIRST)
    bus = room.of("dozens of children")
    entry = next(one.entry for one in bus.candidate.placement.candidates if one.entry.country == "YE")
    feature = feature_of(bus.candidate, edit_of({"entry": entry.id}, bus.candidate))
    place = feature["properties"]["place"]
    assert feature["geometry"]["coordinates"] == list(entry.position or ()) and place["basis"] == "gazetteer" and "editor" in place["note"]


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "picnic"},
        {"lon": "12"},
        {"lon": "NaN", "lat": "1", "uncertainty_km": "1"},
        {"lon": "181", "lat": "1", "uncertainty_km": "1"},
        {"lon": "1", "lat": "1", "uncertainty_km": "0"},
        {"entry": "geonames:1"},
        {"start": "tomorrow"},
        {"start": "2018-11-09", "end": "2018-11-08", "date_precision": "day"},
        {"title": "x" * 300},
        {"updates": "[]"},
        {"place_precision": "galaxy"},
    ],
)
def test_a_change_that_breaks_rules_is_refused_at_the_form(room: Room, given: dict[str, str]) -> None:
    """Every fault is told before anything is kept."""
    room.give(FIRST)
    with pytest.raises(InvalidInput):
        edit_of(given, room.of(STRIKE).candidate)


def test_readers_decide_nothing(room: Room) -> None:
    """Every doing at the desk asks whether the person may write the store."""
    room.give(FIRST)
    strike, before = room.of(STRIKE), room.desk.load()
    with pytest.raises(NotAllowed):
        taking.accept(room.desk, room.writer, room.collection, room.kept, room.reading, [strike], by=READER, now=NOW)
    doings = (
        lambda: taking.reject(room.desk, room.writer, room.kept, [strike], by=READER, now=NOW),
        lambda: taking.change(room.desk, room.writer, room.kept, strike, Edit(title="x"), by=READER),
        lambda: taking.split(room.desk, room.writer, room.kept, strike, strike.candidate.tellings[0].id, by=READER),
        lambda: taking.join(room.desk, room.writer, room.kept, list(room.proposals), by=READER),
        lambda: taking.note(room.desk, room.writer, room.kept, "w", by=READER),
        lambda: taking.watch(room.desk, room.writer, room.kept, 5, by=READER),
        lambda: taking.clear(room.desk, room.writer, room.kept, by=READER),
    )
    for do in doings:
        with pytest.raises(NotAllowed):
            do()
    assert room.desk.load() == before and room.collection.total == 0


def test_a_rejection_can_be_taken_back_and_an_undo_opens_again(room: Room) -> None:
    """Rejected is not gone."""
    room.give(FIRST)
    room.reject(room.of(STRIKE))
    taking.reopen(room.desk, room.writer, room.kept, room.of(STRIKE), by=ANNA)
    assert room.of(STRIKE).state == "open"
    room.accept([room.of(STRIKE)])
    with pytest.raises(InvalidInput):
        taking.reopen(room.desk, room.writer, room.kept, room.of(STRIKE), by=ANNA)


def test_an_acceptance_that_the_desk_missed_is_found_in_the_store(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash between the two files leaves nothing to be accepted twice."""
    room.give(FIRST)

    def full(_self: DeskFolder, _what: object) -> Desk:
        raise StoreError(what="The disk is full", where="", advice="")

    with monkeypatch.context() as patched:
        patched.setattr(DeskFolder, "change", full)
        with pytest.raises(StoreError):
            room.accept([room.of(STRIKE)])
    assert room.of(STRIKE).state == "accepted" and room.collection.total == 1


def test_the_desk_reads_what_it_wrote_and_nothing_else(room: Room) -> None:
    """Round trip; another version, another form and a text swapped by hand are refused with words."""
    room.give(FIRST)
    room.reject(room.of(STRIKE))
    taking.change(room.desk, room.writer, room.kept, room.of("sea mine"), Edit(title="Boat"), by=ANNA)
    room.give(REWORDED, hour=13)
    desk = room.desk.load()
    assert from_json(json.loads(json.dumps(as_json(desk)))) == desk
    bad_decision = as_json(desk)["blogs"][0] | {"decisions": [{"state": "x"}]}
    for wrong in ([], {}, {"desk": 2, "blogs": []}, {"desk": 1, "blogs": [{}]}, {"desk": 1, "blogs": [bad_decision]}):
        with pytest.raises(InvalidInput):
            from_json(wrong)
    name = room.kept.newest.text_sha256
    (room.desk.path / f"{name}.txt").write_text("something else", encoding="utf-8")
    with pytest.raises(StoreError):
        room.desk.text(name)
    with pytest.raises(StoreError):
        room.desk.text("../events")


@pytest.mark.parametrize("text", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_every_proposal_of_every_invented_blog_can_be_accepted(tmp_path: Path, text: Path) -> None:
    """In every style of heading: the store takes each event with its updates, passages and claims, and has no doubt about it."""
    room = Room(tmp_path)
    day = date.fromisoformat(json.loads(text.with_suffix(".json").read_text(encoding="utf-8"))["published"])
    taking.take(room.desk, source(text.read_text(encoding="utf-8")), Given(text.stem, "", "Gulf Wire", day, None), read=read)
    count = len(room.proposals)
    room.accept(room.proposals)
    assert room.collection.total == count and not room.collection.set_aside and not room.collection.doubts
    assert room.states() == {"accepted": count}


def test_an_incident_told_again_adds_to_its_event(room: Room) -> None:
    """A new telling of an accepted event is proposed as more of it; accepting adds passages, claims and updates, and changes nothing else."""
    room.give(FIRST)
    strike = room.of(STRIKE)
    first, later = strike.candidate.tellings[0], strike.candidate.tellings[-1]
    room.accept([strike])
    kept = room.kept
    decision = replace(kept.decisions[0], cited=tuple(one for one in kept.decisions[0].cited if one.telling != later.id))
    event = decision.event or ""
    # As if the later telling had come with a later reading.
    room.desk.change(lambda desk: desk.with_blog(replace(kept, decisions=(decision,))))
    more = next(one for one in room.proposals if one.state == "more")
    assert [one.id for one in more.candidate.tellings] == [later.id] and first.id not in {one.id for one in more.candidate.tellings}
    before = room.collection.event(event)
    room.accept([more])
    after = room.collection.event(event)
    assert before is not None and after is not None and after.title == before.title and after.passages == before.passages
    assert room.of(STRIKE).state == "accepted" and "more" not in room.states()
