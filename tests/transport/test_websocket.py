"""The protocol graphql-transport-ws over ASGI: what is let in, what closes the socket, what an operation tells."""

import asyncio
import json

import pytest
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs

from server.transport.documents import id_of
from server.transport.errors import RequestRefused, Unauthenticated
from server.transport.limits import Limits
from server.transport.metrics import Metrics
from server.transport.trusted import TrustedDocument, TrustedDocuments
from tests.live.connections import Socket
from tests.transport.sample import PASSWORD, Context, Guest, visits, websocket

SUBSCRIBE = {"type": "subscribe", "id": "1", "payload": {"query": "{hello}"}}


def shared(context):
    """Give every operation the same context, so that the test can hold it."""

    async def context_for(_connection, _prepared):
        return context

    return context_for


@pytest.mark.parametrize("subprotocols", [(), ("graphql-ws",)])
async def test_connect_without_the_subprotocol_is_closed(subprotocols):
    async with Socket(websocket(), subprotocols=subprotocols) as socket:
        assert socket.accepted == {"type": "websocket.accept", "subprotocol": None, "headers": []}
        assert await socket.closed() == (4406, "Subprotocol not acceptable")


async def test_connect_with_several_subprotocols_chooses_ours():
    async with Socket(websocket(), subprotocols=("graphql-ws", "graphql-transport-ws")) as socket:
        assert socket.accepted["subprotocol"] == "graphql-transport-ws"


HOSTILE = {
    "empty": "",
    "no JSON": "{",
    "list": "[]",
    "number": "1",
    "text": '"x"',
    "null": "null",
    "no type": "{}",
    "type of another kind": '{"type": 1}',
    "unknown type": '{"type": "start"}',
    "message of the server": '{"type": "next", "id": "1", "payload": {}}',
    "list as init": '{"type": "connection_init", "payload": []}',
    "token of another kind": '{"type": "connection_init", "payload": {"authorization": 1}}',
    "party of another kind": '{"type": "connection_init", "payload": {"actingAs": ["x"]}}',
    "ping with a text": '{"type": "ping", "payload": "x"}',
    "pong with a list": '{"type": "pong", "payload": [1]}',
    "no id": json.dumps({"type": "subscribe", "payload": {"query": "{hello}"}}),
    "list as id": json.dumps({**SUBSCRIBE, "id": ["1"]}),
    "number as id": json.dumps({**SUBSCRIBE, "id": 1}),
    "empty id": json.dumps({**SUBSCRIBE, "id": ""}),
    "long id": json.dumps({**SUBSCRIBE, "id": "x" * 101}),
    "id of complete": '{"type": "complete", "id": null}',
    "no payload": '{"type": "subscribe", "id": "1"}',
    "list as payload": json.dumps({**SUBSCRIBE, "payload": [{"query": "{hello}"}]}),
    "query of another kind": json.dumps({**SUBSCRIBE, "payload": {"query": 1}}),
    "variables of another kind": json.dumps({**SUBSCRIBE, "payload": {"query": "{hello}", "variables": "x"}}),
    "same key twice": '{"type": "ping", "type": "pong"}',
    "lone surrogate": '{"type": "ping", "payload": {"x": "\\ud800"}}',
    "deep": '{"type": "ping", "payload": ' + '{"a":' * 70 + "1" + "}" * 71,
    "large": json.dumps({"type": "ping", "payload": {"x": "x" * 100_000}}),
}


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize("frame", HOSTILE.values(), ids=HOSTILE)
async def test_frame_that_is_no_message_closes_the_socket_without_a_traceback(frame, begun):
    with capture_logs() as logs:
        async with Socket(websocket()) as socket:
            if begun:
                await socket.init()
            socket.send_text(frame)
            code, reason = await socket.closed()

    assert code == 4400
    assert 0 < len(reason.encode()) <= 123
    assert logs == []


async def test_binary_frame_closes_the_socket():
    async with Socket(websocket()) as socket:
        socket.put({"type": "websocket.receive", "bytes": b'{"type":"ping"}'})
        assert await socket.closed() == (4400, "Messages are JSON as text.")


