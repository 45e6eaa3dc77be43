"""Record reads that show what others filed in a sealed round.

Only the Secretariat and those who lead a body see it before the close. Their reads of comments are noted while they
run, and recorded before the answer leaves, in a transaction of its own and once for a person, a round and an hour: an
answer that could not be recorded is not given.
"""

import asyncio
from collections.abc import Collection, Iterator, Mapping
from contextvars import Context
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.ext.asyncio import AsyncConnection

from server.domain.rounds.actions.reading import find_sealed, read_sealed_comments
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.models.delegations import NoComment
from server.models.edges import AnsweredRound, SilentRound
from server.models.rounds import (
    CarriedComment,
    Comment,
    CommentWork,
    Disposition,
    Opposition,
    Round,
    Support,
    Tolerance,
)
from server.models.threads import CoSignature, Reply
from server.models.triage import (
    AdviceRequest,
    AnswerBatch,
    AnswerReaction,
    CommentPoint,
    CommentTag,
    CommentTriage,
    DeskMove,
)
from server.models.turnout import RoundTurnout
from server.schema.reads.kinds import noun_of
from server.schema.reads.plan import BatchPlan, ConnectionPlan, GroupPlan, RowPlan
from server.storage.database import Database

_REVEALING = {
    each.__tablename__
    for each in (
        *(Comment, CommentWork, CarriedComment, Disposition, Opposition, Support, Tolerance, NoComment),
        *(CoSignature, Reply),
        *(CommentTriage, CommentPoint, CommentTag, DeskMove, AdviceRequest, AnswerBatch, AnswerReaction),
    )
} | {RoundTurnout.__table__.name}
"""Tables of which a row, or the number of rows, tells that somebody filed something."""
_TELLING = (AnsweredRound, SilentRound)
"""Links that tell who has filed; where nobody is silent, everybody has."""
_NAMING = (Round.prefix, Comment.prefix)
_KNOWN: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()
"""What `_reveals` says of each plan."""


class Witness:
    """The reads of one operation that showed comments: for each the ids of rounds and comments that it named."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.reads: set[frozenset[str]] = set()

    def note(self, plan: Any, values: Mapping[str, Any], *, gave_rows: bool) -> None:
        """Note a statement of a plan, run with these values, if it tells something: most do by the rows they give."""
        if _tells_who_filed(plan) or (gave_rows and _reveals(plan)):
            self.reads.add(frozenset(_named_in(values)))

    @property
    def named(self) -> frozenset[str]:
        """The ids that the reads named; empty if one of them named none, and so ranged over everything."""
        return frozenset() if frozenset() in self.reads else frozenset[str]().union(*self.reads)


def witness_of(actor: Actor) -> Witness | None:
    """Return a witness of the reads of an actor, None for one who sees nothing that is sealed."""
    return Witness(actor) if actor.is_secretariat or actor.leads else None


async def record_sealed(database: Database, witness: Witness | None, now: datetime) -> None:
    """Record what a witness has seen of sealed rounds, if anything."""
    if witness is None or not witness.reads:
        return
    await record_reading(database, witness.actor, now, witness.named)


async def record_reading(database: Database, actor: Actor, now: datetime, named: Collection[str]) -> None:
    """Record that an actor is shown what others filed in sealed rounds: `named`, or comments in them; none for any."""
    async with database.reading() as connection:
        await record_found(database, connection, actor, now, named)


async def record_found(
    database: Database, connection: AsyncConnection, actor: Actor, now: datetime, named: Collection[str]
) -> None:
    """Record as `record_reading` does, having looked at the snapshot of a connection."""
    round_ids = await find_sealed(connection, actor, now, named)
    if round_ids:
        # In a context of its own: a snapshot that others read from goes on.
        work = _record(database, actor, now, round_ids, named=bool(named))
        await asyncio.create_task(work, context=Context())


async def _record(database: Database, actor: Actor, now: datetime, round_ids: list[str], *, named: bool) -> None:
    async with database.writing() as session:
        await read_sealed_comments(session, actor, now, round_ids=round_ids, named=named)


def _reveals(plan: Any) -> bool:
    """Return whether the rows of a plan are comments or belong to one, or count them."""
    if plan not in _KNOWN:
        _KNOWN[plan] = not _REVEALING.isdisjoint(_tables_of(plan))
    return _KNOWN[plan]


def _tells_who_filed(plan: Any) -> bool:
    """Return whether the rows of a plan are parties by whether they have filed."""
    through = plan.read.through if isinstance(plan, ConnectionPlan) else None
    return through is not None and through.model in _TELLING


def _tables_of(plan: Any) -> set[str]:
    if isinstance(plan, BatchPlan):
        return {name for each in plan.statement.get_final_froms() for name in _names_in(each)}
    if isinstance(plan, RowPlan | ConnectionPlan):
        return {noun_of(plan.shape.root.type).model.__table__.name} if plan.shape.root.type else set()
    assert isinstance(plan, GroupPlan)
    return {noun_of(plan.type).model.__table__.name}


def _names_in(selectable: Any) -> Iterator[str]:
    """Yield the names of the tables that a FROM clause is made of."""
    if hasattr(selectable, "left"):
        yield from _names_in(selectable.left)
        yield from _names_in(selectable.right)
    elif hasattr(selectable, "element"):
        yield from _names_in(selectable.element)
    elif hasattr(selectable, "get_final_froms"):
        for each in selectable.get_final_froms():
            yield from _names_in(each)
    else:
        yield str(getattr(selectable, "name", ""))


def _named_in(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ids of rounds and comments among the values of a statement."""
    for value in values.values():
        for each in value if isinstance(value, list | tuple) else (value,):
            if isinstance(each, str) and prefix_of(each) in _NAMING:
                yield each
