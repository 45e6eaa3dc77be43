"""Drafting, filing, clearing, revising and withdrawing comments."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.rounds import life, policy, queries
from server.domain.rounds.actions import staging
from server.domain.rounds.actions.naming import language_of, names_of
from server.domain.rounds.actions.signing import ask_co_signers, settle_co_signers
from server.domain.rounds.rules import checks, terms
from server.domain.rounds.rules.anchoring import CommentGround, CommentPlace, place_content
from server.domain.rounds.rules.checks import Content
from server.domain.rounds.rules.facts import CommentFacts, RoundFacts, reference_of
from server.domain.rounds.rules.window import accepts_at
from server.domain.texts.queries import reading as texts
from server.journal.actions import record
from server.journal.chain import sha256_of
from server.journal.digests import content_of_comment
from server.journal.seals import commit_filing
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed, invalid
from server.kernel.saying import say_count
from server.models.delegations import DraftWork
from server.models.rounds import Comment, CommentWork, Round
from server.models.texts import ProvisionText
from server.storage.rows import insert_rows
from server.vocabulary.delegations import DRAFT_LIFECYCLE
from server.vocabulary.rounds import COMMENT_LIFECYCLE, CommentStatus, RoundVisibility
from server.wording.anchors import Quotation


async def draft_comment(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    round_id: str,
    content: Content,
    replaces_id: str | None = None,
) -> str:
    """Write a comment for the party, and return its id.

    Only the party sees it until its focal point clears it, and the parties that it asks to sign it. Cleared, it takes
    the place of the filed comment `replaces_id`, if one is given.
    """
    round_ = await queries.get_round(session, actor, now, round_id)
    policy.draft_comment.ensure(actor, facts_of(RoundFacts, round_), now)
    comment = await _write_comment(session, actor, now, round_, content)
    if replaces_id:
        comment.replaces_id = (await _get_replaceable(session, actor, now, comment, replaces_id)).id
    work = CommentWork(comment_id=comment.id, status=CommentStatus.DRAFT)
    await insert_rows(session, comment, work, DraftWork(comment_id=comment.id, stage=DRAFT_LIFECYCLE.initial))
    await ask_co_signers(session, now, round_, comment, content.co_signer_ids)
    await record(session, actor, policy.draft_comment, comment.id, now, round=round_.id)
    return comment.id


async def submit_comment(session: AsyncSession, actor: Actor, now: datetime, *, round_id: str, content: Content) -> str:
    """File a comment in the name of the party in one step, and return its id.

    What other parties sign, too, is drafted first.
    """
    round_ = await queries.get_round(session, actor, now, round_id)
    policy.submit_comment.ensure(actor, facts_of(RoundFacts, round_), now)
    comment = await _write_comment(session, actor, now, round_, content, is_signed_alone=True)
    await _file(session, actor, now, comment, round_)
    await insert_rows(session, comment, CommentWork(comment_id=comment.id, status=CommentStatus.SUBMITTED))
    await record(session, actor, policy.submit_comment, comment.id, now, **_details_of(comment))
    return comment.id


async def replace_comment(
    session: AsyncSession, actor: Actor, now: datetime, *, comment_id: str, content: Content, expected_revision: int
) -> str:
    """File other words in the place of a filed comment while its round is open, and return the id of the new comment.

    The earlier one stays on record with its receipt and the marks on it. A comment that other parties signed is revised
    by a draft, so that they sign the new words.
    """
    earlier = await queries.get_comment(session, actor, now, comment_id)
    policy.replace_comment.ensure(actor, facts_of(CommentFacts, earlier), now)
    ensure_current("comment", earlier.id, expected=expected_revision, current=earlier.work.revision)
    ensure_well_formed([Issue("commentId", IssueCode.SIGNED_AS_DRAFT)] if earlier.co_signer_ids else [])
    comment = await _write_comment(session, actor, now, earlier.round, content, is_signed_alone=True)
    comment.replaces_id = earlier.id
    await _file(session, actor, now, comment, earlier.round)
    await insert_rows(session, comment, CommentWork(comment_id=comment.id, status=CommentStatus.SUBMITTED))
    await record(session, actor, policy.replace_comment, comment.id, now, **_details_of(comment))
    return comment.id


async def revise_comment(
    session: AsyncSession, actor: Actor, now: datetime, *, comment_id: str, content: Content, expected_revision: int
) -> str:
    """Rewrite a draft, and return the comment's id. Parties that signed are asked again if it says other words."""
    comment = await queries.get_comment(session, actor, now, comment_id)
    policy.revise_comment.ensure(actor, facts_of(CommentFacts, comment), now)
    ensure_current("comment", comment.id, expected=expected_revision, current=comment.work.revision)
    await rewrite(session, actor, now, comment, content)
    await record(session, actor, policy.revise_comment, comment.id, now)
    return comment.id


