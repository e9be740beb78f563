"""Whose word on the caller's address is believed: trusted proxies' alone, read from the end."""

import pytest
from hypothesis import given
from hypothesis.strategies import ip_addresses, lists, text

from palmcheck.kernel.proxies import client_address, networks_of

TRUSTED = networks_of("127.0.0.1, 10.0.0.0/8, ::1")


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.7", ["198.51.100.1"], "203.0.113.7"),  # a stranger writes what he likes
        ("10.0.0.2", [], "10.0.0.2"),
        ("10.0.0.2", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.2", ["1.2.3.4, 198.51.100.1"], "198.51.100.1"),  # the first was forged before the proxy
        ("10.0.0.2", ["1.2.3.4", "198.51.100.1, 10.0.0.9"], "198.51.100.1"),  # two proxies, two headers
        ("10.0.0.2", ["10.0.0.3"], "10.0.0.3"),  # somebody in the house itself
        ("10.0.0.2", ["unknown"], "10.0.0.2"),
        ("10.0.0.2", ["198.51.100.1, nonsense"], "10.0.0.2"),
        ("::1", ["[2001:db8::1]:4711"], "2001:db8::1"),
        ("10.0.0.2", ["198.51.100.1:4711"], "198.51.100.1"),
        ("::ffff:10.0.0.2", ["::ffff:198.51.100.1"], "198.51.100.1"),
    ],
)
def test_the_caller_is_the_last_address_that_is_no_trusted_proxy(
    peer: str, forwarded: list[str], expected: str
) -> None:
    assert client_address(peer, forwarded, TRUSTED) == expected


@given(peer=ip_addresses(v=4), forwarded=lists(text(max_size=40), max_size=4))
def test_nothing_that_is_written_moves_a_stranger(peer: object, forwarded: list[str]) -> None:
    assert client_address(str(peer), forwarded, ()) == str(peer)


@given(forged=lists(text(max_size=40), max_size=4))
def test_what_a_caller_writes_before_the_proxy_is_never_read(forged: list[str]) -> None:
    assert client_address("10.0.0.2", [*forged, "198.51.100.1"], TRUSTED) == "198.51.100.1"


def test_what_is_no_network_is_told_at_the_start() -> None:
    with pytest.raises(ValueError, match="nginx"):
        networks_of("10.0.0.0/8, nginx")
