"""What every response is sent with, and which hosts are answered at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.api.ahead import link_header
from geo.columns import OWN_PREFIX

_OWN_POLICY = "default-src 'none'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"


def page_policy(image_hosts: Sequence[str]) -> str:
    """The content security policy of the pages: everything from here, and images also from the hosts of the online base maps.

    Streamlit and streamlit-folium build scripts and styles at run time, so that inline ones have to be allowed; what no text of a store can
    do under this policy is load or send anything elsewhere.
    """
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob: {' '.join(image_hosts)}".strip(),
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "frame-ancestors 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


class ResponseHeaders:
    """ASGI middleware that adds the security headers to each HTTP response, and to the page a `Link` to what it loads later."""

    def __init__(self, app: ASGIApp, image_hosts: Sequence[str] = (), page_link: str = "") -> None:
        self._app = app
        self._page_policy = page_policy(image_hosts)
        self._page_link = page_link

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        policy = _OWN_POLICY if scope["path"].startswith(OWN_PREFIX) else self._page_policy

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy
                headers["X-Content-Type-Options"] = "nosniff"
                headers["X-Frame-Options"] = "SAMEORIGIN"
                headers["Referrer-Policy"] = "no-referrer"
                if self._page_link and scope["path"] == "/" and message["status"] == 200:
                    headers["Link"] = self._page_link
            await send(message)

        await self._app(scope, receive, send_with_headers)


def middleware(*, hosts: Sequence[str], image_hosts: Sequence[str], page: Path | None = None) -> list[Middleware]:
    """The middleware of the app: requests for other hosts are refused (400), everything else gets the headers.

    `page` is the file that is served as `/`; what it will load is named in a header of it.
    """
    return [
        Middleware(ResponseHeaders, image_hosts=tuple(image_hosts), page_link=link_header(page) if page else ""),
        Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
    ]
