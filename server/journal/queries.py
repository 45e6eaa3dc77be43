"""Say who may see an entry of the journal, and which entries are about a round."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlalchemy.orm import aliased

from server.kernel.predicates import actor_party, is_secretariat, sight, signed_in
from server.models.neighbours import NeighbourInvitation
from server.models.proposals import AmendmentProposal
from server.models.returning import was_submitted
from server.models.rounds import Comment

ON_DRAFTS = (
    *("comment.drafted", "comment.revised", "comment.draft_closed"),
    *("proposal.drafted", "proposal.revised", "answers.drafted"),
    *("draft.presented", "draft.cleared", "draft.returned", "drafts.merged", "draft.discarded"),
    *("note.written", "note.discarded", "deadline.arranged", "clearance.arranged"),
    *("notices.marked", "object.watched", "calendar.opened", "calendar.closed"),
)
"""Tags of the acts inside a party, which only the party itself sees: on its drafts, notes and arrangements, and on what
its delegates read and watch."""

ON_WORDS = ("co_sponsorship.confirmed", "co_sponsorship.declined")
"""Tags of the acts on the words of a proposal that its party writes, as a draft or to mend what was returned."""
INVITING = ("neighbour.invited", "neighbour_invitation.accepted", "neighbour_invitation.declined")
"""Tags of the acts on an invitation between two proposals, of which one may be a draft."""

TOLD = ("comment.closed", "comment.draft_closed")
"""Tags of what others did to a comment that its own party is told of."""


def visible_journal_entries(entry: Any) -> ColumnElement[bool]:
    """Return the predicate of the entries that the caller may see.

    A party sees the acts done in its name, and that a comment of its own was closed with its round. The Secretariat
    sees all acts except those inside a party, such as on a draft, which belongs to the party alone until it is filed,
    and what other parties said to the party of a draft.
    """
    on_draft = or_(_is_on_discarded_draft(entry), _is_on_proposal_in_writing(entry), _is_between_drafts(entry))
    filed = and_(is_secretariat, entry.act.not_in(ON_DRAFTS), ~on_draft)
    own = sight("the party in whose name it was done", entry.party_id == actor_party)
    comment = aliased(Comment)
    own_comment = select(comment.id).where(comment.id == entry.subject_id, comment.party_id == actor_party).exists()
    closed = sight("the party of the comment that was closed", and_(entry.act.in_(TOLD), own_comment))
    return and_(signed_in, or_(sight("the Secretariat", filed), own, closed))


def _is_on_discarded_draft(entry: Any) -> ColumnElement[bool]:
    """Return the condition that an entry is on a draft that was withdrawn, as was done before `discard_draft`."""
    comment = aliased(Comment)
    unfiled = select(comment.id).where(comment.id == entry.subject_id, comment.submitted_at.is_(None)).exists()
    return and_(entry.act == "comment.withdrawn", unfiled)


def _is_on_proposal_in_writing(entry: Any) -> ColumnElement[bool]:
    """Return the condition that an entry is on a proposal whose words are those of its party alone.

    That a proposal was withdrawn is told unless it was never submitted: the Secretariat that returned it waits for it.
    """
    proposal, draft = aliased(AmendmentProposal), aliased(AmendmentProposal)
    unfiled = select(proposal.id).where(proposal.id == entry.subject_id, proposal.submitted_at.is_(None)).exists()
    unknown = select(draft.id).where(draft.id == entry.subject_id, not_(was_submitted(draft))).exists()
    return or_(and_(entry.act.in_(ON_WORDS), unfiled), and_(entry.act == "proposal.withdrawn", unknown))


def _is_between_drafts(entry: Any) -> ColumnElement[bool]:
    """Return the condition that an entry is on an invitation by or to a proposal that is not submitted."""
    invitation, proposal = aliased(NeighbourInvitation), aliased(AmendmentProposal)
    unfiled = (
        select(invitation.id)
        .join(proposal, proposal.id.in_((invitation.proposal_id, invitation.neighbour_id)))
        .where(invitation.id == entry.subject_id, proposal.submitted_at.is_(None))
        .exists()
    )
    return and_(entry.act.in_(INVITING), unfiled)


def is_in_round(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for acts on a round that matches, and on the comments in it."""
    subject_id, comment = column_at("subject_id"), aliased(Comment)
    in_round = select(comment.id).where(comment.id == subject_id, matches(comment.round_id))
    return or_(matches(subject_id), in_round.exists())
