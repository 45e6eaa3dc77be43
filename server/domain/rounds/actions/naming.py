"""Reading what a comment takes from the register when it is written and filed: names as they are then, a language."""

from typing import Any

from sqlalchemy import String, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from server.kernel.actor import Actor
from server.models.parties import Party, Person, Representation
from server.models.rounds import Comment
from server.storage.rows import WANTED

_BY = aliased(Party)
_LANGUAGE = select(Person.language).where(Person.id == WANTED)
_PARTIES = select(Party.id, Party.name).where(Party.id.in_(bindparam("wanted", expanding=True)))
_REPRESENTING = (
    select(_BY.name)
    .join(Representation, Representation.by_party_id == _BY.id)
    .where(Representation.id == bindparam("wanted", type_=String))
)


async def language_of(session: AsyncSession, actor: Actor) -> str:
    """Return the tag of the language in which a person wants to be addressed."""
    language = (await session.scalars(_LANGUAGE, {"wanted": actor.person_id})).one()
    return language.tag


async def names_of(session: AsyncSession, actor: Actor, comment: Comment) -> dict[str, Any]:
    """Return the names of the person and of the other parties in a filing, as its receipt says them for ever."""
    names: dict[str, Any] = {"submitted_by": actor.name, "co_signers": []}
    if comment.co_signer_ids:
        rows = await session.execute(_PARTIES, {"wanted": comment.co_signer_ids})
        names_by_id = {row.id: row.name for row in rows}
        names["co_signers"] = [names_by_id[each] for each in comment.co_signer_ids]
    if actor.representation_id:
        names["represented_by"] = await session.scalar(_REPRESENTING, {"wanted": actor.representation_id})
    return names
