"""Fetching one page or feed from the web, once, on request: the only module of `geo.ingest` that goes to the network."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import queue
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from geo.errors import DatelineError, InvalidInput, Problem, shown
from geo.ingest.blog.source import MAX_BYTES, Source, read_bytes

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Allowed = Callable[[IPAddress], bool]
Resolve = Callable[[str, int], Sequence[str]]

_MAX_ADDRESS = 2_000
_CHUNK = 65_536
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TEXTUAL = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom", "application/rdf", "application/octet-stream")
# 64:ff9b::/96 leads through a translator to the IPv4 address in its last 32 bits (RFC 6052).
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


class FetchError(DatelineError):
    """An address that gives nothing to read: `what` happened, `where`, and what to do (`advice`)."""

    def __init__(self, *, what: str, where: str, advice: str) -> None:
        self.what, self.where, self.advice = what, where, advice
        super().__init__(f"{what} ({where}). {advice}")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may take: bytes of the page, packed or unpacked, seconds in all, seconds of silence, and redirects."""

    max_bytes: int = MAX_BYTES
    seconds: float = 30.0
    silence_s: float = 10.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class _Target:
    address: str
    scheme: str
    host: str
    port: int
    path: str


def is_public(address: IPAddress) -> bool:
    """Whether an address lies in the public internet: not private, loopback, link-local, multicast, reserved, or leading to one of these."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local or address.scope_id:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def resolved(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system resolves it. Raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def fetch(
    address: str, *, limits: Limits | None = None, allowed: Allowed = is_public, resolve: Resolve = resolved, now: datetime | None = None
) -> Source:
    """Fetch a live blog from an http or https address and read it.

    A host is resolved once, each of its addresses must be `allowed`, and the connection goes to one of these, so that a name which changes its
    address cannot lead elsewhere. Redirects are followed, each checked in the same way. `limits` bounds size, time and redirects.

    Raises InvalidInput for an address that may not be fetched and for what cannot be read, FetchError if nothing is given.
    """
    limits = limits or Limits()
    deadline = monotonic() + limits.seconds
    target = _target(address)
    for _ in range(limits.redirects + 1):
        location, content, content_type = _get(target, limits, deadline, allowed, resolve)
        if location is None:
            return read_bytes(content, address=target.address, content_type=content_type, now=now)
        target = _target(urljoin(target.address, location))
    what = f"The address redirects more than {limits.redirects} times"
    raise FetchError(what=what, where=_where(target.address), advice="Open it in a browser, and give the address that it ends at.")


def _target(address: str) -> _Target:
    """The parts of an address that may be fetched. Raises InvalidInput, which tells what is wrong with it."""
    advice = "Give an address such as https://example.org/live."
    if len(address) > _MAX_ADDRESS:
        raise _invalid(f"The address is longer than {_MAX_ADDRESS:,} characters", address, advice)
    if any(character.isspace() or ord(character) < 33 or ord(character) == 127 for character in address.strip()):
        raise _invalid("The address holds a space or a control character", address, advice)
    try:
        parts = urlsplit(address.strip())
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        name = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise _invalid("The address is not well formed", address, advice) from error
    if parts.scheme not in _PORTS:
        raise _invalid("Only http and https addresses are fetched", address, advice)
    if parts.username is not None or parts.password is not None:
        raise _invalid("The address holds a user name or a password", address, "Leave it out; nothing is fetched with credentials.")
    if not name or port == 0:
        raise _invalid("The address names no host", address, advice)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    clean = urlunsplit((parts.scheme, parts.netloc, path, query, ""))
    return _Target(clean, parts.scheme, name, port or _PORTS[parts.scheme], path + (f"?{query}" if query else ""))


def _get(target: _Target, limits: Limits, deadline: float, allowed: Allowed, resolve: Resolve) -> tuple[str | None, bytes, str]:
    """One request: where it redirects to, or None, the body and its type."""
    ips = _checked_ips(target, deadline, allowed, resolve)
    try:
        with _connected(target, ips, limits, deadline) as connection:
            connection.request("GET", target.path, headers=_headers())
            response = connection.getresponse()
            if response.status in _REDIRECTS and (location := response.getheader("Location")):
                return location, b"", ""
            content_type = response.getheader("Content-Type") or ""
            _check_response(target, response.status, response.reason, content_type)
            return None, _body(target, response, limits, deadline), content_type
    except ssl.SSLError as error:
        if monotonic() >= deadline:
            raise _too_slow(target, limits) from error
        raise _failed(target, f"The certificate or the encryption is not accepted: {error.reason or error}", "Check the address.") from error
    except TimeoutError as error:
        raise _too_slow(target, limits) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        if monotonic() >= deadline:
            raise _too_slow(target, limits) from error
        reason = getattr(error, "strerror", None) or shown(str(error) or type(error).__name__)
        raise _failed(target, f"The address could not be read: {reason}", "Check the address and the connection.") from error


def _headers() -> dict[str, str]:
    # The Host header is set by http.client from the name, not from the number that is connected to.
    accept = "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, text/plain;q=0.8, */*;q=0.1"
    return {"User-Agent": "Dateline", "Accept": accept, "Accept-Encoding": "gzip", "Connection": "close"}


def _checked_ips(target: _Target, deadline: float, allowed: Allowed, resolve: Resolve) -> list[str]:
    """The addresses of the host, all of which are allowed."""
    found = _resolved_in_time(target, deadline, resolve)
    ips = []
    for text in dict.fromkeys(found):
        try:
            ip = ipaddress.ip_address(text)
        except ValueError as error:
            raise _failed(target, "The host has no address that can be connected to", "Check the address.") from error
        if not allowed(ip):
            raise _invalid(
                "The address leads to a private or reserved network, which is not fetched from",
                _where(target.address),
                "Open the page in a browser and save it, then give the file.",
            )
        ips.append(str(ip))
    if not ips:
        raise _failed(target, "The host has no address", "Check the address.")
    return ips


def _resolved_in_time(target: _Target, deadline: float, resolve: Resolve) -> Sequence[str]:
    """Resolve in a thread of its own, since the system's resolver knows no deadline."""
    answer: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answer.put(resolve(target.host, target.port))
        except (OSError, UnicodeError) as error:
            answer.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answer.get(timeout=max(0.01, deadline - monotonic()))
    except queue.Empty as error:
        raise _failed(target, "The host was not resolved in time", "Try again later.") from error
    if isinstance(found, Exception):
        raise _failed(target, "The host is not known", "Check the address and the connection.") from found
    return found


