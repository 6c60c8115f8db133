"""The three apps that are measured, and how each shows what it has done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Measured:
    """An app. `mark` is a JavaScript function that says whether the first mark is in a window; `listed` selects the text that a rerun changes."""

    name: str
    script: str
    mark: str
    listed: str


EMPTY = Measured(
    name="empty page",
    script="benchmarks/peers/empty.py",
    mark='({ document }) => Boolean(document.querySelector("h1")?.checkVisibility() && document.querySelector(".st-key-runs_shown")?.textContent)',
    listed=".st-key-runs_shown",
)
DATELINE = Measured(name="Dateline", script="app.py", mark="({ dateline }) => (dateline?.drawn.count ?? 0) > 0", listed=".st-key-event_list")
PLAIN = Measured(
    name="plain folium",
    script="benchmarks/peers/plain_folium.py",
    mark='({ document }) => Boolean(document.querySelector("path.leaflet-interactive"))',
    listed=".st-key-list",
)
ALL = (EMPTY, DATELINE, PLAIN)
