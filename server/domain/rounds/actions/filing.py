"""Drafting, filing, clearing, withdrawing, supporting and opposing comments."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.rounds import policy, queries
from server.domain.rounds.rules import checks
from server.domain.rounds.rules.checks import Content
from server.domain.rounds.rules.facts import CommentFacts, RoundFacts
from server.domain.texts.queries import reading as texts
from server.domain.texts.rules.provisions import check_cells
from server.journal.actions import record
from server.journal.chain import sha256_of
from server.journal.digests import content_of_comment
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode, ensure_current, ensure_well_formed, invalid
from server.models.rounds import Comment, CommentWork, Opposition, Round, Support
from server.models.texts import ProvisionText
from server.storage.rows import insert_rows
from server.vocabulary.rounds import COMMENT_LIFECYCLE, CommentStatus
from server.wording.anchors import Anchor, AnchorProblem, Quotation, locate
from server.wording.provisions import same_words, without_label


async def draft_comment(session: AsyncSession, actor: Actor, now: datetime, *, round_id: str, content: Content) -> str:
    """Write a comment for the party, and return its id.

    Only the party sees it until its focal point clears it.
    """
    round_ = await queries.get_round(session, actor, now, round_id)
    policy.draft_comment.ensure(actor, facts_of(RoundFacts, round_), now)
    comment = await _write_comment(session, actor, now, round_, content)
    await insert_rows(session, comment, CommentWork(comment_id=comment.id, status=CommentStatus.DRAFT))
    await record(session, actor, policy.draft_comment, comment.id, now, round=round_.id)
    return comment.id


async def submit_comment(session: AsyncSession, actor: Actor, now: datetime, *, round_id: str, content: Content) -> str:
    """File a comment in the name of the party in one step, and return its id."""
    round_ = await queries.get_round(session, actor, now, round_id)
    policy.submit_comment.ensure(actor, facts_of(RoundFacts, round_), now)
    comment = await _write_comment(session, actor, now, round_, content)
    await _file(session, actor, now, comment)
    await insert_rows(session, comment, CommentWork(comment_id=comment.id, status=CommentStatus.SUBMITTED))
    await record(session, actor, policy.submit_comment, comment.id, now, **_details_of(comment))
    return comment.id


async def revise_comment(
    session: AsyncSession, actor: Actor, now: datetime, *, comment_id: str, content: Content, expected_revision: int
) -> str:
    """Rewrite a draft, and return the comment's id."""
    comment = await queries.get_comment(session, actor, now, comment_id)
    policy.revise_comment.ensure(actor, facts_of(CommentFacts, comment), now)
    ensure_current("comment", comment.id, expected=expected_revision, current=comment.work.revision)
    provision, anchor = await _find_anchor(session, actor, now, comment.round, content)
    _write_content(comment, content, provision, anchor)
    comment.work.revision += 1
    await record(session, actor, policy.revise_comment, comment.id, now)
    return comment.id


async def clear_comment(
    session: AsyncSession, actor: Actor, now: datetime, *, comment_id: str, expected_revision: int
) -> str:
    """Clear a draft as the focal point, which files it in the name of the party, and return its id."""
    comment = await queries.get_comment(session, actor, now, comment_id)
    policy.clear_comment.ensure(actor, facts_of(CommentFacts, comment), now)
    ensure_current("comment", comment.id, expected=expected_revision, current=comment.work.revision)
    comment.work.status = COMMENT_LIFECYCLE.target("clear_comment", comment.work.status)
    comment.work.revision += 1
    await _file(session, actor, now, comment)
    await record(session, actor, policy.clear_comment, comment.id, now, **_details_of(comment))
    return comment.id


async def withdraw_comment(
    session: AsyncSession, actor: Actor, now: datetime, *, comment_id: str, expected_revision: int
) -> str:
    """Take a comment back before it is disposed of, and return its id. Its words stay on record."""
    comment = await queries.get_comment(session, actor, now, comment_id)
    policy.withdraw_comment.ensure(actor, facts_of(CommentFacts, comment), now)
    ensure_current("comment", comment.id, expected=expected_revision, current=comment.work.revision)
    before = comment.work.status
    comment.work.status = COMMENT_LIFECYCLE.target("withdraw_comment", before)
    comment.work.revision += 1
    await record(session, actor, policy.withdraw_comment, comment.id, now, round=comment.round_id, before=before)
    return comment.id


async def support_comment(session: AsyncSession, actor: Actor, now: datetime, *, comment_id: str) -> str:
    """Record that the party supports another party's comment, and return the comment's id."""
    comment = await queries.get_comment(session, actor, now, comment_id)
    policy.support_comment.ensure(actor, facts_of(CommentFacts, comment), now)
    await queries.ensure_unmarked(session, comment.id, actor.party_id)
    session.add(
        Support(comment_id=comment.id, party_id=actor.party_id, delegate_id=actor.delegate_id, supported_at=now)
    )
    details = {"round": comment.round_id, "content_digest": comment.content_digest}
    await record(session, actor, policy.support_comment, comment.id, now, **details)
    return comment.id