@contextlib.contextmanager
def _connected(target: _Target, ips: Sequence[str], limits: Limits, deadline: float) -> Iterator[http.client.HTTPConnection]:
    """A connection to one of the checked addresses, cut at the deadline whatever the other side does."""
    held: list[socket.socket] = [_socket(ips, target.port, limits, deadline)]
    watch = threading.Timer(max(0.01, deadline - monotonic()), _cut, args=(held,))
    watch.daemon = True
    watch.start()
    try:
        if target.scheme == "https":
            # The TLS socket takes over the plain one, which then is an empty shell: the watch has to hold the new one before it can block.
            shielded = _tls().wrap_socket(held[0], server_hostname=target.host, do_handshake_on_connect=False)
            held[0] = shielded
            shielded.do_handshake()
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.default_port = _PORTS[target.scheme]
        connection.auto_open = 0
        connection.sock = held[0]
        yield connection
    finally:
        watch.cancel()
        held[0].close()


def _socket(ips: Sequence[str], port: int, limits: Limits, deadline: float) -> socket.socket:
    failure: OSError = TimeoutError()
    for ip in ips:
        left = deadline - monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            sock = socket.create_connection((ip, port), timeout=min(limits.silence_s, left))
        except OSError as error:
            failure = error
        else:
            sock.settimeout(limits.silence_s)
            return sock
    raise failure


def _cut(held: list[socket.socket]) -> None:
    # Of the plain kind for a TLS socket too, whose own way would change it under the hands of the thread that reads.
    with contextlib.suppress(OSError):
        socket.socket.shutdown(held[0], socket.SHUT_RDWR)


def _tls() -> ssl.SSLContext:
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _check_response(target: _Target, status: int, reason: str, content_type: str) -> None:
    if status != 200:
        advice = "Open it in a browser and save the page, then give the file."
        raise _failed(target, f"The server answered {status} {shown(reason)}", advice)
    kind = content_type.split(";")[0].strip().lower()
    if kind and not kind.startswith(_TEXTUAL) and not kind.endswith("+xml"):
        raise _invalid(f"The address gives {shown(kind)}, no page, feed or text", _where(target.address), "Give the address of the page.")


def _body(target: _Target, response: http.client.HTTPResponse, limits: Limits, deadline: float) -> bytes:
    """The body, unpacked, never more of it than allowed."""
    coding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", "deflate", ""):
        raise _failed(target, f"The server packs the page in a way that was not asked for, {shown(coding)}", "Save the page and give the file.")
    # 32 takes both gzip's and zlib's header.
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32) if coding not in ("identity", "") else None
    body = bytearray()
    # None where the body is sent in chunks or up to the end of the connection. Counted here: not every http.client counts what read1 gives.
    expected, received = response.length, 0
    while chunk := response.read1(_CHUNK if expected is None else min(_CHUNK, expected - received)):
        received += len(chunk)
        if monotonic() >= deadline:
            raise TimeoutError
        if unpacking is None:
            body += chunk
        else:
            try:
                body += unpacking.decompress(chunk, limits.max_bytes + 1 - len(body))
            except zlib.error as error:
                raise _failed(target, "The page is packed and cannot be unpacked", "Save the page and give the file.") from error
        if len(body) > limits.max_bytes or received > limits.max_bytes:
            raise _invalid(f"The page is larger than {limits.max_bytes:,} bytes", _where(target.address), "Save the part with the updates as text.")
    if monotonic() >= deadline:
        raise TimeoutError
    if (expected is not None and received < expected) or (unpacking is not None and not unpacking.eof):
        raise _failed(target, "The page broke off before its end", "Try again.")
    return bytes(body)


def _where(address: str) -> str:
    return address if len(address) <= 200 else f"{address[:199]}…"


def _failed(target: _Target, what: str, advice: str) -> FetchError:
    return FetchError(what=what, where=_where(target.address), advice=advice)


def _too_slow(target: _Target, limits: Limits) -> FetchError:
    return _failed(target, f"The page was not given within {limits.seconds:g} seconds", "Try again later, or save it in a browser and give the file.")


def _invalid(message: str, value: str, advice: str) -> InvalidInput:
    return InvalidInput([Problem("", message, shown(value), advice)])