async def test_init_that_does_not_come_closes_the_socket():
    async with Socket(websocket(init_seconds=0)) as socket:
        assert await socket.closed() == (4408, "Connection initialisation timeout")


async def test_second_init_closes_the_socket():
    async with Socket(websocket()) as socket:
        await socket.init()
        socket.send(type="connection_init")
        assert await socket.closed() == (4429, "Too many initialisation requests")


async def test_subscribe_before_init_closes_the_socket():
    async with Socket(websocket()) as socket:
        socket.send(**SUBSCRIBE)
        assert await socket.closed() == (4401, "Unauthorized")


async def test_subscribe_with_an_id_in_use_closes_the_socket_before_the_other_is_completed():
    context = Context(None)
    async with Socket(websocket(context_for=shared(context))) as socket:
        await socket.init()
        socket.subscribe("1", "{slow}")
        await context.started.wait()
        socket.subscribe("1", "{hello}")
        message = await socket.out()
        assert (message["code"], message["reason"]) == (4409, "Subscriber for 1 already exists")
        assert context.outcome == []
        context.release.set()

    assert context.outcome == ["completed"]


async def test_ping_is_answered_with_its_payload_at_any_time():
    async with Socket(websocket()) as socket:
        socket.send(type="ping")
        socket.send(type="ping", payload={"n": 1})
        socket.send(type="pong")
        assert await socket.receive() == {"type": "pong"}
        assert await socket.receive() == {"type": "pong", "payload": {"n": 1}}
        await socket.init()


async def test_init_carries_headers_that_a_browser_cannot_send():
    seen = []

    async def visit_of(connection, end):
        seen.append((connection.headers["authorization"], connection.headers["acting-as"]))
        return Guest(end)

    async def context_for(connection, prepared):
        seen.append((connection.headers["authorization"], connection.headers["acting-as"]))
        assert len(connection.state.request_id) == 32
        return Context(prepared)

    app = websocket(visit_of=visit_of, context_for=context_for)
    async with Socket(app, {"acting-as": "DEL_1", "authorization": "Bearer old"}) as socket:
        await socket.init(authorization="Bearer té🙂", unknown=[1])
        socket.subscribe("1", "{hello}")
        await socket.receive()

    assert seen == [("Bearer té?", "DEL_1")] * 2


@pytest.mark.parametrize(
    ("refusal", "closed"),
    [
        (Unauthenticated(message="The token has expired."), (4401, "The token has expired.")),
        (RequestRefused("CROSS_SITE", "Another site.", status=403), (4403, "Another site.")),
        (RequestRefused("RATE_LIMITED", "x" * 200, status=429), (4403, "x" * 123)),
    ],
)
async def test_init_with_a_bad_credential_closes_the_socket(refusal, closed):
    async def visit_of(_connection, _end):
        raise refusal

    async with Socket(websocket(visit_of=visit_of)) as socket:
        socket.send(type="connection_init")
        assert await socket.closed() == closed


async def test_init_that_fails_unexpectedly_closes_the_socket_and_is_logged():
    async def visit_of(_connection, _end):
        raise RuntimeError(f"no database\n{PASSWORD}")

    with capture_logs() as logs:
        async with Socket(websocket(visit_of=visit_of)) as socket:
            socket.send(type="connection_init")
            assert await socket.closed() == (1011, "Internal error")

    assert [log["error"] for log in logs] == ["RuntimeError"]
    assert PASSWORD not in str(logs)


@pytest.mark.parametrize(("status", "code"), [(401, 4403), (403, 4403), (503, 1012)])
async def test_visit_that_ends_closes_the_socket_and_stops_its_operations(status, code):
    context, guests = Context(None), []
    async with Socket(websocket(visit_of=visits(shared(context), guests))) as socket:
        await socket.init()
        socket.subscribe("1", "subscription{slow}")
        await context.started.wait()
        guests[0].end(RequestRefused("GONE", "You may not stay.", status=status))
        assert await socket.closed() == (code, "You may not stay.")

    assert context.outcome == ["cancelled"]


