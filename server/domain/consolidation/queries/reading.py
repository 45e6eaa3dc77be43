"""Reading consolidations, conflicts and applied changes, each under the visibility predicate of its noun."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload

from server.domain.proposals.queries import visible_amendments, visible_views
from server.domain.rounds.queries import visible_comments, visible_dispositions
from server.domain.texts.queries.reading import visible_versions
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.kernel.predicates import Within, is_for_delegates, parents, sight
from server.models.consolidation import (
    AppliedChange,
    ConflictSide,
    Consolidation,
    SentenceReading,
    TextConflict,
    TextCorrection,
)
from server.models.parties import Party
from server.models.proposals import Amendment, AmendmentProposal, AmendmentView
from server.models.rounds import Comment, Disposition
from server.models.texts import TextVersion
from server.storage.rows import NAMED, WANTED, find_row, get_row
from server.vocabulary.consolidation import ConflictStatus

visible_consolidations = Within("target_id", TextVersion, visible_versions, is_for_delegates)
"""The condition that the caller sees a consolidation: they see the version that it makes."""
visible_changes = Within("consolidation_id", Consolidation, visible_consolidations)
"""The condition that the caller sees an applied change: they see the version."""
visible_conflicts = Within("consolidation_id", Consolidation, visible_consolidations)
"""The condition that the caller sees a conflict: they see the version."""


def _is_from_visible(side: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees the comment, amendment or correction that a side's wording is from."""
    comment, amendment = (
        Within("source_id", Comment, visible_comments),
        Within("source_id", Amendment, visible_amendments),
    )
    objected = sight("whoever sees the correction that it takes back", side.source_id.startswith(TextCorrection.prefix))
    return or_(
        sight("whoever sees the comment whose wording it is", comment(side)),
        sight("whoever sees the amendment whose wording it is", amendment(side)),
        objected,
    )


visible_sides = Within("conflict_id", TextConflict, visible_conflicts, _is_from_visible)
"""The condition that the caller sees a side of a conflict.

They must see the conflict, and the comment or amendment that the wording comes from: a text goes to everyone, the
comments of a restricted round do not.
"""


async def find_seen_sources(session: AsyncSession, actor: Actor, now: datetime, sources: Collection[str]) -> set[str]:
    """Return the ids among `sources` of comments, amendments and corrections that this actor sees.

    The caller has already checked that the actor sees the version, whose corrections everybody sees who sees it.
    """
    corrections = {source for source in sources if prefix_of(source) == TextCorrection.prefix}
    return corrections | set(await find_origins(session, actor, now, sources))


_SEEN_COMMENTS = select(Comment.id, Comment.round_id).where(Comment.id.in_(NAMED), visible_comments(Comment))
_SEEN_AMENDMENTS = select(Amendment.id, Amendment.proposal_id).where(
    Amendment.id.in_(NAMED), visible_amendments(Amendment)
)


async def find_origins(session: AsyncSession, actor: Actor, now: datetime, sources: Collection[str]) -> dict[str, str]:
    """Return the comments and amendments among `sources` that this actor sees, each with its round or proposal."""
    parameters = {**actor.parameters(now), "named": list(sources)}
    origins = dict((await session.execute(_SEEN_COMMENTS, parameters)).all())
    return origins | dict((await session.execute(_SEEN_AMENDMENTS, parameters)).all())


_REASONS = [
    select(table.id, table.reason).where(table.id.in_(NAMED), visible(table))
    for table, visible in (
        (Disposition, visible_dispositions),
        (AmendmentView, visible_views),
        (TextConflict, visible_conflicts),
    )
]


async def find_reasons(
    session: AsyncSession, actor: Actor, now: datetime, decision_ids: Collection[str]
) -> dict[str, str]:
    """Return the reasons of dispositions, group's views and settlements by id, of those that the actor sees."""
    reasons: dict[str, str] = {}
    parameters = {**actor.parameters(now), "named": list(decision_ids)}
    for statement in _REASONS:
        reasons |= {row.id: row.reason for row in await session.execute(statement, parameters)}
    return reasons


_CONSOLIDATION = select(Consolidation).where(Consolidation.id == WANTED, visible_consolidations(Consolidation))
_WITH_TEXTS = _CONSOLIDATION.options(joinedload(Consolidation.target), joinedload(Consolidation.base))
_MAKING = select(Consolidation).where(Consolidation.target_id == WANTED, visible_consolidations(Consolidation))


async def get_consolidation(session: AsyncSession, actor: Actor, now: datetime, consolidation_id: str) -> Consolidation:
    """Return the consolidation with base and target, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _WITH_TEXTS, consolidation_id, "consolidation")


async def find_visible(
    session: AsyncSession, actor: Actor, now: datetime, consolidation_id: str
) -> Consolidation | None:
    """Return the consolidation, None if there is none for this actor."""
    return await find_row(session, actor, now, _CONSOLIDATION, consolidation_id)


async def find_making(session: AsyncSession, actor: Actor, now: datetime, version_id: str) -> Consolidation | None:
    """Return the consolidation that makes a version, None if there is none for this actor."""
    return await find_row(session, actor, now, _MAKING, version_id)


async def find_consolidation(session: AsyncSession, target_id: str) -> Consolidation | None:
    """Return the consolidation that makes this version; None for an imported one."""
    return await session.scalar(select(Consolidation).where(Consolidation.target_id == target_id))


_SEEN_CONFLICT = (
    select(TextConflict)
    .join(TextConflict.consolidation)
    .join(Consolidation.target)
    .where(TextConflict.id == WANTED, visible_conflicts(TextConflict))
    .options(contains_eager(TextConflict.consolidation).contains_eager(Consolidation.target))
)
_CONFLICT = _SEEN_CONFLICT.with_for_update(of=TextConflict)


async def find_visible_conflict(
    session: AsyncSession, actor: Actor, now: datetime, conflict_id: str
) -> TextConflict | None:
    """Return the conflict with its consolidation and target, not locked; None if there is none for this actor."""
    return await find_row(session, actor, now, _SEEN_CONFLICT, conflict_id)


_SEEN_SIDES = select(ConflictSide.id).where(ConflictSide.conflict_id == WANTED, visible_sides(ConflictSide))


async def find_visible_sides(session: AsyncSession, actor: Actor, now: datetime, conflict_id: str) -> set[str]:
    """Return the ids of the sides of a conflict that the actor sees."""
    return set((await session.scalars(_SEEN_SIDES, {**actor.parameters(now), "wanted": conflict_id})).all())


async def get_conflict(session: AsyncSession, actor: Actor, now: datetime, conflict_id: str) -> TextConflict:
    """Return the conflict, locked, with its consolidation and target, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _CONFLICT, conflict_id, "conflict")


