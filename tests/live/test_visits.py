"""A visit ends by itself: nothing has to happen in the journal for that."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from server.delivery.live import visits
from server.delivery.live.hub import Hub
from server.delivery.live.visits import Visit
from server.identity.callers import Callers
from server.identity.site import Site
from server.identity.tokens import Caller
from server.kernel.clock import utc_now
from server.kernel.scopes import EVERY_SCOPE
from server.models.parties import Person
from server.transport.errors import RequestRefused
from tests.factories.api import SETTINGS
from tests.factories.world import World
from tests.live.connections import SECONDS


def no_context(*_: object) -> None:
    """Build no context: no operation is asked here."""


async def visit_of(site: Site, hub: Hub, person: str, *, seconds: float) -> Visit:
    """A visit of a person whose credential lasts so many seconds."""
    caller = Caller(SETTINGS.issuer, person, EVERY_SCOPE, site.now() + timedelta(seconds=seconds))
    actor = await Callers(site).actor_of(caller, "", site.now())
    return Visit(site, hub, caller, "", None, actor, no_context)


async def nothing_new() -> int:
    """A journal in which nothing happens."""
    return 0


@pytest.fixture
def site(world: World) -> Site:
    """A server whose clock goes."""
    return Site(SETTINGS, world.database, utc_now)


async def end_of(visit: Visit) -> RequestRefused:
    """Why a visit ends."""
    async with asyncio.timeout(SECONDS):
        return await visit.wait_for_end()


async def test_visit_ends_when_its_credential_expires(world: World, site: Site) -> None:
    visit = await visit_of(site, Hub(nothing_new, interval=60), world.persons["canada"], seconds=0.05)

    refusal = await end_of(visit)

    assert (refusal.status, str(refusal)) == (401, "The credential has expired.")


async def test_visit_of_a_suspended_person_ends_at_the_next_look(
    world: World, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visits, "RECHECK_SECONDS", 0.01)
    visit = await visit_of(site, Hub(nothing_new, interval=60), world.persons["canada"], seconds=600)
    ending = asyncio.create_task(end_of(visit))
    async with world.database.writing() as session:
        suspended = update(Person).where(Person.id == world.persons["canada"]).values(suspended_at=site.now())
        await session.execute(suspended)

    refusal = await ending

    assert (refusal.status, str(refusal)) == (401, "The credential is no longer valid.")


async def test_visit_of_nobody_lasts_until_the_server_closes(world: World, site: Site) -> None:
    hub = Hub(nothing_new, interval=60)
    visit = Visit(site, hub, None, "", None, await Callers(site).actor_of(None, "", site.now()), no_context)
    ending = asyncio.create_task(end_of(visit))
    await asyncio.sleep(0)
    await hub.close()

    refusal = await ending

    assert (refusal.status, str(refusal), visit.person) == (503, "The server is closing.", "")
