"""The app's own routes over real HTTP: what they answer, to whom, and with which headers."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import struct
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from geo.api.ahead import link_header
from geo.columns import columns_url, export_url, labels_url, pack
from geo.filters import EventFilter
from geo.mapping.assets import SCRIPT_PATH, SCRIPTS, script_url
from geo.moments import parse_moment
from geo.store import open_store, read_document
from tests.conftest import ROOT
from tests.serving import App

SNAPSHOT = read_document((ROOT / "data" / "events.geojson").read_bytes(), where="the store")
OWN = (
    columns_url(SNAPSHOT.revision),
    labels_url(SNAPSHOT.revision),
    "/dateline/leaflet/leaflet.css",
    script_url(),
    "/dateline/map/map.css",
    "/dateline/basemap/coarse.json",
)


def ask(app: App, path: str, *, method: str = "GET", host: str | None = None, headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
    """One request, with a Host header of our choosing; the answer is read whole into `.body`."""
    where = urlsplit(app.url)
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=20)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", host or where.netloc)
    for name, value in (headers or {}).items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    answer.body = answer.read()
    connection.close()
    return answer


def test_columns_hold_every_event_of_the_store(app: App) -> None:
    """The browser draws from these bytes, so they must be those of the store."""
    answer = ask(app, columns_url(SNAPSHOT.revision))
    assert answer.status == 200
    assert answer.body == b"".join(pack(SNAPSHOT))
    assert struct.unpack("<I", answer.body[4:8]) == (17,)


def test_labels_name_every_event_in_the_order_of_the_columns(app: App) -> None:
    """A tooltip is looked up by the row's number."""
    rows = json.loads(ask(app, labels_url(SNAPSHOT.revision)).body)["rows"]
    assert [row[0] for row in rows] == [event.id for event in SNAPSHOT.events]
    assert next(row for row in rows if row[0] == "shayrat-strike-2017-04")[2] == "April 2017"


def test_a_block_of_labels_is_a_part_of_them(app: App) -> None:
    """A large map asks for the rows that it needs; what is no block is told."""
    url = labels_url(SNAPSHOT.revision)
    assert json.loads(ask(app, f"{url}?block=0").body) == json.loads(ask(app, url).body)
    assert [ask(app, f"{url}?block={block}").status for block in ("1", "999999999")] == [404, 404]
    assert [ask(app, f"{url}?block={block}").status for block in ("", "-1", "x", "1.5", "%D9%A1", "9" * 40)] == [400] * 6


@pytest.mark.parametrize("accepted", ["gzip, deflate, br", "br;q=1, gzip;q=0.5"])
def test_a_browser_that_takes_gzip_gets_fewer_bytes_that_are_the_same(app: App, accepted: str) -> None:
    """Large bodies are packed once a revision; whoever does not ask gets them as they are."""
    url = labels_url(SNAPSHOT.revision)
    plain, packed = ask(app, url), ask(app, url, headers={"Accept-Encoding": accepted})
    assert (plain.headers["Content-Encoding"], packed.headers["Content-Encoding"]) == (None, "gzip")
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert len(packed.body) < len(plain.body)
    assert gzip.decompress(packed.body) == plain.body


def test_unchanged_columns_are_not_sent_again(app: App) -> None:
    """A browser that has the revision gets 304 and no body."""
    tag = ask(app, columns_url(SNAPSHOT.revision)).headers["ETag"]
    answer = ask(app, columns_url(SNAPSHOT.revision), headers={"If-None-Match": tag})
    assert (answer.status, answer.body) == (304, b"")


def test_columns_of_another_revision_are_not_found(app: App) -> None:
    """A stale page must not mix the rows of two revisions."""
    assert ask(app, columns_url("0" * 16)).status == 404


def test_an_export_is_sent_as_an_attachment_with_a_receipt(app: App) -> None:
    """What the page links to where there are too many events for a button: the same file, by the filter of the address."""
    url = export_url(SNAPSHOT.revision, ".geojson")
    answer = ask(app, f"{url}?from=2021-02-01&to=2021-02-28&kind=air_strike")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="dateline-2021-02-01-to-2021-02-28.geojson"'
    document = json.loads(answer.body)
    wanted = EventFilter(kinds=frozenset({"air_strike"}), start=parse_moment("2021-02-01").at, after=parse_moment("2021-02-28").after)
    assert [one["id"] for one in document["features"]] == [one.id for one in SNAPSHOT.each(wanted)] != []
    assert document["receipt"]["address"] == f"{app.url}/?from=2021-02-01&to=2021-02-28&kind=air_strike"
    assert read_document(answer.body, where="export").problems == ()
    assert ask(app, export_url(SNAPSHOT.revision, ".csv")).body.startswith(b"\xef\xbb\xbfid,")


def test_what_is_wrong_with_a_request_for_an_export_is_told(app: App) -> None:
    """A filter that cannot be followed is not left out quietly; other sites start no exports."""
    url = export_url(SNAPSHOT.revision, ".geojson")
    assert ask(app, f"{url}?from=yesterday").status == 400
    assert ask(app, export_url("0" * 16, ".geojson")).status == 404
    assert ask(app, url, headers={"Sec-Fetch-Site": "cross-site"}).status == 403
    assert ask(app, url, method="POST", headers={"Content-Length": "0"}).status == 405


