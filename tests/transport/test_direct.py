"""The way before the endpoint: what it answers, what it hands on, and that a request handed on is whole."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send
from structlog.testing import capture_logs

from server.transport.direct import DirectEndpoint
from server.transport.errors import RequestRefused
from server.transport.limits import Limits
from server.transport.pipeline import Pipeline
from tests.transport.sample import SCHEMA

Reading = Callable[[], Awaitable[dict[str, Any]]]
BODY = json.dumps({"query": "{ hello }"}).encode()


class Expected(Exception):
    """Raised by a read that does not answer an operation."""


class Reads:
    """Answers every operation in one way."""

    unfit: tuple[type[Exception], ...] = (Expected,)

    def __init__(self, read: Reading) -> None:
        self._read = read

    async def answer(self, *_: Any) -> tuple[dict[str, Any], str]:
        """Return the data, and nobody who asked."""
        return await self._read(), ""


class Asked:
    """A request through a direct endpoint: what was sent back, and what the application behind it received."""

    def __init__(self, read: Reading, *, seconds: float = 30) -> None:
        pipeline = Pipeline(SCHEMA, limits=Limits(seconds=seconds))
        self.endpoint = DirectEndpoint(self._answer, pipeline, Reads(read), hosts=["here"], headers={"X-All": "yes"})
        self.sent: list[Message] = []
        self.handed_on: list[Message] = []

    async def _answer(self, _: Scope, receive: Receive, __: Send) -> None:
        while True:
            message = await receive()
            self.handed_on.append(message)
            if message["type"] != "http.request" or not message.get("more_body"):
                return

    async def post(self, *messages: Message) -> None:
        """Send a request that comes in these messages."""
        waiting = [*messages] or [{"type": "http.request", "body": BODY}]

        async def receive() -> Message:
            return waiting.pop(0)

        async def send(message: Message) -> None:
            self.sent.append(message)

        names = {"host": "here:8000", "content-type": "application/json", "content-length": str(len(BODY))}
        headers = [(name.encode(), value.encode()) for name, value in names.items()]
        scope = {"type": "http", "method": "POST", "path": "/graphql", "headers": headers}
        await self.endpoint(scope, receive, send)

    @property
    def answer(self) -> tuple[int, Any]:
        """The status and the content of the answer."""
        return self.sent[0]["status"], json.loads(self.sent[1]["body"])


async def hello() -> dict[str, Any]:
    """Answer."""
    return {"hello": "world"}


async def test_a_plain_query_is_answered_with_the_headers_of_every_answer() -> None:
    request = Asked(hello)

    await request.post()

    assert request.answer == (200, {"data": {"hello": "world"}})
    assert dict(request.sent[0]["headers"])[b"x-all"] == b"yes"
    assert request.handed_on == []


@pytest.mark.parametrize("expected", [True, False])
async def test_a_read_that_raises_is_handed_on_whole_and_a_surprise_is_logged(expected: bool) -> None:
    async def fail() -> dict[str, Any]:
        raise Expected if expected else KeyError("secret")

    request = Asked(fail)
    pieces = [{"type": "http.request", "body": BODY[:4], "more_body": True}, {"type": "http.request", "body": BODY[4:]}]
    with capture_logs() as logs:
        await request.post(*pieces)

    assert (request.sent, request.handed_on) == ([], pieces)
    assert [(log["event"], log["error"]) for log in logs] == ([] if expected else [("answered in full", "KeyError")])
    assert "secret" not in str(logs)


async def test_a_read_without_room_is_told_so_and_not_begun_again() -> None:
    async def refuse() -> dict[str, Any]:
        raise RequestRefused("OVERLOADED", "Come again.", status=503, headers={"Retry-After": "2"})

    request = Asked(refuse)
    await request.post()

    assert request.answer == (503, {"errors": [{"message": "Come again.", "extensions": {"code": "OVERLOADED"}}]})
    assert dict(request.sent[0]["headers"])[b"retry-after"] == b"2"
    assert request.handed_on == []


async def test_a_read_that_takes_too_long_is_stopped_and_not_begun_again() -> None:
    async def wait() -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}

    request = Asked(wait, seconds=0.01)
    await request.post()

    status, content = request.answer
    assert (status, content["errors"][0]["extensions"]["code"], request.handed_on) == (503, "TIMEOUT", [])


async def test_a_client_that_leaves_while_it_sends_is_handed_on() -> None:
    messages = [{"type": "http.request", "body": BODY[:4], "more_body": True}, {"type": "http.disconnect"}]
    request = Asked(hello)

    await request.post(*messages)

    assert (request.sent, request.handed_on) == ([], messages)
