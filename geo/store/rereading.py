"""Reading a store again after a small change, at the cost of the change instead of that of the store."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geo.errors import InvalidInput, StoreError
from geo.geojson import read_feature
from geo.model import Event, Site
from geo.store.document import Document, Items, places_of, split
from geo.store.geojson_file import broken_references, is_retracted, odd_retraction, time_order
from geo.store.snapshot import Snapshot

_PIECE = 64 * 1024
_HEAD, _NEIGHBOUR, _FOOT = b'{"type": "FeatureCollection", "features": [', b"{}", b"]}"


@dataclass(frozen=True)
class Reading:
    """A snapshot, the bytes that it was read from, and where the records lie in them, once that has been asked."""

    snapshot: Snapshot
    body: bytes
    document: Document | None = None


def reread(known: Reading, body: bytes, where: str) -> Reading | None:
    """The reading of `body`, if it differs from what is known only in some features, and neither has a fault; else None.

    What comes of it is what `read_document` gives. None is no error: the store is then to be read as a whole, which also says what is wrong.
    """
    if known.snapshot.problems or known.snapshot.fault is not None:
        return None
    try:
        document = known.document or split(known.body, where)
        changed = _changed(document, body)
        if changed is None:
            return None
        first, after, values, new = changed
        features = [read_feature(value, "") for value in values]
        snapshot = _snapshot(known.snapshot, document, new, range(first, after), features)
    except (ValueError, IndexError, RecursionError, InvalidInput, StoreError):
        return None
    return None if snapshot is None else Reading(snapshot, body, new)


def _changed(document: Document, body: bytes) -> tuple[int, int, list[Any], Document] | None:
    """Which features, from one number to before another, are other values in `body`, these values, and the document that it is."""
    head, tail = _shared(document.body, body)
    items, grown = document.arrays["features"], len(body) - len(document.body)
    end = len(document.body) - tail
    if not items.open <= head <= end <= items.close:
        return None
    # A record that the difference touches may go on in it: only what lies clear of it has stayed.
    first, after = bisect_left(items.ends, head), bisect_right(items.starts, end)
    has_left, has_right = first > 0, after < len(items.starts)
    start = items.ends[first - 1] if has_left else items.open
    stop = (items.starts[after] if has_right else items.close) + grown
    # The neighbours stand for all that has stayed, so that the commas between are seen to be right.
    left, right = _NEIGHBOUR * has_left, _NEIGHBOUR * has_right
    found = split(_HEAD + left + body[start:stop] + right + _FOOT, document.where)
    inner = slice(int(has_left), len(found.arrays["features"].ids) - int(has_right))
    values = list(found.values("features"))[inner]
    by = start - len(_HEAD) - len(left)
    new = found.arrays["features"]
    merged = Items(
        items.open,
        items.close + grown,
        [*items.starts[:first], *(at + by for at in new.starts[inner]), *(at + grown for at in items.starts[after:])],
        [*items.ends[:first], *(at + by for at in new.ends[inner]), *(at + grown for at in items.ends[after:])],
        [*items.ids[:first], *new.ids[inner], *items.ids[after:]],
    )
    arrays = {member: _moved(one, grown) if one.open > items.open else one for member, one in document.arrays.items()} | {"features": merged}
    index = document.index | {"features": places_of(merged.ids)}
    return first, after, values, Document(body, arrays, index, document.others, document.end + grown, document.where)


def _moved(items: Items, by: int) -> Items:
    starts, ends = ([at + by for at in places] for places in (items.starts, items.ends))
    return Items(items.open + by, items.close + by, starts, ends, items.ids)


def _snapshot(known: Snapshot, before: Document, after: Document, changed: range, features: Sequence[Event | Site]) -> Snapshot | None:
    """The known snapshot with other features in the place of those that have changed; None if there is anything to doubt about them."""
    ids = [feature.id for feature in features]
    if any(len(after.index["features"][id_]) > 1 for id_ in ids):
        return None
    for feature in features:
        if any(broken_references(feature, "", known.updates)) or any(odd_retraction(feature, "")):
            return None
    gone = {before.arrays["features"].ids[at] for at in changed}
    events = [event for event in (*known.events, *known.retracted) if event.id not in gone]
    events = sorted([*events, *(feature for feature in features if isinstance(feature, Event))], key=time_order)
    sites = {site.id: site for site in (*known.sites, *(feature for feature in features if isinstance(feature, Site)))}
    digest = hashlib.sha256(after.body).hexdigest()
    return replace(
        known,
        revision=digest[:16],
        sha256=digest,
        events=tuple(event for event in events if not is_retracted(event.feature)),
        retracted=tuple(event for event in events if is_retracted(event.feature)),
        sites=tuple(sites[id_] for id_ in after.arrays["features"].ids if id_ in sites and (id_ not in gone or id_ in ids)),
    )


def _shared(old: bytes, new: bytes) -> tuple[int, int]:
    """How many bytes are the same at the start of both, and at the end of what is left."""
    most = min(len(old), len(new))
    head = _run(most, lambda at, count: old[at : at + count] == new[at : at + count])
    ends = len(old), len(new)
    tail = _run(most - head, lambda at, count: old[ends[0] - at - count : ends[0] - at] == new[ends[1] - at - count : ends[1] - at])
    return head, tail


def _run(most: int, is_same: Callable[[int, int], bool]) -> int:
    """How far it is the same, asked of pieces that become shorter where it is not."""
    at, piece = 0, _PIECE
    while at < most and piece:
        count = min(piece, most - at)
        if is_same(at, count):
            at += count
        else:
            piece = count // 2
    return at
