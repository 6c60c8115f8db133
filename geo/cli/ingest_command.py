"""`ingest`: a live blog read, and the incidents that it tells proposed: as GeoJSON with their evidence, or on a store's desk for the Review page."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from geo.cli.command import Command, UsageError
from geo.cli.output import counted, say, write_to_stdout
from geo.ingest.blog.source import Source
from geo.ingest.blog.updates import Blog
from geo.settings import from_environment

if TYPE_CHECKING:
    from geo.ingest.desk.growing import Given
    from geo.ingest.incidents import Reading

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
    parser.add_argument("--zone", default="", metavar="ZONE", help="the time zone of times printed without one, such as GMT or Europe/Moscow")
    parser.add_argument("--address", metavar="URL", help="where a file can be read, for the updates that candidates cite")
    parser.add_argument("--publisher", default="", metavar="NAME", help="who published it; by default the host of the address, or the file's name")
    desk = parser.add_argument_group("for the Review page")
    desk.add_argument("--into", type=Path, metavar="STORE", help="with --as-candidates: the store on whose desk they are laid")
    desk.add_argument("--as-candidates", action="store_true", help="lay them on the desk, where the Review page shows them; no event is made")
    desk.add_argument("--name", default="", metavar="NAME", help="what the live blog is called there; by default the host, or the file's name")


def _run(options: argparse.Namespace) -> int:
    _check(options)
    if options.as_candidates:
        return _lay_on_desk(options)
    from geo.ingest.incidents import collection_of

    source, given = _given(options)
    blog, reading = _read(source.text, options.published, given.zone)
    collection = collection_of(reading.candidates, reading.updates, address=given.address, source=given.publisher)
    collection["read"] = {"address": source.address, "fetched": source.fetched.isoformat(timespec="seconds"), "sha256": source.sha256}
    _tell(blog, reading)
    write_to_stdout([json.dumps(collection, ensure_ascii=False, indent=1, allow_nan=False).encode(), b"\n"])
    return 0


def _lay_on_desk(options: argparse.Namespace) -> int:
    """What is read goes where the Review page reads it; what was decided there before stays decided."""
    from geo.ingest.desk import taking
    from geo.ingest.desk.folder import DeskFolder
    from geo.ingest.desk.proposals import proposals, standing
    from geo.store.access import Editor, authorise, editors_may
    from geo.store.opening import open_store

    store = options.into
    authorise(Editor("the command line"), ("add event",), may=editors_may, read_only=from_environment(os.environ).read_only)
    collection = open_store(store).snapshot()  # first, for a store that is not there has no desk
    source, given = _given(options)
    made: list[tuple[Blog, Reading]] = []

    def read(text: str, published: date, zone: str | None) -> tuple[Blog, Reading]:
        made.append(_read(text, published, zone))
        return made[-1]

    taken = taking.take(DeskFolder(store), source, given, read=read)
    blog, reading = made[-1]
    _tell(blog, reading)
    say(taken.in_words)
    found = proposals(reading, taken.blog, standing=frozenset(standing(reading, taken.blog, collection)))
    waiting = [one for one in found if one.state in ("open", "more")]
    new, decided = sum(one.is_new for one in waiting), len(found) - len(waiting)
    more = (f", {new:,} of them new" if new else "") + (f"; {counted(decided, 'incident')} decided before" if decided else "")
    say(f"{counted(len(waiting), 'proposal')} to decide on the Review page of {store}{more}; the store is as it was")
    return 0


def _check(options: argparse.Namespace) -> None:
    if options.as_candidates != (options.into is not None):
        given, missing = ("--as-candidates", "--into STORE") if options.as_candidates else ("--into", "--as-candidates")
        raise UsageError(f"{given} needs {missing}: what is read is proposed, and becomes an event only when a person accepts it")
    if options.name and not options.as_candidates:
        raise UsageError("--name is for --as-candidates: what goes to standard output is kept nowhere")
    if options.address is not None and not _ADDRESS.match(options.address):
        raise UsageError(f"--address {options.address!r}: give one that begins with http:// or https://")
    if options.into is not None:
        from geo.store.opening import is_parquet

        if is_parquet(options.into):
            raise UsageError(f"--into {options.into}: a GeoParquet store is only read; convert it to GeoJSON to review live blogs into it")


def _given(options: argparse.Namespace) -> tuple[Source, Given]:
    """The source, and what is said about it: as the Review page says it of what is given there, so that both know a blog by the same."""
    from geo.ingest.blog.source import read_file
    from geo.ingest.desk.growing import given_with

    is_web = _ADDRESS.match(options.source) is not None
    if is_web:
        from geo.ingest.blog.fetching import fetch

        source = fetch(options.source)
    else:
        source = read_file(Path(options.source))
    address = options.address or (options.source if is_web else "")
    name = options.name or ("" if is_web else source.address)
    return source, given_with(source, published=options.published, zone=options.zone, name=name, address=address, publisher=options.publisher)


def _read(text: str, published: date, zone: str | None) -> tuple[Blog, Reading]:
    from geo.ingest.blog.updates import read_updates
    from geo.ingest.gazetteer import open_gazetteer, shown_on_terminal
    from geo.ingest.incidents import read_incidents

    blog = read_updates(text, published=published, zone=zone)
    with shown_on_terminal() as progress:
        gazetteer = open_gazetteer(progress=progress)
    with _progress(len(text)) as progress:
        return blog, read_incidents(blog, gazetteer=gazetteer, published=published, progress=progress)


def _tell(blog: Blog, reading: Reading) -> None:
    say(f"{counted(len(blog.updates), 'update')}, {blog.order}; {counted(len(reading.candidates), 'incident')} proposed")
    for flag in blog.flags:
        say(f"note: {flag}")
    doubted = sum(bool(update.flags) for update in blog.updates)
    if doubted:
        say(f"note: the dates of {counted(doubted, 'update')} are doubtful; each says why in its date_note")


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
    description="Read a running live blog: its updates, the incidents that they tell, each with the words that say so, the place, the date, the "
    "figures and who claims them (docs/ingest.md). The proposals go to standard output as GeoJSON, or with --into STORE --as-candidates to the "
    "Review page of that store. Nothing is decided, and no event is made.",
    configure=_configure,
    run=_run,
)
