"""One request, one answer: connected to an address that the gate let through, read no further than a limit, and closed.

It uses httpx's transport and not its client, since a client brings what no page should move us to: cookies, credentials out of
addresses and ~/.netrc, and redirects made ready before anybody looked where they lead.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from ssl import SSLContext
from typing import Any, cast

import httpx

from headwater.errors import ForbiddenAddress, TooLarge
from headwater.intake.links.addresses import IP, Address, literal
from headwater.intake.links.faults import FOREIGN, Fault, opening, reading, silent
from headwater.intake.links.gate import Gate
from headwater.intake.links.watches import Watch

AGENT = "headwater"
HEADERS = (
    ("User-Agent", f"{AGENT} (reads single pages that a person asked for; obeys robots.txt)"),
    # Not for politeness alone: a connection that is kept is known by its IP address, and would serve another host of that address
    # without asking for its certificate.
    ("Connection", "close"),
)
WITH_CONTENT = frozenset(range(200, 300)) - {204, 205, 206}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; content is empty where the status says that there is none worth reading."""

    address: Address
    status: int
    headers: httpx.Headers
    content: bytes


@dataclass(frozen=True, slots=True)
class Limit:
    """How many bytes of content are read; what is longer is an error, or only its beginning is taken."""

    size: int
    beginning: bool = False


def connecting(trust: SSLContext | None) -> httpx.AsyncBaseTransport:
    """Return what makes connections: one for each request, past any proxy, believing the certificates of certifi unless told others."""
    return httpx.AsyncHTTPTransport(
        verify=trust or httpx.create_ssl_context(trust_env=False),
        trust_env=False,
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
    )


class Wire:
    """Sends requests to hosts that the gate lets through."""

    def __init__(self, gate: Gate, transport: httpx.AsyncBaseTransport) -> None:
        self._gate = gate
        self._transport = transport

    async def close(self) -> None:
        await self._transport.aclose()

    async def ask(
        self, address: Address, *, headers: Sequence[tuple[str, str]], watch: Watch, limit: Limit, last: bool
    ) -> Answer:
        """Return an answer of any status; `last` lets the server have all the time that is left.

        Raise Fault for what went wrong, ForbiddenAddress and Unreachable for a host that is none to connect to.
        """
        response = await self._first_that_answers(address, headers, watch, last=last)
        try:
            content = await _content(response, address, watch, limit) if response.status_code in WITH_CONTENT else b""
        finally:
            await response.aclose()
        return Answer(address, response.status_code, response.headers, content)

    async def _first_that_answers(
        self, address: Address, headers: Sequence[tuple[str, str]], watch: Watch, *, last: bool
    ) -> httpx.Response:
        ips = await self._addresses(address, watch)
        for number, ip in enumerate(ips, 1):
            try:
                return await self._opened(address, ip, headers, watch, share=1 if last and number == len(ips) else 0.5)
            except Fault as fault:
                if number == len(ips) or not fault.elsewhere:
                    self._gate.forget(address)
                    raise
        raise AssertionError("the gate gives one address at least")

    async def _addresses(self, address: Address, watch: Watch) -> tuple[IP, ...]:
        try:
            async with watch.running():
                return await self._gate.addresses(address)
        except TimeoutError as error:
            raise silent(address, watch.seconds) from error

    async def _opened(
        self, address: Address, ip: IP, headers: Sequence[tuple[str, str]], watch: Watch, *, share: float
    ) -> httpx.Response:
        """Return the head of an answer, its content not yet read, from one IP address."""
        try:
            async with watch.running(share):
                return await self._sent(address, ip, headers)
        except TimeoutError as error:
            raise silent(address, watch.seconds) from error

    async def _sent(self, address: Address, ip: IP, headers: Sequence[tuple[str, str]]) -> httpx.Response:
        opened: list[Any] = []

        async def note(event: str, told: Mapping[str, Any]) -> None:
            if event == "connection.connect_tcp.complete":
                opened.append(told["return_value"])

        try:
            request = httpx.Request(
                "GET",
                address.at(ip),
                headers=[("Host", address.netloc), *HEADERS, *headers],
                extensions={"sni_hostname": address.host, "trace": note},
            )
            response = await self._transport.handle_async_request(request)
        except FOREIGN as error:
            raise opening(error, address) from error
        except asyncio.CancelledError:
            for stream in opened:  # httpcore forgets to, where it is broken off between the connection and TLS
                await stream.aclose()
            raise
        peer = response.extensions["network_stream"].get_extra_info("server_addr")
        if peer is not None and literal(peer[0]) != ip:
            await response.aclose()
            raise ForbiddenAddress(address.url, f"was answered by {peer[0]}, which is not where it was asked")
        return response


async def _content(response: httpx.Response, address: Address, watch: Watch, limit: Limit) -> bytes:
    """Return the content as it came over the wire. Raise TooLarge as soon as it is known to be."""
    told = response.headers.get("content-length", "")
    if not limit.beginning and told.isascii() and told.isdigit() and int(told) > limit.size:
        raise _too_large(address, limit)
    content = bytearray()  # not a list of what came: a server may send it byte by byte
    try:
        async with watch.running(), aclosing(cast(AsyncGenerator[bytes, None], response.aiter_raw())) as parts:
            async for part in parts:
                content += part
                if len(content) > limit.size:
                    break
    except TimeoutError as error:
        raise silent(address, watch.seconds) from error
    except FOREIGN as error:
        raise reading(error, address) from error
    if len(content) > limit.size and not limit.beginning:
        raise _too_large(address, limit)
    return bytes(content[: limit.size])


def _too_large(address: Address, limit: Limit) -> TooLarge:
    hint = "if it is one report, save it in a browser and read the file"
    return TooLarge(address.url, f"leads to more than {limit.size:,} bytes, so reading it was stopped", hint=hint)
