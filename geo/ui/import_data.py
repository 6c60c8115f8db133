"""What the Import page shows, as plain JSON: what was recognised, what the events would look like, what stays out, and what came of it."""

from __future__ import annotations

from math import ceil
from typing import Any

from geo.filters import PRECISION_WORDS, EventFilter
from geo.ingest.datasets import COLUMN_FIELDS, LICENCES
from geo.ingest.datasets.days import DATE_ORDERS
from geo.model import PLACE_PRECISIONS, Event
from geo.store import Snapshot
from geo.ui.import_reading import Reading
from geo.ui.import_session import Importing, shown_by
from geo.ui.present import list_data, off_map_reason
from geo.ui.update_data import counted

PREVIEW = 20
PER_PAGE = 25
_MOST_CLAIMS = 2
_MOST_COLUMNS = 300
_FORMATS = {
    "ucdp-ged": "UCDP Georeferenced Event Dataset (CSV)",
    "acled": "ACLED export (CSV)",
    "csv": "A table with coordinates and dates (CSV)",
    "geojson": "GeoJSON with points",
    "store": "A store or an export of Dateline’s (GeoJSON)",
}
_MEMBERS = {
    "id": "Id",
    "title": "Title",
    "lon": "Longitude",
    "lat": "Latitude",
    "date": "Date, or first day",
    "end": "Last day",
    "kind": "Kind of event",
    "place": "Place",
    "country": "Country",
    "precision": "How closely the place is known",
    "uncertainty_km": "Radius of uncertainty, km",
    "actor1": "Actor",
    "actor2": "Second actor",
    "attacker": "Attacker",
    "target": "Target",
    "notes": "Text",
    "heading": "Headline of the report",
    "source": "Who published it",
    "url": "Address of the report",
    "published": "When it was published",
    "killed_low": "Killed, at least",
    "killed_best": "Killed",
    "killed_high": "Killed, at most",
    "injured": "Injured",
}
_NEEDED = ("lon", "lat", "date")
_ORDERS = {"dmy": "day first: 26/02/2021", "mdy": "month first: 02/26/2021"}


def intro_data(*, store: str, most_mb: int, why_not: str | None) -> dict[str, Any]:
    """The head of the page."""
    return {"part": "intro", "store": store, "most_mb": most_mb, "why_not": why_not}


def file_data(importing: Importing) -> dict[str, Any]:
    """What was recognised, and what the columns were taken for."""
    reading = importing.reading
    if reading is None:
        return {"part": "file", "token": importing.token, "refusal": list(importing.refusal)}
    return {
        "part": "file",
        "token": importing.token,
        "refusal": [],
        "file": reading.file,
        "size": _size(reading.size),
        "format": _FORMATS["store" if reading.is_store else reading.format],
        "rows": counted(reading.rows, "feature" if reading.is_json else "row") if reading.dataset else "",
        "licence": LICENCES.get(reading.format),
        "mapping": [] if reading.is_store else _mapping(reading),
        "columns": list(reading.columns[:_MOST_COLUMNS]) if reading.can_be_mapped else [],
        "changeable": reading.can_be_mapped,
        "settings": _settings(reading, importing) if reading.can_be_mapped else [],
        "missing": [_MEMBERS[name] for name in reading.missing],
    }


def _mapping(reading: Reading) -> list[dict[str, Any]]:
    mapped = reading.mapping.columns()
    return [
        {
            "member": name,
            "label": _MEMBERS[name],
            "column": mapped.get(name, ""),
            "needed": name in _NEEDED,
            "sample": next((text[:60] for row in reading.samples if (text := row.get(mapped[name], "").strip())), "") if name in mapped else "",
        }
        for name in COLUMN_FIELDS
        if reading.can_be_mapped or name in mapped
    ]


def _settings(reading: Reading, importing: Importing) -> list[dict[str, Any]]:
    mapping = reading.mapping
    orders = [{"value": "", "label": "as the dates say"}, *({"value": name, "label": _ORDERS[name]} for name in DATE_ORDERS)]
    precisions = [{"value": name, "label": PRECISION_WORDS[name]} for name in PLACE_PRECISIONS]
    return [
        {"member": "publisher", "label": "Publisher, where rows name none", "value": mapping.publisher or "", "options": None},
        {"member": "address", "label": "Its web address", "value": mapping.address or "", "options": None},
        {"member": "date_order", "label": "Dates like 03/04/2021", "value": mapping.date_order or "", "options": orders},
        {
            "member": "default_precision",
            "label": "Places are known to",
            "value": mapping.default_precision,
            "options": precisions,
        },
        {"member": "id_prefix", "label": "Put before every id", "value": importing.given.get("id_prefix", ""), "options": None},
    ]


