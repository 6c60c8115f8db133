"""The command line, run as a person runs it: exit statuses, words, and what it never does."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from geo.cli.output import printable, write_file
from geo.errors import StoreError
from geo.filters import EventFilter, Near, select
from geo.moments import parse_moment
from geo.store import GeoJSONFileStore, read_document
from tests.factories import document, encoded, event, site, update

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "data" / "events.geojson"


def environment(store: Path | None = None, **variables: str) -> dict[str, str]:
    """This process's environment without what would change how Python or Dateline behaves."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "PYTHON", "LC_", "LANG"))}
    return clean | ({} if store is None else {"DATELINE_STORE": str(store)}) | variables


def geo(*arguments: object, store: Path | None = None, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """`python -m geo` with these arguments. A traceback is never right."""
    command = [sys.executable, "-m", "geo", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment(store, **variables), capture_output=True, check=False, timeout=120)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


def written(path: Path, value: Any) -> Path:
    path.write_bytes(value if isinstance(value, bytes) else encoded(value))
    return path


def exported(*arguments: object, **options: Any) -> dict[str, Any]:
    done = geo("export", *arguments, **options)
    assert done.returncode == 0, done.stderr.decode()
    collection = json.loads(done.stdout)
    assert isinstance(collection, dict)
    return collection


# Usage


def test_help_names_the_commands_and_each_explains_itself() -> None:
    done = geo("--help")
    assert done.returncode == 0
    assert b"validate" in done.stdout
    assert b"export" in done.stdout
    for command in ("validate", "export"):
        assert geo(command, "--help").returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["destroy"],
        ["validate"],
        ["validate", "a", "b"],
        ["validate", "--xml", "a"],
        ["export", "--format", "shapefile"],
        ["export", "--from", "yesterday"],
        ["export", "--to", "2021-02-30"],
        ["export", "--known", "x"],
        ["export", "--from", "2021-03-01", "--to", "2021-02-28"],
        ["export", "--precision", "exact"],
        ["export", "--kind", "rockets"],
        ["export", "--near", "44,33"],
        ["export", "--near", "444,33,5"],
        ["export", "--near", "44,33,0"],
        ["export", "--near", "44,33,nan"],
        ["export", "--near", "event:x,5"],
        ["export", "--near"],
    ],
)
def test_wrong_usage_is_2_and_told_on_standard_error(arguments: list[str]) -> None:
    done = geo(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.startswith((b"usage: ", b"python -m geo "))


def test_a_kind_that_is_not_there_is_told_with_those_that_are_close() -> None:
    assert b"did you mean 'rocket_attack'" in geo("export", "--kind", "rocket_atack").stderr


def test_a_circle_is_around_a_point() -> None:
    assert b"'event:x,5': write LON,LAT,KM" in geo("export", "--near", "event:x,5").stderr


def test_the_command_line_does_without_streamlit_and_folium(tmp_path: Path) -> None:
    code = f"""
import sys
from geo.cli.program import main
assert main(["validate", {str(SHIPPED)!r}]) == 0
assert main(["export", "--near", "44,33,100", "--format", "csv", "-o", {str(tmp_path / "a.csv")!r}]) == 0
print(sorted({{"streamlit", "folium", "streamlit_folium", "geopandas"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(), capture_output=True, check=True, timeout=120)
    assert done.stdout == b"[]\n"


# validate


def test_a_valid_store_is_0() -> None:
    done = geo("validate", SHIPPED)
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode() == f"{SHIPPED}: valid; 17 events, 3 sites, 9 updates\n"


def test_each_problem_is_a_line_with_pointer_fault_value_and_advice(tmp_path: Path) -> None:
    path = written(tmp_path / "a.geojson", document([event("a", title=7), event("b", updates=["u-9"]), site()]))
    done = geo("validate", path)
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 1
    assert lines[0] == "/features/0/properties/title: must be a string (got 7). Put it in quotes."
    assert lines[1].startswith("/features/1/properties/updates/0: names an update that is not in the store (got 'u-9'). ")
    assert done.stderr.decode() == f"{path}: {len(lines)} problems; 1 record set aside; 1 event, 1 site, 1 update can be read\n"


def test_json_gives_the_same_for_programs(tmp_path: Path) -> None:
    path = written(tmp_path / "a.geojson", document([event("a", title=7)]))
    done = geo("validate", "--json", path)
    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "file": str(path),
        "valid": False,
        "problems": [{"pointer": "/features/0/properties/title", "message": "must be a string", "value": "7", "advice": "Put it in quotes."}],
    }
    assert json.loads(geo("validate", "--json", SHIPPED).stdout) == {"file": str(SHIPPED), "valid": True, "problems": []}


HOSTILE: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "", "not JSON"),
    "cut short": (encoded(document([event()]))[:-40], "", "not JSON"),
    "nan": (encoded(document([event("a", at=(44.0, 33.0))])).replace(b"44.0", b"NaN"), "", "NaN is no JSON number"),
    "infinity": (b'{"type":"FeatureCollection","features":[-Infinity]}', "", "-Infinity is no JSON number"),
    "too large a number": (b'{"type":"FeatureCollection","features":[],"x":1e999}', "", "too large"),
    "duplicate keys": (b'{"type":"FeatureCollection","features":[],"features":[]}', "", "stands twice"),
    "many keys, one of them twice": (
        b'{"type":"FeatureCollection","features":[],' + b"".join(b'"k%d":1,' % number for number in range(200_000)) + b'"k199999":1}',
        "",
        "'k199999' stands twice",
    ),
    "nested": (b'{"type":"FeatureCollection","features":' + b"[" * 900 + b"]" * 900 + b"}", "", "nested too deeply"),
    "10 MB of [": (b"[" * 10_000_000, "", "nested too deeply"),
    "lone surrogate": (encoded(document([event()])).replace(b'"Event e-1"', b'"\\ud800"'), "/features/0/properties/title", "surrogate"),
    "binary": (bytes(range(256)), "", "Byte 128 is not UTF-8"),
    "utf-16": (encoded(document()).decode().encode("utf-16"), "", "not UTF-8"),
    "latin-1": ('{"type":"FeatureCollection","features":[],"x":"é"}'.encode("latin-1"), "", "not UTF-8"),
    "a list": (b"[]", "/type", "not a GeoJSON FeatureCollection"),
    "no features": (b'{"type":"FeatureCollection"}', "/features", "must be an array"),
    "a newer schema": (encoded(document(dateline={"schema": 9})), "/dateline/schema", "schema 9"),
    "no store": (b'{"type":"FeatureCollection","features":[]}', "/dateline", "missing"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_told_in_both_forms(tmp_path: Path, name: str) -> None:
    body, pointer, message = HOSTILE[name]
    path = written(tmp_path / "a.geojson", body)
    plain = geo("validate", path)
    assert plain.returncode == 1
    (line,) = plain.stdout.decode().splitlines()
    assert line.startswith(f"{pointer or '/'}: ")
    assert message in line
    found = json.loads(geo("validate", "--json", path).stdout)
    assert found["valid"] is False
    assert [(one["pointer"], message in one["message"], bool(one["advice"])) for one in found["problems"]] == [(pointer, True, True)]


def test_a_missing_file_and_a_folder_are_told_in_the_same_forms(tmp_path: Path) -> None:
    for path, message in ((tmp_path / "none", "There is no such file"), (tmp_path, "This is a folder, not a file")):
        done = geo("validate", path)
        assert done.returncode == 1
        assert done.stdout.decode().startswith(f"/: {message}. ")
        assert done.stderr.decode() == f"{path}: cannot be read as a store\n"
        assert json.loads(geo("validate", "--json", path).stdout)["problems"][0]["message"] == message


def test_nothing_in_a_file_or_its_name_can_command_the_terminal(tmp_path: Path) -> None:
    path = written(tmp_path / "a\x1b[2J\u202e.geojson", document([event("a", kind="\x1b[31m\x9b2J\u202e\n" * 30, date_basis="\x1b]0;x\x07")]))
    for arguments in (
        ["validate", path],
        ["validate", "--json", path],
        ["export", "--store", path],
        ["export", "--actor", "\x1b[2J", "--store", path],
    ):
        done = geo(*arguments, PYTHONUTF8="1")
        for text in (done.stdout.decode(), done.stderr.decode()):
            assert all(char == "\n" or char.isprintable() for char in text)
    assert b"unrecognized arguments: --\\x1b[2J" in geo("export", "--\x1b[2J").stderr
    assert b"\\x1b[2J\\u202e.geojson" in geo("validate", path, PYTHONUTF8="1").stderr


def test_a_terminal_without_the_letters_gets_escapes(tmp_path: Path) -> None:
    path = written(tmp_path / "a.geojson", document([event("a", date_basis="كتائب")]))
    done = geo("validate", path, PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert b"\\u0643" in done.stdout


# export


def test_without_options_all_events_of_the_shipped_store_go_to_standard_output() -> None:
    done = geo("export")
    assert done.returncode == 0
    assert read_document(done.stdout, where="the export").events == GeoJSONFileStore(SHIPPED).snapshot().events
    assert done.stderr.decode() == "17 of 17 events of events.geojson written to standard output\n"
    assert geo("export", "-o", "-", "--format", "csv").stdout.startswith(b"\xef\xbb\xbfid,")


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--from", "2021-02-26"], EventFilter(start=parse_moment("2021-02-26").at)),
        (["--to", "2021-02-26"], EventFilter(after=parse_moment("2021-02-26").after)),
        (["--from", "2021-03-03T04:20Z", "--to", "2021-03-03T04:20Z"], EventFilter(start=parse_moment("2021-03-03T04:20Z").at)),
        (["--kind", "air_strike", "--kind", "raid"], EventFilter(kinds=frozenset({"air_strike", "raid"}))),
        (["--actor", "Iran-backed militias", "--actor", "x"], EventFilter(actors=frozenset({"Iran-backed militias", "x"}))),
        (["--precision", "site", "--precision", "sea"], EventFilter(precisions=frozenset({"site", "sea"}))),
        (["--update", "u-0303"], EventFilter(told_in=frozenset({"u-0303"}))),
        (["--text", "rockets erbil"], EventFilter(text="rockets erbil")),
        (["--known", "2021-02-27"], EventFilter(known=parse_moment("2021-02-27"))),
        (["--near", "44.361,33.313,100"], EventFilter(near=Near(44.361, 33.313, 100_000))),
        (
            ["--kind", "rocket_attack", "--near", "44.361,33.313,100"],
            EventFilter(kinds=frozenset({"rocket_attack"}), near=Near(44.361, 33.313, 100_000)),
        ),
    ],
)
def test_each_filter_lets_the_same_events_through_as_on_the_page(arguments: list[str], wanted: EventFilter) -> None:
    held = GeoJSONFileStore(SHIPPED).snapshot()
    shown = select(held.events, wanted, held.updates)
    assert 0 < len(shown) < 17
    document = exported(*arguments)
    assert [one["id"] for one in document["features"]] == [one.id for one in shown]
    assert document["receipt"]["events"] == len(shown)
    assert document["receipt"]["store"] == {"name": "events.geojson", "sha256": held.sha256}


def test_the_receipt_has_the_address_of_the_view() -> None:
    receipt = exported("--from", "2021-02-01", "--to", "2021-02-28", "--kind", "air_strike", "--text", "a b", "--near", "-71.5,-33,20")["receipt"]
    assert receipt["address"] == "?from=2021-02-01&to=2021-02-28&kind=air_strike&text=a+b&ring=-71.5,-33,20,km"
    assert receipt["filter"]["data"]["near"] == {"lon": -71.5, "lat": -33.0, "radius_m": 20_000.0}


def test_the_store_is_that_of_the_option_then_of_the_environment(tmp_path: Path) -> None:
    one = written(tmp_path / "one.geojson", document([event("one")]))
    two = written(tmp_path / "two.geojson", document([event("two")]))
    assert [feature["id"] for feature in exported(store=one)["features"]] == ["one"]
    assert [feature["id"] for feature in exported("--store", two, store=one)["features"]] == ["two"]


def test_the_format_is_that_of_the_option_then_of_the_suffix(tmp_path: Path) -> None:
    for arguments, name, is_csv in (
        ([], "a.csv", True),
        ([], "a.CSV", True),
        ([], "a.geojson", False),
        ([], "a", False),
        (["--format", "geojson"], "b.csv", False),
    ):
        assert geo("export", *arguments, "-o", tmp_path / name).returncode == 0
        assert (tmp_path / name).read_bytes().startswith(b"\xef\xbb\xbfid,") is is_csv


def test_a_csv_has_a_row_for_each_event() -> None:
    body = geo("export", "--kind", "air_strike", "--format", "csv").stdout.decode("utf-8-sig")
    assert {row["kind"] for row in csv.DictReader(io.StringIO(body, newline=""))} == {"air_strike"}


def test_an_exported_file_passes_validate_and_can_be_exported_again(tmp_path: Path) -> None:
    assert geo("export", "--known", "2021-02-27", "-o", tmp_path / "a.geojson").returncode == 0
    done = geo("validate", tmp_path / "a.geojson")
    assert (done.returncode, done.stdout) == (0, b"")
    again = exported("--store", tmp_path / "a.geojson")
    assert again["features"] == json.loads((tmp_path / "a.geojson").read_bytes())["features"]
    assert again["receipt"]["store"]["name"] == "a.geojson"


def test_values_that_no_event_has_are_noted(tmp_path: Path) -> None:
    done = geo("export", "--actor", "US force", "-o", tmp_path / "a")
    assert done.returncode == 0
    assert b"note: no event of the store has --actor 'US force'; did you mean 'US forces'" in done.stderr
    assert b"0 of 17 events" in done.stderr


def test_a_kind_that_only_the_store_has_is_a_kind(tmp_path: Path) -> None:
    path = written(tmp_path / "a", document([event(kind="new_kind")]))
    assert len(exported("--kind", "new_kind", store=path)["features"]) == 1


def test_what_was_set_aside_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "a", document([event("a"), event("b", title=7)]))
    done = geo("export", "--store", path)
    assert done.returncode == 0
    assert b"1 records of the store cannot be read" in done.stderr


def test_a_store_that_cannot_be_read_is_1_and_leaves_the_output_alone(tmp_path: Path) -> None:
    target = written(tmp_path / "out", b"before")
    done = geo("export", "--store", written(tmp_path / "a", b"{"), "-o", target)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"not JSON" in done.stderr
    assert target.read_bytes() == b"before"


@pytest.mark.parametrize("through", ["its path", "another path", "a link", "a hard link"])
def test_the_store_itself_is_never_written_to(tmp_path: Path, through: str) -> None:
    path = written(tmp_path / "a.geojson", document([event()]))
    target = {"its path": path, "another path": tmp_path / "." / ".." / tmp_path.name / "a.geojson"}.get(through, tmp_path / "b.geojson")
    if through == "a link":
        target.symlink_to(path)
    elif through == "a hard link":
        target.hardlink_to(path)
    before = path.read_bytes()
    done = geo("export", "--store", path, "-o", target)
    assert done.returncode == 2
    assert b"is the store itself" in done.stderr
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    done = geo("export", "-o", tmp_path / "none" / "a.geojson")
    assert done.returncode == 1
    assert b"No such file or directory" in done.stderr


def test_a_folder_cannot_be_written_to_as_a_file(tmp_path: Path) -> None:
    done = geo("export", "-o", tmp_path)
    assert done.returncode == 1
    assert b"Is a directory" in done.stderr


@pytest.mark.parametrize("command", [["export"], ["validate", "--json", str(SHIPPED)]])
def test_a_reader_that_has_gone_ends_a_command_quietly(command: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "geo", *command], cwd=ROOT, env=environment(), stdout=closed, stderr=subprocess.PIPE, check=False, timeout=120
        )
    assert done.returncode == 141
    assert b"python -m geo" not in done.stderr
    assert b"Exception" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("command", [["export"], ["validate", "--json", str(SHIPPED)]])
def test_a_full_disk_behind_standard_output_is_1(command: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "geo", *command], cwd=ROOT, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False, timeout=120
        )
    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[-1] == f"python -m geo {command[0]}: No space left on device"


# Files


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = written(tmp_path / "a", b"before")
    path.chmod(0o640)
    write_file(path, [b"after"])
    assert path.read_bytes() == b"after"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    path = written(tmp_path / "a", b"before")
    monkeypatch.setattr(os, "fsync", full)
    for target in (path, tmp_path / "new"):
        with pytest.raises(StoreError, match="No space"):
            write_file(target, [b"after"])
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path = written(tmp_path / "a", b"before")
    (tmp_path / "link").symlink_to(path)
    write_file(tmp_path / "link", [b"after"])
    assert (tmp_path / "link").is_symlink()
    assert path.read_bytes() == b"after"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name on this system")
def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_file(tmp_path / "pipe", [b"after"])
        assert os.read(reader, 10) == b"after"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_what_is_printable_stays_and_the_rest_is_escaped() -> None:
    assert printable("Kata’ib — كتائب") == "Kata’ib — كتائب"
    assert printable("\x1b[31m\n\t\x7f\x9b\u202e\u2028\ud800") == r"\x1b[31m\n\t\x7f\x9b\u202e\u2028\ud800"


def test_updates_that_the_events_do_not_cite_stay_behind(tmp_path: Path) -> None:
    path = written(tmp_path / "a", document([event()], [update("u-2"), update("u-1")]))
    assert [one["id"] for one in exported(store=path)["updates"]] == ["u-1"]
