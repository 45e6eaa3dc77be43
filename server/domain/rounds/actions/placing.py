"""Confirming or naming the place of a comment that was carried to a later version."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.rounds import policy, queries
from server.domain.rounds.rules.anchoring import locate_words
from server.domain.rounds.rules.facts import CommentFacts
from server.domain.texts.queries import reading as texts
from server.domain.texts.rules.provisions import check_cells
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_current, ensure_well_formed, invalid
from server.models.rounds import CarriedComment, Comment
from server.models.texts import ProvisionText
from server.vocabulary.rounds import PlaceState
from server.wording.anchors import Anchor, Quotation


async def confirm_carried_comment(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    comment_id: str,
    provision_key: str | None = None,
    quotation: Quotation | None = None,
    expected_revision: int,
) -> str:
    """Confirm the place of a comment in the version to which it was carried, or name another; return the comment's id.

    Without a provision and a quotation the place that was found is confirmed, which an orphan has not. A quotation
    gives words of `provision_key`, or of the provision that the comment is on.
    """
    comment = await queries.get_comment(session, actor, now, comment_id)
    policy.confirm_carried_comment.ensure(actor, facts_of(CommentFacts, comment), now)
    ensure_current("comment", comment.id, expected=expected_revision, current=comment.work.revision)
    carried = comment.work.carried
    assert carried is not None  # the policy refuses a comment that was not carried
    if provision_key is not None or quotation is not None:
        await _write_place(session, carried, provision_key, quotation)
    elif carried.state == PlaceState.ORPHAN:
        raise invalid(Issue("quotation", IssueCode.ORPHANED))
    _ensure_cells(comment, carried)
    carried.state, carried.decided_by_id, carried.decided_at = PlaceState.CONFIRMED, actor.delegate_id, now
    comment.work.revision += 1
    place = {"provision": carried.provision_text_id, "start": carried.start, "end": carried.end}
    await record(
        session, actor, policy.confirm_carried_comment, comment.id, now, version=carried.text_version_id, **place
    )
    return comment.id


async def _write_place(
    session: AsyncSession, carried: CarriedComment, provision_key: str | None, quotation: Quotation | None
) -> None:
    """Write the place that a party names; without a quotation it is the whole provision."""
    provision: ProvisionText | None = carried.provision_text
    if provision_key is not None:
        provision = await texts.find_provision(session, carried.text_version_id, provision_key)
    if provision is None:
        raise invalid(Issue("provisionKey", IssueCode.KEY_UNKNOWN))
    anchor: Anchor | tuple[None, None] = (None, None)
    if quotation is not None:
        ensure_well_formed([] if quotation.exact else [Issue("quotation.exact", IssueCode.EMPTY)])
        anchor = locate_words(quotation, provision.text)
    carried.provision_text, carried.provision_text_id = provision, provision.id
    carried.start, carried.end = anchor


def _ensure_cells(comment: Comment, carried: CarriedComment) -> None:
    """Refuse a place at which the wording of the comment would change the number of cells of a row."""
    provision, wording = carried.provision_text, comment.proposed_wording
    if provision is None or wording is None:
        return
    result = (
        wording if carried.end is None else provision.text[: carried.start] + wording + provision.text[carried.end :]
    )
    ensure_well_formed(check_cells("quotation", provision.kind, provision.text, result))
