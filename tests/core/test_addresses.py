"""Which addresses the centre connects to on an officer's word."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.addresses import (
    AddressError,
    Allowed,
    check_form,
    checked_address,
    is_allowed,
    plain,
)

EVERYTHING = ("0.0.0.0/0", "::/0")
INTRANET = ("10.20.0.0/16", "fd00::/8")
LOOPBACK = ("127.0.0.0/8", "::1/128")


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "::", "169.254.169.254", "fe80::1"),
        *("10.20.1.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "fd00::1", "fec0::1"),
        *("224.0.0.1", "ff02::1", "255.255.255.255", "240.0.0.1"),
        *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:10.0.0.1", "::127.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a9fe:a9fe::1"),
    ],
)
def test_listing_the_internet_opens_nothing_inside(address: str) -> None:
    assert not is_allowed(ip_address(address), EVERYTHING)
    assert not is_allowed(ip_address(address), ())


@pytest.mark.parametrize(
    ("address", "networks", "expected"),
    [
        ("8.8.8.8", EVERYTHING, True),
        ("2606:4700::1", EVERYTHING, True),
        ("8.8.8.8", INTRANET, False),
        ("10.20.1.1", INTRANET, True),
        ("10.21.1.1", INTRANET, False),
        ("::ffff:10.20.1.1", INTRANET, True),
        ("fd00::5", INTRANET, True),
        ("127.0.0.1", LOOPBACK, True),
        ("::1", LOOPBACK, True),
        ("127.0.0.1", INTRANET, False),
        # Where clouds keep their machines' credentials: not even when listed by name.
        ("169.254.169.254", ("169.254.169.254/32",), False),
        ("fe80::1", ("fe80::/10",), False),
        ("0.0.0.0", ("0.0.0.0/8",), False),
        ("224.0.0.5", ("224.0.0.0/4",), False),
    ],
)
def test_what_the_administrator_lists_is_open(
    address: str, networks: tuple[str, ...], expected: bool
) -> None:
    assert is_allowed(ip_address(address), networks) is expected


@given(st.ip_addresses(v=4))
def test_a_mapped_address_is_judged_as_the_address_in_it(address: Any) -> None:
    mapped = ip_address(f"::ffff:{address}")
    assert plain(mapped) == address
    assert is_allowed(mapped, EVERYTHING) == is_allowed(address, EVERYTHING)


@given(st.ip_addresses())
def test_no_address_is_open_where_nothing_is_listed(address: Any) -> None:
    assert not is_allowed(address, ())


@pytest.mark.parametrize(
    "host",
    [
        *("", " ", "2130706433", "0x7f000001", "017700000001", "0177.0.0.1", "127.1", "0x7f.1"),
        *("127.0.0.1:5432", "user@host", "host/path", "/var/run/postgresql", "@socket", "[::1"),
        *("a,b", "host port", "host\nname", "host?sslrootcert=x", "-host", "host-", "a..b"),
        *("fe80::1%eth0", "数据库", "a" * 64, ".".join(["abcdefgh"] * 40), "host\x00"),
    ],
)
def test_other_notations_are_refused(host: str) -> None:
    with pytest.raises(AddressError) as refused:
        check_form(host)
    assert refused.value.code == "bad-host"


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("db.example.org", "db.example.org"),
        ("DB-1.Example.org.", "db-1.example.org."),
        ("db_1", "db_1"),
        (" 10.20.30.40 ", "10.20.30.40"),
        ("[fd00::1]", "fd00::1"),
    ],
)
def test_names_and_addresses_in_full_are_taken(host: str, expected: str) -> None:
    assert check_form(host) == expected


def test_a_port_that_is_not_listed_is_refused_before_anything_is_resolved() -> None:
    with pytest.raises(AddressError) as refused:
        checked_address("no-such-host.invalid", 22, Allowed(EVERYTHING, (5432,)))
    assert refused.value.code == "refused-port"
    assert refused.value.parameters == {"port": 22, "allowed": "5432"}


def test_a_name_that_nobody_knows_is_told() -> None:
    with pytest.raises(AddressError) as refused:
        checked_address("no-such-host.invalid", 5432, Allowed(EVERYTHING, (5432,)))
    assert refused.value.code == "unresolved"


def test_one_bad_address_of_a_name_refuses_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """The resolver is the edge: a name server of a stranger answers whatever it likes."""
    answers = ["8.8.8.8", "127.0.0.1"]

    def resolve(host: str, port: int, **options: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer, port)) for answer in answers]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    allowed = Allowed(EVERYTHING, (5432,))
    with pytest.raises(AddressError) as refused:
        checked_address("db.example.org", 5432, allowed)
    assert refused.value.code == "refused-address"
    answers.remove("127.0.0.1")
    assert checked_address("db.example.org", 5432, allowed).ip == "8.8.8.8"
