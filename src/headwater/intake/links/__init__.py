"""The one module that opens connections: links go in; what they lead to comes out, as bytes for who reads them, or as problems.

Each ask ends as exactly one item, problem or `Unchanged`. What holds on every request, redirects and robots.txt included:

* only http and https, and only hosts all of whose addresses are public; the connection goes to an address that was checked
  (`addresses.py`, `gate.py`), so that a name cannot lead elsewhere between the check and the connection
* one request to one host at a time with a pause between (`turns.py`), and nothing that robots.txt asks not to be read (`robots.py`)
* at most `fetch_bytes` and `fetch_seconds`; bytes stay packed as they came: what may unfold into gigabytes is opened elsewhere
* no cookies, no credentials, no proxy that the environment names; certificates are verified
"""

from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterable, Iterator
from ssl import SSLContext
from typing import Any, Self

from headwater.intake.items import Item
from headwater.intake.links.addresses import is_link, normal
from headwater.intake.links.asks import Ask, Pause, Resolve, Unchanged
from headwater.records import Problem
from headwater.settings import Settings

__all__ = ["Ask", "Links", "Unchanged", "fetch", "is_link", "normal"]


class Links:
    """What one reading knows of hosts: whose turn it is, what their robots.txt says, where they are. Use it in a `with`.

    `pause` waits seconds (asyncio.sleep); `resolve` gives the addresses of a host and port (the system's); `trust` says whose
    certificates are believed (those of certifi); `loop` makes the event loop, by whose clock time is limited (asyncio's own).
    """

    def __init__(
        self,
        settings: Settings,
        *,
        pause: Pause | None = None,
        resolve: Resolve | None = None,
        trust: SSLContext | None = None,
        loop: Callable[[], AbstractEventLoop] | None = None,
    ) -> None:
        self._settings, self._pause, self._resolve, self._trust, self._loop = settings, pause, resolve, trust, loop
        self._rounds: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._rounds:
            self._rounds.close()

    def fetch(self, asks: Iterable[Ask]) -> Iterator[Item | Problem | Unchanged | None]:
        """Yield what asks end as, in the order in which they end; None when nothing has come for about a second.

        `asks` is taken from as hosts become free. Closing the generator ends all that it began.
        """
        if self._rounds is None:
            from headwater.intake.links.rounds import (
                Rounds,
            )  # httpx takes a fifth of a second, which only fetching is worth

            self._rounds = Rounds(
                self._settings, pause=self._pause, resolve=self._resolve, trust=self._trust, loop=self._loop
            )
        yield from self._rounds.each(asks)


def fetch(
    asks: Iterable[Ask],
    settings: Settings,
    *,
    pause: Pause | None = None,
    resolve: Resolve | None = None,
    trust: SSLContext | None = None,
    loop: Callable[[], AbstractEventLoop] | None = None,
) -> Iterator[Item | Problem | Unchanged | None]:
    """Yield what asks end as, of one list of them."""
    with Links(settings, pause=pause, resolve=resolve, trust=trust, loop=loop) as links:
        yield from links.fetch(asks)
