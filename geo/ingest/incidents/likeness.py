"""How well two kinds may be words for one incident: a strike and an explosion, a raid and a clash."""

from __future__ import annotations

_FAMILIES = {
    "air_strike": {"air_strike", "drone_strike", "rocket_attack", "shelling", "explosion", "assassination", "armed_clash", "ship_attack"},
    "drone_strike": {"drone_strike", "air_strike", "explosion", "assassination", "rocket_attack", "ship_attack"},
    "rocket_attack": {"rocket_attack", "shelling", "air_strike", "explosion", "drone_strike", "ship_attack"},
    "shelling": {"shelling", "rocket_attack", "air_strike", "explosion", "armed_clash"},
    "explosion": {"explosion", "ship_attack", "rocket_attack", "drone_strike", "air_strike", "shelling", "assassination"},
    "ship_attack": {"ship_attack", "explosion", "drone_strike", "rocket_attack", "air_strike"},
    "ship_seizure": {"ship_seizure", "raid"},
    "chemical_attack": {"chemical_attack"},
    "shoot_down": {"shoot_down"},
    "armed_clash": {"armed_clash", "raid", "shelling", "air_strike"},
    "raid": {"raid", "armed_clash", "ship_seizure"},
    "assassination": {"assassination", "explosion", "drone_strike", "air_strike", "armed_clash"},
    "other": {"other"},
}  # fmt: skip


def likeness(one: str | None, other: str | None) -> float:
    """How well two kinds may be words for one incident: 1 the same, 0.5 told in wider or other words, 0 not."""
    if one is None or other is None:
        return 0.5
    if one == other:
        return 1.0
    return 0.5 if other in _FAMILIES.get(one, ()) or one in _FAMILIES.get(other, ()) else 0.0
