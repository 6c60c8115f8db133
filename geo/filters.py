"""Filters over events: what matches, how it reads in words, and how it stands in an address."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from geo.geodesy import distance_m
from geo.kinds import kind_label
from geo.model import PLACE_PRECISIONS, Event, Update
from geo.moments import Moment, in_words, moments_of, parse_moment, span_in_words

Updates = Mapping[str, Update]
Query = Mapping[str, Sequence[str]]

PRECISION_WORDS = {
    "site": "exact site",
    "town": "town",
    "near_town": "near a town",
    "district": "district",
    "province": "province",
    "country": "country",
    "sea": "sea area",
}
PARAMETERS = {"kinds": "kind", "actors": "actor", "precisions": "precision", "told_in": "update"}
"""The facets by their fields of `EventFilter`, with their names in an address."""
FACETS = tuple(PARAMETERS)
_MAX_VALUES = 200
_MAX_VALUE = 1_000


@dataclass(frozen=True, slots=True)
class Near:
    """A circle on the ellipsoid: `lon`, `lat` in degrees (WGS84), `radius_m` in metres."""

    lon: float
    lat: float
    radius_m: float


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What is asked of an event. Facets are ANDed; the values inside one are ORed; an empty facet asks nothing.

    The window is half-open, [start, after); an event matches when its span of possible dates meets it. `known` is the last moment whose updates
    count: what was told later is hidden. Every word of `text` must be found in the title, the place or the updates that tell the event.
    """

    kinds: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    precisions: frozenset[str] = frozenset()
    told_in: frozenset[str] = frozenset()
    text: str = ""
    start: datetime | None = None
    after: datetime | None = None
    known: Moment | None = None
    near: Near | None = None

    def matches(self, event: Event, updates: Updates) -> bool:
        """Whether the event is asked for. It is judged by what was known at `known`, if that is set."""
        known = as_known(event, updates, self.known)
        return known is not None and self._in_window(known) and self._in_facets(known) and self._has_text(known, updates) and self._is_near(known)

    def without(self, *names: str) -> EventFilter:
        """The same filter with these fields emptied."""
        blank = EventFilter()
        return replace(self, **{name: getattr(blank, name) for name in names})

    def without_window(self) -> EventFilter:
        """The same filter for all time."""
        return self.without("start", "after")

    def _in_window(self, event: Event) -> bool:
        return (self.after is None or event.first < self.after) and (self.start is None or event.after > self.start)

    def _in_facets(self, event: Event) -> bool:
        asked = ((facet, getattr(self, facet)) for facet in FACETS)
        return all(not wanted or not wanted.isdisjoint(facet_values(event, facet)) for facet, wanted in asked)

    def _has_text(self, event: Event, updates: Updates) -> bool:
        words = folded(self.text).split()
        if not words:
            return True
        place = event.place
        parts = [event.title, place.name if place else "", (place.note or "") if place else "", (place.country or "") if place else ""]
        parts += [part for id_ in event.updates if id_ in updates for part in (updates[id_].heading, updates[id_].text)]
        texts = [folded(part) for part in parts]
        return all(any(word in text for text in texts) for word in words)

    def _is_near(self, event: Event) -> bool:
        if self.near is None:
            return True
        return event.position is not None and distance_m((self.near.lon, self.near.lat), event.position) <= self.near.radius_m


def as_known(event: Event, updates: Updates, known: Moment | None) -> Event | None:
    """The event as the updates up to and including `known` tell it; None if none of them does. With `known` None, the event itself."""
    if known is None:
        return event
    told = frozenset(id_ for id_ in event.updates if id_ in updates and updates[id_].published.at < known.after)
    return _narrowed(event, told) if told else None


def _narrowed(event: Event, told: frozenset[str]) -> Event:
    if told.issuperset(event.updates):
        return event
    return replace(
        event,
        updates=tuple(id_ for id_ in event.updates if id_ in told),
        claims=tuple(claim for claim in event.claims if claim.update in told),
        passages=tuple(passage for passage in event.passages if passage.update in told),
    )


def select(events: Iterable[Event], wanted: EventFilter, updates: Updates) -> list[Event]:
    """The events that match, in their order, each as it was known at `wanted.known`."""
    known = ((event, as_known(event, updates, wanted.known)) for event in events)
    return [narrow for event, narrow in known if narrow is not None and wanted.matches(event, updates)]


def facet_values(event: Event, facet: str) -> frozenset[str]:
    """The values that an event has in a facet of `FACETS`."""
    if facet == "kinds":
        return frozenset((event.kind,))
    if facet == "actors":
        return frozenset(actor.name for actor in event.actors)
    if facet == "precisions":
        return frozenset((event.place.precision,)) if event.place else frozenset()
    return frozenset(event.updates)


def facet_counts(events: Sequence[Event], wanted: EventFilter, updates: Updates) -> dict[str, Counter[str]]:
    """For each facet, how many events each value would show, the other facets and the window staying as they are.

    A value that no event of the store has is not there; one that would show nothing now counts 0.
    """
    counts: dict[str, Counter[str]] = {}
    for facet in FACETS:
        counter: Counter[str] = Counter({value: 0 for event in events for value in facet_values(event, facet)})
        for event in select(events, wanted.without(facet), updates):
            counter.update(facet_values(event, facet))
        counts[facet] = counter
    return counts


