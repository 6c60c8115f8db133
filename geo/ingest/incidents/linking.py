"""Tellings of one incident brought together: by kind, time, place, words, actors and figures, each link with its reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from geo.ingest.gazetteer.outlines import apart_km
from geo.ingest.incidents.candidate import Link, Telling
from geo.ingest.incidents.likeness import likeness
from geo.ingest.incidents.place import is_told
from geo.ingest.incidents.told_on import LOOSE, TOLL
from geo.ingest.incidents.words import telling_words
from geo.moments import span_in_words

TOLD, MENTIONED = 0.5, 0.4
"""The score that links two tellings, and the one that links a mention to a telling."""
_NEWS_DAYS, _TALK_DAYS = 1, 10
_FINE_KM, _NEAR_KM = 60.0, 20.0
_BUCKET = 16
_WIDE = 8
_COMPARED = 12
_SAME_NAME = "the same name of a place"


@dataclass(slots=True)
class Cluster:
    """Tellings of one incident, in the order in which they came, and why."""

    tellings: list[Telling]
    links: list[Link] = field(default_factory=list)

    @property
    def told(self) -> list[Telling]:
        """Those that tell it; what only mentions it speaks for no other."""
        return self._told

    def add(self, telling: Telling) -> None:
        """One telling more."""
        self.tellings.append(telling)
        if telling.asserts:
            self._told.append(telling)

    _told: list[Telling] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Days:
    """Days since year 1: of the span, and of the update that tells it."""

    first: int
    last: int
    told: int


class _Index:
    """Clusters by the time that they may be of, so that a long blog is not compared with itself."""

    def __init__(self) -> None:
        self._buckets: dict[int, list[Cluster]] = defaultdict(list)
        self._wide: list[Cluster] = []
        self._filed: set[tuple[int, int]] = set()

    def add(self, cluster: Cluster, days: _Days) -> None:
        first, last = (days.first - _TALK_DAYS) // _BUCKET, (max(days.last, days.first) + _TALK_DAYS) // _BUCKET
        if last - first > _WIDE:
            if (id(cluster), -1) not in self._filed:
                self._filed.add((id(cluster), -1))
                self._wide.append(cluster)
            return
        for bucket in range(first, last + 1):
            if (id(cluster), bucket) not in self._filed:
                self._filed.add((id(cluster), bucket))
                self._buckets[bucket].append(cluster)

    def near(self, days: _Days) -> Iterator[Cluster]:
        seen: set[int] = set()
        first, last = days.first // _BUCKET, days.last // _BUCKET
        buckets: Iterable[int] = range(first, last + 1) if last - first <= 40 else list(self._buckets)
        for bucket in buckets:
            for cluster in self._buckets.get(bucket, ()):
                if id(cluster) not in seen:
                    seen.add(id(cluster))
                    yield cluster
        yield from self._wide


def linked(tellings: Sequence[Telling], told: dict[str, int]) -> list[Cluster]:
    """The incidents that the tellings come to. `tellings` stand oldest first; `told` gives the day (ordinal) of each update.

    A mention (`asserts` is False) that fits none is left out.
    """
    rare = _rarity(tellings)
    days = {id(one): _days(one, told) for one in tellings}
    index, clusters, loose = _Index(), [], []
    recent: dict[str, Cluster] = {}
    for telling in tellings:
        if not telling.asserts and not _says_which(telling):
            continue
        joined = _joined(telling, index.near(days[id(telling)]), index, days, rare, recent.get(telling.update))
        if joined is None and telling.asserts:
            joined = Cluster([])
            joined.add(telling)
            clusters.append(joined)
            index.add(joined, days[id(telling)])
        if joined is None:
            loose.append(telling)
        else:
            recent[telling.update] = joined
    order = {id(one): number for number, one in enumerate(tellings)}
    last = {telling.update: number for number, telling in enumerate(tellings)}
    for telling in loose:
        # Nobody speaks of what is told only later on.
        fitting = index.near(days[id(telling)])
        _joined(telling, [cluster for cluster in fitting if order[id(cluster.told[0])] <= last[telling.update]], index, days, rare, None)
    return clusters


def _joined(
    telling: Telling, near: Iterable[Cluster], index: _Index, days: dict[int, _Days], rare: dict[str, float], recent: Cluster | None
) -> Cluster | None:
    """The cluster that a telling has been put to, None if it fits none. `recent` is the one that its update spoke of last."""
    needed = TOLD if telling.asserts or telling.kind is None else MENTIONED
    best: tuple[float, tuple[int, int], Cluster, Link] | None = None
    for cluster in near:
        if likeness(telling.kind, cluster.told[0].kind) == 0:
            continue
        link = _to_cluster(telling, cluster, days, rare)
        if link is not None and cluster is recent and not telling.asserts and (telling.definite or not is_told(telling.placement)):
            link = replace(link, score=round(min(link.score + 0.2, 1.0), 2), reasons=(*link.reasons, "what the update spoke of just before"))
        if link is not None and link.score >= needed:
            # Of two that fit as well, the one that was spoken of last, and then the one that happened last.
            latest = (max(days[id(one)].told for one in cluster.tellings), max(days[id(one)].first for one in cluster.told))
            if best is None or (link.score, latest) > best[:2]:
                best = (link.score, latest, cluster, link)
    if best is None:
        return None
    cluster = best[2]
    cluster.add(telling)
    cluster.links.append(best[3])
    if telling.dating.sure or telling.asserts:
        index.add(cluster, days[id(telling)])
    return cluster


def _says_which(mention: Telling) -> bool:
    """Whether a mention points at one incident: by “the”, a date, a place, a ship or a figure."""
    return mention.definite or mention.dating.sure or mention.placement.position is not None or bool(mention.ships) or bool(mention.claims)


def _to_cluster(telling: Telling, cluster: Cluster, days: dict[int, _Days], rare: dict[str, float]) -> Link | None:
    """The best link to a telling of the cluster, if none of them speaks against it."""
    best: Link | None = None
    for known in cluster.told[:_COMPARED]:
        found = score(telling, known, days[id(telling)], days[id(known)], rare)
        if found is None:
            return None
        value, reasons = found
        if best is None or value > best.score:
            best = Link(telling.id, known.id, round(min(value, 1.0), 2), reasons)
    return best


def score(one: Telling, known: Telling, days: _Days, others: _Days, rare: dict[str, float]) -> tuple[float, tuple[str, ...]] | None:
    """How much speaks for one incident, from 0, and what; None if kind, time or place speak against it."""
    alike = likeness(one.kind, known.kind)
    if alike == 0:
        return None
    when = _when(one, known, days, others)
    if when is None:
        return None
    where = _where(one, known)
    if where is None:
        return None
    kind = (0.3, "the same kind") if alike == 1 else (0.12, f"{one.trigger or one.rule} may be the same as {known.trigger or known.rule}")
    parts = [kind, when, *where, *_who(one, known), *_what(one, known, rare), *_manner(one, known, days, others)]
    return sum(value for value, _ in parts), tuple(reason for value, reason in parts if value > 0)


def _when(one: Telling, known: Telling, days: _Days, others: _Days) -> tuple[float, str] | None:
    overlap = days.first <= others.last and others.first <= days.last
    if one.dating.sure and known.dating.sure:
        if not overlap:
            return None
        listed = one.update == known.update and one.asserts and known.asserts and "day" not in (one.dating.precision, known.dating.precision)
        if listed and one.dating.phrase != known.dating.phrase and (days.first, days.last) != (others.first, others.last):
            return None  # two dates in one text are two things
        fine = max(days.last - days.first, others.last - others.first) <= 3
        return (0.3 if fine else 0.15), f"the time overlaps: {span_in_words(known.dating.start, known.dating.end, known.dating.precision)}"
    if not one.dating.sure and not known.dating.sure:
        apart = days.told - others.told
        if apart == 0:
            return 0.15, "both are told on the same day"
        most = _NEWS_DAYS if one.asserts and not one.definite else _TALK_DAYS
        return (0.08, f"told {abs(apart)} days apart") if abs(apart) <= most else None
    sure, day = (days, others.told) if one.dating.sure else (others, days.told)
    open_one = known if one.dating.sure else one
    gap = day - sure.last
    most = _NEWS_DAYS if open_one.asserts and not open_one.definite else _TALK_DAYS
    if sure.first > max(day, (others if one.dating.sure else days).last) or gap > most:
        return None
    return (0.15 if gap <= 1 else 0.1), "told soon after that day"


def _where(one: Telling, known: Telling) -> list[tuple[float, str]] | None:
    place, other = one.placement, known.placement
    if place.position is not None and other.position is not None:
        wide, narrow = max(place.uncertainty_km or 0, other.uncertainty_km or 0), min(place.uncertainty_km or 0, other.uncertainty_km or 0)
        away = apart_km(place.position, other.position)
        if away > wide + narrow + 3:
            return None
        words = f"the places fit: {place.name} and {other.name}" if place.name != other.name else f"the same place: {place.name}"
        return [(0.35 if wide <= (_FINE_KM if place.name == other.name else _NEAR_KM) else 0.15, words)]
    same = {one.entry.id for one in place.candidates} & {one.entry.id for one in other.candidates}
    if same and None in (place.position, other.position):
        return [(0.3, _SAME_NAME)]
    for mine, their in ((one, known), (known, one)):
        name = mine.placement.phrase.rpartition(" ")[2]
        open_name = mine.placement.position is None and mine.placement.precision != "country"
        if open_name and mine.placement.candidates and name[:1].isupper() and name in their.spans[0].exact:
            return [(0.3, _SAME_NAME)]
    countries = {place.country, other.country}
    if None in countries:
        return []
    if len(countries) == 1:
        return [(0.08, "the same country")]
    return [(-0.1, "different countries")]


def _who(one: Telling, known: Telling) -> list[tuple[float, str]]:
    first, second = ({_root(actor.name) for actor in telling.actors} for telling in (one, known))
    shared = sorted(first & second)
    return [(min(0.08 * len(shared), 0.16), f"the same actors: {', '.join(shared)}")] if shared else []


def _what(one: Telling, known: Telling, rare: dict[str, float]) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    if one.ships and known.ships:
        ships = one.ships & known.ships
        found.append((0.5, f"the same ship: {', '.join(sorted(ships))}") if ships else (-0.5, "another ship"))
    both = one.placement.position is not None and known.placement.position is not None
    named = {word for place in (one.placement, known.placement) for word in telling_words(place.phrase)} if both else set()
    words = sorted((one.words & known.words) - named, key=lambda word: -rare.get(word, 0.0))
    weight = sum(rare.get(word, 0.0) for word in words)
    if weight > 0:
        found.append((min(0.3, 0.08 * weight), f"the same words: {', '.join(words[:5])}"))
    if _same_figure(one, known):
        found.append((0.15, "the same figure"))
    return found


def _manner(one: Telling, known: Telling, days: _Days, others: _Days) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    if one.definite:
        found.append((0.12, "told as something that is known (“the”, “Friday’s”)"))
    if one.another and days.told >= others.told and (one.update != known.update or one.dating.sure) and not one.definite:
        found.append((-0.5, "told as another one"))
    if one.update == known.update and (one.definite or not one.asserts) and not one.dating.sure:
        found.append((0.12, "in the same update"))
    elif one.update == known.update and one.asserts and not one.dating.sure and not is_told(one.placement) and not one.another:
        found.append((0.15, "told on from it, with no place or date of its own"))
    fresh = one.asserts and not one.definite and one.update != known.update
    if fresh and None in (one.placement.position, known.placement.position) and not one.ships & known.ships and not _same_name(one, known):
        found.append((-0.12, "one of them has no place"))
    if one.rule == LOOSE and not one.definite and not one.words & known.words and not _same_figure(one, known):
        found.append((-0.2, "no word or figure in common"))
    if one.rule == TOLL and any(claim.metric == "killed" for claim in known.claims):
        found.append((0.3, "a toll, of what had dead"))
    if one.asserts and known.asserts and not one.definite:
        if one.kind is not None and known.kind is not None and one.kind != known.kind and "struck" not in (one.rule, known.rule):
            found.append((-0.2, "another kind"))
        if one.targets and known.targets and not one.targets & known.targets:
            both = one.placement.position is not None and known.placement.position is not None
            found.append((-0.6 if both else -0.32, "other targets"))
    return found


def _same_figure(one: Telling, known: Telling) -> bool:
    figures = {(claim.metric, claim.low, claim.high) for claim in one.claims if (claim.low or 0) >= 2}
    return bool(figures & {(claim.metric, claim.low, claim.high) for claim in known.claims})


def _same_name(one: Telling, known: Telling) -> bool:
    return any(reason == _SAME_NAME for _, reason in _where(one, known) or ())


def _root(name: str) -> str:
    """A force by whose it is: “US forces”, “US jets” and “American troops” are one."""
    word = name.casefold().split(" ")[0].strip("’'s") if " " in name else name.casefold()
    return {
        "american": "us",
        "u.s.": "us",
        "iranian": "iran",
        "russian": "russia",
        "israeli": "israel",
        "syrian": "syria",
        "iraqi": "iraq",
        "turkish": "turkey",
        "ukrainian": "ukraine",
        "saudi": "saudi arabia",
        "french": "france",
        "british": "uk",
    }.get(word, word)


def _rarity(tellings: Sequence[Telling]) -> dict[str, float]:
    """A word weighs 1 if few tellings have it, less the more do, nothing if every fifth has it."""
    counts = Counter(word for telling in tellings for word in telling.words)
    total = max(len(tellings), 10)
    return {word: max(0.0, 1.0 - 3.0 * count / total) if count > 3 else 1.0 for word, count in counts.items()}


def _days(telling: Telling, told: dict[str, int]) -> _Days:
    return _Days(telling.dating.start.at.date().toordinal(), telling.dating.end.at.date().toordinal(), told[telling.update])
