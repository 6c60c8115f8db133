"""Every door through which the app writes, as what the browser sends: messages of the editor, the history, the import and the review."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from geo.ingest.desk import taking
from geo.ingest.desk.folder import DeskFolder
from geo.ingest.desk.growing import Given
from geo.store.editing import Editor, RetractEvent, StoreWriter, version_of
from geo.ui import edit_panel, history_page, import_session, review_session, state
from geo.ui.edit_form import event_form
from geo.ui.edit_session import Kind, opened
from tests.factories import document, encoded, event, site
from tests.review_blogs import FIRST, GROWN, PUBLISHED, read, source

Door = Callable[[Path], None]
CSV = b"id,lat,lon,date,title\nx-1,33.5,44.5,2021-02-26,Shelling at Taji\n"


def furnish(path: Path) -> None:
    """A store with an event, one that is retracted, a site and an update, and a live blog on its desk."""
    path.write_bytes(encoded(document([event(), event("e-2"), site()])))
    seen = version_of(event("e-2"))
    StoreWriter(path).apply([RetractEvent("e-2", "told twice", seen)], by=Editor("Before"), why="told twice")
    taking.take(DeskFolder(path), source(FIRST), Given("Hodeidah", "", "A Source", PUBLISHED, None), read=read)


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


def _review(do: str, **told: Any) -> Door:
    def act(_path: Path) -> None:
        collection = state.store().snapshot()
        shown = review_session.shown(review_session.folder().load(), collection)
        assert shown is not None
        waiting = [one for one in shown.proposals if one.state == "open"]
        review_session.act({"do": do, "ids": [one.id for one in waiting[:2]], **told}, collection)

    return act


def _give(_path: Path) -> None:
    review_session.give(text=GROWN, name="Another", published=date(2018, 11, 12), zone="")


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
    "take a live blog off the desk": _review("clear"),
    "give a live blog": _give,
    "keep a draft": _fill("draft", "event", "e-1", {"title": "Typed"}),
}
NOT_IN_THE_HISTORY = ("reject candidates", "merge candidates", "take a live blog off the desk", "give a live blog", "keep a draft")
"""What is written beside the store: the desk, and the drafts."""
