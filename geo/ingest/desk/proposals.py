"""What a reading proposes, after what a person has decided, split and joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from geo.ingest.desk.growing import seen_before
from geo.ingest.desk.records import ACCEPTED, Cited, Decision, Edit, KeptBlog
from geo.ingest.incidents import Candidate, Link, Reading, Telling, candidate_of
from geo.store import EventCollection

State = Literal["open", "more", "accepted", "rejected"]
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Proposal:
    """One incident for a person to decide on, or one that was decided.

    `state` is `more` where an accepted event is told again in words that are new: `candidate` then holds only what is new, and `decision` is that on
    the event. `is_new` says that this reading brought a telling which no earlier one had. `undone` is an earlier acceptance whose event is no longer
    in the store.
    """

    candidate: Candidate
    state: State
    decision: Decision | None
    edit: Edit
    is_new: bool
    undone: Decision | None = None

    @property
    def id(self) -> str:
        """The id of its candidate; that of the decision and the new tellings where an event is told again."""
        return self.candidate.id if self.state != "more" else f"m-{self.candidate.id}"


def proposals(reading: Reading, kept: KeptBlog, *, standing: frozenset[str] | None = None) -> tuple[Proposal, ...]:
    """All proposals, oldest incident first.

    `standing` are the ids of the events in the store, retracted ones too: an acceptance whose event is gone, because it was undone, is open again.
    None takes all of them for standing.
    """
    decisions = [one for one in kept.decisions if one.state != ACCEPTED or standing is None or one.event in standing]
    gone = [one for one in kept.decisions if one not in decisions]
    owner = _owners(reading, decisions)
    lost = _owners(reading, gone)
    before = seen_before(kept)
    links = [link for candidate in reading.candidates for link in candidate.links]
    found: list[Proposal] = []
    for group in _groups(reading, kept):
        for decision, tellings, is_again in _by_decision(group, owner):
            candidate = _candidate(tellings, reading, links)
            is_new = len(kept.readings) > 1 and any(telling.id not in before for telling in tellings)
            found.append(_proposal(candidate, decision, kept, is_again=is_again, is_new=is_new, standing=standing or frozenset(), lost=lost))
    return tuple(sorted(found, key=lambda one: (one.candidate.dating.start, one.candidate.dating.end, one.candidate.id)))


def standing(reading: Reading, kept: KeptBlog, collection: EventCollection) -> dict[str, str]:
    """The titles of the store's events that decisions and candidates may name, by id; retracted ones, too, for they were decided on."""
    wanted = {one.event for one in kept.decisions if one.event} | {one.id for one in reading.candidates}
    titles = {event.id: event.title for event in collection.retracted if event.id in wanted}
    for id_ in wanted - set(titles):
        event = collection.event(id_)
        if event is not None:
            titles[id_] = event.title
    return titles


def cited_by(candidate: Candidate) -> tuple[Cited, ...]:
    """What a decision on a candidate rests on."""
    return tuple(Cited(telling.id, span.update, span.exact) for telling in candidate.tellings for span in telling.spans)


def _groups(reading: Reading, kept: KeptBlog) -> list[list[Telling]]:
    """The tellings by incident: as they were linked, but for what was split off and what was joined."""
    apart = set(kept.apart)
    groups: dict[str, list[Telling]] = {}
    home: dict[str, str] = {}
    for candidate in reading.candidates:
        for telling in candidate.tellings:
            key = telling.id if telling.id in apart else candidate.id
            groups.setdefault(key, []).append(telling)
            home[telling.id] = key
    for one, two in kept.joined:
        first, second = home.get(one), home.get(two)
        if first is None or second is None or first == second:
            continue
        for telling in groups[second]:
            home[telling.id] = first
        groups[first] += groups.pop(second)
    order = {update.id: index for index, update in enumerate(reading.updates)}
    return [sorted(group, key=lambda one: (order[one.update], one.spans[0].start)) for group in groups.values()]


def _by_decision(group: Sequence[Telling], owner: Mapping[str, Decision]) -> list[tuple[Decision | None, list[Telling], bool]]:
    """A group cut by who owns its tellings, and whether a part tells again what was decided: it does if the group has one decision alone."""
    owned: dict[str, tuple[Decision, list[Telling]]] = {}
    free: list[Telling] = []
    for telling in group:
        decision = owner.get(telling.id)
        if decision is None:
            free.append(telling)
        else:
            owned.setdefault(decision.proposal, (decision, []))[1].append(telling)
    if len(owned) == 1 and free:
        decision, mine = next(iter(owned.values()))
        return [(decision, mine, False), (decision, free, True)]
    return [*((decision, mine, False) for decision, mine in owned.values()), *([(None, free, False)] if free else [])]


def _candidate(tellings: Sequence[Telling], reading: Reading, links: Sequence[Link]) -> Candidate:
    ids = {telling.id for telling in tellings}
    return candidate_of(tellings, reading.updates, links=[link for link in links if link.telling in ids and link.to in ids])


def _proposal(
    candidate: Candidate,
    decision: Decision | None,
    kept: KeptBlog,
    *,
    is_again: bool,
    is_new: bool,
    standing: frozenset[str],
    lost: Mapping[str, Decision],
) -> Proposal:
    edit = kept.edits.get(candidate.id, Edit())
    if decision is None and candidate.id in standing:
        # Accepted, but the desk could not be written then.
        decision = Decision(candidate.id, ACCEPTED, candidate.id, "", kept.newest.fetched, candidate.title, cited_by(candidate))
    if decision is None:
        undone = next((lost[telling.id] for telling in candidate.tellings if telling.id in lost), None)
        return Proposal(candidate, "open", None, edit, is_new, undone)
    if decision.state != ACCEPTED:
        return Proposal(candidate, "rejected", decision, edit, is_new)
    return Proposal(candidate, "more" if is_again else "accepted", decision, Edit() if is_again else edit, is_new)


def _owners(reading: Reading, decisions: Sequence[Decision]) -> dict[str, Decision]:
    """Which decision each telling belongs to: by id, else as a reworded telling of one that was decided on."""
    by_id = {cited.telling: decision for decision in decisions for cited in decision.cited}
    tellings = [telling for candidate in reading.candidates for telling in candidate.tellings]
    owners = {telling.id: by_id[telling.id] for telling in tellings if telling.id in by_id}
    missing: dict[str, list[tuple[Cited, Decision]]] = {}
    for decision in decisions:
        for cited in decision.cited:
            if cited.telling not in owners:
                missing.setdefault(cited.update, []).append((cited, decision))
    for telling in tellings:
        if telling.id not in owners:
            found = next((decision for cited, decision in missing.get(telling.update, ()) if _is_alike(telling, cited)), None)
            if found is not None:
                owners[telling.id] = found
    return owners


def _is_alike(telling: Telling, cited: Cited) -> bool:
    """Whether a telling has most of the words."""
    words = set(cited.exact.casefold().split())
    return any(_share(words, set(span.exact.casefold().split())) >= _ALIKE for span in telling.spans)


def _share(one: set[str], two: set[str]) -> float:
    return len(one & two) / len(one | two) if one or two else 0.0
