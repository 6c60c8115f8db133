"""The list of threats names tests that are there."""

from __future__ import annotations

import re

from tests.conftest import ROOT


def test_every_test_that_the_list_names_is_there() -> None:
    """A line without a test that holds it is a hope."""
    text = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("test_*.py"))
    rows = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| Threat")]
    assert len(rows) > 25
    for row in rows:
        held = re.findall(r"`([^`]+)`", row.rsplit("|", 2)[1])
        assert held, row
        for name in held:
            assert (ROOT / name).is_file() if "/" in name else f"def {name}(" in tests, name
