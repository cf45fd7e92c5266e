"""A server over a copy of a case, in a thread, and plain requests to it."""

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from headwater.settings import Settings
from headwater.web import Limits, Serving, serve
from piles import ONE_PROCESS
from waiting import HANGS, until

TOKEN = "a-token-for-tests"


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")


@dataclass(frozen=True)
class Served:
    """A running server."""

    port: int
    address: str

    @property
    def root(self) -> str:
        """Its address without the token."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, *, method: str = "GET", body: str = "", **headers: str) -> Answer:
        """Send one request; the cookie, Host and Origin of a proper page are sent unless others are given."""
        proper = {"Host": f"127.0.0.1:{self.port}", "Cookie": f"headwater-{self.port}={TOKEN}", "Origin": self.root}
        sent = {k: v for k, v in (proper | {k.replace("_", "-"): v for k, v in headers.items()}).items() if v}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=HANGS)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                connection.putheader(name, value)
            if body:
                connection.putheader("Content-Length", str(len(body.encode())))
            connection.endheaders(body.encode() or None)
            came = connection.getresponse()
            return Answer(came.status, {k.lower(): v for k, v in came.getheaders()}, came.read())
        finally:
            connection.close()

    @property
    def at_work(self) -> str | None:
        """What is being worked in or out, in the words of the pages."""
        running: str | None = json.loads(self.ask("/progress.json").text)["running"]
        return running

    def settle(self) -> None:
        """Wait until nothing is being worked in or out any more."""
        until(lambda: self.at_work is None, "the end of a run")

    def post(self, path: str, values: dict[str, str], **headers: str) -> Answer:
        """Send a form."""
        kind = {"Content_Type": "application/x-www-form-urlencoded"}
        return self.ask(path, method="POST", body=urlencode(values), **(kind | headers))


@contextmanager
def serving(
    case: Path, settings: Settings = ONE_PROCESS, limits: Limits | None = None, *, patience: float = HANGS
) -> Iterator[Served]:
    """Serve a case until the end of the block; who sends a correction waits until it is worked in, unless less patience is given."""
    made: Serving = serve(case, settings, token=TOKEN, limits=limits, patience=patience)
    server = made.server()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [made.socket]}, daemon=True)
    thread.start()
    try:
        yield Served(made.port, made.address)
    finally:
        server.should_exit = True
        thread.join(timeout=HANGS)
        made.socket.close()
