"""Links over TLS: a certificate holds for the name that was asked for, or nothing is sent."""

import ssl
from collections.abc import Iterator
from dataclasses import dataclass

import misbehaving as mis
import pytest
from asking_links import NOBODY, SHORT, World, code, got, settings
from misbehaving import Answering, Server, raw, serving, whole

from headwater.intake.links import Ask, fetch
from headwater.records import Problem


@dataclass(frozen=True)
class Sealed:
    """A server over TLS, and a client's trust in its certificate."""

    server: Server
    trust: ssl.SSLContext


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sealed]:
    """A server whose certificate, for good.example, it signed itself."""
    path = mis.certificate(tmp_path_factory.mktemp("tls"), "good.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    with serving({"/*": whole()}, context) as server:
        yield Sealed(server, ssl.create_default_context(cafile=path))


def test_a_host_is_read_over_tls_under_its_name(sealed: Sealed) -> None:
    """The connection goes to an IP address, and the certificate is still held against the host's name."""
    place = f"good.example:{sealed.server.port}"
    world = World({"good.example": ["127.0.0.1"]})
    (found,) = got([Ask(f"https://{place}/a")], settings(place), world, sealed.trust)
    assert (code(found), sealed.server.asked[-1].headers["host"]) == ("Item", place)


BAD_TLS = {
    "signed by itself": ("https://good.example:{}/a", NOBODY),
    "of another host": ("https://other.example:{}/a", None),
    "of no host": ("https://127.0.0.1:{}/a", None),
}


@pytest.mark.parametrize("kind", BAD_TLS)
def test_a_certificate_that_does_not_hold_is_a_problem_at_once(kind: str, sealed: Sealed) -> None:
    """Where a certificate does not hold nothing is sent, and nothing is tried again."""
    url, trust = BAD_TLS[kind]
    hosts, port, world = ("good.example", "other.example", "127.0.0.1"), sealed.server.port, World()
    world.names = {host: ["127.0.0.1"] for host in hosts}
    before, opened = len(sealed.server.asked), sealed.server.opened
    told = settings(*(f"{host}:{port}" for host in hosts))
    (found,) = got([Ask(url.format(port))], told, world, trust or sealed.trust)
    assert (code(found), len(sealed.server.asked), sealed.server.opened) == ("HW211", before, opened + 1)
    assert isinstance(found, Problem)
    assert "certificate" in found.message


def test_a_connection_serves_one_name_alone(sealed: Sealed) -> None:
    """Two names on one IP address do not share a connection: the second one's certificate is looked at too."""
    port = sealed.server.port
    world = World({f"{host}.example": ["127.0.0.1"] for host in ("good", "other")})
    asks = [Ask(f"https://{host}.example:{port}/a") for host in ("good", "other")]
    told = settings(*(f"{host}.example:{port}" for host in ("good", "other")), fetch_hosts=1)
    assert [code(each) for each in got(asks, told, world, sealed.trust)] == ["Item", "HW211"]


@pytest.mark.parametrize("answer", [whole(), mis.silent, raw(b"")])
def test_a_server_without_tls_is_unreachable_over_it(answer: Answering) -> None:
    """A plain server under https, one that says nothing and one that hangs up are problems."""
    with serving(
        {"/*": answer}
    ) as server:  # by asyncio's own clock: such a server waits on and on for the rest of a request
        endings = fetch([Ask(f"https://{server.place}/a")], settings(server.place, **SHORT), trust=NOBODY)
        (found,) = [each for each in endings if each is not None]
    assert code(found) in ("HW211", "HW213")
