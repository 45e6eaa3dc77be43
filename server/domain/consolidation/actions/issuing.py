"""Issuing a version, giving one up, and publishing an edition."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies import queries as bodies
from server.domain.consolidation import policy
from server.domain.consolidation.actions.adopting import (
    EDITION_RULE,
    ensure_approved,
    ensure_follows,
    ensure_whole_path,
)
from server.domain.consolidation.actions.carrying import carry_over
from server.domain.consolidation.queries import pending, reading
from server.domain.consolidation.queries.checking import check_of
from server.domain.texts import policy as text_policy
from server.domain.texts.queries import lineages
from server.domain.texts.queries import reading as texts
from server.domain.texts.rules.provisions import VersionFacts
from server.journal.actions import record
from server.journal.digests import digest_of_whole_text
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.kernel.saying import say_count
from server.models.bodies import Decision
from server.models.texts import Edition, TextVersion
from server.vocabulary.bodies import ADOPTS, BodyKind
from server.vocabulary.consolidation import ConflictStatus
from server.vocabulary.proposals import PROPOSAL_LIFECYCLE
from server.vocabulary.texts import VERSION_LIFECYCLE

CHECK_RULE = "Nothing accepted is lost and nothing unexplained appears: the check must be clean before a text goes out."
READING_RULE = "A sentence that two or more parties wrote together is read by a person before the text goes out."
LINEAGE_RULE = (
    "An officer confirms where a provision comes from that is not plainly the same as one of the version before."
)
TRANSLATION_RULE = "A change of the original opens a translation debt, which is paid before the translation goes out."


async def issue_version(
    session: AsyncSession, actor: Actor, now: datetime, *, text_version_id: str, expected_revision: int
) -> str:
    """Issue a version, and return its id.

    A consolidated version must have every conflict settled and the check clean, an imported one every uncertain line of
    its lineage confirmed, a translation no debt; no round or comment on its base may be waiting. Open comments and
    pending proposals on earlier versions are carried to a version of the original.
    """
    version = await texts.get_version(session, actor, now, text_version_id, lock=True)
    # A proposal is submitted before or after, and is carried or refused.
    await texts.lock_instrument(session, version.instrument_id)
    text_policy.issue_version.ensure(actor, facts_of(VersionFacts, version), now)
    ensure_current("version", version.id, expected=expected_revision, current=version.revision)
    await _ensure_answered(session, version, now)
    await _ensure_lineage_confirmed(session, version)
    await _ensure_translated(session, version)
    is_consolidated = await _ensure_reconciled(session, version)
    version.status = VERSION_LIFECYCLE.target("issue_version", version.status)
    version.issued_at, version.issued_by_id = now, actor.delegate_id
    version.revision += 1
    if version.follows_id is None:
        await carry_over(session, version, version.base_id if is_consolidated else None)
    provisions = await texts.provisions_of(session, version.id)
    details = {"number": version.number, "label": version.label, "language": version.language, "base": version.base_id}
    details |= {"provisions": len(provisions), "text_digest": digest_of_whole_text(provisions)}
    await record(session, actor, text_policy.issue_version, version.id, now, **details)
    return version.id


async def _ensure_answered(session: AsyncSession, version: TextVersion, now: datetime) -> None:
    """Raise a refusal while comments on the version before are coming in or wait for an answer."""
    if version.base_id is None:
        return
    waiting = await pending.count_undisposed(session, version.base_id)
    if waiting or await pending.count_open_rounds(session, version.base_id, now):
        message = "Comments on the version before are still coming in or waiting for an answer."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.DISPOSITIONS_OPEN, message, rule=CHECK_RULE)


async def _ensure_lineage_confirmed(session: AsyncSession, version: TextVersion) -> None:
    """Raise a refusal while a person has to say where provisions of an imported version come from."""
    if unconfirmed := await lineages.unconfirmed_lineage(session, version.id):
        issues = tuple(
            Issue(
                "",
                IssueCode.LINEAGE_UNCERTAIN,
                provision_id=line.provision_id,
                kind=str(line.kind),
                likeness=round(line.score),
            )
            for line in unconfirmed[:100]
        )
        message = say_count(
            len(unconfirmed),
            "It is not certain where one provision comes from, and nobody has confirmed it.",
            "It is not certain where {} provisions come from, and nobody has confirmed it.",
        )
        code = RefusalCode.LINEAGE_UNCONFIRMED
        raise Refusal(RefusalKind.NOT_NOW, code, message, issues=issues, rule=LINEAGE_RULE)


async def _ensure_translated(session: AsyncSession, version: TextVersion) -> None:
    """Raise a refusal while a translation does not render the words of the original that it follows."""
    if debts := await lineages.debts_of(session, version.id):
        issues = tuple(
            Issue("", IssueCode.UNTRANSLATED, provision_id=debt.provision_id, words=(debt.original_now or "")[:200])
            for debt in debts[:100]
        )
        message = say_count(
            len(debts),
            "One provision is not translated yet as it stands in the original.",
            "{} provisions are not translated yet as they stand in the original.",
        )
        code = RefusalCode.TRANSLATION_DEBT
        raise Refusal(RefusalKind.NOT_NOW, code, message, issues=issues, rule=TRANSLATION_RULE)


async def _ensure_reconciled(session: AsyncSession, version: TextVersion) -> bool:
    """Return whether a version was consolidated; raise a refusal while such a one may not go out."""
    consolidation = await reading.find_consolidation(session, version.id)
    if consolidation is None:
        return False
    conflicts = await reading.conflicts_of(session, consolidation.id)
    if waiting := sum(conflict.status == ConflictStatus.OPEN for conflict in conflicts):
        message = say_count(
            waiting,
            "One conflict between accepted wordings is not settled yet.",
            "{} conflicts between accepted wordings are not settled yet.",
        )
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.CONFLICTS_OPEN, message, rule=CHECK_RULE)
    check = await check_of(session, consolidation)
    if unexplained := check.unexplained:
        issues = tuple(
            Issue("", IssueCode.UNEXPLAINED, provision_key=d.key, kind=str(d.kind), words=d.words[:200])
            for d in unexplained[:100]
        )
        message = say_count(
            len(unexplained),
            "The text and the decisions disagree in one place; the check says where.",
            "The text and the decisions disagree in {} places; the check lists them.",
        )
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.UNRECONCILED, message, issues=issues, rule=CHECK_RULE)
    if unread := check.unread:
        issues = tuple(
            Issue("", IssueCode.SENTENCE_UNREAD, provision_key=sentence.key, words=sentence.words[:200])
            for sentence in unread[:100]
        )
        message = say_count(
            len(unread),
            "One sentence stands by changes of several parties, and nobody has confirmed reading it.",
            "{} sentences stand by changes of several parties, and nobody has confirmed reading them.",
        )
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.SENTENCES_UNREAD, message, issues=issues, rule=READING_RULE)
    return True


async def abandon_version(
    session: AsyncSession, actor: Actor, now: datetime, *, text_version_id: str, reason: str, expected_revision: int
) -> str:
    """Give up a version that was not issued, with a reason, and return its id. Its words stay on record."""
    version = await texts.get_version(session, actor, now, text_version_id, lock=True)
    text_policy.abandon_version.ensure(actor, facts_of(VersionFacts, version), now)
    ensure_current("version", version.id, expected=expected_revision, current=version.revision)
    ensure_well_formed([] if reason.strip() else [Issue("reason", IssueCode.REASON_MISSING)])
    version.status = VERSION_LIFECYCLE.target("abandon_version", version.status)
    version.revision += 1
    await record(session, actor, text_policy.abandon_version, version.id, now, reason=reason)
    return version.id


async def publish_edition(
    session: AsyncSession, actor: Actor, now: datetime, *, text_version_id: str, decision_id: str, label: str
) -> str:
    """Publish an issued version as the edition that a decision adopted, and return the edition's id.

    Every proposal with amendments in the version must have been approved, and is then in the edition. Refuses a version
    older than the edition in force, a label that is taken, and a version that a body of the path has not decided on.
    """
    version = await texts.get_version(session, actor, now, text_version_id, lock=True)
    decision = await bodies.get_decision(session, actor, now, decision_id)
    policy.publish_edition.ensure(actor, facts_of(VersionFacts, version), now)
    await texts.ensure_original(session, version)
    ensure_well_formed([] if label.strip() else [Issue("label", IssueCode.EMPTY)])
    if version.edition:
        message = "This version is an edition already; an edition is made from an issued version, once."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message)
    proposals = await reading.proposals_applied(session, version.id)
    _ensure_adopted(version, decision, {proposal.id for proposal in proposals})
    await ensure_follows(session, version, label, decision.sitting.ends_on)
    await ensure_approved(session, proposals)
    await ensure_whole_path(session, version, decision)
    edition = Edition(
        instrument_id=version.instrument_id,
        text_version_id=version.id,
        label=label.strip(),
        adopted_on=decision.sitting.ends_on,
        decision_id=decision.id,
        published_at=now,
    )
    session.add(edition)
    for proposal in proposals:
        proposal.work.status = PROPOSAL_LIFECYCLE.target("publish_edition", proposal.work.status)
        proposal.work.revision += 1
    details = {"version": version.id, "decision": decision.id, "label": edition.label}
    details |= {"instrument": edition.instrument_id, "adopted_on": edition.adopted_on.isoformat()}
    await record(session, actor, policy.publish_edition, edition.id, now, **details)
    return edition.id


def _ensure_adopted(version: TextVersion, decision: Decision, proposals: set[str]) -> None:
    """Raise a refusal unless the Council approved or adopted this version or a proposal in it."""
    by_council = decision.sitting.body.kind == BodyKind.COUNCIL and decision.outcome in ADOPTS
    if not by_council or decision.subject_id not in {version.id, *proposals}:
        message = "This decision does not adopt this text: it must be the Council's approval or adoption of it."
        raise Refusal(RefusalKind.INVALID, RefusalCode.DECISION_MISSING, message, rule=EDITION_RULE)
