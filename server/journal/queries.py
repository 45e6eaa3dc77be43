"""Say who may see an entry of the journal."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from server.kernel.predicates import actor_party, is_secretariat, sight, signed_in

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