async def test_query_mutation_and_subscription_tell_their_responses_and_complete():
    async with Socket(websocket()) as socket:
        await socket.init()
        for id_, text in (("q", "{hello}"), ("m", "mutation{touch}"), ("s", "subscription{ticks(count:2)}")):
            socket.subscribe(id_, text)
        messages = [await socket.receive() for _ in range(7)]

    by_id = {id_: [m for m in messages if m["id"] == id_] for id_ in "qms"}
    payloads = {id_: [m.get("payload") for m in told] for id_, told in by_id.items()}
    assert payloads == {
        "q": [{"data": {"hello": "hello world"}}, None],
        "m": [{"data": {"touch": "touched"}}, None],
        "s": [{"data": {"ticks": 1}}, {"data": {"ticks": 2}}, None],
    }
    assert {told[-1]["type"] for told in by_id.values()} == {"complete"}


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"query": "{"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{unknown}"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "{" + "a:hello " * 3_000 + "}"}, "LIMIT_EXCEEDED"),
        ({"query": "query A{hello}", "operationName": "B"}, "OPERATION_NOT_FOUND"),
        ({"query": "query($v:Int!){number(value:$v)}"}, "BAD_USER_INPUT"),
        ({"query": "subscription($v:Int!){ticks(count:$v)}"}, "BAD_USER_INPUT"),
        ({}, "BAD_REQUEST"),
        ({"documentId": "sha256:0"}, "DOCUMENT_ID_UNKNOWN"),
        ({"query": "subscription{unwanted}"}, "FORBIDDEN"),
    ],
)
async def test_operation_that_is_refused_tells_an_error_and_leaves_the_socket_open(payload, code):
    async with Socket(websocket()) as socket:
        await socket.init()
        socket.send(type="subscribe", id="1", payload=payload)
        message = await socket.receive()
        assert (message["type"], message["id"], message["payload"][0]["extensions"]["code"]) == ("error", "1", code)
        socket.subscribe("1", "{hello}")
        assert await socket.next("1") == {"data": {"hello": "hello world"}}


