"""A visit ends by itself: nothing has to happen in the journal for that. And how visitors are let in."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, update

from server.delivery.live.newsroom import Newsroom
from server.delivery.live.visits import LiveVisit
from server.identity.site import Site
from server.identity.tokens import Caller
from server.kernel.actor import Capacity
from server.kernel.clock import utc_now
from server.kernel.scopes import EVERY_SCOPE
from server.models.identity import Identity
from server.models.parties import Person
from server.transport.errors import RequestRefused
from tests.factories.api import SETTINGS
from tests.factories.world import World
from tests.live.connections import SECONDS


def no_context(*_: object) -> None:
    """Build no context: no operation is asked here."""


@pytest.fixture
async def newsroom(world: World) -> AsyncIterator[Newsroom]:
    """The newsroom of a server whose clock goes; it looks at everybody every hundredth of a second."""
    site = Site(SETTINGS, world.database, utc_now)
    newsroom = Newsroom(site, no_context, poll_seconds=60, recheck_seconds=0.01)
    yield newsroom
    await newsroom.close()


def caller_for(person: str, *, seconds: float = 600) -> Caller:
    """A person whose credential lasts so many seconds."""
    return Caller(SETTINGS.issuer, person, EVERY_SCOPE, utc_now() + timedelta(seconds=seconds))


async def come(newsroom: Newsroom, caller: Caller | None) -> tuple[LiveVisit, asyncio.Future[RequestRefused]]:
    """Begin a visit; gives it, and the reason for which it ends."""
    ending: asyncio.Future[RequestRefused] = asyncio.get_running_loop().create_future()
    return await newsroom.receive(caller, "", None, ending.set_result), ending


async def reason_of(ending: asyncio.Future[RequestRefused]) -> tuple[int, str]:
    """Why a visit ends."""
    async with asyncio.timeout(SECONDS):
        refusal = await ending
    return refusal.status, str(refusal)


async def test_nothing_is_left_running_once_the_last_visitor_has_gone(world: World) -> None:
    before = asyncio.all_tasks()
    newsroom = Newsroom(Site(SETTINGS, world.database, utc_now), no_context, poll_seconds=60, recheck_seconds=60)
    first, _ = await come(newsroom, caller_for(world.persons["japan"]))
    second, _ = await come(newsroom, caller_for(world.persons["canada"]))
    newsroom.leave(first)
    (running,) = asyncio.all_tasks() - before

    newsroom.leave(second)

    async with asyncio.timeout(SECONDS):
        await running
    await come(newsroom, caller_for(world.persons["japan"]))
    assert len(asyncio.all_tasks() - before) == 1
    await newsroom.close()


async def test_visit_ends_when_its_credential_expires(world: World) -> None:
    site = Site(SETTINGS, world.database, utc_now)
    newsroom = Newsroom(site, no_context, poll_seconds=60, recheck_seconds=60)
    await come(newsroom, caller_for(world.persons["japan"]))
    _, ending = await come(newsroom, caller_for(world.persons["canada"], seconds=0.05))

    assert await reason_of(ending) == (401, "The credential has expired.")
    assert len(newsroom.visitors) == 1
    await newsroom.close()


async def test_visit_of_a_suspended_person_ends_at_the_next_look(world: World, newsroom: Newsroom) -> None:
    _, ending = await come(newsroom, caller_for(world.persons["canada"]))
    _, other = await come(newsroom, caller_for(world.persons["japan"]))
    async with world.database.writing() as session:
        suspended = update(Person).where(Person.id == world.persons["canada"]).values(suspended_at=utc_now())
        await session.execute(suspended)

    assert await reason_of(ending) == (401, "The credential is no longer valid.")
    assert not other.done()


async def test_visit_of_nobody_lasts_until_the_server_closes(newsroom: Newsroom) -> None:
    visit, ending = await come(newsroom, None)
    await asyncio.sleep(0)
    assert not ending.done()
    await newsroom.close()

    assert (await reason_of(ending), visit.person) == ((503, "The server is closing."), "")
    with pytest.raises(RequestRefused, match="closing"):
        await come(newsroom, None)


async def test_those_who_come_at_once_are_looked_up_together(world: World, newsroom: Newsroom) -> None:
    callers = [caller_for(world.persons[who]) for who in ("canada", "japan", "upu")] * 20
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "persons" in statement:
            statements.append(statement)

    engine = world.database._readers.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    visits = await asyncio.gather(*(come(newsroom, caller) for caller in callers))
    event.remove(engine, "before_cursor_execute", note)

    assert [visit.person for visit, _ in visits] == [caller.subject for caller in callers]
    assert len({id(visit.speaker) for visit, _ in visits}) == 60 / 20
    assert len(statements) <= 3  # one for the first, one for those who came meanwhile, and a check of all


async def test_stranger_among_those_who_come_at_once_is_turned_away_alone(world: World, newsroom: Newsroom) -> None:
    callers = [caller_for(person) for person in (world.persons["canada"], "PER_nobody", world.persons["japan"])]

    outcomes = await asyncio.gather(*(come(newsroom, caller) for caller in callers), return_exceptions=True)

    assert [type(outcome).__name__ for outcome in outcomes] == ["tuple", "Unauthenticated", "tuple"]
    assert len(newsroom.visitors) == 2


async def test_newcomer_who_leaves_while_being_looked_up_is_not_there(world: World, newsroom: Newsroom) -> None:
    coming = asyncio.create_task(come(newsroom, caller_for(world.persons["canada"])))
    await asyncio.sleep(0)
    coming.cancel()
    await asyncio.gather(coming, return_exceptions=True)
    await come(newsroom, caller_for(world.persons["japan"]))

    assert [visit.person for visit in newsroom.visitors.all] == [world.persons["japan"]]


async def test_person_of_an_external_issuer_may_stay_while_they_are_known_here(
    world: World, newsroom: Newsroom
) -> None:
    identity = Identity(
        issuer="https://login.example", subject="sub-1", person_id=world.persons["canada"], linked_at=utc_now()
    )
    await world.add(identity)
    names = {"scopes": EVERY_SCOPE, "expires_at": utc_now() + timedelta(minutes=10)}
    caller = Caller("https://login.example", "sub-1", **names)
    visit, ending = await come(newsroom, caller)
    with pytest.raises(RequestRefused, match="nobody here goes by it"):
        await come(newsroom, caller._replace(subject="sub-2"))
    async with world.database.writing() as session:
        await session.execute(update(Identity).values(subject="another"))

    assert visit.person == world.persons["canada"]
    assert (await reason_of(ending))[0] == 403


async def test_cap_of_an_external_issuer_holds_for_as_long_as_the_visit(world: World, newsroom: Newsroom) -> None:
    caller = caller_for(world.persons["canada"])
    member, _ = await come(newsroom, caller._replace(capacities=frozenset({Capacity.MEMBER})))
    observer, _ = await come(newsroom, caller._replace(capacities=frozenset({Capacity.OBSERVER})))
    await asyncio.sleep(0.05)

    assert (member.speaker.actor.capacity, observer.speaker.actor.capacity) == (Capacity.MEMBER, None)


async def test_wrong_choice_of_a_party_is_not_let_in(world: World, newsroom: Newsroom) -> None:
    with pytest.raises(RequestRefused) as refusal:
        await newsroom.receive(caller_for(world.persons["canada"]), world.delegates["japan"], None, lambda _: None)

    assert (refusal.value.status, refusal.value.code) == (403, "NOT_ACCREDITED")
