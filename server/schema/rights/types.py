"""Who may do what, who may see what, and why: questions of the Secretariat."""

from datetime import datetime
from functools import cache
from typing import Annotated, Any

import strawberry
from sqlalchemy.ext.asyncio import AsyncConnection

from server.domain.rights.queries.answers import Object, find_rights
from server.domain.rights.queries.audience import audience_of
from server.domain.rights.rules.reach import Reach
from server.kernel.actor import Actor, Capacity
from server.kernel.ids import prefix_of
from server.kernel.scopes import Scope
from server.models.parties import Person
from server.schema.acts import AvailableAct
from server.schema.context import Context
from server.schema.reads.kinds import NOUNS, Noun
from server.schema.reads.offers import offers_of
from server.schema.reads.pages import bad_input
from server.schema.reads.roots import IDENTIFIER, render_value
from server.schema.vocabulary import vocabulary

for vocabulary_of_rights in (Reach, Scope):
    vocabulary(vocabulary_of_rights)

LARGEST_AUDIENCE = 1_000
FIRST_SHOWN = Annotated[int, strawberry.argument(description=f"How many onlookers, 1 to {LARGEST_AUDIENCE}.")]
SKIPPED = Annotated[int, strawberry.argument(description="How many onlookers to skip.")]
PERSON = Annotated[strawberry.ID, strawberry.argument(description="The person.")]
OBJECT = Annotated[
    strawberry.ID | None,
    strawberry.argument(description="An object: the answer then says what the person may do with it now."),
]


@strawberry.type(description="An act, how far it reaches for somebody, and why.")
class ActRight:
    """One act of one policy for one standing."""

    area: str = strawberry.field(description="The concept that the act belongs to.")
    act: str = strawberry.field(description="The act, by the name of its mutation.")
    scope: Scope = strawberry.field(description="What an application needs for it.")
    reach: Reach = strawberry.field(description="On which objects, whatever their state.")
    why: str = strawberry.field(description="Why, or why not: for whom the act is, and what of the person it turns on.")
    on_object: AvailableAct | None = strawberry.field(
        description="Whether they may do it now on the object asked about; null when it does not offer this act."
    )


@strawberry.type(description="Something that a person can speak as, could once or will, with the rights it gives.")
class StandingRights:
    """An accreditation, or a representation by which the person speaks for another party."""

    id: strawberry.ID = strawberry.field(description="The accreditation or the representation.")
    delegate_id: strawberry.ID = strawberry.field(description="The accreditation of the person.")
    party_id: strawberry.ID = strawberry.field(description="The party spoken for.")
    party_name: str = strawberry.field(description="Its name.")
    capacity: Capacity = strawberry.field(description="Its capacity.")
    on_behalf: bool = strawberry.field(description="Whether the person speaks for it on behalf, by a representation.")
    grounds: list[str] = strawberry.field(
        description="What it rests on, with dates: the accreditation, the function of focal point, bodies led."
    )
    hindrance: str | None = strawberry.field(
        description="Why it counts for nothing today, such as 'suspended since 2018-09-01'; null when it counts."
    )
    sees_object: bool | None = strawberry.field(
        description="Whether they see the object asked about by this; null when none was asked about."
    )
    acts: list[ActRight] = strawberry.field(description="Every act of every concept.")


@strawberry.type(description="What a person may do, for everything that they can speak as, and why.")
class PersonRights:
    """The answer to `rights`."""

    person_id: strawberry.ID = strawberry.field(description="The person.")
    name: str = strawberry.field(description="Their name.")
    suspended_at: datetime | None = strawberry.field(description="Since when they are suspended, null if they are not.")
    standings: list[StandingRights] = strawberry.field(description="What they can speak as, oldest first.")


