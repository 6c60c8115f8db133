"""What a person does at the desk: give a live blog, accept, reject, take back, change, split, join."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from geo.errors import InvalidInput, NotAllowed, Problem, StoreError, shown
from geo.ingest.blog.changes import BlogChanges
from geo.ingest.blog.source import Source
from geo.ingest.blog.updates import Blog, read_updates
from geo.ingest.desk.accepting import accepting
from geo.ingest.desk.folder import DeskFolder
from geo.ingest.desk.growing import Given, begun, grown, same_blog
from geo.ingest.desk.proposals import Proposal, cited_by
from geo.ingest.desk.records import ACCEPTED, MAX_LINKS, REJECTED, Decision, Desk, Edit, KeptBlog, KeptReading, decided, reopened
from geo.ingest.incidents import Reading
from geo.store import EventCollection
from geo.store.access import Editor
from geo.store.writing import StoreWriter, Written

ReadBlog = Callable[[str, date, str | None], tuple[Blog, Reading]]
"""Cuts a text into its updates and reads their incidents: text, day of publication, zone."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A reading that was put on the desk: the blog, whether it was there before, and what differs from the reading before."""

    blog: KeptBlog
    is_again: bool
    found: BlogChanges

    @property
    def in_words(self) -> str:
        """What the reading came to, as a sentence."""
        name = f"“{self.blog.name}”"
        if not self.is_again:
            return f"Read {name} for the first time."
        if not self.found:
            return f"Read {name} again: nothing has changed."
        counts = (
            (len(self.found.new), "new update", "new updates"),
            (sum(one.reworded for one in self.found.changed), "update reworded", "updates reworded"),
            (len(self.found.gone), "update no longer on the page", "updates no longer on the page"),
        )
        parts = [f"{count:,} {one if count == 1 else several}" for count, one, several in counts if count]
        return f"Read {name} again: {', '.join(parts) or 'only headings have changed'}."


def take(folder: DeskFolder, source: Source, given: Given, *, read: ReadBlog, into: str | None = None) -> Taken:
    """Put a reading on the desk: into the blog `into`, or the one that it is found to be a later reading of, or a new one.

    Raises InvalidInput for what cannot be read, StoreError if it cannot be kept.
    """
    desk = folder.load()
    text = source.text
    again = desk.blog(into)
    if into is not None and again is None:
        raise _off(into)
    name = folder.keep_text(text)  # first, for it may be one that was lost
    if again is None:
        fresh = read_updates(text, published=given.published, zone=given.zone)
        known = [(kept, _cut(folder, kept)) for kept in desk.blogs if not (given.address and kept.address)]
        again = same_blog(fresh, given.address, [(kept, before) for kept, before in known if before is not None])
        again = next((kept for kept in desk.blogs if given.address and kept.address == given.address), again)
    published = given.published if again is None else max(given.published, again.published)
    zone = given.zone or (again.zone if again else None)
    blog, reading = read(text, published, zone)
    tellings = tuple(telling.id for candidate in reading.candidates for telling in candidate.tellings)
    kept_reading = KeptReading(source.fetched.isoformat(timespec="seconds"), source.sha256, name, len(blog.updates), tellings)
    taken: list[Taken] = []

    def put(now: Desk) -> Desk:
        if again is None:
            made = begun(given, kept_reading)
            taken.append(Taken(made, False, BlogChanges((), (), ())))
            return now.with_blog(made)
        known = _there(now, again.id)
        # Without its earlier text a blog is carried on all the same; what differs cannot be told then.
        after, found = grown(known, _cut(folder, known) or blog, blog, kept_reading)
        after = replace(after, published=published, zone=zone, address=known.address or given.address)
        taken.append(Taken(after, True, found))
        return now.without(known.id).with_blog(after)

    folder.change(put)
    return taken[-1]


