"""The questions of `geo.store.queries` as SQL of DuckDB, compiled by Ibis ahead of time: `python -m geo.store.compiling` writes them anew.

Compiling takes Ibis some milliseconds a question, and loading Ibis half a second and 40 MB, which a page would wait for. So the SQL is kept beside
the expressions, and a test holds the two together. For another engine the same expressions are compiled by the compiler of its backend.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from geo.store.engine import STATEMENTS


def compiled() -> str:
    """All questions in SQL, each under its name."""
    import ibis

    from geo.store.queries import QUESTIONS

    compiler = ibis.duckdb.connect().compiler
    parts = [f"-- name: {name}\n{_sql(question, compiler)};\n" for name, question in sorted(QUESTIONS.items())]
    return "-- Written by `python -m geo.store.compiling` from the expressions of geo/store/queries.py. Do not edit.\n\n" + "\n".join(parts)


def _sql(question: Any, compiler: Any) -> str:
    """A question with `$name` where a parameter stands.

    Ibis wants a value for each parameter; it gets one that stands nowhere else, whose place in the tree the parameter then takes.
    """
    import ibis
    import sqlglot.expressions as sge

    names: dict[str, str] = {}
    values: dict[Any, Any] = {}
    parameters: dict[str, Any] = {}
    for number, (name, type_) in enumerate(question.parameters.items()):
        mark: str | float = f"@{number}@" if "string" in type_ else 7_000_000_000_001.5 + number if type_ == "float64" else 7_000_000_000_001 + number
        names[str(mark)] = name
        parameters[name] = ibis.param(type_)
        values[parameters[name]] = [mark] if type_.startswith("array") else mark

    def named(node: Any) -> Any:
        inner = node.expressions[0] if isinstance(node, sge.Array) and len(node.expressions) == 1 else node
        name = names.get(inner.name) if isinstance(inner, sge.Literal) else None
        return node if name is None else sge.Parameter(this=sge.Var(this=name))

    tree = compiler.to_sqlglot(question.expression(**parameters), params=values).transform(named)
    sql: str = tree.sql("duckdb", pretty=True)
    if missing := [name for name in names.values() if f"${name}" not in sql]:
        raise ValueError(f"the parameters {missing} were lost")
    return sql


if __name__ == "__main__":
    Path(STATEMENTS).write_text(compiled(), encoding="utf-8")
