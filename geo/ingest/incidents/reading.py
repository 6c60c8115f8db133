"""From a live blog to its candidates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from geo.ingest.blog.updates import Blog, BlogUpdate
from geo.ingest.gazetteer import Context, Gazetteer, Mention, Placement, place_mentions
from geo.ingest.incidents.candidate import Candidate, Dating, Link, Reading, Span, Telling
from geo.ingest.incidents.linking import Cluster, linked
from geo.ingest.incidents.telling import tellings_of
from geo.kinds import kind_label
from geo.model import Actor, Claim
from geo.moments import DATE_PRECISIONS, Moment

NO_PLACE, NO_DATE, DATES_DIFFER, NOT_THE_YEAR = "no place is told", "no date is told", "the dates of the tellings differ", "the year is not told"
_OTHER = "other"
_KNOWN, _EVERYBODY_KNOWS = 60_000, 500_000  # people; a larger town may be meant without its country
_AT_HOME = 3  # names of one country, after which the blog is at home there
_SPECIFIC = {"ship_attack": 0.6, "drone_strike": 0.3, "chemical_attack": 0.6, "assassination": 0.2}
_WEAK_RULES = frozenset({"strike", "struck", "clash", "raid", "attack"})
Progress = Callable[[int, int], None]


def candidates(blog: Blog, *, gazetteer: Gazetteer, published: date, progress: Progress | None = None) -> tuple[Candidate, ...]:
    """The incidents that a live blog tells, oldest first. `published` is its day, as given to `read_updates`.

    `progress` is told (done, total) for each update that has been read.
    """
    return read_incidents(blog, gazetteer=gazetteer, published=published, progress=progress).candidates


def read_incidents(blog: Blog, *, gazetteer: Gazetteer, published: date, progress: Progress | None = None) -> Reading:
    """As `candidates`, with the updates that were read."""
    updates = [update for update in blog.by_time if update.text]
    named = _mentions(blog, updates, gazetteer)
    country = _about(named.values())
    tellings: list[Telling] = []
    seen: Counter[str] = Counter()
    for number, update in enumerate(updates, 1):
        for telling in tellings_of(update, named[update.id], gazetteer=gazetteer, country=country):
            seen[telling.id] += 1
            tellings.append(telling if seen[telling.id] == 1 else replace(telling, id=f"{telling.id}-{seen[telling.id]}"))
        if progress is not None:
            progress(number, len(updates))
    order = {update.id: index for index, update in enumerate(updates)}
    told = {update.id: update.moment.at.date().toordinal() for update in updates}
    moments = {update.id: update.moment for update in updates}
    found = [_candidate(cluster, order, moments) for cluster in linked(tellings, told)]
    found.sort(key=lambda one: (one.dating.start, one.dating.end, one.id))
    return Reading(tuple(found), tuple(updates))


def candidate_of(tellings: Sequence[Telling], updates: Sequence[BlogUpdate], *, links: Sequence[Link] = ()) -> Candidate:
    """The candidate that these tellings come to, as a person has put them together. `updates` are those of the reading, oldest first.

    At least one telling is needed; if none asserts an incident, the first is taken for one that does.
    """
    whole = list(tellings) if any(one.asserts for one in tellings) else [replace(tellings[0], asserts=True), *tellings[1:]]
    cluster = Cluster(whole, list(links))
    return _candidate(cluster, {one.id: index for index, one in enumerate(updates)}, {one.id: one.moment for one in updates})


def _mentions(blog: Blog, updates: Sequence[BlogUpdate], gazetteer: Gazetteer) -> dict[str, list[Mention]]:
    """The names of places in each update. The whole blog is read at once: a name is told apart by what the others say."""
    joined, starts = [], {}
    at = 0
    for update in (None, *updates):
        text = blog.preamble if update is None else update.text
        if update is not None:
            starts[update.id] = at
        joined.append(text)
        at += len(text) + 2
    everything = _at_home(place_mentions("\n\n".join(joined), gazetteer=gazetteer, context=Context()))
    named: dict[str, list[Mention]] = {update.id: [] for update in updates}
    bounds = [(starts[update.id], starts[update.id] + len(update.text), update.id) for update in updates]
    position = 0
    for mention in everything:
        while position < len(bounds) and mention.start >= bounds[position][1]:
            position += 1
        if position == len(bounds):
            break
        first, last, id = bounds[position]
        if first <= mention.start and mention.end <= last:
            named[id].append(replace(mention, start=mention.start - first, end=mention.end - first))
    return named


def _at_home(mentions: Sequence[Mention]) -> list[Mention]:
    """Towns of countries that the blog names by nothing else are left undecided: most likely a namesake that the gazetteer does not have.

    A town that everybody knows stands for itself, and so does a large one without namesakes abroad, or in a blog that is at home in no country.
    """
    names: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.country and not _is_town_below(mention, _KNOWN):
            names.setdefault(mention.country, set()).add(mention.text.casefold())
    home = max((len(words) for words in names.values()), default=0) >= _AT_HOME
    least = _EVERYBODY_KNOWS if home else _KNOWN

    def stays(mention: Mention) -> bool:
        namesakes = len({candidate.entry.country for candidate in mention.candidates}) > 1
        if not names or mention.country is None or not _is_town_below(mention, least if namesakes else _KNOWN):
            return True
        return bool(names.get(mention.country, set()) - {mention.text.casefold()})

    return [mention if stays(mention) else replace(mention, chosen=None) for mention in mentions]


def _is_town_below(mention: Mention, population: int) -> bool:
    entry = mention.chosen.entry if mention.chosen is not None else None
    return entry is not None and entry.kind == "town" and entry.id.startswith("geonames:") and entry.population < population


def _about(named: object) -> str | None:
    """The country that most places of the blog are in, if one stands out."""
    counts: Counter[str] = Counter()
    for mentions in named:  # type: ignore[attr-defined]
        counts.update(mention.country for mention in mentions if mention.role == "place" and mention.country)
    if not counts:
        return None
    country, most = counts.most_common(1)[0]
    return country if most >= 0.4 * sum(counts.values()) else None


def _candidate(cluster: Cluster, order: dict[str, int], moments: dict[str, Moment]) -> Candidate:
    tellings = sorted(cluster.tellings, key=lambda one: (order[one.update], one.spans[0].start))
    asserting = [one for one in tellings if one.asserts]
    first = asserting[0]
    kind, rule = _kind(asserting)
    placement = _placement(tellings, asserting)
    dating, doubts = _dating(tellings, asserting)
    updates = tuple(dict.fromkeys(one.update for one in tellings))
    flags = list(doubts)
    if placement.position is None:
        flags.append(NO_PLACE if not placement.candidates else "the place cannot be decided")
    if not dating.sure:
        flags.append(NO_DATE)
    flags += [flag for one in tellings for flag in one.flags if flag not in flags]
    return Candidate(
        id=f"c-{first.id.removeprefix('u-')}",
        title=_title(kind, placement),
        kind=kind,
        rule=rule,
        dating=dating,
        placement=placement,
        actors=_actors(tellings),
        claims=_claims(tellings),
        updates=updates,
        spans=_spans(tellings),
        tellings=tuple(tellings),
        links=tuple(cluster.links),
        reported=moments[updates[0]],
        flags=tuple(flags),
    )


def _kind(asserting: Sequence[Telling]) -> tuple[str, str]:
    """The kind that most of what tells it speaks for; a closer one weighs more than a wider one."""
    weights: Counter[str] = Counter()
    for telling in asserting:
        if telling.kind is not None:
            weights[telling.kind] += (0.4 if telling.rule in _WEAK_RULES else 1.0) + _SPECIFIC.get(telling.kind, 0.0)  # type: ignore[assignment]
    if not weights:
        return _OTHER, "no rule names a kind"
    kind = max(weights, key=lambda code: weights[code])
    telling = next(one for one in asserting if one.kind == kind)
    return kind, f"{telling.rule}: “{telling.trigger}”"


def _placement(tellings: Sequence[Telling], asserting: Sequence[Telling]) -> Placement:
    """The finest placement of those that tell it, else of those that mention it."""
    for group in (asserting, tellings):
        placed = [one.placement for one in group if one.placement.position is not None]
        if placed:
            return min(placed, key=lambda place: place.uncertainty_km or 0.0)
    named = [one.placement for one in tellings if one.placement.country is not None or one.placement.candidates]
    return named[0] if named else tellings[0].placement


def _dating(tellings: Sequence[Telling], asserting: Sequence[Telling]) -> tuple[Dating, list[str]]:
    """The finest date that is told, as far as the others leave it open."""
    sure = [one.dating for one in tellings if one.dating.sure]
    if not sure:
        return asserting[0].dating, []
    sure.sort(key=lambda one: (DATE_PRECISIONS.index(one.precision), one.end.after - one.start.at))
    best, doubts = sure[0], []
    news = [one.dating for one in asserting if not one.dating.sure]
    for other in (*sure[1:], *news):
        if best.precision == "minute" or (other.precision not in ("day", "minute") and best.precision != other.precision):
            continue
        start, end = max(best.start, Moment(other.start.at.replace(hour=0, minute=0))), min(best.end, Moment(other.end.at.replace(hour=0, minute=0)))
        if start <= end:
            if (start, end) != (best.start, best.end):
                best = replace(best, start=start, end=end, basis="inferred", note=f"{best.note} Narrowed by another telling: {other.note}")
        elif other.sure:
            doubts.append(DATES_DIFFER)
    if "year is not told:" in best.note:
        doubts.append(NOT_THE_YEAR)
    return best, list(dict.fromkeys(doubts))


def _claims(tellings: Sequence[Telling]) -> tuple[Claim, ...]:
    """All claims; one that the same update makes twice stands once."""
    claims: dict[tuple[object, ...], Claim] = {}
    for telling in tellings:
        for claim in telling.claims:
            claims.setdefault(
                (claim.metric, claim.low, claim.high, claim.unit, claim.by, claim.update, claim.text if claim.low is None else ""), claim
            )
    return tuple(claims.values())


def _actors(tellings: Sequence[Telling]) -> tuple[Actor, ...]:
    actors: dict[str, Actor] = {}
    for telling in tellings:
        for actor in telling.actors:
            known = actors.get(actor.name.casefold())
            if known is None or known.role == "other":
                actors[actor.name.casefold()] = actor
    return tuple(actors.values())[:20]


def _spans(tellings: Sequence[Telling]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(span for telling in tellings for span in telling.spans))


def _title(kind: str, placement: Placement) -> str:
    name = " ".join(placement.name.split()) if placement.position is not None or placement.precision is not None else ""
    label = kind_label(kind) if kind != _OTHER else "Incident"
    return f"{label}, {name}"[:200] if name else f"{label}, place not told"
