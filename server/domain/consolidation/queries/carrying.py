"""Reading what is carried over to a version that is issued: open comments, and pending proposals."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from server.domain.consolidation.rules.carrying import PENDING, Asked, FormerPlace
from server.domain.consolidation.rules.changes import BaseText
from server.domain.proposals.queries import CURRENT_VERSION
from server.models.consolidation import AppliedChange, Consolidation
from server.models.proposals import Amendment, AmendmentProposal, CarriedAmendment, ProposalWork
from server.models.rounds import CarriedComment, Comment, CommentWork, Disposition, Round
from server.models.taking_over import can_go_on
from server.models.texts import ProvisionText, TextVersion
from server.vocabulary.proposals import CarriedState, ProposalStatus
from server.vocabulary.rounds import CERTAIN, UNDISPOSED, CommentStatus, DispositionVerdict, RoundStatus
from server.vocabulary.texts import VersionStatus

DECIDED = frozenset(CarriedState) - {CarriedState.STALE}
"""States of a carried amendment from which it is carried on; a stale one is carried from where it was before."""


class OpenComment(NamedTuple):
    """A comment that is not finally answered, and its last certain place: where it is, and in which version."""

    id: str
    place: FormerPlace
    version_id: str
    covers_section: bool = False


async def open_comments(session: AsyncSession, version: TextVersion) -> list[OpenComment]:
    """Return the open comments on earlier versions of the instrument, their work rows locked for change.

    Open is a filed comment without a recorded answer, or one that was put off. Its last certain place is the one that
    it was filed on, or a later one that is exact or that its party confirmed.
    """
    earlier = aliased(TextVersion)
    statement = (
        select(
            *(Comment.id, Comment.covers_section, ProvisionText.provision_id, ProvisionText.text),
            *(Comment.quote_start, Comment.quote_end, Round.text_version_id),
        )
        .join(Round, Round.id == Comment.round_id)
        .join(earlier, earlier.id == Round.text_version_id)
        .join(CommentWork, CommentWork.comment_id == Comment.id)
        .outerjoin(Disposition, Disposition.id == CommentWork.disposition_id)
        .outerjoin(ProvisionText, ProvisionText.id == Comment.provision_text_id)
        .where(
            earlier.instrument_id == version.instrument_id,
            earlier.number < version.number,
            Round.status != RoundStatus.CANCELLED,
            or_(
                CommentWork.status.in_(UNDISPOSED),
                and_(CommentWork.status == CommentStatus.DISPOSED, Disposition.verdict == DispositionVerdict.DEFERRED),
            ),
        )
        .order_by(Comment.id)
        .with_for_update(of=CommentWork)
    )
    rows = (await session.execute(statement)).all()
    later = await _certain_places(session, version)
    comments = []
    for row in rows:
        filed = FormerPlace(row.provision_id, row.text or "", row.quote_start, row.quote_end), row.text_version_id
        place, version_id = later.get(row.id, filed)
        comments.append(OpenComment(row.id, place, version_id, row.covers_section))
    return comments


async def _certain_places(session: AsyncSession, version: TextVersion) -> dict[str, tuple[FormerPlace, str]]:
    """Return (place, version) where each comment that was carried before was last certain to be, by its id."""
    statement = (
        select(
            *(CarriedComment.comment_id, CarriedComment.text_version_id, ProvisionText.provision_id),
            *(ProvisionText.text, CarriedComment.start, CarriedComment.end),
        )
        .join(TextVersion, TextVersion.id == CarriedComment.text_version_id)
        .join(ProvisionText, ProvisionText.id == CarriedComment.provision_text_id)
        .where(TextVersion.instrument_id == version.instrument_id, CarriedComment.state.in_(CERTAIN))
        .order_by(TextVersion.number)
    )
    rows = await session.execute(statement)
    return {row.comment_id: (FormerPlace(*row[2:]), row.text_version_id) for row in rows}


class PendingAmendment(NamedTuple):
    """An amendment of a pending proposal, and what it asks for on the version where that was last certain.

    `state` is that of a carried amendment, None for one on the version it was filed on. `current_id` is the version
    that its proposal is on.
    """

    id: str
    proposal_id: str
    status: ProposalStatus
    current_id: str
    version_id: str
    state: CarriedState | None
    asked: Asked


async def pending_amendments(session: AsyncSession, version: TextVersion) -> list[PendingAmendment]:
    """Return the amendments of pending proposals on earlier versions, the work rows of these locked for change.

    An agreed proposal is pending while nothing of it stands in a version that is or was issued; a withdrawn one while a
    co-sponsor can take it over.
    """
    rows = (await session.execute(_select_pending(version))).all()
    later = await _certain_contents(session, version)
    pending = []
    for row in rows:
        filed = (row.filed_id, None, Asked(row.kind, row.provision_id, row.after_id, row.wording))
        latest = later.get(row.id, filed)
        pending.append(PendingAmendment(row.id, row.proposal_id, row.status, row.current_id, *latest))
    return pending


def _select_pending(version: TextVersion) -> Select[*tuple[Any, ...]]:
    """Return the statement for the amendments of pending proposals."""
    earlier, part, target = aliased(TextVersion), aliased(Amendment), aliased(TextVersion)
    stands = (
        select(part.id)
        .join(AppliedChange, AppliedChange.source_id == part.id)
        .join(Consolidation, Consolidation.id == AppliedChange.consolidation_id)
        .join(target, target.id == Consolidation.target_id)
        .where(
            part.proposal_id == AmendmentProposal.id,
            AppliedChange.stands,
            or_(target.status == VersionStatus.ISSUED, target.id == version.id),
        )
    )
    goes_on = can_go_on(AmendmentProposal, ProposalWork, version.issued_at)
    return (
        select(
            *(Amendment.id, Amendment.proposal_id, Amendment.kind),
            *(Amendment.provision_id, Amendment.after_id, Amendment.wording),
            *(
                ProposalWork.status,
                AmendmentProposal.text_version_id.label("filed_id"),
                CURRENT_VERSION.label("current_id"),
            ),
        )
        .join(AmendmentProposal, AmendmentProposal.id == Amendment.proposal_id)
        .join(ProposalWork, ProposalWork.proposal_id == AmendmentProposal.id)
        .join(earlier, earlier.id == CURRENT_VERSION)
        .where(
            earlier.instrument_id == version.instrument_id,
            earlier.number < version.number,
            or_(ProposalWork.status.in_(PENDING), goes_on),
            ~stands.exists(),
        )
        .order_by(Amendment.proposal_id, Amendment.position)
        .with_for_update(of=ProposalWork)
    )


async def _certain_contents(
    session: AsyncSession, version: TextVersion
) -> dict[str, tuple[str, CarriedState | None, Asked]]:
    """Return (version, state, content) of each amendment where it was last decided what it asks for, by its id."""
    statement = (
        select(CarriedAmendment, Amendment.kind)
        .join(Amendment, Amendment.id == CarriedAmendment.amendment_id)
        .join(TextVersion, TextVersion.id == CarriedAmendment.text_version_id)
        .where(TextVersion.instrument_id == version.instrument_id, CarriedAmendment.state.in_(DECIDED))
        .order_by(TextVersion.number)
    )
    return {
        row.amendment_id: (row.text_version_id, row.state, Asked(kind, row.provision_id, row.after_id, row.wording))
        for row, kind in await session.execute(statement)
    }


async def read_texts(session: AsyncSession, version_ids: Collection[str]) -> dict[str, list[BaseText]]:
    """Return the provisions of several versions in reading order, by version, in one statement."""
    of = ProvisionText
    columns = (of.text_version_id, of.provision_id, of.kind, of.level, of.printed_number, of.text, of.parent_id)
    rows = await session.execute(
        select(*columns).where(of.text_version_id.in_(version_ids)).order_by(of.text_version_id, of.position)
    )
    provisions: dict[str, list[BaseText]] = defaultdict(list)
    for row in rows:
        provisions[row.text_version_id].append(BaseText(*row[1:]))
    return provisions
