"""Conducting a round: pausing, resuming, closing early, and sending out its report."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.rounds import policy, queries
from server.domain.rounds.actions.steps import check_reason, take_step
from server.domain.rounds.rules.facts import RoundFacts
from server.domain.texts.queries import reading as texts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_current, ensure_well_formed, invalid
from server.models.rounds import Round
from server.models.texts import TextVersion
from server.vocabulary.calling import RoundStepKind
from server.vocabulary.rounds import ROUND_LIFECYCLE
from server.vocabulary.texts import VersionStatus


async def pause_round(
    session: AsyncSession, actor: Actor, now: datetime, *, round_id: str, reason: str, expected_revision: int
) -> str:
    """Pause an open round, with a reason, and return its id. Its closing instant stays; an extension moves it."""
    act, kind = policy.pause_round, RoundStepKind.PAUSED
    return await _move(session, actor, now, act, kind, round_id, reason, expected_revision)


async def resume_round(
    session: AsyncSession, actor: Actor, now: datetime, *, round_id: str, reason: str, expected_revision: int
) -> str:
    """Take a paused round up again, with a reason, and return its id."""
    act, kind = policy.resume_round, RoundStepKind.RESUMED
    return await _move(session, actor, now, act, kind, round_id, reason, expected_revision)


async def _move(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    act: Act[RoundFacts],
    kind: RoundStepKind,
    round_id: str,
    reason: str,
    expected_revision: int,
) -> str:
    """Move a round to the status after one of the two acts, and return its id."""
    round_ = await _take(session, actor, now, act, round_id, expected_revision)
    ensure_well_formed(check_reason(reason))
    await take_step(session, actor, now, round_, kind, reason)
    round_.status = ROUND_LIFECYCLE.target(act.name, round_.status)
    await record(session, actor, act, round_.id, now, reason=reason.strip())
    return round_.id


async def close_round(
    session: AsyncSession, actor: Actor, now: datetime, *, round_id: str, reason: str, expected_revision: int
) -> str:
    """Close a round now, before the announced instant, with a reason, and return its id.

    The announced instant stays beside the one at which it closed. Refuses in the very instant of the opening.
    """
    round_ = await _take(session, actor, now, policy.close_round, round_id, expected_revision)
    issues = [Issue("roundId", IssueCode.CLOSES_BEFORE_OPENING)] if round_.opens_at == now else []
    ensure_well_formed(issues + check_reason(reason))
    before = round_.closes_at
    await take_step(session, actor, now, round_, RoundStepKind.CLOSED_EARLY, reason, after=now)
    round_.announced_closes_at, round_.closes_at = before, now
    round_.status = ROUND_LIFECYCLE.target("close_round", round_.status)
    await record(session, actor, policy.close_round, round_.id, now, before=before, after=now, reason=reason.strip())
    return round_.id


async def report_round(
    session: AsyncSession, actor: Actor, now: datetime, *, round_id: str, text_version_id: str, expected_revision: int
) -> str:
    """Say that the report of a completed round is out with an issued version of its text, and return the round's id.

    The version is of the same text in the same language, and not earlier than that of the round.
    """
    round_ = await _take(session, actor, now, policy.report_round, round_id, expected_revision)
    version = await texts.get_version(session, actor, now, text_version_id)
    base = await session.get_one(TextVersion, round_.text_version_id)
    if (version.instrument_id, version.language) != (base.instrument_id, base.language):
        raise invalid(Issue("textVersionId", IssueCode.ANOTHER_INSTRUMENT))
    if version.status != VersionStatus.ISSUED or version.number < base.number:
        raise invalid(Issue("textVersionId", IssueCode.UNFIT, why=f"name an issued version from {base.label} on"))
    await take_step(session, actor, now, round_, RoundStepKind.REPORTED, "")
    round_.reported_version_id = version.id
    round_.status = ROUND_LIFECYCLE.target("report_round", round_.status)
    await record(session, actor, policy.report_round, round_.id, now, version=version.id)
    return round_.id


async def _take(
    session: AsyncSession, actor: Actor, now: datetime, act: Act[RoundFacts], round_id: str, expected_revision: int
) -> Round:
    """Return the round for an act, locked for change, or refuse the act."""
    round_ = await queries.get_round(session, actor, now, round_id, lock=True)
    act.ensure(actor, facts_of(RoundFacts, round_), now)
    ensure_current("round", round_.id, expected=expected_revision, current=round_.revision)
    return round_
