"""What the figures were taken on."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("streamlit", "folium", "streamlit-folium", "playwright")


def machine(chromium: str, load: float | None) -> list[tuple[str, str]]:
    """Names and values, in a fixed order. `chromium` is the browser's version, `load` the load average when the run began."""
    return [
        ("Cores", str(os.cpu_count())),
        ("Processor", _processor()),
        ("Memory", f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"),
        ("System", f"{platform.system()} {platform.machine()}"),
        ("Python", platform.python_version()),
        ("Chromium", f"{chromium}, headless, without a GPU"),
        *((name, version(name)) for name in _PACKAGES),
        ("Load average at the start", "unknown" if load is None else f"{load:.1f}"),
    ]


def load_average() -> float | None:
    """How many processes wanted a core in the last minute; None where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def _processor() -> str:
    if sys.platform == "linux":
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"
