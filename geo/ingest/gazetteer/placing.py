"""Says where a passage places what it tells: the phrase, the entry, the rule in words, the position and how far off it may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.ingest.gazetteer.entries import Entry
from geo.ingest.gazetteer.folding import fold
from geo.ingest.gazetteer.index import Gazetteer
from geo.ingest.gazetteer.mentions import Candidate, Context, Mention, place_mentions
from geo.ingest.gazetteer.outlines import Area, apart_km
from geo.ingest.gazetteer.phrases import Phrase, phrases
from geo.ingest.gazetteer.relative import Found, area_of
from geo.model import PlacePrecision, Position


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a passage places something, or why not.

    `phrase` is the text's own words, characters `start` to `end`. `position` (longitude, latitude in degrees) and `uncertainty_km` are None where
    the text does not say enough: then `precision` may still be `country`, and `candidates` are what it may mean. `rule` says in words how the
    position follows. `entries` are the entries of the gazetteer that it rests on; `agrees` are phrases of the passage that say the same.
    """

    name: str
    phrase: str
    start: int
    end: int
    rule: str
    position: Position | None
    precision: PlacePrecision | None
    uncertainty_km: float | None
    country: str | None
    entries: tuple[Entry, ...]
    candidates: tuple[Candidate, ...]
    agrees: tuple[str, ...] = ()

    @property
    def entry(self) -> Entry | None:
        """The first entry that it rests on."""
        return self.entries[0] if self.entries else None


def locate(
    text: str,
    *,
    gazetteer: Gazetteer,
    context: Context | None = None,
    mentions: Sequence[Mention] | None = None,
    start: int = 0,
    end: int | None = None,
) -> Placement:
    """The one place that the passage from `start` to `end` of `text` names, or an unplaced Placement with its candidates.

    `mentions` are those of the whole text, if they are at hand: names are told apart better in it than in a single sentence.
    """
    found = placements(text, gazetteer=gazetteer, context=context, mentions=mentions, start=start, end=end)
    return _best(_explained(found, text), text, start, len(text) if end is None else end)


def placements(
    text: str,
    *,
    gazetteer: Gazetteer,
    context: Context | None = None,
    mentions: Sequence[Mention] | None = None,
    start: int = 0,
    end: int | None = None,
) -> list[Placement]:
    """Every phrase of place from `start` to `end` of `text`, in order, each placed by itself."""
    known = place_mentions(text, gazetteer=gazetteer, context=context) if mentions is None else mentions
    stop = len(text) if end is None else end
    inside = [mention for mention in known if start <= mention.start and mention.end <= stop]
    countries = tuple(dict.fromkeys(mention.country for mention in inside if mention.country and mention.role == "place"))
    return [_placed(text, phrase, countries, gazetteer) for phrase in phrases(text, inside)]


def _placed(text: str, phrase: Phrase, countries: tuple[str, ...], gazetteer: Gazetteer) -> Placement:
    words = text[phrase.start : phrase.end]
    undecided = next((mention for mention in phrase.anchors if mention.chosen is None and mention.candidates), None)
    entries = tuple(mention.chosen.entry for mention in phrase.anchors if mention.chosen is not None)
    country = phrase.anchors[0].country
    if undecided is not None:
        names = "; ".join(_label(candidate, gazetteer) for candidate in undecided.candidates[:4])
        rule = f"“{undecided.text}” may be more than one place, and nothing in the text says which: {names}"
        return Placement(words, words, phrase.start, phrase.end, rule, None, None, None, None, (), undecided.candidates)
    spoken = tuple(_as_said(mention, mention.chosen.entry) for mention in phrase.anchors if mention.chosen is not None)
    found: Found = area_of(phrase, spoken, countries, gazetteer)
    area: Area | None = found.area
    candidates = tuple(candidate for mention in phrase.anchors for candidate in mention.candidates)
    return Placement(
        name=words,
        phrase=words,
        start=phrase.start,
        end=phrase.end,
        rule=found.rule,
        position=(round(area.position[0], 5), round(area.position[1], 5)) if area else None,
        precision=found.precision,
        uncertainty_km=_rounded(area.uncertainty_km) if area else None,
        country=None if phrase.relation == "border" and len(phrase.anchors) > 1 else country,
        entries=entries,
        candidates=candidates,
    )


def _as_said(mention: Mention, entry: Entry) -> Entry:
    """The entry by the name that the text gives it, with its own beside it if that is another."""
    return entry if fold(mention.text) == fold(entry.name) else replace(entry, name=f"{mention.text} ({entry.name})")


