"""What the environment may decide: the store that is opened and the hosts that are answered to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")


@dataclass(frozen=True)
class Settings:
    """`store` is the path of the store; `hosts` the names that a request's Host header may give, without port."""

    store: Path = _ROOT / "data" / "events.geojson"
    hosts: tuple[str, ...] = _LOOPBACK


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read `DATELINE_STORE` (a path) and `DATELINE_HOSTS` (names separated by commas, beside those of the loopback)."""
    store = environ.get("DATELINE_STORE", "").strip()
    hosts = tuple(name.strip().lower() for name in environ.get("DATELINE_HOSTS", "").split(",") if name.strip())
    return Settings(store=Path(store).expanduser() if store else Settings().store, hosts=_LOOPBACK + hosts)
