"""Reading a provision with everything inside it."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from server.domain.texts.queries.reading import visible_provisions
from server.domain.texts.rules.provisions import keys_inside
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.models.texts import ProvisionText


class Section(NamedTuple):
    """A provision with everything inside it: the ids of their words in reading order, and all words."""

    provision_ids: list[str]
    text: str


async def find_section(session: AsyncSession, actor: Actor, now: datetime, provision_text_id: str) -> Section | None:
    """Return a provision of a version with everything inside it, None unless the actor sees the version."""
    if prefix_of(provision_text_id) != ProvisionText.prefix:
        return None
    of_version = aliased(ProvisionText)
    statement = (
        select(of_version)
        .join(ProvisionText, ProvisionText.text_version_id == of_version.text_version_id)
        .where(ProvisionText.id == provision_text_id, visible_provisions(ProvisionText))
        .order_by(of_version.position)
    )
    rows = {row.provision_id: row for row in await session.scalars(statement, actor.parameters(now))}
    root = next((row.provision_id for row in rows.values() if row.id == provision_text_id), None)
    if root is None:
        return None
    section = [rows[key] for key in keys_inside(root, ((row.provision_id, row.parent_id) for row in rows.values()))]
    lines = (f"{row.printed_number} {row.text}".strip() for row in section)
    return Section([row.id for row in section], "\n".join(line for line in lines if line))
