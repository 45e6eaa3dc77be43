"""What an act answered and what it wrote: refusals, rows and the journal."""

from typing import Any

import pytest
from sqlalchemy import select

from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.models.journal import JournalEntry
from tests.factories.contents import contents_of
from tests.factories.world import World

FORBIDDEN = (RefusalKind.FORBIDDEN, RefusalCode.FORBIDDEN)
NOT_FOUND = (RefusalKind.NOT_FOUND, RefusalCode.NOT_FOUND)
WRONG_STATE = (RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE)
STALE = (RefusalKind.STALE, RefusalCode.STALE_REVISION)
INVALID = (RefusalKind.INVALID, RefusalCode.INVALID)


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


async def refusal(world: World, who: str | None, action: Any, **arguments: Any) -> Refusal:
    """Return the refusal of an act. Fail if it is not refused, or if the database has changed."""
    before = contents_of(world.database)
    with pytest.raises(Refusal) as refused:
        await world.do(who, action, **arguments)
    assert contents_of(world.database) == before
    return refused.value
