"""A writer that is killed at any moment tears nothing, loses nothing that it acknowledged, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import kill9

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork, which is how a writer is made to be killed")


def _outcomes(*options: str) -> dict[str, Any]:
    """What the program says. It has a process of its own, since what is forked must have no threads."""
    command = [sys.executable, "-m", "benchmarks.kill9", "--json", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.stdout, done.stderr
    outcomes: dict[str, Any] = json.loads(done.stdout)
    return outcomes


def test_two_hundred_kills_at_random_moments_and_one_at_every_call() -> None:
    """No torn file, no acknowledged change lost, no leftover after the restart; the history leads to what the file holds, byte for byte."""
    outcomes = _outcomes("--kills", "200")
    assert outcomes["at random moments"]["kills"] == 200 and outcomes["at random moments"]["acknowledged"] > 0
    assert outcomes["at every call"]["kills"] > 100
    for outcome in outcomes.values():
        assert (outcome["torn"], outcome["lost"], outcome["leftovers"], outcome["faults"]) == (0, 0, 0, [])


def test_a_store_that_lost_something_would_be_found_out(tmp_path: Path) -> None:
    """The judge sees a torn file, a change that is gone, and a leftover."""
    told = {"entry": 3, "revision": "0" * 16, "versions": {"e-1": "0" * 16}}
    path, outcome = kill9.new_store(tmp_path / "a"), kill9.Outcome()
    kill9._judge(path, outcome, [], "here")
    assert outcome.is_clean
    kill9._judge(path, outcome, [told], "here")
    assert outcome.lost == 2
    path.write_bytes(path.read_bytes()[:-10])
    (path.parent / "left").touch()
    kill9._judge(path, outcome, [], "here")
    assert outcome.torn == 1
