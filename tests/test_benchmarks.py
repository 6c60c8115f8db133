"""The benchmark's arithmetic and its table; what it measures is measured by `make bench` alone, for no test depends on the clock."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks import __main__ as program
from benchmarks import aims, growing, peering
from benchmarks.__main__ import arguments, main
from benchmarks.apps import ALL, ROOT, Measured
from benchmarks.conflict import WORDS, updates, whole_events
from benchmarks.figures import Figure, figure, median, percentile, ratio
from benchmarks.kept import Kept, Measurement, measured, read_kept, write_kept
from benchmarks.method import HOW
from benchmarks.opening import opening_of
from benchmarks.parts import PARTS, Counts, Step, done, steps
from benchmarks.peering import PEERS, STEP
from benchmarks.processes import peak_of
from benchmarks.report import Aim, Line, table, times
from benchmarks.sessions import crowd
from benchmarks.sized_report import document, tables
from benchmarks.standalone import STANDALONE
from benchmarks.stores import make_up, prepared
from geo.filters import EventFilter
from geo.geojson import read_feature
from geo.kinds import KINDS
from geo.store import open_store

HUNDRED = [float(number) for number in range(100, 0, -1)]


@pytest.mark.parametrize(
    ("samples", "percent", "expected"),
    [(HUNDRED, 95, 95), (HUNDRED, 0, 1), (HUNDRED, 100, 100), ([1, 2, 3], 95, 3), ([7], 95, 7), ([3, 1, 2], 50, 2)],
)
def test_a_percentile_is_always_a_sample(samples: list[float], percent: float, expected: float) -> None:
    assert percentile(samples, percent) == expected


@pytest.mark.parametrize(("samples", "percent"), [([], 95), ([1.0], -1), ([1.0], 101)])
def test_a_percentile_of_nothing_or_beyond_the_ends_is_refused(samples: list[float], percent: float) -> None:
    with pytest.raises(ValueError, match="percentile"):
        percentile(samples, percent)


@pytest.mark.parametrize(("samples", "expected"), [([3, 1, 2], 2), ([4, 1, 3, 2], 2.5), ([5], 5)])
def test_the_median_lies_in_the_middle(samples: list[float], expected: float) -> None:
    assert median(samples) == expected


def test_a_median_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="median"):
        median([])


def test_a_figure_keeps_how_many_samples_it_comes_from() -> None:
    assert figure(HUNDRED) == Figure(median=50.5, p95=95, count=100)


def test_a_ratio_is_one_of_medians() -> None:
    assert ratio(figure([2, 3, 100]), figure([2, 2, 2])) == 1.5


def test_there_is_no_ratio_to_nothing() -> None:
    assert ratio(figure([1]), figure([0])) is None


@pytest.mark.parametrize(
    ("value", "words"), [(1.3249, "1.32 × plain"), (12.0, "12.00 × plain"), (0.5, "0.50 × plain"), (0.0234, "0.023 × plain"), (None, "– (plain: 0)")]
)
def test_a_small_ratio_keeps_its_digits(value: float | None, words: str) -> None:
    assert times(value, "plain") == words


LINES = (
    Line(
        what="start to the first mark",
        unit="s",
        dateline=Figure(2.5, 3.0, 5),
        empty=Figure(2.0, 2.25, 5),
        plain=Figure(5.0, 5.5, 5),
        ratios=("1.25 × the empty page", "0.50 × plain"),
        aims=(Aim("1.5 × the empty page", True),),
    ),
    Line(what="scrub", unit="ms", dateline=Figure(14.14, 50.0, 200), aims=(Aim("33 ms", False), Aim("60 ms", True))),
    Line(what="reruns", unit="reruns", dateline=Figure(0, 0, 1), empty=Figure(1, 1, 1)),
)


def test_the_table_has_a_padded_row_for_each_line() -> None:
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table(LINES).splitlines()]
    assert rows[0][:4] == ["measured", "Dateline", "empty page", "plain folium"]
    assert rows[2:] == [
        [
            "start to the first mark (s)",
            *("2.50 (3.00, n = 5)", "2.00 (2.25, n = 5)", "5.00 (5.50, n = 5)"),
            *("1.25 × the empty page; 0.50 × plain", "1.5 × the empty page", "yes"),
        ],
        ["scrub (ms)", "14.1 (50.0, n = 200)", "–", "–", "–", "33 ms; 60 ms", "no; yes"],
        ["reruns (reruns)", "0", "1", "–", "–", "–", "–"],
    ]
    assert len({len(row) for row in table(LINES).splitlines()}) == 1


def test_the_document_has_the_table_the_machine_and_the_method() -> None:
    kept = Kept(lines=list(LINES), machine=[("Cores", "2"), ("Python", "3.11")], taken={"scrub": "2021-03-04T10:00+00:00"}, seconds={"scrub": 61.4})
    written = document(kept, how=HOW)
    assert table(LINES).rstrip() in written
    assert "- scrub: 2021-03-04T10:00+00:00, 61 s\n" in written
    assert "- Cores: 2\n- Python: 3.11\n" in written
    assert all(f"- {words}\n" in written for words in HOW)


@pytest.mark.parametrize("app", ALL, ids=lambda app: app.name)
def test_each_app_that_is_measured_compiles(app: Measured) -> None:
    script = ROOT / app.script
    compile(script.read_text(encoding="utf-8"), script.name, "exec")


def test_the_whole_is_measured_unless_told_otherwise() -> None:
    assert tuple(arguments([]).only) == PARTS
    assert tuple(arguments(["--only", "idle,scrub"]).only) == ("idle", "scrub")


def test_an_unknown_part_is_refused_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments(["--only", "lunch"])
    assert "there is no 'lunch'; choose from start, scrub, release, idle, open" in capsys.readouterr().err


@pytest.mark.parametrize("words", ["0", "1e9", "16566,", "99999999"])
def test_a_size_that_is_none_is_refused(words: str) -> None:
    with pytest.raises(SystemExit):
        arguments(["--sizes", words])


def test_sizes_are_read_in_order() -> None:
    assert arguments(["--sizes", "16566,400_000"]).sizes == (16_566, 400_000)


def test_the_list_names_all_parts_and_the_standalone_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    said = capsys.readouterr().out
    assert all(f"  {name} " in said for name in (*PARTS, *(one.name for one in STANDALONE)))


def test_each_standalone_benchmark_is_there_and_can_be_asked_for() -> None:
    assert {"drawing", "fuzz", "kill9", "places", "save"} <= {one.name for one in STANDALONE}
    assert tuple(arguments(["--only", "save,fuzz"]).only) == ("save", "fuzz")


def test_each_step_is_of_one_part_at_one_size() -> None:
    names = [step.name for step in steps(Counts(sizes=(400, 500)), ("open", "growth", "sessions", "idle", "scrub"))]
    assert names == ["scrub+idle", "open 400", "open 500", "growth 400", "growth 500", "sessions 10", "sessions 25"]


def test_a_step_that_fails_says_why_and_keeps_what_it_had_found(capsys: pytest.CaptureFixture[str]) -> None:
    found = Measurement("growth", 400, "scrub", "ms", Figure(1, 2, 3))

    def run() -> Iterator[Measurement]:
        yield found
        raise RuntimeError("the server is gone\nand more")

    assert done(Step("growth", 400, 1, run)) == [found, Measurement("growth", 400, "failed", "", None, note="RuntimeError: the server is gone")]
    assert "growth 400 FAILED" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("unit", "figure_", "aim", "met"),
    [("ms", Figure(10, 20, 5), 15, False), ("s", Figure(10, 20, 5), 15, True), ("s", None, 15, False), ("s", Figure(1, 1, 1), None, None)],
)
def test_an_aim_is_of_the_95th_percentile_in_milliseconds_and_of_the_median_else(
    unit: str, figure_: Figure | None, aim: float | None, met: bool | None
) -> None:
    assert Measurement("growth", 400, "x", unit, figure_, aim=aim).met is met


def test_a_part_measured_anew_takes_the_place_of_what_was_kept_of_it(tmp_path: Path) -> None:
    kept = Kept()
    kept.take(["growth 400"], [Measurement("growth", 400, "x", "ms", Figure(1, 1, 1)), *LINES], taken="2021-03-04T10:00+00:00", seconds=3)
    kept.take(["growth 500"], [Measurement("growth", 500, "x", "ms", None, note="dies")], taken="2021-03-04T10:01+00:00", seconds=4)
    kept.take(["growth 400"], [measured("growth", 400, "y", "s", Figure(2, 2, 1))], taken="2021-03-05T10:00+00:00", seconds=5)
    write_kept(tmp_path / "deep" / "results.json", kept)
    again = read_kept(tmp_path / "deep" / "results.json")
    assert again == kept
    assert [(one.size, one.what) for one in again.measurements] == [(400, "y"), (500, "x")]
    assert again.taken["growth 400"].startswith("2021-03-05")


def test_parts_that_are_measured_in_one_step_are_kept_under_their_own_names() -> None:
    kept = Kept()
    kept.take(steps(Counts(), ("scrub", "idle"))[0].names, LINES, taken="2021-03-04T10:00+00:00", seconds=6)
    assert kept.seconds == {"scrub": 3, "idle": 3}


def test_results_are_written_at_each_step_and_name_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results.md"
    monkeypatch.setattr(program, "RESULTS", results)
    monkeypatch.setattr(program, "KEPT", tmp_path / "kept.json")
    monkeypatch.setattr(program, "_chromium", lambda: "1.2.3")
    for step in steps(Counts(), PARTS):
        step = Step(step.part, step.size, 1, lambda step=step: [measured(step.part, step.size, "x", "s", Figure(1, 1, 1))])
        assert program._measure(step, read_kept(tmp_path / "kept.json"), keep=True)
        written = results.read_text(encoding="utf-8")
        assert ("**Not measured yet:**" in written) == ("sessions 25" not in read_kept(tmp_path / "kept.json").taken)
    assert "# What Dateline costs" in written
    capsys.readouterr()
    assert main(["--missing"]) == 0
    assert "0 steps" in capsys.readouterr().err


def test_a_large_store_is_measured_less_often() -> None:
    whole = growing.Counts()
    assert whole.at(16_566) == whole
    assert whole.at(2_000_000).rounds < whole.rounds and whole.at(2_000_000).exports == 1
    assert growing.QUICK.at(2_000_000).rounds == growing.QUICK.rounds


@pytest.mark.parametrize("text", ["", "{", "[]", '{"measurements": []}'])
def test_a_kept_file_that_is_not_whole_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "results.json").write_text(text)
    assert read_kept(tmp_path / "results.json") == Kept()


def test_the_tables_show_aims_beside_figures_and_ratios_to_the_peers() -> None:
    rows = [
        measured("growth", 16_566, aims.SCRUB, "ms", Figure(10, 20, 9)),
        measured("growth", 16_566, aims.RELEASE, "ms", Figure(100, 150, 9)),
        measured("growth", 400_000, aims.SCRUB, "ms", Figure(12, 30, 9)),
        Measurement("peers", 16_566, STEP, "ms", Figure(5_000, 6_000, 4), who=PEERS[0].name),
        Measurement("peers", 1_000, STEP, "ms", None, who=PEERS[1].name, note="dies: a step took longer than 60 s"),
        Measurement("sessions", 10, "errors", "", Figure(2, 2, 1), aim=0),
    ]
    shown = tables(Kept(measurements=rows))
    assert "10.0 (20.0, n = 9); aim 16.7: MISSED" in shown
    assert "12.0 (30.0, n = 9); aim 33.0: met" in shown
    assert "5,000.0 (6,000.0, n = 4); 500.0 × scrub, 50.0 × release" in shown
    assert "| 1,000  | –" in shown and "(at 16,566)" in shown
    assert "dies: a step took longer than 60 s" in shown
    assert "2; aim 0: MISSED" in shown


def test_made_up_events_are_the_same_each_time() -> None:
    assert list(whole_events(700)) == list(whole_events(700))
    assert list(updates(700)) == list(updates(700))


def test_made_up_events_cite_updates_that_there_are_and_that_were_told_by_then() -> None:
    told = {update.id: update for update in updates(3_000)}
    made = list(whole_events(3_000))
    assert len(made) == 3_000
    assert {id_ for event in made for id_ in event.updates} <= told.keys()
    assert all(claim.update in told for event in made for claim in event.claims)
    assert 1.1 < sum(len(event.updates) for event in made) / len(made) < 1.3
    published = [update.published for update in told.values()]
    assert published == sorted(published, reverse=True)


def test_made_up_events_are_sound_and_have_every_form(tmp_path: Path) -> None:
    made_up = make_up(2_000, tmp_path / "made.parquet")
    collection = open_store(tmp_path / "made.parquet").snapshot()
    assert made_up is None
    assert collection.total == 2_000
    census = collection.census()
    assert len(census.kinds) == len(KINDS)
    assert {"day", "week", "month"} <= census.date_precisions.keys()
    assert 0 < census.unplaced < 100
    for feature in collection.features(EventFilter()):
        assert read_feature(json.loads(feature.text), "").id
    # Each word that the benchmark searches for finds some hundredths of the events.
    assert all(20 < collection.tally(EventFilter(text=word)).shown < 400 for word in WORDS)


def test_a_store_is_built_once(tmp_path: Path) -> None:
    first = prepared(300, tmp_path)
    stamp = first.path.stat().st_mtime_ns
    assert prepared(300, tmp_path) == first
    assert first.path.stat().st_mtime_ns == stamp
    assert first.label == "300 made up"


def test_opening_is_timed_in_a_process_of_its_own(tmp_path: Path) -> None:
    found = opening_of(prepared(300, tmp_path).path)
    assert found.keys() >= {"imports", "snapshot", "tally", "list", "open", "facets", "columns"}
    assert found["open"] == pytest.approx(found["snapshot"] + found["tally"] + found["list"] + found["summary"])


def test_a_store_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"opening none\.parquet ended with 1"):
        opening_of(tmp_path / "none.parquet")


def test_people_without_a_browser_are_answered_by_the_real_app(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as elsewhere:  # the browser's tests leave a loop that runs in this thread
        seen = elsewhere.submit(crowd, prepared(300, tmp_path).path, 2, 8, thought_s=(0.05, 0.1)).result()
    assert seen.failures == []
    assert len(seen.arrivals) == 2
    assert len(seen.answers) >= 2
    assert all(0 < one.list_ms <= one.ms and one.received > 10_000 for one in seen.answers)
    assert seen.memory and all(megabytes > 10 for _, megabytes in seen.memory)


def test_the_highest_memory_of_a_process_is_seen_and_put_back() -> None:
    command = [sys.executable, "-c", "import sys; sys.stdin.readline(); a = bytearray(80_000_000); print(1, flush=True); sys.stdin.readline()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout
        with peak_of(process.pid) as seen:
            process.stdin.write(b"\n")
            process.stdin.flush()
            process.stdout.readline()
        assert seen.peak_mb - seen.before_mb > 70
        process.stdin.write(b"\n")


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_each_peer_compiles(peer: Measured) -> None:
    compile((ROOT / peer.script).read_text(encoding="utf-8"), peer.script, "exec")


def test_a_peer_that_has_died_is_not_tried_at_larger_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    def steps_of(_browser: object, peer: Measured, _store: object, rows: int, _counts: object) -> Measurement:
        dies = peer is PEERS[0] and rows >= 5_000
        return Measurement("peers", rows, STEP, "ms", None if dies else Figure(1, 1, 1), who=peer.name, note="dies: too slow" if dies else "")

    monkeypatch.setattr(peering, "peer_steps", steps_of)
    found = list(peering.all_peers(None, (1_000, 5_000, 16_566), lambda _: None, peering.QUICK))  # type: ignore[arg-type, return-value]
    notes = [one.note for one in found if one.who == PEERS[0].name]
    assert notes == ["", "dies: too slow", "not tried: it dies at 5,000"]
    assert all(one.figure for one in found if one.who != PEERS[0].name)


def test_every_page_script_is_used() -> None:
    modules = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "benchmarks").glob("*.py"))
    names = sorted(path.stem for path in Path(ROOT / "benchmarks" / "page").glob("*.js"))
    assert names == [name for name in names if f'page_script("{name}")' in modules]
