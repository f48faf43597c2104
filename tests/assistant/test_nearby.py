"""Where a server is."""

import pytest

from assistant.errors import WebError
from assistant.nearby import Where, where, where_is


@pytest.mark.parametrize(
    ("address", "place"),
    [
        *[(address, Where.HERE) for address in ("127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1")],
        *[(address, Where.NEAR) for address in ("10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.5", "169.254.3.4")],
        *[(address, Where.NEAR) for address in ("fe80::1%eth0", "fd12::1", "fc00::1")],
        *[(address, Where.FAR) for address in ("8.8.8.8", "172.32.0.1", "172.15.255.255", "192.169.0.1", "11.0.0.1")],
        *[(address, Where.FAR) for address in ("2001:4860:4860::8888", "100.64.0.1", "::ffff:8.8.8.8", "fec0::1", "nonsense")],
    ],
)
def test_each_address_is_where_it_is(address, place):
    assert where_is(address) is place


def finding(*addresses):
    async def resolve(host):
        return addresses

    return resolve


@pytest.mark.parametrize(
    ("addresses", "place"),
    [
        (("127.0.0.1", "::1"), Where.HERE),
        (("192.168.1.5", "fe80::1"), Where.NEAR),
        (("127.0.0.1", "192.168.1.5"), Where.NEAR),
        (("192.168.1.5", "93.184.216.34"), Where.FAR),
        ((), Where.FAR),
    ],
)
async def test_a_name_is_as_far_as_the_farthest_of_its_addresses(addresses, place):
    assert await where("box.local", finding(*addresses)) is place


async def test_the_systems_own_names_are_found():
    assert await where("localhost") is Where.HERE
    assert await where("127.0.0.1") is Where.HERE
    assert await where("::1") is Where.HERE


async def test_a_name_nobody_has_is_told():
    async def nobody(host):
        raise OSError

    with pytest.raises(WebError, match="no machine called box"):
        await where("box", nobody)
