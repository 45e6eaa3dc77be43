"""Calling, extending, completing and cancelling rounds."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies import queries as bodies
from server.domain.rounds import policy, queries
from server.domain.rounds.rules import checks
from server.domain.rounds.rules.facts import OpeningFacts, RoundFacts
from server.domain.texts.queries import reading as texts
from server.journal.actions import record
from server.kernel.actor import Actor, Capacity
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.kernel.zones import find_zone
from server.models.rounds import Round, RoundExtension
from server.vocabulary.rounds import ROUND_LIFECYCLE, RoundVisibility


async def open_round(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    text_version_id: str,
    body_id: str,
    title: str,
    opens_at: datetime | None,
    closes_at: datetime,
    zone: str,
    visibility: RoundVisibility,
    audience: frozenset[Capacity],
) -> str:
    """Ask for comments on an issued version from `opens_at` (None: now) until `closes_at`; return the round's id."""
    version = await texts.get_version(session, actor, now, text_version_id)
    body = await bodies.get_body(session, actor, now, body_id)
    policy.open_round.ensure(actor, OpeningFacts(body.id, version.status), now)
    await texts.ensure_latest(session, version.id)
    opens_at = opens_at or now
    issues = checks.check_window(opens_at, closes_at, now) + checks.check_call(title, audience)
    ensure_well_formed(issues + _check_zone(zone))
    round_ = Round(
        text_version_id=version.id,
        body_id=body.id,
        title=title.strip(),
        opens_at=opens_at,
        closes_at=closes_at,
        zone=zone,
        visibility=visibility,
        open_to_members=Capacity.MEMBER in audience,
        open_to_observers=Capacity.OBSERVER in audience,
        open_to_private_sector=Capacity.PRIVATE_SECTOR in audience,
        status=ROUND_LIFECYCLE.initial,
        called_by_id=actor.delegate_id,
        called_at=now,
    )
    session.add(round_)
    await record(session, actor, policy.open_round, round_.id, now, audience=sorted(audience), **_terms_of(round_))
    return round_.id


def _terms_of(round_: Round) -> dict[str, Any]:
    """Return what the journal keeps of a round that is opened, beside its audience."""
    names = ("title", "zone", "visibility", "opens_at", "closes_at")
    return {"version": round_.text_version_id, "body": round_.body_id} | {name: getattr(round_, name) for name in names}


async def extend_round(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    round_id: str,
    closes_at: datetime,
    reason: str,
    expected_revision: int,
) -> str:
    """Move the closing instant later, for everyone, with a reason, and return the round's id.

    The instant before stays in the history.
    """
    round_ = await queries.get_round(session, actor, now, round_id, lock=True)
    policy.extend_round.ensure(actor, facts_of(RoundFacts, round_), now)
    await texts.ensure_latest(session, round_.text_version_id)
    ensure_current("round", round_.id, expected=expected_revision, current=round_.revision)
    issues = checks.check_window(round_.opens_at, closes_at, now)
    if closes_at <= round_.closes_at:
        issues.append(Issue("closesAt", IssueCode.WINDOW_SHORTER))
    if not reason.strip():
        issues.append(Issue("reason", IssueCode.REASON_MISSING))
    ensure_well_formed(issues)
    before = round_.closes_at
    session.add(
        RoundExtension(
            round_id=round_.id,
            closed_at_before=before,
            closes_at_after=closes_at,
            reason=reason.strip(),
            extended_by_id=actor.delegate_id,
            extended_at=now,
        )
    )
    await session.flush()  # the database takes another closing instant only with an extension that says so
    round_.closes_at = closes_at
    round_.revision += 1
    await record(session, actor, policy.extend_round, round_.id, now, before=before, after=closes_at, reason=reason)
    return round_.id


async def complete_round(
    session: AsyncSession, actor: Actor, now: datetime, *, round_id: str, expected_revision: int
) -> str:
    """Declare a closed round complete, and return its id.

    Refuses while a comment has no recorded disposition.
    """
    round_ = await queries.get_round(session, actor, now, round_id, lock=True)
    policy.complete_round.ensure(actor, facts_of(RoundFacts, round_), now)
    ensure_current("round", round_.id, expected=expected_revision, current=round_.revision)
    if waiting := await queries.count_undisposed(session, round_.id):
        message = f"{waiting} comments of this round have no recorded disposition yet."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.DISPOSITIONS_OPEN, message)
    round_.status = ROUND_LIFECYCLE.target("complete_round", round_.status)
    round_.revision += 1
    await record(session, actor, policy.complete_round, round_.id, now)
    return round_.id


async def cancel_round(
    session: AsyncSession, actor: Actor, now: datetime, *, round_id: str, reason: str, expected_revision: int
) -> str:
    """Call a round off, with a reason, and return its id. What was filed stays on record."""
    round_ = await queries.get_round(session, actor, now, round_id, lock=True)
    policy.cancel_round.ensure(actor, facts_of(RoundFacts, round_), now)
    ensure_current("round", round_.id, expected=expected_revision, current=round_.revision)
    ensure_well_formed([] if reason.strip() else [Issue("reason", IssueCode.REASON_MISSING)])
    round_.status = ROUND_LIFECYCLE.target("cancel_round", round_.status)
    round_.revision += 1
    await record(session, actor, policy.cancel_round, round_.id, now, reason=reason)
    return round_.id


def _check_zone(name: str) -> list[Issue]:
    """Return the fault of the name of a time zone, if the IANA database does not know it."""
    return [] if find_zone(name) else [Issue("zone", IssueCode.ZONE_UNKNOWN)]
