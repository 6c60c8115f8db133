"""What is asked of DuckDB: the SQL that is kept is what Ibis makes of the expressions, and nothing of a question is ever text of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.errors import StoreError
from geo.filters import EventFilter
from geo.moments import parse_moment
from geo.store import engine as engine_module
from geo.store.compiling import compiled
from geo.store.engine import STATEMENTS, Engine
from geo.store.parquet_file import ParquetStore
from geo.store.parquet_writing import write_parquet
from geo.store.queries import QUESTIONS
from tests.factories import event, snapshot, update

ROOT = Path(__file__).resolve().parents[1]


def store_of(tmp_path: Path, count: int = 6) -> Path:
    """Events e-0, e-1, ... told in turn by u-0, u-1, and an update that nobody has."""
    held = snapshot(
        [event(f"e-{number}", title=f"Title {number}", updates=[f"u-{number % 2}", "lost"]) for number in range(count)],
        [update("u-0", "2021-02-01T00:00Z"), update("u-1", "2021-02-03T00:00Z")],
    )
    path = tmp_path / "s.parquet"
    write_parquet(path, events=held.events, updates=held.updates.values())
    return path


def test_the_sql_that_is_kept_is_what_ibis_compiles() -> None:
    """After a change of an expression: `python -m geo.store.compiling`."""
    assert STATEMENTS.read_text(encoding="utf-8") == compiled()


def test_every_question_is_kept_with_all_its_parameters() -> None:
    """A parameter is a `$name` in the SQL, and nothing else is."""
    for name, question in QUESTIONS.items():
        sql = engine_module._statements()[name]
        assert {word.strip("(),;") for word in sql.split() if "$" in word} or not question.parameters
        assert all(f"${parameter}" in sql for parameter in question.parameters), name
        assert "@" not in sql and "7000000000" not in sql


@pytest.mark.parametrize("value", ["' OR 1 = 1 --", "$word", "%", "e-1'; DROP VIEW records; --", "\x00", "\\"])
def test_what_is_asked_for_is_never_read_as_sql(tmp_path: Path, value: str) -> None:
    """It is a parameter: such an id is there or it is not, such a word is found or it is not."""
    collection = ParquetStore(store_of(tmp_path)).snapshot()
    assert collection.event(value) is None
    assert value not in collection.updates
    for wanted in (EventFilter(text=value), EventFilter(actors=frozenset({value})), EventFilter(told_in=frozenset({value}))):
        assert collection.tally(wanted).shown == (0 if wanted.text.strip() or not wanted.text else 6)
    assert collection.tally(EventFilter()).shown == 6


def test_ids_of_updates_that_nobody_has_are_values_like_any_other(tmp_path: Path) -> None:
    """They can be asked for and are counted; with a clock they tell nothing."""
    collection = ParquetStore(store_of(tmp_path)).snapshot()
    facet = collection.facets(EventFilter(), most=10)["told_in"]
    assert (facet.total, dict(facet.counts)) == (3, {"u-1": 3, "u-0": 3, "lost": 6})
    assert list(collection.facets(EventFilter(), most=1)["told_in"].counts) == ["u-1"]
    assert collection.tally(EventFilter(told_in=frozenset({"lost"}))).shown == 6
    early = EventFilter(known=parse_moment("2021-02-02"))
    assert dict(collection.facets(early, most=10)["told_in"].counts) == {"u-1": 0, "u-0": 3, "lost": 0}
    assert collection.having("told_in", frozenset({"lost", "u-0", "none"})) == {"lost", "u-0"}


def test_a_release_of_the_scrubber_asks_the_engine_for_its_page_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts come from the columns that are held; of a filter asked again not even the page is read."""
    asked: list[str] = []
    collection = ParquetStore(store_of(tmp_path)).snapshot()
    collection.facets(EventFilter(), most=300)
    rows = Engine.rows
    monkeypatch.setattr(Engine, "rows", lambda self, question, **parameters: asked.append(question) or rows(self, question, **parameters))
    window = EventFilter(start=parse_moment("2021-02-01").at)
    for _ in range(2):
        collection.tally(window)
        collection.page(window, most=100, newest_first=True)
        collection.facets(window, most=300)
    assert asked == ["events_of_rows"]


