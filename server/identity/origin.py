"""Tells where a request comes from, by what browsers themselves say (Fetch Metadata).

A page of another site can make a browser send our cookie; it cannot make it lie about the site that asked.
"""

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
