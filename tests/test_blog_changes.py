"""A blog that has grown tells what is new, what changed and what is gone."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.ingest.blog.changes import changes
from geo.ingest.blog.updates import Blog, read_updates

OLD = (
    "UPDATE, MARCH 3:\n\nThree rockets fell on the airfield, an officer says.\n\nOne man was hurt.\n\n"
    "UPDATE, 0730 GMT:\n\nA convoy left the town.\n\nORIGINAL ENTRY, MARCH 1: Shells fell.\n"
)


def read(text: str, published: str = "2021-03-04") -> Blog:
    return read_updates(text, published=date.fromisoformat(published))


def test_the_same_blog_has_no_changes() -> None:
    """Read twice, a blog tells nothing; blanks do not count."""
    assert not changes(read(OLD), read(OLD))
    assert not changes(read(OLD), read(OLD.replace("\n\n", "\n\n\n").replace("left the", "left  the")))


def test_a_grown_blog_tells_only_what_is_new() -> None:
    """Updates put on top are new; all others stay what they were."""
    found = changes(read(OLD), read(f"UPDATE, MARCH 4:\n\nCalm.\n\nUPDATE, 0910 GMT:\n\nMore shells.\n\n{OLD}"))
    assert [update.heading for update in found.new] == ["UPDATE, MARCH 4", "UPDATE, 0910 GMT"]
    assert not found.changed and not found.gone


def test_a_changed_text_is_told_with_both_wordings() -> None:
    """An update whose words changed keeps its earlier wording beside the new one."""
    found = changes(read(OLD), read(OLD.replace("One man was hurt", "Two men were hurt")))
    assert not found.new and not found.gone
    (changed,) = found.changed
    assert changed.before.text.endswith("One man was hurt.") and changed.after.text.endswith("Two men were hurt.") and changed.reworded


def test_an_edited_heading_is_a_change_and_no_new_update() -> None:
    """The same words under another heading are the same update, whose moment changed."""
    found = changes(read(OLD), read(OLD.replace("0730 GMT", "0745 GMT")))
    assert not found.new and not found.gone
    (changed,) = found.changed
    assert str(changed.before.moment) == "2021-03-01T07:30Z" and str(changed.after.moment) == "2021-03-01T07:45Z" and not changed.reworded


def test_an_update_that_is_taken_away_is_gone() -> None:
    """A withdrawn update is told as gone."""
    found = changes(read(OLD), read(OLD.replace("UPDATE, 0730 GMT:\n\nA convoy left the town.\n\n", "")))
    assert [update.heading for update in found.gone] == ["UPDATE, 0730 GMT"] and not found.new and not found.changed


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=2, max_size=8), st.data())
def test_growing_at_the_top_never_renames_what_was_there(days: list[int], data: st.DataObject) -> None:
    """However many updates of a day there are, those read before keep their ids when others come on top, and only these are new."""
    ordered = sorted(days, reverse=True)
    entries = [f"MARCH {day + 1}: Report {index} of the day." for index, day in enumerate(ordered)]
    cut = data.draw(st.integers(0, len(entries) - 2))
    before, after = read("\n".join(entries[cut:])), read("\n".join(entries))
    assert len(after.updates) == len(entries) and len({update.id for update in after.updates}) == len(entries)
    found = changes(before, after)
    assert [update.text for update in found.new] == [entry.split(": ", 1)[1] for entry in entries[:cut]]
    assert not found.changed and not found.gone
