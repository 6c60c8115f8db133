"""`ingest`: a live blog read, and the incidents that it tells proposed as GeoJSON with their evidence."""

from __future__ import annotations

import argparse
import contextlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from geo.cli.command import Command, UsageError
from geo.cli.output import say, write_to_stdout
from geo.ingest.blog.source import Source
from geo.ingest.blog.updates import Blog

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_ASK_BAR = 20_000  # characters; a shorter blog is read before a bar could be seen


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="FILE|URL", help="a text file, a saved page or feed, or an http or https address, fetched once")
    parser.add_argument(
        "--published",
        type=_day,
        required=True,
        metavar="DATE",
        help="the day of publication, such as 2021-03-04: it gives the years that headings leave out",
    )
    parser.add_argument("--zone", metavar="ZONE", help="the time zone of times printed without one, such as GMT or Europe/Moscow")
    parser.add_argument("--address", metavar="URL", help="where a file can be read, for the updates that candidates cite")
    parser.add_argument("--publisher", metavar="NAME", help="who published it; by default the host of the address, or the file's name")
    parser.add_argument("--into", type=Path, metavar="STORE", help="with --as-candidates: the store beside which the candidates are kept")
    parser.add_argument("--as-candidates", action="store_true", help="keep them in the candidates file beside the store, never in the store itself")


def _run(options: argparse.Namespace) -> int:
    _check(options)
    from geo.ingest.blog.updates import read_updates
    from geo.ingest.gazetteer import open_gazetteer, shown_on_terminal
    from geo.ingest.incidents import collection_of, read_incidents

    source = _source(options.source)
    blog = read_updates(source.text, published=options.published, zone=options.zone, source=source)
    with shown_on_terminal() as progress:
        gazetteer = open_gazetteer(progress=progress)
    with _progress(len(source.text)) as progress:
        reading = read_incidents(blog, gazetteer=gazetteer, published=options.published, progress=progress)
    is_web = _ADDRESS.match(source.address) is not None
    address = options.address or (source.address if is_web else "")
    publisher = options.publisher or (urlsplit(address).hostname if address else None) or source.address
    collection = collection_of(reading.candidates, reading.updates, address=address, source=publisher)
    collection["read"] = {"address": source.address, "fetched": source.fetched.isoformat(timespec="seconds"), "sha256": source.sha256}
    _tell(blog, len(reading.candidates))
    if options.as_candidates:
        return _keep(options.into, collection)
    write_to_stdout([json.dumps(collection, ensure_ascii=False, indent=1, allow_nan=False).encode(), b"\n"])
    return 0


def _check(options: argparse.Namespace) -> None:
    if options.as_candidates != (options.into is not None):
        given, missing = ("--as-candidates", "--into STORE") if options.as_candidates else ("--into", "--as-candidates")
        raise UsageError(f"{given} needs {missing}: what is read is proposed, and becomes an event only when a person accepts it")
    if options.address is not None and not _ADDRESS.match(options.address):
        raise UsageError(f"--address {options.address!r}: give one that begins with http:// or https://")


def _source(given: str) -> Source:
    from geo.ingest.blog.source import read_file

    if _ADDRESS.match(given):
        from geo.ingest.blog.fetching import fetch

        return fetch(given)
    return read_file(Path(given))


def _tell(blog: Blog, count: int) -> None:
    say(f"{len(blog.updates):,} updates, {blog.order}; {count:,} incidents proposed")
    for flag in blog.flags:
        say(f"note: {flag}")
    doubted = sum(bool(update.flags) for update in blog.updates)
    if doubted:
        say(f"note: the dates of {doubted:,} updates are doubtful; each says why in its date_note")


def _keep(store: Path, collection: dict[str, Any]) -> int:
    from geo.ingest.incidents.candidates_file import add_candidates, candidates_path

    kept = add_candidates(store, collection)
    say(f"{kept.new:,} new, {kept.changed:,} told anew and {kept.same:,} unchanged candidates in {candidates_path(store)}; the store is as it was")
    return 0


@contextlib.contextmanager
def _progress(characters: int) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error while a long blog is read; None where that is no terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if not console.is_terminal or characters < _ASK_BAR:
        yield None
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("Reading updates", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: write a day such as 2021-03-04") from error


COMMAND = Command(
    name="ingest",
    summary="read a live blog and propose its incidents",
    description="Read a running live blog: its updates, the incidents that they tell, each with the words that say so, the place, the "
    "date, the figures and who claims "
    "them (docs/ingest.md). The proposals go to standard output as GeoJSON; nothing is decided, and no store is changed.",
    configure=_configure,
    run=_run,
)
