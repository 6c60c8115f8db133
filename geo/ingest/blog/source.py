"""What a live blog was read from, kept as it was: its address, when it was got, and a hash of its bytes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from geo.errors import InvalidInput, Problem, StoreError, shown

MAX_BYTES = 10_000_000
Form = Literal["text", "html", "feed"]

_SIGNS = re.compile(rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]", re.IGNORECASE)
_FEED_SIGNS = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Source:
    """`address` is a web address or the name of a file, `fetched` when it was got (UTC), `sha256` that of its bytes, `text` what they say."""

    address: str
    fetched: datetime
    sha256: str
    content_type: str
    text: str


def read_file(path: Path, *, now: datetime | None = None) -> Source:
    """Read a text file, a saved page or a saved feed. Raises StoreError if it cannot be opened, InvalidInput if it is no text."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        what = f"The file could not be read: {getattr(error, 'strerror', None) or error}"
        raise StoreError(what=what, where=str(path), advice="Give the path of a text file, a saved page or a saved feed.") from error
    return read_bytes(content, address=path.name, now=now)


def read_bytes(content: bytes, *, address: str, content_type: str = "", now: datetime | None = None) -> Source:
    """The text of a live blog in any of the three forms. `content_type` is that of the HTTP response, if there was one.

    Raises InvalidInput for what is empty, too large, or no text.
    """
    from geo.ingest.blog.article import article_text
    from geo.ingest.blog.feeds import feed_text, read_feed

    if len(content) > MAX_BYTES:
        raise _invalid(f"It is larger than {MAX_BYTES:,} bytes", address, "Save the part with the updates as text, and read that.")
    if not content.strip():
        raise _invalid("It is empty", address, "Give the text of a live blog, a saved page of one, or its address.")
    form = form_of(content, content_type)
    if form == "feed":
        text = feed_text(read_feed(content, address=address, content_type=content_type))
    elif form == "html":
        text = article_text(decoded(content, content_type, address=address), address=address)
    else:
        text = decoded(content, content_type, address=address)
    kind = content_type.split(";")[0].strip().lower() or {"text": "text/plain", "html": "text/html", "feed": "application/xml"}[form]
    fetched = (now or datetime.now(UTC)).astimezone(UTC)
    return Source(address, fetched, hashlib.sha256(content).hexdigest(), kind, text)


def form_of(content: bytes, content_type: str = "") -> Form:
    """Text, a page or a feed: by what stands in its beginning, since the type that a server gives is often wrong."""
    beginning = content[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        beginning = beginning.replace(b"\x00", b"")
    if not beginning.startswith(b"<") and b"<" not in beginning[:10]:
        return "html" if "html" in content_type and _SIGNS.search(beginning) else "text"
    if _FEED_SIGNS.search(beginning) and not _SIGNS.search(beginning):
        return "feed"
    if _SIGNS.search(beginning) or "html" in content_type:
        return "html"
    if "rss" in content_type or "atom" in content_type or (beginning.startswith(b"<?xml") and "xml" in content_type):
        return "feed"
    return "html" if re.match(rb"<(?:!--|\?xml|[a-zA-Z])", beginning) else "text"


def decoded(content: bytes, content_type: str = "", *, address: str = "") -> str:
    """The characters, with one kind of line end and no byte order mark. Raises InvalidInput for what is no text."""
    named = _CHARSET.search(content_type)
    meta = _META_CHARSET.search(content[:4000])
    marks = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    tried = [name for mark, name in marks if content.startswith(mark)]
    tried += [found for found in (named and named[1], "utf-8", meta and meta[1].decode("ascii"), "cp1252") if found]
    for name in tried:
        try:
            text = content.decode(name)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
        # Some codecs of Python give no text (hex), others take any bytes.
        if isinstance(text, str) and not _BINARY.search(text):
            return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    raise _invalid("It is no text", address, "Give a text file, a saved web page (HTML) or a feed; no PDF, picture or archive.")


def _invalid(message: str, address: str, advice: str) -> InvalidInput:
    return InvalidInput([Problem("", message, shown(address), advice)])
