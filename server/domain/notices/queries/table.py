"""The one table of notices: what is told after which act, what the clock brings, and which acts are silent, and why.

A new act needs a row here, or a reason to be silent, and nothing else: `tests/notices/test_table.py` says so.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from server.domain.notices.queries.calls import CALL_REMINDED, CALLS, has_not_answered
from server.domain.notices.queries.comments import COMMENTS
from server.domain.notices.queries.deferring import BACK, DEFERRALS
from server.domain.notices.queries.kinds import Moment, Row, Telling, in_body
from server.domain.notices.queries.meetings import EXPIRIES, MEETINGS
from server.domain.notices.queries.objects import ACTIVITY, CALL, CYCLE, MILESTONE, PROMISE, ROUND, SILENCE, SITTING
from server.domain.notices.queries.planning import MILESTONES
from server.domain.notices.queries.proposals import NEIGHBOURS, PROPOSALS
from server.domain.notices.queries.rounds import ROUND_CLOSED, ROUNDS, SILENT_REMINDED, owes_answer
from server.domain.notices.queries.work import BODIES, PLAN, TEXTS
from server.domain.notices.rules.words import Sentence
from server.domain.rounds.rules.terms import EARLIEST_REMINDER
from server.kernel.actor import Capacity
from server.kernel.predicates import (
    actor_capacity,
    actor_party,
    is_secretariat,
    led_bodies,
)
from server.models.silence import SilenceStatement
from server.vocabulary.calls import CallStatus
from server.vocabulary.groups import PromiseStatus
from server.vocabulary.rounds import RoundStatus
from server.vocabulary.silence import SilenceStatus
from server.vocabulary.workplan import ActivityStatus, MilestoneStatus

TELLINGS: tuple[Telling, ...] = (
    *(*ROUNDS, *COMMENTS, *CALLS, *PROPOSALS, *NEIGHBOURS, *BODIES, *PLAN, *TEXTS),
    *(*DEFERRALS, *MEETINGS, *MILESTONES),
)
"""What is told after which act. Of several rows of one act, the first that concerns a person is told."""


def _has_stated(procedure_id: Any) -> ColumnElement[bool]:
    """Return the condition that the caller's party has made a statement in a silence procedure."""
    statement = aliased(SilenceStatement)
    own = (statement.procedure_id == procedure_id, statement.party_id == actor_party)
    return select(statement.id).where(*own).exists()


MOMENTS: tuple[Moment, ...] = (
    BACK,
    Moment(
        "round.closing",
        ROUND,
        timedelta(days=EARLIEST_REMINDER),
        lambda round_, _: round_.status == RoundStatus.CALLED,
        owes_answer,
        Sentence(
            "The round “{title}” closes soon, and your party has not answered.",
            "La consultation « {title} » se termine bientôt, et votre partie n’a pas répondu.",
        ),
        "/rounds/{subject}",
        days=lambda round_, _: round_.reminder_days,
        begins=lambda round_, _: round_.opens_at,
        usual_days=(3, 1),
        same_as=(SILENT_REMINDED.name,),
    ),
    Moment(
        "call.closing",
        CALL,
        timedelta(days=3),
        lambda call, _: call.status == CallStatus.CALLED,
        lambda call, _: and_(~is_secretariat, ~call.body_id.in_(led_bodies), has_not_answered(call.id)),
        Sentence(
            "The call “{title}” closes soon, and your party has not answered.",
            "L’appel à contributions « {title} » se termine bientôt, et votre partie n’a pas répondu.",
        ),
        "/calls/{subject}",
        is_pressing=True,
        same_as=(CALL_REMINDED.name,),
    ),
    Moment(
        "cycle.closing",
        CYCLE,
        timedelta(days=14),
        lambda cycle, _: cycle.closes_on.is_not(None),
        lambda _cycle, _parent: ~is_secretariat,
        Sentence(
            "The review “{title}” takes proposals for two weeks more.",
            "La révision « {title} » reçoit encore des propositions pendant deux semaines.",
        ),
        "/cycles",
    ),
    Moment(
        "activity.due",
        ACTIVITY,
        timedelta(days=14),
        lambda activity, _: activity.status.in_((ActivityStatus.NOT_STARTED, ActivityStatus.IN_PROGRESS)),
        lambda _activity, item: item.body_id.in_(led_bodies),
        Sentence(
            "An activity of your group is due soon: “{title}”.",
            "Une activité de votre groupe arrive à échéance : « {title} ».",
        ),
        "/activities/{subject}",
        is_personal=False,
    ),
    Moment(
        "sitting.near",
        SITTING,
        timedelta(days=14),
        lambda sitting, _: sitting.cancelled_at.is_(None),
        lambda sitting, _: in_body(sitting.body_id),
        Sentence("{title} sits soon.", "{title} se réunit bientôt."),
        "/sittings/{subject}",
        is_personal=False,
    ),
    Moment(
        "milestone.due",
        MILESTONE,
        timedelta(days=14),
        lambda milestone, _: milestone.status == MilestoneStatus.PLANNED,
        lambda milestone, plan: or_(plan.body_id.in_(led_bodies), milestone.approver_body_id.in_(led_bodies)),
        Sentence("A milestone is due soon: “{title}”.", "Un jalon arrive à échéance : « {title} »."),
        "/milestones/{subject}",
        is_personal=False,
    ),
    Moment(
        "milestone.missed",
        MILESTONE,
        -timedelta(days=1),
        lambda milestone, _: milestone.status == MilestoneStatus.PLANNED,
        lambda milestone, plan: and_(
            milestone.status == MilestoneStatus.PLANNED,
            or_(plan.body_id.in_(led_bodies), milestone.approver_body_id.in_(led_bodies)),
        ),
        Sentence(
            "A milestone was not reached in time: “{title}”.", "Un jalon n’est pas atteint à temps : « {title} »."
        ),
        "/milestones/{subject}",
        is_personal=False,
        reach=timedelta(days=14),
    ),
    Moment(
        "promise.due",
        PROMISE,
        timedelta(days=3),
        lambda promise, _: promise.status == PromiseStatus.MADE,
        lambda promise, _: promise.party_id == actor_party,
        Sentence(
            "Your party promised this soon: “{title}”.",
            "Un engagement de votre partie arrive à échéance : « {title} ».",
        ),
        "/promises/{subject}",
    ),
    Moment(
        "silence.closing",
        SILENCE,
        timedelta(days=3),
        lambda procedure, _: procedure.status == SilenceStatus.OPENED,
        lambda procedure, _: and_(actor_capacity == Capacity.MEMBER, ~_has_stated(procedure.id)),
        Sentence(
            "“{title}” is decided soon unless a Member objects.",
            "Décision imminente, sauf objection d’un Membre : « {title} ».",
        ),
        "/silence/{subject}",
        is_pressing=True,
    ),
    *EXPIRIES,
)
"""What the clock brings."""
ANNOUNCEMENTS = (SILENT_REMINDED, CALL_REMINDED, ROUND_CLOSED)
"""What other parts of the server tell."""

