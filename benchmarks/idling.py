"""What goes over the wire when nobody does anything."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.opened import Opened


def idle(apps: Sequence[Opened], seconds: float) -> list[tuple[int, int]]:
    """For each app: the reruns that its page asked for, and the messages that it was sent, in the same `seconds` after all have settled."""
    for one in apps:
        one.settle()
    before = [(one.reruns, one.received) for one in apps]
    apps[0].page.wait_for_timeout(seconds * 1000)
    return [(one.reruns - reruns, one.received - received) for one, (reruns, received) in zip(apps, before, strict=True)]
