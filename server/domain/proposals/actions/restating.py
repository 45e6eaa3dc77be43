"""Restating or dropping an amendment that became stale in a later version."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.proposals import policy, queries
from server.domain.proposals.rules import contents
from server.domain.proposals.rules.contents import AmendmentContent
from server.domain.proposals.rules.life import AmendmentFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_current, ensure_well_formed
from server.models.proposals import Amendment, CarriedAmendment
from server.vocabulary.proposals import AmendmentKind, CarriedState


class Restated(NamedTuple):
    """What an amendment is restated with, None where it stays as it was carried."""

    provision_key: str | None
    after_key: str | None
    wording: str | None


async def restate_amendment(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    amendment_id: str,
    provision_key: str | None = None,
    after_key: str | None = None,
    wording: str | None = None,
    dropped: bool = False,
    reason: str = "",
    expected_revision: int,
) -> str:
    """Say what a stale amendment asks for on the version that its proposal is on now, and return the proposal's id.

    What is left out is as it was carried, except the wording of MODIFY. Of a `dropped` one only `reason` counts.
    The filed amendment stays as it is; a view of the group lapses, because it was on other words.
    """
    proposal = await queries.get_amended_proposal(session, actor, now, amendment_id)
    amendment = next(each for each in proposal.amendments if each.id == amendment_id)
    carried = amendment.carried
    facts = AmendmentFacts(proposal.work.standing, proposal.proponent.id, carried.state if carried else None)
    policy.restate_amendment.ensure(actor, facts, now)
    assert carried is not None  # the policy refuses an amendment that was not carried
    ensure_current("proposal", proposal.id, expected=expected_revision, current=proposal.work.revision)
    content = Restated(provision_key, after_key, wording)
    if dropped:
        _drop(carried, reason)
    else:
        await _write_content(session, amendment, carried, content, reason)
    carried.decided_by_id, carried.decided_at = actor.delegate_id, now
    if amendment.view is not None:
        await session.delete(amendment.view)
    proposal.work.revision += 1
    details = {
        **{"amendment": amendment.id, "version": carried.text_version_id, "state": carried.state},
        **{"provision": carried.provision_id, "after": carried.after_id, "wording": carried.wording},
    }
    await record(session, actor, policy.restate_amendment, proposal.id, now, reason=carried.reason, **details)
    return proposal.id


def _drop(carried: CarriedAmendment, reason: str) -> None:
    """Mark an amendment, or refuse a missing reason."""
    ensure_well_formed(contents.check_words("answer.drop.reason", reason, contents.TEXT_LIMIT))
    carried.state, carried.reason = CarriedState.DROPPED, reason.strip()


async def _write_content(
    session: AsyncSession, amendment: Amendment, carried: CarriedAmendment, content: Restated, reason: str
) -> None:
    """Write what the amendment asks for now, or refuse what is not well-formed on the version."""
    key, after, wording = content
    if amendment.kind == AmendmentKind.ADD and wording is None:
        wording = carried.wording
    key, after = key or carried.provision_id, after or carried.after_id
    words = await queries.words_of(session, carried.text_version_id, {each for each in (key, after) if each})
    restated = contents.without_number(AmendmentContent(amendment.kind, key, after, wording), words)
    issues = [issue.at(f"answer.restate{issue.path}") for issue in contents.check_amendment("", restated, words)]
    if len(reason) > contents.TEXT_LIMIT:
        issues.append(Issue("answer.restate.reason", IssueCode.TOO_LONG, limit=contents.TEXT_LIMIT))
    ensure_well_formed(issues)
    carried.state, carried.reason = CarriedState.RESTATED, reason.strip()
    carried.provision_id, carried.after_id, carried.wording = key, after, restated.wording