def test_the_maps_scripts_come_as_one_that_a_browser_keeps(app: App) -> None:
    """One round trip the first time and none after; a version that is not served any more is not found."""
    answer = ask(app, script_url())
    assert answer.headers["Cache-Control"].endswith("immutable")
    assert all((ROOT / "geo" / "mapping" / name).read_bytes() in answer.body for name in SCRIPTS)
    assert ask(app, SCRIPT_PATH.format(version="0" * 12)).status == 404


def test_the_page_names_what_it_will_load_later(app: App) -> None:
    """Named in the header of the page alone, each is a script that Streamlit serves."""
    link = ask(app, "/").getheader("Link") or ""
    named = re.findall(r'<\./(static/js/[\w.-]+\.js)>; rel="modulepreload"', link)
    assert len(named) == link.count("<") - 1 == len(set(named)) > 1
    assert link.endswith(f'<{script_url()}>; rel="prefetch"')  # the map's frame, which is no part of the page, will want it
    assert any("ComponentInstance" in name for name in named)
    for name in named:
        answer = ask(app, f"/{name}")
        assert answer.status == 200 and "javascript" in (answer.getheader("Content-Type") or "")
    assert not [path for path in ("/updates", "/nowhere.txt", *OWN) if ask(app, path).getheader("Link")]


def test_a_page_of_another_streamlit_is_served_without_a_header(tmp_path: Path) -> None:
    """Modules are found by what they are called and by what they import; where there is nothing of it, nothing is said."""
    page = tmp_path / "index.html"
    assert link_header(page) == ""
    page.write_text('<script src="./static/js/index.1.js"></script>')
    own = f'<{script_url()}>; rel="prefetch"'
    assert link_header(page) == own
    folder = tmp_path / "static" / "js"
    folder.mkdir(parents=True)
    (folder / "BidiComponent.2.js").write_text('import{a as b}from"./index.1.js";import"./late.3.js";import{c}from"./gone.4.js";import("./other.js")')
    (folder / "late.3.js").write_text('import{d}from"./BidiComponent.2.js";')
    (folder / "index.1.js").write_text("")
    assert link_header(page) == '<./static/js/BidiComponent.2.js>; rel="modulepreload", <./static/js/late.3.js>; rel="modulepreload", ' + own


@pytest.mark.parametrize("path", OWN)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_own_routes_answer_get_only(app: App, path: str, method: str) -> None:
    """There is nothing to write to."""
    assert ask(app, path, method=method, headers={"Content-Length": "0"}).status == 405


@pytest.mark.parametrize("path", [*OWN, "/", "/updates", "/_stcore/health"])
def test_every_answer_carries_the_security_headers(app: App, path: str) -> None:
    """A policy, no sniffing, no foreign frame; our own routes may load nothing at all."""
    answer = ask(app, path)
    assert answer.status == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert policy.startswith("default-src 'none'" if path.startswith("/dateline/") else "default-src 'self'")


@pytest.mark.parametrize("path", [*OWN, "/", "/_stcore/health"])
@pytest.mark.parametrize("host", ["evil.example", "evil.example:8501", "127.0.0.1.evil.example", "localhost.evil.example", ""])
def test_other_hosts_are_refused(app: App, path: str, host: str) -> None:
    """A name that was rebound to the loopback reads nothing."""
    answer = ask(app, path, host=host or " ")
    assert answer.status == 400
    assert b"DLC1" not in answer.body


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8501", "LOCALHOST", "[::1]:8501"])
def test_the_loopback_is_answered_under_all_of_its_names(app: App, host: str) -> None:
    """People type localhost as well."""
    assert ask(app, OWN[0], host=host).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/dateline/map/elements.py",
        "/dateline/map/../columns.py",
        "/dateline/map/..%2f..%2fapp.py",
        "/dateline/map/%2e%2e/%2e%2e/README.md",
        "/dateline/map//etc/passwd",
        "/dateline/basemap/build.py",
        "/dateline/basemap/../events.geojson",
        "/dateline/basemap/..%5c..%5cevents.geojson",
        "/dateline/leaflet/../__init__.py",
    ],
)
def test_no_path_leads_out_of_the_served_folders(app: App, path: str) -> None:
    """Only scripts, styles and base map data are served; a path that is none of them gives nothing of the disk."""
    answer = ask(app, path)
    body = answer.body
    assert answer.status in (400, 404) or b"<title>Streamlit</title>" in body
    assert b"import" not in body[:200]
    assert b"root:" not in body
    assert b"FeatureCollection" not in body


def test_the_server_listens_on_the_loopback_only(app: App) -> None:
    """Nobody else on the network sees the store."""
    assert b"127.0.0.1" in app.log.read_bytes()
    assert b"Network URL" not in app.log.read_bytes()
    assert b"External URL" not in app.log.read_bytes()


def test_one_store_is_opened_once_for_a_process() -> None:
    """Routes and pages read the same handle, so that they never disagree on the revision."""
    path = ROOT / "data" / "events.geojson"
    assert open_store(path) is open_store(path)
