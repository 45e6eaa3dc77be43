"""Mandates of parties to others to speak on their behalf."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.parties import policy, queries
from server.domain.parties.rules import accrediting, dates
from server.domain.parties.rules.facts import PartyFacts, RepresentationFacts
from server.journal.actions import record
from server.kernel.actor import Actor, Capacity
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.parties import Party, Representation


async def grant_representation(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    party_id: str,
    by_party_id: str,
    evidence: str,
    starts_on: date,
    ends_on: date | None,
) -> str:
    """Let the delegates of one party speak on behalf of another, and return the representation's id.

    It lasts from `starts_on` until and including `ends_on`. `evidence` names the letter or note that gave the mandate.
    Functions in bodies do not go with it. Refuses a mandate while there is one already.
    """
    party = await queries.get_party(session, actor, now, party_id)
    policy.grant_representation.ensure(actor, facts_of(PartyFacts, party), now)
    by_party = await queries.get_party(session, actor, now, by_party_id, lock=False)
    issues = accrediting.check_evidence(evidence) + dates.check_days(starts_on, ends_on) + _check_other(party, by_party)
    if ends_on is not None and ends_on < now.date():
        issues.append(Issue("endsOn", IssueCode.DAY_TOO_EARLY, earliest=f"{now.date():%Y-%m-%d}"))
    ensure_well_formed(issues)
    if await queries.is_represented(session, party.id, by_party.id, now.date()):
        message = f"{by_party.short_name} speaks for {party.short_name} already. End that mandate first."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)
    representation = Representation(
        party_id=party.id,
        by_party_id=by_party.id,
        evidence=evidence.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by_id=actor.delegate_id,
    )
    session.add(representation)
    days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on and ends_on.isoformat()}
    details = {"party": party.id, "by_party": by_party.id, "evidence": representation.evidence} | days
    await record(session, actor, policy.grant_representation, representation.id, now, **details)
    return representation.id


async def end_representation(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    representation_id: str,
    ends_on: date | None,
    reason: str,
    expected_revision: int,
) -> str:
    """End a mandate at once, or after its last day `ends_on`, and return the representation's id.

    What was filed on behalf stays filed.
    """
    representation = await queries.get_representation(session, actor, now, representation_id)
    facts = facts_of(RepresentationFacts, representation)
    policy.end_representation.ensure(actor, facts, now)
    ensure_current("representation", representation.id, expected=expected_revision, current=representation.revision)
    ensure_well_formed(accrediting.check_reason(reason) + dates.check_last_day(facts, ends_on, now.date()))
    if ends_on is None:
        representation.ended_at = now
    else:
        representation.ends_on = ends_on
    representation.revision += 1
    details = {"reason": reason.strip(), "ends_on": ends_on and ends_on.isoformat()}
    details["ended_at"] = representation.ended_at
    await record(session, actor, policy.end_representation, representation.id, now, **details)
    return representation.id


def _check_other(party: Party, by_party: Party) -> list[Issue]:
    """Return the fault of a representing party: it is another one, and not the Secretariat."""
    if by_party.id == party.id:
        return [Issue("byPartyId", IssueCode.PARTY_UNFIT)]
    if by_party.capacity == Capacity.SECRETARIAT:
        return [Issue("byPartyId", IssueCode.SECRETARIAT_FOR_ITSELF)]
    return []
