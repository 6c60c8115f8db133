"""The README's picture: made by the browser, written only when asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT
from tests.driving import open_map
from tests.serving import App

PICTURE = ROOT / "docs" / "images" / "dashboard.png"
STRIKE = "abu-kamal-border-strike-2021-02-26"
# A page of this size with a map on it compresses to more than this; an empty one to far less.
_LEAST_BYTES = 60_000
# Every tile of the base map has faded in, and its names are written.
_SETTLED = """() => {
  const tiles = [...document.querySelectorAll('.leaflet-tile')];
  const names = document.querySelector('.leaflet-dateline-labels-pane canvas');
  return tiles.length > 0 && tiles.every((tile) => getComputedStyle(tile).opacity === '1') && names &&
    names.getContext('2d').getImageData(0, 0, names.width, names.height).data.some((value) => value > 0);
}"""


def test_the_picture_of_the_readme_can_be_made(page: Page, app: App, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The map of February and March 2021 with the strike's detail beside it."""
    frame = open_map(page, app, f"?from=2021-02-01&to=2021-03-04&event={STRIKE}&map=5.5/32.6/44.5")
    expect(page.locator(".st-key-detail")).to_contain_text("US air strikes")
    frame.wait_for_function(_SETTLED)
    path = PICTURE if request.config.getoption("--write-screenshots") else tmp_path / PICTURE.name
    page.screenshot(path=path)
    assert path.stat().st_size > _LEAST_BYTES


def test_the_readme_shows_the_picture() -> None:
    """The picture is in the repository, and the README links to it."""
    assert PICTURE.read_bytes().startswith(b"\x89PNG")
    links = re.findall(r"!\[[^]]+]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert PICTURE.relative_to(ROOT).as_posix() in links


def test_every_link_of_the_documents_leads_somewhere() -> None:
    """Relative links in the README, in CONTRIBUTING and in docs name files that are there."""
    for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")):
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / link).exists(), f"{document.relative_to(ROOT)}: {link}"