async def oppose_comment(session: AsyncSession, actor: Actor, now: datetime, *, comment_id: str, reason: str) -> str:
    """Record that the party opposes another party's comment, with the reason, and return the comment's id."""
    comment = await queries.get_comment(session, actor, now, comment_id)
    policy.oppose_comment.ensure(actor, facts_of(CommentFacts, comment), now)
    await queries.ensure_unmarked(session, comment.id, actor.party_id)
    if not 1 <= len(reason.strip()) <= checks.TEXT_LIMIT:
        raise invalid(Issue("reason", IssueCode.LENGTH, limit=checks.TEXT_LIMIT))
    mark = {"delegate_id": actor.delegate_id, "reason": reason.strip(), "opposed_at": now}
    session.add(Opposition(comment_id=comment.id, party_id=actor.party_id, **mark))
    details = {"round": comment.round_id, "content_digest": comment.content_digest, "reason": reason.strip()}
    await record(session, actor, policy.oppose_comment, comment.id, now, **details)
    return comment.id


async def _write_comment(
    session: AsyncSession, actor: Actor, now: datetime, round_: Round, content: Content
) -> Comment:
    """Write a comment of the actor's party on a round and return it, not yet inserted."""
    provision, anchor = await _find_anchor(session, actor, now, round_, content)
    comment = Comment(
        round_id=round_.id, party_id=actor.party_id, author_id=actor.delegate_id, drafted_at=now, submitted_at=None
    )
    _write_content(comment, content, provision, anchor)
    return comment


def _write_content(comment: Comment, content: Content, provision: ProvisionText | None, anchor: Anchor | None) -> None:
    """Write what a comment says, and where its quoted words stand, into its row."""
    quotation = content.quotation or Quotation("")
    comment.provision_text_id, comment.position = (provision.id, provision.position) if provision else (None, 0)
    comment.type = content.type
    comment.text = content.text.strip()
    comment.reason = content.reason.strip()
    # As it stands in the provision: what was typed may differ from it in apostrophes and spaces.
    comment.quote_exact = provision.text[slice(*anchor)] if provision and anchor else None
    comment.quote_prefix, comment.quote_suffix = quotation.prefix, quotation.suffix
    comment.quote_start, comment.quote_end = anchor or (None, None)
    comment.proposed_wording = _without_label(content, provision)
    comment.covers_section = content.covers_section


def _without_label(content: Content, provision: ProvisionText | None) -> str | None:
    """Return the proposed wording; without the number of the provision, if it is a wording for the whole of it."""
    wording = content.proposed_wording
    if wording is None or provision is None or content.quotation:
        return wording
    return without_label(wording, provision.printed_number)


async def _find_anchor(
    session: AsyncSession, actor: Actor, now: datetime, round_: Round, content: Content
) -> tuple[ProvisionText | None, Anchor | None]:
    """Return the provision of a comment and the place of the quoted words in it, None where it has none.

    Refuses words that do not stand in the provision, or stand there twice: the place is never guessed.
    """
    issues = checks.check_content(content)
    provision = None
    if content.provision_id:
        provision = await texts.get_provision(session, actor, now, content.provision_id)
        if provision.text_version_id != round_.text_version_id:
            issues.append(Issue("provisionId", IssueCode.PROVISION_UNKNOWN))
    ensure_well_formed(issues)
    if provision is None:
        return None, None
    anchor = locate_words(content.quotation, provision.text) if content.quotation else None
    _ensure_change(content, provision, anchor)
    return provision, anchor


def locate_words(quotation: Quotation, text: str) -> Anchor:
    """Return the place of the quoted words, or refuse words that do not stand in the text, or stand there twice."""
    place = locate(quotation, text)
    if place is AnchorProblem.MISSING:
        issue = Issue("quotation.exact", IssueCode.QUOTATION_NOT_FOUND)
        raise invalid(issue, code=RefusalCode.ANCHOR_NOT_FOUND)
    if place is AnchorProblem.AMBIGUOUS:
        issue = Issue("quotation", IssueCode.QUOTATION_AMBIGUOUS)
        raise invalid(issue, code=RefusalCode.ANCHOR_AMBIGUOUS)
    return Anchor(*place)


def _ensure_change(content: Content, provision: ProvisionText, anchor: Anchor | None) -> None:
    """Refuse a proposed wording that says what stands there already, or that would change the cells of a row."""
    wording, start, end = _without_label(content, provision), 0, len(provision.text)
    if wording is None:
        return
    if anchor:
        start, end = anchor
    result = provision.text[:start] + wording + provision.text[end:]
    if same_words(result, provision.text):
        raise invalid(Issue("proposedWording", IssueCode.NOTHING_CHANGES))
    ensure_well_formed(check_cells("proposedWording", provision.kind, provision.text, result))


def _details_of(comment: Comment) -> dict[str, Any]:
    """Return what the journal keeps of a comment that is filed."""
    return {"round": comment.round_id, "number": comment.number, "content_digest": comment.content_digest}


async def _file(session: AsyncSession, actor: Actor, now: datetime, comment: Comment) -> None:
    """Give a comment its number, the instant and the delegate of its submission, and its digest."""
    comment.number = await queries.next_number(session, comment.round_id, comment.party_id)
    comment.submitted_at = now
    comment.submitted_by_id = actor.delegate_id
    comment.content_digest = sha256_of(content_of_comment(comment))
