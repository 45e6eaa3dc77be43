"""Reading signed heads: who may see them, what waits for one, and proofs between them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from server.domain.consolidation.policy import publish_edition
from server.domain.rounds.policy import complete_round
from server.domain.rounds.queries import is_closed, is_sealed_since
from server.domain.texts.policy import issue_version
from server.journal.heads import Occasion, load_tree
from server.kernel.ids import prefix_of
from server.kernel.predicates import is_secretariat, present, sight, signed_in
from server.models.calls import Call
from server.models.journal import JournalEntry, JournalKey, SignedHead
from server.models.rounds import Round
from server.vocabulary.journal import HeadOccasion
from server.vocabulary.rounds import RoundStatus

SIGNED_ACTS = {
    complete_round.tag: HeadOccasion.ROUND_COMPLETED,
    issue_version.tag: HeadOccasion.VERSION_ISSUED,
    publish_edition.tag: HeadOccasion.EDITION_PUBLISHED,
}
"""The acts after which a head is signed, by their tag in the journal."""
PAGE = 100
"""Heads on a page of the public list."""


def is_out(head: Any, now: Any = present) -> ColumnElement[bool]:
    """Return the condition that a head is handed out: nothing is sealed now that was open when it was signed.

    The length of the journal would tell a party that others filed something in the sealed round or call.
    """
    round_, call = aliased(Round), aliased(Call)
    in_round = select(round_.id).where(is_sealed_since(round_, head.signed_at, now)).exists()
    in_call = select(call.id).where(is_sealed_since(call, head.signed_at, now)).exists()
    return and_(not_(in_round), not_(in_call))


def visible_heads(head: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a head: once it is out everybody does, the Secretariat before."""
    everybody = sight("everybody, while no round is sealed that was open when it was signed", is_out(head))
    return and_(signed_in, or_(sight("the Secretariat", is_secretariat), everybody))


async def find_due_heads(connection: AsyncConnection, now: datetime) -> list[Occasion]:
    """Return the occasions since the first key was added that have no head yet, the earliest first."""
    since = select(func.min(JournalKey.added_at)).scalar_subquery()
    done = select(JournalEntry.act, JournalEntry.subject_id, JournalEntry.at).where(
        and_(JournalEntry.act.in_(SIGNED_ACTS), JournalEntry.at >= since),
        not_(_has_head(JournalEntry.subject_id, JournalEntry.at)),
    )
    due = [
        Occasion(HeadOccasion.ROUND_CLOSED, *row)
        for model in (Round, Call)
        for row in await connection.execute(_closed_without_head(model, now, since))
    ]
    due += [Occasion(SIGNED_ACTS[act], subject, at) for act, subject, at in await connection.execute(done)]
    return sorted(due, key=lambda occasion: (occasion.occurred_at, occasion.subject_id or ""))


def _closed_without_head(model: type[Round] | type[Call], now: datetime, since: Any) -> Any:
    """Return the query for the rounds or calls that have closed since an instant and have no head: id and close."""
    closed = and_(is_closed(model.closes_at, now), not_(is_closed(model.closes_at, since)))
    called_off = model.status == RoundStatus.CANCELLED
    return select(model.id, model.closes_at).where(closed, not_(called_off), not_(_has_head(model.id, model.closes_at)))


def _has_head(subject_id: Any, occurred_at: Any) -> ColumnElement[bool]:
    return exists().where(SignedHead.subject_id == subject_id, SignedHead.occurred_at == occurred_at)


class ListedHead(NamedTuple):
    """A head as the public list shows it: `signature` is None until it is out."""

    number: int
    occasion: HeadOccasion
    occurred_at: datetime
    signed_at: datetime
    digest: str
    signature: str | None


async def list_heads(connection: AsyncConnection, now: datetime, before: int | None) -> list[ListedHead]:
    """Return a page of heads for everybody, the newest first, or those with a number below `before`."""
    columns = [getattr(SignedHead, name) for name in ListedHead._fields]
    statement = select(*columns, is_out(SignedHead, now)).order_by(SignedHead.number.desc()).limit(PAGE)
    if before is not None:
        statement = statement.where(SignedHead.number < before)
    rows = (await connection.execute(statement)).all()
    return [ListedHead(*head) if out else ListedHead(*head)._replace(signature=None) for *head, out in rows]


class ProvingHead(NamedTuple):
    """A head that something is proven against."""

    id: str
    number: int
    size: int
    signature: str
    kid: str


PROVING = tuple(getattr(SignedHead, name) for name in ProvingHead._fields)


async def find_head(connection: AsyncConnection, parameters: dict[str, Any], head_id: str) -> ProvingHead | None:
    """Return the head with this id if the caller, described by `parameters`, sees it."""
    if prefix_of(head_id) is None:
        return None
    statement = select(*PROVING).where(SignedHead.id == head_id, visible_heads(SignedHead))
    row = (await connection.execute(statement, parameters)).first()
    return None if row is None else ProvingHead(*row)


async def find_first_over(connection: AsyncConnection, now: datetime, sequence: int) -> ProvingHead | None:
    """Return the first head that is out and signs an entry, None until there is one. It is the same for ever."""
    covering = select(*PROVING).where(SignedHead.size >= sequence, is_out(SignedHead, now))
    row = (await connection.execute(covering.order_by(SignedHead.number).limit(1))).first()
    return None if row is None else ProvingHead(*row)


async def find_newest_out(connection: AsyncConnection, now: datetime) -> ProvingHead | None:
    """Return the newest head that is out, None before the first."""
    newest = select(*PROVING).where(is_out(SignedHead, now)).order_by(SignedHead.number.desc()).limit(1)
    row = (await connection.execute(newest)).first()
    return None if row is None else ProvingHead(*row)


async def find_numbered(connection: AsyncConnection, now: datetime, numbers: Sequence[int]) -> list[ProvingHead]:
    """Return the heads with these numbers that are out, in the order of their numbers."""
    wanted = select(*PROVING).where(SignedHead.number.in_(numbers), is_out(SignedHead, now))
    return [ProvingHead(*row) for row in await connection.execute(wanted.order_by(SignedHead.number))]


async def prove_consistency(connection: AsyncConnection, first: ProvingHead, second: ProvingHead) -> list[str]:
    """Return the proof that the journal of `first` is the beginning of that of `second`, in hexadecimal.

    Both have entries, and `first` is not the longer one.
    """
    if first.size == second.size:
        return []
    tree = await load_tree(connection, second.size, [first.size - 1])
    return [each.hex() for each in tree.prove_consistency(first.size)]
