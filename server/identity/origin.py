"""Tells where a request comes from: which site asked, and which network address.

The site is told by browsers themselves (Fetch Metadata). A page of another site can make a browser send our cookie; it
cannot make it lie about the site that asked.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import HTTPConnection

from server.kernel.addresses import origin_of

OURS = frozenset({"same-origin", "none"})
"""Sent by a page of ours, or by a person who typed the address."""


def is_from_here(request: HTTPConnection, issuer: str) -> bool:
    """Return whether a page of this server sent the request, or a person who typed the address.

    Browsers that do not send `Sec-Fetch-Site` are judged by their `Origin`. Without either header the answer is False:
    no cookie is believed then.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in OURS
    origin = request.headers.get("origin")
    return origin is not None and origin == origin_of(issuer)


def address_of(request: HTTPConnection) -> str:
    """Return the address a request comes from, as far as the proxy in front is believed.

    For IPv6 it is the network of 64 bits that one household gets. A server that listens for both gets IPv4 addresses
    inside IPv6 ones.
    """
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return host
