"""`python -m geo ingest` and the candidates file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geo.cli.program import main
from geo.errors import InvalidInput
from geo.ingest.gazetteer.index import Gazetteer
from geo.ingest.incidents import Reading, collection_of
from geo.ingest.incidents.candidates_file import add_candidates, candidates_path, read_candidates
from tests.incidents import BLOGS
from tests.incidents import atlas as atlas  # a fixture

BLOG = str(BLOGS / "idlib_times.txt")


@pytest.fixture(autouse=True)
def _gazetteer(monkeypatch: pytest.MonkeyPatch, atlas: Gazetteer) -> None:
    monkeypatch.setattr("geo.ingest.gazetteer.open_gazetteer", lambda **_: atlas)


def run(*words: str) -> int:
    return main(["ingest", *words])


def test_candidates_come_as_a_collection_that_is_a_store(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """What is printed passes `validate`, carries evidence to the letter and the hash of what was read."""
    assert run(BLOG, "--published", "2016-06-14", "--address", "https://example.org/live") == 0
    out = capsys.readouterr().out
    content = json.loads(out)
    assert content["type"] == "FeatureCollection" and len(content["features"]) == 4
    assert content["read"]["address"] == "idlib_times.txt" and len(content["read"]["sha256"]) == 64
    texts = {update["id"]: update["text"] for update in content["updates"]}
    for feature in content["features"]:
        assert feature["properties"]["place"]["basis"] == "gazetteer" and feature["properties"]["date_basis"] in ("stated", "inferred")
        for telling in feature["evidence"]["tellings"]:
            for span in telling["spans"]:
                assert texts[span["update"]][span["start"] : span["end"]] == span["exact"]
    path = tmp_path / "candidates.geojson"
    path.write_text(out)
    assert main(["validate", str(path)]) == 0


def test_candidates_are_kept_beside_the_store_and_not_in_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The store stays as it was to the byte; reading again adds nothing."""
    store = tmp_path / "mine.geojson"
    store.write_text('{"type": "FeatureCollection", "dateline": {"schema": 1}, "updates": [], "features": []}')
    before = store.read_bytes()
    for said in ("4 new, 0 told anew and 0 unchanged", "0 new, 0 told anew and 4 unchanged"):
        assert run(BLOG, "--published", "2016-06-14", "--into", str(store), "--as-candidates") == 0
        captured = capsys.readouterr()
        assert said in captured.err and captured.out == ""
    assert store.read_bytes() == before
    assert len(read_candidates(store)["features"]) == 4


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ((BLOG, "--published", "2016-06-14", "--into", "x.geojson"), 2, "--into needs --as-candidates"),
        ((BLOG, "--published", "2016-06-14", "--as-candidates"), 2, "--as-candidates needs --into STORE"),
        ((BLOG, "--published", "2016-06-14", "--address", "ftp://example.org"), 2, "http"),
        (("no-such-file.txt", "--published", "2016-06-14"), 1, "could not be read"),
        (("http://127.0.0.1/live", "--published", "2016-06-14"), 1, "127.0.0.1"),
        ((BLOG, "--published", "2016-06-14", "--zone", "Mars"), 1, "time zone is not known"),
    ],
)
def test_what_cannot_be_done_is_told(words: tuple[str, ...], status: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong usage gives status 2, a failure 1, each in words."""
    assert run(*words) == status
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("body", [b"", b"\x00\x01\x02\xff" * 100, b"12345 67890"], ids=["empty", "binary", "no words"])
def test_what_is_no_blog_is_refused(body: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Empty, binary and wordless files give a clear error."""
    path = tmp_path / "blog.txt"
    path.write_bytes(body)
    assert run(str(path), "--published", "2016-06-14") == 1
    assert "ingest:" in capsys.readouterr().err


def collection(*titles: str) -> dict[str, Any]:
    """A collection of candidates that differ by title."""
    empty = collection_of(Reading((), ()).candidates, (), address="", source="test")
    return {**empty, "features": [{"type": "Feature", "id": f"c-{index}", "properties": {"title": title}} for index, title in enumerate(titles)]}


def test_a_decision_survives_reading_again(tmp_path: Path) -> None:
    """What a reading tells anew replaces the candidate, keeps what stood there and the decision on it; others stay."""
    store = tmp_path / "s.geojson"
    assert add_candidates(store, collection("one", "two")).new == 2
    content = read_candidates(store)
    content["features"][0]["decision"] = {"is": "rejected"}
    candidates_path(store).write_text(json.dumps(content))
    kept = add_candidates(store, collection("one, grown"))
    assert (kept.new, kept.changed, kept.same) == (0, 1, 0)
    first, second = read_candidates(store)["features"]
    assert first["decision"] == {"is": "rejected"} and first["properties"]["title"] == "one, grown"
    assert [one["properties"]["title"] for one in first["earlier"]] == ["one"]
    assert second["properties"]["title"] == "two"


@pytest.mark.parametrize("body", ["[]", "{}", '{"candidates": 1, "updates": [], "features": [{}]}', '{"candidates": 2}'])
def test_what_is_no_candidates_file_is_left_alone(body: str, tmp_path: Path) -> None:
    """A file of another kind is refused, and stays as it is."""
    store = tmp_path / "s.geojson"
    candidates_path(store).write_text(body)
    with pytest.raises(InvalidInput):
        add_candidates(store, collection("one"))
    assert candidates_path(store).read_text() == body
