"""The server: one case, one process, the loopback address. A request opens the case for reading only, and never waits for a run.

Requests are worked on in threads that can be told to stop: when their time is up, when the client has gone, when the server ends.
"""

import asyncio
import json
import multiprocessing
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
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from headwater.ask import answering
from headwater.errors import (
    AskError,
    BusyCase,
    HeadwaterError,
    OlderCase,
    PageBusy,
    RequestError,
    RequestTooLarge,
    RequestTooSlow,
)
from headwater.exports.files import rows_as_csv
from headwater.pages import Served, Shell, render
from headwater.runs import is_alive
from headwater.settings import Settings
from headwater.store import Store
from headwater.web.guard import Guard
from headwater.web.jobs import Job, Threads
from headwater.web.limits import Limits
from headwater.web.putting_right import KINDS, Desk, Given
from headwater.web.refusing import as_json
from headwater.web.views import VIEWS, Request, View
from headwater.web.wire import connections

HOST = "127.0.0.1"
BACKLOG = 512  # connections that the system keeps until they are accepted
PATIENCE = 8.0  # seconds that a browser waits for a correction to be worked in
LAST_WORDS = 0.3  # seconds in which answers are still fetched when the server ends
AUTHOR = "headwater-author"
CORRECTION = re.compile(r"v-[0-9a-f]{16}")
KEPT = "Kept. It holds through every later run."


class _Server(uvicorn.Server):
    """uvicorn's server, which at its end stops the work of requests instead of waiting for it."""

    def __init__(self, config: uvicorn.Config, threads: Threads, desk: Desk) -> None:
        super().__init__(config)
        self._threads, self._desk = threads, desk
        self.owns_process = False
        """whether nothing else goes on in this process, so that its end is the end of all that it started"""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop all work, and end; who fetches slowly, or what cannot be stopped, is left."""
        self._threads.stop()
        cut = asyncio.get_running_loop().call_later(LAST_WORDS, self._cut)
        await super().shutdown(sockets)
        cut.cancel()
        for process in multiprocessing.active_children() if self.owns_process and self._desk.busy else ():
            process.kill()

    def _cut(self) -> None:
        for connection in tuple(self.server_state.connections):
            connection.transport.abort()


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that can be started: where it is, the address with its token, the application, what bounds its requests."""

    port: int
    address: str
    app: Callable[..., Any]
    socket: socket.socket
    threads: Threads
    desk: Desk
    limits: Limits

    def run(self) -> None:
        """Answer until stopped; what a correction has started then ends with it, and is done by the next run."""
        server = self.server()
        server.owns_process = True
        server.run(sockets=[self.socket])

    def server(self) -> "_Server":
        """Return the server, not started; whoever starts it can stop it."""
        config = uvicorn.Config(
            self.app,
            http=connections(self.limits),
            ws="none",
            lifespan="off",
            log_level="error",  # what a client sends wrongly is no news of ours
            access_log=False,  # addresses may hold a token
            server_header=False,
            proxy_headers=False,
            backlog=BACKLOG,
            h11_max_incomplete_event_size=self.limits.path + self.limits.query + self.limits.head,
            timeout_keep_alive=self.limits.idle_seconds,
        )
        return _Server(config, self.threads, self.desk)


def serve(
    case: Path,
    settings: Settings,
    *,
    port: int = 0,
    token: str | None = None,
    limits: Limits | None = None,
    patience: float = PATIENCE,
) -> Serving:
    """Open a case and a socket on the loopback address; 0 takes any free port. The case is brought up to date in its form if needed.

    `patience` is how many seconds a browser waits for a correction to be worked in before it is told that it was sent.
    """
    try:
        Store(case, create=False, only_read=True).close()  # one that is no case is refused here
    except OlderCase:
        Store(case, create=False).close()  # and one of an older release gets its tables
    bound, limits = _bound(port), limits or Limits()
    token = token or secrets.token_urlsafe(24)
    number = bound.getsockname()[1]
    threads = Threads(limits.workers, "request", waiting=limits.waiting)
    desk = Desk(case, settings, waiting=limits.corrections)
    pages = _Pages(case, settings, desk, threads, limits, patience)
    app = Guard(_routed(pages), token=token, port=number, limits=limits)
    return Serving(number, f"http://{HOST}:{number}/?token={token}", app, bound, threads, desk, limits)