async def clear_comment(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    comment_id: str,
    can_leave_out: bool = False,
    expected_revision: int,
) -> str:
    """Clear a draft as the focal point, which files it in the name of the party, and return its id.

    Parties that were asked to sign it and have not are named, and left out if `can_leave_out` says so.
    """
    comment = await queries.get_comment(session, actor, now, comment_id)
    policy.clear_comment.ensure(actor, facts_of(CommentFacts, comment), now)
    ensure_current("comment", comment.id, expected=expected_revision, current=comment.work.revision)
    await file_draft(session, actor, now, comment, can_leave_out=can_leave_out)
    return comment.id


async def rewrite(session: AsyncSession, actor: Actor, now: datetime, comment: Comment, content: Content) -> None:
    """Write other words into a draft, and keep those before for its delegation. Refuse what is not well-formed."""
    provision, place = await _find_place(session, actor, now, comment.round, content)
    staging.note_revision(session, actor, now, comment)
    _write_content(comment, content, provision, place)
    comment.work.revision += 1
    await ask_co_signers(session, now, comment.round, comment, content.co_signer_ids)


async def file_draft(
    session: AsyncSession, actor: Actor, now: datetime, comment: Comment, *, can_leave_out: bool = False
) -> None:
    """File a draft that may be filed, and record it. With `can_leave_out` it leaves out those that have not signed."""
    await _ensure_on_terms(session, comment)
    signed, left_out = await settle_co_signers(session, comment, can_leave_out=can_leave_out)
    comment.work.status = COMMENT_LIFECYCLE.target("clear_comment", comment.work.status)
    comment.work.revision += 1
    cleared = DRAFT_LIFECYCLE.target("clear_comment", staging.stage_of(comment))
    staging.move_draft(session, comment, cleared)
    comment.co_signer_ids = signed
    await _file(session, actor, now, comment, comment.round)
    details = _details_of(comment) | ({"left_out": left_out} if left_out else {})
    await record(session, actor, policy.clear_comment, comment.id, now, **details)


async def _ensure_on_terms(session: AsyncSession, comment: Comment) -> None:
    """Refuse a draft that does not keep to the terms of its round: they can change until the round opens."""
    place = comment.provision_text_id
    key = (await session.get_one(ProvisionText, place)).provision_id if place else None
    content = Content(comment.type, comment.text, place, reason=comment.reason)
    if faults := terms.check_against_terms(content, key, comment.round):
        raise invalid(*faults, rule=terms.TERMS_RULE)


async def withdraw_comment(
    session: AsyncSession, actor: Actor, now: datetime, *, comment_id: str, expected_revision: int
) -> str:
    """Take a filed comment back before it is disposed of, and return its id. Its words stay on record."""
    comment = await queries.get_comment(session, actor, now, comment_id)
    policy.withdraw_comment.ensure(actor, facts_of(CommentFacts, comment), now)
    ensure_current("comment", comment.id, expected=expected_revision, current=comment.work.revision)
    before = comment.work.status
    comment.work.status = COMMENT_LIFECYCLE.target("withdraw_comment", before)
    comment.work.revision += 1
    await record(session, actor, policy.withdraw_comment, comment.id, now, round=comment.round_id, before=before)
    return comment.id


async def _write_comment(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    round_: Round,
    content: Content,
    *,
    is_signed_alone: bool = False,
) -> Comment:
    """Write a comment of the actor's party on a round and return it, not yet inserted."""
    if is_signed_alone and content.co_signer_ids:
        raise invalid(Issue("coSignerIds", IssueCode.SIGNED_AS_DRAFT))
    provision, place = await _find_place(session, actor, now, round_, content)
    comment = Comment(
        round_id=round_.id, party_id=actor.party_id, author_id=actor.delegate_id, drafted_at=now, submitted_at=None
    )
    comment.language = content.language or await language_of(session, actor)
    comment.co_signer_ids = []
    comment.representation_id = actor.representation_id or None
    _write_content(comment, content, provision, place)
    return comment


def _write_content(comment: Comment, content: Content, provision: ProvisionText | None, place: CommentPlace) -> None:
    """Write what a comment says, and where its quoted words stand, into its row."""
    quotation, added = content.quotation or Quotation(""), content.addition
    comment.provision_text_id, comment.position = (provision.id, provision.position) if provision else (None, 0)
    comment.type = content.type
    comment.text = content.text.strip()
    comment.reason = content.reason.strip()
    # As it stands in the provision: what was typed may differ from it in apostrophes and spaces.
    comment.quote_exact = provision.text[slice(*place.anchor)] if provision and place.anchor else None
    comment.quote_prefix, comment.quote_suffix = quotation.prefix, quotation.suffix
    comment.quote_start, comment.quote_end = place.anchor or (None, None)
    comment.proposed_wording = place.wording
    comment.covers_section = content.covers_section
    comment.cell = content.cell
    comment.addition_kind = added.kind if added else None
    comment.addition_title = added.title.strip() if added and added.title else None
    comment.addition_words = added.words.strip() if added else None
    comment.language = content.language or comment.language


