"""A document that is put together is the one that its bytes would be read as."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import StoreError
from geo.store.assembling import assembled, document_chunks
from geo.store.document import split
from geo.store.editing import Editor, StoreWriter
from geo.store.revisions import body_after, differences

ABOUT: dict[str, Any] = {"type": "FeatureCollection", "dateline": {"schema": 1, "title": "Bū Kamāl"}}
ANA = Editor("Ana", "editor")

texts = st.text(st.characters(exclude_categories=[]), max_size=6) | st.sampled_from(["\ud800", "{[", "]}", '"', "\\", "é", "\n"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
ids = st.sampled_from(["a", "b", "é", "\ud800", ""]) | st.none() | st.integers(0, 2)
records = st.lists(
    st.builds(
        lambda id_, rest, sort: {"id": id_, **({"properties": {"record": sort}} if sort else {}), **rest},
        ids,
        st.dictionaries(texts.filter(lambda name: name not in ("id", "properties")), values, max_size=2),
        st.sampled_from(["event", "site", "else", ""]),
    ),
    max_size=4,
)


@settings(max_examples=150, deadline=None)
@given(records, records)
def test_it_is_what_reading_its_bytes_finds(updates: list[dict[str, Any]], features: list[dict[str, Any]]) -> None:
    """Bytes, places, ids and changes are those that reading the document again finds, whatever texts and ids the records have."""
    made = assembled(ABOUT, updates, features, where="here")
    body = b"".join(document_chunks(ABOUT, updates, features))
    assert made.document.body == body
    read = split(body, "here")
    assert made.document == read
    assert list(made.document.index["features"]) == list(read.index["features"])
    assert made.changes == differences(None, read)


@pytest.mark.parametrize("member", ["updates", "features"])
def test_what_is_nested_too_deeply_is_refused(member: str) -> None:
    """A record of more levels than are read is refused as reading refuses it, and one of just so many goes in."""

    def nested(levels: int) -> dict[str, Any]:
        value: Any = []
        for _ in range(levels):
            value = [value]
        return {"id": "a", "value": value}

    def made(levels: int) -> Any:
        both: dict[str, list[dict[str, Any]]] = {"updates": [], "features": [], member: [nested(levels)]}
        return assembled(ABOUT, both["updates"], both["features"], where="here")

    most = max(levels for levels in range(70) if _is_read(nested(levels), member))
    assert made(most).document.body
    with pytest.raises(StoreError) as error:
        made(most + 1)
    assert "too deep" in error.value.what and error.value.where == "here"


def _is_read(record: dict[str, Any], member: str) -> bool:
    both: dict[str, list[dict[str, Any]]] = {"updates": [], "features": [], member: [record]}
    try:
        split(b"".join(document_chunks(ABOUT, both["updates"], both["features"])), "here")
    except StoreError:
        return False
    return True


def test_other_members_are_judged() -> None:
    """What would be no store that can be read is refused."""
    with pytest.raises(StoreError):
        assembled({"type": "FeatureCollection", "dateline": {"schema": 99}}, [], [], where="here")


def test_a_store_made_of_it_has_its_history(tmp_path: Path) -> None:
    """The store that is made has the bytes, and its history leads to them and tells every record that came."""
    path = tmp_path / "events.geojson"
    made = assembled(ABOUT, [{"id": "u"}], [{"id": "e", "properties": {"record": "event"}}], where=str(path))
    writer = StoreWriter(path)
    written = writer.create({}, by=ANA, why="A test.", body=made)
    entries, problems = writer.history.entries()
    assert not problems
    assert path.read_bytes() == made.document.body == body_after(entries, written.entry or 0)
    assert [(one.member, one.id, one.action, one.after) for one in entries[-1].changes] == [
        ("features", "e", "add event", {"id": "e", "properties": {"record": "event"}}),
        ("updates", "u", "add update", {"id": "u"}),
    ]
    assert set(written.versions) == {"e", "u"} and all(written.versions.values())
