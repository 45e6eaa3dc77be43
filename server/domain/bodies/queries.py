"""Reading bodies, sittings and decisions, each under the visibility predicate of its noun."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import aliased, joinedload, undefer

from server.identity.accreditations import in_force
from server.kernel.actor import Actor
from server.kernel.predicates import EVERY_DELEGATE, open_to_everybody, parents, sight, signed_in
from server.models.bodies import Body, Decision, Function, Mandate, Membership, Sitting
from server.models.consolidation import Consolidation
from server.models.journal import JournalEntry
from server.models.sittings import ReportingLine
from server.models.texts import Edition, TextVersion
from server.storage.rows import WANTED, get_row
from server.vocabulary.bodies import CARRIES, FunctionKind


def visible_bodies(body: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a body.

    Every delegate does; everybody one that adopted an edition, where the server opens its editions.
    """
    sitting, decision, edition = aliased(Sitting), aliased(Decision), aliased(Edition)
    adopted = (
        select(edition.id)
        .join(decision, decision.id == edition.decision_id)
        .join(sitting, sitting.id == decision.sitting_id)
        .where(sitting.body_id == body.id)
    )
    return or_(sight(EVERY_DELEGATE, signed_in), open_to_everybody(adopted.exists()))


def visible_takings_part(row: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a mandate, a membership or a function: every delegate does."""
    return signed_in


def visible_sittings(sitting: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a sitting.

    Every delegate does; everybody one that adopted an edition, where the server opens its editions.
    """
    decision, edition = aliased(Decision), aliased(Edition)
    adopted = select(edition.id).join(decision, decision.id == edition.decision_id)
    return or_(
        sight(EVERY_DELEGATE, signed_in),
        open_to_everybody(adopted.where(decision.sitting_id == sitting.id).exists()),
    )


def visible_decisions(decision: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a decision.

    Every delegate does; everybody one that adopted an edition, where the server opens its editions. A subject that is
    hidden stays hidden: a decision holds only its id.
    """
    edition = aliased(Edition)
    adopted = select(edition.id).where(edition.decision_id == decision.id)
    return or_(sight(EVERY_DELEGATE, signed_in), open_to_everybody(adopted.exists()))


_BODY = select(Body).where(Body.id == WANTED, visible_bodies(Body)).options(undefer(Body.mandated_until))


async def get_body(session: AsyncSession, actor: Actor, now: datetime, body_id: str) -> Body:
    """Return the body, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _BODY, body_id, "body")


async def find_body(session: AsyncSession, short_name: str) -> Body | None:
    """Return the body with this short name, None without one."""
    named = select(Body).where(Body.short_name == short_name).options(undefer(Body.mandated_until))
    return await session.scalar(named)


_BODY_LOCKED = _BODY.with_for_update()


async def hold_body(session: AsyncSession, actor: Actor, now: datetime, body_id: str) -> Body:
    """Return the body, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _BODY_LOCKED, body_id, "body")


async def names_of_bodies(session: AsyncSession) -> dict[str, tuple[str, str]]:
    """Return the short name and the full name of every body by its id."""
    rows = await session.execute(select(Body.id, Body.short_name, Body.name))
    return {id_: (short_name, name) for id_, short_name, name in rows}


async def line_above(session: AsyncSession, body_id: str | None, column: str = "parent_id") -> list[str]:
    """Return the ids of a body and of all that follow along a column: its parents, or its successors."""
    nexts = {row[0]: row[1] for row in await session.execute(select(Body.id, getattr(Body, column)))}
    line: list[str] = []
    while body_id is not None and body_id not in line:
        line.append(body_id)
        body_id = nexts.get(body_id)
    return line


async def bodies_above(session: AsyncSession, body_id: str) -> set[str]:
    """Return the ids of a body and of all above it: its parents, and the bodies that it reports to today besides."""
    lines = select(ReportingLine.superior_id)
    superiors = await session.scalars(lines.where(ReportingLine.body_id == body_id, ReportingLine.ended_on.is_(None)))
    return {*await line_above(session, body_id), *superiors}


async def find_numbered(session: AsyncSession, parent_id: str | None, number: int) -> str | None:
    """Return the short name of the group with a number among the groups of its parent, None where there is none."""
    statement = select(Body.short_name).where(Body.parent_id == parent_id, Body.number == number)
    return await session.scalar(statement)


async def mandates_of(session: AsyncSession, body_id: str) -> list[Mandate]:
    """Return the mandates of a body, the one that began first at the front."""
    statement = select(Mandate).where(Mandate.body_id == body_id).order_by(Mandate.starts_on, Mandate.id)
    return list((await session.scalars(statement)).all())


async def lasting_functions(session: AsyncSession, body_id: str, day: date) -> list[Function]:
    """Return the functions in a body that go on after a day, locked for change."""
    lasting = (Function.ended_at.is_(None), or_(Function.ends_on.is_(None), Function.ends_on > day))
    statement = select(Function).where(Function.body_id == body_id, *lasting).order_by(Function.id)
    return list((await session.scalars(statement.with_for_update())).all())


async def latest_membership(session: AsyncSession, body_id: str, party_id: str) -> Membership | None:
    """Return the membership of a party in a body that began last, locked for change; None where there is none."""
    of_party = select(Membership).where(Membership.body_id == body_id, Membership.party_id == party_id)
    return await session.scalar(of_party.order_by(Membership.joined_on.desc()).limit(1).with_for_update())


_FUNCTION = select(Function).where(Function.id == WANTED, visible_takings_part(Function)).with_for_update()


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


async def first_day_of(session: AsyncSession, subject_id: str) -> date | None:
    """Return the day (in UTC) of the first act on an object, None where the journal has none."""
    first = await session.scalar(select(func.min(JournalEntry.at)).where(JournalEntry.subject_id == subject_id))
    return first and first.astimezone(UTC).date()


async def made_on(session: AsyncSession, version_id: str) -> date | None:
    """Return the day (in UTC) on which a version that was made here was issued.

    None for one that was imported, which may be older than its record, and for one that is not issued.
    """
    issued = select(TextVersion.issued_at).join(Consolidation, Consolidation.target_id == TextVersion.id)
    issued_at = await session.scalar(issued.where(TextVersion.id == version_id))
    return issued_at and issued_at.astimezone(UTC).date()


async def last_sitting_on(session: AsyncSession, subject_id: str) -> date | None:
    """Return the first day of the latest sitting at which a subject was carried, None where it was not yet."""
    carried = select(func.max(Sitting.starts_on)).join(Decision, Decision.sitting_id == Sitting.id)
    return await session.scalar(carried.where(Decision.subject_id == subject_id, Decision.outcome.in_(CARRIES)))


def decisions_per_sitting() -> Any:
    """Return the query for (sitting, number of decisions) of the sittings in `parents`."""
    from_parents = (Decision.sitting_id.in_(parents), visible_decisions(Decision))
    return select(Decision.sitting_id, func.count()).where(*from_parents).group_by(Decision.sitting_id)
