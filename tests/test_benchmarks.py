"""The benchmark's arithmetic and its table; what it measures is measured by `make bench` alone, for no test depends on the clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.__main__ import arguments
from benchmarks.apps import ALL, ROOT, Measured
from benchmarks.figures import Figure, figure, median, percentile, ratio
from benchmarks.method import HOW
from benchmarks.plan import PARTS
from benchmarks.report import Aim, Line, document, table, times

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
    written = document(day="2021-03-04", machine=[("Cores", "2"), ("Python", "3.11")], lines=LINES, how=HOW)
    assert table(LINES) in written
    assert "on 2021-03-04" in written
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
    assert "there is no 'lunch'; choose from start, scrub, release, idle" in capsys.readouterr().err


def test_every_page_script_is_used() -> None:
    modules = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "benchmarks").glob("*.py"))
    names = sorted(path.stem for path in Path(ROOT / "benchmarks" / "page").glob("*.js"))
    assert names == [name for name in names if f'page_script("{name}")' in modules]
