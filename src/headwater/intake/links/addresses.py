"""Web addresses: put into one form, and machines of this network told from those of the world.

An address has many spellings (127.1, 0x7f000001, ①②⑦.0.0.1, [::ffff:127.0.0.1]); browsers and resolvers read them differently.
Here a host is a name or a plainly written IP address, and any other spelling is refused, whatever it may stand for.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

from headwater.errors import ForbiddenAddress

IP = IPv4Address | IPv6Address
PORTS = {"http": 80, "https": 443}
LONGEST = 8_000  # characters; servers refuse longer ones

_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
_IN_PATH = _PRINTABLE.translate({ord(c): None for c in '"#<>?`{}'})
_IN_QUERY = _PRINTABLE.translate({ord(c): None for c in '"#<>'})
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_NUMBER_LAST = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)$")
_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")

# is_global differs between releases of Python; these are refused under each
_UNICAST = ip_network("2000::/3")  # all that has been given out of IPv6
_NAT64 = ip_network("64:ff9b::/96")
_REFUSED = tuple(
    map(
        ip_network,
        (
            "192.0.0.0/24",  # protocol assignments; one cloud keeps its metadata there
            "192.88.99.0/24",  # 6to4 relays
            "168.63.129.16/32",  # public by its number, and yet the host under a virtual machine of one cloud
            "2001::/23",  # Teredo and other protocol assignments
            "2001:db8::/32",  # documentation
            "3fff::/20",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in parts: host lower-case in ASCII, IPv6 without brackets; target is path and query, percent-encoded."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def netloc(self) -> str:
        """Host and port as the Host header has them, without the port that the scheme implies."""
        return _bracketed(self.host) + ("" if self.port == PORTS[self.scheme] else f":{self.port}")

    @property
    def place(self) -> str:
        """Host and port, always both, as the setting `reach` has them."""
        return f"{_bracketed(self.host)}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.netloc}"

    @property
    def url(self) -> str:
        return self.origin + self.target

    def at(self, ip: IP) -> str:
        """Return the address with an IP address in the place of the host."""
        return f"{self.scheme}://{_bracketed(str(ip))}:{self.port}{self.target}"

    def sibling(self, path: str) -> "Address":
        """Return another path of the same origin."""
        return Address(self.scheme, self.host, self.port, path)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def parse(url: str) -> Address:
    """Return a web address in parts, without credentials and fragment. Raise ForbiddenAddress for what is none."""
    if len(url) > LONGEST:
        raise _no_address(url, f"is an address of more than {LONGEST:,} characters")
    try:
        parts = urlsplit(url.strip())
        scheme, port = parts.scheme, parts.port
    except ValueError as error:
        raise _no_address(url, "is not written as a web address is") from error
    if scheme not in PORTS:
        raise _no_address(url, "does not begin with http:// or https://, and nothing else is fetched")
    try:
        host, target = _host(parts.hostname or "", parts.netloc), _target(parts.path, parts.query)
    except ValueError as error:
        raise _no_address(url, "does not name a host, or spells it in an unusual way") from error
    return Address(scheme, host, PORTS[scheme] if port is None else port, target)


def _no_address(url: str, message: str) -> ForbiddenAddress:
    return ForbiddenAddress(shown(url.strip()), message, hint="copy the address out of the browser's address bar")


def _host(name: str, netloc: str) -> str:
    """Return a host as it is looked up. Raise ValueError where it is neither a name nor a plainly written IP address."""
    if "\\" in netloc:  # what stands before it is the host to some programs, what stands behind to others
        raise ValueError(netloc)
    if netloc.rpartition("@")[2].startswith("["):
        if "%" in name:  # a zone, which means something on this machine alone
            raise ValueError(name)
        return str(IPv6Address(name))
    host = (name if name.isascii() else _in_ascii(name)).lower().removesuffix(".")
    if _NUMBER_LAST.search(host):
        return str(IPv4Address(host))
    if not _NAME.fullmatch(host):
        raise ValueError(host)
    return host


def _in_ascii(name: str) -> str:
    import idna  # few hosts need it

    return idna.encode(name, uts46=True).decode("ascii")


def _target(path: str, query: str) -> str:
    """Return path and query as they are sent. Raise ValueError for halves of surrogate pairs."""
    path = quote(_LONE_PERCENT.sub("%25", _without_dots(path)), safe=_IN_PATH)
    return path + ("?" + quote(_LONE_PERCENT.sub("%25", query), safe=_IN_QUERY) if query else "")


def _without_dots(path: str) -> str:
    """Take `.` and `..` out of a path, so that what robots.txt is asked about is what is then asked for (RFC 3986, 5.2.4)."""
    kept: list[str] = []
    for part in path.split("/")[1:]:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    return "/" + "/".join(kept) + ("/" if kept and kept[-1] and path.endswith(("/.", "/..")) else "")


def follow(base: Address, location: str) -> Address:
    """Return where a redirect leads. Raise ForbiddenAddress."""
    try:
        return parse(urljoin(base.url, location.strip()))
    except ValueError as error:
        raise _no_address(location[:200], "is not written as a web address is") from error


def normal(url: str) -> str:
    """Return an address in one form: host lower-case in ASCII, no credentials, fragment or implied port; else what was given."""
    try:
        return parse(url).url
    except ForbiddenAddress:
        return shown(url.strip())


def is_link(text: str) -> bool:
    """Tell whether a text begins as a link does."""
    return text[:8].lower().startswith(("http://", "https://"))


def shown(text: str) -> str:
    """Return a text that can be printed: what steers terminals, turns lines round or is no character is percent-encoded."""
    return _CONTROL.sub(lambda found: quote(found[0], errors="surrogatepass"), text)


def literal(text: str) -> IP | None:
    """Return the IP address that a host is, if it is one; one of IPv4 in the clothes of IPv6 as what it is."""
    try:
        ip = ip_address(text)
    except ValueError:
        return None
    return (ip.ipv4_mapped or ip) if isinstance(ip, IPv6Address) else ip


def is_public(ip: IP) -> bool:
    """Tell whether an IP address is one of the world: not of this machine, this network, a group or a way round to one of them."""
    if isinstance(ip, IPv6Address):
        if inner := _inside(ip):
            return is_public(inner)
        if ip.scope_id or ip not in _UNICAST:
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in refused for refused in _REFUSED)


def _inside(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that one of IPv6 is a way to."""
    return ip.ipv4_mapped or ip.sixtofour or (IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None)
