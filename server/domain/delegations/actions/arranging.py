"""What a delegation arranges for itself: how it clears, until when it drafts, and what it notes."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.delegations import policy, queries
from server.domain.delegations.rules import inside
from server.domain.delegations.rules.facts import ClearanceFacts, NoteFacts
from server.domain.parties import queries as parties
from server.domain.rounds import queries as rounds
from server.domain.texts.queries import reading as texts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_current, ensure_well_formed, invalid
from server.models.delegations import ClearancePractice, InternalDeadline, InternalNote
from server.models.rounds import Round
from server.vocabulary.delegations import ClearanceLevels


async def arrange_clearance(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    party_id: str,
    levels: ClearanceLevels,
    can_file_at_once: bool,
    expected_revision: int,
) -> str:
    """Say how many clearances the own party asks for, and whether its focal point may file in one step; return its id.

    It holds from now on, for drafts that are there as well. Refuses two clearances that the people of the delegation
    cannot give: without enough of them nothing could be filed any more.
    """
    party = await parties.get_party(session, actor, now, party_id)
    policy.arrange_clearance.ensure(actor, ClearanceFacts(party.id), now)
    await rounds.lock_party(session, party.id)
    practice = await session.get(ClearancePractice, party.id, populate_existing=True)
    current = practice.revision if practice else 0
    ensure_current("practice", party.id, expected=expected_revision, current=current)
    ensure_well_formed(inside.check_levels(levels, *await queries.count_clearers(session, actor, now, party.id)))
    changed = {"levels": levels, "can_file_at_once": can_file_at_once, "arranged_by_id": actor.delegate_id}
    if practice is None:
        session.add(ClearancePractice(party_id=party.id, arranged_at=now, **changed))
    else:
        for name, value in changed.items():
            setattr(practice, name, value)
        practice.arranged_at = now
        practice.revision += 1
    await record(session, actor, policy.arrange_clearance, party.id, now)
    return party.id


async def arrange_deadline(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    round_id: str,
    due_at: datetime | None,
    expected_revision: int,
) -> str:
    """Say until when the own party wants its drafts in a round, before it closes, and return the round's id.

    None takes the deadline away. Nobody else sees it, and nothing is refused after it.
    """
    round_, facts = await queries.get_participation(session, actor, now, round_id, lock_party=True)
    policy.arrange_deadline.ensure(actor, facts, now)
    deadline = await queries.find_deadline(session, round_.id, actor.party_id)
    current = deadline.revision if deadline else 0
    ensure_current("deadline", round_.id, expected=expected_revision, current=current)
    if due_at is not None:
        ensure_well_formed(inside.check_due("dueAt", due_at, now, round_.closes_at))
    if deadline is None:
        deadline = InternalDeadline(round_id=round_.id, party_id=actor.party_id, revision=0)
        session.add(deadline)
    deadline.due_at, deadline.arranged_by_id, deadline.arranged_at = due_at, actor.delegate_id, now
    deadline.revision += 1
    await record(session, actor, policy.arrange_deadline, round_.id, now)
    return round_.id


async def write_note(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    round_id: str,
    comment_id: str | None,
    provision_id: str | None,
    text: str,
) -> str:
    """Write a note for the own delegation on a comment or on a provision of a round, and return the note's id.

    Nobody else ever sees it, and a delegate who leaves the delegation loses it.
    """
    round_, facts = await queries.get_participation(session, actor, now, round_id)
    policy.write_note.ensure(actor, facts, now)
    issues = inside.check_note(text)
    if (comment_id is None) == (provision_id is None):
        issues.append(Issue("commentId", IssueCode.UNFIT, why="name a comment or a provision, one of the two"))
    ensure_well_formed(issues)
    await _ensure_in_round(session, actor, now, round_, comment_id, provision_id)
    note = InternalNote(
        party_id=actor.party_id,
        round_id=round_.id,
        comment_id=comment_id,
        provision_text_id=provision_id,
        author_id=actor.delegate_id,
        text=text.strip(),
        noted_at=now,
    )
    session.add(note)
    await record(session, actor, policy.write_note, note.id, now)
    return note.id


async def _ensure_in_round(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    round_: Round,
    comment_id: str | None,
    provision_id: str | None,
) -> None:
    """Refuse a comment or a provision that the actor does not see, or that is not in the round."""
    if comment_id is not None:
        comment = await rounds.get_comment(session, actor, now, comment_id)
        if comment.round_id != round_.id:
            raise invalid(Issue("commentId", IssueCode.UNFIT, why="this comment is in another round"))
    if provision_id is not None:
        provision = await texts.get_provision(session, actor, now, provision_id)
        if provision.text_version_id != round_.text_version_id:
            raise invalid(Issue("provisionId", IssueCode.PROVISION_UNKNOWN))


async def discard_note(session: AsyncSession, actor: Actor, now: datetime, *, note_id: str) -> str:
    """Remove a note of the own delegation, and return the id of its round. Its words are gone."""
    note = await queries.get_note(session, actor, now, note_id)
    policy.discard_note.ensure(actor, facts_of(NoteFacts, note), now)
    note.text, note.discarded_at = "", now
    await record(session, actor, policy.discard_note, note.round_id, now)
    return note.round_id
