"""Hosts in, IP addresses out, every one of them checked: the only place where a name becomes something to connect to."""

import asyncio
import socket
from collections.abc import Sequence

from headwater.errors import ForbiddenAddress, Unreachable
from headwater.intake.links.addresses import IP, Address, is_public, literal
from headwater.intake.links.asks import Resolve

OF_THIS_NETWORK = "is an address of this machine or network, which is not fetched"


async def resolved(host: str, port: int) -> Sequence[str]:
    """Return the addresses that the system knows for a host, in its order. Raise OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class Gate:
    """Looks hosts up and refuses those that have an address which is not public. What it let through is kept, so that a name
    means one machine throughout a run, until that machine answers no more."""

    def __init__(self, reach: Sequence[str], resolve: Resolve) -> None:
        self._reach = frozenset(reach)
        self._resolve = resolve
        self._kept: dict[str, tuple[IP, ...]] = {}

    async def addresses(self, address: Address) -> tuple[IP, ...]:
        """Return the IP addresses of a host, one at least. Raise ForbiddenAddress and Unreachable."""
        if address.place not in self._kept:
            self._kept[address.place] = await self._checked(address)
        return self._kept[address.place]

    def forget(self, address: Address) -> None:
        """Look the host up anew the next time."""
        self._kept.pop(address.place, None)

    async def _checked(self, address: Address) -> tuple[IP, ...]:
        free = address.place in self._reach
        if not free and (address.host == "localhost" or address.host.endswith(".localhost")):
            raise self._forbidden(address)  # RFC 6761: it is this machine, whatever a resolver says
        known = literal(address.host)
        found = (known,) if known else await self._looked_up(address)
        if not free and not all(map(is_public, found)):
            raise self._forbidden(address)
        return found

    async def _looked_up(self, address: Address) -> tuple[IP, ...]:
        hint = "check how it is spelled, and whether this machine is online"
        try:
            texts = await self._resolve(address.host, address.port)
        except (OSError, UnicodeError) as error:
            raise Unreachable(address.url, f"names the host {address.host}, which is not found", hint=hint) from error
        found = tuple(map(literal, texts))
        if not found:
            raise Unreachable(address.url, f"names the host {address.host}, which has no address", hint=hint)
        if not all(found):
            raise self._forbidden(address)
        return tuple(ip for ip in found if ip)

    def _forbidden(self, address: Address) -> ForbiddenAddress:
        hint = f"if it is a mirror of yours, allow it: --reach {address.place}"
        return ForbiddenAddress(address.url, OF_THIS_NETWORK, hint=hint)
