"""What tells one state of a file from another without reading it, and when that is not to be trusted."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field

_TICK_NS = 50_000_000  # longer than the tick of the clock that a local file system stamps by
_COARSE_TICK_NS = 2_000_000_000  # that of FAT, and of some network drives

now_ns = time.time_ns


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file's times, size and inode. `seen_at` is when they were looked at, in nanoseconds since 1970."""

    modified_ns: int
    changed_ns: int
    size: int
    inode: int
    seen_at: int = field(compare=False)

    @classmethod
    def of(cls, status: os.stat_result, seen_at: int) -> Stamp:
        """The stamp that a status gives."""
        return cls(status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, seen_at)

    @property
    def is_settled(self) -> bool:
        """Whether every change since it was looked at gives another stamp; one of the same size in the same tick of the file's clock does not.

        So what was read with an unsettled stamp is to be read again, however much later.
        """
        tick = _COARSE_TICK_NS if self.modified_ns % 1_000_000_000 == 0 else _TICK_NS
        return max(self.modified_ns, self.changed_ns) + tick <= self.seen_at
