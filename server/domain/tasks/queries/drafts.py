"""Statements for drafts that wait inside a delegation: for a clearance, for their writer, or to be filed."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, null, or_, select
from sqlalchemy.orm import aliased

from server.domain.rounds.queries import is_accepting, visible_comments
from server.domain.tasks.queries.kinds import Subjects
from server.kernel.predicates import actor_party, actor_person
from server.models.delegations import ClearancePractice, DraftWork, InternalDeadline
from server.models.parties import Delegate, Party
from server.models.rounds import Comment, CommentWork, Round
from server.models.texts import ProvisionText
from server.models.turnout import PartyClearance
from server.vocabulary.delegations import ClearanceLevels, DraftStage
from server.vocabulary.rounds import CommentStatus, RoundStatus

_LEVELS = func.coalesce(ClearancePractice.levels, ClearanceLevels.NONE)
_STAGE = func.coalesce(DraftWork.stage, DraftStage.DRAFT)


def due_inside(round_: Any) -> ColumnElement[Any]:
    """Return when the caller's party wants its drafts in a round: at its own deadline, or else as the round closes."""
    own = (InternalDeadline.round_id == round_.id, InternalDeadline.party_id == actor_party)
    return func.coalesce(select(InternalDeadline.due_at).where(*own).scalar_subquery(), round_.closes_at)


def _is_of_caller(delegate_id: Any) -> ColumnElement[bool]:
    """Return the condition that a delegate is the caller."""
    delegate = aliased(Delegate)
    return select(delegate.id).where(delegate.id == delegate_id, delegate.person_id == actor_person).exists()


def _select_drafts(due: Any, *conditions: ColumnElement[bool]) -> Subjects:
    """Return the statement for drafts of the caller's party in rounds that are open, which meet conditions."""
    return (
        select(Comment.id, due, Round.title, ProvisionText.printed_number, Round.zone)
        .join(Round, Round.id == Comment.round_id)
        .outerjoin(ProvisionText, ProvisionText.id == Comment.provision_text_id)
        .join(CommentWork, CommentWork.comment_id == Comment.id)
        .outerjoin(DraftWork, DraftWork.comment_id == Comment.id)
        .outerjoin(ClearancePractice, ClearancePractice.party_id == Comment.party_id)
        .where(
            visible_comments(Comment),
            Comment.party_id == actor_party,
            CommentWork.status == CommentStatus.DRAFT,
            Round.status == RoundStatus.CALLED,
            is_accepting(Round.opens_at, Round.closes_at),
            *conditions,
        )
        .order_by(due, Comment.id)
    )


def select_drafts_to_file() -> Subjects:
    """Return the statement for drafts that the focal point can file: no clearance but their own is missing."""
    ready = and_(_LEVELS == ClearanceLevels.ONE, _STAGE == DraftStage.READY)
    others = and_(_STAGE == DraftStage.CLEARED_ONCE, ~_is_of_caller(DraftWork.cleared_by_id))
    cleared = or_(_LEVELS == ClearanceLevels.NONE, ready, _STAGE == DraftStage.CLEARED, others)
    return _select_drafts(Round.closes_at, cleared)


def select_drafts_to_clear_first() -> Subjects:
    """Return the statement for drafts that wait for the first of two clearances, which the caller did not write."""
    waits = (_LEVELS == ClearanceLevels.TWO, _STAGE == DraftStage.READY, ~_is_of_caller(Comment.author_id))
    return _select_drafts(due_inside(Round), *waits)


def select_stuck_clearance() -> Subjects:
    """Return the statement for the caller's party if it asks for two clearances that nobody is there to give.

    The condition is that of `can_be_given` in SQL.
    """
    focal_points, delegates = PartyClearance.focal_point_count, PartyClearance.delegate_count
    enough = or_(focal_points >= 2, and_(focal_points == 1, delegates >= 3))
    return (
        select(Party.id, null(), Party.short_name, null(), null())
        .join(PartyClearance, PartyClearance.id == Party.id)
        .where(Party.id == actor_party, PartyClearance.levels == ClearanceLevels.TWO, ~enough)
    )


def select_returned_drafts() -> Subjects:
    """Return the statement for drafts that were given back to the caller, who wrote them."""
    return _select_drafts(due_inside(Round), _STAGE == DraftStage.RETURNED, _is_of_caller(Comment.author_id))
