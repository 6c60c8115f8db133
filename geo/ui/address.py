"""The view in the address bar, and back (docs/protocol.md)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from urllib.parse import urlencode

from geo.errors import InvalidInput
from geo.filters import from_query, to_query, window_to_query
from geo.rings import MAX_RINGS, RingRequest
from geo.ui.state import MapPosition, View

_MAX_ID = 1_000


def read_view(query: Mapping[str, Sequence[str]], *, bases: Collection[str]) -> View:
    """The view that an address asks for.

    `query` maps each parameter to its values; `bases` names the base maps that there are. What cannot be read is left out and named in `faults`.
    """
    wanted, faults = from_query(query)
    rings = _rings(query.get("ring", ()), faults)
    base = _one(query, "base") or "offline"
    if base not in bases:
        faults.append(f"base={base[:40]}: there is no such base map")
        base = "offline"
    mode = _one(query, "mode") or "window"
    if mode not in ("window", "cumulative"):
        faults.append(f"mode={mode[:40]}: use window or cumulative")
    edit = (_one(query, "edit") or "")[:_MAX_ID] or None
    return View(
        wanted=wanted,
        tab="events" if edit is None else "edit",
        edit=edit,
        mode="cumulative" if mode == "cumulative" else "window",
        event=(_one(query, "event") or "")[:_MAX_ID] or None,
        rings=rings,
        store_rings=_one(query, "rings") != "off",
        map=_position(_one(query, "map"), faults),
        base=base,
        version=1,
        faults=tuple(faults),
    )


def python_query(view: View) -> str:
    """The part of the address that Python owns. The browser adds the window, the mode, the map's position and the base map."""
    return urlencode(_python_pairs(view))


def full_query(view: View) -> str:
    """The whole address after the question mark, as far as Python knows it."""
    pairs = window_to_query(view.wanted.start, view.wanted.after)
    if view.mode != "window":
        pairs.append(("mode", view.mode))
    pairs += _python_pairs(view)
    if view.map is not None:
        pairs.append(("map", f"{view.map.zoom:.2f}/{view.map.lat:.4f}/{view.map.lon:.4f}"))
    if view.base != "offline":
        pairs.append(("base", view.base))
    return urlencode(pairs, safe="/,:")


def _python_pairs(view: View) -> list[tuple[str, str]]:
    pairs = to_query(view.wanted)
    if view.event is not None:
        pairs.append(("event", view.event))
    if view.edit is not None:
        pairs.append(("edit", view.edit))
    if not view.store_rings:
        pairs.append(("rings", "off"))
    return pairs + [("ring", str(ring)) for ring in view.rings]


def _one(query: Mapping[str, Sequence[str]], name: str) -> str | None:
    return next(iter(query.get(name, ())), None)


def _rings(texts: Sequence[str], faults: list[str]) -> tuple[RingRequest, ...]:
    rings = []
    for text in texts[:MAX_RINGS]:
        try:
            rings.append(RingRequest.parse(text))
        except InvalidInput as error:
            faults.append(f"ring={text[:60]}: {error.problems[0].message}")
    if len(texts) > MAX_RINGS:
        faults.append(f"ring: {len(texts) - MAX_RINGS} more than the {MAX_RINGS} that can be drawn")
    return tuple(dict.fromkeys(rings))


def _position(text: str | None, faults: list[str]) -> MapPosition | None:
    if text is None:
        return None
    try:
        zoom, lat, lon = (float(part) for part in text.split("/"))
    except ValueError:
        zoom = lat = lon = float("nan")
    # A comparison with NaN is false.
    if 0 <= zoom <= 22 and -90 <= lat <= 90 and -540 <= lon <= 540:
        return MapPosition(zoom, lon, lat)
    faults.append(f"map={text[:40]}: give zoom/latitude/longitude")
    return None
