"""Signing in over OpenID Connect, all the way round: a provider, the real app, a real browser, and what each person may do then."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from geo.store.editing import Editor, RetractEvent, StoreWriter, version_of
from tests.conftest import ROOT
from tests.driving import open_map
from tests.openid import CLIENT, SECRET, Provider, serve_provider
from tests.serving import App, free_port, serve

STRIKE, OTHER = "abu-kamal-border-strike-2021-02-26", "shayrat-strike-2017-04"
PEOPLE = {
    "Ana": {"sub": "a-1", "name": "Ana at the provider", "email": "Ana@Example.org", "email_verified": True},
    "Ben": {"sub": "00u1a2b3c4", "name": "Ben at the provider"},
    "Rita": {"sub": "r-1", "name": "Rita Reads", "email": "rita@example.org", "email_verified": True},
    "Mallory": {"sub": "m-1", "name": "Ana Ruiz", "email": "ana@example.org", "email_verified": False},
}
EDITORS = '[dateline.editors]\n"ana@example.org" = "Ana Ruiz"\n"sub:00u1a2b3c4" = "Ben Okafor"\n'
SIGNS = "for this test alone, and long enough to sign with"

Visit = Callable[[], Page]


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """A provider that knows four people."""
    with serve_provider(PEOPLE) as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the app of this module has on the disk."""
    return tmp_path_factory.mktemp("oidc")


@pytest.fixture(scope="module")
def store(folder: Path) -> Path:
    """The events of Dateline in a file of this module's own, with one change in its history that could be taken back."""
    path = folder / "store" / "events.geojson"
    path.parent.mkdir()
    shutil.copy(ROOT / "data" / "events.geojson", path)
    StoreWriter(path).apply([RetractEvent(OTHER, "told twice", version_of(on_disk(path, OTHER)))], by=Editor("Before"), why="told twice")
    return path


@pytest.fixture(scope="module")
def running(folder: Path, store: Path, provider: Provider) -> Iterator[App]:
    """The app with sign-in set up."""
    port = free_port()
    provider.redirect = f"http://127.0.0.1:{port}/oauth2callback"
    path = folder / "secrets.toml"
    path.write_text(configured(provider) + EDITORS, encoding="utf-8")
    with serve(ROOT, log=folder / "log.txt", store=store, options=["--secrets.files", str(path)], port=port) as app:
        yield app


@pytest.fixture
def secrets(folder: Path, running: App) -> Iterator[Path]:
    """The secrets of the running app, put back as they were after the test."""
    path = folder / "secrets.toml"
    before = path.read_bytes()
    yield path
    path.write_bytes(before)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """A page of a browser that nobody has used before, each time it is called."""
    with ExitStack() as stack:

        def visit() -> Page:
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            stack.callback(context.close)
            return context.new_page()

        yield visit


def configured(provider: Provider, *, redirect: str | None = None, secret: str = SIGNS) -> str:
    """What docs/oidc.md asks for."""
    values = {
        "redirect_uri": redirect or provider.redirect,
        "cookie_secret": secret,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "server_metadata_url": f"{provider.url}/.well-known/openid-configuration",
    }
    return "[auth]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in values.items())


def on_disk(store: Path, id_: str) -> dict[str, Any]:
    """An event as the file has it."""
    features = json.loads(store.read_text(encoding="utf-8"))["features"]
    found: dict[str, Any] = next(feature for feature in features if feature["id"] == id_)
    return found


def kept(store: Path) -> dict[str, bytes]:
    """Every file of the store's folder."""
    return {path.name: path.read_bytes() for path in store.parent.iterdir() if path.suffix != ".lock"}


def side(page: Page) -> Locator:
    """The side of the map page."""
    return page.locator(".st-key-side")


def sign_in(page: Page, app: App, person: str) -> None:
    """From the map, over the provider's page, back to the map and to the tab Edit."""
    open_map(page, app)
    page.get_by_role("tab", name="Edit").click()
    side(page).get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/authorize?**")
    page.get_by_role("link", name=person, exact=True).click()
    page.wait_for_url(f"{app.url}/**")
    page.wait_for_selector(".st-key-scrubber [role=slider]")
    page.get_by_role("tab", name="Edit").click()


def post(page: Page, message: dict[str, Any]) -> None:
    """Send the app a message of the editor's panel, past everything that the page offers."""
    page.evaluate("(message) => document.querySelector('.dl-edit_panel').dlPanel.tell(message)", message)


