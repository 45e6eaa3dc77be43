"""Setting bodies up, extending the mandates of groups, ending groups. The Secretariat records what bodies decided."""

from datetime import UTC, date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies import policy, queries, rules
from server.domain.bodies.mandates import ensure_within_mandate
from server.domain.bodies.rules import BodyFacts, MandateContent
from server.domain.parties.rules.accrediting import check_reason
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_current, ensure_well_formed
from server.models.bodies import Body, Mandate
from server.vocabulary.bodies import BodyKind
from server.wording.folding import looks_of, plain_name


async def establish_body(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    kind: BodyKind,
    name: str,
    short_name: str,
    parent_id: str | None,
    number: int | None = None,
    terms: str | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> str:
    """Enter a body below its parent, a group with its mandate, and return the body's id.

    `terms`, `starts_on` and `ends_on` are the mandate of a group. Refuses names that another body has, or that look
    like them.
    """
    policy.establish_body.ensure(actor, None, now)
    parent = await queries.hold_body(session, actor, now, parent_id) if parent_id is not None else None
    mandate = MandateContent(terms or "", starts_on, ends_on) if starts_on is not None else None
    issues = rules.check_body(kind, name, short_name, number, parent.kind if parent else None)
    issues += rules.check_mandate(kind, mandate, has_terms=bool(terms))
    issues += await _check_names(session, None, name, short_name)
    if parent is not None:
        above, today = facts_of(BodyFacts, parent), now.astimezone(UTC).date()
        issues += rules.check_not_after_conclusion(above, today)
        ensure_within_mandate(above, starts_on or today, now)
    ensure_well_formed(issues + await _check_number(session, parent_id, number))
    names = {"name": plain_name(name), "short_name": plain_name(short_name)}
    body = Body(kind=kind, parent_id=parent_id, number=number, **names)
    session.add(body)
    await session.flush()
    row = await _add_mandate(session, body.id, mandate, "", now) if mandate is not None else None
    days = {"starts_on": starts_on and starts_on.isoformat(), "ends_on": ends_on and ends_on.isoformat()}
    details = {"kind": kind, **names, "parent": parent_id, "number": number, **days}
    task = {"mandate": row and row.id, "terms": row and row.terms}
    await record(session, actor, policy.establish_body, body.id, now, **details, **task)
    return body.id


async def correct_body(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    body_id: str,
    name: str | None = None,
    short_name: str | None = None,
    parent_id: str | None = None,
    reason: str,
    expected_revision: int,
) -> str:
    """Correct the names of a body or the body that it reports to, with a reason, and return its id.

    What is None stays. Refuses a body above that stands below this one, and a correction that changes nothing.
    """
    body = await queries.hold_body(session, actor, now, body_id)
    policy.correct_body.ensure(actor, facts_of(BodyFacts, body), now)
    ensure_current("body", body.id, expected=expected_revision, current=body.revision)
    above_id = parent_id or body.parent_id
    parent = await queries.get_body(session, actor, now, above_id) if above_id is not None else None
    before = {"name": body.name, "short_name": body.short_name, "parent": body.parent_id}
    name, short_name = plain_name(name or body.name), plain_name(short_name or body.short_name)
    after = {"name": name, "short_name": short_name, "parent": above_id}
    issues = check_reason(reason)
    issues += rules.check_body(body.kind, name, short_name, body.number, parent.kind if parent else None)
    issues += await _check_names(session, body.id, name, short_name)
    if parent is not None and body.id in await queries.line_above(session, parent.id):
        issues.append(Issue("parentId", IssueCode.BODY_BELOW_ITSELF, name=parent.short_name))
    if parent_id is not None and parent_id != body.parent_id:
        issues += await _check_number(session, parent_id, body.number)
    if before == after:
        issues.append(Issue("bodyId", IssueCode.NOTHING_CHANGES))
    ensure_well_formed(issues)
    body.name, body.short_name, body.parent_id = name, short_name, above_id
    body.revision += 1
    await record(session, actor, policy.correct_body, body.id, now, reason=reason.strip(), before=before, after=after)
    return body.id


async def extend_mandate(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    body_id: str,
    terms: str,
    starts_on: date,
    ends_on: date | None,
    reason: str,
    expected_revision: int,
) -> str:
    """Give a group a further mandate after the one before, with a reason, and return the body's id.

    The mandates before stay as they were. It may begin in the past: a decision is often recorded later.
    """
    body = await queries.hold_body(session, actor, now, body_id)
    policy.extend_mandate.ensure(actor, facts_of(BodyFacts, body), now)
    ensure_current("body", body.id, expected=expected_revision, current=body.revision)
    mandates = await queries.mandates_of(session, body.id)
    mandate = MandateContent(terms, starts_on, ends_on)
    last = mandates[-1].ends_on if mandates else None
    issues = rules.check_extension(mandate, last, has_mandate=bool(mandates)) + check_reason(reason)
    ensure_well_formed(issues)
    added = await _add_mandate(session, body.id, mandate, reason.strip(), now)
    body.revision += 1
    days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on and ends_on.isoformat()}
    details = {"mandate": added.id, "terms": added.terms, **days, "reason": reason.strip()}
    await record(session, actor, policy.extend_mandate, body.id, now, **details)
    return body.id


