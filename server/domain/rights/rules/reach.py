"""How far a right reaches: on everything, on some objects only, or on nothing, whatever the state of things. Pure.

Policies are predicates over facts. So a right is found by asking them about objects that differ in all that a policy
looks at: whose they are, who leads their body, whom they address.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from itertools import product
from typing import Any

from server.kernel.actor import Actor, Capacity
from server.kernel.acts import MOST_FIRST, Act, unaccredited
from server.kernel.refusals import RefusalCode
from server.kernel.scopes import Scope

ANOTHER = "another"
"""An id that is nobody's."""
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


class Reach(StrEnum):
    """On which objects somebody may do an act, whatever the state and the calendar say."""

    ALWAYS = "ALWAYS"
    """On every object that they see."""
    ON_SOME = "ON_SOME"
    """On some: those of the own party or of another one, of bodies they lead, or of rounds that address them, as the
    words of the act say."""
    NEVER = "NEVER"
    """On none."""


@dataclass(frozen=True)
class Example:
    """The facts of an object as far as policies look at them: whose it is, where it stands and whom it addresses."""

    party_id: str | None
    by_party_id: str
    person_id: str
    delegate_id: str
    body_id: str
    addressed: bool

    @property
    def group_id(self) -> str:
        """The group that a topic was given to."""
        return self.body_id

    def addresses(self, capacity: Capacity | None) -> bool:
        """Whether a round asks parties of this capacity; the Secretariat is never asked."""
        return self.addressed and capacity not in (None, Capacity.SECRETARIAT)


def examples_for(actor: Actor) -> Iterator[Example]:
    """Objects of every sort there is for an actor: of the own party or another, given to it or to another, of nobody;
    about the person or another; of a body that they lead or another; for them or for others."""
    own = actor.party_id
    parties = ((own, ANOTHER), (ANOTHER, own), (ANOTHER, ANOTHER), (None, ANOTHER))
    persons = ((actor.person_id, actor.delegate_id), (ANOTHER, ANOTHER))
    bodies = (*sorted(actor.leads)[:1], ANOTHER)
    for (party, by_party), (person, delegate), body, addressed in product(parties, persons, bodies, (True, False)):
        yield Example(party, by_party, person, delegate, body, addressed)


@cache
def _whenever(act: Act[Any]) -> Act[Any]:
    """The act without what state and calendar say."""
    return replace(act, when=())


def barred(act: Act[Any], actor: Actor, facts: Any) -> RefusalCode | None:
    """Why an actor may not do an act on such an object whatever its state, None when they may."""
    return _whenever(act).verdict(actor, facts, _ANY_TIME).code


def reach_of(act: Act[Any], actor: Actor) -> Reach:
    """On which objects an actor may do an act, through an application with every scope."""
    if unaccredited(actor):
        return Reach.NEVER
    allowed = {barred(act, actor, example) is None for example in examples_for(actor)}
    return Reach.ON_SOME if len(allowed) == 2 else Reach.ALWAYS if allowed == {True} else Reach.NEVER


def scope_of(act: Act[Any], actor: Actor) -> Scope:
    """The scope that an application needs to do an act for this actor; the usual one of the act where they may not."""
    needed = (act.scopes_for(actor, example) for example in examples_for(actor))
    found = next((scopes for scopes in needed if scopes), frozenset({act.scope}))
    return next(scope for scope in MOST_FIRST if scope in found)
