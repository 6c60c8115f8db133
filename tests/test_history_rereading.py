"""A store that is read again after a small change is what it would be if it were read as a whole."""

from __future__ import annotations

import dataclasses
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import StoreError
from geo.store import GeoJSONFileStore, Snapshot, read_document
from geo.store import geojson_file as module
from geo.store.document import split
from geo.store.editing import AddEvent, Editor, RetractEvent, StoreWriter, version_of
from geo.store.rereading import Reading, _shared, reread
from tests.factories import JSON, document, event, site, update

RETRACTION = {"at": "2026-01-01T00:00:00Z", "by": "Ana", "why": "no"}
FEATURES = st.one_of(
    st.builds(lambda n, day: event(f"e-{n}", start=f"2021-02-{day:02}"), st.integers(0, 5), st.integers(1, 28)),
    st.builds(lambda n: event(f"e-{n}", title="Ünïcode", retracted=RETRACTION), st.integers(0, 5)),
    st.builds(lambda n: site(f"s-{n}"), st.integers(0, 2)),
)
FAULTY = st.sampled_from([event("x", kind=7), event("x", updates=["none"]), event("x", retracted=True), 7, "text", {}, event("e-1")])
LAYOUTS: list[dict[str, Any]] = [{}, {"indent": 2}, {"separators": (",", ":")}, {"ensure_ascii": False}]


def fields(held: Snapshot) -> dict[str, Any]:
    told = {field.name: getattr(held, field.name) for field in dataclasses.fields(held)}
    return told | {"features": [one.feature for one in (*held.events, *held.retracted, *held.sites)], "fault": str(held.fault)}


def unique(features: list[JSON]) -> list[JSON]:
    return list({one["id"]: one for one in features}.values())


@settings(max_examples=300)
@given(st.lists(FEATURES, max_size=6).map(unique), st.data())
def test_every_change_of_features_gives_what_a_whole_reading_gives(features: list[JSON], data: st.DataObject) -> None:
    """Whether features were changed, added, taken out or put elsewhere; with faults, the whole is read."""
    layout = data.draw(st.sampled_from(LAYOUTS))
    members = document(features, [update()])
    if data.draw(st.booleans()):
        members = {key: members[key] for key in ("type", "features", "updates", "dateline")}
    known = Reading(read_document(json.dumps(members, **layout).encode(), where="here"), json.dumps(members, **layout).encode())
    for _ in range(2):
        changed = list(members["features"])
        for _ in range(data.draw(st.integers(1, 2))):
            at = data.draw(st.integers(0, len(changed)))
            count = data.draw(st.integers(0, 2))
            changed[at : at + count] = data.draw(st.lists(st.one_of(FEATURES, FEATURES, FAULTY), max_size=2))
        members = members | {"features": changed}
        body = json.dumps(members, **layout).encode()
        whole, again = read_document(body, where="here"), reread(known, body, "here")
        if again is None:
            again = Reading(whole, body)
        assert fields(again.snapshot) == fields(whole)
        if again.document is not None:
            fresh = split(body, "here")
            assert (again.document.arrays, again.document.index, again.document.end) == (fresh.arrays, fresh.index, fresh.end)
        known = again


@pytest.mark.parametrize("seed", range(4))
def test_any_change_of_bytes_gives_what_a_whole_reading_gives(seed: int) -> None:
    """What cannot be read is not made up, wherever a byte was lost, put in or changed."""
    chance = random.Random(seed)
    members = document([event("e-1"), event("e-2"), site("s-1")], [update()])
    body = json.dumps(members, **LAYOUTS[seed]).encode()
    known = Reading(read_document(body, where="here"), body)
    for _ in range(400):
        at = chance.randrange(len(body))
        put = chance.choice([b"", b",", b"}", b"]", b"{}", b" ", b"1", b'"', b"[", b"\xff", b"0,", b",{}", b"null"])
        changed = body[:at] + put + body[at + chance.randrange(3) :]
        again = reread(known, changed, "here")
        try:
            whole = read_document(changed, where="here")
        except StoreError:
            assert again is None
        else:
            assert again is None or fields(again.snapshot) == fields(whole)


@given(st.binary(max_size=12), st.binary(max_size=12), st.binary(max_size=12))
def test_what_is_shared_is_all_that_is_shared(head: bytes, one: bytes, other: bytes) -> None:
    """At the start, and then at the end of what is left."""
    for old, new in ((head + one, head + other), (one + head, other + head), (head + one + head, head + other + head)):
        start, end = _shared(old, new)
        assert old[:start] == new[:start] and start + end <= min(len(old), len(new))
        assert old[len(old) - end :] == new[len(new) - end :]
        assert start == min(len(old), len(new)) or old[start] != new[start]
        if start + end < min(len(old), len(new)):
            assert old[len(old) - end - 1] != new[len(new) - end - 1]


@pytest.mark.parametrize("piece", [1, 3, 64])
def test_what_is_shared_is_found_piece_by_piece(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the pieces are."""
    monkeypatch.setattr("geo.store.rereading._PIECE", piece)
    for old, new in ((b"a" * 100 + b"x" + b"b" * 99, b"a" * 100 + b"yz" + b"b" * 99), (b"a" * 9, b"a" * 7), (b"", b"a"), (b"ab", b"cb")):
        start, end = _shared(old, new)
        assert (start, end) == {200: (100, 99), 9: (7, 0), 0: (0, 0), 2: (0, 1)}[len(old)]


def test_an_edit_is_read_without_reading_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a writer has written, the reader of the same file sees at the cost of the change."""
    path = tmp_path / "store.geojson"
    path.write_text(json.dumps(document([event(f"e-{number}") for number in range(5)]), indent=2))
    store, writer = GeoJSONFileStore(path), StoreWriter(path)
    kept = store.snapshot().event("e-3")
    monkeypatch.setattr(module, "read_document", lambda *_, **__: pytest.fail("the whole store was read again"))
    for change in (RetractEvent("e-1", "no", version_of(event("e-1"))), AddEvent(event("new"))):
        written = writer.apply([change], by=Editor("Ana"), why="a test")
        assert store.snapshot().revision == written.revision
    held = store.snapshot()
    assert [one.id for one in held.events] == ["e-0", "e-2", "e-3", "e-4", "new"] and [one.id for one in held.retracted] == ["e-1"]
    assert held.event("e-3") is kept
