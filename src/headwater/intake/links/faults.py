"""What goes wrong on the wire → errors of ours, with whether asking again may help. No exception of httpx or TLS passes this file."""

import ssl
from collections.abc import Iterator

import httpx

from headwater.errors import BadAnswer, IntakeError, TooSlow, Unreachable
from headwater.intake.links.addresses import Address

FOREIGN = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError)
"""what httpx and what lies below it raise: broken TLS comes through as OSError, what cannot be sent as ValueError"""


class Fault(Exception):
    """An attempt that failed."""

    def __init__(self, error: IntakeError, *, again: bool = False, elsewhere: bool = False) -> None:
        super().__init__(error)
        self.error = error
        self.again = again
        """whether a later attempt may do better"""
        self.elsewhere = elsewhere
        """whether another address of the host may"""


def silent(address: Address, seconds: float) -> Fault:
    """Return the fault of a host that takes too long."""
    hint = "try again later, or save the page in a browser and read the file"
    error = TooSlow(address.url, f"was not answered in full within {seconds:g} seconds", hint=hint)
    return Fault(error, again=True, elsewhere=True)


def opening(error: Exception, address: Address) -> Fault:
    """Return what an exception before the first byte of an answer's content comes to."""
    if any(isinstance(each, ssl.SSLError) for each in _behind(error)):
        return _broken_tls(error, address)
    if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout)):
        hint = "check that the site is up and that this machine is online"
        found = Unreachable(address.url, f"could not be reached: no connection ({_reason(error)})", hint=hint)
        return Fault(found, again=True, elsewhere=True)
    if isinstance(error, httpx.NetworkError) or "disconnected" in str(error):
        hint = "try again later, or save the page in a browser and read the file"
        return Fault(
            Unreachable(address.url, "got no answer: the server broke off the connection", hint=hint), again=True
        )
    found_too = BadAnswer(
        address.url,
        f"was answered with something that is not HTTP as it should be ({_reason(error)})",
        hint="does the address work in a browser?",
    )
    return Fault(found_too)


def reading(error: Exception, address: Address) -> Fault:
    """Return what an exception inside an answer's content comes to: in every case the content is not whole."""
    hint = "try again later, or save the page in a browser and read the file"
    return Fault(
        BadAnswer(address.url, f"was answered with a page that is cut short ({_reason(error)})", hint=hint), again=True
    )


def _broken_tls(error: Exception, address: Address) -> Fault:
    hint = "open it in a browser to see why; if you trust the site, save the page there and read the file"
    message = f"has no certificate that holds, so nobody knows who answers ({_reason(error)})"
    if not any(isinstance(each, ssl.SSLCertVerificationError) for each in _behind(error)):
        message = f"could not be reached: no encrypted connection came about ({_reason(error)})"
    return Fault(Unreachable(address.url, message, hint=hint))


def _behind(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and what it came of."""
    seen: list[BaseException] = []
    each: BaseException | None = error
    while each is not None and each not in seen:
        seen.append(each)
        yield each
        each = each.__cause__ or each.__context__


def _reason(error: Exception) -> str:
    """Return what the deepest exception says, in a line that can be printed."""
    said = [str(each) for each in _behind(error) if str(each)] or [type(error).__name__]
    return "".join(c if c.isprintable() else " " for c in said[-1])[:160]
