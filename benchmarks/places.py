"""`python -m benchmarks.places`: how well places that are told by other places are found, over made sentences whose truth is known, and how fast.

A sentence is made the way people speak: a true point is drawn, its distance is misjudged a little and rounded, its direction is said as a point of
the compass. The placer sees the words alone. Printed for each kind of phrase:

- held: the share of sentences whose true point lies within the stated uncertainty (an unplaced one counts as not held);
- ratio: the stated uncertainty over the uncertainty that is needed, in the middle case. Needed is the radius around the stated position that holds 9
  in 10 of the points of which people would have said the very same words: 200 more truths are drawn for each sentence, and kept if they give the
  same words.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from geo.geodesy import ellipsoid
from geo.ingest.gazetteer.entries import Entry
from geo.ingest.gazetteer.index import Gazetteer, open_gazetteer, shown_on_terminal
from geo.ingest.gazetteer.mentions import Context, place_mentions
from geo.ingest.gazetteer.outlines import border, is_land, part_of_country
from geo.ingest.gazetteer.placing import locate, placements
from geo.model import Position

SEED = 20210304
DRAWS = 200
_EIGHT = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
_SIXTEEN = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
_COASTAL = ("Hodeidah, Yemen", "Aden, Yemen", "Latakia, Syria", "Tartus, Syria", "Benghazi, Libya", "Misrata, Libya",
            "Fujairah, United Arab Emirates",
            "Odesa, Ukraine", "Beirut, Lebanon", "Mogadishu, Somalia", "Chabahar, Iran", "Port Sudan, Sudan")  # fmt: skip
_PARTED = ("Syria", "Iraq", "Lebanon", "Jordan", "Israel", "Tunisia", "Burkina Faso", "Yemen", "Nepal")
_CODES = {
    "Syria": "SY",
    "Iraq": "IQ",
    "Lebanon": "LB",
    "Jordan": "JO",
    "Israel": "IL",
    "Tunisia": "TN",
    "Burkina Faso": "BF",
    "Yemen": "YE",
    "Nepal": "NP",
    "Turkey": "TR",
}
_SIDES = {"eastern": (1, 0), "western": (-1, 0), "northern": (0, 1), "southern": (0, -1), "northeastern": (1, 1), "southwestern": (-1, -1)}


@dataclass(frozen=True, slots=True)
class Made:
    """A sentence, its true point, and more points of which the same would be said."""

    kind: str
    text: str
    truth: Position
    alike: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What one kind of phrase comes to. `held` is a share, `ratio` and `uncertainty_km` are medians, `unplaced` a count."""

    kind: str
    count: int
    held: float
    ratio: float
    uncertainty_km: float
    unplaced: int


def away(start: Position, bearing: float, km: float) -> Position:
    """The position that far away on the ellipsoid."""
    lon, lat, _ = ellipsoid().fwd(*start, bearing, 1_000 * km)
    return float(lon), float(lat)


def kilometres(one: Position, other: Position) -> float:
    """The distance between two positions."""
    return float(ellipsoid().inv(*one, *other)[2]) / 1_000


def made_sentences(gazetteer: Gazetteer, *, count: int, seed: int = SEED) -> list[Made]:
    """`count` sentences of all kinds in turn, always the same ones for one seed."""
    rng = random.Random(seed)
    towns = [town for town in gazetteer.sample(kind="town", least_population=20_000, count=6_000) if town.position and _is_plain(town, gazetteer)]
    rng.shuffle(towns)
    kinds = (_offset, _offset, _offset, _far, _direction, _between, _near, _outskirts, _off, _off_distance, _part, _border)
    made: list[Made] = []
    for turn in range(20 * count):
        one = kinds[turn % len(kinds)](rng, towns[turn % len(towns)], towns, gazetteer)
        if one is not None:
            made.append(one)
        if len(made) == count:
            break
    return made


def _is_plain(town: Entry, gazetteer: Gazetteer) -> bool:
    """Whether the town can be named with its country alone: how namesakes are told apart is not what is measured here."""
    found = locate(f"A blast hit {town.name}, {gazetteer.country_name(town.country or '')}.", gazetteer=gazetteer)
    return found.entry is not None and found.entry.id == town.id


def _in_town(rng: random.Random, town: Entry) -> Position:
    """A point that people mean by a town: within its built-up area, at 4,000 people a square kilometre."""
    assert town.position is not None
    radius = max(0.5, math.sqrt(town.population / 4_000 / math.pi))
    return away(town.position, rng.uniform(0, 360), radius * math.sqrt(rng.random()))


