"""Connections that last: how many there may be, how long one may say nothing, and sending to who reads slowly."""

import asyncio

import pytest

from server.transport.connections import Connections, MostConnections
from server.transport.interruption import Interruption
from server.transport.sending import begin_sending
from tests.live.connections import SECONDS, Events, Socket
from tests.transport.sample import Context, endpoint, refusal, send, visits, websocket


def shared(context):
    """Give every operation the same context, so that the test can hold it."""

    async def context_for(_connection, _prepared):
        return context

    return context_for


async def test_connections_of_a_person_are_limited_and_counted_until_they_end():
    app = websocket(connections=Connections(MostConnections(of_person=1)))
    async with Socket(app) as first:
        await first.init()
        async with Socket(app) as second:
            second.send(type="connection_init")
            message = "There are 1 connections of this person already: end one before you begin another."
            assert await second.closed() == (1013, message)
    async with Socket(app) as third:
        await third.init()


async def test_connections_from_an_address_are_limited_before_they_say_who_they_are():
    connections = Connections(MostConnections(of_address=1))
    app = websocket(connections=connections)
    async with Socket(app), Socket(app) as second:
        code, reason = await second.closed()
        assert (code, "of this address already" in reason) == (1013, True)
    async with Socket(app) as third:
        await third.init()


async def test_visitors_who_are_not_signed_in_have_a_limit_of_their_own():
    app = websocket(connections=Connections(MostConnections(of_nobody=1)), visit_of=visits(person=""))
    async with Socket(app) as first, Socket(app) as second:
        await first.init()
        second.send(type="connection_init")
        code, reason = await second.closed()
        assert (code, "not signed in" in reason) == (1013, True)


async def test_stream_of_events_is_counted_as_a_socket_is():
    connections, context = Connections(MostConnections(of_person=1)), Context(None)
    app = endpoint(visit_of=visits(shared(context)), connections=connections, context_for=shared(context))
    async with Events(app, {"query": "subscription{slow}"}):
        await context.started.wait()
        body = b'{"query": "subscription{slow}"}'
        response = await send(body, app=app, accept="text/event-stream")
        assert refusal(response)[:2] == (429, "LIMIT_EXCEEDED")
    async with Events(app, {"query": "subscription{slow}"}) as again:
        assert again.start["status"] == 200


async def test_visitor_who_is_not_signed_in_and_asks_nothing_is_sent_away():
    async with Socket(websocket(visit_of=visits(person=""), idle_seconds=0.01)) as socket:
        await socket.init()
        assert await socket.closed() == (1000, "Nothing was asked for 0.01 seconds.")


async def test_visitor_who_is_not_signed_in_is_waited_for_while_an_operation_is_at_work():
    context = Context(None)
    app = websocket(visit_of=visits(shared(context), person=""), context_for=shared(context), idle_seconds=0.01)
    async with Socket(app) as socket:
        await socket.init()
        socket.subscribe("1", "{slow}")
        await context.started.wait()
        await asyncio.sleep(0.05)
        assert socket.is_quiet()
        context.release.set()
        assert await socket.next("1") == {"data": {"slow": "done"}}
        assert await socket.receive() == {"type": "complete", "id": "1"}
        assert (await socket.closed())[0] == 1000


async def test_signed_in_visitor_may_say_nothing_for_long():
    async with Socket(websocket(idle_seconds=0, init_seconds=0.01)) as socket:
        await socket.init()
        await asyncio.sleep(0.02)
        socket.send(type="ping")
        assert await socket.receive() == {"type": "pong"}


async def test_send_that_need_not_wait_is_done_at_once():
    sent = []

    async def sending():
        sent.append(1)

    assert begin_sending(sending()) is None
    assert sent == [1]


async def test_send_that_waits_is_completed_later_and_in_a_task():
    room, sent = asyncio.Event(), []

    async def sending():
        sent.append(1)
        await room.wait()
        await asyncio.sleep(0)
        sent.append(2)

    unsent = begin_sending(sending())
    assert (sent, unsent.done()) == ([1], False)
    room.set()
    async with asyncio.timeout(SECONDS):
        await unsent

    assert sent == [1, 2]


@pytest.mark.parametrize("error", [OSError("gone"), RuntimeError("closed")])
@pytest.mark.parametrize("waits", [False, True])
async def test_send_to_who_has_left_is_no_error(error, waits):
    async def sending():
        if waits:
            await asyncio.sleep(0)
        raise error

    unsent = begin_sending(sending())
    if waits:
        async with asyncio.timeout(SECONDS):
            await unsent
    else:
        assert unsent is None


async def test_send_that_is_cancelled_while_it_waits_hears_of_it():
    outcome = []

    async def sending():
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            outcome.append("cancelled")
            raise

    unsent = begin_sending(sending())
    await asyncio.sleep(0)
    unsent.cancel()
    await asyncio.gather(unsent, return_exceptions=True)

    assert outcome == ["cancelled"]


async def test_interruption_gives_the_first_reason_and_leaves_the_task_as_it_was():
    async def waiting():
        interrupt = Interruption()
        interrupts.append(interrupt)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError as error:
            reason = interrupt.take(error)
        await asyncio.sleep(0)
        return reason, asyncio.current_task().cancelling()

    interrupts = []
    task = asyncio.create_task(waiting())
    await asyncio.sleep(0)
    interrupts[0]("first")
    interrupts[0]("second")

    assert await task == ("first", 0)


async def test_cancellation_by_somebody_else_is_not_taken_for_an_interruption():
    async def waiting():
        interrupt = Interruption()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError as error:
            return interrupt.take(error)

    task = asyncio.create_task(waiting())
    await asyncio.sleep(0)
    task.cancel()

    assert isinstance((await asyncio.gather(task, return_exceptions=True))[0], asyncio.CancelledError)


async def test_interruption_that_is_disarmed_stops_nothing():
    async def waiting():
        interrupt = Interruption()
        interrupt.disarm()
        interrupt("too late")
        await asyncio.sleep(0)
        return "done"

    assert await asyncio.create_task(waiting()) == "done"
