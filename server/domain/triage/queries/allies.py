"""Whose comments a party supports, and who supports its own; and the comments near its own."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from server.domain.rounds.queries import visible_comments, visible_marks
from server.kernel.predicates import actor_party
from server.kernel.sorting import sort_key
from server.models.parties import Party, Person
from server.models.rounds import Comment, CommentWork, Support
from server.vocabulary.rounds import GONE

MOST_ALLIES = 50
"""Allies that a brief lists."""


class Ally(NamedTuple):
    """Another party: how many comments of the own party it supports, and how many of its own the own party does."""

    short_name: str
    supports_count: int
    supported_count: int


def is_own(column_at: Callable[[str], Any]) -> ColumnElement[bool]:
    """Return the condition that a comment was submitted for the caller's party."""
    return and_(column_at("party_id") == actor_party, column_at("submitted_at").is_not(None))


def is_near_own(column_at: Callable[[str], Any]) -> ColumnElement[bool]:
    """Return the condition that another party filed a comment on a provision on which the caller's party has one."""
    own = aliased(Comment)
    same = select(own.id).where(
        own.party_id == actor_party,
        own.submitted_at.is_not(None),
        own.provision_text_id == column_at("provision_text_id"),
    )
    others = (column_at("party_id") != actor_party, column_at("submitted_at").is_not(None))
    return and_(*others, same.exists())


async def find_allies(connection: AsyncConnection, parameters: dict[str, Any]) -> list[Ally]:
    """Return the parties that support comments of the caller's party or are supported by it, the closest first.

    Comments that were withdrawn or revised by another are left out.
    """
    mark, comment, party = aliased(Support), aliased(Comment), aliased(Party)
    base = select(party.short_name, func.count()).select_from(mark).join(comment, comment.id == mark.comment_id)
    stands = select(CommentWork.comment_id).where(CommentWork.comment_id == comment.id, CommentWork.status.not_in(GONE))
    seen = (visible_marks(mark), visible_comments(comment), stands.exists())
    ours = base.join(party, party.id == mark.party_id).where(comment.party_id == actor_party, *seen)
    theirs = base.join(party, party.id == comment.party_id).where(mark.party_id == actor_party, *seen)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for place, statement in enumerate((ours, theirs)):
        for name, number in await connection.execute(statement.group_by(party.short_name), parameters):
            counts[name][place] = number
    allies = [Ally(name, *numbers) for name, numbers in counts.items()]
    in_order = sorted(allies, key=lambda ally: (-ally.supports_count - ally.supported_count, sort_key(ally.short_name)))
    return in_order[:MOST_ALLIES]


async def zone_of_person(connection: AsyncConnection, person_id: str) -> str:
    """Return the zone in which a person reads instants."""
    return str(await connection.scalar(select(Person.zone).where(Person.id == person_id)) or "UTC")
