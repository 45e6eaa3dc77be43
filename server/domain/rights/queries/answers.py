"""The rights of a person, for everything that they can speak as, and the reasons for them."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from server.domain.rights.queries.grounds import actors_of, grounds_of
from server.domain.rights.rules.areas import POLICIES
from server.domain.rights.rules.reach import Reach, scope_of
from server.domain.rights.rules.reasons import Ground, Right, right_of
from server.kernel.actor import Actor
from server.kernel.acts import Verdict
from server.kernel.refusals import RefusalCode
from server.kernel.scopes import Scope


class Object(NamedTuple):
    """An object asked about: the standings by which the person sees it, and what it offers to an actor now."""

    seen_by: frozenset[str]
    offers: Callable[[Actor], list[Verdict]]


class ActRight(NamedTuple):
    """One act of one policy for one standing, by its tag. `on_object` is None if the object does not offer the act."""

    area: str
    act: str
    scope: Scope
    reach: Reach
    why: str
    on_object: Verdict | None


class StandingRights(NamedTuple):
    """A standing, what it rests on, why it counts for nothing today (None if it counts), and every act."""

    id: str
    delegate_id: str
    party_id: str
    is_on_behalf: bool
    grounds: list[str]
    hindrance: str | None
    sees_object: bool | None
    acts: list[ActRight]


class PersonRights(NamedTuple):
    """A person and the rights of everything that they can speak as, oldest first."""

    person_id: str
    standings: list[StandingRights]


async def find_rights(
    connection: AsyncConnection, now: datetime, person_id: str, subject: Object | None
) -> PersonRights | None:
    """Return the rights of a person, on an object where one is asked about; None for an unknown person."""
    person = await grounds_of(connection, person_id, now.date())
    if person is None:
        return None
    actors, nobody = await actors_of(connection, person_id, now), Actor(person_id=person_id)
    standings = [_build_standing_rights(ground, actors.get(ground.id, nobody), subject) for ground in person.grounds]
    return PersonRights(person.person_id, standings)


def _build_standing_rights(ground: Ground, actor: Actor, subject: Object | None) -> StandingRights:
    """Return the rights of one standing, on the object where one is asked about."""
    verdicts = _find_verdicts(ground, actor, subject) if subject else {}
    acts = [
        _build_act_right(area, actor, right_of(act, actor, ground), verdicts.get(act.name))
        for area, policy in POLICIES.items()
        for act in policy.ACTS
    ]
    return StandingRights(
        id=ground.id,
        delegate_id=ground.delegate_id,
        party_id=ground.party_id,
        is_on_behalf=ground.is_on_behalf,
        grounds=[words for words in (ground.words, ground.focal_point, *ground.functions) if words],
        hindrance=ground.hindrance,
        sees_object=subject and ground.id in subject.seen_by,
        acts=acts,
    )


def _find_verdicts(ground: Ground, actor: Actor, subject: Object) -> dict[str, Verdict]:
    """Return the verdicts by act as the person would meet them: an object that they do not see is not found."""
    verdicts = subject.offers(actor)
    if actor.capacity is not None and ground.id not in subject.seen_by:
        code, reason = RefusalCode.NOT_FOUND, "They do not see this object."
        verdicts = [Verdict(each.act, False, code, reason, None, None, each.who_can, each.tag) for each in verdicts]
    return {each.act: each for each in verdicts}


def _build_act_right(area: str, actor: Actor, right: Right, verdict: Verdict | None) -> ActRight:
    """Return one act with how far it reaches for the actor, why, and the verdict on the object."""
    return ActRight(
        area=area,
        act=right.act.tag,
        scope=scope_of(right.act, actor),
        reach=right.reach,
        why=right.why,
        on_object=verdict,
    )
