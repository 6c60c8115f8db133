"""A file is replaced whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.errors import StoreError
from geo.store.atomic import LEFTOVER, replace_file, sweep


def test_the_new_bytes_take_the_place_of_the_old(tmp_path: Path) -> None:
    """The content is the chunks in order, the mode is kept, nothing stays beside it."""
    path = tmp_path / "a[1]*.json"
    path.write_bytes(b"old")
    path.chmod(0o640)
    replace_file(path, [b"new ", b"bytes"])
    assert path.read_bytes() == b"new bytes" and path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_was_not_there_is_made(tmp_path: Path) -> None:
    """There need not be an old one."""
    replace_file(tmp_path / "new.json", [b"x"])
    assert (tmp_path / "new.json").read_bytes() == b"x"


def test_what_the_chunks_raise_leaves_the_old_file(tmp_path: Path) -> None:
    """A serialiser that fails half-way costs nothing."""
    path = tmp_path / "a.json"
    path.write_bytes(b"old")

    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        replace_file(path, broken())
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_a_store_error(tmp_path: Path) -> None:
    """The message names the file and what to do."""
    with pytest.raises(StoreError, match="could not be written") as caught:
        replace_file(tmp_path / "none" / "a.json", [b"x"])
    assert "Nothing was changed" in str(caught.value)


def test_leftovers_of_this_file_are_swept_and_no_others(tmp_path: Path) -> None:
    """A killed writer's file goes; another store's and the store itself stay."""
    path = tmp_path / "a[1].json"
    path.write_bytes(b"old")
    left = tmp_path / f"a[1].json{LEFTOVER}00ff00ff"
    other = tmp_path / f"b.json{LEFTOVER}00ff00ff"
    left.touch()
    other.touch()
    assert sweep(path) == [left]
    assert sorted(tmp_path.iterdir()) == sorted([path, other])
