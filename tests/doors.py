"""Every door through which the app writes, as what the browser sends: messages of the editor, the history, the import and the review."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from geo.ingest.desk import taking
from geo.ingest.desk.folder import DeskFolder
from geo.ingest.desk.growing import Given
from geo.ingest.desk.proposals import proposals
from geo.store.editing import Editor, RetractEvent, StoreWriter, version_of
from geo.ui import edit_panel, history_page, import_session, review_actions, review_giving, review_session, state
from geo.ui.edit_form import event_form
from geo.ui.edit_session import Kind, opened
from geo.ui.review_session import Done, Review
from tests.factories import document, encoded, event, site
from tests.review_blogs import FIRST, GROWN, PUBLISHED, read, source

Door = Callable[[Path], None]
CSV = b"id,lat,lon,date,title\nx-1,33.5,44.5,2021-02-26,Shelling at Taji\n"


def furnish(path: Path) -> None:
    """A store with an event, one that is retracted, a site and an update, and a live blog on its desk."""
    path.write_bytes(encoded(document([event(), event("e-2"), site()])))
    seen = version_of(event("e-2"))
    StoreWriter(path).apply([RetractEvent("e-2", "told twice", seen)], by=Editor("Before"), why="told twice")
    desk = DeskFolder(path)
    kept = taking.take(desk, source(FIRST), Given("Hodeidah", "", "A Source", PUBLISHED, None), read=read).blog
    waiting = proposals(read(FIRST, PUBLISHED, None)[1], kept, standing=frozenset())
    taking.reject(desk, StoreWriter(path), kept, waiting[-1:], by=Editor("Before"), now=datetime(2018, 11, 12, tzinfo=UTC))


def _fill(do: str, kind: Kind, id_: str | None, form: dict[str, Any]) -> Door:
    """A form that is open, as one would be that was left open when its person was still an editor, and what is typed into it."""

    def act(_path: Path) -> None:
        editing = opened(kind, id_, state.store().snapshot(), None)
        assert editing is not None
        state.set_editing(editing)
        edit_panel.told({"do": do, "sent": {"name": editing.name, "version": 0, "form": editing.form | form}, "why": "because"})

    return act


def _withdraw(kind: Kind, id_: str) -> Door:
    def act(_path: Path) -> None:
        state.set_editing(opened(kind, id_, state.store().snapshot(), None))
        edit_panel.told({"do": "retract", "why": "because"})

    return act


def _restore(path: Path) -> None:
    first = next(entry.revision_before for entry in StoreWriter(path).history.newest_first())
    collection = state.store().snapshot()
    history_page.told({"do": "restore", "revision": first, "seen": collection.revision, "why": "because"}, collection)


def _import(_path: Path) -> None:
    importing = import_session.read(CSV, "found.csv", revision=state.store().snapshot().revision)
    assert importing.plan is not None and importing.plan.events == 1, importing
    import_session.bring_in(importing.token)


def _review(do: str, *, of: str = "open") -> Door:
    """A message of the Review page about proposals in a state."""

    def act(_path: Path) -> None:
        collection = state.store().snapshot()
        ids = [one.id for one in review_session.seen(collection).proposals if one.state == of]
        assert ids
        review_actions.act({"do": do, "ids": ids[:2]}, collection)

    return act


def _undo_decision(_path: Path) -> None:
    """The decision that the session has taken last, as it was before somebody's rights were taken away."""
    collection = state.store().snapshot()
    desk = review_session.seen(collection)
    rejected = tuple(one.id for one in desk.proposals if one.state == "rejected")
    review_session.keep(Review(done=Done(desk.kept.id, rejected, (), None)))
    review_actions.act({"do": "undo"}, collection)


def _give(_path: Path) -> None:
    review_giving.give(text=GROWN, name="Another", published=date(2018, 11, 12), zone="", progress=lambda done, total: None)


_TYPED = event_form(event("e-9")) | {"title": "Typed"}

DOORS: dict[str, Door] = {
    "add an event": _fill("save", "event", None, _TYPED),
    "change an event": _fill("save", "event", "e-1", {"title": "Changed"}),
    "move an event": _fill("save", "event", "e-1", {"where": "34.0, 45.0"}),
    "retract an event": _withdraw("event", "e-1"),
    "reinstate an event": lambda _: edit_panel.told({"do": "reinstate", "id": "e-2", "why": "because"}),
    "add a site": _fill("save", "site", None, {"name": "Base", "where": "33.5, 38.6"}),
    "change a site": _fill("save", "site", "s-1", {"name": "Changed"}),
    "move a site": _fill("save", "site", "s-1", {"where": "34.0, 45.0"}),
    "take a site out": _withdraw("site", "s-1"),
    "add an update": _fill(
        "save",
        "update",
        None,
        {"heading": "NEW", "published": "2021-03-01", "date_basis": "heading", "source": "A", "url": "https://example.org/", "text": "Words."},
    ),
    "change an update": _fill("save", "update", "u-1", {"heading": "CHANGED"}),
    "undo": lambda _: edit_panel.told({"do": "undo", "number": 2}),
    "undo on the history page": lambda _: history_page.told({"do": "undo", "number": 2, "why": "because"}, state.store().snapshot()),
    "restore": _restore,
    "import a file": _import,
    "accept candidates": _review("accept"),
    "reject candidates": _review("reject"),
    "merge candidates": _review("merge"),
    "reopen a candidate": _review("reopen", of="rejected"),
    "undo a decision on a candidate": _undo_decision,
    "take a live blog off the desk": _review("clear"),
    "give a live blog": _give,
    "keep a draft": _fill("draft", "event", "e-1", {"title": "Typed"}),
}
NOT_IN_THE_HISTORY = (
    "reject candidates",
    "merge candidates",
    "reopen a candidate",
    "undo a decision on a candidate",
    "take a live blog off the desk",
    "give a live blog",
    "keep a draft",
)
"""What is written beside the store: the desk, and the drafts."""
