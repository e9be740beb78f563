"""Under which addresses a phone in the same network finds this machine."""

import socket
from ipaddress import IPv4Address

PROBED = "192.0.2.1"
"""A documentation address (RFC 5737): asking for the way there sends no packet."""


def lan_address() -> IPv4Address:
    """The IPv4 address that this machine would speak from; the loopback where it has no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect((PROBED, 9))
        except OSError:
            return IPv4Address("127.0.0.1")
        return IPv4Address(asking.getsockname()[0])
