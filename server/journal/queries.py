"""Say who may see an entry of the journal, and which entries are about a round."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from server.kernel.predicates import actor_party, is_secretariat, sight, signed_in
from server.models.rounds import Comment

ON_DRAFTS = ("comment.drafted", "comment.revised", "proposal.drafted", "proposal.revised")
"""Tags of the acts on drafts, which only the party itself sees."""


def visible_journal_entries(entry: Any) -> ColumnElement[bool]:
    """Return the predicate of the entries that the caller may see.

    A party sees the acts done in its name. The Secretariat sees all acts except those on a draft, which belongs to the
    party alone until it is filed.
    """
    filed = and_(is_secretariat, entry.act.not_in(ON_DRAFTS))
    own = sight("the party in whose name it was done", entry.party_id == actor_party)
    return and_(signed_in, or_(sight("the Secretariat", filed), own))


def is_in_round(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for acts on a round that matches, and on the comments in it."""
    subject_id, comment = column_at("subject_id"), aliased(Comment)
    in_round = select(comment.id).where(comment.id == subject_id, matches(comment.round_id))
    return or_(matches(subject_id), in_round.exists())
