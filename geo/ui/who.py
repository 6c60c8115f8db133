"""Who the person is, and what they may write: signed in by OpenID Connect and listed, or, where none is set up, at this machine (docs/oidc.md)."""

from __future__ import annotations

import getpass
import importlib.util
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from geo.settings import Settings, from_environment
from geo.store.editing import Editor, StoreWriter
from geo.store.opening import conversion, is_parquet

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Whoever stands behind a proxy is not at this machine, though the proxy may be.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")

_PACKAGES = ("authlib", "httpx")
_LEAST_SECRET = 32  # characters; docs/oidc.md asks for 32 random bytes


@dataclass(frozen=True, slots=True)
class Peer:
    """Whoever is at the other end of the connection: `address` is None for the loopback, `headers` those of the handshake, names in lower case."""

    address: str | None
    headers: Mapping[str, str]


def person() -> Editor:
    """Who asks, and as what. Asked anew at every write, since a list may have changed. Never raises; who is not known is a reader."""
    secrets = _secrets()
    if secrets is None:  # there is a file, but it cannot be read: nobody knows whom it would let in
        return Editor("somebody", "reader")
    if "auth" in secrets or "dateline" in secrets:
        # Whoever can guess what the cookie is signed with can sign in as anybody.
        return listed(_claims(), secrets) if _has_strong_secret(secrets) else Editor("somebody", "reader")
    return Editor(_login(), "editor") if is_at_this_machine(_peer()) else Editor("somebody", "reader")


def listed(claims: Mapping[str, Any], secrets: Mapping[str, Any]) -> Editor:
    """The person of an identity token. An editor if `[dateline.editors]` has the e-mail address, which the provider must have verified, or the `sub`.

    The value in that list is the name that stands in the history.
    """
    if claims.get("is_logged_in") is not True:
        return Editor("somebody", "reader")
    section = secrets.get("dateline")
    editors = section.get("editors") if isinstance(section, Mapping) else None
    known = {_key(str(key)): name for key, name in editors.items()} if isinstance(editors, Mapping) else {}
    for key in _names_of(claims):
        name = known.get(key)
        if isinstance(name, str) and name.strip():
            return Editor(name.strip(), "editor")
    return Editor(str(claims.get("name") or "somebody")[:200], "reader")


def is_at_this_machine(peer: Peer) -> bool:
    """Whether the browser runs where Dateline does: the connection comes from the loopback, asked for by that name, and by no way round.

    A proxy on this machine looks the same but for what it adds and for the address that the browser asked; docs/oidc.md says what that means.
    """
    hosts = [peer.headers.get("host", ""), *([urlsplit(origin).netloc] if (origin := peer.headers.get("origin")) is not None else [])]
    return peer.address is None and all(_name(host) in _LOOPBACK for host in hosts) and not any(name in peer.headers for name in _FORWARDED)


def writer() -> StoreWriter:
    """The one way to write the store of this app."""
    settings = _settings()
    return StoreWriter(settings.store, read_only=settings.read_only)


def can_edit() -> bool:
    """Whether the page offers editing: the store may be written, and this person is an editor. Every write asks again."""
    settings = _settings()
    return not settings.read_only and not is_parquet(settings.store) and writer().may(person(), "change event")


def why_only_read() -> str | None:
    """What somebody who may edit is told where the store is of a kind that is only read; None for everybody else, and where it can be edited."""
    settings = _settings()
    if settings.read_only or not is_parquet(settings.store) or person().role != "editor":
        return None
    return (
        f"{settings.store.name} is a GeoParquet store, which is made for reading: it is not edited here. To edit, make a GeoJSON store of it with "
        f"“{conversion(settings.store)}”, and start Dateline with DATELINE_STORE set to the new file. Import adds to this one."
    )


def providers() -> list[str] | None:
    """What there is to sign in with: names for `st.login`, "" for the only one; none for who is signed in. None if signing in makes no difference."""
    secrets = _secrets()
    settings = _settings()
    if not secrets or "auth" not in secrets or settings.read_only:
        return None
    if is_signed_in():
        return []
    auth = secrets["auth"]
    sections = auth if isinstance(auth, Mapping) else {}
    # Of the provider without a name this section holds options; it is no provider.
    named = [name for name, value in sections.items() if isinstance(value, Mapping) and name != "client_kwargs"]
    return ([""] if sections.get("client_id") or not named else []) + named


def check_sign_in() -> None:
    """Raise unless there is what signing in takes: the packages, which Streamlit misses when the page has been left, and a strong secret."""
    if not _has_strong_secret(_secrets() or {}):
        raise ValueError(f"[auth] cookie_secret has fewer than {_LEAST_SECRET} characters, so that nobody is taken for an editor (docs/oidc.md)")
    if missing := [name for name in _PACKAGES if importlib.util.find_spec(name) is None]:
        raise ModuleNotFoundError(f'{" and ".join(missing)} missing: pip install "streamlit[auth]" (docs/oidc.md)')


def is_signed_in() -> bool:
    """Whether there is somebody who could sign out."""
    return _claims().get("is_logged_in") is True


def _has_strong_secret(secrets: Mapping[str, Any]) -> bool:
    auth = secrets.get("auth")
    secret = auth.get("cookie_secret") if isinstance(auth, Mapping) else None
    return isinstance(secret, str) and len(secret.strip()) >= _LEAST_SECRET


def _names_of(claims: Mapping[str, Any]) -> list[str]:
    names = []
    # An address that the provider has not verified is what somebody claims.
    if isinstance(email := claims.get("email"), str) and claims.get("email_verified") is True:
        names.append(_key(email))
    if isinstance(sub := claims.get("sub"), str) and sub.strip():
        names.append(f"sub:{sub}")
    return names


def _key(listed: str) -> str:
    """An e-mail address in whatever case; a `sub` to the letter, as OpenID Connect compares it."""
    return listed if listed.startswith("sub:") else listed.strip().casefold()


def _name(host: str) -> str:
    """The name of `name:port`; brackets of an IPv6 address taken off."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _settings() -> Settings:
    return from_environment(os.environ)


def _peer() -> Peer:
    return Peer(st.context.ip_address, {name.lower(): value for name, value in st.context.headers.items()})


def _claims() -> Mapping[str, Any]:
    return st.user.to_dict()


def _secrets() -> dict[str, Any] | None:
    """What the secrets files say, read anew each time so that a list that has changed counts at once; None if one of them cannot be read."""
    found: dict[str, Any] = {}
    for path in map(Path, st.get_option("secrets.files") or []):
        try:
            if path.is_dir():
                found |= st.secrets.to_dict()
            elif path.exists():
                found |= tomllib.loads(path.read_text(encoding="utf-8"))
        except Exception:  # whatever is wrong with it, the door stays shut
            return None
    return found


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "editor"
