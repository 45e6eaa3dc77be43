"""The messages of graphql-transport-ws that a client may send, read strictly: what is none of them closes the socket.

Source: PROTOCOL.md of the package graphql-ws.
"""

from typing import Any, NamedTuple, TypeAlias

from server.transport.errors import RequestRefused
from server.transport.limits import Limits
from server.transport.request import GraphQLParameters, json_of, typed_parameters

SUBPROTOCOL = "graphql-transport-ws"
LONGEST_ID = 100
"""Longest id of an operation, in characters."""
LONGEST_REASON = 123
"""Longest reason of a close frame, in bytes (RFC 6455)."""
HEADERS = {"authorization": b"authorization", "actingAs": b"acting-as"}
"""What `connection_init` may carry, and the header it stands for."""


class SocketClosed(Exception):
    """The socket is closed from our side, with a code of the protocol and a reason that the client may read."""

    def __init__(self, code: int, reason: str = "") -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason.encode("utf-8", "replace")[:LONGEST_REASON].decode("utf-8", "ignore")


class Init(NamedTuple):
    """The first message, with the headers it stands for."""

    headers: list[tuple[bytes, bytes]]


class Subscribe(NamedTuple):
    """An operation of any kind."""

    id: str
    parameters: GraphQLParameters


class Complete(NamedTuple):
    """The client wants no more of an operation."""

    id: str


class Ping(NamedTuple):
    """A question whether we are there; the answer repeats the payload."""

    payload: dict[str, Any] | None


class Pong(NamedTuple):
    """An answer to nothing that was asked."""


Frame: TypeAlias = Init | Subscribe | Complete | Ping | Pong


def frame_of(text: str | None, limits: Limits) -> Frame:
    """Read a message; None is one that is not text. Raises SocketClosed (4400)."""
    if text is None:
        raise SocketClosed(4400, "Messages are JSON as text.")
    sent = text.encode("utf-8", "surrogatepass")
    if len(sent) > limits.body_bytes:
        raise SocketClosed(4400, f"The message is larger than {limits.body_bytes} bytes.")
    try:
        message = json_of(sent, "The message", limits)
        if not isinstance(message, dict):
            raise SocketClosed(4400, "A message is a JSON object.")
        return _frame(message, len(sent), limits)
    except RequestRefused as refusal:
        raise SocketClosed(4400, str(refusal)) from refusal


def _frame(message: dict[str, Any], size: int, limits: Limits) -> Frame:
    match message.get("type"):
        case "connection_init":
            return Init(_headers(_payload(message) or {}))
        case "subscribe":
            payload = _payload(message)
            if payload is None:
                raise SocketClosed(4400, "The payload of subscribe is missing.")
            return Subscribe(_id(message), typed_parameters(payload, size, limits))
        case "complete":
            return Complete(_id(message))
        case "ping":
            return Ping(_payload(message))
        case "pong":
            _payload(message)
            return Pong()
    raise SocketClosed(4400, "The message has no type that a client may send.")


def _payload(message: dict[str, Any]) -> dict[str, Any] | None:
    payload = message.get("payload")
    if payload is not None and not isinstance(payload, dict):
        raise SocketClosed(4400, "The payload of a message is a JSON object.")
    return payload


def _id(message: dict[str, Any]) -> str:
    id_ = message.get("id")
    if not isinstance(id_, str) or not 1 <= len(id_) <= LONGEST_ID:
        raise SocketClosed(4400, f"The id of an operation is a text of 1 to {LONGEST_ID} characters.")
    return id_


def _headers(payload: dict[str, Any]) -> list[tuple[bytes, bytes]]:
    headers = []
    for name, header in HEADERS.items():
        value = payload.get(name)
        if value is None:
            continue
        if not isinstance(value, str):
            raise SocketClosed(4400, f"The {name} of connection_init is a text.")
        headers.append((header, value.encode("latin-1", "replace")))
    return headers
