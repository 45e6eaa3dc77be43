"""Say in SQL whom a round asks and who has answered it: for the views of who filed, who declared and who is silent."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, or_, select

from server.kernel.actor import Capacity
from server.kernel.predicates import today
from server.models.base import table_of
from server.models.bodies import Membership
from server.models.delegations import NoComment
from server.models.rounds import Comment, CommentWork
from server.models.threads import CoSignature
from server.vocabulary.rounds import GONE
from server.vocabulary.threads import CoSignatureState

_MEMBER = table_of(Membership).alias("am")
_FILED, _WORK, _NONE, _SIGNED = (
    table_of(Comment).alias("ac"),
    table_of(CommentWork).alias("aw"),
    table_of(NoComment).alias("an"),
    table_of(CoSignature).alias("as_"),
)


def is_asked(round_: Any, party: Any) -> ColumnElement[bool]:
    """Return the condition that a round asks a party for comments, by its capacity and its group; both are tables."""
    capacity = case(
        (party.c.capacity == Capacity.MEMBER, round_.c.open_to_members),
        (party.c.capacity == Capacity.OBSERVER, round_.c.open_to_observers),
        (party.c.capacity == Capacity.PRIVATE_SECTOR, round_.c.open_to_private_sector),
        else_=false(),
    )
    joined = select(_MEMBER.c.id).where(
        _MEMBER.c.body_id == round_.c.group_id,
        _MEMBER.c.party_id == party.c.id,
        _MEMBER.c.joined_on <= today,
        or_(_MEMBER.c.left_on.is_(None), _MEMBER.c.left_on > today),
    )
    return and_(capacity, or_(round_.c.group_id.is_(None), joined.exists()))


def _is_filed(round_id: Any, party_id: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a comment was filed in a round in the name of a party, alone or as one that signed it.

    Two conditions and not one with an "or", so that both use their index.
    """
    filed = (_FILED.c.round_id == round_id, _FILED.c.submitted_at.is_not(None), *conditions)
    own = select(_FILED.c.id).where(_FILED.c.party_id == party_id, *filed)
    confirmed = (_SIGNED.c.party_id == party_id, _SIGNED.c.state == CoSignatureState.CONFIRMED)
    signed = select(_SIGNED.c.id).join(_FILED, _FILED.c.id == _SIGNED.c.comment_id).where(*confirmed, *filed)
    return or_(own.exists(), signed.exists())


def has_filed(round_id: Any, party_id: Any) -> ColumnElement[bool]:
    """Return the condition that a party has filed or signed a comment in a round; it may have been withdrawn since."""
    return _is_filed(round_id, party_id)


def stands_filed(round_id: Any, party_id: Any) -> ColumnElement[bool]:
    """Return the condition that a comment of a party stands filed in a round: not withdrawn, nor revised by another."""
    standing = (_WORK.c.comment_id == _FILED.c.id, _WORK.c.status.not_in(GONE))
    return _is_filed(round_id, party_id, select(_WORK.c.comment_id).where(*standing).exists())


def has_declared(round_id: Any, party_id: Any) -> ColumnElement[bool]:
    """Return the condition that the declaration of a party that it has no comment in a round stands.

    It stands unless it was taken back, or the party has filed or signed a comment since.
    """
    # By the columns of the declaration: SQLAlchemy correlates with the statement around it, and no further out.
    since = _is_filed(_NONE.c.round_id, _NONE.c.party_id, _FILED.c.submitted_at >= _NONE.c.declared_at)
    own = (_NONE.c.round_id == round_id, _NONE.c.party_id == party_id, _NONE.c.taken_back_at.is_(None))
    return select(_NONE.c.id).where(*own, ~since).exists()
