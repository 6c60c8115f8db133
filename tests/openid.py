"""An OpenID provider for the tests, on the loopback: discovery, a page to choose a person, tokens, keys, user information, log-out."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.serving import free_port

CLIENT, SECRET = "dateline", "the client's secret"
_ALGORITHM = "RS256"


@dataclass
class Provider:
    """A running provider. `people` are the claims of whoever can sign in, by the name on the button.

    `redirect` is the one address that codes are sent to. `claims` are put over those of every identity token, and `signs_with_other_key` signs it
    with a key that nobody publishes: what a provider must not do, to see that it is refused. `seen` are the requests, by path.
    """

    url: str
    people: dict[str, dict[str, Any]]
    redirect: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    signs_with_other_key: bool = False
    seen: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": _ALGORITHM}))
    _asked: dict[str, dict[str, str]] = field(default_factory=dict)
    _codes: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)
    _tokens: dict[str, str] = field(default_factory=dict)

    def discovery(self, request: Request) -> Response:
        """OpenID Connect Discovery 1.0, section 3."""
        ways = {"authorization_endpoint": f"{self.url}/authorize", "token_endpoint": f"{self.url}/token", "userinfo_endpoint": f"{self.url}/userinfo"}
        return JSONResponse(
            {
                "issuer": self.url,
                **ways,
                "jwks_uri": f"{self.url}/jwks",
                "end_session_endpoint": f"{self.url}/logout",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": [_ALGORITHM],
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
                "code_challenge_methods_supported": ["S256"],
                "scopes_supported": ["openid", "email", "profile"],
            }
        )

    def authorize(self, request: Request) -> Response:
        """RFC 6749, section 4.1.1, with RFC 7636: who does not ask rightly is not answered. Then a page to choose a person on."""
        asked = self._note(request)
        wanted = {"client_id": CLIENT, "redirect_uri": self.redirect, "response_type": "code", "code_challenge_method": "S256"}
        wrong = [name for name, value in wanted.items() if asked.get(name) != value]
        wrong += [name for name in ("state", "nonce", "code_challenge") if not asked.get(name)]
        if wrong or "openid" not in asked.get("scope", "").split():
            return Response(f"wrong: {wrong}", 400)
        number = secrets.token_urlsafe()
        self._asked[number] = asked
        links = {name: f"/approve?{escape(urlencode({'n': number, 'who': name}))}" for name in [*self.people, "Nobody"]}
        choices = "".join(f"<li><a href='{link}'>{escape(name)}</a>" for name, link in links.items())
        return HTMLResponse(f"<!doctype html><title>Who are you?</title><ul>{choices}</ul>")

    def approve(self, request: Request) -> Response:
        """The person has chosen: back with a code, or with the refusal of whoever is nobody."""
        asked = self._asked.pop(request.query_params["n"])
        who = request.query_params["who"]
        if who not in self.people:
            return RedirectResponse(f"{self.redirect}?{urlencode({'error': 'access_denied', 'state': asked['state']})}", 302)
        code = secrets.token_urlsafe()
        self._codes[code] = asked, who
        return RedirectResponse(f"{self.redirect}?{urlencode({'code': code, 'state': asked['state']})}", 302)

    async def token(self, request: Request) -> Response:
        """RFC 6749, section 4.1.3: a code counts once, for the client that proves itself and shows the verifier of its challenge."""
        sent = dict(parse_qsl((await request.body()).decode()))
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        name, _, secret = base64.b64decode(given or "").decode().partition(":")
        if scheme.lower() != "basic" or (unquote(name), unquote(secret)) != (CLIENT, SECRET):
            return JSONResponse({"error": "invalid_client"}, 401)
        asked, who = self._codes.pop(sent.get("code", ""), ({}, ""))
        challenge = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if sent.get("grant_type") != "authorization_code" or challenge != asked.get("code_challenge") or sent.get("redirect_uri") != self.redirect:
            return JSONResponse({"error": "invalid_grant"}, 400)
        access = secrets.token_urlsafe()
        self._tokens[access] = who
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"], **self.people[who], **self.claims}
        key = RSAKey.generate_key(2048, {"kid": "one"}) if self.signs_with_other_key else self.key
        signed = jwt.encode({"alg": _ALGORITHM, "kid": "one"}, claims, key)
        return JSONResponse({"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": signed})

    def jwks(self, request: Request) -> Response:
        """The public key (RFC 7517)."""
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    def userinfo(self, request: Request) -> Response:
        """OpenID Connect Core 1.0, section 5.3."""
        who = self._tokens.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        return JSONResponse(self.people[who]) if who else Response(status_code=401)

    def logout(self, request: Request) -> Response:
        """OpenID Connect RP-Initiated Logout 1.0: back to the client."""
        asked = self._note(request)
        return RedirectResponse(self.redirect, 302) if asked.get("post_logout_redirect_uri") == self.redirect else Response(status_code=400)

    def _note(self, request: Request) -> dict[str, str]:
        asked = dict(request.query_params)
        self.seen.setdefault(request.url.path, []).append(asked)
        return asked


@contextmanager
def serve_provider(people: dict[str, dict[str, Any]]) -> Iterator[Provider]:
    """The provider on a free port of the loopback, until the end of the block."""
    port = free_port()
    provider = Provider(f"http://127.0.0.1:{port}", people)
    routes = [Route("/.well-known/openid-configuration", provider.discovery), Route("/token", provider.token, methods=["POST"])]
    routes += [Route(f"/{name}", getattr(provider, name)) for name in ("authorize", "approve", "jwks", "userinfo", "logout")]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started and thread.is_alive():
            thread.join(0.02)  # uvicorn has no other way to say that it listens
        assert server.started, "the provider did not start"
        yield provider
    finally:
        server.should_exit = True
        thread.join(10)
