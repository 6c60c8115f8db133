"""What a page loads a moment after it has come, named in a header of it, so that the browser fetches it while it has nothing else to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from geo.mapping.assets import script_url

# The parts of Streamlit's page that are fetched when a first element of their kind comes: those that the map page is made of. The map's own frame
# is one of them, so that every round trip that is saved here is one less before the first mark (docs/decisions/0005-start.md).
_ELEMENTS = ("ComponentInstance", "BidiComponent", "Html", "DownloadButton")
_IMPORT = re.compile(rb'(?:\bfrom|\bimport)\s*"\./([\w.-]+\.js)"')


def link_header(page: Path) -> str:
    """The value of a `Link` header (RFC 8288) with a `modulepreload` for each module that Streamlit's page will import.

    `page` is Streamlit's index.html, beside its folder of static files. Modules that the page names itself are left out, and so is what another
    version of Streamlit has under another name: a header that says too little, or nothing, costs time and nothing else. The map's own
    script is wanted by another document, the map's frame, and so is only fetched into the browser's cache (`prefetch`).
    """
    if not page.is_file():
        return ""
    modules = [f'<./static/js/{name}>; rel="modulepreload"' for name in _late_modules(page.parent / "static" / "js", page.read_bytes())]
    return ", ".join([*modules, f'<{script_url()}>; rel="prefetch"'])


def _late_modules(folder: Path, named: bytes) -> Iterator[str]:
    """The names of the modules of `_ELEMENTS` and of all that these import, each once."""
    waiting = [path.name for element in reversed(_ELEMENTS) for path in folder.glob(f"{element}.*.js")]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        module = folder / name
        if name in seen or name.encode() in named or not module.is_file():
            continue
        seen.add(name)
        yield name
        waiting += [found.decode() for found in _IMPORT.findall(module.read_bytes())]
