"""Starting the real app as a person does, in a process of its own, on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_START_SECONDS = 60


@dataclass(frozen=True)
class App:
    """A running app: its address without a trailing slash, its process, and the file that its output goes to."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(store: Path | None = None) -> dict[str, str]:
    """The variables of this process for an app over `store`: without those that would change it, or keep Python from keeping what it compiles."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("STREAMLIT_", "DATELINE_", "PYTHONDONTWRITE"))}
    return kept if store is None else kept | {"DATELINE_STORE": str(store)}


@contextmanager
def serve(
    folder: Path, *, log: Path, store: Path | None = None, script: str = "app.py", options: Sequence[str] = (), port: int | None = None
) -> Iterator[App]:
    """`streamlit run` in `folder` with these options more; ready when its health check answers. Raises RuntimeError with the log if it ends."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port), "--server.headless", "true", *options]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, env=environment(store), stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}", process, log)
        yield App(f"http://127.0.0.1:{port}", process, log)
    finally:
        process.terminate()
        process.wait(timeout=_START_SECONDS)


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The app ended with {process.returncode}:\n{log.read_text(errors='replace')}")
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)  # polling a process that has no other way to say that it is ready
    raise RuntimeError(f"The app did not answer within {_START_SECONDS} s:\n{log.read_text(errors='replace')}")