_REGISTER = "a register, in which people look things up; who is invited, moved or locked out gets a letter of its own"
_INSIDE = "it is the party's own, and seen where the party works"
_TEXT = "a version is told of when it is issued"
_SEEN = "it is seen where it stands; a letter for each would be noise"
_TASK = "it is a task of those who answer, and told when it is recorded"
SILENT: Mapping[str, str] = {
    **dict.fromkeys(
        (
            *("accreditation.ended", "delegate.invited", "delegate.seeded", "focal_point.appointed"),
            *("focal_point.released", "invitation.accepted", "invitation.withdrawn", "officer.appointed"),
            *("participants.imported", "parties.admitted", "party.admitted", "party.corrected", "person.corrected"),
            *("person.restored", "person.signed_out", "person.suspended", "profile.updated", "seat.handed_over"),
            *("representation.ended", "representation.granted", "service_account.closed", "service_account.opened"),
            *("application.corrected", "application.registered", "application.retired"),
            *("application.secret_rotated", "grant.revoked", "mechanism.recorded", "work_plan.imported"),
            *("body.corrected", "body.established", "body.joined", "body.left", "function.appointed"),
            *("function.ended", "reporting_line.recorded", "reporting_line.ended", "documents.arranged"),
        ),
        _REGISTER,
    ),
    **dict.fromkeys(
        (
            *("answers.drafted", "clearance.arranged", "deadline.arranged", "draft.cleared", "draft.discarded"),
            *("drafts.merged", "note.discarded", "note.written", "group_report.drafted", "group_report.revised"),
        ),
        _INSIDE,
    ),
    **dict.fromkeys(
        (
            *("conflict.settled", "conflict.structure_settled", "correction.made", "correction.objected"),
            *("lineage.confirmed", "provision.revised", "provision.translated", "reference.corrected"),
            *("sentences.read", "text.imported", "translation.corrected", "translation.opened"),
            *("version.abandoned", "version.consolidated", "version.renumbered", "amendment.restated"),
        ),
        _TEXT,
    ),
    **dict.fromkeys(
        (
            *("activity.started", "answers.filed", "comment.opposed", "comment.placed", "comment.replaced"),
            *("comment.split", "comment.submitted", "comment.supported", "comment.tagged", "comment.tolerated"),
            *("comment.withdrawn", "comments.filed", "comments.grouped", "mark.taken_back", "no_comment.declared"),
            *("no_comment.taken_back", "reply.taken_back", "comment.place_confirmed", "answer.kept"),
            *("item.placed", "item.revised", "item.withdrawn", "paper.laid", "paper.withdrawn", "paragraph.written"),
            *("reservation.made", "reservation.withdrawn", "statement.made", "contribution.made", "activity.added"),
            *("activity.blocked", "activity.corrected", "activity.moved", "activity.unblocked", "baseline.recorded"),
            *("dependency.added", "dependency.dropped", "milestone.added", "milestone.corrected", "work_item.added"),
            *("milestone_change.taken_back", "work_item.corrected", "work_item.dropped", "work_plan.carried_over"),
            *("work_plan.corrected", "work_plan.opened"),
        ),
        _SEEN,
    ),
    **dict.fromkeys(("answers.proposed", "answers.undone", "disposition.proposed"), _TASK),
    **dict.fromkeys(("comment.closed", "comment.draft_closed"), "told with the round that was called off"),
    **dict.fromkeys(("asked.reminded", "silent.reminded"), "it is told when it is due"),
    "sealed_comments.read": "it changes nothing, and would tell that something is there",
    **dict.fromkeys(
        ("notices.marked", "object.watched", "calendar.opened", "calendar.closed"),
        "it is about one's own notices and calendars",
    ),
}
"""The acts that are not told, each with the reason."""

_ALL: tuple[Row, ...] = (*TELLINGS, *MOMENTS, *ANNOUNCEMENTS)
ROWS: Mapping[str, Row] = {row.name: row for row in _ALL}
"""Every row by its name, under which notices are stored."""
