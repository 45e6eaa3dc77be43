"""The versions of which the next one can be made, with what waits on each of them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from server.domain.consolidation import policy
from server.domain.consolidation.queries.gathering import CARRIED_ON
from server.domain.consolidation.queries.pending import select_comments_of, select_open_rounds
from server.domain.consolidation.rules.life import BaseFacts
from server.domain.proposals.queries import CURRENT_VERSION
from server.domain.texts.queries.reading import visible_versions
from server.kernel.actor import Actor
from server.kernel.acts import Verdict
from server.models.deferring import is_put_off
from server.models.proposals import Amendment, AmendmentProposal, AmendmentView, CarriedAmendment, ProposalWork
from server.models.rounds import Comment, CommentWork, Disposition
from server.models.texts import Instrument, TextVersion
from server.vocabulary.proposals import ASKING, GroupView
from server.vocabulary.rounds import ACCEPTING, UNDISPOSED, CommentStatus
from server.vocabulary.texts import VersionStatus


class Candidate(NamedTuple):
    """The latest issued version of an original, and the verdict on making the next one of it."""

    version_id: str
    open_round_count: int
    undisposed_count: int
    accepted_count: int
    available_acts: list[Verdict]


async def list_candidates(session: AsyncSession, actor: Actor, now: datetime) -> list[Candidate]:
    """Return the candidates by short title of their instruments; none unless the actor may consolidate at all.

    The number of statements does not depend on the number of versions.
    """
    if not policy.consolidate.who.holds(actor, None):
        return []
    versions = (await session.execute(_select_latest(), actor.parameters(now))).all()
    ids = [version.id for version in versions]
    working = await _count(session, _select_working())
    rounds = await _count(session, select_open_rounds(now))
    undisposed = await _count(session, select_comments_of(ids, CommentWork.status.in_(UNDISPOSED)))
    accepted = await _count(session, _select_accepted(ids))
    agreed = await _count(session, _select_agreed(ids, now))
    candidates = []
    for id_, instrument_id in versions:
        facts = BaseFacts(
            VersionStatus.ISSUED, undisposed.get(id_, 0), working.get(instrument_id, 0), rounds.get(id_, 0)
        )
        verdict = policy.consolidate.verdict(actor, facts, now)
        total = accepted.get(id_, 0) + agreed.get(id_, 0)
        candidates.append(Candidate(id_, facts.open_rounds, facts.undisposed, total, [verdict]))
    return candidates


async def _count(session: AsyncSession, statement: Any) -> dict[str, int]:
    """Return the numbers that a statement counts, by the id that it groups by."""
    return dict((await session.execute(statement)).all())


def _select_latest() -> Any:
    """Return the statement for the latest issued version of every original."""
    later = aliased(TextVersion)
    same = (later.instrument_id == TextVersion.instrument_id, later.follows_id.is_(None))
    superseding = select(later.id).where(*same, later.number > TextVersion.number, later.status == VersionStatus.ISSUED)
    return (
        select(TextVersion.id, TextVersion.instrument_id)
        .join(Instrument, Instrument.id == TextVersion.instrument_id)
        .where(
            visible_versions(TextVersion),
            TextVersion.status == VersionStatus.ISSUED,
            TextVersion.follows_id.is_(None),
            ~superseding.exists(),
        )
        .order_by(Instrument.short_title, TextVersion.id)
    )


def _select_working() -> Any:
    """Return the statement that counts the originals that are being made, by instrument."""
    working = (TextVersion.status == VersionStatus.WORKING, TextVersion.follows_id.is_(None))
    return select(TextVersion.instrument_id, func.count()).where(*working).group_by(TextVersion.instrument_id)


def _select_accepted(version_ids: Collection[str]) -> Any:
    """Return the statement that counts the comments of which a wording was accepted, by version."""
    wordings = (Comment.proposed_wording, Comment.addition_kind)
    worded = or_(Disposition.wording.is_not(None), *(each.is_not(None) for each in wordings))
    accepted = (CommentWork.status == CommentStatus.DISPOSED, Disposition.verdict.in_(ACCEPTING), worded)
    statement = select_comments_of(version_ids, *accepted)
    return statement.join(Disposition, Disposition.id == CommentWork.disposition_id)


def _select_agreed(version_ids: Collection[str], now: datetime) -> Any:
    """Return the statement that counts the agreed amendments, by the version that their proposals are on now."""
    carried = (CarriedAmendment.amendment_id == Amendment.id) & (CarriedAmendment.text_version_id == CURRENT_VERSION)
    return (
        select(CURRENT_VERSION, func.count())
        .select_from(Amendment)
        .join(AmendmentProposal, AmendmentProposal.id == Amendment.proposal_id)
        .join(ProposalWork, ProposalWork.proposal_id == AmendmentProposal.id)
        .join(AmendmentView, AmendmentView.amendment_id == Amendment.id)
        .outerjoin(CarriedAmendment, carried)
        .where(
            CURRENT_VERSION.in_(version_ids),
            ProposalWork.status.in_(CARRIED_ON),
            not_(is_put_off(ProposalWork, now.date(), now)),
            AmendmentView.view == GroupView.AGREED,
            or_(CarriedAmendment.id.is_(None), CarriedAmendment.state.in_(ASKING)),
        )
        .group_by(CURRENT_VERSION)
    )