def _bound(port: int) -> socket.socket:
    """A socket at this port, or at a free one where it is taken."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((HOST, port))
    except OSError:
        bound.bind((HOST, 0))
    bound.listen(BACKLOG)  # from here on who asks waits, and is not turned away
    return bound


def _routed(pages: "_Pages") -> Starlette:
    """What answers each address."""
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
    return Starlette(
        routes=routes,
        middleware=[Middleware(GZipMiddleware, minimum_size=1000)],
        exception_handlers={404: pages.missing, 405: pages.missing, 500: pages.crashed},
    )


@dataclass(frozen=True, slots=True)
class _Pages:
    """What the routes lead to."""

    case: Path
    settings: Settings
    desk: Desk
    threads: Threads
    limits: Limits
    patience: float

    async def show(self, request: HttpRequest) -> Response:
        """Show a view as HTML, JSON or CSV."""
        return await self._worked_out(request, lambda job: self._show(request, job))

    async def _worked_out(self, request: HttpRequest, work: Callable[[Job[Response]], Response]) -> Response:
        """Work an answer out in a thread; stop when its time is up, or when nobody waits for it any more."""
        job = self.threads.start(work)
        if job is None:
            return self._refused(503, PageBusy("the page", "has too many requests waiting", hint="try again"), request)
        answered, gone = asyncio.wrap_future(job.future), asyncio.ensure_future(_gone(request))
        both: set[asyncio.Future[Any]] = {answered, gone}
        done, _ = await asyncio.wait(both, timeout=self.limits.answer_seconds, return_when="FIRST_COMPLETED")
        gone.cancel()
        if answered in done and not job.is_over():
            return answered.result()
        job.stop()
        answered.add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # nobody waits for it any more
        if answered in done:
            return self._refused(503, PageBusy("the page", "is being closed", hint="start it again"), request)
        late = RequestTooSlow("this", f"takes longer than {self.limits.answer_seconds:g} seconds", hint="ask for less")
        return self._refused(503, late, request)

    def _show(self, request: HttpRequest, job: Job[Response], *, again: bool = True) -> Response:
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
                store.until(job.is_over)
                asked = Request(store, self.settings, names, dict(request.query_params), whole=form == "csv")
                page = view.page(asked)
                more = view.more(asked, page) if form == "html" else {}
                running = self._at_work(store, busy=busy)
                return self._formed(request, name, form, view, page, more, running)
        except HeadwaterError as error:
            if again and isinstance(error, BusyCase):  # somebody began to write just now
                return self._show(request, job, again=False)
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

    def _refused(self, status: int, error: HeadwaterError, request: HttpRequest) -> Response:
        """Say with its code why a request is not answered, as a page or as JSON."""
        if request.url.path.endswith(".json"):
            return Response(as_json(error), status, media_type="application/json")
        return self._failed(status, "This was not answered", f"{error.code}: {error.message}", error.hint, error.thing)

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

        def asked(job: Job[Response]) -> Response:
            with Store(self.case, create=False, only_read=True) as store:
                store.until(job.is_over)
                running = self._at_work(store, busy=self.desk.busy)
                return Response(json.dumps({"running": running}), media_type="application/json")

        return await self._worked_out(request, asked)

    def _at_work(self, store: Store, *, busy: bool) -> str | None:
        """What is being worked out, or what became of the last correction where nobody waited for it."""
        if (running := _running(store)) is not None:
            return running
        return "A correction is being worked in." if busy else None

    async def correct(self, request: HttpRequest) -> Response:
        """Keep a correction, and go back to where it was made."""
        try:
            sent = dict(parse_qsl(await self._form(request), keep_blank_values=True, max_num_fields=self.limits.values))
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it
        except ValueError:
            too_many = RequestTooLarge("the form", f"has more than {self.limits.values} values")
            return self._refused(400, too_many, request)
        except RequestError as error:
            return self._refused(413 if isinstance(error, RequestTooLarge) else 408, error, request)
        if sent.get("kind") not in KINDS:
            return self._failed(400, "That is no correction", sent.get("kind", "")[:100], "")
        return await self._correct(request, sent)

    async def _form(self, request: HttpRequest) -> str:
        """The body of a request, in its time and size; raise RequestError."""
        body = b""
        try:
            async with asyncio.timeout(self.limits.body_seconds):
                async for part in request.stream():
                    body += part
                    if len(body) > self.limits.form:
                        raise RequestTooLarge("the form", f"has more than {self.limits.form:,} bytes")
        except TimeoutError:
            raise RequestTooSlow("the form", "does not come to an end", hint="send it again") from None
        return body.decode("utf-8", "replace")

    async def _correct(self, request: HttpRequest, sent: Mapping[str, str]) -> Response:
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
            done = await self.desk.keep(given, patience=self.patience)
        except PageBusy as error:
            return self._refused(503, error, request)
        except HeadwaterError as error:
            return self._failed(400, "That could not be kept", error.message, error.hint, error.thing)
        where = done.back if done else "/corrections"
        said = "sent" if done is None else "undone" if given.kind == "undo" else done.correction
        answer = RedirectResponse(f"{where}{'&' if '?' in where else '?'}said={said}", 303)
        if author:
            answer.set_cookie(AUTHOR, quote(author), httponly=True, samesite="strict", path="/", max_age=86_400 * 30)
        return answer


async def _gone(request: HttpRequest) -> None:
    """Return when the client has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


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
