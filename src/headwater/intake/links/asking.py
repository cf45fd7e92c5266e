"""An ask from its link to what it ends as: robots.txt first, then tries, then redirects, each step through gate and turns."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from ssl import SSLContext

from headwater.errors import BadAnswer, HeadwaterError
from headwater.intake.items import Item, problem
from headwater.intake.links import robots
from headwater.intake.links.addresses import Address, follow, normal, parse, shown
from headwater.intake.links.answers import IN_A_BROWSER, closed, conditions, judged, retry_after
from headwater.intake.links.asks import Ask, Pause, Resolve, Unchanged
from headwater.intake.links.faults import Fault
from headwater.intake.links.gate import Gate
from headwater.intake.links.turns import Turns
from headwater.intake.links.watches import Timers, Watch
from headwater.intake.links.wire import Answer, Limit, Wire, connecting
from headwater.records import Problem
from headwater.settings import Settings

Headers = Sequence[tuple[str, str]]
REDIRECTS = frozenset({301, 302, 303, 307, 308})
AGAIN = frozenset({429, 500, 502, 503, 504})
PAGES: Headers = (
    ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    ("Accept-Encoding", "gzip, deflate"),
)
PLAIN: Headers = (("Accept", "text/plain,*/*;q=0.8"), ("Accept-Encoding", "identity"))


class Asker:
    """What one call of `fetch` knows of hosts: whose turn it is, where they are, and what their robots.txt says."""

    def __init__(self, settings: Settings, *, pause: Pause, resolve: Resolve, trust: SSLContext | None) -> None:
        self.timers = Timers()
        self._settings = settings
        self._wire = Wire(Gate(settings.reach, resolve), connecting(trust))
        self._turns: defaultdict[str, Turns] = defaultdict(lambda: Turns(settings.fetch_pause, pause))
        self._reading: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._rules: dict[str, robots.Rules] = {}

    async def close(self) -> None:
        await self._wire.close()

    async def ended(self, ask: Ask) -> Item | Problem | Unchanged:
        """Return what an ask ends as."""
        try:
            return await self._answered(ask)
        except HeadwaterError as error:
            return problem(_of(ask, error))

    async def _answered(self, ask: Ask) -> Item | Unchanged:
        address, watch, hops = parse(ask.url), self._watch(), list[str]()
        limit, headers, seen = Limit(self._settings.fetch_bytes), (*PAGES, *conditions(ask)), {address.url}
        while True:
            (await self._rules_of(address)).refuse(address)
            answer = await self._tried(address, headers=headers, watch=watch, limit=limit)
            if answer.status not in REDIRECTS:
                return judged(ask, answer, hops)
            address = _next(answer)
            hops.append(f"{answer.status} {address.url}")
            if address.url in seen:
                raise BadAnswer(ask.url, "redirects in a circle", hint=f"it may want a cookie: {IN_A_BROWSER}")
            if len(hops) > self._settings.fetch_hops:
                raise BadAnswer(ask.url, f"redirects more than {self._settings.fetch_hops} times", hint=IN_A_BROWSER)
            seen.add(address.url)

    async def _tried(self, address: Address, *, headers: Headers, watch: Watch, limit: Limit) -> Answer:
        """Return the first answer that is no sign of passing trouble, or the last."""
        turns, tries = self._turns[address.host], max(1, self._settings.fetch_tries)
        for number in range(1, tries + 1):
            async with turns.one():
                if turns.closed:
                    raise BadAnswer(address.url, turns.closed, hint="read the link again then")
                try:
                    answer = await self._wire.ask(
                        address, headers=headers, watch=watch, limit=limit, last=number == tries
                    )
                except Fault as fault:
                    if number == tries or watch.over or not fault.again:
                        raise fault.error from fault
                    turns.hold(self._wait(number))
                    continue
                if answer.status not in AGAIN:
                    return answer
                self._put_off(answer, turns, number)
        return answer

    def _put_off(self, answer: Answer, turns: Turns, number: int) -> None:
        """Leave a host alone for as long as it asks, or for longer each time; for the rest of the run where that is too long."""
        asked = retry_after(answer)
        if asked is not None and asked > self._settings.fetch_longest_pause:
            turns.closed = closed(asked)
            raise BadAnswer(answer.address.url, turns.closed, hint="read the link again then")
        turns.hold(self._wait(number) if asked is None else asked)

    def _wait(self, number: int) -> float:
        return float(min(2 ** (number - 1), self._settings.fetch_longest_pause))

    async def _rules_of(self, address: Address) -> robots.Rules:
        """Return the rules of an address's origin, asked for once."""
        async with self._reading[address.origin]:
            if address.origin not in self._rules:
                self._rules[address.origin] = found = await self._read_rules(address.sibling("/robots.txt"))
                turns = self._turns[address.host]
                turns.between = max(turns.between, min(found.delay, self._settings.fetch_longest_pause))
        return self._rules[address.origin]

    async def _read_rules(self, address: Address) -> robots.Rules:
        watch = self._watch()
        try:
            for _ in range(robots.HOPS + 1):
                answer = await self._tried(address, headers=PLAIN, watch=watch, limit=robots.LIMIT)
                if answer.status not in REDIRECTS:
                    return robots.rules(answer)
                address = _next(answer)
        except HeadwaterError as error:
            return robots.Rules(failed=error)
        return robots.Rules()  # after so many redirects there is none

    def _watch(self) -> Watch:
        return Watch(self._settings.fetch_seconds, self.timers)


def _next(answer: Answer) -> Address:
    """Return where a redirect leads. Raise BadAnswer where it does not say, ForbiddenAddress where it is no place to go."""
    location = answer.headers.get("location", "").strip()
    if not location:
        raise BadAnswer(answer.address.url, "redirects without saying where to", hint=IN_A_BROWSER)
    return follow(answer.address, location)


def _of(ask: Ask, error: HeadwaterError) -> HeadwaterError:
    """Return an error as one of the link that was asked for, though it arose where that led."""
    message = error.message
    if error.thing not in (ask.url, normal(ask.url)):
        message = f"leads to {error.thing[:300]}, which {message}"
    return type(error)(shown(ask.url), message, hint=error.hint)
