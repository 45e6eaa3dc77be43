"""Statements for the subjects of tasks at the end of the work: advice, answers to settle, editions to publish.

Their form is that of `server.domain.tasks.queries.subjects`.
"""

from typing import Any

from sqlalchemy import Select, String, and_, bindparam, case, null, or_, select
from sqlalchemy.orm import aliased

from server.domain.rounds.queries import visible_dispositions
from server.domain.tasks.queries.kinds import Subjects
from server.domain.tasks.queries.subjects import DAY_AT_HOME
from server.domain.texts.queries.reading import visible_versions
from server.domain.triage.queries.seeing import visible_advice
from server.kernel.predicates import actor_party, actor_person, is_secretariat, led_bodies
from server.models.bodies import Body, Decision, Sitting
from server.models.consolidation import AppliedChange, Consolidation
from server.models.parties import Delegate
from server.models.proposals import Amendment, AmendmentProposal, ProposalWork
from server.models.rounds import Comment, CommentWork, Disposition, Round
from server.models.texts import Edition, TextVersion
from server.models.triage import AdviceRequest, AnswerSettling, CommentPoint
from server.vocabulary.bodies import ADOPTS, BodyKind
from server.vocabulary.proposals import ProposalStatus
from server.vocabulary.rounds import UNDISPOSED, DispositionStage
from server.vocabulary.texts import VersionStatus
from server.vocabulary.triage import SettlingSide

SUBJECTS = bindparam("subjects", type_=String, expanding=True)
"""The ids of the subjects for which something is prepared."""


def select_advice() -> Subjects:
    """Return the statement for requests for advice that wait for the caller or for a body that they lead."""
    delegate = aliased(Delegate)
    own = select(delegate.id).where(
        delegate.id == AdviceRequest.delegate_id,
        delegate.person_id == actor_person,
        delegate.party_id == actor_party,
    )
    return (
        select(AdviceRequest.id, AdviceRequest.due_on, AdviceRequest.question, Round.title, DAY_AT_HOME)
        .join(Comment, Comment.id == AdviceRequest.comment_id)
        .join(Round, Round.id == Comment.round_id)
        .where(
            visible_advice(AdviceRequest),
            AdviceRequest.given_at.is_(None),
            or_(own.exists(), AdviceRequest.body_id.in_(led_bodies)),
        )
        .order_by(AdviceRequest.due_on, AdviceRequest.id)
    )


def select_answers_to_settle() -> Subjects:
    """Return the statement for proposed answers that the other side has settled and the caller's side has not."""
    other, own = aliased(AnswerSettling), aliased(AnswerSettling)
    side = case((is_secretariat, SettlingSide.SECRETARIAT.value), else_=SettlingSide.COORDINATORS.value)
    point = select(CommentPoint.id).where(CommentPoint.disposition_id == Disposition.id)
    settled = select(own.id).where(own.disposition_id == Disposition.id, own.side == side)
    return (
        select(Disposition.id, null(), Round.title, Body.short_name, null())
        .join(other, other.disposition_id == Disposition.id)
        .join(Comment, Comment.id == Disposition.comment_id)
        .join(CommentWork, CommentWork.comment_id == Comment.id)
        .join(Round, Round.id == Comment.round_id)
        .join(Body, Body.id == Round.body_id)
        .where(
            visible_dispositions(Disposition),
            or_(is_secretariat, Round.body_id.in_(led_bodies)),
            Disposition.stage == DispositionStage.PROPOSED,
            CommentWork.status.in_(UNDISPOSED),
            or_(CommentWork.disposition_id == Disposition.id, point.exists()),
            ~settled.exists(),
        )
        .order_by(Disposition.id)
    )


def _adopting(version: Any) -> Select[Any]:
    """Return the statement for the decisions of the Council that adopt a version, or a proposal that is in it."""
    applied = (
        select(Amendment.proposal_id)
        .join(AppliedChange, AppliedChange.source_id == Amendment.id)
        .join(Consolidation, Consolidation.id == AppliedChange.consolidation_id)
        .where(Consolidation.target_id == version.id, AppliedChange.stands)
    )
    return (
        select(Decision.id)
        .join(Sitting, Sitting.id == Decision.sitting_id)
        .join(Body, Body.id == Sitting.body_id)
        .where(
            Body.kind == BodyKind.COUNCIL,
            Decision.outcome.in_(ADOPTS),
            or_(Decision.subject_id == version.id, Decision.subject_id.in_(applied)),
        )
    )


def select_versions_to_publish() -> Subjects:
    """Return the statement for issued originals that the Council adopted and that are no edition yet.

    Left out are those with a proposal that is not approved, and those before the edition in force.
    """
    newer, edition, waiting = aliased(TextVersion), aliased(Edition), aliased(AmendmentProposal)
    in_force = (
        select(edition.id)
        .join(newer, newer.id == edition.text_version_id)
        .where(newer.instrument_id == TextVersion.instrument_id, newer.number >= TextVersion.number)
    )
    pending = (
        select(waiting.id)
        .join(Amendment, Amendment.proposal_id == waiting.id)
        .join(AppliedChange, and_(AppliedChange.source_id == Amendment.id, AppliedChange.stands))
        .join(Consolidation, Consolidation.id == AppliedChange.consolidation_id)
        .join(ProposalWork, ProposalWork.proposal_id == waiting.id)
        .where(Consolidation.target_id == TextVersion.id, ProposalWork.status != ProposalStatus.APPROVED)
    )
    return (
        select(TextVersion.id, null(), TextVersion.label, null(), null())
        .where(
            visible_versions(TextVersion),
            TextVersion.status == VersionStatus.ISSUED,
            TextVersion.follows_id.is_(None),
            ~in_force.exists(),
            ~pending.exists(),
            _adopting(TextVersion).exists(),
        )
        .order_by(TextVersion.id)
    )


def select_decisions() -> Select[str, str, str]:
    """Return the statement for (version, decision that adopts it, label), the latest decision last."""
    decision = aliased(Decision)
    adopting = _adopting(TextVersion).where(Decision.id == decision.id).correlate(TextVersion, decision)
    return (
        select(TextVersion.id, decision.id, TextVersion.label)
        .join(decision, decision.id != "")
        .where(TextVersion.id.in_(SUBJECTS), adopting.exists())
        .order_by(decision.recorded_at, decision.id)
    )
