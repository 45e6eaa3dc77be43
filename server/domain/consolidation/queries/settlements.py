"""Reading what waits for the settlement of a conflict, and what a settlement lets stand."""

from collections.abc import Collection, Sequence

from sqlalchemy import not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.models.consolidation import AppliedChange, ConflictSide, TextConflict
from server.models.proposals import Amendment
from server.vocabulary.consolidation import STRUCTURAL, ConflictStatus


async def waiting_changes(session: AsyncSession, consolidation_id: str) -> Sequence[AppliedChange]:
    """Return every accepted change that waits, in the order in which they were made."""
    waiting = (AppliedChange.consolidation_id == consolidation_id, not_(AppliedChange.stands))
    return (await session.scalars(select(AppliedChange).where(*waiting).order_by(AppliedChange.id))).all()


async def released_changes(
    session: AsyncSession, consolidation_id: str, sources: Collection[str]
) -> list[AppliedChange]:
    """Return the waiting changes of the proposals behind `sources` that need not wait any longer.

    A proposal waits while a conflict in which it is a side is open, and for ever once it lost one, unless the
    settlement said that the rest stands.
    """
    mine = select(Amendment.proposal_id).where(Amendment.id.in_(sources))
    statement = (
        select(ConflictSide, TextConflict, Amendment.proposal_id)
        .join(TextConflict, TextConflict.id == ConflictSide.conflict_id)
        .join(Amendment, Amendment.id == ConflictSide.source_id)
        .where(TextConflict.consolidation_id == consolidation_id, Amendment.proposal_id.in_(mine))
    )
    rows = (await session.execute(statement)).all()
    held = {
        proposal
        for side, conflict, proposal in rows
        if conflict.status == ConflictStatus.OPEN or not (prevails(side, conflict) or conflict.rest_stands)
    }
    free = {proposal for _, _, proposal in rows} - held
    amendments = select(Amendment.id).where(Amendment.proposal_id.in_(free))
    contested = {side.source_id for side, conflict, _ in rows if conflict.kind in STRUCTURAL}
    waiting = (AppliedChange.consolidation_id == consolidation_id, not_(AppliedChange.stands))
    released = await session.scalars(select(AppliedChange).where(*waiting, AppliedChange.source_id.in_(amendments)))
    return [row for row in released if row.source_id not in contested]


def prevails(side: ConflictSide, conflict: TextConflict) -> bool:
    """Return whether a side of a settled conflict stands."""
    if conflict.kind in STRUCTURAL:
        return side.source_id in conflict.standing_ids
    return side.words == conflict.settled_words