async def sides_of(session: AsyncSession, conflict_id: str) -> Sequence[ConflictSide]:
    """Return the sides of a conflict, in the order in which they were found."""
    return (await session.scalars(select(ConflictSide).where(ConflictSide.conflict_id == conflict_id))).all()


async def conflicts_of(session: AsyncSession, consolidation_id: str) -> Sequence[TextConflict]:
    """Return every conflict of a consolidation."""
    statement = select(TextConflict).where(TextConflict.consolidation_id == consolidation_id)
    return (await session.scalars(statement)).all()


async def changes_of(
    session: AsyncSession, consolidation_id: str, provision_id: str | None = None
) -> Sequence[AppliedChange]:
    """Return every change that stands in what a consolidation makes, or in one of its provisions."""
    statement = select(AppliedChange).where(AppliedChange.consolidation_id == consolidation_id, AppliedChange.stands)
    if provision_id:
        statement = statement.where(AppliedChange.provision_id == provision_id)
    return (await session.scalars(statement.order_by(AppliedChange.id))).all()


async def readings_of(session: AsyncSession, consolidation_id: str) -> Sequence[SentenceReading]:
    """Return every confirmation that somebody has read a sentence of what a consolidation makes, with the reader."""
    statement = select(SentenceReading).where(SentenceReading.consolidation_id == consolidation_id)
    return (await session.scalars(statement.options(joinedload(SentenceReading.read_by)))).all()


async def short_names_behind(session: AsyncSession, changes: Sequence[AppliedChange]) -> dict[str, str]:
    """Return the short name of every party that asked for one of the changes, by party id."""
    party_ids = {change.party_id for change in changes if change.party_id}
    rows = await session.execute(select(Party.id, Party.short_name).where(Party.id.in_(party_ids)))
    return {row.id: row.short_name for row in rows}


async def lock_target(session: AsyncSession, consolidation: Consolidation) -> None:
    """Lock the version, so that it is not issued or given up while its words change.

    A second act waits and then sees what the first one did.
    """
    target = select(TextVersion).where(TextVersion.id == consolidation.target_id).with_for_update()
    await session.execute(target.execution_options(populate_existing=True))


async def has_open_conflict(session: AsyncSession, consolidation_id: str, provision_id: str) -> bool:
    """Return whether accepted wordings still compete in a provision."""
    place = (TextConflict.consolidation_id == consolidation_id, TextConflict.provision_id == provision_id)
    waiting = select(TextConflict.id).where(*place, TextConflict.status == ConflictStatus.OPEN)
    return await session.scalar(waiting.limit(1)) is not None


async def proposals_applied(session: AsyncSession, version_id: str) -> Sequence[AmendmentProposal]:
    """Return the proposals with an amendment in a version, with their work rows.

    The version counts with those it was made from, back to the last edition.
    """
    chain = await find_ancestors(session, version_id)
    sources = (
        select(AppliedChange.source_id)
        .join(Consolidation, Consolidation.id == AppliedChange.consolidation_id)
        .where(Consolidation.target_id.in_(chain), AppliedChange.stands)
    )
    statement = (
        select(AmendmentProposal)
        .where(
            AmendmentProposal.id.in_(select(Amendment.proposal_id).where(Amendment.id.in_(sources))),
        )
        .options(joinedload(AmendmentProposal.work))
    )
    return (await session.scalars(statement)).all()


async def find_ancestors(session: AsyncSession, version_id: str) -> list[str]:
    """Return a version and those it was made from, newest first.

    They go back to the last version that became an edition, which is left out.
    """
    instrument = select(TextVersion.instrument_id).where(TextVersion.id == version_id).scalar_subquery()
    statement = select(TextVersion).where(TextVersion.instrument_id == instrument)
    versions = {v.id: v for v in await session.scalars(statement.options(joinedload(TextVersion.edition)))}
    chain: list[str] = []
    # An edition ends the chain, except that of the version itself.
    next_id: str | None = version_id
    while next_id is not None and not (chain and versions[next_id].edition):
        chain.append(next_id)
        next_id = versions[next_id].base_id
    return chain


def open_conflicts_per_consolidation() -> Any:
    """Return the query for (consolidation, number of open conflicts), for those in `parents`."""
    of = TextConflict.consolidation_id
    waiting = (of.in_(parents), TextConflict.status == ConflictStatus.OPEN, visible_conflicts(TextConflict))
    return select(of, func.count()).where(*waiting).group_by(of)
