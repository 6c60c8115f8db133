"""What the environment may decide: the store that is opened, whether it may be written, and the hosts that are answered to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_MOST_UPLOAD_MB = 200
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")


@dataclass(frozen=True)
class Settings:
    """`store` is the path of the store; `hosts` the names that a request's Host header may give, without port.

    With `read_only` nothing is written. `max_upload_mb` bounds a file that is brought in on the Import page, in millions of bytes.
    """

    store: Path = _ROOT / "data" / "events.geojson"
    hosts: tuple[str, ...] = _LOOPBACK
    read_only: bool = False
    max_upload_mb: int = 10


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read `DATELINE_STORE` (a path), `DATELINE_HOSTS` (names separated by commas, beside those of the loopback), `DATELINE_READ_ONLY` and
    `DATELINE_MAX_UPLOAD_MB` (a whole number from 1 to 200; anything else counts as the default).

    Anything but nothing, 0, false, no and off counts as read-only: a typing error must not open a store for writing.
    """
    store = environ.get("DATELINE_STORE", "").strip()
    hosts = tuple(name.strip().lower() for name in environ.get("DATELINE_HOSTS", "").split(",") if name.strip())
    read_only = environ.get("DATELINE_READ_ONLY", "").strip().lower() not in ("", "0", "false", "no", "off")
    upload = environ.get("DATELINE_MAX_UPLOAD_MB", "").strip()
    return Settings(
        store=Path(store).expanduser() if store else Settings().store,
        hosts=_LOOPBACK + hosts,
        read_only=read_only,
        max_upload_mb=int(upload) if upload.isascii() and upload.isdigit() and 1 <= int(upload[:4]) <= _MOST_UPLOAD_MB else Settings.max_upload_mb,
    )
