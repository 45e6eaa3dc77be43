"""Inviting, accepting and the refusals on the way, for tests of delegates and what they hold."""

import asyncio
import re
from datetime import date
from typing import Any

from server.domain.bodies.actions.seats import accept_invitation
from server.domain.parties.actions import inviting, seats
from server.domain.parties.rules.accrediting import InvitationTerms, Invited
from server.identity.standing import actor_of
from server.kernel.actor import Actor
from server.kernel.refusals import RefusalCode
from server.models.parties import Delegate, Person
from tests.factories.rounds import code_of, everything, rows_of
from tests.factories.world import World

TERMS = InvitationTerms(issuer="https://fos.example", days=14)
TODAY = date(2018, 9, 24)
SECRET = re.compile(r"https://fos\.example/invitation\?secret=([\w-]{43})\n")


async def invite(world: World, who: str, party: str, email: str = "new@example.org", **given: Any) -> str:
    """Invite somebody for a party from today on, and return the id of the invitation."""
    invited = Invited("New delegate", email, is_focal_point=False, starts_on=TODAY)._replace(**given)
    return await world.do(who, inviting.invite_delegate, party_id=world.parties[party], invited=invited, terms=TERMS)


async def hand_over(world: World, who: str, delegate: str, **given: Any) -> str:
    """Hand a seat over to a new person today, and return the id of the invitation."""
    sent = {"name": "Successor", "email": "successor@example.org", "starts_on": TODAY, "reason": "A new post."}
    sent |= {"delegate_id": world.delegates[delegate], "expected_revision": 1, "terms": TERMS} | given
    return await world.do(who, seats.hand_over_seat, **sent)


async def last_secret(world: World) -> str:
    """Return the secret in the link of the latest letter."""
    letters = await rows_of(world, "letters")
    found = SECRET.search(max(letters, key=lambda letter: letter["id"])["text"])
    assert found is not None
    return found[1]


async def newcomer(world: World, key: str = "new") -> str:
    """Add a person without an accreditation, and return the id."""
    person = Person(name=f"Person {key}", email=f"{key}@example.org")
    await world.add(person)
    world.persons[key] = person.id
    return person.id


async def accept(world: World, secret: str, person: str) -> str:
    """Accept an invitation as a person by key, and return the id of the accreditation."""
    async with world.database.writing() as session:
        return await accept_invitation(session, world.clock.now, secret=secret, person_id=world.persons[person])


async def accredit(world: World, person: str, party: str, **given: Any) -> str:
    """Add a further accreditation of a person by key, from 2018 on, and return its id."""
    days = {"starts_on": date(2018, 1, 1)} | given
    delegate = Delegate(person_id=world.persons[person], party_id=world.parties[party], **days)
    await world.add(delegate)
    return delegate.id


async def speaking(world: World, person: str, standing: str) -> Actor:
    """Return the actor for a person by key who chose a standing."""
    async with world.database.reading() as connection:
        return await actor_of(connection, world.persons[person], world.clock.now, acting_as=standing)


async def at_once(world: World, *acts: tuple[str, Any, dict[str, Any]]) -> list[str]:
    """Do acts (who, action, what) at the same moment, and return the sorted codes.

    The actors are read before all of them.
    """
    actors = [await world.actor(who) for who, _, _ in acts]

    async def act(actor: Actor, action: Any, sent: dict[str, Any]) -> None:
        async with world.database.writing() as session:
            await action(session, actor, world.clock.now, **sent)

    codes = (code_of(act(actor, action, sent)) for actor, (_, action, sent) in zip(actors, acts, strict=True))
    return sorted(map(str, await asyncio.gather(*codes)))


async def refused(world: World, who: str | None, action: Any, **sent: Any) -> RefusalCode | None:
    """Return the code with which an act is refused, and assert that nothing was written."""
    before = await everything(world)
    code = await code_of(world.do(who, action, **sent))
    assert await everything(world) == before
    return code


async def row(world: World, table: str, identifier: str) -> dict[str, Any]:
    """Return one row by its id."""
    (found,) = [row for row in await rows_of(world, table) if row["id"] == identifier]
    return found


async def entries(world: World) -> list[tuple[str, str, str, str]]:
    """Return (act, delegate, party, subject) of every journal entry, in order."""
    rows = sorted(await rows_of(world, "journal"), key=lambda entry: entry["sequence"])
    return [(entry["act"], entry["delegate_id"], entry["party_id"], entry["subject_id"]) for entry in rows]


async def letters(world: World) -> list[tuple[str, str]]:
    """Return (address, subject) of every letter, in the order of writing."""
    rows = sorted(await rows_of(world, "letters"), key=lambda letter: letter["id"])
    return [(letter["address"], letter["subject"]) for letter in rows]
