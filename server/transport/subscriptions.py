"""What is followed over a connection: the source that tells, the outlet that it tells, and who may listen."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol, TypeAlias

from starlette.requests import HTTPConnection
from starlette.types import Send

from server.transport.errors import RequestRefused
from server.transport.masking import refusal_of
from server.transport.metrics import OpenSubscriptions

Message: TypeAlias = MutableMapping[str, Any]
"""A message of ASGI."""
Ending: TypeAlias = Callable[[RequestRefused], None]
"""A function that ends a connection with the reason for which its caller may not stay."""


class Envelope(Protocol):
    """How a transport puts a response on the wire. Equal envelopes have equal messages, so that one serves for all."""

    def __hash__(self) -> int:
        """Return the hash by which messages are kept for equal envelopes."""
        ...

    def wrap(self, payload: bytes) -> Message:
        """Return the message with a GraphQL response, which is given as JSON."""
        ...


class Outlet(Protocol):
    """One open subscription as its source sees it."""

    @property
    def envelope(self) -> Envelope:
        """How a response is written for it."""
        ...

    def send(self, message: Message) -> Awaitable[None]:
        """Send a message, which its envelope made."""
        ...

    def end(self, error: Exception | None = None) -> None:
        """End the subscription: with an error if it failed, else because there is nothing more to tell."""
        ...


class Visiting(Protocol):
    """A caller over a connection that lasts: a WebSocket, or a stream of events."""

    @property
    def person(self) -> str:
        """The person under whom connections and subscriptions are counted, "" for nobody."""
        ...

    async def context(self, prepared: Any) -> Any:
        """Return the context of a subscription that begins now. Raise RequestRefused if the caller may not stay."""
        ...

    def follow(self, source: Any, outlet: Outlet) -> Callable[[], None]:
        """Tell an outlet what happens at a source, and return a function that stops it."""
        ...

    def leave(self) -> None:
        """Forget the caller, whose connection is over."""
        ...


VisitOf: TypeAlias = Callable[[HTTPConnection, Ending], Awaitable[Visiting]]
"""A function that returns the visit of a connection; it calls the second argument when the caller may not stay.

It may raise RequestRefused or Unauthenticated. A refusal with the status 503 says that the server is closing.
"""


class Subscription:
    """One open subscription: an outlet, which is counted until it is cancelled or ends.

    `send` is that of ASGI. When the source ends the subscription, `told` is called with what the client is told of its
    error, or with None when there is nothing more to tell.
    """

    __slots__ = ("_counted", "_label", "_person", "_request_id", "_stop", "_told", "envelope", "send")

    def __init__(
        self,
        envelope: Envelope,
        send: Send,
        told: Callable[[RequestRefused | None], None],
    ) -> None:
        self.envelope = envelope
        self.send = send
        self._told = told
        self._stop: Callable[[], None] | None = None
        self._counted: OpenSubscriptions | None = None

    def begin(self, visit: Visiting, source: Any, counted: OpenSubscriptions, request_id: str, label: str) -> None:
        """Begin to follow a source. `counted` counts the subscription already.

        An error of the source is logged under the request and the label of the operation.
        """
        # Nothing else is held: a document and its variables would stay for as long as somebody listens.
        self._counted, self._person, self._request_id, self._label = counted, visit.person, request_id, label
        self._stop = visit.follow(source, self)

    def end(self, error: Exception | None = None) -> None:
        """End the subscription on the side of its source."""
        if self._counted is not None:
            self.cancel()
            refusal = None
            if error is not None:
                refusal = refusal_of(error, request_id=self._request_id, operation=self._label)
            self._told(refusal)

    def cancel(self) -> None:
        """End the subscription on the side of the client, who is told nothing more."""
        counted, self._counted = self._counted, None
        if counted is not None:
            counted.remove(self._person)
        stop, self._stop = self._stop, None
        if stop is not None:
            stop()