def _best(found: Sequence[Placement], text: str, start: int, end: int) -> Placement:
    """The finest placement, if all others lie around it or in the same place; else none, with all of their candidates."""
    placed = sorted((one for one in found if one.position is not None), key=lambda one: (one.uncertainty_km or 0.0, one.start))
    open_ones = [one for one in found if one.position is None and one.precision is None]
    if not placed:
        if len(open_ones) == 1:
            return open_ones[0]
        if open_ones:
            return _unplaced(text, start, end, "more than one name, and none of them can be told", open_ones)
        wide = [one for one in found if one.precision is not None]
        countries = {one.country for one in wide}
        if len(countries) == 1:
            return wide[0]
        why = "no place is named" if not wide else "more than one country is named, and no place in them"
        return _unplaced(text, start, end, why, wide)
    first = placed[0]
    rivals = [one for one in placed[1:] if not _holds(one, first)] + [one for one in open_ones if not _may_hold(one, first)]
    if rivals:
        names = ", ".join(dict.fromkeys(f"“{one.phrase}”" for one in (first, *rivals)))
        return _unplaced(text, start, end, f"the passage names places apart from each other: {names}", (first, *rivals))
    return replace(first, agrees=tuple(dict.fromkeys(one.phrase for one in found if one.precision is not None and one.phrase != first.phrase)))


# “Mugunga, on the western edge of Goma”, “Koza, in the Far North”: the second says where the first is.
_VILLAGE, _SAME_LAND_KM, _ANOTHER_KM = 20_000, 60.0, 100.0
_IN_A_LAND = re.compile(r"^,?\s+in\s+(?:the\s+)?$")
_EXPLAINS = re.compile(
    r"^,?\s+(?:in|on|at|near|just|some|about|(?:an?|the)\s+(?:[\w’'-]+\s+){0,4}?)?(?:\s*(?:in|on|at|near|just|about|the))*\s*$", re.I
)


def _explained(found: list[Placement], text: str) -> list[Placement]:
    """The phrases without the names that the next one explains and none of whose meanings lies there: a place that the gazetteer does not have."""
    kept: list[Placement] = []
    for index, one in enumerate(found):
        before = found[index - 1] if index else None
        if before is not None and _IN_A_LAND.match(text[before.end : one.start]) and _neighbours(before, one):
            continue  # “near Rafah in Gaza”: the land that the place is in, though a town is called so too
        following = found[index + 1] if index + 1 < len(found) else None
        if following is None or following.position is None or not _EXPLAINS.match(text[one.end : following.start]):
            kept.append(one)
        elif (one.position is None and one.precision is None and not _may_hold(one, following)) or (
            (_is_village(one) or _by_another_name(one, far_from=following)) and not _holds(following, one)
        ):
            found[index + 1] = replace(following, name=text[one.start : following.end], candidates=(*following.candidates, *one.candidates))
        else:
            kept.append(one)
    return kept


def _neighbours(one: Placement, other: Placement) -> bool:
    if one.position is None or other.position is None or one.country != other.country:
        return False
    return apart_km(one.position, other.position) <= _SAME_LAND_KM


def _is_village(one: Placement) -> bool:
    return len(one.entries) == 1 and one.entries[0].kind == "town" and one.entries[0].population < _VILLAGE


def _by_another_name(one: Placement, *, far_from: Placement) -> bool:
    """Whether the text writes a place otherwise than the gazetteer does, far from where it says that it lies: then it is another one."""
    if len(one.entries) != 1 or one.entries[0].kind != "town" or one.position is None or far_from.position is None:
        return False
    return fold(one.entries[0].name) not in fold(one.phrase) and apart_km(one.position, far_from.position) > _ANOTHER_KM


def _holds(wider: Placement, finer: Placement) -> bool:
    """Whether the finer placement may lie in the wider one."""
    if wider.position is None or finer.position is None:
        return True
    apart = apart_km(wider.position, finer.position)
    return apart <= (wider.uncertainty_km or 0.0) + (finer.uncertainty_km or 0.0)


def _may_hold(untold: Placement, finer: Placement) -> bool:
    """Whether a name that is not told apart may be around the finer placement, by one of its meanings."""
    reach = finer.uncertainty_km or 0.0
    return any(
        candidate.entry.position is not None
        and finer.position is not None
        and apart_km(candidate.entry.position, finer.position) <= reach + (candidate.entry.uncertainty_km or 0.0)
        for candidate in untold.candidates
    )


def _unplaced(text: str, start: int, end: int, why: str, over: Sequence[Placement]) -> Placement:
    candidates = tuple({candidate.entry.id: candidate for one in over for candidate in one.candidates}.values())
    low, high = (min(one.start for one in over), max(one.end for one in over)) if over else (start, start)
    countries = {one.country for one in over}
    country = countries.pop() if len(countries) == 1 else None
    return Placement("", text[low:high], low, high, why, None, None, None, country, (), candidates)


def _label(candidate: Candidate, gazetteer: Gazetteer) -> str:
    entry = candidate.entry
    province = gazetteer.province(entry.country, entry.admin1) if entry.country and entry.admin1 else None
    where = ", ".join([*([province.name] if province else []), *([gazetteer.country_name(entry.country)] if entry.country else [])])
    return f"{entry.name} ({where})" if where else entry.name


def _rounded(kilometres: float) -> float:
    return round(kilometres, 1) if kilometres < 20 else float(round(kilometres))
