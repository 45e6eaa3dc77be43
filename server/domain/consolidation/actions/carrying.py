"""Carrying open comments and pending proposals over to a version that is issued."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, case, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.consolidation.queries import carrying
from server.domain.consolidation.queries.carrying import OpenComment, PendingAmendment
from server.domain.consolidation.queries.checking import read_provisions
from server.domain.consolidation.rules.carrying import (
    Became,
    CarriedPlace,
    carry_amendment,
    carry_place,
    carry_section,
    returns_to_group,
)
from server.domain.consolidation.rules.changes import BaseText
from server.domain.consolidation.rules.outline import TextTree
from server.domain.texts.queries import reading as texts
from server.kernel.ids import new_id
from server.models.base import table_of
from server.models.proposals import CarriedAmendment, ProposalWork
from server.models.rounds import CarriedComment, CommentWork
from server.models.texts import ProvisionText, TextVersion
from server.storage.written import note_rows
from server.vocabulary.proposals import ASKING, PROPOSAL_LIFECYCLE, CarriedState, ProposalStatus
from server.vocabulary.rounds import COMMENT_LIFECYCLE, CommentStatus


async def carry_over(session: AsyncSession, version: TextVersion, base_id: str | None) -> None:
    """Carry the open comments and the pending proposals on earlier versions to one that is being issued.

    `base_id` is the version from which it was consolidated, None for an imported one. The number of statements does not
    depend on the number of comments, amendments and provisions.
    """
    standing = await texts.provisions_of(session, version.id)
    await _carry_comments(session, version, standing)
    await _carry_proposals(session, version, base_id, standing)


async def _carry_comments(session: AsyncSession, version: TextVersion, standing: Sequence[ProvisionText]) -> None:
    """Carry every open comment. What was put off is to be answered on the new version."""
    comments = await carrying.open_comments(session, version)
    if not comments:
        return
    of_sections = {comment.version_id for comment in comments if comment.covers_section}
    old = await carrying.read_texts(session, of_sections) if of_sections else {}
    places = await asyncio.to_thread(_find_places, comments, old, read_provisions(standing))
    ids = {p.provision_id: p.id for p in standing}
    rows = [
        {
            "id": new_id(CarriedComment.prefix),
            "comment_id": comment.id,
            "text_version_id": version.id,
            "provision_text_id": ids[place.key] if place.key else None,
            "start": place.start,
            "end": place.end,
            "state": place.state,
            "score": place.score,
        }
        for comment, place in zip(comments, places, strict=True)
    ]
    carried, work = table_of(CarriedComment), table_of(CommentWork)
    await session.execute(insert(carried), rows)
    note_rows(session, carried.name, [str(row["id"]) for row in rows])
    newest = (carried.c.comment_id == work.c.comment_id, carried.c.text_version_id == version.id)
    disposed = CommentStatus.DISPOSED
    again = case((work.c.status == disposed, COMMENT_LIFECYCLE.target("issue_version", disposed)), else_=work.c.status)
    statement = (
        update(work)
        .where(select(carried.c.id).where(*newest).exists())
        .values(
            carried_id=select(carried.c.id).where(*newest).scalar_subquery(),
            status=again,
            revision=work.c.revision + 1,
        )
    )
    await session.execute(statement)
    note_rows(session, work.name, [comment.id for comment in comments])


def _find_places(
    comments: Sequence[OpenComment], old: Mapping[str, Sequence[BaseText]], standing: Sequence[BaseText]
) -> list[CarriedPlace]:
    """Return where each comment is in the new version; `old` are the versions of those on whole sections."""
    new, words = TextTree(standing), {provision.key: provision.text for provision in standing}
    trees = {version_id: TextTree(provisions) for version_id, provisions in old.items()}
    return [
        carry_section(place.key, trees[version_id], new) if covers_section and place.key else carry_place(place, words)
        for _, place, version_id, covers_section in comments
    ]


async def _carry_proposals(
    session: AsyncSession, version: TextVersion, base_id: str | None, standing: Sequence[ProvisionText]
) -> None:
    """Carry every amendment of the pending proposals, and give those back to their group that were merged and lost."""
    amendments = await carrying.pending_amendments(session, version)
    if not amendments:
        return
    old = await carrying.read_texts(session, {each.version_id for each in amendments})
    became = await asyncio.to_thread(_carry_amendments, amendments, old, read_provisions(standing))
    rows = [
        {
            "id": new_id(CarriedAmendment.prefix),
            "amendment_id": amendment.id,
            "text_version_id": version.id,
            "state": result.state,
            "provision_id": result.key,
            "after_id": result.after,
            "wording": result.wording,
            "reason": "",
        }
        for amendment, result in zip(amendments, became, strict=True)
    ]
    await session.execute(insert(table_of(CarriedAmendment)), rows)
    note_rows(session, CarriedAmendment.__tablename__, [str(row["id"]) for row in rows])
    work = table_of(ProposalWork)
    moved = (
        update(work)
        .where(work.c.proposal_id == bindparam("of"))
        .values(text_version_id=version.id, status=bindparam("now"), revision=work.c.revision + 1)
    )
    statuses = _list_statuses(amendments, became, base_id)
    await session.execute(moved, [{"of": proposal, "now": status} for proposal, status in statuses.items()])
    note_rows(session, work.name, statuses)


def _carry_amendments(
    amendments: Sequence[PendingAmendment], old: dict[str, list[BaseText]], standing: Sequence[BaseText]
) -> list[Became]:
    """Return what becomes of each amendment. What is done or dropped stays so."""
    new = TextTree(standing)
    trees = {version_id: TextTree(provisions) for version_id, provisions in old.items()}
    none = TextTree(())
    return [
        carry_amendment(each.asked, trees.get(each.version_id, none), new)
        if each.state is None or each.state in ASKING
        else Became(each.state, each.asked.key, each.asked.after, each.asked.wording)
        for each in amendments
    ]


def _list_statuses(
    amendments: Sequence[PendingAmendment], became: Sequence[Became], base_id: str | None
) -> dict[str, ProposalStatus]:
    """Return the status of every proposal once it is on the new version."""
    states: dict[str, list[CarriedState]] = defaultdict(list)
    for amendment, result in zip(amendments, became, strict=True):
        states[amendment.proposal_id].append(result.state)
    return {
        each.proposal_id: PROPOSAL_LIFECYCLE.target("issue_version", each.status)
        if returns_to_group(each.status, states[each.proposal_id], was_merged=each.current_id == base_id)
        else each.status
        for each in amendments
    }
