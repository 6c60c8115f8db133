"""`python -m geo import`, run as a person runs it: what is written, what is printed, and the exit status."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from geo.cli import output
from geo.cli.program import main
from geo.store import GeoJSONFileStore
from tests.datasets import rows
from tests.test_cli import geo


def written(path: Path, *given: rows.Row) -> Path:
    path.write_text(rows.text(given), newline="")
    return path


def events(store: Path) -> list[str]:
    snapshot = GeoJSONFileStore(store).snapshot()
    assert snapshot.problems == ()
    return [event.id for event in snapshot.events]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store.geojson"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Two rows, of which the second has a bad latitude."""
    return written(tmp_path / "faulty.csv", rows.ucdp(), rows.ucdp(id="900002", latitude="91\x1b[31m"))


def test_a_file_becomes_a_store_that_is_valid(tmp_path: Path, store: Path) -> None:
    """The rows of a packed file are the events of a new store, which validates; format, mapping and citation are told."""
    source = tmp_path / "GEDEvent.csv.gz"
    source.write_bytes(gzip.compress(rows.text([rows.ucdp(), rows.ucdp(id="900002")]).encode()))
    done = geo("import", source, "--into", store)
    assert done.returncode == 0, done.stderr.decode()
    assert b"format: ucdp-ged" in done.stdout and b"lon = longitude" in done.stdout
    assert done.stderr.decode().strip().splitlines()[-1].endswith("2 events of 2 rows, 0 rows set aside")
    assert b"Sundberg" in done.stderr and b"\x1b" not in done.stderr, "no bar where there is no terminal"
    assert events(store) == ["ucdp-900001", "ucdp-900002"]
    assert geo("validate", store).returncode == 0
    about = GeoJSONFileStore(store).snapshot().about
    assert "CC BY 4.0" in about["licence"] and "GEDEvent.csv.gz" in about["title"]


