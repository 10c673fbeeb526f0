"""Decide which addresses the centre connects to on somebody's word.

A host is resolved once; every address that it has must be allowed, and the connection goes to the
address that was checked, so that a name that changes its mind meanwhile changes nothing."""

import ipaddress
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

Address = IPv4Address | IPv6Address


class AddressError(Exception):
    """An address that the centre does not connect to; `code` says why, with `parameters`."""

    def __init__(self, code: str, **parameters: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.parameters: dict[str, str | int] = parameters


LONGEST_HOST = 253
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.IGNORECASE)
# What other software reads as an IPv4 address in decimal, octal or hexadecimal digits.
NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)
NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Allowed:
    """The networks, in CIDR notation, and the ports that the administrator lists."""

    networks: Sequence[str]
    ports: Sequence[int]


@dataclass(frozen=True)
class Checked:
    """Where to connect: `host` is what certificates are compared with, `ip` is dialled."""

    host: str
    ip: str
    port: int


def check_form(host: str) -> str:
    """Return a host name or address as it is written in full.

    Raises:
        AddressError: `bad-host` for anything else: paths, options, addresses in odd notations.
    """
    host = host.strip()
    literal = _literal(host)
    if literal is not None:
        return str(literal)
    labels = host.removesuffix(".").split(".")
    is_name = len(host) <= LONGEST_HOST and all(LABEL.fullmatch(label) for label in labels)
    if not is_name or NUMBER.fullmatch(labels[-1]):
        raise AddressError("bad-host")
    return host.lower()


def check_port(port: int, allowed: Allowed) -> None:
    """Refuse a port that the administrator does not list.

    Raises:
        AddressError: `refused-port`.
    """
    if port not in allowed.ports:
        listed = ", ".join(str(number) for number in allowed.ports)
        raise AddressError("refused-port", port=port, allowed=listed)


def check_literal(host: str, allowed: Allowed) -> None:
    """Refuse an address, written as such, that is not allowed; nothing is resolved.

    Raises:
        AddressError: `refused-address`.
    """
    literal = _literal(host)
    if literal is not None and not is_allowed(literal, allowed.networks):
        raise AddressError("refused-address", host=host)


def checked_address(host: str, port: int, allowed: Allowed) -> Checked:
    """Resolve a host and answer the address to connect to.

    Raises:
        AddressError: `bad-host`, `refused-port`, `unresolved`, or `refused-address` where one of
            its addresses is not allowed.
    """
    host = check_form(host)
    check_port(port, allowed)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise AddressError("unresolved", host=host) from None
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not addresses or not all(is_allowed(address, allowed.networks) for address in addresses):
        raise AddressError("refused-address", host=host)
    return Checked(host, str(plain(addresses[0])), port)


def is_allowed(address: Address, networks: Sequence[str]) -> bool:
    """Return whether an address lies in a listed network and is none that nobody may list.

    Link-local addresses, where clouds keep their machines' credentials, and multicast, unspecified
    and reserved ones are never allowed. A private or loopback address needs a network listed that
    is itself private or loopback: `0.0.0.0/0` opens the public addresses alone.
    """
    address = plain(address)
    if (
        address.is_link_local
        or address.is_multicast
        or address.is_unspecified
        or (address.is_reserved and not address.is_loopback)
        or getattr(address, "is_site_local", False)
    ):
        return False
    for text in networks:
        network = ipaddress.ip_network(text)
        if network.version != address.version or address not in network:
            continue
        if address.is_loopback:
            if network.is_loopback:
                return True
        elif address.is_global or network.is_private:
            return True
    return False


def plain(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one stands for, else the address itself."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address.teredo is not None:
            inner = address.teredo[1]
        if inner is None and (address in NAT64 or (int(address) >> 32 == 0 and int(address) > 1)):
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        return inner or address
    return address


def _literal(host: str) -> Address | None:
    is_bracketed = host.startswith("[") and host.endswith("]")
    try:
        found = ipaddress.ip_address(host[1:-1] if is_bracketed else host)
    except ValueError:
        return None
    return None if "%" in host else found
