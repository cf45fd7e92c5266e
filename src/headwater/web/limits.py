"""How much of one request, of one client and of all of them together is worked on. Set by hand: many times what a browser sends."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, numbers and seconds; whoever starts a server can hand in others."""

    path: int = 2_000
    """bytes of a path, as it is written in the request"""
    query: int = 8_000
    """bytes behind the question mark"""
    values: int = 32
    """names with values behind the question mark, or in a form"""
    value: int = 4_000
    """characters of one of them"""
    head: int = 16_000
    """bytes of all header fields"""
    fields: int = 64
    """header fields"""
    form: int = 64_000
    """bytes of a correction"""
    connections: int = 512
    """open ones; a new one more takes the place of the one that has been silent for longest"""
    unread: int = 64_000_000
    """bytes of answers that clients have not fetched yet, all together"""
    workers: int = 4
    """requests that are worked on at once"""
    waiting: int = 256
    """requests that wait for one of them"""
    corrections: int = 16
    """corrections that wait for one another"""
    head_seconds: float = 10
    """from the first byte of a request, or from connecting, to the end of its head"""
    body_seconds: float = 10
    """from the head of a request to its last byte"""
    answer_seconds: float = 20
    """for working on a request, waiting included"""
    fetch_seconds: float = 60
    """for fetching an answer"""
    idle_seconds: int = 5
    """between two requests of a connection"""
