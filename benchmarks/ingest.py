"""`python -m benchmarks.ingest`: how well incidents are read out of live blogs, step by step, over blogs whose facts are known.

The blogs are those of `tests/blogs`, invented for the project, and any FOLDER of the same form that is given; with `--seed TEXT` also the source of
Dateline's own store, whose facts are those of `data/events.geojson`. A proposal is matched to at most one incident: they must share an update, be of
kinds that may be words for one thing, and not lie apart in time. Printed are, for each step, how many of the facts were found (recall) and how
many of
the findings are facts (precision):

- updates: cut and dated as expected;
- incidents: proposals that match an incident;
- dates: the true span overlaps the proposed one, which is no wider than its precision;
- places: the true point lies within the stated uncertainty, or the stated point within the true place; an incident without a place counts if none is
  stated;
- kinds: the same code;
- figures: metric, low and high are the same;
- links: pairs of an incident and an update that tells it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from geo.ingest.blog.updates import Blog, read_updates
from geo.ingest.gazetteer import Gazetteer, open_gazetteer, shown_on_terminal
from geo.ingest.gazetteer.outlines import apart_km
from geo.ingest.incidents import Candidate, read_incidents
from geo.ingest.incidents.likeness import likeness
from geo.moments import Moment, parse_moment

STEPS = ("updates", "incidents", "dates", "places", "kinds", "figures", "links")
_WIDEST_DAYS = {"minute": 1, "day": 2, "week": 45, "month": 31, "year": 366}
_TOTALS = ("seen when rules were made", "unseen when they were made", "all of these")
_METRICS = ("killed", "injured", "munitions", "holes")
UNSEEN = " *"
ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Tally:
    """Facts, findings, and what is both, for each step; and what went wrong, in words."""

    facts: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    right_found: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add the counts of another blog."""
        for mine, theirs in ((self.facts, other.facts), (self.found, other.found), (self.right, other.right), (self.right_found, other.right_found)):
            mine.update(theirs)
        self.wrong += other.wrong

    def recall(self, step: str) -> float | None:
        """The share of the facts that was found; None without facts."""
        return self.right[step] / self.facts[step] if self.facts[step] else None

    def precision(self, step: str) -> float | None:
        """The share of the findings that are facts; None without findings."""
        return self.right_found[step] / self.found[step] if self.found[step] else None


def judge(blog: Blog, proposals: Sequence[Candidate], wanted: dict[str, Any], *, name: str) -> Tally:
    """Compare a reading with what a careful reader finds (tests/blogs/README.md)."""
    tally = Tally()
    moments = [str(update.moment) for update in blog.updates]
    expected = [update["moment"] for update in wanted["updates"]]
    tally.facts["updates"], tally.found["updates"] = len(expected), len(moments)
    same = sum((Counter(moments) & Counter(expected)).values())
    tally.right["updates"] = tally.right_found["updates"] = same
    ids = {update.id: index for index, update in enumerate(blog.updates)}
    pairs = _matched(proposals, wanted["incidents"], ids)
    tally.facts["incidents"], tally.found["incidents"] = len(wanted["incidents"]), len(proposals)
    tally.right["incidents"] = tally.right_found["incidents"] = len(pairs)
    taken = {id(one) for one, _ in pairs}
    matched = {id(incident) for _, incident in pairs}
    tally.wrong += [f"{name}: not found: {incident['what']}" for incident in wanted["incidents"] if id(incident) not in matched]
    for one in proposals:
        if id(one) not in taken:
            tally.wrong.append(f"{name}: no incident: {one.title} ({one.dating.start}): {one.spans[0].exact[:90]}")
    for one, incident in pairs:
        _compare(tally, one, incident, ids, name)
    return tally


def _compare(tally: Tally, one: Candidate, incident: dict[str, Any], ids: dict[str, int], name: str) -> None:
    what = incident["what"]
    for step, right in (("dates", date_is_right(one, incident)), ("kinds", one.kind == incident["kind"])):
        tally.facts[step] += 1
        tally.found[step] += 1
        tally.right[step] += right
        tally.right_found[step] += right
        if not right:
            tally.wrong.append(
                f"{name}: {step}: {what}: {one.dating.start}..{one.dating.end}" if step == "dates" else f"{name}: kind: {what}: {one.kind}"
            )
    right = place_is_right(one, incident)
    tally.facts["places"] += 1
    tally.right["places"] += right
    if one.placement.position is not None:
        tally.found["places"] += 1
        tally.right_found["places"] += right
    if not right:
        tally.wrong.append(f"{name}: place: {what}: {one.placement.name or one.placement.rule}")
    _figures(tally, one, incident, name)
    mine, theirs = {ids[update] for update in one.updates if update in ids}, set(incident["updates"])
    tally.facts["links"] += len(theirs)
    tally.found["links"] += len(mine)
    tally.right["links"] += len(mine & theirs)
    tally.right_found["links"] += len(mine & theirs)
    if mine != theirs:
        tally.wrong.append(f"{name}: updates: {what}: {sorted(mine)} for {sorted(theirs)}")


