"""The acts of co-sponsors: they join a proposal in the words of its draft, or decline."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.proposals import policy, queries
from server.domain.proposals.rules import contents, life
from server.domain.proposals.rules.life import CoSponsorFacts
from server.journal.actions import record
from server.journal.chain import sha256_of
from server.journal.digests import content_of_proposal
from server.kernel.actor import Actor
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, invalid
from server.models.proposals import AmendmentProposal, CoSponsor

JOINING_RULE = "Every co-sponsor named confirms through its own focal point before the proposal is submitted."


async def confirm_co_sponsorship(
    session: AsyncSession, actor: Actor, now: datetime, *, co_sponsor_id: str, expected_revision: int
) -> str:
    """Join a proposal as the focal point of a named party, and return the proposal's id.

    The party joins in the words of `expected_revision`. The version does not move, so that several parties can confirm
    at the same time.
    """
    proposal = await queries.get_co_sponsored_proposal(session, actor, now, co_sponsor_id)
    co_sponsor = next(each for each in proposal.co_sponsors if each.id == co_sponsor_id)
    policy.confirm_co_sponsorship.ensure(actor, facts_of_co_sponsor(proposal, co_sponsor), now)
    ensure_current("proposal", proposal.id, expected=expected_revision, current=proposal.work.revision)
    co_sponsor.confirmed_at, co_sponsor.confirmed_by_id = now, actor.delegate_id
    co_sponsor.declined_at = co_sponsor.declined_by_id = co_sponsor.decline_reason = None
    co_sponsor.words_digest = _digest_of_words(proposal)
    details = {"co_sponsor": co_sponsor.id, "version": expected_revision}
    await record(session, actor, policy.confirm_co_sponsorship, proposal.id, now, **details)
    return proposal.id


async def decline_co_sponsorship(
    session: AsyncSession, actor: Actor, now: datetime, *, co_sponsor_id: str, reason: str = ""
) -> str:
    """Decline to join a proposal as the focal point of a named party, and return the proposal's id.

    A party that has confirmed can still decline while the proposal is a draft. The proponent sees who declined, and the
    reason if one is given.
    """
    proposal = await queries.get_co_sponsored_proposal(session, actor, now, co_sponsor_id)
    co_sponsor = next(each for each in proposal.co_sponsors if each.id == co_sponsor_id)
    policy.decline_co_sponsorship.ensure(actor, facts_of_co_sponsor(proposal, co_sponsor), now)
    if len(reason) > contents.TEXT_LIMIT:
        raise invalid(Issue("reason", IssueCode.TOO_LONG, limit=contents.TEXT_LIMIT))
    co_sponsor.confirmed_at = co_sponsor.confirmed_by_id = None
    co_sponsor.declined_at, co_sponsor.declined_by_id = now, actor.delegate_id
    co_sponsor.decline_reason = reason.strip() or None
    co_sponsor.words_digest = _digest_of_words(proposal)
    details = {"co_sponsor": co_sponsor.id, "reason": reason.strip()}
    await record(session, actor, policy.decline_co_sponsorship, proposal.id, now, **details)
    return proposal.id


def ask_co_sponsors(proposal: AmendmentProposal, party_ids: Sequence[str]) -> None:
    """Ask these parties to co-sponsor a draft; those that answered for the same words are not asked again."""
    named = {each.party_id: each for each in proposal.co_sponsors}
    words = _digest_of_words(proposal)
    for co_sponsor in named.values():
        if co_sponsor.words_digest != words:
            co_sponsor.confirmed_at = co_sponsor.confirmed_by_id = co_sponsor.words_digest = None
            co_sponsor.declined_at = co_sponsor.declined_by_id = co_sponsor.decline_reason = None
    proposal.co_sponsors = [named.get(party_id) or CoSponsor(party_id=party_id) for party_id in party_ids]


async def settle_co_sponsors(session: AsyncSession, proposal: AmendmentProposal, *, can_leave_out: bool) -> list[str]:
    """Leave out the co-sponsors that have not confirmed and return their parties, or refuse and name them."""
    missing = [each for each in proposal.co_sponsors if each.confirmed_at is None]
    message = life.name_missing([(each.party.short_name, each.declined_at is not None) for each in missing])
    if message and not can_leave_out:
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message, rule=JOINING_RULE)
    for each in missing:
        proposal.co_sponsors.remove(each)
    await session.flush()  # while it is a draft: of a filed proposal the database lets nothing go
    return sorted(each.party_id for each in missing)


def _digest_of_words(proposal: AmendmentProposal) -> str:
    """Return the digest of what a draft says, without the parties that join it."""
    return sha256_of(content_of_proposal(proposal, proposal.amendments, ()))


def facts_of_co_sponsor(proposal: AmendmentProposal, co_sponsor: CoSponsor) -> CoSponsorFacts:
    """Return the facts of a co-sponsorship, from a proposal that `get_proposal` gave."""
    work = proposal.work
    answered = (co_sponsor.confirmed_at, co_sponsor.declined_at)
    return CoSponsorFacts(work.status, co_sponsor.party_id, *answered, proposal.proponent.id, work.take_over_until)


def write_proponent(proposal: AmendmentProposal) -> None:
    """Make the party that took a proposal over the one in whose name it is written, while it is not filed.

    It is no co-sponsor any more. The others are not asked again: the words are those that they confirmed or declined.
    """
    party_id = proposal.work.party_id
    if party_id is None:
        return
    before = _digest_of_words(proposal)
    proposal.party_id, proposal.work.party_id = party_id, None
    after = _digest_of_words(proposal)
    for co_sponsor in list(proposal.co_sponsors):
        if co_sponsor.party_id == party_id:
            proposal.co_sponsors.remove(co_sponsor)
        elif co_sponsor.words_digest == before:
            co_sponsor.words_digest = after
