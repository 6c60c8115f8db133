"""The corpus of odd and hostile GeoJSON files, and what `manifest.json` says of each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "corpus"
MANIFEST: dict[str, dict[str, Any]] = json.loads((CORPUS / "manifest.json").read_text(encoding="utf-8"))


def body(name: str) -> bytes:
    """The bytes of one file of the corpus."""
    return (CORPUS / name).read_bytes()
