"""`python -m geo ingest`: candidates on standard output, and on the desk of a store."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from geo.cli.program import main
from geo.ingest.blog.updates import read_updates
from geo.ingest.desk import taking
from geo.ingest.desk.folder import DeskFolder
from geo.ingest.desk.proposals import proposals
from geo.ingest.gazetteer.index import Gazetteer
from geo.ingest.incidents import read_incidents
from geo.store.editing import Editor, StoreWriter
from tests.incidents import BLOGS
from tests.incidents import atlas as atlas  # a fixture
from tests.review_blogs import empty_store

BLOG = str(BLOGS / "idlib_times.txt")
DAY = ("--published", "2016-06-14")


@pytest.fixture(autouse=True)
def _gazetteer(monkeypatch: pytest.MonkeyPatch, atlas: Gazetteer) -> None:
    monkeypatch.setattr("geo.ingest.gazetteer.open_gazetteer", lambda **_: atlas)


def run(*words: str) -> int:
    return main(["ingest", *words])


def test_candidates_come_as_a_collection_that_is_a_store(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """What is printed passes `validate`, carries evidence to the letter and the hash of what was read."""
    assert run(BLOG, *DAY, "--address", "https://example.org/live") == 0
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


def desk_of(store: Path) -> Path:
    return store.with_name(f"{store.stem}.desk")


def test_candidates_wait_on_the_desk_and_the_store_stays(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """They are on the desk that the Review page reads, with the text to the letter; the store stays as it was to the byte; again adds nothing."""
    store = empty_store(tmp_path / "mine.geojson")
    before = store.read_bytes()
    for said in ("for the first time", "nothing has changed"):
        assert run(BLOG, *DAY, "--into", str(store), "--as-candidates", "--address", "https://wire.example/live") == 0
        captured = capsys.readouterr()
        assert said in captured.err and "4 proposals to decide on the Review page" in captured.err and captured.out == ""
    assert store.read_bytes() == before
    (blog,) = DeskFolder(store).load().blogs
    assert (blog.name, blog.address, blog.publisher) == ("idlib_times.txt", "https://wire.example/live", "wire.example")
    assert len(blog.readings) == 1 and DeskFolder(store).text(blog.newest.text_sha256) == Path(BLOG).read_text(encoding="utf-8")


def test_what_was_decided_stays_decided_when_the_command_runs_again(capsys: pytest.CaptureFixture[str], tmp_path: Path, atlas: Gazetteer) -> None:
    """A rejected proposal is not proposed again by the grown blog; what is new is told as new."""
    store, path = empty_store(tmp_path / "mine.geojson"), tmp_path / "blog.txt"
    path.write_text(Path(BLOG).read_text(encoding="utf-8"), encoding="utf-8")
    words = (str(path), *DAY, "--into", str(store), "--as-candidates", "--name", "Idlib live")
    assert run(*words) == 0
    desk = DeskFolder(store)
    (kept,) = desk.load().blogs
    text, day = path.read_text(encoding="utf-8"), date(2016, 6, 14)
    reading = read_incidents(read_updates(text, published=day), gazetteer=atlas, published=day)
    first = proposals(reading, kept)[0]
    taking.reject(desk, StoreWriter(store), kept, [first], by=Editor("Ada"), now=datetime(2016, 6, 15, tzinfo=UTC))
    path.write_text(f"2355 GMT: A car bomb exploded in Aleppo late on Tuesday, killing three people, a doctor said.\n\n{text}", encoding="utf-8")
    capsys.readouterr()
    assert run(*words) == 0
    assert "again: 1 new update" in (said := capsys.readouterr().err)
    assert "4 proposals to decide" in said and "1 of them new" in said and "1 incident decided before" in said
    (kept,) = desk.load().blogs
    assert kept.name == "Idlib live" and [one.proposal for one in kept.decisions] == [first.id]


@pytest.mark.parametrize(
    ("store", "environment", "status", "said"),
    [
        ("no-such-store.geojson", {}, 1, "There is no such file"),
        ("mine.parquet", {}, 2, "only read"),
        ("mine.geojson", {"DATELINE_READ_ONLY": "1"}, 1, "read"),
    ],
)
def test_a_store_that_cannot_take_them_is_told(
    store: str,
    environment: dict[str, str],
    status: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No desk is made beside a store that is not there, that is only read, or in a Dateline that only reads."""
    empty_store(tmp_path / "mine.geojson")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert run(BLOG, *DAY, "--into", str(tmp_path / store), "--as-candidates") == status
    assert said in capsys.readouterr().err
    assert not desk_of(tmp_path / store).exists()


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ((BLOG, *DAY, "--into", "x.geojson"), 2, "--into needs --as-candidates"),
        ((BLOG, *DAY, "--as-candidates"), 2, "--as-candidates needs --into STORE"),
        ((BLOG, *DAY, "--name", "Idlib live"), 2, "--name is for --as-candidates"),
        ((BLOG, *DAY, "--address", "ftp://example.org"), 2, "http"),
        (("no-such-file.txt", "--published", "2016-06-14"), 1, "could not be read"),
        (("http://127.0.0.1/live", "--published", "2016-06-14"), 1, "127.0.0.1"),
        ((BLOG, *DAY, "--zone", "Mars"), 1, "time zone is not known"),
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
