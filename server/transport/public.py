"""Hold visitors who are not signed in to less than others, where a server answers them at all."""

import time
from collections.abc import Callable

from starlette.requests import HTTPConnection

from server.transport.errors import Code, RequestRefused
from server.transport.shares import Shares
from server.transport.shelves import PreparedDocument

PUBLIC_COST = 12_000
"""Highest cost of an operation of the public, of 40,000 that others may ask. A page of a comparison costs 11,414."""
TOO_MANY = "Too many queries came from this address. Go on later, or sign in."
MINUTE = 60.0


class PublicLimits:
    """The limits of visitors who are not signed in: the cost of an operation, and how many a minute from an address."""

    def __init__(self, in_a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._shares = Shares(in_a_minute, in_a_minute / MINUTE, clock, TOO_MANY)

    def check(self, connection: HTTPConnection, prepared: PreparedDocument) -> None:
        """Count one operation. Raise RequestRefused (LIMIT_EXCEEDED, RATE_LIMITED) if it is too dear, or one too many.

        An address is counted for its process: several processes of a server answer so many each.
        """
        if prepared.cost > PUBLIC_COST:
            message = f"The operation costs {prepared.cost}; {PUBLIC_COST} is allowed to those who are not signed in."
            raise RequestRefused(Code.LIMIT_EXCEEDED, message)
        address = connection.client.host if connection.client else ""
        self._shares.check(address)
        self._shares.use(address, 1)
