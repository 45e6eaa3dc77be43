"""Read the messages of graphql-transport-ws that a client may send, and write the one that holds a response.

Any other message of a client closes the socket.

Source: PROTOCOL.md of the package graphql-ws.
"""

from typing import Any, NamedTuple, TypeAlias

from server.transport.credentials import ACTING_AS, AUTHORIZATION, HINT, fold_name, is_token
from server.transport.errors import RequestRefused
from server.transport.limits import Limits
from server.transport.request import GraphQLParameters, check_parameters, json_of
from server.transport.response import encode

SUBPROTOCOL = "graphql-transport-ws"
LONGEST_ID = 100
"""Longest id of an operation, in characters."""
LONGEST_REASON = 123
"""Longest reason of a close frame, in bytes (RFC 6455)."""
HEADERS = {AUTHORIZATION: b"authorization", ACTING_AS: b"acting-as"}
"""The fields that `connection_init` may carry, by their folded names, and the header that each stands for."""

CLOSE_CODES = {401: 4403, 403: 4403, 503: 1012}
"""The code of the close frame by the HTTP status of a refusal that concerns the connection, not one operation."""


class SocketClosed(Exception):
    """Raised to close the socket from our side, with a code of the protocol and a reason that the client may read."""

    def __init__(self, code: int, reason: str = "") -> None:
        super().__init__(reason)
        self.code = code
        # cut in bytes, and without half a character at the end
        self.reason = reason.encode("utf-8", "replace")[:LONGEST_REASON].decode("utf-8", "ignore")


def closing_of(refusal: RequestRefused) -> SocketClosed:
    """Return how a socket is closed for a refusal that concerns the connection."""
    return SocketClosed(CLOSE_CODES.get(refusal.status, 4403), str(refusal))


class Init(NamedTuple):
    """The first message, `connection_init`, with the headers that its fields stand for."""

    headers: list[tuple[bytes, bytes]]


class Subscribe(NamedTuple):
    """A request to execute an operation: a query, a mutation or a subscription."""

    id: str
    parameters: GraphQLParameters


class Complete(NamedTuple):
    """A request to end an operation."""

    id: str


class Ping(NamedTuple):
    """A question whether the server is there; the answer, `pong`, repeats the payload."""

    payload: dict[str, Any] | None


class Pong(NamedTuple):
    """The answer to a ping. The server sends no ping, so it is ignored."""


class Next(NamedTuple):
    """The envelope of a response: the message `next` of the operation with this id."""

    id: str

    def wrap(self, payload: bytes) -> dict[str, Any]:
        """Return the message of ASGI with a GraphQL response, which is given as JSON."""
        text = f'{{"type":"next","id":{encode(self.id).decode()},"payload":{payload.decode()}}}'
        return {"type": "websocket.send", "text": text}


Frame: TypeAlias = Init | Subscribe | Complete | Ping | Pong


def frame_of(text: str | None, limits: Limits) -> Frame:
    """Read a message; `text` is None for a binary message. Raise SocketClosed (4400) if it is not well-formed."""
    if text is None:
        raise SocketClosed(4400, "Messages are JSON as text.")
    body = text.encode("utf-8", "surrogatepass")  # a lone surrogate is refused below, as JSON that is not well-formed
    if len(body) > limits.body_bytes:
        raise SocketClosed(4400, f"The message is larger than {limits.body_bytes} bytes.")
    try:
        message = json_of(body, "The message", limits)
        if not isinstance(message, dict):
            raise SocketClosed(4400, "A message is a JSON object.")
        return _read_frame(message, len(body), limits)
    except RequestRefused as refusal:
        raise SocketClosed(4400, str(refusal)) from refusal


def _read_frame(message: dict[str, Any], size: int, limits: Limits) -> Frame:
    match message.get("type"):
        case "connection_init":
            return Init(_read_headers(_read_payload(message) or {}))
        case "subscribe":
            payload = _read_payload(message)
            if payload is None:
                raise SocketClosed(4400, "The payload of subscribe is missing.")
            return Subscribe(_read_id(message), check_parameters(payload, size, limits))
        case "complete":
            return Complete(_read_id(message))
        case "ping":
            return Ping(_read_payload(message))
        case "pong":
            _read_payload(message)  # only to close the socket if it is not well-formed
            return Pong()
    raise SocketClosed(4400, "The message has no type that a client may send.")


def _read_payload(message: dict[str, Any]) -> dict[str, Any] | None:
    payload = message.get("payload")
    if payload is not None and not isinstance(payload, dict):
        raise SocketClosed(4400, "The payload of a message is a JSON object.")
    return payload


def _read_id(message: dict[str, Any]) -> str:
    id_ = message.get("id")
    if not isinstance(id_, str) or not 1 <= len(id_) <= LONGEST_ID:
        raise SocketClosed(4400, f"The id of an operation is a text of 1 to {LONGEST_ID} characters.")
    return id_


def _read_headers(payload: dict[str, Any]) -> list[tuple[bytes, bytes]]:
    """Return the headers that `connection_init` stands for, in any spelling, at its top or under `headers`.

    Raise SocketClosed for a credential that cannot be used: who sends one must not be served as nobody.
    """
    headers: dict[bytes, bytes] = {}
    for name, value in _list_fields(payload):
        if is_token(name):
            raise SocketClosed(4401, HINT)
        header = HEADERS.get(fold_name(name))
        if header is None:
            continue
        if not isinstance(value, str):
            raise SocketClosed(4400, f"The {name} of connection_init is a text.")
        sent = value.encode("latin-1", "replace")
        if headers.setdefault(header, sent) != sent:
            raise SocketClosed(4400, f"The {name} of connection_init is sent twice, with different values.")
    return list(headers.items())


def _list_fields(payload: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the fields of `connection_init` and of its `headers`; a field that is null counts as left out."""
    fields = [(name, value) for name, value in payload.items() if value is not None]
    for name, value in tuple(fields):
        if fold_name(name) == "headers":
            if not isinstance(value, dict):
                raise SocketClosed(4400, f"The {name} of connection_init is a JSON object.")
            fields += ((each, sent) for each, sent in value.items() if sent is not None)
    return fields
