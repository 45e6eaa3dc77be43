"""Naming parties for functions in groups: the party answers, and the body above agrees."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies.actions.functions import add_function, check_seat_of
from server.domain.bodies.queries import get_body, is_held
from server.domain.bodies.rules import BodyFacts, check_function, check_not_after_conclusion
from server.domain.groups import policy, queries
from server.domain.groups.rules.facts import NominatingFacts, NominationFacts
from server.domain.parties import queries as parties
from server.domain.parties.rules.accrediting import check_reason
from server.domain.parties.rules.dates import check_days
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.bodies import Body
from server.models.groups import Nomination
from server.models.parties import Party
from server.vocabulary.bodies import FunctionKind
from server.vocabulary.groups import NOMINATION_LIFECYCLE


async def nominate(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    body_id: str,
    party_id: str,
    delegate_id: str | None = None,
    kind: FunctionKind,
    starts_on: date,
    ends_on: date | None = None,
) -> str:
    """Propose a party of any capacity for a function in a group, and return the nomination's id.

    A party that names itself has accepted; the body above agrees in any case. `delegate_id` is the person it would
    send, None for any of its delegates. Refuses a party that holds it or is named for it already.
    """
    body = await get_body(session, actor, now, body_id)
    party = await parties.get_party(session, actor, now, party_id)
    naming = NominatingFacts(body.kind, body.concluded_on, body.mandated_until, body.parent_id, body.id, party.id)
    policy.nominate.ensure(actor, naming, now)
    issues = check_days(starts_on, ends_on) + check_not_after_conclusion(facts_of(BodyFacts, body), starts_on)
    issues += await _check_office(session, body, party, kind, starts_on, ends_on)
    ensure_well_formed(issues + await check_seat_of(session, actor, now, delegate_id, party.id))
    if await queries.find_nomination(session, body.id, party.id, kind):
        message = f"{party.short_name} is named for this function in {body.short_name} already."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)
    named = {"body_id": body.id, "party_id": party.id, "kind": kind, "delegate_id": delegate_id}
    by = {"nominated_by_id": actor.delegate_id, "nominated_at": now}
    nomination = Nomination(**named, starts_on=starts_on, ends_on=ends_on, status=NOMINATION_LIFECYCLE.initial, **by)
    if actor.party_id == party.id:
        _answer(nomination, "accept_nomination", actor, now, "")
    session.add(nomination)
    days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on and ends_on.isoformat()}
    details = {"body": body.id, "party": party.id, "kind": kind, "delegate": delegate_id, "status": nomination.status}
    await record(session, actor, policy.nominate, nomination.id, now, **details, **days)
    return nomination.id


async def _check_office(
    session: AsyncSession, body: Body, party: Party, kind: FunctionKind, starts_on: date, ends_on: date | None
) -> list[Issue]:
    """Return the faults of a function for which a party is named: unfit for it, or held by it on some of the days."""
    issues = check_function(facts_of(BodyFacts, body), kind, party.capacity)
    if await is_held(session, body.id, party.id, kind, starts_on, ends_on):
        why = f"{party.short_name} holds this function in {body.short_name} on some of these days already"
        issues.append(Issue("partyId", IssueCode.UNFIT, why=why))
    return issues


async def accept_nomination(
    session: AsyncSession, actor: Actor, now: datetime, *, nomination_id: str, expected_revision: int
) -> str:
    """Accept a nomination as the focal point of the party named, and return its id. The body above still agrees."""
    nomination = await queries.get_nomination(session, actor, now, nomination_id)
    policy.accept_nomination.ensure(actor, facts_of(NominationFacts, nomination), now)
    ensure_current("nomination", nomination.id, expected=expected_revision, current=nomination.revision)
    _answer(nomination, "accept_nomination", actor, now, "")
    nomination.revision += 1
    await record(session, actor, policy.accept_nomination, nomination.id, now, body=nomination.body_id)
    return nomination.id


async def decline_nomination(
    session: AsyncSession, actor: Actor, now: datetime, *, nomination_id: str, reason: str, expected_revision: int
) -> str:
    """Decline a nomination as the focal point of the party named, with a reason, and return its id."""
    nomination = await queries.get_nomination(session, actor, now, nomination_id)
    policy.decline_nomination.ensure(actor, facts_of(NominationFacts, nomination), now)
    ensure_current("nomination", nomination.id, expected=expected_revision, current=nomination.revision)
    ensure_well_formed(check_reason(reason))
    _answer(nomination, "decline_nomination", actor, now, reason.strip())
    nomination.settled_at = now
    nomination.revision += 1
    details = {"body": nomination.body_id, "reason": nomination.answer}
    await record(session, actor, policy.decline_nomination, nomination.id, now, **details)
    return nomination.id


async def agree_nomination(
    session: AsyncSession, actor: Actor, now: datetime, *, nomination_id: str, expected_revision: int
) -> str:
    """Record that the body above agreed to a nomination, and return its id. The party holds the function from then on.

    Refuses a function that the party holds there on some of these days already.
    """
    nomination = await queries.get_nomination(session, actor, now, nomination_id)
    policy.agree_nomination.ensure(actor, facts_of(NominationFacts, nomination), now)
    ensure_current("nomination", nomination.id, expected=expected_revision, current=nomination.revision)
    function = await add_function(
        session,
        body=nomination.body,
        party=await parties.get_party(session, actor, now, nomination.party_id),
        delegate_id=nomination.delegate_id,
        kind=nomination.kind,
        starts_on=nomination.starts_on,
        ends_on=nomination.ends_on,
    )
    await session.flush()
    nomination.status = NOMINATION_LIFECYCLE.target("agree_nomination", nomination.status)
    nomination.function_id, nomination.settled_at = function.id, now
    nomination.revision += 1
    details = {"body": nomination.body_id, "party": nomination.party_id, "function": function.id}
    await record(session, actor, policy.agree_nomination, nomination.id, now, **details)
    return nomination.id


async def withdraw_nomination(
    session: AsyncSession, actor: Actor, now: datetime, *, nomination_id: str, reason: str, expected_revision: int
) -> str:
    """Take a nomination back, or record that the body above did not agree, with a reason; return its id."""
    nomination = await queries.get_nomination(session, actor, now, nomination_id)
    policy.withdraw_nomination.ensure(actor, facts_of(NominationFacts, nomination), now)
    ensure_current("nomination", nomination.id, expected=expected_revision, current=nomination.revision)
    ensure_well_formed(check_reason(reason))
    nomination.status = NOMINATION_LIFECYCLE.target("withdraw_nomination", nomination.status)
    nomination.settled_at = now
    nomination.revision += 1
    details = {"body": nomination.body_id, "reason": reason.strip()}
    await record(session, actor, policy.withdraw_nomination, nomination.id, now, **details)
    return nomination.id


def _answer(nomination: Nomination, act: str, actor: Actor, now: datetime, answer: str) -> None:
    """Put the answer of the party into its nomination."""
    nomination.status = NOMINATION_LIFECYCLE.target(act, nomination.status)
    nomination.answer, nomination.answered_by_id, nomination.answered_at = answer, actor.delegate_id, now
