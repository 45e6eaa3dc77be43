"""Restating or dropping an amendment that became stale in a later version."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.proposals import policy, queries, rules
from server.domain.proposals.rules import AmendmentContent, AmendmentFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.refusals import Issue, ensure_current, ensure_well_formed
from server.models.proposals import Amendment, CarriedAmendment
from server.vocabulary.proposals import AmendmentKind, CarriedState


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
    expected_version: int,
) -> str:
    """Say what a stale amendment asks for on the version that its proposal is on now, and return the proposal's id.

    `provision_key` and `after_key` are as in the amendment where they are left out; MODIFY and ADD need a wording. A
    dropped amendment asks for nothing any more, with a reason. The filed amendment stays as it is. A view of the group
    lapses, because it was on other words.
    """
    proposal = await queries.get_amended_proposal(session, actor, now, amendment_id)
    amendment = next(each for each in proposal.amendments if each.id == amendment_id)
    carried = amendment.carried
    facts = AmendmentFacts(proposal.work.status, proposal.party_id, carried.state if carried else None)
    policy.restate_amendment.ensure(actor, facts, now)
    assert carried is not None  # the policy refuses an amendment that was not carried
    ensure_current("proposal", expected=expected_version, current=proposal.work.version)
    if dropped:
        given = (("provisionKey", provision_key), ("afterKey", after_key), ("wording", wording))
        issues = [Issue(name, "what is dropped asks for nothing") for name, value in given if value is not None]
        ensure_well_formed(issues + rules.check_words("reason", reason, rules.TEXT_LIMIT))
        carried.state, carried.reason = CarriedState.DROPPED, reason.strip()
    else:
        await _write_content(session, amendment, carried, provision_key, after_key, wording, reason)
        carried.state = CarriedState.RESTATED
    carried.decided_by_id, carried.decided_at = actor.delegate_id, now
    if amendment.view is not None:
        await session.delete(amendment.view)
    proposal.work.version += 1
    content = {"provision": carried.provision_id, "after": carried.after_id, "wording": carried.wording}
    details = {"amendment": amendment.id, "version": carried.text_version_id, "state": carried.state}
    await record(
        session, actor, policy.restate_amendment, proposal.id, now, reason=reason.strip(), **details, **content
    )
    return proposal.id


async def _write_content(
    session: AsyncSession,
    amendment: Amendment,
    carried: CarriedAmendment,
    provision_key: str | None,
    after_key: str | None,
    wording: str | None,
    reason: str,
) -> None:
    """Write what the amendment asks for now, or refuse what is not well-formed on the version."""
    content = AmendmentContent(
        amendment.kind,
        provision_key if provision_key is not None else amendment.provision_id,
        after_key if after_key is not None else amendment.after_id,
        wording,
    )
    if content.kind == AmendmentKind.ADD and content.wording is None:
        content = content._replace(wording=amendment.wording)
    keys = {key for key in (content.provision_id, content.after_id) if key}
    words = await queries.words_of(session, carried.text_version_id, keys)
    content = rules.without_number(content, words)
    issues = rules.check_amendment("", content, words)
    if len(reason) > rules.TEXT_LIMIT:
        issues.append(Issue("reason", f"at most {rules.TEXT_LIMIT} characters"))
    ensure_well_formed([Issue(NAMES.get(issue.path, issue.path.lstrip(".")), issue.message) for issue in issues])
    carried.provision_id, carried.after_id, carried.wording = content.provision_id, content.after_id, content.wording
    carried.reason = reason.strip()


NAMES = {".provisionId": "provisionKey", ".afterId": "afterKey"}
"""What the fields of an amendment are called where one is restated."""
