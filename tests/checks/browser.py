"""Finding a Chromium for the browser tests, and installing one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


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
    """Install one: Debian's package where apt can be used, else Playwright's own build."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        updated = subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet).returncode == 0
        if updated and subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, **quiet).returncode == 0:
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def main() -> int:
    """Make sure that there is a Chromium; 1 if there is none and none can be installed."""
    if find_chromium():
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
