"""The server: one case, one process, the loopback address. A request opens the case for reading only, and never waits for a run."""

import json
import re
import secrets
import socket
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from headwater.ask import answering
from headwater.errors import AskError, BusyCase, HeadwaterError, OlderCase
from headwater.exports.files import rows_as_csv
from headwater.pages import Served, Shell, render
from headwater.runs import is_alive
from headwater.settings import Settings
from headwater.store import Store
from headwater.web.guard import Guard
from headwater.web.putting_right import KINDS, Desk, Given
from headwater.web.views import VIEWS, Request, View

HOST = "127.0.0.1"
LARGEST_FORM = 64_000  # bytes
PATIENCE = 8.0  # seconds that a browser waits for a correction to be worked in
AUTHOR = "headwater-author"
CORRECTION = re.compile(r"v-[0-9a-f]{16}")
KEPT = "Kept. It holds through every later run."


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that can be started: where it is, the address with its token, the application."""

    port: int
    address: str
    app: Callable[..., Any]
    socket: socket.socket

    def run(self) -> None:
        """Answer until stopped."""
        self.server().run(sockets=[self.socket])

    def server(self) -> uvicorn.Server:
        """Return the server, not started; whoever starts it can stop it."""
        config = uvicorn.Config(self.app, log_level="warning", access_log=False, server_header=False, lifespan="off")
        return uvicorn.Server(config)


def serve(
    case: Path, settings: Settings, *, port: int = 0, token: str | None = None, patience: float = PATIENCE
) -> Serving:
    """Open a case and a socket on the loopback address; 0 takes any free port. The case is brought up to date in its form if needed.

    `patience` is how many seconds a browser waits for a correction to be worked in before it is told that it was sent.
    """
    try:
        Store(case, create=False, only_read=True).close()  # one that is no case is refused here
    except OlderCase:
        Store(case, create=False).close()  # and one of an older release gets its tables
    bound = _bound(port)
    token = token or secrets.token_urlsafe(24)
    number = bound.getsockname()[1]
    app = application(case, settings, token, number, patience=patience)
    return Serving(number, f"http://{HOST}:{number}/?token={token}", app, bound)


def _bound(port: int) -> socket.socket:
    """A socket at this port, or at a free one where it is taken."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((HOST, port))
    except OSError:
        bound.bind((HOST, 0))
    bound.listen(128)  # from here on who asks waits, and is not turned away
    return bound


def application(case: Path, settings: Settings, token: str, port: int, *, patience: float = PATIENCE) -> Guard:
    """Return the ASGI application of a case."""
    pages = _Pages(case, settings, Desk(case, settings), patience)
    static = StaticFiles(directory=str(resources.files("headwater.pages") / "static"))
    routes = [
        Mount("/static", static),
        Route("/progress.json", pages.progress),
        Route("/correct", pages.correct, methods=["POST"]),
        Route("/", pages.show),
        Route("/{view}", pages.show),
        Route("/{view}/{one}", pages.show),
        Route("/{view}/{one}/{two}", pages.show),
    ]
    inside = Starlette(
        routes=routes,
        middleware=[Middleware(GZipMiddleware, minimum_size=1000)],
        exception_handlers={404: pages.missing, 405: pages.missing, 500: pages.crashed},
    )
    return Guard(inside, token=token, port=port)


