"""Who really calls when a proxy stands before the server, told only by proxies that the operator trusts.

Anybody can write X-Forwarded-For. What the server's own peer says is believed if that peer is a trusted proxy; the
header is then read from its end, where the nearest proxy wrote, up to the first address that is no trusted one.
"""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

Networks = Sequence[IPv4Network | IPv6Network]


def networks_of(text: str) -> Networks:
    """Addresses and networks (CIDR) from a list with commas. Raises ValueError naming what is none."""
    return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())


def client_address(peer: str, forwarded: Iterable[str], trusted: Networks) -> str:
    """The address of whoever calls; `forwarded`: the X-Forwarded-For headers in their order. Pure."""
    hops = [hop.strip() for header in forwarded for hop in header.split(",")]
    caller = peer
    while _is_among(caller, trusted) and hops:
        hop = _plain(hops.pop())
        if hop is None:
            break  # a trusted proxy wrote something that is no address: it is all that is known
        caller = hop
    return caller


def _is_among(address: str, trusted: Networks) -> bool:
    plain = _plain(address)
    return plain is not None and any(ip_address(plain) in network for network in trusted)


def _plain(hop: str) -> str | None:
    """An address without port, brackets or the IPv4-in-IPv6 form; None for anything else."""
    bare = hop[1:].partition("]")[0] if hop.startswith("[") else hop
    bare = bare.partition(":")[0] if bare.count(":") == 1 else bare
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


class TrustedProxies:
    """Puts the caller's own address and scheme into the request; it must be the outermost middleware."""

    def __init__(self, app: ASGIApp, trusted: Networks) -> None:
        self.app, self.trusted = app, trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Believes the headers of a trusted proxy, and nobody else's."""
        peer = scope.get("client")
        if scope["type"] == ScopeType.HTTP and self.trusted and peer and _is_among(peer[0], self.trusted):
            headers = [(name.lower(), value.decode("latin-1")) for name, value in scope["headers"]]
            forwarded = [value for name, value in headers if name == b"x-forwarded-for"]
            scope["client"] = (client_address(peer[0], forwarded, self.trusted), peer[1])
            schemes = [value.strip().lower() for name, value in headers if name == b"x-forwarded-proto"]
            if schemes and schemes[-1] in {"http", "https"}:
                scope["scheme"] = schemes[-1]
        await self.app(scope, receive, send)
