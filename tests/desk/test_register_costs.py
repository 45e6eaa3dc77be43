"""What the pages of registers and records cost: statements do not grow with rows, and a full page stays small."""

import gzip

import pytest

from server.kernel.actor import Capacity
from server.models.parties import Party
from server.vocabulary.parties import PartyKind
from tests.factories.filled import statements
from tests.factories.rounds import open_round, submit
from tests.factories.world import World, add_delegate

pytestmark = [pytest.mark.database, pytest.mark.rest]

MOST_BYTES = 25_000
"""Bytes of a page on the line, where most people have 128 kbit/s."""


async def add_parties(world: World, numbers: range) -> None:
    """Add parties, each with a delegate."""
    async with world.database.writing() as session:
        for number in numbers:
            key, kind = f"many-{number}", PartyKind.MEMBER_ADMINISTRATION
            party = Party(name=f"Customs {number}", short_name=f"C{number}", kind=kind, capacity=Capacity.MEMBER)
            session.add(party)
            await session.flush()
            world.parties[key] = party.id
            await add_delegate(session, world, key, "japan", is_focal_point=False)


async def test_pages_ask_as_many_statements_for_many_rows_and_stay_small(desk, world) -> None:
    round_id = await open_round(world)
    await submit(world, "japan", round_id)
    visitor = await desk("secretariat")
    paths = [
        *("/registers", "/parties", "/people", "/invitations", "/journal", "/papers", "/applications"),
        f"/parties/{world.parties['japan']}",
        f"/people/{world.persons['japan']}",
        f"/rights/{world.persons['japan']}",
        f"/audience/{round_id}",
        "/search?q=customs",
    ]

    async def counts() -> dict[str, int]:
        asked = {}
        for path in paths:
            with statements(world.database) as seen:
                answer = await visitor.get(path)
            assert answer.status_code == 200, path
            assert len(gzip.compress(answer.content)) < MOST_BYTES, path
            asked[path] = len(seen)
        return asked

    few = await counts()
    await add_parties(world, range(50))
    for _ in range(3):
        await submit(world, "japan", round_id)

    assert await counts() == few
