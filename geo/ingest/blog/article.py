"""The article of a web page as plain text that keeps its paragraphs, bullets and quotations. Nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from geo.errors import InvalidInput, Problem, shown
from geo.ingest.blog.headings import candidates

MAX_CHARACTERS = 5_000_000
_MAX_DEPTH = 200

_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "cell",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "html",
        "item",
        "li",
        "list",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "quote",
        "row",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_DROPPED = ("script", "style", "noscript", "template", "iframe", "svg", "canvas", "button", "select", "textarea", "nav", "footer", "dialog")
# What stands beside an article, by the names that pages give it.
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?(?:list|-list|s-area)?|disqus\w*|respond|related|recommended|share|sharing|social|advert\w*|ads?|promo\w*|sponsor\w*|newsletter|sidebar|"
    r"cookies?|consent|breadcrumbs?|menu|navbar|navigation|most-(?:read|popular)|popular|trending|subscribe|outbrain|taboola)(?:$|[\s_-])",
    re.IGNORECASE,
)
_KEPT = ("html", "body", "article", "main")
_SPACES = re.compile(r"[ \t\r\f\v]+")


def article_text(html: str, *, address: str = "") -> str:
    """The article of a page. Paragraphs are separated by an empty line, bullets begin with `• `, the lines of quotations with `> `.

    Raises InvalidInput for a page without words, too large, or nested too deeply.
    """
    if len(html) > MAX_CHARACTERS:
        raise _invalid(f"The page has more than {MAX_CHARACTERS:,} characters", address, "Save the part with the updates as text, and read that.")
    tree = _parsed(html, address)
    _mark(tree)
    own = _rendered(_main(tree))
    taken = _extracted(tree)
    # Extractors take the short lines of a live blog, its headings, for clutter: then the page's own main part is the better text.
    text = own if not taken or _headings(own) > _headings(taken) else taken
    if not any(character.isalpha() for character in text):
        raise _invalid("The page holds no article", address, "Copy the text from the browser into a file, and read that.")
    return text


def paragraphs(fragment: str) -> str:
    """The text of a fragment of HTML, such as a feed's entry, with nothing left out but scripts."""
    if not fragment.strip():
        return ""
    tree = _parsed(f"<div>{fragment}</div>", "")
    _mark(tree)
    return _rendered(tree)


def _parsed(html: str, address: str) -> Any:
    import lxml.etree
    import lxml.html

    # An encoding that the page declares was used when it was decoded; lxml refuses to see it again.
    words = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", html).replace("\x00", "")
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        tree = lxml.html.document_fromstring(words.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise _invalid(
            f"The page cannot be read: {shown(str(error))}", address, "Copy the text from the browser into a file, and read that."
        ) from error
    if _depth(tree) > _MAX_DEPTH:
        raise _invalid(
            f"The page is nested more than {_MAX_DEPTH} levels deep", address, "Copy the text from the browser into a file, and read that."
        )
    return tree


def _depth(tree: Any) -> int:
    """How deeply the page is nested, counted without recursion, and not beyond what is allowed."""
    deepest, level = 0, [tree]
    while level and deepest <= _MAX_DEPTH:
        deepest += 1
        level = [child for element in level for child in element]
    return deepest


def _mark(tree: Any) -> None:
    """Take out what is no text, and keep what an extractor would lose: rules, line breaks."""
    import lxml.html

    for tag in _DROPPED:
        for element in list(tree.iter(tag)):
            if element.getparent() is not None:
                element.drop_tree()
    for rule in list(tree.iter("hr")):
        line = lxml.html.Element("p")
        line.text, line.tail = "* * *", rule.tail
        rule.getparent().replace(rule, line)
    whole = len(tree.text_content())
    for element in [one for one in tree.iter() if isinstance(one.tag, str) and _is_beside(one)]:
        # An element with most of the words is the article, whatever its class says.
        if element.getparent() is not None and element.tag not in _KEPT and len(element.text_content()) < whole / 2:
            element.drop_tree()


def _is_beside(element: Any) -> bool:
    return bool(_BESIDE.search(f"{element.get('class', '')[:300]} {element.get('id', '')[:100]}"))


def _main(tree: Any) -> Any:
    """The page's only article, else its main part, else its body."""
    for tag in ("article", "main", "body"):
        found = list(tree.iter(tag))
        if len(found) == 1:
            return found[0]
    return tree


def _extracted(tree: Any) -> str:
    """What the extractor takes for the article, of a copy of the page; nothing of it is followed or fetched. Empty where it finds none."""
    import copy
    import logging

    try:
        import trafilatura
    except ImportError as error:
        # It needs lxml_html_clean, which some installers leave out: the page's own main part is read instead.
        logging.getLogger(__name__).warning("trafilatura cannot be used: %s", error)
        return ""

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document = trafilatura.bare_extraction(
            copy.deepcopy(tree), include_comments=False, include_tables=True, favor_recall=True, deduplicate=False, with_metadata=False, fast=True
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        return ""
    body = getattr(document, "body", None)
    return "" if body is None else _rendered(body)


def _headings(text: str) -> int:
    return sum(1 for heading in candidates(text) if heading.strength >= 1)


def _rendered(tree: Any) -> str:
    """The text of an element, one block a paragraph, without recursion."""
    out: list[str] = []
    line: list[str] = []
    prefix: list[str] = [""]

    def end_line() -> None:
        words = _SPACES.sub(" ", "".join(line).replace("\n", " ").replace("\u2028", " "))
        for part in words.split("\x01"):
            if part.strip(" \u00a0"):
                out.append(prefix[-1] + part.strip(" \u00a0"))
        line.clear()

    steps: list[Callable[[], None] | tuple[Any]] = [(tree,)]
    while steps:
        step = steps.pop()
        if callable(step):
            step()
            continue
        element = step[0]
        if not isinstance(element.tag, str):
            line.append(element.tail or "")
            continue
        block = element.tag in _BLOCKS
        if block:
            end_line()
        if element.tag in ("br", "lb"):
            line.append("\x01")
        before = len(prefix)
        if element.tag in ("blockquote", "quote"):
            prefix.append("> ")
        elif element.tag in ("li", "item") and not any(child.tag in _BLOCKS for child in element if isinstance(child.tag, str)):
            prefix.append(("> " if prefix[-1].startswith(">") else "") + "• ")
        line.append(element.text or "")

        def leave(element: Any = element, block: bool = block, before: int = before) -> None:
            if block:
                end_line()
            del prefix[before:]
            if element is not tree:
                line.append(element.tail or "")

        steps.append(leave)
        steps.extend((child,) for child in reversed(element))
    end_line()
    return "\n\n".join(out)


def _invalid(message: str, address: str, advice: str) -> InvalidInput:
    return InvalidInput([Problem("", message, shown(address), advice)])
