"""Gathering the accepted and refused changes of a version, and the reasons why an accepted wording does not stand."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, case, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from server.domain.consolidation.queries import settlements
from server.domain.consolidation.queries.pending import is_on
from server.domain.consolidation.rules.carrying import reword
from server.domain.consolidation.rules.changes import Accepted, Form
from server.domain.proposals.queries import CURRENT_VERSION
from server.models.bodies import Decision
from server.models.consolidation import AppliedChange, ConflictSide, TextConflict, TextCorrection
from server.models.deferring import is_put_off
from server.models.proposals import Amendment, AmendmentProposal, AmendmentView, CarriedAmendment, ProposalWork
from server.models.rounds import CarriedComment, Comment, CommentWork, Disposition, Round
from server.models.texts import ProvisionText, TextVersion
from server.models.triage import CommentPoint
from server.vocabulary.consolidation import STRUCTURAL, ConflictStatus, CorrectionStatus
from server.vocabulary.proposals import ASKING, AmendmentKind, GroupView, ProposalStatus
from server.vocabulary.rounds import ACCEPTING, CommentStatus, DispositionVerdict, PlaceState, RoundStatus
from server.vocabulary.texts import UnitKind
from server.wording.hunks import Hunk, hunks_between

CARRIED_ON = (ProposalStatus.AGREED, ProposalStatus.APPROVED)
"""Proposals whose agreed amendments go into the text."""


async def gather(session: AsyncSession, version_id: str, at: datetime) -> tuple[list[Accepted], list[Accepted]]:
    """Return (accepted, refused): everything that was asked of a version, by what was recorded of it.

    What was put off at the instant `at`, when the consolidation began, is left out of both.

    Comments by their disposition, amendments by the group's view, and the words from before a correction that a party
    objected to after the version was issued.
    """
    accepted, refused = await answered_wordings(session, version_id)
    agreed, not_agreed = await viewed_amendments(session, version_id, at)
    return accepted + agreed + await undone_corrections(session, version_id), refused + not_agreed


async def undone_corrections(session: AsyncSession, version_id: str) -> list[Accepted]:
    """Return the corrections of an issued version that parties objected to, as changes that take them back."""
    issued_at = select(TextVersion.issued_at).where(TextVersion.id == version_id).scalar_subquery()
    was_issued = or_(TextCorrection.status == CorrectionStatus.STANDS, TextCorrection.objected_at > issued_at)
    in_version = select(TextCorrection).where(TextCorrection.text_version_id == version_id, was_issued)
    rows = (await session.scalars(in_version.order_by(TextCorrection.provision_id, TextCorrection.start))).all()
    shifts: dict[str, int] = defaultdict(int)
    undone = []
    for row in rows:
        start = row.start + shifts[row.provision_id]
        shifts[row.provision_id] += len(row.replacement) - (row.end - row.start)
        if row.status == CorrectionStatus.OBJECTED:
            hunk = Hunk(start, start + len(row.replacement), row.before)
            party, key = row.objecting_party_id or "", row.provision_id
            undone.append(Accepted(row.id, row.id, party, AmendmentKind.MODIFY, key, (hunk,), row.before))
    return undone


async def answered_wordings(session: AsyncSession, version_id: str) -> tuple[list[Accepted], list[Accepted]]:
    """Return (accepted, refused): the wordings of comments on a version and of those carried to it, by their verdict.

    The wording of an accepted change is the one that was accepted. The comparisons are made outside the event loop.
    """
    new, answer = aliased(ProvisionText), aliased(Disposition)
    worded = and_(CommentPoint.comment_id == Comment.id, CommentPoint.has_wording)
    statement = (
        # A wording is refused by the answer to its point: that to the whole comment may be about another point.
        select(Comment, Disposition, answer.verdict, ProvisionText, CarriedComment, new)
        .join(Round, Round.id == Comment.round_id)
        .join(CommentWork, CommentWork.comment_id == Comment.id)
        .join(Disposition, Disposition.id == CommentWork.disposition_id)
        .outerjoin(CommentPoint, worded)
        .outerjoin(answer, answer.id == CommentPoint.disposition_id)
        .outerjoin(ProvisionText, ProvisionText.id == Comment.provision_text_id)
        .outerjoin(CarriedComment, CarriedComment.id == CommentWork.carried_id)
        .outerjoin(new, new.id == CarriedComment.provision_text_id)
        .where(
            is_on(version_id),
            Round.status != RoundStatus.CANCELLED,
            CommentWork.status == CommentStatus.DISPOSED,
            or_(Comment.provision_text_id.is_not(None), Comment.addition_kind.is_not(None)),
        )
        .order_by(Comment.submitted_at, Comment.id)
    )
    return await asyncio.to_thread(_sort_by_verdict, (await session.execute(statement)).all())


def _sort_by_verdict(rows: Sequence[Any]) -> tuple[list[Accepted], list[Accepted]]:
    """Sort the answered comments with a wording into (accepted, refused)."""
    accepted: list[Accepted] = []
    refused: list[Accepted] = []
    for comment, disposition, verdict, provision, carried, new in rows:
        changes = _build_changes(comment, disposition, provision, carried, new)
        if disposition.verdict in ACCEPTING:
            accepted += changes
        elif (verdict or disposition.verdict) == DispositionVerdict.NOT_ACCEPTED:
            refused += changes
    return accepted, refused


def _build_changes(
    comment: Comment,
    disposition: Disposition,
    provision: ProvisionText | None,
    carried: CarriedComment | None,
    new: ProvisionText | None,
) -> list[Accepted]:
    """Return what an answered comment asks for: a wording, or a new provision; nothing for one without a place."""
    # An orphan has no place, and nothing is accepted of it before it has one.
    if provision is not None and carried and (new is None or carried.state == PlaceState.ORPHAN):
        return []
    if comment.addition_kind is not None:
        anchor = (new if carried else provision) if provision else None
        return _build_additions(comment, disposition, anchor.provision_id if anchor else None)
    wording = disposition.wording if disposition.wording is not None else comment.proposed_wording
    if wording is None or provision is None:
        return []
    hunks = carried_hunks(provision.text, comment, new.text, carried, wording) if carried and new else None
    return [
        Accepted(
            source=comment.id,
            decision=disposition.id,
            party=comment.party_id,
            kind=AmendmentKind.MODIFY,
            key=new.provision_id if carried and new else provision.provision_id,
            hunks=hunks_of(provision.text, comment, wording) if hunks is None else hunks,
            wording=wording,
        )
    ]


def _build_additions(comment: Comment, disposition: Disposition, after: str | None) -> list[Accepted]:
    """Return the provisions that a comment adds: one, or a heading with its title and a paragraph behind it.

    Their permanent keys come from the identifier of the comment, so that making the version twice makes the same ones.
    """
    words = disposition.wording if disposition.wording is not None else comment.addition_words or ""
    parts = [(comment.addition_kind, words)]
    if comment.addition_title:
        parts = [(comment.addition_kind, comment.addition_title)]
        parts += [(UnitKind.PARAGRAPH, words)] if words else []
    changes = []
    for number, (kind, text) in enumerate(parts):
        key = "PRV" + comment.id[3:] if number == 0 else f"PRV{comment.id[3:-1]}{'0' if comment.id[-1] != '0' else '1'}"
        changes.append(
            Accepted(
                source=comment.id,
                decision=disposition.id,
                party=comment.party_id,
                kind=AmendmentKind.ADD,
                key=key,
                wording=text,
                after=after,
                form=Form(kind, None, None),
            )
        )
        after = key
    return changes


def hunks_of(text: str, comment: Comment, wording: str) -> tuple[Hunk, ...]:
    """Return the hunks of a wording on the provision's text.

    The wording stands in place of the quoted words, or of all words.
    """
    if comment.quote_start is None or comment.quote_end is None:
        return hunks_between(text, wording)
    return hunks_between(text, text[: comment.quote_start] + wording + text[comment.quote_end :])


def carried_hunks(
    old_text: str, comment: Comment, new_text: str, carried: CarriedComment, wording: str
) -> tuple[Hunk, ...]:
    """Return the hunks of a wording on the version to which its comment was carried.

    What it changes of the words that it was made for, it changes of those at its place.
    """
    quoted = old_text[slice(comment.quote_start, comment.quote_end)]
    start, end = carried.start or 0, len(new_text) if carried.end is None else carried.end
    words = reword(quoted, new_text[start:end], wording)
    return hunks_between(new_text, new_text[:start] + words + new_text[end:])


async def viewed_amendments(
    session: AsyncSession, version_id: str, at: datetime
) -> tuple[list[Accepted], list[Accepted]]:
    """Return (accepted, refused): the amendments to a version, and those carried to it, by the group's view on them.

    Those that ask for nothing any more are left out, because the text says it already or they were dropped, and those
    of proposals that were put off at the instant `at`.
    """
    at_version = (CarriedAmendment.amendment_id == Amendment.id) & (CarriedAmendment.text_version_id == version_id)
    key = case((CarriedAmendment.id.is_(None), Amendment.provision_id), else_=CarriedAmendment.provision_id)
    statement = (
        select(Amendment, AmendmentView, AmendmentProposal, CarriedAmendment, ProvisionText.text)
        .join(AmendmentProposal, AmendmentProposal.id == Amendment.proposal_id)
        .join(ProposalWork, ProposalWork.proposal_id == AmendmentProposal.id)
        .join(AmendmentView, AmendmentView.amendment_id == Amendment.id)
        .outerjoin(CarriedAmendment, at_version)
        .outerjoin(ProvisionText, (ProvisionText.provision_id == key) & (ProvisionText.text_version_id == version_id))
        .where(
            version_id == CURRENT_VERSION,
            ProposalWork.status.in_(CARRIED_ON),
            not_(is_put_off(ProposalWork, at.date(), at, at)),
            or_(CarriedAmendment.id.is_(None), CarriedAmendment.state.in_(ASKING)),
        )
        .order_by(ProposalWork.number, Amendment.position)
    )
    accepted: list[Accepted] = []
    refused: list[Accepted] = []
    for amendment, view, proposal, carried, text in await session.execute(statement):
        change = build_change(amendment, carried or amendment, view.id, proposal, text or "")
        if view.view == GroupView.AGREED:
            accepted.append(change)
        elif view.view == GroupView.NOT_AGREED:
            refused.append(change)
    return accepted, refused


def build_change(
    amendment: Amendment,
    content: Amendment | CarriedAmendment,
    decision: str,
    proposal: AmendmentProposal,
    text: str,
) -> Accepted:
    """Return an amendment as a change; `content` is the amendment, or what it asks for since it was carried.

    The new provision of ADD takes its permanent key from the amendment's identifier, so that making the version twice
    makes the same provision.
    """
    adds = amendment.kind == AmendmentKind.ADD
    wording = content.wording or ""
    hunks: tuple[Hunk, ...] = ()
    if amendment.kind == AmendmentKind.MODIFY:
        hunks = hunks_between(text, wording)
    elif amendment.kind == AmendmentKind.DELETE:
        hunks = (Hunk(0, len(text), ""),)
    return Accepted(
        source=amendment.id,
        decision=decision,
        party=proposal.party_id,
        kind=amendment.kind,
        key="PRV" + amendment.id[3:] if adds else content.provision_id or "",
        hunks=hunks,
        wording=wording,
        after=content.provision_id if adds else content.after_id,
        proposal=proposal.id,
        is_whole=not proposal.is_severable,
        form=form_of(amendment),
    )


def form_of(amendment: Amendment) -> Form:
    """Return what an amendment says about the form of the provision that it adds."""
    return Form(amendment.unit_kind, amendment.level, amendment.printed_number)


class Settled(NamedTuple):
    """The sources of the sides of settled conflicts.

    `lost` are those that lost a conflict or were met half-way, with the reason of the settlement. `prevailed` are those
    of words that the settlements took over, `placed` those of placements that they let stand.
    """

    lost: dict[str, str]
    prevailed: set[str]
    placed: set[str]


async def settled_sources(session: AsyncSession, consolidation_id: str) -> Settled:
    """Return the sources of the settled conflicts of a consolidation."""
    statement = (
        select(ConflictSide, TextConflict)
        .join(TextConflict, TextConflict.id == ConflictSide.conflict_id)
        .where(TextConflict.consolidation_id == consolidation_id, TextConflict.status == ConflictStatus.SETTLED)
    )
    settled = Settled({}, set(), set())
    for side, conflict in (await session.execute(statement)).all():
        if not settlements.prevails(side, conflict):
            settled.lost[side.source_id] = conflict.reason
        else:
            (settled.placed if conflict.kind in STRUCTURAL else settled.prevailed).add(side.source_id)
    return settled._replace(prevailed=settled.prevailed - settled.lost.keys())


async def decided_revisions(session: AsyncSession, consolidation_id: str) -> dict[str, str]:
    """Return the reasons of the revisions with a decision behind them, by permanent key of the provision."""
    statement = select(AppliedChange.provision_id, AppliedChange.reason).where(
        AppliedChange.consolidation_id == consolidation_id, AppliedChange.decision_id.startswith(Decision.prefix)
    )
    return {row.provision_id: row.reason for row in await session.execute(statement)}
