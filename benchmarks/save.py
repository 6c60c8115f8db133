"""`python -m benchmarks.save`: saving one edit of a store of three sizes, beside `json.dump` and `geopandas.to_file` of the whole."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, figure
from geo.store.editing import ChangeEvent, Editor, StoreWriter, version_of
from tests.factories import JSON, claim, document, event, update

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "events.geojson"
AIMS_MS = {17: 50.0, 1_000: 60.0, 16_566: 200.0}
"""Of the 95th percentile, by the number of events."""
_EDITOR = Editor("Benchmark")


@dataclass(frozen=True)
class Counts:
    """How often each is done. The peers write everything each time, so they are asked less often."""

    saves: int = 60
    peers: int = 15


QUICK = Counts(saves=20, peers=3)


@dataclass(frozen=True)
class Saved:
    """One size of store. `first` is the first save of all, with which the history begins, in milliseconds."""

    events: int
    size_bytes: int
    first: float
    dateline: Figure
    dump: Figure
    geopandas: Figure

    @property
    def aim_ms(self) -> float:
        """What the 95th percentile should not be above."""
        return AIMS_MS[self.events]


def measure(counts: Counts, folder: Path) -> Iterator[Saved]:
    """One size after the other, the three ways in turn."""
    for events in AIMS_MS:
        yield _measure(events, counts, folder)


def _measure(events: int, counts: Counts, folder: Path) -> Saved:
    path = folder / f"{events}.geojson"
    path.write_bytes(SHIPPED.read_bytes() if events == 17 else json.dumps(synthetic(events), ensure_ascii=False, indent=2).encode())
    value = json.loads(path.read_bytes())
    records = [record for record in value["features"] if record["properties"]["record"] == "event"]
    writer = StoreWriter(path)
    first = next(_saves(writer, records, 1))
    saves = list(_saves(writer, records[1:], counts.saves))
    frame = _frame(value)
    peers: tuple[Callable[[], Any], ...] = (
        lambda: _dump(value, folder / "dump.geojson"),
        lambda: frame.to_file(folder / "frame.geojson", driver="GeoJSON"),
    )
    dump, geopandas = ([_milliseconds(peer) for _ in range(counts.peers)] for peer in peers)
    return Saved(events, path.stat().st_size, first, figure(saves), figure(dump), figure(geopandas))


def _saves(writer: StoreWriter, records: list[JSON], count: int) -> Iterator[float]:
    """Edit one event after the other, spread over the file; each save is told durable before the next begins."""
    for number in range(count):
        at = number * 7919 % len(records)
        record = records[at]
        changed = record | {"properties": record["properties"] | {"note": f"Looked at for the {number}th time."}}
        change = ChangeEvent(record["id"], changed, version_of(record))
        yield _milliseconds(lambda change=change: writer.apply([change], by=_EDITOR, why="a benchmark"))
        records[at] = changed


def _milliseconds(do: Callable[[], Any]) -> float:
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000


def _dump(value: JSON, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=2)


def _frame(value: JSON) -> Any:
    """The store as geopandas holds it: properties that are no plain values become text, as GDAL's driver would make them."""
    import geopandas

    features = [
        feature
        | {
            "properties": {key: json.dumps(one) if isinstance(one, list | dict) else one for key, one in feature["properties"].items()}
            | {"id": feature["id"]}
        }
        for feature in value["features"]
    ]
    return geopandas.GeoDataFrame.from_features(features, crs="OGC:CRS84")


def synthetic(events: int) -> JSON:
    """A store of that many events, each told in an update of its own, with three claims, as large as a data set of the field makes them."""
    updates, features = [], []
    for number in range(events):
        id_ = f"u-{number}"
        text = f"Report {number}: shells fell near the northern outskirts of the town in the early morning, a local source said. " * 2
        updates.append(update(id_, f"20{16 + number % 4}-{1 + number % 12:02}-{1 + number % 28:02}", text=text))
        told = (("killed", 1, 9, "UCDP"), ("killed", 4, 4, "a source"), ("injured", None, None, "a hospital"))
        claims = [claim(metric, low, high, by=who, update=id_) for metric, low, high, who in told]
        row = {"id": 100_000 + number, "where_prec": 1 + number % 7, "date_prec": 1 + number % 5, "dyad_name": "Government of Syria - rebels"}
        at = (36 + number % 600 / 100, 33 + number % 400 / 100)
        day = updates[-1]["published"]
        passages = [{"update": id_, "exact": text[:60]}]
        features.append(event(f"e-{number}", at, start=day, reported=day, updates=[id_], claims=claims, passages=passages, ucdp=row))
    return document(features, updates)


def main(given: Sequence[str] | None = None) -> int:
    """Measure and print; a missed aim is no error, the line says so."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.save", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few samples")
    wanted = parser.parse_args(given)
    with tempfile.TemporaryDirectory() as folder:
        for saved in measure(QUICK if wanted.quick else Counts(), Path(folder)):
            verdict = "met" if saved.dateline.p95 <= saved.aim_ms else "MISSED"
            print(f"{saved.events:,} events, {saved.size_bytes / 1e6:.1f} MB; the first save, with which the history begins: {saved.first:.0f} ms")
            print(
                f"  one edit: median {saved.dateline.median:.0f} ms, 95th percentile {saved.dateline.p95:.0f} ms (aim {saved.aim_ms:.0f}: {verdict})"
            )
            print(f"  json.dump: {saved.dump.p95:.0f} ms; geopandas.to_file: {saved.geopandas.p95:.0f} ms (95th percentiles)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
