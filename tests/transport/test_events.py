"""Responses as server-sent events over ASGI: who gets them, what they hold, and how they end."""

import asyncio

import pytest
from structlog.testing import capture_logs

from server.transport.errors import RequestRefused
from server.transport.events import COMMENT
from tests.live.connections import Events
from tests.transport.sample import Context, context_for, endpoint, query, refusal, send, visits

URQL = "application/graphql-response+json, application/json, text/event-stream, multipart/mixed"
END = ("", None)


def serving(**settings):
    """The sample endpoint with subscriptions."""
    return endpoint(**{"visit_of": visits(settings.get("context_for", context_for))} | settings)


async def all_of(stream):
    """Every event to the end of the response."""
    events = [await stream.event()]
    while events[-1] != END:
        events.append(await stream.event())
    await stream.finished()
    return events[:-1]


def shared(context):
    """Give every operation the same context, so that the test can hold it."""

    async def context_for(_request, _prepared):
        return context

    return context_for


async def test_subscription_tells_its_responses_and_completes():
    async with Events(serving(), {"query": "subscription{ticks(count:2)}"}, {"x-request-id": "r1"}) as stream:
        assert stream.start["status"] == 200
        assert {name: stream.headers.get(name) for name in ("content-type", "content-length", "cache-control")} == {
            "content-type": "text/event-stream; charset=utf-8",
            "content-length": None,
            "cache-control": "private, no-store",
        }
        assert stream.headers["x-request-id"] == "r1"
        assert await stream.out() == {"type": "http.response.body", "body": COMMENT, "more_body": True}
        assert await all_of(stream) == [
            ("next", {"data": {"ticks": 1}}),
            ("next", {"data": {"ticks": 2}}),
            ("complete", None),
        ]


@pytest.mark.parametrize(
    ("text", "data"), [("{hello}", {"hello": "hello world"}), ("mutation{touch}", {"touch": "touched"})]
)
async def test_query_and_mutation_are_one_event_for_who_prefers_events(text, data):
    async with Events(serving(), {"query": text}) as stream:
        assert await all_of(stream) == [("next", {"data": data}), ("complete", None)]


async def test_query_is_json_for_who_only_mentions_events():
    response = await send(query("{hello}"), app=serving(), accept=URQL)

    assert response.headers["content-type"] == "application/graphql-response+json; charset=utf-8"
    assert response.json() == {"data": {"hello": "hello world"}}


async def test_subscription_is_events_for_who_mentions_them():
    async with Events(serving(), {"query": "subscription{ticks}"}, {"accept": URQL}) as stream:
        assert await all_of(stream) == [("next", {"data": {"ticks": 1}}), ("complete", None)]


@pytest.mark.parametrize("accept", ["application/json", "*/*", "text/event-stream;q=0, application/json"])
async def test_subscription_for_who_does_not_take_events_is_refused(accept):
    response = await send(query("subscription{ticks}"), app=serving(), accept=accept)

    message = "A subscription is answered as text/event-stream, which the Accept header must name, or by WebSocket."
    assert refusal(response) == (400, "OPERATION_NOT_SUPPORTED", message)


@pytest.mark.parametrize("media_type", ["text/event-stream", "text/event-stream, application/json"])
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (query("subscription{unknown}"), "GRAPHQL_VALIDATION_FAILED"),
        (query("{number(value:1)}", operationName="X"), "OPERATION_NOT_FOUND"),
        (b"[]", "BAD_REQUEST"),
    ],
)
async def test_request_that_is_refused_is_answered_with_json(media_type, body, code):
    response = await send(body, app=serving(), accept=media_type)

    assert refusal(response)[:2] == (400, code)
    assert response.headers["content-type"] == "application/graphql-response+json; charset=utf-8"


async def test_get_takes_queries_and_subscriptions_but_no_mutation():
    app, accept = serving(), "text/event-stream"

    found = [
        await send(None, app=app, method="GET", path=f"/graphql?query={text}", accept=accept)
        for text in ("{hello}", "subscription{ticks}", "mutation{touch}")
    ]

    assert [response.status_code for response in found] == [200, 200, 405]
    assert found[1].text == ':\n\nevent: next\ndata: {"data":{"ticks":1}}\n\nevent: complete\ndata:\n\n'


async def test_subscription_that_cannot_begin_tells_an_error_and_completes():
    async with Events(serving(), {"query": "subscription($v:Int!){ticks(count:$v)}"}) as stream:
        (name, payload), end = await all_of(stream)

    assert (name, payload["errors"][0]["extensions"]["code"], end) == ("next", "BAD_USER_INPUT", ("complete", None))


async def test_subscription_that_fails_is_masked_and_completes():
    with capture_logs() as logs:
        async with Events(serving(), {"query": "subscription{failing}"}) as stream:
            events = await all_of(stream)

    assert [name for name, _ in events] == ["next", "next", "complete"]
    assert events[1][1]["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert [log["error"] for log in logs] == ["RuntimeError"]


@pytest.mark.parametrize(("status", "names"), [(401, ["next", "complete"]), (403, ["next", "complete"]), (503, [])])
async def test_visit_that_ends_ends_the_stream_and_its_operation(status, names):
    context, guests = Context(None), []
    app = serving(visit_of=visits(shared(context), guests))
    async with Events(app, {"query": "subscription{slow}"}) as stream:
        await context.started.wait()
        guests[0].end(RequestRefused("GONE", "You may not stay.", status=status))
        events = await all_of(stream)

    assert [name for name, _ in events] == names
    told = [{"message": "You may not stay.", "extensions": {"code": "GONE"}}]
    assert [payload["errors"] for name, payload in events if name == "next"] == [told][: len(names)]
    assert context.outcome == ["cancelled"]


async def test_visitor_who_may_not_come_is_refused():
    async def nobody(_request, _end):
        raise RequestRefused("CROSS_SITE", "Another site.", status=403)

    response = await send(query("subscription{ticks}"), app=serving(visit_of=nobody), accept="text/event-stream")

    assert refusal(response) == (403, "CROSS_SITE", "Another site.")


async def test_client_that_leaves_stops_its_subscription():
    context = Context(None)
    async with Events(serving(context_for=shared(context)), {"query": "subscription{slow}"}) as stream:
        await context.started.wait()
        stream.put({"type": "http.disconnect"})
        await stream.finished()

    assert context.outcome == ["cancelled"]


async def test_server_that_stops_cancels_its_streams():
    context = Context(None)
    async with Events(serving(context_for=shared(context)), {"query": "subscription{slow}"}) as stream:
        await context.started.wait()
        stream.task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await stream.task
        stream.task = asyncio.create_task(asyncio.sleep(0))

    assert context.outcome == ["cancelled"]


async def test_silence_is_filled_with_comments():
    context = Context(None)
    app = serving(context_for=shared(context), keep_alive=0)
    async with Events(app, {"query": "subscription{slow}"}) as stream:
        comments = [(await stream.out())["body"] for _ in range(5)]
        context.release.set()
        assert await all_of(stream) == [("next", {"data": {"slow": "done"}}), ("complete", None)]

    assert comments == [COMMENT] * 5
