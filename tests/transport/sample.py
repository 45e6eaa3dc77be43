"""A small schema and a client, for the tests of the endpoint alone."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from inspect import Parameter, Signature, signature
from typing import Any

import httpx2
import strawberry
from graphql import GraphQLError, GraphQLSchema
from starlette.requests import HTTPConnection, Request

from server.transport.endpoint import GraphQLEndpoint
from server.transport.errors import RequestRefused
from server.transport.performing import Performer
from server.transport.pipeline import Pipeline
from server.transport.response import encode
from server.transport.shelves import PreparedDocument
from server.transport.subscriptions import Ending, Outlet
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


class Told(AsyncIterable[Any]):
    """A source that tells the values of a generator under the response key of its field."""

    def __init__(self, info: strawberry.Info[Any], values: AsyncGenerator[Any]) -> None:
        self.key = info._raw_info.path.key
        self.values = values

    def __aiter__(self) -> AsyncIterator[Any]:
        """Give the values."""
        return self.values


def told(values: Callable[..., AsyncGenerator[Any]]) -> Any:
    """Turn a generator into the resolver of a subscription."""

    async def resolve(info: strawberry.Info, **arguments: Any) -> Any:
        return Told(info, values(**({"info": info} if "info" in parameters else {}), **arguments))

    parameters = dict(signature(values).parameters)
    info = Parameter("info", Parameter.POSITIONAL_OR_KEYWORD, annotation=strawberry.Info)
    arguments = [each for name, each in parameters.items() if name != "info"]
    resolve.__signature__ = Signature([info, *arguments], return_annotation=values.__annotations__["return"])
    resolve.__annotations__ = {**values.__annotations__, "info": strawberry.Info}
    return strawberry.subscription(resolver=resolve)


async def ticks(count: int = 1) -> AsyncGenerator[int]:
    """Count."""
    for number in range(1, count + 1):
        yield number


async def slow(info: strawberry.Info) -> AsyncGenerator[str]:
    """Say something when released."""
    yield await waited(info.context)


async def failing() -> AsyncGenerator[int]:
    """Fail after the first."""
    yield 1
    raise RuntimeError(PASSWORD)


async def forbidden(status: int = 403) -> AsyncGenerator[int]:
    """Refuse after the first."""
    yield 1
    raise RequestRefused("FORBIDDEN", "Not any longer.", status=status)


async def unwanted() -> AsyncGenerator[int]:
    """Refuse at once."""
    raise GraphQLError("Not for you.", extensions={"code": "FORBIDDEN"})
    yield 1


@strawberry.type
class Subscription:
    ticks: int = told(ticks)
    slow: str = told(slow)
    failing: int = told(failing)
    forbidden: int = told(forbidden)
    unwanted: int = told(unwanted)


SCHEMA: GraphQLSchema = strawberry.Schema(Query, Mutation, Subscription)._schema
GRAPHQL = {"accept": "application/graphql-response+json"}


async def context_for(request: Request, prepared: PreparedDocument) -> Context:
    """Build the context of the sample schema."""
    return Context(prepared)


class Guest:
    """A visitor who may stay until `end` is called, and who is told what a source yields."""

    def __init__(self, end: Ending, context_for: Any = context_for, person: str = "guest") -> None:
        self.end = end
        self.person = person
        self._context_for = context_for

    async def context(self, prepared: PreparedDocument) -> Any:
        """Give the context of a subscription."""
        return await self._context_for(None, prepared)

    def follow(self, source: Told, outlet: Outlet) -> Callable[[], None]:
        """Tell what the source yields, in a task that the returned function cancels."""

        async def tell() -> None:
            error = None
            try:
                async with aclosing(source.values):
                    async for value in source.values:
                        payload = encode({"data": {source.key: value}})
                        await outlet.send(outlet.envelope.wrap(payload))
            except Exception as raised:
                error = raised
            outlet.end(error)

        task = asyncio.create_task(tell())
        return lambda: None if task is asyncio.current_task() else task.cancel() and None

    def leave(self) -> None:
        """Forget nothing."""


def visits(context_for: Any = context_for, guests: list[Guest] | None = None, person: str = "guest") -> Any:
    """Let everybody in, and keep who came in `guests`."""

    async def visit_of(_: HTTPConnection, end: Ending) -> Guest:
        guest = Guest(end, context_for, person)
        if guests is not None:
            guests.append(guest)
        return guest

    return visit_of


def endpoint(**settings: Any) -> GraphQLEndpoint:
    """Serve the sample schema with the settings of a test."""
    own = {name: settings.pop(name) for name in ("connections", "keep_alive") if name in settings}
    context, visit = settings.pop("context_for", context_for), settings.pop("visit_of", None)
    pipeline = Pipeline(SCHEMA, **settings)
    return GraphQLEndpoint(pipeline, Performer(pipeline, context), visit, **own)


def websocket(**settings: Any) -> GraphQLWebSocket:
    """Serve the sample schema over WebSocket with the settings of a test."""
    names = ("init_seconds", "idle_seconds", "operations", "connections")
    own = {name: settings.pop(name) for name in names if name in settings}
    context = settings.pop("context_for", context_for)
    visit = settings.pop("visit_of", None) or visits(context)
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
