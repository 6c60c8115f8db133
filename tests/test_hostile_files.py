"""Files from strangers: what is no JSON or too large is refused with its place, and a thousand mutations harm nothing."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from typing import Any

import pytest

from geo.bounded_json import MAX_NESTING, Limits, read_bounded, unholdable_parts
from geo.errors import InvalidInput, Problem
from geo.json_places import find_place
from tests.corpus_files import ROOT
from tests.mutations import crafted, mutation

STORE = ROOT / "data" / "events.geojson"


def refused(body: bytes, limits: Limits | None = None) -> Problem:
    with pytest.raises(InvalidInput) as caught:
        read_bounded(body, limits or Limits())
    (problem,) = caught.value.problems
    assert problem.advice
    return problem


@pytest.mark.parametrize(
    ("body", "message", "pointer"),
    [
        (b"", "Line 1, column 1: not JSON", ""),
        (b'{"a": [1,\n {"b": }]}', "Line 2, column 8: not JSON", "/a/1/b"),
        (b'{"a": [1 2]}', "Line 1, column 10: not JSON", "/a/0"),
        (b'{"a": "x\ny"}', "Line 1, column 9: not JSON", "/a"),
        (b"{} {}", "Line 1, column 4: not JSON (Extra data)", ""),
        (b'{"a~/b": tru}', "Line 1, column 10: not JSON", "/a~0~1b"),
        (b'{"a": [1,\n NaN]}', "NaN is no JSON number (line 2, column 2)", "/a/1"),
        (b'[[], {"a": -Infinity}]', "-Infinity is no JSON number (line 1, column 12)", "/1/a"),
        (b'{"a":\n [1, 1e999]}', "the number '1e999' is too large (line 2, column 6)", "/a/1"),
        (b'{"a": [{}, {"x": 1, "y": {}, "x": 2}]}', "the member 'x' stands twice in one object (line 1, column 30)", "/a/1/x"),
        (b'{"x": 1, "\\u0078": 2}', "the member 'x' stands twice in one object (line 1, column 10)", "/x"),
        (b'{"a": [' + b"9" * 5_000 + b"]}", "an integer has more than 4,300 digits (line 1, column 8)", "/a/0"),
        (b'{"p":' + b"[" * 70 + b"]" * 70 + b"}", "nested too deeply (line 1, column 69)", "/p" + "/0" * (MAX_NESTING - 1)),
        (b"[" * 100_000, "nested too deeply (line 1, column 65)", "/0" * MAX_NESTING),
        (b'"\xff"', "Byte 1 is not UTF-8", ""),
        (b'{"a": {"t": "\\ud800"}}', "half of a surrogate pair", "/a/t"),
        (b'{"a": {"\\udc00": 1}}', "half of a surrogate pair", "/a"),
        (b'{"a": [0, ' + b"9" * 309 + b"]}", "is too large a number", "/a/1"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(body: bytes, message: str, pointer: str) -> None:
    """Line and column for the text editor, the JSON pointer for the record and the field."""
    problem = refused(body)
    assert message in problem.message
    assert problem.pointer == pointer


def test_a_file_that_is_too_large_is_refused_before_it_is_parsed() -> None:
    """The message has both numbers; a file of just the size is read."""
    assert refused(b"[1, 2]", Limits(max_bytes=5)).message == "The file has 6 bytes; at most 5 are read"
    assert read_bounded(b"[1, 2]", Limits(max_bytes=6)) == [1, 2]


def test_what_is_unusual_but_json_is_read() -> None:
    """A byte order mark, pairs of surrogates, integers and nesting up to the bound, names that look like others."""
    assert read_bounded(b"\xef\xbb\xbf[]") == []
    assert read_bounded(b'"\\ud83d\\ude80"') == "🚀"
    assert read_bounded(b"9" * 308) == int("9" * 308)
    assert read_bounded(b"[" * MAX_NESTING + b"]" * MAX_NESTING)
    assert read_bounded(b'{"a": 1, "A": 2, "a ": 3, "": 4}') == {"a": 1, "A": 2, "a ": 3, "": 4}
    assert read_bounded(b"[1, 1.0, -0.0, 1e2]") == [1, 1.0, -0.0, 100.0]


def test_text_that_only_looks_like_a_fault_is_no_fault() -> None:
    """NaN, brackets and names within texts; what stands before the first fault is passed over."""
    text = '{"NaN": "NaN, [[[ {\\"a\\": 1, \\"a\\"", "b": [1.5e3, true, null, {"c": []}], "d": '
    assert find_place(text + "1}", max_nesting=4) is None
    place = find_place(text + "NaN}", max_nesting=4)
    assert place is not None
    assert (place.column, place.pointer) == (len(text) + 1, "/d")


def test_values_that_are_given_are_looked_through_as_those_that_are_read() -> None:
    """Numbers that are not finite, and every other thing that no program can hold, in the order of the members."""
    value: dict[str, Any] = {"a": [1.5, float("nan"), 10**400], "b": {"c": "\udfff", "d": float("inf")}}
    assert [problem.pointer for problem in unholdable_parts(value, "/x")] == ["/x/a/1", "/x/a/2", "/x/b/c", "/x/b/d"]


def test_a_place_is_not_looked_for_without_end() -> None:
    """Far into a large text the fault is told without its place, which is better than slowly."""
    problem = refused(b"[" + b"1," * 2_000_000 + b"NaN]")
    assert problem.message == "Not JSON as RFC 8259 has it: NaN is no JSON number"


def test_a_mutation_is_the_same_each_time() -> None:
    """A fault that was found can be found again by its seed and number."""
    assert mutation(1, 7) == mutation(1, 7)
    assert len({mutation(1, number) for number in range(50)}) > 40


def worker(*arguments: object) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.fuzz_worker", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, (done.returncode, done.stderr[-2_000:])
    found = json.loads(done.stdout)
    assert found["faults"] == []
    assert found["reached"] == []
    return found


@pytest.mark.skipif(not hasattr(__import__("signal"), "SIGPROF"), reason="this system has no limits of memory and time for a process")
def test_a_thousand_mutations_are_read_without_a_crash_a_loss_or_a_reach_outside() -> None:
    """Each is read, sorted, put right, written and read as a store in 512 MB and 5 s; no file or socket is opened; messages have places."""
    before = hashlib.sha256(STORE.read_bytes()).hexdigest()
    outcomes = worker("mutated", 20210226, 0, 1_000)["outcomes"]
    assert sum(outcomes.values()) == 1_000
    assert all(outcomes.get(outcome, 0) > 10 for outcome in ("no JSON", "refused", "set aside", "good")), outcomes
    assert hashlib.sha256(STORE.read_bytes()).hexdigest() == before


@pytest.mark.skipif(not hasattr(__import__("signal"), "SIGPROF"), reason="this system has no limits of memory and time for a process")
def test_the_worst_of_each_kind_is_read_within_bounds() -> None:
    """Deep nesting, floods of small values, long texts and numbers, in 1 MB each; `benchmarks/fuzz.py` takes 10 MB."""
    outcomes = worker("crafted", 1_000_000, 0, 100)["outcomes"]
    assert sum(outcomes.values()) == 2 * len(crafted(1_000))


def test_the_listener_notices_a_reach_outside() -> None:
    """Opening a file or a socket while listening is seen, so that seeing nothing means something."""
    code = (
        "import sys, socket; from tests import fuzz_worker as w; sys.addaudithook(w._listen); w._listening = True\n"
        "open('/dev/null').close(); socket.socket().close(); w._listening = False\n"
        "print([one.split()[0] for one in w._seen])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60, check=True)
    assert b"'open'" in done.stdout
    assert b"'socket.__new__'" in done.stdout
