"""The position of a comment is always that of its provision, so that lists can follow it alone."""

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from server.domain.rounds.actions import filing
from server.models.rounds import Comment
from server.models.texts import ProvisionText
from server.vocabulary.rounds import CommentType
from tests.factories.rounds import draft, open_round, submit, words
from tests.factories.world import World

pytestmark = pytest.mark.own_sql
PLAIN: dict[str, Any] = {"quotation": None, "proposed_wording": None}
ON_WHOLE_TEXT = {"type": CommentType.GENERAL, "provision_id": None, **PLAIN}


async def positions(world: World) -> list[tuple[int, int]]:
    """Return the position of every comment with that of its provision, 0 for one on the whole text."""
    statement = select(Comment.position, ProvisionText.position).outerjoin(Comment.provision_text).order_by(Comment.id)
    async with world.database.reading() as connection:
        return [(own, source or 0) for own, source in await connection.execute(statement)]


async def test_drafting_revising_and_filing_write_the_position_of_the_provision(world: World) -> None:
    round_id = await open_round(world)
    drafted = await draft(world, "japan-assistant", round_id, provision_id=world.provisions[2], **PLAIN)
    await submit(world, "canada", round_id, **ON_WHOLE_TEXT)
    assert sorted(await positions(world)) == [(0, 0), (3, 3)]

    content = words(world, provision_id=world.provisions[1], **PLAIN)
    await world.do("japan-assistant", filing.revise_comment, comment_id=drafted, expected_revision=1, content=content)

    assert sorted(await positions(world)) == [(0, 0), (2, 2)]


@pytest.mark.parametrize("provision", [None, 2])
async def test_no_comment_keeps_another_position(world: World, provision: int | None) -> None:
    round_id = await open_round(world)
    row: dict[str, Any] = {
        "round_id": round_id,
        "party_id": world.parties["japan"],
        "author_id": world.delegates["japan"],
        "type": CommentType.GENERAL,
        "text": "Words",
        "drafted_at": world.clock.now,
        "provision_text_id": None if provision is None else world.provisions[provision],
    }

    if world.database.is_sqlite:
        with pytest.raises(IntegrityError, match="the position of a comment is that of its provision"):
            await world.add(Comment(**row, position=7))
        assert await positions(world) == []
        return
    await world.add(Comment(**row, position=7))
    async with world.database.writing() as session:
        await session.execute(text("UPDATE comments SET position = 9"))

    assert await positions(world) == [(0, 0) if provision is None else (3, 3)]