async def _find_place(
    session: AsyncSession, actor: Actor, now: datetime, round_: Round, content: Content
) -> tuple[ProvisionText | None, CommentPlace]:
    """Return the provision of a comment, and its place there with the wording for it; None without a provision."""
    issues = checks.check_content(content)
    provision = None
    if content.provision_id:
        provision = await texts.get_provision(session, actor, now, content.provision_id)
        if provision.text_version_id != round_.text_version_id:
            issues.append(Issue("provisionId", IssueCode.PROVISION_UNKNOWN))
    key = provision.provision_id if provision else None
    if faults := terms.check_against_terms(content, key, round_):
        raise invalid(*terms.add_faults(faults, issues), rule=terms.TERMS_RULE)
    ensure_well_formed(issues)
    if provision is None:
        return None, CommentPlace(None, None)
    return provision, place_content(content, CommentGround(provision.kind, provision.printed_number, provision.text))


async def _get_replaceable(
    session: AsyncSession, actor: Actor, now: datetime, comment: Comment, replaces_id: str
) -> Comment:
    """Return the filed comment that a comment is to replace, locked, or refuse one of another party or round."""
    earlier = await queries.get_comment(session, actor, now, replaces_id)
    is_fit = (earlier.party_id, earlier.round_id) == (comment.party_id, comment.round_id)
    if not is_fit or earlier.work.status not in COMMENT_LIFECYCLE.sources_of("replace_comment"):
        raise invalid(Issue("replacesId", IssueCode.COMMENT_UNFIT))
    return earlier


def _details_of(comment: Comment) -> dict[str, Any]:
    """Return what the journal keeps of a comment that is filed."""
    details = {"round": comment.round_id, "number": comment.number, "content_digest": comment.content_digest}
    since = {"co_signers": comment.co_signer_ids, "replaces": comment.replaces_id}
    return details | {name: value for name, value in since.items() if value}


async def _file(session: AsyncSession, actor: Actor, now: datetime, comment: Comment, round_: Round) -> None:
    """Give a comment its number and reference, the instant and the delegate of its submission, and its digest.

    One that replaces another takes over its number, and that one ends. It is marked late if the round has closed. In a
    sealed round it also gets the commitment that binds the server before others may read it.
    """
    number, party, name = await queries.next_number(session, comment.round_id, comment.party_id)
    # Before anything is written, so that a draft is updated once.
    names = {"party": party, "short_name": name, **await names_of(session, actor, comment)}
    if comment.replaces_id:
        earlier = await queries.get_comment(session, actor, now, comment.replaces_id)
        policy.replace_comment.ensure(actor, facts_of(CommentFacts, earlier), now)
        earlier.work.status = COMMENT_LIFECYCLE.target("replace_comment", earlier.work.status)
        earlier.work.revision += 1
        comment.number, comment.filing = earlier.number, earlier.filing + 1
    else:
        # after the number, which locks the party: two that are filed at the same time count each other
        await _ensure_room(session, comment, round_)
        comment.number, comment.filing = number, 1
    comment.names_as_filed = names
    if round_.code:
        comment.reference = reference_of(f"{name} {round_.code}", comment.number or number, comment.filing)
    comment.is_late = None if accepts_at(round_.opens_at, round_.closes_at, now) else True
    comment.submitted_at = now
    comment.submitted_by_id = actor.delegate_id
    comment.representation_id = actor.representation_id or None
    content = content_of_comment(comment)
    comment.content_digest = sha256_of(content)
    if round_.visibility == RoundVisibility.AFTER_CLOSE:
        await commit_filing(session, round_.id, comment.id, now, content)


async def _ensure_room(session: AsyncSession, comment: Comment, round_: Round) -> None:
    """Refuse one comment more than the round takes from each party."""
    if round_.most_comments is None:
        return
    filed = await life.count_filed(session, round_.id, comment.party_id)
    if filed >= round_.most_comments:
        message = say_count(
            filed,
            "Your party has filed one comment in this round, which takes no more from each party.",
            "Your party has filed {} comments in this round, as many as it takes from each party.",
        )
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.LIMIT_REACHED, message, rule=terms.TERMS_RULE)
