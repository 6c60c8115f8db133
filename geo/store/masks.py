"""What every engine does with the rows that a filter lets through: counts them, and takes a page of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.store.base import Tally

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def tally_of(rows: NDArray[np.bool_], placed: NDArray[np.bool_]) -> Tally:
    """How many rows there are, and how many of them are not on the map. Both masks have a bit a row of the collection."""
    return Tally(int(rows.sum()), int((rows & ~placed).sum()))


def page_of(rows: NDArray[np.bool_], placed: NDArray[np.bool_], *, first: int, most: int, newest_first: bool, unplaced: bool) -> list[int]:
    """Row numbers, at most `most` from the `first` on, in the order of time or against it; with `unplaced`, of what is not on the map alone."""
    found = (rows & ~placed if unplaced else rows).nonzero()[0]
    ordered = found[::-1] if newest_first else found
    numbers: list[int] = ordered[first : first + most].tolist()
    return numbers
