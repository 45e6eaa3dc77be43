"""Reading bodies, sittings and decisions, each under the visibility predicate of its noun."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import joinedload

from server.identity.accreditations import in_force
from server.kernel.actor import Actor
from server.kernel.predicates import parents, signed_in
from server.models.bodies import Body, Decision, Function, Membership, Sitting
from server.storage.rows import WANTED, get_row
from server.vocabulary.bodies import FunctionKind


def visible_bodies(body: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a body with its mandate, members and functions: every delegate does."""
    return signed_in


def visible_sittings(sitting: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a sitting: every delegate does."""
    return signed_in


def visible_decisions(decision: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a decision: every delegate does.

    A subject that is hidden stays hidden: a decision holds only its id.
    """
    return signed_in


_BODY = select(Body).where(Body.id == WANTED, visible_bodies(Body))


async def get_body(session: AsyncSession, actor: Actor, now: datetime, body_id: str) -> Body:
    """Return the body, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _BODY, body_id, "body")


async def latest_membership(session: AsyncSession, body_id: str, party_id: str) -> Membership | None:
    """Return the membership of a party in a body that began last, locked for change; None where there is none."""
    of_party = select(Membership).where(Membership.body_id == body_id, Membership.party_id == party_id)
    return await session.scalar(of_party.order_by(Membership.joined_on.desc()).limit(1).with_for_update())


_FUNCTION = select(Function).where(Function.id == WANTED, visible_bodies(Function)).with_for_update()


async def get_function(session: AsyncSession, actor: Actor, now: datetime, function_id: str) -> Function:
    """Return the function, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _FUNCTION, function_id, "function")


async def is_held(
    session: AsyncSession, body_id: str, party_id: str, kind: FunctionKind, starts_on: date, ends_on: date | None
) -> bool:
    """Return whether a party holds a function of a kind in a body on any of these days."""
    statement = select(Function.id).where(
        Function.body_id == body_id,
        Function.party_id == party_id,
        Function.kind == kind,
        Function.ended_at.is_(None),
        or_(Function.ends_on.is_(None), Function.ends_on >= starts_on),
    )
    statement = statement if ends_on is None else statement.where(Function.starts_on <= ends_on)
    return await session.scalar(statement.limit(1)) is not None


async def functions_of(session: AsyncSession, delegate_id: str, today: date) -> list[Function]:
    """Return the functions that a delegate holds today or will hold from a later day on, locked for change."""
    lasting = (Function.ended_at.is_(None), or_(Function.ends_on.is_(None), Function.ends_on >= today))
    statement = select(Function).where(Function.delegate_id == delegate_id, *lasting).order_by(Function.id)
    return list((await session.scalars(statement.with_for_update())).all())


async def functions_of_seat(connection: AsyncConnection, actor: Actor, today: date) -> list[str]:
    """Return the ids of the functions that the actor's seat holds today, those that lead nothing included.

    A delegate who speaks on behalf of another party holds none of its functions.
    """
    if actor.representation_id:
        return []
    of_seat = or_(Function.delegate_id.is_(None), Function.delegate_id == actor.delegate_id)
    statement = select(Function.id).where(Function.party_id == actor.party_id, of_seat, in_force(Function))
    rows = await connection.scalars(statement.order_by(Function.starts_on, Function.id), {"today": today})
    return list(rows.all())


_SITTING = select(Sitting).where(Sitting.id == WANTED, visible_sittings(Sitting)).options(joinedload(Sitting.body))


async def get_sitting(session: AsyncSession, actor: Actor, now: datetime, sitting_id: str) -> Sitting:
    """Return the sitting with its body, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _SITTING, sitting_id, "sitting")


async def find_sitting(session: AsyncSession, body_id: str, numbers: set[int]) -> str | None:
    """Return the id of a sitting of the body under one of these session numbers, None where there is none.

    A number counts as the first or the second of a sitting.
    """
    has_number = or_(Sitting.first_number.in_(numbers), Sitting.second_number.in_(numbers))
    return await session.scalar(select(Sitting.id).where(Sitting.body_id == body_id, has_number).limit(1))


_DECISION = (
    select(Decision)
    .where(Decision.id == WANTED, visible_decisions(Decision))
    .options(joinedload(Decision.sitting).joinedload(Sitting.body))
)


async def get_decision(session: AsyncSession, actor: Actor, now: datetime, decision_id: str) -> Decision:
    """Return the decision with its sitting and body, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _DECISION, decision_id, "decision")


def decisions_per_sitting() -> Any:
    """Return the query for (sitting, number of decisions) of the sittings in `parents`."""
    from_parents = (Decision.sitting_id.in_(parents), visible_decisions(Decision))
    return select(Decision.sitting_id, func.count()).where(*from_parents).group_by(Decision.sitting_id)
