"""The rules of places that are told by another place: an offset or an area, as wide as the words leave it open."""

from __future__ import annotations

import math
from dataclasses import dataclass

from geo.ingest.gazetteer import outlines
from geo.ingest.gazetteer.entries import Entry
from geo.ingest.gazetteer.index import Gazetteer
from geo.ingest.gazetteer.outlines import Area
from geo.ingest.gazetteer.phrases import POINTS, Phrase
from geo.lengths import format_distance
from geo.model import PlacePrecision, Position

# Wider than this a circle says nothing that its country does not say.
WIDEST_KM = 500.0
_SEA_MARGIN_KM = 10.0
_COAST_M = 60_000.0
_NEAR_KM = 10.0
# Half of what roads that are named by two towns are mostly long, where one of the two is not known.
_UNKNOWN_END_KM = 40.0
# Shares of a distance by which people are off: a stated one, and one said to be rough.
_STATED, _ROUGH = 0.08, 0.12
_NAMES = {"N": "north", "E": "east", "S": "south", "W": "west"}


@dataclass(frozen=True, slots=True)
class Found:
    """An area, its precision and the rule in words. Without an area the rule says why."""

    area: Area | None
    precision: PlacePrecision | None
    rule: str


def area_of(phrase: Phrase, entries: tuple[Entry, ...], countries: tuple[str, ...], gazetteer: Gazetteer) -> Found:
    """Where a phrase places something. `entries` are those of its anchors, `countries` the ones (ISO codes) that its passage names as places."""
    if phrase.relation == "border":
        return _border(phrase, countries, gazetteer)
    if not entries:
        return Found(None, "country", f"only a country is named: {gazetteer.country_name(phrase.anchors[0].country or '')}")
    if phrase.relation in ("between", "road"):
        return _between(phrase, entries)
    entry = entries[0]
    if entry.position is None:
        return _of_country(phrase, entry)
    if phrase.relation == "part" and entry.precision == "sea":
        return _part_of_province(phrase, entry)
    if phrase.relation in ("at", "within") or entry.precision == "sea":
        return _at(phrase, entry)
    if entry.precision in ("province", "country") and phrase.relation in ("part", "direction", "outskirts"):
        return _part_of_province(phrase, entry)
    if entry.precision == "province":
        return _at(phrase, entry)
    rules = {"distance": _distance, "direction": _direction, "near": _near, "outskirts": _outskirts, "part": _outskirts, "off": _off}
    return rules[phrase.relation](phrase, entry, entry.position, entry.uncertainty_km or 0.0)


def _at(phrase: Phrase, entry: Entry) -> Found:
    assert entry.position is not None and entry.uncertainty_km is not None  # noqa: S101 - the caller has looked
    reach = entry.uncertainty_km
    if phrase.relation == "within" and phrase.distance_m is not None:
        reach += phrase.distance_m / 1_000
        return Found(Area(entry.position, reach), "near_town", f"within {format_distance(phrase.distance_m)} of {entry.name}")
    if reach > WIDEST_KM and entry.precision != "sea":
        return Found(None, entry.precision, f"{entry.name} is too wide for a point")
    return Found(
        Area(entry.position, reach), entry.precision, f"{entry.name}, as {entry.source} has it; ±{reach:g} km is how far the place itself reaches"
    )


def _distance(phrase: Phrase, entry: Entry, anchor: Position, reach_km: float) -> Found:
    assert phrase.distance_m is not None and phrase.step_m is not None  # noqa: S101 - the pattern has a number
    km = phrase.distance_m / 1_000
    error_km = max(phrase.step_m / 2_000, (_ROUGH if phrase.rough else _STATED) * km)
    said = format_distance(phrase.distance_m)
    if phrase.compass is None or phrase.compass == "C":
        rule = f"{said} from {entry.name}, in a direction that is not told: the circle around it"
        return Found(Area(anchor, km + error_km + reach_km), _by_width(km + error_km + reach_km), rule)
    sector = _sector(phrase.compass)
    across_km = km * math.sin(math.radians(sector))
    area = Area(outlines.offset(anchor, bearing(phrase.compass), phrase.distance_m), math.sqrt(across_km**2 + error_km**2 + reach_km**2))
    words = f"{said} {in_words(phrase.compass)} of {entry.name}: ±{error_km:.1f} km for the distance, ±{across_km:.1f} km for the direction"
    rule = f"{words}, ±{reach_km:g} km for {entry.name} itself"
    at_sea = km > _SEA_MARGIN_KM and not outlines.is_land(area.position)
    return Found(area, "sea" if at_sea else _by_width(area.uncertainty_km), rule)


