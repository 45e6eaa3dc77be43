"""Breaking silence, speaking in it, and what becomes of it: recorded, or referred to a sitting."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies.queries import bodies_above, get_sitting
from server.domain.parties.rules.accrediting import check_reason
from server.domain.silence import policy, queries, rules
from server.domain.silence.rules import SilenceFacts
from server.domain.texts.queries.reading import find_visible_provision
from server.journal.actions import record
from server.journal.chain import sha256_of
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.ids import prefix_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_current, ensure_well_formed
from server.models.silence import SilenceObjection, SilenceProcedure, SilenceStatement
from server.models.texts import TextVersion
from server.vocabulary.silence import SILENCE_LIFECYCLE


async def break_silence(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    procedure_id: str,
    provision_id: str | None = None,
    passage: str = "",
    reason: str,
) -> str:
    """Object to what would be decided, with a reason, as a Member; return the id of the procedure that is broken by it.

    The objection names the provision where the procedure is about a version, and else quotes words of the frozen text.
    """
    procedure = await queries.hold_procedure(session, actor, now, procedure_id)
    policy.break_silence.ensure(actor, facts_of(SilenceFacts, procedure), now)
    has_version = prefix_of(procedure.subject_id or "") == TextVersion.prefix
    names = provision_id is not None
    issues = rules.check_objection(procedure.text, passage, reason, names_provision=names, has_version=has_version)
    if provision_id is not None and has_version:
        provision = await find_visible_provision(session, actor, now, provision_id)
        if provision is None or provision.text_version_id != procedure.subject_id:
            issues.append(Issue("provisionId", IssueCode.PROVISION_UNKNOWN))
    ensure_well_formed(issues)
    objection = SilenceObjection(
        procedure_id=procedure.id,
        party_id=actor.party_id,
        provision_id=provision_id,
        passage=passage.strip(),
        reason=reason.strip(),
        objected_by_id=actor.delegate_id,
        objected_at=now,
    )
    session.add(objection)
    await session.flush()
    procedure.status = SILENCE_LIFECYCLE.target("break_silence", procedure.status)
    procedure.revision += 1
    details = {"objection": objection.id, "provision": provision_id, "reason": objection.reason}
    await record(session, actor, policy.break_silence, procedure.id, now, **details, until=procedure.expires_at)
    return procedure.id


async def make_statement(session: AsyncSession, actor: Actor, now: datetime, *, procedure_id: str, text: str) -> str:
    """Say something in a silence procedure for the actor's party without breaking it; return the statement's id."""
    procedure = await queries.hold_procedure(session, actor, now, procedure_id)
    policy.make_statement.ensure(actor, facts_of(SilenceFacts, procedure), now)
    ensure_well_formed(rules.check_statement(text))
    statement = SilenceStatement(
        procedure_id=procedure.id,
        party_id=actor.party_id,
        text=text.strip(),
        stated_by_id=actor.delegate_id,
        stated_at=now,
    )
    session.add(statement)
    details = {"silence": procedure.id, "text_digest": sha256_of(statement.text)}
    await record(session, actor, policy.make_statement, statement.id, now, **details)
    return statement.id


async def record_silence(
    session: AsyncSession, actor: Actor, now: datetime, *, procedure_id: str, expected_revision: int
) -> str:
    """Put on record that nobody objected, and return the id of the procedure.

    The decision exists since the last instant, which the record only confirms.
    """
    procedure = await queries.hold_procedure(session, actor, now, procedure_id)
    policy.record_silence.ensure(actor, facts_of(SilenceFacts, procedure), now)
    ensure_current("silence procedure", procedure.id, expected=expected_revision, current=procedure.revision)
    _settle(procedure, "record_silence", actor, now)
    details = {"text_digest": procedure.text_digest, "since": procedure.expires_at}
    await record(session, actor, policy.record_silence, procedure.id, now, **details)
    return procedure.id


async def refer_silence(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    procedure_id: str,
    sitting_id: str,
    reason: str,
    expected_revision: int,
) -> str:
    """Give what a broken silence procedure was about to a sitting, with a reason, and return its id.

    Refuses a sitting that was called off or is over, and one of another body than its own or one above it.
    """
    procedure = await queries.hold_procedure(session, actor, now, procedure_id)
    policy.refer_silence.ensure(actor, facts_of(SilenceFacts, procedure), now)
    ensure_current("silence procedure", procedure.id, expected=expected_revision, current=procedure.revision)
    sitting = await get_sitting(session, actor, now, sitting_id)
    issues = check_reason(reason)
    if sitting.cancelled_at is not None or sitting.ends_on < now.date():
        issues.append(Issue("sittingId", IssueCode.UNFIT, why="name a sitting that is to come"))
    if sitting.body_id not in await bodies_above(session, procedure.body_id):
        issues.append(Issue("sittingId", IssueCode.UNFIT, why="name a sitting of the body or of one above it"))
    ensure_well_formed(issues)
    procedure.sitting_id, procedure.settlement = sitting.id, reason.strip()
    _settle(procedure, "refer_silence", actor, now)
    details = {"sitting": sitting.id, "reason": procedure.settlement}
    await record(session, actor, policy.refer_silence, procedure.id, now, **details)
    return procedure.id


def _settle(procedure: SilenceProcedure, act: str, actor: Actor, now: datetime) -> None:
    """Move a procedure by an act that settles it, and note who did so and when."""
    procedure.status = SILENCE_LIFECYCLE.target(act, procedure.status)
    procedure.settled_at, procedure.settled_by_id = now, actor.delegate_id
    procedure.revision += 1
