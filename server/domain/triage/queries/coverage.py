"""Who commented where: the provisions of the version of a round, by groups of parties."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import String, and_, case, cast, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.domain.rounds.queries import visible_comments, visible_filings, visible_rounds
from server.kernel.actor import Actor
from server.models.parties import Party
from server.models.rounds import Comment, CommentWork, Round
from server.models.texts import ProvisionText
from server.models.turnout import RoundTurnout
from server.storage.rows import WANTED
from server.vocabulary.delegations import TurnoutState
from server.vocabulary.rounds import GONE
from server.vocabulary.triage import CoverageGrouping

GROUPS: Mapping[CoverageGrouping, Any] = {
    CoverageGrouping.CAPACITY: Party.capacity,
    CoverageGrouping.PARTY_KIND: Party.kind,
    CoverageGrouping.REGION: Party.region,
    CoverageGrouping.LANGUAGE: Party.language,
}
"""The column of a party by which each grouping groups."""
MOST_PROVISIONS = 100
"""Provisions that one page of a map holds at most."""


class CoveredGroup(NamedTuple):
    """A group of the parties that a round asks, and how many of them filed or declared none, as the caller sees it.

    `value` is empty for the parties of which nobody said it.
    """

    value: str
    party_count: int
    answered_count: int
    declared_none_count: int


class CoveredProvision(NamedTuple):
    """A provision with the number of comments of each group on it, in the order of the groups."""

    id: str
    key: str
    kind: str
    printed_number: str
    position: int
    counts: list[int]


class Coverage(NamedTuple):
    """A page of the map of a round. `end` is the position after which the next page begins, None on the last."""

    groups: list[CoveredGroup]
    whole_text: list[int]
    provisions: list[CoveredProvision]
    end: int | None


_ROUND = select(Round.id, Round.text_version_id).where(Round.id == WANTED, visible_rounds(Round))


async def cover(
    connection: AsyncConnection,
    actor: Actor,
    now: datetime,
    round_id: str,
    by: CoverageGrouping,
    after: int,
    first: int,
) -> Coverage | None:
    """Return a page of the map of a round, None if there is none for this actor. Five statements at most.

    Comments that were withdrawn or revised by another are left out. A comment on a section counts on its heading.
    """
    parameters = {**actor.parameters(now), "wanted": round_id}
    round_ = (await connection.execute(_ROUND, parameters)).first()
    if round_ is None:
        return None
    column = func.coalesce(cast(GROUPS[by], String), literal_column("''"))
    groups = await _read_groups(connection, parameters, column)
    values = [group.value for group in groups]
    counts = await _count(connection, parameters, column)
    page = (
        select(
            ProvisionText.id,
            ProvisionText.provision_id,
            ProvisionText.kind,
            ProvisionText.printed_number,
            ProvisionText.position,
        )
        .where(ProvisionText.text_version_id == round_.text_version_id, ProvisionText.position > after)
        .order_by(ProvisionText.position)
        .limit(first + 1)
    )
    rows = (await connection.execute(page)).all()
    provisions = [
        CoveredProvision(id_, key, str(kind), number, position, [counts.get((id_, value), 0) for value in values])
        for id_, key, kind, number, position in rows[:first]
    ]
    whole = [counts.get((None, value), 0) for value in values]
    return Coverage(groups, whole, provisions, provisions[-1].position if len(rows) > first else None)


async def _read_groups(connection: AsyncConnection, parameters: dict[str, Any], column: Any) -> list[CoveredGroup]:
    """Return the groups of the parties of a round, with those of them that answered it as the caller may know."""

    def count(state: TurnoutState) -> Any:
        return func.coalesce(func.sum(case((and_(seen, RoundTurnout.state == state), 1), else_=0)), 0)

    seen = visible_filings(RoundTurnout)
    statement = (
        select(column, func.count(), count(TurnoutState.ANSWERED), count(TurnoutState.DECLARED_NONE))
        .select_from(RoundTurnout)
        .join(Party, Party.id == RoundTurnout.party_id)
        .where(RoundTurnout.round_id == WANTED)
        .group_by(column)
        .order_by(column)
    )
    return [CoveredGroup(*row) for row in await connection.execute(statement, parameters)]


async def _count(
    connection: AsyncConnection, parameters: dict[str, Any], column: Any
) -> dict[tuple[str | None, str], int]:
    """Return the number of comments that the caller sees, by provision (None: the whole text) and group."""
    statement = (
        select(Comment.provision_text_id, column, func.count())
        .join(Party, Party.id == Comment.party_id)
        .join(CommentWork, CommentWork.comment_id == Comment.id)
        .where(
            Comment.round_id == WANTED,
            visible_comments(Comment),
            Comment.submitted_at.is_not(None),
            CommentWork.status.not_in(GONE),
        )
        .group_by(Comment.provision_text_id, column)
    )
    rows = await connection.execute(statement, parameters)
    return {(provision_id, value): number for provision_id, value, number in rows}
