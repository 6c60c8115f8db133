"""The door that uploads come through: what is refused there before any of our code sees it."""

from __future__ import annotations

import http.client
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.conftest import ROOT
from tests.serving import App

BODY = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="../../../tmp/evil.csv"\r\nContent-Type: text/csv\r\n\r\nlon,lat,date\r\n--x--\r\n'
)


def put(app: App, path: str, headers: dict[str, str], *, body: bytes = BODY, method: str = "PUT") -> int:
    """The status that a request gets."""
    connection = http.client.HTTPConnection(urlsplit(app.url).netloc, timeout=20)
    connection.request(method, path, body=body, headers={"Content-Type": "multipart/form-data; boundary=x", **headers})
    status = connection.getresponse().status
    connection.close()
    return status


def test_an_upload_needs_its_token_the_host_a_session_and_a_size(page: Page, serve_store: Callable[[Path], App], tmp_path: Path) -> None:
    """Without a token, under another name, for another session and over the limit it is refused; a name with `../` reaches no path."""
    store = Path(shutil.copy(ROOT / "data" / "events.geojson", tmp_path / "events.geojson"))
    app = serve_store(store)
    page.goto(f"{app.url}/import")
    page.wait_for_selector("[data-testid=stFileUploaderDropzone]")
    with page.expect_request(lambda request: "/upload_file/" in request.url and request.method == "PUT") as sent:
        page.set_input_files(
            "input[type=file]", {"name": "../../a.csv", "mimeType": "text/csv", "buffer": b"lon,lat,date,title\n44,33,2021-02-01,One\n"}
        )
    expect(page.locator(".dl-imp-file h2")).to_be_visible()
    path, given = urlsplit(sent.value.url).path, sent.value.all_headers()
    token = {"Cookie": given["cookie"], "X-Xsrftoken": given["x-xsrftoken"]}
    assert put(app, path, token) == 204
    assert put(app, path, {}) == 403
    assert put(app, path, {"Cookie": given["cookie"]}) == 403
    assert put(app, path, token | {"X-Xsrftoken": "forged"}) == 403
    assert put(app, path, {}, method="DELETE") == 403
    assert put(app, path, token | {"Host": "evil.example"}) == 400
    assert put(app, "/_stcore/upload_file/nobody/1", token) == 400
    assert put(app, "/_stcore/upload_file/..%2f..%2fetc/passwd", token) in (400, 404, 405)
    assert put(app, path, token, body=b"x" * (10 * 1024 * 1024 + 1)) == 413
    assert not [*tmp_path.rglob("*evil*"), *Path(tempfile.gettempdir()).glob("evil*"), *ROOT.glob("evil*"), *ROOT.parent.glob("evil*")]
