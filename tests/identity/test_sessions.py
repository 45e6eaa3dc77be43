"""Sessions of browsers: when one is in force, until when, and when it is time to note that it was used."""

from datetime import timedelta

import pytest

from server.identity.sessions import SessionLimits, SignedIn, begin_session, find_session
from server.models.identity import BrowserSession
from tests.factories.world import NOW, World

LIMITS = SessionLimits(idle=timedelta(hours=1), absolute=timedelta(hours=12))


async def signed_in(world: World, *, lasts: timedelta = LIMITS.absolute, browser: str = "") -> str:
    """Sign Japan in; gives the secret."""
    async with world.database.writing() as session:
        given = {"lasts": lasts, "methods": ["pwd"], "browser": browser}
        return await begin_session(session, world.persons["japan"], NOW, **given)


async def found(world: World, secret: str, after: timedelta) -> SignedIn | None:
    """Find the session some time after the sign-in."""
    async with world.database.reading() as connection:
        return await find_session(connection, secret, NOW + after, LIMITS)


@pytest.mark.parametrize(("seconds", "is_due"), [(0, False), (59, False), (60, True), (61, True)])
async def test_session_is_due_to_be_noted_once_a_minute(world: World, seconds: int, is_due: bool) -> None:
    session = await found(world, await signed_in(world), timedelta(seconds=seconds))

    assert session is not None
    assert session.is_due is is_due


@pytest.mark.parametrize(
    ("lasts", "expires"),
    [(timedelta(hours=12), timedelta(minutes=90)), (timedelta(minutes=45), timedelta(minutes=45))],
)
async def test_session_that_is_used_now_ends_idle_or_at_its_end_whichever_is_first(
    world: World, lasts: timedelta, expires: timedelta
) -> None:
    session = await found(world, await signed_in(world, lasts=lasts), timedelta(minutes=30))

    assert session is not None
    assert session.expires_at == NOW + expires


async def test_session_keeps_200_characters_of_what_the_browser_calls_itself(world: World) -> None:
    secret = await signed_in(world, browser="b" * 201)

    session = await found(world, secret, timedelta())
    assert session is not None
    async with world.database.studying() as reading:
        kept = await reading.get_one(BrowserSession, session.id)
    assert kept.browser == "b" * 200