def accept(
    folder: DeskFolder,
    writer: StoreWriter,
    collection: EventCollection,
    kept: KeptBlog,
    reading: Reading,
    chosen: Sequence[Proposal],
    *,
    by: Editor,
    now: datetime,
) -> Written:
    """Accept proposals, all or none: into the store by its one writing path, then on the desk.

    If the desk cannot be written after the store was, the events stand, and the proposals are found in the store by their ids.
    Raises NotAllowed, Conflict, InvalidInput, StoreError.
    """
    if not chosen:
        raise InvalidInput([Problem("", "Nothing is chosen", "", "Choose a proposal first.")])
    again = {one.decision.event for one in chosen if one.state == "more" and one.decision is not None and one.decision.event}
    told = {id_: event for id_ in again if (event := collection.event(id_)) is not None}
    taken = _taken(collection, [one.candidate.id for one in chosen])
    made = accepting(chosen, kept=kept, updates=reading.updates, stored=collection.updates, event=told, taken=taken)
    titles = "; ".join(one.edit.title or one.candidate.title for one in chosen[:5]) + (f" and {len(chosen) - 5} more" if len(chosen) > 5 else "")
    written = writer.apply(made.changes, by=by, why=f"Accepted from {kept.name}: {titles}"[:1_000])
    at = _stamp(now)

    def mark(desk: Desk) -> Desk:
        blog = _there(desk, kept.id)
        for one in chosen:
            cited = cited_by(one.candidate)
            if one.state == "more" and one.decision is not None:
                blog = decided(blog, replace(one.decision, cited=(*one.decision.cited, *cited), at=at))
            else:
                title = one.edit.title or one.candidate.title
                blog = decided(blog, Decision(one.candidate.id, ACCEPTED, made.events[one.id], by.name, at, title, cited))
        return desk.with_blog(blog)

    folder.change(mark)
    return written


def reject(folder: DeskFolder, writer: StoreWriter, kept: KeptBlog, chosen: Sequence[Proposal], *, by: Editor, now: datetime) -> None:
    """Reject proposals: they stay rejected when the blog is read again. Raises NotAllowed, StoreError."""
    check(writer, by)
    at = _stamp(now)

    def mark(desk: Desk) -> Desk:
        blog = _there(desk, kept.id)
        for one in chosen:
            if one.state == "open":
                blog = decided(blog, Decision(one.candidate.id, REJECTED, None, by.name, at, one.candidate.title, cited_by(one.candidate)))
            elif one.state == "more":
                blog = decided(blog, Decision(one.id, REJECTED, None, by.name, at, one.candidate.title, cited_by(one.candidate)))
        return desk.with_blog(blog)

    folder.change(mark)


def reopen(folder: DeskFolder, writer: StoreWriter, kept: KeptBlog, proposal: Proposal, *, by: Editor) -> None:
    """Take a rejection back. An acceptance is taken back in the store's history. Raises NotAllowed, InvalidInput, StoreError."""
    check(writer, by)
    decision = proposal.decision
    if decision is None or decision.state != REJECTED:
        raise InvalidInput([Problem("", "This proposal is not rejected", shown(proposal.id), "What was accepted is undone on the History page.")])
    folder.change(lambda desk: desk.with_blog(reopened(_there(desk, kept.id), decision.proposal)))


def undo(
    folder: DeskFolder, writer: StoreWriter, kept: KeptBlog, proposals: Sequence[str], *, before: Sequence[Decision], entry: int | None, by: Editor
) -> None:
    """Take back what was decided on these proposals a moment ago: the `entry` of the store's history, if there is one, then the desk's decisions on
    them, which are again those of `before`.

    Raises NotAllowed, Conflict, InvalidInput, StoreError; where the store cannot take its change back, the decisions stay.
    """
    check(writer, by)
    if entry is not None:
        writer.undo(entry, by=by, why=f"Taken back on the Review page: {kept.name}"[:1_000])
    earlier = tuple(one for one in before if one.proposal in proposals)

    def put(desk: Desk) -> Desk:
        blog = _there(desk, kept.id)
        others = tuple(one for one in blog.decisions if one.proposal not in proposals)
        return desk.with_blog(replace(blog, decisions=(*others, *earlier)))

    folder.change(put)


def change(folder: DeskFolder, writer: StoreWriter, kept: KeptBlog, proposal: Proposal, edit: Edit, *, by: Editor) -> None:
    """Keep what a person changed in a proposal. Raises NotAllowed, StoreError."""
    check(writer, by)

    def put(desk: Desk) -> Desk:
        blog = _there(desk, kept.id)
        edits = {id_: one for id_, one in blog.edits.items() if id_ != proposal.id}
        return desk.with_blog(replace(blog, edits=edits | ({proposal.id: edit} if edit != Edit() else {})))

    folder.change(put)


