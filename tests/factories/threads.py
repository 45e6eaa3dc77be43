"""What others do with comments of a world: co-signers who are asked, representatives, rows of tables."""

from datetime import date
from typing import Any

from sqlalchemy import text

from server.domain.parties.actions.representing import grant_representation
from server.domain.rounds.actions import filing
from tests.factories.refusing import refusal_writes_nothing
from tests.factories.rounds import rows_of, words
from tests.factories.world import World


async def ask_to_sign(world: World, round_id: str, *others: str, who: str = "japan-assistant", **changed: Any) -> str:
    """Draft a comment of Japan that other parties are asked to sign, and return its id."""
    content = words(world, co_signer_ids=tuple(world.parties[each] for each in others), **changed)
    return await world.do(who, filing.draft_comment, round_id=round_id, content=content)


async def signature_of(world: World, comment_id: str, who: str) -> dict[str, Any]:
    """Return the row of the co-signature of a party on a comment."""
    rows = await rows_of(world, "co_signatures")
    return next(row for row in rows if (row["comment_id"], row["party_id"]) == (comment_id, world.parties[who]))


async def represent(world: World, party: str, by: str) -> str:
    """Let the delegates of one party speak on behalf of another, and return the id of the representation."""
    days = {"starts_on": date(2018, 1, 1), "ends_on": None}
    ids = {"party_id": world.parties[party], "by_party_id": world.parties[by]}
    return await world.do(party, grant_representation, **ids, evidence="Letter of 2 January 2018", **days)


async def do_for(world: World, who: str, party: str, action: Any, **arguments: Any) -> str:
    """Do one act as a person who speaks on behalf of a party, as `World.do` does."""
    actor = await world.actor(who)
    standing = next(each for each in actor.standings if each.party_id == world.parties[party])
    with refusal_writes_nothing():
        async with world.database.writing() as session:
            return str(await action(session, actor.speak_as(standing), world.clock.now, **arguments))


async def work_of(world: World, comment_id: str) -> str:
    """Return the status of a comment."""
    async with world.database.reading() as connection:
        chosen = text("SELECT status FROM comment_work WHERE comment_id = :id")
        return str(await connection.scalar(chosen, {"id": comment_id}))
