"""Where a server is: on this machine, in the private network, or elsewhere, which is the cloud whoever runs it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum
from ipaddress import ip_address

from assistant.errors import WebError
from assistant.wire import is_near

RESOLVE_S = 5.0
"""To find a name; mDNS answers within one."""


class Where(StrEnum):
    """How far away something is."""

    HERE = "this machine"
    NEAR = "the private network"
    FAR = "the internet"


Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""Finds a name's addresses. Raises OSError."""


async def resolved(host: str) -> list[str]:
    """Return a name's addresses, as the system finds them: its hosts file, mDNS, DNS. Raises OSError."""
    async with asyncio.timeout(RESOLVE_S):
        found = await asyncio.get_running_loop().getaddrinfo(host, None)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


async def where(host: str, resolve: Resolve = resolved) -> Where:
    """Return where a host is: as far away as the farthest of its addresses. Raises WebError when there is no such host.

    Asked anew for every connection, because a name can mean another address by then.
    """
    try:
        addresses = await resolve(host)
    except (OSError, UnicodeError) as error:
        raise WebError(f"There is no machine called {host} in this network.", f"网络里找不到 {host}。") from error
    places = list(map(where_is, addresses))
    return next((place for place in (Where.FAR, Where.NEAR) if place in places), Where.HERE if places else Where.FAR)


def where_is(address: str) -> Where:
    """Return where an IP address is."""
    if is_loopback(address):
        return Where.HERE
    return Where.NEAR if is_near(address) else Where.FAR


def is_this_machine(host: str) -> bool:
    """Tell whether a host is this machine whatever anybody's names resolve to: by its loopback address, or as "localhost" (RFC 6761)."""
    return host == "localhost" or is_loopback(host)


def is_loopback(address: str) -> bool:
    """Tell whether an IP address is this machine's own."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return (getattr(ip, "ipv4_mapped", None) or ip).is_loopback
