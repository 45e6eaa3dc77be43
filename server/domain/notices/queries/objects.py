"""The kinds of objects that notices are about."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func
from sqlalchemy.orm import aliased

from server.domain.bodies.queries import visible_bodies, visible_decisions, visible_sittings
from server.domain.calls.queries import visible_calls
from server.domain.groups.queries import visible_nominations, visible_promises, visible_reports
from server.domain.neighbours.queries.inviting import visible_invitations
from server.domain.notices.queries.kinds import ObjectKind
from server.domain.papers.queries import visible_papers
from server.domain.planning.queries import last_day_of, visible_milestone_changes, visible_milestones
from server.domain.proposals.queries import visible_cycles, visible_deferrals, visible_proposals
from server.domain.rounds.queries import visible_comments, visible_rounds
from server.domain.silence.queries import visible_procedures
from server.domain.texts.queries.reading import visible_editions, visible_versions
from server.domain.triage.queries.seeing import visible_advice
from server.domain.workplan.queries import visible_activities, visible_work_items, visible_work_plans
from server.kernel.predicates import present, today
from server.models.bodies import Body, Decision, Sitting
from server.models.calls import Call
from server.models.deferring import ProposalDeferral, has_come
from server.models.groups import GroupReport, Nomination, Promise
from server.models.neighbours import NeighbourInvitation
from server.models.papers import Paper
from server.models.planning import Milestone, MilestoneChange
from server.models.proposals import AmendmentProposal, ProposalWork, ReviewCycle
from server.models.rounds import Comment, Round
from server.models.silence import SilenceProcedure
from server.models.texts import Edition, TextVersion
from server.models.triage import AdviceRequest
from server.models.workplan import Activity, WorkItem, WorkPlan
from server.vocabulary.notices import DueKind
from server.vocabulary.proposals import ProposalStatus


def _title(subject: Any, _parent: Any) -> Any:
    return subject.title


def _parent_title(_subject: Any, parent: Any) -> Any:
    return parent.title


def _itself(subject: Any, _parent: Any) -> tuple[Any, ...]:
    return (subject.id,)


ROUND = ObjectKind(
    Round,
    visible_rounds,
    _title,
    lambda round_, _: (round_.id, round_.body_id, round_.text_version_id),
    due_kind=DueKind.CLOSES,
    due_at=lambda round_, _: round_.closes_at,
    zone=lambda round_, _: round_.zone,
)
COMMENT = ObjectKind(
    Comment,
    visible_comments,
    _parent_title,
    lambda comment, round_: (comment.round_id, round_.body_id, round_.text_version_id),
    parent=Round,
    join=lambda subject, parent: parent.id == subject.round_id,
    due_kind=DueKind.CLOSES,
    due_at=lambda _, round_: round_.closes_at,
    zone=lambda _, round_: round_.zone,
)
ADVICE = ObjectKind(
    AdviceRequest,
    visible_advice,
    lambda request, _: request.question,
    _itself,
    due_kind=DueKind.DUE,
    due_on=lambda request, _: request.due_on,
)
CALL = ObjectKind(
    Call,
    visible_calls,
    _title,
    lambda call, _: (call.id, call.body_id),
    due_kind=DueKind.CLOSES,
    due_at=lambda call, _: call.closes_at,
    zone=lambda call, _: call.zone,
)
CYCLE = ObjectKind(
    ReviewCycle,
    visible_cycles,
    _title,
    _itself,
    due_kind=DueKind.CLOSES,
    due_on=lambda cycle, _: cycle.closes_on,
)
PROPOSAL = ObjectKind(
    AmendmentProposal,
    visible_proposals,
    _title,
    lambda proposal, work: (proposal.id, proposal.cycle_id, work.body_id, proposal.text_version_id),
    parent=ProposalWork,
    join=lambda proposal, work: work.proposal_id == proposal.id,
)
DEFERRAL = ObjectKind(
    ProposalDeferral,
    visible_deferrals,
    _parent_title,
    lambda deferral, _: (deferral.proposal_id,),
    parent=AmendmentProposal,
    join=lambda deferral, proposal: proposal.id == deferral.proposal_id,
    due_on=lambda deferral, _: deferral.deferred_on,
)


def has_come_back(deferral: Any, _proposal: Any) -> ColumnElement[bool]:
    """Return the condition that a proposal is back, and that nobody has moved it on since."""
    work = aliased(ProposalWork)
    waits = (work.deferral_id == deferral.id, work.status != ProposalStatus.WITHDRAWN)
    return and_(exists().where(*waits).correlate_except(work), has_come(deferral, today, present))


NEIGHBOUR_INVITATION = ObjectKind(
    NeighbourInvitation,
    visible_invitations,
    _parent_title,
    lambda invitation, proposal: (invitation.proposal_id, proposal.cycle_id),
    parent=AmendmentProposal,
    join=lambda invitation, proposal: proposal.id == invitation.proposal_id,
)
BODY = ObjectKind(Body, visible_bodies, lambda body, _: body.short_name, _itself)
SITTING = ObjectKind(
    Sitting,
    visible_sittings,
    lambda _, body: body.short_name,
    lambda sitting, _: (sitting.id, sitting.body_id),
    parent=Body,
    join=lambda subject, parent: parent.id == subject.body_id,
    due_kind=DueKind.STARTS,
    due_on=lambda sitting, _: sitting.starts_on,
)
DECISION = ObjectKind(
    Decision,
    visible_decisions,
    lambda decision, _: decision.verb,
    lambda decision, sitting: (sitting.id, sitting.body_id, decision.subject_id),
    parent=Sitting,
    join=lambda subject, parent: parent.id == subject.sitting_id,
)
SILENCE = ObjectKind(
    SilenceProcedure,
    visible_procedures,
    _title,
    lambda procedure, _: (procedure.id, procedure.body_id),
    due_kind=DueKind.CLOSES,
    due_at=lambda procedure, _: procedure.expires_at,
    zone=lambda procedure, _: procedure.zone,
)
NOMINATION = ObjectKind(
    Nomination,
    visible_nominations,
    lambda _, body: body.short_name,
    lambda nomination, _: (nomination.body_id,),
    parent=Body,
    join=lambda subject, parent: parent.id == subject.body_id,
)
PROMISE = ObjectKind(
    Promise,
    visible_promises,
    lambda promise, _: promise.text,
    lambda promise, _: (promise.body_id,),
    due_kind=DueKind.DUE,
    due_at=lambda promise, _: promise.due_at,
    zone=lambda promise, _: promise.zone,
)
GROUP_REPORT = ObjectKind(GroupReport, visible_reports, _title, lambda report, _: (report.body_id,))
MILESTONE = ObjectKind(
    Milestone,
    visible_milestones,
    lambda milestone, _: milestone.name,
    lambda milestone, plan: (milestone.plan_id, plan.body_id),
    parent=WorkPlan,
    join=lambda subject, parent: parent.id == subject.plan_id,
    due_kind=DueKind.DUE,
    due_on=lambda milestone, _: last_day_of(milestone),
)
MILESTONE_CHANGE = ObjectKind(
    MilestoneChange,
    visible_milestone_changes,
    lambda _, milestone: milestone.name,
    lambda _, milestone: (milestone.plan_id,),
    parent=Milestone,
    join=lambda subject, parent: parent.id == subject.milestone_id,
)
PLAN = ObjectKind(WorkPlan, visible_work_plans, _title, lambda plan, _: (plan.id, plan.body_id))
TOPIC = ObjectKind(WorkItem, visible_work_items, _title, lambda item, _: (item.plan_id, item.body_id))
ACTIVITY = ObjectKind(
    Activity,
    visible_activities,
    lambda activity, _: activity.description,
    lambda activity, item: (item.plan_id, item.body_id),
    parent=WorkItem,
    join=lambda subject, parent: parent.id == subject.work_item_id,
    due_kind=DueKind.DUE,
    due_on=lambda activity, _: activity.latest,
)
VERSION = ObjectKind(TextVersion, visible_versions, lambda version, _: version.label, _itself)
EDITION = ObjectKind(
    Edition, visible_editions, lambda edition, _: edition.label, lambda edition, _: (edition.text_version_id,)
)
PAPER = ObjectKind(Paper, visible_papers, _title, lambda paper, _: (func.coalesce(paper.sitting_id, paper.id),))

WATCHED: dict[str, ObjectKind] = {
    kind.model.prefix: kind for kind in (ROUND, CALL, PROPOSAL, CYCLE, BODY, SITTING, PLAN, VERSION)
}
"""The kinds of objects that people watch and mute, by the prefix of their ids."""
