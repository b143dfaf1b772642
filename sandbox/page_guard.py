"""Who may talk to the chat page: only the page itself, opened on this machine.

The page listens on the loopback, where every site open in the same browser can send requests too.
So the Host header must name the loopback (a foreign name that resolves to it is DNS rebinding), and
a request that changes anything must come from the page's own origin, with a content type that a
foreign page cannot send without asking first (a CORS preflight, which is never granted).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

CONTENT_TYPES = frozenset({"application/json", "application/octet-stream"})
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def refusal(kind: type[web.HTTPError], sentence: str) -> web.HTTPError:
    """An HTTP error whose JSON body `{"error": sentence}` the page shows to the person."""
    response = web.json_response({"error": sentence})
    return kind(text=response.text, content_type="application/json")


@web.middleware
async def only_from_this_page(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse foreign hosts, and changes asked for by foreign pages, with 403."""
    if not _is_loopback(request.host):
        raise refusal(web.HTTPForbidden, "Эта страница открывается только на этом компьютере.")
    if request.method not in {"GET", "HEAD"} and not _is_own_request(request):
        raise refusal(web.HTTPForbidden, "Запрос пришёл не с этой страницы.")
    return await handler(request)


async def add_security_headers(_: web.Request, response: web.StreamResponse) -> None:
    """For `on_response_prepare`: no foreign or inline scripts, no framing, no type guessing."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)


def _is_loopback(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _is_own_request(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    return (
        request.content_type in CONTENT_TYPES
        and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        and (origin is None or urlsplit(origin).netloc == request.host)
    )