async def conclude_body(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    body_id: str,
    concluded_on: date,
    successor_id: str | None = None,
    reason: str,
    expected_revision: int,
) -> str:
    """End a group because its work is done, and return its id. The functions in it end with it.

    `concluded_on` is its last day, today or earlier. `successor_id` is the body that carries its work on.
    """
    body = await queries.hold_body(session, actor, now, body_id)
    policy.conclude_body.ensure(actor, facts_of(BodyFacts, body), now)
    ensure_current("body", body.id, expected=expected_revision, current=body.revision)
    mandates = await queries.mandates_of(session, body.id)
    today = now.astimezone(UTC).date()
    issues = rules.check_conclusion(concluded_on, mandates[0].starts_on if mandates else None, today)
    issues += check_reason(reason)
    if successor_id is not None:
        issues += await _check_successor(session, actor, now, body, successor_id)
    ensure_well_formed(issues)
    body.concluded_on, body.conclusion = concluded_on, reason.strip()
    body.successor_id = successor_id or body.successor_id
    body.revision += 1
    functions = await queries.lasting_functions(session, body.id, concluded_on)
    for function in functions:
        function.ended_at = now
        function.revision += 1
    details = {"concluded_on": concluded_on.isoformat(), "reason": reason.strip(), "successor": body.successor_id}
    ended = [each.id for each in functions]
    await record(session, actor, policy.conclude_body, body.id, now, **details, functions=ended)
    return body.id


async def name_successor(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    body_id: str,
    successor_id: str,
    reason: str,
    expected_revision: int,
) -> str:
    """Record the body that carries on the work of another one, with a reason, and return the id of that one."""
    body = await queries.hold_body(session, actor, now, body_id)
    policy.name_successor.ensure(actor, facts_of(BodyFacts, body), now)
    ensure_current("body", body.id, expected=expected_revision, current=body.revision)
    issues = await _check_successor(session, actor, now, body, successor_id) + check_reason(reason)
    if successor_id == body.successor_id:
        issues.append(Issue("successorId", IssueCode.NOTHING_CHANGES))
    ensure_well_formed(issues)
    before, body.successor_id = body.successor_id, successor_id
    body.revision += 1
    details = {"before": before, "after": successor_id, "reason": reason.strip()}
    await record(session, actor, policy.name_successor, body.id, now, **details)
    return body.id


async def _add_mandate(
    session: AsyncSession, body_id: str, mandate: MandateContent, reason: str, now: datetime
) -> Mandate:
    """Add a mandate as a row and return it."""
    days = {"starts_on": mandate.starts_on, "ends_on": mandate.ends_on}
    row = Mandate(body_id=body_id, terms=mandate.terms.strip(), **days, reason=reason or None, recorded_at=now)
    session.add(row)
    await session.flush()
    return row


async def _check_successor(
    session: AsyncSession, actor: Actor, now: datetime, body: Body, successor_id: str
) -> list[Issue]:
    """Return the fault of a successor: the body itself, or one whose work this body carries on."""
    successor = await queries.get_body(session, actor, now, successor_id)
    if body.id in await queries.line_above(session, successor.id, "successor_id"):
        return [Issue("successorId", IssueCode.BODY_BELOW_ITSELF, name=successor.short_name)]
    return []


async def _check_names(session: AsyncSession, body_id: str | None, name: str, short_name: str) -> list[Issue]:
    """Return the faults of names that another body has, or that look like one of its names."""
    others = [names for id_, names in (await queries.names_of_bodies(session)).items() if id_ != body_id]
    by_looks = {looks_of(each): each for names in others for each in names}
    sent = (("name", name), ("shortName", short_name))
    return [
        Issue(path, IssueCode.NAME_LOOKS_TAKEN, name=by_looks[looks_of(words)])
        for path, words in sent
        if looks_of(words) in by_looks
    ]


async def _check_number(session: AsyncSession, parent_id: str | None, number: int | None) -> list[Issue]:
    """Return the fault of a number that another group of the parent has."""
    if number is None or (holder := await queries.find_numbered(session, parent_id, number)) is None:
        return []
    return [Issue("number", IssueCode.NAME_TAKEN, name=holder)]
