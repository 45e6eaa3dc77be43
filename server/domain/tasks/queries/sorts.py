"""Every sort of task: the act that waits, why, for whom, and its subjects."""

from collections.abc import Callable
from typing import Any, NamedTuple

from server.domain.calls import policy as calls
from server.domain.consolidation import policy as consolidation
from server.domain.delegations import policy as delegations
from server.domain.groups import policy as groups
from server.domain.neighbours import policy as neighbours
from server.domain.planning import policy as planning
from server.domain.proposals import policy as proposals
from server.domain.rounds import policy as rounds
from server.domain.silence import policy as silence
from server.domain.tasks.queries import closing, drafts, ending, planned, promised, subjects
from server.domain.tasks.queries.kinds import Subjects
from server.domain.triage import policy as triage
from server.domain.workplan import policy as workplan
from server.kernel.actor import Actor, Capacity
from server.kernel.acts import Act
from server.kernel.predicates import led_bodies
from server.models.proposals import AmendmentProposal, ProposalWork
from server.models.rounds import Round
from server.models.taking_over import is_proponent
from server.vocabulary.groups import PromiseStatus
from server.vocabulary.proposals import ProposalStatus
from server.vocabulary.rounds import CommentStatus
from server.vocabulary.tasks import TaskReason


class Sort(NamedTuple):
    """A sort of task: the act that waits, why, for whom, and the statement for its subjects."""

    act: Act[Any]
    why: TaskReason
    is_for: Callable[[Actor], bool]
    subjects: Subjects


def _clears(actor: Actor) -> bool:
    """Return whether the actor clears and files in the name of a party."""
    return actor.is_signed_in and actor.is_focal_point


def _can_file_at_once(actor: Actor) -> bool:
    """Return whether the actor files in the name of a party what nobody else has seen."""
    return _clears(actor) and actor.can_file_at_once


def _speaks(actor: Actor) -> bool:
    """Return whether the actor speaks for a party other than the Secretariat."""
    return actor.is_signed_in and not actor.is_secretariat


def _answers(actor: Actor) -> bool:
    """Return whether the actor answers what parties file: they lead a body, or are of the Secretariat."""
    return actor.is_secretariat or bool(actor.leads)


