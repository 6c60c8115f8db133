"""Files, pages and feeds become text that keeps its paragraphs; what is malformed, empty, huge or hostile gets a clear error."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InvalidInput, StoreError
from geo.ingest.blog import article
from geo.ingest.blog.article import article_text
from geo.ingest.blog.feeds import feed_text, read_feed
from geo.ingest.blog.source import MAX_BYTES, decoded, form_of, read_bytes, read_file
from geo.ingest.blog.updates import MAX_CHARACTERS, Blog, read_updates

BLOGS = Path(__file__).parent / "blogs"
PAGES = sorted(path.name for path in (*BLOGS.glob("*.html"), *BLOGS.glob("*.atom")))
DAY = date(2021, 3, 4)


def read(path: Path) -> tuple[str, Blog]:
    wanted = json.loads(path.with_suffix(".json").read_text())
    text = read_file(path).text
    return text, read_updates(text, published=date.fromisoformat(wanted["published"]))


@pytest.mark.parametrize("name", PAGES)
def test_a_saved_page_or_feed_gives_the_updates_of_its_text(name: str) -> None:
    """Menus, adverts and comments with dates of their own are left out; moments and words are those of the blog."""
    path = BLOGS / name
    text, blog = read(path)
    wanted = json.loads(path.with_suffix(".json").read_text())
    assert [str(update.moment) for update in blog.updates] == [update["moment"] for update in wanted["updates"]]
    for beside in ("Half price", "I think the map", "what my clock says", "Most read", "Copyright", "not text", "Sport"):
        assert beside not in text
    plain = read_updates(path.with_suffix(".txt").read_text(), published=date.fromisoformat(wanted["published"]))
    for one, two in zip(plain.updates, blog.updates, strict=True):
        missing = [word for word in one.text.replace(".", " ").split() if word not in two.text and word.isalpha()]
        assert not missing


def test_the_extractor_gives_the_same_updates_as_the_page_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether trafilatura can be used or not, the updates are found."""
    monkeypatch.setattr(article, "_extracted", lambda _: "")
    for name in PAGES:
        wanted = json.loads((BLOGS / name).with_suffix(".json").read_text())
        assert [str(update.moment) for update in read(BLOGS / name)[1].updates] == [update["moment"] for update in wanted["updates"]]


def test_an_extractor_that_loses_headings_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extractor drops the headings as clutter, the page's own article is taken."""
    monkeypatch.setattr(article, "_extracted", lambda _: "Shells fell.\n\nRockets fell.")
    html = "<html><body><article><h3>14:13 GMT:</h3><p>Shells fell.</p><h3>12:02 GMT:</h3><p>Rockets fell.</p></article></body></html>"
    assert article_text(html) == "14:13 GMT:\n\nShells fell.\n\n12:02 GMT:\n\nRockets fell."


def test_trafilatura_takes_the_article_out_of_a_page_without_one() -> None:
    """In a page without article or main element, trafilatura leaves out what stands beside the text."""
    pytest.importorskip("lxml_html_clean", reason="trafilatura cannot be imported without lxml_html_clean")
    story = "".join(
        f"<p>14:{minute} GMT: The mayor said that shells had fallen near the bridge, and that people had left.</p>" for minute in range(10, 30)
    )
    beside = "<div><a href='/a'>Cars</a> <a href='/b'>Garden</a> <a href='/c'>Weather</a></div>"
    text = article_text(f"<html><body>{beside}<div class='text'>{story}</div>{beside}</body></html>")
    assert text.count("The mayor said") == 20 and "Garden" not in text


def test_structure_becomes_lines() -> None:
    """Rules, line breaks, bullets and quotations keep their lines."""
    html = "<p>One.<br>Two &amp; three.</p><hr><ul><li>A</li><li><p>B</p></li></ul><blockquote><p>C</p></blockquote>"
    assert article_text(f"<html><body><article>{html}</article></body></html>") == "One.\n\nTwo & three.\n\n* * *\n\n• A\n\nB\n\n> C"


def test_a_class_that_sounds_like_clutter_does_not_lose_the_article() -> None:
    """An element that holds most of the words is kept, whatever its class."""
    assert "Shells fell" in article_text("<html><body><div class='share social'><p>14:13 GMT: Shells fell on the town.</p></div></body></html>")


def test_a_file_is_kept_with_its_name_hash_and_time(tmp_path: Path) -> None:
    """A text file is read whole, its line ends made one kind, and kept with the hash of its bytes."""
    path = tmp_path / "live.txt"
    path.write_bytes(b"\xef\xbb\xbfUPDATE, MARCH 4:\r\n\r\nShells fell.\r\n")
    now = datetime(2021, 3, 4, 12, tzinfo=UTC)
    source = read_file(path, now=now)
    assert (source.address, source.fetched, source.content_type) == ("live.txt", now, "text/plain")
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert source.text == "UPDATE, MARCH 4:\n\nShells fell.\n"


