"""Drafts: kept over a restart, each for its own person, bounded, and harmless whatever stands in their file."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from geo.errors import StoreError
from geo.ui import edit_drafts
from geo.ui.edit_drafts import DRAFTS, Draft, Drafts
from tests.factories import event


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Where a store would be."""
    return tmp_path / "store.geojson"


def draft(by: str = "Ana", id_: str | None = "e-1", title: str = "T") -> Draft:
    """A draft of an event."""
    return Draft(by, "event", id_, {"title": title}, event(), event(), "0123")


def test_a_draft_is_there_after_a_restart(store: Path) -> None:
    """Another process finds it as it was kept."""
    at = Drafts(store).keep(draft())
    found = Drafts(store).find("Ana", "event", "e-1")
    assert found is not None
    assert (found.form, found.seen, found.original, found.at) == ({"title": "T"}, "0123", event(), at)


def test_one_record_has_one_draft(store: Path) -> None:
    """The newest; a new record's is apart from all others."""
    drafts = Drafts(store)
    for title in ("one", "two"):
        drafts.keep(draft(title=title))
    drafts.keep(draft(id_=None))
    assert [(one.id, one.form["title"]) for one in drafts.of("Ana")] == [(None, "T"), ("e-1", "two")]
    drafts.drop("Ana", "event", "e-1")
    drafts.drop("Ana", "event", "no-such")
    assert [one.id for one in drafts.of("Ana")] == [None]


def test_nobody_sees_the_drafts_of_others(store: Path) -> None:
    """Nor drops them; and on disk the file is its owner's alone."""
    drafts = Drafts(store)
    drafts.keep(draft())
    drafts.drop("Ben", "event", "e-1")
    assert drafts.of("Ben") == []
    assert drafts.find("Ben", "event", "e-1") is None
    assert len(drafts.of("Ana")) == 1
    if sys.platform != "win32":
        drafts.keep(draft(by="Ben"))
        assert stat.S_IMODE(store.with_name(store.name + DRAFTS).stat().st_mode) == 0o600


def test_the_oldest_give_way(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one person alone; others keep theirs. And the file never grows beyond its bound."""
    monkeypatch.setattr(edit_drafts, "MAX_DRAFTS", 3)
    drafts = Drafts(store)
    drafts.keep(draft(by="Ben"))
    for number in range(5):
        drafts.keep(draft(id_=f"e-{number}"))
    assert [one.id for one in drafts.of("Ana")] == ["e-4", "e-3", "e-2"]
    assert len(drafts.of("Ben")) == 1
    monkeypatch.setattr(edit_drafts, "MAX_BYTES", 5_000)
    drafts.keep(draft(id_="e-9", title="x" * 3_000))
    assert store.with_name(store.name + DRAFTS).stat().st_size <= 5_000
    assert drafts.find("Ana", "event", "e-9") is not None


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"null", b"{}", b"[1, null, {}]", b'[{"by": "Ana", "kind": "site", "at": ""}]', b"\xff\xfe", b"[" * 100_000, b'[{"by": 1}]'],
    ids=lambda body: repr(body[:20]),
)
def test_a_broken_file_holds_no_drafts_and_is_mended_by_the_next(store: Path, body: bytes) -> None:
    """It costs what it held, and nothing else."""
    store.with_name(store.name + DRAFTS).write_bytes(body)
    drafts = Drafts(store)
    assert drafts.of("Ana") == []
    drafts.keep(draft())
    assert len(drafts.of("Ana")) == 1


def test_where_nothing_may_be_written_that_is_told(tmp_path: Path) -> None:
    """With what to do; what is typed lives on in the tab."""
    with pytest.raises(StoreError, match="no such folder"):
        Drafts(tmp_path / "gone" / "store.geojson").keep(draft())


def test_a_crash_leaves_the_last_drafts_and_no_litter(store: Path) -> None:
    """What a killed writer left beside the file goes with the next draft."""
    drafts = Drafts(store)
    drafts.keep(draft())
    litter = store.with_name(f"{store.name}{DRAFTS}.dateline-new-0badcafe")
    litter.write_bytes(b"[")
    assert len(drafts.of("Ana")) == 1
    drafts.keep(draft(title="two"))
    assert not litter.exists()
    assert json.loads(store.with_name(store.name + DRAFTS).read_text(encoding="utf-8"))[0]["form"] == {"title": "two"}