def _figures(tally: Tally, one: Candidate, incident: dict[str, Any], name: str) -> None:
    def key(metric: str, low: float | None, high: float | None) -> tuple[str, float | None, float | None]:
        return metric, low, high

    facts = Counter(key(claim["metric"], claim["low"], claim["high"]) for claim in incident["claims"] if claim["metric"] in _METRICS)
    # A figure that is told again, by another voice or in another update, is no second fact.
    mine = {key(claim.metric, claim.low, claim.high) for claim in one.claims if claim.metric in _METRICS}
    tally.facts["figures"] += sum(facts.values())
    tally.found["figures"] += len(mine)
    tally.right["figures"] += sum(count for fact, count in facts.items() if fact in mine)
    tally.right_found["figures"] += len(mine & set(facts))
    for fact in facts.keys() - mine:
        tally.wrong.append(f"{name}: figure missing: {incident['what']}: {fact}")
    for fact in mine - facts.keys():
        tally.wrong.append(f"{name}: figure not in the facts: {incident['what']}: {fact}")


def date_is_right(one: Candidate, incident: dict[str, Any]) -> bool:
    """Whether the true span overlaps the proposed one, and the proposed one is no wider than its precision."""
    start, end = parse_moment(incident["start"]), parse_moment(incident["end"])
    if start.timed and one.dating.start.timed:
        return abs((one.dating.start.at - start.at).total_seconds()) <= 60
    width = (one.dating.end.after - one.dating.start.at).days
    return _overlap(one, start, end) and width <= _WIDEST_DAYS[one.dating.precision]


def place_is_right(one: Candidate, incident: dict[str, Any]) -> bool:
    """Whether the true point lies within the stated uncertainty, or nothing is placed where the text names no place."""
    place = incident["place"]
    if one.placement.position is None:
        return place is None or bool(place.get("may_be_unplaced"))
    if place is None or place.get("lon") is None:
        return False
    away = apart_km(one.placement.position, (place["lon"], place["lat"]))
    return away <= max(one.placement.uncertainty_km or 0.0, place["radius_km"])


def _overlap(one: Candidate, start: Moment, end: Moment) -> bool:
    return one.dating.start.at.date() <= end.at.date() and start.at.date() <= one.dating.end.at.date()


def _matched(proposals: Sequence[Candidate], incidents: Sequence[dict[str, Any]], ids: dict[str, int]) -> list[tuple[Candidate, dict[str, Any]]]:
    scored = []
    for number, one in enumerate(proposals):
        mine = {ids[update] for update in one.updates if update in ids}
        for index, incident in enumerate(incidents):
            alike = likeness(one.kind if one.kind != "other" else None, incident["kind"])
            shared = len(mine & set(incident["updates"]))
            if not shared or not alike:
                continue
            overlap = _overlap(one, parse_moment(incident["start"]), parse_moment(incident["end"]))
            placed = place_is_right(one, incident)
            apart = one.placement.position is not None and not placed
            if not overlap and (apart or one.placement.position is None):
                continue
            if apart and not (overlap and alike == 1):
                continue
            exact = str(one.dating.start) == incident["start"] and str(one.dating.end) == incident["end"]
            scored.append((alike + 2 * overlap + exact + placed + 0.2 * shared, number, index))
    pairs, used, done = [], set(), set()
    for _, number, index in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if number not in used and index not in done:
            used.add(number)
            done.add(index)
            pairs.append((proposals[number], incidents[index]))
    return pairs


def store_facts(store: Path) -> dict[str, Any]:
    """The facts of the project's own store, in the form of `tests/blogs`. A place that an editor put there may be unplaced."""
    content = json.loads(store.read_text(encoding="utf-8"))
    updates = sorted(content["updates"], key=lambda one: one["published"], reverse=True)
    order = {update["id"]: index for index, update in enumerate(_as_printed(updates))}
    incidents = []
    for feature in content["features"]:
        about = feature["properties"]
        if about["record"] != "event":
            continue
        place, position = about["place"], (feature["geometry"] or {}).get("coordinates")
        told = (
            {"lon": position[0], "lat": position[1], "radius_km": place["uncertainty_km"], "may_be_unplaced": place["basis"] == "editor"}
            if position
            else None
        )
        incidents.append(
            {name: about[name] for name in ("kind", "start", "end", "date_precision", "claims")}
            | {"what": about["title"], "place": told, "updates": [order[update] for update in about["updates"]]}
        )
    return {"updates": [{"moment": update["published"]} for update in _as_printed(updates)], "incidents": incidents}


