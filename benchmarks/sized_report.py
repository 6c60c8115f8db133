"""The results at any size as Markdown: aims beside what was measured, the peers beside Dateline, and the sessions."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks import aims
from benchmarks.kept import DATELINE, Kept, Measurement
from benchmarks.report import number, padded, table

_NONE = "–"
_ORDER = (aims.SCRUB, aims.DRAWING, aims.RELEASE, aims.KIND, aims.TEXT, aims.START, "start of the server to all marks", aims.START_RATIO,
          aims.MEMORY, aims.HEAP, aims.IMPORT, aims.OPEN, "then the filters' counts", "then the packed columns", "before, once: loading the engine",
          aims.EXPORT, aims.EXPORT_MEMORY)  # fmt: skip
_FIGURES = "Each figure is a median and, in brackets, the 95th percentile and the number of samples."


def tables(kept: Kept) -> str:
    """All tables that there is something for."""
    parts = []
    if kept.lines:
        parts += ["## Seventeen events", table(kept.lines).rstrip()]
    sized = [one for one in kept.measurements if one.part in ("open", "growth-start", "growth")]
    if sized:
        parts += ["## Any size", _sized(sized), *_notes(sized)]
    peers = [one for one in kept.measurements if one.part == "peers" and one.who != DATELINE]
    if peers:
        parts += ["## Beside the peers", _peers(peers, kept.measurements), *_notes(peers)]
    people = [one for one in kept.measurements if one.part == "sessions"]
    if people:
        parts += ["## Many at once", _people(people), *_notes(people)]
    broken = [one for one in kept.measurements if one.what == "failed" and one.part not in ("open", "growth-start", "growth", "sessions")]
    if broken:
        parts += _notes(broken)
    return "\n\n".join(parts) + "\n"


def document(kept: Kept, *, how: Sequence[str], missing: Sequence[str] = ()) -> str:
    """The whole of `results.md`; `missing` names the steps that no run has measured yet."""
    days = sorted(kept.taken.values())
    between = days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}"
    parts = [
        "# What Dateline costs",
        f"Written by `make bench`, measured {between} (UTC); run it to have the figures of your machine. The peers are measured in the same run, so "
        f"that the ratios hold even where the milliseconds do not. {_FIGURES}",
        *([f"**Not measured yet:** {', '.join(missing)}."] if missing else []),
        tables(kept).rstrip(),
        "## The machine",
        "\n".join(f"- {name}: {value}" for name, value in kept.machine),
        "## When each part was measured, and how long it took",
        "\n".join(f"- {step}: {kept.taken[step]}, {kept.seconds[step]:.0f} s" for step in kept.taken),
        "## How it is measured",
        "\n".join(f"- {words}" for words in how),
    ]
    return "\n\n".join(parts) + "\n"


def _sized(rows: Sequence[Measurement]) -> str:
    """A row for each figure, a column for each size, and the aim and its outcome in the cell."""
    sizes = sorted({one.size for one in rows})
    by = {(one.what, one.size): one for one in rows if one.who == DATELINE}
    beside = {one.size: one for one in rows if one.who != DATELINE}
    whats = [what for what in _ORDER if any((what, size) in by for size in sizes)]
    written = [("measured", *(f"{size:,} events" for size in sizes))]
    for what in whats:
        found = [by.get((what, size)) for size in sizes]
        unit = next(one.unit for one in found if one)
        written.append((f"{what} ({unit})", *(_cell(one) for one in found)))
        if what == aims.START and beside:
            written.append(("the same of an empty Streamlit page (s)", *(_cell(beside.get(size)) for size in sizes)))
    return padded(written).rstrip()


def _cell(one: Measurement | None) -> str:
    if one is None or one.figure is None:
        return _NONE
    words = _figure(one)
    return words if one.aim is None else f"{words}; aim {number(one.aim, one.unit)}: {'met' if one.met else 'MISSED'}"


def _figure(one: Measurement) -> str:
    if one.figure is None:
        return _NONE
    if one.figure.count == 1:
        return number(one.figure.median, one.unit)
    return f"{number(one.figure.median, one.unit)} ({number(one.figure.p95, one.unit)}, n = {one.figure.count})"


def _peers(rows: Sequence[Measurement], every: Sequence[Measurement]) -> str:
    """A row for each size; of each peer the step, and how many times Dateline's movement and Dateline's release it takes."""
    names = list(dict.fromkeys(one.who for one in rows))
    by = {(one.who, one.size): one for one in rows}
    mine = {(one.what, one.size): one.figure for one in every if one.part == "growth" and one.figure}
    written = [("events", *(f"{name} (ms)" for name in names), f"{DATELINE}: scrub (ms)", f"{DATELINE}: release (ms)")]
    for size in sorted({one.size for one in rows}):
        # Dateline is not measured below the smallest store: that one stands for all that are smaller.
        measured_at = min((there for what, there in mine if what == aims.SCRUB and there >= size), default=None)
        scrub, release = (mine.get((what, measured_at)) if measured_at else None for what in (aims.SCRUB, aims.RELEASE))
        cells = [_peer_cell(by.get((name, size)), scrub and scrub.median, release and release.median) for name in names]
        own = [_NONE if one is None else f"{one.median:.1f}" + ("" if measured_at == size else f" (at {measured_at:,})") for one in (scrub, release)]
        written.append((f"{size:,}", *cells, *own))
    return padded(written).rstrip()


def _peer_cell(one: Measurement | None, scrub: float | None, release: float | None) -> str:
    if one is None or one.figure is None:
        return "dies" if one else _NONE
    ratios = [f"{one.figure.median / own:,.1f} × {word}" for own, word in ((scrub, "scrub"), (release, "release")) if own]
    return _figure(one) + (f"; {', '.join(ratios)}" if ratios else "")


def _people(rows: Sequence[Measurement]) -> str:
    sizes = sorted({one.size for one in rows})
    by = {(one.what, one.size): one for one in rows}
    whats = [what for what in dict.fromkeys(one.what for one in rows) if what != "failed"]
    written = [("measured", *(f"{size} people" for size in sizes))]
    for what in whats:
        found = [by.get((what, size)) for size in sizes]
        unit = next(one.unit for one in found if one)
        written.append((f"{what} ({unit})" if unit else what, *(_cell(one) for one in found)))
    return padded(written).rstrip()


def _notes(rows: Sequence[Measurement]) -> list[str]:
    """What stands beside the figures, and why some are missing."""
    said = [f"- {one.size:,}, {one.who if one.who != DATELINE else one.part}, {one.what}: {one.note}" for one in rows if one.note]
    return ["\n".join(said)] if said else []