def _direction(phrase: Phrase, entry: Entry, anchor: Position, reach_km: float) -> Found:
    if phrase.compass is None or phrase.compass == "C":
        return _near(phrase, entry, anchor, reach_km)
    far_km = told_reach_km(entry)
    rule = f"{in_words(phrase.compass)} of {entry.name}, no distance told: up to {far_km:.0f} km out, as far as people tell a place by {entry.name}"
    return Found(Area(outlines.offset(anchor, bearing(phrase.compass), 550 * far_km), 0.75 * far_km), "near_town", rule)


def _near(phrase: Phrase, entry: Entry, anchor: Position, reach_km: float) -> Found:
    return Found(Area(anchor, reach_km + _NEAR_KM), "near_town", f"near {entry.name}: {entry.name} itself and {_NEAR_KM:.0f} km around")


def _outskirts(phrase: Phrase, entry: Entry, anchor: Position, reach_km: float) -> Found:
    if entry.precision == "site":
        return _near(phrase, entry, anchor, reach_km)
    inner = phrase.relation == "part"
    precision: PlacePrecision = "town" if inner else "near_town"
    if phrase.compass is None or phrase.compass == "C":
        return Found(
            Area(anchor, reach_km if inner else 1.3 * reach_km + 3), precision, f"{'the middle' if inner else 'the outskirts'} of {entry.name}"
        )
    out_km = (0.5 if inner else 0.9) * reach_km
    what = "part" if inner else "outskirts"
    rule = f"the {in_words(phrase.compass)} {what} of {entry.name}, which reaches about {reach_km:g} km from its middle"
    return Found(Area(outlines.offset(anchor, bearing(phrase.compass), 1_000 * out_km), 0.8 * reach_km + 2), precision, rule)


def _off(phrase: Phrase, entry: Entry, anchor: Position, reach_km: float) -> Found:
    out_m = phrase.distance_m or 20_000.0
    toward = bearing(phrase.compass) if phrase.compass not in (None, "C") else outlines.seaward(anchor, max(out_m, _COAST_M))
    km = out_m / 1_000
    if toward is None:
        around = [outlines.offset(anchor, side, max(out_m, _COAST_M)) for side in (0, 90, 180, 270)]
        if all(outlines.is_land(point) for point in around):
            return Found(None, None, f"no sea lies near {entry.name}")
        return Found(Area(anchor, reach_km + 2 * km), "sea", f"off {entry.name}, which has the sea on all sides")
    # The sea lies open over about half a circle, and nobody says to which side of it.
    open_km = 26.0 if phrase.distance_m is None else 1.25 * km
    side = in_words(POINTS[round(toward / 22.5) % 16])
    said = f"{format_distance(out_m)} off" if phrase.distance_m else "off"
    rule = f"{said} {entry.name}: to the {side}, where the sea is" + (
        "" if phrase.distance_m else "; up to about 40 km out, since no distance is told"
    )
    return Found(Area(outlines.offset(anchor, toward, out_m), math.hypot(open_km + 5, reach_km)), "sea", rule)


def _between(phrase: Phrase, entries: tuple[Entry, ...]) -> Found:
    positions = [entry.position for entry in entries if entry.position is not None and entry.precision not in ("country",)]
    if len(positions) == 1 and len(entries) < len(phrase.anchors):
        known = next(entry for entry in entries if entry.position is not None)
        rule = f"on a way of which only one end is known, {known.name}: up to {_UNKNOWN_END_KM:.0f} km from there"
        return Found(Area(positions[0], _UNKNOWN_END_KM + (known.uncertainty_km or 0.0)), _by_width(_UNKNOWN_END_KM), rule)
    if len(entries) < 2 or len(positions) < 2:
        return Found(None, None, "one of the two names is no place that a line can be drawn to")
    middle, length_m = outlines.midway(positions[0], positions[1])
    km = length_m / 1_000
    if km > 2 * WIDEST_KM:
        return Found(None, None, f"{entries[0].name} and {entries[1].name} are {km:.0f} km apart: too far to say where between them")
    share = 0.45 if phrase.relation == "between" else 0.5
    reach = max(share * km, 2.0) + min(entries[0].uncertainty_km or 0, entries[1].uncertainty_km or 0) / 2
    what = "the road from" if phrase.relation == "road" else "between"
    joint = "to" if phrase.relation == "road" else "and"
    rule = f"{what} {entries[0].name} {joint} {entries[1].name}: the middle of the line, {km:.0f} km long, and nearly all of its length"
    sea = all(entry.precision == "sea" for entry in entries)
    return Found(Area(middle, reach), "sea" if sea else _by_width(reach), rule)


