"""What an act answered and what it wrote: refusals, rows and the journal."""

from typing import Any

import pytest
from sqlalchemy import select

from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.models.bodies import Decision, Sitting
from server.models.journal import JournalEntry, JournalHead
from server.models.proposals import (
    Amendment,
    AmendmentProposal,
    AmendmentView,
    CoSponsor,
    ProposalWork,
    ReviewCycle,
)
from tests.factories.world import World

FORBIDDEN = (RefusalKind.FORBIDDEN, RefusalCode.FORBIDDEN)
NOT_FOUND = (RefusalKind.NOT_FOUND, RefusalCode.NOT_FOUND)
WRONG_STATE = (RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE)
STALE = (RefusalKind.STALE, RefusalCode.STALE_VERSION)
INVALID = (RefusalKind.INVALID, RefusalCode.INVALID)
WRITTEN: tuple[Any, ...] = (
    *(Sitting, Decision, ReviewCycle, AmendmentProposal, ProposalWork, CoSponsor, Amendment, AmendmentView),
    *(JournalEntry, JournalHead),
)
"""Tables that the acts of bodies and proposals write."""


def kind_and_code(refused: Refusal) -> tuple[RefusalKind, RefusalCode]:
    """Return the kind and the code of a refusal."""
    return refused.kind, refused.code


async def rows(world: World, model: Any, order: Any = None) -> list[Any]:
    """Return every row of a table."""
    async with world.database.reading() as connection:
        return list(await connection.execute(select(model.__table__).order_by(order)))


async def last_entry(world: World) -> Any:
    """Return the last entry of the journal."""
    return (await rows(world, JournalEntry, JournalEntry.sequence))[-1]


async def everything(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row that the acts of these concepts could write, to show that nothing was written."""
    async with world.database.reading() as connection:
        found = {model.__tablename__: await connection.execute(select(model.__table__)) for model in WRITTEN}
        return {name: sorted((tuple(row) for row in rows), key=repr) for name, rows in found.items()}


async def refusal(world: World, who: str | None, action: Any, **arguments: Any) -> Refusal:
    """Return the refusal of an act. Fail if it is not refused, or if the database has changed."""
    before = await everything(world)
    with pytest.raises(Refusal) as refused:
        await world.do(who, action, **arguments)
    assert await everything(world) == before
    return refused.value
