"""Serve GraphQL over WebSocket: one ASGI application for `/graphql`, with the subprotocol graphql-transport-ws only.

Source: PROTOCOL.md of the package graphql-ws. The caller is read from the database at `connection_init`, again for
every query and mutation, and checked for as long as the connection lasts. An operation goes through the same pipeline
as over HTTP.
"""

from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send

from server.transport.connections import Connections, Seat
from server.transport.conversation import TRY_AGAIN_LATER, Conversation
from server.transport.errors import RequestRefused
from server.transport.frames import SUBPROTOCOL
from server.transport.patience import IDLE_SECONDS, INIT_SECONDS
from server.transport.pipeline import ContextFor, Pipeline
from server.transport.subscriptions import VisitOf

MOST_OPERATIONS = 50
"""Operations that one connection may have open at once."""


class GraphQLWebSocket:
    """An ASGI application that serves a schema over WebSocket, for a Starlette `WebSocketRoute`.

    `connection_init` may carry `authorization` and `actingAs`: they stand for the headers Authorization and Acting-As,
    which a browser cannot send with a WebSocket. Queries and subscriptions are cancelled when the client leaves;
    mutations are completed. A client that has not sent `connection_init` in `init_seconds`, and a visitor who is not
    signed in and asks nothing for `idle_seconds`, is sent away.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        context_for: ContextFor,
        visit_of: VisitOf,
        *,
        connections: Connections | None = None,
        init_seconds: float = INIT_SECONDS,
        idle_seconds: float = IDLE_SECONDS,
        operations: int = MOST_OPERATIONS,
    ) -> None:
        self.pipeline = pipeline
        self.context_for = context_for
        self.visit_of = visit_of
        self.connections = connections or Connections()
        self.init_seconds = init_seconds
        self.idle_seconds = idle_seconds
        self.operations = operations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection from its handshake to its end."""
        await receive()  # `websocket.connect`, the first message of ASGI
        is_ours = SUBPROTOCOL in scope.get("subprotocols", ())
        # a close code reaches the client only after the handshake
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL if is_ours else None, "headers": []})
        if not is_ours:
            await send({"type": "websocket.close", "code": 4406, "reason": "Subprotocol not acceptable"})
            return
        try:
            seat = Seat(self.connections, HTTPConnection(scope))
        except RequestRefused as refusal:
            await send({"type": "websocket.close", "code": TRY_AGAIN_LATER, "reason": str(refusal)})
            return
        try:
            await Conversation(self, scope, receive, send, seat).hold()
        finally:
            seat.leave()
