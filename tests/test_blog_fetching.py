"""A page is fetched from the public web only, within its bounds, and kept with its address, time and hash."""

from __future__ import annotations

import gzip
import hashlib
import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from geo.errors import InvalidInput
from geo.ingest.blog.fetching import FetchError, IPAddress, Limits, fetch, is_public

NOW = datetime(2021, 3, 4, 12, 0, tzinfo=UTC)
PAGE = b"<html><body><article><p>UPDATE, MARCH 4: Shells fell on the town, the mayor says.</p></article></body></html>"
Answer = Callable[[BaseHTTPRequestHandler], None]


def loopback(address: IPAddress) -> bool:
    """What tests allow, and nothing else does."""
    return address == ipaddress.ip_address("127.0.0.1")


def answer(body: bytes, status: int = 200, **headers: str) -> Answer:
    def write(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return write


class Site:
    """A server on the loopback that answers by path, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str]] = []
        self.released = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.path, self.headers["Host"]))
                self.close_connection = True
                site.answers.get(self.path, answer(b"no", 404))(self)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                pass  # a client that hangs up is what some tests are about

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def address(self, path: str = "/live", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.released.set()
    made.server.shutdown()
    made.server.server_close()


def test_a_page_is_kept_with_address_time_and_hash(site: Site) -> None:
    """What was fetched says where it came from, when, and what its bytes were."""
    site.answers["/live?a=1&b=%C3%A9"] = answer(PAGE, Content_Type="text/html; charset=utf-8")
    source = fetch(site.address("/live?a=1&b=é#part"), allowed=loopback, now=NOW)
    assert source.address == site.address("/live?a=1&b=%C3%A9")
    assert source.fetched == NOW and source.content_type == "text/html"
    assert source.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert "Shells fell on the town" in source.text
    assert len(site.asked) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0", "[::1]", "127.1", "2130706433", "0x7f000001"])
def test_the_loopback_is_not_fetched_from(site: Site, host: str) -> None:
    """However it is written, this machine is not asked."""
    with pytest.raises((InvalidInput, FetchError)):
        fetch(site.address(host=host))
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.255.255.254",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "240.0.0.1",
        ),
        *("255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "fd00::1", "ff02::1", "fec0::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "fe80::1%1"),
    ],
)
def test_private_and_reserved_addresses_are_not_public(address: str) -> None:
    """Private, loopback, link-local, multicast and reserved addresses, and those that lead to one, are refused."""
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::808:808"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    """The rest of the world may be asked."""
    assert is_public(ipaddress.ip_address(address))


def test_one_private_address_among_several_refuses_the_host(site: Site) -> None:
    """A host that resolves to a public and a private address is not connected to at all."""
    with pytest.raises(InvalidInput, match="private or reserved"):
        fetch("http://two.example/live", resolve=lambda *_: ["93.184.215.14", "10.0.0.1"])
    assert site.asked == []


def test_a_name_is_resolved_once_and_the_checked_address_is_connected_to(site: Site) -> None:
    """A name that changes its address between check and connection gains nothing: it is not asked again."""
    site.answers["/live"] = answer(PAGE, Content_Type="text/html")
    asked = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return ["127.0.0.1"]

    source = fetch(site.address(host="rebinding.example"), allowed=loopback, resolve=resolve)
    assert asked == [("rebinding.example", site.port)]
    assert site.asked == [("/live", f"rebinding.example:{site.port}")]
    assert source.address.startswith("http://rebinding.example")


def test_a_redirect_is_followed_and_checked(site: Site) -> None:
    """A redirect to a public page is followed; one to a private address, or to another scheme, is refused."""
    site.answers["/old"] = answer(b"", 301, Location="/live")
    site.answers["/live"] = answer(PAGE, Content_Type="text/html")
    assert fetch(site.address("/old"), allowed=loopback).address == site.address("/live")
    site.answers["/in"] = answer(b"", 302, Location="http://169.254.169.254/latest/meta-data")
    with pytest.raises(InvalidInput, match="private or reserved"):
        fetch(site.address("/in"), allowed=loopback)
    site.answers["/file"] = answer(b"", 302, Location="file:///etc/passwd")
    with pytest.raises(InvalidInput, match="Only http and https"):
        fetch(site.address("/file"), allowed=loopback)


def test_endless_redirects_end(site: Site) -> None:
    """A page that redirects to itself is asked a bounded number of times."""
    site.answers["/live"] = answer(b"", 302, Location="/live")
    with pytest.raises(FetchError, match="redirects more than 5 times"):
        fetch(site.address(), allowed=loopback)
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("ftp://example.org/live", "Only http and https"),
        ("file:///etc/passwd", "Only http and https"),
        ("javascript:alert(1)", "Only http and https"),
        ("example.org/live", "Only http and https"),
        ("http://", "names no host"),
        ("http://user:secret@example.org/", "user name or a password"),
        ("http://example.org/a b", "space or a control"),
        ("http://example.org/\r\nX: y", "space or a control"),
        ("http://example.org:99999/", "not well formed"),
        ("http://[::1/", "not well formed"),
        (f"http://example.org/{'a' * 3000}", "longer than"),
        (f"http://{'a' * 70}.org/", "not well formed"),
    ],
)
def test_an_address_that_may_not_be_fetched_is_refused(address: str, message: str) -> None:
    """Other schemes, credentials, control characters and malformed addresses are refused before anything is sent."""

    def never(*_: object) -> list[str]:
        raise AssertionError("was resolved")

    with pytest.raises(InvalidInput, match=message):
        fetch(address, resolve=never)


def test_a_page_that_is_too_large_is_refused(site: Site) -> None:
    """More bytes than allowed, sent plainly, packed, or without an end, are not taken in."""

    def endless(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/plain")
        request.end_headers()
        while True:
            request.wfile.write(b"a" * 1_000)

    site.answers["/plain"] = answer(b"a" * 5_000, Content_Type="text/plain")
    packed = gzip.compress(b"a" * 5_000_000)
    site.answers["/packed"] = answer(packed, Content_Type="text/plain", Content_Encoding="gzip")
    site.answers["/endless"] = endless
    for path in ("/plain", "/packed", "/endless"):
        with pytest.raises(InvalidInput, match="larger than 4,000 bytes"):
            fetch(site.address(path), allowed=loopback, limits=Limits(max_bytes=4_000))


def test_a_packed_page_is_unpacked(site: Site) -> None:
    """gzip is asked for, and read."""
    site.answers["/live"] = answer(gzip.compress(PAGE), Content_Type="text/html", Content_Encoding="gzip")
    assert "Shells fell" in fetch(site.address(), allowed=loopback).text


def test_a_page_that_never_ends_is_cut_off(site: Site) -> None:
    """A server that sends a part and then nothing, or nothing at all, is left at the deadline."""

    def dawdle(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/plain")
        request.send_header("Content-Length", "1000")
        request.end_headers()
        request.wfile.write(b"UPDATE")
        request.wfile.flush()
        site.released.wait()

    site.answers["/part"] = dawdle
    site.answers["/nothing"] = lambda _: site.released.wait() and None
    for path in ("/part", "/nothing"):
        with pytest.raises(FetchError, match="not given within"):
            fetch(site.address(path), allowed=loopback, limits=Limits(seconds=0.2))


def test_a_handshake_that_never_ends_is_cut_off() -> None:
    """A server that takes the connection and keeps silent under https is left at the deadline, too."""
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(FetchError, match="not given within"):
        fetch(f"https://127.0.0.1:{server.getsockname()[1]}/", allowed=loopback, limits=Limits(seconds=0.2))


def test_a_host_that_is_not_resolved_in_time_is_left() -> None:
    """The resolver has the same deadline."""
    release = threading.Event()

    def resolve(*_: object) -> list[str]:
        release.wait()
        return []

    with pytest.raises(FetchError, match="not resolved in time"):
        fetch("http://slow.example/", resolve=resolve, limits=Limits(seconds=0.05))
    release.set()


def test_https_to_a_plain_server_is_told_in_words(site: Site) -> None:
    """A certificate or an encryption that fails is an error with words, and never falls back to plain http."""
    with pytest.raises(FetchError, match="certificate or the encryption"):
        fetch(site.address().replace("http:", "https:"), allowed=loopback)
    assert site.asked == []


def test_a_refused_connection_and_an_unknown_host_are_told_in_words() -> None:
    """No server, no such host: the error names the address and says what to do."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(FetchError, match=f"could not be read: Connection refused \\(http://127.0.0.1:{port}/\\)"):
        fetch(f"http://127.0.0.1:{port}/", allowed=loopback)

    def unknown(*_: object) -> list[str]:
        raise socket.gaierror("no such host")

    with pytest.raises(FetchError, match="host is not known"):
        fetch("http://nowhere.example/", resolve=unknown)


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        (answer(b"gone", 410), FetchError, "answered 410"),
        (answer(b"", 200, Content_Type="text/html"), InvalidInput, "It is empty"),
        (answer(b"%PDF-1.7", Content_Type="application/pdf"), InvalidInput, "no page, feed or text"),
        (answer(b"\x89PNG\r\n\x1a\n\x00\x00", Content_Type="text/html"), InvalidInput, "It is no text"),
        (answer(b"abc", Content_Type="text/plain", Content_Length="10"), FetchError, "broke off"),
        (answer(b"abc", Content_Type="text/plain", Content_Encoding="gzip"), FetchError, "cannot be unpacked"),
        (answer(b"abc", Content_Type="text/plain", Content_Encoding="br"), FetchError, "not asked for"),
    ],
)
def test_what_is_no_page_is_refused(site: Site, given: Answer, error: type[Exception], message: str) -> None:
    """Other statuses, other types, pages that break off or cannot be unpacked get a clear error."""
    site.answers["/live"] = given
    with pytest.raises(error, match=message):
        fetch(site.address(), allowed=loopback)


def test_an_answer_that_is_no_http_is_refused() -> None:
    """Bytes that are no HTTP response get a clear error."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(b"SSH-2.0-OpenSSH_9.0\r\n\r\n")

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(FetchError, match="could not be read"):
            fetch(f"http://127.0.0.1:{server.getsockname()[1]}/", allowed=loopback)
        thread.join()