def test_good_rows_go_in_and_bad_ones_are_told(faulty: Path, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The good row is written; the bad one is printed with row, field, value, reason and advice, harmlessly; the status is 1."""
    assert main(["import", str(faulty), "--into", str(store)]) == 1
    out, err = capsys.readouterr()
    assert "row 3, latitude: is no number (got '91\\x1b[31m')" in out
    assert "\x1b" not in out + err
    assert "1 event of 2 rows, 1 row set aside" in err.splitlines()[-1]
    assert events(store) == ["ucdp-900001"]


def test_strict_and_dry_run_write_nothing(faulty: Path, store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--strict writes nothing if a row has a problem, --dry-run never; a clean file passes --strict."""
    assert main(["import", str(faulty), "--into", str(store), "--strict"]) == 1
    assert main(["import", str(faulty), "--into", str(store), "--dry-run"]) == 1
    assert capsys.readouterr().err.count("nothing was written") == 2
    assert not store.exists()
    clean = written(tmp_path / "clean.csv", rows.acled())
    assert main(["import", str(clean), "--into", str(store), "--dry-run"]) == 0
    assert not store.exists()
    assert main(["import", str(clean), "--into", str(store), "--strict"]) == 0
    assert events(store) == ["acled-RUR12"]


def test_the_report_can_be_mended_and_imported_into_the_same_store(faulty: Path, store: Path, tmp_path: Path) -> None:
    """The CSV report holds the bad row; mended, it completes the store."""
    report = tmp_path / "report.csv"
    assert main(["import", str(faulty), "--into", str(store), "--report", str(report)]) == 1
    report.write_bytes(report.read_bytes().replace(b"91\xef\xbf\xbd[31m", b"50.2"))
    assert main(["import", str(report), "--into", str(store)]) == 0
    assert events(store) == ["ucdp-900001", "ucdp-900002"]


def test_the_report_as_json(faulty: Path, store: Path, tmp_path: Path) -> None:
    """With the suffix .json the report is JSON."""
    main(["import", str(faulty), "--into", str(store), "--report", str(tmp_path / "report.json")])
    assert json.loads((tmp_path / "report.json").read_bytes())[0]["row"] == 3


def test_columns_can_be_named(tmp_path: Path, store: Path) -> None:
    """What cannot be guessed is asked for with the columns there are, and then taken from the command line."""
    source = written(tmp_path / "plain.csv", {"a": "14.65", "b": "50.12", "c": "03/04/2021", "d": "What happened"})
    asked = geo("import", source, "--into", store)
    assert asked.returncode == 1 and b"no column could be found for lon, lat" in asked.stderr and b"'b'" in asked.stderr
    options = ["--column", "lon=a", "--column", "lat=b", "--column", "date=c", "--column", "title=d", "--date-order", "dmy", "--id-prefix", "p-"]
    done = geo("import", source, "--into", store, *options, "--publisher", "Zenda News", "--address", "https://example.org/")
    assert done.returncode == 0, done.stderr.decode()
    snapshot = GeoJSONFileStore(store).snapshot()
    (event,) = snapshot.events
    assert (event.title, str(event.start), event.id[:2]) == ("What happened", "2021-04-03", "p-")
    assert {(update.source, update.url) for update in snapshot.updates.values()} == {("Zenda News", "https://example.org/")}


def test_importing_again_adds_nothing_and_what_changed_is_told(tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same file again is no error; a row that has changed since is refused, told, and the status is 1."""
    source = written(tmp_path / "a.csv", rows.ucdp())
    assert main(["import", str(source), "--into", str(store)]) == 0
    before = store.read_bytes()
    assert main(["import", str(source), "--into", str(store)]) == 0
    assert "0 events, 0 updates; 3 records were there already" in capsys.readouterr().err
    written(source, rows.ucdp(best="5"))
    report = tmp_path / "report.json"
    assert main(["import", str(source), "--into", str(store), "--report", str(report)]) == 1
    out, err = capsys.readouterr()
    assert "row 2: the store has another record of this id (got 'ucdp-900001')" in out and "1 record not added" in err
    (told,) = json.loads(report.read_bytes())
    assert (told["row"], told["original"]) == (2, rows.ucdp(best="5"))
    assert store.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["import"],
        ["import", "{file}"],
        ["import", "{file}", "--into", "{folder}/store.xyz"],
        ["import", "{file}", "--into", "{folder}/store.parquet.zip"],
        ["import", "{file}", "--into", "{store}", "--format", "shapefile"],
        ["import", "{file}", "--into", "{store}", "--column", "lon"],
        ["import", "{file}", "--into", "{store}", "--column", "where=x"],
        ["import", "{file}", "--into", "{store}", "--report", "{folder}/report.txt"],
        ["import", "{file}", "--into", "{store}", "--report", "{file}"],
        ["import", "{folder}/same.json", "--into", "{folder}/same.json"],
    ],
)
def test_wrong_usage(tmp_path: Path, store: Path, arguments: list[str]) -> None:
    """Wrong usage has the status 2, and nothing is written."""
    source = written(tmp_path / "a.csv", rows.ucdp())
    words = [word.format(file=source, store=store, folder=tmp_path) for word in arguments]
    try:
        status: Any = main(words)
    except SystemExit as left:
        status = left.code
    assert status == 2
    assert list(tmp_path.iterdir()) == [source]


@pytest.mark.parametrize(
    "body", [None, b"", b"\x1f\x8bdamaged", b"PK\x03\x04", b"{}", b"a,b\n1,2\n", gzip.compress(b"lon,lat,date\n" * 9, mtime=0)[:-9]]
)
def test_what_cannot_be_read_is_said(tmp_path: Path, store: Path, body: bytes | None, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is missing, empty, damaged or something else has the status 1 and a sentence; no store is made."""
    source = tmp_path / "a.csv"
    if body is not None:
        source.write_bytes(body)
    assert main(["import", str(source), "--into", str(store)]) == 1
    assert capsys.readouterr().err.startswith("python -m geo import: ")
    assert not store.exists()


def test_a_bar_is_shown_on_a_terminal_alone(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the reading shows how far it is, on standard error; the output stays clean."""
    asked: list[bool] = []
    monkeypatch.setattr(output.sys.stderr, "isatty", lambda: asked.append(True) or True, raising=False)
    assert main(["import", str(written(tmp_path / "a.csv", rows.ucdp())), "--into", str(store)]) == 0
    assert asked