async def test_document_id_and_persisted_hash_are_taken_as_over_http():
    text = "subscription Ticks { ticks }"
    trusted = TrustedDocuments((TrustedDocument(id_of(text), "Ticks", "subscription", text),))
    hash_ = id_of(text).removeprefix("sha256:")
    async with Socket(websocket(trusted=trusted, trusted_only=True)) as socket:
        await socket.init()
        for payload in (
            {"documentId": id_of(text)},
            {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": hash_}}},
        ):
            socket.send(type="subscribe", id="1", payload=payload)
            assert await socket.next("1") == {"data": {"ticks": 1}}
            assert await socket.receive() == {"type": "complete", "id": "1"}
        socket.subscribe("2", "{hello}")
        assert (await socket.receive())["payload"][0]["extensions"]["code"] == "DOCUMENT_NOT_TRUSTED"


async def test_subscription_that_fails_is_masked_and_logged_once():
    with capture_logs() as logs:
        async with Socket(websocket()) as socket:
            await socket.init()
            socket.subscribe("1", "subscription{failing}")
            assert await socket.next("1") == {"data": {"failing": 1}}
            message = await socket.receive()

    (error,) = message["payload"]
    assert (message["type"], error["message"], error["extensions"]["code"]) == ("error", "Internal error", "INTERNAL")
    assert [log["error"] for log in logs] == ["RuntimeError"]


@pytest.mark.parametrize(
    ("status", "told"), [(403, (4403, "Not any longer.")), (401, (4403, "Not any longer.")), (429, None)]
)
async def test_subscription_that_may_not_go_on_closes_the_socket(status, told):
    async with Socket(websocket()) as socket:
        await socket.init()
        socket.subscribe("1", f"subscription{{forbidden(status:{status})}}")
        assert await socket.next("1") == {"data": {"forbidden": 1}}
        if told:
            assert await socket.closed() == told
        else:
            assert (await socket.receive())["type"] == "error"


@pytest.mark.parametrize("status", [401, 403])
async def test_operation_whose_credential_is_no_longer_good_closes_the_socket(status):
    async def context_for(_connection, _prepared):
        raise RequestRefused("GONE", "The credential has expired.", status=status)

    async with Socket(websocket(context_for=context_for)) as socket:
        await socket.init()
        socket.subscribe("1", "{hello}")
        assert await socket.closed() == (4403, "The credential has expired.")


async def test_complete_stops_the_subscription_and_frees_its_id():
    context = Context(None)
    async with Socket(websocket(context_for=shared(context))) as socket:
        await socket.init()
        socket.subscribe("1", "subscription{slow}")
        await context.started.wait()
        socket.send(type="complete", id="1")
        socket.send(type="complete", id="never begun")
        socket.subscribe("1", "{hello}")
        assert await socket.next("1") == {"data": {"hello": "hello world"}}

    assert context.outcome == ["cancelled"]


@pytest.mark.parametrize("kind", ["query", "mutation"])
@pytest.mark.parametrize("leaving", ["complete", "disconnect"])
async def test_client_that_leaves_does_not_stop_what_has_begun(leaving, kind):
    context = Context(None)
    async with Socket(websocket(context_for=shared(context))) as socket:
        await socket.init()
        socket.subscribe("1", f"{kind}{{slow}}")
        await context.started.wait()
        if leaving == "complete":
            socket.send(type="complete", id="1")
        else:
            socket.put({"type": "websocket.disconnect", "code": 1001})
        socket.send(type="ping")
        if leaving == "complete":
            assert await socket.receive() == {"type": "pong"}
        context.release.set()

    assert context.outcome == ["completed"]


async def test_query_beyond_its_time_is_stopped():
    context = Context(None)
    async with Socket(websocket(context_for=shared(context), limits=Limits(seconds=0.01))) as socket:
        await socket.init()
        socket.subscribe("1", "{slow}")
        assert (await socket.receive())["payload"][0]["extensions"]["code"] == "TIMEOUT"

    assert context.outcome == ["cancelled"]


async def test_subscription_may_take_longer_than_an_operation():
    context = Context(None)
    async with Socket(websocket(context_for=shared(context), limits=Limits(seconds=0.01))) as socket:
        await socket.init()
        socket.subscribe("s", "subscription{slow}")
        await context.started.wait()
        socket.subscribe("q", "{slow}")
        assert (await socket.receive())["payload"][0]["extensions"]["code"] == "TIMEOUT"
        context.release.set()
        assert await socket.next("s") == {"data": {"slow": "done"}}


async def test_operations_of_one_connection_are_limited():
    context = Context(None)
    async with Socket(websocket(context_for=shared(context), operations=1)) as socket:
        await socket.init()
        socket.subscribe("1", "subscription{slow}")
        socket.subscribe("2", "{hello}")
        message = await socket.receive()
        assert (message["type"], message["id"], message["payload"]) == (
            "error",
            "2",
            [
                {"message": "This connection has 1 operations open: end one first."}
                | {"extensions": {"code": "LIMIT_EXCEEDED"}}
            ],
        )
        context.release.set()
        assert await socket.next("1") == {"data": {"slow": "done"}}


async def test_subscriptions_of_one_person_are_limited_and_counted():
    context, registry = Context(None), CollectorRegistry()
    app = websocket(context_for=shared(context), subscriptions=1, metrics=Metrics(registry))
    async with Socket(app) as first, Socket(app) as second:
        await first.init()
        await second.init()
        first.subscribe("1", "subscription{slow}")
        await context.started.wait()
        assert registry.get_sample_value("graphql_subscriptions_open") == 1
        second.subscribe("1", "subscription{ticks}")
        assert (await second.receive())["payload"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"
        context.release.set()
        assert await first.next("1") == {"data": {"slow": "done"}}
        assert await first.receive() == {"type": "complete", "id": "1"}
        assert registry.get_sample_value("graphql_subscriptions_open") == 0
        second.subscribe("1", "subscription{ticks}")
        assert await second.next("1") == {"data": {"ticks": 1}}


async def test_server_that_stops_cancels_the_operations_of_a_socket():
    context = Context(None)
    async with Socket(websocket(context_for=shared(context))) as socket:
        await socket.init()
        socket.subscribe("1", "subscription{slow}")
        await context.started.wait()
        socket.task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await socket.task
        socket.task = asyncio.create_task(asyncio.sleep(0))

    assert context.outcome == ["cancelled"]
