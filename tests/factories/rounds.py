"""Rounds and comments of a world, and what a test of an act asks: the refusal, and everything that is written."""

from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.rounds.actions import calling, filing
from server.domain.rounds.rules.checks import Content
from server.kernel.actor import Capacity
from server.kernel.refusals import Refusal, RefusalCode
from server.models.base import Base
from server.models.rounds import Round
from server.vocabulary.rounds import CommentType, RoundVisibility
from server.wording.anchors import Quotation
from tests.factories.contents import Contents, contents_of
from tests.factories.world import NOW, World

CLOSES = NOW + timedelta(days=7)
"""The closing instant of a round that is opened without saying another."""
EVERYONE = frozenset({Capacity.MEMBER, Capacity.OBSERVER, Capacity.PRIVATE_SECTOR})


def call(world: World, **changed: Any) -> dict[str, Any]:
    """Return the arguments of `open_round`: a round of the group on the issued version, open now, for everyone."""
    good = {
        "text_version_id": world.version,
        "body_id": world.bodies["group"],
        "title": "Comments on Draft 1",
        "opens_at": None,
        "closes_at": CLOSES,
        "zone": "Europe/Brussels",
        "visibility": RoundVisibility.IMMEDIATE,
        "audience": EVERYONE,
    }
    return good | changed


async def open_round(world: World, **changed: Any) -> str:
    """Open a round as the coordinator, and return its id. A second one has a title of its own."""
    world.rounds += 1
    if world.rounds > 1:
        changed.setdefault("title", f"Comments on Draft 1, round {world.rounds}")
    return await world.do("canada", calling.open_round, **call(world, **changed))


async def set_close(session: AsyncSession, round_id: str, closes_at: datetime) -> None:
    """Let a round close at another instant, past the triggers that keep its terms."""
    if session.get_bind().dialect.name == "sqlite":
        for name in ("rounds_keep_terms", "rounds_keep_extension"):
            await session.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
    else:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
    await session.execute(update(Round).where(Round.id == round_id).values(closes_at=closes_at))


def words(world: World, **changed: Any) -> Content:
    """Return the content of a comment on the first paragraph that proposes other words."""
    good = {
        "type": CommentType.SUBSTANTIVE,
        "text": "The duty must be clear.",
        "provision_id": world.provisions[1],
        "quotation": Quotation("should exchange"),
        "reason": "Legal certainty.",
        "proposed_wording": "shall exchange",
    }
    return Content(**(good | changed))


async def draft(world: World, who: str, round_id: str, **changed: Any) -> str:
    """Draft a comment of a party, and return its id."""
    return await world.do(who, filing.draft_comment, round_id=round_id, content=words(world, **changed))


async def submit(world: World, who: str, round_id: str, **changed: Any) -> str:
    """Submit a comment of a party, and return its id."""
    return await world.do(who, filing.submit_comment, round_id=round_id, content=words(world, **changed))


async def rows_of(world: World, table: str) -> list[dict[str, Any]]:
    """Return every row of a table by column, in a fixed order."""
    columns = Base.metadata.tables[table]
    async with world.database.reading() as connection:
        rows = (await connection.execute(select(columns))).all()
    return sorted((dict(row._mapping) for row in rows), key=repr)


async def everything(world: World) -> Contents:
    """Return every row of every table: equal before and after means that nothing was written."""
    return contents_of(world.database)


async def refusal_of(acting: Awaitable[Any]) -> Refusal | None:
    """Return the refusal of an act, None if it is done."""
    try:
        await acting
    except Refusal as refused:
        return refused
    return None


async def code_of(acting: Awaitable[Any]) -> RefusalCode | None:
    """Return the code of the refusal of an act, None if it is done."""
    refused = await refusal_of(acting)
    return refused.code if refused else None