def _rounded(km: float) -> float:
    """As people round: to 1 up to 15, to 5 up to 60, to 10 beyond."""
    step = 1 if km < 15 else 5 if km < 60 else 10
    return max(step, round(km / step) * step)


def _made(kind: str, words: str, country: str, draw: Callable[[], tuple[str, Position] | None], truth: Position) -> Made:
    """A sentence with its like: points drawn anew and kept if they are told in the same words."""
    alike: list[Position] = []
    for _ in range(60 * DRAWS):
        if len(alike) == DRAWS:
            break
        again = draw()
        if again is not None and again[0] == words:
            alike.append(again[1])
    return Made(kind, f"Rockets hit a convoy {words}, {country}." if country else f"Rockets hit a convoy {words}.", truth, tuple(alike))


def _told(
    rng: random.Random, town: Entry, kind: str, country: str, low: float, high: float, *, unit: str, names: tuple[str, ...], rough: str
) -> Made:
    scale = {"km": 1.0, "miles": 1.609344, "nautical miles": 1.852}[unit]
    turn = 360 / len(names)

    def draw(around: tuple[float, float] | None = None) -> tuple[str, Position]:
        if around is None:
            km, bearing = low * (high / low) ** rng.random(), rng.uniform(0, 360)
        else:
            km, bearing = around[0] * math.exp(rng.uniform(-0.5, 0.5)), around[1] + rng.uniform(-2 * turn, 2 * turn)
        seen_km, seen_bearing = km * rng.lognormvariate(0, 0.05), bearing + rng.gauss(0, 6)
        number = _rounded(seen_km / scale)
        name = names[round((seen_bearing % 360) / turn) % len(names)]
        return f"{rough}{number:g} {unit} {name} of {town.name}", away(_in_town(rng, town), bearing, km)

    words, truth = draw()
    said_km = float(words.removeprefix(rough).split(" ")[0]) * scale
    said_bearing = turn * names.index(words.rsplit(" of ", 1)[0].split(" ")[-1])
    return _made(kind, words, country, lambda: draw((said_km, said_bearing)), truth)


def _offset(rng: random.Random, town: Entry, towns: list[Entry], gazetteer: Gazetteer) -> Made:
    unit = rng.choice(("km", "km", "miles"))
    names, rough = (_SIXTEEN if rng.random() < 0.25 else _EIGHT), rng.choice(("", "", "about "))
    return _told(rng, town, "distance and direction", gazetteer.country_name(town.country or ""), 4, 60, unit=unit, names=names, rough=rough)


def _far(rng: random.Random, town: Entry, towns: list[Entry], gazetteer: Gazetteer) -> Made:
    name = gazetteer.country_name(town.country or "")
    return _told(rng, town, "far distance and direction", name, 60, 250, unit=rng.choice(("km", "miles", "nautical miles")), names=_EIGHT, rough="")


def _direction(rng: random.Random, town: Entry, towns: list[Entry], gazetteer: Gazetteer) -> Made | None:
    """A place is told by a town that is nearer than any town as large: up to half of the way to the next."""
    assert town.position is not None
    larger = (
        other
        for other in towns
        if other.position and other.population >= town.population and other.id != town.id and abs(other.position[1] - town.position[1]) < 2
    )
    reach = min((kilometres(town.position, other.position) for other in larger if other.position), default=200.0) / 2
    reach = min(max(reach, 8.0), 100.0)
    start, bearing = town.position, 45 * rng.randrange(8)
    word = f"{_EIGHT[bearing // 45]} of {town.name}"

    def draw() -> tuple[str, Position]:
        return word, away(start, bearing + rng.uniform(-22.5, 22.5) + rng.gauss(0, 6), rng.uniform(3, reach))

    return _made("direction alone", word, gazetteer.country_name(town.country or ""), draw, draw()[1])


def _between(rng: random.Random, town: Entry, towns: list[Entry], gazetteer: Gazetteer) -> Made | None:
    assert town.position is not None
    near = [
        other
        for other in towns
        if other.country == town.country and other.position and other.id != town.id and 15 < kilometres(town.position, other.position) < 150
    ]
    if not near:
        return None
    other = rng.choice(near)
    assert other.position is not None
    azimuth, _, length = ellipsoid().inv(*town.position, *other.position)
    start, km = town.position, length / 1_000
    road = rng.random() < 0.4
    words = f"on the road from {town.name} to {other.name}" if road else f"between {town.name} and {other.name}"

    def draw() -> tuple[str, Position]:
        on_line = away(start, azimuth, km * (rng.uniform(0.02, 0.98) if road else rng.uniform(0.12, 0.88)))
        return words, away(on_line, azimuth + 90, rng.gauss(0, 0.07 * km))

    return _made("road" if road else "between", words, gazetteer.country_name(town.country or ""), draw, draw()[1])


