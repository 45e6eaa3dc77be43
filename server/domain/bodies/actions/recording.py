"""Recording when bodies sit and what they decide. No decision is made here."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies import policy, queries, rules
from server.domain.bodies.mandates import ensure_within_mandate
from server.domain.bodies.rules import BodyFacts, DecisionContent, SittingFacts
from server.journal.actions import record
from server.journal.chain import sha256_of
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.ids import prefix_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_well_formed, invalid, not_found
from server.models.bodies import Body, Decision, Sitting
from server.models.texts import TextVersion
from server.wording.agenda import key_of_item

Sees: TypeAlias = Callable[[AsyncSession, Actor, datetime, str], Awaitable[bool]]
"""A function that returns whether an actor sees the object with an id. A decision can be on any noun, and the
predicates of most nouns belong to higher concepts, so the caller, which knows them all, hands the function down."""

BORN_HERE = frozenset({"RND", "CMT", "PAP", "GRR", "CTB"})
"""Prefixes of the nouns that exist nowhere but here, from their first act on. A text or a plan may be older.

A paper is there from its issue on, a report of a group and a contribution from when they were written.
"""
DECIDED_ELSEWHERE = {"PRP": "decideProposal"}
"""Prefixes of the nouns that a decision moves on, with the act that records the decision and moves them."""


async def record_sitting(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    body_id: str,
    first_number: int,
    second_number: int | None,
    starts_on: date,
    ends_on: date,
    place: str = "Brussels",
) -> str:
    """Record a meeting of a body, past or announced by the body itself, and return the sitting's id.

    Most bodies announce their own days, and what they announced is put on record here, with what is planned for it;
    what the sitting decides is recorded once it has begun. It has one session number or a pair. Refuses a number that a
    sitting of the body has already, and one after the last day of a group.
    """
    body = await queries.get_body(session, actor, now, body_id)
    policy.record_sitting.ensure(actor, None, now)
    facts = facts_of(BodyFacts, body)
    ensure_within_mandate(facts, starts_on, now)
    issues = rules.check_sitting(first_number, second_number, starts_on, ends_on, place)
    ensure_well_formed(issues + rules.check_not_after_conclusion(facts, starts_on))
    await ensure_numbers_free(session, body, first_number, second_number)
    sitting = Sitting(
        body_id=body.id,
        first_number=first_number,
        second_number=second_number,
        starts_on=starts_on,
        ends_on=ends_on,
        place=place.strip(),
    )
    session.add(sitting)
    details: dict[str, Any] = {"body": body.id, "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    details |= {"first_number": first_number, "second_number": second_number, "place": sitting.place}
    await record(session, actor, policy.record_sitting, sitting.id, now, **details)
    return sitting.id


async def ensure_numbers_free(session: AsyncSession, body: Body, first_number: int, second_number: int | None) -> None:
    """Refuse (ALREADY_DONE) a session number, or a pair of them, that a sitting of the body has."""
    if await queries.find_sitting(session, body.id, {first_number, second_number or first_number}):
        message = f"A sitting of the {body.short_name} under this session number is recorded already."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)


async def record_decision(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    sitting_id: str,
    subject_id: str,
    content: DecisionContent,
    sees: Sees,
) -> str:
    """Record what a body decided on any noun that the actor sees, and return the decision's id.

    Refuses a subject that a decision also moves on: that has an act of its own, see `DECIDED_ELSEWHERE`.
    """
    sitting = await queries.get_sitting(session, actor, now, sitting_id)
    policy.record_decision.ensure(actor, facts_of(SittingFacts, sitting), now)
    if act := DECIDED_ELSEWHERE.get(prefix_of(subject_id) or ""):
        raise invalid(Issue("subjectId", IssueCode.DECIDES_OTHERWISE, act=act))
    if not await sees(session, actor, now, subject_id):
        raise not_found("subject")
    decision = await add_decision(
        session,
        actor,
        now,
        sitting=sitting,
        subject_id=subject_id,
        content=content,
        since=await _since(session, subject_id),
    )
    details = {"sitting": sitting.id, "subject": subject_id} | details_of(decision)
    await record(session, actor, policy.record_decision, decision.id, now, **details)
    return decision.id


async def _since(session: AsyncSession, subject_id: str) -> date | None:
    """Return the day on which a subject was there, None where it may be older than its record."""
    prefix = prefix_of(subject_id)
    if prefix == TextVersion.prefix:
        return await queries.made_on(session, subject_id)
    return await queries.first_day_of(session, subject_id) if prefix in BORN_HERE else None


def details_of(decision: Decision) -> dict[str, Any]:
    """Return what the journal keeps of a decision: the printed verb, its meaning, where it is printed, its words."""
    return {
        "outcome": decision.outcome,
        "verb": decision.verb,
        "as_appropriate": decision.is_as_appropriate,
        "paragraph": decision.paragraph,
        "text_digest": sha256_of(decision.text),
    }


async def add_decision(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    sitting: Sitting,
    subject_id: str,
    content: DecisionContent,
    since: date | None = None,
) -> Decision:
    """Add a decision as a row and return it, for an act that keeps its own journal entry.

    `since` is the day on which the subject was there, if that is known. Refuses what `record_decision` refuses: a
    sitting that has not begun, one that was over before the subject was there, and a content that is not well-formed.
    """
    policy.record_decision.ensure(actor, facts_of(SittingFacts, sitting), now)
    ensure_well_formed(rules.check_decision(content) + rules.check_existence(sitting.ends_on, since))
    decision = Decision(
        sitting_id=sitting.id,
        subject_id=subject_id,
        agenda_item=content.agenda_item.strip(),
        agenda_key=key_of_item(content.agenda_item),
        verb=content.verb.strip(),
        is_as_appropriate=content.is_as_appropriate,
        outcome=content.outcome,
        text=content.text.strip(),
        paragraph=content.paragraph.strip(),
        recorded_at=now,
        recorded_by_id=actor.delegate_id,
    )
    session.add(decision)
    await session.flush()
    return decision
