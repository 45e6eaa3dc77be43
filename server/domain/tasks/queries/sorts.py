"""Every sort of task: the act that waits, why, for whom, and its subjects."""

from collections.abc import Callable
from typing import Any, NamedTuple

from server.domain.consolidation import policy as consolidation
from server.domain.proposals import policy as proposals
from server.domain.rounds import policy as rounds
from server.domain.tasks.queries import subjects
from server.domain.tasks.queries.subjects import Subjects
from server.domain.workplan import policy as workplan
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.predicates import actor_party, led_bodies
from server.models.proposals import AmendmentProposal
from server.models.rounds import Round
from server.vocabulary.proposals import ProposalStatus
from server.vocabulary.rounds import CommentStatus


class Sort(NamedTuple):
    """A sort of task: the act that waits, why, for whom, and the statement for its subjects."""

    act: Act[Any]
    why: str
    is_for: Callable[[Actor], bool]
    subjects: Subjects


def _clears(actor: Actor) -> bool:
    """Return whether the actor clears and files in the name of a party."""
    return actor.is_signed_in and actor.is_focal_point


UNANSWERED = "The round asks your party, and your party has filed nothing yet."
SORTS = (
    Sort(rounds.submit_comment, UNANSWERED, _clears, subjects.select_unanswered_rounds()),
    Sort(
        rounds.draft_comment,
        UNANSWERED,
        lambda actor: actor.is_signed_in and not actor.is_focal_point,
        subjects.select_unanswered_rounds(),
    ),
    Sort(
        rounds.clear_comment,
        "A draft of your party waits for its focal point.",
        _clears,
        subjects.select_comments_to_clear(),
    ),
    Sort(
        proposals.submit_proposal,
        "A draft of your party waits for its focal point.",
        _clears,
        subjects.select_proposals(
            ProposalStatus.DRAFT,
            AmendmentProposal.party_id == actor_party,
            subjects.CYCLE_IS_OPEN,
            ~subjects.lacks_confirmation(),
        ),
    ),
    Sort(
        proposals.confirm_co_sponsorship,
        "Your party is named as a co-sponsor and has not confirmed it.",
        _clears,
        subjects.select_co_sponsorships(),
    ),
    Sort(
        rounds.confirm_carried_comment,
        "The words of a comment of your party changed in a later version: say where it belongs now.",
        _clears,
        subjects.select_places_to_confirm(),
    ),
    Sort(
        proposals.restate_amendment,
        "What an amendment of your party is about changed in a later version: restate it or drop it.",
        _clears,
        subjects.select_stale_amendments(),
    ),
    Sort(
        rounds.propose_disposition,
        "A round of a body you lead has closed, and comments wait for an answer.",
        lambda actor: bool(actor.leads),
        subjects.select_closed_rounds(CommentStatus.SUBMITTED, Round.body_id.in_(led_bodies)),
    ),
    Sort(
        proposals.record_view,
        "A body you lead considers the proposal, and has no view on some of its amendments.",
        lambda actor: bool(actor.leads),
        subjects.select_views_to_give(),
    ),
    Sort(
        workplan.complete_activity,
        "An activity of a body you lead is overdue.",
        lambda actor: bool(actor.leads),
        subjects.select_overdue_activities(),
    ),
    Sort(
        proposals.register_proposal,
        "A proposal was submitted and has no number yet.",
        lambda actor: actor.is_secretariat,
        subjects.select_proposals(ProposalStatus.SUBMITTED),
    ),
    Sort(
        rounds.record_disposition,
        "Answers to comments are proposed and wait to be recorded.",
        lambda actor: actor.is_secretariat,
        subjects.select_closed_rounds(CommentStatus.DISPOSITION_PROPOSED),
    ),
    Sort(
        consolidation.settle_conflict,
        "Accepted wordings collide, and nobody has settled which stands.",
        lambda actor: actor.is_secretariat,
        subjects.select_open_conflicts(),
    ),
)
"""Every sort of task."""
