"""`python -m benchmarks.source_review TEXT [--write]`: what is proposed for the source of Dateline's own store, beside what the store tells.

docs/source-review.md is made here, and a test makes it again: it cannot go stale. The differences are found by the program; why each is there, a
person has written in `WHY`. A difference without its reason, or a reason without its difference, fails the test.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import fill
from typing import Any

from benchmarks.ingest import ROOT, _matched, store_facts
from geo.ingest.blog.updates import read_updates
from geo.ingest.desk.accepting import country_name
from geo.ingest.gazetteer import Gazetteer, open_gazetteer, shown_on_terminal
from geo.ingest.gazetteer.outlines import apart_km
from geo.ingest.incidents import Candidate, read_incidents
from geo.kinds import kind_label

STORE = ROOT / "data" / "events.geojson"
DOCUMENT = ROOT / "docs" / "source-review.md"
PUBLISHED = date(2021, 3, 4)
METRICS = ("killed", "injured", "munitions", "holes")
"""What the reader counts. Who is blamed, why, and what was said about it are statements: they are left to the editor."""
MUCH_WIDER = 2.0

WHY: Mapping[tuple[str, str], str] = {
    ("ain-al-asad-rockets-2021-03-03", "figures"): (
        "A death of the heart is read as “killed”, where the store has “died”; that nobody was killed by the rockets themselves is read as a figure "
        "of 0 beside it, by another voice."
    ),
    ("abu-kamal-border-strike-2021-02-26", "place"): (
        "The crossing has no name in the source, only its border: the reader's circle is as wide as the border is long. The editor knew the town "
        "nearby."
    ),
    ("helios-ray-blast-2021-02-26", "place"): "The reader takes the whole Gulf of Oman; the editor its end, where the source has the ship.",
    (
        "erbil-rockets-2021-02-15",
        "place",
    ): "The source says no more than that it was in Iraq; the editor knew the town, and the reader does not guess.",
    ("balad-rockets-2021-02", "place"): (
        "The base has no name in the source: the reader gives the area in which people call a place north of that city; the editor knew which base."
    ),
    ("gulf-tankers-2019", "place"): "The source names two seas; the reader takes the one, the editor a point between them.",
    ("deir-ez-zor-clash-2018-02", "kind"): (
        "Aircraft and artillery against an advance on the ground: the reader goes by the strikes, the editor by the whole."
    ),
    ("deir-ez-zor-clash-2018-02", "place"): "The source says which part of the country; the reader gives that whole part, the editor the province.",
    ("su22-shootdown-2017-06", "place"): (
        "The source gives a part of a country without the country's name; the reader takes no bare direction for a place."
    ),
    ("deir-ez-zor-mistaken-bombing", "place"): "The reader gives the whole province, the editor a closer circle in it.",
    ("contractor-rockets-2019-12", "figures"): "The wounded are not counted in the source, and the reader makes no figure of them.",
    ("soleimani-drone-strike-2020-01-03", "place"): "The source names no place for it; the editor knew it, and the reader does not guess.",
    ("soleimani-drone-strike-2020-01-03", "figures"): "The dead are named and not counted in the source; the reader counts no names.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """An event of the store, what is proposed for it (None if nothing), and the differences: each with what it is about and in what it consists."""

    id: str
    title: str
    proposal: Candidate | None
    differences: tuple[tuple[str, str], ...]


def rows(
    proposals: Sequence[Candidate], updates: Sequence[str], store: Mapping[str, Any], facts: Mapping[str, Any]
) -> tuple[list[Row], list[Candidate]]:
    """A row for each event of the store, and the proposals that fit none.

    `updates` are the ids of the blog's updates as printed; `facts` are those of `benchmarks.ingest.store_facts`.
    """
    order = {id_: index for index, id_ in enumerate(updates)}
    pairs = [(one, incident) for one, incident in _matched(proposals, facts["incidents"], order)]
    by_incident = {id(incident): one for one, incident in pairs}
    events = [feature for feature in store["features"] if feature["properties"]["record"] == "event"]
    found = []
    for feature, incident in zip(events, facts["incidents"], strict=True):
        one = by_incident.get(id(incident))
        differing = (("proposal", "nothing is proposed"),) if one is None else tuple(differences(one, feature, incident, order))
        found.append(Row(feature["id"], feature["properties"]["title"], one, differing))
    matched = {id(one) for one, _ in pairs}
    return found, [one for one in proposals if id(one) not in matched]


def differences(one: Candidate, feature: Mapping[str, Any], incident: Mapping[str, Any], order: Mapping[str, int]) -> Iterable[tuple[str, str]]:
    """In what a proposal and its event differ: kind, date, place, figures, updates."""
    told = feature["properties"]
    if one.kind != told["kind"]:
        yield "kind", f"{kind_label(one.kind).lower()}, not {kind_label(told['kind']).lower()}"
    if (str(one.dating.start), str(one.dating.end)) != (told["start"], told["end"]):
        yield "date", f"{span(str(one.dating.start), str(one.dating.end))}, not {span(told['start'], told['end'])}"
    if place := place_difference(one, feature):
        yield "place", place
    mine = {(claim.metric, claim.low, claim.high) for claim in one.claims if claim.metric in METRICS}
    theirs = {(claim["metric"], claim["low"], claim["high"]) for claim in told["claims"] if claim["metric"] in METRICS}
    parts = [f"without {figures(theirs - mine)}"] * bool(theirs - mine) + [f"with {figures(mine - theirs)} more"] * bool(mine - theirs)
    if parts:
        yield "figures", "; ".join(parts)
    cited, wanted = {order[id_] for id_ in one.updates}, set(incident["updates"])
    if cited != wanted:
        yield "updates", f"{len(wanted - cited)} update(s) too few, {len(cited - wanted)} too many"


def place_difference(one: Candidate, feature: Mapping[str, Any]) -> str:
    """In what the places differ.

    Nothing if both are on the map, the reader's point lies within the store's radius and its own radius is not much wider, or if both are off it and
    of one country.
    """
    position, place = (feature["geometry"] or {}).get("coordinates"), feature["properties"]["place"]
    mine, radius = one.placement.position, one.placement.uncertainty_km or 0.0
    if position is None or mine is None:
        if position is None and mine is None:
            named = one.placement.country is None or place is None or country_name(one.placement.country) in (place["country"], place["name"])
            return "" if named else f"not placed, but named {one.placement.name}, where the store has {place['name']}"
        return "placed, where the store has no point" if position is None else f"not placed; the store has it within ±{place['uncertainty_km']:g} km"
    apart = apart_km(mine, (position[0], position[1]))
    if apart <= place["uncertainty_km"] and radius <= MUCH_WIDER * place["uncertainty_km"]:
        return ""
    within = "which holds the store's point" if apart <= radius else "which does not hold the store's point"
    return f"±{radius:.0f} km, {within} ({apart:.0f} km away, ±{place['uncertainty_km']:g} km)"


def figures(claims: Iterable[tuple[str, float | None, float | None]]) -> str:
    """Figures in words, in the order of their metrics."""
    return ", ".join(f"{metric} {_amount(low, high)}" for metric, low, high in sorted(claims, key=lambda one: (METRICS.index(one[0]), one[1] or 0)))


def _amount(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return "in words without a number"
    if low is None or high is None:
        return f"at least {low:g}" if low is not None else f"at most {high:g}"
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def span(start: str, end: str) -> str:
    """A span of dates as text."""
    return start if start == end else f"{start} to {end}"


def document(found: Sequence[Row], others: Sequence[Candidate], why: Mapping[tuple[str, str], str] = WHY) -> str:
    """The whole of docs/source-review.md."""
    same = sum(not row.differences for row in found)
    proposed = sum(row.proposal is not None for row in found)
    paragraphs = (
        "What the Review page proposes for the live blog that Dateline's own store was written from, beside the events of that store, which a "
        "person wrote. The text of the source is not part of the project. Where it is at hand, `python -m benchmarks.source_review TEXT --write` "
        "makes this page, and a test checks that it is what the reader gives now, and that every difference has its reason.",
        f"{proposed} of {len(found)} events are proposed, {same} of them without a difference. Proposals that are no event of the store: "
        f"{len(others)}.",
        "Compared are the kind, the span of the date, the place (the point within the store's radius, its own radius no more than twice as wide), "
        f"the figures of {', '.join(METRICS[:-1])} and {METRICS[-1]}, and the updates that are cited. Who is blamed, the aims and the reactions are "
        "statements, which the reader leaves to the editor. Titles are those of the store.",
    )
    lines = [
        "# The source, read by program",
        "",
        *(line for paragraph in paragraphs for line in (fill(paragraph, 150), "")),
        "| event of the store | proposed as | difference | why |",
        "|---|---|---|---|",
    ]
    for row in found:
        cells = row.differences or (("", "none"),)
        for number, (about, words) in enumerate(cells):
            first = (row.title, _proposed(row.proposal)) if number == 0 else ("", "")
            reason = why.get((row.id, about), "") if about else ""
            lines.append(f"| {first[0]} | {first[1]} | {f'{about}: ' if about else ''}{words} | {reason} |")
    lines += [f"| – | {_proposed(one)} | proposal: no event of the store | {why.get((one.id, 'proposal'), '')} |" for one in others]
    return "\n".join(lines) + "\n"


def unexplained(found: Sequence[Row], others: Sequence[Candidate], why: Mapping[tuple[str, str], str] = WHY) -> tuple[set[Any], set[Any]]:
    """Differences without a reason, and reasons without a difference."""
    there = {(row.id, about) for row in found for about, _ in row.differences} | {(one.id, "proposal") for one in others}
    return there - set(why), set(why) - there


def _proposed(one: Candidate | None) -> str:
    if one is None:
        return "–"
    placed = one.placement.position is not None and one.placement.uncertainty_km is not None
    where = f"±{one.placement.uncertainty_km:g} km" if placed else "not placed"
    told = f"{len(one.updates)} update{'' if len(one.updates) == 1 else 's'}"
    return "; ".join((one.title.replace("|", "/"), span(str(one.dating.start), str(one.dating.end)), where, told))


def compared(text: str, gazetteer: Gazetteer) -> tuple[list[Row], list[Candidate]]:
    """The source's text read and compared with the store."""
    blog = read_updates(text, published=PUBLISHED)
    proposals = read_incidents(blog, gazetteer=gazetteer, published=PUBLISHED).candidates
    return rows(proposals, [update.id for update in blog.updates], json.loads(STORE.read_text(encoding="utf-8")), store_facts(STORE))


def main(argv: Sequence[str] | None = None) -> int:
    """Print the page, or write it; 1 if a difference has no reason or a reason no difference."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.source_review", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("text", type=Path, metavar="TEXT", help="the text of the source")
    parser.add_argument("--write", action="store_true", help=f"write {DOCUMENT.relative_to(ROOT)}")
    options = parser.parse_args(argv)
    with shown_on_terminal() as progress:
        gazetteer = open_gazetteer(progress=progress)
    found, others = compared(options.text.read_text(encoding="utf-8"), gazetteer)
    page = document(found, others)
    if options.write:
        DOCUMENT.write_text(page, encoding="utf-8")
    else:
        print(page, end="")
    missing, idle = unexplained(found, others)
    for key in sorted(missing):
        print(f"no reason is written down for {key}", file=sys.stderr)
    for key in sorted(idle):
        print(f"this reason has no difference any more: {key}", file=sys.stderr)
    return 1 if missing or idle else 0


if __name__ == "__main__":
    sys.exit(main())
