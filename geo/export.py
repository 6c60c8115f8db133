"""Events to files: GeoJSON that opens as a store again, and CSV for spreadsheets, each with or from one receipt."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any, TypeVar

from geo.filters import EventFilter, clock_in_words, describe, to_query, window_in_words, window_to_query
from geo.geojson import SCHEMA
from geo.kinds import kind_label
from geo.model import Claim, Event, acled_geo_precision, acled_time_precision, ucdp_date_prec, ucdp_deaths, ucdp_where_prec
from geo.moments import span_in_words
from geo.store import EventCollection
from geo.store.base import StoredFeature

# Escaped in JSON, which means the same: a terminal or an editor obeys some of these, some readers end a line at others, and UTF-8 has no surrogates.
_ESCAPED = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# A text that a spreadsheet may take for a formula, whatever apostrophes, blanks and invisible characters stand before it.
_FORMULA = re.compile("'*[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\\-@＝＋－＠﹦﹢﹣﹫−]|'*[\t\r\n]")
_NOT_FOR_CELLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

Cell = str | int | float | None
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an export holds and where it comes from.

    `filter_words` is the filter in words, without its window. `store` and `sha256` name the store and its bytes, `count` is the number of events,
    `address` that of the view which shows them (a circle is not filtered by there, but drawn as a ring), `made` when this was, in UTC.
    """

    wanted: EventFilter
    filter_words: str
    store: str
    sha256: str
    count: int
    address: str
    made: datetime

    def as_member(self) -> dict[str, Any]:
        """The receipt as the foreign member `receipt` of a FeatureCollection (docs/export.md)."""
        wanted = self.wanted
        window = dict(window_to_query(wanted.start, wanted.after))
        return {
            "events": self.count,
            "filter": {"words": self.filter_words, "data": _filter_data(wanted)},
            "window": {"words": window_in_words(wanted.start, wanted.after), "from": window.get("from"), "to": window.get("to")},
            "store": {"name": self.store, "sha256": self.sha256},
            "address": self.address,
            "made": self.made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: `write` makes its bytes, `media_type` and `suffix` (with the dot) name it. They come in pieces, to take little memory."""

    write: Callable[[EventCollection, Receipt], Iterator[bytes]]
    media_type: str
    suffix: str


def make_receipt(collection: EventCollection, wanted: EventFilter, *, store: str, address: str, made: datetime | None = None) -> Receipt:
    """The receipt for exporting what `wanted` selects of `collection`. `store` is the store's name; `made` is now by default."""
    words = [describe(wanted, collection.updates) or "all events"]
    if wanted.known is not None:
        words.append(clock_in_words(wanted.known))
    count = collection.tally(wanted).shown
    return Receipt(wanted, "; ".join(words), store, collection.sha256, count, address, made or datetime.now(UTC))


def file_name(wanted: EventFilter, suffix: str) -> str:
    """A name for the file: `dateline-2021-02-01-to-2021-02-28.geojson`. No character in it is special to any system."""
    window = dict(window_to_query(wanted.start, wanted.after))
    match window.get("from"), window.get("to"):
        case None, None:
            dates = "all-dates"
        case first, None:
            dates = f"from-{first}"
        case None, last:
            dates = f"until-{last}"
        case first, last:
            dates = f"{first}-to-{last}"
    return f"dateline-{dates.replace(':', '')}{suffix}"


def export_geojson(collection: EventCollection, receipt: Receipt) -> Iterator[bytes]:
    """The events, in their order, as a store of the format of docs/store-format.md, with the receipt and, last, the updates that they cite.

    RFC 7946 in UTF-8, one record a line. Ids, numbers and members that Dateline does not know are as they were.
    """
    about = dict(collection.about) | {"schema": SCHEMA}
    head = [("type", "FeatureCollection"), ("dateline", about), ("receipt", receipt.as_member())]
    yield _text("{\n" + "".join(f"{_json(name)}: {_json(value)},\n" for name, value in head))
    cited: set[str] = set()
    yield b'"features": '
    yield from _records(_noting(collection.features(receipt.wanted), cited))
    yield b',\n"updates": '
    yield from _records(collection.update_texts(cited))
    yield b"\n}\n"


def export_csv(collection: EventCollection, receipt: Receipt) -> Iterator[bytes]:
    """The events, in their order, as CSV (RFC 4180), a row each; CSV has no place for the receipt.

    UTF-8 with a byte order mark, without which Excel takes the text for another encoding. A text that a spreadsheet could take for a formula gets an
    apostrophe before it (OWASP ASVS 5.0, 1.2.10; docs/export.md says how to take it off again). Lists have one item a line within their cell.
    """
    yield codecs.BOM_UTF8
    rows: Iterator[list[Cell]] = chain([[*_COLUMNS, *_DEATHS]], (_row(event, collection) for event in collection.each(receipt.wanted)))
    for run in _runs(rows):
        body = io.StringIO(newline="")
        csv.writer(body, lineterminator="\r\n").writerows(run)
        yield body.getvalue().encode("utf-8")


EXPORTERS: dict[str, Exporter] = {
    "geojson": Exporter(export_geojson, "application/geo+json", ".geojson"),
    "csv": Exporter(export_csv, "text/csv; charset=utf-8; header=present", ".csv"),
}


def _filter_data(wanted: EventFilter) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, value in to_query(wanted):
        if name in ("text", "known"):
            data[name] = value
        else:
            data.setdefault(name, []).append(value)
    if wanted.near is not None:
        data["near"] = {"lon": wanted.near.lon, "lat": wanted.near.lat, "radius_m": wanted.near.radius_m}
    return data


def _noting(features: Iterable[StoredFeature], cited: set[str]) -> Iterator[str]:
    """The features as they pass by, with the updates that they cite noted down."""
    for feature in features:
        cited.update(feature.cites)
        yield feature.text


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _text(text: str) -> bytes:
    if text.isascii() and "\x7f" not in text:  # as most records are; looking at every character takes longer than all the rest
        return text.encode("ascii")
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode("utf-8")


def _records(lines: Iterable[str]) -> Iterator[bytes]:
    """An array with a record a line."""
    before = "[\n"
    for run in _runs(lines):
        yield before.encode() + b",\n".join(map(_text, run))
        before = ",\n"
    yield b"[]" if before == "[\n" else b"\n]"


def _runs(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    """The items in lists of a few hundred, so that few pieces are written and none is large."""
    left = iter(items)
    while run := list(islice(left, 500)):
        yield run


def _row(event: Event, collection: EventCollection) -> list[Cell]:
    cells = [read(event, collection) for read in _READERS]
    # Most cells are no text, or one that begins with a letter or a digit and is printable: there is nothing to guard.
    guarded = [cell if not isinstance(cell, str) or (cell[:1].isalnum() and cell.isprintable()) else _guarded(cell) for cell in cells]
    return [*guarded, *ucdp_deaths(event)]


def _guarded(text: str) -> str:
    """A text without control characters, and with an apostrophe where it could be taken for a formula."""
    text = _NOT_FOR_CELLS.sub("\ufffd", text)
    return f"'{text}" if _FORMULA.match(text) else text


def _headings(event: Event, collection: EventCollection) -> str:
    return "\n".join(collection.updates[id_].heading for id_ in event.updates if id_ in collection.updates)


def _urls(event: Event, collection: EventCollection) -> str:
    return "\n".join(dict.fromkeys(collection.updates[id_].url for id_ in event.updates if id_ in collection.updates))


def _claim_in_words(claim: Claim) -> str:
    via = f", via {claim.via}" if claim.via else ""
    stated = f", said {claim.stated}" if claim.stated else ""
    return f"{claim.metric}: {claim.text} ({claim.by}{via}{stated}, told in {claim.update})"


_COLUMNS: dict[str, Callable[[Event, EventCollection], Cell]] = {
    "id": lambda event, _: event.id,
    "title": lambda event, _: event.title,
    "kind": lambda event, _: event.kind,
    "kind_label": lambda event, _: kind_label(event.kind),
    "start": lambda event, _: str(event.start),
    "end": lambda event, _: str(event.end),
    "date_precision": lambda event, _: event.date_precision,
    "date_in_words": lambda event, _: span_in_words(event.start, event.end, event.date_precision),
    "date_basis": lambda event, _: event.date_basis,
    "date_note": lambda event, _: event.date_note,
    "reported": lambda event, _: str(event.reported),
    "place": lambda event, _: event.place.name if event.place else None,
    "country": lambda event, _: event.place.country if event.place else None,
    "place_precision": lambda event, _: event.place.precision if event.place else None,
    "longitude": lambda event, _: event.position and event.position[0],
    "latitude": lambda event, _: event.position and event.position[1],
    "uncertainty_km": lambda event, _: event.place.uncertainty_km if event.place else None,
    "place_basis": lambda event, _: event.place.basis if event.place else None,
    "place_note": lambda event, _: event.place.note if event.place else None,
    "actors": lambda event, _: "\n".join(f"{actor.name} ({actor.role})" for actor in event.actors),
    "claims": lambda event, _: "\n".join(map(_claim_in_words, event.claims)),
    "updates": lambda event, _: "\n".join(event.updates),
    "headings": _headings,
    "urls": _urls,
    "note": lambda event, _: event.note,
    "acled_geo_precision": lambda event, _: acled_geo_precision(event),
    "acled_time_precision": lambda event, _: acled_time_precision(event),
    "ucdp_where_prec": lambda event, _: ucdp_where_prec(event),
    "ucdp_date_prec": lambda event, _: ucdp_date_prec(event),
}
_READERS = tuple(_COLUMNS.values())
_DEATHS = ("ucdp_low", "ucdp_best", "ucdp_high")
"""The last columns, which are derived together."""