def split(folder: DeskFolder, writer: StoreWriter, kept: KeptBlog, proposal: Proposal, telling: str, *, by: Editor) -> None:
    """Make a telling an incident of its own. Raises NotAllowed, InvalidInput, StoreError."""
    check(writer, by)
    ids = {one.id for one in proposal.candidate.tellings}
    if telling not in ids or len(ids) < 2:
        raise InvalidInput([Problem("", "This telling cannot be split off", shown(telling), "Choose one of two or more tellings.")])

    def put(desk: Desk) -> Desk:
        blog = _there(desk, kept.id)
        joined = tuple(pair for pair in blog.joined if telling not in pair)
        return desk.with_blog(replace(blog, apart=(*(one for one in blog.apart if one != telling), telling)[-MAX_LINKS:], joined=joined))

    folder.change(put)


def join(folder: DeskFolder, writer: StoreWriter, kept: KeptBlog, chosen: Sequence[Proposal], *, by: Editor) -> None:
    """Make proposals that are open one incident. Raises NotAllowed, InvalidInput, StoreError."""
    check(writer, by)
    if len(chosen) < 2 or any(one.state != "open" for one in chosen):
        raise InvalidInput(
            [Problem("", "Only two or more proposals that wait for a decision can be merged", "", "Choose them with the boxes first.")]
        )
    first = chosen[0].candidate.tellings[0].id
    pairs = tuple((first, one.candidate.tellings[0].id) for one in chosen[1:])

    def put(desk: Desk) -> Desk:
        blog = _there(desk, kept.id)
        return desk.with_blog(replace(blog, joined=(*blog.joined, *(pair for pair in pairs if pair not in blog.joined))[-MAX_LINKS:]))

    folder.change(put)


def note(folder: DeskFolder, writer: StoreWriter, kept: KeptBlog, warning: str, *, by: Editor) -> None:
    """A warning has been dealt with. Raises NotAllowed, StoreError."""
    check(writer, by)

    def put(desk: Desk) -> Desk:
        blog = _there(desk, kept.id)
        return desk.with_blog(replace(blog, noted=(*(one for one in blog.noted if one != warning), warning)[-MAX_LINKS:]))

    folder.change(put)


def watch(folder: DeskFolder, writer: StoreWriter, kept: KeptBlog, minutes: int | None, *, by: Editor) -> None:
    """Have a blog read again every so many minutes, or no more. Raises NotAllowed, InvalidInput, StoreError."""
    check(writer, by)
    if minutes is not None and not (kept.address and 5 <= minutes <= 1_440):
        raise InvalidInput(
            [Problem("", "A live blog is watched by its address, every 5 minutes to every day", shown(minutes), "Choose one of the list.")]
        )
    folder.change(lambda desk: desk.with_blog(replace(_there(desk, kept.id), watch_minutes=minutes)))


def clear(folder: DeskFolder, writer: StoreWriter, kept: KeptBlog, *, by: Editor) -> None:
    """Take a blog off the desk, with its readings and decisions. The events that were accepted stay in the store. Raises NotAllowed, StoreError."""
    check(writer, by)
    folder.change(lambda desk: desk.without(kept.id))


def check(writer: StoreWriter, by: Editor) -> None:
    """Raise NotAllowed unless this person may add events; the desk is theirs who may write the store."""
    if not writer.may(by, "add event"):
        raise NotAllowed(editor=by.name, action="decide on proposals", why="only editors of a store that may be written do", advice="Ask an editor.")


def _taken(collection: EventCollection, wanted: Sequence[str]) -> frozenset[str]:
    """Which of these ids, and of those numbered after them, the store's features have."""
    retracted = {event.id for event in collection.retracted}
    taken = set()
    for id_ in wanted:
        free, number = id_, 1
        while free in retracted or collection.event(free) is not None or collection.site(free) is not None:
            taken.add(free)
            number += 1
            free = f"{id_}-{number}"
    return frozenset(taken)


def _cut(folder: DeskFolder, kept: KeptBlog) -> Blog | None:
    """The newest reading cut into its updates; None if its text is lost."""
    try:
        return read_updates(folder.text(kept.newest.text_sha256), published=kept.published, zone=kept.zone)
    except StoreError:
        return None


def _there(desk: Desk, id_: str) -> KeptBlog:
    blog = desk.blog(id_)
    if blog is None:
        raise _off(id_)
    return blog


def _off(id_: str) -> StoreError:
    return StoreError(what="This live blog is not on the desk any more", where=id_, advice="Load the page again.")


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="seconds")