def _border(phrase: Phrase, countries: tuple[str, ...], gazetteer: Gazetteer) -> Found:
    pair = list(dict.fromkeys(mention.country for mention in phrase.anchors if mention.country))
    if len(pair) == 1:
        pair += [code for code in countries if code != pair[0] and outlines.border(code, pair[0]) is not None]
    names = [gazetteer.country_name(code) for code in pair]
    if len(pair) != 2:
        return Found(
            None, "country", f"the border of {names[0]}: with which neighbour is not told" if len(pair) == 1 else "more than one border may be meant"
        )
    area = outlines.border(pair[0], pair[1])
    if area is None:
        return Found(None, None, f"{names[0]} and {names[1]} share no border on the map")
    if area.uncertainty_km > WIDEST_KM:
        return Found(None, "country", f"the border between {names[0]} and {names[1]} is too long for a point")
    return Found(area, "province", f"the border between {names[0]} and {names[1]}: its middle, and all of its length")


def _of_country(phrase: Phrase, entry: Entry) -> Found:
    if phrase.relation in ("part", "direction") and phrase.compass and entry.country and entry.kind == "country":
        area = outlines.part_of_country(entry.country, phrase.compass) if phrase.relation == "part" else None
        if area is not None and area.uncertainty_km <= WIDEST_KM:
            return Found(area, "province", f"the {in_words(phrase.compass)} of {entry.name}: the circle around that half of its main part")
        return Found(None, "country", f"the {in_words(phrase.compass)} of {entry.name} is too wide for a point")
    if phrase.relation == "off":
        return Found(None, "sea", f"off {entry.name}: on which coast is not told")
    return Found(None, entry.precision, f"only {entry.name} is named: its middle would be a place that nobody told")


def _part_of_province(phrase: Phrase, entry: Entry) -> Found:
    assert entry.position is not None and entry.uncertainty_km is not None  # noqa: S101 - the caller has looked
    if phrase.compass is None or entry.box is None:
        if phrase.compass in (None, "C") or phrase.relation != "part":
            return _at(phrase, entry)
        position = outlines.offset(entry.position, bearing(phrase.compass), 400 * entry.uncertainty_km)
        return Found(Area(position, 0.75 * entry.uncertainty_km), entry.precision, f"the {in_words(phrase.compass)} of {entry.name}")
    if phrase.relation != "part":
        return Found(None, "province", f"beside {entry.name}, at a distance that is not told")
    west, south, east, north = outlines.part_of_box(entry.box, phrase.compass)
    middle = ((west + east) / 2, (south + north) / 2)
    reach = outlines.apart_km(middle, (east, north))
    return Found(Area(middle, min(reach, entry.uncertainty_km)), "province", f"the {in_words(phrase.compass)} of {entry.name}: that half of its box")


def told_reach_km(entry: Entry) -> float:
    """How far out people still say "north of X": 18 km for a village, 35 km for a town of 250,000, 110 km for a city of 7 million."""
    return 18 + 0.035 * math.sqrt(entry.population) if entry.precision == "town" else 25.0


def bearing(compass: str | None) -> float:
    """A point of the compass in degrees clockwise from north."""
    return 22.5 * POINTS.index(compass or "N")


def in_words(compass: str) -> str:
    """A point of the compass as people write it: `NE` is northeast."""
    if compass == "C":
        return "middle"
    names = [_NAMES[letter] for letter in compass]
    return names[0] if len(names) == 1 else "".join(names) if len(names) == 2 else f"{names[0]}-{names[1]}{names[2]}"


def _sector(compass: str) -> float:
    """Half of the angle that a direction leaves open, in degrees, with the few degrees by which people are off."""
    return 16.0 if len(compass) == 3 else 25.0


def _by_width(uncertainty_km: float) -> PlacePrecision:
    return "near_town" if uncertainty_km <= 60 else "province"