def events_data(importing: Importing) -> dict[str, Any]:
    """The first events, as the list of the map page would show them, each with the row that it comes from."""
    dataset = importing.reading.dataset if importing.reading else None
    first = dataset.events[:PREVIEW] if dataset else ()
    told = {update.id: update for update in dataset.updates} if dataset else {}
    snapshot = Snapshot("", "", first, (), told)
    listed = list_data(snapshot, EventFilter(), selected=None, page=0, per_page=PREVIEW, newest_first=False)
    rows = dataset.event_rows if dataset else ()
    return {
        "part": "events",
        "token": importing.token,
        "unit": _unit(importing),
        "total": len(dataset.events) if dataset else 0,
        "marks": listed["marks"],
        "rows": [row | _beside(event, number) for row, event, number in zip(listed["rows"], first, rows, strict=False)],
    }


def _beside(event: Event, row: int) -> dict[str, Any]:
    said: dict[tuple[str, str], list[str]] = {}
    for claim in event.claims:
        said.setdefault((claim.metric.replace("_", " "), claim.by), []).append(claim.text)
    claims = [f"{by}: {metric} {', '.join(texts)}" for (metric, by), texts in said.items()]
    more = len(claims) - _MOST_CLAIMS
    words = "; ".join(claims[:_MOST_CLAIMS]) + (f"; and {more} more" if more > 0 else "")
    return {"number": row, "claims": words[:600], "reason": off_map_reason(event)[:600] if event.position is None else None}


def aside_data(importing: Importing) -> dict[str, Any]:
    """One page of what keeps rows out."""
    problems = importing.problems
    pages = max(1, ceil(len(problems) / PER_PAGE))
    page = min(max(importing.page, 0), pages - 1)
    shown = problems[page * PER_PAGE : (page + 1) * PER_PAGE]
    return {
        "part": "aside",
        "token": importing.token,
        "unit": _unit(importing).capitalize(),
        "rows_total": len({problem.row for problem in problems}),
        "total": len(problems),
        "page": page,
        "pages": pages,
        "first": page * PER_PAGE + 1,
        "rows": [
            {
                "row": problem.row or None,
                "field": problem.field[:200],
                "value": problem.value[:200],
                "reason": problem.reason[:400],
                "advice": problem.advice[:400],
            }
            for problem in shown
        ],
    }


def going_in_data(importing: Importing, *, store: str, why_not: str | None, keeps_history: bool) -> dict[str, Any]:
    """What will go in, the choice, and afterwards the receipt."""
    plan, receipt = importing.plan, importing.receipt
    problems = importing.problems
    return {
        "part": "in",
        "token": importing.token,
        "unit": _unit(importing),
        "store": store,
        "counts": None if plan is None else _counts(plan.events, plan.updates, plan.sites),
        "events": 0 if plan is None else plan.events + plan.sites + plan.updates,
        "same": 0 if plan is None else plan.same,
        "aside": len({problem.row for problem in problems}),
        "choice": importing.choice,
        "why_not": why_not,
        "keeps_history": keeps_history,
        "fault": importing.fault,
        "receipt": None if receipt is None else _receipt(importing),
    }


def _receipt(importing: Importing) -> dict[str, Any]:
    receipt = importing.receipt
    if receipt is None:
        return {}
    added = receipt.added
    wanted = shown_by(importing)
    return {
        "counts": _counts(added.events, added.updates, added.sites),
        "nothing": added.events + added.updates + added.sites == 0,
        "same": added.same,
        "aside": len({problem.row for problem in importing.problems}),
        "revision": added.revision,
        "store": receipt.store,
        "can_undo": added.entry is not None and not receipt.undone,
        "undone": receipt.undone,
        "fault": receipt.fault,
        "shows": "Show these events on the map" if wanted.told_in else "Show the dates of these events on the map",
    }


def _unit(importing: Importing) -> str:
    """What the file is made of."""
    return "feature" if importing.reading and importing.reading.is_json else "row"


def _counts(events: int, updates: int, sites: int) -> str:
    parts = [counted(events, "event"), counted(updates, "update")] + ([counted(sites, "site")] if sites else [])
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _size(count: int) -> str:
    for unit, size in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return counted(count, "byte")