def describe(wanted: EventFilter, updates: Updates | None = None) -> str:
    """The filter in plain words, without its window: "air strike or shelling; by or against Iran; “base”". Empty if nothing is asked."""
    updates = updates or {}
    parts = []
    if wanted.kinds:
        parts.append(_either(kind_label(kind).lower() for kind in wanted.kinds))
    if wanted.actors:
        parts.append(f"involving {_either(wanted.actors)}")
    if wanted.precisions:
        parts.append(f"placed to {_either(PRECISION_WORDS.get(name, name) for name in wanted.precisions)}")
    if wanted.told_in:
        parts.append(f"told in {_either(updates[id_].heading if id_ in updates else id_ for id_ in wanted.told_in)}")
    if wanted.text.strip():
        parts.append(f"with “{wanted.text.strip()}”")
    if wanted.near:
        parts.append(f"within {wanted.near.radius_m / 1000:g} km of {wanted.near.lat:g}°, {wanted.near.lon:g}° (latitude, longitude)")
    return "; ".join(parts)


def window_in_words(start: datetime | None, after: datetime | None) -> str:
    """The window in words: "1 to 28 February 2021", "from 1 February 2021", "all dates"."""
    if start is not None and after is not None:
        return span_in_words(*moments_of(start, after), "day")
    if start is not None:
        return f"from {in_words(_first_moment(start))}"
    if after is not None:
        return f"until {in_words(moments_of(after, after)[1])}"
    return "all dates"


def clock_in_words(known: Moment | None) -> str:
    """Which of the two clocks counts: "as happened", or "as known on 27 February 2021"."""
    return "as happened" if known is None else f"as known on {in_words(known)}"


def to_query(wanted: EventFilter) -> list[tuple[str, str]]:
    """The filter, without its window and its circle, as parameters of an address; values are sorted, so that equal filters are equal addresses."""
    pairs = [(PARAMETERS[facet], value) for facet in FACETS for value in sorted(getattr(wanted, facet))]
    if wanted.text.strip():
        pairs.append(("text", wanted.text.strip()))
    if wanted.known is not None:
        pairs.append(("known", str(wanted.known)))
    return pairs


def window_to_query(start: datetime | None, after: datetime | None) -> list[tuple[str, str]]:
    """The window as the parameters `from` and `to`, both inclusive."""
    pairs = []
    if start is not None:
        pairs.append(("from", str(moments_of(start, after)[0] if after else _first_moment(start))))
    if after is not None:
        pairs.append(("to", str(moments_of(start or after, after)[1])))
    return pairs


def from_query(query: Query) -> tuple[EventFilter, list[str]]:
    """Read a filter from an address.

    `query` maps a parameter to its values. What cannot be read is left out and named in the list of faults, in words.
    """
    faults: list[str] = []
    facets = {facet: frozenset(_values(query, name, faults)) for facet, name in PARAMETERS.items()}
    unknown = facets["precisions"] - set(PLACE_PRECISIONS)
    if unknown:
        faults.append(f"precision={', '.join(sorted(unknown))}: no such precision; use {', '.join(PLACE_PRECISIONS)}")
        facets["precisions"] -= unknown
    first, last = _moment(query, "from", faults), _moment(query, "to", faults)
    start, after = (first.at if first else None), (last.after if last else None)
    if start and after and after <= start:
        faults.append("to: lies before from; the dates were left out")
        start = after = None
    text = " ".join(_values(query, "text", faults)[:1])
    kinds, actors, precisions, told_in = (facets[facet] for facet in FACETS)
    return EventFilter(kinds, actors, precisions, told_in, text, start, after, _moment(query, "known", faults)), faults


def _first_moment(start: datetime) -> Moment:
    """The first moment of a window without an end: a day where it starts at midnight, else a minute."""
    return Moment(start, timed=bool(start.hour or start.minute))


def _values(query: Query, name: str, faults: list[str]) -> list[str]:
    values = [value for value in query.get(name, ()) if value.strip()]
    kept = [value for value in values[:_MAX_VALUES] if len(value) <= _MAX_VALUE]
    if len(kept) < len(values):
        faults.append(f"{name}: {len(values) - len(kept)} values were too long or too many")
    return kept


def _moment(query: Query, name: str, faults: list[str]) -> Moment | None:
    value = next(iter(_values(query, name, faults)), None)
    if value is None:
        return None
    try:
        return parse_moment(value)
    except ValueError as error:
        faults.append(f"{name}={value[:40]}: {error}")
        return None


def _either(names: Iterable[str]) -> str:
    ordered = sorted(names)
    return ordered[0] if len(ordered) == 1 else f"{', '.join(ordered[:-1])} or {ordered[-1]}"


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """`text` for comparison: without case and accents, and with straight apostrophes."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'").casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))