@strawberry.type(name="Onlooker", description="Somebody who sees an object, and why.")
class OnlookerType:
    """The GraphQL form of `server.domain.rights.queries.audience.Onlooker`."""

    id: strawberry.ID = strawberry.field(description="The accreditation, or the representation on behalf of the party.")
    delegate_id: strawberry.ID = strawberry.field(description="The accreditation of the person.")
    person_name: str = strawberry.field(description="Who.")
    party_id: strawberry.ID = strawberry.field(description="The party they speak for.")
    party_name: str = strawberry.field(description="Its name.")
    capacity: Capacity = strawberry.field(description="Its capacity.")
    is_focal_point: bool = strawberry.field(description="Whether they are a focal point today.")
    on_behalf: bool = strawberry.field(description="Whether they speak for the party on behalf, by a representation.")
    reasons: list[str] = strawberry.field(description="By which of the ways to see the object they see it, in words.")


@strawberry.type(description="Everybody who sees an object today, by party and name.")
class Audience:
    """The answer to `audience`."""

    object_id: strawberry.ID = strawberry.field(description="The object.")
    total_count: int = strawberry.field(description="How many see it.")
    onlookers: list[OnlookerType] = strawberry.field(description="Those asked for.")


@strawberry.type
class RightsQueries:
    """Root fields about rights. Nobody but the Secretariat asks them: for others there is nothing here."""

    @strawberry.field(
        description="What a person may do and why, for everything that they can speak as. For the Secretariat; null "
        "for others, for a person who is not known and for an object that the caller does not see."
    )
    async def rights(self, info: strawberry.Info, person_id: PERSON, object_id: OBJECT = None) -> PersonRights | None:
        """Return the rights of a person, on an object if one is given; None if the caller may not ask or sees none."""
        context: Context = info.context
        if not _may_ask(context.actor) or prefix_of(person_id) != Person.prefix:
            return None
        async with context.database.reading() as connection:
            subject = None
            if object_id is not None:
                subject = await _find_object(connection, info, object_id, person_id)
                if subject is None:
                    return None
            person_rights = await find_rights(connection, context.now, person_id, subject)
        return render_value(info, person_rights)  # type: ignore[no-any-return]

    @strawberry.field(
        description="Who sees an object today, and why. For the Secretariat; null for others, and for an object that "
        "does not exist or that the caller does not see."
    )
    async def audience(
        self, info: strawberry.Info, object_id: IDENTIFIER, first: FIRST_SHOWN = 100, skip: SKIPPED = 0
    ) -> Audience | None:
        """Return the audience of an object; None if the caller may not ask or does not see the object."""
        context: Context = info.context
        if not 1 <= first <= LARGEST_AUDIENCE or skip < 0:
            raise bad_input(f"Ask for 1 to {LARGEST_AUDIENCE} onlookers.")
        _, noun = _map_nouns().get(prefix_of(object_id) or "", ("", None))
        if noun is None or not _may_ask(context.actor):
            return None
        async with context.database.reading() as connection:
            actor, now = context.actor, context.now
            onlookers = await audience_of(connection, actor, now, noun.model, noun.visible, object_id)
        page: Any = onlookers[skip : skip + first]
        audience = Audience(object_id=object_id, total_count=len(onlookers), onlookers=page) if onlookers else None
        return render_value(info, audience)  # type: ignore[no-any-return]


def _may_ask(actor: Actor) -> bool:
    """Return whether the caller is of the Secretariat and reads through an application that may read."""
    return actor.is_secretariat and actor.reads


@cache
def _map_nouns() -> dict[str, tuple[str, Noun]]:
    """Return every noun with the name of its type, by the prefix of its ids."""
    return {noun.prefix: (name, noun) for name, noun in NOUNS.items() if noun.prefix}


async def _find_object(
    connection: AsyncConnection, info: strawberry.Info, object_id: str, person_id: str
) -> Object | None:
    """Return an object with the standings by which a person sees it; None if the caller does not see it."""
    context: Context = info.context
    actor, now = context.actor, context.now
    name, noun = _map_nouns().get(prefix_of(object_id) or "", ("", None))
    if noun is None:
        return None
    object_type: Any = info._raw_info.schema.type_map[name]
    offers = await offers_of(connection, object_type, object_id, actor, now)
    if offers is None:
        return None
    onlookers = await audience_of(connection, actor, now, noun.model, noun.visible, object_id, person_id=person_id)
    return Object(frozenset(onlooker.id for onlooker in onlookers), offers)
