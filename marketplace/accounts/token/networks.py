"""The network of an address: what is kept of where somebody came from."""

from ipaddress import IPv6Address, ip_address, ip_network

BITS_OF_4, BITS_OF_6 = 24, 48


def network_of(address: str) -> str:
    """Return the network of an IP address: 256 neighbours, or an IPv6 site; "" where it is none.

    An address alone names a household. Its network shows whether a token is used from where it
    should be, and no more.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is None:
            return str(ip_network((found, BITS_OF_6), strict=False))
        found = found.ipv4_mapped
    return str(ip_network((found, BITS_OF_4), strict=False))
