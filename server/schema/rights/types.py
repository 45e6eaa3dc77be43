"""Who may do what, who may see what, and why: questions of the Secretariat."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Annotated, Any, NamedTuple

import strawberry
from graphql import GraphQLObjectType
from sqlalchemy import String, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.domain.rights.queries.audience import audience_of
from server.domain.rights.queries.grounds import Ground, actors_of, grounds_of
from server.domain.rights.rules.areas import POLICIES
from server.domain.rights.rules.reach import Reach, scope_of
from server.domain.rights.rules.reasons import Right, right_of
from server.kernel.actor import Actor, Capacity
from server.kernel.acts import Verdict
from server.kernel.facts import paths_of
from server.kernel.ids import prefix_of
from server.kernel.refusals import RefusalCode, graphql_name
from server.kernel.scopes import Scope
from server.models.parties import Person
from server.schema.acts import AvailableAct
from server.schema.context import Context
from server.schema.reads.kinds import NOUNS, Computed, Noun, read_of
from server.schema.reads.pages import bad_input
from server.schema.reads.roots import IDENTIFIER, render_value
from server.schema.reads.shape import Shape
from server.schema.vocabulary import vocabulary

for vocabulary_of_rights in (Reach, Scope):
    vocabulary(vocabulary_of_rights)

OFFER = "availableActs"
"""The field by which a noun says what may be done with it."""
OBJECT_ID = bindparam("of_object", type_=String)
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
        """The rights of a person."""
        context: Context = info.context
        if not _may_ask(context.actor) or prefix_of(person_id) != Person.prefix:
            return None
        async with context.database.reading() as connection:
            asked = None
            if object_id is not None:
                asked = await _asked_about(connection, info, object_id, person_id)
                if asked is None:
                    return None
            found = await _rights_of(connection, context.now, person_id, asked)
        return render_value(info, found)  # type: ignore[no-any-return]

    @strawberry.field(
        description="Who sees an object today, and why. For the Secretariat; null for others, and for an object that "
        "does not exist or that the caller does not see."
    )
    async def audience(
        self, info: strawberry.Info, object_id: IDENTIFIER, first: FIRST_SHOWN = 100, skip: SKIPPED = 0
    ) -> Audience | None:
        """The audience of an object."""
        context: Context = info.context
        if not 1 <= first <= LARGEST_AUDIENCE or skip < 0:
            raise bad_input(f"Ask for 1 to {LARGEST_AUDIENCE} onlookers.")
        _, noun = _nouns().get(prefix_of(object_id) or "", ("", None))
        if noun is None or not _may_ask(context.actor):
            return None
        async with context.database.reading() as connection:
            actor, now = context.actor, context.now
            seen_by = await audience_of(connection, actor, now, noun.model, noun.visible, object_id)
        shown: Any = seen_by[skip : skip + first]
        found = Audience(object_id=object_id, total_count=len(seen_by), onlookers=shown) if seen_by else None
        return render_value(info, found)  # type: ignore[no-any-return]


def _may_ask(actor: Actor) -> bool:
    return actor.is_secretariat and actor.reads


@cache
def _nouns() -> dict[str, tuple[str, Noun]]:
    """(name, noun) by the prefix of its ids."""
    return {noun.prefix: (name, noun) for name, noun in NOUNS.items() if noun.prefix}


class _Object(NamedTuple):
    """An object asked about: by what the person sees it, and what it offers to an actor now."""

    seen_by: frozenset[str]
    offers: Callable[[Actor], list[Verdict]]


@cache
def _offer_of(object_type: GraphQLObjectType) -> tuple[Any, Computed | None]:
    """A statement for the facts that the verdicts of a noun are made of, under its predicate; and how they are made
    (None where it offers nothing)."""
    read = read_of(object_type.fields[OFFER]) if OFFER in object_type.fields else None
    assert read is None or isinstance(read, Computed)
    shape = Shape.of(object_type)
    paths = paths_of(read.facts) if read else ("id",)  # type: ignore[arg-type]
    columns = [shape.column(path, asking=False)[0] for path in paths]
    return shape.joined(select(*columns)).where(shape.visible(), shape.root.entity.id == OBJECT_ID), read


async def _asked_about(
    connection: AsyncConnection, info: strawberry.Info, object_id: str, person_id: str
) -> _Object | None:
    """The object, None if the caller sees none with this id."""
    context: Context = info.context
    actor, now = context.actor, context.now
    name, noun = _nouns().get(prefix_of(object_id) or "", ("", None))
    if noun is None:
        return None
    object_type: Any = info._raw_info.schema.type_map[name]
    statement, read = _offer_of(object_type)
    row = (await connection.execute(statement, actor.parameters(now) | {"of_object": object_id})).first()
    if row is None:
        return None
    seen_by = await audience_of(connection, actor, now, noun.model, noun.visible, object_id, person_id=person_id)

    def offers(who: Actor) -> list[Verdict]:
        return read.of(who, read.facts(*row), now) if read else []

    return _Object(frozenset(each.id for each in seen_by), offers)


async def _rights_of(
    connection: AsyncConnection, now: datetime, person_id: str, asked: _Object | None
) -> PersonRights | None:
    person = await grounds_of(connection, person_id, now.date())
    if person is None:
        return None
    actors, nobody = await actors_of(connection, person_id, now), Actor(person_id=person_id)
    standings = [_standing(ground, actors.get(ground.id, nobody), asked) for ground in person.grounds]
    return PersonRights(
        person_id=strawberry.ID(person.person_id),
        name=person.name,
        suspended_at=person.suspended_at,
        standings=standings,
    )


def _standing(ground: Ground, actor: Actor, asked: _Object | None) -> StandingRights:
    verdicts = _verdicts(ground, actor, asked) if asked else {}
    acts = [
        _act_right(area, actor, right_of(act, actor, ground), verdicts.get(act.name))
        for area, policy in POLICIES.items()
        for act in policy.ACTS
    ]
    return StandingRights(
        id=strawberry.ID(ground.id),
        delegate_id=strawberry.ID(ground.delegate_id),
        party_id=strawberry.ID(ground.party_id),
        party_name=ground.party_name,
        capacity=ground.capacity,
        on_behalf=ground.on_behalf,
        grounds=[words for words in (ground.words, ground.focal_point, *ground.functions) if words],
        hindrance=ground.hindrance,
        sees_object=asked and ground.id in asked.seen_by,
        acts=acts,
    )


def _verdicts(ground: Ground, actor: Actor, asked: _Object) -> dict[str, Verdict]:
    """The verdicts of the object by act, as the person would meet them: of what they do not see there is nothing."""
    found = asked.offers(actor)
    if actor.capacity is not None and ground.id not in asked.seen_by:
        code, reason = RefusalCode.NOT_FOUND, "They do not see this object."
        found = [Verdict(each.act, False, code, reason, None, None, each.who_can) for each in found]
    return {each.act: each for each in found}


def _act_right(area: str, actor: Actor, right: Right, verdict: Any) -> ActRight:
    return ActRight(
        area=area,
        act=graphql_name(right.act.name),
        scope=scope_of(right.act, actor),
        reach=right.reach,
        why=right.why,
        on_object=verdict,
    )
