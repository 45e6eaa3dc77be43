"""The acts of a proponent: drafting, submitting and withdrawing proposals."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.proposals import policy, queries
from server.domain.proposals.actions import joining
from server.domain.proposals.actions.taking_over import leave_to_co_sponsors
from server.domain.proposals.rules import contents
from server.domain.proposals.rules.contents import ProposalContent
from server.domain.proposals.rules.life import DraftingFacts, ProposalFacts
from server.domain.proposals.rules.mechanism import check_scope
from server.domain.texts.queries import reading as texts
from server.journal.actions import record
from server.journal.chain import sha256_of
from server.journal.digests import content_of_proposal
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.proposals import Amendment, AmendmentProposal, CoSponsor, ProposalWork
from server.models.texts import Instrument, TextVersion
from server.vocabulary.proposals import PROPOSAL_LIFECYCLE


async def draft_proposal(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    cycle_id: str,
    text_version_id: str,
    content: ProposalContent,
) -> str:
    """Write a proposal on an issued version, and return its id.

    Its party and the parties named as co-sponsors see it until its focal point submits it. It may be drafted before its
    cycle opens.
    """
    cycle = await queries.get_cycle(session, actor, now, cycle_id)
    version = await texts.get_version(session, actor, now, text_version_id)
    policy.draft_proposal.ensure(actor, DraftingFacts(version.status), now)
    await texts.ensure_latest(session, version.id)
    mechanism = await queries.get_mechanism(session, actor, now, cycle.mechanism_id)
    ensure_well_formed(check_scope(mechanism.instrument_ids, version.instrument_id, version.instrument.short_title))
    content = await _check_content(session, actor, now, content, actor.party_id, version.id)
    proposal = AmendmentProposal(
        cycle_id=cycle.id,
        text_version_id=version.id,
        party_id=actor.party_id,
        author_id=actor.delegate_id,
        title=content.title.strip(),
        rationale=content.rationale.strip(),
        is_severable=content.is_severable,
        drafted_at=now,
        submitted_at=None,
        work=ProposalWork(status=PROPOSAL_LIFECYCLE.initial),
        amendments=_build_amendments(content),
        co_sponsors=[CoSponsor(party_id=party_id) for party_id in content.co_sponsor_ids],
    )
    session.add(proposal)
    details = {"cycle": cycle.id, "version": version.id, "amendments": len(content.amendments)}
    await record(session, actor, policy.draft_proposal, proposal.id, now, **details)
    return proposal.id


async def revise_proposal(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    proposal_id: str,
    content: ProposalContent,
    expected_revision: int,
) -> str:
    """Rewrite a draft, and return the proposal's id.

    The amendments given take the place of all before. Co-sponsors that confirmed or declined the same words are not
    asked again. Where a later version was issued meanwhile, the draft goes on on that one.
    """
    proposal = await queries.get_proposal(session, actor, now, proposal_id)
    policy.revise_proposal.ensure(actor, facts_of(ProposalFacts, proposal), now)
    ensure_current("proposal", proposal.id, expected=expected_revision, current=proposal.work.revision)
    version_id = await texts.latest_issued(session, proposal.text_version_id)
    content = await _check_content(session, actor, now, content, proposal.party_id, version_id)
    proposal.text_version_id = version_id
    proposal.title, proposal.rationale = content.title.strip(), content.rationale.strip()
    proposal.is_severable = content.is_severable
    proposal.amendments = []
    await session.flush()  # the old rows go first: the new ones take their positions
    proposal.amendments = _build_amendments(content)
    joining.ask_co_sponsors(proposal, content.co_sponsor_ids)
    proposal.work.revision += 1
    details = {"version": version_id, "amendments": len(content.amendments)}
    details |= {"co_sponsors": list(content.co_sponsor_ids)}
    await record(session, actor, policy.revise_proposal, proposal.id, now, **details)
    return proposal.id


async def submit_proposal(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    proposal_id: str,
    can_leave_out: bool = False,
    expected_revision: int,
) -> str:
    """File a draft in the name of the party, and return the proposal's id.

    From then on its words stay, unless it is returned; the digest certifies them. What was returned is judged like a
    first submission. Refuses a draft without amendments, on a version that is no longer the latest, or on a text that
    the mechanism does not cover. Co-sponsors that have not confirmed are named, and left out if `can_leave_out` says
    so.
    """
    proposal = await queries.get_proposal(session, actor, now, proposal_id)
    policy.submit_proposal.ensure(actor, facts_of(ProposalFacts, proposal), now)
    ensure_current("proposal", proposal.id, expected=expected_revision, current=proposal.work.revision)
    await _ensure_on_latest(session, proposal)
    _ensure_complete(proposal)
    left_out = await joining.settle_co_sponsors(session, proposal, can_leave_out=can_leave_out)
    proposal.work.status = PROPOSAL_LIFECYCLE.target("submit_proposal", proposal.work.status)
    proposal.work.revision += 1
    proposal.submitted_at, proposal.submitted_by_id = now, actor.delegate_id
    co_sponsors = [each.party_id for each in proposal.co_sponsors]
    proposal.content_digest = sha256_of(content_of_proposal(proposal, proposal.amendments, co_sponsors))
    details: dict[str, Any] = {"content_digest": proposal.content_digest, "cycle": proposal.cycle_id}
    details |= {"version": proposal.text_version_id, "amendments": len(proposal.amendments)}
    details["co_sponsors"] = sorted(co_sponsors)
    if left_out:
        details["left_out"] = left_out
    await record(session, actor, policy.submit_proposal, proposal.id, now, **details)
    return proposal.id


async def withdraw_proposal(
    session: AsyncSession, actor: Actor, now: datetime, *, proposal_id: str, expected_revision: int
) -> str:
    """Take a proposal back before the bodies decide on it, and return its id.

    Its words stay on record, for those who saw them before. Parties that confirmed to co-sponsor what was filed can
    take it over for the days that the mechanism gives; without any it ends at once.
    """
    proposal = await queries.get_proposal(session, actor, now, proposal_id)
    policy.withdraw_proposal.ensure(actor, facts_of(ProposalFacts, proposal), now)
    ensure_current("proposal", proposal.id, expected=expected_revision, current=proposal.work.revision)
    before = proposal.work.standing
    left = await leave_to_co_sponsors(session, actor, now, proposal)
    proposal.work.status = PROPOSAL_LIFECYCLE.target("withdraw_proposal", before)
    if not left:
        proposal.work.deferral_id = None
    proposal.work.revision += 1
    await record(session, actor, policy.withdraw_proposal, proposal.id, now, before=before, **left)
    return proposal.id


async def _check_content(
    session: AsyncSession, actor: Actor, now: datetime, content: ProposalContent, proponent: str, version_id: str
) -> ProposalContent:
    """Return the content without copied numbers, or refuse what is not well-formed for this proponent and version."""
    amendments = content.amendments[: contents.LARGEST_PROPOSAL]
    keys = {key for amendment in amendments for key in (amendment.provision_id, amendment.after_id) if key}
    words = await queries.words_of(session, version_id, keys)
    content = contents.without_labels(content, words)
    co_sponsor_ids = content.co_sponsor_ids[: contents.LARGEST_PROPOSAL]
    possible_ids = await queries.possible_co_sponsors(session, actor, now, co_sponsor_ids)
    ensure_well_formed(contents.check_proposal(content, proponent, possible_ids, words))
    return content


async def _ensure_on_latest(session: AsyncSession, proposal: AmendmentProposal) -> None:
    """Refuse a draft on a version after which another one was issued, or on a text that the review does not cover.

    Nothing would carry it to the later version.
    """
    own = await session.get_one(TextVersion, proposal.text_version_id)
    # An issue that is going on has not seen this proposal: it comes first, or waits.
    await texts.lock_instrument(session, own.instrument_id)
    latest = await session.get_one(TextVersion, await texts.latest_issued(session, own.id))
    if latest.id != own.id:
        message = (
            f"This draft is on version {own.number}, and version {latest.number} is issued. "
            f"Revise it: it then goes on on version {latest.number}, and its provisions are looked for there."
        )
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message)
    instrument = await session.get_one(Instrument, own.instrument_id)
    covered = proposal.cycle.mechanism.instrument_ids
    ensure_well_formed(check_scope(covered, instrument.id, instrument.short_title))


def _build_amendments(content: ProposalContent) -> list[Amendment]:
    """Return the amendments of a content as rows, in their order."""
    return [
        Amendment(position=position, **amendment._asdict())
        for position, amendment in enumerate(content.amendments, start=1)
    ]


def _ensure_complete(proposal: AmendmentProposal) -> None:
    """Refuse a draft without amendments."""
    if not proposal.amendments:
        message = "This proposal has no amendment yet. Revise it first."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message)