SORTS = (
    Sort(
        rounds.submit_comment,
        TaskReason.ROUND_UNANSWERED,
        _can_file_at_once,
        subjects.select_unanswered_rounds(Round.closes_at),
    ),
    Sort(
        rounds.draft_comment,
        TaskReason.ROUND_UNANSWERED,
        lambda actor: actor.is_signed_in and not _can_file_at_once(actor),
        subjects.select_unanswered_rounds(drafts.due_inside(Round)),
    ),
    Sort(
        rounds.clear_comment,
        TaskReason.DRAFT_WAITS,
        _clears,
        drafts.select_drafts_to_file(),
    ),
    Sort(
        delegations.clear_draft,
        TaskReason.DRAFT_WAITS_FIRST,
        _speaks,
        drafts.select_drafts_to_clear_first(),
    ),
    Sort(
        delegations.arrange_clearance,
        TaskReason.CLEARANCE_STUCK,
        lambda actor: _clears(actor) and not (actor.representation_id or actor.is_service),
        drafts.select_stuck_clearance(),
    ),
    Sort(
        rounds.revise_comment,
        TaskReason.DRAFT_RETURNED,
        _speaks,
        drafts.select_returned_drafts(),
    ),
    Sort(
        proposals.submit_proposal,
        TaskReason.DRAFT_WAITS,
        _clears,
        subjects.select_proposals(
            ProposalStatus.DRAFT,
            is_proponent(AmendmentProposal, ProposalWork),
            subjects.CYCLE_IS_OPEN,
            ~subjects.lacks_confirmation(),
        ),
    ),
    Sort(
        proposals.revise_proposal,
        TaskReason.PROPOSAL_RETURNED,
        _speaks,
        subjects.select_proposals(
            ProposalStatus.RETURNED,
            is_proponent(AmendmentProposal, ProposalWork),
            subjects.CYCLE_IS_OPEN,
        ),
    ),
    Sort(
        proposals.confirm_co_sponsorship,
        TaskReason.CO_SPONSORSHIP_UNCONFIRMED,
        _clears,
        subjects.select_co_sponsorships(),
    ),
    Sort(
        proposals.take_over_proposal,
        TaskReason.PROPOSAL_LEFT,
        _clears,
        subjects.select_take_overs(),
    ),
    Sort(
        rounds.confirm_carried_comment,
        TaskReason.PLACE_DOUBTFUL,
        _clears,
        subjects.select_places_to_confirm(),
    ),
    Sort(
        proposals.restate_amendment,
        TaskReason.AMENDMENT_STALE,
        _clears,
        subjects.select_stale_amendments(),
    ),
    Sort(
        triage.propose_answers,
        TaskReason.COMMENTS_UNANSWERED,
        lambda actor: bool(actor.leads),
        subjects.select_closed_rounds(CommentStatus.SUBMITTED, Round.body_id.in_(led_bodies)),
    ),
    Sort(
        proposals.record_view,
        TaskReason.VIEWS_MISSING,
        lambda actor: bool(actor.leads),
        subjects.select_views_to_give(),
    ),
    Sort(
        planning.approve_milestone_change,
        TaskReason.MILESTONE_CHANGE_PROPOSED,
        lambda actor: bool(actor.leads),
        planned.select_proposed_changes(),
    ),
    Sort(
        workplan.complete_activity,
        TaskReason.ACTIVITY_OVERDUE,
        lambda actor: bool(actor.leads),
        subjects.select_overdue_activities(),
    ),
    Sort(
        proposals.register_proposal,
        TaskReason.PROPOSAL_UNNUMBERED,
        lambda actor: actor.is_secretariat,
        subjects.select_proposals(ProposalStatus.SUBMITTED),
    ),
    Sort(
        triage.record_answers,
        TaskReason.ANSWERS_PROPOSED,
        lambda actor: actor.is_secretariat,
        subjects.select_closed_rounds(CommentStatus.DISPOSITION_PROPOSED),
    ),
    Sort(
        rounds.admit_late_comments,
        TaskReason.LATE_ASKED,
        _answers,
        ending.select_late_requests(),
    ),
    Sort(
        rounds.complete_round,
        TaskReason.ROUND_ANSWERED,
        _answers,
        ending.select_rounds_to_complete(),
    ),
    Sort(
        rounds.report_round,
        TaskReason.REPORT_DUE,
        _answers,
        ending.select_rounds_to_report(),
    ),
    Sort(
        calls.answer_call,
        TaskReason.CALL_UNANSWERED,
        _speaks,
        ending.select_calls_to_answer(),
    ),
    Sort(
        calls.file_answers,
        TaskReason.ANSWERS_UNFILED,
        _clears,
        ending.select_answers_to_file(),
    ),
    Sort(
        calls.close_call_early,
        TaskReason.CALL_ANSWERED,
        _answers,
        ending.select_calls_to_close(),
    ),
    Sort(
        triage.give_advice,
        TaskReason.ADVICE_WANTED,
        lambda actor: actor.is_signed_in,
        closing.select_advice(),
    ),
    Sort(
        triage.settle_answer,
        TaskReason.ANSWER_UNSETTLED,
        lambda actor: actor.is_secretariat or bool(actor.leads),
        closing.select_answers_to_settle(),
    ),
    Sort(
        consolidation.publish_edition,
        TaskReason.EDITION_UNPUBLISHED,
        lambda actor: actor.is_secretariat,
        closing.select_versions_to_publish(),
    ),
    Sort(
        consolidation.settle_conflict,
        TaskReason.WORDINGS_COLLIDE,
        lambda actor: actor.is_secretariat,
        subjects.select_open_conflicts(),
    ),
    Sort(
        neighbours.accept_neighbour_invitation,
        TaskReason.NEIGHBOUR_INVITES,
        _clears,
        subjects.select_neighbour_invitations(),
    ),
    Sort(
        groups.accept_nomination,
        TaskReason.NOMINATION_UNANSWERED,
        _clears,
        promised.select_nominations(),
    ),
    Sort(
        groups.accept_promise,
        TaskReason.PROMISE_UNANSWERED,
        _speaks,
        promised.select_promises(PromiseStatus.ASKED),
    ),
    Sort(
        groups.keep_promise,
        TaskReason.PROMISE_DUE,
        _speaks,
        promised.select_promises(PromiseStatus.MADE),
    ),
    Sort(
        silence.break_silence,
        TaskReason.SILENCE_RUNS,
        lambda actor: _clears(actor) and actor.capacity == Capacity.MEMBER,
        promised.select_running_silence(),
    ),
)
"""Every sort of task."""
