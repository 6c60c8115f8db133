"""Finding a Chromium for the browser tests, and installing one where there is none.

Debian's headless shell comes first: the same engine without the windows and tabs that a headless Chromium draws for nobody, for a third less
processor time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_SHELL = "chromium-headless-shell"
_NAMES = (_SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """The path of a Chromium: the system's, else Playwright's own; None if there is neither."""
    for name in _NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


def install_chromium() -> None:
    """Install one: Debian's package where apt can be used, else Playwright's own build. Raises OSError, CalledProcessError."""
    if not any(_install_with_apt(package) for package in (_SHELL, "chromium")):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def _install_with_apt(package: str) -> bool:
    """Whether Debian's package could be installed."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    return all(subprocess.run(["apt-get", *words], check=False, **quiet).returncode == 0 for words in (["update"], ["install", "-y", package]))


def main() -> int:
    """Make sure that there is a Chromium; 1 if there is none and none can be installed."""
    if find_chromium():
        if not shutil.which(_SHELL):
            _install_with_apt(_SHELL)  # what was found will do, but more slowly
        return 0
    print("No Chromium found: installing one for the browser tests.", flush=True)
    try:
        install_chromium()
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"It could not be installed ({error}). Install Chromium by hand and run this again.")
        return 1
    return 0 if find_chromium() else 1


if __name__ == "__main__":
    sys.exit(main())
