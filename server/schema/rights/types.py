"""Who may do what, who may see what, and why: questions of the Secretariat."""

from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any

import strawberry
from sqlalchemy.ext.asyncio import AsyncConnection

from server.domain.rights.queries.answers import Object, find_rights
from server.domain.rights.queries.audience import Onlooker, audience_of
from server.domain.rights.rules.reach import Reach
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.models import parties as tables
from server.schema.act_names import ActName
from server.schema.acts import AvailableAct
from server.schema.context import Context
from server.schema.parties.types import Delegate, Party, Person
from server.schema.reads.kinds import NOUNS, Node, Noun, edge
from server.schema.reads.offers import offers_of
from server.schema.reads.pages import Connection, connection_field
from server.schema.reads.roots import IDENTIFIER, node_of
from server.schema.reads.values import render_value, show_page
from server.schema.scopes import Scope
from server.schema.vocabulary import vocabulary

vocabulary(Reach)

PERSON = Annotated[strawberry.ID, strawberry.argument(description="Id of the person.")]
OBJECT = Annotated[
    strawberry.ID | None,
    strawberry.argument(description="Id of an object; the answer then says what the person may do with it now."),
]


@strawberry.type(description="One act, how far a person may do it by one standing, and why.")
class ActRight:
    """One act of one policy for one standing."""

    area: str = strawberry.field(description="Concept that the act belongs to, such as 'Rounds'.")
    act: ActName = strawberry.field(description="The act, which is named after its mutation.")
    scope: Scope = strawberry.field(description="Scope that an application needs to do the act for the person.")
    reach: Reach = strawberry.field(description="On which objects the person may do the act, whatever their state.")
    why: str = strawberry.field(description="Why the person may do the act, or why not, in words.")
    on_object: AvailableAct | None = strawberry.field(
        description="Whether the person may do the act on the given object now; null without an object, or if it "
        "does not offer the act."
    )


@strawberry.type(
    description="What a person may do by one standing, past and future standings included: an accreditation, "
    "or a representation by which the person speaks for another party."
)
class StandingRights:
    """An accreditation, or a representation by which the person speaks for another party."""

    id: strawberry.ID = strawberry.field(description="Id of the accreditation or of the representation.")
    delegate: Delegate | None = edge(
        "The accreditation of the person; of the same id as the standing unless `isOnBehalf`.", "delegate_id"
    )
    party: Party | None = edge("The party that the person speaks for.", "party_id")
    is_on_behalf: bool = strawberry.field(
        description="Whether the person speaks by a representation, as a delegate of another party."
    )
    grounds: list[str] = strawberry.field(
        description="What the standing rests on, in words with dates: accreditation, function of focal point, "
        "functions in bodies."
    )
    hindrance: str | None = strawberry.field(
        description="Why the standing gives no rights today, such as 'suspended since 2018-09-01'; null if it "
        "gives rights."
    )
    sees_object: bool | None = strawberry.field(
        name="canSeeObject",
        description="Whether the person sees the given object by this standing; null without an object.",
    )
    acts: list[ActRight] = strawberry.field(description="Every act there is, by concept.")


@strawberry.type(description="What a person may do by each of their standings, and why.")
class PersonRights:
    """The answer to `rights`."""

    person: Person | None = edge("The person.", "person_id")
    standings: list[StandingRights] = strawberry.field(
        description="Accreditations of the person, then representations, each with the one that begins first at "
        "the front."
    )


@strawberry.type(name="Onlooker", description="Somebody who sees an object, and why.")
class OnlookerType:
    """The GraphQL form of `server.domain.rights.queries.audience.Onlooker`."""

    id: strawberry.ID = strawberry.field(
        description="Id of the accreditation, or of the representation by which they speak for the party."
    )
    delegate: Delegate | None = edge(
        "The accreditation of the person; of the same id as the onlooker unless `isOnBehalf`.", "delegate_id"
    )
    party: Party | None = edge("The party that they speak for.", "party_id")
    is_focal_point: bool = strawberry.field(
        description="Whether the person is a focal point of their own party today (UTC)."
    )
    is_on_behalf: bool = strawberry.field(
        description="Whether they speak by a representation, as a delegate of another party."
    )
    reasons: list[str] = strawberry.field(
        description="Why they see the object, in words, such as 'the Secretariat'; at least one."
    )


async def _resolve_onlookers(root: Any, info: strawberry.Info) -> Any:
    """Return a page of the onlookers of an object, rendered."""
    name = f"Audience.onlookers {root.object_id}"
    return await show_page(info, root.everybody, lambda onlooker: f"{onlooker.id} {onlooker.delegate_id}", name)


@strawberry.type(description="Everybody who sees an object today.")
class Audience:
    """The answer to `audience`."""

    object_id: strawberry.Private[str]
    everybody: strawberry.Private[Sequence[Onlooker]]
    onlookers: Connection[OnlookerType] = connection_field(
        "Those who see it, by full name of the party and then name of the person.", {}, resolver=_resolve_onlookers
    )

    @strawberry.field(description="The object.")
    async def object(self, info: strawberry.Info) -> Node | None:
        """Return the object, rendered."""
        return await node_of(info, self.object_id)  # type: ignore[no-any-return]


@strawberry.type
class RightsQueries:
    """Root fields about rights; they answer null unless the caller is of the Secretariat."""

    @strawberry.field(
        description="What a person may do by each of their standings, and why. Null unless the caller is of the "
        "Secretariat, for an unknown person, and for an object that the caller does not see."
    )
    async def rights(self, info: strawberry.Info, person_id: PERSON, object_id: OBJECT = None) -> PersonRights | None:
        """Return the rights of a person, on an object if one is given; None if the caller may not ask or sees none."""
        context: Context = info.context
        if not _may_ask(context.actor) or prefix_of(person_id) != tables.Person.prefix:
            return None
        async with context.database.reading() as connection:
            subject = None
            if object_id is not None:
                subject = await _find_object(connection, info, object_id, person_id)
                if subject is None:
                    return None
            person_rights = await find_rights(connection, context.now, person_id, subject)
        return await render_value(info, person_rights)  # type: ignore[no-any-return]

    @strawberry.field(
        description="Everybody who sees an object today, and why. Null unless the caller is of the Secretariat "
        "and sees the object."
    )
    async def audience(self, info: strawberry.Info, object_id: IDENTIFIER) -> Audience | None:
        """Return the audience of an object; None if the caller may not ask or does not see the object."""
        context: Context = info.context
        _, noun = _map_nouns().get(prefix_of(object_id) or "", ("", None))
        if noun is None or not _may_ask(context.actor):
            return None
        async with context.database.reading() as connection:
            actor, now = context.actor, context.now
            onlookers = await audience_of(connection, actor, now, noun.model, noun.visible, object_id)
        return Audience(object_id=object_id, everybody=onlookers) if onlookers else None


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
