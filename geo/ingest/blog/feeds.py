"""RSS and Atom feeds: their entries as one text that is cut like any other live blog. Nothing is fetched."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from geo.errors import InvalidInput, Problem, shown
from geo.ingest.blog.article import paragraphs

MAX_ENTRIES = 1_000
_ENTITIES = re.compile(rb"<!\s*(?:ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry; `published` is in UTC, None where the feed does not give it or gives no valid one."""

    id: str
    title: str
    link: str
    published: datetime | None
    text: str


def read_feed(content: bytes, *, address: str = "", content_type: str = "") -> tuple[FeedEntry, ...]:
    """The entries of a feed as it lists them. Declared entities are refused, so that none can grow.

    Raises InvalidInput for what is no feed, and for one that declares entities or has no entry.
    """
    import feedparser

    plain = content.replace(b"\x00", b"") if content.startswith(_WIDE) else content
    if _ENTITIES.search(plain):
        raise _invalid("The feed declares entities of its own", address, "Save the feed's page instead, or remove its document type.")
    headers = {"content-type": content_type or "application/xml"}
    # In a BytesIO, since bytes would be tried as the name of a file first.
    try:
        feed: Any = feedparser.parse(io.BytesIO(content), response_headers=headers, sanitize_html=True, resolve_relative_uris=False)
    except (ValueError, LookupError, RecursionError, AssertionError) as error:
        raise _invalid(f"The feed cannot be read: {shown(str(error))}", address, "Check that the address gives RSS or Atom.") from error
    if len(feed.entries) > MAX_ENTRIES:
        raise _invalid(f"The feed has more than {MAX_ENTRIES:,} entries", address, "Give a part of it.")
    entries = tuple(_entry(entry) for entry in feed.entries)
    if not any(entry.text or entry.title for entry in entries):
        raise _invalid("The feed has no entry that can be read", address, "Check that the address gives RSS or Atom.")
    return entries


def feed_text(entries: tuple[FeedEntry, ...]) -> str:
    """The entries as a live blog: each under a heading with its time in UTC. A feed of one entry is that entry's text, with its own headings."""
    if len(entries) == 1:
        return "\n\n".join(part for part in (entries[0].title, entries[0].text) if part)
    dated = sorted(entries, key=lambda entry: entry.published or datetime.min.replace(tzinfo=UTC), reverse=True)
    return "\n\n\n".join(f"{_heading(entry)}\n\n{_body(entry)}" for entry in dated)


def _heading(entry: FeedEntry) -> str:
    when = entry.published
    return f"UPDATE, {when.year:04d}-{when:%m-%d %H:%M} UTC:" if when else "UPDATE:"


def _body(entry: FeedEntry) -> str:
    if not entry.title or entry.text.startswith(entry.title.rstrip("….")):
        return entry.text
    return f"{entry.title}\n\n{entry.text}".strip()


def _entry(entry: Any) -> FeedEntry:
    contents = [str(part.get("value") or "") for part in entry.get("content", ())]
    html = max([*contents, str(entry.get("summary") or "")], key=len)
    link = str(entry.get("link") or "")[:1000]
    return FeedEntry(
        id=str(entry.get("id") or link)[:1000],
        title=" ".join(paragraphs(str(entry.get("title") or "")[:1000]).split()),
        link=link if link.startswith(("http://", "https://")) else "",
        published=_moment(entry.get("published_parsed") or entry.get("updated_parsed")),
        text=paragraphs(html),
    )


def _moment(parsed: Any) -> datetime | None:
    """feedparser gives UTC, as a tuple."""
    if parsed is None:
        return None
    try:
        year, month, day, hour, minute, second = parsed[:6]
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except (ValueError, TypeError):
        return None


def _invalid(message: str, address: str, advice: str) -> InvalidInput:
    return InvalidInput([Problem("", message, shown(address), advice)])
