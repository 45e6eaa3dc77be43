"""Seats of delegates: handing them over, ending them, and the function of a focal point."""

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.parties import policy, queries
from server.domain.parties.actions.inviting import add_invitation, details_of, find_last_focal_day
from server.domain.parties.rules import accrediting, dates
from server.domain.parties.rules.accrediting import InvitationTerms, Invited
from server.domain.parties.rules.facts import DelegateFacts
from server.journal.actions import record
from server.kernel.actor import Actor, Capacity
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.parties import Delegate

DAY = timedelta(days=1)


async def hand_over_seat(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    delegate_id: str,
    name: str,
    email: str,
    starts_on: date,
    reason: str,
    expected_revision: int,
    terms: InvitationTerms,
) -> str:
    """End an accreditation and invite a successor to its seat; return the invitation's id.

    The function of a focal point and the last day go with the seat. `starts_on` is the successor's first day. If that
    is today, the outgoing accreditation ends at once, else on the day before.
    """
    delegate = await queries.get_delegate(session, actor, now, delegate_id)
    facts, today = facts_of(DelegateFacts, delegate), now.date()
    policy.hand_over_seat.ensure(actor, facts, now)
    ensure_current("delegate", delegate.id, expected=expected_revision, current=delegate.revision)
    invited = Invited(name, email.strip(), accrediting.is_focal_point(facts, starts_on), starts_on, delegate.ends_on)
    issues = accrediting.check_reason(reason) + accrediting.check_officer(invited.email, name)
    issues += accrediting.check_hand_over(facts, starts_on, today)
    if invited.email.casefold() == delegate.person.email:
        issues.append(Issue("email", IssueCode.SAME_PERSON))
    ensure_well_formed(issues)
    await _ensure_officer_stays(session, delegate, starts_on)
    invitation = await add_invitation(
        session, actor, now, party=delegate.party, invited=invited, terms=terms, predecessor=delegate
    )
    if starts_on <= max(today, delegate.starts_on):
        delegate.ended_at = now
    else:
        delegate.ends_on = starts_on - DAY
    delegate.revision += 1
    details = details_of(invitation) | {"predecessor": delegate.id, "reason": reason.strip()}
    await record(session, actor, policy.hand_over_seat, invitation.id, now, **details)
    return invitation.id


async def end_accreditation(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    delegate_id: str,
    ends_on: date | None,
    reason: str,
    expected_revision: int,
) -> str:
    """End an accreditation at once, or after its last day `ends_on`, and return the delegate's id.

    Only the Secretariat ends that of the last focal point of a party. Nobody ends that of the last officer.
    """
    delegate = await queries.get_delegate(session, actor, now, delegate_id)
    facts, today = facts_of(DelegateFacts, delegate), now.date()
    policy.end_accreditation.ensure(actor, facts, now)
    ensure_current("delegate", delegate.id, expected=expected_revision, current=delegate.revision)
    ensure_well_formed(accrediting.check_reason(reason) + dates.check_last_day(facts, ends_on, today))
    gone_on = today if ends_on is None else ends_on + DAY
    await _ensure_officer_stays(session, delegate, gone_on)
    await _ensure_focal_point_stays(session, actor, facts, gone_on)
    if ends_on is None:
        delegate.ended_at = now
    else:
        delegate.ends_on = ends_on
    delegate.revision += 1
    details = {"reason": reason.strip(), "ends_on": ends_on and ends_on.isoformat(), "ended_at": delegate.ended_at}
    await record(session, actor, policy.end_accreditation, delegate.id, now, **details)
    return delegate.id


async def appoint_focal_point(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    delegate_id: str,
    starts_on: date,
    ends_on: date | None,
    expected_revision: int,
) -> str:
    """Let a delegate clear and submit in the party's name, and return the delegate's id.

    The function lasts from `starts_on` until and including `ends_on`. A focal point gives it for no longer than they
    have it.
    """
    delegate = await queries.get_delegate(session, actor, now, delegate_id)
    facts = facts_of(DelegateFacts, delegate)
    policy.appoint_focal_point.ensure(actor, facts, now)
    ensure_current("delegate", delegate.id, expected=expected_revision, current=delegate.revision)
    issues = accrediting.check_focal_days(facts, starts_on, ends_on, now.date())
    if not actor.is_secretariat:
        issues += accrediting.check_within(ends_on, await find_last_focal_day(session, actor))
    ensure_well_formed(issues)
    delegate.focal_point_from, delegate.focal_point_until = starts_on, ends_on
    delegate.revision += 1
    details = {"starts_on": starts_on.isoformat(), "ends_on": ends_on and ends_on.isoformat()}
    await record(session, actor, policy.appoint_focal_point, delegate.id, now, **details)
    return delegate.id


async def release_focal_point(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    delegate_id: str,
    ends_on: date | None,
    reason: str,
    expected_revision: int,
) -> str:
    """End the function of a focal point at once, or after its last day `ends_on`; return the delegate's id.

    The accreditation stays. Only the Secretariat releases the last focal point of a party.
    """
    delegate = await queries.get_delegate(session, actor, now, delegate_id)
    facts, today = facts_of(DelegateFacts, delegate), now.date()
    policy.release_focal_point.ensure(actor, facts, now)
    ensure_current("delegate", delegate.id, expected=expected_revision, current=delegate.revision)
    ensure_well_formed(accrediting.check_reason(reason) + accrediting.check_release(facts, ends_on, today))
    last = ends_on or today - DAY
    await _ensure_focal_point_stays(session, actor, facts, last + DAY)
    delegate.focal_point_until = last
    delegate.revision += 1
    details = {"reason": reason.strip(), "ends_on": last.isoformat()}
    await record(session, actor, policy.release_focal_point, delegate.id, now, **details)
    return delegate.id


async def _ensure_officer_stays(session: AsyncSession, delegate: Delegate, day: date) -> None:
    """Raise a refusal if the Secretariat has no other officer on the day on which this one is gone.

    Technical administrators are no officers.
    """
    is_officer = delegate.party.capacity == Capacity.SECRETARIAT and not delegate.is_administrator
    if is_officer and not await queries.has_other(session, delegate.party_id, delegate.person_id, day):
        raise last_officer()


async def _ensure_focal_point_stays(session: AsyncSession, actor: Actor, facts: DelegateFacts, day: date) -> None:
    """Raise a refusal if the party has no other focal point on the day on which this one is none.

    The Secretariat may leave a party without one.
    """
    if actor.is_secretariat or not accrediting.is_focal_point(facts, day):
        return
    if not await queries.has_other(session, facts.party_id, facts.person_id, day, focal_point=True):
        message = "This is the last focal point of the party. Appoint another first, or ask the Secretariat."
        rule = "A party keeps a focal point unless the Secretariat ends it."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message, rule=rule)


def last_officer() -> Refusal:
    """Return the refusal of an act that would leave the Secretariat without an officer."""
    message = "This is the last officer of the Secretariat. Invite another first."
    rule = "The Secretariat always has an officer who can sign in."
    return Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message, rule=rule)
