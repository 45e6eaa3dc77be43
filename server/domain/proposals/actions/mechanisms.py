"""Recording versions of the mechanism, and trying their rules on what is there."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies.queries import visible_sittings
from server.domain.proposals import policy, queries
from server.domain.proposals.rules import mechanism as rules
from server.domain.proposals.rules.mechanism import (
    MechanismContent,
    Situation,
    StandingCycle,
    StandingProposal,
    VersionInForce,
)
from server.domain.texts.queries.reading import visible_instruments
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.refusals import ensure_well_formed
from server.models.bodies import Body, Sitting
from server.models.journal import JournalEntry
from server.models.proposals import AmendmentProposal, Mechanism, ProposalWork, ReviewCycle
from server.models.texts import Instrument, TextVersion
from server.vocabulary.proposals import MechanismRule

MOVES = tuple(
    act.tag
    for act in (
        policy.register_proposal,
        policy.assign_proposal,
        policy.conclude_consideration,
        policy.decide_proposal,
    )
)
"""Tags of the acts after which a proposal waits for somebody else."""


async def record_mechanism(session: AsyncSession, actor: Actor, now: datetime, *, content: MechanismContent) -> str:
    """Record a version of the mechanism, and return its id. The version before ends on the day before.

    Refuses one that overlaps with a later version, and one that would leave a review without the rules it opens under.
    """
    policy.record_mechanism.ensure(actor, None, now)
    await queries.hold_mechanisms(session)
    before = await _ensure_possible(session, actor, now, content)
    mechanism = Mechanism(
        title=content.title.strip(),
        evidence=content.evidence.strip(),
        valid_from=content.starts_on,
        valid_until=content.ends_on,
        approval_path=[kind.value for kind in content.approval_path],
        cycle_kinds=[kind.value for kind in content.cycle_kinds],
        instrument_ids=list(content.instrument_ids),
        window_days=content.window_days,
        submission_days=content.submission_days,
        consideration_days=content.consideration_days,
        decision_days=content.decision_days,
        take_over_days=content.take_over_days,
        recorded_at=now,
    )
    session.add(mechanism)
    if before is not None:
        earlier = await session.get_one(Mechanism, before.mechanism_id)
        earlier.valid_until = content.starts_on - timedelta(days=1)
    details = {
        **{"title": mechanism.title, "evidence": mechanism.evidence, "starts_on": content.starts_on.isoformat()},
        **{"ends_on": content.ends_on and content.ends_on.isoformat(), "approval_path": mechanism.approval_path},
        **{"cycle_kinds": mechanism.cycle_kinds, "instruments": mechanism.instrument_ids},
        **{"periods": _periods_of(content), "supersedes": before and before.mechanism_id},
    }
    await record(session, actor, policy.record_mechanism, mechanism.id, now, **details)
    return mechanism.id


async def preview_mechanism(
    session: AsyncSession, actor: Actor, now: datetime, content: MechanismContent
) -> tuple[dict[MechanismRule, list[str]], int, int]:
    """Return what would be late, stuck or out of scope under the rules, by rule, as far as the actor sees it.

    The numbers of proposals and of reviews that were looked at come with it. Nothing is written. Refuses what recording
    refuses; the caller has checked that the actor is of the Secretariat.
    """
    await _ensure_possible(session, actor, now, content)
    standing = await _read_standing(session, actor, now)
    breaches = rules.find_breaches(content, standing, now.astimezone(UTC).date())
    return breaches, len(standing.proposals), len(standing.cycles)


def _periods_of(content: MechanismContent) -> dict[str, int]:
    """Return the periods that a version sets, in days."""
    periods = {
        "window": content.window_days,
        "submission": content.submission_days,
        "consideration": content.consideration_days,
        "decision": content.decision_days,
        "take_over": content.take_over_days,
    }
    return {name: days for name, days in periods.items() if days is not None}


async def _ensure_possible(
    session: AsyncSession, actor: Actor, now: datetime, content: MechanismContent
) -> VersionInForce | None:
    """Refuse a version with faults, and return the one that it ends."""
    known = await _known_instruments(session, actor, now, content.instrument_ids)
    ensure_well_formed(rules.check_mechanism(content, known))
    versions = [
        VersionInForce(*row)
        for row in await session.execute(
            select(Mechanism.id, Mechanism.title, Mechanism.valid_from, Mechanism.valid_until)
        )
    ]
    ensure_well_formed(rules.check_place(content, versions, await _read_cycles(session)))
    return rules.version_before(content, versions)


async def _known_instruments(
    session: AsyncSession, actor: Actor, now: datetime, instrument_ids: Collection[str]
) -> frozenset[str]:
    statement = select(Instrument.id).where(Instrument.id.in_(instrument_ids), visible_instruments(Instrument))
    return frozenset(await session.scalars(statement, actor.parameters(now)))


async def _read_cycles(session: AsyncSession) -> Sequence[StandingCycle]:
    """Return every review, which every delegate sees."""
    columns = (ReviewCycle.id, ReviewCycle.mechanism_id, ReviewCycle.kind, ReviewCycle.title)
    statement = select(*columns, ReviewCycle.opens_on, ReviewCycle.closes_on).order_by(
        ReviewCycle.opens_on, ReviewCycle.id
    )
    return [StandingCycle(*row) for row in await session.execute(statement)]


async def _read_standing(session: AsyncSession, actor: Actor, now: datetime) -> Situation:
    """Return the reviews, the submitted proposals that the actor sees, and when bodies sit."""
    moved = select(JournalEntry.subject_id, func.max(JournalEntry.at).label("at")).where(JournalEntry.act.in_(MOVES))
    moves = moved.group_by(JournalEntry.subject_id).subquery()
    statement = (
        select(AmendmentProposal, ProposalWork, ProposalWork.standing, TextVersion.instrument_id, moves.c.at)
        .join(ProposalWork, ProposalWork.proposal_id == AmendmentProposal.id)
        .join(TextVersion, TextVersion.id == AmendmentProposal.text_version_id)
        .outerjoin(moves, moves.c.subject_id == AmendmentProposal.id)
        .where(AmendmentProposal.submitted_at.is_not(None), queries.visible_proposals(AmendmentProposal))
        .order_by(ProposalWork.number, AmendmentProposal.id)
    )
    proposals = [
        StandingProposal(
            proposal.id,
            proposal.cycle_id,
            instrument_id,
            standing,
            proposal.submitted_at.astimezone(UTC).date(),
            (moved_at or proposal.submitted_at).astimezone(UTC).date(),
            work.carried_by,
        )
        for proposal, work, standing, instrument_id, moved_at in await session.execute(statement, actor.parameters(now))
    ]
    return Situation(await _read_cycles(session), proposals, await _read_sittings(session, actor, now))


async def _read_sittings(session: AsyncSession, actor: Actor, now: datetime) -> dict[str, list[date]]:
    """Return the first days of all sittings, by kind of body."""
    statement = select(Body.kind, Sitting.starts_on).join(Sitting.body).where(visible_sittings(Sitting))
    sittings: dict[str, list[date]] = defaultdict(list)
    for kind, day in await session.execute(statement, actor.parameters(now)):
        sittings[kind].append(day)
    return sittings
