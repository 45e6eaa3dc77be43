"""The gate: who waits, who is refused at once, and what is never cut off."""

import asyncio

import pytest
from structlog.testing import capture_logs

from server.transport.admission import WAITS_AT_MOST, Admission, Entrance, Gate, slots_for
from server.transport.limits import Limits
from tests.transport.sample import Context, endpoint, post, query, refusal, websocket
from tests.transport.test_websocket import Socket, shared

PATIENCE = 2.0


async def enter(gate: Gate, seconds: float = 60.0) -> Entrance:
    return await gate.enter(seconds, None)


async def waiting(gate: Gate, number: int) -> list[asyncio.Task[Entrance]]:
    """Fill the gate, and let so many more wait before it."""
    while gate.expected_wait == 0:
        await enter(gate)
    tasks = [asyncio.create_task(enter(gate)) for _ in range(number)]
    await asyncio.sleep(0)  # each begins to wait
    assert len(gate.waiting) == number
    return tasks


async def test_gate_gives_slots_in_the_order_of_arrival():
    gate = Gate(1, PATIENCE)
    first, second = await waiting(gate, 2)

    gate.leave(0.01)
    assert await first is Entrance.OPEN
    assert not second.done()
    gate.leave(0.01)
    assert await second is Entrance.OPEN
    gate.leave(0.01)
    assert gate.expected_wait == 0


async def test_expected_wait_is_the_queue_at_the_pace_of_late():
    gate = Gate(2, PATIENCE)
    await waiting(gate, 3)
    gate.pace = 0.5

    assert gate.expected_wait == 4 * 0.5 / 2


async def test_promises_to_those_who_are_refused_follow_each_other():
    gate = Gate(2, PATIENCE)
    await waiting(gate, 3)
    gate.pace = 0.5

    assert [round(gate.promise(), 1) for _ in range(4)] == [1.0, 1.2, 1.5, 1.7]


async def test_pace_follows_the_last_operations_and_is_not_thrown_by_one_that_is_long():
    gate = Gate(1, PATIENCE)
    gate.pace = 0.02
    for _ in range(100):
        await enter(gate)
        gate.leave(0.1)
    assert 0.09 < gate.pace < 0.1

    await enter(gate)
    gate.leave(600.0)

    assert gate.pace < 0.2


async def test_waiter_that_is_cancelled_gives_its_place_free():
    gate = Gate(1, PATIENCE)
    first, second, third = await waiting(gate, 3)

    second.cancel()
    first.cancel()
    gate.leave(0.01)

    assert await third is Entrance.OPEN
    assert not gate.waiting


async def test_waiter_that_is_cancelled_in_its_turn_passes_it_on():
    gate = Gate(1, PATIENCE)
    first, second = await waiting(gate, 2)

    gate.leave(0.01)
    first.cancel()

    assert await second is Entrance.OPEN


async def test_waiter_is_shut_out_when_its_time_is_over():
    gate = Gate(1, PATIENCE)
    await waiting(gate, 0)

    assert await enter(gate, 0.001) is Entrance.SHUT
    assert not gate.waiting


async def test_waiter_whose_client_leaves_is_dropped():
    gate = Gate(1, PATIENCE)
    await waiting(gate, 0)

    async def leaving() -> None:
        await asyncio.sleep(0)

    assert await gate.enter(60.0, leaving) is Entrance.LEFT
    assert not gate.waiting


@pytest.mark.parametrize("pool", [1, 2, 4, 6, 15, 40])
def test_slots_of_all_kinds_are_no_more_than_the_connections(pool):
    slots = slots_for(pool)

    assert min(slots.values()) >= 1
    assert sum(slots.values()) <= max(2, pool)
    assert pool < 5 or sum(slots.values()) < pool


def test_waiting_and_working_fit_into_the_time_of_an_operation():
    assert Limits().seconds / 2 > PATIENCE * WAITS_AT_MOST


def full(kind: str, context: Context, **settings):
    """An application with one slot of this kind, whose operations wait until they are released."""
    admission = Admission({"mutation": 1, "query": 1}, PATIENCE)
    admission._gates[kind].pace = 10.0

    async def context_for(_request, _prepared):
        return context

    return endpoint(context_for=context_for, admission=admission, **settings), admission


@pytest.mark.parametrize("kind", ["query", "mutation"])
async def test_operation_whose_turn_would_come_too_late_is_refused_at_once(kind):
    context = Context(None)
    app, admission = full(kind, context)
    first = asyncio.create_task(post(app, {"query": f"{kind}{{slow}}"}))
    await context.started.wait()

    with capture_logs() as logs:
        answers = [await post(app, {"query": f"{kind}{{slow}}"}) for _ in range(20)]
    context.release.set()

    assert [answer.headers["retry-after"] for answer in answers] == ["10", "20", *["30"] * 18]
    for answer in answers:
        message = "The server has more to do than it can answer in time. Nothing was done: send it again later."
        assert refusal(answer) == (503, "OVERLOADED", message)
    assert [log["event"] for log in logs] == ["overloaded"]
    assert admission.overload.is_on
    assert (await first).json() == {"data": {"slow": "done"}}
    assert context.outcome == ["completed"]


async def test_reads_do_not_wait_for_acts_nor_acts_for_reads():
    context = Context(None)
    app, _ = full("mutation", context)
    act = asyncio.create_task(post(app, {"query": "mutation{slow}"}))
    await context.started.wait()

    assert (await post(app, {"query": "{hello}"})).json() == {"data": {"hello": "hello world"}}
    context.release.set()
    await act


async def test_act_that_has_begun_is_completed_whatever_its_time():
    context = Context(None)

    async def context_for(_request, _prepared):
        return context

    app = endpoint(context_for=context_for, limits=Limits(seconds=0.001))
    act = asyncio.create_task(post(app, {"query": "mutation{slow}"}))
    await context.started.wait()
    overdue = await post(app, {"query": "{slow}"})
    context.release.set()

    assert refusal(overdue)[:2] == (503, "TIMEOUT")
    assert (await act).json() == {"data": {"slow": "done"}}


async def test_query_whose_client_leaves_before_its_turn_is_dropped():
    context = Context(None)
    app, admission = full("query", context)
    admission._gates["query"].pace = 0.001
    first = asyncio.create_task(post(app, {"query": "{slow}"}))
    await context.started.wait()
    body = [{"type": "http.request", "body": query("{slow}")}]
    sent = []

    async def receive():
        return body.pop() if body else {"type": "http.disconnect"}

    async def keep(message):
        sent.append(message)

    headers = [(b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": headers}
    await app(scope, receive, keep)
    context.release.set()
    await first

    assert sent == []
    assert context.outcome == ["completed"]


@pytest.mark.parametrize("kind", ["query", "mutation"])
async def test_operation_over_websocket_is_refused_in_the_same_way(kind):
    context = Context(None)
    admission = Admission({kind: 1}, PATIENCE)
    admission._gates[kind].pace = 10.0
    async with Socket(websocket(context_for=shared(context), admission=admission)) as socket:
        await socket.init()
        socket.subscribe("1", f"{kind}{{slow}}")
        await context.started.wait()
        socket.subscribe("2", f"{kind}{{slow}}")
        message = await socket.receive()
        context.release.set()
        assert await socket.next("1") == {"data": {"slow": "done"}}

    assert (message["type"], message["id"]) == ("error", "2")
    assert message["payload"][0]["extensions"] == {"code": "OVERLOADED", "retryAfter": 10}
