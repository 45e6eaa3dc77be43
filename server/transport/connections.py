"""Count the connections that last, and limit them: by address, and by person once that is known."""

from collections import Counter
from typing import NamedTuple

from starlette.requests import HTTPConnection

from server.transport.errors import Code, RequestRefused


class MostConnections(NamedTuple):
    """How many WebSockets and streams of events may be open at once."""

    of_person: int = 50
    of_address: int = 5_000
    of_nobody: int = 20
    """From one address, of visitors who are not signed in."""


class Connections:
    """The connections of one process that are open now."""

    def __init__(self, most: MostConnections | None = None) -> None:
        self.most = most or MostConnections()
        self._open: Counter[tuple[str, str]] = Counter()

    def add(self, key: tuple[str, str], most: int) -> None:
        """Count one more under a key. Raise RequestRefused (LIMIT_EXCEEDED) if there are `most` already."""
        if self._open[key] >= most:
            kind, _ = key
            message = f"There are {most} connections of {kind} already: end one before you begin another."
            raise RequestRefused(Code.LIMIT_EXCEEDED, message, status=429)
        self._open[key] += 1

    def remove(self, key: tuple[str, str]) -> None:
        """Count one less under a key."""
        self._open[key] -= 1
        if not self._open[key]:
            del self._open[key]  # else the counter would keep everybody who ever came


class Seat:
    """One open connection, counted under its address and, once named, under its person.

    Raise RequestRefused (LIMIT_EXCEEDED) if its address has too many.
    """

    __slots__ = ("_address", "_connections", "_keys")

    def __init__(self, connections: Connections, connection: HTTPConnection) -> None:
        self._address = connection.client.host if connection.client else ""
        self._connections = connections
        self._keys: tuple[tuple[str, str], ...] = ()
        self._add("this address", self._address, connections.most.of_address)

    def name(self, person: str) -> None:
        """Count the connection under its person, "" for nobody. Raise RequestRefused (LIMIT_EXCEEDED)."""
        most = self._connections.most
        if person:
            self._add("this person", person, most.of_person)
        else:
            self._add("visitors at this address who are not signed in", self._address, most.of_nobody)

    def leave(self) -> None:
        """Count the connection no longer."""
        keys, self._keys = self._keys, ()
        for key in keys:
            self._connections.remove(key)

    def _add(self, kind: str, name: str, most: int) -> None:
        self._connections.add((kind, name), most)
        self._keys = (*self._keys, (kind, name))
