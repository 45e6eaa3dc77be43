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


OF_ADDRESS = "this address"
OF_PERSON = "this person"
OF_NOBODY = "visitors at this address who are not signed in"


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

    def count(self, kind: str) -> int:
        """Return how many connections are open under the keys of one kind."""
        return sum(number for (of, _), number in self._open.items() if of == kind)

    def remove(self, key: tuple[str, str]) -> None:
        """Count one less under a key."""
        self._open[key] -= 1
        if not self._open[key]:
            del self._open[key]  # else the counter would keep everybody who ever came


class Seat:
    """One open connection, counted under its address and, once named, under its person.

    Raise RequestRefused (LIMIT_EXCEEDED) if its address has too many.
    """

    __slots__ = ("_address", "_connections", "_person")

    def __init__(self, connections: Connections, connection: HTTPConnection) -> None:
        self._address: str | None = connection.client.host if connection.client else ""
        self._person: str | None = None
        self._connections = connections
        connections.add((OF_ADDRESS, self._address), connections.most.of_address)

    def name(self, person: str) -> None:
        """Count the connection under its person, "" for nobody. Raise RequestRefused (LIMIT_EXCEEDED)."""
        most = self._connections.most
        self._connections.add(self._key_of(person), most.of_person if person else most.of_nobody)
        self._person = person

    def leave(self) -> None:
        """Count the connection no longer."""
        if self._person is not None:
            self._connections.remove(self._key_of(self._person))
        if self._address is not None:
            self._connections.remove((OF_ADDRESS, self._address))
        self._address = self._person = None

    def _key_of(self, person: str) -> tuple[str, str]:
        return (OF_PERSON, person) if person else (OF_NOBODY, self._address or "")