def _as_printed(updates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Newest first; of one day the timed ones stand above the day itself."""
    return sorted(updates, key=lambda one: (one["published"][:10], len(one["published"]) > 10, one["published"]), reverse=True)


def read(text: str, published: date, gazetteer: Gazetteer) -> tuple[Blog, tuple[Candidate, ...]]:
    """A blog and its proposals."""
    blog = read_updates(text, published=published)
    return blog, read_incidents(blog, gazetteer=gazetteer, published=published).candidates


def over(folder: Path, gazetteer: Gazetteer, names: Sequence[str] = ()) -> Iterable[tuple[str, Tally]]:
    """Each blog of a folder, judged; one that was not in view when the rules were written is marked so."""
    for path in sorted(folder.glob("*.json")):
        if names and path.stem not in names:
            continue
        wanted = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        blog, proposals = read(text, date.fromisoformat(wanted["published"]), gazetteer)
        yield path.stem + (UNSEEN if not wanted.get("seen", True) else ""), judge(blog, proposals, wanted, name=path.stem)


def totals(rows: Sequence[tuple[str, Tally]]) -> list[tuple[str, Tally]]:
    """The blogs that the rules were written with, those that they were not, and all of them."""
    unseen = [tally for name, tally in rows if name.endswith(UNSEEN)]
    seen = [tally for name, tally in rows if not name.endswith(UNSEEN)]
    parts = [(_TOTALS[0], seen), (_TOTALS[1], unseen)] if seen and unseen else []
    found = []
    for name, tallies in (*parts, (_TOTALS[2], [*seen, *unseen])):
        total = Tally()
        for tally in tallies:
            total.add(tally)
        found.append((name, total))
    return found


def table(rows: Iterable[tuple[str, Tally]]) -> str:
    """Recall and precision of each step as text, a row each."""
    lines = [f"{'':28}" + "".join(f"{step:>14}" for step in STEPS)]
    for name, tally in rows:
        cells = [f"{_share(tally.recall(step))}/{_share(tally.precision(step))}" for step in STEPS]
        lines.append(f"{name[:28]:28}" + "".join(f"{cell:>14}" for cell in cells))
    return "\n".join(lines)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def speed(gazetteer: Gazetteer, folder: Path, characters: int = 1_000_000) -> tuple[int, float]:
    """Characters and seconds of the processor for one long blog, put together of the invented ones, a day each."""
    from datetime import timedelta

    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    bodies = []
    for text in texts:
        blog = read_updates(text, published=date(2021, 3, 4))
        bodies.append("\n\n".join(update.text for update in blog.updates))
    day, parts, size, number = date(2021, 3, 4), [], 0, 0
    while size < characters:
        part = f"UPDATE, {day - timedelta(days=number):%B %d %Y}:\n\n{bodies[number % len(bodies)]}"
        parts.append(part)
        size += len(part) + 2
        number += 1
    begin = time.process_time()  # of the processor: it runs on one, and others may be at work beside it
    read("\n\n".join(parts), day, gazetteer)
    return size, time.process_time() - begin


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; with `--explain` every difference."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ingest", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="of blogs with their facts; by default tests/blogs")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="one blog of the folder; may be given several times")
    parser.add_argument("--seed", type=Path, metavar="TEXT", help="the text of the source of Dateline's own store")
    parser.add_argument("--explain", action="store_true", help="print each difference")
    parser.add_argument("--speed", action="store_true", help="also read 1 MB of live blog, and print how long it took")
    options = parser.parse_args(argv)
    with shown_on_terminal() as progress:
        gazetteer = open_gazetteer(progress=progress)
    rows: list[tuple[str, Tally]] = []
    for folder in options.folders or [ROOT / "tests" / "blogs"]:
        rows += over(folder, gazetteer, options.only)
    rows += totals(rows)
    if options.seed is not None:
        blog, proposals = read(options.seed.read_text(encoding="utf-8"), date(2021, 3, 4), gazetteer)
        rows.append(("the source", judge(blog, proposals, store_facts(ROOT / "data" / "events.geojson"), name="the source")))
    print(f"recall/precision;{UNSEEN} was not in view when the rules were written or mended (tests/blogs/README.md)")
    print(table(rows))
    if options.explain:
        print("\n".join(line for name, tally in rows if name not in _TOTALS for line in tally.wrong))
    if options.speed:
        size, seconds = speed(gazetteer, ROOT / "tests" / "blogs")
        print(f"{size:,} characters in {seconds:.1f} s of the processor")
    return 0


if __name__ == "__main__":
    sys.exit(main())
