"""Taking the text of a store apart and putting it together again: nothing is lost, whatever stands in it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import StoreError
from geo.store import read_document
from geo.store.document import MEMBERS, split
from geo.store.drafting import Draft
from geo.store.editing import merge, version_of
from geo.store.json_text import Style, differing_middle, rewritten, same
from geo.store.revisions import MISSING, differences, inverse, others_differ, patch_of
from tests.factories import document, encoded, event, update

NAMES = st.sampled_from(["a", "b", "é", "a/b", "x~y", ""])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
LEAVES = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8)
RECORDS = st.fixed_dictionaries({"id": st.sampled_from(["a", "b", "é", "c", 1, None])}, optional={"x": VALUES, "y": VALUES})
LAYOUTS = st.sampled_from([{}, {"indent": 2}, {"indent": "\t"}, {"separators": (",", ":")}, {"ensure_ascii": False}, {"indent": 0}])


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    members: dict[str, Any] = {"type": "FeatureCollection", "features": draw(st.lists(RECORDS, max_size=4))}
    members |= draw(st.fixed_dictionaries({}, optional={"updates": st.lists(RECORDS, max_size=3), "dateline": st.just({"schema": 1}), "zz": VALUES}))
    order = draw(st.permutations(list(members)))
    text = json.dumps({key: members[key] for key in order}, **draw(LAYOUTS))
    return (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + draw(st.sampled_from(["", "\n "])).encode() + text.encode() + b"\n"


def loaded(body: bytes) -> Any:
    return json.loads(body.decode("utf-8-sig"))


@given(bodies())
def test_every_record_is_found_where_it_stands(body: bytes) -> None:
    """Taken apart, a document gives the records and the other members that it holds."""
    found, value = split(body, "here"), loaded(body)
    for member in MEMBERS:
        assert list(found.values(member)) == value.get(member, [])
    assert found.others == {key: one for key, one in value.items() if key not in MEMBERS}
    assert found.body[found.end : found.end + 1] == b"}"


@settings(max_examples=200)
@given(bodies(), st.data())
def test_changed_records_change_and_all_else_stays(body: bytes, data: st.DataObject) -> None:
    """After changes, additions and removals the document says exactly that, the offsets are those of a new reading, and the patch leads both ways."""
    before = split(body, "here")
    draft, expected = Draft(before), loaded(body)
    for member in MEMBERS:
        expected.setdefault(member, [])
        count = len(expected[member])
        gone = data.draw(st.sets(st.integers(0, count - 1), max_size=2)) if count and data.draw(st.booleans()) else set()
        for at in range(count):
            if at in gone:
                draft.remove(member, at)
            elif data.draw(st.booleans()):
                expected[member][at] = value = data.draw(RECORDS)
                draft.change(member, at, value)
        expected[member] = [one for at, one in enumerate(expected[member]) if at not in gone]
        for number in range(data.draw(st.integers(0, 2))):
            value = data.draw(RECORDS) | {"id": f"new {number}"}
            draft.add(member, value["id"], value)
            expected[member].append(value)
    after, splices = draft.finish()
    got = loaded(after.body)
    got.setdefault("updates", [])
    assert same(got, expected)
    again = split(after.body, "here")
    for member in after.arrays:
        one, other = after.arrays[member], again.arrays[member]
        assert (one.open, one.close, one.starts, one.ends) == (other.open, other.close, other.starts, other.ends)
        if not any(isinstance(id_, int) or id_ is None for id_ in other.ids):
            assert [id_ for id_ in other.ids if str(id_).startswith("new")] == [id_ for id_ in one.ids if str(id_).startswith("new")]
    assert after.end == again.end
    patch = patch_of(before.body, splices)
    assert patch is not None
    assert _patched(before.body, patch) == after.body and _patched(after.body, inverse(patch)) == before.body


def _patched(body: bytes, patch: Any) -> bytes:
    out, at = b"", 0
    for start, old, new in patch:
        assert body[start : start + len(old.encode())] == old.encode()
        out, at = out + body[at:start] + new.encode(), start + len(old.encode())
    return out + body[at:]


@settings(max_examples=200)
@given(VALUES, VALUES, LAYOUTS)
def test_a_rewritten_text_says_what_it_should(before: Any, after: Any, layout: dict[str, Any]) -> None:
    """Whatever it said before and however it was laid out."""
    text = json.dumps(before, **layout)
    assert same(json.loads(rewritten(text, before, after, style=Style("  "), gap="\n  ")), after)
    assert rewritten(text, before, before, style=Style(), gap="") == text


def test_members_and_items_that_stay_are_kept_to_the_letter() -> None:
    """Escapes, number formats and order survive beside what changes; a new member comes last; what goes takes its comma with it."""
    text = '{"b": 1.50, "a": [1e2, {"k": "\\u0041", "n": 1}, 3], "gone": 0}'
    before = json.loads(text)
    after = {"a": [1e2, {"k": "A", "n": 2}, 3], "b": 1.5, "new": None}
    assert rewritten(text, before, after, style=Style(), gap="") == '{"b": 1.50, "a": [1e2, {"k": "\\u0041", "n": 2}, 3], "new": null}'
    assert rewritten(text, before, before | {"a": [3, 1e2]}, style=Style(), gap="") == '{"b": 1.50, "a": [3, 1e2], "gone": 0}'


INSIDE = (b",", b"1,", b'{"a": 1, "a": 2}', b"NaN", b"1e999", b"1 2", b"[" * 70 + b"]" * 70, b"1" * 5000)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"{1: 2}",
        b"[" * 100_000,
        b'{"type": "FeatureCollection"}',
        b'{"type": "FeatureCollection", "features": {}}',
        b'{"type": "FeatureCollection" "features": []}',
        b'{"type": "FeatureCollection", "features": [],}',
        b'{"type": "FeatureCollection", "features": []} x',
        b'{"type": "FeatureCollection", "features": [], "features": []}',
        b'{"type": "FeatureCollection", "dateline": {"schema": 2}, "features": []}',
        b'{"type": "FeatureCollection", "features": [], "x": ' + b"[" * 70 + b"]" * 70 + b"}",
        *(b'{"type": "FeatureCollection", "features": [' + inside + b"]}" for inside in INSIDE),
    ],
)
def test_what_the_reader_refuses_the_writer_refuses_in_the_same_words(body: bytes) -> None:
    """Both read one format."""
    with pytest.raises(StoreError) as read:
        read_document(body, where="here")
    with pytest.raises(StoreError) as taken:
        split(body, "here")
    assert str(taken.value) == str(read.value)


@given(st.text("ab", max_size=8), st.text("ab", max_size=8))
def test_the_differing_middle_is_all_that_differs(old: str, new: str) -> None:
    """What lies before and behind it is the same, and no more could be left out at the start."""
    head, old_end, new_end = differing_middle(old, new)
    assert old[:head] == new[:head] and old[old_end:] == new[new_end:]
    assert head <= old_end and head <= new_end
    assert old[head : head + 1] != new[head : head + 1] or head in (old_end, new_end)


def test_a_version_is_that_of_the_value_and_not_of_its_layout() -> None:
    """The order of members and white space do not count; the kind of a number does."""
    assert version_of({"a": 1, "b": 2}) == version_of({"b": 2, "a": 1})
    assert len({version_of(value) for value in ({"a": 1}, {"a": 1.0}, {"a": True}, {"a": "1"}, {"a": None}, {})}) == 6


def test_differences_name_the_records_and_the_rest() -> None:
    """Added, removed and changed records; other members, the order and records without an id count as the rest."""
    one = split(encoded(document([event("a"), event("b")], [update()])), "one")
    two = split(encoded(document([event("b", title="x"), event("c")], [update(heading="y")])), "two")
    assert [(change.action, change.id) for change in differences(one, two)] == [
        ("remove event", "a"), ("change event", "b"), ("add event", "c"), ("change update", "u-1"),
    ]  # fmt: skip
    assert not others_differ(one, split(encoded(document([event("a", title="x"), event("b")], [update()])), "two"))
    assert others_differ(one, split(encoded(document([event("b"), event("a")], [update()])), "two"))
    assert others_differ(one, split(encoded(document([event("a"), event("b")], [update()], x=1)), "two"))
    assert others_differ(split(encoded(document([{"id": 1}])), "one"), split(encoded(document([{"id": 1, "x": 2}])), "two"))


BASE = {
    "type": "Feature",
    "id": "e",
    "geometry": {"type": "Point", "coordinates": [1, 2]},
    "properties": {"title": "T", "note": None, "claims": [{"n": 1}, {"n": 2}], "place": {"name": "P", "note": None}},
}


def changed(**properties: Any) -> dict[str, Any]:
    return BASE | {"properties": BASE["properties"] | properties}  # type: ignore[operator]


@pytest.mark.parametrize(
    ("theirs", "mine", "expected"),
    [
        (changed(title="X"), changed(note="N"), changed(title="X", note="N")),
        (changed(title="X"), changed(title="X"), changed(title="X")),
        (changed(place={"name": "Q", "note": None}), changed(place={"name": "P", "note": "N"}), changed(place={"name": "Q", "note": "N"})),
        (changed(claims=[{"n": 1}, {"n": 2}, {"n": 3}]), changed(claims=[{"n": 2}, {"n": 4}]), changed(claims=[{"n": 2}, {"n": 3}, {"n": 4}])),
        (changed(claims=[{"n": 1}, {"n": 9}]), changed(claims=[{"n": 8}, {"n": 2}]), changed(claims=[{"n": 9}, {"n": 8}])),
        (changed(new=1), changed(other=2), changed(new=1, other=2)),
        (BASE | {"geometry": None}, changed(title="X"), changed(title="X") | {"geometry": None}),
    ],
)
def test_edits_of_different_fields_are_merged(theirs: Any, mine: Any, expected: Any) -> None:
    """Nobody is asked where nothing clashes, and it does not matter who was first but for the order of items."""
    merged = merge(BASE, theirs, mine)
    assert (merged.feature, merged.clashes) == (expected, ())
    assert merge(BASE, mine, theirs).clashes == ()


@pytest.mark.parametrize(
    ("theirs", "mine", "pointers"),
    [
        (changed(title="X"), changed(title="Y"), ["/properties/title"]),
        (changed(claims=[{"n": 1}, {"n": 9}]), changed(claims=[{"n": 1}, {"n": 8}]), ["/properties/claims"]),
        (changed(claims=[{"n": 2}, {"n": 1}]), changed(claims=[{"n": 2}, {"n": 1}, {"n": 3}]), []),
        (BASE | {"geometry": None}, BASE | {"geometry": {"type": "Point", "coordinates": [1, 3]}}, ["/geometry"]),
        (changed(place=None), changed(place={"name": "Q", "note": None}), ["/properties/place"]),
        (changed(title=1), changed(title=1.0), ["/properties/title"]),
    ],
)
def test_edits_of_one_field_clash(theirs: Any, mine: Any, pointers: list[str]) -> None:
    """Both values are told, and theirs, which is in the store, is kept."""
    merged = merge(BASE, theirs, mine)
    assert [clash.pointer for clash in merged.clashes] == pointers
    if pointers:
        assert same(merged.feature, theirs)


def test_a_field_that_one_took_out_and_the_other_changed_clashes() -> None:
    """There is no value of theirs then."""
    theirs = {key: value for key, value in BASE.items() if key != "geometry"}
    clash = merge(BASE, theirs, BASE | {"geometry": None}).clashes[0]
    assert (clash.pointer, clash.theirs, clash.mine) == ("/geometry", MISSING, None)


def test_without_a_base_all_that_differs_clashes() -> None:
    """Nobody can tell then who has changed it."""
    merged = merge(None, changed(title="X", new=1), changed(note="N"))
    assert [clash.pointer for clash in merged.clashes] == ["/properties/title", "/properties/note", "/properties/new"]


@given(st.dictionaries(NAMES, VALUES, max_size=3), st.dictionaries(NAMES, VALUES, max_size=3))
def test_a_merge_with_an_edit_that_changed_nothing_is_the_other_edit(base: dict[str, Any], other: dict[str, Any]) -> None:
    """From either side."""
    assert same(merge(base, other, base).feature, other) and same(merge(base, base, other).feature, other)
    assert merge(base, other, other).clashes == ()
