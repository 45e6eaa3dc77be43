"""Opening a silence procedure over a frozen text, extending it, calling it off, and opening a broken one anew."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies.mandates import ensure_engaging
from server.domain.bodies.queries import get_body
from server.domain.bodies.rules import BodyFacts
from server.domain.parties.rules.accrediting import check_reason
from server.domain.proposals.queries import get_proposal
from server.domain.silence import policy, queries, rules
from server.domain.silence.rules import SilenceFacts, SilenceOpening
from server.domain.texts.queries.reading import get_version
from server.journal.actions import record
from server.journal.digests import digest_of_silence
from server.kernel.actor import Actor, Capacity
from server.kernel.facts import facts_of
from server.kernel.ids import prefix_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_current, ensure_well_formed
from server.models.proposals import AmendmentProposal
from server.models.silence import SilenceExtension, SilenceProcedure
from server.models.texts import TextVersion
from server.vocabulary.silence import SILENCE_LIFECYCLE
from server.vocabulary.texts import VersionStatus


async def open_silence(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    body_id: str,
    title: str,
    text: str,
    subject_id: str | None = None,
    expires_at: datetime,
    zone: str = "Europe/Brussels",
    audience: frozenset[Capacity],
) -> str:
    """Put a text to a body under silence until, and not including, `expires_at`; return the id of the procedure.

    `subject_id` names the issued version or the submitted proposal that it is about. Members are always heard, and
    parties of the other capacities in `audience`.
    """
    body = await get_body(session, actor, now, body_id)
    policy.open_silence.ensure(actor, SilenceOpening(body.id, body.concluded_on, body.mandated_until), now)
    issues = rules.check_procedure(title, text, expires_at, zone, now)
    if subject_id is not None:
        issues += await _check_subject(session, actor, now, subject_id)
    ensure_well_formed(issues)
    procedure = SilenceProcedure(
        body_id=body.id,
        title=title.strip(),
        text=text.strip(),
        subject_id=subject_id,
        text_digest=digest_of_silence(text.strip(), subject_id),
        open_to_observers=Capacity.OBSERVER in audience,
        open_to_private_sector=Capacity.PRIVATE_SECTOR in audience,
        **{"opened_by_id": actor.delegate_id, "opened_at": now, "expires_at": expires_at, "zone": zone},
        status=SILENCE_LIFECYCLE.initial,
    )
    session.add(procedure)
    await record(session, actor, policy.open_silence, procedure.id, now, **_details_of(procedure))
    return procedure.id


async def _check_subject(session: AsyncSession, actor: Actor, now: datetime, subject_id: str) -> list[Issue]:
    """Return the fault of a subject whose words can still change. Refuse one that the actor does not see."""
    prefix = prefix_of(subject_id)
    if prefix == TextVersion.prefix:
        version = await get_version(session, actor, now, subject_id)
        is_fixed = version.status == VersionStatus.ISSUED
    else:
        is_fixed = prefix == AmendmentProposal.prefix
        is_fixed = is_fixed and (await get_proposal(session, actor, now, subject_id)).submitted_at is not None
    return [] if is_fixed else [Issue("subjectId", IssueCode.UNFIT, why="an issued version or a submitted proposal")]


def _details_of(procedure: SilenceProcedure) -> dict[str, Any]:
    """Return what the journal keeps of a silence procedure that is opened."""
    heard = {Capacity.OBSERVER: procedure.open_to_observers, Capacity.PRIVATE_SECTOR: procedure.open_to_private_sector}
    audience = [Capacity.MEMBER, *(capacity for capacity, is_open in heard.items() if is_open)]
    names = ("title", "text_digest", "zone")
    details = {"body": procedure.body_id, "until": procedure.expires_at, "audience": sorted(audience)}
    return details | {name: getattr(procedure, name) for name in names} | {"subject": procedure.subject_id}


async def extend_silence(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    procedure_id: str,
    expires_at: datetime,
    reason: str,
    expected_revision: int,
) -> str:
    """Move the last instant of a silence procedure later, for everyone, with a reason, and return its id."""
    procedure = await queries.hold_procedure(session, actor, now, procedure_id)
    policy.extend_silence.ensure(actor, facts_of(SilenceFacts, procedure), now)
    ensure_current("silence procedure", procedure.id, expected=expected_revision, current=procedure.revision)
    ensure_well_formed(rules.check_extension(procedure.expires_at, expires_at, now) + check_reason(reason))
    before, why = procedure.expires_at, reason.strip()
    by = {"extended_by_id": actor.delegate_id, "extended_at": now}
    extension = {"expires_before": before, "expires_after": expires_at, "reason": why}
    session.add(SilenceExtension(procedure_id=procedure.id, **extension, **by))
    await session.flush()  # the database takes another last instant only with a row that says so
    procedure.expires_at = expires_at
    procedure.revision += 1
    await record(session, actor, policy.extend_silence, procedure.id, now, before=before, after=expires_at, reason=why)
    return procedure.id


async def cancel_silence(
    session: AsyncSession, actor: Actor, now: datetime, *, procedure_id: str, reason: str, expected_revision: int
) -> str:
    """Call a silence procedure off before its last instant, with a reason, and return its id. Nothing is decided."""
    procedure = await queries.hold_procedure(session, actor, now, procedure_id)
    policy.cancel_silence.ensure(actor, facts_of(SilenceFacts, procedure), now)
    ensure_current("silence procedure", procedure.id, expected=expected_revision, current=procedure.revision)
    ensure_well_formed(check_reason(reason))
    procedure.status = SILENCE_LIFECYCLE.target("cancel_silence", procedure.status)
    procedure.settled_at, procedure.settled_by_id, procedure.settlement = now, actor.delegate_id, reason.strip()
    procedure.revision += 1
    await record(session, actor, policy.cancel_silence, procedure.id, now, reason=reason.strip())
    return procedure.id


async def restart_silence(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    procedure_id: str,
    text: str,
    expires_at: datetime,
    reason: str,
    expected_revision: int,
) -> str:
    """Open a broken silence procedure anew over a text, changed or not, and return the id of the new one.

    The broken one stays on record with the objection. The new one is about the same subject and heard by the same.
    """
    broken = await queries.hold_procedure(session, actor, now, procedure_id)
    policy.restart_silence.ensure(actor, facts_of(SilenceFacts, broken), now)
    ensure_current("silence procedure", broken.id, expected=expected_revision, current=broken.revision)
    ensure_engaging(facts_of(BodyFacts, await get_body(session, actor, now, broken.body_id)), now)
    ensure_well_formed(rules.check_procedure(broken.title, text, expires_at, broken.zone, now) + check_reason(reason))
    names = ("body_id", "title", "subject_id", "open_to_observers", "open_to_private_sector", "zone")
    procedure = SilenceProcedure(
        **{name: getattr(broken, name) for name in names},
        text=text.strip(),
        text_digest=digest_of_silence(text.strip(), broken.subject_id),
        opened_by_id=actor.delegate_id,
        opened_at=now,
        expires_at=expires_at,
        restarts_id=broken.id,
        status=SILENCE_LIFECYCLE.initial,
    )
    session.add(procedure)
    broken.status = SILENCE_LIFECYCLE.target("restart_silence", broken.status)
    broken.settled_at, broken.settled_by_id, broken.settlement = now, actor.delegate_id, reason.strip()
    broken.revision += 1
    details = _details_of(procedure) | {"restarts": broken.id, "reason": reason.strip()}
    await record(session, actor, policy.restart_silence, procedure.id, now, **details)
    return procedure.id
