"""What a person does on the Review page. What comes from the browser is checked before it is believed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from geo.errors import InvalidInput, Problem
from geo.ingest.desk import taking
from geo.ingest.desk.accepting import edit_of
from geo.ingest.desk.proposals import Proposal
from geo.ingest.desk.records import Edit
from geo.store import EventCollection
from geo.ui import actions, review_giving, state, who
from geo.ui.review_data import TABS, Shown
from geo.ui.review_session import Done, Review, current, faults, folder, keep, say, seen, watching

_MOST_IDS = 1_000


def act(value: Mapping[str, Any], collection: EventCollection) -> None:
    """Do what the component says. Ids that are not on the page are passed over."""
    what = value.get("do")
    if what == "tab" and value.get("tab") in TABS:
        keep(replace(current(), tab=str(value["tab"]), words="", event=None, done=None, problems={}))
    elif what == "blog" and isinstance(value.get("blog"), str):
        keep(Review(blog=value["blog"], given=current().given))
    elif what == "map" and isinstance(value.get("event"), str):
        actions.show_event(value["event"], collection)
        state.depart()
    elif isinstance(what, str) and what in _DOINGS:
        say(lambda: _DOINGS[what](value, collection), at_desk=True)


def _accept(value: Mapping[str, Any], collection: EventCollection) -> Review:
    desk = seen(collection)
    chosen = [one for one in _chosen(desk, value) if one.state in ("open", "more")]
    written = taking.accept(folder(), who.writer(), collection, desk.kept, desk.reading, chosen, by=who.person(), now=datetime.now(UTC))
    first = chosen[0]
    title = first.edit.title or first.candidate.title
    placed = first.edit.lon is not None or first.edit.entry is not None or first.candidate.placement.position is not None
    words = f"Accepted: {title}. " + ("It is on the map." if placed else "It has no place, so it stands in the list beside the map.")
    if len(chosen) > 1:
        words = f"Accepted {len(chosen)} proposals."
    event = (first.decision.event if first.state == "more" and first.decision else first.candidate.id) if len(chosen) == 1 else None
    done = Done(desk.kept.id, tuple(_decided_as(one) for one in chosen), desk.kept.decisions, written.entry)
    return replace(current(), words=words, failed=False, event=event, done=done, problems={})


def _reject(value: Mapping[str, Any], collection: EventCollection) -> Review:
    desk = seen(collection)
    chosen = [one for one in _chosen(desk, value) if one.state in ("open", "more")]
    taking.reject(folder(), who.writer(), desk.kept, chosen, by=who.person(), now=datetime.now(UTC))
    words = f"Rejected: {chosen[0].candidate.title}." if len(chosen) == 1 else f"Rejected {len(chosen)} proposals."
    done = Done(desk.kept.id, tuple(one.id for one in chosen), desk.kept.decisions, None)
    return replace(current(), words=words, failed=False, event=None, done=done)


def _decided_as(one: Proposal) -> str:
    """The proposal that accepting this one decides on: more of an event belongs to the decision on the event."""
    return one.decision.proposal if one.state == "more" and one.decision is not None else one.candidate.id


def _undo(_value: Mapping[str, Any], collection: EventCollection) -> Review:
    desk, done = seen(collection), current().done
    if done is None or done.blog != desk.kept.id:
        raise InvalidInput([Problem("", "There is nothing to undo here", "", "The history has all changes to the store.")])
    taking.undo(folder(), who.writer(), desk.kept, done.proposals, before=done.before, entry=done.entry, by=who.person())
    return replace(current(), tab="open", words="Undone: it waits for a decision again.", failed=False, event=None, done=None)


def _reopen(value: Mapping[str, Any], collection: EventCollection) -> Review:
    desk = seen(collection)
    for one in _chosen(desk, value):
        taking.reopen(folder(), who.writer(), desk.kept, one, by=who.person())
    return replace(current(), words="Taken back: it waits for a decision again.", failed=False, event=None, done=None)


def _merge(value: Mapping[str, Any], collection: EventCollection) -> Review:
    desk = seen(collection)
    taking.join(folder(), who.writer(), desk.kept, _chosen(desk, value), by=who.person())
    return replace(current(), words="Merged: all their tellings stand under one proposal.", failed=False, event=None, done=None)


def _split(value: Mapping[str, Any], collection: EventCollection) -> Review:
    desk = seen(collection)
    for one in _chosen(desk, value)[:1]:
        taking.split(folder(), who.writer(), desk.kept, one, str(value.get("telling")), by=who.person())
    return replace(current(), words="Split: that telling is a proposal of its own.", failed=False, event=None, done=None)


def _change(value: Mapping[str, Any], collection: EventCollection) -> Review:
    desk = seen(collection)
    given = value.get("given")
    for one in _chosen(desk, value)[:1]:
        if one.state != "open":
            raise InvalidInput([Problem("", "This proposal is decided", "", "Change the event itself on the map page.")])
        try:
            edit = edit_of(given if isinstance(given, Mapping) else {}, one.candidate) if given is not None else Edit()
        except InvalidInput as error:
            return replace(current(), words="", problems={one.id: faults(error)})
        taking.change(folder(), who.writer(), desk.kept, one, edit, by=who.person())
    return replace(current(), words="Changed. It is not in the store before you accept it.", failed=False, event=None, done=None, problems={})


def _note(value: Mapping[str, Any], collection: EventCollection) -> Review:
    desk = seen(collection)
    if any(one.id == value.get("warning") for one in desk.warnings):
        taking.note(folder(), who.writer(), desk.kept, str(value["warning"]), by=who.person())
    return replace(current(), words="", event=None)


def _watch(value: Mapping[str, Any], collection: EventCollection) -> Review:
    desk = seen(collection)
    minutes = value.get("minutes")
    minutes = minutes if isinstance(minutes, int) and not isinstance(minutes, bool) else None
    taking.watch(folder(), who.writer(), desk.kept, minutes, by=who.person())
    if minutes:
        watching().start()
    words = f"The address is read again every {minutes} minutes while Dateline runs." if minutes else "The address is not read again by itself."
    return replace(current(), words=words, failed=False, event=None)


def _again(_value: Mapping[str, Any], collection: EventCollection) -> Review:
    return review_giving.again(seen(collection).kept)


def _clear(_value: Mapping[str, Any], collection: EventCollection) -> Review:
    taking.clear(folder(), who.writer(), seen(collection).kept, by=who.person())
    return Review(words="Taken off the desk. What was accepted stays in the store.", given=current().given + 1)


_DOINGS: Mapping[str, Callable[[Mapping[str, Any], EventCollection], Review]] = {
    "accept": _accept,
    "reject": _reject,
    "reopen": _reopen,
    "undo": _undo,
    "merge": _merge,
    "split": _split,
    "change": _change,
    "note": _note,
    "watch": _watch,
    "again": _again,
    "clear": _clear,
}


def _chosen(desk: Shown, value: Mapping[str, Any]) -> Sequence[Proposal]:
    ids = value.get("ids")
    wanted = {id_ for id_ in ids[:_MOST_IDS] if isinstance(id_, str)} if isinstance(ids, list) else set()
    chosen = [one for one in desk.proposals if one.id in wanted]
    if not chosen:
        raise InvalidInput([Problem("", "What was chosen is not on the desk any more", "", "Look again; somebody else may have decided.")])
    return chosen