def retitle(page: Page, app: App, title: str) -> None:
    """Change the title of an event in its form, and save."""
    open_map(page, app, f"?edit=event:{STRIKE}")
    page.locator("#dl-ed-title").fill(title)
    page.locator("#dl-ed-why").fill("put right")
    side(page).get_by_role("button", name="Save", exact=True).click()


def can_write_nothing(page: Page, app: App, store: Path) -> None:
    """Nothing is offered, and what is posted all the same is refused: no byte of any file changes."""
    before = kept(store)
    expect(side(page).get_by_role("button", name="Add an event")).to_have_count(0)
    post(page, {"do": "undo", "number": 2})
    expect(side(page)).to_contain_text("may not")
    post(page, {"do": "open", "kind": "event", "id": STRIKE})
    form = {"title": "Forged"}
    post(page, {"do": "save", "sent": {"name": f"event:{STRIKE}", "version": 0, "form": form}, "why": "because"})
    post(page, {"do": "draft", "sent": {"name": f"event:{STRIKE}", "version": 0, "form": form}})
    post(page, {"do": "retract", "why": "because"})
    # Messages are answered in their order: when this one has been, so have those before it.
    post(page, {"do": "reinstate", "id": OTHER, "why": "because"})
    expect(side(page)).to_contain_text("Ask an editor")
    open_map(page, app, f"?edit=event:{STRIKE}")
    expect(page.locator("#dl-ed-title")).to_have_count(0)
    assert kept(store) == before


