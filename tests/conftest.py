"""What the tests share: a Chromium, and the real app on a free port."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import streamlit
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.checks.browser import find_chromium
from tests.serving import App, serve

ROOT = Path(__file__).resolve().parents[1]

# No test fails because a machine is slow.
hypothesis.settings.register_profile("dateline", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("dateline")
expect.set_options(timeout=30_000)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--write-screenshots` writes the README's picture anew instead of only looking whether one can be made."""
    parser.addoption("--write-screenshots", action="store_true", help="write docs/images anew")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The real app over the real store."""
    with serve(ROOT, log=tmp_path_factory.mktemp("app") / "log.txt") as running:
        yield running


@pytest.fixture
def serve_store(tmp_path: Path) -> Iterator[Callable[[Path], App]]:
    """Start the app over another store; it is stopped after the test."""
    with ExitStack() as stack:
        yield lambda store: stack.enter_context(serve(ROOT, store=store, log=tmp_path / "log.txt"))


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A session of its own, outside of a running page."""
    kept: dict[str, Any] = {}
    monkeypatch.setattr(streamlit, "session_state", kept)
    return kept


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page at 1440 x 900 in a context of its own."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()
