"""Chooses among namesakes: a score for each, made of reasons that can be read, and a choice only where one is clearly ahead."""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.geodesy import distance_m
from geo.ingest.gazetteer.entries import Entry
from geo.ingest.gazetteer.folding import fold, skeleton
from geo.ingest.gazetteer.index import Gazetteer, Hit
from geo.ingest.gazetteer.lexicon import HIT_BEFORE, LOCATIVE_BEFORE, PROVINCE_AFTER, PROVINCE_BEFORE, TOWN_BEFORE
from geo.ingest.gazetteer.scanning import Span
from geo.model import Position

_LEAD = 0.5
_LEAST = 0.75
_MOST = 8
_NEAR_CHARACTERS = 400
_EVERYBODY_KNOWS = 500_000
_SAME_PLACE_KM, _CUT_BY_BORDER_KM = 30.0, 8.0
_NEIGHBOUR_KM = 250.0
_QUARTER_KM, _SMALL_TOWN = 60.0, 100_000
# “The Nizami district”: a part of a town that the text names, whatever bears the name elsewhere.
_QUARTER_AFTER = re.compile(r"^\s+(?:district|neighbou?rhood|quarter|suburb)s?\b")
_SPELLING = {"own name": 0.8, "other spelling": 0.4, "sounds alike": 0.0}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that a name may mean, its score, and the reasons for it in words."""

    entry: Entry
    score: float
    reasons: tuple[str, ...]
    spelling: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else the text names: countries and provinces with where they stand in it, and places that are clear."""

    countries: tuple[tuple[int, str], ...]
    provinces: tuple[tuple[int, str, str], ...]
    given_countries: frozenset[str]
    given_positions: tuple[Position, ...]
    places: tuple[tuple[int, Position], ...]

    def with_places(self, places: Sequence[tuple[int, Position]]) -> Surroundings:
        """These, with the places that were clear at first sight."""
        return replace(self, places=tuple(places))

    def near(self, at: int) -> dict[str, float]:
        """Countries named around a character of the text, with how much that says: 1 close by, less further away."""
        weights: dict[str, float] = {}
        low = bisect.bisect_left(self.countries, (at - 4 * _NEAR_CHARACTERS, ""))
        high = bisect.bisect_right(self.countries, (at + 4 * _NEAR_CHARACTERS, "~"))
        for place, code in self.countries[low:high]:
            if place == at:  # a capital says nothing about itself
                continue
            weight = 1.0 if abs(place - at) <= _NEAR_CHARACTERS else 0.6
            weights[code] = max(weights.get(code, 0.0), weight)
        return weights