def _near(rng: random.Random, town: Entry, towns: list[Entry], gazetteer: Gazetteer) -> Made:
    words = f"{rng.choice(('near', 'outside', 'close to'))} {town.name}"

    def draw() -> tuple[str, Position]:
        return words, away(_in_town(rng, town), rng.uniform(0, 360), rng.uniform(1, 10))

    return _made("near", words, gazetteer.country_name(town.country or ""), draw, draw()[1])


def _outskirts(rng: random.Random, town: Entry, towns: list[Entry], gazetteer: Gazetteer) -> Made:
    assert town.position is not None
    bearing = 90 * rng.randrange(4)
    words = f"on the {_EIGHT[bearing // 45]}ern outskirts of {town.name}"
    start, radius = town.position, max(1.0, math.sqrt(town.population / 4_000 / math.pi))

    def draw() -> tuple[str, Position]:
        return words, away(start, bearing + rng.uniform(-45, 45), radius * rng.uniform(0.7, 1.3))

    return _made("outskirts", words, gazetteer.country_name(town.country or ""), draw, draw()[1])


def _coast(rng: random.Random, gazetteer: Gazetteer) -> tuple[str, str, Position] | None:
    name, country = rng.choice(_COASTAL).split(", ")
    entry = locate(f"A blast hit {name}, {country}.", gazetteer=gazetteer).entry
    return (name, country, entry.position) if entry is not None and entry.position is not None else None


def _off(rng: random.Random, town: Entry, towns: list[Entry], gazetteer: Gazetteer) -> Made | None:
    coast = _coast(rng, gazetteer)
    return _at_sea(rng, coast, "off", f"off {coast[0]}", lambda: rng.uniform(3, 35)) if coast else None


def _off_distance(rng: random.Random, town: Entry, towns: list[Entry], gazetteer: Gazetteer) -> Made | None:
    coast = _coast(rng, gazetteer)
    miles = rng.choice((10, 15, 20, 25, 30, 40))
    words = f"{miles} nautical miles off {coast[0]}" if coast else ""
    return _at_sea(rng, coast, "distance off", words, lambda: miles * 1.852 * rng.uniform(0.9, 1.1)) if coast else None


def _at_sea(rng: random.Random, coast: tuple[str, str, Position], kind: str, words: str, distance: Callable[[], float]) -> Made | None:
    """Points at sea around a port, none of them behind a headland: the coast is nowhere nearer to another side."""
    _, country, start = coast

    def draw() -> tuple[str, Position] | None:
        km, bearing = distance(), rng.uniform(0, 360)
        line = [away(start, bearing, km * share) for share in (0.4, 0.7, 1.0)]
        return None if any(is_land(point) for point in line) else (words, line[-1])

    truth = next((found for found in (draw() for _ in range(400)) if found is not None), None)
    return _made(kind, words, country, draw, truth[1]) if truth else None


def _part(rng: random.Random, town: Entry, towns: list[Entry], gazetteer: Gazetteer) -> Made | None:
    """Anywhere in a country on that side of its middle: half of it by area for a side, the outer part of two halves for a corner."""
    country, side = rng.choice(_PARTED), rng.choice(list(_SIDES))
    whole = part_of_country(_CODES[country], "C")
    if whole is None:
        return None
    words = f"in {side} {country}"
    (lon, lat), (east, north) = whole.position, _SIDES[side]

    def draw() -> tuple[str, Position] | None:
        point = lon + rng.uniform(-12, 12), lat + rng.uniform(-9, 9)
        fits = (point[0] - lon) * east >= 0 and (point[1] - lat) * north >= 0
        return (words, point) if fits and _country_at(point) == _CODES[country] else None

    truth = next((found for found in (draw() for _ in range(2_000)) if found is not None), None)
    return _made("part of a country", words, "", draw, truth[1]) if truth else None


def _country_at(point: Position) -> str | None:
    import shapely

    from geo.ingest.gazetteer.outlines import shapes_of

    spot = shapely.Point(point)
    return next((code for code in _CODES.values() if any(shape.contains(spot) for shape in shapes_of(code))), None)