def test_a_listed_person_signs_in_edits_is_named_in_the_history_and_signs_out(visit: Visit, running: App, store: Path, provider: Provider) -> None:
    """With a code, a challenge and a nonce; the name is that of the list, and after signing out the browser only reads."""
    page = visit()
    sign_in(page, running, "Ana")
    expect(side(page)).to_contain_text("You write as Ana Ruiz.")
    asked = provider.seen["/authorize"][-1]
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256") and asked["nonce"] and asked["state"]
    retitle(page, running, "Put right by Ana")
    expect(page.locator(".st-key-edit_note")).to_contain_text("Saved.")
    assert on_disk(store, STRIKE)["properties"]["title"] == "Put right by Ana"
    last = StoreWriter(store).history.last()
    assert last is not None and (last.by, last.role, last.why) == ("Ana Ruiz", "editor", "put right")
    page.get_by_role("link", name="History").click()
    expect(page.locator(".dl-hi-entry").first).to_contain_text("Ana Ruiz: put right")
    open_map(page, running)
    page.get_by_role("tab", name="Edit").click()
    with page.expect_event("domcontentloaded"):  # the page goes, and comes again; until then it is the one of before
        side(page).get_by_role("button", name="Sign out").click()
    page.wait_for_selector(".st-key-scrubber [role=slider]")
    page.get_by_role("tab", name="Edit").click()
    expect(side(page).get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    assert provider.seen["/logout"][-1]["id_token_hint"]
    can_write_nothing(page, running, store)


def test_a_person_listed_by_the_subject_of_the_token_is_an_editor(visit: Visit, running: App, store: Path) -> None:
    """A provider that says nothing of e-mail addresses will do."""
    page = visit()
    sign_in(page, running, "Ben")
    retitle(page, running, "Put right by Ben")
    expect(page.locator(".st-key-edit_note")).to_contain_text("Saved.")
    last = StoreWriter(store).history.last()
    assert last is not None and last.by == "Ben Okafor"


@pytest.mark.parametrize(("person", "name"), [("Rita", "Rita Reads"), ("Mallory", "Ana Ruiz")])
def test_who_is_not_listed_or_not_verified_reads_and_cannot_write(visit: Visit, running: App, store: Path, person: str, name: str) -> None:
    """An address that the provider has not verified counts for nothing, whatever name comes with it."""
    page = visit()
    sign_in(page, running, person)
    expect(side(page)).to_contain_text(f"You are signed in as {name}, who may read.")
    can_write_nothing(page, running, store)


def test_who_is_at_the_machine_but_not_signed_in_cannot_write(visit: Visit, running: App, store: Path) -> None:
    """Once there is a sign-in, the loopback makes nobody an editor; who turns back at the provider's page stays a reader."""
    page = visit()
    sign_in(page, running, "Nobody")
    expect(side(page).get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    can_write_nothing(page, running, store)


@pytest.mark.parametrize("lie", [{"nonce": "another"}, {"aud": "another"}, {"iss": "https://other.example"}, {"exp": 1_000_000_000}, None], ids=repr)
def test_a_token_that_is_not_right_signs_nobody_in(visit: Visit, running: App, provider: Provider, lie: dict[str, Any] | None) -> None:
    """One of another sign-in, for another client, of another issuer, that has run out, or signed by another key."""
    page = visit()
    provider.claims, provider.signs_with_other_key = lie or {}, lie is None
    try:
        sign_in(page, running, "Ana")
        expect(side(page).get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    finally:
        provider.claims, provider.signs_with_other_key = {}, False


@pytest.mark.parametrize(("signed_with", "stands"), [("the secret", True), ("another", False), ("", False)])
def test_a_cookie_of_ones_own_making_makes_nobody_an_editor(
    browser: Browser, store: Path, tmp_path: Path, provider: Provider, signed_with: str, stands: bool
) -> None:
    """It is believed if it is signed with the app's secret alone; where that is empty, it can be signed by anybody, and makes nobody an editor."""
    port = free_port()
    path = tmp_path / "secrets.toml"
    told = configured(provider, redirect=f"http://127.0.0.1:{port}/oauth2callback", secret=SIGNS if signed_with else "")
    path.write_text(told + EDITORS, encoding="utf-8")
    claims = PEOPLE["Ana"] | {"is_logged_in": True, "origin": f"http://127.0.0.1:{port}", "provider": "default"}
    key = {"the secret": SIGNS}.get(signed_with, signed_with)
    cookie = create_signed_value(key, "_streamlit_user", json.dumps(claims)).decode()
    with serve(ROOT, log=tmp_path / "log.txt", store=store, options=["--secrets.files", str(path)], port=port) as app:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": "_streamlit_user", "value": cookie, "url": app.url}])
        page = context.new_page()
        open_map(page, app)
        page.get_by_role("tab", name="Edit").click()
        if stands:
            expect(side(page)).to_contain_text("You write as Ana Ruiz.")
        else:
            expect(side(page)).to_contain_text("may read")
            expect(side(page)).not_to_contain_text("You write as")
        context.close()


def test_who_is_taken_off_the_list_cannot_save_the_form_that_is_open(
    visit: Visit, running: App, store: Path, secrets: Path, provider: Provider
) -> None:
    """The list is read at every write; and with a file that cannot be read nobody writes."""
    page = visit()
    sign_in(page, running, "Ana")
    open_map(page, running, f"?edit=event:{STRIKE}")
    page.locator("#dl-ed-title").fill("Too late")
    expect(page.get_by_text("Draft kept")).to_be_visible()
    page.locator("#dl-ed-why").fill("because")
    before = store.read_bytes()
    secrets.write_text(configured(provider) + EDITORS.replace("ana@", "eve@"), encoding="utf-8")
    side(page).get_by_role("button", name="Save", exact=True).click()
    expect(side(page)).to_contain_text("who may read")
    assert store.read_bytes() == before
    secrets.write_text("[auth\n", encoding="utf-8")
    open_map(page, running)
    expect(page.get_by_role("tab", name="Range rings")).to_be_visible()
    expect(page.get_by_role("tab", name="Edit")).to_have_count(0)
    assert store.read_bytes() == before


def test_a_secrets_file_that_cannot_be_read_lets_nobody_write(visit: Visit, store: Path, tmp_path: Path) -> None:
    """Not even the person at the machine, who would be the editor without it; reading goes on."""
    path = tmp_path / "secrets.toml"
    path.write_text("[auth]\nclient_id = no quotes\n", encoding="utf-8")
    with serve(ROOT, log=tmp_path / "log.txt", store=store, options=["--secrets.files", str(path)]) as app:
        page = visit()
        open_map(page, app, f"?edit=event:{STRIKE}")
        expect(page.get_by_role("tab", name="Range rings")).to_be_visible()
        expect(page.get_by_role("tab", name="Edit")).to_have_count(0)
        expect(page.locator("#dl-ed-title")).to_have_count(0)
        page.get_by_role("link", name="History").click()
        expect(page.locator(".dl-hi-entry", has_text="told twice")).to_have_count(1)
        expect(page.locator(".dl-hi-acts")).to_have_count(0)
