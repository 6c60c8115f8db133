"""What a process holds in memory, as the kernel counts it. Linux alone tells."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_SAMPLE_S = 0.05


def resident_mb(pid: int) -> float:
    """The resident memory of a process in MB (10^6 bytes). Raises OSError where there is no /proc, or no such process."""
    return _status_mb(pid, "VmRSS")


@dataclass
class Watched:
    """The highest memory that was seen, in MB, and that at the start."""

    before_mb: float
    peak_mb: float
    _over: threading.Event = field(default_factory=threading.Event)


@contextmanager
def peak_of(pid: int) -> Iterator[Watched]:
    """Watch a process: the kernel's own high-water mark where it can be put back, else samples twenty times a second."""
    started = resident_mb(pid)
    seen = Watched(started, started)
    exact = _reset_peak(pid)
    sampler = threading.Thread(target=_sample, args=(pid, seen), daemon=True)
    sampler.start()
    try:
        yield seen
    finally:
        seen._over.set()
        sampler.join()
        if exact:
            seen.peak_mb = max(seen.peak_mb, _status_mb(pid, "VmHWM"))


def _reset_peak(pid: int) -> bool:
    try:
        Path(f"/proc/{pid}/clear_refs").write_text("5")  # proc(5): puts VmHWM back to VmRSS
    except OSError:
        return False
    return True


def _sample(pid: int, seen: Watched) -> None:
    while not seen._over.wait(_SAMPLE_S):
        try:
            seen.peak_mb = max(seen.peak_mb, resident_mb(pid))
        except OSError:
            return


def _status_mb(pid: int, name: str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise OSError(f"/proc/{pid}/status has no {name}: the process has ended.")
