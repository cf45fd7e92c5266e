"""Who may ask: only this machine, by this address, with the token of this run; and what every answer forbids the browser.

The token stands in the address once and becomes a cookie, so that it does not stay in the history or in a link that is passed on. Host
is checked against rebinding of names, Origin against forms of other pages. Pages may load nothing but files of this server and run no
script that stands in them (Content-Security-Policy, W3C).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hmac import compare_digest
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
# (without a referrer at all browsers would call the origin of our own forms null)
HINT = "open the address that `headwater serve` printed; it holds a token that is good for this run"


@dataclass(frozen=True, slots=True)
class Guard:
    """ASGI middleware: let through who holds the token, and harden every answer."""

    app: ASGIApp
    token: str
    port: int

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it before anything of the case is touched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = self._refused(scope)
        await (refused or self.app)(scope, receive, _hardened(send))

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        hosts = {f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        if headers.get("host", "").lower() not in hosts:
            return _no(421, "this server answers to its own address only")
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return _no(405, "pages are read, and corrections sent, in no other way")
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = [value for name, value in asked if name == "token"]
        if given:
            return self._let_in(scope, given[0], [each for each in asked if each[0] != "token"])
        held = cookie_parser(headers.get("cookie", "")).get(self.cookie, "")
        if not _same(held, self.token):
            return _no(403, HINT)
        if scope["method"] == "POST" and headers.get("origin", "").lower() not in {f"http://{host}" for host in hosts}:
            return _no(403, "corrections are taken from these pages only")
        return None

    @property
    def cookie(self) -> str:
        """Name of the cookie: browsers keep cookies by host and not by port, so that the port stands in it."""
        return f"headwater-{self.port}"

    def _let_in(self, scope: Scope, given: str, rest: list[tuple[str, str]]) -> Response:
        if not _same(given, self.token):
            return _no(403, HINT)
        path = scope["raw_path"].decode("latin-1") if scope.get("raw_path") else scope["path"]
        path = "/" + path.split("?", 1)[0].lstrip("/\\")
        answer = RedirectResponse(f"{path}?{urlencode(rest)}" if rest else path, 303)
        answer.set_cookie(self.cookie, self.token, httponly=True, samesite="strict", path="/")
        return answer


def _same(given: str, wanted: str) -> bool:
    return compare_digest(given.encode("utf-8", "surrogateescape"), wanted.encode())


def _no(status: int, why: str) -> Response:
    return PlainTextResponse(f"Refused: {why}.\n", status)


def _hardened(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sent
