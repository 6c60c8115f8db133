"""`export`: the events that a filter lets through, as the page's buttons give them."""

from __future__ import annotations

import argparse
import difflib
import os
from pathlib import Path
from urllib.parse import urlencode

from geo.cli.command import Command, UsageError
from geo.cli.output import say, write_file, write_to_stdout
from geo.errors import InvalidInput
from geo.export import EXPORTERS, Exporter, make_receipt
from geo.filters import FACETS, EventFilter, Near, to_query, window_to_query
from geo.kinds import KINDS
from geo.model import PLACE_PRECISIONS
from geo.moments import Moment, parse_moment
from geo.rings import Radius, RingRequest
from geo.settings import from_environment
from geo.store import EventCollection, open_store

_MOST_NAMES = 1_000
_OPTIONS = {"kinds": "kind", "actors": "actor", "precisions": "precision", "told_in": "update"}


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--store", type=Path, metavar="FILE", help="the store; by default DATELINE_STORE, else the events of Dateline")
    parser.add_argument("--format", choices=EXPORTERS, help="by default that of the output's suffix, else geojson")
    parser.add_argument("-o", "--output", default="-", metavar="FILE", help="where to write; - is standard output, the default")
    wanted = parser.add_argument_group("filters", "Different ones must all hold; of one that is given several times, one value is enough.")
    wanted.add_argument("--from", dest="first", type=_moment, metavar="DATE", help="the first day or minute: 2021-02-01 or 2021-02-26T04:20Z")
    wanted.add_argument("--to", dest="last", type=_moment, metavar="DATE", help="the last day or minute, inclusive")
    wanted.add_argument("--known", type=_moment, metavar="DATE", help="as known at the end of that day: without what was told later")
    wanted.add_argument("--kind", dest="kinds", action="append", default=[], metavar="KIND", help="a kind, such as air_strike")
    wanted.add_argument("--actor", dest="actors", action="append", default=[], metavar="NAME", help="an actor's name, to the letter")
    wanted.add_argument("--precision", dest="precisions", action="append", default=[], choices=PLACE_PRECISIONS, help="how well its place is known")
    wanted.add_argument("--update", dest="told_in", action="append", default=[], metavar="ID", help="the id of an update that tells the event")
    wanted.add_argument("--text", default="", metavar="WORDS", help="words that must all be found; --text=-word for one with a minus")
    wanted.add_argument("--near", type=_near, metavar="LON,LAT,KM", help="at most KM kilometres from a point, on the ellipsoid")


def _run(options: argparse.Namespace) -> int:
    wanted = _filter(options)
    path = options.store or from_environment(os.environ).store
    exporter = _exporter(options)
    target = None if options.output == "-" else Path(options.output)
    if target is not None and target.exists() and path.exists() and target.samefile(path):
        raise UsageError(f"{target} is the store itself; give another file to -o")
    store = open_store(path)
    collection = store.snapshot()
    _look_for_typing_errors(wanted, collection)
    receipt = make_receipt(collection, wanted, store=store.name, address=_address(wanted))
    body = exporter.write(collection, receipt)
    if target is None:
        write_to_stdout(body)
    else:
        write_file(target, body)
    say(f"{receipt.count:,} of {collection.total:,} events of {store.name} written to {target or 'standard output'}")
    if collection.left_out:
        say(f"{collection.left_out:,} records of the store cannot be read and were left out: `python -m geo validate {path}` says why")
    return 0


def _filter(options: argparse.Namespace) -> EventFilter:
    first: Moment | None = options.first
    last: Moment | None = options.last
    if first and last and last.after <= first.at:
        raise UsageError(f"--to {last} lies before --from {first}; swap them")
    return EventFilter(
        kinds=frozenset(options.kinds),
        actors=frozenset(options.actors),
        precisions=frozenset(options.precisions),
        told_in=frozenset(options.told_in),
        text=options.text,
        start=first.at if first else None,
        after=last.after if last else None,
        known=options.known,
        near=options.near,
    )


def _exporter(options: argparse.Namespace) -> Exporter:
    if options.format is not None:
        return EXPORTERS[options.format]
    suffix = Path(options.output).suffix.lower()
    return next((exporter for exporter in EXPORTERS.values() if exporter.suffix == suffix), EXPORTERS["geojson"])


def _look_for_typing_errors(wanted: EventFilter, collection: EventCollection) -> None:
    """Refuse a kind that neither Dateline nor the store has; say which other values no event has, since they let nothing through."""
    counted = collection.facets(EventFilter(), most=_MOST_NAMES)
    for facet in FACETS:
        ours = frozenset(kind.code for kind in KINDS) if facet == "kinds" else frozenset()
        unknown = getattr(wanted, facet) - ours - collection.having(facet, getattr(wanted, facet))
        there = sorted(counted[facet].counts.keys() | ours)
        for value in sorted(unknown):
            close = difflib.get_close_matches(value, there, n=3, cutoff=0.5)
            known = f"; did you mean {' or '.join(map(repr, close))}?" if close else f"; there are: {', '.join(there[:20])}"
            if facet == "kinds":
                raise UsageError(f"--kind {value!r}: there is no such kind{known}")
            say(f"note: no event of the store has --{_OPTIONS[facet]} {value!r}{known}")


def _address(wanted: EventFilter) -> str:
    """The query of the view. No view is filtered by a circle; it is drawn there as a ring, which lists the events inside."""
    pairs = window_to_query(wanted.start, wanted.after) + to_query(wanted)
    if wanted.near is not None:
        near = wanted.near
        pairs.append(("ring", str(RingRequest.at((near.lon, near.lat), Radius(near.radius_m / 1000, "km")))))
    return f"?{urlencode(pairs, safe='/,:')}"


def _moment(text: str) -> Moment:
    try:
        return parse_moment(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error}") from error


def _near(text: str) -> Near:
    try:
        circle = RingRequest.parse(f"{text},km")
    except InvalidInput as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error.problems[0].message}; write LON,LAT,KM, such as 42.441,33.786,50") from error
    if circle.position is None:
        raise argparse.ArgumentTypeError(f"{text!r}: write LON,LAT,KM, such as 42.441,33.786,50")
    return Near(*circle.position, circle.radius.metres)


COMMAND = Command(
    name="export",
    summary="write events to a GeoJSON or CSV file",
    description="Write the events that the filters let through, no more and no fewer. The GeoJSON opens as a store again; it carries the updates "
    "that the events cite, and a receipt. The CSV is safe to open in a spreadsheet (docs/export.md).",
    configure=_configure,
    run=_run,
)