def scored(span: Span, text: str, around: Surroundings, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """The entries that `span` may mean, best first, at most eight."""
    before, after = text[max(0, span.start - 60) : span.start], text[span.end : span.end + 80]
    countries = around.near(span.start)
    wants_province = bool(PROVINCE_AFTER.search(after) or PROVINCE_BEFORE.search(before))
    others = [place for at, place in _slice(around.places, span.start) if at != span.start] + list(around.given_positions[:20])
    beside = _beside(after, gazetteer)
    quarter = _QUARTER_AFTER.match(after) is not None
    candidates: list[Candidate] = []
    for hit in [*span.hits, *(_provinces_called(span, gazetteer) if wants_province else ())]:
        parts = [(_SPELLING[hit.spelling], hit.spelling), *_standing(hit.entry, wants_province=wants_province, town=bool(TOWN_BEFORE.search(before)))]
        parts += _fits(hit.entry, countries, around, beside, span.start)
        parts += _close(hit.entry, others)
        if hit.spelling == "sounds alike" and not _may_sound(hit, parts, before, lonely=not others):
            continue
        if quarter and others and _is_elsewhere(hit, parts, others):
            continue
        score = round(sum(points for points, _ in parts), 3)
        candidates.append(Candidate(hit.entry, score, tuple(f"{reason} ({points:+.2f})" for points, reason in parts if reason), hit.spelling))
    candidates.sort(key=lambda candidate: (-candidate.score, candidate.entry.id))
    apart = _without_twins(candidates)
    known = max(apart, key=lambda candidate: candidate.entry.population, default=None)
    # The city that everybody knows stays in sight, however well the text fits others.
    return (*apart[:_MOST], *([known] if known is not None and known not in apart[:_MOST] else ()))


def _provinces_called(span: Span, gazetteer: Gazetteer) -> list[Hit]:
    """Provinces that are spelled otherwise than the town that they are named after."""
    seen = {hit.entry.id for hit in span.hits}
    alike = [hit for hit in gazetteer.sounding(skeleton(span.folded)) if hit.entry.kind == "province"]
    return [Hit(hit.entry, "other spelling") for hit in alike if hit.entry.id not in seen]


def chosen(candidates: Sequence[Candidate]) -> Candidate | None:
    """The first of `candidates` if it is likely and clearly ahead of the next; None if not."""
    if not candidates or candidates[0].score < _LEAST:
        return None
    if _is_overshadowed(candidates[0], candidates[1:]):
        return None
    ahead = len(candidates) == 1 or candidates[0].score - candidates[1].score >= _LEAD
    return candidates[0] if ahead else None


def _is_overshadowed(best: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a city that everybody knows has the same name: Paris in Texas is meant where the text says so beside the name, not by chance."""
    if best.entry.kind != "town" or any("stands beside" in reason for reason in best.reasons):
        return False
    known = max((other.entry.population for other in others if other.spelling == "own name" and other.entry.kind == "town"), default=0)
    return known >= _EVERYBODY_KNOWS and known > 20 * best.entry.population


def _standing(entry: Entry, *, wants_province: bool, town: bool) -> list[tuple[float, str]]:
    if entry.kind == "province":
        return [(2.0, "the text says that it is a province")] if wants_province else [(-0.4 if town else 1.2, "a province")]
    if entry.kind == "country":
        return [(1.5, "a country")] if wants_province else [(4.0, "a country")]
    if entry.source.startswith("Dateline"):
        return [(2.0 if not wants_province or entry.precision in ("province", "district") else 0.4, "among the curated places of conflict reporting")]
    if entry.kind in ("sea", "strait"):
        return [(1.6, "a sea")]
    if entry.kind in ("airport", "airbase"):
        return [(1.3, "an airport")]
    known = 2.2 * math.log10(entry.population + 10) / 7
    points = [(known, f"a town of {entry.population:,} people" if entry.population else "a place whose population is not known")]
    return [*points, (-1.5, "the text says that it is a province")] if wants_province else points


def _fits(entry: Entry, countries: dict[str, float], around: Surroundings, beside: set[str], at: int) -> list[tuple[float, str]]:
    if entry.country is None or entry.kind == "country":
        return []
    parts = []
    if entry.country in beside:
        parts.append((2.5, "the country or province stands beside the name"))
    elif beside:
        parts.append((-1.5, "another country or province stands beside the name"))
    if entry.country in countries:
        parts.append((1.2 * countries[entry.country], "its country is named nearby"))
    elif entry.country in around.given_countries:
        parts.append((1.0, "the blog is about its country"))
    elif countries or around.given_countries:
        parts.append((-0.4, "its country is not named nearby"))
    if entry.admin1 and entry.kind != "province":
        close = [
            place
            for place, code, admin1 in around.provinces[
                bisect.bisect_left(around.provinces, (at - _NEAR_CHARACTERS,)) : bisect.bisect_right(around.provinces, (at + _NEAR_CHARACTERS, "~"))
            ]
            if code == entry.country and admin1 == entry.admin1 and abs(place - at) < _NEAR_CHARACTERS
        ]
        if close:
            parts.append((1.0, "its province is named nearby"))
    return parts


def _close(entry: Entry, others: Sequence[Position]) -> list[tuple[float, str]]:
    position = entry.position
    if position is None or not others:
        return []
    # Degrees first: the ellipsoid is asked for the few that are close.
    rough = [place for place in others if abs(place[1] - position[1]) < 3 and min(abs(place[0] - position[0]), 360 - abs(place[0] - position[0])) < 6]
    nearest = min((distance_m(position, place) / 1_000 for place in rough[:12]), default=math.inf)
    if nearest > _NEIGHBOUR_KM:
        return []
    return [(round(0.8 * (1 - nearest / _NEIGHBOUR_KM) + 0.1, 2), f"{nearest:.0f} km from another place of the text")]


def _slice(places: Sequence[tuple[int, Position]], at: int) -> Sequence[tuple[int, Position]]:
    low = bisect.bisect_left(places, (at - 1_500, (-999.0, 0.0)))
    high = bisect.bisect_right(places, (at + 1_500, (999.0, 0.0)))
    return places[low:high][:40]


def _beside(after: str, gazetteer: Gazetteer) -> set[str]:
    """Countries that the words right after a name say it lies in: `, Iraq`, `in Idlib Province`, `in western Iraq`."""
    opener = re.match(r"^(?:['’]s)?(?:,?\s+(?:in|near)\s+|,\s*|\s*\()(?:the\s+)?(?:(?:north|south|east|west|central)\w*\s+)?", after)
    if opener is None or not opener.group().strip():
        return set()
    words = re.match(r"[A-Z][\w’'-]*(?:[ -](?:[A-Z]|al-|ez-|az )[\w’'-]*)*", after[opener.end() :])
    if words is None:
        return set()
    # “in Mozambique’s Cabo Delgado province”: the land stands before its possessive.
    parts = re.split(r"['’]s?(?:\s|$)", words.group())[0].split(" ")
    for count in range(len(parts), 0, -1):
        hits = gazetteer.named(fold(" ".join(parts[:count])))
        named = {hit.entry.country for hit in hits if hit.entry.kind in ("country", "province", "region") and hit.entry.country}
        if named:
            return {code for code in named if code}
        if hits:
            return set()
    return set()


def _is_elsewhere(hit: Hit, parts: Sequence[tuple[float, str]], others: Sequence[Position]) -> bool:
    """Whether a small town is no quarter of a place of the text: too far from all of them, and neither its province nor its country beside it."""
    entry, sure = hit.entry, hit.spelling != "sounds alike"
    if (
        entry.kind != "town"
        or (sure and entry.population >= _SMALL_TOWN)
        or any("province is named" in why or "stands beside" in why for _, why in parts)
    ):
        return False
    return entry.position is not None and all(distance_m(entry.position, place) / 1_000 > _QUARTER_KM for place in others[:12])


def _may_sound(hit: Hit, parts: Sequence[tuple[float, str]], before: str, *, lonely: bool) -> bool:
    """A name that only sounds the same needs its country in the text, words of place before it, and a neighbour if other places are known."""
    if hit.entry.kind not in ("town", "province", "port", "base", "airbase", "district", "region", "camp", "crossing"):
        return False
    reasons = [reason for points, reason in parts if points > 0]
    supported = any("named nearby" in reason or "stands beside" in reason or "is about" in reason for reason in reasons)
    if hit.entry.kind == "town" and not lonely and not any("from another place" in reason or "stands beside" in reason for reason in reasons):
        return False
    return supported and (LOCATIVE_BEFORE.search(before) is not None or HIT_BEFORE.search(before) is not None)


def _without_twins(candidates: Sequence[Candidate]) -> list[Candidate]:
    """One of each place: a town stands in two sources, and in its province of the same name."""
    kept: list[Candidate] = []
    for candidate in candidates:
        if not any(_is_twin(candidate.entry, other.entry) for other in kept):
            kept.append(candidate)
    return kept


def _is_twin(entry: Entry, better: Entry) -> bool:
    if entry.position is None or better.position is None:
        return False
    # A degree of latitude is 110 km: most are too far apart to be measured.
    north_km = 110 * abs(entry.position[1] - better.position[1])
    if entry.country != better.country:  # a town that a border has cut in two, such as Rafah
        return (
            entry.kind == better.kind and north_km <= _CUT_BY_BORDER_KM and distance_m(entry.position, better.position) / 1_000 <= _CUT_BY_BORDER_KM
        )
    if {entry.kind, better.kind} == {"province", "town"} and entry.admin1 == better.admin1:
        return True
    reach_km = max(_SAME_PLACE_KM, entry.uncertainty_km or 0, better.uncertainty_km or 0)
    return north_km <= reach_km and distance_m(entry.position, better.position) / 1_000 <= reach_km
