"""A small schema and a client, for the tests of the endpoint alone."""

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

import httpx2
import strawberry
from graphql import GraphQLError, GraphQLSchema
from starlette.requests import HTTPConnection, Request

from server.transport.endpoint import GraphQLEndpoint
from server.transport.errors import RequestRefused
from server.transport.pipeline import Pipeline
from server.transport.shelves import PreparedDocument
from server.transport.websocket import GraphQLWebSocket
from tests.factories.refusing import Watched

PASSWORD = "hunter2"


@dataclass
class Context:
    """What the sample resolvers share with a test."""

    prepared: PreparedDocument
    started: asyncio.Event = field(default_factory=asyncio.Event)
    release: asyncio.Event = field(default_factory=asyncio.Event)
    outcome: list[str] = field(default_factory=list)


@strawberry.input(one_of=True)
class Choice:
    key: strawberry.Maybe[int]
    name: strawberry.Maybe[str]


@strawberry.type
class Node:
    name: str = "node"

    @strawberry.field
    def child(self) -> "Node":
        return Node()

    @strawberry.field
    def broken(self) -> str | None:
        raise KeyError("the secret of the server")


async def waited(context: Context) -> str:
    """Say that the work began, then wait to be released; record how it ended."""
    context.started.set()
    try:
        await context.release.wait()
    except asyncio.CancelledError:
        context.outcome.append("cancelled")
        raise
    context.outcome.append("completed")
    return "done"


@strawberry.type
class Query:
    @strawberry.field
    def hello(self, name: str = "world") -> str:
        return f"hello {name}"

    @strawberry.field
    def node(self) -> Node:
        return Node()

    @strawberry.field
    def nodes(self) -> list[Node]:
        return [Node(), Node(), Node()]

    @strawberry.field
    def number(self, value: int) -> int:
        return value

    @strawberry.field
    def pick(self, choice: Choice) -> str:
        return "picked"

    @strawberry.field
    def failing(self, note: str = "") -> str | None:
        raise RuntimeError(f"no connection for {note}\nparameters: {PASSWORD}")

    @strawberry.field
    def forbidden(self) -> str | None:
        raise GraphQLError("Not for you.", extensions={"code": "FORBIDDEN"})

    @strawberry.field
    def unmarked(self) -> str | None:
        raise GraphQLError("An error that nobody meant for clients.")

    @strawberry.field
    def refused(self) -> str | None:
        raise RequestRefused("RATE_LIMITED", "Too many requests.")

    @strawberry.field
    def miscounted(self) -> int | None:
        return "seven secrets"  # type: ignore[return-value]

    @strawberry.field
    def odd(self) -> str:
        return "lone \ud800 surrogate"

    @strawberry.field
    async def slow(self, info: strawberry.Info[Context]) -> str:
        return await waited(info.context)


@strawberry.type
class Mutation:
    @strawberry.mutation
    def touch(self) -> str:
        return "touched"

    @strawberry.mutation
    async def slow(self, info: strawberry.Info[Context]) -> str:
        return await waited(info.context)


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def ticks(self, count: int = 1) -> AsyncGenerator[int]:
        for number in range(1, count + 1):
            yield number

    @strawberry.subscription
    async def slow(self, info: strawberry.Info[Context]) -> AsyncGenerator[str]:
        yield await waited(info.context)

    @strawberry.subscription
    async def failing(self) -> AsyncGenerator[int]:
        yield 1
        raise RuntimeError(PASSWORD)

    @strawberry.subscription
    async def forbidden(self, status: int = 403) -> AsyncGenerator[int]:
        yield 1
        raise RequestRefused("FORBIDDEN", "Not any longer.", status=status)

    @strawberry.subscription
    async def unwanted(self) -> AsyncGenerator[int]:
        raise GraphQLError("Not for you.", extensions={"code": "FORBIDDEN"})
        yield 1


SCHEMA: GraphQLSchema = strawberry.Schema(Query, Mutation, Subscription)._schema
GRAPHQL = {"accept": "application/graphql-response+json"}


async def context_for(request: Request, prepared: PreparedDocument) -> Context:
    """Build the context of the sample schema."""
    return Context(prepared)


class Guest:
    """A visitor who may stay until told otherwise."""

    def __init__(self, person: str = "guest") -> None:
        self.person = person
        self.over: asyncio.Future[RequestRefused] = asyncio.get_running_loop().create_future()

    async def wait_for_end(self) -> RequestRefused:
        """Wait until the guest is told to go."""
        return await self.over


async def visit_of(_: HTTPConnection) -> Guest:
    """Let everybody in."""
    return Guest()


def endpoint(**settings: Any) -> GraphQLEndpoint:
    """Serve the sample schema with the settings of a test."""
    context, visit = settings.pop("context_for", context_for), settings.pop("visit_of", None)
    return GraphQLEndpoint(Pipeline(SCHEMA, **settings), context, visit)


def websocket(**settings: Any) -> GraphQLWebSocket:
    """Serve the sample schema over WebSocket with the settings of a test."""
    own = {name: settings.pop(name) for name in ("init_seconds", "operations") if name in settings}
    context, visit = settings.pop("context_for", context_for), settings.pop("visit_of", visit_of)
    return GraphQLWebSocket(Pipeline(SCHEMA, **settings), context, visit, **own)


def client(app: Any) -> httpx2.AsyncClient:
    """Call an ASGI application without a network."""
    return httpx2.AsyncClient(transport=Watched(app=app), base_url="http://testserver")


async def post(app: Any, payload: Any, headers: dict[str, str] | None = None) -> httpx2.Response:
    """Send one GraphQL request as JSON, taking application/graphql-response+json."""
    async with client(app) as http:
        return await http.post("/graphql", json=payload, headers={**GRAPHQL, **(headers or {})})


async def send(
    body: bytes | None, *, app: Any = None, method: str = "POST", path: str = "/graphql", **headers: str
) -> httpx2.Response:
    """Send raw bytes; header names are written with underscores."""
    named = {"content-type": "application/json", **GRAPHQL}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    async with client(app or endpoint()) as http:
        return await http.request(method, path, content=body, headers=named)


def refusal(response: httpx2.Response) -> tuple[int, str, str]:
    """Give status, code and message of a response with one error and no data."""
    payload = response.json()
    (error,) = payload["errors"]
    assert "data" not in payload
    return response.status_code, error["extensions"]["code"], error["message"]


def query(text: str, **rest: object) -> bytes:
    """Write the body of a request."""
    return json.dumps({"query": text, **rest}).encode()
