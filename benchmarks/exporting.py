"""Exporting everything that is shown, with the button, as a person does."""

from __future__ import annotations

import time
from dataclasses import dataclass

from playwright.sync_api import TimeoutError as TooLong

from benchmarks.opened import Opened
from benchmarks.processes import peak_of

_BUTTON = ".st-key-export_geojson :is(button, a[download])"  # a link where there are too many events for a button


@dataclass(frozen=True)
class Exported:
    """One export: seconds until the file was on the disk, its size, and by how much the server's memory stood above that before, in MB."""

    seconds: float
    size_mb: float
    above_mb: float


def exported(one: Opened, longest_s: float) -> Exported:
    """Press the GeoJSON button and wait for the file. Raises RuntimeError if it takes longer than `longest_s`."""
    with peak_of(one.pid) as seen:
        began = time.perf_counter()
        try:
            with one.page.expect_download(timeout=longest_s * 1000) as coming:
                one.page.click(_BUTTON)
        except TooLong as error:
            raise RuntimeError(
                f"no file within {longest_s:.0f} s; the server's memory stood up to {seen.peak_mb - seen.before_mb:,.0f} MB above that before"
            ) from error
        path = coming.value.path()
        taken = time.perf_counter() - began
    size_mb = path.stat().st_size / 1e6
    coming.value.delete()
    return Exported(taken, size_mb, seen.peak_mb - seen.before_mb)