def test_a_page_is_served_without_loading_ibis(tmp_path: Path) -> None:
    """Loading it takes longer than all that a page asks."""
    path = store_of(tmp_path)
    script = f"""
import sys
from collections.abc import Callable
from pathlib import Path
from geo.filters import EventFilter
from geo.store import open_store
there = open_store(Path({str(path)!r})).snapshot()
wanted = EventFilter(text="title")
print(len(there.page(wanted, most=9)), len(there.facets(wanted, most=9)), sum(1 for _ in there.features(wanted)))
print(sorted({{"ibis", "sqlglot"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["6 4 6", "[]"]


def test_a_store_that_breaks_while_it_is_asked_is_told_in_words(tmp_path: Path) -> None:
    """Not a traceback of the engine's."""
    path = store_of(tmp_path)
    engine = Engine(path)
    assert engine.one("told_at_all") == 6
    path.write_bytes(b"PAR1 broken PAR1")
    with pytest.raises(StoreError, match="could not be read"):
        engine.rows("rows_of_events", ids=["e-0"])


def test_a_store_that_is_replaced_while_it_is_asked_is_told_in_words(tmp_path: Path) -> None:
    """The rows that were counted are other events in the new file, whether or not it has as many: none of them is shown for another."""
    collection = ParquetStore(store_of(tmp_path, 6)).snapshot()
    assert collection.facets(EventFilter(), most=9)["told_in"].total == 3
    write_parquet(tmp_path / "s.parquet", events=snapshot([event(f"a-{number}") for number in range(9)]).events)
    asked: list[Callable[[], object]] = [
        lambda: collection.page(EventFilter(), first=2, most=3),
        lambda: collection.event("a-1"),
        lambda: collection.tally(EventFilter(text="title")),
        lambda: list(collection.features(EventFilter())),
        lambda: list(collection.update_texts({"u-0"})),
        lambda: list(collection.batches(100)),
    ]
    for ask in asked:
        with pytest.raises(StoreError, match="written anew while it was read"):
            ask()


def test_what_is_remembered_is_bounded_and_forgetting_changes_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large store only what was asked for last is in memory."""
    path = store_of(tmp_path, 12)
    whole = ParquetStore(path).snapshot()
    expected = whole.page(EventFilter(), most=12), dict(whole.updates.items())
    monkeypatch.setattr("geo.store.parquet_collection._KEPT_EVENTS", 2)
    monkeypatch.setattr("geo.store.parquet_collection._KEPT_FILTERS", 2)
    monkeypatch.setattr("geo.store.parquet_updates._KEPT", 1)
    collection = ParquetStore(path).snapshot()
    for _ in range(2):
        for number in range(12):
            assert collection.page(EventFilter(), first=number, most=1) == [expected[0][number]]
            assert collection.page(EventFilter(known=parse_moment("2021-02-04")), first=number, most=1)[0].updates == (f"u-{number % 2}",)
            assert collection.updates[f"u-{number % 2}"] == expected[1][f"u-{number % 2}"]
    assert len(collection._kept_events) <= 2
    assert len(collection._kept_rows) <= 2
    assert len(collection.updates._known) <= 2


def test_the_same_page_of_one_store_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Turning back to a page that was shown costs no reading."""
    collection = ParquetStore(store_of(tmp_path)).snapshot()
    first = collection.page(EventFilter(), most=3)
    monkeypatch.setattr(Engine, "rows", None)
    assert collection.page(EventFilter(), most=3) == first


def test_updates_are_exported_as_they_stand(tmp_path: Path) -> None:
    """Members that Dateline does not know, and the way numbers are written, come through an export that reads no update."""
    held = snapshot([event("e-1", updates=["u-1"])], [{**update("u-1"), "x-rank": 1.50, "x-words": "é\u2028"}])
    path = tmp_path / "s.parquet"
    write_parquet(path, events=held.events, updates=held.updates.values())
    collection = ParquetStore(path).snapshot()
    assert list(collection.update_texts({"u-1"})) == list(held.update_texts({"u-1"}))
    assert '"x-rank": 1.5' in next(collection.update_texts({"u-1"}))
    assert list(collection.update_texts({"u-2"})) == []
