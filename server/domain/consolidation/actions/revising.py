"""Revising a provision of a version that is being made."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.words import carry_marks, marks_of
from server.domain.bodies import queries as bodies
from server.domain.consolidation import policy
from server.domain.consolidation.actions.referring import follow_words
from server.domain.consolidation.actions.rewriting import lapse_corrections
from server.domain.consolidation.queries import reading
from server.domain.consolidation.rules.life import MakingFacts
from server.domain.texts.queries import reading as texts
from server.domain.texts.rules.provisions import check_cells
from server.journal.actions import record
from server.journal.chain import sha256_of
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed, invalid
from server.models.consolidation import AppliedChange, Consolidation
from server.models.texts import ProvisionText
from server.vocabulary.bodies import CARRIES
from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import Hunk, hunks_between

WORDS_LIMIT = 50_000
"""Longest text of a provision, in characters."""


async def _read_words(session: AsyncSession, version_id: str, provision_id: str) -> str:
    """Return the words of a provision in a version, "" where it does not stand."""
    place = (ProvisionText.text_version_id == version_id, ProvisionText.provision_id == provision_id)
    return await session.scalar(select(ProvisionText.text).where(*place)) or ""


async def _write_words(session: AsyncSession, version_id: str, provision_id: str, text: str) -> None:
    """Write the words of a provision in a version; without words it goes, and what stood in it moves up."""
    place = (ProvisionText.text_version_id == version_id, ProvisionText.provision_id == provision_id)
    row = (
        await session.execute(select(ProvisionText.text, ProvisionText.marks, ProvisionText.parent_id).where(*place))
    ).first()
    if row is None:
        return
    if text:
        marks = [list(mark) for mark in carry_marks(marks_of(row.marks), row.text, text)]
        words = {"text": text, "digest": sha256_of(text), "marks": marks}
        await session.execute(update(ProvisionText).where(*place).values(words))
    else:
        inside = (ProvisionText.text_version_id == version_id, ProvisionText.parent_id == provision_id)
        await session.execute(update(ProvisionText).where(*inside).values(parent_id=row.parent_id))
        await session.execute(delete(ProvisionText).where(*place))


async def revise_provision(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    consolidation_id: str,
    provision_key: str,
    text: str,
    reason: str,
    decision_id: str | None,
    expected_revision: int,
) -> str:
    """Write other words for a provision of the version being made, and return the consolidation's id.

    With the id of a recorded decision, the change is explained by it. Without one, the check shows the change and the
    version cannot be issued. `expected_revision` is that of the version being made. Refuses while accepted wordings
    compete in the provision.
    """
    consolidation = await reading.get_consolidation(session, actor, now, consolidation_id)
    await reading.lock_target(session, consolidation)
    policy.revise_provision.ensure(actor, facts_of(MakingFacts, consolidation), now)
    if await reading.has_open_conflict(session, consolidation.id, provision_key):
        message = "Accepted wordings still compete in this provision: settle them first, with these words if need be."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.CONFLICTS_OPEN, message)
    ensure_current(
        "version", consolidation.target.id, expected=expected_revision, current=consolidation.target.revision
    )
    provision = await texts.find_provision(session, consolidation.target_id, provision_key)
    before = provision.text if provision else ""
    _ensure_revisable(provision, text, reason)
    await lapse_corrections(session, consolidation.target_id, [provision_key])
    await _write_words(session, consolidation.target_id, provision_key, text)
    await follow_words(session, consolidation.target_id, provision_key, hunks_between(before, text))
    consolidation.target.revision += 1
    if decision_id:
        await _record_revision(session, actor, now, consolidation, provision_key, text, reason, decision_id)
    details = {"before": before, "after": text, "reason": reason, "decision": decision_id or ""}
    await record(session, actor, policy.revise_provision, consolidation.id, now, provision=provision_key, **details)
    return consolidation.id


def _ensure_revisable(provision: ProvisionText | None, text: str, reason: str) -> None:
    """Raise a refusal unless the provision stands in the version and text and reason are well-formed for it."""
    issues = [] if reason.strip() else [Issue("reason", IssueCode.REASON_MISSING)]
    if not text.strip() or len(text) > WORDS_LIMIT:
        issues.append(Issue("text", IssueCode.LENGTH, limit=WORDS_LIMIT))
    if provision is None or not provision.text:
        issues.append(Issue("provisionKey", IssueCode.PROVISION_UNKNOWN))
    else:
        issues += check_cells("text", provision.kind, provision.text, text)
    ensure_well_formed(issues)


async def _record_revision(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    consolidation: Consolidation,
    key: str,
    text: str,
    reason: str,
    decision_id: str,
) -> None:
    """Record the decision behind a revision's changes, except those that stood before: these keep their source."""
    decision = await bodies.get_decision(session, actor, now, decision_id)
    subjects = {consolidation.id, consolidation.base_id, consolidation.target_id, consolidation.target.instrument_id}
    if decision.outcome not in CARRIES or decision.subject_id not in subjects:
        raise invalid(Issue("decisionId", IssueCode.DECISION_UNFIT), code=RefusalCode.DECISION_MISSING)
    base = await _read_words(session, consolidation.base_id, key)
    before = await reading.changes_of(session, consolidation.id, key)
    finals = set(hunks_between(base, text))
    lasting = {Hunk(c.start, c.end, c.replacement) for c in before} & finals
    if additions := [change for change in before if change.kind == AmendmentKind.ADD]:
        for change in additions:
            change.replacement, change.decision_id, change.reason = text, decision.id, reason.strip()
        return
    rewordings = [change for change in before if change.kind != AmendmentKind.MOVE]
    obsolete = [change.id for change in rewordings if Hunk(change.start, change.end, change.replacement) not in lasting]
    await session.execute(delete(AppliedChange).where(AppliedChange.id.in_(obsolete)))
    for hunk in sorted(finals - lasting):
        session.add(
            AppliedChange(
                consolidation_id=consolidation.id,
                provision_id=key,
                kind=AmendmentKind.MODIFY,
                start=hunk.start,
                end=hunk.end,
                replacement=hunk.replacement,
                decision_id=decision.id,
                reason=reason.strip(),
            )
        )