@pytest.mark.parametrize(
    ("content", "content_type", "text"),
    [
        ("Añó".encode("latin-1"), "text/plain; charset=iso-8859-1", "Añó"),
        ("“Añó”".encode("cp1252"), "", "“Añó”"),
        ("Añó".encode("utf-16"), "", "Añó"),
        ("Привет".encode("cp1251"), 'text/plain; charset="windows-1251"', "Привет"),
        ("Añó".encode(), "text/plain; charset=no-such", "Añó"),
        ("Añó".encode(), "text/plain; charset=hex", "Añó"),
    ],
)
def test_characters_are_decoded(content: bytes, content_type: str, text: str) -> None:
    """The named character set, a byte order mark, UTF-8, or that of old pages."""
    assert decoded(content, content_type) == text


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"UPDATE, MARCH 4: <b>no page</b>", "text"),
        (b"<!DOCTYPE html><p>x", "html"),
        (b'<?xml version="1.0"?><html xmlns="x"><body/></html>', "html"),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', "feed"),
        (b'  <feed xmlns="http://www.w3.org/2005/Atom"></feed>', "feed"),
        (b"<p>14:13 GMT: x</p>", "html"),
        (b"< 3 people", "text"),
    ],
)
def test_the_form_is_told_by_what_stands_in_it(content: bytes, form: str) -> None:
    """Text, page or feed: the beginning tells, not the name."""
    assert form_of(content) == form


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha" * 100}">' for n in range(10))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "It is empty"),
        (b" \n\t ", "It is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "It is no text"),
        (b"PK\x03\x04\x14\x00\x00\x00", "It is no text"),
        (b"\x1f\x8b\x08\x00" + bytes(100), "It is no text"),
        (b"a" * (MAX_BYTES + 1), "larger than"),
        (b"<!DOCTYPE html><html><body></body></html>", "holds no article"),
        (b"<html>" + b"<div>" * 100_000 + b"x", "nested more than|cannot be read|holds no article"),
        (
            f'<?xml version="1.0"?><!DOCTYPE rss [{BOMB}]><rss version="2.0"><channel><item><title>&a9;</title></item></channel></rss>'.encode(),
            "entities",
        ),
        (
            b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>',
            "entities",
        ),
        (f'<?xml version="1.0"?><!DOCTYPE rss [{BOMB}]><rss version="2.0"></rss>'.encode("utf-16"), "entities"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', "no entry"),
        (b"<rss><channel>" + b"<item><title>x</title></item>" * 1_001, "more than 1,000 entries"),
    ],
    ids=lambda value: value[:24].decode("latin-1") if isinstance(value, bytes) else None,
)
def test_what_cannot_be_read_gets_a_clear_error(content: bytes, message: str) -> None:
    """Empty, binary, huge, deep and hostile inputs are refused in words."""
    with pytest.raises(InvalidInput, match=message):
        read_bytes(content, address="live")


def test_bytes_that_name_a_file_are_not_opened(tmp_path: Path) -> None:
    """A feed whose bytes are a path is not taken for a file."""
    secret = tmp_path / "secret.xml"
    secret.write_text("<rss><channel><item><title>secret</title></item></channel></rss>")
    with pytest.raises(InvalidInput, match="no entry"):
        read_feed(str(secret).encode())


@pytest.mark.parametrize("name", ["missing.txt", "", "\x00"])
def test_a_file_that_cannot_be_opened_is_told_in_words(tmp_path: Path, name: str) -> None:
    """A missing file, a folder, or a name that no file has: the error says which and what to do."""
    with pytest.raises(StoreError, match="could not be read"):
        read_file(tmp_path / name)


def test_a_feed_lists_its_newest_entry_first_with_scripts_removed() -> None:
    """Entries are put newest first under their time in UTC, and hold text only."""
    feed = """<?xml version="1.0"?><rss version="2.0"><channel><title>Live</title>
    <item><title>First</title><pubDate>Thu, 04 Mar 2021 07:30:00 +0300</pubDate>
    <description>&lt;p&gt;Shells fell.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description></item>
    <item><title>Second</title><pubDate>Thu, 04 Mar 2021 09:00:00 GMT</pubDate>
    <description>Rockets fell.</description><link>javascript:x()</link></item>
    </channel></rss>"""
    entries = read_feed(feed.encode())
    assert (
        feed_text(entries) == "UPDATE, 2021-03-04 09:00 UTC:\n\nSecond\n\nRockets fell.\n\n\nUPDATE, 2021-03-04 04:30 UTC:\n\nFirst\n\nShells fell."
    )
    assert [entry.link for entry in entries] == ["", ""]
    assert [str(update.moment) for update in read_updates(feed_text(entries), published=DAY).updates] == ["2021-03-04T09:00Z", "2021-03-04T04:30Z"]


