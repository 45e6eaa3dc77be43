"""Functions in bodies: chair, co-chair, coordinator, rapporteur. Bodies agree on them, the Secretariat records it."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies import policy, queries, rules
from server.domain.bodies.mandates import ensure_within_mandate
from server.domain.bodies.rules import BodyFacts, FunctionFacts
from server.domain.parties import queries as parties
from server.domain.parties.rules import accrediting, dates
from server.domain.parties.rules.facts import DelegateFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.bodies import Body, Function
from server.models.parties import Delegate, Party
from server.vocabulary.bodies import FunctionKind


async def appoint_function(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    body_id: str,
    party_id: str,
    delegate_id: str | None,
    kind: FunctionKind,
    starts_on: date,
    ends_on: date | None,
) -> str:
    """Record that a party holds a function in a body, and return the function's id.

    It is held from `starts_on` until and including `ends_on`. `delegate_id` is the person in the seat, None for any
    delegate of the party. Refuses a function that the party holds there on some of these days already.
    """
    body = await queries.get_body(session, actor, now, body_id)
    facts = facts_of(BodyFacts, body)
    policy.appoint_function.ensure(actor, facts, now)
    ensure_within_mandate(facts, starts_on, now)
    party = await parties.get_party(session, actor, now, party_id)
    issues = rules.check_function(facts, kind, party.capacity) + dates.check_days(starts_on, ends_on)
    issues += rules.check_not_after_conclusion(facts, starts_on)
    ensure_well_formed(issues + await check_seat_of(session, actor, now, delegate_id, party.id))
    function = await add_function(
        session, body=body, party=party, delegate_id=delegate_id, kind=kind, starts_on=starts_on, ends_on=ends_on
    )
    details = {"body": body.id, "party": party.id, "kind": kind, "delegate": delegate_id}
    days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on and ends_on.isoformat()}
    await record(session, actor, policy.appoint_function, function.id, now, **details, **days)
    return function.id


async def add_function(
    session: AsyncSession,
    *,
    body: Body,
    party: Party,
    delegate_id: str | None,
    kind: FunctionKind,
    starts_on: date,
    ends_on: date | None,
) -> Function:
    """Add a function as a row and return it, for an act that keeps its own journal entry.

    Refuses a function that the party holds there on some of these days already.
    """
    if await queries.is_held(session, body.id, party.id, kind, starts_on, ends_on):
        message = f"{party.short_name} holds this function in {body.short_name} on some of these days already."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)
    days = {"starts_on": starts_on, "ends_on": ends_on}
    function = Function(body_id=body.id, party_id=party.id, delegate_id=delegate_id, kind=kind, **days)
    session.add(function)
    return function


async def check_seat_of(
    session: AsyncSession, actor: Actor, now: datetime, delegate_id: str | None, party_id: str
) -> list[Issue]:
    """Return the fault of the person in a seat of a party, None for any of its delegates."""
    if delegate_id is None:
        return []
    return _check_seat(await parties.get_delegate(session, actor, now, delegate_id), party_id, now)


async def end_function(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    function_id: str,
    ends_on: date | None,
    reason: str,
    expected_revision: int,
) -> str:
    """End a function at once, or after its last day `ends_on`, and return its id. It stays on record."""
    function = await queries.get_function(session, actor, now, function_id)
    facts = facts_of(FunctionFacts, function)
    policy.end_function.ensure(actor, facts, now)
    ensure_current("function", function.id, expected=expected_revision, current=function.revision)
    issues = accrediting.check_reason(reason) + dates.check_last_day(facts, ends_on, now.date())
    ensure_well_formed(issues)
    if ends_on is None:
        function.ended_at = now
    else:
        function.ends_on = ends_on
    function.revision += 1
    details = {"reason": reason.strip(), "ends_on": ends_on and ends_on.isoformat(), "ended_at": function.ended_at}
    await record(session, actor, policy.end_function, function.id, now, **details)
    return function.id


def _check_seat(seat: Delegate, party_id: str, now: datetime) -> list[Issue]:
    """Return the fault of a seat unless its holder is a delegate of the party, and no administrator."""
    if seat.party_id != party_id:
        return [Issue("delegateId", IssueCode.DELEGATE_UNFIT, why="a delegate of the party that holds the function")]
    facts = facts_of(DelegateFacts, seat)
    for rule in (accrediting.while_accredited, accrediting.is_a_delegate):
        if obstacle := rule(facts, now):
            return [Issue("delegateId", IssueCode.DELEGATE_UNFIT, why=obstacle.message)]
    return []