@dataclass(frozen=True, slots=True)
class _Pages:
    """What the routes lead to."""

    case: Path
    settings: Settings
    desk: Desk
    patience: float

    async def show(self, request: HttpRequest) -> Response:
        """Show a view as HTML, JSON or CSV."""
        return await run_in_threadpool(self._show, request)

    def _show(self, request: HttpRequest, *, again: bool = True) -> Response:
        name, names, form = _wanted(request.path_params)
        view = VIEWS.get(name)
        if view is None or len(names) != view.names:
            return self._failed(404, "There is no such page", request.url.path, "")
        busy = (
            self.desk.busy
        )  # asked before the rows are read: those of a correction that ends meanwhile may not be among them
        try:
            with (
                Store(self.case, create=False, only_read=True) as store,
                answering(store, self.settings),
                store.at_one_moment(),
            ):
                asked = Request(store, self.settings, names, dict(request.query_params), whole=form == "csv")
                page = view.page(asked)
                more = view.more(asked, page) if form == "html" else {}
                running = self._at_work(store, busy=busy)
                return self._formed(request, name, form, view, page, more, running)
        except HeadwaterError as error:
            if again and isinstance(error, BusyCase):  # somebody began to write just now
                return self._show(request, again=False)
            return self._failed(
                404 if isinstance(error, AskError) else 500,
                "That is not to be had",
                error.message,
                error.hint,
                error.thing,
            )

    def _formed(
        self,
        request: HttpRequest,
        name: str,
        form: str,
        view: View,
        page: Any,
        more: Mapping[str, Any],
        running: str | None,
    ) -> Response:
        """Return an answer in the form in which it is wanted."""
        if form == "json":
            return Response(json.dumps(asdict(page), ensure_ascii=False, indent=1), media_type="application/json")
        if form == "csv":
            rows = [
                asdict(each) if is_dataclass(each) and not isinstance(each, type) else each for each in view.rows(page)
            ]
            return Response(
                rows_as_csv(rows),
                media_type="text/csv",
                headers={"content-disposition": f"attachment; filename={name}.csv"},
            )
        return self._page(request, name, view, page, more, running)

    def _page(
        self, request: HttpRequest, name: str, view: View, page: Any, more: Mapping[str, Any], running: str | None
    ) -> Response:
        path, query = request.url.path, {k: v for k, v in request.query_params.items() if k != "said"}
        machine = "/stories" if path == "/" else path
        behind, said = f"?{urlencode(query)}" if query else "", request.query_params.get("said")
        shell = Shell(
            case=self.case.name,
            view=name,
            title=view.title(page),
            json=f"{machine}.json{behind}",
            csv=f"{machine}.csv{behind}",
            note=f"The last correction was not kept: {self.desk.failed}" if self.desk.failed else _note(said, running),
            running=running,
            words=query.get("q", "") if name == "search" else "",
            here=f"{path}{behind}",
            author=unquote(request.cookies.get(AUTHOR, "")),
            undo=said if said and CORRECTION.fullmatch(said) else None,
        )
        return HTMLResponse(render(view.template or name, shell, Served(), page=page, **more))

    def _failed(self, status: int, title: str, message: str, hint: str, thing: str = "") -> Response:
        said = f"{thing} {message}".strip()
        shell = Shell(case=self.case.name, view="failed", title=title)
        return HTMLResponse(render("failed", shell, Served(), title=title, message=said, hint=hint), status)

    async def missing(self, request: HttpRequest, error: Exception) -> Response:
        """Answer what has no route."""
        return self._failed(404, "There is no such page", request.url.path, "")

    async def crashed(self, request: HttpRequest, error: Exception) -> Response:
        """Answer what went wrong in us, without showing how; the log has the rest."""
        return self._failed(
            500, "Something went wrong here", "the page could not be made", "try again, or another view"
        )

    async def progress(self, request: HttpRequest) -> Response:
        """Say whether a run is working on the case, and how far it is."""

        def asked() -> str | None:
            with Store(self.case, create=False, only_read=True) as store:
                return self._at_work(store, busy=self.desk.busy)

        return Response(json.dumps({"running": await run_in_threadpool(asked)}), media_type="application/json")

    def _at_work(self, store: Store, *, busy: bool) -> str | None:
        """What is being worked out, or what became of the last correction where nobody waited for it."""
        if (running := _running(store)) is not None:
            return running
        return "A correction is being worked in." if busy else None

    async def correct(self, request: HttpRequest) -> Response:
        """Keep a correction, and go back to where it was made."""
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > LARGEST_FORM:
                return self._failed(413, "Too much", "a correction is a few lines", "")
        sent = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        return await run_in_threadpool(self._correct, sent)

    def _correct(self, sent: Mapping[str, str]) -> Response:
        if sent.get("kind") not in KINDS:
            return self._failed(400, "That is no correction", sent.get("kind", ""), "")
        author = sent.get("author", "").strip()[:200] or None
        given = Given(
            kind=sent["kind"],
            one=sent.get("one", "").strip(),
            two=sent.get("two", "").strip(),
            back=_inside(sent.get("back", "/")),
            author=author,
            reason=sent.get("reason", "").strip()[:2000] or None,
        )
        try:
            done = self.desk.keep(given, patience=self.patience)
        except HeadwaterError as error:
            return self._failed(400, "That could not be kept", error.message, error.hint, error.thing)
        where = done.back if done else "/corrections"
        said = "sent" if done is None else "undone" if given.kind == "undo" else done.correction
        answer = RedirectResponse(f"{where}{'&' if '?' in where else '?'}said={said}", 303)
        if author:
            answer.set_cookie(AUTHOR, quote(author), httponly=True, samesite="strict", path="/", max_age=86_400 * 30)
        return answer


def _wanted(given: Mapping[str, str]) -> tuple[str, tuple[str, ...], str]:
    """The view, the names in its path, and the form in which it is wanted."""
    parts = [given[each] for each in ("view", "one", "two") if each in given] or ["stories"]
    form = next((each for each in ("json", "csv") if parts[-1].endswith(f".{each}")), "html")
    if form != "html":
        parts[-1] = parts[-1].removesuffix(f".{form}")
    return parts[0], tuple(parts[1:]), form


def _inside(address: str) -> str:
    """An address of these pages, without what was said there; anything else leads to the list."""
    if not address.startswith("/") or address.startswith(("//", "/\\")) or any(c < " " for c in address):
        return "/"
    path, _, query = address.partition("?")
    kept = [each for each in parse_qsl(query) if each[0] != "said"]
    return f"{path}?{urlencode(kept)}" if kept else path


def _note(said: str | None, running: str | None) -> str | None:
    sent = "It is being kept, and what rests on it worked out again; this page renews itself when that is done."
    notes = {"undone": "Taken back.", "sent": f"Sent. {sent if running else 'It is worked in.'}"}
    return KEPT if said and CORRECTION.fullmatch(said) else notes.get(said or "")


def _running(store: Store) -> str | None:
    """What the newest living run of the case is doing, in words."""
    alive = [each for each in store.progress() if is_alive(each)]
    if not alive:
        return None
    newest = max(alive, key=lambda each: each.at)
    far = f", {newest.done:,} of {newest.of:,}" if newest.of else f", {newest.done:,}" if newest.done else ""
    return f"A run is working on this case: {newest.stage}{far}. What you see is what is worked out so far."
