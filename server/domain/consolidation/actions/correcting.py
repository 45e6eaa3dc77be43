"""Correcting errors in a version that is being made, and objecting to a correction."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.words import carry_marks, marks_of
from server.domain.consolidation import policy
from server.domain.consolidation.actions.referring import follow_words
from server.domain.consolidation.actions.renumbering import replace_corrections
from server.domain.consolidation.actions.translating import get_followed
from server.domain.consolidation.queries import corrections
from server.domain.consolidation.rules.correcting import (
    Correction,
    CorrectionFacts,
    check_editorial,
    check_linguistic,
    check_reference,
    find_spans,
    place_before,
)
from server.domain.texts.queries import reading as texts
from server.domain.texts.rules.provisions import VersionFacts
from server.journal.actions import record
from server.journal.chain import sha256_of
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import (
    Refusal,
    RefusalCode,
    RefusalKind,
    ensure_current,
    ensure_well_formed,
    invalid,
    not_found,
)
from server.models.consolidation import TextCorrection
from server.models.texts import ProvisionText, TextVersion
from server.vocabulary.consolidation import CORRECTION_LIFECYCLE, CorrectionKind
from server.vocabulary.texts import VersionStatus
from server.wording.anchors import AnchorProblem, Quotation, locate
from server.wording.hunks import Hunk, apply_hunks

LONGEST_REASON = 2_000
"""Longest reason of a correction or an objection, in characters."""


async def correct_editorially(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    text_version_id: str,
    provision_key: str,
    words: str,
    prefix: str = "",
    suffix: str = "",
    replacement: str,
    reason: str,
    expected_revision: int,
) -> str:
    """Correct an error of typing in a version that is being made, and return the correction's id.

    `words` stand once in the provision, or `prefix` and `suffix` around them say which are meant. The check and the
    redline list the correction. Refuses what changes a figure or a word of obligation, words that compete, and words
    that were corrected before.
    """
    version = await texts.get_version(session, actor, now, text_version_id, lock=True)
    policy.correct_editorially.ensure(actor, facts_of(VersionFacts, version), now)
    ensure_current("version", version.id, expected=expected_revision, current=version.revision)
    ensure_well_formed(check_editorial(words, replacement) + _check_reason(reason))
    provision = await _get_settled(session, version, provision_key)
    hunk = _locate(Quotation(words, prefix, suffix), replacement, provision)
    correction = await _build_correction(session, provision, hunk, CorrectionKind.EDITORIAL)
    await _correct(session, actor, now, policy.correct_editorially, version, provision, hunk, correction, reason)
    return correction.id


async def correct_linguistically(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    text_version_id: str,
    provision_key: str,
    words: str,
    prefix: str = "",
    suffix: str = "",
    replacement: str,
    reason: str,
    expected_revision: int,
) -> str:
    """Correct the language of a translation that is being made, and return the correction's id.

    As `correct_editorially`, but any words may be corrected: the other languages stay as they are, and what the
    translation owes too. Refuses a version of the original.
    """
    version = await texts.get_version(session, actor, now, text_version_id, lock=True)
    policy.correct_linguistically.ensure(actor, facts_of(VersionFacts, version), now)
    get_followed(version)
    ensure_current("version", version.id, expected=expected_revision, current=version.revision)
    ensure_well_formed(check_linguistic(words, replacement) + _check_reason(reason))
    provision = await _get_settled(session, version, provision_key)
    hunk = _locate(Quotation(words, prefix, suffix), replacement, provision)
    correction = await _build_correction(session, provision, hunk, CorrectionKind.LINGUISTIC)
    await _correct(session, actor, now, policy.correct_linguistically, version, provision, hunk, correction, reason)
    return correction.id


async def _correct(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    act: Act[Any],
    version: TextVersion,
    provision: ProvisionText,
    hunk: Hunk,
    correction: TextCorrection,
    reason: str,
) -> None:
    """Add a correction with its reason, write the words that it puts right, and record the act."""
    correction.reason, correction.made_by_id, correction.made_at = reason.strip(), actor.delegate_id, now
    session.add(correction)
    before = provision.text[hunk.start : hunk.end]
    _write_words(provision, apply_hunks(provision.text, [hunk]))
    version.revision += 1
    await session.flush()
    await follow_words(session, version.id, provision.provision_id, [hunk])
    details = {"provision": provision.provision_id, "before": before, "after": hunk.replacement, "reason": reason}
    await record(session, actor, act, correction.id, now, version=version.id, **details)


async def _build_correction(
    session: AsyncSession, provision: ProvisionText, hunk: Hunk, kind: CorrectionKind
) -> TextCorrection:
    """Return the row of a correction, or refuse that its words were corrected before."""
    standing = await standing_corrections(session, provision.text_version_id, provision.provision_id)
    place = place_before(hunk.start, hunk.end, standing)
    if place is None:
        raise invalid(Issue("words", IssueCode.CORRECTED_ALREADY))
    return TextCorrection(
        text_version_id=provision.text_version_id,
        provision_id=provision.provision_id,
        kind=kind,
        start=place[0],
        end=place[1],
        before=provision.text[hunk.start : hunk.end],
        replacement=hunk.replacement,
    )


async def correct_reference(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    text_version_id: str,
    provision_key: str,
    words: str,
    prefix: str = "",
    suffix: str = "",
    replacement: str,
    reason: str,
    expected_revision: int,
) -> str:
    """Correct a reference in a version that is being made, and return the correction's id.

    The same words as `replacement` say that it is right as it stands; then it points to what has its number now.
    Refuses what changes anything but a reference, and words that compete.
    """
    version = await texts.get_version(session, actor, now, text_version_id, lock=True)
    policy.correct_reference.ensure(actor, facts_of(VersionFacts, version), now)
    ensure_current("version", version.id, expected=expected_revision, current=version.revision)
    provision = await _get_settled(session, version, provision_key)
    hunk = _locate(Quotation(words, prefix, suffix), replacement, provision)
    ensure_well_formed(check_reference(provision.text, hunk.start, hunk.end, replacement) + _check_reason(reason))
    correction = await _build_reference(session, provision, hunk, reason.strip())
    await _correct(session, actor, now, policy.correct_reference, version, provision, hunk, correction, reason)
    return correction.id


async def _build_reference(session: AsyncSession, provision: ProvisionText, hunk: Hunk, reason: str) -> TextCorrection:
    """Return the row of a corrected reference, in place of the corrections that it reaches into."""
    rows = await corrections.corrections_of(session, provision.text_version_id)
    standing = [row for row in rows if row.provision_id == provision.provision_id]
    (columns,) = replace_corrections(provision, standing, [hunk], reason)
    return TextCorrection(text_version_id=provision.text_version_id, kind=CorrectionKind.REFERENCE, **columns)


async def _get_settled(session: AsyncSession, version: TextVersion, provision_key: str) -> ProvisionText:
    """Return a provision of a version, or refuse that it does not stand in it or that changes compete in it."""
    provision = await texts.find_provision(session, version.id, provision_key)
    if provision is None:
        raise invalid(Issue("provisionKey", IssueCode.PROVISION_UNKNOWN))
    if await corrections.has_conflict_in_making(session, version.id, provision_key):
        message = "Accepted changes still compete in this provision: settle them first."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.CONFLICTS_OPEN, message)
    return provision


def _locate(quotation: Quotation, replacement: str, provision: ProvisionText) -> Hunk:
    """Return the change of the quoted words, or refuse that they do not stand in the provision, or several times."""
    anchor = locate(quotation, provision.text)
    if isinstance(anchor, AnchorProblem):
        is_ambiguous = anchor == AnchorProblem.AMBIGUOUS
        code = IssueCode.QUOTATION_AMBIGUOUS if is_ambiguous else IssueCode.QUOTATION_NOT_FOUND
        raise invalid(Issue("words", code))
    return Hunk(anchor.start, anchor.end, replacement)


async def object_to_correction(
    session: AsyncSession, actor: Actor, now: datetime, *, correction_id: str, reason: str
) -> str:
    """Object to a correction in the name of a party, and return the correction's id.

    It is undone at once in a version that is being made. After a version was issued its words never change: the words
    from before the correction stand again in the next one.
    """
    correction = await corrections.get_correction(session, actor, now, correction_id)
    version = correction.text_version
    await session.execute(corrections.lock_version(version.id))
    policy.object_to_correction.ensure(actor, facts_of(CorrectionFacts, correction), now)
    ensure_well_formed(_check_reason(reason))
    if version.status == VersionStatus.WORKING:
        await _undo(session, version, correction)
    correction.status = CORRECTION_LIFECYCLE.target("object_to_correction", correction.status)
    correction.objecting_party_id, correction.objected_by_id = actor.party_id, actor.delegate_id
    correction.objected_at, correction.objection = now, reason.strip()
    await record(session, actor, policy.object_to_correction, correction.id, now, reason=reason)
    return correction.id


async def _undo(session: AsyncSession, version: TextVersion, correction: TextCorrection) -> None:
    """Write the words from before a correction."""
    provision = await texts.find_provision(session, version.id, correction.provision_id)
    if provision is None:
        raise not_found("correction")
    standing = await standing_corrections(session, version.id, correction.provision_id)
    own = Correction(Hunk(correction.start, correction.end, correction.replacement), correction.before)
    span = find_spans(standing)[own]
    hunk = Hunk(*span, own.before)
    _write_words(provision, apply_hunks(provision.text, [hunk]))
    version.revision += 1
    await session.flush()
    is_reference = correction.kind == CorrectionKind.REFERENCE
    doubted = span if is_reference and own.before == own.hunk.replacement else None
    key = correction.provision_id
    await follow_words(session, version.id, key, [hunk], rewritten=is_reference, doubted=doubted)


def _write_words(provision: ProvisionText, text: str) -> None:
    """Write other words of a provision, with the marks that still stand in them."""
    provision.marks = [list(mark) for mark in carry_marks(marks_of(provision.marks), provision.text, text)]
    provision.text, provision.digest = text, sha256_of(text)


def _check_reason(reason: str) -> list[Issue]:
    """Return the fault of a reason that is missing or too long."""
    if not reason.strip():
        return [Issue("reason", IssueCode.REASON_MISSING)]
    return [Issue("reason", IssueCode.TOO_LONG, limit=LONGEST_REASON)] if len(reason) > LONGEST_REASON else []


async def standing_corrections(session: AsyncSession, version_id: str, provision_key: str) -> list[Correction]:
    """Return the corrections that stand in a provision of a version, in the order of the text."""
    rows = await corrections.corrections_of(session, version_id)
    return sorted(
        Correction(Hunk(row.start, row.end, row.replacement), row.before)
        for row in rows
        if row.provision_id == provision_key
    )
