"""Saying amendments as instructions in words, and trying such instructions on a text. Nothing is written."""

import asyncio
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.proposals.queries import visible_proposals
from server.domain.proposals.rules.contents import AmendmentContent
from server.domain.proposals.rules.instructing import (
    InstructedText,
    InstructionPreview,
    check_instructions,
    instructions_of,
)
from server.domain.texts.queries.reading import visible_versions
from server.domain.texts.queries.referring import numbered_of, own_names_of
from server.kernel.actor import Actor
from server.kernel.refusals import ensure_well_formed
from server.models.proposals import Amendment, AmendmentProposal
from server.models.texts import ProvisionText, TextVersion
from server.storage.rows import WANTED, find_row

_VERSION_ID = select(TextVersion.id).where(TextVersion.id == WANTED, visible_versions(TextVersion))
_BASIS = select(AmendmentProposal.text_version_id).where(
    AmendmentProposal.id == WANTED, visible_proposals(AmendmentProposal)
)


async def preview_instructions(
    session: AsyncSession, actor: Actor, now: datetime, version_id: str, words: str, language: str
) -> tuple[InstructionPreview, dict[str, str]] | None:
    """Return what instructions make of a version, and the id in it of each provision by permanent key.

    None unless the actor is a delegate who sees the version. Refuse words that are empty, too long or hold U+0000.
    """
    visible = await find_row(session, actor, now, _VERSION_ID, version_id)
    if visible is None or not actor.reads:
        return None
    ensure_well_formed(check_instructions(words))
    text = await _read_text(session, version_id)
    preview = await asyncio.to_thread(text.preview, words, language)
    named = {key for each in preview.amendments for key in (each.content.provision_id, each.content.after_id) if key}
    in_version = (ProvisionText.text_version_id == version_id, ProvisionText.provision_id.in_(named))
    rows = await session.execute(select(ProvisionText.provision_id, ProvisionText.id).where(*in_version))
    return preview, {row.provision_id: row.id for row in rows}


async def say_amendments(
    session: AsyncSession, actor: Actor, now: datetime, proposal_id: str, language: str
) -> dict[str, str | None] | None:
    """Return the instruction for each amendment of a proposal, on the version that it was filed on, by its id.

    None unless the actor sees the proposal. An amendment that changes nothing there has none.
    """
    version_id = await find_row(session, actor, now, _BASIS, proposal_id)
    if version_id is None:
        return None
    statement = select(Amendment).where(Amendment.proposal_id == proposal_id).order_by(Amendment.position)
    amendments = {each.id: _content_of(each) for each in await session.scalars(statement)}
    text = await _read_text(session, version_id)
    return await asyncio.to_thread(instructions_of, text, amendments, language)


def _content_of(amendment: Amendment) -> AmendmentContent:
    return AmendmentContent._make(getattr(amendment, name) for name in AmendmentContent._fields)


async def _read_text(session: AsyncSession, version_id: str) -> InstructedText:
    own_names = await own_names_of(session, version_id)
    return await asyncio.to_thread(InstructedText, await numbered_of(session, version_id), own_names)
