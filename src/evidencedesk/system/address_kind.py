"""Which part of the network an address belongs to: the internet, or this computer and what is near it."""

from __future__ import annotations

import ipaddress
from enum import StrEnum

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class AddressKind(StrEnum):
    """Where whoever answers at an address is."""

    PUBLIC = "public"
    LOOPBACK = "loopback"
    LINK_LOCAL = "link-local"
    PRIVATE = "private"


def address_kind(address: str) -> AddressKind:
    """The kind of a numeric address. Raises ValueError for anything else."""
    found = _inner(ipaddress.ip_address(address))
    if found.is_loopback or found.is_unspecified:  # whoever connects to 0.0.0.0 reaches this computer
        return AddressKind.LOOPBACK
    if found.is_link_local:
        return AddressKind.LINK_LOCAL
    if found.is_global and not found.is_multicast:
        return AddressKind.PUBLIC
    return AddressKind.PRIVATE


def _inner(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The IPv4 address that an IPv6 address stands for, where it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
