"""A live blog given on the Review page: pasted, a file, or an address, and the address read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from geo.errors import InvalidInput, NotAllowed, Problem
from geo.ingest.blog import fetching
from geo.ingest.blog.source import Source, read_bytes
from geo.ingest.desk import taking
from geo.ingest.desk.growing import Given, given_with, published_again
from geo.ingest.desk.records import KeptBlog
from geo.ui import review_session, who
from geo.ui.review_session import Progress, Review, current, folder, say, why_not


def give(
    *, text: str = "", file: tuple[str, bytes] | None = None, address: str = "", name: str, published: date | None, zone: str, progress: Progress
) -> None:
    """Read what a person gives: an address, a file or a text. What goes wrong is said on the page. `progress` is told (done, total)."""

    def do() -> Review:
        if (reason := why_not()) is not None:
            raise NotAllowed(editor=who.person().name, action="read a live blog into the desk", why=reason, advice="Ask an editor.")
        if published is None:
            raise InvalidInput([Problem("", "The day of publication is missing", "", "Give it: the years that headings leave out follow from it.")])
        source = _source(text, file, address)
        given = given_with(source, published=published, zone=zone, name=name or (file[0] if file else ""), address=address)
        taken = taking.take(folder(), source, given, read=partial(review_session.read, progress=progress))
        return Review(blog=taken.blog.id, words=taken.in_words, given=current().given + 1)

    say(do, at_desk=False)


def again(kept: KeptBlog) -> Review:
    """Read the address of a blog again, now. Raises NotAllowed, InvalidInput, StoreError."""
    taking.check(who.writer(), who.person())
    source = fetching.fetch(kept.address)
    given = Given(kept.name, kept.address, kept.publisher, published_again(kept, source.fetched), kept.zone)
    taken = taking.take(folder(), source, given, read=review_session.read, into=kept.id)
    return replace(current(), blog=kept.id, tab="open", words=taken.in_words, failed=False, event=None, done=None)


def _source(text: str, file: tuple[str, bytes] | None, address: str) -> Source:
    if address.strip():
        return fetching.fetch(address.strip())
    if file is not None:
        return read_bytes(file[1], address=file[0])
    return read_bytes(text.encode("utf-8", "surrogatepass"), address="pasted text", content_type="text/plain; charset=utf-8")
