"""Asking for promises, making, keeping and handing them back; and contributing to the work of a group."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies.queries import get_body
from server.domain.groups import policy, queries
from server.domain.groups.rules.facts import EvidenceFacts, GroupFacts, KeepingFacts, PromiseFacts
from server.domain.groups.rules.promises import check_evidence, check_promise, check_writing
from server.domain.parties import queries as parties
from server.domain.parties.rules.accrediting import check_reason
from server.domain.texts.queries.reading import get_version
from server.journal.actions import record
from server.journal.chain import sha256_of
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.facts import facts_of
from server.kernel.refusals import ensure_current, ensure_well_formed, not_found
from server.models.bodies import Body
from server.models.groups import Contribution, Promise
from server.vocabulary.groups import PROMISE_LIFECYCLE, PromiseStatus


async def ask_promise(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    body_id: str,
    party_id: str,
    text: str,
    due_at: datetime,
    zone: str = "Europe/Brussels",
) -> str:
    """Ask a party for something by an instant, and return the promise's id. It is open until the party answers."""
    body = await get_body(session, actor, now, body_id)
    policy.ask_promise.ensure(actor, facts_of(GroupFacts, body), now)
    party = await parties.get_party(session, actor, now, party_id)
    ensure_well_formed(check_promise(text, due_at, zone, now))
    promise = _new_promise(body, party.id, text, due_at, zone, actor, now)
    session.add(promise)
    await record(session, actor, policy.ask_promise, promise.id, now, **_details_of(promise))
    return promise.id


async def make_promise(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    body_id: str,
    text: str,
    due_at: datetime,
    zone: str = "Europe/Brussels",
) -> str:
    """Enter a promise to a group by an instant, in the name of the actor's party; return the promise's id."""
    body = await get_body(session, actor, now, body_id)
    policy.make_promise.ensure(actor, facts_of(GroupFacts, body), now)
    ensure_well_formed(check_promise(text, due_at, zone, now))
    promise = _new_promise(body, actor.party_id, text, due_at, zone, actor, now)
    promise.status, promise.answered_by_id, promise.answered_at = PromiseStatus.MADE, actor.delegate_id, now
    session.add(promise)
    await record(session, actor, policy.make_promise, promise.id, now, **_details_of(promise))
    return promise.id


def _new_promise(
    body: Body, party_id: str, text: str, due_at: datetime, zone: str, actor: Actor, now: datetime
) -> Promise:
    words = {"text": text.strip(), "due_at": due_at, "zone": zone}
    by = {"entered_by_id": actor.delegate_id, "entered_at": now}
    return Promise(body_id=body.id, party_id=party_id, status=PROMISE_LIFECYCLE.initial, **words, **by)


def _details_of(promise: Promise) -> dict[str, Any]:
    names = ("text", "due_at", "zone")
    return {"body": promise.body_id, "party": promise.party_id} | {name: getattr(promise, name) for name in names}


async def accept_promise(
    session: AsyncSession, actor: Actor, now: datetime, *, promise_id: str, expected_revision: int
) -> str:
    """Accept what the party was asked for, and return the promise's id."""
    return await _move(session, actor, now, policy.accept_promise, promise_id, expected_revision)


async def decline_promise(
    session: AsyncSession, actor: Actor, now: datetime, *, promise_id: str, reason: str, expected_revision: int
) -> str:
    """Decline to promise what the party was asked for, with a reason, and return the promise's id."""
    return await _move(session, actor, now, policy.decline_promise, promise_id, expected_revision, reason)


async def keep_promise(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    promise_id: str,
    contribution_id: str | None = None,
    expected_revision: int,
) -> str:
    """Say that the party kept its promise, by a contribution to the group if one is named; return the promise's id.

    It can be kept late: the timing says so. Refuses a contribution of another party, and one older than the promise.
    """
    contribution = None
    if contribution_id is not None:
        contribution = await queries.find_contribution(session, actor, now, contribution_id)
        if contribution is None:
            raise not_found("contribution")
    return await _move(session, actor, now, policy.keep_promise, promise_id, expected_revision, evidence=contribution)


async def hand_back_promise(
    session: AsyncSession, actor: Actor, now: datetime, *, promise_id: str, reason: str, expected_revision: int
) -> str:
    """Give a promise back that the party cannot keep, with a reason, and return its id. Another party can take it."""
    return await _move(session, actor, now, policy.hand_back_promise, promise_id, expected_revision, reason)


async def _move(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    act: Act[PromiseFacts],
    promise_id: str,
    expected_revision: int,
    reason: str | None = None,
    evidence: Contribution | None = None,
) -> str:
    """Move a promise by an act of its party: visible, permitted, current, with a reason where one is asked for."""
    promise = await queries.get_promise(session, actor, now, promise_id)
    act.ensure(actor, facts_of(PromiseFacts, promise), now)
    ensure_current("promise", promise.id, expected=expected_revision, current=promise.revision)
    issues = check_reason(reason) if reason is not None else []
    if evidence is not None:
        issues += check_evidence(facts_of(KeepingFacts, promise), facts_of(EvidenceFacts, evidence))
    ensure_well_formed(issues)
    promise.status = PROMISE_LIFECYCLE.target(act.name, promise.status)
    if promise.answered_at is None:
        promise.answered_by_id, promise.answered_at = actor.delegate_id, now
    if promise.status in PROMISE_LIFECYCLE.finals:
        promise.settled_at = now
    promise.reason, promise.evidence_id = (reason or "").strip(), evidence.id if evidence else None
    promise.revision += 1
    details: dict[str, Any] = {"body": promise.body_id}
    details |= {"reason": promise.reason} if reason is not None else {}
    details |= {"contribution": evidence.id} if evidence else {}
    await record(session, actor, act, promise.id, now, **details)
    return promise.id


async def nudge_promise(
    session: AsyncSession, actor: Actor, now: datetime, *, promise_id: str, expected_revision: int
) -> str:
    """Tell a party once that its promise is waited for, and return the promise's id."""
    promise = await queries.get_promise(session, actor, now, promise_id)
    policy.nudge_promise.ensure(actor, facts_of(PromiseFacts, promise), now)
    ensure_current("promise", promise.id, expected=expected_revision, current=promise.revision)
    promise.nudged_at, promise.nudged_by_id = now, actor.delegate_id
    promise.revision += 1
    await record(session, actor, policy.nudge_promise, promise.id, now, body=promise.body_id, party=promise.party_id)
    return promise.id


async def contribute(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    body_id: str,
    title: str,
    text: str,
    text_version_id: str | None = None,
) -> str:
    """Give something to the work of a group in the name of the actor's party; return the contribution's id.

    It never changes. `text_version_id` is the version of a text that it is about.
    """
    body = await get_body(session, actor, now, body_id)
    policy.contribute.ensure(actor, facts_of(GroupFacts, body), now)
    version = await get_version(session, actor, now, text_version_id) if text_version_id is not None else None
    ensure_well_formed(check_writing(title, text))
    contribution = Contribution(
        body_id=body.id,
        party_id=actor.party_id,
        title=title.strip(),
        text=text.strip(),
        text_version_id=version and version.id,
        contributed_by_id=actor.delegate_id,
        contributed_at=now,
    )
    session.add(contribution)
    details = {"body": body.id, "title": contribution.title, "text_digest": sha256_of(contribution.text)}
    await record(session, actor, policy.contribute, contribution.id, now, **details)
    return contribution.id