def _border(rng: random.Random, town: Entry, towns: list[Entry], gazetteer: Gazetteer) -> Made | None:
    from geo.ingest.gazetteer.outlines import border_line

    one, other = rng.choice(
        (("Syria", "Iraq"), ("Lebanon", "Syria"), ("Israel", "Lebanon"), ("Syria", "Turkey"), ("Iraq", "Turkey"), ("Sudan", "Chad"))
    )
    codes = {"Israel": "IL", "Sudan": "SD", "Chad": "TD"} | _CODES
    line = border_line(codes[one], codes[other])
    if line is None or border(codes[one], codes[other]) is None:
        return None
    words = f"on the {one}-{other} border"

    def draw() -> tuple[str, Position]:
        spot = line.interpolate(rng.random(), normalized=True)
        return words, away((spot.x, spot.y), rng.uniform(0, 360), rng.uniform(0, 8))

    return _made("border", words, "", draw, draw()[1])


def outcome(made: Iterable[Made], gazetteer: Gazetteer) -> list[Row]:
    """A row for each kind of phrase, and one for all together."""
    results: dict[str, list[tuple[bool, float | None, float | None]]] = {}
    for one in made:
        placed = locate(one.text, gazetteer=gazetteer, context=Context())
        found: tuple[bool, float | None, float | None] = (False, None, None)
        if placed.position is not None and placed.uncertainty_km is not None:
            position = placed.position
            errors = sorted(kilometres(position, truth) for truth in one.alike)
            needed = errors[math.ceil(0.9 * len(errors)) - 1] if len(errors) >= DRAWS // 4 else None
            found = (
                kilometres(position, one.truth) <= placed.uncertainty_km,
                placed.uncertainty_km / needed if needed else None,
                placed.uncertainty_km,
            )
        results.setdefault(one.kind, []).append(found)
    rows = [_row(kind, found) for kind, found in sorted(results.items())]
    return [*rows, _row("all", [one for found in results.values() for one in found])]


def _row(kind: str, found: list[tuple[bool, float | None, float | None]]) -> Row:
    ratios = [ratio for _, ratio, _ in found if ratio is not None]
    widths = [width for _, _, width in found if width is not None]
    median_ratio = statistics.median(ratios) if ratios else math.nan
    median_width = statistics.median(widths) if widths else math.nan
    return Row(kind, len(found), sum(held for held, _, _ in found) / len(found), median_ratio, median_width, len(found) - len(widths))


def table(rows: Iterable[Row]) -> str:
    """The rows in Markdown."""
    lines = ["| phrase | sentences | held | ratio, median | ± km, median | not placed |", "|---|---|---|---|---|---|"]
    lines += [f"| {row.kind} | {row.count} | {row.held:.1%} | {row.ratio:.2f} | {row.uncertainty_km:.1f} | {row.unplaced} |" for row in rows]
    return "\n".join(lines) + "\n"


def _speed(gazetteer: Gazetteer, made: list[Made]) -> str:
    text = ""
    while len(text) < 1_000_000:
        text += " ".join(one.text for one in made) + "\n\n"
    text = text[:1_000_000]
    began = time.process_time()
    mentions = place_mentions(text, gazetteer=gazetteer)
    read = time.process_time()
    placed = placements(text, gazetteer=gazetteer, mentions=mentions)
    done = time.process_time()
    counts = f"{len(mentions):,} mentions in {read - began:.1f} s, {len(placed):,} placements in {done - read:.1f} s of processor time"
    return f"1 MB of text that is nothing but places: {counts}"


def main() -> int:
    """Measure and print. With --cold the index is built anew, in a folder of its own, to see how long that takes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.places", description=main.__doc__)
    parser.add_argument("--sentences", type=int, default=600)
    parser.add_argument("--cold", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, shown_on_terminal() as progress:
        folder = Path(scratch) if options.cold else None
        for what in ("first use" if options.cold else "opened", "opened again"):
            began = time.perf_counter()
            gazetteer = open_gazetteer(folder=folder, progress=progress)
            print(f"{what}: {time.perf_counter() - began:.2f} s, at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB so far")
        made = made_sentences(gazetteer, count=options.sentences)
        print(table(outcome(made, gazetteer)), end="")
        print(_speed(gazetteer, made))
        print(f"with the sentences and their truths at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB in all")
        gazetteer.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