def test_a_feed_of_one_entry_keeps_its_own_headings() -> None:
    """A feed that carries the whole live blog in one entry is cut by the headings in it."""
    body = "&lt;p&gt;UPDATE, MARCH 4: Calm.&lt;/p&gt;&lt;p&gt;UPDATE, MARCH 3: Shells.&lt;/p&gt;"
    feed = f"<rss version='2.0'><channel><item><title>Live</title><description>{body}</description></item></channel></rss>"
    blog = read_updates(read_bytes(feed.encode(), address="feed").text, published=DAY)
    assert [update.heading for update in blog.updates] == ["UPDATE, MARCH 4", "UPDATE, MARCH 3"]


def test_a_text_that_holds_no_words_or_too_many_is_refused() -> None:
    """Every fault of a reading is told at once, with what to do."""
    for text, message in (("", "holds no words"), ("12:00 ... 1/2", "holds no words"), ("a" * (MAX_CHARACTERS + 1), "more than")):
        with pytest.raises(InvalidInput, match=message):
            read_updates(text, published=DAY)
    with pytest.raises(InvalidInput) as error:
        read_updates("", published=date(1, 1, 1), zone="Atlantis time")
    assert [problem.pointer for problem in error.value.problems] == ["", "/published", "/zone"]
    with pytest.raises(InvalidInput, match="more than 10,000 lines"):
        read_updates("UPDATE: a\n" * 10_001, published=DAY)


HOSTILE = {
    "words": "word " * 200_000,
    "one line of spaces": "UPDATE" + " " * 1_000_000 + "x",
    "hard spaces": "\u00a0" * 500_000 + "UPDATE, MARCH 4: x",
    "stars": "*" * 1_000_000 + "x",
    "lines of stars": "* * *\n" * 150_000 + "x",
    "a rule without end": "UPDATE: a\n" + "- " * 500_000 + "x",
    "headings": "2017 GMT: a\n" * 4_900,
    "digits": "1" * 1_000_000 + "x",
    "dates": "MARCH 4, " * 110_000,
    "times": "12:00 " * 160_000 + "x",
    "updates in a line": "x. UPDATE, MARCH 4: a. " * 4_000,
    "brackets": "[(" * 500_000 + "x",
    "colons": "UPDATE" + ":" * 1_000_000 + "x",
    "blank lines": "\n" * 1_000_000 + "x",
    "zones": "12:00 Aaaa Bbbb time\n" * 4_900,
    "letters": "T" * 1_000_000,
    "titles": "A" + " Aa" * 300_000,
    "right to left": "\u202eUPDATE, MARCH 4: x\u202c\n" * 1_000,
    "days out of every calendar": "UPDATE, FEB 31: a\nUPDATE, FEB 30: b\n" * 1_000,
    "half a surrogate pair": "UPDATE, MARCH 4: \ud800 x",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_read_or_refused(text: str) -> None:
    """A megabyte of lines made to stall a pattern is read, with spans that are true, or refused in words."""
    try:
        blog = read_updates(text, published=DAY)
    except InvalidInput:
        return
    assert all(text[update.start : update.end] == update.text for update in blog.updates)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "UPDATE",
                    "MARCH 4",
                    "Feb. 30",
                    "31/12/9999",
                    "0730",
                    "2400 GMT",
                    "12 a.m.",
                    "24:00",
                    "Thursday",
                    "7/17",
                    "EST",
                    "UTC+14",
                    ":",
                    " ",
                ),
                *("\n", "—", "[", "]", "ORIGINAL ENTRY", "Update 2", "text", "“", "> ", "• ", "**", "\u00a0", "(", ")", "9999-12-31", "0001-01-01"),
                *("___", "noon", "Kyiv time", "İ", "ß"),
            ]
        ),
        max_size=40,
    ),
    st.dates(date(1000, 1, 1), date(9000, 1, 1)),
)
def test_any_order_of_words_is_read_without_a_crash(words: list[str], published: date) -> None:
    """Whatever headings are made of: spans are true and apart, ids are unique, and nothing but a clear error comes out."""
    text = "".join(words) + " words"
    blog = read_updates(text, published=published)
    assert all(text[update.start : update.end] == update.text for update in blog.updates)
    assert all(before.end <= after.start for before, after in pairwise(blog.updates))
    assert len({update.id for update in blog.updates}) == len(blog.updates) > 0
