"""Connections that cannot be held open for nothing: uvicorn's, with a time for every part of a request and a place for every client.

uvicorn bounds the silence between two requests, and nothing else: whoever sends a byte a second, or fetches an answer slowly, keeps a
connection, and `limit_concurrency` then turns away everybody else. Here a head, a body and the fetching of an answer have their seconds,
and where there are too many connections one goes that began a request and does not end it.
"""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from headwater.errors import HeadwaterError, RequestTooLarge, RequestTooSlow
from headwater.web.limits import Limits
from headwater.web.refusing import as_bytes

DISCARDED = 1_000_000  # bytes of a body that are read after it was refused, so that the refusal arrives

GRACE = 2.0  # seconds in which whoever waits for a body can say that it is too late


class Crowd:
    """The connections of a server: those that wait for a request, and those whose answer is not fetched yet, each by age."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.waiting: dict[Connection, None] = {}
        self.unread: dict[Connection, None] = {}

    def leave(self, connection: "Connection") -> None:
        """Forget a connection."""
        self.waiting.pop(connection, None)
        self.unread.pop(connection, None)

    def make_room(self, open_ones: int) -> None:
        """Close a connection where there are too many: who began a request and does not end it, the longest-waiting first; where nobody
        does, who has waited longest, or has fetched longest. Whoever came just now and was not read yet is not among the first."""
        if open_ones > self.limits.connections:
            begun = (connection for connection in self.waiting if connection.has_begun)
            oldest = next(begun, None) or next(iter(self.waiting or self.unread), None)
            if oldest is not None:
                oldest.drop()

    def make_memory(self) -> None:
        """Close the connection that has fetched longest where answers that nobody fetches take too much memory."""
        held = {each: each.transport.get_write_buffer_size() for each in self.unread}
        while len(held) > 1 and sum(held.values()) > self.limits.unread:
            oldest = next(iter(held))
            del held[oldest]
            oldest.drop()


class Connection(H11Protocol):
    """One connection. Its state is what it waits for, the timer of that, and how much of a head or refused body has come."""

    crowd: Crowd

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head."""
        super().connection_made(transport)
        self._part = ""
        self._timer: asyncio.TimerHandle | None = None
        self._fetching: asyncio.TimerHandle | None = None
        self._came, self._line_ended = 0, False
        self._wait()
        self.crowd.make_room(len(self.connections))

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._set("", 0)
        self._fetched()
        self.crowd.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes, and see what they leave to be waited for."""
        self._came += len(data)
        self._line_ended = self._line_ended or b"\n" in data
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._is_answered and self._part == "body" and self._came > DISCARDED:
            self.drop()
        self._wait()

    def on_response_complete(self) -> None:
        """An answer was given: the next head may come, in its time once it has begun."""
        self._came, self._line_ended = 0, False
        super().on_response_complete()
        if not self.transport.is_closing():
            self._wait(idle=True)

    def send_400_response(self, msg: str) -> None:
        """Say what is wrong with a head."""
        limits = self.crowd.limits
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):  # in the midst of an answer, or behind one
            self.drop()
            return
        if self._came <= limits.path + limits.query + limits.head:
            super().send_400_response(msg)
            return
        status = 431 if self._line_ended else 414
        self._say(status, RequestTooLarge("the request", "is longer than is read", hint="shorten it"))

    def pause_writing(self) -> None:
        """Begin to count the time in which an answer is fetched."""
        super().pause_writing()
        if self._fetching is None:
            self._fetching = self.loop.call_later(self.crowd.limits.fetch_seconds, self.drop)
        self.crowd.unread[self] = None
        self.crowd.make_memory()

    def resume_writing(self) -> None:
        """The client has fetched most of what there was; the time goes on where more of the same answer follows."""
        super().resume_writing()
        if self.cycle is None or self.cycle.response_complete:
            self._fetched()

    def drop(self) -> None:
        """Close at once, whatever is left to be said."""
        self.crowd.leave(self)
        self.transport.abort()

    @property
    def has_begun(self) -> bool:
        """Whether something of a request has come."""
        return self._came > 0

    @property
    def _is_answered(self) -> bool:
        return self.cycle is not None and self.cycle.response_complete

    def _fetched(self) -> None:
        if self._fetching is not None:
            self._fetching.cancel()
        self._fetching = None
        self.crowd.unread.pop(self, None)

    def _wait(self, *, idle: bool = False) -> None:
        """Set the timer of the part of a request that is to come; between two requests uvicorn's own runs."""
        state, limits = self.conn.their_state, self.crowd.limits
        if state is h11.IDLE:
            self._set("idle" if idle else "head", limits.head_seconds)
        elif state is h11.SEND_BODY:
            self._set("body", limits.body_seconds + GRACE)
        else:
            self._set("", 0)

    def _set(self, part: str, seconds: float) -> None:
        if part in ("head", "idle"):
            self.crowd.waiting.setdefault(self)
        else:
            self.crowd.waiting.pop(self, None)
        if part == self._part:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._part = part
        self._timer = self.loop.call_later(seconds, self._late) if part in ("head", "body") else None

    def _late(self) -> None:
        """Close a connection whose request does not come to an end; a body is missed by who waits for it."""
        if self._part == "head" and self._came and self.conn.our_state is h11.IDLE:
            self._say(408, RequestTooSlow("the request", "does not come to an end", hint="send it again"))
        else:
            self.drop()

    def _say(self, status: int, error: HeadwaterError) -> None:
        self.transport.write(as_bytes(status, error))
        self.transport.close()


def connections(limits: Limits) -> type[Connection]:
    """Return the connections of one server."""
    return type("ServedConnection", (Connection,), {"crowd": Crowd(limits)})
