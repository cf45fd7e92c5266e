"""Who may ask: only this machine, by this address, with the token of this run; how much; and what every answer forbids the browser.

The token stands in the address once and becomes a cookie, so that it does not stay in the history or in a link that is passed on. Host
is checked against rebinding of names, Origin against forms of other pages, Sec-Fetch-Site against whatever else they send. Pages may load
nothing but files of this server and run no script that stands in them (Content-Security-Policy, Fetch Metadata, W3C).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hmac import compare_digest
from html import escape
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from headwater.errors import RequestForbidden, RequestTooLarge
from headwater.web.limits import Limits
from headwater.web.refusing import as_response

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
# (without a referrer at all browsers would call the origin of our own forms null; other origins get none by this)
HINT = "open the address that `headwater serve` printed; it holds a token that is good for this run"
LONGEST_TOKEN = 200
Asked = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered, and with which status."""

    status: int
    error: RequestForbidden | RequestTooLarge


@dataclass(frozen=True, slots=True)
class Guard:
    """ASGI middleware: let through who holds the token and asks for no more than is worked on, and harden every answer."""

    app: ASGIApp
    token: str
    port: int
    limits: Limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it before anything of the case is touched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._beyond_measure(scope) or self._forbidden(scope)
        if refusal is not None:
            await as_response(refusal.status, refusal.error, scope["path"])(scope, receive, _hardened(send))
            return
        await (self._let_in(scope) or self.app)(scope, receive, _hardened(send))

    def _beyond_measure(self, scope: Scope) -> Refusal | None:
        limits, asked = self.limits, scope["query_string"]
        if len(scope.get("raw_path") or scope["path"]) > limits.path:
            return _large(414, "the path", f"has more than {limits.path:,} bytes")
        if len(asked) > limits.query:
            return _large(414, "the address", f"has more than {limits.query:,} bytes behind the question mark")
        if asked.count(b"&") >= limits.values:
            return _large(400, "the address", f"has more than {limits.values} values")
        if any(len(value) > limits.value for _, value in _asked(scope)):
            return _large(414, "a value in the address", f"has more than {limits.value:,} characters")
        fields = scope["headers"]
        if len(fields) > limits.fields or sum(len(name) + len(value) for name, value in fields) > limits.head:
            return _large(431, "the head", f"has more than {limits.fields} fields or {limits.head:,} bytes")
        return self._large_body(Headers(scope=scope), scope["method"])

    def _large_body(self, headers: Headers, method: str) -> Refusal | None:
        size = headers.get("content-length", "0")
        if method != "POST" and (size != "0" or "transfer-encoding" in headers):
            return _large(413, "the request", "has a body, and pages are asked for without one")
        if int(size if size.isascii() and size.isdigit() else 0) > self.limits.form:
            return _large(413, "the form", f"has more than {self.limits.form:,} bytes")
        return None

    def _forbidden(self, scope: Scope) -> Refusal | None:
        headers, hosts = Headers(scope=scope), {f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        if headers.getlist("host") != [headers.get("host", "")] or headers.get("host", "").lower() not in hosts:
            return _no(421, "this server answers to its own address only")
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return _no(405, "pages are read, and corrections sent, in no other way")
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin") and not _is_visit(scope, headers):
            return _no(403, "other pages may lead here, and ask for nothing")
        if not self._holds_token(scope, headers):
            return _no(403, HINT)
        if scope["method"] == "POST" and headers.get("origin", "").lower() not in {f"http://{host}" for host in hosts}:
            return _no(403, "corrections are taken from these pages only")
        return None

    def _holds_token(self, scope: Scope, headers: Headers) -> bool:
        given = [value for name, value in _asked(scope) if name == "token"]
        held = given[0] if given else cookie_parser(headers.get("cookie", "")).get(self.cookie, "")
        return _same(held[: LONGEST_TOKEN + 1], self.token)

    @property
    def cookie(self) -> str:
        """Name of the cookie: browsers keep cookies by host and not by port, so that the port stands in it."""
        return f"headwater-{self.port}"

    def _let_in(self, scope: Scope) -> Response | None:
        """Take the token out of the address into the cookie, and lead on to the same page without it."""
        rest = [(name, value) for name, value in _asked(scope) if name != "token"]
        if len(rest) == len(_asked(scope)):
            return None
        path = scope["raw_path"].decode("latin-1") if scope.get("raw_path") else scope["path"]
        path = "/" + path.split("?", 1)[0].lstrip("/\\")
        answer = _on_to(f"{path}?{urlencode(rest)}" if rest else path, Headers(scope=scope))
        answer.set_cookie(self.cookie, self.token, httponly=True, samesite="strict", path="/")
        answer.headers["referrer-policy"] = "no-referrer"
        return answer


def _on_to(address: str, headers: Headers) -> Response:
    """Lead on; a visit that began on another page or in a file goes on from here, so that the strict cookie goes with it."""
    if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return RedirectResponse(address, 303)
    where = escape(address, quote=True)
    return HTMLResponse(
        f'<!doctype html><meta http-equiv="refresh" content="0;url=&quot;{where}&quot;"><title>Headwater</title>'
    )


def _asked(scope: Scope) -> Asked:
    return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)


def _is_visit(scope: Scope, headers: Headers) -> bool:
    """Tell whether somebody follows a link in a window of its own."""
    wanted = (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest"))
    return scope["method"] == "GET" and wanted == ("navigate", "document")


def _same(given: str, wanted: str) -> bool:
    return compare_digest(given.encode("utf-8", "surrogateescape"), wanted.encode())


def _no(status: int, why: str) -> Refusal:
    return Refusal(status, RequestForbidden("the request", why))


def _large(status: int, thing: str, why: str) -> Refusal:
    return Refusal(status, RequestTooLarge(thing, why, hint="ask for less at once"))


def _hardened(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                if name != "referrer-policy" or name not in headers:
                    headers[name] = value
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sent
